// The decorrelating step in integers, as the formulas stand: a lower triangular factor R that whitens, kept by negative feedback.

import { ACTIVITY_LIMIT, clamp, leading, quotient, roundShift, saturate16, shiftRight, weyl } from './arithmetic.js';
import type { Generator } from './random.js';

const LIMIT = 8191; // of a value of R, Q10
const LEAST = 32; // of a value of its diagonal
const YOUNG = 256; // so many samples are all followed,
const REOPENED = 64; // count after an alarm

/** Constants of a factor: sqrt(lambda) in Q8, 1 + lambda in Q4, the least e0 in Q16, and the most samples to let pass. */
export interface Kind {
  ridge: number;
  ridged: number;
  slowest: number;
  pauses: number;
}

/** The factor of what a layer sees: lambda = 1/16; of what pulls its units: 9/16. */
export const SEEN: Kind = { ridge: 64, ridged: 17, slowest: 256, pauses: 15 };
export const PULLS: Kind = { ridge: 192, ridged: 25, slowest: 512, pauses: 3 };

/** Direction in which a sample's weights move: d, and z'd in Q16. */
export interface Direction {
  d: Int32Array;
  length: number;
}

export class Decorrelator {
  /** [inputs][row + 1] Q10: row i has columns 0 to i. */
  readonly R: Int32Array[];
  /** Samples followed, up to 256. */
  count = 0;
  /** Samples to let pass before the next is followed. */
  wait = 0;
  /** Bits of a whitened value after the point: fewer where there are many. */
  private readonly fraction: number;
  private readonly most: number;

  constructor(readonly inputs: number, private readonly kind = SEEN) {
    this.R = Array.from({ length: inputs }, (_, i) => Int32Array.from({ length: i + 1 }, (_, j) => (i === j ? 1024 : 0)));
    this.fraction = inputs <= 128 ? 6 : inputs <= 256 ? 5 : 4;
    this.most = 2 ** (this.fraction + 5) - 1;
  }

  /**
   * x = z + sqrt(lambda) s, y = R x
   * e = e0 / (1 + e0 |y|^2), e0 = 1 / (2 (t + 8)) within [1/256, 1/20], of pulls from 1/128 on
   * R += e ((1 + lambda) R - tril(y y') R)
   */
  follow(z: Int32Array, random: Generator): void {
    const { R, inputs, fraction, count } = this;
    const { ridge, ridged, slowest, pauses } = this.kind;
    if (this.wait > 0) {
      this.wait--;
      return;
    }

    const x = new Int32Array(inputs);
    let signs = 0;
    for (let i = 0; i < inputs; i++) {
      if (i % 32 === 0) signs = random.next();
      x[i] = clamp(z[i] + ((signs >>> i % 32) % 2 === 0 ? ridge : -ridge), -ACTIVITY_LIMIT, ACTIVITY_LIMIT);
    }
    const y = this.whiten(x);
    const e0 = clamp(quotient(32768, count + 8), slowest, 3277); // Q16
    const e = quotient(e0 * 2 ** 20, 65536 + shiftRight(this.lengthOf(y) * e0, 16)); // Q20
    const growth = roundShift(e * ridged, 8); // Q16, (1 + lambda) e
    const start = random.next();
    const flips = random.next();

    const w = new Float64Array(inputs); // sums of y_k R_k over the rows so far
    const dithers = new Int32Array(inputs);
    for (let j = 0; j < inputs; j++) dithers[j] = leading(weyl(start, j), 16);
    for (let i = 0; i < inputs; i++) {
      const row = R[i];
      const c = roundShift(e * y[i], fraction + 2); // Q18
      const flip = leading(weyl(flips, i), 16);
      for (let j = 0; j <= i; j++) {
        w[j] += y[i] * row[j];
        const along = saturate16(roundShift(w[j], fraction + 2)); // Q8
        const change = Math.floor((growth * row[j] - c * along + (dithers[j] ^ flip)) / 65536);
        row[j] = clamp(row[j] + change, -LIMIT, LIMIT);
      }
      row[i] = Math.max(row[i], LEAST);
    }
    if (count < YOUNG) this.count++;
    else this.wait = flips % (pauses + 1);
  }

  /** d = R'(R z), z'd = |R z|^2 */
  along(z: Int32Array): Direction {
    const y = this.whiten(z);
    const sums = new Float64Array(this.inputs);
    this.R.forEach((row, i) => {
      for (let j = 0; j <= i; j++) sums[j] += row[j] * y[i];
    });
    const d = new Int32Array(this.inputs);
    for (let j = 0; j < d.length; j++) d[j] = clamp(roundShift(sums[j], this.fraction + 2), -ACTIVITY_LIMIT, ACTIVITY_LIMIT);
    return { d, length: this.lengthOf(y) };
  }

  /** After an alarm the next samples count more. */
  reopen(): void {
    this.count = Math.min(this.count, REOPENED);
    this.wait = 0;
  }

  /** y = R x, within +-32.0 */
  private whiten(x: Int32Array): Int32Array {
    const y = new Int32Array(this.inputs);
    for (let i = 0; i < y.length; i++) {
      const row = this.R[i];
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += row[j] * x[j];
      y[i] = clamp(roundShift(sum, 18 - this.fraction), -this.most, this.most);
    }
    return y;
  }

  /** |y|^2 in Q16 */
  private lengthOf(y: Int32Array): number {
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i] * y[i];
    return sum * 2 ** (16 - 2 * this.fraction);
  }
}
