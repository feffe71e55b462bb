/**
 * Tuning the rivals, per stream: every architecture gets a scan of 12 rates a factor of 2 apart, then four finer ones around the best (down to a
 * fifth of an octave), then the skip rule at two margins. Chosen on seed 1, reported as the mean of ten.
 */
import { Mlp, type MlpConfig } from '../rivals/mlp.js';
import type { Stream } from './data.js';
import { mean, prequential } from './prequential.js';

export const RATES = Array.from({ length: 12 }, (_, k) => 0.0005 * 2 ** k); // 0.0005 to 1.02
/** The input is clipped at this many deviations. The first is onward's own default; the rivals may have the other too. */
export const CLIPS = [5, 3];
const MARGINS = [0.02, 0.05];
export const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]; // three were too few: digits over seeds 1 to 3 read 0.3 lower than over ten

type Choice = Pick<MlpConfig, 'rate' | 'clip' | 'margin' | 'selfRate'>;

export interface Tuned {
  hidden: readonly number[];
  accuracy: number; // mean of ten seeds at the choice
  choice: Required<Pick<MlpConfig, 'rate' | 'clip' | 'margin'>>;
  scanned: [rate: number, accuracy: number][];
}

export function runMlp(stream: Stream, hidden: readonly number[], choice: Choice, seed: number): number {
  return prequential(stream, new Mlp({ inputs: stream.inputs, labels: stream.labels.length, hidden, seed, ...choice }));
}

/** One architecture on one stream, its input clipped at so many deviations. */
export function tune(stream: Stream, hidden: readonly number[], clip: number): Tuned {
  const scanned: Tuned['scanned'] = [];
  let best = { rate: RATES[0], accuracy: -1 };
  const attempt = (rate: number): void => {
    const accuracy = runMlp(stream, hidden, { rate, clip }, SEEDS[0]);
    scanned.push([rate, accuracy]);
    if (accuracy > best.accuracy) best = { rate, accuracy };
  };
  RATES.forEach(attempt);
  for (const finer of [2 ** 0.5, 2 ** 0.2]) {
    const centre = best.rate;
    attempt(centre * finer);
    attempt(centre / finer);
  }
  let margin = 0;
  for (const tried of MARGINS) {
    const accuracy = runMlp(stream, hidden, { rate: best.rate, clip, margin: tried }, SEEDS[0]);
    if (accuracy > best.accuracy) [best, margin] = [{ rate: best.rate, accuracy }, tried];
  }
  const choice = { rate: best.rate, clip, margin };
  return { hidden, accuracy: mean(SEEDS.map((seed) => runMlp(stream, hidden, choice, seed))), choice, scanned };
}

/** Accuracy at each of the coarse rates: what a single rate for all streams is chosen from, with and without the self-finding rate. */
export function sweepRates(stream: Stream, hidden: readonly number[], selfRate: boolean): number[] {
  return RATES.map((rate) => runMlp(stream, hidden, { rate, clip: CLIPS[0], margin: 0, selfRate }, SEEDS[0]));
}
