import { checkFields, describe, inRange } from '../config-values.js';
import type { WindowShape } from '../config.js';
import type { Learner } from '../learner.js';
import type { Prediction } from '../prediction.js';
import { decodeSnapshot } from '../snapshot.js';
import { coordinatesOf, type Coordinate } from './coordinates.js';
import { likenessOf, type Likeness } from './likeness.js';
import { Random } from './random.js';
import { signalOf } from './signal.js';

/** How many dreams, and which. */
export interface DreamOptions {
  /** 1 to 10,000; default 1. */
  count?: number;
  /** 0 to 4294967295; default 1. The same seed dreams the same (another JavaScript engine may not: floats), and the first dreams are the same whatever the count. */
  seed?: number;
}

/** A sample that nobody took, and what the network says of it: its `probabilities` and how `familiar` it is tell what the dream is worth. */
export interface Dream<L extends string = string> extends Prediction<L> {
  /** In the units of the stream; of a learner with windows a window of raw signal. */
  x: Float32Array;
  /** How likely the label that was asked for is. */
  believed: number;
}

/** A value of a label's samples. */
export interface UsualValue {
  low: number;
  middle: number;
  high: number;
}

/** Steps of a dream, and how much of it each draws anew: 300 small steps forget where they began. */
const STEPS = 300;
const STEP = 0.3;
/** A probability that floats can tell from none. */
const LEAST = 1e-300;

/**
 * Samples that a learner takes for `label`. A dream begins as a draw from what that label usually is and is changed in small steps, each a little of another draw; a step is taken as often as
 * the network's own odds on the label rise by it (Metropolis). So dreams are draws from what the label usually is, times the odds: no gradient, and no part of the network that does not have a say.
 * Nothing is learned and nothing changes.
 *
 * Values that move together do so in dreams only where exemplars are kept (five of the label); else each has its usual deviation by itself.
 * @throws TypeError, RangeError: not a label of this learner, one that was never taught, or a learner that keeps neither what is usual nor exemplars
 */
export function dream<L extends string>(learner: Learner<L>, label: L, options: DreamOptions = {}): Dream<L>[] {
  checkFields('options', options, ['count', 'seed']);
  const count = wholeIn('options.count', options.count ?? 1, 1, 10_000);
  const seed = wholeIn('options.seed', options.seed ?? 1, 0, 2 ** 32 - 1);
  const { number, window, coordinates, likeness } = knownOf(learner, label);
  const judge = learner.clone(); // so that its questions are none that the learner counts
  const dreams = Array.from({ length: count }, (_, k): Dream<L> => {
    const random = new Random(seed, number, k);
    const raw = window === null ? (values: Float64Array) => Float32Array.from(values) : signalOf(window, random);
    const x = chain(judge, number, likeness, (t) => raw(t.map((value, i) => coordinates[i]!.valueAt(value))), random);
    const prediction = judge.predict(x);
    return { x, believed: prediction.probabilities[number]!, ...prediction };
  });
  judge.dispose();
  return dreams;
}

/**
 * The values that a label usually has, in the units of the stream: about two in three of its samples lie from `low` to `high`. Of a learner with windows those of its features.
 * @throws as `dream`
 */
export function usual<L extends string>(learner: Learner<L>, label: L): UsualValue[] {
  const { coordinates, likeness: { mean, deviation, low, high } } = knownOf(learner, label);
  return coordinates.map(({ valueAt }, i) => ({ low: valueAt(Math.max(low[i]!, mean[i]! - deviation[i]!)), middle: valueAt(mean[i]!), high: valueAt(Math.min(high[i]!, mean[i]! + deviation[i]!)) }));
}

/** A learner's knowledge of a label's samples. */
function knownOf<L extends string>(learner: Learner<L>, label: L): { number: number; window: WindowShape | null; coordinates: Coordinate[]; likeness: Likeness } {
  const number = learner.labels.indexOf(label);
  if (number < 0) throw new RangeError(`label: ${describe(label)} is none of ${learner.labels.slice(0, 10).join(', ') || 'no labels: nothing was taught yet'}`);
  const { config, state } = decodeSnapshot(learner.save());
  if (!config.familiar && config.exemplars === 0) throw new RangeError('learner: it keeps neither what its labels usually are nor exemplars; make it with config.familiar: true or config.exemplars');
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const coordinates = coordinatesOf(config, view);
  const likeness = likenessOf(config, view, number, coordinates);
  if (likeness === undefined) throw new RangeError(`label: ${describe(label)} was ${config.familiar ? 'never taught' : 'taught too little to be stored'}: teach it first`);
  return { number, window: config.window, coordinates, likeness };
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

function wholeIn(name: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(inRange(name, value, low, high))) throw new RangeError(`${name}: got ${value}; expected a whole number`);
  return value;
}
