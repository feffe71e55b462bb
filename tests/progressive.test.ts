import { assert, suite } from './suite.js';
import { Measures } from '../host/measures.js';
import { progressive, type Step } from '../host/progressive.js';
import type { Sample } from '../host/sources/sample.js';

const test = suite('progressive');

/** Answers with the last label it learned, and writes down what happened to it. Takes in labels up to its capacity. */
function parrot(capacity = 2) {
  const calls: string[] = [];
  const labels = ['a', 'b'];
  let last = 'a';
  return {
    calls,
    labels,
    predict: (x: ArrayLike<number>) => (calls.push(`predict ${x[0]}`), { label: last }),
    learn: (x: ArrayLike<number>, label: string) => {
      if (!labels.includes(label) && labels.push(label) > capacity) throw new RangeError(`no room (${labels.pop()})`);
      calls.push(`learn ${x[0]} ${label}`);
      last = label;
    },
  };
}

/** What was learned, and between which predictions. */
const order = (learner: ReturnType<typeof parrot>) => learner.calls.join(', ').replaceAll('predict ', '').replaceAll('learn ', 'L');

function stream(labels: string): Sample[] {
  return [...labels].map((y, i) => (y === '-' ? { x: [i] } : { x: [i], y }));
}

async function run(learner: ReturnType<typeof parrot>, samples: string | Sample[], options = {}): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of progressive(learner, typeof samples === 'string' ? stream(samples) : samples, options)) steps.push(step);
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
  const measures = new Measures();
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

test('a sample whose label it is not given changes nothing in a learner that can adapt', async () => {
  const adaptable = () => {
    const learner = parrot();
    return Object.assign(learner, { adapt: (x: ArrayLike<number>) => void learner.calls.push(`adapt ${x[0]}`) });
  };
  const learner = adaptable();
  await run(learner, 'ab-b', { labelEvery: 2 });
  assert.equal(learner.calls.filter((call) => !call.startsWith('predict')), ['learn 0 a', 'learn 3 b']);
  const late = adaptable();
  await run(late, 'a-bb', { delay: 1, labelEvery: 2 });
  assert.is(order(late), '0, 1, L0 a, 2, 3, L3 b');
  const asked = adaptable();
  await run(asked, `${'ab'.repeat(32)}--`, { adapt: 'balanced' });
  assert.equal(asked.calls.filter((call) => call.startsWith('adapt')), ['adapt 64']);
});

test('a label without room, a bad option and an aborted signal are errors that say so', async () => {
  const failure = async (labels: string, options = {}): Promise<Error> => {
    try {
      await run(parrot(), labels, options);
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was thrown');
  };
  assert.match((await failure('aab' + 'c')).message, 'sample 4: no room (c)');
  assert.match((await failure('aabc', { delay: 2 })).message, 'sample 4: no room (c)');
  assert.match((await failure('a', { delay: -1 })).message, '"delay" must be a whole number of at least 0, got -1');
  assert.match((await failure('a', { every: 0 })).message, '"every" must be a whole number of at least 1, got 0');
  assert.match((await failure('a', { labelEvery: 1.5 })).message, '"labelEvery"');
  assert.match((await failure('a', { adapt: 'balanced' })).message, "options.adapt: 'balanced' takes a learner with predict and adapt");
  assert.is((await failure('a', { signal: AbortSignal.abort() })).name, 'AbortError');
});

test('a label the learner does not know is wrong once, then learned; withheld, it is only wrong', async () => {
  const steps = await run(parrot(3), 'acca');
  assert.equal(steps.map(({ correct }) => correct), [true, false, true, false]);
  assert.equal(steps[3]!.measures.confusion, { labels: ['a', 'b', 'c'], counts: [[1, 0, 1], [0, 0, 0], [1, 0, 1]] });
  const withheld = parrot();
  assert.equal((await run(withheld, 'acaca', { labelEvery: 2 })).map(({ correct }) => correct), [true, false, true, false, true]);
  assert.equal(withheld.labels, ['a', 'b']);
});

test('delay: predicted at once, learned so many samples later, and at the end what is still on its way', async () => {
  const learner = parrot();
  const steps = await run(learner, 'abbab', { delay: 2 });
  assert.is(order(learner), '0, 1, 2, L0 a, 3, L1 b, 4, L2 b, L3 a, L4 b');
  assert.equal(steps.map(({ correct }) => correct), [true, false, false, true, true]);
  // repeating the last label known: nothing, nothing, nothing, a, b
  assert.is(steps[4]!.measures.persistence, 2 / 5);
});

test('delay counts samples, labelled or not, and only what is given arrives', async () => {
  const learner = parrot();
  await run(learner, 'a-b-a', { delay: 1, labelEvery: 2 });
  assert.is(order(learner), '0, 1, L0 a, 2, 3, 4, L4 a');
});

test('a sample that waits is a copy: the source may use its array again', async () => {
  const learner = parrot();
  const x = [0];
  const source = function* () {
    for (x[0] = 0; x[0]! < 3; x[0]!++) yield { x, y: 'a' };
  };
  for await (const _ of progressive(learner, source(), { delay: 2 })) continue;
  assert.is(order(learner), '0, 1, 2, L0 a, L1 a, L2 a');
});

test('missing values reach the learner as they are', async () => {
  const seen: number[] = [];
  const learner = { ...parrot(), predict: (x: ArrayLike<number>) => (seen.push(x[0]!), { label: 'a' }) };
  for await (const _ of progressive(learner, [{ x: [NaN], y: 'a' }, { x: [1], y: 'b' }])) continue;
  assert.equal(seen, [NaN, 1]);
});

test('time is carried through, and a gap is told: far above the usual interval, or backwards', async () => {
  const times = [0, 10, 20, 31, 40, 50, 60, 70, 130, 140, 135, 150];
  const steps = await run(parrot(), times.map((t) => ({ x: [0], y: 'a', t })));
  assert.equal(steps.map(({ sample }) => sample.t), times);
  assert.equal(steps.filter(({ gap }) => gap !== undefined).map(({ n, gap }) => [n, gap]), [[9, 60], [11, -5]]);
  assert.ok((await run(parrot(), 'aaa')).every(({ gap }) => gap === undefined));
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
