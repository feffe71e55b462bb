// The label as part of the first layer's input: columns behind the sample's, one-hot of a chosen strength, or that strength shared out evenly where
// there is no label. What the sample itself adds to a pre-activation is the same under every label and is computed once.

import { ENERGY_LIMIT, clamp, exp2Negative } from "../fixed";
import { isWide, padded, scores } from "../layout";
import { random } from "../random";
import { PatchedLayer, configHardness, configInputs, configLabels, configStrength } from "./layout";
import { activate } from "./layer";
import { octaves } from "./loss";

/** Value in the column of `label` under the label `shown` (-1: none), Q8. */
// @ts-ignore: decorator
@inline
function columnValue(label: i32, shown: i32): i32 {
  return shown < 0 ? configStrength() / configLabels() : label == shown ? configStrength() : 0;
}

/** Writes the label into the label columns of the first layer's inputs; those that pad them may hold what a layer above saw. */
export function showLabel(inputs: usize, shown: i32): void {
  const columns = inputs + (<usize>padded(configInputs(), 8) << 1);
  for (let c = 0; c < padded(configLabels(), 8); c++) store<i16>(columns + (<usize>c << 1), <i16>(c < configLabels() ? columnValue(c, shown) : 0));
}

/** Takes it away: the columns hold 0. */
export function hideLabel(inputs: usize): void {
  const columns = inputs + (<usize>padded(configInputs(), 8) << 1);
  for (let c = 0; c < padded(configLabels(), 8); c++) store<i16>(columns + (<usize>c << 1), 0);
}

/** Activities under a label from pre-activations without one; a sum of 12 bits of strength times 16-bit weights fits 28 bits. */
export function senseLabel(layer: PatchedLayer, free: usize, shown: i32, output: usize): void {
  const wide = isWide(layer);
  const half = 1 << (layer.fraction - 1);
  const first = shown < 0 ? 0 : shown;
  const last = shown < 0 ? configLabels() : shown + 1;
  const value = columnValue(first, shown);
  let row = padded(configInputs(), 8);
  for (let j = 0; j < layer.units; j++) {
    let sum = half;
    for (let c = first; c < last; c++) {
      const at = <usize>(row + c);
      sum += value * (wide ? <i32>load<i16>(layer.firstWeights + (at << 1)) : <i32>load<i8>(layer.firstWeights + at));
    }
    row += layer.stride;
    const a = <i32>load<i16>(free + (<usize>j << 1)) + (sum >> layer.fraction);
    store<i16>(output + (<usize>j << 1), <i16>clamp(a, -ENERGY_LIMIT, ENERGY_LIMIT));
  }
  for (let j = layer.units; j < layer.lanes; j++) store<i16>(output + (<usize>j << 1), 0);
  activate(layer, output);
}

/** A label other than `label`, drawn from the softmax of hardness times sign times the first layer's goodness, which `scores` holds. */
export function drawWrong(label: i32, sign: i32): i32 {
  const labels = configLabels();
  let best = i32.MIN_VALUE;
  for (let c = 0; c < labels; c++) {
    if (c != label) best = max(best, sign * load<i32>(scores + (<usize>c << 2)));
  }
  let total: u32 = 0;
  for (let c = 0; c < labels; c++) total += likelihood(c, label, sign, best);
  let left = <u32>((<u64>random() * total) >> 32);
  let drawn = 0;
  for (let c = 0; c < labels; c++) {
    const share = likelihood(c, label, sign, best);
    drawn = c;
    if (left < share) break;
    left -= share;
  }
  return drawn;
}

function likelihood(label: i32, right: i32, sign: i32, best: i32): u32 {
  if (label == right) return 0;
  return exp2Negative(<u32>octaves(best - sign * load<i32>(scores + (<usize>label << 2)), configHardness()));
}
