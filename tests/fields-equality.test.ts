// Local receptive fields: reference = scalar = SIMD, byte for byte.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, defaults, learners, reference } from './core-driver.js';
import { Stream, randomLocalConfig, toItsLimits } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';
import { assert, suite } from './suite.js';

/** The same stream through all implementations; new instances take over from the bytes half-way. Returns how many updates were compared. */
function compare(config: IntegerConfig, seed: number, steps: number, prepare?: (learner: ReferenceLearner) => void): number {
  const all = learners(config, seed);
  if (prepare) all.prepare(({ learner }) => prepare(learner));
  const stream = new Stream(config, new Random(seed));
  let updates = 0;
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    all.same('prediction', (each) => each.predict(stream.bits));
    updates += all.same('number of updated layers', (each) => each.learn(stream.bits, stream.label));
    all.same('score', (each) => each.scores());
    if (t !== steps >> 1 && t !== steps - 1) continue;
    all.compareStates();
    all.reload();
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
  for (let k = 0; k < 60; k++) {
    const config = randomLocalConfig(random, 4000);
    compare(config, k, 20, ({ layers }) => { for (const layer of layers) toItsLimits(layer, random); });
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
