/** Builds of a core against each other: whole steps, interleaved, tenth percentiles of short slices (the neighbour on a shared core only adds time). */
import type { LearnerConfig } from '../../host/config.js';
import { Lane } from './lane.js';

const labelled = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
/** No confident sample is skipped: every layer learns at every step. */
export const base = { labels: labelled(10), margin: 0 };
const images = { ...base, inputs: 784, skipInput: false, inputScale: 1 };

export const shapes: Record<string, { config: LearnerConfig; zeros: number }> = {
  '16-32-32': { config: { ...base, inputs: 16, units: [32, 32] }, zeros: 0 },
  '64-64-64': { config: { ...base, inputs: 64, units: [64, 64] }, zeros: 0 },
  '784-128': { config: { ...images, units: [128] }, zeros: 0 },
  '784-504-504': { config: { ...images, units: [504, 504] }, zeros: 0 },
  '784-504-504, four in five inputs 0': { config: { ...images, units: [504, 504] }, zeros: 0.8 },
};

/** Milliseconds a step of each lane. All run every slice: a learner that has learned more has other rows at rest. */
export function race(lanes: readonly Lane[], verb: 'learn' | 'predict', rounds: number, sliceMs: number): number[] {
  const times = lanes.map(() => [] as number[]);
  const count = Math.ceil(sliceMs / Math.min(...lanes.map((lane) => lane.pace(verb))));
  for (let round = 0; round < rounds; round++) {
    lanes.forEach((_, turn) => {
      const k = (turn + round) % lanes.length;
      times[k]!.push(lanes[k]!.time(verb, count));
    });
  }
  return times.map((values) => values.sort((a, b) => a - b)[Math.floor(values.length / 10)]!);
}

/** True if both hold the same state. */
export function agree([one, other]: readonly [Lane, Lane]): boolean {
  const [a, b] = [one.state(), other.state()];
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
