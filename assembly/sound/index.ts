// The ABI of the front end of sound: a window of it into features, and nothing that is learned. A module of its own, so that no learner grows by it, and every
// learner can have it in front.

import * as layout from "./layout";
import { hear } from "./hear";

/** Three words: samples a second, samples of a window, bands. */
export function config(): usize {
  return layout.CONFIG;
}

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay();
  return <i32>layout.arenaBytes;
}

/** Lays the arena and fills in the bands. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay();
  layout.placeBands();
  return 0;
}

export function arena(): usize {
  return layout.arena;
}

/** There is no state. */
export function stateBytes(): i32 {
  return 0;
}

/** [samples] binary32 bit patterns */
export function input(): usize {
  return layout.sound;
}

/** [features] binary32 bit patterns, after `extract` */
export function features(): usize {
  return layout.features;
}

/** The features of the window. */
export function extract(): void {
  hear();
}
