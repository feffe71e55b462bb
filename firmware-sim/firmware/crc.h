/* CRC-32 (reflected 0xEDB88320, as in zip and Ethernet), four bits at a time: 64 bytes of table, 10 cycles a nibble. */
#ifndef ONWARD_CRC_H
#define ONWARD_CRC_H

#include <stdint.h>

static inline uint32_t crc32_step(uint32_t crc, uint8_t byte) {
  static const uint32_t table[16] = {
      0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
      0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  crc = table[(crc ^ byte) & 15] ^ (crc >> 4);
  return table[(crc ^ (uint32_t)(byte >> 4)) & 15] ^ (crc >> 4);
}

/* Start with CRC32_START; the value of the bytes is the complement of what comes out. */
#define CRC32_START 0xffffffffu
/* The result after the bytes and their little-endian CRC-32 have both gone in. */
#define CRC32_RESIDUE 0xdebb20e3u

static inline uint32_t crc32_bytes(uint32_t crc, const void *bytes, uint32_t count) {
  const uint8_t *at = (const uint8_t *)bytes;
  while (count--) crc = crc32_step(crc, *at++);
  return crc;
}

#endif
