/**
 * Aesop's fables, the next character from the last ten: windows of the 248 strings are learned, strings in a new order in each pass; then the training
 * strings and the rest of the text are predicted. The paper learns real windows against windows with a wrong last character, its own guess (3 x 2000);
 * here all 29 wrong characters are negatives at once, each by how much it is believed (rule 1). Settings were chosen on every fifth training string.
 */
import { AESOP, aesopRun, HELD_OUT, predictingReader, rivalsByCounting, TRAINING } from '../aesop-run.js';
import type { Experiment } from '../harness/experiment.js';

export const experiment: Experiment = {
  title: "Aesop's fables, next character",
  place: 7,
  figures: [
    { name: TRAINING, better: 'higher', paper: 53, paperIs: 'a public reproduction', target: 53, quickTarget: 53 },
    { name: HELD_OUT, better: 'higher', target: 44, quickTarget: 44 },
  ],
  seeds: 3,
  async start(options) {
    const { passes, ...settings } = AESOP;
    const run = aesopRun(await predictingReader(16, options), '300-200-200, int16', { ...settings, bits: 16 }, { passes: options.quick ? 5 : passes, seed: options.seed });
    return { ...run, background: rivalsByCounting };
  },
};
