/* Learns a stream on any machine with a C compiler: one sample a line on stdin, the label's number first, then the values.
   Each is predicted, then learned. The snapshot goes to the file named on the command line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "learner.h"

void onward_trap(int code) {
  fprintf(stderr, "the core trapped with code %d\n", code);
  exit(3);
}

static int to_file(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, file) == count ? 0 : 1; }

static int from_file(void *file, uint32_t offset, void *bytes, uint32_t count) {
  return fseek(file, (long)offset, SEEK_SET) == 0 && fread(bytes, 1, count, file) == count ? 0 : 1;
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
      fprintf(stderr, "%s is no snapshot of this learner (%d)\n", names[2], failed);
      return 1;
    }
  }

  long seen = 0, right = 0;
  int label;
  float *x = onward_x();
  while (scanf("%d", &label) == 1) {
    for (int i = 0; i < ONWARD_VALUES; i++) {
      char word[64];
      if (scanf("%63s", word) != 1) return 1;
      x[i] = strtof(word, NULL); /* "nan" is a missing value */
    }
    right += onward_predict(x) == label;
    if (onward_learn(0, label) < 0) fprintf(stderr, "there is no label %d\n", label);
    seen++;
  }
  printf("%ld samples, %ld predicted right\n", seen, right);

  FILE *file = fopen(names[1], "wb");
  if (!file || onward_save(to_file, file) || fclose(file)) {
    perror(names[1]);
    return 1;
  }
  return 0;
}
