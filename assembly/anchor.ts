// Anchored coordinates: what is remembered of samples is kept in them. They stand for raw values, whatever the normaliser has become since, and
// eight bits reach from a tenth of a spread to 325,000 spreads.
//
// The anchor of a channel is its centre c and its spread s (compression.ts) as they were at one time. With r = |x - c| / s,
//
//   T(r) = r                  r <= 2
//          2 (1 + ln(r / 2))  beyond;   t = +-T, Q6
//
// Where c is 32 spreads or more from zero, or the channel is over decades (it has hurried: compression.ts), what lies on the inner side of c / 2 counts
// from zero, in f = 2^-14 |c|, and for half: there |t| = T(|c| / 2 s) + (T(|c| / 2 f) -+ T(|x| / f)) / 2. So 0 and 3 W stay apart
// while a plug heats with 2,200 W. (States over decades taught once, one after the other: docs/decisions.md.)
//
// Anchors are looked at after 1, 2, 4 ... 64, 128, 192 ... samples. One that has come too far from its channel is renewed, and
// everything stored is carried over through the values that it stands for. That of a channel that has never varied is renewed at once
// when it does, and that of a channel that hurries for the first time.

import { ACTIVITY_LIMIT, clamp, exp2, exp2Negative, log2 } from "./fixed";
import { isHurrying } from "./compression";
import { Channel, FLAG_FIXED_SCALE, anchorCentres, anchorScales, configClip, configFlags, configInputs, fresh, header, padded, places, rawInput, standardised } from "./layout";
import { channelAt, inUnits, isMissing, standardiseValue } from "./normaliser";

/** Values are within +- this many units. */
const VALUE_LIMIT: i32 = (1 << 27) - 1;
/** An anchor counts in units of its own, of which its spread has 2^8 to 2^9: so it reaches half a million spreads. */
const SPREAD_BITS: i32 = 8;
/** Its centre is kept in eighths of that power of two. */
const CENTRE_BITS: i32 = SPREAD_BITS - 3;
/** A scale is log2 s, s in the unit of the sensor, in Q6 from 2^-160 on, but for two bits: set where the channel is over decades, and where it had not varied. */
const LOWEST: i32 = 160;
const DECADES: i32 = 1;
const UNVARIED: i32 = 0x8000;
const OCTAVES: i32 = 0x7ffe;
/** A spread counts as at least 2^-16 of its centre. */
const FINEST: i32 = 16 << 10;
/** A centre of 32 spreads, as it is kept; and log2 of what it is to the finest that counts on its inner side, Q10. */
const FAR_OFF: i32 = 32 << 3;
const INNER: i32 = 14 << 10;
/** An anchor keeps while its spread is off by at most three quarters of an octave, and its centre by a spread. */
const NEAR: i32 = 48;
/** t: the end of its linear part in Q6, its log2 in Q10, and what an octave adds beyond, 2 ln 2. */
const LINEAR: i32 = 128;
const OCTAVES_OF_LINEAR: i32 = 1024;
const PER_OCTAVE: i32 = 5678; // Q6 in Q10 octaves, Q16
const PER_STEP: i32 = 11819; // Q10 octaves in Q6, Q10
/** Places of a wide one keep t up to 6 and three eighths of the rest: 8 bits hold all of it so. (In every channel: a fan's spectrum lost 1.3 points.) */
const KNEE: i32 = 384;

/** In `places` and `fresh`, a value that is not there. */
export const MISSING: i16 = -32768;
/** Selects the anchors that are looked at. */
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

/** True if an anchor is to be renewed: any, one that is too far from its channel, or one whose channel varies or hurries for the first time. */
export function isStale(index: i32, which: i32): bool {
  return which == ALL || (which == FAR ? !isNear(index) : hasWoken(index));
}

/** The anchor in hand: log2 of its unit, log2 of its spread in units (Q10), its centre in units, and whether it is wide: its inner side is fine. */
let unit: i32 = 0;
let octaves: i32 = 0;
let centre: i32 = 0;
let wide: bool = false;

// @ts-ignore: decorator
@inline
function scaleAt(index: i32): i32 {
  return <i32>load<u16>(anchorScales + (<usize>index << 1));
}

// @ts-ignore: decorator
@inline
function size(value: i32): i32 {
  return value < 0 ? -value : value;
}

/** The distance of a channel's second value, which waits for the third, from its first. */
// @ts-ignore: decorator
@inline
function firstStep(channel: Channel): u32 {
  return channel.count == 2 ? <u32>size(channel.tail - channel.centre) : 0;
}

/** The scale that a channel would have now; of two values, their distance. */
function scaleNow(channel: Channel): i32 {
  const step = firstStep(channel);
  const spread = max(step != 0 ? log2(step) : channel.count == 2 ? 0 : <i32>channel.spread, log2(<u32>max(1, size(channel.centre))) - FINEST);
  return ((((<i32>channel.exponent + LOWEST) << 10) + spread) >> 4) | (channel.pace == 0 && step == 0 ? UNVARIED : 0);
}

// @ts-ignore: decorator
@inline
function unitOf(scale: i32): i32 {
  return ((scale & OCTAVES) >> 6) - LOWEST - SPREAD_BITS;
}

/** A value in units 2^by times as small, saturated. */
function refined(value: i32, by: i32): i32 {
  if (by <= 0) return value >> min(-by, 31);
  const most = VALUE_LIMIT >> min(by, 31);
  return value > most ? VALUE_LIMIT : value < -most ? -VALUE_LIMIT : value << by;
}

// @ts-ignore: decorator
@inline
function isWide(scale: i32, kept: i32): bool {
  return (scale & DECADES) != 0 || size(kept) >= FAR_OFF;
}

// @ts-ignore: decorator
@inline
function keptCentre(index: i32): i32 {
  return load<i32>(anchorCentres + (<usize>index << 2));
}

/** Takes the anchor of an input in hand. */
function hold(index: i32): void {
  const scale = scaleAt(index);
  unit = unitOf(scale);
  octaves = (SPREAD_BITS << 10) + ((scale & OCTAVES & 63) << 4);
  const kept = keptCentre(index);
  wide = isWide(scale, kept);
  centre = wide ? refined(kept, CENTRE_BITS) : kept << CENTRE_BITS; // one that is not far off fits as it is
}

/** T of a size in units, Q6, for a spread of 2^(octaves / 1024) of them. In 32 bits: a Cortex-M0+ has no others. */
function counted(size: u32, octaves: i32): i32 {
  if (size == 0) return 0;
  const octave = octaves >> 10;
  if (size >> min(octave + 2, 31) == 0) { // within four spreads
    const by = octave - 12;
    const scaled = by >= 0 ? size >> min(by, 31) : size << -by; // below 2^14
    const t = <i32>((scaled * exp2Negative(<u32>(octaves & 1023)) + (1 << 21)) >> 22);
    if (t <= LINEAR) return t;
  }
  return LINEAR + ((max(0, log2(size) - octaves - OCTAVES_OF_LINEAR) * PER_OCTAVE) >> 16);
}

/** The size in units that T stands for. */
function sizeOf(t: i32, octaves: i32): i32 {
  if (t == 0) return 0;
  const apart = octaves + (t <= LINEAR ? log2(<u32>t) - 6144 : OCTAVES_OF_LINEAR + (((t - LINEAR) * PER_STEP) >> 10));
  return apart < 0 ? 0 : <i32>exp2(min(apart, 28 << 10));
}

/** log2 of the finest size that counts on the inner side, Q10. */
// @ts-ignore: decorator
@inline
function inner(): i32 {
  return max(0, log2(<u32>size(centre)) - INNER);
}

/** A value in units as the anchor in hand codes it, within +-2047 (Q6). */
function coordinate(value: i32): i32 {
  if (wide && centre != 0) {
    const half = size(centre) >> 1;
    const inward = centre < 0 ? -value : value;
    if (inward < half) {
      const finest = inner();
      const toZero = counted(half, finest);
      const fromZero = counted(size(inward), finest);
      const t = min(ACTIVITY_LIMIT, counted(size(centre) - half, octaves) + ((inward < 0 ? toZero + fromZero : toZero - fromZero) >> 1));
      return centre < 0 ? t : -t;
    }
  }
  const difference = value - centre;
  const t = min(ACTIVITY_LIMIT, counted(size(difference), octaves));
  return difference < 0 ? -t : t;
}

/** The value that a coordinate stands for. */
function valueOf(t: i32): i32 {
  const far = size(t);
  if (wide && centre != 0 && t < 0 != centre < 0) {
    const half = size(centre) >> 1;
    const toHalf = counted(size(centre) - half, octaves);
    if (far > toHalf) {
      const finest = inner();
      const fromZero = counted(half, finest) - ((far - toHalf) << 1);
      const value = min(VALUE_LIMIT, sizeOf(size(fromZero), finest));
      return fromZero < 0 == centre < 0 ? value : -value;
    }
  }
  const difference = sizeOf(far, octaves);
  return clamp(centre + (t < 0 ? -difference : difference), -VALUE_LIMIT, VALUE_LIMIT);
}

/** A coordinate of the anchor in hand as eighths of a place, Q7 of two spreads, within 127 places; and back. */
function squeezed(t: i32): i32 {
  const beyond = size(t) - KNEE;
  const kept = !wide || beyond <= 0 ? t : t < 0 ? -KNEE - ((beyond * 3) >> 3) : KNEE + ((beyond * 3) >> 3);
  return clamp(kept, -1016, 1023);
}

function unsqueezed(eighths: i32): i32 {
  const beyond = size(eighths) - KNEE;
  if (!wide || beyond <= 0) return eighths;
  const t = min(ACTIVITY_LIMIT, KNEE + (beyond << 3) / 3);
  return eighths < 0 ? -t : t;
}

/** That of a standardised input: Q4 of a deviation. */
// @ts-ignore: decorator
@inline
function standardPlace(value: i32): i32 {
  return clamp(value >> 4, -127, 127);
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
      if (fixed) {
        value = <i32>load<i16>(standardised + at);
        place = standardPlace(value);
      } else {
        hold(i);
        value = (scaleAt(i) & UNVARIED) != 0 ? 0 : coordinate(inUnits(bits, unit));
        place = squeezed(value) >> 3;
      }
    }
    store<i16>(places + at, <i16>place);
    if (fresh != 0) store<i16>(fresh + at, <i16>value);
  }
  for (let i = inputs; i < padded(inputs, 8); i++) store<i16>(places + (<usize>i << 1), 0);
}

/** A row of stored values, into `places`, as `anchorInput` puts a sample. */
export function placeRow(values: usize): void {
  const inputs = configInputs();
  const fixed = hasFixedScale();
  for (let i = 0; i < padded(inputs, 8); i++) {
    const at = <usize>i << 1;
    let place = 0;
    if (i < inputs) {
      if (!fixed) wide = isWide(scaleAt(i), keptCentre(i));
      const value = <i32>load<i16>(values + at);
      place = fixed ? standardPlace(value) : squeezed(value) >> 3;
    }
    store<i16>(places + at, <i16>place);
  }
}

/** A value that is missing in `fresh` becomes the mean of its channel. */
export function fillMissing(): void {
  for (let i = 0; i < configInputs(); i++) {
    const at = fresh + (<usize>i << 1);
    if (load<i16>(at) != MISSING) continue;
    if (hasFixedScale()) store<i16>(at, 0);
    else {
      const channel = channelAt(i);
      hold(i);
      store<i16>(at, <i16>coordinate(refined(channel.mean, <i32>channel.exponent - unit)));
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
      hold(i);
      value = standardiseValue(channel, refined(valueOf(value), unit - <i32>channel.exponent), clip);
    }
    store<i16>(standardised + at, <i16>value);
  }
}

/** True if the anchor of an input may stay: that of a channel that has just started anew does until it varies. */
function isNear(index: i32): bool {
  const channel = channelAt(index);
  if (channel.pace == 0 && channel.count != 2 && (scaleAt(index) & UNVARIED) == 0) return true;
  const off = scaleNow(channel) - scaleAt(index);
  if (off > NEAR || off < -NEAR) return false;
  hold(index);
  return <u32>size(refined(channel.centre, <i32>channel.exponent - unit) - centre) <= exp2(octaves);
}

/** True if a channel that had not varied when its anchor was made does now, or one hurries that never did. */
function hasWoken(index: i32): bool {
  const channel = channelAt(index);
  const scale = scaleAt(index);
  if ((scale & DECADES) == 0 && isHurrying(channel)) return true;
  return (scale & UNVARIED) != 0 && (channel.pace != 0 || firstStep(channel) != 0);
}

/** The anchor that was replaced last. */
let thenUnit: i32 = 0;
let thenOctaves: i32 = 0;
let thenCentre: i32 = 0;
let thenWide: bool = false;
/** The former and the present place of 0, as coordinates and as places; MISSING in a channel that had not varied. A stored value at the former place stands for 0. */
export let formerZero: i32 = 0;
export let presentZero: i32 = 0;
export let formerZeroPlace: i32 = 0;
export let presentZeroPlace: i32 = 0;

/** The anchor of an input becomes its channel as it is now; `carried` is for what is stored of it. */
export function moveAnchor(index: i32): void {
  const channel = channelAt(index);
  const before = scaleAt(index);
  const varied = (before & UNVARIED) == 0;
  hold(index);
  const zero = coordinate(0);
  formerZero = varied ? zero : MISSING;
  formerZeroPlace = varied ? squeezed(zero) >> 3 : MISSING;
  swap();
  const scale = (scaleNow(channel) & ~DECADES) | (before & DECADES) | i32(isHurrying(channel));
  const by = <i32>channel.exponent - unitOf(scale) - CENTRE_BITS;
  store<u16>(anchorScales + (<usize>index << 1), <u16>scale);
  store<i32>(anchorCentres + (<usize>index << 2), by >= 0 ? channel.centre << by : channel.centre >> min(-by, 31));
  hold(index);
  presentZero = coordinate(0);
  presentZeroPlace = squeezed(presentZero) >> 3;
}

/** The anchor in hand and the one before change places. */
function swap(): void {
  let kept = unit;
  unit = thenUnit;
  thenUnit = kept;
  kept = octaves;
  octaves = thenOctaves;
  thenOctaves = kept;
  kept = centre;
  centre = thenCentre;
  thenCentre = kept;
  const was = wide;
  wide = thenWide;
  thenWide = was;
}

/** A coordinate of the anchor that `moveAnchor` has just replaced, in the new one. */
export function carried(t: i32): i32 {
  swap();
  const value = valueOf(t);
  swap();
  return coordinate(refined(value, thenUnit - unit));
}

/** The same of a place with three bits more. */
export function carriedPlace(eighths: i32): i32 {
  swap();
  const t = unsqueezed(eighths);
  swap();
  return squeezed(carried(t));
}
