import { assert, suite } from './suite.js';
import { Measures } from '../host/measures.js';

const test = suite('measures');
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, expected ${expected}`);

/** Fills measures from a confusion table, row = truth. */
function from(table: number[][]): Measures {
  const measures = new Measures(table.length);
  table.forEach((row, truth) => row.forEach((count, predicted) => {
    for (let i = 0; i < count; i++) measures.add(truth, predicted);
  }));
  return measures;
}

test('nothing scored: every figure is 0, none is NaN', () => {
  const m = new Measures(3);
  for (const value of [m.accuracy, m.recent, m.persistence, m.balancedAccuracy, m.kappa, m.kappaTemporal]) assert.is(value, 0);
});

test('Cohen\'s kappa: 50 proposals, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give 0.4', () => {
  const m = from([[20, 5], [10, 15]]);
  near(m.accuracy, 0.7); // pe = 0.5 * 0.6 + 0.5 * 0.4 = 0.5
  near(m.kappa, 0.4);
});

test('balanced accuracy is the mean recall of the labels seen, an unseen label does not count', () => {
  const m = from([[90, 10, 0], [5, 5, 0], [0, 0, 0]]);
  near(m.accuracy, 0.95 * 100 / 110);
  near(m.balancedAccuracy, (0.9 + 0.5) / 2);
});

test('a constant answer has kappa 0, and so has a stream with one label', () => {
  near(from([[8, 0], [2, 0]]).kappa, 0);
  near(from([[8, 0], [0, 0]]).kappa, 0);
});

test('persistence and kappa-temporal by hand: a a a b b b, one error', () => {
  const m = new Measures(2);
  const truths = [0, 0, 0, 1, 1, 1];
  truths.forEach((truth, i) => m.add(truth, i === 3 ? 0 : truth));
  near(m.accuracy, 5 / 6);
  near(m.persistence, 4 / 6); // wrong at the first sample and at the change
  near(m.kappaTemporal, (5 / 6 - 4 / 6) / (1 - 4 / 6));
});

test('repeating the last label has kappa-temporal 0; doing worse is negative', () => {
  const truths = [0, 0, 1, 1, 0, 1, 1, 1];
  const same = new Measures(2);
  truths.forEach((truth, i) => same.add(truth, i === 0 ? 1 : truths[i - 1]!));
  near(same.kappaTemporal, 0);
  const worse = new Measures(2);
  for (const truth of truths) worse.add(truth, 1 - truth);
  assert.ok(worse.kappaTemporal < 0);
});

test('with sparse labels persistence repeats the last label that was given', () => {
  const m = new Measures(2);
  const truths = [0, 1, 1, 1, 1, 0];
  truths.forEach((truth, i) => m.add(truth, truth, i % 4 === 0)); // given: 0 at i=0, 1 at i=4
  near(m.persistence, 0 / 6); // 0 is repeated for i=1..4 and is wrong, 1 for i=5 and is wrong
});

test('recent looks at the last window only', () => {
  const m = new Measures(2, 4);
  for (const right of [0, 0, 0, 0, 1, 1, 1]) m.add(1, right);
  near(m.recent, 3 / 4);
  near(m.accuracy, 3 / 7);
  m.add(1, 1);
  near(m.recent, 1);
});

test('confusion counts truth by row and prediction by column', () => {
  assert.equal([...from([[1, 2], [3, 4]]).confusion], [1, 2, 3, 4]);
});

test.run();
