// `npm run bench:fleet-layers`: what a fleet loses, and what its lines save, when a device sends one layer in a round instead of all. A fleet over a broker in this process, whose messages
// are counted as they pass. Writes results/fleet-layers.json.

import { writeFileSync } from 'node:fs';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { fleetContest, type Standing } from '../cli/fleet/contest.js';
import { TASKS, type TaskName } from '../cli/fleet/tasks.js';
import { LAYERS, type Layers } from '../host/fleet/turns.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';

const DEVICES = 20;
const ROUNDS = 20;
const SHOWN = [5, 10, 20];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Bytes of payloads that a device sends and is sent in a round, and what the fleet comes to. */
async function fleet(task: TaskName, layers: Layers, seed: number): Promise<{ up: number; down: number; standings: Standing[] }> {
  const broker = await startEmbeddedBroker();
  const listener = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 24 });
  let [up, down] = [0, 0];
  listener.on('message', (topic, payload) => {
    if (topic.endsWith('/update')) up += payload.length / DEVICES / ROUNDS;
    else down += payload.length / (ROUNDS + 1); // the last round ends with a model too
  });
  await listener.subscribeAsync(['onward/v1/+/dev/+/update', 'onward/v1/+/model', 'onward/v1/+/round'], { qos: 1 });
  const standings = await fleetContest(broker.url, await TASKS[task](DEVICES, seed), { rounds: ROUNDS, seed, layers });
  listener.end(true);
  await broker.stop();
  return { up, down, standings };
}

const table = [];
for (const task of ['digits', 'fan'] as const) {
  for (const layers of LAYERS) {
    const runs: Awaited<ReturnType<typeof fleet>>[] = [];
    for (const seed of SEEDS) runs.push(await fleet(task, layers, seed));
    const mean = (of: (run: (typeof runs)[number]) => number): number => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
    const accuracy = SHOWN.map((round) => ({ round, mean: Number((100 * mean(({ standings }) => standings[round - 1]!.shared)).toFixed(2)) }));
    const row = { task, layers, bytesUp: Math.round(mean(({ up }) => up)), bytesDown: Math.round(mean(({ down }) => down)), accuracy };
    console.log(JSON.stringify(row));
    table.push(row);
  }
}
const settings = { command: 'npm run bench:fleet-layers', devices: DEVICES, rounds: ROUNDS, seeds: SEEDS, step: 2, unit: '% of right answers on a fifth that nobody heard; bytes of messages, per device and round' };
writeFileSync(new URL('results/fleet-layers.json', import.meta.url), `${JSON.stringify({ ...settings, table }, null, 2)}\n`);
