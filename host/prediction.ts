import { probabilitiesOf } from './certainty.js';
import { marginOf, type Choice } from './choice.js';
import { describe } from './config-values.js';
import type { CoreExports } from './core.js';

/** The answer to a sample that is like nothing that was learned, where `unknownBelow` asks for it. */
export const UNKNOWN = 'unknown';

/** The answer of `predict`. */
export interface Prediction<L extends string = string> extends Omit<Choice<L>, 'label'> {
  /** The label of greatest goodness, or `UNKNOWN` where the sample is less familiar than `unknownBelow`; undefined while there is no label. */
  label: L | typeof UNKNOWN | undefined;
  /**
   * How likely the label of greatest goodness is the right one, 0 to 1, among those there are: of answers with 0.8, about four in five are right. It is measured on the
   * samples that are learned, before they are learned; what no sample has shown (a state nobody taught, labels forgotten) is not in it. 0 while there is no label.
   */
  probability: number;
  /**
   * How familiar the sample is as one of that label, 0 to 1: the share of learned samples that lay at least as far from what their own label usually is.
   * One learned sample in fifty has less than 0.02; what is like nothing that was learned has next to 0. It knows no more variety than it was taught. Undefined before nine samples were learned, and
   * where `config.familiar` is off.
   */
  familiar: number | undefined;
  /** Probability of every label, in the same order; they sum to 1. A fresh array. */
  probabilities: Float64Array;
}

/** The answer to the sample that the core has just predicted: `winner` is what it said. */
export function predictionOf<L extends string>(core: CoreExports, winner: number, scores: Float64Array, labels: readonly L[], unknownBelow: number): Prediction<L> {
  const probabilities = probabilitiesOf(scores, core.sharpness() / 65536);
  const share = scores.length === 0 ? -1 : core.familiarity(winner);
  const familiar = share < 0 ? undefined : share / 32767;
  return {
    label: familiar !== undefined && familiar < unknownBelow ? UNKNOWN : labels[winner],
    probability: probabilities[winner] ?? 0,
    familiar,
    margin: marginOf(scores, winner),
    scores,
    probabilities,
  };
}

/** `options.unknownBelow`, checked; 0, which nothing is below, where it is left out. */
export function resolveUnknownBelow(value: number | undefined, isKept: boolean): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number') throw new TypeError(`options.unknownBelow: expected a number, got ${describe(value)}`);
  if (!(value >= 0 && value <= 1)) throw new RangeError(`options.unknownBelow: got ${value}; expected 0 to 1`);
  if (value > 0 && !isKept) throw new RangeError('options.unknownBelow: this learner does not keep what is familiar; make it with config.familiar: true');
  return value;
}
