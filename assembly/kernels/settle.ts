// Sums of products become pre-activations: four rows at once, or one.

import { ENERGY_LIMIT, clamp } from "../fixed";

/** Pre-activation from a sum kept as high * 2^16 + low, in 32 bits: low < 2^24 and the fraction is at most 16. */
// @ts-ignore: decorator
@inline
export function settleHalves(high: i32, low: i32, bias: i32, fraction: i32): i32 {
  high += bias >> 16;
  low += (bias & 0xffff) + (1 << (fraction - 1));
  return clamp((high << (16 - fraction)) + (low >> fraction), -ENERGY_LIMIT, ENERGY_LIMIT);
}

/** Sums over the lanes of four vectors, as the lanes of one. */
// @ts-ignore: decorator
@inline
export function sumsOf(p0: v128, p1: v128, p2: v128, p3: v128): v128 {
  const p01 = i32x4.add(v128.shuffle<i32>(p0, p1, 0, 4, 1, 5), v128.shuffle<i32>(p0, p1, 2, 6, 3, 7));
  const p23 = i32x4.add(v128.shuffle<i32>(p2, p3, 0, 4, 1, 5), v128.shuffle<i32>(p2, p3, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i32>(p01, p23, 0, 1, 4, 5), v128.shuffle<i32>(p01, p23, 2, 3, 6, 7));
}

/** `settleHalves` of four rows at once. */
// @ts-ignore: decorator
@inline
export function settleFour(high: v128, low: v128, bias: v128, fraction: i32): v128 {
  high = i32x4.add(high, i32x4.shr_s(bias, 16));
  low = i32x4.add(i32x4.add(low, v128.and(bias, i32x4.splat(0xffff))), i32x4.splat(1 << (fraction - 1)));
  const total = i32x4.add(i32x4.shl(high, 16 - fraction), i32x4.shr_s(low, fraction));
  const settled = i32x4.max_s(i32x4.splat(-ENERGY_LIMIT), i32x4.min_s(i32x4.splat(ENERGY_LIMIT), total));
  return i16x8.narrow_i32x4_s(settled, settled);
}
