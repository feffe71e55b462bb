// A device that is taught three states and then left alone in one of them for 20,000 samples without a label. What it knows then must be what a copy
// knows that heard nothing since.

import { createLearner, loadLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { generator } from './random.js';
import { assert } from './suite.js';

export const STATES = ['a', 'b', 'c'];
export const INPUTS = 6;
export const ALONE = 20_000;

export interface Moment {
  readonly x: number[];
  readonly y: string;
}

/** `count` samples, values with three decimals so that they are the same as text. `state` of sample i: 0 to 2. */
function moments(count: number, seed: number, state: (i: number, random: () => number) => number): Moment[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const now = state(i, random);
    return { x: Array.from({ length: INPUTS }, (_, k) => Number((4 * Math.sin(1 + 2 * now + k) + 8 * random() + 20).toFixed(3))), y: STATES[now]! };
  });
}

/** 300 with their labels, mixed. */
export const taught = (): Moment[] => moments(300, 3, (_, random) => Math.floor(3 * random()));

/** One state, whose label is known to the test only. */
export const alone = (count = ALONE): Moment[] => moments(count, 4, () => 1);

/** All states in turn. */
const asked = (): Moment[] => moments(600, 5, (i) => i % 3);

/** Share of all states that is answered rightly. */
export function knows(learner: Pick<Learner, 'predict'>): number {
  const all = asked();
  return all.filter(({ x, y }) => learner.predict(x).label === y).length / all.length;
}

/** The copy: taught, and never let alone. @param config as the door makes its learner */
export async function copyOf(config: LearnerWishes = {}): Promise<Learner> {
  const learner = await createLearner({ inputs: INPUTS, labels: STATES, ...config });
  for (const { x, y } of taught()) learner.learn(x, y);
  return learner;
}

/** Nothing has changed: not what is answered, not a byte of what was learned. The note says what its fields are called. */
export async function checkUnchanged(snapshot: Uint8Array, copy: Learner): Promise<void> {
  const learner = await loadLearner(snapshot);
  learner.note = '';
  const [now, then] = [knows(learner), knows(copy)];
  assert.ok(then > 0.95, `the copy knows ${then}: the task is no task`);
  assert.ok(now >= then - 0.005, `it knew ${then}, and after it was left alone ${now}`);
  assert.is(Buffer.compare(learner.save(), copy.save()), 0, 'the state is that of the copy');
}

/** As a sensor would print them: lines of JSON. */
export function jsonLines(): string[] {
  return [...taught().map(({ x, y }) => JSON.stringify({ x, y })), ...alone().map(({ x }) => JSON.stringify({ x }))];
}

/** The same as CSV; the label comes last, or not. */
export function csvRows(): string[] {
  return [...taught().map(({ x, y }) => `${x.join(',')},${y}`), ...alone().map(({ x }) => `${x.join(',')},`)];
}
