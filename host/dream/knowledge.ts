import { describe } from '../config-values.js';
import type { ResolvedConfig, WindowShape } from '../config.js';
import type { Learner } from '../learner.js';
import { decodeSnapshot } from '../snapshot.js';
import { coordinatesOf, type Coordinate } from './coordinates.js';
import { likenessOf, type Likeness } from './likeness.js';

/** A value of a label's samples. */
export interface UsualValue {
  low: number;
  middle: number;
  high: number;
}

/** A learner's knowledge of a label's samples. */
export interface Knowledge {
  /** The label's. */
  readonly number: number;
  readonly window: WindowShape | null;
  readonly coordinates: readonly Coordinate[];
  readonly likeness: Likeness;
}

/** Asks a learner, as it is now, for what it knows of a label; the answer is undefined where it knows too little. @throws TypeError for no learner, RangeError for one that keeps nothing */
export function knowledgeOf<L extends string>(learner: Learner<L>): (label: L) => Knowledge | undefined {
  if (typeof learner?.save !== 'function') throw new TypeError(`learner: expected a learner of createLearner or loadLearner, got ${describe(learner)}`);
  const { config, state } = decodeSnapshot(learner.save());
  if (!config.familiar && config.exemplars === 0) throw new RangeError('learner: it keeps neither what its labels usually are nor exemplars; make it with config.familiar: true or config.exemplars');
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const coordinates = coordinatesOf(config, view);
  return (label) => {
    const number = learner.labels.indexOf(label);
    const likeness = likenessOf(config, view, number, coordinates);
    return likeness && { number, window: config.window, coordinates, likeness };
  };
}

/** Why a label of this learner is not known. */
export const whyUnknown = ({ familiar }: Pick<ResolvedConfig, 'familiar'>): string => (familiar ? 'was never taught' : 'was taught too little to be stored');

/** The values that a label usually has, in the units of the stream. */
export function usualValues({ coordinates, likeness: { mean, deviation, low, high } }: Knowledge): UsualValue[] {
  return coordinates.map(({ valueAt }, i) => ({ low: valueAt(Math.max(low[i]!, mean[i]! - deviation[i]!)), middle: valueAt(mean[i]!), high: valueAt(Math.min(high[i]!, mean[i]! + deviation[i]!)) }));
}
