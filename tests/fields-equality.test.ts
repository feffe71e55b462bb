// Local receptive fields: reference = scalar = SIMD, byte for byte.

import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, defaults, reference, type Implementation } from './core-driver.js';
import { Stream, randomLocalConfig } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';
import { fieldAt } from './reference/state.js';
import { assert, suite } from './suite.js';

/** The same stream through all implementations; new instances take over from the bytes half-way. Returns how many updates were compared. */
function compare(config: IntegerConfig, seed: number, steps: number, prepare?: (learner: ReferenceLearner) => void): number {
  const judge = reference(config);
  const cores: Implementation[] = [core('scalar', config), core('simd', config)];
  if (prepare) {
    prepare(judge.learner);
    for (const each of cores) each.load(judge.state());
  }
  const stream = new Stream(config, new Random(seed));
  const where = (t: number): string => `step ${t}; stream seed ${seed}, configuration ${inspect(config, { breakLength: Infinity, depth: 5 })}`;
  let updates = 0;
  for (let t = 0; t < steps; t++) {
    stream.next();
    const answer = (each: Implementation): string => [each.predict(stream.bits), each.learn(stream.bits, stream.label), ...Array.from(each.scores())].join();
    const expected = answer(judge);
    updates += Number(expected.split(',')[1]);
    for (const each of cores) assert.is(answer(each), expected, `${each.name}: answers differ at ${where(t)}`);
    if (t !== steps >> 1 && t !== steps - 1) continue;
    const bytes = judge.state();
    cores.forEach((each, i) => {
      const state = each.state();
      assert.is(state.length, bytes.length, `${each.name}: other state bytes at ${where(t)}`);
      const at = state.findIndex((byte, k) => byte !== bytes[k]);
      if (at >= 0) throw new Error(`${each.name}: state differs in ${fieldAt(judge.learner, at)} at ${where(t)}`);
      cores[i] = core(i === 0 ? 'scalar' : 'simd', config);
      cores[i].load(state);
    });
  }
  return updates;
}

const test = suite('fields equality');

test('reference = scalar = SIMD: 150 random learners with local layers, 40 steps each', () => {
  const random = new Random(5);
  let updates = 0;
  for (let k = 0; k < 150; k++) updates += compare(randomLocalConfig(random, 6000), random.u32(), 40);
  assert.ok(updates > 5000, `only ${updates} layer updates were compared`);
});

test('reference = scalar = SIMD from 60 states at the limits of every format', () => {
  const random = new Random(6);
  const limit = (low: number, high: number): number => [low, high, 0, low + random.below(high - low + 1)][random.below(4)];
  for (let k = 0; k < 60; k++) {
    const config = randomLocalConfig(random, 4000);
    compare(config, k, 20, ({ layers }) => {
      for (const layer of layers) {
        const weight = 2 ** (config.bits - 1);
        for (const row of layer.W) row.forEach((_, i) => { row[i] = limit(-weight, weight - 1); });
        for (const row of layer.V) row.forEach((_, j) => { row[j] = limit(-32768, 32767); });
        layer.b.forEach((_, j) => { layer.b[j] = limit(-(2 ** 30), 2 ** 30); });
        if (!config.selfRate) continue;
        layer.rbar.forEach((_, j) => { layer.rbar[j] = limit(-16376, 16376); });
        layer.zbar.forEach((_, i) => { layer.zbar[i] = limit(-32752, 32752); });
        layer.logRate = limit(-235, 235);
      }
    });
  }
});

for (const bits of [8, 16] as const) {
  test(`reference = scalar = SIMD on images, ${bits} bits: fields of 11 x 11 x 3, most of the picture empty now and then`, () => {
    const config: IntegerConfig = {
      ...defaults({ inputs: 3072, labels: 10, units: [{ field: 11, stride: 7, channels: 16 }, { field: 2, stride: 2, channels: 24 }, 12] }),
      grid: { height: 32, width: 32 }, bits, skipInput: false, selfRate: bits === 8, margin: 0, scale: bitsOf([1 / 64])[0],
    };
    const random = new Random(bits);
    const each = [reference(config), core('scalar', config), core('simd', config)];
    for (let t = 0; t < 12; t++) {
      const share = [0.1, 0.5, 1][t % 3];
      const rows = Array.from({ length: 384 }, () => random.uniform() < share);
      const x = bitsOf(Array.from({ length: 3072 }, (_, i) => (rows[i >> 3] ? random.below(256) - 128 : 0)));
      const label = random.below(10);
      const [expected, ...answers] = each.map((learner) => [learner.predict(x), learner.learn(x, label), ...Array.from(learner.scores())].join());
      assert.equal(answers, [expected, expected], `step ${t}`);
    }
    const [judge, ...cores] = each.map((learner) => learner.state());
    for (const state of cores) assert.is(Buffer.compare(state, judge), 0);
  });
}

test('a field as large as its grid is a dense layer: the same bytes as the plain core, when rows are of eights', () => {
  const random = new Random(8);
  for (const bits of [8, 16] as const) {
    const dense = defaults({ inputs: 45, labels: 4, units: [24, 16], bits, skipInput: false });
    const local: IntegerConfig = { ...dense, grid: { height: 3, width: 3 }, units: [{ field: 3, stride: 1, channels: 24 }, { field: 1, stride: 1, channels: 16 }] };
    const each = [core('simd', dense), core('simd', local), core('scalar', local)];
    const stream = new Stream(dense, random);
    for (let t = 0; t < 200; t++) {
      stream.next();
      for (const learner of each) learner.learn(stream.bits, stream.label);
    }
    const [expected, ...states] = each.map((learner) => learner.state());
    for (const state of states) assert.is(Buffer.compare(state, expected), 0);
  }
});

test.run();
