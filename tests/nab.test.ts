// The scorer of the Numenta Anomaly Benchmark, worked out by hand. (benchmarks/nab/check.ts compares it with published detectors.)

import { PROFILES, probation, scoreCorpus, type Profile, type Truth } from '../benchmarks/nab/score.js';
import { assert, suite } from './suite.js';

const test = suite('nab scorer');

/** 1,000 rows of which 150 do not count; two windows. */
const series: Truth = { rows: 1000, windows: [[200, 299], [600, 699]] };
const marks = (...rows: number[]): Float64Array => {
  const scores = new Float64Array(1000);
  for (const row of rows) scores[row] = 1;
  return scores;
};
const score = (scores: Float64Array, profile: Profile = PROFILES.standard): number => scoreCorpus([series], [scores], profile, 1).score;
const near = (value: number, expected: number): void => assert.ok(Math.abs(value - expected) < 1e-9, `${value}, ${expected} expected`);
const sigmoid = (y: number): number => 2 / (1 + Math.exp(5 * y)) - 1;

test('a detector that never speaks has 0, one that finds every window in its first row 100', () => {
  near(score(marks()), 0);
  near(score(marks(200, 600)), 100);
});

test('later in a window is worth less; only the first detection in it counts', () => {
  const half = sigmoid(-0.5) / sigmoid(-1);
  near(score(marks(250, 600)), 100 * (2 + 1 + half) / 4);
  near(score(marks(250, 251, 299, 600)), 100 * (2 + 1 + half) / 4);
});

test('false alarms: full cost far from a window, less just behind it, none in the first 15 %', () => {
  near(score(marks(200, 600, 170)), 100 * (4 - 0.11) / 4);
  near(score(marks(200, 600, 300)), 100 * (4 + 0.11 * sigmoid(1 / 99)) / 4);
  near(score(marks(200, 600, 0, 149)), 100);
  near(score(marks(200, 600, 170), PROFILES.lowFalsePositives), 100 * (4 - 0.22) / 4);
  near(score(marks(200), PROFILES.lowFalseNegatives), 100 * 3 / 6);
});

test('rows that do not count: 15 %, at most 750', () => {
  assert.is(probation(1000), 150);
  assert.is(probation(22_695), 750);
});

test('the best threshold is found, and what it gives', () => {
  const scores = marks();
  scores[200] = 0.9;
  scores[600] = 0.8;
  scores.fill(0.1, 700, 900);
  const best = scoreCorpus([series], [scores], PROFILES.standard);
  assert.equal(best, { score: best.score, threshold: 0.8, windowsFound: 2, windows: 2, falseAlarms: 0 });
  near(best.score, 100);
  assert.ok(scoreCorpus([series], [scores], PROFILES.standard, 0.1).score < 80);
});

test('windows of several series are not taken for each other', () => {
  const early: Truth = { rows: 1000, windows: [[10, 20], [300, 399]] }; // the first can never be found and does not count
  const { windows, windowsFound, score: value } = scoreCorpus([early, series], [marks(300), marks(200, 600)], PROFILES.standard, 1);
  assert.equal([windows, windowsFound], [3, 3]);
  near(value, 100);
});

test('a series with another number of scores is refused', () => {
  assert.throws(() => scoreCorpus([series], [new Float64Array(7)], PROFILES.standard, 1), /7 rows; expected 1000/);
});

test.run();
