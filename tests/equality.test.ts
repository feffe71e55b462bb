// The spine of the project: reference = scalar = SIMD, byte for byte, after any number of steps.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, comparePredictions, core, learners, reference } from './core-driver.js';
import { SECOND_ORDER, Stream, limit, maybeSecondOrder, randomConfig, toItsLimits, type Size } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';
import { assert, suite } from './suite.js';
import { goldenState, type Golden } from './vectors/generate.js';

const SMALL: Size = { inputs: 20, units: 20, layers: 8, labels: 40, cost: 700 };
const LARGE: Size = { inputs: 700, units: 300, layers: 3, labels: 256, cost: 150_000 };
/** Steps between two comparisons of all state bytes; scores and counts are compared at every step. */
const STRIDE = 1000;

/**
 * The same stream through all implementations; a new instance takes over from a copy of the bytes at every `reload`th step.
 * `prepare` may change the learner before the first.
 */
function compare(config: IntegerConfig, seed: number, steps: number, reload: number, prepare?: (learner: ReferenceLearner) => void): void {
  const all = learners(config, seed);
  if (prepare) all.prepare(({ learner }) => prepare(learner));
  const stream = new Stream(config, new Random(seed));
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    const x = config.window ? all.same('feature', (each) => each.extract(stream.bits)) : stream.bits;
    if (t % 50 === 0) comparePredictions(all, x);
    if (t % 97 === 96) all.same('adapt', (each) => each.adapt(x));
    all.same('number of updated layers', (each) => each.learn(x, stream.label));
    all.same('score', (each) => each.scores());
    if (t % STRIDE === STRIDE - 1 || t === steps - 1) all.compareStates();
    if (t % reload === reload - 1) all.reload();
  }
}

const test = suite('equality');

for (const [title, count, steps, reload, size] of [
  ['small learners', 200, 10_000, 3500, SMALL],
  ['larger learners', 24, 150, 60, LARGE],
] as const) {
  test(`reference = scalar = SIMD: ${count} random ${title}, ${steps} steps each, saved and loaded on the way`, () => {
    const random = new Random(count);
    for (let k = 0; k < count; k++) compare(maybeSecondOrder(randomConfig(random, size)), random.u32(), steps, reload);
    console.log(`\nequality: ${count} ${title} x ${steps} steps, ${count * steps} steps of each of 3 implementations compared`);
  });
}

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

test('a learner restored into the reference goes on as the one that was saved', () => {
  const random = new Random(11);
  for (let k = 0; k < 20; k++) {
    const config = { ...maybeSecondOrder(randomConfig(random, SMALL)), window: undefined };
    const stream = new Stream(config, new Random(k));
    const saved = core('simd', config);
    for (let t = 0; t < 300; t++) {
      stream.next();
      saved.learn(stream.bits, stream.label);
    }
    const loaded = reference({ ...config, seed: 1 });
    loaded.load(saved.state());
    for (let t = 0; t < 300; t++) {
      stream.next();
      saved.learn(stream.bits, stream.label);
      loaded.learn(stream.bits, stream.label);
    }
    assert.is(Buffer.compare(saved.state(), loaded.state()), 0);
  }
});

const golden: Golden[] = JSON.parse(readFileSync(new URL('./vectors/golden.json', import.meta.url), 'utf8'));

for (const make of [reference, (config: IntegerConfig) => core('scalar', config), (config: IntegerConfig) => core('simd', config)]) {
  test(`${golden.length} golden vectors: the bytes of earlier versions, ${make(golden[0].config).name}`, () => {
    for (const vector of golden) {
      const hash = createHash('sha256').update(goldenState(vector, make)).digest('hex');
      assert.is(hash, vector.sha256, `${vector.name}: learned other bytes than before; if that is meant, bump ARITHMETIC in host/snapshot.ts and run tests/vectors/generate.ts`);
    }
  });
}

test.run();
