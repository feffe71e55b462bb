// Levels in octaves: a logarithm, and the running 99 % quantile that a level is held against.

import { bitLength, quotient, shiftRight } from '../arithmetic.js';

/** log2 of an integer > 0, Q10: the whole part, then bit after bit by squaring. */
export function log2(value: number): number {
  const whole = bitLength(value) - 1;
  let mantissa = Math.floor(value * 2 ** (15 - whole)); // [2^15, 2^16)
  let result = whole;
  for (let bit = 0; bit < 10; bit++) {
    mantissa = shiftRight(mantissa * mantissa, 15);
    result *= 2;
    if (mantissa >= 65536) {
      mantissa = shiftRight(mantissa, 1);
      result++;
    }
  }
  return result;
}

/** The running 99 % quantile: a level above it moves it up by a step, one below down by a 99th of it. */
export class Quantile {
  at = 0; // Q20 octaves

  /** How many octaves (Q10) a level lies above the quantile. */
  above(level: number): number {
    return shiftRight(level * 1024 - this.at, 10);
  }

  /** Moves it by the level of the `count`th value: 16 / count octaves, at most 3/4, at least 1/128. */
  move(level: number, count: number): void {
    const step = Math.min(quotient(2 ** 24, Math.min(count, 2048)), 3 * 2 ** 18);
    const distance = level * 1024 - this.at;
    this.at += distance > 0 ? Math.min(step, distance) : -quotient(step, 99);
  }

  start(level: number): void {
    this.at = level * 1024;
  }
}
