// Features of a window of sound, in the textbook form: frames, a Hann window, the transform of real samples, mel bands, logarithms; then the noise floor, where the
// sound lies, and its eight parts.

import { clamp, exp2, log2, roundShift, shiftRight, squareRoot } from './arithmetic.js';
import { pack, sine, transform } from './features.js';
import { decode } from './normaliser.js';

export interface SoundShape {
  /** Samples a second, 8000 or 16000. */
  rate: number;
  samples: number;
  bands: number;
}

const PARTS = 8;
const SILENT = -32768;
const NAN = 0x7fc00000;

/** Level, then part after part its bands. */
export const soundFeatures = ({ bands }: SoundShape): number => 1 + PARTS * bands;

/** Binary32 bits of the window to binary32 bits of its features. */
export function extractSound(window: ArrayLike<number>, shape: SoundShape): Uint32Array {
  const decoded = Array.from(window, decode).map((value) => (value.missing ? { ...value, mantissa: 0 } : value));
  const heard = decoded.filter(({ mantissa }) => mantissa > 0);
  if (heard.length === 0) return new Uint32Array(soundFeatures(shape)).fill(NAN);
  const unit = Math.max(...heard.map(({ exponent }) => exponent)) + 2;
  const samples = decoded.map(({ sign, mantissa, exponent }) => sign * shiftRight(mantissa, unit - exponent));

  const length = shape.rate * 0.032;
  const starts = Array.from({ length: Math.floor(samples.length / (length / 2)) - 1 }, (_, f) => f * (length / 2));
  const logs = limited(starts.map((start) => frameLogs(samples, start, length, shape)));
  const { middle, reach } = extentOf(logs);

  const end = 256 * logs.length;
  const edge = (k: number): number => clamp(middle - reach + shiftRight(reach * k, 2), 0, end);
  const means = Array.from({ length: PARTS }, (_, part) => {
    const from = Math.min(edge(part), end - 256);
    const to = Math.max(edge(part + 1), from + 256);
    // of every frame what of it lies in the part
    const shares = logs.map((_, f) => Math.max(0, Math.min(to, 256 * (f + 1)) - Math.max(from, 256 * f)));
    return logs[0].map((_, band) => Math.trunc(shares.reduce((sum, share, f) => sum + share * logs[f][band], 0) / (to - from)));
  }).flat();
  const level = Math.trunc(means.reduce((a, b) => a + b) / means.length);
  return Uint32Array.from([level + 512 * unit, ...means.map((mean) => mean - level)], (value) => pack(value, -8));
}

/** Bands of one frame: log2 of their power, Q8. */
function frameLogs(samples: readonly number[], start: number, length: number, shape: SoundShape): number[] {
  const rises = Array.from({ length }, (_, i) => samples[start + i] - shiftRight(31 * (samples[start + i - 1] ?? 0), 5));
  const widest = Math.max(...rises.map(Math.abs));
  if (widest === 0) return new Array<number>(shape.bands).fill(SILENT);
  const down = 32 - Math.clz32(widest) - 14;
  const windowed = rises.map((rise, i) => roundShift(shiftRight(rise, down) * hann(i, length), 15));
  const powers = powersOf(windowed);
  return triangles(shape).map((weights) => {
    const power = weights.reduce((sum, weight, k) => sum + BigInt(weight * powers[k]), 0n);
    return logOf(power) + 512 * down;
  });
}

/** sin(2 pi index / 512) in Q15, between two entries of the table half of both. */
function wave(index: number): number {
  const at = (index / 2) % 256;
  return Number.isInteger(at) ? sine(at) : roundShift(sine(Math.floor(at)) + sine((Math.floor(at) + 1) % 256), 1);
}

const hann = (i: number, length: number): number => shiftRight(32768 - wave((i * 512) / length + 128), 1);

/** |2 X_k|^2 of real samples, by the transform of half as many complex ones. */
function powersOf(samples: readonly number[]): number[] {
  const half = samples.length / 2;
  const Z = transform(Array.from({ length: half }, (_, i) => ({ re: samples[2 * i], im: samples[2 * i + 1] })));
  return Z.map(({ re: zr, im: zi }, k) => {
    if (k === 0) return 0; // in no band
    const { re: yr, im: yi } = Z[half - k];
    const [c, d] = [zi + yi, yr - zr];
    const angle = (512 / samples.length) * k;
    const re = zr + yr + roundShift(c * wave(angle + 128) + d * wave(angle), 15);
    const im = zi - yi + roundShift(d * wave(angle + 128) - c * wave(angle), 15);
    return re * re + im * im;
  });
}

/** Of each band the weight of every bin, Q8: up from the corner before its own to 256 there, and down to the next. */
function triangles({ rate, bands }: SoundShape): number[][] {
  const [lowest, highest] = [197, rate === 8000 ? 2728 : 3654]; // log2(1 + f / 700) of 100 Hz, and of 3.8 or 7.6 kHz
  const corner = (index: number): number => {
    const mel = lowest + Math.floor(((highest - lowest) * index) / (bands + 1));
    return Math.floor(((exp2(10240 + mel) - 1024) * 28 + 2) / 5);
  };
  const bins = rate * 0.016;
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = [corner(band), corner(band + 1), corner(band + 2)];
    const share = (bin: number, from: number, to: number): number => Math.floor(((bin * 256 - from) * 256) / (to - from));
    return Array.from({ length: bins }, (_, bin) => {
      const at = bin * 256;
      if (at < low || at >= high) return 0;
      return at < centre ? share(bin, low, centre) : 256 - share(bin, centre, high);
    });
  });
}

/** log2 in Q8; 0 of 0. */
function logOf(value: bigint): number {
  const bits = value.toString(2).length;
  const above = Math.max(0, bits - 32);
  return shiftRight(log2(Math.max(1, Number(value >> BigInt(above)))) + 1024 * above + 2, 2);
}

/** Nothing is told apart more than 20 octaves below the loudest. */
function limited(logs: readonly number[][]): number[][] {
  const loudest = Math.max(...logs.flat());
  const least = loudest === SILENT ? 0 : loudest - 20 * 256;
  return logs.map((row) => row.map((value) => Math.max(least, value)));
}

/** Middle of the sound and twice its spread, in frames Q8: of what lies more than an octave above the lower quarter of its band. */
function extentOf(logs: readonly number[][]): { middle: number; reach: number } {
  const count = logs.length;
  const floors = logs[0].map((_, band) => logs.map((row) => row[band]).sort((a, b) => a - b)[Math.floor(count / 4)]);
  const activity = logs.map((row) => row.reduce((sum, value, band) => sum + Math.max(0, value - floors[band] - 256), 0));
  const sum = (weight: (frame: number) => number): bigint => activity.reduce((total, a, frame) => total + BigInt(a * weight(frame)), 0n);
  const total = sum(() => 1);
  if (total === 0n) return { middle: 128 * count, reach: 128 * count };
  const mean = Number((sum((frame) => frame) * 256n) / total);
  const square = Number((sum((frame) => frame * frame) * 65536n) / total);
  return { middle: mean + 128, reach: Math.max(32 * count, 2 * squareRoot(Math.max(0, square - mean * mean))) };
}
