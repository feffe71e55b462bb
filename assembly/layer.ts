// One label-gated Forward-Forward layer (docs/how-it-learns.md): goodness of every label in one sweep over the weights,
// errors by a softmax over goodness, and the local update. Nothing of a layer is kept once the next has its inputs.

import { ACTIVITY_LIMIT, ENERGY_LIMIT, evenNormalisation, exp2Negative, scaled, squareRoot } from "./fixed";
import {
  FLAG_SELF_RATE, Layer, activity, configAlpha, configFlags, configGateDivisor, errors, goodness, header,
  isWide, pull, preactivation, scores, standardised,
} from "./layout";
import { isLocal } from "./fields/geometry";
import { preactivatePatches, updatePatches } from "./fields/patches";
import { labelEnergy, pullGates } from "./kernels/goodness";
import { preactivate } from "./kernels/forward";
import { product, rectify, scale } from "./kernels/vector";
import { layDither, updateWeights } from "./kernels/update";
import { adaptRate, pace, rehearses } from "./rate";
import { random } from "./random";
import { turned } from "./decorrelate";
import { turnPulls } from "./pulls";
import { FACTOR_SHIFT, stepFactor } from "./step";

/** log2(e) in Q10. */
export const LOG2_E: i32 = 1477;

/** Pre-activations and, for every label, goodness (mean over units of h(c)^2, Q16), added to the scores. */
export function sense(layer: Layer, inputs: usize): void {
  if (isDefined(LOCAL_FIELDS) && isLocal(layer)) preactivatePatches(layer, inputs);
  else preactivate(layer, inputs, preactivation, isWide(layer));
  const labels = header.labels;
  for (let c = 0; c < labels; c++) {
    const g = <i32>((<u64>labelEnergy(layer, c) * layer.reciprocal) >> 32);
    const at = <usize>c << 2;
    store<i32>(goodness + at, g);
    store<i32>(scores + at, load<i32>(scores + at) + g);
  }
}

/** [labels] i16 Q10 octaves that a label starts behind in the softmax, or 0 for none. */
let behind: usize = 0;
export function setHandicaps(table: usize): void {
  behind = table;
}

/** Part of the sharpness that the softmax of learning has, Q7; WHOLE but in the sleep of a young memory. */
export const WHOLE: i32 = 128;
let part: i32 = 128; // a literal: a core that never softens has no trace of it
export function soften(to: i32): void {
  part = to;
}

/** log2(e) alpha in Q10: octaves of the softmax per unit of goodness. */
// @ts-ignore: decorator
@inline
export function fullSharpness(): i32 {
  return (configAlpha() * LOG2_E) >> 8;
}

/** Labels from which on there are many. */
const MANY: i32 = 16;

/**
 * 1 + (labels - 16) / 128 in Q7, and 1 for 16 labels or fewer. Gates learn faster and the softmax is softer by this: a label of many comes rarely, so its own gates must
 * learn more from each sample, and whom it is taken for matters more than how surely. 200 Gaussian classes, 60 samples each: 64-64 units 80.4 and
 * 77.3 % become 90 and 88, 128-128 89.0 and 88.1 become 91 and 92; letter (26 labels) and outdoor (40) stay within 0.2.
 */
// @ts-ignore: decorator
@inline
function crowd(labels: i32): i32 {
  return 128 - MANY + max(labels, MANY);
}

/** e(c) = [c = label] - p(c) in Q15, p = softmax_c(sharpness g(c)) with handicaps, into `errors`; returns e(label) = 1 - p(label), of a number the greatest |e|. */
export function judge(label: i32, sharpness: i32): i32 {
  const labels = header.labels;
  let best = load<i32>(goodness);
  for (let c = 1; c < labels; c++) best = max(best, load<i32>(goodness + (<usize>c << 2)));
  let lead: u32 = u32.MAX_VALUE;
  for (let c = 0; c < labels; c++) {
    const at = <usize>c << 2;
    let octaves = <u32>min<u64>((<u64>(best - load<i32>(goodness + at)) * sharpness) >> 16, 0x7fff);
    if (behind != 0) octaves += <u32>load<i16>(behind + (at >> 1));
    store<u16>(errors + (at >> 1), <u16>octaves);
    lead = min(lead, octaves);
  }
  let total: u32 = 0;
  for (let c = 0; c < labels; c++) {
    const at = errors + (<usize>c << 1);
    const likelihood = exp2Negative(<u32>load<u16>(at) - lead);
    store<u16>(at, <u16>likelihood);
    total += likelihood;
  }
  // total lies in [2^16, 2^24]: a 16-bit reciprocal of its 17 leading bits
  total = max<u32>(total, 0x10000);
  const by = 15 - <i32>clz(total);
  const reciprocal = min<u32>(0xffffffff / (total >> by), 0xffff);
  for (let c = 0; c < labels; c++) {
    const at = errors + (<usize>c << 1);
    const p = <i32>((<u32>load<u16>(at) * reciprocal) >> (17 + by));
    store<i16>(at, <i16>(isDefined(NUMBERS) ? sharedBy(c, label) - p : c == label ? 32767 - p : -p));
  }
  return isDefined(NUMBERS) ? greatestError(labels) : <i32>load<i16>(errors + (<usize>label << 1));
}

/** Learns from the sample whose `sense` has just run; false when the layer is confident already. */
export function correct(layer: Layer, inputs: usize, label: i32, margin: i32): bool {
  const many = crowd(header.labels);
  let sharpness = (fullSharpness() << 7) / many;
  if (part != WHOLE) sharpness = (sharpness * part) >> 7;
  if (judge(label, sharpness) < margin && part == WHOLE) return false; // softened, every sample teaches
  const etaAlpha = pace(layer);
  if (!ASC_NO_ASSERT) assert(configGateDivisor() >= 4, "gate divisor below 4: error x gate rate would pass 31 bits");
  if (isDefined(SECOND_ORDER)) inputs = turned(layer, inputs);
  pullGates(layer, header.labels, min(((etaAlpha << 3) / configGateDivisor() * many) >> 7, 0xffff), random());
  if (isDefined(SECOND_ORDER)) turnPulls(layer);

  if (isDefined(LOCAL_FIELDS) && isLocal(layer)) {
    updatePatches(layer, inputs, etaAlpha);
  } else {
    const factor = stepFactor(layer, inputs, etaAlpha);
    layDither(layer, inputs, random());
    updateWeights(layer, inputs, pull, factor, FACTOR_SHIFT, random(), isWide(layer));
  }
  if ((configFlags() & FLAG_SELF_RATE) != 0 && !rehearses) adaptRate(layer, inputs);
  return true;
}

/** Inputs of the layer after `layer`: neutral activity scaled to RMS 1, then (when skipped) the standardised sample. */
export function handOn(layer: Layer, next: Layer): void {
  const lanes = layer.lanes;
  rectify(activity, preactivation, lanes);
  const meanSquare = (<u64>product(activity, activity, ENERGY_LIMIT, lanes) * layer.reciprocal) >> 24; // Q24
  let inverse: u32 = 0;
  let shift = 1;
  if (meanSquare != 0) {
    const by = evenNormalisation(meanSquare);
    inverse = min<u32>(0x40000000 / squareRoot(scaled(meanSquare, by)), 0x7fff);
    shift = 18 - (by >> 1);
  }
  scale(activity, <i32>inverse, shift, ACTIVITY_LIMIT, lanes);
  for (let i = lanes; i < next.stride; i += 4) {
    store<u64>(activity + (<usize>i << 1), load<u64>(standardised + (<usize>(i - lanes) << 1)));
  }
}

/** The label before takes so much of a target, Q15, where that is a number between two bins (regressor/bins.ts). */
let shared: i32 = 0;
export function shareTarget(part: i32): void {
  shared = part;
}

// @ts-ignore: decorator
@inline
function sharedBy(c: i32, label: i32): i32 {
  return c == label ? 32767 - shared : c == label - 1 ? shared : 0;
}

function greatestError(labels: i32): i32 {
  let greatest = 0;
  for (let c = 0; c < labels; c++) {
    const error = <i32>load<i16>(errors + (<usize>c << 1));
    greatest = max(greatest, error < 0 ? -error : error);
  }
  return greatest;
}
