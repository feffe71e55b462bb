/* The five functions over the translated core. The core is included, not linked: one unit, everything in it static. */
#include "learner.h"

#include "core.h"
#include "crc.h"
#include "data.h"

/* Where the state says how many labels are in use (FORMAT.md, header). */
#define LABELS_IN_USE 28

void onward_init(void) {
  core_start();
  __builtin_memcpy(CORE_AT(core_config()), onward_config, sizeof onward_config);
  if (core_plan() != ONWARD_ARENA_BYTES || core_create() != 0) onward_trap(TRAP_UNREACHABLE);
  /* The core takes all labels into use that it has room for; in use are those with a name. */
  const u32 labels = ONWARD_LABELS;
  __builtin_memcpy(CORE_AT(core_arena() + LABELS_IN_USE), &labels, sizeof labels);
#ifdef ONWARD_LEARNED
  __builtin_memcpy(CORE_AT(core_arena()), onward_learned, ONWARD_STATE_BYTES);
#endif
}

float *onward_x(void) {
  return (float *)(void *)CORE_AT(ONWARD_AXES ? core_window() : core_input());
}

const uint8_t *onward_state(void) { return CORE_AT(core_arena()); }

static void take(const float *x) {
  float *own = onward_x();
  if (x != own) __builtin_memcpy(own, x, ONWARD_VALUES * sizeof(float));
#if ONWARD_AXES
  core_extract();
#endif
}

int onward_predict(const float *x) {
  take(x);
  return (int)core_predict();
}

int onward_learn(const float *x, int label) {
  if (label < 0 || label >= ONWARD_LABELS) return -1;
  if (x) take(x);
  return (int)core_learn((u32)label);
}

int onward_save(int (*write)(void *context, const void *bytes, uint32_t count), void *context) {
  u32 crc = crc32_bytes(CRC32_START, onward_header, ONWARD_HEADER_BYTES);
  crc = ~crc32_bytes(crc, onward_state(), ONWARD_STATE_BYTES);
  int failed = write(context, onward_header, ONWARD_HEADER_BYTES);
  if (!failed) failed = write(context, onward_state(), ONWARD_STATE_BYTES);
  if (!failed) failed = write(context, &crc, sizeof crc);
  return failed;
}

int onward_load(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context) {
  u32 crc = CRC32_START;
  int same = 1;
  for (u32 at = 0; at < ONWARD_SNAPSHOT_BYTES; at += 32) {
    u8 piece[32];
    const u32 count = ONWARD_SNAPSHOT_BYTES - at < sizeof piece ? ONWARD_SNAPSHOT_BYTES - at : sizeof piece;
    const int failed = read(context, at, piece, count);
    if (failed) return failed;
    crc = crc32_bytes(crc, piece, count);
    for (u32 i = 0; i < count && at + i < ONWARD_HEADER_BYTES; i++) same &= piece[i] == onward_header[at + i];
  }
  if (crc != CRC32_RESIDUE) return ONWARD_DAMAGED;
  if (!same) return ONWARD_OTHER_SHAPE;
  return read(context, ONWARD_HEADER_BYTES, CORE_AT(core_arena()), ONWARD_STATE_BYTES);
}
