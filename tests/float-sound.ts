// What features of sound are meant to be, in floats: log-mel bands of eight parts that follow the sound. The same as assembly/sound/, without a rounding.

import type { ResolvedSoundWindow } from '../host/sound/window.js';

/** A sound by its samples. */
export const instant = (length: number, sound: (t: number) => number): Float32Array => Float32Array.from({ length }, (_, t) => sound(t));

const PARTS = 8;
const mel = (hertz: number): number => Math.log2(1 + hertz / 700);
const hertz = (mel: number): number => 700 * (2 ** mel - 1);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export function melFeatures(sound: ArrayLike<number>, { audio, bands }: ResolvedSoundWindow): number[] {
  const length = 0.032 * audio;
  const frames = Math.floor((2 * sound.length) / length) - 1;
  const weights = trianglesOf(audio, bands, length);
  const raw = Array.from({ length: frames }, (_, f) => {
    const power = powerOf(Array.from({ length }, (_, i) => {
      const t = (f * length) / 2 + i;
      return (sound[t]! - (31 / 32) * (sound[t - 1] ?? 0)) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
    }));
    return weights.map((triangle) => Math.log2(triangle.reduce((sum, weight, k) => sum + weight * power[k]!, 0)));
  });
  const loudest = raw.flat().reduce((a, b) => Math.max(a, b));
  const logs = raw.map((row) => row.map((value) => Math.max(value, loudest - 20)));

  const floors = logs[0]!.map((_, b) => logs.map((row) => row[b]!).sort((x, y) => x - y)[Math.floor(frames / 4)]!);
  const activity = logs.map((row) => row.reduce((sum, value, b) => sum + Math.max(0, value - floors[b]! - 1), 0));
  const total = activity.reduce((a, b) => a + b);
  const centre = total > 0 ? activity.reduce((sum, a, f) => sum + a * f, 0) / total : 0;
  const spread = total > 0 ? Math.sqrt(activity.reduce((sum, a, f) => sum + a * (f - centre) ** 2, 0) / total) : 0;
  const [middle, reach] = total > 0 ? [centre + 0.5, Math.max(frames / 8, 2 * spread)] : [frames / 2, frames / 2];

  const edge = (k: number): number => Math.max(0, Math.min(frames, middle - reach + (reach * k) / 4));
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const from = Math.min(edge(part), frames - 1);
    const to = Math.max(edge(part + 1), from + 1);
    const shares = logs.map((_, f) => Math.max(0, Math.min(to, f + 1) - Math.max(from, f)));
    return floors.map((_, b) => shares.reduce((sum, share, f) => sum + share * logs[f]![b]!, 0) / (to - from));
  }).flat();
  const level = mean(parts);
  return [level + scaleOf(length), ...parts.map((value) => value - level)];
}

/** The core's powers are those of (2 X / (N / 2))^2, its weights 256 times these, so that its level is higher by this. */
const scaleOf = (length: number): number => 2 * Math.log2(4 / length) + 8;

function trianglesOf(rate: number, bands: number, length: number): number[][] {
  const [low, high] = [mel(100), mel(0.475 * rate)];
  const corner = (index: number): number => (hertz(low + ((high - low) * index) / (bands + 1)) * length) / rate;
  return Array.from({ length: bands }, (_, b) => {
    const [from, centre, to] = [corner(b), corner(b + 1), corner(b + 2)];
    return Array.from({ length: length / 2 }, (_, k) => Math.max(0, k < centre ? (k - from) / (centre - from) : (to - k) / (to - centre)));
  });
}

/** |X_k|^2, k below half, by a transform of radix 2. */
function powerOf(samples: readonly number[]): number[] {
  const transform = (re: readonly number[]): { re: number[]; im: number[] } => {
    const n = re.length;
    if (n === 1) return { re: [re[0]!], im: [0] };
    const [even, odd] = [transform(re.filter((_, i) => i % 2 === 0)), transform(re.filter((_, i) => i % 2 === 1))];
    const out = { re: new Array<number>(n), im: new Array<number>(n) };
    for (let k = 0; k < n / 2; k++) {
      const [cos, sin] = [Math.cos((2 * Math.PI * k) / n), -Math.sin((2 * Math.PI * k) / n)];
      const [tr, ti] = [odd.re[k]! * cos - odd.im[k]! * sin, odd.re[k]! * sin + odd.im[k]! * cos];
      [out.re[k], out.im[k], out.re[k + n / 2], out.im[k + n / 2]] = [even.re[k]! + tr, even.im[k]! + ti, even.re[k]! - tr, even.im[k]! - ti];
    }
    return out;
  };
  const { re, im } = transform(samples);
  return Array.from({ length: samples.length / 2 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
}
