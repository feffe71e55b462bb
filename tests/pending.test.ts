// Labels that come late, out of order, twice or never.

import { createLearner, PendingLabels } from '../host/index.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('pending');

const make = () => createLearner<string>({ inputs: 2, labels: ['a', 'b'], units: [6] });

test('late labels teach what labels in time would have taught, in the order of the labels', async () => {
  const random = generator(5);
  const samples = Array.from({ length: 300 }, (_, id) => ({ id, x: [random(), random()], y: random() < 0.5 ? 'a' : 'b' }));
  const order = samples.map(({ id }) => ({ id, key: id + 40 * random() })).sort((a, b) => a.key - b.key).map(({ id }) => id);
  const [late, timely] = [await make(), await make()];
  const pending = new PendingLabels(late, { capacity: 300 });
  for (const { id, x } of samples) pending.hold(id, x);
  for (const id of order) {
    assert.ok(pending.resolve(id, samples[id]!.y));
    timely.learn(samples[id]!.x, samples[id]!.y);
  }
  assert.equal(late.save(), timely.save());
  assert.equal(pending.counts(), { waiting: 0, resolved: 300, evicted: 0, duplicates: 0, unknown: 0 });
});

test('a copy waits, not the array that was given', async () => {
  const [held, plain] = [await make(), await make()];
  const pending = new PendingLabels(held);
  const x = [1, 2];
  pending.hold('s', x);
  x.fill(99);
  pending.resolve('s', 'b');
  plain.learn([1, 2], 'b');
  assert.equal(held.save(), plain.save());
});

test('the longest waiting gives way, and changes nothing', async () => {
  const [held, plain] = [await make(), await make()];
  const pending = new PendingLabels(held, { capacity: 2 });
  for (const id of [1, 2, 3, 4]) pending.hold(id, [id, -id]);
  assert.not.ok(pending.resolve(1, 'a'));
  assert.ok(pending.resolve(4, 'a'));
  plain.learn([4, -4], 'a');
  assert.equal(held.save(), plain.save());
  assert.equal(pending.counts(), { waiting: 1, resolved: 1, evicted: 2, duplicates: 0, unknown: 1 });
});

test('the first sample of an id stays, the first label counts', async () => {
  const [held, plain] = [await make(), await make()];
  const pending = new PendingLabels<string | number>(held);
  assert.ok(pending.hold('7', [1, 1]));
  assert.not.ok(pending.hold('7', [5, 5]));
  assert.not.ok(pending.hold(7, [2, 2]), 'a number is the same id as its text');
  assert.ok(pending.resolve('7', 'a'));
  assert.not.ok(pending.resolve(7, 'b'));
  assert.not.ok(pending.resolve('never', 'b'));
  plain.learn([1, 1], 'a');
  assert.equal(held.save(), plain.save());
  assert.equal(pending.counts(), { waiting: 0, resolved: 1, evicted: 0, duplicates: 2, unknown: 2 });
  assert.ok(pending.hold('7', [3, 3]), 'an id that was resolved may come again');
});

test('what was held comes back with the label: by id, and for all that a condition chooses, in their order', async () => {
  const [held, plain] = [await make(), await make()];
  const pending = new PendingLabels<string | number, { answer: string; t: number }>(held);
  for (const t of [1, 2, 3, 4, 5]) pending.hold(t === 3 ? 'three' : undefined, [t, -t], { answer: t < 4 ? 'a' : 'b', t });
  assert.equal(pending.resolve('three', 'a'), { held: { answer: 'a', t: 3 } });
  assert.equal(pending.resolveWhere((sample) => sample!.t > 1 && sample!.t <= 4, 'b'), [{ answer: 'a', t: 2 }, { answer: 'b', t: 4 }]);
  assert.equal(pending.resolveWhere(() => false, 'b'), []);
  for (const [t, label] of [[3, 'a'], [2, 'b'], [4, 'b']] as const) plain.learn([t, -t], label);
  assert.equal(held.save(), plain.save());
  assert.equal(pending.counts(), { waiting: 2, resolved: 3, evicted: 0, duplicates: 0, unknown: 1 });
});

test('a label that is refused leaves the sample waiting', async () => {
  const pending = new PendingLabels(await make());
  pending.hold(1, [0, 1]);
  assert.throws(() => pending.resolve(1, 7 as never), (error: unknown) => error instanceof TypeError);
  assert.equal(pending.counts().waiting, 1);
  assert.ok(pending.resolve(1, 'a'));
});

test('wrong samples and capacities are refused at once', async () => {
  const learner = await make();
  const pending = new PendingLabels(learner);
  assert.throws(() => pending.hold(1, [1]), /x: 1 values; this learner takes 2/);
  assert.throws(() => pending.hold(1, 'ab' as never), (error: unknown) => error instanceof TypeError);
  assert.is(pending.counts().waiting, 0);
  for (const capacity of [0, 1.5, NaN]) assert.throws(() => new PendingLabels(learner, { capacity }), (error: unknown) => error instanceof RangeError);
  assert.throws(() => new PendingLabels(learner, { capacity: '9' as never }), (error: unknown) => error instanceof TypeError);
});

test('whatever comes in whatever order, the counts add up and the memory is bounded', async () => {
  const random = generator(8);
  for (let round = 0; round < 20; round++) {
    const capacity = 1 + Math.floor(10 * random());
    let taught = 0;
    const pending = new PendingLabels({ inputs: 1, learn: () => taught++ }, { capacity });
    let holds = 0;
    let labels = 0;
    for (let i = 0; i < 500; i++) {
      const id = Math.floor(30 * random());
      if (random() < 0.6) {
        pending.hold(id, [i]);
        holds++;
      } else {
        pending.resolve(id, 'a');
        labels++;
      }
      assert.ok(pending.counts().waiting <= capacity);
    }
    const { waiting, resolved, evicted, duplicates, unknown } = pending.counts();
    assert.is(holds, waiting + resolved + evicted + duplicates);
    assert.is(labels, resolved + unknown);
    assert.is(taught, resolved);
  }
});

test.run();
