// The ABI: the only exports. Numbers and offsets, no objects; see FORMAT.md.

import * as layout from "./layout";
import * as network from "./network";
import { extractFeatures } from "./features";
export { probability, sharpness } from "./certainty";
export { familiarity } from "./familiar";
import { observeInput } from "./normaliser";

/** The host writes the configuration here. */
export function config(): usize {
  return layout.CONFIG;
}

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay(false);
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  network.create();
  return 0;
}

export function arena(): usize {
  return layout.arena;
}

/** Leading bytes of the arena that hold everything learned. */
export function stateBytes(): i32 {
  return <i32>layout.stateBytes;
}

/** [inputs] binary32 bit patterns */
export function input(): usize {
  return layout.rawInput;
}

/** [samples, axes] binary32 bit patterns */
export function window(): usize {
  return layout.rawWindow;
}

/** Features of the window into the input. */
export function extract(): void {
  if (!ASC_NO_ASSERT) assert(layout.configSamples() != 0, "extract without a window: the configuration has none");
  extractFeatures();
}

/** [labels] i32 Q16: goodness summed over layers, after `predict` or `learn` */
export function scores(): usize {
  return layout.scores;
}

/** Label index of greatest goodness for the raw input. Changes nothing that is learned. */
export function predict(): i32 {
  return network.predict();
}

/** One learning step; returns how many layers were updated. */
export function learn(label: i32): i32 {
  return network.learn(label);
}

/** Takes the next free label into use; its index, or -1 when none is free. */
export function addLabel(): i32 {
  return network.addLabel();
}

/** Gives a label's gates back; the last label takes its index. */
export function removeLabel(label: i32): void {
  network.removeLabel(label);
}

/** Lets only the standardiser see the raw input. */
export function adapt(): void {
  observeInput();
}

/** `count` steps over rows of raw inputs and label indices (i32). */
export function learnRows(rows: usize, labels: usize, count: i32): void {
  const values = layout.configInputs();
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < values; i++) {
      store<u32>(layout.rawInput + (<usize>i << 2), load<u32>(rows + (<usize>i << 2)));
    }
    rows += <usize>values << 2;
    network.learn(load<i32>(labels + (<usize>row << 2)));
  }
}

/** Bytes of one layer's weights start here; [units padded to 4, stride]. For pictures and inspection. */
export function weights(layer: i32): usize {
  return layout.layerAt(layer).weights;
}

/** Weights that stand at the limit of their format now. */
export function saturated(): i32 {
  return network.saturated();
}

/** Log multiplier of a layer's self-finding rate, in 1/256; 0 when the rate is fixed. */
export function logRate(layer: i32): i32 {
  const at = layout.layerAt(layer).logRate;
  return at == 0 ? 0 : load<i32>(at);
}
