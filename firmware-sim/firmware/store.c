#include "store.h"

#include "crc.h"
#include "flash.h"
#include "state.h"

#define SLOT_BYTES ((FLASH_UNIT + ONWARD_SNAPSHOT_BYTES + FLASH_SECTOR - 1) / FLASH_SECTOR * FLASH_SECTOR)
#define SLOTS (FLASH_STORE_BYTES / SLOT_BYTES)
_Static_assert(SLOTS >= 2 && FLASH_UNIT >= 16, "two slots at least, and a slot header is one unit");

#ifdef FLASH_STORE_PLACES
FLASH_STORE_PLACES
#endif

#define SLOT_MAGIC 0x544f4c53u /* "SLOT" */

struct slot_header {
  uint32_t magic;
  uint32_t sequence; /* counts saves from 1 on; the largest of the good slots is the newest */
  uint32_t bytes;    /* of the snapshot, which begins FLASH_UNIT after the header */
  uint32_t crc;      /* of the three words above */
};

static uint32_t length;   /* of the newest snapshot */
static uint32_t newest;   /* its sequence number */
static uint32_t kept;     /* where its slot begins; it is never written to */
static uint32_t highest;  /* sequence number of any slot */
static uint32_t target;   /* slot to write: the next one, by its number */
static int writable;      /* whether nothing lies there that must stay */
static uint32_t staged;   /* bytes of a snapshot from outside that the slot to write holds, or 0 */
static uint16_t staging;  /* the transfer that they came with */
static int taken;         /* whether it was taken over: all of it is there */
static int refusal;       /* what was said of the newest snapshot that is whole and of another learner, 0: there is none */
static uint32_t refused;  /* where its slot begins, and its length */
static uint32_t refused_length;
static int spared;        /* whether it is never written to, either: as long as there is another slot */

static uint32_t header_crc(const struct slot_header *header) { return ~crc32_bytes(CRC32_START, header, 12); }

/* A slot may begin in any sector: an earlier program's were shorter or longer. 0: none begins here. */
static uint32_t sequence_at(uint32_t at, uint32_t *bytes) {
  struct slot_header header;
  board_flash_read(at, &header, sizeof header);
  if (header.magic != SLOT_MAGIC || header.crc != header_crc(&header) || header.bytes > FLASH_STORE_BYTES - FLASH_UNIT - at) return 0;
  *bytes = header.bytes;
  return header.sequence;
}

static int read_slot(void *slot, uint32_t offset, void *bytes, uint32_t count) {
  const uint32_t at = *(const uint32_t *)slot + FLASH_UNIT, room = FLASH_STORE_BYTES - at;
  if (count > room || offset > room - count) return ONWARD_DAMAGED;
  board_flash_read(at + offset, bytes, count);
  return 0;
}

static int overlaps(uint32_t slot, uint32_t at, uint32_t bytes) {
  return slot * SLOT_BYTES < at + FLASH_UNIT + bytes && at < (slot + 1) * SLOT_BYTES;
}

/* Another slot than the one before, and than what must stay. 0: there is none. */
static int next_slot(void) {
  for (uint32_t tries = 0; tries < SLOTS; tries++) {
    target = (target + 1) % SLOTS;
    if (!(newest && overlaps(target, kept, length)) && !(spared && overlaps(target, refused, refused_length))) return 1;
  }
  return 0;
}

/* The refused snapshot gives way where no other slot is left. The newest good one does not: an earlier program's may lie across all slots of this one, and then nothing is saved. */
static void aim(void) {
  writable = next_slot();
  if (writable || !spared) return;
  spared = 0;
  writable = next_slot();
}

static void keep(uint32_t at, uint32_t sequence, uint32_t bytes) {
  newest = sequence;
  kept = at;
  length = bytes;
  if (sequence > highest) highest = sequence;
}

uint32_t store_restore(int (*load)(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context)) {
  newest = highest = 0;
  refusal = spared = 0;
  target = SLOTS - 1;
  for (uint32_t below = UINT32_MAX, best = 1; best && !newest; below = best) {
    uint32_t at = 0, bytes = 0;
    best = 0;
    for (uint32_t each = 0; each < FLASH_STORE_BYTES; each += FLASH_SECTOR) {
      uint32_t count;
      const uint32_t sequence = sequence_at(each, &count);
      if (sequence > best && sequence < below) {
        best = sequence;
        at = each;
        bytes = count;
      }
    }
    if (!best) break;
    if (best > highest) highest = best;
    const int failed = load(read_slot, &at);
    if (failed == 0) {
      keep(at, best, bytes);
      target = at / SLOT_BYTES;
    } else if (failed != ONWARD_DAMAGED && !refusal) {
      refusal = failed;
      spared = 1;
      refused = at;
      refused_length = bytes;
    }
  }
  aim();
  return newest;
}

int store_refusal(void) { return refusal; }

/* Collects what onward_save writes into units of flash. */
struct writer {
  uint32_t offset;
  uint32_t filled;
  uint8_t unit[FLASH_UNIT];
};

static __attribute__((noinline)) void flush(struct writer *writer) {
  while (writer->filled < FLASH_UNIT) writer->unit[writer->filled++] = 0xff;
  board_flash_program(writer->offset, writer->unit);
  writer->offset += FLASH_UNIT;
  writer->filled = 0;
}

/* Compares what write_slot wrote with what flash gives back: a worn cell keeps its old bit and says nothing. */
static int check_slot(void *context, const void *bytes, uint32_t count) {
  struct writer *reader = context;
  const uint8_t *at = bytes;
  for (uint32_t part; count; at += part, count -= part, reader->offset += part) {
    part = count < FLASH_UNIT ? count : FLASH_UNIT;
    board_flash_read(reader->offset, reader->unit, part);
    for (uint32_t i = 0; i < part; i++)
      if (reader->unit[i] != at[i]) return 1;
  }
  return 0;
}

/* Not inlined: three callers, 100 bytes each. */
static __attribute__((noinline)) int write_slot(void *context, const void *bytes, uint32_t count) {
  struct writer *writer = context;
  const uint8_t *at = bytes;
  while (count--) {
    writer->unit[writer->filled++] = *at++;
    if (writer->filled == FLASH_UNIT) flush(writer);
  }
  return 0;
}

/* The beginning of the slot to write. */
static uint32_t target_at(void) { return target * SLOT_BYTES; }

static __attribute__((noinline)) void erase_slot(void) {
  staged = 0;
  taken = 0;
  for (uint32_t at = 0; at < SLOT_BYTES; at += FLASH_SECTOR) board_flash_erase(target_at() + at);
}

/* The last write of a slot: from here on it is the newest, if its header is there. */
static int finish_slot(uint32_t bytes) {
  struct slot_header header = {SLOT_MAGIC, highest + 1, bytes, 0};
  header.crc = header_crc(&header);
  struct writer writer = {.offset = target_at(), .filled = 0};
  write_slot(&writer, &header, sizeof header);
  if (writer.filled) flush(&writer);
  if (sequence_at(target_at(), &bytes) != highest + 1) return 0;
  keep(target_at(), highest + 1, bytes);
  aim();
  return 1;
}

uint32_t store_save(void) {
  for (uint32_t tries = 0; writable && tries < SLOTS; tries++) {
    erase_slot();
    struct writer writer = {.offset = target_at() + FLASH_UNIT, .filled = 0};
    onward_save(write_slot, &writer);
    if (writer.filled) flush(&writer);
    writer.offset = target_at() + FLASH_UNIT;
    if (onward_save(check_slot, &writer) == 0 && finish_slot(onward_snapshot_bytes(0, 0))) return newest;
    aim();
  }
  return 0;
}

uint32_t store_sequence(void) { return newest; }

uint32_t store_read(uint32_t offset, uint8_t *bytes, uint32_t count) {
  if (newest == 0 || offset >= length) return 0;
  if (count > length - offset) count = length - offset;
  read_slot(&kept, offset, bytes, count);
  return count;
}

/* Bytes of the snapshot that is staged: once its label table is there it says so itself. */
static uint32_t staged_length(void) {
#if ONWARD_SPARE_LABELS
  uint32_t at = target_at();
  const uint32_t bytes = staged >= 128 ? onward_snapshot_bytes(read_slot, &at) : 0;
  if (bytes) return bytes;
#endif
  return ONWARD_SNAPSHOT_BYTES;
}

uint32_t store_stage(uint16_t transfer, uint32_t offset, const uint8_t *bytes, uint32_t count) {
  if (offset == 0 && (staged == 0 || transfer != staging)) {
    if (!writable) return 0;
    erase_slot();
    staging = transfer;
  } else if (transfer != staging) {
    return 0;
  }
  if (taken || offset != staged) return staged;
  const uint32_t whole = staged_length(), left = whole - offset;
  if (count == 0 || count > left || (count < left && count % FLASH_UNIT)) return staged;
  uint32_t at = target_at();
  struct writer writer = {.offset = at + FLASH_UNIT + offset, .filled = 0};
  write_slot(&writer, bytes, count);
  if (writer.filled) flush(&writer);
  if (count == left) {
    if (onward_load(read_slot, &at) != 0 || !finish_slot(whole)) {
      aim();
      return staged = 0;
    }
    taken = 1;
  }
  return staged += count;
}
