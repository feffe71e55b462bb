// Anchored coordinates: what is remembered of samples is kept in them. They stand for raw values, whatever the normaliser has become since, and
// eight bits reach from a twentieth of a spread to 16,000 spreads.
//
// The anchor of a channel is its centre c and its spread s (compression.ts) as they were at one time. With r = |x - c| / s,
//
//   t = +-r                     r <= 2
//   t = +-2 (1 + ln(r / 2))     beyond, Q6
//
// Anchors are looked at after 1, 2, 4 ... 64, 128, 192 ... samples. One that has come too far from its channel is renewed, and
// everything stored is carried over through the values that it stands for. That of a channel that has never varied is renewed at once
// when it does.

import { ACTIVITY_LIMIT, clamp, exp2, exp2Negative, log2 } from "./fixed";
import { Channel, FLAG_FIXED_SCALE, anchorCentres, anchorScales, configClip, configFlags, configInputs, fresh, header, padded, places, rawInput, standardised } from "./layout";
import { channelAt, isMissing, rawInUnits, standardiseValue } from "./normaliser";

/** Values of a channel are within +- this many units. */
const VALUE_LIMIT: i32 = (1 << 27) - 1;
/** A scale is log2 s, s in the unit of the sensor, in Q6 from 2^-160 on; this bit is set where the channel had not varied. */
const LOWEST: i32 = 160;
const UNVARIED: i32 = 0x8000;
/** A spread counts as at least 2^-16 of its centre. */
const FINEST: i32 = 16 << 10;
/** An anchor keeps while its spread is off by at most three quarters of an octave, and its centre by a spread. */
const NEAR: i32 = 48;
/** t: the end of its linear part in Q6, its log2 in Q10, and what an octave adds beyond, 2 ln 2. */
const LINEAR: i32 = 128;
const OCTAVES_OF_LINEAR: i32 = 1024;
const PER_OCTAVE: i32 = 5678; // Q6 in Q10 octaves, Q16
const PER_STEP: i32 = 11819; // Q10 octaves in Q6, Q10

/** In `places` and `fresh`, a value that is not there. */
export const MISSING: i16 = -32768;
/** Which anchors are looked at. */
export const ALL: i32 = 0;
export const FAR: i32 = 1;
export const WOKEN: i32 = 2;
/** From so many samples on anchors are looked at each time that as many have come. */
const OFTEN: u64 = 64;

// @ts-ignore: decorator
@inline
export function hasFixedScale(): bool {
  return (configFlags() & FLAG_FIXED_SCALE) != 0;
}

/** The anchors to look at before the next sample is learned. */
export function lookNow(): i32 {
  const seen = header.seen;
  if (seen == 0) return ALL;
  return (seen < OFTEN ? seen & (seen - 1) : seen & (OFTEN - 1)) == 0 ? FAR : WOKEN;
}

/** Whether an anchor is to be renewed: any, one that is too far from its channel, or one whose channel varies for the first time. */
export function isStale(index: i32, which: i32): bool {
  return which == ALL || (which == FAR ? !isNear(index) : hasWoken(index));
}

/** The anchor in hand, and the exponent of the unit that values are in. */
let octaves: i32 = 0; // log2 s in units, Q10
let centre: i32 = 0; // in units

// @ts-ignore: decorator
@inline
function scaleAt(index: i32): i32 {
  return <i32>load<u16>(anchorScales + (<usize>index << 1));
}

/** How far the second value of a channel, which waits for the third, is from the first. */
// @ts-ignore: decorator
@inline
function firstStep(channel: Channel): u32 {
  if (channel.count != 2) return 0;
  const step = channel.tail - channel.centre;
  return <u32>(step < 0 ? -step : step);
}

/** What the scale of a channel would be now; of two values, how far they are apart. */
function scaleNow(channel: Channel): i32 {
  const step = firstStep(channel);
  const size = max(1, channel.centre < 0 ? -channel.centre : channel.centre);
  const spread = max(step != 0 ? log2(step) : channel.count == 2 ? 0 : <i32>channel.spread, log2(<u32>size) - FINEST);
  return ((((<i32>channel.exponent + LOWEST) << 10) + spread) >> 4) | (channel.pace == 0 && step == 0 ? UNVARIED : 0);
}

/** A centre is kept in units of 2^this: an eighth of the spread or a little less. */
// @ts-ignore: decorator
@inline
function centreUnit(scale: i32): i32 {
  return ((scale & ~UNVARIED) >> 6) - LOWEST - 3;
}

/** Takes the anchor of an input in hand, in the unit of its channel. */
function hold(index: i32, channel: Channel): void {
  const scale = scaleAt(index);
  const exponent = <i32>channel.exponent;
  octaves = ((scale & ~UNVARIED) << 4) - ((exponent + LOWEST) << 10);
  const by = centreUnit(scale) - exponent;
  const kept = load<i32>(anchorCentres + (<usize>index << 2));
  if (by >= 0) {
    const up = min(by, 31);
    centre = clamp(kept, -(VALUE_LIMIT >> up), VALUE_LIMIT >> up) << up;
  } else centre = kept >> min(-by, 31);
}

/** 64 size / s, or more than LINEAR. In 32 bits: a Cortex-M0+ has no others. */
function linear(size: u32): i32 {
  const octave = octaves >> 10;
  if (octave < -2) return size == 0 ? 0 : LINEAR + 1; // a spread of an eighth of a unit
  if (size >> min(octave + 2, 31) != 0) return LINEAR + 1; // beyond four spreads
  const by = octave - 12;
  const scaled = by >= 0 ? size >> min(by, 31) : size << -by; // below 2^14
  return <i32>((scaled * exp2Negative(<u32>(octaves & 1023)) + (1 << 21)) >> 22);
}

/** A value in units as the anchor in hand codes it, within +-2047 (Q6). */
function coordinate(value: i32): i32 {
  const difference = value - centre;
  const size = <u32>(difference < 0 ? -difference : difference);
  let t = linear(size);
  if (t > LINEAR) t = min(LINEAR + ((max(0, log2(size) - octaves - OCTAVES_OF_LINEAR) * PER_OCTAVE) >> 16), ACTIVITY_LIMIT);
  return difference < 0 ? -t : t;
}

/** The value that a coordinate stands for. */
function valueOf(t: i32): i32 {
  if (t == 0) return centre;
  const size = t < 0 ? -t : t;
  const apart = octaves + (size <= LINEAR ? log2(<u32>size) - 6144 : OCTAVES_OF_LINEAR + (((size - LINEAR) * PER_STEP) >> 10));
  const difference = apart < 0 ? 0 : <i32>exp2(min(apart, 28 << 10));
  return clamp(centre + (t < 0 ? -difference : difference), -VALUE_LIMIT, VALUE_LIMIT);
}

/**
 * The raw input in anchored coordinates, into `places` (Q4 of two spreads, within +-127) and a memory's `fresh` (Q6), MISSING where it is; 0 where the
 * channel has never varied: nobody knows what it would be. With a fixed scale it is the standardised input, in Q4 and Q8.
 */
export function anchorInput(): void {
  const inputs = configInputs();
  const fixed = hasFixedScale();
  for (let i = 0; i < inputs; i++) {
    const at = <usize>i << 1;
    const bits = load<u32>(rawInput + (at << 1));
    let value: i32 = MISSING;
    let place: i32 = MISSING;
    if (!isMissing(bits)) {
      if (fixed) value = <i32>load<i16>(standardised + at);
      else if ((scaleAt(i) & UNVARIED) != 0) value = 0;
      else {
        const channel = channelAt(i);
        hold(i, channel);
        value = coordinate(rawInUnits(channel, bits));
      }
      place = clamp(value >> (fixed ? 4 : 3), -127, 127);
    }
    store<i16>(places + at, <i16>place);
    if (fresh != 0) store<i16>(fresh + at, <i16>value);
  }
  for (let i = inputs; i < padded(inputs, 8); i++) store<i16>(places + (<usize>i << 1), 0);
}

/** A row of stored values, into `places`, as `anchorInput` puts a sample. */
export function placeRow(values: usize): void {
  const inputs = configInputs();
  const by = hasFixedScale() ? 4 : 3;
  for (let i = 0; i < padded(inputs, 8); i++) {
    const at = <usize>i << 1;
    store<i16>(places + at, i < inputs ? <i16>clamp(<i32>load<i16>(values + at) >> by, -127, 127) : 0);
  }
}

/** What is missing in `fresh` becomes the mean of its channel. */
export function fillMissing(): void {
  for (let i = 0; i < configInputs(); i++) {
    const at = fresh + (<usize>i << 1);
    if (load<i16>(at) != MISSING) continue;
    if (hasFixedScale()) store<i16>(at, 0);
    else {
      const channel = channelAt(i);
      hold(i, channel);
      store<i16>(at, <i16>coordinate(channel.mean));
    }
  }
}

/** A row of stored values as inputs of the first layer, as the normaliser would make them now. */
export function restoreRow(values: usize): void {
  const clip = min(configClip(), ACTIVITY_LIMIT);
  for (let i = 0; i < configInputs(); i++) {
    const at = <usize>i << 1;
    let value = <i32>load<i16>(values + at);
    if (hasFixedScale()) {
      value = clamp(value, -ACTIVITY_LIMIT, ACTIVITY_LIMIT); // the highest code may stand for up to three more
    } else {
      const channel = channelAt(i);
      hold(i, channel);
      value = standardiseValue(channel, valueOf(value), clip);
    }
    store<i16>(standardised + at, <i16>value);
  }
}

/** Whether the anchor of an input may stay: that of a channel that has just started anew does until it varies. */
function isNear(index: i32): bool {
  const channel = channelAt(index);
  if (channel.pace == 0 && channel.count != 2 && (scaleAt(index) & UNVARIED) == 0) return true;
  const off = scaleNow(channel) - scaleAt(index);
  if (off > NEAR || off < -NEAR) return false;
  hold(index, channel);
  const moved = channel.centre - centre;
  return <u32>(moved < 0 ? -moved : moved) <= exp2(clamp(octaves, 0, 28 << 10));
}

/** Whether a channel that had not varied when its anchor was made does now. */
function hasWoken(index: i32): bool {
  return (scaleAt(index) & UNVARIED) != 0 && (channelAt(index).pace != 0 || firstStep(channelAt(index)) != 0);
}

let thenOctaves: i32 = 0;
let thenCentre: i32 = 0;
let nowOctaves: i32 = 0;
let nowCentre: i32 = 0;

/** The anchor of an input becomes its channel as it is now; `carried` is for what is stored of it. */
export function moveAnchor(index: i32): void {
  const channel = channelAt(index);
  hold(index, channel);
  thenOctaves = octaves;
  thenCentre = centre;
  const scale = scaleNow(channel);
  store<u16>(anchorScales + (<usize>index << 1), <u16>scale);
  const by = <i32>channel.exponent - centreUnit(scale);
  store<i32>(anchorCentres + (<usize>index << 2), by >= 0 ? channel.centre << by : channel.centre >> min(-by, 31));
  hold(index, channel);
  nowOctaves = octaves;
  nowCentre = centre;
}

/** A coordinate of the anchor that `moveAnchor` has just replaced, in the new one. */
export function carried(t: i32): i32 {
  octaves = thenOctaves;
  centre = thenCentre;
  const value = valueOf(t);
  octaves = nowOctaves;
  centre = nowCentre;
  return coordinate(value);
}
