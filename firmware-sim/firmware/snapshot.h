/* State and snapshots over a translated core: included, once, by learner.c or detector.c. */
#include "crc.h"

const uint8_t *onward_state(void) { return CORE_AT(core_arena()); }

/* A fresh core from the configuration. */
static void create(void) {
  core_start();
  __builtin_memcpy(CORE_AT(core_config()), onward_config, sizeof onward_config);
  if (core_plan() != ONWARD_ARENA_BYTES || core_create() != 0) onward_trap(TRAP_UNREACHABLE);
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
