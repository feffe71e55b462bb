import type { Task } from './tasks.js';

/** A learner under test. Rows are views into the task. */
export interface Learner {
  /** Back to the start, same seed. */
  reset(): void;
  learn(x: Float32Array, y: number): void;
  /** Index of the label. */
  predict(x: Float32Array): number;
  /** Bytes while training, where the peer can count them; else the growth of the process is reported. */
  bytes?: number;
}

export type Make = (task: Task) => Learner | Promise<Learner>;
