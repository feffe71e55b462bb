// The stack of layers. A pair goes through it layer by layer: both forward passes, then both updates, then both activities are handed on; nothing of
// a layer is kept once the next has its inputs.

import { arena, arenaBytes, isWide, padded, rawInput, scores, standardised } from "../layout";
import { clamp, squareRoot } from "../fixed";
import { normalise } from "../kernels/vector";
import { derive } from "../network";
import { resetNormaliser, standardiseInput } from "../normaliser";
import { gaussian, seedRandom } from "../random";
import { drawWrong, hideLabel, senseLabel, showLabel } from "./labels";
import { activate, followMeans, goodnessOf, groupGoodness, handOn, sense, update } from "./layer";
import {
  FLAG_LABEL_INPUT, FLAG_NORMALISE, FLAG_PAIRWISE, PatchedLayer, configBits, configGoodnessFrom, configInputs, configLabels,
  configLayers, configMargin, configPeers, configRate, configReadoutRate, configSeed, features, free, goodness, has, header, lay, layerAt, negative,
  negativeErrors, negativeInput, positive, positiveErrors, positiveInput, pull, rawNegative, readout,
} from "./layout";
import { negativeError, pairError, positiveError, sign } from "./loss";
import { learnReadout, senseReadout } from "./readout";

/** A unit's running mean activity begins at 0.5, Q12. */
const FIRST_MEAN: i32 = 2048;

/** Weights N(0, 1/n), biases 0. */
function draw(layer: PatchedLayer, labelled: bool): void {
  const wide = isWide(layer);
  const root = <i32>squareRoot(<u32>layer.inputs << 16); // Q8
  const own = labelled ? configInputs() : layer.inputs;
  const start = labelled ? padded(own, 8) : layer.stride;
  const end = labelled ? start + configLabels() : start;
  for (let p = 0; p < layer.patches; p++) {
    const weights = layer.firstWeights + <usize>p * layer.weightBytes;
    for (let row = 0; row < layer.units; row++) {
      for (let column = 0; column < end; column++) {
        if (column >= own && column < start) continue;
        const twice = (gaussian() << (layer.fraction - 4)) / root; // Q(fraction + 1)
        const weight = (twice + 1) >> 1;
        const at = <usize>(row * layer.stride + column);
        if (wide) store<i16>(weights + (at << 1), <i16>weight);
        else store<i8>(weights + at, <i8>clamp(weight, -127, 127));
      }
    }
  }
}

export function create(): void {
  lay(false);
  assert(arena + arenaBytes <= <usize>memory.size() << 16, "memory too short: grow it to arena() + plan() bytes before create()");
  for (let at: usize = 0; at < arenaBytes; at += 8) store<u64>(arena + at, 0);
  lay(true);
  header.rate = configRate();
  header.readoutRate = configReadoutRate();
  seedRandom(configSeed());
  resetNormaliser();
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    derive(layer, configBits());
    layer.reciprocal = (<u64>1 << 32) / <u64>layer.allUnits;
    layer.groupReciprocal = (<u64>1 << 32) / <u64>layer.group;
    draw(layer, l == 0 && has(FLAG_LABEL_INPUT));
    if (configPeers() == 0) continue;
    for (let j = 0; j < layer.allUnits; j++) store<i32>(layer.means + (<usize>j << 2), FIRST_MEAN);
  }
  if (readout.stride != 0) derive(readout, 16);
}

/** The raw input as inputs of the first layer, label columns empty. */
function takeInput(inputs: usize, observing: bool): void {
  standardiseInput(observing);
  const lanes = padded(configInputs(), 8);
  if (has(FLAG_NORMALISE)) {
    normalise(standardised, inputs, lanes, (<u64>1 << 32) / <u64>configInputs());
  } else {
    for (let at: usize = 0; at < <usize>lanes << 1; at += 4) store<u32>(inputs + at, load<u32>(standardised + at));
  }
  if (has(FLAG_LABEL_INPUT)) hideLabel(inputs);
}

function takeNegative(): void {
  for (let i: usize = 0; i < <usize>configInputs() << 2; i += 4) store<u32>(rawInput + i, load<u32>(rawNegative + i));
  takeInput(negativeInput, false);
}

/** Activities of a layer for `inputs`; in the first one `label` (-1: none) is shown in its columns from here on. */
function senseLayer(index: i32, inputs: usize, label: i32, output: usize): void {
  const layer = layerAt(index);
  if (index == 0 && has(FLAG_LABEL_INPUT)) {
    sense(layer, inputs, free);
    senseLabel(layer, free, label, output);
    showLabel(inputs, label);
  } else {
    sense(layer, inputs, output);
    activate(layer, output);
  }
}

// @ts-ignore: decorator
@inline
function noted(index: i32, side: i32, value: i32): i32 {
  store<i32>(goodness + (<usize>(side * configLayers() + index) << 2), value);
  return value;
}

/** Notes how wrong a group was; 0 where that is too little to learn from. */
// @ts-ignore: decorator
@inline
function noteError(errors: usize, group: i32, error: i32): i32 {
  const counted = error < configMargin() ? 0 : error;
  store<i32>(errors + (<usize>group << 2), counted);
  return counted;
}

/** One side's update where a group was wrong enough; 1 or 0. */
function correct(layer: PatchedLayer, inputs: usize, activities: usize, errors: usize, wrong: i32, isPositive: bool): i32 {
  const peers = isPositive && configPeers() != 0;
  if (peers) followMeans(layer, activities);
  if (wrong == 0) return 0;
  update(layer, inputs, activities, errors, isPositive ? sign() : -sign(), peers);
  return 1;
}

function correctPair(layer: PatchedLayer): i32 {
  let up = 0;
  let down = 0;
  for (let k = 0; k < layer.groups; k++) {
    const ofPositive = groupGoodness(layer, positive, k);
    const ofNegative = groupGoodness(layer, negative, k);
    if (has(FLAG_PAIRWISE)) {
      // where both sides are the same, as where the mask left all of an image, the two updates would cancel but for their rounding
      const error = ofPositive == ofNegative ? 0 : pairError(ofPositive, ofNegative);
      up |= noteError(positiveErrors, k, error);
      down |= noteError(negativeErrors, k, error);
    } else {
      up |= noteError(positiveErrors, k, positiveError(ofPositive));
      down |= noteError(negativeErrors, k, negativeError(ofNegative));
    }
  }
  return correct(layer, positiveInput, positive, positiveErrors, up, true) + correct(layer, negativeInput, negative, negativeErrors, down, false);
}

/** A sample alone, in the positive side's place. */
function correctOne(layer: PatchedLayer, isPositive: bool): i32 {
  let wrong = 0;
  for (let k = 0; k < layer.groups; k++) {
    const g = groupGoodness(layer, positive, k);
    wrong |= noteError(positiveErrors, k, isPositive ? positiveError(g) : negativeError(g));
  }
  return correct(layer, positiveInput, positive, positiveErrors, wrong, isPositive);
}

/** A pair whose activities of layer `from` are known: goodness, updates, and on through the layers above. Returns layer updates. */
function learnFrom(from: i32): i32 {
  const count = configLayers();
  let updated = 0;
  for (let l = from; l < count; l++) {
    const layer = layerAt(l);
    if (l > from) {
      senseLayer(l, positiveInput, -1, positive);
      senseLayer(l, negativeInput, -1, negative);
    }
    noted(l, 0, goodnessOf(layer, positive));
    noted(l, 1, goodnessOf(layer, negative));
    updated += correctPair(layer);
    if (l + 1 < count) {
      handOn(layer, positive, positiveInput);
      handOn(layer, negative, negativeInput);
    }
  }
  header.seen++;
  header.updates += updated;
  return updated;
}

/** A positive sample in `rawInput`, a negative one in `rawNegative`; their labels, or -1. */
export function learnPair(label: i32, negativeLabel: i32): i32 {
  takeInput(positiveInput, true);
  takeNegative();
  senseLayer(0, positiveInput, label, positive);
  senseLayer(0, negativeInput, negativeLabel, negative);
  return learnFrom(0);
}

/** One sample under its own label and under a wrong one of the network's choice. */
export function learnLabelled(label: i32): i32 {
  takeInput(positiveInput, true);
  const layer = layerAt(0);
  sense(layer, positiveInput, free);
  for (let c = 0; c < configLabels(); c++) {
    senseLabel(layer, free, c, negative);
    store<i32>(scores + (<usize>c << 2), goodnessOf(layer, negative));
  }
  const wrong = drawWrong(label, sign());
  for (let at: usize = 0; at < <usize>layer.stride << 1; at += 4) store<u32>(negativeInput + at, load<u32>(positiveInput + at));
  showLabel(positiveInput, label);
  showLabel(negativeInput, wrong);
  senseLabel(layer, free, label, positive);
  senseLabel(layer, free, wrong, negative);
  return learnFrom(0);
}

/** One sample of either kind by the threshold loss. Only positive ones move the standardiser. */
export function learnOne(label: i32, isPositive: bool): i32 {
  takeInput(positiveInput, isPositive);
  const count = configLayers();
  let updated = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    senseLayer(l, positiveInput, label, positive);
    noted(l, isPositive ? 0 : 1, goodnessOf(layer, positive));
    updated += correctOne(layer, isPositive);
    if (l + 1 < count) handOn(layer, positive, positiveInput);
  }
  if (isPositive) header.seen++;
  header.updates += updated;
  return updated;
}

/** Goodness of every layer for the raw input. */
export function judge(label: i32): void {
  takeInput(positiveInput, false);
  senseLayer(0, positiveInput, label, positive);
  climb();
}

/** From the activities of the first layer in `positive` upwards; the sum of goodness from `goodnessFrom` on, Q16. */
function climb(): i32 {
  const count = configLayers();
  let sum = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    if (l > 0) senseLayer(l, positiveInput, -1, positive);
    const g = noted(l, 0, goodnessOf(layer, positive));
    if (l >= configGoodnessFrom()) sum += g;
    if (l + 1 < count) handOn(layer, positive, positiveInput);
  }
  return sum;
}

/** Index of the best of `scores`, the first of equals. */
function best(times: i32): i32 {
  let winner = 0;
  for (let c = 1; c < configLabels(); c++) {
    if (times * load<i32>(scores + (<usize>c << 2)) > times * load<i32>(scores + (<usize>winner << 2))) winner = c;
  }
  return winner;
}

/** The label under which goodness is best; what the sample adds to the first layer is computed once. */
export function predictByGoodness(): i32 {
  takeInput(positiveInput, false);
  const layer = layerAt(0);
  sense(layer, positiveInput, free);
  for (let c = 0; c < configLabels(); c++) {
    senseLabel(layer, free, c, positive);
    store<i32>(scores + (<usize>c << 2), climb());
  }
  return best(sign());
}

/** Normalised activities of the layers, without a label, to where the readout sees them. */
function collect(observing: bool): void {
  takeInput(positiveInput, observing);
  let inputs = positiveInput;
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    senseLayer(l, inputs, -1, positive);
    noted(l, 0, goodnessOf(layer, positive));
    inputs = layer.featuresAt < 0 ? positiveInput : features + <usize>layer.featuresAt;
    handOn(layer, positive, inputs);
  }
  senseReadout();
}

/** The label that the readout gives. */
export function predict(): i32 {
  collect(false);
  return best(1);
}

/** The readout learns the label of the raw input; what it would have said before. */
export function teach(label: i32): i32 {
  collect(false);
  const said = best(1);
  learnReadout(label);
  header.readouts++;
  return said;
}

/** Output that a layer above the last one would get. It lies in the place of `pull`, which every update writes before it reads it. */
export function handedOn(side: i32): usize {
  handOn(layerAt(configLayers() - 1), side == 0 ? positive : negative, pull);
  return pull;
}

/** Weights of the layers that stand at the limit of their format. */
export function saturated(): i32 {
  let count = 0;
  for (let l = 0; l < configLayers(); l++) {
    const layer = layerAt(l);
    const wide = isWide(layer);
    const size = layer.weightBytes * <usize>layer.patches;
    for (let at: usize = 0; at < size; at += wide ? 2 : 1) {
      const weight = wide ? <i32>load<i16>(layer.firstWeights + at) : <i32>load<i8>(layer.firstWeights + at);
      const limit = wide ? 32767 : 127;
      if (weight >= limit || weight <= -limit) count++;
    }
  }
  return count;
}
