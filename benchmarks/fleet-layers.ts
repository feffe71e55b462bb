// `npm run bench:fleet-layers`: what a fleet loses when a device sends one layer in a round instead of all. Computed without a broker: the averages are those a broker would carry.
// Each layer is averaged over those that sent it; what a device learned in a layer that it did not send is dropped with the next model. Writes results/fleet-layers.json.

import { writeFileSync } from 'node:fs';
import { TASKS } from '../host/cli/fleet-tasks.js';
import { ExactAverage } from '../host/fleet/average.js';
import { createLearner } from '../host/index.js';
import { packedLayout } from '../host/parameters.js';
import { randomFrom, shuffle } from '../host/shuffle.js';

const DEVICES = 20;
const ROUNDS = [5, 10, 20];
const SEEDS = [1, 2, 3];
const STEP = 512;
/** The layer that device d sends in a round, of two; undefined for both. */
const PLANS = {
  'all layers': () => undefined,
  'one layer, the same for all devices': (round: number) => round % 2,
  'one layer, by turns': (round: number, d: number) => (round + d) % 2,
};

async function accuracies(task: keyof typeof TASKS, plan: (round: number, d: number) => number | undefined, seed: number): Promise<number[]> {
  const { config, devices, judged } = await TASKS[task](DEVICES, seed);
  const random = randomFrom(seed);
  const model = await createLearner({ ...config, seed });
  const shape = { ...model.config, labels: model.labels };
  const { runs } = packedLayout(shape);
  const learners = await Promise.all(devices.map((_, d) => createLearner({ ...config, seed: seed + 1 + d })));
  const shares: number[] = [];
  for (let round = 1; round <= ROUNDS.at(-1)!; round++) {
    const base = model.parameters();
    const layers = model.config.units.map(() => new ExactAverage(shape, base, STEP));
    const channels = new ExactAverage(shape, base, STEP); // a kilobyte, and everybody sends it
    learners.forEach((learner, d) => {
      const samples = shuffle([...devices[d]!], random);
      learner.setParameters(base);
      for (const { x, y } of samples) learner.learn(x, y);
      const sent = plan(round, d);
      channels.add(learner.parameters(), samples.length);
      layers.forEach((average, layer) => (sent ?? layer) === layer && average.add(learner.parameters(), samples.length));
    });
    const next = channels.result();
    layers.forEach((average, layer) => {
      const result = average.result();
      for (const { at, count, bytes } of runs.slice(3 * layer, 3 * layer + 3)) next.set(result.subarray(at, at + count * bytes), at); // weights, biases, gates
    });
    model.setParameters(next);
    if (ROUNDS.includes(round)) shares.push(judged.filter(({ x, y }) => model.predict(x).label === y).length / judged.length);
  }
  return shares;
}

const table = [];
for (const task of ['digits', 'fan'] as const) {
  for (const [sends, plan] of Object.entries(PLANS)) {
    const runs = [];
    for (const seed of SEEDS) runs.push(await accuracies(task, plan, seed));
    const row = { task, sends, accuracy: ROUNDS.map((round, k) => ({ round, mean: Number(((100 * runs.reduce((sum, run) => sum + run[k]!, 0)) / runs.length).toFixed(2)) })) };
    console.log(JSON.stringify(row));
    table.push(row);
  }
}
writeFileSync(new URL('results/fleet-layers.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-layers', devices: DEVICES, seeds: SEEDS, step: STEP / 256, unit: '% of right answers on a fifth that nobody heard', table }, null, 2)}\n`);
