// One-pass prediction: a linear softmax over the normalised activities of the layers from `readoutFrom` on, learned online by the delta rule.
// Weights are 16 bits whatever the layers have.
//
// Overflow. Up to 8 layers of 4096 units are 32768 columns: 1024 blocks of 32, whose halves sum to 26 bits in forward.ts.

import { exp2Negative } from "../fixed";
import { LOG2_E } from "../layer";
import { scores } from "../layout";
import { layDither, updateWeights } from "../kernels/update";
import { preactivate } from "../kernels/forward";
import { random } from "../random";
import { stepFactor } from "./layer";
import { configLabels, configReadoutDrop, errors, features, header, logits, readout } from "./layout";

/** Errors are Q13, four bits more than the pull of a layer. */
const FACTOR_SHIFT: i32 = 16;

/** A logit for every label, Q8, from `features`; and Q16 into `scores`. */
export function senseReadout(): void {
  preactivate(readout, features, logits, true);
  for (let c = 0; c < configLabels(); c++) store<i32>(scores + (<usize>c << 2), <i32>load<i16>(logits + (<usize>c << 1)) << 8);
}

/** e(c) = [c = label] - softmax_c(logits), Q13, into `errors`. */
function judge(label: i32): void {
  const labels = configLabels();
  let best = i32.MIN_VALUE;
  for (let c = 0; c < labels; c++) best = max<i32>(best, load<i16>(logits + (<usize>c << 1)));
  let total: u32 = 0;
  for (let c = 0; c < labels; c++) total += likelihood(c, best);
  for (let c = 0; c < labels; c++) {
    const p = <i32>((likelihood(c, best) << 13) / total); // 16 + 13 bits
    store<i16>(errors + (<usize>c << 1), <i16>((c == label ? 8191 : 0) - min(p, 8191)));
  }
}

// @ts-ignore: decorator
@inline
function likelihood(label: i32, best: i32): u32 {
  return exp2Negative(<u32>((best - <i32>load<i16>(logits + (<usize>label << 1))) * LOG2_E) >> 8);
}

/** Zeroes columns by chance, 16 random bits for each: a readout of thousands of activities must not lean on few. */
function dropFeatures(share: i32): void {
  for (let at = features, end = features + (<usize>readout.stride << 1); at < end; at += 4) {
    const bits = random();
    if (<i32>(bits & 0xffff) < share) store<i16>(at, 0);
    if (<i32>(bits >> 16) < share) store<i16>(at, 0, 2);
  }
  senseReadout();
}

/** W_ci += (rate / ((|z|^2 + n) / 2)) e(c) z_i, after `senseReadout`. */
export function learnReadout(label: i32): void {
  if (configReadoutDrop() != 0) dropFeatures(configReadoutDrop());
  judge(label);
  const factor = stepFactor(readout, features, header.readoutRate);
  layDither(readout, features, random());
  updateWeights(readout, features, errors, factor, FACTOR_SHIFT, random(), true);
}
