// The ABI of the recurrent core: the only exports. Numbers and offsets, no objects; see FORMAT.md.

export { arena, config, input, scores, stateBytes } from "../index";
import * as layout from "../layout";
import * as network from "./network";
import { layAll, validateRecurrent } from "./layout";

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = validateRecurrent();
  if (error != 0) return error;
  layAll();
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = validateRecurrent();
  if (error != 0) return error;
  network.create();
  return 0;
}

/** Label index of greatest goodness for the raw input. Changes nothing that is learned; carried states move on. */
export function predict(): i32 {
  return network.predict();
}

/** One step with the raw input; returns how many layer updates there were. */
export function learn(label: i32): i32 {
  return network.learn(label);
}

/** Forgets carried states: the next sample is the first of a stream. */
export function reset(): void {
  network.reset();
}

/** Weights that stand at the limit of their format now. */
export function saturated(): i32 {
  return network.saturated();
}
