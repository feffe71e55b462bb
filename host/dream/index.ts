import { checkFields, describe, inRange } from '../config-values.js';
import type { Learner } from '../learner.js';
import { dreamsOf, type Dream } from './chain.js';
import { knowledgeOf, usualValues, whyUnknown, type Knowledge, type UsualValue } from './knowledge.js';

export type { Dream, UsualValue };

/** How many dreams, and which. */
export interface DreamOptions {
  /** 1 to 10,000; default 1. */
  count?: number;
  /** 0 to 4294967295; default 1. The same seed dreams the same in one JavaScript engine (floats), whatever the count. */
  seed?: number;
}

/**
 * Samples that a learner takes for `label`. A dream begins as a draw from what that label usually is and is changed in small steps, each a little of another draw; a step is taken as often as
 * the network's own odds on the label rise by it (Metropolis). So dreams are draws from what the label usually is, times the odds: no gradient, and every part of the network has a say.
 * Nothing is learned and nothing changes.
 *
 * Values that move together do so in dreams only where exemplars are kept (five of the label); else each has its usual deviation by itself.
 * @throws TypeError, RangeError: not a learner, not a label of it, one that was never taught, or a learner that keeps neither what is usual nor exemplars
 */
export function dream<L extends string>(learner: Learner<L>, label: NoInfer<L>, options: DreamOptions = {}): Dream<L>[] {
  checkFields('options', options, ['count', 'seed']);
  const count = wholeIn('options.count', options.count ?? 1, 1, 10_000);
  const seed = wholeIn('options.seed', options.seed ?? 1, 0, 2 ** 32 - 1);
  return [...dreamsOf(learner, knownOf(learner, label), count, seed)];
}

/**
 * The values that a label usually has, in the units of the stream: about two in three of its samples lie from `low` to `high`. Of a learner with windows those of its features.
 * @throws as `dream`
 */
export function usual<L extends string>(learner: Learner<L>, label: NoInfer<L>): UsualValue[] {
  return usualValues(knownOf(learner, label));
}

function knownOf<L extends string>(learner: Learner<L>, label: L): Knowledge {
  const ask = knowledgeOf(learner);
  if (!learner.labels.includes(label)) throw new RangeError(`label: ${describe(label)} is none of ${learner.labels.slice(0, 10).join(', ') || 'no labels: nothing was taught yet'}`);
  const known = ask(label);
  if (known === undefined) throw new RangeError(`label: ${describe(label)} ${whyUnknown(learner.config)}: teach it first`);
  return known;
}

function wholeIn(name: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(inRange(name, value, low, high))) throw new RangeError(`${name}: got ${value}; expected a whole number`);
  return value;
}
