/**
 * What a learner does while it is used: each sample is predicted, then learned. `abruptChange` turns the world over at half of a stream and
 * measures the way back; `shuffled` removes all drift, so that every alarm is a false one.
 */
import { Random } from '../rivals/random.js';
import { row } from '../streams/prequential.js';
import type { Stream } from '../streams/data.js';
import type { ContinualLearner, Shape } from './learner.js';

export type Change = 'labels' | 'inputs';

const WINDOW = 50; // "back" is said of this many samples, so this is also the smallest possible answer
const BACK = 0.95; // share of the accuracy before the change
const BEFORE = 1000; // samples before the change that say what accuracy was
const AFTER = 1000; // samples after it in which excess errors are counted

export type Recovery = {
  before: number; // accuracy in percent over the last 1,000 samples before the change
  samplesUntilBack: number; // until the last 50 samples are at 95 % of it; the length of what is left, if never
  back: number; // 1 if it came back
  excess: number; // errors in the 1,000 samples after beyond what the accuracy before predicts
};

export function shapeOf(stream: Stream): Shape {
  return { inputs: stream.inputs, labels: stream.labels.length, units: [64, 64] };
}

/** 1 for every sample that was answered rightly before it was learned. */
export function answers(stream: Stream, learner: ContinualLearner): Uint8Array {
  const right = new Uint8Array(stream.samples);
  for (let s = 0; s < stream.samples; s++) {
    const x = row(stream, s);
    if (learner.predict(x) === stream.y[s]) right[s] = 1;
    learner.learn(x, stream.y[s]);
  }
  return right;
}

/** The stream with its second half changed: every label becomes the next one, or the inputs swap places (one random permutation). */
export function changedHalfway(stream: Stream, change: Change, seed: number): Stream {
  const { samples, inputs, labels } = stream;
  const x = stream.x.slice();
  const y = stream.y.slice();
  const order = new Random(seed).shuffle(Array.from({ length: inputs }, (_, i) => i));
  for (let s = samples >> 1; s < samples; s++) {
    if (change === 'labels') y[s] = (y[s] + 1) % labels.length;
    else for (let i = 0; i < inputs; i++) x[s * inputs + i] = stream.x[s * inputs + order[i]];
  }
  return { ...stream, x, y };
}

export function recovery(right: Uint8Array): Recovery {
  const half = right.length >> 1;
  const share = (from: number, to: number) => right.subarray(from, to).reduce((sum, v) => sum + v, 0) / (to - from);
  const before = share(Math.max(0, half - BEFORE), half);
  const after = Math.min(AFTER, right.length - half);
  const excess = after * (before - share(half, half + after));
  let until = WINDOW;
  while (half + until <= right.length && share(half + until - WINDOW, half + until) < BACK * before) until++;
  const back = half + until <= right.length ? 1 : 0;
  return { before: 100 * before, samplesUntilBack: Math.min(until, right.length - half), back, excess };
}

/** The same samples in random order: stationary. */
export function shuffled(stream: Stream, seed: number): Stream {
  const order = new Random(seed).shuffle(Array.from({ length: stream.samples }, (_, s) => s));
  const x = new Float32Array(stream.x.length);
  order.forEach((from, s) => x.set(row(stream, from), s * stream.inputs));
  return { ...stream, x, y: Int32Array.from(order, (from) => stream.y[from]) };
}
