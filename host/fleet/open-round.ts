import type { Learner } from '../learner.js';
import type { CheckedOptions } from './aggregator-options.js';
import { MaskedRound } from './masked-round.js';
import { noiseOf } from './noisy-average.js';
import { Round } from './round.js';

export type AnyRound = Round | MaskedRound;
export type Folded = ReturnType<Round['end']>;

/** So long a device may take for a step with masks, if a round is not shorter. */
const PATIENCE_S = 10;

/** A round from the learner's parameters, by the options of its aggregator. @param say what is said of masks, to all or to one device @param barred from a sum under masks */
export function openRound(number: number, learner: Learner, options: CheckedOptions, say: (text: string, device?: string) => void, barred?: Iterable<string>): AnyRound {
  const { mostExamples, clip, trim, layers, trust, masks, minDevices, seconds, private: budget } = options;
  const config = { ...learner.config, labels: learner.labels };
  const step = Math.round(options.step * 256);
  if (!masks) return new Round(number, config, learner.parameters(), { mostExamples, step, clip, trim, layers, trust, noise: budget && noiseOf(config, budget) });
  return new MaskedRound(number, config, learner.parameters(), { mostExamples, step, minDevices, patience: 1000 * Math.min(seconds, PATIENCE_S) }, say, barred);
}
