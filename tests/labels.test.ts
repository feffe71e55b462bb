// Few inputs, rare labels and many labels: what the first layer's 16 bits, counts of labels and faster gates are there for.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, defaults, reference } from './core-driver.js';
import type { IntegerConfig } from './reference.js';
import { assert, suite } from './suite.js';

const test = suite('labels');

/** Percent of the samples from `from` on that were answered rightly before they were learned, of all and of each label. */
function accuracy(config: IntegerConfig, from: number, samples: number, next: (random: Random) => { x: number[]; y: number }): { all: number; each: number[] } {
  const learner = core('simd', config);
  const random = new Random(config.seed);
  const right = new Array<number>(config.labels).fill(0);
  const seen = new Array<number>(config.labels).fill(0);
  for (let t = 0; t < samples; t++) {
    const { x, y } = next(random);
    const bits = bitsOf(x);
    if (t >= from) {
      seen[y]++;
      if (learner.predict(bits) === y) right[y]++;
    }
    learner.learn(bits, y);
  }
  const sum = (values: number[]): number => values.reduce((total, value) => total + value);
  return { all: (100 * sum(right)) / sum(seen), each: right.map((count, c) => (100 * count) / seen[c]) };
}

test('with three inputs 8 bits are as good as 16', () => {
  const place = new Random(1);
  const centres = Array.from({ length: 40 }, () => [14 * place.uniform(), 14 * place.uniform(), 14 * place.uniform()]);
  const next = (random: Random) => {
    const y = random.below(40);
    return { x: centres[y].map((centre) => centre + random.normal()), y };
  };
  const mean = (bits: 8 | 16): number => {
    const seeds = [1, 2, 3, 4];
    return seeds.reduce((sum, seed) => sum + accuracy({ ...defaults({ inputs: 3, labels: 40, seed }), bits }, 1000, 5000, next).all / seeds.length, 0);
  };
  const [narrow, wide] = [mean(8), mean(16)];
  assert.ok(narrow > wide - 0.5, `8 bits ${narrow.toFixed(2)} %, 16 bits ${wide.toFixed(2)} %`);
});

test('a label that is one in a hundred is learned', () => {
  const { all, each } = accuracy(defaults({ inputs: 12, labels: 2, bits: 8 }), 2000, 8000, (random) => {
    const y = random.below(100) === 0 ? 1 : 0;
    return { x: Array.from({ length: 12 }, () => 0.75 * y + random.normal()), y };
  });
  assert.ok(each[1] > 50 && all > 97, `the rare label is right in ${each[1].toFixed(1)} %, all samples in ${all.toFixed(1)} %`);
});

test('200 labels, 60 samples of each', () => {
  const place = new Random(7);
  const centres = Array.from({ length: 200 }, () => Array.from({ length: 16 }, () => 1.55 * place.normal()));
  const { all } = accuracy(defaults({ inputs: 16, labels: 200, bits: 8 }), 11_000, 13_000, (random) => {
    const y = random.below(200);
    return { x: centres[y].map((centre) => centre + random.normal()), y };
  });
  assert.ok(all > 85, `${all.toFixed(1)} %`);
});

test('counts of labels are halved together when one is full, alike in core and reference', () => {
  const config = defaults({ inputs: 3, labels: 4, units: [6] });
  const full = reference(config);
  full.learner.counts.splice(0, 4, 16_383, 101, 1, 0);
  const state = full.state();
  full.learn(bitsOf([1, -2, 3]), 0);
  assert.equal(full.learner.counts, [8192, 50, 0, 0]);
  const cores = (['simd', 'scalar'] as const).map((build) => {
    const one = core(build, config);
    one.load(state);
    one.learn(bitsOf([1, -2, 3]), 0);
    return one;
  });
  for (const one of cores) assert.is(Buffer.compare(one.state(), full.state()), 0, one.name);
});

test('a label that is given back takes its count along', () => {
  const config = defaults({ inputs: 3, labels: 4, units: [6] });
  const [judge, own] = [reference(config), core('simd', config)];
  for (const each of [judge, own]) {
    for (let t = 0; t < 50; t++) each.learn(bitsOf([t % 7, 1, t % 3]), t % 10 === 0 ? 3 : t % 3);
    each.removeLabel(1, -1);
  }
  assert.is(judge.learner.counts[1], 5);
  assert.is(judge.learner.counts[3], 0);
  assert.is(Buffer.compare(own.state(), judge.state()), 0);
});

test.run();
