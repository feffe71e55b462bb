// How sharp the answers' softmax is, once more: p(c) = softmax_c(sharpness s(c)), sharpness found by the gradient of log p(y).

import { bitLength, clamp, exp2Negative, quotient, shiftRight } from './arithmetic.js';

const LOG2_E = 1477; // Q10
const MOST = 3 * 65536; // a sample's move, Q16
const RANGE = 4; // sharpness within alpha / layers divided and multiplied by this

export class Certainty {
  /** Q16; 0 before the first sample: alpha / layers. */
  sharpness = 0;
  private readonly start: number;

  constructor(alpha: number, layers: number) {
    this.start = quotient(alpha * 256, layers);
  }

  /** e^(sharpness (s(c) - best)) in Q16; none for a label without goodness, where another has some. */
  private shares(scores: readonly number[]): number[] {
    const best = Math.max(...scores);
    const octaves = shiftRight((this.sharpness || this.start) * LOG2_E, 16);
    return scores.map((score) => (score === 0 && best > 0 ? 0 : exp2Negative(Math.min(shiftRight((best - score) * octaves, 16), 0x7fff))));
  }

  /** p(label) in Q15 */
  probability(scores: readonly number[], label: number): number {
    const shares = this.shares(scores);
    return quotient(shares[label] * 32767, shares.reduce((sum, share) => sum + share, 0));
  }

  /** log sharpness += sharpness (s(y) - sum_c p(c) s(c)) / 64; / 16 for the first 16 samples, / 32 for the next */
  learn(scores: readonly number[], y: number, seen: number): void {
    const now = this.sharpness || this.start;
    const best = Math.max(...scores);
    const shares = this.shares(scores);
    const total = shares.reduce((sum, share) => sum + share, 0);
    const usual = quotient(scores.reduce((sum, score, c) => sum + shares[c] * (best - score), 0), total);
    const move = clamp(shiftRight(now * (usual - (best - scores[y])), 16), -MOST, MOST);
    const window = clamp(bitLength(seen), 4, 6);
    this.sharpness = clamp(now + shiftRight(now * move, 16 + window), Math.max(quotient(this.start, RANGE), 1), this.start * RANGE);
  }
}
