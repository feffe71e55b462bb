// `npm run bench:fleet-masks`: a round of 20 devices over a real Mosquitto, of clear updates, of masked ones, and of masked ones where three devices drop out with theirs. Devices, aggregator
// and broker share this machine, so each device's 64 steps and all of its masks are in a round. Writes results/fleet-masks.json.

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { Aggregator, FleetDevice, connectDevice } from '../host/fleet/index.js';
import { topicsOf } from '../host/fleet/topics.js';
import { createLearner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { Broker } from '../tests/mosquitto.js';
import { machine } from './machine.js';

const DEVICES = 20;
const EXAMPLES = 64;
const ROUNDS = 12;
/** Kinds of rounds take turns, for others' work on the machine shows in the times. */
const TURNS = 3;
const SHAPE = { inputs: 64, labels: Array.from({ length: 10 }, (_, k) => String(k)), units: [64, 64], inputScale: 1, seed: 1 };
const topics = topicsOf('bench');

async function rounds(masks: boolean, gone: number) {
  const broker = await Broker.start();
  const x = new Float32Array(64);
  const times: number[] = [];
  let [bytes, last] = [0, 0];
  let used = process.cpuUsage();
  let over!: () => void;
  const end = new Promise<void>((resolve) => (over = resolve));
  const members = await Promise.all(
    Array.from({ length: DEVICES }, async (_, d) => {
      const id = `d${d}`;
      const client = await connectDevice(broker.url, { fleet: 'bench', id });
      const { publish } = client;
      const { boot } = JSON.parse(String(client.options.will!.payload)) as { boot: number };
      const say = (online: boolean): unknown => publish.call(client, topics.status(id), JSON.stringify({ online, boot }), { qos: 1 }, () => {});
      client.publish = ((topic: string, payload: Buffer, ...rest: []) => {
        if (topic !== topics.update(id)) return publish.call(client, topic, payload, ...rest);
        bytes = payload.length;
        return d < gone ? say(false) : publish.call(client, topic, payload, ...rest);
      }) as typeof publish;
      const device: FleetDevice = new FleetDevice(client, await createLearner({ ...SHAPE, seed: d + 2 }), {
        fleet: 'bench',
        id,
        onModel(round) {
          if (d < gone) say(true);
          for (let k = 0; k < EXAMPLES; k++) {
            for (let i = 0; i < 64; i++) x[i] = Math.sin(i * (d + 1) + k + round);
            device.learn(x, SHAPE.labels[(d + k) % 10]!);
          }
        },
      });
      if (!client.connected) await new Promise<void>((resolve) => client.once('connect', () => resolve()));
      return { client, device };
    }),
  );
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const aggregator = await Aggregator.open(client, await createLearner(SHAPE), new MemoryStore(), {
    fleet: 'bench',
    examples: EXAMPLES,
    minDevices: DEVICES - gone,
    ...(masks ? { masks } : { trust: true }),
    onRound() {
      const now = performance.now();
      if (last > 0) times.push(now - last); // the first round waits for connections
      else used = process.cpuUsage();
      last = now;
      if (times.length === ROUNDS) over();
    },
  });
  await end;
  const { user, system } = process.cpuUsage(used);
  const { refused, taken } = aggregator.counts();
  await aggregator.close();
  for (const member of members) {
    member.device.close();
    member.client.end(true);
  }
  client.end(true);
  await broker.stop();
  console.log(masks, gone, taken, JSON.stringify(refused));
  return { bytes, times, processorMs: (user + system) / 1000 / ROUNDS };
}

const loadBefore = Number(loadavg()[0]!.toFixed(1)); // others' work on the machine shows in the times
const runs: { masks: boolean; gone: number; of: Awaited<ReturnType<typeof rounds>>[] }[] = [{ masks: false, gone: 0, of: [] }, { masks: true, gone: 0, of: [] }, { masks: true, gone: 3, of: [] }];
for (let turn = 0; turn < TURNS; turn++) for (const { masks, gone, of } of runs) of.push(await rounds(masks, gone));
const rows = runs.map(({ masks, gone, of }) => {
  const times = of.flatMap((run) => run.times).sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor(share * (times.length - 1))]!.toFixed(1));
  const processorMs = Number([...of.map((run) => run.processorMs)].sort((a, b) => a - b)[TURNS >> 1]!.toFixed(1));
  return { masks, dropOut: gone, updateBytes: of[0]!.bytes, rounds: times.length, medianMs: at(0.5), fastestMs: at(0), slowestMs: at(1), processorMs };
});
for (const row of rows) console.log(JSON.stringify(row));
writeFileSync(new URL('results/fleet-masks.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:fleet-masks', machine: machine(), loadAverage: loadBefore, devices: DEVICES, examples: EXAMPLES, rows }, null, 2)}\n`);
