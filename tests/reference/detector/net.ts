// The detector's small nets, in integers: rows of weights over a short input whose last value is a constant 1 (its weight is the bias).

import { clamp, quotient, roundShift, shiftRight, squareRoot, weyl } from '../arithmetic.js';
import type { Generator } from '../random.js';

/** 1.0 in Q8: the constant input. */
export const ONE = 256;

/** W [units][inputs] i16 Q12 or i8 Q6, and its rank-1 update with stochastic rounding. */
export class Rows {
  readonly W: Int32Array[];
  readonly a: Int32Array; // [units] Q8
  readonly fraction: number;

  /** W ~ N(0, 1/n), the bias 0. */
  constructor(readonly units: number, readonly inputs: number, readonly bits: 8 | 16, random: Generator) {
    this.fraction = bits === 16 ? 12 : 6;
    this.a = new Int32Array(units);
    const root = squareRoot(inputs * 65536); // Q8
    const limit = 2 ** (bits - 1) - 1;
    this.W = Array.from({ length: units }, () =>
      Int32Array.from({ length: inputs }, (_, i) =>
        i === inputs - 1 ? 0 : clamp(Math.trunc((random.gaussian() * 2 ** (this.fraction - 5)) / root), -limit, limit)));
  }

  /** a_j = sum_i W_ji x_i, within +-limit */
  sense(x: Int32Array, limit: number): void {
    for (let j = 0; j < this.units; j++) {
      const row = this.W[j];
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += row[i] * x[i];
      this.a[j] = clamp(roundShift(sum, this.fraction), -limit, limit);
    }
  }

  /** W_ji += 2 rate r_j x_i / (|x|^2 + n), rounded stochastically; r in Q10, rate in Q16 */
  update(x: Int32Array, r: ArrayLike<number>, rate: number, random: Generator): void {
    let length = this.inputs * 65536; // Q16
    for (const value of x) length += value * value;
    const factor = quotient(rate * 2 ** 25, length); // Q24
    const shift = 24 - this.fraction;
    const low = -(2 ** (this.bits - 1));
    const start = random.next();
    for (let j = 0; j < this.units; j++) {
      const row = this.W[j];
      const c = clamp(roundShift(r[j] * factor, 18), -131071, 131071); // Q16
      for (let i = 0; i < row.length; i++) {
        const dither = weyl(start, j * row.length + i) >>> (32 - shift);
        row[i] = clamp(row[i] + shiftRight(c * x[i] + dither, shift), low, -low - 1);
      }
    }
  }
}
