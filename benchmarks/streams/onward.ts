/** The integer learner on a stream, through the library's public API. */
import type { Stream } from './data.js';
import { mean, prequential } from './prequential.js';

export interface OnwardResult {
  accuracy: number; // mean over the seeds
  bySeed: number[];
  updates: number; // share of layer updates done, mean over the seeds: the rest was skipped as confident
  saturations: number; // sum over the seeds
  arenaBytes: number;
  milliseconds: number; // per seed: predict and learn
}

export interface OnwardSettings {
  units: readonly number[];
  bits: 8 | 16;
  margin?: number;
  secondOrder?: 'off' | 'input' | 'full';
  exemplars?: number;
}

export async function runOnward(stream: Stream, settings: OnwardSettings, seeds: readonly number[], say: (text: string) => void): Promise<OnwardResult> {
  const { createLearner } = await import('../../host/index.js');
  const bySeed: number[] = [];
  let updates = 0;
  let saturations = 0;
  let arenaBytes = 0;
  const start = performance.now();
  for (const seed of seeds) {
    const learner = await createLearner({ inputs: stream.inputs, labels: stream.labels, seed, ...settings });
    const accuracy = prequential(stream, {
      step(x, y) {
        const { label } = learner.predict(x);
        learner.learn(x, stream.labels[y]);
        return label === stream.labels[y] ? y : -1;
      },
    });
    const stats = learner.stats();
    bySeed.push(accuracy);
    updates += stats.updates / (stream.samples * settings.units.length * seeds.length);
    saturations += stats.saturations;
    arenaBytes = stats.bytes.arena;
    learner.dispose();
  }
  const milliseconds = (performance.now() - start) / seeds.length;
  const accuracy = mean(bySeed);
  say(`  onward int${settings.bits} ${accuracy.toFixed(2)} (${(100 * updates).toFixed(0)} % of the updates, ${arenaBytes} bytes, ${(milliseconds / 1000).toFixed(1)} s)`);
  return { accuracy, bySeed, updates, saturations, arenaBytes, milliseconds };
}
