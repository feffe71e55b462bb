/** What every learner of this benchmark is asked to do: onward and its rivals alike. Labels are indices; tasks and bands are never told. */
import type { Samples } from './samples.js';

export interface ContinualLearner {
  learn(x: Float32Array, y: number): void;
  /** Index of a label, or -1 if none was learned yet. */
  predict(x: Float32Array): number;
  /** Learning with no new data, where the learner can. */
  sleep?(): void;
  /** Alarms raised by its drift detector, where it has one. */
  alarms?(): number;
  /** Bytes that it keeps of the past beside what it predicts with, where it counts them. */
  memoryBytes?(): number;
}

export interface Shape {
  inputs: number;
  labels: number;
  units: readonly number[];
  inputScale?: number; // images: instead of the running standardisation, and no skip input
}

export type Maker = (shape: Shape, seed: number) => ContinualLearner | Promise<ContinualLearner>;

/** Percent of the samples answered rightly. */
export function accuracy(learner: ContinualLearner, test: Samples): number {
  let correct = 0;
  for (let k = 0; k < test.length; k++) if (learner.predict(test.x(k)) === test.y(k)) correct++;
  return (100 * correct) / test.length;
}
