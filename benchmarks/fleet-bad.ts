// `npm run bench:fleet-bad`: one bad device of 20, under the settings that a fleet has by itself and with devices taken at their word; and what the guard costs fleets of
// honest devices that differ. Rounds as over a broker, without one: the same `Round`. Writes results/fleet-bad.json.

import { writeFileSync } from 'node:fs';
import { FAULTS, withFault, type FaultName } from '../cli/fleet/bad-device.js';
import { TASKS, type FleetTask, type TaskName } from '../cli/fleet/tasks.js';
import { checkedOptions } from '../host/fleet/checked-options.js';
import { encodeMessage } from '../host/fleet/message.js';
import { Round } from '../host/fleet/round.js';
import { createLearner } from '../host/index.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { machine } from './machine.js';

const [DEVICES, ROUNDS, BAD] = [20, 20, 7];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface Outcome {
  accuracy: number;
  /** Rounds in which the bad device was set aside, and honest ones in all rounds. */
  found: number;
  wronged: number;
}

async function fleet({ config, devices, judged }: FleetTask, seed: number, trust: boolean, bad: boolean): Promise<Outcome> {
  const { step, clip, trim, layers } = checkedOptions({ fleet: 'bench', trust });
  const model = await createLearner({ ...config, seed });
  const learners = await Promise.all(devices.map((_, d) => createLearner({ ...config, seed: seed + 1 + d })));
  const orders = devices.map((_, d) => randomFrom(1000 * seed + d));
  let [found, wronged] = [0, 0];
  for (let number = 0; number < ROUNDS; number++) {
    const base = model.parameters();
    const round = new Round(number, { ...model.config, labels: model.labels }, base, { mostExamples: 1e6, step: 256 * step, clip, trim, layers, trust });
    learners.forEach((learner, d) => {
      learner.setParameters(base);
      for (const { x, y } of shuffle([...devices[d]!], orders[d]!)) learner.learn(x, y);
      round.add(`device-${d}`, encodeMessage({ kind: 'update', architecture: learner.architecture, round: number, examples: devices[d]!.length, sequence: number, body: learner.parameters() }));
    });
    const { parameters, contributions } = round.end();
    for (const { device, aside } of contributions) if (aside) bad && device === `device-${BAD}` ? found++ : wronged++;
    model.setParameters(parameters);
  }
  return { accuracy: judged.filter(({ x, y }) => model.predict(x).label === y).length / judged.length, found, wronged };
}

const rows = [];
for (const [task, faults] of [['digits', [undefined, ...Object.keys(FAULTS)]], ['fan', [undefined]]] as [TaskName, (FaultName | undefined)[]][]) {
  for (const fault of faults) {
    for (const trust of [false, true]) {
      const runs: Outcome[] = [];
      for (const seed of SEEDS) {
        const honest = await TASKS[task](DEVICES, seed);
        runs.push(await fleet(fault === undefined ? honest : withFault(honest, BAD, fault), seed, trust, fault !== undefined));
      }
      const of = (name: keyof Outcome, scale = 1): number => Number(((scale * runs.reduce((sum, run) => sum + run[name], 0)) / runs.length).toFixed(2));
      const row = { task, fault: fault ?? 'none', guard: !trust, accuracy: of('accuracy', 100), lowest: Number((100 * Math.min(...runs.map(({ accuracy }) => accuracy))).toFixed(2)), roundsFound: of('found'), honestSetAside: of('wronged') };
      rows.push(row);
      console.log(JSON.stringify(row));
    }
  }
}
writeFileSync(new URL('results/fleet-bad.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-bad', machine: machine(), devices: DEVICES, rounds: ROUNDS, seeds: SEEDS, unit: '% of right answers on a fifth that nobody heard; rounds a run', rows }, null, 2)}\n`);
