/* The functions that take most of a learner's time, by instruction set: included by core.h, which leaves out its own for those that stand here. Chosen by what the
   compiler says of the target: Arm's DSP extension (Cortex-M4, M7, M33), Helium (M55, M85), RISC-V's vectors; everywhere else, and with ONWARD_PLAIN_C, it is empty.
   Sums are exact integers, so that the order of adding, which differs, cannot show: the bytes are the same (assembly/kernels/forward.ts has the bounds). */
#if !defined(ONWARD_PLAIN_C) && defined(__GNUC__)
#if defined(__ARM_FEATURE_MVE) && !defined(__clang__)
#define KERNEL_MVE
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_FEATURE_SIMD32) && defined(__thumb__)
#define KERNEL_DSP
#elif defined(__riscv_vector)
#define KERNEL_RVV
#endif
#endif

#if defined(KERNEL_DSP) || defined(KERNEL_MVE) || defined(KERNEL_RVV)
#define KERNELS

/* Of a layer (assembly/layout.ts). */
#define LAYER_STRIDE 4u
#define LAYER_UNITS 8u
#define LAYER_LANES 12u
#define LAYER_WEIGHTS 16u
#define LAYER_BIASES 20u
#define LAYER_GATES 24u
#define LAYER_FRACTION 40u
#define LAYER_RECIPROCAL 56u
#define WIDE_FRACTION 12
#define ENERGY_LIMIT 8191

/* Two rows of weights times the same inputs: sum0 and sum1. `columns` is a multiple of 8. */
struct row_pair {
  s64 sum0, sum1;
};

#define KERNEL static inline __attribute__((always_inline))

#if defined(KERNEL_DSP)
/* Inputs z0 z1 z2 z3 as (z0, z2), (z1, z3): the pairs that SXTB16 makes of four weights of 8 bits. */
static void kernel_pairs(u32 *to, const u32 *from, u32 columns) {
  for (const u32 *const end = from + columns / 2; from < end; from += 2, to += 2) {
    const u32 first = from[0], second = from[1];
    to[0] = (first & 0xffff) | second << 16;
    to[1] = first >> 16 | (second & 0xffff0000);
  }
}

/* Written out, so that no compiler decides: 11 instructions for 8 products, and registers for a frame pointer to spare. */
KERNEL struct row_pair kernel_rows8(const u8 *weights, const u8 *inputs, u32 columns) {
  const u8 *other = weights + columns, *const end = other;
  s32 sum0 = 0, sum1 = 0;
  u32 z0, z1, w0, w1, w;
#define KERNEL_FOUR(sum, four)                                   \
  "sxtb16 %[w], " four "\n smlad " sum ", %[w], %[z0], " sum "\n" \
  "sxtb16 " four ", " four ", ror #8\n smlad " sum ", " four ", %[z1], " sum "\n"
  __asm__ volatile(
      "1:\n"
      "ldrd %[z0], %[z1], [%[z]], #8\n ldr %[w0], [%[a]], #4\n ldr %[w1], [%[b]], #4\n" KERNEL_FOUR("%[s0]", "%[w0]") KERNEL_FOUR("%[s1]", "%[w1]")
      "ldrd %[z0], %[z1], [%[z]], #8\n ldr %[w0], [%[a]], #4\n ldr %[w1], [%[b]], #4\n" KERNEL_FOUR("%[s0]", "%[w0]") KERNEL_FOUR("%[s1]", "%[w1]")
      "cmp %[a], %[end]\n bne 1b\n"
      : [s0] "+&r"(sum0), [s1] "+&r"(sum1), [a] "+&r"(weights), [b] "+&r"(other), [z] "+&r"(inputs), [z0] "=&r"(z0), [z1] "=&r"(z1), [w0] "=&r"(w0), [w1] "=&r"(w1), [w] "=&r"(w)
      : [end] "r"(end)
      : "cc", "memory");
#undef KERNEL_FOUR
  return (struct row_pair){sum0, sum1};
}

KERNEL struct row_pair kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns) {
  const u8 *other = weights + 2 * columns, *const end = other;
  u32 low0 = 0, high0 = 0, low1 = 0, high1 = 0, z0, z1, w0, w1;
#define KERNEL_FOUR(row, low, high) "ldrd %[w0], %[w1], [" row "], #8\n smlald " low ", " high ", %[w0], %[z0]\n smlald " low ", " high ", %[w1], %[z1]\n"
  __asm__ volatile(
      "1:\n"
      "ldrd %[z0], %[z1], [%[z]], #8\n" KERNEL_FOUR("%[a]", "%[l0]", "%[h0]") KERNEL_FOUR("%[b]", "%[l1]", "%[h1]")
      "ldrd %[z0], %[z1], [%[z]], #8\n" KERNEL_FOUR("%[a]", "%[l0]", "%[h0]") KERNEL_FOUR("%[b]", "%[l1]", "%[h1]")
      "cmp %[a], %[end]\n bne 1b\n"
      : [l0] "+&r"(low0), [h0] "+&r"(high0), [l1] "+&r"(low1), [h1] "+&r"(high1), [a] "+&r"(weights), [b] "+&r"(other), [z] "+&r"(inputs), [z0] "=&r"(z0), [z1] "=&r"(z1),
        [w0] "=&r"(w0), [w1] "=&r"(w1)
      : [end] "r"(end)
      : "cc", "memory");
#undef KERNEL_FOUR
  return (struct row_pair){(s64)((u64)high0 << 32 | low0), (s64)((u64)high1 << 32 | low1)};
}

/* h = clamp(a + v, 0, 8191), which is what USAT16 does to 13 bits; `lanes` is a multiple of 8. */
static u64 kernel_energy(const u8 *preactivation, const u8 *gates, u32 lanes) {
  const u8 *const end = gates + 2 * lanes;
  u32 low = 0, high = 0, a0, a1, v0, v1;
#define KERNEL_FOUR                                                                                                                   \
  "ldrd %[a0], %[a1], [%[a]], #8\n ldrd %[v0], %[v1], [%[v]], #8\n qadd16 %[a0], %[a0], %[v0]\n qadd16 %[a1], %[a1], %[v1]\n"            \
  "usat16 %[a0], #13, %[a0]\n usat16 %[a1], #13, %[a1]\n smlald %[low], %[high], %[a0], %[a0]\n smlald %[low], %[high], %[a1], %[a1]\n"
  __asm__ volatile("1:\n" KERNEL_FOUR KERNEL_FOUR "cmp %[v], %[end]\n bne 1b\n"
                   : [low] "+&r"(low), [high] "+&r"(high), [a] "+&r"(preactivation), [v] "+&r"(gates), [a0] "=&r"(a0), [a1] "=&r"(a1), [v0] "=&r"(v0), [v1] "=&r"(v1)
                   : [end] "r"(end)
                   : "cc", "memory");
#undef KERNEL_FOUR
  return (u64)high << 32 | low;
}
#elif defined(KERNEL_MVE)
#include <arm_mve.h>

KERNEL struct row_pair kernel_rows8(const u8 *weights, const u8 *inputs, u32 columns) {
  const s8 *first = (const s8 *)weights, *second = first + columns;
  const s16 *z = (const s16 *)(const void *)inputs;
  s32 sum0 = 0, sum1 = 0;
  for (u32 left = columns / 8; left > 0; left--) {
    const int16x8_t eight = vld1q_s16(z);
    sum0 = vmladavaq_s16(sum0, eight, vldrbq_s16(first));
    sum1 = vmladavaq_s16(sum1, eight, vldrbq_s16(second));
    z += 8, first += 8, second += 8;
  }
  return (struct row_pair){sum0, sum1};
}

KERNEL struct row_pair kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns) {
  const s16 *first = (const s16 *)(const void *)weights, *second = first + columns, *z = (const s16 *)(const void *)inputs;
  s64 sum0 = 0, sum1 = 0;
  for (u32 left = columns / 8; left > 0; left--) {
    const int16x8_t eight = vld1q_s16(z);
    sum0 = vmlaldavaq_s16(sum0, eight, vld1q_s16(first));
    sum1 = vmlaldavaq_s16(sum1, eight, vld1q_s16(second));
    z += 8, first += 8, second += 8;
  }
  return (struct row_pair){sum0, sum1};
}

static u64 kernel_energy(const u8 *preactivation, const u8 *gates, u32 lanes) {
  const s16 *a = (const s16 *)(const void *)preactivation, *v = (const s16 *)(const void *)gates;
  s64 sum = 0;
  for (u32 left = lanes / 8; left > 0; left--) {
    const int16x8_t h = vminq_s16(vmaxq_s16(vqaddq_s16(vld1q_s16(a), vld1q_s16(v)), vdupq_n_s16(0)), vdupq_n_s16(ENERGY_LIMIT));
    sum = vmlaldavaq_s16(sum, h, h);
    a += 8, v += 8;
  }
  return (u64)sum;
}
#else
/* In assembly: gcc 12 has no intrinsics and does not know the registers, those that do must be told. */
#if __GNUC__ > 12 || defined(__clang__)
#define KERNEL_CLOBBERS "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "memory"
#else
#define KERNEL_CLOBBERS "memory"
#endif

/* The 64 bits of v16's first element. */
#define KERNEL_SUM64 "vsetivli zero, 1, e64, m1, ta, ma\n vmv.x.s %[low], v16\n li %[vl], 32\n vsrl.vx v16, v16, %[vl]\n vmv.x.s %[high], v16\n"

KERNEL s64 kernel_row8(const u8 *weights, const u8 *inputs, u32 columns) {
  uintptr_t vl, sum, doubled;
  __asm__ volatile(
      "vsetvli %[vl], zero, e32, m8, ta, ma\n vmv.v.i v0, 0\n"
      "1: vsetvli %[vl], %[left], e16, m4, tu, ma\n vle16.v v8, (%[z])\n vle8.v v12, (%[w])\n vsext.vf2 v16, v12\n vwmacc.vv v0, v8, v16\n"
      "add %[w], %[w], %[vl]\n slli %[twice], %[vl], 1\n add %[z], %[z], %[twice]\n sub %[left], %[left], %[vl]\n bnez %[left], 1b\n"
      "vsetvli %[vl], zero, e32, m8, ta, ma\n vmv.s.x v16, zero\n vredsum.vs v16, v0, v16\n vmv.x.s %[sum], v16\n"
      : [w] "+&r"(weights), [z] "+&r"(inputs), [left] "+&r"(columns), [vl] "=&r"(vl), [sum] "=&r"(sum), [twice] "=&r"(doubled)
      :
      : KERNEL_CLOBBERS);
  return (s32)sum;
}

/* 32 products fit a lane of 32 bits: so many vectors a round, whose sums are then added in 64. */
KERNEL s64 kernel_row16(const u8 *weights, const u8 *inputs, u32 columns) {
  uintptr_t vl, low, high, round;
  __asm__ volatile(
      "vsetivli zero, 1, e64, m1, ta, ma\n vmv.s.x v16, zero\n"
      "1: vsetvli %[vl], zero, e32, m8, ta, ma\n vmv.v.i v0, 0\n li %[round], 32\n"
      "2: vsetvli %[vl], %[left], e16, m4, tu, ma\n vle16.v v8, (%[z])\n vle16.v v12, (%[w])\n vwmacc.vv v0, v8, v12\n"
      "sub %[left], %[left], %[vl]\n slli %[vl], %[vl], 1\n add %[w], %[w], %[vl]\n add %[z], %[z], %[vl]\n addi %[round], %[round], -1\n beqz %[left], 3f\n bnez %[round], 2b\n"
      "3: vsetvli %[vl], zero, e32, m8, ta, ma\n vwredsum.vs v16, v0, v16\n bnez %[left], 1b\n" KERNEL_SUM64
      : [w] "+&r"(weights), [z] "+&r"(inputs), [left] "+&r"(columns), [vl] "=&r"(vl), [low] "=&r"(low), [high] "=&r"(high), [round] "=&r"(round)
      :
      : KERNEL_CLOBBERS);
  return (s64)((u64)high << 32 | (u32)low);
}

static struct row_pair kernel_rows8(const u8 *weights, const u8 *inputs, u32 columns) {
  return (struct row_pair){kernel_row8(weights, inputs, columns), kernel_row8(weights + columns, inputs, columns)};
}

static struct row_pair kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns) {
  return (struct row_pair){kernel_row16(weights, inputs, columns), kernel_row16(weights + 2 * columns, inputs, columns)};
}

/* The squares of h, 26 bits each, pairwise into 64. */
static u64 kernel_energy(const u8 *preactivation, const u8 *gates, u32 lanes) {
  uintptr_t vl, low, high;
  __asm__ volatile(
      "vsetivli zero, 1, e64, m1, ta, ma\n vmv.s.x v16, zero\n"
      "1: vsetvli %[vl], %[left], e16, m4, ta, ma\n vle16.v v0, (%[a])\n vle16.v v4, (%[v])\n vsadd.vv v0, v0, v4\n vmax.vx v0, v0, zero\n vmin.vx v0, v0, %[limit]\n"
      "vwmul.vv v8, v0, v0\n sub %[left], %[left], %[vl]\n slli %[low], %[vl], 1\n add %[a], %[a], %[low]\n add %[v], %[v], %[low]\n"
      "vsetvli zero, %[vl], e32, m8, ta, ma\n vwredsum.vs v16, v8, v16\n bnez %[left], 1b\n" KERNEL_SUM64
      : [a] "+&r"(preactivation), [v] "+&r"(gates), [left] "+&r"(lanes), [vl] "=&r"(vl), [low] "=&r"(low), [high] "=&r"(high)
      : [limit] "r"(ENERGY_LIMIT)
      : KERNEL_CLOBBERS);
  return (u64)high << 32 | (u32)low;
}
#endif

#ifdef CORE_CHECKED
#define KERNEL_INSIDE(address, count) core_range(address, count)
#else
#define KERNEL_INSIDE(address, count) ((void)0)
#endif

/* Rounded and saturated to 16 bits. */
KERNEL u32 kernel_settled(s64 sum, u32 bias, u32 fraction) {
  /* a sum has 40 bits and a shift of 64 costs six instructions: as two halves, of which the lower has 24 */
  const s32 high = (s32)(sum >> 16) + ((s32)bias >> 16), low = (s32)((u32)sum & 0xffff) + (s32)(bias & 0xffff) + (1 << (fraction - 1));
  const s32 total = (s32)((u32)high << (16 - fraction)) + (low >> fraction);
  return (u32)(total > ENERGY_LIMIT ? ENERGY_LIMIT : total < -ENERGY_LIMIT ? -ENERGY_LIMIT : total);
}

KERNEL void kernel_settle(u32 output, struct row_pair pair, u32 biases, u32 fraction) {
  const u32 first = kernel_settled(pair.sum0, i32_load(biases, 0u), fraction), second = kernel_settled(pair.sum1, i32_load(biases, 4u), fraction);
  i32_store(output, 0u, (first & 0xffff) | second << 16);
}

/* Rows of weights come in multiples of four, so that a pair may end behind the last unit: its lane, which does not exist, then becomes 0 as the others. */
#define KERNEL_PREACTIVATE
CORE_FUNCTION void core_preactivate(u32 layer, u32 inputs, u32 output, u32 wide) {
  const u32 columns = i32_load(layer, LAYER_STRIDE), units = i32_load(layer, LAYER_UNITS), row = wide ? 2 * columns : columns;
  const u32 fraction = i32_load(layer, LAYER_FRACTION), lanes_end = output + 2 * i32_load(layer, LAYER_LANES), end = output + 2 * units;
  u32 weights = i32_load(layer, LAYER_WEIGHTS), biases = i32_load(layer, LAYER_BIASES);
  KERNEL_INSIDE(weights, ((units + 1) & ~1u) * row);
  KERNEL_INSIDE(inputs, 2 * columns);
#ifdef KERNEL_DSP
  if (!wide) {
    /* behind what lies in the first half of the dither's place, which is not needed yet: the sample's places */
    const u32 arranged = w2c_preactivation - 2 * columns;
    kernel_pairs((u32 *)(void *)CORE_AT(arranged), (const u32 *)(const void *)CORE_AT(inputs), columns);
    inputs = arranged;
  }
#endif
  if (wide) {
    for (; output < end; output += 4, biases += 8, weights += 2 * row) kernel_settle(output, kernel_rows16(CORE_AT(weights), CORE_AT(inputs), columns), biases, WIDE_FRACTION);
  } else {
    for (; output < end; output += 4, biases += 8, weights += 2 * row) kernel_settle(output, kernel_rows8(CORE_AT(weights), CORE_AT(inputs), columns), biases, fraction);
  }
  for (output = end; output < lanes_end; output += 2) i32_store16(output, 0u, 0u);
}

/* Local fields come patch by patch: their cores keep their own. */
#ifndef CORE_LOCAL_FIELDS
#define KERNEL_SENSE
CORE_FUNCTION void core_sense(u32 layer, u32 inputs) {
  const u32 labels = i32_load(w2c_header, 28u), lanes = i32_load(layer, LAYER_LANES);
  const u64 reciprocal = i64_load(layer, LAYER_RECIPROCAL);
  u32 gates = i32_load(layer, LAYER_GATES);
  core_preactivate(layer, inputs, w2c_preactivation, i32_load(layer, LAYER_FRACTION) == WIDE_FRACTION);
  KERNEL_INSIDE(gates, 2 * lanes * labels);
  for (u32 at = 0; at < 4 * labels; at += 4, gates += 2 * lanes) {
    const u32 mean = (u32)(kernel_energy(CORE_AT(w2c_preactivation), CORE_AT(gates), lanes) * reciprocal >> 32);
    i32_store(w2c_goodness + at, 0u, mean);
    i32_store(w2c_scores + at, 0u, i32_load(w2c_scores + at, 0u) + mean);
  }
}
#endif
#endif
