/* Predicts a number on any machine with a C compiler: one sample a line on stdin, its values with commas between them, then the number that is known by now, "nan" where one is missing.
   The number is the line's own, or with an ONWARD_AHEAD of N that of the sample N lines before. Says on stdout

     21.4,20.9,22.1                              value, low and high: the number of this line's sample, before it is learned
     error,1,value 1 of 3 is no number           a line that was not taken, and why

   The snapshot goes to the file named on the command line. */
#include <stdio.h>
#include <stdlib.h>

#include "regressor.h"
#include "number.h"

void onward_trap(int code) {
  fprintf(stderr, "the core trapped with code %d\n", code);
  exit(3);
}

static int to_file(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }

static int from_file(void *file, uint32_t offset, void *bytes, uint32_t count) {
  return fseek((FILE *)file, (long)offset, SEEK_SET) == 0 && fread(bytes, 1, count, (FILE *)file) == count ? 0 : 1;
}

#define FIELDS (ONWARD_VALUES + 1)
static float row[FIELDS]; /* the values, then the number */
#if ONWARD_AHEAD
static float waiting[ONWARD_AHEAD][FIELDS]; /* samples whose numbers have not come */
static unsigned long samples;
#endif

static void sample(void) {
  struct onward_estimate estimate;
#if ONWARD_AHEAD
  float *const oldest = waiting[samples % ONWARD_AHEAD];
  if (samples++ >= ONWARD_AHEAD) onward_learn(oldest, row[ONWARD_VALUES]);
  onward_predict(row, &estimate);
  for (int i = 0; i < FIELDS; i++) oldest[i] = row[i];
#else
  onward_predict(row, &estimate);
  onward_learn(0, row[ONWARD_VALUES]);
#endif
  printf("%.9g,%.9g,%.9g\n", (double)estimate.value, (double)estimate.low, (double)estimate.high);
}

static char word[40];
static uint32_t length; /* 41 and more: the word is too long to be a number */
static int fields, wrong; /* of this line: complete ones; the first that is no number, from 1 */
static long line = 1;

static void take_field(void) {
  uint32_t bits, end = length;
  if (end <= sizeof word) while (end && (word[end - 1] == ' ' || word[end - 1] == '\t')) end--;
  if (fields++ < FIELDS) {
    if (end <= sizeof word && number_read(word, end, &bits)) __builtin_memcpy(row + fields - 1, &bits, sizeof bits);
    else if (!wrong) wrong = fields;
  }
  length = 0;
}

static void end_line(void) {
  if (fields || length) {
    take_field();
    if (fields != FIELDS) printf("error,%ld,%d %s, a line has %d and the number\n", line, fields, fields == 1 ? "value" : "values", ONWARD_VALUES);
    else if (wrong) printf("error,%ld,value %d of %d is no number\n", line, wrong, FIELDS);
    else sample();
    fflush(stdout);
  }
  fields = wrong = 0;
  line++;
}

static void take(int byte) {
  if (byte == '\n') end_line();
  else if (byte == ',') take_field();
  else if (byte == '\r' || (length == 0 && (byte == ' ' || byte == '\t'))) return;
  else if (length++ < sizeof word) word[length - 1] = (char)byte;
}

int main(int arguments, char **names) {
  if (arguments < 2) {
    fprintf(stderr, "usage: %s SNAPSHOT-OUT [SNAPSHOT-IN] < samples\n", names[0]);
    return 2;
  }
  onward_init();
  if (arguments > 2) {
    FILE *file = fopen(names[2], "rb");
    const int failed = file ? onward_load(from_file, file) : 1;
    if (file) fclose(file);
    if (failed) {
      fprintf(stderr, "%s is no snapshot of this regressor (%d)\n", names[2], failed);
      return 1;
    }
    onward_begin(); /* numbers came in between that nobody knows */
  }
  for (int byte = getchar(); byte != EOF; byte = getchar()) take(byte);
  end_line();
  FILE *const file = fopen(names[1], "wb");
  const int failed = file ? onward_save(to_file, file) : 1;
  if ((file && fclose(file)) || failed) {
    perror(names[1]);
    return 1;
  }
  return 0;
}
