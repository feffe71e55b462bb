// Features of a window of raw signal: per axis mean, standard deviation and amplitude spectrum |X_k| / N, k = 1 .. N/2.

import { SINE } from '../../scripts/tables.js';
import { bitLength, normalisedRoot, quotient, roundShift, shiftRight } from './arithmetic.js';
import { decode } from './normaliser.js';

interface Complex {
  re: number;
  im: number;
}

/** Bands of a window: half its length, that rounded up to a power of two first. */
export const windowBands = (samples: number): number => 2 ** (bitLength(samples - 1) - 1);

/** Binary32 bits of the window, t-major, to binary32 bits of the features, axis after axis. */
export function extractFeatures(window: ArrayLike<number>, axes: number, samples: number): Uint32Array {
  const features: number[] = [];
  for (let axis = 0; axis < axes; axis++) {
    features.push(...axisFeatures(Array.from({ length: samples }, (_, t) => window[t * axes + axis])));
  }
  return Uint32Array.from(features);
}

const NAN = 0x7fc00000;

function axisFeatures(signal: readonly number[]): number[] {
  const bands = windowBands(signal.length);
  const values = signal.map(decode);
  const present = values.filter(({ missing }) => !missing);
  if (present.length === 0) return new Array<number>(bands + 2).fill(NAN);

  // one unit for the axis, in which its greatest value has 22 bits
  const unit = Math.max(...present.map(({ exponent }) => exponent)) + 2;
  const inUnits = values.map(({ sign, mantissa, exponent }) => sign * shiftRight(mantissa, unit - exponent));
  const there = inUnits.filter((_, t) => !values[t].missing);
  const sum = there.reduce((a, b) => a + b);
  const mean = Math.trunc(sum / there.length);
  const differences = inUnits.map((value, t) => (values[t].missing ? 0 : value - mean));
  const variance = quotient(differences.reduce((total, d) => total + d * d, 0), there.length);

  // 14 bits and sign, zeros up to a power of two, transformed
  const down = bitLength(Math.max(...differences.map(Math.abs))) - 14;
  const padding = new Array<number>(2 * bands - signal.length).fill(0);
  const points = [...differences, ...padding].map((d) => ({ re: shiftRight(d, down), im: 0 }));
  const spectrum = transform(points);

  const amplitudes = spectrum.slice(1, bands + 1).map(({ re, im }) => packRoot(re * re + im * im, unit + down));
  return [pack(mean, unit), packRoot(variance, unit), ...amplitudes];
}

/** Radix 2, halved at every stage, so that no value outgrows the largest input: the discrete Fourier transform over N. */
export function transform(x: readonly Complex[]): Complex[] {
  if (x.length === 1) return [...x];
  const even = transform(x.filter((_, i) => i % 2 === 0));
  const odd = transform(x.filter((_, i) => i % 2 === 1));
  const turned = odd.map(({ re, im }, k) => {
    const angle = (256 / x.length) * k; // of 256
    const cos = sine(angle + 64);
    const sin = sine(angle);
    return { re: roundShift(re * cos + im * sin, 15), im: roundShift(im * cos - re * sin, 15) };
  });
  const half = (value: number): number => roundShift(value, 1);
  return [
    ...even.map((e, k) => ({ re: half(e.re + turned[k].re), im: half(e.im + turned[k].im) })),
    ...even.map((e, k) => ({ re: half(e.re - turned[k].re), im: half(e.im - turned[k].im) })),
  ];
}

/** sin(2 pi index / 256) in Q15, 0 <= index < 256, from a quarter wave. */
export function sine(index: number): number {
  if (index >= 128) return -sine(index - 128);
  return SINE[index <= 64 ? index : 128 - index];
}

/** Binary32 bits of value * 2^exponent, |value| < 2^24; too small is 0, too large the greatest finite value. */
export function pack(value: number, exponent: number): number {
  if (value === 0) return 0;
  const sign = value < 0 ? 2 ** 31 : 0;
  const up = 24 - bitLength(Math.abs(value));
  const power = 150 + exponent - up;
  if (power <= 0) return sign;
  if (power > 254) return sign + 0x7f7fffff;
  return sign + power * 2 ** 23 + (Math.abs(value) * 2 ** up - 2 ** 23);
}

/** Binary32 bits of sqrt(square * 4^exponent), 16 bits of it. */
function packRoot(square: number, exponent: number): number {
  if (square === 0) return 0;
  const { root, by } = normalisedRoot(square);
  return pack(root, exponent - by / 2);
}
