// `npm run bench:fleet-private`: what differential privacy costs a fleet. 200 devices with seven digits each, two of the ten, through the rounds of a private fleet as its aggregator runs them
// (`NoisyAverage`), without a network. Settings were chosen on seeds 1 to 3. Writes results/fleet-private.json.

import { writeFileSync } from 'node:fs';
import { NearestMean } from '../cli/nearest-mean.js';
import { TASKS } from '../cli/fleet/tasks.js';
import { encodeMessage } from '../host/fleet/message.js';
import { MEAN_LENGTH, noiseOf, type Noise } from '../host/fleet/noisy-average.js';
import { Round } from '../host/fleet/round.js';
import { createLearner } from '../host/index.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { machine } from './machine.js';

const DEVICES = 200;
const DELTA = 1e-5;
const EPSILONS = [Infinity, 16, 8, 4, 2];
const SEEDS = [21, 22, 23, 24, 25];
/** One wide layer: noise is shared by more weights, and a few of them wrong hurt less. */
const UNITS = [256];
const ROUNDS = 40;
const STEP = 4;
/** Digits are 0 to 16. About a fixed middle, what all digits have in common takes less of a change that is cut. */
const MIDDLE = 5;
const INPUT_SCALE = 1 / 6;
/** Nothing is cut, and no noise added. */
const NONE: Noise = { length: Number.MAX_SAFE_INTEGER, deviation: 0n };

async function fleet(epsilon: number, seed: number): Promise<number> {
  const task = await TASKS.digits(DEVICES, seed);
  const centred = (x: Float32Array): Float32Array => x.map((value) => value - MIDDLE);
  const config = { ...task.config, units: UNITS, bits: 16, inputScale: INPUT_SCALE, familiar: false, seed } as const;
  const model = await createLearner(config);
  const device = await createLearner(config); // each device in turn
  const resolved = { ...model.config, labels: model.labels };
  const noise = epsilon === Infinity ? NONE : noiseOf(resolved, { epsilon, delta: DELTA, rounds: ROUNDS });
  const order = randomFrom(1000 * seed);
  for (let number = 0; number < ROUNDS; number++) {
    const base = model.parameters();
    const round = new Round(number, resolved, base, { mostExamples: 1, step: 256 * STEP, noise });
    task.devices.forEach((samples, d) => {
      device.reset(); // nothing of a device but its change goes on: else its rates would move the changes of others
      device.setParameters(base);
      for (const { x, y } of shuffle([...samples], order)) device.learn(centred(x), y);
      const taken = round.add(`device-${d}`, encodeMessage({ kind: 'update', architecture: device.architecture, round: number, examples: samples.length, sequence: number, body: device.parameters() }));
      if (taken !== 'taken') throw new Error(`an update is refused: ${taken}`);
    });
    model.setParameters(round.end().parameters);
  }
  return (100 * task.judged.filter(({ x, y }) => model.predict(centred(x)).label === y).length) / task.judged.length;
}

/** What a sceptic would try: the nearest mean, of all digits in one place and in the clear, so that noise can only make it worse. */
async function nearestMean(seed: number): Promise<number> {
  const { config, devices, judged } = await TASKS.digits(DEVICES, seed);
  const rule = new NearestMean(config.inputs!);
  for (const { x, y } of devices.flat()) rule.learn(x, y);
  return (100 * judged.filter(({ x, y }) => rule.predict(x).label === y).length) / judged.length;
}

async function overSeeds(run: (seed: number) => Promise<number>): Promise<{ accuracy: number; worst: number; bySeed: number[] }> {
  const bySeed: number[] = [];
  for (const seed of SEEDS) bySeed.push(await run(seed));
  const mean = bySeed.reduce((sum, accuracy) => sum + accuracy, 0) / bySeed.length;
  const result = { accuracy: Number(mean.toFixed(1)), worst: Number(Math.min(...bySeed).toFixed(1)), bySeed: bySeed.map((accuracy) => Number(accuracy.toFixed(1))) };
  console.log(JSON.stringify(result));
  return result;
}

const rule = await overSeeds(nearestMean);
const rows = [];
for (const epsilon of EPSILONS) rows.push({ epsilon: epsilon === Infinity ? null : epsilon, ...(await overSeeds((seed) => fleet(epsilon, seed))) });
writeFileSync(new URL('results/fleet-private.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-private', machine: machine(), devices: DEVICES, units: UNITS, rounds: ROUNDS, step: STEP, length: MEAN_LENGTH, middle: MIDDLE, delta: DELTA, seeds: SEEDS, unit: '% of right answers on a fifth that nobody heard', rows, nearestMean: rule }, null, 1)}\n`);
