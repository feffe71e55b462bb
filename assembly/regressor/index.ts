// The ABI of the regressor's core: the only exports. Numbers and offsets, no objects; see FORMAT.md.

export { arena, config, input, saturated, stateBytes } from "../index";
import * as layout from "../layout";
import * as network from "./network";
import { layRegressor, target, validateRegressor } from "./layout";

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = validateRegressor();
  if (error != 0) return error;
  layRegressor();
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = validateRegressor();
  if (error != 0) return error;
  network.create();
  return 0;
}

/** [3] i32 in units of 2^`exponent()`: value, low and high of the last `predict`. */
export function prediction(): usize {
  return network.prediction;
}

/** Power of two of one unit of the target. */
export function exponent(): i32 {
  return <i32>target.exponent;
}

/** Predicts the raw input; the lags are put behind it. Changes nothing that is learned. */
export function predict(): void {
  network.predict();
}

/** One learning step with the target's binary32 bits; returns how many layers were updated. */
export function learn(target: u32): i32 {
  return network.learn(target);
}

/** The next sample does not follow the last one: what was known of targets is forgotten, what was learned stays. */
export function begin(): void {
  network.begin();
}
