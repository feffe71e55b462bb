// The rate that finds itself: per layer, a multiplier in [0.4, 2.5] moved by the sign of the agreement of successive updates.
//
// An update is the rank-1 matrix r z', bias included, so its agreement with the recent past is (r . rbar)(z . zbar + 1): no
// memory of the size of the weights. rbar and zbar are low-passed by 1/32. A start boost doubles the rate and fades in 256 samples.
// (Sign-sign form of hypergradient descent, Baydin et al. 2018, on one scalar per layer.)

import { ACTIVITY_LIMIT, clamp, exp2Negative } from "./fixed";
import { FLAG_SELF_RATE, Layer, configAlpha, configFlags, header, pull } from "./layout";
import { wholeInput } from "./fields/geometry";
import { follow } from "./kernels/vector";

/** ln 2.5 in steps of 1/256; ln 0.4 is its negative. */
const LOG_LIMIT: i32 = 235;
/** log2(e) in Q8: from steps of 1/256 of a natural logarithm to Q10 octaves, after a shift by 6. */
const OCTAVE: i32 = 369;
/** The pull counts for agreement up to +-2.0 (Q10). */
const PULL_LIMIT: i32 = 2047;

/** True if the start boost applies without the self-finding rate too: the continual learner's answer to a drift alarm. */
let alwaysBoosts: bool = false;
export function boostAlways(): void {
  alwaysBoosts = true;
}

/** While stored samples are learned again, the multiplier counts as 1 and stays as it is: they say nothing of how the stream goes on. */
export let rehearses: bool = false;
export function setRehearsing(on: bool): void {
  rehearses = on;
}

/** eta alpha of a layer in Q12, multiplier and start boost included; at most 8.0. */
export function pace(layer: Layer): i32 {
  let value = <i64>header.rate * configAlpha() >> 12;
  if ((configFlags() & FLAG_SELF_RATE) != 0) {
    // 2^(log * log2(e) / 256), taken as 4 * 2^-(2 - exponent)
    let octaves = (load<i32>(layer.logRate) * OCTAVE) >> 6;
    if (rehearses) octaves = min(octaves, 0);
    value = (value * exp2Negative(<u32>(2048 - octaves))) >> 14;
  }
  if (alwaysBoosts || (configFlags() & FLAG_SELF_RATE) != 0) value += (value * header.boost) >> 16;
  return <i32>min<i64>(value, 0x7fff);
}

/** Moves the multiplier by the agreement of this update (`pull` and `inputs`) with the recent past, and lets the past follow. */
export function adaptRate(layer: Layer, inputs: usize): void {
  const pulls = follow(layer.meanPull, pull, PULL_LIMIT, 3, layer.lanes); // Q23
  const columns = follow(layer.meanInputs, inputs, ACTIVITY_LIMIT, 4, isDefined(LOCAL_FIELDS) ? wholeInput(layer) : layer.stride) + (1 << 20); // Q20, the bias is the 1
  let move = 0;
  if (pulls != 0 && columns != 0) move = pulls > 0 == columns > 0 ? 1 : -1;
  store<i32>(layer.logRate, clamp(load<i32>(layer.logRate) + move, -LOG_LIMIT, LOG_LIMIT));
}
