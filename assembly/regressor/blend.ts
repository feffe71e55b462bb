// From several predictions to one, step by step: each step goes a share g of the way from what it has to another prediction, where g is the slope that would
// have been best lately (running sums over about 1,024 samples).
//
//   g = sum (t - a)(b - a) / sum (b - a)^2,  within `least` to 1;  a + g (b - a)
//
// In turn to the linear prediction, to the last known target, and by its last known error. A share needs no setting: where persistence is best, the second comes to 1, where the
// errors are independent the third comes to 0. |b - a| < 2^17: sums stay below 2^10 x 2^34, and 15 bits more fit 64.

import { Blend } from "./layout";

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
