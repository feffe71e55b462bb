/**
 * Secret sharing (Shamir 1979): bytes are cut into shares so that any `threshold` of them give the bytes back, and fewer say nothing at all. Each byte is a polynomial's value at 0,
 * over the field of 256 elements that AES has, too (x^8 + x^4 + x^3 + x + 1); the share of holder k is its values at k + 1.
 */

import { randomBytes } from './mask-cipher.js';

/** Holders there can be: 0 is the secret's own place. */
export const MOST_SHARES = 255;

const POWERS = new Uint8Array(255);
const LOGARITHMS = new Uint8Array(256);
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  POWERS[exponent] = value;
  LOGARITHMS[value] = exponent;
  value ^= (value << 1) ^ (value & 128 ? 0x11b : 0); // times 3, which generates the field
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : POWERS[(LOGARITHMS[a]! + LOGARITHMS[b]!) % 255]!;
}

function over(a: number, b: number): number {
  return a === 0 ? 0 : POWERS[(LOGARITHMS[a]! + 255 - LOGARITHMS[b]!) % 255]!;
}

/** One share for each holder, each as long as the secret. */
export function split(secret: Uint8Array, threshold: number, holders: number): Uint8Array[] {
  if (!Number.isInteger(holders) || holders < 1 || holders > MOST_SHARES) throw new RangeError(`holders: got ${holders}; expected a whole number, 1 to ${MOST_SHARES}`);
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > holders) throw new RangeError(`threshold: got ${threshold}; expected a whole number, 1 to ${holders}`);
  // of the polynomials, from the highest power down; the constant is the secret
  const random = randomBytes((threshold - 1) * secret.length);
  const coefficients = [...Array.from({ length: threshold - 1 }, (_, k) => random.subarray(k * secret.length, (k + 1) * secret.length)), secret];
  return Array.from({ length: holders }, (_, k) => secret.map((_, i) => coefficients.reduce((value, each) => times(value, k + 1) ^ each[i]!, 0)));
}

/** The secret of a threshold of shares, by holder (Lagrange at 0); something else of fewer, or where one is false. */
export function combine(shares: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const all = [...shares];
  const secret = new Uint8Array(all[0]?.[1].length ?? 0);
  for (const [k, share] of all) {
    let weight = 1;
    for (const [j] of all) if (j !== k) weight = times(weight, over(j + 1, (j + 1) ^ (k + 1)));
    for (let i = 0; i < secret.length; i++) secret[i]! ^= times(weight, share[i]!);
  }
  return secret;
}
