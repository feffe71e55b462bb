// Updates of 222 bytes: what the frame says is what both sides hold, the rest stays with the device, and the aggregator's mean is that of the judge.

import fc from 'fast-check';
import { resolveConfig } from '../host/config.js';
import { FleetDevice, connectDevice } from '../host/fleet/index.js';
import { limitOf, valuesOf } from '../host/fleet/average.js';
import { FEW_BYTES, encodeFew, withFew } from '../host/fleet/few.js';
import { MESSAGE_HEADER_BYTES, decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { Round } from '../host/fleet/round.js';
import { Aggregator } from '../host/fleet/index.js';
import { createLearner } from '../host/index.js';
import { packedLayout } from '../host/parameters.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { BROKERS, NATS } from './brokers.js';
import { scrambled } from './fleet-judge.js';
import { SHAPE, ends, lesson, until } from './fleet-lab.js';
import { MOSQUITTO } from './mosquitto.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('few', ...MOSQUITTO, NATS);
const FEW = { ...SHAPE, units: [32, 24], inputScale: 0.5 };
const config = resolveConfig(FEW);

test('a frame is no longer than it may be, says the same to both sides, and moves every value towards where it is', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 20, max: 400 }), fc.boolean(), (seed, room, extreme) => {
      const [base, now] = [scrambled(config, generator(seed), extreme), scrambled(config, generator(seed + 1), extreme)];
      const { body, parameters } = encodeFew(config, base, now, room);
      assert.ok(body.length <= room);
      assert.equal(withFew(config, base, body), parameters);
      let moved = 0;
      for (const run of packedLayout(config).runs) {
        const [before, after, wanted] = [base, parameters, now].map((packed) => valuesOf(packed, run)) as [Int8Array, Int8Array, Int8Array];
        for (let i = 0; i < run.count; i++) {
          assert.ok(Math.abs(after[i]!) <= limitOf(run));
          if (after[i] === before[i]) continue;
          moved++;
          assert.is(Math.sign(after[i]! - before[i]!), Math.sign(wanted[i]! - before[i]!));
        }
      }
      assert.ok(moved > (room - 20) / 2, `${moved} changes in ${room} bytes`);
    }),
    { numRuns: 60 },
  );
});

test('any bytes are a frame or none: nothing is thrown, nothing leaves its format', () => {
  const base = scrambled(config, generator(1));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 250 }), (body) => {
      const parameters = withFew(config, base, body);
      if (parameters !== undefined) assert.is(parameters.length, base.length);
    }),
    { numRuns: 2000 },
  );
  assert.is(withFew(config, base, new Uint8Array(3)), undefined);
});

for (const name of ['mosquitto', 'nats'] as const) {
  test(`${name}: six devices, four rounds of 222 bytes, and the bytes of the judge; a whole update is taken, too`, async () => {
    const broker = await BROKERS[name]();
    const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
    const learner = await createLearner(FEW);
    const [models, sent] = [[learner.parameters()], new Map<number, [string, Buffer][]>()];
    client.on('message', (topic, payload) => {
      const message = topic.endsWith('/update') ? decodeMessage(payload) : undefined;
      if (typeof message === 'object') sent.set(message.round, [...(sent.get(message.round) ?? []), [topic.split('/').at(-2)!, Buffer.from(payload)]]);
    });
    const hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', layers: 'few', examples: 1e6, mostExamples: 1e6, minDevices: 6, seconds: 20, onRound: () => void models.push(learner.parameters()) });
    const members = await Promise.all(
      Array.from({ length: 6 }, async (_, d) => {
        const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
        const device: FleetDevice = new FleetDevice(own, await createLearner({ ...FEW, seed: 50 + d }), {
          fleet: 'lab',
          id: `d${d}`,
          onModel(round) {
            if (round >= 4) return;
            for (const { x, y } of lesson(d, round)) device.learn(x, y);
            // the announcement comes after the model
            setTimeout(() => device.send(), 100);
          },
        });
        return { own, device };
      }),
    );
    await until('four rounds', () => models.length === 5, 40);
    for (let r = 0; r < 4; r++) {
      const updates = sent.get(r)!;
      assert.is(updates.length, 6);
      const round = new Round(r, config, models[r]!, { mostExamples: 1e6, step: 2048, clip: 1.5, trust: false, layers: 'few' });
      for (const [device, bytes] of updates.reverse()) {
        if (r > 0) assert.ok(bytes.length <= MESSAGE_HEADER_BYTES + FEW_BYTES, `${bytes.length} bytes`);
        assert.is(round.add(device, bytes), 'taken');
      }
      assert.equal(round.end().parameters, models[r + 1]);
    }
    await hub.close();
    await ends([client, ...members.map(({ own }) => own)]);
    await broker.stop();
  });
}

test('a device that starts again, and again, sends nothing to a round that has its update', async () => {
  const broker = await BROKERS.mosquitto();
  const hub = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  let updates = 0;
  hub.on('message', (topic) => void (topic.endsWith('/update') && updates++));
  const aggregator = await Aggregator.open(hub, await createLearner(FEW), new MemoryStore(), { fleet: 'lab', layers: 'few', examples: 1e6, minDevices: 2, seconds: 60 });
  const options = { fleet: 'lab', id: 'd0' };
  let client = await connectDevice(broker.url, options);
  let device = new FleetDevice(client, await createLearner({ ...FEW, seed: 50 }), options);
  await device.ready();
  await new Promise((resolve) => setTimeout(resolve, 200)); // the announcement comes after the model
  for (const { x, y } of lesson(0, 0)) device.learn(x, y);
  device.send();
  await until('the update', () => updates === 1);
  for (let start = 0; start < 3; start++) {
    const bytes = device.save();
    device.close();
    await ends([client]);
    client = await connectDevice(broker.url, options);
    device = await FleetDevice.restore(client, bytes, options);
    device.learn(...(([{ x, y }]) => [x, y] as const)(lesson(0, 1 + start) as [{ x: Float32Array; y: string }]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    device.send();
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.is(updates, 1, `start ${start + 1}`);
  }
  assert.equal(aggregator.counts().refused, {});
  device.close();
  await aggregator.close();
  await ends([hub, client]);
  await broker.stop();
});

test('where few is not asked for, a few are refused; without a fixed scale it is not offered', async () => {
  const learner = await createLearner(FEW);
  const round = new Round(0, config, learner.parameters(), { mostExamples: 10, step: 256 });
  const { body } = encodeFew(config, learner.parameters(), scrambled(config, generator(3)), FEW_BYTES);
  assert.is(round.add('d1', encodeMessage({ kind: 'update', architecture: learner.architecture, round: 0, examples: 5, sequence: 0, few: true, body })), 'layer');
  const client = await connectMqtt('mqtt://127.0.0.1:9', { reconnectPeriod: 0 });
  client.on('error', () => {});
  await Aggregator.open(client, await createLearner(SHAPE), new MemoryStore(), { fleet: 'lab', layers: 'few' }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /give the model an inputScale/));
  client.end(true);
});

test.run();
