// What a memory does for a learner: a spread store is rehearsed whole, and inputs that leave their range for good are followed.

import { createLearner, type Learner } from '../host/index.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('memory');
const LABELS = ['a', 'b', 'c', 'd'];
const INPUTS = 4;

/** Four classes, each a cloud about its mean; `next` draws a sample of one of them, all inputs moved by `offset`. */
function classes(seed: number): (offset?: number) => { x: number[]; y: string } {
  const random = generator(seed);
  const noise = (): number => random() + random() + random() - 1.5;
  const means = LABELS.map(() => Array.from({ length: INPUTS }, () => 3 * noise()));
  return (offset = 0) => {
    const label = Math.floor(4 * random());
    return { x: means[label]!.map((mean) => mean + 0.7 * noise() + offset), y: LABELS[label]! };
  };
}

/** Of so many samples, the share answered rightly before it was learned. */
function taught(learner: Learner, samples: number, next: () => { x: number[]; y: string }): number {
  let right = 0;
  for (let i = 0; i < samples; i++) {
    const { x, y } = next();
    if (learner.predict(x).label === y) right++;
    learner.learn(x, y);
  }
  return right / samples;
}

test('a spread store is rehearsed whole; one of the newest only while it helps', async () => {
  const worth = async (keep: 'spread' | 'recent'): Promise<number> => {
    const learner = await createLearner({ inputs: INPUTS, labels: LABELS, exemplars: 40, keep });
    taught(learner, 1500, classes(3));
    return learner.worthRehearsing;
  };
  assert.is(await worth('spread'), 40);
  assert.ok((await worth('recent')) < 20);
});

test('inputs that leave their range for good are followed within some dozen samples', async () => {
  for (const seed of [1, 2, 3]) {
    const next = classes(seed);
    const learner = await createLearner({ inputs: INPUTS, labels: LABELS, exemplars: 100, seed });
    assert.ok(taught(learner, 1500, next) > 0.9);
    for (const offset of [1000, -1e5, 1e7]) {
      taught(learner, 100, () => next(offset));
      const right = taught(learner, 1000, () => next(offset));
      assert.ok(right > 0.9, `${right} at ${offset}, seed ${seed}`);
    }
  }
});

test('a sensor that is out for long, the same reading again and again, loses nothing of its range', async () => {
  const next = classes(1);
  const learner = await createLearner({ inputs: INPUTS, labels: LABELS, exemplars: 100 });
  taught(learner, 1500, next);
  const alarms = learner.stats().alarms;
  taught(learner, 40, () => ({ ...next(), x: new Array<number>(INPUTS).fill(-9999) }));
  assert.ok(learner.stats().alarms > alarms, 'an alarm while it is out');
  assert.ok(taught(learner, 400, next) > 0.5);
});

test.run();
