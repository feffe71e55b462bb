/** `aesop` with 8-bit weights: what the smaller format costs. */
import { AESOP, aesopRun, HELD_OUT, predictingReader, TRAINING } from '../aesop-run.js';
import type { Experiment } from '../harness/experiment.js';

export const experiment: Experiment = {
  title: 'the same with 8-bit weights',
  place: 7.1,
  figures: [
    { name: TRAINING, better: 'higher' },
    { name: HELD_OUT, better: 'higher' },
  ],
  seeds: 3,
  async start(options) {
    const { passes, ...settings } = AESOP;
    return aesopRun(await predictingReader(8, options), '300-200-200, int8', { ...settings, bits: 8 }, { passes: options.quick ? 5 : passes, seed: options.seed });
  },
};
