// The target in deviations, and back: a channel of its own, as an input has it (../normaliser.ts), but in Q12 and within +-16 deviations: at +-8 the price
// of electricity, which has spikes, lost 0.06 of R^2.
//
//   t = (compressed(y) - mean) / deviation,  y = expanded(mean + t deviation)
//
// What is said of a target lies no farther beyond those that came than half of the way between the least and the greatest. Back from what is compressed a
// deviation can be worth e times as much as the one before, and while the channel is young, deviation and reach do not fit each other yet: of 300 streams with targets
// from 500 to 820, 90 had one of their first hundred answers off by more than 320, and 52 by up to 16,000.
//
// |shifted x inverse| <= 32767 x 46341 < 2^31. Back, t 2^14 2^31 < 2^62, and mean plus that is held within 2^30 units.

import { compressed, expanded } from "../compression";
import { clamp } from "../fixed";
import { Channel } from "../layout";
import { inUnits, observe, resetChannel, shifted } from "../normaliser";
import { interval, span } from "./layout";

/** 16 deviations, Q12. */
export const TARGET_LIMIT: i32 = 65535;
const FARTHEST: i64 = 1 << 30;
/** 64 deviations, which have 11 bits after the channel's shift; and so many beyond that in a row are another range. */
const FAR: i64 = 64 << 11;
const AFRESH: i32 = 16;
/** Values of a channel are below 2^27 units. */
const MOST_UNITS: i64 = (1 << 27) - 1;

/**
 * The next target into its channel; returns it in deviations. After 16 in a row far from all before the channel begins anew: one that had jumped by a thousand took
 * thousands of targets to be followed. (With 10 deviations in place of 64 a price whose spikes last a day lost 0.05 of R^2.)
 */
export function observeTarget(channel: Channel, bits: u32, turn: i32): i32 {
  const isFar = channel.variance != 0 && distanceTo(channel, bits) > FAR;
  observe(channel, bits, turn);
  interval.farOff = isFar ? interval.farOff + 1 : 0;
  const isAfresh = interval.farOff == AFRESH;
  if (isAfresh) {
    interval.farOff = 0;
    resetChannel(channel);
    observe(channel, bits, turn);
    span.isThere = 0;
  }
  widen(channel, inUnits(bits, <i32>channel.exponent));
  return isAfresh ? 0 : targetIn(channel, bits);
}

/** One target more, in units of the channel, into the span of all. */
function widen(channel: Channel, value: i32): void {
  span.lowest = span.isThere != 0 ? min(value, inUnitsOf(channel, span.lowest, span.exponent)) : value;
  span.highest = span.isThere != 0 ? max(value, inUnitsOf(channel, span.highest, span.exponent)) : value;
  span.exponent = <i32>channel.exponent;
  span.isThere = 1;
}

/** From the mean, not compressed, in units of about 1/2048 of a deviation. */
function distanceTo(channel: Channel, bits: u32): i64 {
  const difference = <i64>inUnits(bits, <i32>channel.exponent) - channel.mean;
  const size = difference < 0 ? -difference : difference;
  const shift = <i32>channel.shift;
  return shift >= 0 ? size >> shift : size << -shift;
}

function targetIn(channel: Channel, bits: u32): i32 {
  return standardised(channel, inUnits(bits, <i32>channel.exponent));
}

/** Of a value in units of 2^exponent. */
export function targetOf(channel: Channel, value: i32, exponent: i32): i32 {
  return standardised(channel, inUnitsOf(channel, value, exponent));
}

/** In units of the channel, which may be others by now than 2^exponent. */
function inUnitsOf(channel: Channel, value: i32, exponent: i32): i32 {
  const by = exponent - <i32>channel.exponent;
  const units = by >= 0 ? <i64>value << min(by, 31) : <i64>value >> min(-by, 31);
  return <i32>max<i64>(-MOST_UNITS, min<i64>(MOST_UNITS, units));
}

function standardised(channel: Channel, units: i32): i32 {
  const value = compressed(channel, units);
  return clamp((shifted(value - channel.mean, <i32>channel.shift) * <i32>channel.inverse + 0x2000) >> 14, -TARGET_LIMIT, TARGET_LIMIT);
}

/** In units of the channel, within one and a half spans of what came. */
export function valueOf(channel: Channel, t: i32): i32 {
  const shift = <i32>channel.shift;
  let distance: i64 = 0;
  if (channel.inverse != 0) {
    distance = <i64>t << 14;
    distance = (shift >= 0 ? distance << shift : distance >> -shift) / <i64>channel.inverse;
  }
  const value = expanded(channel, <i32>max(-FARTHEST, min(FARTHEST, channel.mean + distance)));
  if (span.isThere == 0) return value;
  const lowest = inUnitsOf(channel, span.lowest, span.exponent);
  const highest = inUnitsOf(channel, span.highest, span.exponent);
  const half = (highest - lowest) >> 1;
  return clamp(value, lowest - half, highest + half);
}
