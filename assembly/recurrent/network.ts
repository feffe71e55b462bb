// A recurrent network: layers that see the layer below and the state of the layer above, for some iterations a sample, all of them at once in each.

import {
  Layer, bitsOf, configLabels, configLayers, header, isWide, layerAt, preactivation, scores, standardised,
} from "../layout";
import { clamp, squareRoot } from "../fixed";
import { gaussian } from "../random";
import { sweepShift } from "../kernels/sweep";
import { standardiseInput } from "../normaliser";
import { best } from "../certainty";
import * as plain from "../network";
import {
  Loop, configCarry, configCountFrom, configIterations, flow, layLoops, loopAt, measure, still,
} from "./layout";
import { addAbove, correct, correctStill, moveState, senseBelow, senseLabels, showState, startPulls, startState } from "./layer";

/** The shifts of a layer's updates; both of its matrices step by the length of both inputs. */
function deriveShifts(layer: Layer, inputs: i32): void {
  layer.lengthShift = max(3, 32 - <i32>clz(<u32>inputs));
  layer.updateShift = 20 + layer.lengthShift - layer.fraction;
  if (ASC_FEATURE_SIMD) layer.sweepShift = sweepShift(layer.updateShift, isWide(layer));
}

/** Top-down weights N(0, 1/(4 n)): what comes from above begins at a fourth of the energy of what comes from below. */
function drawLoop(loop: Loop): void {
  const wide = isWide(loop);
  const root = <i32>squareRoot(<u32>loop.inputs << 16); // Q8
  for (let row = 0; row < loop.units; row++) {
    for (let column = 0; column < loop.inputs; column++) {
      const fourTimes = (gaussian() << (loop.fraction - 4)) / root; // of what is wanted: Q(fraction + 1) of N(0, 1/n)
      const weight = (fourTimes + 2) >> 2;
      const at = <usize>(row * loop.stride + column);
      if (wide) store<i16>(loop.weights + (at << 1), <i16>weight);
      else store<i8>(loop.weights + at, <i8>clamp(weight, -127, 127));
    }
  }
}

export function create(): void {
  measure();
  plain.create();
  layLoops();
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    const loop = loopAt(l);
    deriveShifts(layer, layer.inputs + loop.inputs);
    if (loop.inputs == 0) break;
    plain.derive(loop, bitsOf(l));
    deriveShifts(loop, layer.inputs + loop.inputs);
    drawLoop(loop);
  }
}

/** The next sample starts the states by a pass from below. */
export function reset(): void {
  flow.samples = 0;
}

/** States from one pass from below. */
function rise(learning: bool): void {
  for (let l = 0; l < configLayers(); l++) {
    const loop = loopAt(l);
    if (l > 0) senseBelow(layerAt(l), loopAt(l - 1).seen, preactivation);
    startState(loop, l == 0 ? still : preactivation);
    showState(loop, learning);
  }
}

/** One iteration: every layer senses what its neighbours showed, learns, and moves its state; then all show theirs. Returns layers updated. */
function iterate(label: i32, counts: bool): i32 {
  const count = configLayers();
  const learning = label >= 0;
  let updated = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    const loop = loopAt(l);
    if (l > 0) senseBelow(layer, loopAt(l - 1).seen, preactivation);
    if (l + 1 < count) addAbove(loop, loopAt(l + 1).seen, l == 0 ? still : preactivation);
    senseLabels(layer, counts);
    if (learning && correct(layer, l, label)) {
      updated++;
      if (l == 0) pulled = true;
    }
    moveState(loop);
  }
  for (let l = 0; l < count; l++) showState(loopAt(l), learning);
  return updated;
}

let pulled: bool = false;

/** Looks at the raw input for all iterations; learns unless `label` is -1. Returns how many layer updates there were. */
function watch(label: i32): i32 {
  const learning = label >= 0;
  const first = layerAt(0);
  standardiseInput(learning);
  for (let c = 0; c < configLabels(); c++) store<i32>(scores + (<usize>c << 2), 0);
  senseBelow(first, standardised, still);
  if (configCarry() == 0 || flow.samples == 0) rise(learning);
  else for (let l = 0; l < configLayers(); l++) showState(loopAt(l), learning);
  flow.samples++;
  if (learning) startPulls(first);
  pulled = false;
  let updated = 0;
  for (let t = 1; t <= configIterations(); t++) updated += iterate(label, t >= configCountFrom());
  if (pulled) correctStill(first);
  return updated;
}

/** Scores of the raw input. Where states are carried on they move on. */
export function predict(): i32 {
  watch(-1);
  return best();
}

/** One step; returns how many layer updates there were, at most layers x iterations. */
export function learn(label: i32): i32 {
  if (!ASC_NO_ASSERT) assert(<u32>label < <u32>header.labels, "label out of range: it must be 0 to labels - 1");
  const updated = watch(label);
  header.seen++;
  header.updates += updated;
  return updated;
}

/** Weights, top-down ones too, that stand at the limit of their format. */
export function saturated(): i32 {
  let count = plain.saturated();
  for (let l = 0; l + 1 < configLayers(); l++) {
    const loop = loopAt(l);
    const wide = isWide(loop);
    const limit = wide ? 32767 : 127;
    const size = <usize>(loop.units * loop.stride);
    for (let i: usize = 0; i < size; i++) {
      const weight = wide ? <i32>load<i16>(loop.weights + (i << 1)) : <i32>load<i8>(loop.weights + i);
      if (weight >= limit || weight <= -limit) count++;
    }
  }
  return count;
}
