// Channels that compress themselves, pooled over devices.

import fc from 'fast-check';
import { CHANNEL_BYTES } from '../host/arena/parts.js';
import { resolveConfig } from '../host/config.js';
import { ExactAverage } from '../host/fleet/average.js';
import { exp2, log2 } from '../host/fleet/logarithm.js';
import { RobustAverage } from '../host/fleet/robust.js';
import { createLearner, type Learner } from '../host/index.js';
import { parametersFault } from '../host/parameters.js';
import { generator } from './random.js';
import * as reference from './reference/arithmetic.js';
import { assert, suite } from './suite.js';

const test = suite('fleet channels');

const SHAPE = { inputs: 1, labels: ['off', 'standby', 'heating'], units: [16, 16] };
const WATTS = [0.2, 12, 900];
const config = resolveConfig(SHAPE);

/** `count` readings of a state of a smart plug, each within 5 % of it. */
function teach(learner: Learner, states: readonly number[], count: number, seed: number): void {
  const random = generator(seed);
  for (let k = 0; k < count; k++) {
    const state = states[k % states.length]!;
    learner.learn([WATTS[state]! * (0.95 + 0.1 * random())], SHAPE.labels[state]!);
  }
}

function accuracy(learner: Learner): number {
  const random = generator(99);
  let right = 0;
  for (let k = 0; k < 300; k++) {
    const state = k % 3;
    if (learner.predict([WATTS[state]! * (0.95 + 0.1 * random())]).label === SHAPE.labels[state]) right++;
  }
  return right / 300;
}

test('logarithms are those of the core', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (value) => log2(value) === reference.log2(value)));
  for (let t = 0; t < 31 * 1024; t++) assert.is(exp2(t), reference.exp2(t));
});

test('devices that see one state each, decades apart, pool to channels that tell the states', async () => {
  const kinds = {
    plain: (base: Uint8Array) => new ExactAverage(config, base),
    clipped: (base: Uint8Array) => new RobustAverage(config, base, { step: 256, clip: 2, trim: 0 }),
  };
  for (const [name, make] of Object.entries(kinds)) {
    const devices = await Promise.all(WATTS.map(async (_, state) => {
      const learner = await createLearner({ ...SHAPE, seed: state + 1 });
      teach(learner, [state], 50, state);
      return learner;
    }));
    const model = await createLearner(SHAPE);
    const average = make(model.parameters());
    for (const device of devices) average.add(device.parameters(), 50);
    const pooled = average.result();
    assert.is(parametersFault(config, pooled), undefined);
    // a learner that goes on from there has all three under one standardisation
    model.setParameters(pooled);
    teach(model, [0, 1, 2], 300, 7);
    assert.ok(accuracy(model) >= 0.97, `${name}: ${accuracy(model)}`);
  }
});

test('rounds of devices that see one state each end with a model that knows all of them', async () => {
  const model = await createLearner(SHAPE);
  for (let round = 0; round < 40; round++) {
    const base = model.parameters();
    const average = new ExactAverage(config, base, 512);
    for (const state of [0, 1, 2]) {
      const device = await createLearner({ ...SHAPE, seed: 10 * round + state });
      device.setParameters(base);
      teach(device, [state], 30, 100 * round + state);
      average.add(device.parameters(), 30);
    }
    model.setParameters(average.result());
  }
  assert.ok(accuracy(model) >= 0.97, `${accuracy(model)}`);
});

/** Packed parameters whose channels have any fields that a fleet lets pass, at their limits more often than not. */
function anyChannel(base: Uint8Array): fc.Arbitrary<Uint8Array> {
  const within = (least: number, most: number) => fc.oneof(fc.constantFrom(least, most), fc.integer({ min: least, max: most }));
  return fc.record({
    mean: within(-(2 ** 31), 2 ** 31 - 1), variance: fc.oneof(fc.constant(0), within(2 ** 29, 2 ** 31 - 1)), seen: within(0, 2047), shift: within(-11, 31), exponent: within(-126, 102), atom: within(0, 65535),
    centre: within(1 - 2 ** 27, 2 ** 27 - 1), tail: within(1 - 2 ** 27, 2 ** 27 - 1), reach: within(1, 2 ** 30), spread: within(0, 30 * 1024), moved: within(0, 2047),
  }).map((channel) => {
    const packed = base.slice();
    const view = new DataView(packed.buffer);
    view.setInt32(0, channel.mean, true);
    view.setUint32(4, channel.variance, true);
    view.setUint16(10, channel.seen, true);
    view.setInt8(12, channel.shift);
    view.setInt8(13, channel.exponent);
    view.setUint16(14, channel.atom, true);
    view.setInt32(16, channel.centre, true);
    view.setInt32(20, channel.tail, true);
    view.setUint32(24, channel.moved === 0 ? 2 ** 31 - 1 : channel.reach, true);
    view.setInt16(28, channel.spread, true);
    view.setUint16(30, channel.moved, true);
    return packed;
  });
}

test('whatever devices claim, the pooled channel is one that a learner takes, in any order', async () => {
  const base = (await createLearner(SHAPE)).parameters();
  fc.assert(fc.property(fc.array(fc.tuple(anyChannel(base), fc.integer({ min: 1, max: 2 ** 20 })), { minLength: 1, maxLength: 6 }), (updates) => {
    for (const make of [() => new ExactAverage(config, base), () => new RobustAverage(config, base, { step: 256, clip: 1, trim: 0 })]) {
      const [there, back] = [updates, [...updates].reverse()].map((order) => {
        const average = make();
        for (const [packed, examples] of order) average.add(packed, examples);
        return average.result();
      });
      assert.is(parametersFault(config, there!), undefined);
      assert.equal(back, there);
    }
  }), { numRuns: 300 });
});

test('what all devices agree on stays as it is, round after round', async () => {
  const learner = await createLearner(SHAPE);
  teach(learner, [0, 1, 2], 400, 5);
  const packed = learner.parameters();
  const average = new ExactAverage(config, packed);
  for (let k = 0; k < 3; k++) average.add(packed, 10 + k);
  const before = packed.slice(0, CHANNEL_BYTES);
  const after = average.result().slice(0, CHANNEL_BYTES);
  before.fill(0, 8, 10); // the reciprocal root is taken anew
  after.fill(0, 8, 10);
  assert.equal(after, before);
});

test('the order of devices cannot be seen', async () => {
  const base = (await createLearner(SHAPE)).parameters();
  const updates = await Promise.all([[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]].map(async (states, seed) => {
    const learner = await createLearner({ ...SHAPE, seed });
    teach(learner, states, 1 + seed * 20, seed);
    return learner.parameters();
  }));
  const of = (order: readonly number[]): Uint8Array => {
    const average = new ExactAverage(config, base);
    for (const k of order) average.add(updates[k]!, 5 + (k % 3));
    return average.result();
  };
  const order = updates.map((_, k) => k);
  const expected = of(order);
  assert.is(parametersFault(config, expected), undefined);
  fc.assert(fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (other) => {
    assert.equal(of(other), expected);
  }), { numRuns: 40 });
});

test.run();
