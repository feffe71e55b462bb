// Prototypes of a fleet: what a device shares of its labels besides parameters, and the samples made up from them.

import { once } from 'node:events';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { Aggregator, FleetDevice, connectDevice } from '../host/fleet/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { createLearner } from '../host/index.js';
import { decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { MOST_PROTOTYPES, OthersPrototypes, OwnPrototypes, chosenPrototypes, decodePrototypes, encodePrototypes, type Prototype } from '../host/fleet/prototypes.js';
import { SharedPrototypes } from '../host/fleet/shared-prototypes.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('fleet prototypes');
const learner = await createLearner({ inputs: 2, labels: ['a', 'b'], seed: 5 });

function heard(label: number, count: number, centre: number, seed: number) {
  const own = new OwnPrototypes();
  const random = generator(seed);
  for (let k = 0; k < count; k++) own.observe([centre + random(), 3 * random()], label);
  return own;
}

test('a prototype is mean and deviation of its samples, missing values left out, and none of a few samples is shared', () => {
  const own = new OwnPrototypes();
  for (let k = 0; k < 7; k++) own.observe([k, 1], 1);
  assert.equal(own.ready(), []);
  own.observe([NaN, 1], 1);
  assert.equal(own.ready(), [], 'a sample with a missing value does not count');
  own.observe([7, 1], 1);
  const [prototype] = own.ready();
  assert.equal([prototype!.label, prototype!.samples, [...prototype!.mean]], [1, 8, [3.5, 1]]);
  assert.equal([...prototype!.deviation], [Math.fround(Math.sqrt(5.25)), 0]);
});

test('bytes come back as they went, and what no learner can have sent is refused', () => {
  const prototypes = [...heard(0, 20, 0, 1).ready(), ...heard(1, 30, 9, 2).ready()];
  const bytes = encodePrototypes(prototypes);
  assert.is(bytes.length, 2 * (4 + 8 * 2));
  assert.equal(decodePrototypes(bytes, learner, 2), prototypes);
  assert.is(decodePrototypes(bytes, learner, 1), undefined, 'more than there may be');
  assert.is(decodePrototypes(bytes.subarray(1), learner, 2), undefined);
  const changed = (change: (view: DataView) => void) => {
    const copy = bytes.slice();
    change(new DataView(copy.buffer));
    return decodePrototypes(copy, learner, 2);
  };
  assert.is(changed((view) => view.setUint16(0, 2, true)), undefined, 'an unknown label');
  assert.is(changed((view) => view.setUint16(2, 7, true)), undefined, 'of too few samples');
  assert.is(changed((view) => view.setFloat32(4, Infinity, true)), undefined);
  assert.is(changed((view) => view.setFloat32(12, -1, true)), undefined, 'a negative deviation');
});

test('what is handed out does not depend on who came first, is bounded, and gets round', () => {
  const devices = Array.from({ length: 50 }, (_, d) => [`d${d}`, [...heard(0, 9, d, d).ready(), ...heard(1, 9, d, d + 99).ready()]] as const);
  const seen = new Set<object>();
  for (let round = 0; round < 4; round++) {
    const chosen = chosenPrototypes(new Map(devices), round);
    assert.is(chosen.length, MOST_PROTOTYPES);
    assert.equal(chosenPrototypes(new Map([...devices].reverse()), round), chosen);
    for (const each of chosen) seen.add(each);
  }
  assert.is(seen.size, 100);
  assert.equal(chosenPrototypes(new Map(), 3), []);
});

test('made-up samples are of others, around their prototypes, and the same from the same seed', () => {
  const [mine, theirs] = [heard(0, 40, 0, 1).ready(), heard(1, 40, 100, 2).ready()];
  const others = new OthersPrototypes(7);
  assert.is(others.draw(), undefined);
  others.replace([...mine, ...theirs], mine);
  const draws = Array.from({ length: 2000 }, () => others.draw()!);
  assert.ok(draws.every(({ label }) => label === 1));
  const values = draws.map(({ features }) => features[0]!);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  assert.ok(Math.abs(mean - theirs[0]!.mean[0]!) < 0.03, String(mean));
  assert.ok(Math.abs(deviation / theirs[0]!.deviation[0]! - 0.7) < 0.05, String(deviation));
  const again = new OthersPrototypes(7);
  again.replace([...mine, ...theirs], mine);
  assert.equal(again.draw(), draws[0]);
});

test('a learner with windows learns from features what it would learn from the window', async () => {
  const make = () => createLearner({ window: { axes: 1, samples: 16 }, labels: ['a', 'b'], seed: 3 });
  const [one, other] = [await make(), await make()];
  const random = generator(4);
  for (let k = 0; k < 50; k++) {
    const window = Float32Array.from({ length: 16 }, random);
    const features = other.features(window);
    one.learn(window, k % 2 ? 'a' : 'b');
    other.learnFeatures(features, k % 2 ? 'a' : 'b');
  }
  assert.equal(other.save(), one.save());
  assert.throws(() => other.learnFeatures(new Float32Array(3), 'a'), RangeError);
});

test('devices of a fleet that share prototypes rehearse what others heard; its examples are real ones only', async () => {
  const broker = await startEmbeddedBroker();
  const clients = await Promise.all([0, 1].map((d) => connectDevice(broker.url, { fleet: 'lab', id: `d${d}` })));
  const learners = await Promise.all([0, 1].map((d) => createLearner({ inputs: 2, labels: ['a', 'b'], seed: d + 1 })));
  const random = generator(6);
  const devices: FleetDevice[] = learners.map((own, d) => new FleetDevice(clients[d]!, own, {
    fleet: 'lab',
    id: `d${d}`,
    prototypes: true,
    onModel(round) {
      if (round > 1) return;
      for (let k = 0; k < 20; k++) devices[d]!.learn([10 * d + random(), random()], d === 0 ? 'a' : 'b');
      devices[d]!.send();
    },
  }));
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const examples: number[] = [];
  const over = new AbortController();
  const shared = await createLearner({ inputs: 2, labels: ['a', 'b'] });
  const aggregator = await Aggregator.open(client, shared, new MemoryStore(), {
    fleet: 'lab',
    prototypes: true,
    examples: 1000,
    onRound(event) {
      examples.push(event.examples);
      if (event.round === 1) over.abort();
    },
  });
  if (!over.signal.aborted) await once(over.signal, 'abort');
  assert.equal(examples, [40, 40]);
  assert.equal(learners.map(({ seen }) => seen), [80, 80], '20 steps without prototypes, then 20 of its own and 40 made up');
  assert.equal(aggregator.counts().refused, {});
  for (const device of devices) device.close();
  await aggregator.close();
  for (const each of [client, ...clients]) each.end(true);
  await broker.stop();
});

test('an aggregator that starts again hands out what devices told it before, those that are away among them', async () => {
  let text: string | undefined;
  const prototypeNotes = { load: async () => text, save: async (kept: string) => void (text = kept) };
  const store = new MemoryStore();
  const [near, far] = [heard(0, 20, 0, 1).ready(), heard(1, 30, 9, 2).ready()];
  const start = async (known: readonly string[]) => {
    const broker = await startEmbeddedBroker(); // a new one: nothing is retained
    const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
    const handedOut = new Promise<Prototype[]>((resolve) => client.on('message', (topic, payload) => {
      const message = topic.endsWith('lab/prototypes') ? decodeMessage(payload) : undefined;
      if (typeof message === 'object') resolve(decodePrototypes(message.body, learner, 64)!);
    }));
    await client.subscribeAsync('onward/v1/lab/prototypes', { qos: 1 });
    const aggregator = await Aggregator.open(client, await createLearner({ inputs: 2, labels: ['a', 'b'], seed: 5 }), store, { fleet: 'lab', prototypes: true, prototypeNotes, minDevices: 1, seconds: 20 });
    for (const [k, device] of known.entries()) {
      const fields = { architecture: learner.architecture, round: 0, examples: 0, sequence: k };
      client.publish(`onward/v1/lab/dev/${device}/prototypes`, Buffer.from(encodeMessage({ ...fields, kind: 'prototypes', body: encodePrototypes(k === 0 ? near : far) })), { qos: 1 });
      if (k === known.length - 1) client.publish(`onward/v1/lab/dev/${device}/update`, Buffer.from(encodeMessage({ ...fields, kind: 'update', examples: 5, body: aggregator.learner.parameters() })), { qos: 1 });
    }
    const all = await handedOut;
    await aggregator.close();
    client.end(true);
    await broker.stop();
    return all;
  };
  assert.equal(await start(['d0', 'd1']), [...near, ...far]);
  assert.equal(await start([]), [...near, ...far]);
  const kept = text!;
  const of = async (changed: string | undefined): Promise<number> => (await SharedPrototypes.open(learner, { ...prototypeNotes, load: async () => changed })).devices.size;
  assert.is(await of(kept), 2);
  for (const changed of [undefined, kept.slice(1), '{"architecture":5,"devices":{}}', kept.replace('"d0"', '"d/0"')]) assert.is(await of(changed), 0, changed);
  assert.is(await of(kept.replace(/"d0":"..../, '"d0":"////')), 1, 'what no device can have sent');
});

test('prototypes of a device that is expelled are gone at once, and do not come back after a restart', async () => {
  const kept = (): string[] => Object.keys((JSON.parse(text!) as { devices: object }).devices);
  let text: string | undefined;
  let decided: string | undefined;
  const prototypeNotes = { load: async () => text, save: async (newer: string) => void (text = newer) };
  const notes = { load: async () => decided, save: async (newer: string) => void (decided = newer) };
  const shared = await SharedPrototypes.open(learner, prototypeNotes);
  const own = encodeMessage({ kind: 'prototypes', architecture: learner.architecture, round: 0, examples: 0, sequence: 0, body: encodePrototypes(heard(0, 20, 0, 1).ready()) });
  for (const device of ['d0', 'd1']) assert.is(shared.take(device, own), 'taken');
  await shared.keep();
  const before = text;
  const client = await connectMqtt('mqtt://127.0.0.1:9', { reconnectPeriod: 0 });
  client.on('error', () => {});
  const open = async (): Promise<Aggregator> => Aggregator.open(client, await createLearner({ inputs: 2, labels: ['a', 'b'], seed: 5 }), new MemoryStore(), { fleet: 'lab', prototypes: true, prototypeNotes, notes });
  const hub = await open();
  await hub.expel('d0');
  assert.equal(kept(), ['d1']);
  await hub.close();
  text = before; // as if it had stopped between the two
  await (await open()).close();
  assert.equal(kept(), ['d1']);
  client.end(true);
});

test('names cost nothing to make up: of more than 10,000 devices the prototypes that were told first go', async () => {
  const shared = await SharedPrototypes.open(learner, undefined);
  const own = encodeMessage({ kind: 'prototypes', architecture: learner.architecture, round: 0, examples: 0, sequence: 0, body: encodePrototypes(heard(0, 20, 0, 1).ready()) });
  for (let d = 0; d < 10_000; d++) shared.take(`d${d}`, own);
  shared.take('d0', own);
  shared.take('e', own);
  assert.equal([shared.devices.size, shared.devices.has('d0'), shared.devices.has('d1'), shared.devices.has('e')], [10_000, true, false, true]);
});

test.run();
