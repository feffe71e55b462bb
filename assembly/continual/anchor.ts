// Anchored space: inputs standardised by a frozen copy of the normaliser, the anchor. Stored samples must outlive the normaliser's
// changes, and raw values need no fewer than 32 bits; an anchored value is good with 8, 4 or 2.
//
// With mean m and deviation s, an anchored value a becomes the input that the normaliser would make of its raw value now:
//   z = a * s_anchor / s_now + (m_anchor - m_now) / s_now = a * slope + offset
// Anchors are looked at after 1, 2, 4 ... 64, 128, 192 ... samples. A channel's that has become too far from the normaliser is renewed,
// and everything stored is carried over by the same two numbers.

import { ACTIVITY_LIMIT, clamp, squareRoot } from "../fixed";
import { Channel, configClip, configInputs, rawInput, standardised } from "../layout";
import { channelAt, shifted, standardiseRaw } from "../normaliser";
import { highest } from "./codes";
import { anchors, fresh, hasAnchor, hasFixedScale, memory, offsets, slopes } from "./memory";

/** Fraction bits of a slope, and the largest: 16 deviations of now for one of then. */
export const SLOPE: i32 = 11;
const ONE: i32 = 1 << SLOPE;
/** Half a deviation, Q8. */
const HALF: i32 = 128;

// @ts-ignore: decorator
@inline
function anchorAt(index: i32): Channel {
  return changetype<Channel>(anchors + <usize>index * offsetof<Channel>());
}

/** The raw input in anchored space, into `fresh`. */
export function anchorInput(): void {
  if (hasFixedScale()) {
    keepInput();
    return;
  }
  for (let i = 0; i < configInputs(); i++) {
    const value = standardiseRaw(anchorAt(i), load<u32>(rawInput + (<usize>i << 2)), ACTIVITY_LIMIT);
    store<i16>(fresh + (<usize>i << 1), <i16>value);
  }
}

/** The standardised input into `fresh`: what it is in anchored space while the anchor is the normaliser of now. */
export function keepInput(): void {
  for (let i = 0; i < configInputs(); i++) store<i16>(fresh + (<usize>i << 1), load<i16>(standardised + (<usize>i << 1)));
}

/** Slopes and offsets from the anchor to the normaliser as it is now. */
export function relateAnchor(): void {
  if (!hasAnchor()) return;
  for (let i = 0; i < configInputs(); i++) {
    const then = anchorAt(i);
    const now = channelAt(i);
    // deviation = root / 16 * 2^(shift + exponent); inverse = 2^30 / root
    const power = <i32>then.shift + <i32>then.exponent - <i32>now.shift - <i32>now.exponent;
    const ratio = (<u64>then.reserved * <u64>now.inverse) >> 8; // Q22
    const down = 22 - SLOPE - power;
    const slope = down >= 0 ? ratio >> min(down, 63) : ratio << min(-down, 40); // ratio < 2^23
    store<i16>(slopes + (<usize>i << 1), <i16>min<u64>(slope, 0x7fff));

    const apart = <i32>then.exponent - <i32>now.exponent;
    const mean = apart >= 0 ? <i64>then.mean << min(apart, 31) : <i64>then.mean >> min(-apart, 63);
    const difference = <i32>max<i64>(-0x3fffffff, min<i64>(0x3fffffff, mean - now.mean));
    const offset = (shifted(difference, <i32>now.shift) * <i32>now.inverse + 0x20000) >> 18;
    store<i16>(offsets + (<usize>i << 1), <i16>(now.inverse == 0 || then.count == 0 ? 0 : offset)); // a channel with no value yet had no mean: now's stands in
  }
}

/** The input that an anchored row stands for now. */
export function unanchorRow(values: usize): void {
  const count = configInputs();
  if (hasFixedScale()) {
    // what was never outside of the store's range, such as a pixel below 0, is not made by a residual either
    const low = <i32>memory.low;
    const high = min(highest(), ACTIVITY_LIMIT);
    for (let i = 0; i < count; i++) {
      const at = <usize>i << 1;
      store<i16>(standardised + at, <i16>clamp(<i32>load<i16>(values + at), low, high));
    }
    return;
  }
  const clip = min(configClip(), ACTIVITY_LIMIT);
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 1;
    store<i16>(standardised + at, <i16>clamp(carried(<i32>load<i16>(values + at), i), -clip, clip));
  }
}

/** An anchored value of one input as the normaliser would make it now. */
// @ts-ignore: decorator
@inline
export function carried(value: i32, input: i32): i32 {
  const at = <usize>input << 1;
  return ((value * <i32>load<i16>(slopes + at) + (1 << (SLOPE - 1))) >> SLOPE) + <i32>load<i16>(offsets + at);
}

/**
 * A channel whose scale has changed by less than a quarter and whose mean by less than half a deviation keeps its anchor, as slope 1 and
 * offset 0: to round a code again costs half a step. (Renewed after powers of two only, the fan's bands are 72 % right, now 78 %.)
 */
export function holdAnchor(): void {
  if (!hasAnchor()) return;
  for (let i = 0; i < configInputs(); i++) {
    const at = <usize>i << 1;
    const slope = <i32>load<i16>(slopes + at);
    const offset = <i32>load<i16>(offsets + at);
    const near = slope > ONE - (ONE >> 2) && slope < ONE + (ONE >> 2) && offset > -HALF && offset < HALF;
    if (!near) continue;
    store<i16>(slopes + at, <i16>ONE);
    store<i16>(offsets + at, 0);
  }
}

/** The normaliser as it is now becomes the anchor, but for held channels; what is stored must have been carried over before. */
export function dropAnchor(all: bool): void {
  if (!hasAnchor()) return;
  for (let i = 0; i < configInputs(); i++) {
    const at = <usize>i << 1;
    if (!all && <i32>load<i16>(slopes + at) == ONE && load<i16>(offsets + at) == 0) continue;
    const then = anchorAt(i);
    const now = channelAt(i);
    then.mean = now.mean;
    then.variance = now.variance;
    then.inverse = now.inverse;
    then.count = now.count;
    then.shift = now.shift;
    then.exponent = now.exponent;
    then.reserved = <u16>squareRoot(now.variance);
  }
}

