// Integer arithmetic of the reference, on plain numbers.
//
// A number holds every integer below 2^53 exactly, and a division by a power of two only moves its exponent, so
// Math.floor(x / 2^k) is the exact floor for any such x. Where a product may pass 2^53 BigInt takes over. 32-bit operators
// appear only where the thing itself is 32 bits: bit patterns, the random generator and the dither sequence.

import { EXP2 } from '../../scripts/tables.js';

/** Inputs of a layer saturate at +-8.0 in Q8. */
export const ACTIVITY_LIMIT = 2047;
/** Pre-activations and activities under a label saturate at 32.0 in Q8. */
export const ENERGY_LIMIT = 8191;
/** Step of the dither sequence: 2^32 / golden ratio, made odd. */
export const GOLDEN = 0x9e3779b9;

export const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

/** -Infinity of none. A loop: to spread values into Math.max costs as much as a softmax over them. */
export function greatest(values: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}

/** The nearest integer that fits 16 bits, with a sign. */
export const saturate16 = (value: number): number => clamp(value, -32768, 32767);

/** 2^bits; a table, for the power of two numbers costs half of an equality suite's time, and so does a shift to the left that is none of an array's numbers. */
const POWERS = Float64Array.from({ length: 512 }, (_, at) => 2 ** (at - 256));
const power = (bits: number): number => POWERS[bits + 256] ?? 2 ** bits;

/** floor(value / 2^bits), |value| < 2^53 */
export const shiftRight = (value: number, bits: number): number => Math.floor(value / power(bits));

/** value / 2^bits to the nearest integer, halves up */
export const roundShift = (value: number, bits: number): number => Math.floor(value / power(bits) + 0.5);

/** floor(a * b / 2^bits) for integers a, b >= 0 whose product may pass 2^53 */
export function multiplyShift(a: number, b: number, bits: number): number {
  const product = a * b;
  if (product < 2 ** 53) return shiftRight(product, bits);
  return Number((BigInt(a) * BigInt(b)) >> BigInt(bits));
}

/** floor(a / b) for integers a >= 0, b > 0: exact, as a < 2^53 */
export const quotient = (a: number, b: number): number => (a - (a % b)) / b;

/** Bits of an integer >= 0: 0 for 0, 1 for 1, 3 for 4 to 7. */
export function bitLength(value: number): number {
  if (value < 2 ** 32) return 32 - Math.clz32(value);
  let bits = 0;
  for (let power = 1; power <= value; power *= 2) bits++;
  return bits;
}

/** Largest integer whose square is at most `value`, 0 <= value < 2^53. */
export function squareRoot(value: number): number {
  let root = Math.floor(Math.sqrt(value)); // right but for the last unit; the loops make sure
  while (root * root > value) root--;
  while ((root + 1) * (root + 1) <= value) root++;
  return root;
}

/**
 * 16 bits of the root of an integer > 0, and the even power of two that was needed for it:
 * root = floor(sqrt(value * 2^by)) lies in [2^15, 2^16).
 */
export function normalisedRoot(value: number): { root: number; by: number } {
  const spare = 32 - bitLength(value);
  const by = spare - (((spare % 2) + 2) % 2); // the even number at or below `spare`
  return { root: squareRoot(Math.floor(value * 2 ** by)), by };
}

/** 2^-(t / 1024) in Q16 for an integer t >= 0: 64 steps an octave, linear between them. */
export function exp2Negative(t: number): number {
  const octave = quotient(t, 1024);
  if (octave > 16) return 0;
  const step = quotient(t % 1024, 16);
  const between = t % 16;
  const high = EXP2[step];
  const low = EXP2[step + 1];
  return shiftRight(high - shiftRight((high - low) * between, 4), octave);
}

/** log2 of an integer > 0 in Q10: f + f (1 - f) (0.423 - 0.1595 f) between powers of two. */
export function log2(value: number): number {
  const exponent = bitLength(value) - 1;
  const f = Math.floor(value * 2 ** (16 - exponent)) % 65536; // Q16
  const bow = shiftRight(f * (65536 - f), 16);
  const log = f + shiftRight(bow * (27722 - shiftRight(f * 10453, 16)), 16);
  return exponent * 1024 + shiftRight(log + 32, 6);
}

/** 2^(t / 1024) to the nearest integer, for an integer t >= 0. */
export function exp2(t: number): number {
  const fraction = t % 1024;
  return roundShift(exp2Negative(1024 - fraction), 15 - (t - fraction) / 1024);
}

/** (start + index * GOLDEN) modulo 2^32: a Weyl sequence, whose leading bits are spread evenly. */
export const weyl = (start: number, index: number): number => (start + index * GOLDEN) >>> 0;

/** The leading `bits` of 32; none of them for 0. */
export const leading = (value: number, bits: number): number => (bits === 0 ? 0 : value >>> (32 - bits));
