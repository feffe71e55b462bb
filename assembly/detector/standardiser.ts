// Running mean and deviation for the detector: (x - mean) / deviation in Q8 up to +-30. It differs from ../normaliser.ts where detection wants
// it: the range (clipped at +-8 the spikes are gone, 3 points of NAB), the memory (1/4096 for ever, not 1/1024), and a value is held
// against what was known before it.
//
// A value is an integer below 2^27: a raw channel's in units of 2^exponent, which follow its size; or a smoothed one. Means have 8 more bits
// than values. Rates are 1/count up to 4096. A difference beyond 128 to 256 deviations counts as that (32 to 64 cost 1.5 points of NAB), and from
// the third value on the unit at most doubles: a wild reading does not blind a channel. NaN and infinities are missing: the caller passes them over.

import { squareRoot } from "../fixed";
import { Moments } from "./layout";

/** +-30.0 in Q8. */
export const CLIP: i32 = 7680;
/** Values after which the averages are exponential. */
export const SETTLED: i32 = 4096;
/** Of a difference after the shift: 128 to 256 deviations. */
const LIMIT: i32 = 131071;
/** Least shift: differences of 1/65536 of a unit are told apart. */
const FINEST: i32 = -8;
const VALUE_BITS: i32 = 27;
/** Bits that usual values leave free: a reading eight times as large as any before is told from one twice as large. A binary32 keeps its 24. */
const HEADROOM: i32 = 3;
/** Exponent of a binary32 with 24 bits left of the point, bias included. */
const POINT: i32 = 150;
export const SMALLEST: i32 = -126;
/** Values until which the unit may jump. */
const NEW: i32 = 3;

// @ts-ignore: decorator
@inline
function binaryExponent(bits: u32): i32 {
  return <i32>((bits >> 23) & 255);
}

// @ts-ignore: decorator
@inline
export function isMissing(bits: u32): bool {
  return binaryExponent(bits) == 255;
}

export function reset(moments: Moments, exponent: i32): void {
  moments.mean = 0;
  moments.variance = 0;
  moments.inverse = 0;
  moments.count = 0;
  moments.shift = 0;
  moments.exponent = <i8>exponent;
  moments.smoothed = 0;
}

export function resetChannel(channel: Moments): void {
  reset(channel, SMALLEST);
}

// @ts-ignore: decorator
@inline
function shifted(difference: i64, shift: i32): i32 {
  return <i32>max<i64>(min<i64>(shift >= 0 ? difference >> shift : difference << -shift, LIMIT), -LIMIT);
}

/** (value - mean) / deviation in Q8, clipped. On what has never varied any difference is the greatest. */
export function standardise(moments: Moments, value: i32): i32 {
  if (moments.count == 0) return 0;
  const difference = (<i64>value << 8) - moments.mean;
  if (moments.variance == 0) return difference == 0 ? 0 : difference > 0 ? CLIP : -CLIP;
  return <i32>max<i64>(min<i64>((<i64>shifted(difference, <i32>moments.shift) * <i64>moments.inverse + 0x8000) >> 16, CLIP), -CLIP);
}

/** A value into mean and deviation. */
export function observe(moments: Moments, value: i32): void {
  if (moments.count == 0) {
    moments.count = 1;
    moments.mean = <i64>value << 8;
    return;
  }
  const difference = (<i64>value << 8) - moments.mean;
  let variance = <i64>moments.variance;
  let shift = <i32>moments.shift;
  if (variance == 0) shift = max(54 - <i32>clz(difference < 0 ? -difference : difference), FINEST);
  const s = shifted(difference, shift);
  const counted = s == LIMIT || s == -LIMIT ? (shift >= 0 ? <i64>s << shift : <i64>s >> -shift) : difference;
  const count = min(<i32>moments.count + 1, SETTLED);
  moments.count = <u16>count;
  const rate = <i64>(65536 / count);
  const square = <i64>s * <i64>s;
  const fresh = square - ((square * rate) >> 16);
  variance += ((fresh - (variance >> 8)) * rate) >> 8;
  moments.mean += (counted * rate + 0x8000) >> 16;

  // back into [2^26, 2^28)
  while (variance >= 0x10000000) {
    variance >>= 2;
    shift++;
  }
  while (variance < 0x4000000 && variance != 0) {
    variance = shift == FINEST ? 0 : variance << 2;
    shift = max(shift - 1, FINEST);
  }
  moments.variance = <i32>variance;
  moments.shift = <i8>shift;
  moments.inverse = variance == 0 ? 0 : <u16>(0x10000000 / squareRoot(<u32>variance));
}

/** By how many powers of two binary32 bits exceed what a unit leaves room for. */
// @ts-ignore: decorator
@inline
export function excessOf(bits: u32, exponent: i32): i32 {
  return binaryExponent(bits) - POINT - exponent - (VALUE_BITS - HEADROOM - 24);
}

/** Value of binary32 bits in units of 2^exponent, rounded, saturated to +-(2^27 - 1). Subnormals are zero. */
export function inUnits(bits: u32, exponent: i32): i32 {
  const power = binaryExponent(bits);
  if (power == 0) return 0;
  const mantissa = <i32>((bits & 0x7fffff) | 0x800000);
  const shift = power - POINT - exponent;
  let value: i32;
  if (shift > VALUE_BITS - 24) value = (1 << VALUE_BITS) - 1;
  else if (shift >= 0) value = mantissa << shift;
  else if (shift < -25) value = 0;
  else value = (mantissa + (1 << (-shift - 1))) >> -shift;
  return <i32>bits < 0 ? -value : value;
}

/** Moves the unit of a channel by `by` powers of two; positive is coarser. */
function coarsen(channel: Moments, by: i32): void {
  channel.mean = by > 63 ? channel.mean >> 63 : by > 0 ? channel.mean >> by : channel.mean << -by;
  channel.shift = <i8>max(<i32>channel.shift - by, FINEST);
  channel.exponent = <i8>(<i32>channel.exponent + by);
}

/** (x - mean) / deviation of binary32 bits, Q8. */
export function standardiseRaw(channel: Moments, bits: u32): i32 {
  return standardise(channel, inUnits(bits, <i32>channel.exponent));
}

/** Binary32 bits into mean and deviation. */
export function observeRaw(channel: Moments, bits: u32): void {
  const excess = excessOf(bits, channel.exponent);
  if (excess > 0) coarsen(channel, <i32>channel.count < NEW || channel.variance == 0 ? excess + 1 : 1);
  observe(channel, inUnits(bits, <i32>channel.exponent));
  const mean = channel.mean;
  const size = mean < 0 ? -mean : mean;
  if (size < 1 << 27 && channel.shift < 17 && <i32>channel.exponent >= SMALLEST + 4) coarsen(channel, -4);
}
