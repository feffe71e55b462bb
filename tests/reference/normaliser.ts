// Running standardisation of one input channel, from binary32 bit patterns to Q8: mean and variance at rate
// max(2/(t + 1), 1/1024), clipped.
//
// The channel counts in units of 2^exponent, chosen so that its values have at most 27 bits; `shift` further scales
// differences so that one standard deviation has about 11 bits, and `variance` is Q8 of the mean square of those.

import { ACTIVITY_LIMIT, bitLength, clamp, quotient, roundShift, shiftRight, squareRoot } from './arithmetic.js';
import { Compression } from './compression.js';

const SMALLEST_EXPONENT = -126;
const SMALLEST_SHIFT = -11;
const LARGEST_SHIFT = 31;
const NEW = 3;
const WOKEN = 128;
const YOUNG = 64;
const WILD = 18000;
const FRESH = 16;
const SETTLING = 10; // averages become exponential, at 2^-10,
const SETTLED = 2047; // after so many values

/** Sign, 24-bit mantissa and exponent of a binary32: value = sign * mantissa * 2^exponent; `missing` for NaN and infinities. */
interface Binary32 {
  sign: 1 | -1;
  mantissa: number;
  exponent: number;
  missing: boolean;
}

export function decode(bits: number): Binary32 {
  const power = (bits >>> 23) & 255;
  return {
    sign: bits >>> 31 === 1 ? -1 : 1,
    mantissa: power === 0 ? 0 : 0x800000 | (bits & 0x7fffff), // a subnormal is 0
    exponent: power - 150,
    missing: power === 255,
  };
}

/** A value in units of 2^exponent, to the nearest, saturated to 27 bits; a value below 2^-26 units is 0 before it could round. */
export function unitsOf(bits: number, unit: number): number {
  const { sign, mantissa, exponent } = decode(bits);
  if (mantissa === 0) return 0;
  const up = exponent - unit;
  if (up > 3) return sign * (2 ** 27 - 1);
  if (up < -25) return 0;
  return sign * roundShift(mantissa, -up);
}

/** A value in units of 2^from in those of 2^to. */
export function inUnitsOf(value: number, from: number, to: number): number {
  const by = from - to;
  return by <= 0 ? shiftRight(value, -by) : clamp(value * 2 ** Math.min(by, 31), -(2 ** 27 - 1), 2 ** 27 - 1);
}

export class Channel {
  mean = 0; // in units, below 2^27
  variance = 0; // within [2^29, 2^31), or 0: never varied
  inverse = 0; // 2^30 / sqrt(variance), not always fresh
  count = 0; // values seen, up to 2047
  shift = 0;
  exponent = SMALLEST_EXPONENT;
  readonly compression = new Compression();

  /** One value into the channel; every eighth turn takes the reciprocal root anew. */
  observe(bits: number, turn: number): void {
    const { missing, exponent } = decode(bits);
    if (missing) return;
    const excess = exponent - this.exponent - 3; // more than 27 bits?
    // a unit in use at most doubles: a wild value must not take the resolution away
    if (excess > 0) this.coarsen(this.count < NEW || this.variance === 0 ? excess + 1 : 1);

    const value = this.inUnits(bits);
    const { compression } = this;
    if (this.count === 0) {
      this.count = 1;
      this.mean = value;
      compression.begin(bits, value);
      return;
    }
    if (this.count === 1) compression.holdSecond(bits, value);
    else if (this.count === 2) {
      if (compression.settleThree(bits, value)) return this.startAgain();
    } else if (this.count > 2 && compression.isDue(turn) && compression.track(bits, value)) {
      this.startAgain();
    }
    const difference = compression.compressed(value) - this.mean;
    let renew = turn % 8 === 0;
    if (this.variance === 0) {
      if (difference !== 0) {
        this.shift = bitLength(Math.abs(difference)) - 11;
        this.count = Math.min(this.count, WOKEN); // what stood still for long says little of how it varies
      }
      renew = true;
    }
    const limit = this.count < YOUNG ? 32767 : WILD; // 11 to 23 deviations, or 6 to 12
    const scaled = clamp(this.scaled(difference), -limit, limit);
    const square = scaled ** 2;
    const counted = Math.abs(scaled) === limit ? shiftRight(scaled, -this.shift) : difference;
    const deviation = Math.floor(this.variance / 256);
    if (this.count < SETTLED) {
      // mean += rho d, variance += rho (d^2 (1 - rho) - variance), rho = 2 / (t + 1): value i has the weight i
      this.count++;
      // a channel that compresses much follows its own reach while that still finds its place
      const isUnsettled = compression.tail > 4 * 65536 && this.count < 128;
      const rate = quotient(131072, (isUnsettled ? Math.min(this.count, 31) : this.count) + 1); // Q16
      const fresh = square - shiftRight(square * rate, 16);
      this.variance += shiftRight((fresh - deviation) * rate, 8);
      this.mean += roundShift(counted * rate, 16);
      if (this.count < FRESH) renew = true;
    } else {
      this.variance += shiftRight(square - deviation, SETTLING - 8); // Q8
      this.mean += roundShift(counted, SETTLING);
    }
    if (this.normalise()) renew = true;
    if (renew) this.inverse = this.variance === 0 ? 0 : quotient(2 ** 30, squareRoot(this.variance));

    // A channel that has become small gets a finer unit.
    if (Math.abs(this.mean) < 2 ** 19 && (this.shift < 0 || this.variance === 0) && this.exponent >= SMALLEST_EXPONENT + 4) this.coarsen(-4);
  }

  /** Mean and variance begin anew from the centre. */
  private startAgain(): void {
    this.count = NEW;
    this.mean = this.compression.centre;
    this.variance = 0;
    this.inverse = 0;
    this.shift = 0;
  }

  /** (x - mean) / deviation of a compressed value in Q8, clipped; 0 when missing or when the channel has never varied. */
  standardise(bits: number, clip: number): number {
    return decode(bits).missing ? 0 : this.standardiseValue(this.inUnits(bits), clip);
  }

  /** The same of a value in units. */
  standardiseValue(value: number, clip: number): number {
    return clamp(roundShift(this.scaled(this.compression.compressed(value) - this.mean) * this.inverse, 18), -clip, clip);
  }

  /** Units 2^by times as large. */
  private coarsen(by: number): void {
    this.mean = by > 31 ? 0 : shiftRight(this.mean, by);
    this.shift = clamp(this.shift - by, SMALLEST_SHIFT, LARGEST_SHIFT);
    this.exponent += by;
    this.compression.coarsen(by, this.count);
  }

  /** A value in units. */
  inUnits(bits: number): number {
    return unitsOf(bits, this.exponent);
  }

  /** A difference, with `shift` taken off (or on), saturated to 16 bits. */
  scaled(difference: number): number {
    return clamp(shiftRight(difference, this.shift), -32767, 32767);
  }

  /** `variance` back into [2^29, 2^31), four at a time, with `shift` following; whether it had to move. */
  private normalise(): boolean {
    let moved = false;
    for (; this.variance >= 2 ** 31; moved = true) {
      this.variance = Math.floor(this.variance / 4);
      this.shift++;
    }
    for (; this.variance < 2 ** 29 && this.variance !== 0; moved = true) {
      if (this.shift === SMALLEST_SHIFT) this.variance = 0; // less than a thousandth of a unit: it no longer moves
      else {
        this.variance *= 4;
        this.shift--;
      }
    }
    return moved;
  }
}

/** x * scale in Q8, clipped: instead of a channel, where the scale is fixed. Both are binary32 bits. */
export function fixedScale(bits: number, scale: number, clip: number): number {
  const x = decode(bits);
  const s = decode(scale);
  if (x.missing || x.mantissa === 0) return 0;
  const down = -(x.exponent + s.exponent + 8); // Q8
  const size = down > 48 ? 0 : down > 0 ? Math.min(roundShift(x.mantissa * s.mantissa, down), clip) : clip;
  return x.sign * s.sign * size + 0; // + 0: there is no negative zero among integers
}

/** Channels, or the fixed scale: raw samples to the inputs of the first layer. */
export class Normaliser {
  readonly channels: Channel[];
  private readonly clip: number;

  constructor(
    inputs: number,
    private readonly scale: number | undefined,
    clip: number,
  ) {
    this.channels = scale === undefined ? Array.from({ length: inputs }, () => new Channel()) : [];
    this.clip = Math.min(clip, ACTIVITY_LIMIT);
  }

  /** The reciprocal root of a channel is taken anew in every eighth sample: another eighth of the channels each time. */
  observe(x: ArrayLike<number>, seen: number): void {
    for (let i = 0; i < this.channels.length; i++) this.channels[i].observe(x[i], seen + i);
  }

  standardise(x: ArrayLike<number>): Int32Array {
    const { scale, clip, channels } = this;
    const standard = new Int32Array(x.length);
    for (let i = 0; i < x.length; i++) standard[i] = scale === undefined ? channels[i].standardise(x[i], clip) : fixedScale(x[i], scale, clip);
    return standard;
  }
}
