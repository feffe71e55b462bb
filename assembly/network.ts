// The stack of layers: create, predict, learn.

import {
  FLAG_SKIP_INPUT, Layer, activity, arena, arenaBytes, bitsOf, configFlags, configInputs, configLabels, configLayers, configMargin,
  configRate, configSeed, configUnits, header, isWide, lay, layerAt, padded, scores, standardised,
  anchorCentres, usualCounts,
} from "./layout";
import { isLocal } from "./fields/geometry";
import { best, hasUsualVotes, sharpen } from "./certainty";
import { anchorInput, isStale, lookNow, moveAnchor, placeRow } from "./anchor";
import { carryUsuals, isUsual, layReciprocals, measureSpans, moveUsual, settleUsual } from "./familiar";
import { countVotes, tells, uncountVotes, vote } from "./votes";
import { moveCount, weighLabels } from "./frequency";
import { correct, handOn, sense } from "./layer";
import { sweepShift } from "./kernels/sweep";
import { gaussian, seedRandom } from "./random";
import { resetNormaliser, standardiseInput } from "./normaliser";
import { rehearses } from "./rate";
import { WIDE_FRACTION, clamp, squareRoot } from "./fixed";
import { followWindow } from "./fields/patches";
import { followValues, forgetDirection, resetFactors } from "./decorrelate";

/** i8 weights of wide layers are small: one fraction bit more (6 bits are best on sensor streams, 7 on images). */
const WIDE: i32 = 256;

/** Constants of a layer's arithmetic. */
export function derive(layer: Layer, bits: i32): void {
  layer.fraction = bits == 16 ? WIDE_FRACTION : layer.inputs < WIDE ? 6 : 7;
  // n * 2^16 shifted into [2^15, 2^16); less for one to three inputs, so that no change of a weight can pass 16 bits
  layer.lengthShift = max(3, 32 - <i32>clz(<u32>layer.inputs));
  layer.updateShift = 20 + layer.lengthShift - layer.fraction;
  if (ASC_FEATURE_SIMD) layer.sweepShift = sweepShift(layer.updateShift, bits != 8);
  layer.reciprocal = (<u64>1 << 32) / <u64>layer.units;
}

/** Weights N(0, 1/n), gates N(0, 1), biases 0. */
function draw(layer: Layer): void {
  const wide = isWide(layer);
  const root = <i32>squareRoot(<u32>layer.inputs << 16); // Q8
  for (let row = 0; row < layer.units; row++) {
    for (let column = 0; column < layer.stride; column++) {
      if (!isColumn(layer, column)) continue;
      const twice = (gaussian() << (layer.fraction - 4)) / root; // Q(fraction + 1)
      const weight = (twice + 1) >> 1;
      const at = row * layer.stride + column;
      if (wide) store<i16>(layer.weights + (<usize>at << 1), <i16>weight);
      else store<i8>(layer.weights + <usize>at, <i8>clamp(weight, -127, 127));
    }
  }
  for (let c = 0; c < configLabels(); c++) drawGates(layer, c);
}

/** A label's gates, N(0, 1). */
export function drawGates(layer: Layer, label: i32): void {
  for (let j = 0; j < layer.lanes; j++) {
    const gate = j < layer.units ? gaussian() >> 5 : -32767;
    store<i16>(layer.gates + (<usize>(label * layer.lanes + j) << 1), <i16>gate);
  }
}

/** True if a column carries an input; the others are padding between and after the two parts of a layer's input. */
function isColumn(layer: Layer, column: i32): bool {
  if (isDefined(LOCAL_FIELDS) && isLocal(layer)) return column < layer.inputs;
  const skipped = layer != layerAt(0) && (configFlags() & FLAG_SKIP_INPUT) != 0 ? configInputs() : 0;
  const own = layer.inputs - skipped;
  const start = padded(own, 8);
  return column < own || (column >= start && column < start + skipped);
}

export function create(): void {
  lay(false);
  assert(arena + arenaBytes <= <usize>memory.size() << 16, "memory too short: grow it to arena() + plan() bytes before create()");
  for (let at: usize = 0; at < arenaBytes; at += 8) store<u64>(arena + at, 0);
  lay(true);
  header.rate = configRate();
  header.boost = 0x10000;
  header.labels = configLabels();
  seedRandom(configSeed());
  resetNormaliser();
  if (isDefined(SECOND_ORDER)) resetFactors();
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    derive(layer, bitsOf(l));
    draw(layer);
  }
}

function clearScores(): void {
  for (let c = 0; c < header.labels; c++) store<i32>(scores + (<usize>c << 2), 0);
}

/** Scores of the raw input; changes nothing that is learned. */
export function predict(): i32 {
  look();
  countVotes();
  return best();
}

/** Scores of the raw input, without votes. */
export function look(): void {
  standardiseInput(false);
  compare();
  answer();
}

/** Holds the sample against what every label usually is. */
function compare(): void {
  if (usualCounts == 0) return;
  layReciprocals();
  anchorInput();
  if (hasUsualVotes()) vote();
}

/** Compares a stored sample with what every label usually is. */
export function compareStored(values: usize): void {
  layReciprocals();
  placeRow(values);
  vote();
}

/** Holds a sample of `label` against that, and then takes it in. */
export function takeUsual(label: i32): void {
  compare();
  settleUsual(label);
}

/** Scores of the standardised input, without votes. */
export function answer(): void {
  clearScores();
  const count = configLayers();
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    sense(layer, l == 0 ? standardised : activity);
    if (l + 1 < count) handOn(layer, layerAt(l + 1));
  }
}

/** One step: standardiser, then layer by layer predict and correct. Returns how many layers were updated. */
export function learn(label: i32): i32 {
  standardiseInput(true);
  renewAnchors();
  const telling = usualCounts == 0 || tells(label, isUsual(label));
  if (usualCounts != 0) takeUsual(label);
  if (isDefined(SECOND_ORDER)) followInputs(0, standardised);
  weighLabels(label);
  const updated = correctLayers(label);
  if (telling) hear(label, true);
  header.seen++;
  header.boost -= (header.boost + 255) >> 8;
  return updated;
}

/** The factor of what layer `index` sees, if there is one, follows it. */
// @ts-ignore: decorator
@inline
export function followInputs(index: i32, values: usize): void {
  if (isDefined(LOCAL_FIELDS) && isLocal(layerAt(index))) followWindow(index, values);
  else followValues(index, values);
}

/** A sample that tells moves how sure answers may be. A stored one moves only what votes are worth. Both by the scores from before it was learned. */
export function hear(label: i32, isNew: bool): void {
  countVotes();
  sharpen(label, isNew);
  uncountVotes();
}

/** Renews the anchors that have come too far from their channels, and carries over what is kept in them. */
function renewAnchors(): void {
  if (anchorCentres == 0) return;
  const which = lookNow();
  let moved = false;
  for (let i = 0; i < configInputs(); i++) {
    if (!isStale(i, which)) continue;
    moveAnchor(i);
    carryUsuals(i);
    moved = true;
  }
  if (moved) measureSpans();
}

/** Layer by layer, predicts the standardised input and corrects. Returns how many layers were updated. */
export function correctLayers(label: i32): i32 {
  if (!ASC_NO_ASSERT) assert(<u32>label < <u32>header.labels, "label out of range: it must be 0 to labels in use - 1");
  clearScores();
  if (isDefined(SECOND_ORDER)) forgetDirection();
  const count = configLayers();
  let updated = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    const inputs = l == 0 ? standardised : activity;
    sense(layer, inputs);
    if (isDefined(SECOND_ORDER) && l != 0 && !rehearses) followInputs(l, activity);
    if (correct(layer, inputs, label, configMargin())) updated++;
    if (l + 1 < count) handOn(layer, layerAt(l + 1));
  }
  header.updates += updated;
  return updated;
}

/** Takes the next free column of gates into use; its index, or -1 when none is free. */
export function addLabel(): i32 {
  if (header.labels == configLabels()) return -1;
  return header.labels++;
}

/** Gives a column back: the last one in use takes its place, and what becomes free is drawn anew. */
export function removeLabel(label: i32): void {
  const last = --header.labels;
  moveCount(last, label);
  if (usualCounts != 0) moveUsual(last, label);
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    const column = <usize>layer.lanes << 1;
    const to = layer.gates + <usize>label * column;
    const from = layer.gates + <usize>last * column;
    for (let at: usize = 0; at < column; at += 8) store<u64>(to + at, load<u64>(from + at));
    drawGates(layer, last);
  }
}

/** Weights that stand at the limit of their format: clipping is the silent failure of a fixed-point learner. */
export function saturated(): i32 {
  let count = 0;
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    const wide = isWide(layer);
    const size = <usize>(layer.units * layer.stride);
    for (let i: usize = 0; i < size; i++) {
      const weight = wide ? <i32>load<i16>(layer.weights + (i << 1)) : <i32>load<i8>(layer.weights + i);
      const limit = wide ? 32767 : 127;
      if (weight >= limit || weight <= -limit) count++;
    }
  }
  return count;
}
