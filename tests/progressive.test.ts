import { assert, suite } from './suite.js';
import { Measures } from '../host/measures.js';
import { progressive, type Step } from '../host/progressive.js';
import type { Sample } from '../host/sources/sample.js';

const test = suite('progressive');

/** Answers with the last label it learned, and writes down what happened to it. */
function parrot() {
  const calls: string[] = [];
  let last = 'a';
  return {
    calls,
    labels: ['a', 'b'],
    predict: (x: ArrayLike<number>) => (calls.push(`predict ${x[0]}`), { label: last }),
    learn: (x: ArrayLike<number>, label: string) => { calls.push(`learn ${x[0]} ${label}`); last = label; },
  };
}

function stream(labels: string): Sample[] {
  return [...labels].map((y, i) => (y === '-' ? { x: [i] } : { x: [i], y }));
}

async function run(learner: ReturnType<typeof parrot>, labels: string, options = {}): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of progressive(learner, stream(labels), options)) steps.push(step);
  return steps;
}

test('predicts before it learns, sample by sample', async () => {
  const learner = parrot();
  await run(learner, 'ab');
  assert.equal(learner.calls, ['predict 0', 'learn 0 a', 'predict 1', 'learn 1 b']);
});

test('steps carry n, the prediction and the figures so far', async () => {
  const steps = await run(parrot(), 'abba');
  assert.equal(steps.map(({ n, correct, accuracy }) => [n, correct, accuracy]), [[1, true, 1], [2, false, 1 / 2], [3, true, 2 / 3], [4, false, 2 / 4]]);
});

test('every: one step in so many, and always the last', async () => {
  assert.equal((await run(parrot(), 'aaaaaaa', { every: 3 })).map(({ n }) => n), [3, 6, 7]);
  assert.equal((await run(parrot(), 'aaaaaa', { every: 3 })).map(({ n }) => n), [3, 6]);
  assert.equal(await run(parrot(), '', { every: 3 }), []);
});

test('labelEvery: only the first of so many labels is learned, all are scored', async () => {
  const learner = parrot();
  const measures = new Measures(2);
  const steps = await run(learner, 'bbbbabb', { labelEvery: 3, measures });
  assert.equal(learner.calls.filter((call) => call.startsWith('learn')), ['learn 0 b', 'learn 3 b', 'learn 6 b']);
  assert.equal(steps.map(({ learned }) => learned), [true, false, false, true, false, false, true]);
  assert.is(measures.samples, 7);
  assert.is(measures.accuracy, 5 / 7);
});

test('a sample without a label is predicted, not scored, not learned', async () => {
  const learner = parrot();
  const steps = await run(learner, 'a-a');
  assert.is(steps[1]!.correct, undefined);
  assert.is(steps[1]!.learned, false);
  assert.is(steps[2]!.measures.samples, 2);
  assert.equal(learner.calls.filter((call) => call.startsWith('learn')), ['learn 0 a', 'learn 2 a']);
});

test('a learner that can adapt adapts to every sample whose label it is not given', async () => {
  const learner = Object.assign(parrot(), { adapt: (x: ArrayLike<number>) => void learner.calls.push(`adapt ${x[0]}`) });
  await run(learner, 'ab-b', { labelEvery: 2 });
  assert.equal(learner.calls.filter((call) => !call.startsWith('predict')), ['learn 0 a', 'adapt 1', 'adapt 2', 'learn 3 b']);
});

test('an unknown label, a bad option and an aborted signal are errors that say so', async () => {
  const failure = async (labels: string, options = {}): Promise<Error> => {
    try {
      await run(parrot(), labels, options);
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was thrown');
  };
  assert.match((await failure('aab' + 'c')).message, 'sample 4 has the label "c"');
  assert.match((await failure('a', { every: 0 })).message, '"every" must be a whole number of at least 1, got 0');
  assert.match((await failure('a', { labelEvery: 1.5 })).message, '"labelEvery"');
  assert.is((await failure('a', { signal: AbortSignal.abort() })).name, 'AbortError');
});

test('leaving the loop early ends the source', async () => {
  let ended = false;
  async function* source(): AsyncGenerator<Sample> {
    try {
      for (;;) yield { x: [0], y: 'a' };
    } finally {
      ended = true;
    }
  }
  for await (const step of progressive(parrot(), source())) if (step.n === 5) break;
  assert.ok(ended);
});

test.run();
