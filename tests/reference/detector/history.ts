// The last values as 16-bit codes, the period that they repeat with, and a prediction from those just before and those a period ago.

import { bitLength, clamp, quotient, roundShift, shiftRight } from '../arithmetic.js';

export const LAGS = 4; // values just before
export const PHASES = 3; // and around the same phase a period ago
const CODE = 32767;
const SPAN = 13; // bits of the distance between extremes in codes, at most
/** Values before which no period is looked for. */
const ENOUGH = 128;
/** Correlations, Q10: a signal has left its phase; a period; one that goes on; how much better another must be. */
const LEFT = 307;
const PERIOD = 512;
const STAYS = 410;
const BETTER = 82;
const CLEARER = 20;
const WEIGHT = 2 ** 18; // +-4.0, Q16

export class History {
  readonly codes: Int32Array; // a ring
  head = 0; // where the next one goes
  filled = 0;
  base = 0; // value of code 0
  shift = 0; // a code stands for 2^shift units
  readonly weights = new Int32Array(LAGS + PHASES); // Q16
  period = 0; // 0: none
  // the search, one lag a sample
  lag = 0; // 0: it begins
  centre = 0; // mean code when it began
  power = 0; // and mean square around it
  best = 0;
  bestLag = 0;
  own = 0; // best correlation at the present period
  ownLag = 0;
  left = false;
  private readonly inputs = new Int32Array(LAGS + PHASES);
  private length = 0; // sum of squares of the inputs

  constructor(readonly size: number) {
    this.codes = new Int32Array(size);
  }

  code(value: number): number {
    return clamp(shiftRight(value - this.base, this.shift), -CODE, CODE);
  }

  /** The code `back` values ago, 1 for the last. */
  at(back: number): number {
    return this.codes[(this.head - back + this.size) % this.size];
  }

  /** The part of this code that was not expected, in codes. `mean`: of the values, in units. */
  error(code: number, mean: number): number {
    const { inputs, weights, period, filled } = this;
    const centre = this.code(mean);
    const input = (back: number): number => (back >= 1 && back <= filled ? clamp(this.at(back) - centre, -CODE, CODE) : 0);
    for (let k = 0; k < LAGS; k++) inputs[k] = input(k + 1);
    for (let k = 0; k < PHASES; k++) inputs[LAGS + k] = period === 0 ? 0 : input(period + k - 1);
    let sum = 0;
    this.length = 0;
    for (let k = 0; k < inputs.length; k++) {
      sum += weights[k] * inputs[k];
      this.length += inputs[k] * inputs[k];
    }
    return clamp(code - centre - shiftRight(sum, 16), -2 * CODE, 2 * CODE);
  }

  /** Learns from an error, in codes. `deviation`: in codes, keeps the step small where inputs are. `slow`: a step is 1/64, else 1/8 */
  learn(error: number, deviation: number, slow: boolean): void {
    const { inputs, weights } = this;
    const factor = quotient(Math.abs(error) * 2 ** 30, this.length + shiftRight(deviation * deviation, 3) + 1);
    const signed = error < 0 ? -factor : factor;
    for (let k = 0; k < inputs.length; k++) weights[k] = clamp(weights[k] + roundShift(signed * inputs[k], slow ? 20 : 17), -WEIGHT, WEIGHT);
  }

  /** How far a code lies from those around the same phase a period ago: the nearest counts; in codes. */
  apart(code: number): number {
    const { period, filled } = this;
    let least = Math.min(Math.abs(code - this.at(period)), Math.abs(code - this.at(period - 1)));
    if (period < filled) least = Math.min(least, Math.abs(code - this.at(period + 1)));
    return least;
  }

  push(code: number): void {
    this.codes[this.head] = code;
    this.head = (this.head + 1) % this.size;
    this.filled = Math.min(this.filled + 1, this.size);
  }

  /** Codes that fit these extremes, where those in use hardly do. */
  fit(least: number, greatest: number): void {
    const shift = Math.max(bitLength(greatest - least) - SPAN, 0);
    const base = shiftRight(least + greatest, 1);
    if (Math.abs(shift - this.shift) < 2 && Math.abs(base - this.base) <= 2 ** (SPAN + this.shift)) return;
    this.recode(base, shift);
  }

  /** One lag of the search; true where it ended with another period. */
  search(): boolean {
    const { filled } = this;
    if (filled < ENOUGH) return false;
    if (this.lag === 0) {
      this.begin();
      return false;
    }
    if (this.lag > shiftRight(filled, 1)) return this.end();
    const correlation = this.correlation(this.lag);
    if (correlation < LEFT) this.left = true;
    if (this.left && (correlation > this.best + CLEARER || (this.lag <= this.bestLag + 3 && correlation > this.best))) {
      this.best = correlation;
      this.bestLag = this.lag;
    }
    if (this.period !== 0 && Math.abs(this.lag - this.period) <= 1 && correlation > this.own) {
      this.own = correlation;
      this.ownLag = this.lag;
    }
    this.lag++;
    return false;
  }

  /** Units 2^by times as large. */
  coarsen(by: number): void {
    const shift = this.shift - by;
    this.base = shiftRight(this.base, by);
    this.shift = Math.max(shift, 0);
    if (shift < 0) for (let i = 0; i < this.filled; i++) this.codes[i] = shiftRight(this.codes[i], -shift);
    if (shift < 0) this.lag = 0;
  }

  private recode(base: number, shift: number): void {
    for (let i = 0; i < this.filled; i++) {
      const value = this.base + this.codes[i] * 2 ** this.shift;
      this.codes[i] = clamp(shiftRight(value - base, shift), -CODE, CODE);
    }
    this.base = base;
    this.shift = shift;
    this.lag = 0;
  }

  private begin(): void {
    const { filled, codes } = this;
    let sum = 0;
    for (let i = 0; i < filled; i++) sum += codes[i];
    this.centre = Math.trunc(sum / filled);
    sum = 0;
    for (let i = 0; i < filled; i++) sum += (codes[i] - this.centre) ** 2;
    this.power = quotient(sum, filled);
    if (this.power === 0) return;
    this.lag = 2;
    this.best = 0;
    this.bestLag = 0;
    this.own = 0;
    this.ownLag = 0;
    this.left = false;
  }

  /** Of the values with those `lag` before, Q10. */
  private correlation(lag: number): number {
    const { filled, centre } = this;
    let sum = 0;
    for (let back = 1; back <= filled - lag; back++) sum += (this.at(back) - centre) * (this.at(back + lag) - centre);
    return clamp(Math.trunc((Math.trunc(sum / (filled - lag)) * 1024) / this.power), -4096, 4096);
  }

  private end(): boolean {
    this.lag = 0;
    if (this.own >= STAYS && this.own + BETTER > this.best) {
      this.period = this.ownLag;
      return false;
    }
    const period = this.best >= PERIOD ? this.bestLag : 0;
    const isOther = Math.abs(period - this.period) > 2;
    this.period = period;
    if (isOther) this.weights.fill(0, LAGS);
    return isOther;
  }
}
