// The arithmetic of a fleet: the exact average, pooled channels, messages, and what a round refuses.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createLearner, type LearnerConfig } from '../host/index.js';
import { resolveConfig } from '../host/config.js';
import { ExactAverage, MOST_EXAMPLES } from '../host/fleet/average.js';
import { decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { Round } from '../host/fleet/round.js';
import { packedLayout, parametersFault } from '../host/parameters.js';
import { central, scrambled } from './fleet-judge.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('fleet average');

const WEIGHTS = 8192;
const GOLDEN = { 20: ['c615be5fbc48d9c3', '93497bca6c8ffa69'], 50: ['94dfb376010a6920', '0e727f01cb6c819d'], 200: ['7a4387dd4f3a47ed', '41ba60f4759c7d4d'] };

for (const [devices, expected] of Object.entries(GOLDEN)) {
  test(`five rounds of ${devices} devices give the published bytes`, () => {
    const config = resolveConfig({ inputs: 64, labels: ['a', 'b'], units: [128], bits: 16, inputScale: 1 });
    const { runs, length } = packedLayout(config);
    const { at } = runs[0]!;
    const weights = (packed: Uint8Array) => new Int16Array(packed.buffer, at, WEIGHTS);
    const hash = () => createHash('sha256').update(base.subarray(at, at + 2 * WEIGHTS)).digest('hex').slice(0, 16);
    let base = new Uint8Array(length);
    weights(base).forEach((_, i, all) => (all[i] = ((i * 37) % 2000) - 1000));
    const hashes: string[] = [];
    for (let round = 1; round <= 5; round++) {
      const average = new ExactAverage(config, base);
      for (let d = 0; d < Number(devices); d++) {
        const update = base.slice();
        let x = (d * 2654435761 + round * 40503) >>> 0;
        weights(update).forEach((w, i, all) => {
          x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
          all[i] = Math.max(-32767, Math.min(32767, w + (x >>> 24) - 128));
        });
        average.add(update, 10 + d);
      }
      base = average.result() as Uint8Array<ArrayBuffer>;
      hashes.push(hash());
    }
    assert.equal([hashes[0], hashes[4]], expected);
  });
}

test('any order of arrival gives the bytes of one central computation in rationals, at the limits of the formats too', () => {
  const dense = { inputs: 3, units: [5, 4] };
  const local = { grid: { height: 3, width: 4, channels: 1 }, units: [{ field: 2, stride: 1, channels: 8 }, 4] };
  fc.assert(
    fc.property(fc.constantFrom(8 as const, 16 as const), fc.constantFrom(dense, local), fc.integer({ min: 1, max: 6 }), fc.nat(), fc.integer({ min: 1, max: 2048 }), fc.boolean(), (bits, net, devices, seed, step, extreme) => {
      const random = generator(seed);
      const shape = resolveConfig({ ...net, labels: ['a', 'b', 'c'], bits, inputScale: 1 });
      const base = scrambled(shape, random, extreme);
      const most = Math.floor(MOST_EXAMPLES / devices);
      const updates = Array.from({ length: devices }, () => ({ packed: scrambled(shape, random, extreme), examples: extreme ? most : 1 + Math.floor(random() * 1000) }));
      const judge = central(shape, base, updates, step);
      for (const order of [updates, [...updates].reverse()]) {
        const average = new ExactAverage(shape, base, step);
        for (const { packed, examples } of order) average.add(packed, examples);
        assert.equal(average.result(), judge);
      }
    }),
    { numRuns: 60 },
  );
});

test('pooled channels are those of all samples together, whatever the order', async () => {
  const shape: LearnerConfig = { inputs: 3, labels: ['a', 'b'], units: [4] };
  const random = generator(3);
  const gaussian = () => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);
  // every device hears another place of the range; the third channel never varies, the second is small beside its mean
  const learners = await Promise.all([0, 1, 2, 3].map(async (device) => {
    const learner = await createLearner({ ...shape, seed: device + 1 });
    for (let k = 0; k < 3000; k++) learner.learn([10 * device + gaussian(), 1000 + 0.01 * (device + gaussian()), 7], k % 2 ? 'a' : 'b');
    return learner;
  }));
  const config = resolveConfig(shape);
  const base = (await createLearner(shape)).parameters();
  const pooled = (order: typeof learners): Uint8Array => {
    const average = new ExactAverage(config, base);
    for (const learner of order) average.add(learner.parameters(), 100);
    return average.result();
  };
  const result = pooled(learners);
  assert.equal(pooled([...learners].reverse()), result);
  assert.is(parametersFault(config, result), undefined);
  const view = new DataView(result.buffer);
  const channel = (c: number) => {
    const exponent = view.getInt8(32 * c + 13);
    return { mean: view.getInt32(32 * c, true) * 2 ** exponent, deviation: Math.sqrt(view.getUint32(32 * c + 4, true)) * 2 ** (exponent + view.getInt8(32 * c + 12) - 4) };
  };
  const spread = Math.sqrt(1.25); // of 0, 1, 2, 3
  assert.ok(Math.abs(channel(0).mean - 15) < 0.3 && Math.abs(channel(0).deviation / Math.hypot(10 * spread, 1) - 1) < 0.03, JSON.stringify(channel(0)));
  assert.ok(Math.abs(channel(1).mean - 1000.015) < 0.002 && Math.abs(channel(1).deviation / (0.01 * Math.hypot(spread, 1)) - 1) < 0.05, JSON.stringify(channel(1)));
  assert.equal(channel(2), { mean: 7, deviation: 0 });
  // a learner takes them and is none the worse for it
  const member = await createLearner(shape);
  member.setParameters(result);
  assert.equal(member.parameters(), result);
  member.learn([15, 1000.015, 7], 'a');
});

test('a learner takes packed parameters whole or not at all', async () => {
  const learner = await createLearner({ inputs: 3, labels: ['a', 'b'], units: [5] });
  const packed = learner.parameters();
  const damaged = (change: (view: DataView) => unknown) => {
    const copy = packed.slice();
    change(new DataView(copy.buffer));
    return copy;
  };
  const { runs } = packedLayout(resolveConfig({ inputs: 3, labels: ['a', 'b'], units: [5] }));
  for (const [wrong, reason] of [
    [packed.subarray(1), /bytes, expected/],
    [damaged((v) => v.setUint32(4, 1, true)), /variance 1/],
    [damaged((v) => v.setUint16(10, 2048, true)), /channel 0 with count 2048/],
    [damaged((v) => v.setInt8(13, 103)), /exponent 103/],
    [damaged((v) => v.setInt32(16, 2 ** 27, true)), /centre 134217728/],
    [damaged((v) => v.setInt32(20, 2 ** 27, true)), /tail 134217728/],
    [damaged((v) => v.setUint32(24, 0, true)), /reach 0/],
    [damaged((v) => [v.setUint32(24, 9, true), v.setInt16(28, -1, true), v.setUint16(30, 1, true)]), /spread -1/],
    [damaged((v) => v.setUint16(30, 2048, true)), /channel 0 with pace 2048/],
    [damaged((v) => v.setInt32(runs[1]!.at, 2 ** 30 + 1, true)), /bias 1073741825/],
  ] as const) {
    assert.throws(() => learner.setParameters(wrong), reason);
  }
  assert.throws(() => learner.setParameters([1, 2] as unknown as Uint8Array), TypeError);
  assert.equal(learner.parameters(), packed);
});

test('devices with local fields share them: each answers as the mean of all does, and learns on from it', async () => {
  const shape = { grid: { height: 4, width: 4, channels: 1 }, units: [{ field: 2, stride: 2, channels: 8 }, 6], labels: ['left', 'right'], inputScale: 1 };
  const x = (random: () => number, label: string) => Float32Array.from({ length: 16 }, (_, i) => random() - 0.5 + Number((i % 4 < 2) === (label === 'left')));
  const random = generator(3);
  const devices = await Promise.all([1, 2, 3].map((seed) => createLearner({ ...shape, seed })));
  const base = devices[0]!.parameters();
  const average = new ExactAverage(resolveConfig(shape), base);
  for (const device of devices) {
    device.setParameters(base);
    for (let i = 0; i < 100; i++) device.learn(x(random, shape.labels[i % 2]!), shape.labels[i % 2]!);
    average.add(device.parameters(), 100);
  }
  const mean = average.result();
  for (const device of devices) device.setParameters(mean);
  for (let i = 0; i < 100; i++) {
    const sample = x(random, shape.labels[i % 2]!);
    for (const device of devices) assert.is(device.predict(sample).label, shape.labels[i % 2]);
    assert.is(new Set(devices.map((device) => [...device.scores(sample).values()].join())).size, 1);
  }
  devices[0]!.learn(x(random, 'left'), 'left');
});

test('architecture: what parameters mean decides, seed and rate do not', async () => {
  const shape: LearnerConfig = { inputs: 3, labels: ['a', 'b'], units: [5] };
  const of = async (config: LearnerConfig) => (await createLearner(config)).architecture;
  const own = await of(shape);
  assert.is(await of({ ...shape, seed: 9, rate: 0.1 }), own);
  for (const other of [{ ...shape, labels: ['b', 'a'] }, { ...shape, units: [6] }, { ...shape, bits: 16 as const }, { ...shape, inputScale: 1 }, { ...shape, skipInput: false, units: [5, 5] }]) {
    assert.is.not(await of(other), own);
  }
});

test('a round takes the first good update of every device and says why it takes no other', async () => {
  const shape: LearnerConfig = { inputs: 3, labels: ['a', 'b'], units: [5], inputScale: 1 };
  const learner = await createLearner(shape);
  const config = resolveConfig(shape);
  const base = learner.parameters();
  const round = new Round(4, config, base, { mostExamples: 100, step: 256 });
  const update = (fields: object = {}) => encodeMessage({ kind: 'update', architecture: learner.architecture, round: 4, examples: 10, sequence: 0, body: base, ...fields });
  const changed = (at: number, value: number) => {
    const bytes = update();
    bytes[at] = value;
    return bytes;
  };
  const bad = base.slice();
  new DataView(bad.buffer).setInt32(packedLayout(config).runs[1]!.at, -(2 ** 31), true);
  for (const [bytes, reason] of [
    [new Uint8Array(31), 'short'],
    [changed(0, 0), 'magic'],
    [changed(5, 9), 'version'],
    [changed(6, 1), 'version'],
    [changed(4, 9), 'kind'],
    [update().subarray(0, -1), 'length'],
    [changed(40, update()[40]! ^ 1), 'checksum'],
    [update({ kind: 'model' }), 'kind'],
    [update({ architecture: 1 }), 'foreign'],
    [update({ round: 3 }), 'stale'],
    [update({ round: 5 }), 'stale'],
    [update({ examples: 0 }), 'empty'],
    [update({ body: base.subarray(1) }), 'damaged'],
    [update({ body: bad }), 'damaged'],
  ] as const) {
    assert.is(round.add('d1', bytes), reason);
  }
  assert.is(round.examples, 0);
  // at any offset, as a broker's client hands it over
  const offset = new Uint8Array(update().length + 3);
  offset.set(update(), 3);
  assert.is(round.add('d1', offset.subarray(3)), 'taken');
  assert.is(round.add('d1', update()), 'repeated');
  assert.is(round.add('d2', update({ examples: 0xffffffff })), 'taken');
  assert.is(round.examples, 110, 'a device counts for at most 100 examples');
  assert.equal(round.end().parameters, base, 'who changes nothing changes nothing');
});

test('a message of random bytes is refused, not thrown at', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decodeMessage(bytes) === 'string'));
});

test.run();
