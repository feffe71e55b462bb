// Running standardisation: raw samples in any unit become inputs in Q8, (x - mean) / deviation, on the board as in the browser.
//
// A raw value is an IEEE-754 binary32 bit pattern, taken apart with integers. Each channel has its own power-of-two unit,
// 2^exponent, in which its values fit 27 bits; the unit grows when a larger value arrives and shrinks when the channel has
// become small. Mean and variance are exponential averages with rate max(1/count, 1/1024), count being the channel's own.
// NaN and infinities count as missing: the channel's mean stands in (input 0) and nothing is learned about it.

import { ACTIVITY_LIMIT, clamp, evenNormalisation, scaled, squareRoot } from "./fixed";
import {
  Channel, FLAG_FIXED_SCALE, channels, configClip, configFlags, configInputs, configScale, rawInput, standardised,
} from "./layout";

/** Values of a channel stay below 2^VALUE_BITS units, so that rate x squared difference / 2^10 fits 64 bits. */
const VALUE_BITS: i32 = 27;
/** Exponent of a binary32 with 24 bits left of the point, bias included. */
const POINT: i32 = 150;
/** Smallest unit; values below 2^-99 count as zero. */
const SMALLEST: i32 = -126;
const SETTLED: i32 = 1023;

// @ts-ignore: decorator
@inline
function binaryExponent(bits: u32): i32 {
  return <i32>((bits >> 23) & 255);
}

/** Value in units of 2^exponent, rounded, saturated to +-(2^27 - 1). Subnormals are zero. */
function inUnits(bits: u32, exponent: i32): i32 {
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
function coarsen(channel: Channel, by: i32): void {
  const count = channel.variance & SETTLED;
  let variance = channel.variance >> 10;
  if (by > 0) {
    channel.mean = by > 31 ? 0 : channel.mean >> by;
    variance = by > 31 ? 0 : variance >> (by << 1);
  } else {
    channel.mean <<= -by;
    variance <<= -by << 1;
  }
  channel.variance = (variance << 10) | count;
  channel.exponent = <i8>(<i32>channel.exponent + by);
}

/** Caches 1 / deviation: root of the variance to 16 bits, its reciprocal to 15 bits, and the shift between them. */
function cacheInverse(channel: Channel, variance: u64): void {
  if (variance == 0) {
    channel.inverse = 0;
    return;
  }
  const by = evenNormalisation(variance);
  channel.inverse = <u16>min<u32>(0x40000000 / squareRoot(scaled(variance, by)), 0x8000);
  channel.shift = <i8>(9 - (by >> 1));
}

/** One value into mean and variance of its channel. */
function observe(channel: Channel, bits: u32): void {
  const power = binaryExponent(bits);
  if (power == 255) return;
  const excess = power - POINT - <i32>channel.exponent - (VALUE_BITS - 24);
  if (excess > 0) coarsen(channel, excess + 1);

  const seen = <i32>(channel.variance & SETTLED);
  const count = seen < SETTLED ? seen + 1 : SETTLED;
  const rate = seen < SETTLED ? <i64>(65536 / count) : 64; // Q16
  const difference = <i64>(inUnits(bits, <i32>channel.exponent) - channel.mean);
  const square = (difference * difference) >> 10;
  let variance = <i64>(channel.variance >> 10);
  variance += ((square - ((square * rate) >> 16) - variance) * rate + 0x8000) >> 16;
  channel.mean += <i32>((difference * rate + 0x8000) >> 16);
  channel.variance = (<u64>variance << 10) | <u64>count;

  const size = channel.mean < 0 ? -channel.mean : channel.mean;
  if (size < 1 << 19 && variance < 1 << 28 && <i32>channel.exponent >= SMALLEST + 4) coarsen(channel, -4);
  cacheInverse(channel, channel.variance >> 10);
}

/** (x - mean) / deviation in Q8, clipped; 0 for a missing value or a channel that has never varied. */
function standardise(channel: Channel, bits: u32, clip: i32): i32 {
  if (binaryExponent(bits) == 255 || channel.inverse == 0) return 0;
  const difference = inUnits(bits, <i32>channel.exponent) - channel.mean;
  const shift = <i32>channel.shift;
  const small = shift >= 0 ? difference >> shift : clamp(difference, -0x100000, 0x100000) << -shift;
  return clamp((clamp(small, -32767, 32767) * <i32>channel.inverse + 0x20000) >> 18, -clip, clip);
}

/** x * scale in Q8 for a fixed scale given as binary32 bits; 24 x 24 bits of mantissa, rounded. */
function fixedScale(bits: u32, scale: u32, clip: i32): i32 {
  const power = binaryExponent(bits);
  if (power == 0 || power == 255) return 0;
  const product = <u64>((bits & 0x7fffff) | 0x800000) * <u64>((scale & 0x7fffff) | 0x800000);
  const shift = 2 * POINT - 8 - power - binaryExponent(scale);
  let value = clip;
  if (shift > 48) value = 0;
  else if (shift > 0) value = <i32>min<u64>((product + (<u64>1 << (shift - 1))) >> shift, clip);
  return <i32>(bits ^ scale) < 0 ? -value : value;
}

// @ts-ignore: decorator
@inline
function channelAt(index: i32): Channel {
  return changetype<Channel>(channels + <usize>index * offsetof<Channel>());
}

export function resetNormaliser(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) != 0) return;
  for (let i = 0; i < configInputs(); i++) {
    const channel = channelAt(i);
    channel.variance = 0;
    channel.mean = 0;
    channel.inverse = 0;
    channel.shift = 0;
    channel.exponent = <i8>SMALLEST;
  }
}

/** The raw input into running means and deviations. */
export function observeInput(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) != 0) return;
  for (let i = 0; i < configInputs(); i++) {
    observe(channelAt(i), load<u32>(rawInput + (<usize>i << 2)));
  }
}

/** The raw input as inputs of the first layer, i16 Q8. */
export function standardiseInput(): void {
  const clip = min(configClip(), ACTIVITY_LIMIT);
  const fixed = (configFlags() & FLAG_FIXED_SCALE) != 0;
  for (let i = 0; i < configInputs(); i++) {
    const bits = load<u32>(rawInput + (<usize>i << 2));
    const value = fixed ? fixedScale(bits, configScale(), clip) : standardise(channelAt(i), bits, clip);
    store<i16>(standardised + (<usize>i << 1), <i16>value);
  }
}
