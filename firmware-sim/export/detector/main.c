/* Watches a stream on any machine with a C compiler: one sample a line on stdin, a number a channel, "nan" where one is missing.
   Prints the row of each alarm, its score in 65536ths, and the channel that has it. The snapshot goes to the file named on the command line. */
#include <stdio.h>
#include <stdlib.h>

#include "detector.h"

void onward_trap(int code) {
  fprintf(stderr, "the core trapped with code %d\n", code);
  exit(3);
}

static int to_file(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, file) == count ? 0 : 1; }

static int from_file(void *file, uint32_t offset, void *bytes, uint32_t count) {
  return fseek(file, (long)offset, SEEK_SET) == 0 && fread(bytes, 1, count, file) == count ? 0 : 1;
}

static int most(void) {
  const int32_t *parts = onward_parts();
  int channel = 0;
  for (int i = 1; i < ONWARD_VALUES; i++) if (parts[i] > parts[channel]) channel = i;
  return channel;
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
      fprintf(stderr, "%s is no snapshot of this detector (%d)\n", names[2], failed);
      return 1;
    }
  }

  float *x = onward_x();
  for (long row = 0;; row++) {
    for (int i = 0; i < ONWARD_VALUES; i++) {
      char word[64];
      if (scanf("%63s", word) == 1) x[i] = strtof(word, NULL);
      else if (i == 0) goto end;
      else return 1;
    }
    if (onward_observe(x)) printf("%ld %ld %d\n", row, (long)onward_score(), most());
  }
end:;
  FILE *file = fopen(names[1], "wb");
  if (!file || onward_save(to_file, file) || fclose(file)) {
    perror(names[1]);
    return 1;
  }
  return 0;
}
