/** The rivals of a protocol by name. Where a rival has a setting, each is run and shown, and the best counts: that favours the rival. */
import { ReplayBackprop } from './backprop.js';
import type { Maker } from './learner.js';
import { NearestMean } from './nearest-mean.js';
import type { Options } from './onward.js';
import { StreamingLda } from './slda.js';

export const RATES = [0.003, 0.01, 0.03];
export const RIDGES = [1e-4, 1e-2, 1e-1];

export interface Rival {
  name: string;
  settings: Record<string, Maker>; // by what is set
}

export function rivalsOf(memory: (labels: number) => Options): Record<string, Rival> {
  const budget = (labels: number): number => memory(labels).exemplars ?? 0;
  return {
    backprop: {
      name: 'backprop, same store',
      settings: Object.fromEntries(RATES.map((rate) => [`rate ${rate}`, (shape, seed) => new ReplayBackprop(shape, seed, rate, budget(shape.labels), memory(shape.labels).exemplarBits)])),
    },
    slda: { name: 'SLDA', settings: Object.fromEntries(RIDGES.map((ridge) => [`ridge ${ridge}`, (shape) => new StreamingLda(shape, ridge)])) },
    ncm: { name: 'nearest mean', settings: { '': (shape) => new NearestMean(shape) } },
  };
}
