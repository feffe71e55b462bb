// Fixed-point arithmetic shared by the whole core. No floats anywhere: a Cortex-M0+ has none.
//
// Q formats (value = integer / 2^fraction):
//   inputs, activities, gates   i16 Q8     inputs and activities within +-ACTIVITY_LIMIT, activities under a label within 0..ENERGY_LIMIT
//   weights                     i16 Q12    or i8 Q6 / Q7 (the layer says which)
//   biases                      i32 Q(weight fraction + 8), the format of the accumulator
//   goodness                    i32 Q16
//   probabilities, errors       i16 Q15

import { EXP2 } from "./tables";

/** Inputs of a layer saturate here: +-8.0 in Q8. 12 bits, so that 32 products with an i16 weight fit an i32. */
export const ACTIVITY_LIMIT: i32 = 2047;

/** Pre-activations and activities under a label saturate here: 32.0 in Q8. 128 squares, two a lane step, fit an i32 lane. */
export const ENERGY_LIMIT: i32 = 8191;

/** Biases saturate here. */
export const BIAS_LIMIT: i32 = 1 << 30;

/** Fraction bits of an i16 weight. */
export const WIDE_FRACTION: i32 = 12;

// @ts-ignore: decorator
@inline
export function clamp(value: i32, low: i32, high: i32): i32 {
  return max(low, min(high, value));
}

/**
 * (value * part + add) / 2^16, rounded down, for a part of 0 to 2^16 and `add` up to 2^15. The halves of a value are multiplied by themselves, which is exact: a product
 * of 64 bits costs a Cortex-M0+ 50 cycles, two of 32 bits cost two.
 */
// @ts-ignore: decorator
@inline
export function share(value: i32, part: u32, add: u32): i32 {
  if (ASC_FEATURE_SIMD) return <i32>((<i64>value * <i64>part + <i64>add) >> 16);
  return (value >> 16) * <i32>part + <i32>((<u32>(value & 0xffff) * part + add) >> 16);
}

/** value * part / 2^8, rounded down and likewise exact. It may need more than 32 bits; value / 2^16 * part must not. */
// @ts-ignore: decorator
@inline
export function longShare(value: i32, part: u32): i64 {
  if (ASC_FEATURE_SIMD) return (<i64>value * <i64>part) >> 8;
  return (<i64>((value >> 16) * <i32>part) << 8) + <i64>((<u32>(value & 0xffff) * part) >> 8);
}

/** Largest integer whose square is at most `value`. Bit by bit: no divisions, the same bits everywhere. */
export function squareRoot(value: u32): u32 {
  let root: u32 = 0;
  let bit: u32 = 1 << 30;
  while (bit > value) bit >>= 2;
  while (bit != 0) {
    const next = root + bit;
    root >>= 1;
    if (ASC_FEATURE_SIMD) {
      // whatever has vectors predicts branches, but not these
      const fits = value >= next;
      value -= select(next, 0, fits);
      root += select(bit, 0, fits);
    } else if (value >= next) {
      value -= next;
      root += bit;
    }
    bit >>= 2;
  }
  return root;
}

/** The even left shift (negative: right) that brings a positive `value` into [2^30, 2^32), so that its root has 16 bits. */
// @ts-ignore: decorator
@inline
export function evenNormalisation(value: u64): i32 {
  return (<i32>clz(value) - 32) & ~1;
}

/** `value` shifted left by `by`, or right when `by` is negative, as u32. */
// @ts-ignore: decorator
@inline
export function scaled(value: u64, by: i32): u32 {
  return <u32>(by >= 0 ? value << by : value >> -by);
}

/** 2^-(t / 1024) in Q16 for t >= 0, by a table of 64 steps an octave and linear interpolation (error below 2^-15). */
export function exp2Negative(t: u32): u32 {
  const octave = t >> 10;
  if (octave > 16) return 0;
  const entry = EXP2 + (((t >> 4) & 63) << 1);
  const high = <u32>load<u16>(entry);
  const low = <u32>load<u16>(entry, 2);
  return (high - (((high - low) * (t & 15)) >> 4)) >> octave;
}

/** log2 of a positive value in Q10: the exponent, and f + f (1 - f) (0.423 - 0.1595 f) for the rest (error below 0.001). */
export function log2(value: u32): i32 {
  const zeros = <i32>clz(value);
  const f = ((value << zeros) >> 15) & 0xffff; // Q16
  const bow = (f * (65536 - f)) >> 16;
  const log = f + ((bow * (27722 - ((f * 10453) >> 16))) >> 16);
  return ((31 - zeros) << 10) + <i32>((log + 32) >> 6);
}

/** 2^(t / 1024) to the nearest integer, 0 <= t < 31 * 1024. */
export function exp2(t: i32): u32 {
  const octave = t >> 10;
  const mantissa = exp2Negative(<u32>(1024 - (t & 1023))); // [2^15, 2^16): half of 2^(1 + fraction)
  return octave >= 15 ? mantissa << (octave - 15) : (mantissa + (1 << (14 - octave))) >> (15 - octave);
}
