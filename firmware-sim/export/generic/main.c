/* Learns from lines of text on any machine with a C compiler (lines.h says what a line is): samples on stdin, answers on stdout. The snapshot goes to the file
   named on the command line, with "save" and at the end. */
#include <stdio.h>
#include <stdlib.h>

#include "lines.h"

static const char *out;

void onward_trap(int code) {
  fprintf(stderr, "the core trapped with code %d\n", code);
  exit(3);
}

static int to_file(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }

static int from_file(void *file, uint32_t offset, void *bytes, uint32_t count) {
  return fseek((FILE *)file, (long)offset, SEEK_SET) == 0 && fread(bytes, 1, count, (FILE *)file) == count ? 0 : 1;
}

void onward_line_put(char byte) {
  putchar(byte);
  if (byte == '\n') fflush(stdout);
}

int onward_line_save(void) {
  FILE *const file = fopen(out, "wb");
  if (!file) return 1;
  const int failed = onward_save(to_file, file);
  return fclose(file) != 0 || failed;
}

int main(int arguments, char **names) {
  if (arguments < 2) {
    fprintf(stderr, "usage: %s SNAPSHOT-OUT [SNAPSHOT-IN] < samples\n", names[0]);
    return 2;
  }
  out = names[1];
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
  onward_line_ready();
  for (int byte = getchar(); byte != EOF; byte = getchar()) onward_line((char)byte);
  onward_line('\n');
  if (onward_line_save()) {
    perror(out);
    return 1;
  }
  return 0;
}
