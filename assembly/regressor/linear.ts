// A linear prediction whose weights move along the decorrelated direction d of the sample (../decorrelate.ts), which comes near to least squares at the cost
// of a gradient step.
//
//   l = w z + b,   w += k d,  b += k,   k = rate (t - l) / ((z'd + n) / 2),   rate = 0.1 (1 + 3 boost)
//
// w Q20 within 2^29, z Q8: 512 products are below 2^49. t - l < 2^17.1 and rate <= 0.4 in Q16: their product 2^12 is below 2^44, divided by at least 2^15.
// k d < 2^29 x 2^11.

import { clamp } from "../fixed";
import { configInputs, direction, header, standardised } from "../layout";
import { turnSample } from "../decorrelate";
import { weights } from "./layout";
import { TARGET_LIMIT } from "./target";

/** Q16. */
const RATE: i32 = 6554;
const WEIGHT_LIMIT: i64 = 1 << 29;

/** Q12. */
export function linear(): i32 {
  const inputs = configInputs();
  let sum: i64 = <i64>load<i32>(weights + (<usize>inputs << 2)) << 8;
  for (let i = 0; i < inputs; i++) sum += <i64>load<i32>(weights + (<usize>i << 2)) * load<i16>(standardised + (<usize>i << 1));
  return <i32>max<i64>(-TARGET_LIMIT, min<i64>(TARGET_LIMIT, (sum + 0x8000) >> 16));
}

/** `error` is what was missing, Q12. */
export function moveLinear(error: i32): void {
  const inputs = configInputs();
  const length = <i64>turnSample() + (<i64>inputs << 16);
  const rate = RATE + <i32>((<i64>RATE * 3 * header.boost) >> 16);
  const step = ((<i64>error * rate) << 12) / (length >> 1); // Q24
  for (let i = 0; i < inputs; i++) {
    const at = weights + (<usize>i << 2);
    store<i32>(at, held(load<i32>(at) + ((step * load<i16>(direction + (<usize>i << 1)) + 0x800) >> 12)));
  }
  const bias = weights + (<usize>inputs << 2);
  store<i32>(bias, held(load<i32>(bias) + ((step + 8) >> 4)));
}

// @ts-ignore: decorator
@inline
function held(weight: i64): i32 {
  return <i32>max(-WEIGHT_LIMIT, min(WEIGHT_LIMIT, weight));
}
