// Running standardisation: raw samples in any unit become inputs in Q8, (x - mean) / deviation, on the board as in the browser.
//
// A raw value is an IEEE-754 binary32 bit pattern, taken apart with integers. Each channel has its own power-of-two unit,
// 2^exponent, in which its values fit 27 bits; the unit grows when a larger value arrives and shrinks when the channel has
// become small. Mean and variance move at rate 2/(count + 1), so that early values fade as 1/count^2, and at 1/1024 from 2047 values on,
// which needs no multiplication but the square. From the 64th value on a difference beyond 6 to 12 deviations counts as that, and from
// the third on the unit doubles at most: wild readings, of whatever size, one in a hundred, do not blind a channel.
// Before mean and variance a channel compresses what is far from its centre (compression.ts).
// NaN and infinities count as missing: the channel's mean stands in (input 0) and nothing is learned about it.

import { beginCompression, coarsenCompression, compressed, holdSecond, isDue, isUnsettled, settleThree, track } from "./compression";
import { ACTIVITY_LIMIT, clamp, longShare, share, squareRoot } from "./fixed";
import {
  Channel, FLAG_FIXED_SCALE, channels, configClip, configFlags, configInputs, configScale, header, rawInput, standardised,
} from "./layout";

/** Values of a channel stay below 2^VALUE_BITS units. */
const VALUE_BITS: i32 = 27;
/** Exponent of a binary32 with 24 bits left of the point, bias included. */
const POINT: i32 = 150;
/** Smallest unit; values below 2^-99 count as zero. */
const SMALLEST: i32 = -126;
/** Averages become exponential, at 2^-10, after 2^11 - 1 values. */
const SETTLING: i32 = 10;
/** Values until which the unit may jump. */
const NEW: i32 = 3;
/** Values from which differences count as at most WILD (after the channel's shift: 6.2 to 12.4 deviations). */
const YOUNG: i32 = 64;
const WILD: i32 = 18000;
/** Values until which the reciprocal root is renewed every time. */
const FRESH: i32 = 16;
/** A channel that stood still counts as so many values when it varies: as 3, digits class by class lose 1.0 point, as thousands it takes thousands of values. */
const WOKEN: i32 = 128;
/** A channel that compresses much averages over so few values while its reach still finds its place: compression.ts. */
const UNSETTLED: i32 = 31;

/** A deviation has 10.5 to 11.5 bits after the shift of its channel. */
const DEVIATION_BITS: i32 = 11;
/** The shift of a channel without a deviation stops here while its unit becomes finer. */
const LARGEST_SHIFT: i32 = 31;

/** 2 / (count + 1) in Q16, kept from channel to channel: they seldom differ in count, and a Cortex-M0+ divides in software. */
let rateCount: i32 = 0;
let rate: i32 = 0;

// @ts-ignore: decorator
@inline
function binaryExponent(bits: u32): i32 {
  return <i32>((bits >> 23) & 255);
}

/** `value` with the sign of `bits`, without a branch: nothing predicts the sign of a reading. */
// @ts-ignore: decorator
@inline
function signed(value: i32, bits: u32): i32 {
  const mask = <i32>bits >> 31;
  return (value ^ mask) - mask;
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
  return signed(value, bits);
}

/** Moves the unit of a channel by `by` powers of two; positive is coarser. */
function coarsen(channel: Channel, by: i32): void {
  channel.mean = by > 31 ? 0 : by > 0 ? channel.mean >> by : channel.mean << -by;
  channel.shift = <i8>clamp(<i32>channel.shift - by, -DEVIATION_BITS, LARGEST_SHIFT);
  channel.exponent = <i8>(<i32>channel.exponent + by);
  coarsenCompression(channel, by);
}

/** A difference in units, brought to the scale of the channel's deviation and saturated to an i16. */
// @ts-ignore: decorator
@inline
export function shifted(difference: i32, shift: i32): i32 {
  const small = shift >= 0 ? difference >> shift : clamp(difference, -0x8000, 0x8000) << -shift;
  return clamp(small, -32767, 32767);
}

/**
 * One value, which is not missing, into its channel; returns it in the channel's units, compressed. `turn` counts samples from channel to channel: every
 * eighth takes the reciprocal anew.
 */
export function observe(channel: Channel, bits: u32, turn: i32): i32 {
  let refresh = (turn & 7) == 0;
  const excess = binaryExponent(bits) - POINT - <i32>channel.exponent - (VALUE_BITS - 24);
  // at once while the channel is new or has never varied
  if (excess > 0) coarsen(channel, <i32>channel.count < NEW || channel.variance == 0 ? excess + 1 : 1);

  let value = inUnits(bits, <i32>channel.exponent);
  if (channel.count == 0) {
    channel.count = 1;
    channel.mean = value;
    beginCompression(channel, bits, value);
    return value;
  }
  if (channel.count == 1) holdSecond(channel, bits, value);
  else if (channel.count == 2) {
    if (settleThree(channel, bits, value)) {
      startAgain(channel);
      return channel.centre;
    }
  } else if (channel.count > 2 && isDue(channel, turn) && track(channel, bits, value)) {
    startAgain(channel);
  }
  value = compressed(channel, value);
  const difference = value - channel.mean;
  if (channel.variance == 0) {
    if (difference != 0) {
      channel.shift = <i8>(32 - DEVIATION_BITS - <i32>clz(difference < 0 ? -difference : difference));
      channel.count = min(channel.count, <u16>WOKEN); // what stood still for long says little of how it varies
    }
    refresh = true;
  }
  let shift = <i32>channel.shift;
  const limit = <i32>channel.count < YOUNG ? 32767 : WILD;
  const scaled = clamp(shifted(difference, shift), -limit, limit);
  const square = scaled * scaled;
  const counted = scaled != limit && scaled != -limit ? difference : shift >= 0 ? scaled << shift : scaled >> -shift;
  let variance = <u64>channel.variance;
  if (<i32>channel.count < (2 << SETTLING) - 1) {
    channel.count++;
    const count = isUnsettled(channel) ? min(<i32>channel.count, UNSETTLED) : <i32>channel.count;
    if (count != rateCount) {
      rateCount = count;
      rate = 131072 / (count + 1);
    }
    const fresh = square - share(square, rate, 0);
    variance += longShare(fresh - <i32>(channel.variance >> 8), rate);
    channel.mean += share(counted, rate, 0x8000);
    refresh = refresh || count < FRESH;
  } else {
    variance += (square - <i32>(channel.variance >> 8)) >> (SETTLING - 8);
    channel.mean += (counted + (1 << (SETTLING - 1))) >> SETTLING;
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
  if (size < 1 << 19 && (shift < 0 || variance == 0) && <i32>channel.exponent >= SMALLEST + 4) {
    coarsen(channel, -4);
    return compressed(channel, inUnits(bits, <i32>channel.exponent));
  }
  return value;
}

/** Mean and variance begin anew from the centre: one of the first three readings was out of line, or the channel hurries to another range. */
function startAgain(channel: Channel): void {
  channel.count = <u16>NEW;
  channel.mean = channel.centre;
  channel.variance = 0;
  channel.inverse = 0;
  channel.shift = 0;
}

/** (value - mean) / deviation of a compressed value in Q8, clipped; 0 for a channel that has never varied. */
// @ts-ignore: decorator
@inline
function standardise(channel: Channel, value: i32, clip: i32): i32 {
  const difference = value - channel.mean;
  return clamp((shifted(difference, <i32>channel.shift) * <i32>channel.inverse + 0x20000) >> 18, -clip, clip);
}

/** The same of a value in the channel's units, before it is compressed. */
export function standardiseValue(channel: Channel, value: i32, clip: i32): i32 {
  return standardise(channel, compressed(channel, value), clip);
}

export function isMissing(bits: u32): bool {
  return binaryExponent(bits) == 255;
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
  return signed(value, bits ^ scale);
}

/**
 * `fixedScale` of four values, as i32 lanes. Of the 48 bits of a product only the upper 16 can matter: the result, at most `clip`, has 11 bits and the
 * shift is at least 36 where it is smaller. That upper part times 2^`up`, 0 to 14, looked up in a table since lanes have no shifts of their own, ends 16
 * bits above the result and its rounding bit.
 */
// @ts-ignore: decorator
@inline
function fixedScaleFour(bits: v128, scale: u32, clip: i32): v128 {
  const fraction = i32x4.splat(0x7fffff);
  const one = i32x4.splat(0x800000);
  const mantissa = v128.or(v128.and(bits, fraction), one);
  const factor = i32x4.splat((scale & 0x7fffff) | 0x800000);
  const upper = v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(mantissa, factor), i64x2.extmul_high_i32x4_u(mantissa, factor), 1, 3, 5, 7);

  const power = v128.and(i32x4.shr_u(bits, 23), i32x4.splat(255));
  let up = i32x4.add(power, i32x4.splat(binaryExponent(scale) + 57 - 2 * POINT));
  up = i32x4.max_s(i32x4.splat(0), i32x4.min_s(i32x4.splat(14), up));
  // 2^up in the two lower bytes of a lane
  const entries = i8x16.add(v128.or(up, i32x4.shl(up, 8)), i32x4.splat(0xfffff800));
  const scaled = i32x4.mul(upper, i8x16.swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), entries));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.shr_u(scaled, 16), i32x4.splat(1)), 1);
  // no zeros, no missing values: 0 < power < 255
  const usual = i32x4.lt_u(i32x4.sub(power, i32x4.splat(1)), i32x4.splat(254));
  const value = v128.and(i32x4.min_s(rounded, i32x4.splat(clip)), usual);
  const sign = i32x4.shr_s(v128.xor(bits, i32x4.splat(scale)), 31);
  return i32x4.sub(v128.xor(value, sign), sign);
}

// @ts-ignore: decorator
@inline
export function channelAt(index: i32): Channel {
  return changetype<Channel>(channels + <usize>index * offsetof<Channel>());
}

export function resetNormaliser(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) != 0) return;
  for (let i = 0; i < configInputs(); i++) resetChannel(channelAt(i));
}

/** A channel as it is before its first value. */
export function resetChannel(channel: Channel): void {
  channel.mean = 0;
  channel.variance = 0;
  channel.inverse = 0;
  channel.count = 0;
  channel.shift = 0;
  channel.exponent = <i8>SMALLEST;
  channel.atom = 0;
  channel.centre = 0;
  channel.tail = 0;
  channel.reach = i32.MAX_VALUE;
  channel.spread = 0;
  channel.pace = 0;
}

/** The raw input into running means and deviations. Roots are costly without a divider: each channel's every eighth sample. */
export function observeInput(): void {
  if ((configFlags() & FLAG_FIXED_SCALE) == 0) standardiseChannels(true);
}

/** The raw input as inputs of the first layer, i16 Q8. With `observing` it goes into running means and deviations first. */
export function standardiseInput(observing: bool): void {
  if ((configFlags() & FLAG_FIXED_SCALE) == 0) standardiseChannels(observing);
  else scaleInput();
}

function standardiseChannels(observing: bool): void {
  const clip = min(configClip(), ACTIVITY_LIMIT);
  const turn = <i32>header.seen;
  for (let i = 0; i < configInputs(); i++) {
    const channel = channelAt(i);
    const bits = load<u32>(rawInput + (<usize>i << 2));
    let result = 0;
    if (binaryExponent(bits) != 255) {
      const value = observing ? observe(channel, bits, turn + i) : compressed(channel, inUnits(bits, <i32>channel.exponent));
      result = standardise(channel, value, clip);
    }
    store<i16>(standardised + (<usize>i << 1), <i16>result);
  }
}

function scaleInput(): void {
  const clip = min(configClip(), ACTIVITY_LIMIT);
  const end = rawInput + (<usize>configInputs() << 2);
  let output = standardised;
  if (ASC_FEATURE_SIMD) {
    for (let at = rawInput; at < end; at += 32) {
      const low = fixedScaleFour(v128.load(at), configScale(), clip);
      const high = fixedScaleFour(v128.load(at, 16), configScale(), clip);
      v128.store(output, i16x8.narrow_i32x4_s(low, high));
      output += 16;
    }
    // lanes that do not exist must be 0
    for (let i = configInputs(); (i & 7) != 0; i++) store<i16>(standardised + (<usize>i << 1), 0);
  } else {
    for (let at = rawInput; at < end; at += 4) {
      store<i16>(output, <i16>fixedScale(load<u32>(at), configScale(), clip));
      output += 2;
    }
  }
}
