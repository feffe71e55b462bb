// How far targets lie from their predictions: a tenth below, a tenth above. Each distance grows by 9 parts of itself when a target lies beyond it, and
// shrinks by one when it does not. Since the parts are its own, a tenth are beyond in the long run whatever the errors do; with steps in the scale of the mean error,
// which is larger where targets are beyond, 16 to 14 % were, in place of 20, on streams with spikes.

import { clamp } from "../fixed";
import { interval } from "./layout";

/** A deviation, Q20. */
export const WIDTH_AT_FIRST: i32 = 1 << 20;
/** A 4096th of a deviation, and 32 of them. */
const NARROWEST: i32 = 1 << 8;
const WIDEST: i32 = 1 << 25;
/** Targets learned that move it by 16ths, later by 128ths. */
const QUICK: i32 = 64;

/** `miss` is the target less the prediction, Q12. */
export function followInterval(miss: i32): void {
  const shift = interval.learned < QUICK ? 4 : 7;
  interval.below = followed(interval.below, -miss, shift);
  interval.above = followed(interval.above, miss, shift);
}

function followed(distance: i32, miss: i32, shift: i32): i32 {
  const part = distance >> shift;
  return clamp(distance + (miss << 8 > distance ? 9 * part : -part), NARROWEST, WIDEST);
}
