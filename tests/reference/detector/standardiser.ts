// Running mean and deviation for the detector: (x - mean) / deviation in Q8 up to +-CLIP. It differs from the classifier's normaliser where
// detection wants it: five times the range (clipping at +-8 hides the spikes), a slower memory (1/4096), a value is compared with
// what was known before it, and all of it can be frozen.

import { bitLength, clamp, quotient, roundShift, shiftRight, squareRoot } from '../arithmetic.js';
import { decode } from '../normaliser.js';

/** +-30.0 in Q8. */
export const CLIP = 7680;
/** Values after which the averages are exponential. */
export const SETTLED = 4096;
const LIMIT = 131071;
const FINEST = -8;
const VALUE_BITS = 27;
/** Bits that usual values leave free. */
const HEADROOM = 3;
const SMALLEST_EXPONENT = -126;
const NEW = 3;

/** Mean and deviation of integers below 2^27. */
export class Moments {
  mean = 0; // Q8, below 2^35
  variance = 0; // Q8, of differences in Q8 >> shift: within [2^26, 2^28), or 0: never varied
  inverse = 0; // 2^28 / sqrt(variance), or 0
  count = 0; // values seen, up to SETTLED
  shift = 0; // a difference in Q8 >> shift has a deviation of 512 to 1024

  /** (value - mean) / deviation in Q8, clipped. On what has never varied any difference is the greatest. */
  standardise(value: number): number {
    if (this.count === 0) return 0;
    const difference = value * 256 - this.mean;
    if (this.variance === 0) return Math.sign(difference) * CLIP;
    return clamp(roundShift(this.scaled(difference) * this.inverse, 16), -CLIP, CLIP);
  }

  observe(value: number): void {
    if (this.count === 0) {
      this.count = 1;
      this.mean = value * 256;
      return;
    }
    const difference = value * 256 - this.mean;
    if (this.variance === 0) this.shift = Math.max(bitLength(Math.abs(difference)) - 10, FINEST);
    const s = this.scaled(difference);
    // a difference beyond 128 to 256 deviations counts as that
    const counted = Math.abs(s) === LIMIT ? shiftRight(s, -this.shift) : difference;
    if (this.count < SETTLED) this.count++;
    const rate = quotient(65536, this.count);
    const fresh = s * s - shiftRight(s * s * rate, 16);
    this.variance += shiftRight((fresh - shiftRight(this.variance, 8)) * rate, 8);
    this.mean += roundShift(counted * rate, 16);
    this.normalise();
    this.inverse = this.variance === 0 ? 0 : quotient(2 ** 28, squareRoot(this.variance));
  }

  /** Units 2^by times as large. */
  coarsen(by: number): void {
    this.mean = shiftRight(this.mean, by);
    this.shift = Math.max(this.shift - by, FINEST);
  }

  private scaled(difference: number): number {
    return clamp(shiftRight(difference, this.shift), -LIMIT, LIMIT);
  }

  private normalise(): void {
    while (this.variance >= 2 ** 28) {
      this.variance = Math.floor(this.variance / 4);
      this.shift++;
    }
    while (this.variance < 2 ** 26 && this.variance !== 0) {
      if (this.shift === FINEST) this.variance = 0; // too small to be told from none
      else {
        this.variance *= 4;
        this.shift--;
      }
    }
  }
}

/** Moments of binary32 values, in units of 2^exponent that follow their size. */
export class Channel {
  readonly moments = new Moments();
  exponent = SMALLEST_EXPONENT;

  /** (x - mean) / deviation in Q8; 0 for a missing value. */
  standardise(bits: number): number {
    return decode(bits).missing ? 0 : this.moments.standardise(this.inUnits(bits));
  }

  observe(bits: number): void {
    const { missing, exponent } = decode(bits);
    if (missing) return;
    const { moments } = this;
    const excess = exponent - this.exponent - (VALUE_BITS - HEADROOM - 24);
    // a unit in use at most doubles: a wild value must not take the resolution away
    if (excess > 0) this.coarsen(moments.count < NEW || moments.variance === 0 ? excess + 1 : 1);
    moments.observe(this.inUnits(bits));
    const small = Math.abs(moments.mean) < 2 ** (19 + 8) && moments.shift < 17;
    if (small && this.exponent >= SMALLEST_EXPONENT + 4) this.coarsen(-4);
  }

  private coarsen(by: number): void {
    this.moments.coarsen(by);
    this.exponent += by;
  }

  private inUnits(bits: number): number {
    const { sign, mantissa, exponent } = decode(bits);
    if (mantissa === 0) return 0;
    const up = exponent - this.exponent;
    if (up > VALUE_BITS - 24) return sign * (2 ** VALUE_BITS - 1);
    if (up < -25) return 0;
    return sign * roundShift(mantissa, -up);
  }
}
