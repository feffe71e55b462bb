// Running standardisation: raw samples in any unit become inputs in Q8, (x - mean) / deviation, on the board as in the browser.
//
// A raw value is an IEEE-754 binary32 bit pattern, taken apart with integers. Each channel has its own power-of-two unit,
// 2^exponent, in which its values fit 27 bits; the unit grows when a larger value arrives and shrinks when the channel has
// become small. Mean and variance move at rate 2/(count + 1), so that early values fade as 1/count^2, and at 1/1024 from 2047 values on,
// which needs no multiplication but the square. From the 64th value on a difference beyond 6 to 12 deviations counts as that, and from
// the third on the unit doubles at most: wild readings, of whatever size, one in a hundred, do not blind a channel.
// NaN and infinities count as missing: the channel's mean stands in (input 0) and nothing is learned about it.

import { ACTIVITY_LIMIT, clamp, squareRoot } from "./fixed";
import {
  Channel, FLAG_FIXED_SCALE, channels, configClip, configFlags, configInputs, configScale, header, rawInput, standardised,
} from "./layout";

/** Values of a channel stay below 2^VALUE_BITS units. */
const VALUE_BITS: i32 = 27;
/** Exponent of a binary32 with 24 bits left of the point, bias included. */
const POINT: i32 = 150;
/** Smallest unit; values below 2^-99 count as zero. */
const SMALLEST: i32 = -126;
/** Averages become exponential, at 2^-settling, after 2^(settling + 1) - 1 values; the continual learner's settle later. */
let settling: i32 = 10;
export function settleAt(shift: i32): void {
  settling = shift;
}
/** Values until which the unit may jump. */
const NEW: i32 = 3;
/** Values from which differences count as at most WILD (after the channel's shift: 6.2 to 12.4 deviations). */
const YOUNG: i32 = 64;
const WILD: i32 = 18000;
/** Values until which the reciprocal root is renewed every time. */
const FRESH: i32 = 16;

/** A deviation has 10.5 to 11.5 bits after the shift of its channel. */
const DEVIATION_BITS: i32 = 11;

/** 2 / (count + 1) in Q16, kept from channel to channel: they seldom differ in count, and a Cortex-M0+ divides in software. */
let rateCount: i32 = 0;
let rate: i32 = 0;

// @ts-ignore: decorator
@inline
function binaryExponent(bits: u32): i32 {
  return <i32>((bits >> 23) & 255);
}

/** Value in units of 2^exponent, rounded, saturated to +-(2^27 - 1). Subnormals are zero. */
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
function coarsen(channel: Channel, by: i32): void {
  channel.mean = by > 31 ? 0 : by > 0 ? channel.mean >> by : channel.mean << -by;
  channel.shift = <i8>max(<i32>channel.shift - by, -DEVIATION_BITS);
  channel.exponent = <i8>(<i32>channel.exponent + by);
}

/** A difference in units, brought to the scale of the channel's deviation and saturated to an i16. */
// @ts-ignore: decorator
@inline
export function shifted(difference: i32, shift: i32): i32 {
  const small = shift >= 0 ? difference >> shift : clamp(difference, -0x8000, 0x8000) << -shift;
  return clamp(small, -32767, 32767);
}

/** One value into mean and variance of its channel. `refresh` asks for the cached reciprocal to be taken anew. */
function observe(channel: Channel, bits: u32, refresh: bool): void {
  const power = binaryExponent(bits);
  if (power == 255) return;
  const excess = power - POINT - <i32>channel.exponent - (VALUE_BITS - 24);
  // at once while the channel is new or has never varied
  if (excess > 0) coarsen(channel, <i32>channel.count < NEW || channel.variance == 0 ? excess + 1 : 1);

  const value = inUnits(bits, <i32>channel.exponent);
  const difference = value - channel.mean;
  if (channel.count == 0) {
    channel.count = 1;
    channel.mean = value;
    return;
  }
  if (channel.variance == 0) {
    if (difference != 0) channel.shift = <i8>(32 - DEVIATION_BITS - <i32>clz(difference < 0 ? -difference : difference));
    refresh = true;
  }
  let shift = <i32>channel.shift;
  const limit = <i32>channel.count < YOUNG ? 32767 : WILD;
  const scaled = clamp(shifted(difference, shift), -limit, limit);
  const square = scaled * scaled;
  const counted = scaled != limit && scaled != -limit ? difference : shift >= 0 ? scaled << shift : scaled >> -shift;
  let variance = <u64>channel.variance;
  if (<i32>channel.count < (2 << settling) - 1) {
    const count = <i32>channel.count + 1;
    channel.count = <u16>count;
    if (count != rateCount) {
      rateCount = count;
      rate = 131072 / (count + 1);
    }
    const fresh = square - <i32>((<i64>square * rate) >> 16);
    variance += (<i64>(fresh - <i32>(channel.variance >> 8)) * rate) >> 8;
    channel.mean += <i32>((<i64>counted * rate + 0x8000) >> 16);
    refresh = refresh || count < FRESH;
  } else {
    variance += (square - <i32>(channel.variance >> 8)) >> (settling - 8);
    channel.mean += (counted + (1 << (settling - 1))) >> settling;
  }

  // back into [2^29, 2^31); a channel that no longer moves by a thousandth of a unit has no deviation
  while (variance >= 0x80000000) {
    variance >>= 2;
    shift++;
    refresh = true;
  }
  while (variance < 0x20000000 && variance != 0) {
    variance = shift == -DEVIATION_BITS ? 0 : variance << 2;
    shift = max(shift - 1, -DEVIATION_BITS);
    refresh = true;
  }
  assert(variance == 0 || (variance >= 0x20000000 && variance < 0x80000000), "variance outside of its format");
  channel.variance = <u32>variance;
  channel.shift = <i8>shift;
  if (refresh) channel.inverse = variance == 0 ? 0 : <u16>(0x40000000 / squareRoot(<u32>variance));

  const size = channel.mean < 0 ? -channel.mean : channel.mean;
  if (size < 1 << 19 && shift < 8 && <i32>channel.exponent >= SMALLEST + 4) coarsen(channel, -4);
}

/** (x - mean) / deviation in Q8, clipped; 0 for a missing value or a channel that has never varied. */
export function standardise(channel: Channel, bits: u32, clip: i32): i32 {
  if (binaryExponent(bits) == 255 || channel.inverse == 0) return 0;
  const difference = inUnits(bits, <i32>channel.exponent) - channel.mean;
  return clamp((shifted(difference, <i32>channel.shift) * <i32>channel.inverse + 0x20000) >> 18, -clip, clip);
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
export function channelAt(index: i32): Channel {
  return changetype<Channel>(channels + <usize>index * offsetof<Channel>());
}

export function resetNormaliser(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) != 0) return;
  for (let i = 0; i < configInputs(); i++) {
    const channel = channelAt(i);
    channel.mean = 0;
    channel.variance = 0;
    channel.inverse = 0;
    channel.count = 0;
    channel.shift = 0;
    channel.exponent = <i8>SMALLEST;
  }
}

/** The raw input into running means and deviations. Roots are costly without a divider: each channel's every eighth sample. */
export function observeInput(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) != 0) return;
  const turn = <i32>header.seen;
  for (let i = 0; i < configInputs(); i++) {
    observe(channelAt(i), load<u32>(rawInput + (<usize>i << 2)), ((turn + i) & 7) == 0);
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
