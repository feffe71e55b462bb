// `npm run bench:fleet`: rounds of a fleet over a real Mosquitto, and what a fleet learns from data that differs from device to device.
// Writes results/fleet.json; `-- learned` does the second half only and keeps the rounds that stand there. Devices, aggregator and broker share this machine, so a round contains every device's work too.

import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { Aggregator, FleetDevice, connectDevice } from '../host/fleet/index.js';
import { createLearner } from '../host/index.js';
import { fleetContest, type Standing } from '../cli/fleet/contest.js';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { TASKS, type FleetTask, type TaskName } from '../cli/fleet/tasks.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { Broker } from '../tests/mosquitto.js';
import { machine } from './machine.js';

/** 16,384 B of parameters. */
const SHAPE = { inputs: 64, labels: Array.from({ length: 10 }, (_, k) => String(k)), units: [64, 64], seed: 1 };
const EXAMPLES = 8;

async function rounds(devices: number, count: number) {
  const broker = await Broker.start();
  const x = new Float32Array(64);
  let last = 0;
  const times: number[] = [];
  let over!: () => void;
  const end = new Promise<void>((resolve) => (over = resolve));
  const members = [];
  for (let d = 0; d < devices; d++) {
    const options = { fleet: 'bench', id: `d${d}` };
    const client = await connectDevice(broker.url, options);
    const device: FleetDevice = new FleetDevice(client, await createLearner({ ...SHAPE, seed: d + 2 }), {
      ...options,
      onModel(round) {
        for (let k = 0; k < EXAMPLES; k++) {
          for (let i = 0; i < 64; i++) x[i] = Math.sin(i * (d + 1) + k + round);
          device.learn(x, SHAPE.labels[(d + k) % 10]!);
        }
        device.send();
      },
    });
    if (!client.connected) await new Promise<void>((resolve) => client.once('connect', () => resolve()));
    members.push({ client, device });
  }
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const aggregator = await Aggregator.open(client, await createLearner(SHAPE), new MemoryStore(), {
    fleet: 'bench',
    examples: EXAMPLES,
    minDevices: devices,
    onRound() {
      const now = performance.now();
      if (last > 0) times.push(now - last); // the first round waits for connections
      last = now;
      if (times.length === count) over();
    },
  });
  await end;
  const { refused } = aggregator.counts();
  const updateBytes = members[0]!.device.learner.parameters().length + 32;
  await aggregator.close();
  for (const member of members) {
    member.device.close();
    member.client.end(true);
  }
  client.end(true);
  await broker.stop();
  times.sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor(share * (times.length - 1))]!.toFixed(1));
  const result = { devices, updateBytes, rounds: count, medianMs: at(0.5), fastestMs: at(0), slowestMs: at(1), refused };
  console.log(JSON.stringify(result));
  return result;
}

/** One learner on the samples of all; its share of right answers. */
async function central({ config, all, judged }: FleetTask, passes: number, seed: number): Promise<number> {
  const random = randomFrom(seed);
  const learner = await createLearner({ ...config, seed });
  for (let pass = 0; pass < passes; pass++) for (const { x, y } of shuffle([...all], random)) learner.learn(x, y);
  return judged.filter(({ x, y }) => learner.predict(x).label === y).length / judged.length;
}

async function accuracy(name: TaskName, prototypes: boolean, devices: number, passes: number, seeds: readonly number[]) {
  const runs: Standing[][] = [];
  let more = 0; // with prototypes every own sample costs three steps: one learner with as many steps
  for (const seed of seeds) {
    const broker = await startEmbeddedBroker();
    const task = await TASKS[name](devices, seed);
    runs.push(await fleetContest(broker.url, task, { rounds: passes, seed, prototypes }));
    more += (100 * (await central(task, 3 * passes, seed))) / seeds.length;
    await broker.stop();
  }
  const mean = (round: number, key: keyof Standing) => Number((runs.reduce((sum, run) => sum + 100 * run[round]![key], 0) / runs.length).toFixed(2));
  const table = [1, 2, 5, 10, 15, 20].map((round) => ({ round, shared: mean(round - 1, 'shared'), alone: mean(round - 1, 'alone'), bestAlone: mean(round - 1, 'best'), central: mean(round - 1, 'central') }));
  const centralThrice = Number(more.toFixed(2));
  console.log(name, prototypes, JSON.stringify(table.at(-1)), centralThrice);
  return { task: name, prototypes, step: prototypes ? 1.5 : 2, devices, seeds, unit: '% of right answers on a fifth that nobody heard', byRound: table, centralThricePasses: centralThrice };
}

const loadBefore = loadavg()[0]!; // others' work on the machine shows in the times
const results = new URL('results/fleet.json', import.meta.url);
const kept = process.argv[2] === 'learned' ? (JSON.parse(readFileSync(results, 'utf8')) as { loadAverage: number; mosquitto: object[] }) : undefined;
const speeds = kept?.mosquitto ?? [await rounds(50, 40), await rounds(200, 10), await rounds(1000, 4)];
const learned = [];
for (const prototypes of [true, false]) for (const task of ['digits', 'fan'] as const) learned.push(await accuracy(task, prototypes, 20, 20, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
writeFileSync(results, `${JSON.stringify({ command: 'npm run bench:fleet', machine: machine(), loadAverage: kept?.loadAverage ?? Number(loadBefore.toFixed(1)), mosquitto: speeds, learned }, null, 2)}\n`);
