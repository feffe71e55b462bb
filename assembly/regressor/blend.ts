// From several predictions to one, step by step: each step goes a share g of the way from what it has to another prediction, where g is the slope that would
// have been best lately (running sums over about 1,024 samples).
//
//   g = sum (t - a)(b - a) / sum (b - a)^2,  within `least` to 1;  a + g (b - a)
//
// In turn to the linear prediction, to the last known target, and by its last known error. A share needs no setting: where persistence is best, the second comes to 1, where the
// errors are independent the third comes to 0. |b - a| < 2^17: sums stay below 2^10 x 2^34, and 15 bits more fit 64.
//
// The interval: of t - prediction the running quantiles 10 and 90 %, by steps of 9 : 1 in the scale of the mean error; it is never empty.

import { clamp } from "../fixed";
import { header } from "../layout";
import { Blend, Interval } from "./layout";

const ONE: i64 = 32768;
const MEMORY: i64 = 10;
/** A first difference: 1/1000, Q24. */
export const FIRST_DIFFERENCE: i64 = 16384;

export function blended(blend: Blend, one: i32, other: i32, least: i64): i32 {
  const share = max(least, min(ONE, (blend.agreement << 15) / blend.difference));
  return one + <i32>((share * (other - one) + 0x4000) >> 15);
}

export function followBlend(blend: Blend, one: i32, other: i32, t: i32): void {
  const way = <i64>(other - one);
  blend.agreement += way * (t - one) - (blend.agreement >> MEMORY);
  blend.difference += way * way - (blend.difference >> MEMORY);
}

/** Steps of a quantile are of the mean error so many bits less: 6 and 8 at first. */
const QUICK: u64 = 100;

export function followInterval(interval: Interval, miss: i32): void {
  const size = miss < 0 ? -miss : miss;
  interval.error += ((size << 8) - interval.error) >> (header.seen < QUICK ? 4 : 6);
  const step = max(1, interval.error >> (header.seen < QUICK ? 14 : 16)); // Q12, a 64th and a 256th of the mean error
  interval.low = clamp(interval.low + (miss < interval.low ? -9 * step : step), -WIDEST, WIDEST);
  interval.high = clamp(interval.high + (miss > interval.high ? 9 * step : -step), -WIDEST, WIDEST);
}

const WIDEST: i32 = 1 << 17;
