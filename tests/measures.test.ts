import { assert, suite } from './suite.js';
import { AccuracyMatrix } from '../host/accuracy-matrix.js';
import { Measures } from '../host/measures.js';

const test = suite('measures');
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, expected ${expected}`);

/** Fills measures from a confusion table, row = truth; the labels are a, b, c, ... */
function from(table: number[][]): Measures {
  const labels = [...'abcdefgh'].slice(0, table.length);
  const measures = new Measures(labels);
  table.forEach((row, truth) => row.forEach((count, predicted) => {
    for (let i = 0; i < count; i++) measures.add(labels[truth]!, labels[predicted]);
  }));
  return measures;
}

/** `truths` and `answers` letter by letter; a dash is no answer. */
function of(truths: string, answers: string, options = {}): Measures {
  const measures = new Measures([], options);
  [...truths].forEach((truth, i) => measures.add(truth, answers[i] === '-' ? undefined : answers[i]));
  return measures;
}

test('nothing scored: every figure is 0, none is NaN', () => {
  const m = new Measures(['a', 'b', 'c']);
  for (const value of [m.accuracy, m.recent, m.fading, m.persistence, m.majority, m.balancedAccuracy, m.kappa, m.kappaTemporal, m.kappaM]) assert.is(value, 0);
  assert.is(m.recall('a'), undefined);
  assert.equal(new Measures().confusion, { labels: [], counts: [] });
});

test('calibration error, of answers whose probability is given', () => {
  const m = new Measures(['a', 'b']);
  assert.is(m.calibrationError, undefined);
  for (let i = 0; i < 10; i++) m.add('a', i < 8 ? 'a' : 'b', true, 0.9);
  near(m.calibrationError!, 0.1);
  m.add('a', 'b'); // says nothing of how sure it is
  m.add('a', undefined, true, 0); // no answer yet
  near(m.calibrationError!, 0.1);
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
  assert.equal([m.recall('a'), m.recall('b'), m.recall('c'), m.recall('z')], [0.9, 0.5, undefined, undefined]);
});

test('a constant answer has kappa 0, and so has a stream with one label', () => {
  near(from([[8, 0], [2, 0]]).kappa, 0);
  near(from([[8, 0], [0, 0]]).kappa, 0);
});

test('persistence and kappa-temporal by hand: a a a b b b, one error', () => {
  const m = of('aaabbb', 'aaaabb');
  near(m.accuracy, 5 / 6);
  near(m.persistence, 4 / 6); // wrong at the first sample and at the change
  near(m.kappaTemporal, (5 / 6 - 4 / 6) / (1 - 4 / 6));
});

test('repeating the last label has kappa-temporal 0; doing worse is negative', () => {
  near(of('aabbabbb', '-aabbabb').kappaTemporal, 0);
  assert.ok(of('aabbabbb', 'bbaabaaa').kappaTemporal < 0);
});

test('the majority so far and kappa-M by hand: a b b b a, four right', () => {
  // the majority answers nothing, a, a (1 to 1: the first to get there stays), b, b: right at the fourth sample only
  const m = of('abbba', 'abbbb');
  near(m.majority, 1 / 5);
  near(m.kappaM, (4 / 5 - 1 / 5) / (1 - 1 / 5));
});

test('with sparse labels the baselines know only the labels that were given', () => {
  const m = new Measures();
  [...'abbbba'].forEach((truth, i) => m.add(truth, truth, i % 4 === 0)); // given: a at 0, b at 4
  near(m.persistence, 0 / 6); // a is repeated for samples 1 to 4 and is wrong, b for 5 and is wrong
  near(m.majority, 1 / 6); // 1 to 1 after sample 4: a stays
});

test('with late labels the baselines know them when they come', () => {
  const m = new Measures();
  const truths = [...'aaabb'];
  truths.forEach((truth, i) => {
    m.add(truth, truth, false);
    if (i >= 1) m.reveal(truths[i - 1]!); // one sample late
  });
  near(m.persistence, 1 / 5); // answers nothing, nothing, a, a, a; at once it would be nothing, a, a, a, b
});

test('recent looks at the last window only', () => {
  const m = new Measures([], { window: 4 });
  for (const right of 'bbbbaaa') m.add('a', right);
  near(m.recent, 3 / 4);
  near(m.accuracy, 3 / 7);
  m.add('a', 'a');
  near(m.recent, 1);
});

test('fading factors by hand: wrong, right, right at 0.5 give (0.5 + 1) / (0.25 + 0.5 + 1)', () => {
  near(of('aaa', 'baa', { fading: 0.5 }).fading, 1.5 / 1.75);
  near(of('aab', 'aaa', { fading: 1 }).fading, 2 / 3); // 1: nothing fades
});

test('labels appear at run time: in the confusion by name, wrong at first, no answer counts as wrong', () => {
  const m = of('aabcc', '-aabc');
  assert.equal(m.confusion, { labels: ['a', 'b', 'c'], counts: [[1, 0, 0], [1, 0, 0], [0, 1, 1]] });
  near(m.accuracy, 2 / 5);
  near(m.balancedAccuracy, (1 / 2 + 0 + 1 / 2) / 3);
  near(m.kappa, (2 / 5 - (2 * 2 + 1 * 1 + 2 * 1) / 25) / (1 - 7 / 25));
});

test('confusion counts truth by row and prediction by column, and is a copy', () => {
  const m = from([[1, 2], [3, 4]]);
  assert.equal(m.confusion, { labels: ['a', 'b'], counts: [[1, 2], [3, 4]] });
  m.confusion.counts[0]![0] = 99;
  assert.is(m.confusion.counts[0]![0], 1);
});

test('a window or a fading factor that cannot be is refused', () => {
  assert.throws(() => new Measures([], { window: 0 }), /"window" must be a whole number of at least 1, got 0/);
  assert.throws(() => new Measures([], { fading: 1.1 }), /"fading" must be above 0 and at most 1, got 1.1/);
});

// R, three tasks: row i after task i
const R = [
  [0.9, 0.2, 0.1],
  [0.7, 0.8, 0.3],
  [0.5, 0.9, 0.6],
];

test('accuracy matrix by hand: ACC, BWT, FWT, forgetting, and the mean over the tasks', () => {
  const m = new AccuracyMatrix(R);
  near(m.averageAccuracy, (0.5 + 0.9 + 0.6) / 3);
  near(m.backwardTransfer, (0.5 - 0.9 + (0.9 - 0.8)) / 2);
  near(m.forwardTransfer([0.1, 0.1, 0.2]), (0.2 - 0.1 + (0.3 - 0.2)) / 2);
  near(m.forgetting, (0.9 - 0.5 + (0.8 - 0.9)) / 2); // task 1 got better: it counts below zero
  near(m.incrementalAccuracy, (0.9 + (0.7 + 0.8) / 2 + 2 / 3) / 3);
});

test('forgetting is from the best a task ever was, backward transfer from when it was learned', () => {
  const m = new AccuracyMatrix([[0.6, 0.9], [0.5, 0.7]]).withLast([0.4, 0.8]);
  near(m.forgetting, 0.6 - 0.4);
  near(m.backwardTransfer, 0.4 - 0.6);
  const better = new AccuracyMatrix([[0.6, 0, 0], [0.8, 0.5, 0], [0.7, 0.5, 0.9]]);
  near(better.forgetting, (0.8 - 0.7 + 0) / 2);
  near(better.backwardTransfer, (0.7 - 0.6 + 0) / 2);
});

test('one task or none: nothing to forget', () => {
  for (const m of [new AccuracyMatrix(), new AccuracyMatrix().with([0.8, 0.1])]) {
    assert.equal([m.forgetting, m.backwardTransfer, m.forwardTransfer([0, 0])], [0, 0, 0]);
  }
  near(new AccuracyMatrix([[0.8, 0.1]]).averageAccuracy, 0.8);
});

test('rows that do not fit are refused', () => {
  assert.throws(() => new AccuracyMatrix([[1, 1], [1]]), /rows\[1\] has 1 accuracies, rows\[0\] has 2/);
  assert.throws(() => new AccuracyMatrix([[1], [1]]), /2 rows for 1 tasks/);
});

test('coverage is the share that got an answer', () => {
  const m = new Measures(['a', 'b']);
  m.add('a', undefined);
  m.add('a', 'b');
  assert.is(m.coverage, 0.5);
});

test.run();
