// How likely an answer is: of those with 80 %, about 80 % are right, and what should not move that does not.

import { Random } from '../benchmarks/rivals/random.js';
import { Calibration } from '../host/calibration.js';
import { probabilitiesOf } from '../host/certainty.js';
import { createLearner, loadLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { assert, suite } from './suite.js';

const test = suite('certainty');
const LABELS = ['a', 'b', 'c'];
const ALPHA = 10;

/** Three clouds that overlap: about four in five can be told apart. */
function clouds(seed: number): () => [Float32Array, string] {
  const random = new Random(seed);
  return () => {
    const label = random.below(3);
    return [Float32Array.from({ length: 6 }, (_, i) => random.normal() + (i % 3 === label ? 1.2 : 0)), LABELS[label]!];
  };
}

/** Predicted, scored by each way of being sure, then learned. */
function errorsOf(learner: Learner, next: () => [Float32Array, string], samples: number, ...sharpnesses: number[]): number[] {
  const own = new Calibration();
  const others = sharpnesses.map((sharpness) => ({ sharpness, calibration: new Calibration() }));
  for (let n = 0; n < samples; n++) {
    const [x, y] = next();
    const { label, probability, scores } = learner.predict(x);
    own.add(probability, label === y);
    for (const { sharpness, calibration } of others) calibration.add(Math.max(...probabilitiesOf(scores, sharpness)), label === y);
    learner.learn(x, y);
  }
  return [own, ...others.map(({ calibration }) => calibration)].map(({ error }) => error!);
}

/** The word that says how sharp answers are, Q16. */
function sharpnessOf(learner: Learner): number {
  const { state } = decodeSnapshot(learner.save());
  return new DataView(state.buffer, state.byteOffset).getInt32(32, true);
}

for (const [name, config] of [
  ['plain', {}],
  ['16 bits, three layers', { bits: 16, units: [32, 32, 32] }],
  ['with exemplars', { exemplars: 60 }],
  ['with prototypes', { prototypes: 3 }],
] as [string, LearnerWishes][]) {
  test(`${name}: probabilities are right within 3 %, where alpha itself is 8 % off and more`, async () => {
    const learner = await createLearner({ inputs: 6, labels: LABELS, alpha: ALPHA, ...config });
    const [found, unhalved] = errorsOf(learner, clouds(4), 3000, ALPHA);
    assert.ok(found! < 0.03, `found: ${found}`);
    assert.ok(unhalved! > 0.08, `alpha: ${unhalved}`);
  });
}

test('after all labels have traded places it is right again', async () => {
  const learner = await createLearner({ inputs: 6, labels: LABELS });
  errorsOf(learner, clouds(5), 1500);
  const next = clouds(6);
  const turned = (): [Float32Array, string] => {
    const [x, y] = next();
    return [x, LABELS[(LABELS.indexOf(y) + 1) % 3]!];
  };
  errorsOf(learner, turned, 300);
  const [error] = errorsOf(learner, turned, 1500);
  assert.ok(error! < 0.05, String(error));
});

test('taught five samples a label, it is less sure than it is after five hundred', async () => {
  const learner = await createLearner({ inputs: 6, labels: LABELS });
  const next = clouds(7);
  const meanOf = (): number => {
    const asked = clouds(8);
    return Array.from({ length: 200 }, () => learner.predict(asked()[0]).probability).reduce((sum, p) => sum + p) / 200;
  };
  errorsOf(learner, next, 15);
  const young = meanOf();
  errorsOf(learner, next, 1500);
  assert.ok(young < meanOf() && young < 0.7, String(young));
});

test('probabilities are a distribution, and the answer has the greatest', async () => {
  for (const config of [{}, { exemplars: 20 }]) {
    const learner = await createLearner({ inputs: 6, labels: LABELS, ...config });
    const next = clouds(9);
    for (let n = 0; n < 100; n++) {
      const [x, y] = next();
      const { label, probability, probabilities } = learner.predict(x);
      assert.is(probabilities.length, 3);
      assert.ok(Math.abs(probabilities.reduce((sum, p) => sum + p) - 1) < 1e-12);
      assert.is(probability, Math.max(...probabilities));
      assert.is(probabilities[learner.labels.indexOf(label!)], probability);
      learner.learn(x, y);
    }
  }
});

test('without labels 0, with one 1; beside a memory a label never learned has none', async () => {
  const none = await createLearner({ inputs: 6, labels: [], labelCapacity: 4 });
  const [x] = clouds(10)();
  assert.equal([none.predict(x).probability, none.predict(x).probabilities.length], [0, 0]);
  none.learn(x, 'a');
  assert.is(none.predict(x).probability, 1);

  const remembers = await createLearner({ inputs: 6, labels: LABELS, exemplars: 20 });
  remembers.learn(x, 'b');
  assert.equal([...remembers.predict(x).probabilities], [0, 1, 0]);
  assert.equal([...probabilitiesOf(new Float64Array(2), 5)], [0.5, 0.5]); // nothing speaks for any
});

test('only samples that are learned move it: no prediction, adaptation or sleep, and of a step with replays only the new sample', async () => {
  const learner = await createLearner({ inputs: 6, labels: LABELS, exemplars: 30 });
  const next = clouds(11);
  assert.is(sharpnessOf(learner), 0);
  errorsOf(learner, next, 60);
  const before = sharpnessOf(learner);
  assert.ok(before > 0);
  learner.predict(next()[0]);
  learner.adapt(next()[0]);
  learner.sleep(200);
  assert.is(sharpnessOf(learner), before);
  const [x, y] = next();
  const { scores, probabilities } = learner.predict(x);
  const usual = scores.reduce((sum, score, c) => sum + score * probabilities[c]!, 0);
  learner.learn(x, y);
  const moved = sharpnessOf(learner) - before;
  const expected = (before * Math.max(-3, Math.min(3, (before / 65536) * (scores[LABELS.indexOf(y)]! - usual)))) / 64;
  // the standardiser has seen x by then, so the scores differ a little from those of the prediction
  assert.ok(Math.abs(moved - expected) < 0.1 * Math.abs(expected) + 200, `${moved}, expected about ${expected}`);
});

test('it is kept in a snapshot, and begins anew with reset', async () => {
  const learner = await createLearner({ inputs: 6, labels: LABELS });
  errorsOf(learner, clouds(12), 200);
  const [x] = clouds(13)();
  assert.equal((await loadLearner(learner.save())).predict(x), learner.predict(x));
  assert.equal(learner.clone().predict(x), learner.predict(x));
  learner.reset();
  assert.is(sharpnessOf(learner), 0);
});

test('calibration error: bins of 1/15, weighted by their answers', () => {
  const calibration = new Calibration();
  assert.is(calibration.error, undefined);
  for (let n = 0; n < 10; n++) calibration.add(0.9, n < 9);
  assert.ok(calibration.error! < 1e-12);
  for (let n = 0; n < 10; n++) calibration.add(0.7, n < 5); // 0.2 too sure, half of the answers
  assert.ok(Math.abs(calibration.error! - 0.1) < 1e-12);
  for (let n = 0; n < 20; n++) calibration.add(1, true); // the last bin has 1 too
  assert.ok(Math.abs(calibration.error! - 0.05) < 1e-12);
});

test.run();
