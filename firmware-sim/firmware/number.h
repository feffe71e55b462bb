/* A decimal number in a word of text as binary32, to the nearest, ties to even: what JavaScript makes of it, but without the rounding to binary64 in between
   (one word in 2^29). Of more than 18 digits the rest is dropped: such a word may be taken for the neighbour of what is nearest. Integers only: no libc, no heap, no floating-point unit. */
#ifndef ONWARD_NUMBER_H
#define ONWARD_NUMBER_H

#include <stdint.h>

#define NUMBER_MISSING 0x7fc00000u

/* The end of the digits. The first 18 go into the value, which leaves room for ten times as much. */
static inline uint32_t number_digits(const char *word, uint32_t at, uint32_t length, uint64_t *value, int32_t *exponent, int behind) {
  for (; at < length && word[at] >= '0' && word[at] <= '9'; at++) {
    if (*value < UINT64_C(100000000000000000)) {
      *value = *value * 10 + (uint64_t)(word[at] - '0');
      if (behind) --*exponent;
    } else if (!behind) {
      ++*exponent;
    }
  }
  return at;
}

static inline uint64_t number_half(uint64_t value) { return value >> 1 | (value & 1); } /* the last bit stays: a tie is one only where nothing was lost */

/* value x 10^exponent as the bits of binary32; at least 0x7f800000 if it is too large. */
static inline uint32_t number_bits(uint64_t value, int32_t exponent) {
  int32_t two = 0;
  if (value == 0 || exponent < -70) return 0;
  if (exponent > 40) return 0x7f800000u;
  for (; exponent > 0; exponent--) {
    for (; value >> 60; two++) value = number_half(value);
    value *= 10;
  }
  for (; exponent < 0; exponent++) {
    for (; !(value >> 63); two--) value <<= 1;
    value = value / 10 | (value % 10 != 0);
  }
  for (; !(value >> 63); two--) value <<= 1;
  for (two += 63; two < -126; two++) value = number_half(value); /* subnormal */
  if (two > 127) return 0x7f800000u;
  const uint64_t rest = value & ((UINT64_C(1) << 40) - 1), half = UINT64_C(1) << 39;
  const uint32_t kept = (uint32_t)(value >> 40);
  return ((uint32_t)(two + 126) << 23) + kept + (rest > half || (rest == half && (kept & 1)));
}

/* 1 and the bits of the number, or 0: the word is no number, or none that binary32 has. */
static inline int number_read(const char *word, uint32_t length, uint32_t *bits) {
  const uint32_t sign = length > 0 && word[0] == '-' ? 1 : 0, first = length > 0 && (word[0] == '-' || word[0] == '+') ? 1 : 0;
  uint64_t value = 0;
  int32_t exponent = 0;
  if (length == 3 && (word[0] | 32) == 'n' && (word[1] | 32) == 'a' && (word[2] | 32) == 'n') {
    *bits = NUMBER_MISSING;
    return 1;
  }
  uint32_t at = number_digits(word, first, length, &value, &exponent, 0), digits = at - first;
  if (at < length && word[at] == '.') {
    const uint32_t behind = at + 1;
    at = number_digits(word, behind, length, &value, &exponent, 1);
    digits += at - behind;
  }
  if (digits == 0) return 0;
  if (at < length && (word[at] | 32) == 'e') {
    const uint32_t minus = at + 1 < length && word[at + 1] == '-', power = at + 1 + (at + 1 < length && (word[at + 1] == '-' || word[at + 1] == '+'));
    int32_t ten = 0;
    for (at = power; at < length && word[at] >= '0' && word[at] <= '9'; at++)
      if (ten < 1000) ten = ten * 10 + (word[at] - '0');
    if (at == power) return 0;
    exponent += minus ? -ten : ten;
  }
  if (at != length) return 0;
  *bits = number_bits(value, exponent);
  if (*bits >= 0x7f800000u) return 0;
  *bits |= sign << 31;
  return 1;
}

#endif
