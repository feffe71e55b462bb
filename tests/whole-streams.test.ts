// The generators follow their definitions, ranks are Demšar's, and the page is that of the committed result.

import { readFileSync } from 'node:fs';
import { GENERATORS, LOANS, SEA_LIMITS, SEGMENTS, generated } from '../benchmarks/whole-streams/generators.js';
import { picture } from '../benchmarks/whole-streams/picture.js';
import { criticalDifference, groups, meanRanks, ranksOf } from '../benchmarks/whole-streams/ranks.js';
import { differenceOf, ranked, tables } from '../benchmarks/whole-streams/table.js';
import { assert, suite } from './suite.js';

const test = suite('whole streams');
const N = 8_000;
const share = (name: string, holds: (x: Float32Array, y: number, quarter: number) => boolean, seed = 3): number[] => {
  const { x, y, inputs } = generated(name, N, seed);
  const right = [0, 0, 0, 0];
  for (let s = 0; s < N; s++) if (holds(x.subarray(s * inputs, (s + 1) * inputs), y[s], Math.floor((4 * s) / N))) right[Math.floor((4 * s) / N)] += 4 / N;
  return right;
};
const near = (values: number[], expected: number, by = 0.03): void => {
  for (const value of values) assert.ok(Math.abs(value - expected) < by, `${values}, expected ${expected}`);
};

test('every stream is the same for a seed, another for another, and has all of its labels', () => {
  for (const [name, { labels }] of Object.entries(GENERATORS)) {
    const stream = generated(name, N, 1);
    assert.equal(generated(name, N, 1), stream);
    assert.not.equal(generated(name, N, 2).x, stream.x);
    assert.is(new Set(stream.y).size, labels, name);
    assert.ok(stream.x.every(Number.isFinite), name);
  }
});

test('SEA: nine of ten labels follow the limit of their quarter', () => near(share('SEA', (x, y, quarter) => (x[0] + x[1] <= SEA_LIMITS[quarter] ? 1 : 0) === y), 0.9));

test('LED: nine of ten segments are those of the digit, where they stand in this quarter; the other inputs are chance', () => {
  for (const segment of [0, 3, 6]) {
    near(share('LED', (x, y, quarter) => x[segment < 1 + 2 * quarter ? segment + 7 : segment] === Number(SEGMENTS[y][segment])), 0.9);
    near(share('LED', (x) => x[segment + 15] === 1), 0.5);
  }
});

test('Agrawal: labels follow the function of their quarter, but for the perturbed values', () => {
  const right = share('Agrawal', ([salary, commission, age, level, car, zip, house, years, loan], y, quarter) => (LOANS[quarter]({ salary, commission, age, level, car, zip, house, years, loan }) ? 0 : 1) === y);
  assert.ok(right.every((value) => value > 0.9), String(right));
  assert.is(share('Agrawal', ([salary, commission]) => commission === 0 || salary < 75_000 + 0.05 * 130_000).every((value) => value > 0.999), true);
});

test('hyperplane and RBF move: a nearest-mean rule of the first quarter is worse in the last', () => {
  for (const name of ['hyperplane', 'RBF']) {
    const { x, y, inputs } = generated(name, 40_000, 1);
    const rows = (from: number, to: number): [Float32Array, number][] => Array.from({ length: to - from }, (_, s) => [x.subarray((from + s) * inputs, (from + s + 1) * inputs), y[from + s]]);
    const labels = GENERATORS[name].labels;
    const sums = Array.from({ length: labels }, () => new Float64Array(inputs + 1));
    for (const [values, label] of rows(0, 5_000)) values.forEach((v, i) => ((sums[label][i] += v), i === 0 && sums[label][inputs]++));
    const means = sums.map((sum) => Array.from(sum.subarray(0, inputs), (v) => v / sum[inputs]));
    const nearest = (values: Float32Array): number => means.map((mean) => mean.reduce((d, m, i) => d + (values[i] - m) ** 2, 0)).reduce((best, d, c, all) => (d < all[best] ? c : best), 0);
    const right = (from: number, to: number): number => rows(from, to).filter(([values, label]) => nearest(values) === label).length / (to - from);
    assert.ok(right(0, 5_000) > right(35_000, 40_000) + 0.02, `${name}: ${right(0, 5_000)}, ${right(35_000, 40_000)}`);
  }
});

test("ranks: equals share theirs, who has none is left out; the critical difference is Demšar's", () => {
  assert.equal(ranksOf([3, 5, 3, NaN]), [2.5, 1, 2.5, NaN]);
  assert.equal(meanRanks([[1, 2], [2, 1], [5, 9]]), [5 / 3, 4 / 3]);
  assert.ok(Math.abs(criticalDifference(4, 14) - 1.25) < 0.01); // his example: 4 algorithms, 14 data sets
  assert.equal(groups([1, 1.5, 3, 3.4], 1), [[0, 1], [2, 3]]);
});

test('page and picture are those of the committed result', () => {
  const { results } = JSON.parse(readFileSync('benchmarks/results/whole-streams.json', 'utf8'));
  assert.ok(results.length >= 20);
  assert.ok(readFileSync('docs/whole-streams.md', 'utf8').includes(`<!-- whole -->\n${tables(results)}\n<!-- /whole -->`), 'run `npm run bench:whole-streams`');
  assert.is(picture(ranked(results), differenceOf(results)), readFileSync('docs/whole-streams.svg', 'utf8'));
});

test.run();
