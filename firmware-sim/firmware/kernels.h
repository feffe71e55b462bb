/* The functions that take most of a learner's time, by instruction set: included by core.h, which leaves out its own for those that stand here. Chosen by what the
   compiler says of the target: Arm's DSP extension (Cortex-M4, M7, M33), Helium (M55, M85), RISC-V's vectors, the few registers of a Cortex-M0 (8-bit layers only);
   everywhere else, and with ONWARD_PLAIN_C, it is empty.
   Sums are exact integers, so that the order of adding, which differs, cannot show: the bytes are the same (assembly/kernels/forward.ts has the bounds). */
#if !defined(ONWARD_PLAIN_C) && defined(__GNUC__)
#if defined(__ARM_FEATURE_MVE) && !defined(__clang__)
#define KERNEL_MVE
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_FEATURE_SIMD32) && defined(__thumb__)
#define KERNEL_DSP
#elif defined(__riscv_vector)
#define KERNEL_RVV
#elif defined(__ARM_ARCH_6M__)
#define KERNEL_V6M
#endif
#endif

#if defined(KERNEL_DSP) || defined(KERNEL_MVE) || defined(KERNEL_RVV) || defined(KERNEL_V6M)
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
#define ACTIVITY_LIMIT 2047

#define KERNEL static inline __attribute__((always_inline))

/* A function of nothing but assembly: what it changes, and which parameters it takes, no compiler sees. None may guess from a body that looks empty. clang does not where it is naked. */
#if defined(__clang__)
#define KERNEL_ASSEMBLY static __attribute__((naked, noinline))
#elif __GNUC__ >= 8
#define KERNEL_ASSEMBLY static __attribute__((naked, noipa))
#else
#define KERNEL_ASSEMBLY static __attribute__((naked, noinline, noclone, used, optimize("no-ipa-ra")))
#endif

#if defined(KERNEL_DSP)
/* Inputs z0 z1 z2 z3 as (z0, z2), (z1, z3): the pairs that SXTB16 makes of four weights of 8 bits. */
static void kernel_pairs(u32 *to, const u32 *from, u32 columns) {
  for (const u32 *const end = from + columns / 2; from < end; from += 2, to += 2) {
    const u32 first = from[0], second = from[1];
    to[0] = (first & 0xffff) | second << 16;
    to[1] = first >> 16 | (second & 0xffff0000);
  }
}

KERNEL void kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns, s64 *sums) {
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
  sums[0] = (s64)((u64)high0 << 32 | low0);
  sums[1] = (s64)((u64)high1 << 32 | low1);
}

/* max(0, x) of `lanes` values, none beyond 13 bits, and the sum of their squares. */
static u64 kernel_rectify(u32 *to, const u32 *from, u32 lanes) {
  const u32 *const end = from + lanes / 2;
  u32 low = 0, high = 0, pair;
  __asm__ volatile("1:\n ldr %[x], [%[from]], #4\n usat16 %[x], #13, %[x]\n smlald %[low], %[high], %[x], %[x]\n str %[x], [%[to]], #4\n cmp %[from], %[end]\n bne 1b\n"
                   : [low] "+&r"(low), [high] "+&r"(high), [x] "=&r"(pair), [from] "+&r"(from), [to] "+&r"(to)
                   : [end] "r"(end)
                   : "cc", "memory");
  return (u64)high << 32 | low;
}

/* x factor / 2^shift, rounded and at most 2047, of values from 0 on, in place. */
static void kernel_scale(u32 *x, u32 lanes, u32 factor, u32 shift) {
  const u32 *const end = x + lanes / 2;
  const u32 half = 1u << (shift - 1);
  u32 pair, low, high;
  __asm__ volatile("1:\n ldr %[x], [%[at]]\n smlabb %[low], %[x], %[by], %[half]\n smlatb %[high], %[x], %[by], %[half]\n asr %[low], %[low], %[shift]\n asr %[high], %[high], %[shift]\n"
                   "usat %[low], #11, %[low]\n usat %[high], #11, %[high]\n pkhbt %[low], %[low], %[high], lsl #16\n str %[low], [%[at]], #4\n cmp %[at], %[end]\n bne 1b\n"
                   : [x] "=&r"(pair), [low] "=&r"(low), [high] "=&r"(high), [at] "+&r"(x)
                   : [by] "r"(factor), [half] "r"(half), [shift] "r"(shift), [end] "r"(end)
                   : "cc", "memory");
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

KERNEL void kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns, s64 *sums) {
  const s16 *first = (const s16 *)(const void *)weights, *second = first + columns, *z = (const s16 *)(const void *)inputs;
  s64 sum0 = 0, sum1 = 0;
  for (u32 left = columns / 8; left > 0; left--) {
    const int16x8_t eight = vld1q_s16(z);
    sum0 = vmlaldavaq_s16(sum0, eight, vld1q_s16(first));
    sum1 = vmlaldavaq_s16(sum1, eight, vld1q_s16(second));
    z += 8, first += 8, second += 8;
  }
  sums[0] = sum0, sums[1] = sum1;
}

static u64 kernel_rectify(u32 *to, const u32 *from, u32 lanes) {
  const s16 *x = (const s16 *)(const void *)from;
  s16 *y = (s16 *)(void *)to;
  s64 sum = 0;
  for (u32 left = lanes / 8; left > 0; left--) {
    const int16x8_t eight = vmaxq_s16(vld1q_s16(x), vdupq_n_s16(0));
    sum = vmlaldavaq_s16(sum, eight, eight);
    vst1q_s16(y, eight);
    x += 8, y += 8;
  }
  return (u64)sum;
}

static void kernel_scale(u32 *values, u32 lanes, u32 factor, u32 shift) {
  s16 *x = (s16 *)(void *)values;
  for (u32 left = lanes / 4; left > 0; left--) {
    const int32x4_t four = vrshlq_s32(vmulq_n_s32(vldrhq_s32(x), (s32)factor), vdupq_n_s32(-(s32)shift));
    vstrhq_s32(x, vminq_s32(four, vdupq_n_s32(ACTIVITY_LIMIT)));
    x += 4;
  }
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
#elif defined(KERNEL_V6M)
/* No compiler finds this: sums, row length and the way back lie in the high registers, which can only be added, and four rows share each input in the eight low ones. 157 cycles
   of a Cortex-M0+ for 32 products. */
KERNEL_ASSEMBLY void kernel_rows8(const u8 *weights, const u8 *inputs, u32 columns, s32 *sums) {
#define KERNEL_FOUR(sum, next)                                                                             \
  "ldr r4, [r6]\n add r6, " next "\n sxtb r5, r4\n muls r5, r0, r5\n add " sum ", r5\n"                      \
  "lsls r5, r4, #16\n asrs r5, r5, #24\n muls r5, r1, r5\n add " sum ", r5\n"                               \
  "lsls r5, r4, #8\n asrs r5, r5, #24\n muls r5, r2, r5\n add " sum ", r5\n"                                \
  "asrs r4, r4, #24\n muls r4, r3, r4\n add " sum ", r4\n"
#define KERNEL_ROWS                                                                          \
  "ldmia r7!, {r0, r2}\n asrs r1, r0, #16\n sxth r0, r0\n asrs r3, r2, #16\n sxth r2, r2\n"   \
  KERNEL_FOUR("r8", "r12") KERNEL_FOUR("r9", "r12") KERNEL_FOUR("r10", "r12") KERNEL_FOUR("r11", "lr")
  __asm__ volatile(".syntax unified\n push {r3-r7, lr}\n mov r4, r8\n mov r5, r9\n mov r6, r10\n mov r7, r11\n push {r4-r7}\n"
                   "mov r6, r0\n mov r7, r1\n mov r12, r2\n lsls r3, r2, #1\n adds r1, r1, r3\n adds r3, r3, r2\n movs r0, #4\n subs r0, r0, r3\n mov lr, r0\n"
                   "push {r1}\n movs r0, #0\n mov r8, r0\n mov r9, r0\n mov r10, r0\n mov r11, r0\n"
                   "1:\n" KERNEL_ROWS KERNEL_ROWS "ldr r5, [sp]\n cmp r7, r5\n beq 2f\n b 1b\n"
                   "2: ldr r4, [sp, #20]\n mov r0, r8\n mov r1, r9\n mov r2, r10\n mov r3, r11\n stmia r4!, {r0-r3}\n"
                   "add sp, #4\n pop {r4-r7}\n mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n pop {r3-r7, pc}\n");
#undef KERNEL_ROWS
#undef KERNEL_FOUR
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

KERNEL s32 kernel_row8(const u8 *weights, const u8 *inputs, u32 columns) {
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

static void kernel_rows8(const u8 *weights, const u8 *inputs, u32 columns, s32 *sums) {
  for (u32 row = 0; row < 4; row++, weights += columns) sums[row] = kernel_row8(weights, inputs, columns);
}

static void kernel_rows16(const u8 *weights, const u8 *inputs, u32 columns, s64 *sums) {
  for (u32 row = 0; row < 2; row++, weights += 2 * columns) sums[row] = kernel_row16(weights, inputs, columns);
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

#if defined(KERNEL_DSP) || defined(KERNEL_MVE)
/* The part of a layer of 8 bits that changes from row to row. */
struct settling {
  u32 output, biases, fraction, half, end;
};

/* Four rows of weights share each load of the inputs, and are settled in registers. Written out, so that no compiler decides: of 32 products the inner loop makes 44 instructions,
   10 with Helium. A sum that is past 32 bits with its bias is past the limit, too, so that it may saturate. */
KERNEL_ASSEMBLY void kernel_layer8(const u8 *weights, const u8 *inputs, u32 columns, struct settling *settling) {
#ifdef KERNEL_MVE
#define KERNEL_ROW(sum, at) "vldrb.s16 q1, [" at "], #8\n vmladava.s16 " sum ", q0, q1\n"
#define KERNEL_SUMS                                                                                                                                  \
  "add r5, r0, r2\n add r7, r3, r2\n movs r4, #0\n movs r6, #0\n mov r8, #0\n mov r10, #0\n lsrs r9, r2, #3\n dls lr, r9\n"                             \
  "1: vldrh.u16 q0, [r1], #16\n" KERNEL_ROW("r4", "r0") KERNEL_ROW("r6", "r5") KERNEL_ROW("r8", "r3") KERNEL_ROW("r10", "r7") "le lr, 1b\n" \
  "mov r5, r6\n mov r6, r8\n mov r7, r10\n"
#else
#define KERNEL_ROW(sum, four) "sxtb16 r12, " four "\n smlad " sum ", r12, r8, " sum "\n sxtb16 " four ", " four ", ror #8\n smlad " sum ", " four ", r9, " sum "\n"
#define KERNEL_FOUR                                                                                               \
  "ldrd r8, r9, [r1], #8\n ldr r11, [r0, r2]\n ldr r10, [r0], #4\n" KERNEL_ROW("r4", "r10") KERNEL_ROW("r5", "r11") \
  "ldr r11, [r3, r2]\n ldr r10, [r3], #4\n" KERNEL_ROW("r6", "r10") KERNEL_ROW("r7", "r11")
#define KERNEL_SUMS "add lr, r0, r2\n movs r4, #0\n movs r5, #0\n movs r6, #0\n movs r7, #0\n 1:\n" KERNEL_FOUR KERNEL_FOUR "cmp r0, lr\n bne 1b\n"
#endif
#define KERNEL_SETTLE(sum)                                                                                                       \
  "ldr r3, [r9], #4\n qadd " sum ", " sum ", r3\n qadd " sum ", " sum ", r11\n asr " sum ", " sum ", r10\n ssat " sum ", #14, " sum "\n" \
  "cmp " sum ", lr\n it lt\n movlt " sum ", lr\n strh " sum ", [r8], #2\n"
  __asm__ volatile("push {r3-r11, lr}\n"
                   "0: add r3, r0, r2, lsl #1\n" KERNEL_SUMS "add r0, r3, r2\n sub r1, r1, r2, lsl #1\n"
                   "ldr r12, [sp]\n ldm r12, {r8-r11}\n movw lr, #8191\n rsb lr, lr, #0\n" KERNEL_SETTLE("r4") KERNEL_SETTLE("r5") KERNEL_SETTLE("r6") KERNEL_SETTLE("r7")
                   "strd r8, r9, [r12]\n ldr r3, [r12, #16]\n cmp r8, r3\n bcc 0b\n pop {r3-r11, pc}\n");
#undef KERNEL_SETTLE
#undef KERNEL_SUMS
#undef KERNEL_FOUR
#undef KERNEL_ROW
}
#endif

/* A sum as two halves, of which the lower has 24 bits: with its bias, rounded and saturated to 16 bits. */
KERNEL u32 kernel_settled(s32 high, s32 low, u32 bias, u32 fraction) {
  high += (s32)bias >> 16;
  low += (s32)(bias & 0xffff) + (1 << (fraction - 1));
  const s32 total = (s32)((u32)high << (16 - fraction)) + (low >> fraction);
  return (u32)(total > ENERGY_LIMIT ? ENERGY_LIMIT : total < -ENERGY_LIMIT ? -ENERGY_LIMIT : total);
}

#ifdef KERNEL_V6M
/* As the core has it. */
static void kernel_layer16(u32 weights, u32 inputs, u32 columns, u32 output, u32 biases, u32 end) {
  const u32 last = inputs + 2 * columns;
  for (; output < end; output += 2, biases += 4) {
    u32 input = inputs;
    s32 high = 0, low = 0;
    for (;;) {
      const u32 stop = input + 64 < last ? input + 64 : last;
      const s32 part = (s32)core_block16(weights, input, stop);
      high += part >> 16, low += part & 0xffff;
      weights += stop - input;
      if (stop == last) break;
      input = stop;
    }
    i32_store16(output, 0u, kernel_settled(high, low, i32_load(biases, 0u), WIDE_FRACTION));
  }
}
#else
static void kernel_layer16(u32 weights, u32 inputs, u32 columns, u32 output, u32 biases, u32 end) {
  for (; output < end; output += 4, biases += 8, weights += 4 * columns) {
    s64 sums[2];
    kernel_rows16(CORE_AT(weights), CORE_AT(inputs), columns, sums);
    /* a shift of 64 bits costs six instructions */
    const u32 first = kernel_settled((s32)(sums[0] >> 16), (s32)(sums[0] & 0xffff), i32_load(biases, 0u), WIDE_FRACTION);
    const u32 second = kernel_settled((s32)(sums[1] >> 16), (s32)(sums[1] & 0xffff), i32_load(biases, 4u), WIDE_FRACTION);
    i32_store(output, 0u, (first & 0xffff) | second << 16);
  }
}
#endif

#if !defined(KERNEL_DSP) && !defined(KERNEL_MVE)
/* The same of a sum of 32 bits: what passes them has long passed the limit. */
KERNEL u32 kernel_settled8(s32 sum, s32 bias, u32 fraction) {
  s32 total;
  if (__builtin_add_overflow(sum, (s32)((u32)bias + (1u << (fraction - 1))), &total)) total = sum < 0 ? INT32_MIN : INT32_MAX;
  total >>= fraction;
  return (u32)(total > ENERGY_LIMIT ? ENERGY_LIMIT : total < -ENERGY_LIMIT ? -ENERGY_LIMIT : total);
}
#endif

/* Rows of weights come in multiples of four, so that the last four may end behind the last unit: lanes that do not exist become 0 as the others. */
#define KERNEL_PREACTIVATE
CORE_FUNCTION void core_preactivate(u32 layer, u32 inputs, u32 output, u32 wide) {
  const u32 columns = i32_load(layer, LAYER_STRIDE), units = i32_load(layer, LAYER_UNITS), row = wide ? 2 * columns : columns;
  const u32 fraction = i32_load(layer, LAYER_FRACTION), lanes_end = output + 2 * i32_load(layer, LAYER_LANES), end = output + 2 * units;
  u32 weights = i32_load(layer, LAYER_WEIGHTS), biases = i32_load(layer, LAYER_BIASES);
  KERNEL_INSIDE(weights, ((units + 3) & ~3u) * row);
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
    kernel_layer16(weights, inputs, columns, output, biases, end);
  } else {
#if defined(KERNEL_DSP) || defined(KERNEL_MVE)
    struct settling settling = {output, biases, fraction, 1u << (fraction - 1), end};
    kernel_layer8(CORE_AT(weights), CORE_AT(inputs), columns, &settling);
#else
    for (; output < end; weights += 4 * row) {
      s32 sums[4];
      kernel_rows8(CORE_AT(weights), CORE_AT(inputs), columns, sums);
      for (u32 k = 0; k < 4; k++, output += 2, biases += 4) i32_store16(output, 0u, kernel_settled8(sums[k], (s32)i32_load(biases, 0u), fraction));
    }
#endif
  }
  for (output = end; output < lanes_end; output += 2) i32_store16(output, 0u, 0u);
}

#if defined(KERNEL_DSP) || defined(KERNEL_MVE)
#define KERNEL_HANDON
CORE_FUNCTION void core_handOn(u32 layer, u32 next) {
  const u32 lanes = i32_load(layer, LAYER_LANES), stride = i32_load(next, LAYER_STRIDE);
  KERNEL_INSIDE(w2c_activity, 2 * stride);
  u32 *const activity = (u32 *)(void *)CORE_AT(w2c_activity);
  const u64 square = kernel_rectify(activity, (const u32 *)(const void *)CORE_AT(w2c_preactivation), lanes) * i64_load(layer, LAYER_RECIPROCAL) >> 24;
  u32 inverse = 0, shift = 1;
  if (square != 0) {
    const s32 by = (s32)((u32)__builtin_clzll(square) - 32u) & ~1;
    inverse = 0x40000000u / core_squareRoot((u32)(by >= 0 ? square << by : square >> -by));
    if (inverse > 0x7fff) inverse = 0x7fff;
    shift = (u32)(18 - (by >> 1));
  }
  kernel_scale(activity, lanes, inverse, shift);
  const u32 *from = (const u32 *)(const void *)CORE_AT(w2c_standardised);
  for (u32 *to = activity + lanes / 2, *const end = activity + stride / 2; to < end;) *to++ = *from++;
}
#endif

/* Local fields come patch by patch: their cores keep their own. */
#if !defined(CORE_LOCAL_FIELDS) && !defined(KERNEL_V6M)
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
