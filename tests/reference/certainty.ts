// How sharp the answers' softmax is, once more: p(c) = softmax_c(sharpness s(c)), sharpness found by the gradient of log p(y).

import { bitLength, clamp, exp2Negative, quotient, roundShift, shiftRight } from './arithmetic.js';

const LOG2_E = 1477; // Q10
const LN_2 = 710; // Q10
const MOST = 3 * LOG2_E; // a sample's move: 3 in octaves, Q10
const RANGE = 4; // sharpness within alpha / layers divided and multiplied by this

export class Certainty {
  /** Q16; 0 before the first sample: alpha / layers. */
  sharpness = 0;
  private readonly start: number;

  constructor(alpha: number, layers: number) {
    this.start = quotient(alpha * 256, layers);
  }

  /** sharpness (best - s(c)) in octaves, Q10 */
  private octaves(scores: readonly number[]): number[] {
    const best = Math.max(...scores);
    const sharpness = shiftRight((this.sharpness || this.start) * LOG2_E, 16);
    return scores.map((score) => Math.min(shiftRight((best - score) * sharpness, 16), 0x7fff));
  }

  /** e^(sharpness (s(c) - best)) in Q12; none for a label without goodness, where another has some. */
  private likelihoods(scores: readonly number[]): number[] {
    const best = Math.max(...scores);
    return this.octaves(scores).map((octaves, c) => (scores[c] === 0 && best > 0 ? 0 : roundShift(exp2Negative(octaves), 4)));
  }

  /** p(label) in Q15 */
  probability(scores: readonly number[], label: number): number {
    const likelihoods = this.likelihoods(scores);
    return quotient(likelihoods[label] * 32767, sumOf(likelihoods));
  }

  /** log sharpness += sharpness (s(y) - sum_c p(c) s(c)) / 64; / 16 for the first 16 samples, / 32 for the next */
  learn(scores: readonly number[], y: number, seen: number): void {
    const now = this.sharpness || this.start;
    const octaves = this.octaves(scores);
    const likelihoods = this.likelihoods(scores);
    const usual = quotient(sumOf(octaves.map((each, c) => likelihoods[c] * each)), sumOf(likelihoods));
    const move = clamp(usual - octaves[y], -MOST, MOST);
    const window = clamp(bitLength(seen), 4, 6);
    this.sharpness = clamp(now + shiftRight(now * move * LN_2, 20 + window), Math.max(quotient(this.start, RANGE), 1), this.start * RANGE);
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
