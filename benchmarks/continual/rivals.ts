/** The rivals. Where one has a setting, several are run and shown, and the best on the test set counts: that favours the rival. */
import { ReplayBackprop } from './backprop.js';
import type { Maker } from './learner.js';
import { NearestMean } from './nearest-mean.js';
import type { Protocol, RivalName } from './protocols.js';
import { StreamingLda } from './slda.js';

const RATES = { long: [0.003, 0.01, 0.03], short: [0.003, 0.01, 0.03, 0.1, 0.3] }; // recovery from a change is best at 0.1
const RIDGES = [1e-4, 1e-2, 0.1, 0.3];

export const RIVALS: Record<RivalName, string> = { backprop: 'backprop, same store', slda: 'streaming LDA', ncm: 'nearest mean' };

/** By setting. */
export function rival(name: RivalName, { memory, long }: Protocol): Record<string, Maker> {
  switch (name) {
    case 'backprop':
      return named('rate', long ? RATES.long : RATES.short, (rate): Maker => (shape, seed) => {
        const { exemplars = 0, exemplarBits } = memory(shape.labels);
        return new ReplayBackprop(shape, seed, rate, exemplars, exemplarBits);
      });
    case 'slda':
      return named('ridge', RIDGES, (ridge): Maker => (shape) => new StreamingLda(shape, ridge));
    case 'ncm':
      return { '': (shape) => new NearestMean(shape) };
  }
}

function named(what: string, values: readonly number[], make: (value: number) => Maker): Record<string, Maker> {
  return Object.fromEntries(values.map((value) => [`${what} ${value}`, make(value)]));
}
