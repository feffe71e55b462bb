/* The C side of a peer: reads the task file of tasks.ts, then plays a turn for every line on stdin, as serve.ts does.
 * A peer defines the four functions below and includes this file once. Arguments: task file, rate, margin. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  int inputs, labels, samples, block, layers;
  int units[8];
  float *x; /* [samples, inputs] */
  int *y;   /* [samples] */
} Task;

static Task task;
static float rate, margin;

static void reset(void);                    /* a fresh learner, same seed */
static void learn(const float *x, int y);
static int predict(const float *x);         /* index of the label */
static size_t bytes(void);                  /* while training */

#define TURN_SECONDS 0.15

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

/* xorshift32, and a sum of twelve uniforms for a normal number */
static unsigned random_state;
static inline float uniform(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state * (1.0f / 4294967296.0f);
}
static inline float normal(void) {
  float sum = -6;
  for (int k = 0; k < 12; k++) sum += uniform();
  return sum;
}

static int best_of(const float *values, int count) {
  int best = 0;
  for (int c = 1; c < count; c++) if (values[c] > values[best]) best = c;
  return best;
}

/* Seconds that this process has had a core. */
static double had(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void turn(void) {
  double learning = 0, predicting = 0, began = now(), had_before = had();
  long correct = 0, count = 0;
  do {
    random_state = 0x9e3779b9;
    reset();
    for (int from = 0; from < task.samples; from += task.block) {
      int to = from + task.block < task.samples ? from + task.block : task.samples;
      double start = now();
      for (int s = from; s < to; s++) correct += predict(task.x + (size_t)s * task.inputs) == task.y[s];
      double half = now();
      for (int s = from; s < to; s++) learn(task.x + (size_t)s * task.inputs, task.y[s]);
      predicting += half - start;
      learning += now() - half;
    }
    count += task.samples;
  } while (learning + predicting < TURN_SECONDS);
  /* on a busy machine only this share of the time was ours */
  double share = (had() - had_before) / (now() - began);
  if (share < 1) learning *= share, predicting *= share;
  printf("{\"learn\":%.6e,\"predict\":%.6e,\"accuracy\":%.6f,\"bytes\":%zu,\"grown\":false}\n",
         learning / count, predicting / count, (double)correct / count, bytes());
  fflush(stdout);
}

int main(int argc, char **argv) {
  if (argc < 4) return fprintf(stderr, "usage: %s TASK-FILE RATE MARGIN\n", argv[0]), 2;
  rate = atof(argv[2]);
  margin = atof(argv[3]);
  FILE *file = fopen(argv[1], "rb");
  int header[16];
  if (!file || fread(header, 4, 16, file) != 16) return fprintf(stderr, "%s: no task file\n", argv[1]), 1;
  memcpy(&task, header, 5 * sizeof(int));
  memcpy(task.units, header + 5, sizeof task.units);
  size_t values = (size_t)task.samples * task.inputs;
  task.x = malloc(values * 4);
  task.y = malloc((size_t)task.samples * 4);
  if (fread(task.x, 4, values, file) != values || fread(task.y, 4, task.samples, file) != (size_t)task.samples)
    return fprintf(stderr, "%s: too short\n", argv[1]), 1;
  fclose(file);
  puts("ready");
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin)) turn();
  return 0;
}
