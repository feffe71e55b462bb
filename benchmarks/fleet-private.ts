// `npm run bench:fleet-private`: what differential privacy would cost a fleet. 200 devices with seven digits each, two of the ten; each change of weights is cut to one length, and
// Gaussian noise is added to their sum (McMahan et al. 2018, arXiv 1710.06963). No option of the aggregator does it yet: docs/decisions/fleets.md says what is missing.
// What is told in the end is the mean of the models of the later rounds, which costs no privacy. All settings were chosen on seeds 1 to 3. Writes results/fleet-private.json.

import { writeFileSync } from 'node:fs';
import { TASKS } from '../cli/fleet/tasks.js';
import { limitOf, valuesOf } from '../host/fleet/average.js';
import { createLearner } from '../host/index.js';
import { packedLayout, type PackedRun } from '../host/parameters.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { machine } from './machine.js';
import { noiseFor } from './fleet-noise.js';

const DEVICES = 200;
const DELTA = 1e-5;
const EPSILONS = [Infinity, 16, 8, 4, 2];
const SEEDS = [11, 12, 13, 14, 15];
/** One wide layer: noise is shared by more weights, and a few of them wrong hurt less. */
const UNITS = [256];
const ROUNDS = 40;
const AVERAGED = 20;
const STEP = 6;
/** To this root mean square a device's change is cut, in steps of a weight of 16 bits; the median change of the first round has 52. */
const LENGTH = 16;
/** Digits are 0 to 16, with a root mean square of 7. */
const INPUT_SCALE = 1 / 6;

async function fleet(epsilon: number, seed: number): Promise<number> {
  const task = await TASKS.digits(DEVICES, seed);
  const config = { ...task.config, units: UNITS, bits: 16, inputScale: INPUT_SCALE, familiar: false, seed } as const;
  const model = await createLearner(config);
  const device = await createLearner(config); // each device in turn
  // biases and gates stay as they were drawn, the same on every device: noise on them would cost more than they gain
  const weights = packedLayout({ ...model.config, labels: model.labels }).runs.filter(({ layer }, k, runs) => runs[k - 1]?.layer !== layer);
  const order = randomFrom(1000 * seed);
  const normal = normalFrom(randomFrom(seed + 99));
  const noise = epsilon === Infinity ? 0 : noiseFor(epsilon, DELTA, ROUNDS);
  const later = weights.map(({ count }) => new Float64Array(count));
  for (let round = 0; round < ROUNDS; round++) {
    const base = model.parameters();
    const sums = weights.map(({ count }) => new Float64Array(count));
    for (const samples of task.devices) {
      device.reset(); // nothing of a device but its change goes on: else its rates would move the changes of others
      device.setParameters(base);
      for (const { x, y } of shuffle([...samples], order)) device.learn(x, y);
      const own = device.parameters();
      weights.forEach((run, k) => addCut(sums[k]!, valuesOf(own, run), valuesOf(base, run), epsilon === Infinity ? Infinity : lengthOf(run)));
    }
    const next = base.slice();
    weights.forEach((run, k) => {
      const values = valuesOf(base, run);
      // each run is cut by itself, so a device moves the sum of all by the root of their number
      const deviation = noise === 0 ? 0 : noise * lengthOf(run) * Math.sqrt(weights.length);
      values.forEach((value, i) => (values[i] = Math.max(-limitOf(run), Math.min(limitOf(run), Math.round(value + (STEP * (sums[k]![i]! + deviation * normal())) / DEVICES)))));
      next.set(new Uint8Array(values.buffer), run.at);
      if (round >= ROUNDS - AVERAGED) values.forEach((value, i) => (later[k]![i]! += value / AVERAGED));
    });
    model.setParameters(next);
  }
  const mean = model.parameters();
  weights.forEach((run, k) => mean.set(new Uint8Array(Int16Array.from(later[k]!, Math.round).buffer), run.at));
  model.setParameters(mean);
  return (100 * task.judged.filter(({ x, y }) => model.predict(x).label === y).length) / task.judged.length;
}

const lengthOf = ({ count }: PackedRun): number => LENGTH * Math.sqrt(count);

function addCut(sum: Float64Array, own: ArrayLike<number>, base: ArrayLike<number>, longest: number): void {
  let squares = 0;
  for (let i = 0; i < sum.length; i++) squares += (own[i]! - base[i]!) ** 2;
  const factor = Math.min(1, longest / Math.sqrt(Math.max(1, squares)));
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * (own[i]! - base[i]!);
}

/** Box and Muller. */
function normalFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const rows = [];
for (const epsilon of EPSILONS) {
  const bySeed: number[] = [];
  for (const seed of SEEDS) bySeed.push(await fleet(epsilon, seed));
  const mean = bySeed.reduce((sum, accuracy) => sum + accuracy, 0) / bySeed.length;
  rows.push({ epsilon: epsilon === Infinity ? null : epsilon, accuracy: Number(mean.toFixed(1)), worst: Number(Math.min(...bySeed).toFixed(1)), bySeed: bySeed.map((accuracy) => Number(accuracy.toFixed(1))) });
  console.log(JSON.stringify(rows.at(-1)));
}
writeFileSync(new URL('results/fleet-private.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-private', machine: machine(), devices: DEVICES, units: UNITS, rounds: ROUNDS, averaged: AVERAGED, length: LENGTH, step: STEP, delta: DELTA, seeds: SEEDS, unit: '% of right answers on a fifth that nobody heard', rows }, null, 1)}\n`);
