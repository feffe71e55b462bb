// Sums under masks over brokers: connections that break, aggregators and devices that want masks and others that do not, devices that end early, one that spoils the sum, sums that end early.

import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { resolveConfig } from '../host/config.js';
import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator, FleetDevice, connectDevice, disconnectDevice, type AggregatorOptions } from '../host/fleet/index.js';
import { decodeMasks, encodeMasks, type Shares } from '../host/fleet/mask-messages.js';
import { MaskedRound } from '../host/fleet/masked-round.js';
import { decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { createLearner } from '../host/index.js';
import { architectureOf } from '../host/parameters.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { BROKERS } from './brokers.js';
import { SHAPE, ends, lesson, topics, until } from './fleet-lab.js';
import { MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

const test = suite('masks over a broker', ...MOSQUITTO);
const MASKED = { ...SHAPE, inputScale: 0.5 };
const config = resolveConfig(MASKED);
const architecture = architectureOf(config);

test('mosquitto: 20 devices, three gone in the middle of each round, and the bytes of the clear average', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const learner = await createLearner(MASKED);
  const models = [learner.parameters()];
  const clears: string[] = [];
  client.on('message', (topic, payload) => {
    const message = topic.endsWith('/update') ? decodeMessage(payload) : undefined;
    if (typeof message === 'object' && message.masked !== true) clears.push(topic);
  });
  const events: [number, number][] = [];
  const hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, minDevices: 17, seconds: 20, onRound: ({ round, devices }) => void (events.push([round, devices]), models.push(learner.parameters())) });
  const updates: { packed: Uint8Array; examples: number }[][] = [[], []];
  const lost = (round: number, d: number): boolean => d % 7 === 2 + round && d < 18;
  const members = await Promise.all(
    Array.from({ length: 20 }, async (_, d) => {
      const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}`, reconnectPeriod: 50 });
      const { publish } = own;
      own.publish = ((topic: string, payload: Buffer, ...rest: []) => {
        const message = topic === topics.update(`d${d}`) ? decodeMessage(payload) : undefined;
        // its connection breaks with its update; it is back for the next round
        if (typeof message === 'object' && lost(message.round, d)) return void own.stream.destroy();
        return publish.call(own, topic, payload, ...rest);
      }) as typeof publish;
      const device: FleetDevice = new FleetDevice(own, await createLearner({ ...MASKED, seed: 50 + d }), {
        fleet: 'lab',
        id: `d${d}`,
        masks: true,
        onModel(round) {
          if (round >= 2) return;
          const samples = lesson(d, round);
          for (const { x, y } of samples) device.learn(x, y);
          updates[round]!.push(lost(round, d) ? { packed: models[round]!, examples: 0 } : { packed: device.learner.parameters(), examples: samples.length });
          device.send();
        },
      });
      return { own, device };
    }),
  );
  await until('two rounds', () => models.length === 3, 40);
  for (const r of [0, 1]) {
    assert.equal(events[r], [r, 17]);
    const judge = new ExactAverage(config, models[r]!, 512);
    for (const { packed, examples } of updates[r]!) if (examples > 0) judge.add(packed, examples);
    assert.equal(models[r + 1], judge.result(), `round ${r}`);
  }
  assert.equal(clears, []);
  await hub.close();
  await ends([client, ...members.map(({ own }) => own)]);
  await broker.stop();
});

test('mosquitto: a device that sends under masks only sends nothing to an aggregator that asks for clear updates; a clear one is refused where masks are asked for', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const learner = await createLearner(MASKED);
  let hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', examples: 3, seconds: 20 });
  const own = await connectDevice(broker.url, { fleet: 'lab', id: 'd0' });
  const refusals: string[] = [];
  const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 }), { fleet: 'lab', id: 'd0', masks: true, onRefused: (reason) => refusals.push(reason) });
  await device.ready();
  for (const { x, y } of lesson(0, 0)) device.learn(x, y);
  await until('its refusal', () => refusals.includes('masks'));
  assert.is(hub.counts().taken, 0);
  const tells = { updates: 0, stranded: 3 }; // the other two wait for the next update
  const told = (): typeof tells => (({ updates, stranded }) => ({ updates, stranded }))(device.counts());
  assert.equal(told(), tells);
  await hub.close();
  hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', masks: true, examples: 3, seconds: 20 });
  await until('its offer', () => hub.standing().devices.some(({ id, bytes }) => id === 'd0' && bytes > 0));
  client.publish(topics.update('d7'), Buffer.from(encodeMessage({ kind: 'update', architecture, round: 0, examples: 3, sequence: 0, body: learner.parameters() })));
  await until('that refusal', () => hub.counts().refused.masks === 1);
  assert.equal(told(), tells, 'a round of one does not close');
  assert.is(await device.flush(AbortSignal.timeout(50)), 2);
  await hub.rollback(0); // the next model comes without it
  await until('that model', () => device.counts().round === 1);
  device.send();
  assert.equal(told(), { updates: 0, stranded: 5 });
  device.close();
  await hub.close();
  await ends([client, own]);
  await broker.stop();
});

test('mosquitto: devices that end with their samples stay until the sum has their shares', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const rounds: number[] = [];
  const hub = await Aggregator.open(client, await createLearner(MASKED), new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, seconds: 20, onRound: ({ devices }) => void rounds.push(devices), onShort: () => assert.unreachable('nobody is missing') });
  await Promise.all([0, 1, 2].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 + d }), { fleet: 'lab', id: `d${d}` });
    await device.ready();
    await until('all are there', () => hub.counts().online === 3);
    for (const { x, y } of lesson(d, 0)) device.learn(x, y);
    assert.is(await device.flush(AbortSignal.timeout(10_000)), 0);
    assert.equal([device.counts().updates, device.counts().stranded], [1, 0]);
    device.close();
    await disconnectDevice(own);
  }));
  await until('the round', () => rounds.length === 1);
  assert.equal(rounds, [3]);
  await hub.close();
  await ends([client]);
  await broker.stop();
});

const nameOf = (d: number): string => `d${d}`;

/** Shares that open for nobody. */
function garbled(message: Uint8Array): Uint8Array {
  const shares = decodeMasks(message) as { step: 'shares' } & Shares;
  return new TextEncoder().encode(encodeMasks({ ...shares, sealed: new Map([...shares.sealed].map(([name, bytes]) => [name, bytes.map((byte) => byte ^ 1)])) }));
}

/** Four devices that learn and send in round 0, over a broker in this process. @param passes what the network makes of a device's message: another, or none */
async function fleetOf(options: Partial<AggregatorOptions>, passes: (device: string, step: string, message: Uint8Array) => Uint8Array | undefined) {
  const broker = await startEmbeddedBroker();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const hub = await Aggregator.open(client, await createLearner(MASKED), new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, seconds: 20, ...options });
  const members = await Promise.all([0, 1, 2, 3].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: nameOf(d) });
    const { publish } = own;
    own.publish = ((topic: string, payload: Buffer | string, ...rest: []) => {
      const message = typeof payload === 'string' ? new TextEncoder().encode(payload) : new Uint8Array(payload);
      const step = topic === topics.masksOf(nameOf(d)) ? decodeMasks(message)!.step : topic === topics.update(nameOf(d)) ? 'update' : undefined;
      const passed = step === undefined ? message : passes(nameOf(d), step, message);
      return passed === undefined ? own : publish.call(own, topic, Buffer.from(passed), ...rest);
    }) as typeof publish;
    const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 50 + d }), { fleet: 'lab', id: nameOf(d) });
    await device.ready();
    return { own, device };
  }));
  await until('all are there', () => hub.counts().online === 4);
  members.forEach(({ device }, d) => {
    for (const { x, y } of lesson(d, 0)) device.learn(x, y);
    device.send();
  });
  const over = async (): Promise<void> => {
    await hub.close();
    await ends([client, ...members.map(({ own }) => own)]);
    await broker.stop();
  };
  return { hub, members, over };
}

test('an aggregator leaves who has spoiled a sum out of the next attempt, names it, and counts what was summed only', async () => {
  const [rounds, short, named]: [number[], number[], string[]] = [[], [], []];
  const { hub, over } = await fleetOf({ onRound: ({ devices }) => void rounds.push(devices), onShort: ({ devices }) => void (short.push(devices), assert.is(hub.counts().taken, 0)), onRefused: (device, reason) => void named.push(`${device} ${reason}`) },
    (device, step, message) => (device === 'd2' && step === 'shares' ? garbled(message) : message));
  await until('the round', () => rounds.length === 1);
  assert.equal([rounds, short, hub.counts().taken], [[3], [4], 3]);
  assert.ok(named.length > 0 && named.every((each) => each === 'd2 damaged'), named.join());
  await over();
});

test('a sum ends with its aggregator, with a rollback, and without waiting for who is expelled', async () => {
  const { end, add } = MaskedRound.prototype;
  let taken = 0;
  const sums: ReturnType<typeof end>[] = [];
  MaskedRound.prototype.end = function () {
    const sum = end.call(this);
    sums.push(sum);
    return sum;
  };
  MaskedRound.prototype.add = function (device, bytes) {
    const answer = add.call(this, device, bytes);
    if (answer === 'taken') taken++;
    return answer;
  };
  try {
    for (const [k, how] of ['close', 'rollback', 'expel'].entries()) {
      taken = 0;
      const rounds: number[] = [];
      const { hub, over } = await fleetOf({ onRound: ({ devices }) => void rounds.push(devices) }, (device, step, message) => (device === 'd1' && step === 'update' ? undefined : message));
      await until('all but one have sent', () => taken === 3);
      const began = performance.now();
      if (how === 'close') await hub.close();
      else if (how === 'rollback') await hub.rollback(0);
      else await hub.expel('d1');
      const sum = await sums[k];
      assert.ok(performance.now() - began < 5000, 'a step waits 10 s');
      assert.equal(sum?.contributions.map(({ device }) => device), how === 'expel' ? ['d0', 'd2', 'd3'] : undefined, how);
      if (how === 'expel') await until('the round', () => rounds.length === 1);
      assert.is(hub.counts().taken, how === 'expel' ? 3 : 0);
      await over();
    }
  } finally {
    Object.assign(MaskedRound.prototype, { end, add });
  }
});

test('mosquitto: an update whose sum came to nothing counts once, when another sum has it', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const devices: FleetDevice[] = [];
  const [shorts, rounds]: [number[][], number[]] = [[], []];
  const hub = await Aggregator.open(client, await createLearner(MASKED), new MemoryStore(), {
    fleet: 'lab', masks: true, examples: 5, seconds: 1,
    onShort: ({ devices: joined }) => void (joined === 3 && shorts.push(devices.map((device) => device.counts().updates))),
    onRound: ({ devices: summed }) => void rounds.push(summed),
  });
  const owns = await Promise.all([0, 1, 2].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    const { publish } = own;
    let lost = 0;
    own.publish = ((topic: string, payload: Buffer | string, options: object, done: () => void) => {
      // two of three shares get lost on the way, once
      if (d > 0 && topic === topics.masksOf(`d${d}`) && String(payload).includes('"reveal"') && lost++ === 0) return void done();
      return publish.call(own, topic, payload, options, done);
    }) as typeof publish;
    const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 + d }), { fleet: 'lab', id: `d${d}` });
    devices.push(device);
    await device.ready();
    return own;
  }));
  await until('all are there', () => hub.counts().online === 3);
  devices.forEach((device, d) => lesson(d, 0).slice(0, 5).forEach(({ x, y }) => device.learn(x, y)));
  await until('the round', () => rounds.length === 1);
  assert.equal([shorts, rounds], [[[1, 1, 1]], [3]]);
  assert.equal(devices.map((device) => [device.counts().updates, device.counts().stranded]), [[1, 0], [1, 0], [1, 0]]);
  devices.forEach((device) => device.close());
  await hub.close();
  await ends([client, ...owns]);
  await broker.stop();
});

test.run();
