// Layers by turns: the bytes of the central computation, nothing learned is lost, and what was not asked for is refused.

import { EventEmitter } from 'node:events';
import type { MqttClient } from 'mqtt';
import fc from 'fast-check';
import { crc32 } from '../host/checksum.js';
import { resolveConfig, type ResolvedConfig } from '../host/config.js';
import { ExactAverage, MOST_EXAMPLES, limitOf, valuesOf } from '../host/fleet/average.js';
import { Aggregator, FleetDevice, type Refusal } from '../host/fleet/index.js';
import { decodeMember, encodeMember } from '../host/fleet/member.js';
import { decodeMessage, encodeMessage, type FleetMessage } from '../host/fleet/message.js';
import { RobustAverage } from '../host/fleet/robust.js';
import { announcement } from '../host/fleet/topics.js';
import { Round } from '../host/fleet/round.js';
import { layerInTurn, partOf, withPart } from '../host/fleet/turns.js';
import { createLearner } from '../host/index.js';
import { architectureOf, packedLayout } from '../host/parameters.js';
import { shuffle } from '../host/shuffle.js';
import { MemoryStore } from '../host/stores/memory.js';
import { BROKERS } from './brokers.js';
import { central, scrambled } from './fleet-judge.js';
import { SHAPE, aggregate, ends, learnerOf, lesson, member, topics, until } from './fleet-lab.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('fleet layers by turns');
const config = resolveConfig(SHAPE);
const closing: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const turn = (device: string, round: number, layers: number): number => (crc32(new TextEncoder().encode(device)) + round) % layers;

test('rounds of three layers give the bytes of one computation in rationals, whatever comes twice, late, whole or out of turn', () => {
  fc.assert(
    fc.property(fc.constantFrom(8 as const, 16 as const), fc.integer({ min: 1, max: 7 }), fc.nat(), fc.integer({ min: 1, max: 2048 }), fc.boolean(), (bits, devices, seed, step, extreme) => {
      const shape = resolveConfig({ inputs: 3, labels: ['a', 'b'], units: [5, 4, 3], bits, inputScale: 1 });
      const architecture = architectureOf(shape);
      const random = generator(seed);
      const mostExamples = Math.floor(MOST_EXAMPLES / devices);
      let base = scrambled(shape, random, extreme);
      const before: { device: string; bytes: Uint8Array }[] = [];
      for (let number = 0; number < 3; number++) {
        const updates = Array.from({ length: devices }, (_, d) => {
          const device = `pump-${d}`;
          const layer = random() < 0.2 ? undefined : turn(device, number, 3); // some members know nothing of turns
          return { device, packed: scrambled(shape, random, extreme), examples: extreme ? mostExamples : 1 + Math.floor(random() * 1000), layer };
        });
        const judge = central(shape, base, updates, step);
        const messageOf = ({ packed, examples, layer }: (typeof updates)[number]): Uint8Array =>
          encodeMessage({ kind: 'update', architecture, round: number, examples, sequence: 0, layer, body: partOf(shape, packed, layer) });
        const sent = updates.map((update) => ({ device: update.device, bytes: messageOf(update) }));
        const strangers = updates.map((update) => ({ device: update.device, bytes: messageOf({ ...update, layer: (turn(update.device, number, 3) + 1) % 3 }) }));
        for (let order = 0; order < 2; order++) {
          const round = new Round(number, shape, base, { mostExamples, step, layers: 'turns' });
          for (const { device, bytes } of shuffle([...sent, ...sent, ...before, ...strangers], random)) round.add(device, bytes);
          assert.is(round.devices.size, devices);
          assert.equal(round.end().parameters, judge);
        }
        before.push(...sent);
        base = judge;
      }
    }),
    { numRuns: 40 },
  );
});

/** The same fleet without a network: what a device has not told of a layer is a list of numbers that it carries from model to model. */
async function judged(devices: number, rounds: number) {
  const { runs, channels } = packedLayout(config);
  const learners = await Promise.all(Array.from({ length: devices }, (_, d) => learnerOf(d)));
  const untold = learners.map(() => runs.map(({ count }) => new Array<number>(count).fill(0)));
  const models = [(await createLearner(SHAPE)).parameters()];
  const plus = (model: Uint8Array, d: number): Uint8Array => {
    const sum = model.slice();
    runs.forEach((run, r) => {
      const values = valuesOf(model, run);
      values.forEach((value, i) => (values[i] = Math.max(-limitOf(run), Math.min(limitOf(run), value + untold[d]![r]![i]!))));
      sum.set(new Uint8Array(values.buffer), run.at);
    });
    return sum;
  };
  for (let round = 0; round < rounds; round++) {
    const model = models[round]!;
    const pooled = new ExactAverage(config, model);
    const updates = learners.map((learner, d) => {
      learner.setParameters(plus(model, d));
      const samples = lesson(d, round);
      for (const { x, y } of samples) learner.learn(x, y);
      const packed = learner.parameters();
      const layer = turn(`d${d}`, round, 2);
      runs.forEach((run, r) => {
        const [now, base] = [valuesOf(packed, run), valuesOf(model, run)];
        untold[d]![r] = Array.from(now, (value, i) => (layer === run.layer ? 0 : value - base[i]!));
      });
      pooled.add(packed, samples.length);
      return { packed, examples: samples.length, layer };
    });
    const next = central(config, model, updates, 512);
    next.set(pooled.result().subarray(0, 32 * channels));
    models.push(next);
  }
  return { models, devices: learners.map((_, d) => plus(models[rounds]!, d)) };
}

test('a fleet over a broker, duplicates and any order: every model, and at the end every device with what it has not told', async () => {
  const [devices, rounds] = [5, 6];
  const broker = await BROKERS.aedes();
  closing.push(() => broker.stop());
  const judge = await judged(devices, rounds);
  const hub = await aggregate(broker.url, { minDevices: devices, layers: 'turns' });
  closing.push(() => ends([hub.client]));
  const lengths: number[] = [];
  hub.client.on('message', (topic, payload) => void (topic.endsWith('/update') && lengths.push(payload.length)));
  const random = generator(8);
  const waiting: FleetDevice[] = [];
  const members = await Promise.all(
    Array.from({ length: devices }, async (_, d) => {
      const made = await member(broker.url, d, { rounds, onLesson: () => {} });
      closing.push(() => ends([made.client]));
      made.client.on('message', (topic) => {
        if (topic !== topics.round) return; // a round is announced after its model
        waiting.push(made.device);
        if (waiting.length === devices) for (const each of shuffle(waiting.splice(0), random)) each.send();
      });
      const { publish } = made.client;
      const again: Buffer[] = [];
      made.client.publish = ((topic: string, payload: Buffer, ...rest: []) => {
        if (topic === topics.update(`d${d}`)) for (const bytes of again.splice(0, 2, payload)) publish.call(made.client, topic, bytes, { qos: 1 });
        return publish.call(made.client, topic, payload, ...rest);
      }) as typeof publish;
      return made;
    }),
  );
  await until('the last model', () => members.every(({ device }) => device.counts().round === rounds));
  assert.equal(hub.models, judge.models);
  members.forEach(({ device }, d) => assert.equal(device.learner.parameters(), judge.devices[d], `device ${d}`));
  assert.ok(judge.devices.some((parameters) => Buffer.compare(parameters, judge.models[rounds]!) !== 0), 'there is something to carry');
  const { taken, refused } = hub.aggregator.counts();
  assert.is(taken, devices * rounds);
  assert.equal(Object.keys(refused).filter((reason) => reason !== 'stale' && reason !== 'repeated'), []);
  const part = (layer: number): number => 32 + partOf(config, judge.models[0]!, layer).length;
  assert.equal([...new Set(lengths)].sort(), [part(0), part(1)].sort());
  await hub.aggregator.close();
});

/** A client whose broker is the test. */
class Line extends EventEmitter {
  readonly connected = true;
  readonly updates: Uint8Array[] = [];
  publish(topic: string, payload: Uint8Array, _: unknown, done: () => void): void {
    if (topic.endsWith('/update')) this.updates.push(new Uint8Array(payload));
    done();
  }
  subscribe(): void {}
  get client(): MqttClient {
    return this as unknown as MqttClient;
  }
  /** The word of an aggregator. */
  async say(round: number, parameters: Uint8Array, layers?: string): Promise<void> {
    const model = await createLearner(SHAPE);
    model.setParameters(parameters);
    const bytes = encodeMessage({ kind: 'model', architecture: model.architecture, round, examples: 0, sequence: round, body: model.save() });
    this.emit('message', topics.model, bytes, { retain: false });
    this.emit('message', topics.round, saying({ round, layers }), { retain: false });
  }
}
const saying = (fields: object): Uint8Array => new TextEncoder().encode(JSON.stringify({ closesAt: Date.now() + 1e6, examples: 1e6, minDevices: 1, minExamples: 1, boot: 1, prototypes: false, ...fields }));
const layerOf = (packed: Uint8Array, layer: number): number[] => packedLayout(config).runs.filter((run) => run.layer === layer).flatMap((run) => [...valuesOf(packed, run)]);
const apart = (a: number[], b: number[]): number[] => a.map((value, i) => value - b[i]!);

test('what a device learned in a layer that it did not send goes with the round that asks for it, over a restart too', async () => {
  const options = { fleet: 'lab', id: 'd3' };
  const models = await Promise.all([1, 2, 3, 4].map(async (seed) => (await createLearner({ ...SHAPE, seed })).parameters()));
  const line = new Line();
  const kept: Uint8Array[] = [];
  const device = new FleetDevice(line.client, await learnerOf(3), { ...options, store: { save: async (bytes) => kept.push(bytes) } });
  await line.say(0, models[0]!, 'turns');
  for (const { x, y } of lesson(3, 0)) device.learn(x, y);
  const learned = device.learner.parameters();
  device.send();
  await until('the update', () => line.updates.length === 1);
  const sent = decodeMessage(line.updates[0]!) as FleetMessage;
  const [own, other] = [turn('d3', 0, 2), turn('d3', 1, 2)];
  assert.equal([sent.layer, sent.examples, sent.body], [own, lesson(3, 0).length, partOf(config, learned, own)]);

  // killed and started again, at every place: as saved, the same update again, and with the next models as if nothing had been
  const lines = [line];
  const devices = [device];
  const restart = async (bytes: Uint8Array): Promise<Line> => {
    const next = new Line();
    const restored = await FleetDevice.restore(next.client, bytes, options);
    assert.equal(restored.save(), bytes);
    lines.push(next);
    devices.push(restored);
    return next;
  };
  assert.equal(kept[0], device.save());
  const second = await restart(kept[0]!);
  second.emit('message', topics.round, saying({ round: 0, layers: 'turns' }), { retain: true });
  assert.equal(second.updates, line.updates);
  for (const each of lines) await each.say(1, models[1]!, 'turns');
  await restart(device.save()); // no sample of its own, and yet something to tell
  for (const { learner } of devices) {
    assert.equal(layerOf(learner.parameters(), own), layerOf(models[1]!, own));
    assert.equal(apart(layerOf(learner.parameters(), other), layerOf(models[1]!, other)), apart(layerOf(learned, other), layerOf(models[0]!, other)));
  }
  assert.ok(apart(layerOf(learned, other), layerOf(models[0]!, other)).some((change) => change !== 0));
  // a round without a sample: nothing is sent, nothing is lost
  for (const each of lines) await each.say(2, models[2]!, 'turns');
  for (const each of lines) await each.say(3, models[3]!, 'turns');
  for (const [k, each] of devices.entries()) {
    each.send();
    assert.is(lines[k]!.updates.length, k < 2 ? 1 : 0);
    for (const { x, y } of lesson(3, 3)) each.learn(x, y);
    each.send();
  }
  await until('the last update', () => lines.every(({ updates }, k) => updates.length === (k < 2 ? 2 : 1)));
  const lasts = lines.map(({ updates }) => decodeMessage(updates.at(-1)!) as FleetMessage);
  for (const { layer, body } of lasts) assert.equal([layer, body], [other, lasts[0]!.body]);
  // an aggregator that asks for all gets all
  for (const each of lines) await each.say(4, models[0]!);
  for (const [k, each] of devices.entries()) {
    for (const { x, y } of lesson(3, 4)) each.learn(x, y);
    const whole = each.learner.parameters();
    each.send();
    await until('all layers', () => lines[k]!.updates.length === (k < 2 ? 3 : 2));
    const { layer, body } = decodeMessage(lines[k]!.updates.at(-1)!) as FleetMessage;
    assert.equal([layer, body], [undefined, whole]);
    each.close();
  }
});

test('a layer that was not asked for, that does not exist or that is none is refused, and whoever sends all is not', async () => {
  const learner = await createLearner(SHAPE);
  const base = learner.parameters();
  const layer = layerInTurn(config, 'd1', 4);
  const update = (fields: Partial<FleetMessage> = {}) => encodeMessage({ kind: 'update', architecture: learner.architecture, round: 4, examples: 10, sequence: 0, layer, body: partOf(config, base, layer), ...fields });
  const rules = { mostExamples: 100, step: 256 };
  const round = new Round(4, config, base, { ...rules, layers: 'turns' });
  const bad = base.slice();
  new DataView(bad.buffer).setInt32(packedLayout(config).runs.filter((run) => run.layer === layer)[1]!.at, -(2 ** 31), true);
  const damaged = (at: number, value: number): Uint8Array => {
    const bytes = update();
    bytes[at] = value;
    return bytes;
  };
  for (const [bytes, reason] of [
    [update({ layer: 1 - layer, body: partOf(config, base, 1 - layer) }), 'layer'],
    [update({ layer: 1 - layer }), 'layer'],
    [update({ layer: 255 }), 'layer'],
    [update({ round: 3, layer: 1 - layer }), 'stale'],
    [update({ architecture: 1 }), 'foreign'],
    [update({ examples: 0 }), 'empty'],
    [update({ body: base }), 'damaged'],
    [update({ body: new Uint8Array(0) }), 'damaged'],
    [update({ body: partOf(config, bad, layer) }), 'damaged'],
    [update({ kind: 'model' }), 'kind'],
    [damaged(6, 1), 'version'],
    [damaged(6, 3), 'version'],
    [damaged(6, 0x82), 'version'],
    [damaged(7, 255), 'checksum'],
  ] satisfies [Uint8Array, Refusal][]) {
    assert.is(round.add('d1', bytes), reason);
  }
  assert.is(decodeMessage(Uint8Array.from(encodeMessage({ kind: 'update', architecture: 1, round: 0, examples: 1, sequence: 0, body: base }), (byte, at) => (at === 7 ? 1 : byte))), 'version', 'a layer without its flag');
  assert.is(new Round(4, config, base, rules).add('d1', update()), 'layer', 'a round that asks for all');
  assert.is(round.add('d1', update()), 'taken');
  assert.is(round.add('d1', update()), 'repeated');
  assert.is(round.add('d2', update({ layer: undefined, body: base })), 'taken');
  assert.equal(round.end().parameters, base);
  assert.equal(withPart(config, base, partOf(config, base, 0), 0), base);
});

test('clip and trim: each layer as if only those had been there that sent it', async () => {
  const random = generator(4);
  const base = (await createLearner(SHAPE)).parameters();
  const moved = (most: number): Uint8Array => {
    const packed = base.slice();
    for (const run of packedLayout(config).runs) {
      const values = valuesOf(base, run);
      values.forEach((value, i) => (values[i] = Math.max(-limitOf(run), Math.min(limitOf(run), value + Math.round((2 * random() - 1) * most)))));
      packed.set(new Uint8Array(values.buffer), run.at);
    }
    return packed;
  };
  const updates = Array.from({ length: 9 }, (_, d) => ({ packed: moved(d % 4 === 0 ? 1e9 : 9), examples: 1 + 7 * d, layer: d === 8 ? undefined : d % 2 }));
  for (const rules of [{ step: 384, clip: 1, trim: 0 }, { step: 256, clip: 0, trim: 0.25 }, { step: 512, clip: 2, trim: 0.2 }]) {
    const of = (some: typeof updates, config: ResolvedConfig): Uint8Array => {
      const average = new RobustAverage(config, base, rules);
      for (const { packed, examples, layer } of some) average.add(packed, examples, layer);
      return average.result();
    };
    const result = of(updates, config);
    assert.equal(of([...updates].reverse(), config), result);
    for (const layer of [0, 1]) {
      const some = updates.filter((update) => (update.layer ?? layer) === layer).map((update) => ({ ...update, layer: undefined }));
      assert.equal(layerOf(result, layer), layerOf(of(some, config), layer));
    }
    assert.equal(layerOf(of(updates.filter(({ layer }) => layer === 0), config), 1), layerOf(base, 1), 'a layer that nobody sent');
  }
});

test('a device that ends without a store tells all layers, what it kept for later turns among them; one with a store keeps those', async () => {
  for (const store of [undefined, { save: async () => 0 }]) {
    const line = new Line();
    const device = new FleetDevice(line.client, await learnerOf(3), { fleet: 'lab', id: 'd3', ...(store === undefined ? {} : { store }) });
    const model = (await createLearner(SHAPE)).parameters();
    for (const round of [0, 1]) {
      await line.say(round, model, 'turns');
      for (const { x, y } of lesson(3, round)) device.learn(x, y);
      if (round === 0) device.send();
      await until('its first update', () => line.updates.length === 1);
    }
    const learned = device.learner.parameters();
    void device.flush(AbortSignal.timeout(1)); // nobody answers on this line
    await until('its last update', () => line.updates.length === 2);
    const { layer, body } = decodeMessage(line.updates[1]!) as FleetMessage;
    const left = store === undefined ? undefined : turn('d3', 1, 2);
    assert.equal([layer, body], [left, partOf(config, learned, left)]);
    device.close();
  }
});

test('the word of turns: what an aggregator says, what is made of another, and a member of layers that are not there', async () => {
  assert.is(announcement(saying({ round: 1 }))!.layers, 'all');
  assert.is(announcement(saying({ round: 1, layers: 'some' }))!.layers, 'all');
  // a start so late that nobody could be later is nobody's
  assert.is(announcement(saying({ round: 1, boot: Number.MAX_SAFE_INTEGER })), undefined);
  assert.is(announcement(saying({ round: 1, boot: 2 ** 52 }))!.boot, 2 ** 52);
  assert.is(announcement(saying({ round: 1, layers: 'turns' }))!.layers, 'turns');
  const learner = await createLearner(SHAPE);
  await Aggregator.open(new Line().client, learner, new MemoryStore(), { fleet: 'lab', layers: 'some' as 'all' }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /options\.layers: got .*some.*; expected all or turns/));
  const device = new FleetDevice(new Line().client, learner, { fleet: 'lab', id: 'd1' });
  const bytes = encodeMember({ ...decodeMember(device.save()), layer: 2 });
  await FleetDevice.restore(new Line().client, bytes, { fleet: 'lab', id: 'd1' }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /\(layer\); use an earlier/));
});

test.run();
