#include "partition.h"

#include "flash.h"
#include "rp2040.h"

#define PARTITION_OFFSET (RP2040_FLASH_BYTES - PARTITION_BYTES)

static const uint8_t *mapped(size_t offset) {
  uintptr_t at = RP2040_FLASH_BASE + PARTITION_OFFSET + offset;
  __asm__("" : "+r"(at)); /* flash changes behind the compiler's back */
  return (const uint8_t *)at;
}

static int is_within(size_t offset, size_t count) { return offset <= PARTITION_BYTES && count <= PARTITION_BYTES - offset; }

int partition_erase(size_t offset, size_t count) {
  if (!is_within(offset, count) || offset % FLASH_SECTOR || count % FLASH_SECTOR) return -1;
  for (size_t at = offset; at < offset + count; at += FLASH_SECTOR) rp2040_flash_write(PARTITION_OFFSET + at, 0);
  return 0;
}

/* The chip programs whole units: the rest of one gets what it has. */
int partition_write(size_t offset, const void *bytes, size_t count) {
  if (!is_within(offset, count)) return -1;
  const uint8_t *from = bytes;
  for (size_t at = offset; at < offset + count;) {
    const size_t unit = at - at % FLASH_UNIT;
    uint8_t whole[FLASH_UNIT];
    __builtin_memcpy(whole, mapped(unit), sizeof whole);
    for (; at < unit + FLASH_UNIT && at < offset + count; at++) whole[at - unit] = *from++;
    rp2040_flash_write(PARTITION_OFFSET + unit, whole);
  }
  return 0;
}

int partition_read(size_t offset, void *bytes, size_t count) {
  if (!is_within(offset, count)) return -1;
  __builtin_memcpy(bytes, mapped(offset), count);
  return 0;
}
