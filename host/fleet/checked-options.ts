import { describe } from '../config-values.js';
import type { AggregatorOptions, CheckedOptions } from './aggregator-options.js';
import { MemoryHistory } from './history.js';
import { FEWEST_MASKED } from './masked-member.js';
import { faultUnderMasks, faultUnderNoise, type OptionFault } from './option-faults.js';
import { checkedPrivate } from './private-options.js';
import { LAYERS } from './turns.js';

/** Of examples and devices. */
const MOST_COUNT = 1e6;
/** How much longer than the median change one may be. 2 costs no more, and lets a device with wrong labels take a point of digits; 1.25 gains nothing. */
const CLIP = 1.5;
/** Defaults of a private fleet. Noise of epsilon 8 over 40 rounds is 4 lengths in each weight, in the mean of two devices some 250 times their change (256 units). */
const OF_PRIVATE = { minDevices: 100, mostExamples: 1, step: 4 };

/** Devices that a round waits for unless told otherwise. */
export const usualMinDevices = ({ masks, isPrivate }: { masks: boolean; isPrivate: boolean }): number => (isPrivate ? OF_PRIVATE.minDevices : masks ? FEWEST_MASKED : 2);

/** @throws TypeError, RangeError that names the option, its value and what it may be */
export function checkedOptions(options: AggregatorOptions): CheckedOptions {
  const { examples = 64, prototypes = false, masks = false, layers: asked = 'all' } = options;
  const budget = options.private === undefined ? undefined : checkedPrivate(options.private);
  const { trust = masks || budget !== undefined } = options;
  const usual = budget !== undefined ? OF_PRIVATE : { minDevices: usualMinDevices({ masks, isPrivate: false }), mostExamples: Math.min(MOST_COUNT, 4 * examples), step: asked === 'few' ? 8 : prototypes ? 1.5 : 2 };
  const checked: CheckedOptions = { examples, seconds: 60, minExamples: 1, ...usual, trust, clip: trust ? 0 : CLIP, trim: 0, layers: 'all', masks, prototypes, history: new MemoryHistory(), ...options, private: budget };
  for (const name of ['masks', 'prototypes', 'trust'] as const) {
    if (typeof checked[name] !== 'boolean') throw new TypeError(`options.${name}: expected true or false, got ${describe(checked[name])}`);
  }
  for (const name of ['examples', 'minDevices', 'minExamples', 'mostExamples'] as const) {
    if (!Number.isInteger(checked[name]) || checked[name] < 1 || checked[name] > MOST_COUNT) {
      throw new RangeError(`options.${name}: got ${describe(checked[name])}; expected a whole number, 1 to 1000000`);
    }
  }
  const { seconds, step, clip, trim, layers } = checked;
  if (!(seconds >= 0.1 && seconds <= 86400)) throw new RangeError(`options.seconds: got ${describe(seconds)}; expected 0.1 to 86400`);
  if (!(step >= 1 / 256 && step <= 8)) throw new RangeError(`options.step: got ${describe(step)}; expected 1/256 to 8`);
  if (clip !== 0 && !(clip >= 0.5 && clip <= 100)) throw new RangeError(`options.clip: got ${describe(clip)}; expected 0, or 0.5 to 100`);
  if (!(trim >= 0 && trim <= 0.45)) throw new RangeError(`options.trim: got ${describe(trim)}; expected 0 to 0.45`);
  if (!LAYERS.includes(layers)) throw new RangeError(`options.layers: got ${describe(layers)}; expected ${LAYERS.join(' or ')}`);
  checkTogether('masks', masks ? faultUnderMasks(checked) : undefined);
  checkTogether('private', budget === undefined ? undefined : faultUnderNoise(checked));
  if (budget !== undefined && options.notes === undefined) throw new RangeError('options.notes: got none with private; expected a NoteStore: what has been spent must outlive a restart');
  return checked;
}

/** @throws RangeError where a model of this shape cannot have such rounds */
export function checkModel({ layers, masks, private: budget }: CheckedOptions, { bits, inputScale }: { bits: number; inputScale: number | null }): void {
  const asked = layers === 'few' ? "layers: 'few'" : masks ? 'masks: true' : budget !== undefined ? 'private' : undefined;
  if (budget !== undefined && bits !== 16) throw new RangeError(`options.private needs finer steps than weights of ${bits} bits have: the mean of cut changes is below one; give the model bits: 16`);
  if (asked !== undefined && inputScale === null) throw new RangeError(`options.${asked} carries no standardisation of the inputs; give the model an inputScale`);
}

function checkTogether(under: 'masks' | 'private', fault: OptionFault | undefined): void {
  if (fault !== undefined) throw new RangeError(`options.${fault.name}: got ${fault.value} with ${under}; expected ${fault.expected}: ${fault.why}`);
}
