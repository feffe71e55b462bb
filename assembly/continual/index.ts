// The ABI of the continual learner: that of the plain one (../index.ts), with a memory, replays, sleep and drift alarms.

export { addLabel, adapt, arena, config, extract, familiarity, input, logRate, probability, saturated, scores, sharpness, stateBytes, weights, window } from "../index";
import * as layout from "../layout";
import * as learner from "./learner";

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = learner.validateMemory();
  if (error != 0) return error;
  learner.measure();
  layout.lay(false);
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = learner.validateMemory();
  if (error != 0) return error;
  learner.create();
  return 0;
}

/** Label index of greatest goodness among the labels seen; the others score 0. Changes nothing that is learned. */
export function predict(): i32 {
  return learner.predict();
}

/** One learning step and its replays; returns how many layers the new sample updated. */
export function learn(label: i32): i32 {
  return learner.learn(label);
}

/** Replays with no new data. */
export function sleep(steps: i32): void {
  learner.sleep(steps);
}

/** Loss of the two newest exemplars of every label, octaves in Q10: a sleep that raises it has done harm. */
export function newestLoss(): i32 {
  return learner.newestLoss();
}

/** Gives a column back; its exemplars become those of `into`, or go when that is negative. The last label takes its index. */
export function removeLabel(label: i32, into: i32): void {
  learner.removeLabel(label, into);
}

/** [112 bytes] what the memory counts: see FORMAT.md. */
export function memoryState(): usize {
  return layout.memoryAt;
}
