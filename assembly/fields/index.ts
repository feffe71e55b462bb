// The ABI of the learner with local receptive fields: that of the plain one (../index.ts), but no windows of raw signal. Its configuration has the
// grid of the sample, and local layers in the words of units. Compiled with LOCAL_FIELDS.

export { addLabel, adapt, arena, config, familiarity, input, learn, learnRows, logRate, predict, probability, removeLabel, saturated, scores, sharpness, stateBytes, weights } from "../index";
import * as layout from "../layout";
import * as network from "../network";
import { layGrids, widestWindow } from "./geometry";
import { patchBytes } from "./patches";

function validate(): i32 {
  if (layout.configInputs() < 1 || layout.configInputs() > layout.MAX_INPUTS) return layout.ERROR_INPUTS;
  if (layout.configLabels() < 2 || layout.configLabels() > layout.MAX_LABELS) return layout.ERROR_LABELS;
  if (layout.configLayers() < 1 || layout.configLayers() > layout.MAX_LAYERS) return layout.ERROR_LAYERS;
  if (layout.configBits() != 8 && layout.configBits() != 16) return layout.ERROR_BITS;
  const wrong = layGrids();
  if (wrong == 0) layout.reserveMemory(0, patchBytes(widestWindow()));
  return wrong;
}

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = validate();
  if (error != 0) return error;
  layout.lay(false);
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = validate();
  if (error != 0) return error;
  network.create();
  return 0;
}
