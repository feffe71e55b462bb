// How sharp the answers' softmax is, once more: p(c) = softmax_c(sharpness s(c)), sharpness found by the gradient of log p(y).

import { bitLength, clamp, exp2Negative, greatest, quotient, roundShift, shiftRight } from './arithmetic.js';
import type { Votes } from './votes.js';

const LOG2_E = 1477; // Q10
const LN_2 = 710; // Q10
const MOST = 3 * LOG2_E; // a sample's move: 3 in octaves, Q10
const RANGE = 4; // sharpness within its start divided, and alpha / layers multiplied, by this

/** Votes, and those on one sample. */
export interface Voter {
  of: Votes;
  cast: number[];
}

export class Certainty {
  /** Q16; 0 before the first sample: `start`. */
  sharpness = 0;
  /** alpha / layers, or 3/16 of it where layers have to prove themselves beside votes. */
  readonly start: number;
  private readonly whole: number;

  constructor(alpha: number, layers: number, unproven: boolean) {
    this.whole = quotient(alpha * 256, layers);
    this.start = unproven ? shiftRight(this.whole * 3, 4) : this.whole;
  }

  /** sharpness (best - s(c)) in octaves, Q10 */
  private octaves(scores: readonly number[]): number[] {
    const best = greatest(scores);
    const sharpness = shiftRight((this.sharpness || this.start) * LOG2_E, 16);
    return scores.map((score) => Math.min(shiftRight((best - score) * sharpness, 16), 0x7fff));
  }

  /** e^(sharpness (s(c) - best)) in Q12; none for a label without goodness, where another has some. */
  private likelihoods(scores: readonly number[]): number[] {
    const best = greatest(scores);
    return this.octaves(scores).map((octaves, c) => (scores[c] === 0 && best > 0 ? 0 : roundShift(exp2Negative(octaves), 4)));
  }

  /** p(label) in Q15 */
  probability(scores: readonly number[], label: number): number {
    const likelihoods = this.likelihoods(scores);
    return quotient(likelihoods[label] * 32767, sumOf(likelihoods));
  }

  /**
   * log sharpness += sharpness (s(y) - sum_c p(c) s(c)) / 64; / 16 for the first 16 samples, / 32 for the next. Beside votes s is without them, twice as fast, and
   * their weights follow theirs. Of a stored sample nothing but the weights.
   */
  learn(scores: readonly number[], y: number, seen: number, voters: readonly Voter[], isNew: boolean): void {
    const now = this.sharpness || this.start;
    const by = shiftRight(now * LOG2_E, 16);
    const likelihoods = this.likelihoods(scores);
    const inOctaves = (difference: number): number => clamp(shiftRight(difference * by, 16), -0x7fff, 0x7fff);
    const ahead = voters.map(({ cast }) => cast.map((vote) => cast[y] - vote));
    const mean = (values: readonly number[]): number => clamp(quotient(sumOf(values.map((each, c) => likelihoods[c] * inOctaves(each))), sumOf(likelihoods)), -MOST, MOST);
    const move = mean(scores.map((score, c) => scores[y] - score - sumOf(ahead.map((votes) => votes[c])))) * (voters.length > 0 ? 2 : 1);
    const window = clamp(bitLength(seen), 4, 6);
    if (isNew) this.sharpness = clamp(now + shiftRight(now * move * LN_2, 20 + window), Math.max(quotient(this.start, RANGE), 1), this.whole * RANGE);
    voters.forEach(({ of }, k) => of.turn(mean(ahead[k]) - move, window));
  }
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
