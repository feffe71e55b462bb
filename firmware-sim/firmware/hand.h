/* The learner of a two-layer configuration written by hand in C, from docs/arithmetic.md: it stands in for core.h, and the
   translated core is measured against it and compared with it byte for byte. It knows its shape at compile time (HAND_BITS, HAND_UNITS0, HAND_UNITS1; sizes in
   multiples of 8), has the skip input and the self-finding rate always on, and no windows: everything general has been left out. With ONWARD_MEMORY it has the decorrelating step
   of weights that see the sample, and an empty memory. */
#ifndef ONWARD_HAND_H
#define ONWARD_HAND_H
#define CORE_BY_HAND

#include <stdint.h>

#include "config.h"
#include "formats.h"

typedef uint8_t u8;
typedef int32_t s32;
typedef uint32_t u32;
typedef uint64_t u64;
#define TRAP_UNREACHABLE 2
__attribute__((noreturn)) void onward_trap(int code);

#define N ONWARD_INPUTS
#define LABELS ONWARD_LABELS
#define STRIDE0 N
#define STRIDE1 (HAND_UNITS0 + N)
#define WIDEST (HAND_UNITS0 > HAND_UNITS1 ? HAND_UNITS0 : HAND_UNITS1)
_Static_assert(HAND_BITS == 16 || N > 8, "a first layer of at most 8 inputs has 16 bits");
_Static_assert(N % 8 == 0 && HAND_UNITS0 % 8 == 0 && HAND_UNITS1 % 8 == 0 && !ONWARD_AXES, "shapes without padding only");
#if HAND_BITS == 16
typedef int16_t weight_t;
#define FRACTION 12
#define WEIGHT_MAX 32767
#else
typedef int8_t weight_t;
#define FRACTION 6
#define WEIGHT_MAX 127
#endif
#define ALIGNED _Alignas(16)

/* ---- the state, in the order of FORMAT.md ---- */

static struct {
  ALIGNED struct header header;
  ALIGNED struct channel channels[N];
  ALIGNED uint16_t counts[LABELS];
#if ONWARD_FAMILIAR
  ALIGNED uint8_t usual_counts[LABELS];
  ALIGNED int8_t usual_means[LABELS][N]; /* Q4 */
  ALIGNED uint8_t usual_deviations[LABELS][N]; /* Q5 */
  ALIGNED int32_t usual_spans[LABELS]; /* Q10 */
  ALIGNED int32_t anchor_centres[N];
  ALIGNED uint16_t anchor_scales[N]; /* Q6 */
#endif
  ALIGNED weight_t weights0[HAND_UNITS0][STRIDE0];
  ALIGNED int32_t biases0[HAND_UNITS0];
  ALIGNED int16_t gates0[LABELS][HAND_UNITS0];
  ALIGNED int16_t mean_pull0[HAND_UNITS0];
  ALIGNED int16_t mean_inputs0[STRIDE0];
  ALIGNED int32_t log_rate0;
  ALIGNED weight_t weights1[HAND_UNITS1][STRIDE1];
  ALIGNED int32_t biases1[HAND_UNITS1];
  ALIGNED int16_t gates1[LABELS][HAND_UNITS1];
  ALIGNED int16_t mean_pull1[HAND_UNITS1];
  ALIGNED int16_t mean_inputs1[STRIDE1];
  ALIGNED int32_t log_rate1;
#if ONWARD_MEMORY
  ALIGNED struct factor factor;
  int16_t bands[N * (N + 8) / 2]; /* Q10: eight rows of 8 columns, eight of 16, ... */
  ALIGNED struct memory memory;
  ALIGNED struct labelMemory label_memories[LABELS];
#endif
} state;
_Static_assert(sizeof state == ONWARD_STATE_BYTES, "the state is not laid out as FORMAT.md says");

static struct {
  float x[N];
  int16_t standardised[N], activity[STRIDE1], preactivation[WIDEST], pull[WIDEST], errors[LABELS], handicaps[LABELS];
  uint32_t dither[STRIDE1];
  int32_t goodness[LABELS], scores[LABELS], votes[LABELS];
  int16_t places[N]; /* Q4, MISSING where it is */
#if ONWARD_MEMORY
  int16_t direction[N], whitened[N]; /* Q8, Q6 */
#endif
  struct config config;
} scratch;

struct layer {
  int inputs, units;
  weight_t *weights;
  int32_t *biases;
  int16_t *gates, *mean_pull, *mean_inputs;
  int32_t *log_rate;
  int length_shift;
  uint64_t reciprocal;
};
#define LENGTH_SHIFT(n) (32 - __builtin_clz(n))
static const struct layer layers[2] = {
    {STRIDE0, HAND_UNITS0, state.weights0[0], state.biases0, state.gates0[0], state.mean_pull0, state.mean_inputs0, &state.log_rate0,
     LENGTH_SHIFT(STRIDE0), 0x100000000u / HAND_UNITS0},
    {STRIDE1, HAND_UNITS1, state.weights1[0], state.biases1, state.gates1[0], state.mean_pull1, state.mean_inputs1, &state.log_rate1,
     LENGTH_SHIFT(STRIDE1), 0x100000000u / HAND_UNITS1},
};

static inline int clamp(int value, int low, int high) { return value < low ? low : value > high ? high : value; }

/* ---- arithmetic ---- */

static uint32_t square_root(uint32_t value) {
  uint32_t root = 0, bit = 1u << 30;
  while (bit > value) bit >>= 2;
  for (; bit; bit >>= 2) {
    if (value >= root + bit) value -= root + bit, root = (root >> 1) + bit;
    else root >>= 1;
  }
  return root;
}

/* 2^-(t / 1024) in Q16 */
static uint32_t exp2_negative(uint32_t t) {
  static const uint16_t table[65] = {
      65535, 64829, 64131, 63440, 62757, 62081, 61412, 60750, 60096, 59449, 58808, 58175, 57548, 56928, 56315, 55708, 55108,
      54515, 53927, 53346, 52772, 52203, 51641, 51085, 50534, 49990, 49452, 48919, 48392, 47871, 47355, 46845, 46340, 45841,
      45347, 44859, 44376, 43898, 43425, 42957, 42494, 42036, 41584, 41136, 40693, 40254, 39821, 39392, 38967, 38548, 38132,
      37722, 37315, 36913, 36516, 36122, 35733, 35348, 34968, 34591, 34218, 33850, 33485, 33124, 32768};
  if (t >> 10 > 16) return 0;
  const uint16_t *entry = table + (t >> 4 & 63);
  return (entry[0] - ((entry[0] - entry[1]) * (t & 15) >> 4)) >> (t >> 10);
}

/* log2 of a positive value in Q10 */
static int log2_q10(uint32_t value) {
  const int zeros = __builtin_clz(value), f = (int)(value << zeros >> 15 & 0xffff);
  const int bow = (int)((uint32_t)f * (uint32_t)(65536 - f) >> 16);
  return ((31 - zeros) << 10) + ((f + (int)((uint32_t)bow * (uint32_t)(27722 - (int)((uint32_t)f * 10453u >> 16)) >> 16) + 32) >> 6);
}

/* 2^(t / 1024) to the nearest integer */
static uint32_t exp2_q10(int t) {
  const int octave = t >> 10;
  const uint32_t mantissa = exp2_negative((uint32_t)(1024 - (t & 1023)));
  return octave >= 15 ? mantissa << (octave - 15) : (mantissa + (1u << (14 - octave))) >> (15 - octave);
}

static uint32_t next_random(void) {
  uint32_t value = state.header.random;
  value ^= value << 13;
  value ^= value >> 17;
  value ^= value << 5;
  return state.header.random = value;
}

static int gaussian(void) {
  int sum = 0;
  for (int i = 0; i < 4; i++) {
    const uint32_t bits = next_random();
    sum += (int)(bits & 0xffff) + (int)(bits >> 16);
  }
  return ((sum - 8 * 32768) >> 2) * 10033 >> 14;
}

/* ---- how a channel compresses itself ---- */

#define WIDEST_SPREAD (30 << 10)

static inline uint32_t magnitude(int value) { return value < 0 ? 0u - (uint32_t)value : (uint32_t)value; }

static inline uint16_t folded(uint32_t bits) { return (uint16_t)(bits ^ bits >> 16); }

/* log2 of a count, up to where steps have settled */
static int doublings(int count) {
  const int bits = count ? 32 - __builtin_clz((uint32_t)count) : 0;
  return bits < 11 ? bits : 11;
}

/* tail x 2^(-octaves / 1024), at most 2^26 */
static int rescaled(int tail, int octaves) {
  if (octaves >= 0) return (int)((uint64_t)(uint32_t)tail * exp2_negative((uint32_t)octaves) >> 16);
  const int up = -octaves;
  const uint64_t grown = ((uint64_t)(uint32_t)tail * exp2_negative((uint32_t)(1024 - (up & 1023))) >> 15) << (up >> 10);
  return grown < 1 << 26 ? (int)grown : 1 << 26;
}

/* The two parts of a channel's pace: values that moved it, and by how many more of the last lay within an eighth of the centre from zero */
static inline int moved_by(const struct channel *channel) { return channel->pace & 2047; }
static inline int pull_of(const struct channel *channel) { return channel->pace >> 11; }

static void renew_reach(struct channel *channel) {
  if (!moved_by(channel)) return;
  const int tail = log2_q10((uint32_t)(channel->tail < 1 ? 1 : channel->tail)) - (16 << 10), floor = tail - (7 << 10);
  const int linear = 5450 - tail < 0 ? 0 : 2 * (5450 - tail), octaves = channel->spread + (linear > floor ? linear : floor);
  channel->reach = exp2_q10(octaves < WIDEST_SPREAD ? octaves : WIDEST_SPREAD);
}

#define FARTHEST ((1 << 27) - 1)

/* A value in units 2^by times as large, within what finer units hold; by is -4 or more */
static int in_units_of(int by, int value) {
  if (by >= 0) return value >> (by < 31 ? by : 31);
  return clamp(value, -(FARTHEST >> -by), FARTHEST >> -by) * (1 << -by);
}

static void coarsen_compression(struct channel *channel, int by) {
  channel->centre = in_units_of(by, channel->centre);
  if (channel->count == 2) { /* the second value waits */
    channel->tail = in_units_of(by, channel->tail);
    return;
  }
  channel->spread = (int16_t)clamp(channel->spread - (by < 32 ? by : 32) * 1024, 0, WIDEST_SPREAD);
  renew_reach(channel);
}

/* The third reading; true where one of the three is out of line */
static int settle_three(struct channel *channel, uint32_t bits, int value) {
  const int first = channel->centre, second = channel->tail;
  channel->tail = 1 << 16;
  int low = first < second ? first : second, high = first < second ? second : first;
  if (value < low) low = value;
  if (value > high) high = value;
  const int median = first + second + value - low - high;
  const int below = median - low, above = high - median, near = below < above ? below : above, far = below < above ? above : below;
  channel->centre = median;
  const uint16_t held = (uint16_t)channel->spread, now = folded(bits);
  const int repeats = channel->atom == held || channel->atom == now || held == now;
  const int usual = repeats ? (int)magnitude(median) : near;
  channel->spread = 0;
  if (far == 0) return 0;
  if ((usual != 0 || !repeats) && far / 64 > usual) return 1;
  channel->spread = (int16_t)log2_q10((uint32_t)(near ? near : far));
  channel->pace = 1;
  renew_reach(channel);
  return 0;
}

/* True where a hurry to another range has just ended */
static int track(struct channel *channel, uint32_t bits, int value) {
  const uint16_t atom = folded(bits);
  const int is_atom = atom == channel->atom, difference = value - channel->centre;
  const int before = pull_of(channel), nearer = magnitude(value) < magnitude(channel->centre) >> 3;
  const int pull = !nearer ? before - (before > 0) : before < 20 ? before + 1 : 20;
  int count = moved_by(channel);
  if (is_atom && (pull < 16 || channel->tail >= 32 << 16)) {
    channel->centre = value;
    channel->pace = (uint16_t)(pull << 11 | count);
    return 0;
  }
  const uint32_t size = difference ? magnitude(difference) : 1;
  const int octaves = log2_q10(size);
  if (!count) channel->spread = (int16_t)octaves;
  if (pull >= 16 && count > 8) count = 8;
  const int slow = doublings(count);
  const uint32_t spread = exp2_q10(channel->spread);
  uint32_t step = slow <= 3 ? (spread >> 1) + (spread >> 2) : spread >> (slow - 3) ? spread >> (slow - 3) : 1;
  if ((difference < 0) == (channel->centre < 0)) step = (step + 1) >> 1; /* away from zero */
  if (size <= step) channel->atom = atom, channel->centre = value;
  else channel->centre = clamp(channel->centre + (difference < 0 ? -(int)step : (int)step), -FARTHEST, FARTHEST);

  if (count < 2047) count++;
  channel->pace = (uint16_t)(pull << 11 | count);
  const int settling = doublings(count), below = channel->spread - octaves;
  int by = settling <= 3 ? 1024 : 1477 >> (settling - 3);
  if (count >= 64) by <<= 1;
  else if (below > 4096) by <<= 2;
  const int moved = clamp(channel->spread + (below < 0 ? by >> 1 : -by), 0, WIDEST_SPREAD);
  const int tail = rescaled(channel->tail, moved - channel->spread), above = octaves - moved;
  const int ratio = above <= 0 ? (int)exp2_negative((uint32_t)-above) : above > 10240 ? 1 << 26 : (int)exp2_q10((16 << 10) + above);
  channel->spread = (int16_t)moved;
  channel->tail = tail + ((ratio - tail) >> (settling < 10 ? settling : 10));
  renew_reach(channel);
  return before >= 16 && pull < 16;
}

static int compressed(const struct channel *channel, int value) {
  const int difference = value - channel->centre;
  const uint32_t size = magnitude(difference), reach = channel->reach;
  if (size <= reach) return value;
  const int nats = ((log2_q10(size) - log2_q10(reach)) * 45426) >> 16;
  const uint64_t bent = reach + ((uint64_t)reach * (uint32_t)(nats < 0 ? 0 : nats) >> 10);
  const int u = (int)(size < bent ? size : bent);
  return channel->centre + (difference < 0 ? -u : u);
}

/* ---- the normaliser ---- */

static int in_units(uint32_t bits, int exponent) {
  const int power = (int)(bits >> 23 & 255);
  if (power == 0) return 0;
  const int mantissa = (int)((bits & 0x7fffff) | 0x800000), shift = power - 150 - exponent;
  int value;
  if (shift > 3) value = (1 << 27) - 1;
  else if (shift >= 0) value = mantissa << shift;
  else if (shift < -25) value = 0;
  else value = (mantissa + (1 << (-shift - 1))) >> -shift;
  return (int)bits < 0 ? -value : value;
}

static void coarsen(struct channel *channel, int by) {
  channel->mean = by > 31 ? 0 : by > 0 ? channel->mean >> by : (int)((uint32_t)channel->mean << -by);
  channel->shift = (int8_t)clamp(channel->shift - by, -11, 31);
  channel->exponent = (int8_t)(channel->exponent + by);
  coarsen_compression(channel, by);
}

static int shifted(int difference, int shift) {
  const int small = shift >= 0 ? difference >> shift : clamp(difference, -0x8000, 0x8000) * (1 << -shift);
  return clamp(small, -32767, 32767);
}

static int rate_for(int count) {
  static int last, rate;
  if (count != last) last = count, rate = 131072 / (count + 1);
  return rate;
}

/* True if it is a turn to move centre and spread */
static int is_due(const struct channel *channel, int turn) {
  const int moved = moved_by(channel);
  return moved < 32 || pull_of(channel) >= 4 || (uint32_t)turn * 0x9e3779b9 >> (moved < 64 ? 31 : moved < 128 ? 30 : 29) == 0;
}

/* Mean and variance begin anew from the centre */
static void start_again(struct channel *channel) {
  channel->count = 3;
  channel->mean = channel->centre;
  channel->variance = 0;
  channel->inverse = 0;
  channel->shift = 0;
}

static void observe(struct channel *channel, uint32_t bits, int turn) {
  int refresh = (turn & 7) == 0;
  const int power = (int)(bits >> 23 & 255);
  if (power == 255) return;
  const int excess = power - 150 - channel->exponent - 3;
  if (excess > 0) coarsen(channel, channel->count < 3 || channel->variance == 0 ? excess + 1 : 1);
  const int raw = in_units(bits, channel->exponent);
  if (channel->count == 0) {
    channel->count = 1;
    channel->mean = channel->centre = raw;
    channel->atom = folded(bits);
    channel->tail = 1 << 16;
    return;
  }
  if (channel->count == 1) {
    channel->tail = raw;
    channel->spread = (int16_t)folded(bits);
  } else if (channel->count == 2) {
    if (settle_three(channel, bits, raw)) {
      start_again(channel);
      return;
    }
  } else if (is_due(channel, turn) && track(channel, bits, raw)) start_again(channel);
  const int difference = compressed(channel, raw) - channel->mean;
  if (channel->variance == 0) {
    if (difference) {
      channel->shift = (int8_t)(21 - __builtin_clz((uint32_t)(difference < 0 ? -difference : difference)));
      if (channel->count > 128) channel->count = 128;
    }
    refresh = 1;
  }
  int shift = channel->shift;
  const int limit = channel->count < 64 ? 32767 : 18000;
  const int scaled = clamp(shifted(difference, shift), -limit, limit), square = scaled * scaled;
  const int counted = scaled != limit && scaled != -limit ? difference : shift >= 0 ? scaled * (1 << shift) : scaled >> -shift;
  uint64_t variance = channel->variance;
  if (channel->count < 2047) {
    channel->count++;
    const int unsettled = channel->tail > 4 << 16 && channel->count < 128;
    const int count = unsettled && channel->count > 31 ? 31 : channel->count, rate = rate_for(count);
    const int fresh = square - (int)((int64_t)square * rate >> 16);
    variance += (uint64_t)((int64_t)(fresh - (int)(channel->variance >> 8)) * rate >> 8);
    channel->mean += (int)(((int64_t)counted * rate + 0x8000) >> 16);
    refresh |= count < 16;
  } else {
    variance += (uint64_t)(int64_t)((square - (int)(channel->variance >> 8)) >> 2);
    channel->mean += (counted + 512) >> 10;
  }
  for (; variance >= 0x80000000; variance >>= 2, shift++) refresh = 1;
  while (variance < 0x20000000 && variance) {
    variance = shift == -11 ? 0 : variance << 2;
    if (shift > -11) shift--;
    refresh = 1;
  }
  channel->variance = (uint32_t)variance;
  channel->shift = (int8_t)shift;
  if (refresh) channel->inverse = variance ? (uint16_t)(0x40000000 / square_root((uint32_t)variance)) : 0;
  const int size = channel->mean < 0 ? -channel->mean : channel->mean;
  if (size < 1 << 19 && (shift < 0 || variance == 0) && channel->exponent >= -122) coarsen(channel, -4);
}

static void standardise(void) {
  const int clip = scratch.config.clip < 2047 ? scratch.config.clip : 2047;
  for (int i = 0; i < N; i++) {
    const struct channel *channel = &state.channels[i];
    uint32_t bits;
    __builtin_memcpy(&bits, &scratch.x[i], 4);
    int value = 0;
    if ((bits >> 23 & 255) != 255 && channel->inverse)
      value = clamp((shifted(compressed(channel, in_units(bits, channel->exponent)) - channel->mean, channel->shift) * channel->inverse + 0x20000) >> 18, -clip, clip);
    scratch.standardised[i] = (int16_t)value;
  }
}

/* ---- one layer ---- */

/* A row times the inputs, two or four columns a word: a load costs a Cortex-M0+ two cycles whatever its width. With
   16-bit weights 32 products fit 32 bits. */
static inline int32_t word(const void *at) {
  return *(const int32_t *)__builtin_assume_aligned(at, 4);
}
#define LOW(pair) ((int16_t)(pair))
#define HIGH(pair) ((pair) >> 16)
static __attribute__((noinline)) int dot(const weight_t *w, const int16_t *z, const int16_t *end) {
  int sum = 0;
  do {
#if HAND_BITS == 16
    int32_t a = word(w), b = word(z);
    sum += LOW(a) * LOW(b);
    sum += HIGH(a) * HIGH(b);
    a = word(w + 2), b = word(z + 2);
    sum += LOW(a) * LOW(b);
    sum += HIGH(a) * HIGH(b);
    w += 4;
    z += 4;
#else
    const int32_t a = word(w), b = word(z), c = word(z + 2);
    sum += (int8_t)a * LOW(b);
    sum += ((int32_t)((uint32_t)a << 16) >> 24) * HIGH(b);
    sum += ((int32_t)((uint32_t)a << 8) >> 24) * LOW(c);
    sum += (a >> 24) * HIGH(c);
    w += 4;
    z += 4;
#endif
  } while (z < end);
  return sum;
}

static void sense(const struct layer *layer, const int16_t *inputs) {
  const weight_t *w = layer->weights;
  const int16_t *end = inputs + layer->inputs;
  for (int j = 0; j < layer->units; j++) {
    int high = layer->biases[j] >> 16, low = (layer->biases[j] & 0xffff) + (1 << (FRACTION - 1));
#if HAND_BITS == 16
    for (const int16_t *z = inputs; z < end; z += 32) {
      const int16_t *stop = z + 32 < end ? z + 32 : end;
      const int part = dot(w, z, stop);
      w += stop - z;
      high += part >> 16;
      low += part & 0xffff;
    }
#else
    const int part = dot(w, inputs, end);
    w += layer->inputs;
    high += part >> 16;
    low += part & 0xffff;
#endif
    scratch.preactivation[j] = (int16_t)clamp((high * (1 << (16 - FRACTION))) + (low >> FRACTION), -8191, 8191);
  }
  const int16_t *gate = layer->gates;
  for (int c = 0; c < LABELS; c++) {
    uint64_t energy = 0;
    for (int j = 0; j < layer->units; j += 8) {
      int sum = 0;
      for (int k = j; k < j + 8; k++) {
        int h = scratch.preactivation[k] + *gate++;
        if (h > 8191) h = 8191;
        if (h > 0) sum += h * h;
      }
      energy += (uint32_t)sum;
    }
    scratch.goodness[c] = (int)(energy * layer->reciprocal >> 32);
    scratch.scores[c] += scratch.goodness[c];
  }
}

#if ONWARD_FAMILIAR
/* ---- anchored coordinates ---- */

#define MISSING (-32768)
#define LOWEST 160
#define DECADES 1
#define UNVARIED 0x8000
#define OCTAVES 0x7ffe

/* The anchor in hand: log2 of its unit, log2 of its spread in units (Q10), its centre in units, and whether it is wide: its inner side is fine. */
static struct anchor {
  int unit, octaves, centre, wide;
} anchor;

static uint32_t first_step(const struct channel *channel) { return channel->count == 2 ? magnitude(channel->tail - channel->centre) : 0; }

static int scale_now(const struct channel *channel) {
  const uint32_t step = first_step(channel), size = magnitude(channel->centre);
  const int least = log2_q10(size ? size : 1) - (16 << 10), own = step ? log2_q10(step) : channel->count == 2 ? 0 : channel->spread;
  return ((((channel->exponent + LOWEST) << 10) + (own > least ? own : least)) >> 4) | (!channel->pace && !step ? UNVARIED : 0);
}

static int unit_of(int scale) { return ((scale & OCTAVES) >> 6) - LOWEST - 8; }

/* A value in units 2^by times as small, saturated */
static int refined(int value, int by) {
  if (by <= 0) return value >> (-by < 31 ? -by : 31);
  const int most = FARTHEST >> (by < 31 ? by : 31);
  return value > most ? FARTHEST : value < -most ? -FARTHEST : (int)((uint32_t)value << by);
}

static void hold(int i) {
  const int scale = state.anchor_scales[i], kept = state.anchor_centres[i];
  anchor.unit = unit_of(scale);
  anchor.octaves = (8 << 10) + ((scale & OCTAVES & 63) << 4);
  anchor.centre = refined(kept, 5);
  anchor.wide = scale & DECADES || magnitude(kept) >= 256;
}

/* T of a size, Q6 */
static int counted(uint32_t size, int octaves) {
  if (!size) return 0;
  const int octave = octaves >> 10, by = octave - 12;
  if (!(size >> (octave + 2 < 31 ? octave + 2 : 31))) {
    const uint32_t scaled = by >= 0 ? size >> (by < 31 ? by : 31) : size << -by;
    const int t = (int)((scaled * exp2_negative((uint32_t)(octaves & 1023)) + (1 << 21)) >> 22);
    if (t <= 128) return t;
  }
  const int beyond = log2_q10(size) - octaves - 1024;
  return 128 + ((beyond < 0 ? 0 : beyond) * 5678 >> 16);
}

static int size_of(int t, int octaves) {
  if (!t) return 0;
  const int apart = octaves + (t <= 128 ? log2_q10((uint32_t)t) - 6144 : 1024 + ((t - 128) * 11819 >> 10));
  return apart < 0 ? 0 : (int)exp2_q10(apart < 28 << 10 ? apart : 28 << 10);
}

static int finest_inside(void) {
  const int finest = log2_q10(magnitude(anchor.centre)) - (14 << 10);
  return finest < 0 ? 0 : finest;
}

static int coordinate(int value) {
  const int half = (int)magnitude(anchor.centre) >> 1, inward = anchor.centre < 0 ? -value : value, inside = anchor.wide && anchor.centre && inward < half;
  int t;
  if (inside) {
    const int finest = finest_inside(), to_zero = counted((uint32_t)half, finest), from_zero = counted(magnitude(inward), finest);
    t = counted(magnitude(anchor.centre) - (uint32_t)half, anchor.octaves) + ((inward < 0 ? to_zero + from_zero : to_zero - from_zero) >> 1);
  } else {
    t = counted(magnitude(value - anchor.centre), anchor.octaves);
  }
  if (t > 2047) t = 2047;
  return (inside ? anchor.centre > 0 : value < anchor.centre) ? -t : t;
}

static int value_of(int t) {
  const int far = t < 0 ? -t : t;
  if (anchor.wide && anchor.centre && (t < 0) != (anchor.centre < 0)) {
    const int half = (int)magnitude(anchor.centre) >> 1, to_half = counted(magnitude(anchor.centre) - (uint32_t)half, anchor.octaves);
    if (far > to_half) {
      const int finest = finest_inside(), from_zero = counted((uint32_t)half, finest) - ((far - to_half) << 1);
      const int size = size_of(from_zero < 0 ? -from_zero : from_zero, finest), value = size < FARTHEST ? size : FARTHEST;
      return (from_zero < 0) == (anchor.centre < 0) ? value : -value;
    }
  }
  const int difference = size_of(far, anchor.octaves);
  return clamp(anchor.centre + (t < 0 ? -difference : difference), -FARTHEST, FARTHEST);
}

/* Eighths of a place: of a wide one three eighths of what is beyond 6, within 127 places. And back. */
static int squeezed(int t) {
  const int beyond = (t < 0 ? -t : t) - 384, kept = 384 + (beyond * 3 >> 3);
  return clamp(!anchor.wide || beyond <= 0 ? t : t < 0 ? -kept : kept, -1016, 1023);
}

static int unsqueezed(int kept) {
  const int beyond = (kept < 0 ? -kept : kept) - 384, all = 384 + (beyond << 3) / 3, t = all < 2047 ? all : 2047;
  return !anchor.wide || beyond <= 0 ? kept : kept < 0 ? -t : t;
}

static int placed(int t) { return squeezed(t) >> 3; }

static void anchor_input(void) {
  for (int i = 0; i < N; i++) {
    uint32_t bits;
    __builtin_memcpy(&bits, &scratch.x[i], 4);
    hold(i);
    const int t = state.anchor_scales[i] & UNVARIED ? 0 : coordinate(in_units(bits, anchor.unit));
    scratch.places[i] = (int16_t)((bits >> 23 & 255) == 255 ? MISSING : placed(t));
  }
}

static int is_near(int i) {
  const struct channel *channel = &state.channels[i];
  if (!channel->pace && channel->count != 2 && !(state.anchor_scales[i] & UNVARIED)) return 1;
  const int off = scale_now(channel) - state.anchor_scales[i];
  if (off > 48 || off < -48) return 0;
  hold(i);
  return magnitude(refined(channel->centre, channel->exponent - anchor.unit) - anchor.centre) <= exp2_q10(anchor.octaves);
}

static int has_woken(int i) {
  const struct channel *channel = &state.channels[i];
  const int scale = state.anchor_scales[i];
  return (!(scale & DECADES) && pull_of(channel) >= 16) || (scale & UNVARIED && (channel->pace || first_step(channel)));
}

/* ---- familiar ---- */

static int place_of(int input) { return scratch.places[input]; }
static int is_there(int input) { return scratch.places[input] != MISSING; }
static uint16_t reciprocals[128]; /* 1 / (deviation + 5/32), Q11 */
static int reciprocal_of(int deviation) { return reciprocals[deviation]; }

static void measure_span(int label) {
  state.usual_spans[label] = 0;
  for (int i = 0; i < N; i++) state.usual_spans[label] += log2_q10(state.usual_deviations[label][i] + 5u);
}

static void renew_anchors(void) {
  const int look = state.header.seen < 64 ? !(state.header.seen & (state.header.seen - 1)) : !(state.header.seen & 63);
  for (int i = 0; i < N; i++) {
    if (state.header.seen && (look ? is_near(i) : !has_woken(i))) continue;
    const struct channel *channel = &state.channels[i];
    hold(i);
    const struct anchor then = anchor;
    const int before = state.anchor_scales[i], zero_then = before & UNVARIED ? MISSING : placed(coordinate(0));
    const int scale = (scale_now(channel) & ~DECADES) | (before & DECADES) | (pull_of(channel) >= 16 ? DECADES : 0), by = channel->exponent - unit_of(scale) - 5;
    state.anchor_scales[i] = (uint16_t)scale;
    state.anchor_centres[i] = by >= 0 ? (int)((uint32_t)channel->centre << by) : channel->centre >> (-by < 31 ? -by : 31);
    hold(i);
    const struct anchor now = anchor;
    const int zero_now = placed(coordinate(0));
    for (int c = 0; c < LABELS; c++) {
      if (!state.usual_counts[c]) continue;
      const int mean = state.usual_means[c][i] * 8 + 4, deviation = state.usual_deviations[c][i] * 4;
      int t[3] = {mean, mean + deviation, mean - deviation};
      for (int k = 0; k < 3; k++) {
        anchor = then;
        const int value = value_of(unsqueezed(t[k]));
        anchor = now;
        t[k] = squeezed(coordinate(refined(value, then.unit - now.unit)));
      }
      state.usual_means[c][i] = (int8_t)(state.usual_means[c][i] == zero_then ? zero_now : t[0] >> 3);
      state.usual_deviations[c][i] = (uint8_t)clamp((t[1] - t[2]) >> 3, 0, 127);
      measure_span(c);
    }
  }
}

/* log2 of the distance from what a label usually is, Q10, without missing values; -1 where all are. */
static int apart(int label) {
  int sum = 0, most = 0, count = 0;
  for (int i = 0; i < N; i++) {
    if (!is_there(i)) continue;
    const int size = (int)magnitude(place_of(i) - state.usual_means[label][i]) * reciprocal_of(state.usual_deviations[label][i]) >> 7;
    sum += size;
    most = size > most ? size : most;
    count++;
  }
  if (!count) return -1;
  const int distance = sum / count + (most >> 3);
  return log2_q10(distance < 128 ? 128 : (uint32_t)distance);
}

/* Marks that a half, a tenth and a fiftieth of the distances lie beyond. */
static void place(int distance) {
  const int placed = state.header.placed, step = placed < 8 ? 32 : placed < 32 ? 16 : placed < 64 ? 8 : placed < 128 ? 4 : placed < 512 ? 2 : 1;
  int half = placed ? state.header.half + step * (distance > state.header.half ? 8 : -8) : distance;
  if (half < 0) half = 0;
  int tenth = placed < 64 ? half + 768 : state.header.tenth + step * (distance > state.header.tenth ? 18 : -2);
  if (tenth < half + 384) tenth = half + 384;
  int fiftieth = placed < 64 ? tenth + 512 : state.header.fiftieth + step * (distance > state.header.fiftieth ? 49 : -1);
  if (fiftieth < tenth + 256) fiftieth = tenth + 256;
  state.header.half = (int16_t)half;
  state.header.tenth = (int16_t)tenth;
  state.header.fiftieth = (int16_t)fiftieth;
  if (placed < 512) state.header.placed++;
}

static void settle_usual(int label) {
  uint32_t phase = (uint32_t)state.header.seen * 0x9e3779b9;
  const int is_first = !state.usual_counts[label];
  if (!is_first) {
    const int distance = apart(label);
    if (distance < 0) return;
    place(distance);
  }
  if (state.usual_counts[label] < 32) state.usual_counts[label]++;
  const int count = state.usual_counts[label], rate = 65536 / count, slower = 65536 / (count < 30 ? count + 2 : 32);
  for (int i = 0; i < N; i++, phase += 2 * 0x9e3779b9u) {
    int8_t *mean = &state.usual_means[label][i];
    uint8_t *usual = &state.usual_deviations[label][i];
    if (is_first) *usual = 8;
    if (!is_there(i)) continue;
    const int difference = place_of(i) - *mean;
    *mean = (int8_t)(*mean + ((difference * rate + (int)(phase >> 16)) >> 16));
    if (is_first) continue;
    int deviation = *usual;
    deviation += (((difference < 0 ? -difference : difference) * 2 - deviation) * slower + (int)((phase + 0x9e3779b9) >> 16)) >> 16;
    *usual = (uint8_t)(deviation > 127 ? 127 : deviation);
  }
  measure_span(label);
}

/* 5^-(octaves / gap), Q16 */
static int fifths(int octaves, int gap) { return (int)exp2_negative((uint32_t)(octaves * 2378 / gap)); }

static int familiarity(int label) {
  if (!state.usual_counts[label] || state.header.placed < 8) return -1;
  int distance = 0x7fffffff;
  for (int c = 0; c < LABELS; c++) {
    if (!state.usual_counts[c]) continue;
    const int each = apart(c);
    if (each < distance) distance = each;
  }
  const int near = state.header.tenth - state.header.half, far = state.header.fiftieth - state.header.tenth;
  if (distance < 0) return 0;
  if (distance == 7 << 10) return 32767;
  if (distance <= state.header.half) return 32767 - (fifths(state.header.half - distance, near) >> 2);
  if (distance <= state.header.tenth) return fifths(distance - state.header.half, near) >> 2;
  if (distance <= state.header.fiftieth) return fifths(distance - state.header.tenth, far) / 20;
  return fifths(distance - state.header.fiftieth, far) / 100;
}

/* ---- votes ---- */

static int first_sharpness(void);

static int64_t vote_weight(void) {
  const int octaves = (36 << 10) - log2_q10((uint32_t)first_sharpness()) - (log2_q10(N) >> 1) + state.header.weight;
  return octaves < 0 ? 0 : exp2_q10(octaves < 30 << 10 ? octaves : 30 << 10);
}

static void vote(void) {
  const int64_t weight = vote_weight();
  int worst = 0;
  if (!reciprocals[0])
    for (int a = 0; a < 128; a++) reciprocals[a] = (uint16_t)(65536 / (a + 5));
  anchor_input();
  for (int c = 0; c < LABELS; c++) {
    if (!state.usual_counts[c]) continue;
    int squares = 0;
    for (int i = 0; i < N; i++) {
      if (!is_there(i)) continue;
      int q = ((int)magnitude(place_of(i) - state.usual_means[c][i]) * reciprocal_of(state.usual_deviations[c][i]) + 256) >> 9;
      if (q > 256) q = 256;
      squares += q * q;
    }
    scratch.votes[c] = (int)(((int64_t)squares * 1311 + (int64_t)state.usual_spans[c] * 11357) >> 16);
    if (scratch.votes[c] > worst) worst = scratch.votes[c];
  }
  for (int c = 0; c < LABELS; c++) {
    const int64_t lead = (worst - scratch.votes[c]) * weight >> 12;
    scratch.votes[c] = state.usual_counts[c] ? (int)(lead > (1 << 27) - 1 ? (1 << 27) - 1 : lead) : 0;
  }
}

/* Adds the votes; there are none where the layers answer with a label of which nothing is known */
static void count_votes(int sign) {
  int best = 0;
  for (int c = 1; c < LABELS; c++) best = scratch.scores[c] > scratch.scores[best] ? c : best;
  if (sign > 0 && !state.usual_counts[best]) __builtin_memset(scratch.votes, 0, sizeof scratch.votes);
  for (int c = 0; c < LABELS; c++) scratch.scores[c] += sign * scratch.votes[c];
}

/* True if a sample can tell what votes are worth */
static int tells(int label) {
  if (label != state.header.last || !state.header.seen) state.header.last = (uint8_t)label, state.header.run = state.usual_counts[label] ? 0 : 255;
  if (state.header.run == 255 || state.header.run == 16) return 0;
  state.header.run++;
  return 1;
}
#else
static void renew_anchors(void) {}
static void vote(void) {}
static void count_votes(int sign) { (void)sign; }
static int tells(int label) { return (void)label, 1; }
static void settle_usual(int label) { (void)label; }
static int familiarity(int label) { return (void)label, -1; }
#endif

/* Octaves (Q10) that a label is behind in the softmax: 3/4 log2 of how many more than four times rarer than the most frequent it is. */
static void weigh_labels(int label) {
  if (++state.counts[label] == 16384)
    for (int c = 0; c < LABELS; c++) state.counts[c] >>= 1;
  uint32_t most = 0;
  for (int c = 0; c < LABELS; c++) most = state.counts[c] > most ? state.counts[c] : most;
  most += 16;
  for (int c = 0; c < LABELS; c++) {
    const uint32_t sure = state.counts[c] + 16u;
    scratch.handicaps[c] = (int16_t)(state.counts[c] && sure * 4 < most ? 3 * (log2_q10(most) - 2048 - log2_q10(sure)) >> 2 : 0);
  }
}

/* 1 + (labels - 16) / 128 in Q7 from 16 labels on: what gates learn faster by, and the softmax is softer by. */
#define CROWD (128 + (LABELS > 16 ? LABELS - 16 : 0))

static int judge(int label) {
  int best = scratch.goodness[0];
  for (int c = 1; c < LABELS; c++) best = scratch.goodness[c] > best ? scratch.goodness[c] : best;
  const int sharpness = (scratch.config.alpha * 1477 >> 8) * 128 / CROWD;
  uint32_t total = 0, lead = 0xffff;
  for (int c = 0; c < LABELS; c++) {
    const uint64_t octaves = (uint64_t)(best - scratch.goodness[c]) * (uint32_t)sharpness >> 16;
    const uint32_t behind = (octaves > 0x7fff ? 0x7fff : (uint32_t)octaves) + (uint32_t)scratch.handicaps[c];
    scratch.errors[c] = (int16_t)behind;
    lead = behind < lead ? behind : lead;
  }
  for (int c = 0; c < LABELS; c++) {
    const uint32_t likelihood = exp2_negative((uint16_t)scratch.errors[c] - lead);
    scratch.errors[c] = (int16_t)likelihood;
    total += likelihood;
  }
  if (total < 0x10000) total = 0x10000;
  const int by = 15 - __builtin_clz(total);
  uint32_t reciprocal = 0xffffffff / (total >> by);
  if (reciprocal > 0xffff) reciprocal = 0xffff;
  for (int c = 0; c < LABELS; c++) {
    const int p = (int)((uint16_t)scratch.errors[c] * reciprocal >> (17 + by));
    scratch.errors[c] = (int16_t)(c == label ? 32767 - p : -p);
  }
  return scratch.errors[label];
}

static void pull_gates(const struct layer *layer, int gate_rate, uint32_t phase) {
  for (int j = 0; j < layer->units; j++, phase += 0x9e3779b9) {
    const int a = scratch.preactivation[j], dither = (int)(phase >> 17) << 3;
    int r = 0;
    for (int c = 0; c < LABELS; c++) {
      const int e = scratch.errors[c];
      int16_t *gate = &layer->gates[c * layer->units + j];
      int h = a + *gate;
      if (e == 0 || h <= 0) continue;
      if (h > 8191) h = 8191;
      r += e * h;
      const int k = clamp((e * gate_rate + 2048) >> 12, -32767, 32767);
      *gate = (int16_t)clamp(*gate + ((k * h + dither) >> 18), -32768, 32767);
    }
    scratch.pull[j] = (int16_t)clamp((r + 4096) >> 13, -8191, 8191);
  }
}

static __attribute__((noinline)) void add_row(weight_t *w, const int16_t *z, const int16_t *end, int coefficient, uint32_t flips, int shift) {
  const uint32_t *dither = scratch.dither;
  do {
    const int change = (*z * coefficient + (int)(*dither ^ flips)) >> shift;
    if (HAND_BITS == 16 || change) {
      const int sum = *w + change;
      *w = (weight_t)((weight_t)sum == sum ? sum : sum < 0 ? -WEIGHT_MAX - 1 : WEIGHT_MAX);
    }
    w++;
    z++;
    dither++;
  } while (z < end);
}

/* Rows that pull less than an eighth of the strongest are sampled: some of them learn with that eighth, the others not. */
static int sampled(int r, int least, int chance) {
  const int size = r < 0 ? -r : r;
  if (size >= least) return r;
  if (chance * least >= size << 15) return 0;
  return r < 0 ? -least : least;
}

static int64_t product(const int16_t *x, const int16_t *y, int limit, int count) {
  int64_t total = 0;
  for (int i = 0; i < count; i++) total += clamp(x[i], -limit, limit) * y[i];
  return total;
}

static void follow(int16_t *mean, const int16_t *x, int limit, int up, int count) {
  for (int i = 0; i < count; i++) {
    const int change = clamp(clamp(x[i], -limit, limit) * (1 << up) - mean[i], -32768, 32767) + 16;
    mean[i] = (int16_t)(mean[i] + ((change > 32767 ? 32767 : change) >> 5));
  }
}

#if ONWARD_MEMORY
/* ---- the decorrelating step ---- */

_Static_assert(N <= 128, "whitened values of more inputs have fewer bits");

/* y = R x in Q6; |y|^2 in Q12 */
static uint32_t whiten(const int16_t *x, int16_t *y) {
  const int16_t *row = state.bands;
  uint32_t length = 0;
  for (int i = 0; i < N; i++) {
    int sum = 0;
    for (int j = 0; j <= i; j++) sum += row[j] * x[j];
    y[i] = (int16_t)clamp((sum + 2048) >> 12, -2047, 2047);
    length += (uint32_t)(y[i] * y[i]);
    row += (i | 7) + 1;
  }
  return length;
}

/* R follows the sample, with random signs times 1/4 as the ridge */
static void follow_sample(void) {
  struct factor *factor = &state.factor;
  if (factor->wait) {
    factor->wait--;
    return;
  }
  int16_t *x = scratch.direction, *y = scratch.whitened;
  uint32_t signs = 0;
  for (int i = 0; i < N; i++, signs >>= 1) {
    if (!(i & 31)) signs = next_random();
    x[i] = (int16_t)clamp(scratch.standardised[i] + (signs & 1 ? -64 : 64), -2047, 2047);
  }
  const uint64_t length = (uint64_t)whiten(x, y) << 4;
  const int e0 = clamp(32768 / (factor->count + 8), 256, 3277);
  const int strength = (int)(((uint32_t)e0 << 20) / (uint32_t)(65536 + (length * (uint32_t)e0 >> 16))), growth = (strength * 17 + 128) >> 8;
  const uint32_t start = next_random(), flips = next_random();
  int32_t *sums = (int32_t *)scratch.dither;
  for (int j = 0; j < N; j++) sums[j] = 0;
  int16_t *row = state.bands;
  uint32_t flip = flips;
  for (int i = 0; i < N; i++, flip += 0x9e3779b9) {
    const int c = (strength * y[i] + 128) >> 8;
    uint32_t phase = start;
    for (int j = 0; j <= i; j++, phase += 0x9e3779b9) {
      const int a = row[j], w = clamp(((sums[j] += a * y[i]) + 128) >> 8, -32768, 32767);
      row[j] = (int16_t)clamp(a + ((growth * a - c * w + (int)(phase >> 16 ^ flip >> 16)) >> 16), -8191, 8191);
    }
    if (row[i] < 32) row[i] = 32;
    row += (i | 7) + 1;
  }
  if (factor->count < 256) factor->count++;
  else factor->wait = flips & 15;
}

static int64_t turned_length; /* z'd of the sample in hand, Q16; -1 before it has turned */

/* The inputs of a layer with the sample's part turned */
static const int16_t *turned(const struct layer *layer, const int16_t *inputs) {
  if (turned_length < 0) {
    turned_length = (int64_t)whiten(scratch.standardised, scratch.whitened) << 4;
    int32_t *sums = (int32_t *)scratch.dither;
    for (int j = 0; j < N; j++) sums[j] = 0;
    const int16_t *row = state.bands;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j <= i; j++) sums[j] += row[j] * scratch.whitened[i];
      row += (i | 7) + 1;
    }
    for (int j = 0; j < N; j++) scratch.direction[j] = (int16_t)clamp((sums[j] + 128) >> 8, -2047, 2047);
  }
  if (layer == layers) return scratch.direction;
  __builtin_memcpy(scratch.activity + HAND_UNITS0, scratch.direction, sizeof scratch.direction);
  return inputs;
}

/* A label that was never seen scores 0, once any was */
static void silence_unseen(void) {
  int any = 0;
  for (int c = 0; c < LABELS; c++) any |= state.label_memories[c].last != 0;
  for (int c = 0; any && c < LABELS; c++)
    if (!state.label_memories[c].last) scratch.scores[c] = 0;
}

static void restart_detector(void) {
  state.memory.least = state.memory.leastDeviation = 1 << 20;
}

#define LOWEST_CODE 1664

static void create_memory(void) {
  for (int i = 0; i < N; i++) state.bands[32 * (i >> 3) * ((i >> 3) + 1) + (i & 7) * ((i | 7) + 1) + i] = 1024;
  restart_detector();
  state.memory.low = -LOWEST_CODE;
  state.memory.step = 2 * LOWEST_CODE / 255;
  state.memory.share = 65535;
  renew_anchors();
}

static void note_label(int label) {
  struct labelMemory *own = &state.label_memories[label];
  const uint32_t moment = (uint32_t)state.header.seen + 1;
  own->last = moment ? moment : 1;
  if (own->seen < 65535) own->seen++;
}
#else
static void follow_sample(void) {}
static void silence_unseen(void) {}
static void create_memory(void) {}
static void note_label(int label) { (void)label; }
#endif

static void update(const struct layer *layer, const int16_t *inputs) {
  int64_t pace = (int64_t)state.header.rate * scratch.config.alpha >> 12;
  pace = pace * exp2_negative((uint32_t)(2048 - (*layer->log_rate * 369 >> 6))) >> 14;
  pace += pace * state.header.boost >> 16;
  const int eta_alpha = pace > 0x7fff ? 0x7fff : (int)pace;
  const int gate_rate = (eta_alpha << 3) / scratch.config.gate_divisor * CROWD >> 7;
  pull_gates(layer, gate_rate > 0xffff ? 0xffff : gate_rate, next_random());

#if ONWARD_MEMORY
  inputs = turned(layer, inputs);
  const int own = layer->inputs - N;
  const uint64_t length = (uint64_t)(turned_length + (own ? product(inputs, inputs, 2047, own) : 0));
#else
  const uint64_t length = (uint64_t)product(inputs, inputs, 2047, layer->inputs);
#endif
  const uint32_t divisor = (uint32_t)((length + ((uint64_t)layer->inputs << 16)) >> (layer->length_shift + 1));
  const uint64_t wanted = (uint64_t)(0x80000000 / divisor) * (uint32_t)eta_alpha >> 12;
  const int factor = wanted > 0x1ffff ? 0x1ffff : (int)wanted;
  const int shift = 20 + layer->length_shift - FRACTION;

  uint32_t phase = next_random();
  for (int i = 0; i < layer->inputs; i++, phase += 0x9e3779b9) scratch.dither[i] = phase >> 17 << 17 >> (32 - shift);
  phase = next_random();
  int greatest = 0;
  for (int j = 0; j < layer->units; j++) {
    const int size = scratch.pull[j] < 0 ? -scratch.pull[j] : scratch.pull[j];
    if (size > greatest) greatest = size;
  }
  weight_t *w = layer->weights;
  for (int j = 0; j < layer->units; j++, phase += 0x9e3779b9, w += layer->inputs) {
    const int r = sampled(scratch.pull[j], greatest >> 3, (int)(phase * 0x2c1b3c6d >> 17));
    const int coefficient = clamp((r * factor + 4096) >> 13, -32767, 32767);
    if (!coefficient) continue;
    const int change = shift > 16 ? (coefficient + (int)(phase >> (48 - shift))) >> (shift - 16) : coefficient * (1 << (16 - shift));
    layer->biases[j] = clamp(layer->biases[j] + change, -(1 << 30), 1 << 30);
    add_row(w, inputs, inputs + layer->inputs, coefficient, phase >> 17 << 17 >> (32 - shift), shift);
  }

  const int64_t pulls = product(scratch.pull, layer->mean_pull, 2047, layer->units);
  const int64_t columns = product(inputs, layer->mean_inputs, 2047, layer->inputs) + (1 << 20);
  if (pulls && columns) *layer->log_rate = clamp(*layer->log_rate + ((pulls > 0) == (columns > 0) ? 1 : -1), -235, 235);
  follow(layer->mean_pull, scratch.pull, 2047, 3, layer->units);
  follow(layer->mean_inputs, inputs, 2047, 4, layer->inputs);
}

/* Activity of the first layer, scaled to RMS 1, then the sample itself. */
static void hand_on(void) {
  for (int j = 0; j < HAND_UNITS0; j++) scratch.activity[j] = scratch.preactivation[j] > 0 ? scratch.preactivation[j] : 0;
  const uint64_t square = (uint64_t)product(scratch.activity, scratch.activity, 8191, HAND_UNITS0) * layers[0].reciprocal >> 24;
  if (square) {
    const int by = (__builtin_clzll(square) - 32) & ~1, shift = 18 - (by >> 1);
    int inverse = 0x40000000 / (int)square_root((uint32_t)(by >= 0 ? square << by : square >> -by));
    if (inverse > 0x7fff) inverse = 0x7fff;
    for (int j = 0; j < HAND_UNITS0; j++) {
      const int value = (scratch.activity[j] * inverse + (1 << (shift - 1))) >> shift;
      scratch.activity[j] = (int16_t)(value > 2047 ? 2047 : value);
    }
  }
  __builtin_memcpy(scratch.activity + HAND_UNITS0, scratch.standardised, sizeof scratch.standardised);
}

/* ---- certainty ---- */

static int whole_sharpness(void) { return (scratch.config.alpha << 8) / 2; }
static int first_sharpness(void) { return ONWARD_FAMILIAR ? whole_sharpness() * 3 >> 4 : whole_sharpness(); }

/* Likelihood of every label in Q12, and how many octaves (Q10) it is behind the best; gives their sum. */
static int likelihoods(int *likelihood, int *octaves) {
  const uint64_t sharpness = (uint64_t)(state.header.sharpness ? state.header.sharpness : first_sharpness()) * 1477 >> 16;
  int32_t best = 0;
  for (int c = 0; c < LABELS; c++) best = scratch.scores[c] > best ? scratch.scores[c] : best;
  int total = 0;
  for (int c = 0; c < LABELS; c++) {
    const uint64_t behind = (uint64_t)(best - scratch.scores[c]) * sharpness >> 16;
    octaves[c] = behind > 0x7fff ? 0x7fff : (int)behind;
    likelihood[c] = scratch.scores[c] == 0 && best ? 0 : (int)(exp2_negative((uint32_t)octaves[c]) + 8) >> 4;
    total += likelihood[c];
  }
  return total;
}

static int in_octaves(int difference, int by) {
  const int64_t octaves = (int64_t)difference * by >> 16;
  return (int)(octaves > 0x7fff ? 0x7fff : octaves < -0x7fff ? -0x7fff : octaves);
}

static void sharpen(int label) {
  int likelihood[LABELS], octaves[LABELS];
  const int total = likelihoods(likelihood, octaves), now = state.header.sharpness ? state.header.sharpness : first_sharpness();
  const int by = (int)((uint64_t)now * 1477 >> 16), window = state.header.seen < 16 ? 4 : state.header.seen < 32 ? 5 : 6;
  int64_t goodness = 0, voting = 0;
  for (int c = 0; c < LABELS; c++) {
    const int ahead = ONWARD_FAMILIAR ? scratch.votes[label] - scratch.votes[c] : 0;
    goodness += (int64_t)likelihood[c] * in_octaves(scratch.scores[label] - scratch.scores[c] - ahead, by);
    voting += (int64_t)likelihood[c] * in_octaves(ahead, by);
  }
  const int move = clamp((int)(goodness / total), -3 * 1477, 3 * 1477) * (ONWARD_FAMILIAR ? 2 : 1), least = first_sharpness() / 4;
  state.header.sharpness = clamp(now + (int)((int64_t)now * (move * 710) >> (20 + window)), least > 1 ? least : 1, whole_sharpness() * 4);
  if (ONWARD_FAMILIAR) state.header.weight = (int16_t)clamp(state.header.weight + ((clamp((int)(voting / total), -3 * 1477, 3 * 1477) - move) >> window), -(12 << 10), 12 << 10);
}

/* ---- the names that learner.c calls ---- */

#define CORE_AT(address) ((u8 *)(uintptr_t)(address))
/* Not compared, and so not written. */
static inline void core_adapt(void) { onward_trap(TRAP_UNREACHABLE); }
static inline u32 core_saturated(void) { onward_trap(TRAP_UNREACHABLE); }
#define CORE_CONSTANT
#define CORE_CONSTANT_BYTE(at) (*(at))
#define CORE_COPY_CONSTANT(to, from, count) __builtin_memcpy(to, from, count)
static u32 core_config(void) { return (u32)(uintptr_t)&scratch.config; }
static u32 core_arena(void) { return (u32)(uintptr_t)&state; }
static u32 core_input(void) { return (u32)(uintptr_t)scratch.x; }
static u32 core_plan(void) { return ONWARD_ARENA_BYTES; }
static void core_start(void) {}

static u32 core_create(void) {
  __builtin_memset(&state, 0, sizeof state);
  state.header.rate = scratch.config.rate;
  state.header.boost = 0x10000;
  state.header.labels = LABELS;
  uint32_t seed = (uint32_t)scratch.config.seed + 0x9e3779b9;
  seed = (seed ^ seed >> 16) * 0x85ebca6b;
  seed = (seed ^ seed >> 13) * 0xc2b2ae35;
  seed ^= seed >> 16;
  state.header.random = seed ? seed : 0x9e3779b9;
  for (int i = 0; i < N; i++) {
    state.channels[i].exponent = -126;
    state.channels[i].reach = INT32_MAX;
  }
  for (int l = 0; l < 2; l++) {
    const struct layer *layer = &layers[l];
    const int root = (int)square_root((uint32_t)layer->inputs << 16), size = layer->units * layer->inputs;
    for (int i = 0; i < size; i++) {
      const int weight = (gaussian() * (1 << (FRACTION - 4)) / root + 1) >> 1;
      layer->weights[i] = (weight_t)(HAND_BITS == 16 ? weight : clamp(weight, -127, 127));
    }
    for (int i = 0; i < LABELS * layer->units; i++) layer->gates[i] = (int16_t)(gaussian() >> 5);
  }
  create_memory();
  return 0;
}

#if ONWARD_MEMORY
static u32 core_memoryState(void) { return (u32)(uintptr_t)&state.memory; }
static u32 core_newestLoss(void) { return 0; }
static void core_sleep(u32 steps) { (void)steps; }
#endif

static u32 core_predict(void) {
  standardise();
  vote();
  for (int c = 0; c < LABELS; c++) scratch.scores[c] = 0;
  sense(&layers[0], scratch.standardised);
  hand_on();
  sense(&layers[1], scratch.activity);
  silence_unseen();
  count_votes(1);
  u32 best = 0;
  for (u32 c = 1; c < LABELS; c++) best = scratch.scores[c] > scratch.scores[best] ? c : best;
  return best;
}

static u32 core_probability(u32 label) {
  int likelihood[LABELS], octaves[LABELS];
  const int total = likelihoods(likelihood, octaves);
  return (u32)(likelihood[label] * 32767 / total);
}

static u32 core_familiarity(u32 label) { return (u32)familiarity((int)label); }

static u32 core_learn(u32 label) {
  for (int i = 0; i < N; i++) {
    uint32_t bits;
    __builtin_memcpy(&bits, &scratch.x[i], 4);
    observe(&state.channels[i], bits, (int)state.header.seen + i);
  }
  standardise();
  follow_sample();
  note_label((int)label);
  renew_anchors();
  vote();
  const int telling = tells((int)label);
  settle_usual((int)label);
  weigh_labels((int)label);
  for (int c = 0; c < LABELS; c++) scratch.scores[c] = 0;
#if ONWARD_MEMORY
  turned_length = -1;
#endif
  u32 updated = 0;
  for (int l = 0; l < 2; l++) {
    const int16_t *inputs = l ? scratch.activity : scratch.standardised;
    sense(&layers[l], inputs);
    if (judge((int)label) >= scratch.config.margin) {
      update(&layers[l], inputs);
      updated++;
    }
    if (l == 0) hand_on();
  }
  if (telling) {
    silence_unseen();
    count_votes(1);
    sharpen((int)label);
    count_votes(-1);
  }
  state.header.seen++;
  state.header.updates += updated;
  state.header.boost -= (state.header.boost + 255) >> 8;
  return updated;
}

#endif
