// The detector's small nets, in integers: rows of weights over a short input whose last value is a constant 1 (its weight is the bias).

import { clamp, exp2Negative, quotient, roundShift, shiftRight, squareRoot, weyl } from '../arithmetic.js';
import type { Generator } from '../random.js';

/** 1.0 in Q8: the constant input. */
export const ONE = 256;
const LOG2_E = 1477; // Q10
/** Activities saturate at 32.0 in Q8. */
const LIMIT = 8191;

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

/** A label-gated layer (docs/how-it-learns.md) whose labels are bins of what comes next. */
export class Gated {
  readonly rows: Rows;
  readonly V: Int32Array[]; // [labels][units] Q8
  readonly octaves: Int32Array; // [labels] Q10: -log2 of likelihoods, the greatest of which is 1

  constructor(units: number, inputs: number, labels: number, bits: 8 | 16, random: Generator) {
    this.rows = new Rows(units, inputs, bits, random);
    this.V = Array.from({ length: labels }, () => Int32Array.from({ length: units }, () => shiftRight(random.gaussian(), 5)));
    this.octaves = new Int32Array(labels);
  }

  /** 2^-octaves(c) = e^(alpha (g(c) - max g)), g(c) = mean_j max(0, a_j + V_jc)^2 */
  sense(x: Int32Array, alpha: number): void {
    const { rows, V, octaves } = this;
    rows.sense(x, LIMIT);
    const g = V.map((gates) => {
      let sum = 0;
      for (let j = 0; j < rows.units; j++) sum += this.activity(j, gates[j]) ** 2;
      return quotient(sum, rows.units); // Q16
    });
    const best = Math.max(...g);
    const sharpness = shiftRight(alpha * LOG2_E, 8); // Q10
    for (let c = 0; c < g.length; c++) octaves[c] = Math.min(shiftRight((best - g[c]) * sharpness, 16), 0x7fff);
  }

  /** V_jc += rate / 20 e(c) h_j(c), W by r_j = sum_c e(c) h_j(c), e(c) = [c = y] - p(c); rate = eta alpha in Q16 */
  learn(x: Int32Array, y: number, rate: number, random: Generator): void {
    const { rows, V } = this;
    const likelihood = Array.from(this.octaves, exp2Negative); // Q16
    const total = likelihood.reduce((sum, value) => sum + value);
    const start = random.next();
    const gateRate = quotient(rate, 20);
    const sums = new Array<number>(rows.units).fill(0); // Q23
    for (let c = 0; c < V.length; c++) {
      const gates = V[c];
      const e = (c === y ? 32768 : 0) - quotient(likelihood[c] * 32768, total); // Q15
      const factor = shiftRight(e * gateRate, 15); // Q16
      for (let j = 0; j < rows.units; j++) {
        const h = this.activity(j, gates[j]);
        if (h === 0) continue;
        sums[j] += e * h;
        const dither = weyl(start, c * rows.units + j) >>> 16;
        gates[j] = clamp(gates[j] + shiftRight(factor * h + dither, 16), -32768, 32767);
      }
    }
    rows.update(x, sums.map((sum) => clamp(roundShift(sum, 13), -32767, 32767)), rate, random); // r in Q10
  }

  private activity(j: number, gate: number): number {
    return clamp(this.rows.a[j] + gate, 0, LIMIT);
  }
}
