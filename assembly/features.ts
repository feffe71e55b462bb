// Features of a window of raw k-axis signal: per axis mean, standard deviation and amplitude spectrum, by an integer FFT.
//
// Values in and out are binary32 bit patterns. An axis is brought to a common power-of-two unit (22 bits), its mean is taken
// out, and what remains is scaled to 14 bits, zero-padded to a power of two N and transformed (radix-2, decimation in time,
// halved every stage, so that nothing can overflow an i16: |X| never exceeds the largest |x|). Feature k is |X_k| / N, k = 1..N/2,
// in the unit of the signal. Missing samples (NaN, infinities) take the mean of the others; an axis without any gives NaN.
// Amplitudes and not their logarithms: 92.0 % against 90.2 % on the fan recording (docs/decisions.md).

import { evenNormalisation, scaled, squareRoot } from "./fixed";
import { configAxes, configSamples, rawInput, rawWindow, spectrum, windowBands } from "./layout";
import { SINE } from "./tables";

export const NAN_BITS: u32 = 0x7fc00000;

/** binary32 bits of `mantissa` * 2^exponent, mantissa < 2^24. Too small is 0, too large the greatest finite value. */
export function pack(mantissa: u32, exponent: i32): u32 {
  if (mantissa == 0) return 0;
  const up = <i32>clz(mantissa) - 8;
  const power = 150 + exponent - up;
  if (power <= 0) return 0;
  if (power > 254) return 0x7f7fffff;
  return (<u32>power << 23) | ((mantissa << up) & 0x7fffff);
}

/** binary32 bits of the square root of `square` * 4^exponent, 16 bits of it. */
function packRoot(square: u64, exponent: i32): u32 {
  if (square == 0) return 0;
  const by = evenNormalisation(square);
  return pack(squareRoot(scaled(square, by)), exponent - (by >> 1));
}

/** sin(2 pi index / 256) in Q15. */
export function sine(index: i32): i32 {
  const quarter = index & 127;
  const entry: i32 = quarter <= 64 ? quarter : 128 - quarter;
  const value = <i32>load<i16>(SINE + (<usize>entry << 1));
  return (index & 128) != 0 ? -value : value;
}

/** Sample of one axis in units of 2^(greatest exponent - 148): 22 bits and sign. */
// @ts-ignore: decorator
@inline
export function valueOf(bits: u32, greatest: i32): i32 {
  const power = <i32>((bits >> 23) & 255);
  if (power == 0) return 0;
  const down = greatest - power + 2;
  const value = down > 24 ? 0 : <i32>((bits & 0x7fffff) | 0x800000) >> down;
  return <i32>bits < 0 ? -value : value;
}

// @ts-ignore: decorator
@inline
export function isMissing(bits: u32): bool {
  return ((bits >> 23) & 255) == 255;
}

/** In-place transform of N = 2^log points (re, im) i16 in bit-reversed order; result divided by N. */
export function transform(log: i32): void {
  for (let stage = 0; stage < log; stage++) {
    const half = 1 << stage;
    const turn = 128 >> stage; // 256 / (2 * half)
    for (let k = 0; k < half; k++) {
      const angle = k * turn;
      const wr = sine(angle + 64);
      const wi = -sine(angle);
      for (let i = k; i < 1 << log; i += half << 1) {
        const a = spectrum + (<usize>i << 2);
        const b = a + (<usize>half << 2);
        const br = <i32>load<i16>(b);
        const bi = <i32>load<i16>(b, 2);
        const tr = (br * wr - bi * wi + 0x4000) >> 15;
        const ti = (br * wi + bi * wr + 0x4000) >> 15;
        const ar = <i32>load<i16>(a) + 1;
        const ai = <i32>load<i16>(a, 2) + 1;
        store<i16>(a, <i16>((ar + tr) >> 1));
        store<i16>(a, <i16>((ai + ti) >> 1), 2);
        store<i16>(b, <i16>((ar - tr) >> 1));
        store<i16>(b, <i16>((ai - ti) >> 1), 2);
      }
    }
  }
}

/** Features of one axis: `output` gets mean, deviation and the amplitudes. */
function extractAxis(axis: i32, output: usize): void {
  const samples = configSamples();
  const stride = <usize>configAxes() << 2;
  const first = rawWindow + (<usize>axis << 2);
  const bands = windowBands(samples);

  let greatest = 0;
  let present = 0;
  for (let i = 0, at = first; i < samples; i++, at += stride) {
    const bits = load<u32>(at);
    if (isMissing(bits)) continue;
    greatest = max(greatest, <i32>((bits >> 23) & 255));
    present++;
  }
  if (present == 0) {
    for (let k = 0; k < bands + 2; k++) store<u32>(output + (<usize>k << 2), NAN_BITS);
    return;
  }

  let sum = 0;
  for (let i = 0, at = first; i < samples; i++, at += stride) {
    const bits = load<u32>(at);
    if (!isMissing(bits)) sum += valueOf(bits, greatest); // 256 * 2^22 fits
  }
  const mean = sum / present;
  let squares: u64 = 0;
  let widest = 0;
  for (let i = 0, at = first; i < samples; i++, at += stride) {
    const bits = load<u32>(at);
    if (isMissing(bits)) continue;
    const difference = valueOf(bits, greatest) - mean;
    squares += <u64>(<i64>difference * difference);
    widest = max(widest, difference < 0 ? -difference : difference);
  }
  const unit = greatest - 148;
  store<u32>(output, pack(mean < 0 ? -mean : mean, unit) | (mean < 0 ? 0x80000000 : 0));
  store<u32>(output, packRoot(squares / <u64>present, unit), 4);

  // into the transform, bit-reversed, 14 bits and sign
  const log = 32 - <i32>clz(bands);
  const down = 18 - <i32>clz(widest);
  for (let i = 0; i < 1 << log; i++) store<u32>(spectrum + (<usize>i << 2), 0);
  for (let i = 0, at = first; i < samples; i++, at += stride) {
    const bits = load<u32>(at);
    if (isMissing(bits)) continue;
    const difference = valueOf(bits, greatest) - mean;
    let reversed = 0;
    for (let b = 0; b < log; b++) reversed |= ((i >> b) & 1) << (log - 1 - b);
    store<i16>(spectrum + (<usize>reversed << 2), <i16>(down > 0 ? difference >> down : difference << -down));
  }
  transform(log);
  for (let k = 1; k <= bands; k++) {
    const at = spectrum + (<usize>k << 2);
    const re = <i32>load<i16>(at);
    const im = <i32>load<i16>(at, 2);
    store<u32>(output + (<usize>(k + 1) << 2), packRoot(<u64>(re * re + im * im), unit + down));
  }
}

/** The raw window into the raw input: axis after axis, each mean, deviation, amplitudes. */
export function extractFeatures(): void {
  const features = <usize>(windowBands(configSamples()) + 2) << 2;
  for (let axis = 0; axis < configAxes(); axis++) extractAxis(axis, rawInput + <usize>axis * features);
}
