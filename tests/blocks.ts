// Three states that are taught one after the other, as people do, and then asked mixed. The inputs span decades: watts of a plug that is off, on
// standby or heating, a voltage that says nothing, an ear that hears little in two of them.

import { NearestMean } from '../host/nearest-mean.js';
import { generator } from './random.js';

export interface Moment {
  readonly x: number[];
  readonly y: string;
}

export const STATES = ['off', 'standby', 'heating'];
export const INPUTS = 4;
/** Samples of a block: seconds that somebody holds a button. */
export const BLOCK = 25;

function moment(state: number, random: () => number): Moment {
  const noise = (): number => random() + random() + random() - 1.5;
  const x = [[0.2, 12, 900][state]! * Math.exp(0.25 * noise()), 230 + 3 * noise(), [0.002, 0.004, 0.02][state]! * Math.exp(0.4 * noise()), [4, 9, 6][state]! + noise()];
  return { x: x.map((value) => Number(value.toPrecision(4))), y: STATES[state]! };
}

/** The lessons: all of one state, then all of the next. */
export function blocks(seed = 1): Moment[] {
  const random = generator(1 + seed);
  return STATES.flatMap((_, state) => Array.from({ length: BLOCK }, () => moment(state, random)));
}

const exam = (seed: number): Moment[] => {
  const random = generator(1001 + seed);
  return Array.from({ length: 300 }, (_, i) => moment(i % 3, random));
};

/** What is asked in the end, mixed. */
export const questions = (seed = 1): number[][] => exam(seed).map(({ x }) => x);

/** Shares of the questions that are answered rightly, and that the nearest mean of the lessons answers rightly; asked once each, in order. */
export function examined(predict: (x: number[]) => string, seed = 1): { right: number; nearestMean: number } {
  const all = exam(seed);
  const means = new NearestMean(INPUTS);
  for (const { x, y } of blocks(seed)) means.learn(x, y);
  const share = (answer: (x: number[]) => string): number => all.filter(({ x, y }) => answer(x) === y).length / all.length;
  return { right: share(predict), nearestMean: share((x) => means.predict(x).label) };
}
