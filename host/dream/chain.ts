import type { Learner } from '../learner.js';
import type { Prediction } from '../prediction.js';
import type { Knowledge } from './knowledge.js';
import type { Likeness } from './likeness.js';
import { Random } from './random.js';
import { signalOf } from './signal.js';

/** A sample that nobody took, and what the network says of it: its `probabilities` and how `familiar` it is tell what the dream is worth. */
export interface Dream<L extends string = string> extends Prediction<L> {
  /** In the units of the stream; of a learner with windows a window of raw signal. */
  x: Float32Array;
  /** How likely the label that was asked for is. */
  believed: number;
}

/** Steps of a dream, and how much of it each draws anew: 300 small steps forget where they began. */
const STEPS = 300;
const STEP = 0.3;
/** A probability that floats can tell from none. */
const LEAST = 1e-300;

/**
 * Dreams, one after the other.
 * @param settle makes a sample that can exist of one that was drawn: a word or a switch is no fraction
 */
export function* dreamsOf<L extends string>(learner: Learner<L>, { number, window, coordinates, likeness }: Knowledge, count: number, seed: number, settle = (x: Float32Array): Float32Array => x): Generator<Dream<L>, void> {
  const judge = learner.clone(); // so that its questions are none that the learner counts
  try {
    for (let k = 0; k < count; k++) {
      const random = new Random(seed, number, k);
      const raw = window === null ? (values: Float64Array) => Float32Array.from(values) : signalOf(window, random);
      const x = chain(judge, number, likeness, (t) => settle(raw(t.map((value, i) => coordinates[i]!.valueAt(value)))), random);
      const prediction = judge.predict(x);
      yield { x, believed: prediction.probabilities[number]!, ...prediction };
    }
  } finally {
    judge.dispose();
  }
}

/** One dream, from its first draw to its last step. */
function chain(learner: Learner, label: number, { mean, low, high, differences }: Likeness, sampleOf: (t: Float64Array) => Float32Array, random: Random): Float32Array {
  const shown = (z: Float64Array): Float32Array => sampleOf(z.map((value, i) => Math.min(high[i]!, Math.max(low[i]!, mean[i]! + value))));
  let z = differences(random);
  let x = shown(z);
  let odds = logOdds(learner.predict(x).probabilities, label);
  for (let step = 0; step < STEPS; step++) {
    const drawn = differences(random);
    const next = z.map((value, i) => Math.sqrt(1 - STEP * STEP) * value + STEP * drawn[i]!);
    const nextX = shown(next);
    const nextOdds = logOdds(learner.predict(nextX).probabilities, label);
    if (random.uniform() >= Math.exp(nextOdds - odds)) continue;
    [z, x, odds] = [next, nextX, nextOdds];
  }
  return x;
}

function logOdds(probabilities: Float64Array, label: number): number {
  const others = probabilities.reduce((sum, p, c) => (c === label ? sum : sum + p), 0);
  return Math.log(probabilities[label]! + LEAST) - Math.log(others + LEAST);
}
