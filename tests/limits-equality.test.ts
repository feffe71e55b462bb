// reference = scalar = SIMD, byte for byte: the other half of the long lives, and learners at the limits of widths and formats.

import { Random } from '../benchmarks/rivals/random.js';
import { LARGE, SMALL, compare, compareLongLives } from './compare-learners.js';
import { bitsOf, core, reference } from './core-driver.js';
import { SECOND_ORDER, limit, maybeSecondOrder, randomConfig, toItsLimits } from './random-learners.js';
import type { IntegerConfig } from './reference.js';
import { assert, suite } from './suite.js';

const test = suite('limits equality');

test('reference = scalar = SIMD: 100 random small learners, 10000 steps each, saved and loaded on the way: the odd ones of 200', () => compareLongLives(1));

test('reference = scalar = SIMD: 24 random larger learners, 150 steps each, saved and loaded on the way', () => {
  const random = new Random(24);
  for (let k = 0; k < 24; k++) compare(maybeSecondOrder(randomConfig(random, LARGE)), random.u32(), 150, 60);
});

for (const bits of [8, 16] as const) {
  test(`reference = scalar = SIMD at the widest rows: 4096 + 4096 inputs at their limits, all weights at theirs, ${bits} bits`, () => {
    const config: IntegerConfig = {
      inputs: 4096, labels: 3, units: [2, 4096, 3], bits, skipInput: true, selfRate: true, seed: 1,
      rate: 65536, alpha: 2560, margin: 0, clip: 2047, gateDivisor: 20, scale: bitsOf([2 ** 20])[0],
    };
    compare(config, 7, 3, 2, ({ layers }) => {
      for (const layer of layers) layer.W.forEach((row, j) => row.fill(j % 2 === 0 ? -(2 ** (bits - 1)) : 2 ** (bits - 1) - 1));
    });
  });
}

for (const inputs of [1, 7, 8, 9, 127, 128, 129, 255, 257, 512]) {
  test(`reference = scalar = SIMD along a decorrelated direction: ${inputs} inputs, factor and sample at their limits, then learned`, () => {
    const config: IntegerConfig = {
      inputs, labels: 3, units: [inputs % 2 ? inputs : 5, 4], bits: inputs % 2 ? 16 : 8, skipInput: true, selfRate: true, seed: inputs, ...SECOND_ORDER, secondOrder: inputs % 2 ? 'full' : 'input',
      rate: 65536, alpha: 2560, margin: 0, clip: 2047, gateDivisor: 20, scale: bitsOf([2 ** 20])[0],
    };
    // all of one sign: the greatest sums there can be
    for (const sign of [1, -1]) {
      compare(config, 7 + sign, 12, 5, ({ decorrelators }) => {
        for (const { R } of decorrelators) R.forEach((row, i) => row.fill(8191 * sign, 0, i).fill(8191, i));
      });
    }
    compare({ ...config, scale: undefined, clip: 1280 }, inputs, 280, 100);
  });
}

test('reference = scalar = SIMD over images: most groups of eight inputs are empty, here and there all of them', () => {
  const random = new Random(17);
  for (const [inputs, units, bits, scaled] of [[72, [24, 10], 8, true], [136, [9], 16, true], [784, [12], 8, true], [300, [16, 8], 16, false], [80, [40], 8, false]] as const) {
    const config: IntegerConfig = {
      inputs, labels: 3, units: [...units], bits, skipInput: true, selfRate: true, seed: inputs,
      rate: 3277, alpha: 2560, margin: 0, clip: 1280, gateDivisor: 20, scale: scaled ? bitsOf([1 / 64])[0] : undefined,
    };
    const each = [reference(config), core('scalar', config), core('simd', config)];
    for (let t = 0; t < 300; t++) {
      const share = [0, 0.2, 0.5, 0.9][random.below(4)];
      const live = Array.from({ length: Math.ceil(inputs / 8) }, () => random.uniform() < share);
      const x = bitsOf(Array.from({ length: inputs }, (_, i) => (live[i >> 3] && random.uniform() < 0.7 ? random.below(256) : 0)));
      const label = random.below(3);
      const answers = each.map((learner) => [learner.predict(x), learner.learn(x, label), ...Array.from(learner.scores())].join());
      assert.ok(answers.every((answer) => answer === answers[0]), `${inputs} inputs, step ${t}: ${answers.join(' | ')}`);
    }
    const [judge, ...cores] = each.map((learner) => learner.state());
    for (const state of cores) assert.is(Buffer.compare(state, judge), 0);
  }
});

test('reference = scalar = SIMD from 200 states at the limits of every format, 50 steps each', () => {
  const random = new Random(13);
  for (let k = 0; k < 200; k++) {
    const config = maybeSecondOrder(randomConfig(random, SMALL));
    compare(config, k, 50, 20, ({ layers, decorrelators }) => {
      for (const decorrelator of decorrelators) {
        decorrelator.R.forEach((row, i) => row.forEach((_, j) => { row[j] = limit(random, i === j ? 32 : -8191, 8191); row[i] = Math.max(row[i], 32); }));
        Object.assign(decorrelator, { count: random.below(257), wait: random.below(16) });
      }
      for (const layer of layers) toItsLimits(layer, random);
    });
  }
});

test.run();
