/* The regressor's functions over its translated core. */
#include "regressor.h"

#include "core.h"
#include "data.h"
#include "snapshot.h"

void onward_init(void) {
  create();
#ifdef ONWARD_LEARNED
  CORE_COPY_CONSTANT(CORE_AT(core_arena()), onward_learned, ONWARD_STATE_BYTES);
#endif
}

float *onward_x(void) { return (float *)(void *)CORE_AT(core_input()); }

static void take(const float *x) {
  float *own = onward_x();
  if (ONWARD_VALUES && x != own) __builtin_memcpy(own, x, ONWARD_VALUES * sizeof(float));
}

/* In the header of the state (FORMAT.md). */
#define SEEN 0
#define UPDATES 8

static u32 state_word(u32 at) {
  u32 value;
  __builtin_memcpy(&value, CORE_AT(core_arena() + at), sizeof value);
  return value;
}

/* value x 2^exponent as the bits of binary32, to the nearest, ties to even: the machine may have no floating-point unit. */
static u32 binary32(s32 value, s32 exponent) {
  const u32 sign = value < 0 ? 0x80000000u : 0;
  u32 size = value < 0 ? 0u - (u32)value : (u32)value;
  if (size == 0) return 0;
  for (; !(size >> 31); exponent--) size <<= 1;
  const s32 power = exponent + 31 + 127;
  const s32 dropped = power < 1 ? 9 - power : 8; /* bits; more of a subnormal number */
  if (dropped > 40) return sign;
  const u64 kept = (u64)size >> dropped, rest = (u64)size & (((u64)1 << dropped) - 1), half = (u64)1 << (dropped - 1);
  const u64 bits = kept + (rest > half || (rest == half && (kept & 1))) + (power > 1 ? (u64)(power - 1) << 23 : 0); /* a carry is the next power */
  return sign | (bits < 0x7f800000u ? (u32)bits : 0x7f800000u);
}

void onward_predict(const float *x, struct onward_estimate *estimate) {
  u32 bits[3] = {0x7fc00000u, 0x7fc00000u, 0x7fc00000u};
  take(x);
  if (state_word(SEEN) | state_word(SEEN + 4)) {
    s32 answer[3];
    core_predict();
    __builtin_memcpy(answer, CORE_AT(core_prediction()), sizeof answer);
    for (int i = 0; i < 3; i++) bits[i] = binary32(answer[i], (s32)core_exponent());
  }
  __builtin_memcpy(estimate, bits, sizeof bits);
}

int onward_learn(const float *x, float target) {
  u32 bits;
  if (x) take(x);
  __builtin_memcpy(&bits, &target, sizeof bits);
  return (int)core_learn(bits);
}

void onward_begin(void) { core_begin(); }

void onward_stats(struct onward_stats *stats) {
  stats->seen = state_word(SEEN);
  stats->updates = state_word(UPDATES);
  stats->saturations = core_saturated();
}
