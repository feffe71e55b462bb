// The ABI of the two-pass core: the only exports. Numbers and offsets, no objects; see FORMAT.md.

// `scores` are summed goodness after `predictByGoodness`, logits after `predict`, goodness of the first layer after `learnLabelled`; `input` is the positive of a pair
export { arena, input, scores, stateBytes } from "../index";
import { arenaBytes } from "../layout";
import * as layout from "./layout";
import * as network from "./network";

/** The host writes the configuration here. */
export function config(): usize {
  return layout.CONFIG;
}

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay(false);
  return <i32>arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  network.create();
  return 0;
}

/** [inputs] binary32 bit patterns: the negative one of a pair. */
export function negativeInput(): usize {
  return layout.rawNegative;
}

/** [2, layers] i32 Q16: goodness in the last passes, positive (or only) and negative. */
export function goodness(): usize {
  return layout.goodness;
}

/** One positive sample by the threshold loss; `label` is shown in the input, -1 for none. Returns how many layers were updated. */
export function learnPositive(label: i32): i32 {
  return network.learnOne(label, true);
}

/** One negative sample by the threshold loss. */
export function learnNegative(label: i32): i32 {
  return network.learnOne(label, false);
}

/** The sample in `input`, positive, and that in `negativeInput`. Returns layer updates, at most two a layer. */
export function learnPair(label: i32, negativeLabel: i32): i32 {
  return network.learnPair(label, negativeLabel);
}

/** The sample under its label, positive, and under a wrong one. */
export function learnLabelled(label: i32): i32 {
  return network.learnLabelled(label);
}

/** The readout learns; returns the label it would have given. */
export function learnReadout(label: i32): i32 {
  return network.teach(label);
}

/** Label index by the readout, in one pass. Changes nothing that is learned. */
export function predict(): i32 {
  return network.predict();
}

/** Label index by goodness, in one pass for every label. */
export function predictByGoodness(): i32 {
  return network.predictByGoodness();
}

/** Goodness of the layers for the sample under a label, or -1 for none. */
export function sense(label: i32): void {
  network.judge(label);
}

/** [units of the last layer] i16 Q8: its activities in the last pass, scaled to RMS 1 for a stage behind it; side 0 is the positive or only one, 1 the negative one. */
export function handedOn(side: i32): usize {
  return network.handedOn(side);
}

/** Bytes of one layer's weights start here; [patches, units padded to 4, stride]. For pictures and inspection. */
export function weights(layer: i32): usize {
  return layout.layerAt(layer).firstWeights;
}

/** Weights that stand at the limit of their format now. */
export function saturated(): i32 {
  return network.saturated();
}
