// Stored values: integers of 8, 4 or 2 bits that stand for low + code x step: Q6 of anchored coordinates, or Q8 of inputs with a fixed scale.

import { ACTIVITY_LIMIT, clamp, quotient, shiftRight } from './arithmetic.js';

const RANGE_8 = 1664; // 26 in Q6: 325,000 spreads
const RANGE_OF_PROTOTYPES = 1280; // 16,000 spreads
const RANGE_4 = 304; // 7.9 spreads
const RANGE_2 = 191; // 3.3 spreads
const NEAREST = 32768; // half a step, 16 bits

export class Codes {
  low = 0;
  step = 0;
  /** The largest code. */
  readonly most: number;

  constructor(private readonly bits: 8 | 4 | 2, private readonly fixedScale: boolean, private readonly ofPrototypes: boolean) {
    this.most = 2 ** bits - 1;
  }

  /** The range at the start: of anchored coordinates; else nothing yet. */
  reset(): void {
    const half = this.ofPrototypes ? RANGE_OF_PROTOTYPES : { 8: RANGE_8, 4: RANGE_4, 2: RANGE_2 }[this.bits];
    this.low = this.fixedScale ? 0 : -half;
    this.step = this.fixedScale ? 0 : Math.max(1, quotient(2 * half, this.most));
  }

  get highest(): number {
    return this.low + this.step * this.most;
  }

  /** Widened to these values; itself where they are within. */
  widened(values: readonly number[]): Codes {
    const low = Math.min(this.low, ...values);
    const high = Math.max(this.highest, ...values);
    if (low === this.low && high === this.highest) return this;
    const wider = new Codes(this.bits, this.fixedScale, this.ofPrototypes);
    wider.low = low;
    wider.step = Math.max(1, Math.ceil((high - low) / this.most));
    return wider;
  }

  /** (value - low) / step and `part` / 65536 more, rounded down; to the nearest without: by a reciprocal of 16 bits, which is a little too large. */
  code(value: number, part = NEAREST): number {
    const step = Math.max(1, this.step);
    return clamp(shiftRight((value - this.low + shiftRight(part * step, 16)) * (quotient(65536, step) + 1), 16), 0, this.most);
  }

  value(code: number): number {
    return this.low + code * this.step;
  }
}

/** Sum of the squared differences, Q16. */
export function distance(x: readonly number[], y: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - y[i]) ** 2;
  return sum;
}

export const within8 = (value: number): number => clamp(value, -ACTIVITY_LIMIT, ACTIVITY_LIMIT);
