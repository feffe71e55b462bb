// Adaptation without labels: nothing by default, and with bounds where it is asked for.

import { Adaptation, PendingLabels, createLearner, progressive, type MovedEvent } from '../host/index.js';
import { INPUTS, STATES, alone, copyOf, knows, taught } from './left-alone.js';
import { assert, suite } from './suite.js';

const test = suite('adaptation');

/** Answers with the sign of what it was asked, from where its middle is; `adapt` moves the middle onto the sample by a share. */
function line(share = 0) {
  let middle = 0;
  return {
    inputs: 1,
    labels: ['low', 'high'],
    adapted: [] as number[],
    predict: (x: ArrayLike<number>) => ({ label: x[0]! < middle ? 'low' : 'high', margin: Math.abs(x[0]! - middle) }),
    learn() {},
    adapt(x: ArrayLike<number>) {
      this.adapted.push(x[0]!);
      middle += share * (x[0]! - middle);
    },
  };
}

/** Labels that give the credit of `credit` samples; usual margin 1. */
function teach(adaptation: Adaptation, credit: number): void {
  for (let i = 0; i < 32 * credit; i++) adaptation.learn([i % 2 ? 1 : -1], i % 2 ? 'high' : 'low');
}

test('never: nothing, whatever comes', () => {
  const learner = line();
  const adaptation = new Adaptation(learner);
  teach(adaptation, 4);
  for (let i = 0; i < 100; i++) assert.is(adaptation.adapt([i % 2 ? 2 : -2]), false);
  assert.equal([learner.adapted, adaptation.moved], [[], false]);
});

test('balanced: one answer is let in no more often than any other', () => {
  const learner = line();
  const adaptation = new Adaptation(learner, { adapt: 'balanced' });
  teach(adaptation, 20);
  for (let i = 0; i < 100; i++) adaptation.adapt([2]);
  assert.equal(learner.adapted, [2], 'the first may come before the others');
  for (const x of [-2, -3, -4, 3, 4, 5]) adaptation.adapt([x]);
  assert.equal(learner.adapted, [2, -2, -3, 3, 4]);
});

test('credit: one sample for 32 labels, at most 256, anew with every label', () => {
  for (const [labels, credit] of [[30, 0], [32, 1], [64, 2], [32 * 300, 256]] as const) {
    const learner = line();
    const adaptation = new Adaptation(learner, { adapt: 'balanced' });
    for (let i = 0; i < labels; i++) adaptation.learn([i % 2 ? 1 : -1], i % 2 ? 'high' : 'low');
    for (let i = 0; i < 1000; i++) adaptation.adapt([i % 2 ? 2 : -2]);
    assert.is(learner.adapted.length, credit);
    adaptation.learn([1], 'high');
    for (let i = 0; i < 1000; i++) adaptation.adapt([i % 2 ? 2 : -2]);
    assert.is(learner.adapted.length, 2 * credit);
    adaptation.reset();
    assert.is(adaptation.adapt([2]), false, 'as if no label had come');
  }
});

test('certainty, and labels that were taught: nothing else is let in', () => {
  const learner = line();
  const adaptation = new Adaptation(learner, { adapt: 'balanced' });
  for (let i = 0; i < 320; i++) adaptation.learn([1], 'high');
  assert.is(adaptation.adapt([2]), false, 'one label alone has no balance');
  for (let i = 0; i < 320; i++) adaptation.learn([-1], 'low');
  assert.is(adaptation.adapt([0.5]), false, 'a margin below the usual one');
  assert.is(adaptation.adapt([2]), true);
  const unnamed = new Adaptation({ ...line(), predict: () => ({ label: '' }) }, { adapt: 'balanced' });
  teach(unnamed, 4);
  assert.is(unnamed.adapt([2]), false, 'an answer that was never taught');
});

test('moved far: told once, and nothing more is let in until the next label', () => {
  const learner = line(0.6);
  const told: MovedEvent[] = [];
  const adaptation = new Adaptation(learner, { adapt: 'balanced', onMoved: (event) => told.push(event) });
  teach(adaptation, 10);
  assert.is(adaptation.adapt([4]), true); // the middle is at 2.4
  assert.equal(told, [{ label: 'high', answer: 'low', adapted: 1 }]);
  assert.ok(adaptation.moved);
  for (let i = 0; i < 50; i++) assert.is(adaptation.adapt([i % 2 ? 9 : -9]), false);
  adaptation.learn([-1], 'low');
  assert.not.ok(adaptation.moved);
  assert.is(adaptation.adapt([9]), true);
  assert.is(told.length, 1, 'what is answered otherwise already does not move once more');
});

test('a real learner, left alone with bounds: at most 0.5 points are lost, in one state or in all', async () => {
  const copy = await copyOf();
  for (const samples of [alone(), taught().concat(alone(2000))]) {
    const learner = await createLearner({ inputs: INPUTS, labels: STATES });
    const adaptation = new Adaptation(learner, { adapt: 'balanced' });
    for (const { x, y } of taught()) adaptation.learn(x, y);
    let adapted = 0;
    for (const { x } of samples) if (adaptation.adapt(x)) adapted++;
    assert.ok(adapted >= 1 && adapted <= 9, `${adapted} of ${samples.length}`);
    assert.ok(knows(learner) >= knows(copy) - 0.005, `${knows(learner)}, the copy ${knows(copy)}`);
  }
});

test('progressive and PendingLabels take the option, and share an Adaptation', async () => {
  const one = line();
  for await (const _ of progressive(one, [...Array.from({ length: 64 }, (_, i) => ({ x: [i % 2 ? 1 : -1], y: i % 2 ? 'high' : 'low' })), ...Array.from({ length: 9 }, () => ({ x: [2] }))], { adapt: 'balanced' })) continue;
  assert.equal(one.adapted, [2]);

  const two = line();
  const adaptation = new Adaptation(two, { adapt: 'balanced' });
  const pending = new PendingLabels(adaptation, { capacity: 1 });
  teach(adaptation, 2); // labels that come at once are a credit for samples whose labels never do
  for (let id = 0; id < 9; id++) pending.hold(id, [2]);
  assert.equal([two.adapted, pending.counts().evicted], [[2], 8]);

  const three = line();
  const alone = new PendingLabels(three, { capacity: 64, adapt: 'balanced' });
  for (let id = 0; id < 64; id++) alone.hold(id, [id % 2 ? 1 : -1]);
  for (let id = 0; id < 64; id++) alone.resolve(id, id % 2 ? 'high' : 'low');
  for (let id = 64; id < 140; id++) alone.hold(id, [2]);
  assert.equal(three.adapted, [2]);
});

test('a label that the learner refuses is no label, and what is wrong is said by name', async () => {
  const learner = await copyOf();
  const adaptation = new Adaptation(learner, { adapt: 'balanced' });
  assert.throws(() => adaptation.learn(alone(1)[0]!.x, 'neither'), (error: unknown) => error instanceof RangeError);
  assert.is(adaptation.adapt(alone(1)[0]!.x), false);
  assert.throws(() => new Adaptation(learner, { adapt: 'always' as never }), /options\.adapt: got 'always'; expected 'never' or 'balanced'/);
  assert.throws(() => new Adaptation(learner, { onMoved: 3 as never }), (error: unknown) => error instanceof TypeError);
  assert.throws(() => new Adaptation({ learn() {} }, { adapt: 'balanced' }), /takes a learner with predict and adapt/);
  assert.throws(() => new PendingLabels(learner, { adapt: 'sometimes' as never }), (error: unknown) => error instanceof RangeError);
});

test('nothing throws on data: missing values, infinities, far off', async () => {
  const learner = await copyOf();
  const adaptation = new Adaptation(learner, { adapt: 'balanced' });
  for (const { x, y } of taught()) adaptation.learn(x, y);
  for (const value of [NaN, Infinity, -Infinity, 1e39, -9999, 0]) for (let i = 0; i < 20; i++) adaptation.adapt(Array.from({ length: INPUTS }, (_, k) => (k % 2 ? value : i)));
  assert.ok(knows(learner) > 0.9);
  assert.is(learner.seen, 300 + 300);
});

test.run();
