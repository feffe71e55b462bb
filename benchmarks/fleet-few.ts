// `npm run bench:fleet-few`: 20 devices with two of ten digits each that send 222 bytes a round, against the same that send all parameters. A round is one pass through the own
// samples. Devices and rounds as over a broker, without one. Writes results/fleet-few.json.

import { writeFileSync } from 'node:fs';
import { TASKS } from '../cli/fleet/tasks.js';
import { checkedOptions } from '../host/fleet/checked-options.js';
import { withOwn } from '../host/fleet/with-own.js';
import { FEW_BYTES, encodeFew } from '../host/fleet/few.js';
import { encodeMessage } from '../host/fleet/message.js';
import { Round } from '../host/fleet/round.js';
import type { Layers } from '../host/fleet/turns.js';
import { createLearner } from '../host/index.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { machine } from './machine.js';

const SEEDS = [1, 2, 3, 4, 5];
/** Digits are 0 to 16, with a root mean square of 7. */
const INPUT_SCALE = 1 / 6;

async function fleet(layers: Layers, rounds: number, seed: number): Promise<{ accuracy: number[]; bytes: number }> {
  const task = await TASKS.digits(20, seed);
  const { step, clip, trim, trust } = checkedOptions({ fleet: 'bench', layers });
  const config = { ...task.config, inputScale: INPUT_SCALE };
  const model = await createLearner({ ...config, seed });
  const shape = { ...model.config, labels: model.labels };
  const learners = await Promise.all(task.devices.map((_, d) => createLearner({ ...config, seed: seed + 1 + d })));
  const orders = task.devices.map((_, d) => randomFrom(1000 * seed + d));
  const marks: (Uint8Array | undefined)[] = learners.map(() => undefined);
  const accuracy = [];
  let bytes = 0;
  for (let number = 0; number < rounds; number++) {
    const base = model.parameters();
    const round = new Round(number, shape, base, { mostExamples: 1e6, step: 256 * step, clip, trim, layers, trust });
    learners.forEach((learner, d) => {
      learner.setParameters(marks[d] === undefined ? base : withOwn(shape, base, learner.parameters(), marks[d]!));
      for (const { x, y } of shuffle([...task.devices[d]!], orders[d]!)) learner.learn(x, y);
      const few = layers === 'few';
      const { body, parameters } = few ? encodeFew(shape, base, learner.parameters(), FEW_BYTES) : { body: learner.parameters(), parameters: learner.parameters() };
      marks[d] = parameters;
      const message = encodeMessage({ kind: 'update', architecture: learner.architecture, round: number, examples: task.devices[d]!.length, sequence: number, few, body });
      bytes = Math.max(bytes, message.length);
      round.add(`device-${d}`, message);
    });
    model.setParameters(round.end().parameters);
    accuracy.push((100 * task.judged.filter(({ x, y }) => model.predict(x).label === y).length) / task.judged.length);
  }
  return { accuracy, bytes };
}

const rows = [];
for (const [layers, rounds] of [['all', 20], ['few', 100]] as const) {
  const runs: Awaited<ReturnType<typeof fleet>>[] = [];
  for (const seed of SEEDS) runs.push(await fleet(layers, rounds, seed));
  const byRound = [5, 10, 20, 40, 60, 80, 100].filter((round) => round <= rounds).map((round) => ({ round, accuracy: Number((runs.reduce((sum, run) => sum + run.accuracy[round - 1]!, 0) / runs.length).toFixed(2)) }));
  rows.push({ layers, bytes: Math.max(...runs.map((run) => run.bytes)), byRound });
  console.log(JSON.stringify(rows.at(-1)));
}
writeFileSync(new URL('results/fleet-few.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-few', machine: machine(), devices: 20, seeds: SEEDS, inputScale: INPUT_SCALE, unit: '% of right answers on a fifth that nobody heard; bytes a device and round', rows }, null, 2)}\n`);
