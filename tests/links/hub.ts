// The aggregator on the broker's host: `hub.ts URL ROUNDS SECONDS LEAST`. A line of JSON for every round that ended: whose updates it folded in, how long it took, the
// next model's hash.

import { createHash } from 'node:crypto';
import { Aggregator } from '../../host/fleet/index.js';
import { decodeMessage } from '../../host/fleet/message.js';
import { deviceOf } from '../../host/fleet/topics.js';
import { createLearner } from '../../host/index.js';
import { connectMqtt } from '../../host/sources/mqtt-client.js';
import { MemoryStore } from '../../host/stores/memory.js';
import { SHAPE, STEP } from './fleet.js';

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]];
const [rounds, seconds, least] = numbers.map(Number) as [number, number, number];
const client = await connectMqtt(url, { protocolVersion: 4, maxBytes: 2 ** 20 });
const learner = await createLearner(SHAPE);
const came = new Map<number, string[]>();
let began = performance.now();
const aggregator = await Aggregator.open(client, learner, new MemoryStore(), {
  fleet: 'links',
  examples: 1e6,
  mostExamples: 1e6,
  seconds,
  minDevices: least,
  step: STEP / 256,
  onRound({ round }) {
    const now = performance.now();
    const hash = createHash('sha256').update(learner.parameters()).digest('hex');
    process.stdout.write(`${JSON.stringify({ round, ms: now - began, devices: came.get(round)!, hash, refused: aggregator.counts().refused })}\n`);
    began = now;
    if (round + 1 === rounds) void aggregator.close().then(() => process.exit(0));
  },
});
// behind the aggregator's own listener; a round that ends within it is told of later (its model is stored first)
let taken = 0;
client.on('message', (topic, payload) => {
  if (aggregator.counts().taken === taken) return;
  taken = aggregator.counts().taken;
  const message = decodeMessage(payload);
  if (typeof message === 'object') came.set(message.round, [...(came.get(message.round) ?? []), deviceOf(topic)]);
});
process.stdin.resume().on('end', () => process.exit(0));
