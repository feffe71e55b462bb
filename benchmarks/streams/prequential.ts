/** Prequential accuracy: each sample is predicted, then learned; one pass. */
import type { Stream } from './data.js';

export interface Online {
  /** Predicts, then learns; the index of the label that was predicted before learning. */
  step(x: Float32Array, y: number): number;
}

/** Percent correct. */
export function prequential(stream: Stream, learner: Online): number {
  let correct = 0;
  for (let s = 0; s < stream.samples; s++) {
    const y = stream.y[s];
    if (learner.step(row(stream, s), y) === y) correct++;
  }
  return (100 * correct) / stream.samples;
}

export function row(stream: Stream, s: number): Float32Array {
  return stream.x.subarray(s * stream.inputs, (s + 1) * stream.inputs);
}

/** What repeating the last label scores: the baseline that streams with persistent labels must be read against. */
export function persistence(stream: Stream): number {
  let correct = 0;
  for (let s = 1; s < stream.samples; s++) if (stream.y[s] === stream.y[s - 1]) correct++;
  return (100 * correct) / stream.samples;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
