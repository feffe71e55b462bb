/* State and snapshots over a translated core: included, once, by learner.c, detector.c or regressor.c. */
#include "crc.h"

#ifdef ONWARD_SEVERAL
typedef char variables_fit[sizeof(struct core_variables) <= ONWARD_VARIABLES ? 1 : -1];

void onward_use(struct onward_one *one) {
  core_memory = one->memory;
  core_in_use = (struct core_variables *)(void *)one->variables;
}
#endif

const uint8_t *onward_state(void) { return CORE_AT(core_arena()); }

/* A fresh core from the configuration. */
static void create(void) {
  core_start();
  CORE_COPY_CONSTANT(CORE_AT(core_config()), onward_config, sizeof onward_config);
  if (core_plan() != ONWARD_ARENA_BYTES || core_create() != 0) onward_trap(TRAP_UNREACHABLE);
}

#ifdef ONWARD_LABELS
#define LABELS_IN_USE 28 /* in the header of the state (FORMAT.md) */

static u32 labels_in_use(void) {
  u32 labels;
  __builtin_memcpy(&labels, CORE_AT(core_arena() + LABELS_IN_USE), sizeof labels);
  return labels;
}
#endif

/* The bytes before the state. onward_header is that of a snapshot with all labels in use; where some may not be, their number stands where the table
   begins, and the table ends with the last of them. */
struct head {
  u32 labels; /* in use */
  u32 names;  /* where their names end ... */
  u32 bytes;  /* ... and the state begins, at a multiple of 8; 0: it is no head */
};

#if ONWARD_SPARE_LABELS
#define LABEL_TABLE 120

static u8 head_byte(const struct head *head, u32 at) {
  if (at - LABEL_TABLE < 2) return (u8)(head->labels >> 8 * (at - LABEL_TABLE));
  return at < head->names ? CORE_CONSTANT_BYTE(onward_header + at) : 0;
}

/* Of the snapshot that `read` reads, or, with 0 in its place, of one that is written now. */
static int head_from(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context, struct head *head) {
  u16 labels = (u16)labels_in_use();
  const int failed = read ? read(context, LABEL_TABLE, &labels, sizeof labels) : 0;
  u32 at = LABEL_TABLE + 2;
  head->labels = labels;
  head->names = head->bytes = 0;
  if (failed || labels == 0 || labels > ONWARD_LABELS) return failed;
  for (u32 i = 0; i < labels; i++) at += 2 + (CORE_CONSTANT_BYTE(onward_header + at) | (u32)CORE_CONSTANT_BYTE(onward_header + at + 1) << 8);
  head->names = at;
  head->bytes = (at + 7) & ~7u;
  return 0;
}
#else
static u8 head_byte(const struct head *head, u32 at) {
  (void)head;
  return CORE_CONSTANT_BYTE(onward_header + at);
}

static int head_from(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context, struct head *head) {
  (void)read, (void)context;
  head->bytes = ONWARD_HEADER_BYTES;
  return 0;
}
#endif

uint32_t onward_snapshot_bytes(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context) {
  struct head head;
  return head_from(read, context, &head) || !head.bytes ? 0 : head.bytes + ONWARD_STATE_BYTES + 4;
}

int onward_save(int (*write)(void *context, const void *bytes, uint32_t count), void *context) {
  u32 crc = CRC32_START;
  int failed = 0;
#if ONWARD_SPARE_LABELS || defined(__AVR__)
  struct head head;
  head_from(0, 0, &head);
  for (u32 at = 0; !failed && at < head.bytes; at++) {
    const u8 byte = head_byte(&head, at);
    crc = crc32_bytes(crc, &byte, 1);
    failed = write(context, &byte, 1);
  }
#else
  crc = crc32_bytes(crc, onward_header, ONWARD_HEADER_BYTES);
  failed = write(context, onward_header, ONWARD_HEADER_BYTES);
#endif
  crc = ~crc32_bytes(crc, onward_state(), ONWARD_STATE_BYTES);
  if (!failed) failed = write(context, onward_state(), ONWARD_STATE_BYTES);
  if (!failed) failed = write(context, &crc, sizeof crc);
  return failed;
}

int onward_load(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context) {
  struct head head;
  const int failed = head_from(read, context, &head);
  if (failed) return failed;
#if ONWARD_SPARE_LABELS
  if (!head.bytes) return ONWARD_DAMAGED;
#endif
  const u32 total = head.bytes + ONWARD_STATE_BYTES + 4;
  u32 crc = CRC32_START;
  int same = 1;
  for (u32 at = 0; at < total; at += 32) {
    u8 piece[32];
    const u32 count = total - at < sizeof piece ? total - at : sizeof piece;
    const int unread = read(context, at, piece, count);
    if (unread) return unread;
    crc = crc32_bytes(crc, piece, count);
    for (u32 i = 0; i < count && at + i < head.bytes; i++) same &= piece[i] == head_byte(&head, at + i);
  }
  if (crc != CRC32_RESIDUE) return ONWARD_DAMAGED;
  if (!same) return ONWARD_OTHER_SHAPE;
#if ONWARD_SPARE_LABELS
  u32 labels;
  const int unread = read(context, head.bytes + LABELS_IN_USE, &labels, sizeof labels);
  if (unread) return unread;
  if (labels != head.labels) return ONWARD_DAMAGED;
#endif
  return read(context, head.bytes, CORE_AT(core_arena()), ONWARD_STATE_BYTES);
}
