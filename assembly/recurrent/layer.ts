// One layer of a recurrent network: it sees the layer below (or the sample) and the state of the layer above, both without a label; the label is a gate,
// as in ../layer.ts, so that all labels share every product.
//
// Overflow. Either part of a pre-activation is within +-8191, their sum within 16 bits. Pulls are within +-8191; summed over iterations they saturate at
// 16 bits, and a fourth of that is within +-8192, as a pull is.

import { ACTIVITY_LIMIT, ENERGY_LIMIT, clamp } from "../fixed";
import {
  Layer, configGateDivisor, configMargin, errors, goodness, header, isWide, preactivation, pull, scores, standardised,
} from "../layout";
import { fullSharpness, judge } from "../layer";
import { preactivate } from "../kernels/forward";
import { labelEnergy, pullGates } from "../kernels/goodness";
import { listLive } from "../kernels/live";
import { layDither, updateWeights } from "../kernels/update";
import { normalise, product, rectify } from "../kernels/vector";
import { pace } from "../rate";
import { random } from "../random";
import { Loop, configStateDrop, fromAbove, loopAt, pulls, still } from "./layout";

/** Right shift of pull x factor in an update, as in ../layer.ts; two less where pulls were summed and are Q8. */
const FACTOR_SHIFT: i32 = 13;
/** A state keeps 0.3 of itself and takes 0.7 of the new activity (the paper's damping), Q15. */
const KEPT: i32 = 9830;
const TAKEN: i32 = 32768 - KEPT;

/** a_j = sum_i W_ji z_i + b_j from below, into `output`. */
export function senseBelow(layer: Layer, below: usize, output: usize): void {
  preactivate(layer, below, output, isWide(layer));
}

/** `preactivation` = `below` + what the layer above adds, U z + c; saturated. */
export function addAbove(loop: Loop, above: usize, below: usize): void {
  preactivate(loop, above, fromAbove, isWide(loop));
  const bytes = <usize>loop.lanes << 1;
  if (ASC_FEATURE_SIMD) {
    const high = i16x8.splat(<i16>ENERGY_LIMIT);
    const low = i16x8.splat(<i16>-ENERGY_LIMIT);
    for (let at: usize = 0; at < bytes; at += 16) {
      const sum = i16x8.add(v128.load(below + at), v128.load(fromAbove + at));
      v128.store(preactivation + at, i16x8.max_s(low, i16x8.min_s(high, sum)));
    }
  } else {
    for (let at: usize = 0; at < bytes; at += 2) {
      const sum = <i32>load<i16>(below + at) + <i32>load<i16>(fromAbove + at);
      store<i16>(preactivation + at, <i16>clamp(sum, -ENERGY_LIMIT, ENERGY_LIMIT));
    }
  }
}

/** Goodness of every label from `preactivation`, Q16; added to the scores where it counts. */
export function senseLabels(layer: Layer, counts: bool): void {
  const labels = header.labels;
  for (let c = 0; c < labels; c++) {
    const g = <i32>((<u64>labelEnergy(layer, c) * layer.reciprocal) >> 32);
    const at = <usize>c << 2;
    store<i32>(goodness + at, g);
    if (counts) store<i32>(scores + at, load<i32>(scores + at) + g);
  }
}

/** The layer's state is max(0, a). */
export function startState(loop: Loop, preactivations: usize): void {
  rectify(loop.state, preactivations, loop.lanes);
}

/** s_j = 0.3 s_j + 0.7 max(0, a_j), rounded. */
export function moveState(loop: Loop): void {
  const bytes = <usize>loop.lanes << 1;
  const state = loop.state;
  if (ASC_FEATURE_SIMD) {
    const zero = i16x8.splat(0);
    const shares = i32x4.splat(KEPT | (TAKEN << 16));
    const half = i32x4.splat(1 << 14);
    for (let at: usize = 0; at < bytes; at += 16) {
      const s = v128.load(state + at);
      const h = i16x8.max_s(zero, v128.load(preactivation + at));
      const low = i32x4.dot_i16x8_s(v128.shuffle<i16>(s, h, 0, 8, 1, 9, 2, 10, 3, 11), shares);
      const high = i32x4.dot_i16x8_s(v128.shuffle<i16>(s, h, 4, 12, 5, 13, 6, 14, 7, 15), shares);
      v128.store(state + at, i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), 15), i32x4.shr_s(i32x4.add(high, half), 15)));
    }
  } else {
    for (let at: usize = 0; at < bytes; at += 2) {
      const s = <i32>load<i16>(state + at);
      const h = max(0, <i32>load<i16>(preactivation + at));
      store<i16>(state + at, <i16>((s * KEPT + h * TAKEN + (1 << 14)) >> 15));
    }
  }
}

/** The neighbours see this in the next iteration: the state scaled to RMS 1; while learning some of it is left out, 16 random bits for each. */
export function showState(loop: Loop, learning: bool): void {
  const seen = loop.seen;
  const lanes = loop.lanes;
  normalise(loop.state, seen, lanes, loop.reciprocal);
  const share = configStateDrop();
  if (!learning || share == 0) return;
  for (let at = seen, end = seen + (<usize>lanes << 1); at < end; at += 4) {
    const bits = random();
    if (<i32>(bits & 0xffff) < share) store<i16>(at, 0);
    if (<i32>(bits >> 16) < share) store<i16>(at, 0, 2);
  }
}

/** Squared length of what stands still in the first layer's input, Q16. */
export function lengthOfSample(layer: Layer): u64 {
  return <u64>product(standardised, standardised, ACTIVITY_LIMIT, layer.stride);
}

/**
 * Half-normalised step: eta alpha / ((|z|^2 + n) / 2) as a factor of a pull, over all n inputs from below and above. States count with their RMS of 1, so
 * that only the first layer's step depends on the sample; `below` is the squared length of what comes from below, Q16.
 */
function stepFactor(layer: Layer, loop: Loop, below: u64, etaAlpha: i32): i32 {
  const divisor = <u32>((below + (<u64>(layer.inputs + 2 * loop.inputs) << 16)) >> (layer.lengthShift + 1));
  return <i32>min<u64>((<u64>(<u32>0x80000000 / divisor) * etaAlpha) >> 12, 0x1ffff);
}

function update(layer: Layer, inputs: usize, pulls: usize, factor: i32, factorShift: i32): void {
  if (ASC_FEATURE_SIMD) listLive(layer, inputs);
  layDither(layer, inputs, random());
  updateWeights(layer, inputs, pulls, factor, factorShift, random(), isWide(layer));
}

/** Learns from what `senseLabels` has just judged: gates, weights from below (of the first layer: later, all iterations at once) and from above. */
export function correct(layer: Layer, index: i32, label: i32): bool {
  if (judge(label, fullSharpness()) < configMargin()) return false;
  const etaAlpha = pace(layer);
  pullGates(layer, header.labels, (etaAlpha << 3) / configGateDivisor(), random());
  const loop = loopAt(index);
  const factor = stepFactor(layer, loop, index == 0 ? sampleLength : <u64>layer.inputs << 16, etaAlpha);
  if (index == 0) addPulls(loop.lanes);
  else update(layer, loopAt(index - 1).seen, pull, factor, FACTOR_SHIFT);
  if (loop.inputs != 0) update(loop, loopAt(index + 1).seen, pull, factor, FACTOR_SHIFT);
  return true;
}

/** The pulls of the first layer in one iteration. */
function addPulls(lanes: i32): void {
  for (let at: usize = 0; at < <usize>lanes << 1; at += 2) {
    const sum = <i32>load<i16>(pulls + at) + <i32>load<i16>(pull + at);
    store<i16>(pulls + at, <i16>clamp(sum, -32767, 32767));
  }
}

let sampleLength: u64 = 0;

/** Before the iterations of a sample to learn. */
export function startPulls(layer: Layer): void {
  sampleLength = lengthOfSample(layer);
  for (let at: usize = 0; at < <usize>layer.lanes << 1; at += 8) store<u64>(pulls + at, 0);
}

/** The sample stood still, so one update with the summed pulls is what one in every iteration would be. */
export function correctStill(layer: Layer): void {
  for (let at: usize = 0; at < <usize>layer.lanes << 1; at += 2) {
    store<i16>(pull + at, <i16>((<i32>load<i16>(pulls + at) + 2) >> 2)); // Q8
  }
  update(layer, standardised, pull, stepFactor(layer, loopAt(0), sampleLength, pace(layer)), FACTOR_SHIFT - 2);
}
