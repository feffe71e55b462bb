/* The sweeps of a learning step (entry.ts) in C with 128-bit vectors, for native.ts: W z, dither laid out, rank-1 update.
 * Argument: a file of i32 {rows, stride, bits, shift, fraction}, i16 inputs [stride], i16 pulls [rows], i32 biases [rows], weights [rows, stride].
 * A line "count factor start part" runs that many steps (part 1: W z, 2: update, 3: both) and answers with their seconds; "dump FILE" writes biases and weights. */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GOLDEN 0x9e3779b9u
#define ENERGY 8191

static int rows, stride, bits, shift, fraction;
static int16_t *inputs, *pulls, *outputs;
static int32_t *biases, *dithered;
static char *weights;

static int clamp(int64_t v, int low, int high) { return v < low ? low : v > high ? high : (int)v; }
static __m128i at(const void *p) { return _mm_load_si128(p); }

/* Four sums, as the core brings them together: transposed and added, the bias in two halves, rounded, clamped. */
static inline __m128i sums(__m128i p0, __m128i p1, __m128i p2, __m128i p3) {
  __m128i p01 = _mm_add_epi32(_mm_unpacklo_epi32(p0, p1), _mm_unpackhi_epi32(p0, p1));
  __m128i p23 = _mm_add_epi32(_mm_unpacklo_epi32(p2, p3), _mm_unpackhi_epi32(p2, p3));
  return _mm_add_epi32(_mm_unpacklo_epi64(p01, p23), _mm_unpackhi_epi64(p01, p23));
}

static inline void settle(int row, __m128i high, __m128i low) {
  __m128i bias = at(biases + row), part = _mm_set1_epi32(0xffff), limit = _mm_set1_epi32(ENERGY);
  high = _mm_add_epi32(high, _mm_srai_epi32(bias, 16));
  low = _mm_add_epi32(_mm_add_epi32(low, _mm_and_si128(bias, part)), _mm_set1_epi32(1 << (fraction - 1)));
  __m128i total = _mm_add_epi32(_mm_sll_epi32(high, _mm_cvtsi32_si128(16 - fraction)), _mm_sra_epi32(low, _mm_cvtsi32_si128(fraction)));
  total = _mm_max_epi32(_mm_sub_epi32(_mm_setzero_si128(), limit), _mm_min_epi32(limit, total));
  _mm_storel_epi64((__m128i *)(outputs + row), _mm_packs_epi32(total, total));
}

static __m128i wide8(const int8_t *w) { return _mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)w)); }

static void forward16(void) {
  for (int row = 0; row < rows; row += 4) {
    const int16_t *w = (int16_t *)weights + (size_t)row * stride;
    __m128i high = _mm_setzero_si128(), low = high, part = _mm_set1_epi32(0xffff);
    for (int from = 0; from < stride; from += 128) {
      int to = from + 128 < stride ? from + 128 : stride;
      __m128i p0 = _mm_setzero_si128(), p1 = p0, p2 = p0, p3 = p0;
      for (int i = from; i < to; i += 8) {
        __m128i z = at(inputs + i);
        p0 = _mm_add_epi32(p0, _mm_madd_epi16(at(w + i), z));
        p1 = _mm_add_epi32(p1, _mm_madd_epi16(at(w + stride + i), z));
        p2 = _mm_add_epi32(p2, _mm_madd_epi16(at(w + 2 * stride + i), z));
        p3 = _mm_add_epi32(p3, _mm_madd_epi16(at(w + 3 * stride + i), z));
      }
      high = _mm_add_epi32(high, sums(_mm_srai_epi32(p0, 16), _mm_srai_epi32(p1, 16), _mm_srai_epi32(p2, 16), _mm_srai_epi32(p3, 16)));
      low = _mm_add_epi32(low, sums(_mm_and_si128(p0, part), _mm_and_si128(p1, part), _mm_and_si128(p2, part), _mm_and_si128(p3, part)));
    }
    settle(row, high, low);
  }
}

static void forward8(void) {
  for (int row = 0; row < rows; row += 4) {
    const int8_t *w = (int8_t *)weights + (size_t)row * stride;
    __m128i p0 = _mm_setzero_si128(), p1 = p0, p2 = p0, p3 = p0;
    for (int i = 0; i < stride; i += 8) {
      __m128i z = at(inputs + i);
      p0 = _mm_add_epi32(p0, _mm_madd_epi16(wide8(w + i), z));
      p1 = _mm_add_epi32(p1, _mm_madd_epi16(wide8(w + stride + i), z));
      p2 = _mm_add_epi32(p2, _mm_madd_epi16(wide8(w + 2 * stride + i), z));
      p3 = _mm_add_epi32(p3, _mm_madd_epi16(wide8(w + 3 * stride + i), z));
    }
    __m128i sum = sums(p0, p1, p2, p3);
    settle(row, _mm_srai_epi32(sum, 16), _mm_and_si128(sum, _mm_set1_epi32(0xffff)));
  }
}

static void interleave(uint32_t start) {
  int drop = 32 - shift > 17 ? 32 - shift : 17;
  __m128i phase = _mm_add_epi32(_mm_set1_epi32(start), _mm_setr_epi32(0, GOLDEN, 2 * GOLDEN, 3 * GOLDEN));
  for (int i = 0; i < stride; i += 4) {
    __m128i z = _mm_cvtepu16_epi32(_mm_loadl_epi64((const __m128i *)(inputs + i)));
    _mm_store_si128((__m128i *)(dithered + i), _mm_or_si128(z, _mm_slli_epi32(_mm_srl_epi32(phase, _mm_cvtsi32_si128(drop)), 16)));
    phase = _mm_add_epi32(phase, _mm_set1_epi32(4 * GOLDEN));
  }
}

static inline __m128i changes(__m128i a, __m128i b, __m128i factors, __m128i flips, __m128i by) {
  __m128i low = _mm_sra_epi32(_mm_madd_epi16(_mm_xor_si128(a, flips), factors), by);
  __m128i high = _mm_sra_epi32(_mm_madd_epi16(_mm_xor_si128(b, flips), factors), by);
  return _mm_packs_epi32(low, high);
}

/* a weak pull counts as `least`, now and then (assembly/kernels/update.ts) */
static int sampled(int r, int least, int chance) {
  int size = abs(r);
  if (size >= least) return r;
  if (chance * least >= size << 15) return 0;
  return r < 0 ? -least : least;
}

typedef struct { int row; __m128i factors, flips; } Moving;
static Moving *moving;

/* Rows that move, four at a time sharing the loads of inputs and dither, `count` of them; 8-bit weights sixteen at a time where a change fits 8 bits. */
static inline void sweep(const Moving *listed, int count) {
  /* copies that no store to a weight can change */
  const __m128i by = _mm_cvtsi32_si128(shift);
  const int columns = stride, wide = bits == 16, narrow = !wide && shift >= 20;
  const int32_t *const pairs = dithered;
  char *const base = weights;
  Moving m[4];
  for (int k = 0; k < count; k++) m[k] = listed[k];
  int i = 0;
  if (narrow) {
    for (; i + 16 <= columns; i += 16) {
      __m128i a = at(pairs + i), b = at(pairs + i + 4), c = at(pairs + i + 8), d = at(pairs + i + 12);
      for (int k = 0; k < count; k++) {
        __m128i *w = (__m128i *)((int8_t *)base + (size_t)m[k].row * columns + i);
        __m128i change = _mm_packs_epi16(changes(a, b, m[k].factors, m[k].flips, by), changes(c, d, m[k].factors, m[k].flips, by));
        _mm_storeu_si128(w, _mm_adds_epi8(_mm_loadu_si128(w), change));
      }
    }
  }
  for (; i < columns; i += 8) {
    __m128i a = at(pairs + i), b = at(pairs + i + 4);
    for (int k = 0; k < count; k++) {
      __m128i change = changes(a, b, m[k].factors, m[k].flips, by);
      size_t from = (size_t)m[k].row * columns + i;
      if (wide) {
        int16_t *w = (int16_t *)base + from;
        _mm_store_si128((__m128i *)w, _mm_adds_epi16(at(w), change));
      } else {
        int8_t *w = (int8_t *)base + from;
        __m128i sum = _mm_adds_epi16(wide8(w), change);
        _mm_storel_epi64((__m128i *)w, _mm_packs_epi16(sum, sum));
      }
    }
  }
}

static void update(int factor, uint32_t phase) {
  int greatest = 0;
  for (int row = 0; row < rows; row++) greatest = abs(pulls[row]) > greatest ? abs(pulls[row]) : greatest;
  int drop = 32 - shift > 17 ? 32 - shift : 17;
  int listed = 0;
  for (int row = 0; row < rows; row++, phase += GOLDEN) {
    int r = sampled(pulls[row], greatest >> 3, (phase * 0x2c1b3c6du) >> 17);
    int c = clamp(((int64_t)r * factor + 4096) >> 13, -32767, 32767);
    if (c == 0) continue;
    biases[row] = clamp((int64_t)biases[row] + (shift > 16 ? (c + (int)(phase >> (48 - shift))) >> (shift - 16) : c * (1 << (16 - shift))), -(1 << 30), 1 << 30);
    moving[listed++] = (Moving){row, _mm_set1_epi32((c & 0xffff) | (shift > 15 ? 1u << (shift + 1) : 1u << 16)), _mm_set1_epi32(phase >> drop << 16)};
  }
  int k = 0;
  for (; k + 4 <= listed; k += 4) sweep(moving + k, 4);
  if (k < listed) sweep(moving + k, listed - k);
}

static void *take(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64); }

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  int header[5];
  if (!file || fread(header, 4, 5, file) != 5) return fprintf(stderr, "usage: step LAYER-FILE\n"), 1;
  rows = header[0], stride = header[1], bits = header[2], shift = header[3], fraction = header[4];
  size_t size = (size_t)rows * stride * (bits / 8);
  inputs = take(stride * 2), pulls = take(rows * 2), outputs = take(rows * 2), biases = take(rows * 4), dithered = take(stride * 4), moving = take(rows * sizeof(Moving)), weights = take(size);
  if (fread(inputs, 2, stride, file) + fread(pulls, 2, rows, file) + fread(biases, 4, rows, file) + fread(weights, 1, size, file) != stride + 2 * rows + size)
    return fprintf(stderr, "%s: too short\n", argv[1]), 1;
  fclose(file);
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "dump ", 5) == 0) {
      line[strcspn(line, "\n")] = 0;
      FILE *out = fopen(line + 5, "wb");
      if (!out || fwrite(biases, 4, rows, out) + fwrite(weights, 1, size, out) != rows + size || fclose(out)) return 1;
      puts("0");
    } else {
      int count, factor, part;
      uint32_t start;
      if (sscanf(line, "%d %d %u %d", &count, &factor, &start, &part) != 4) return 1;
      struct timespec a, b;
      clock_gettime(CLOCK_MONOTONIC, &a);
      for (int k = 0; k < count; k++, start += 0x61c88647u, factor = -factor) {
        if (part & 1) bits == 16 ? forward16() : forward8();
        if (!(part & 2)) continue;
        interleave(start);
        update(factor, start);
      }
      clock_gettime(CLOCK_MONOTONIC, &b);
      printf("%.9f\n", (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) * 1e-9);
    }
    fflush(stdout);
  }
  return 0;
}
