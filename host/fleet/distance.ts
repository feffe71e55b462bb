import type { ResolvedConfig } from '../config.js';
import { packedLayout } from '../parameters.js';
import { valuesOf } from './average.js';
import { readChannel } from './channels.js';

/** An update that is kept until its round ends. */
export interface KeptUpdate {
  readonly device: string;
  readonly packed: Uint8Array;
  readonly examples: number;
  /** The one layer of it that counts; undefined for all. */
  readonly only: number | undefined;
}

/** How far a device's update is from those of the others, in octaves: 1 is twice as much, or half. */
export interface Distance {
  /** How much larger or smaller than usual its inputs are: four fifths of its channels are nearer. */
  readonly channels: number;
  /** How much longer than usual the change of its weights is, its examples taken into account; 0 for a shorter one. */
  readonly weights: number;
}

/** Of a device's channels the one that is looked at. Two of ten labels a device leave up to a tenth of the pixels as good as empty. */
const CHANNEL_QUANTILE = 0.8;
/** Nearer than that nobody is far: devices of 17 speeds of a fan are up to 4.7 apart from the median in single channels, 1.9 in weights. */
const LEAST_FAR = 1.5;
/** And so many times as far as three of four devices are. Honest ones of the fan come to 2.6 times, of digits to 3. */
const TIMES = 4;
/** With fewer there are no others to be far from. */
export const FEWEST_JUDGED = 4;

/** Of every update; they are all of one round. */
export function distancesOf(config: ResolvedConfig, base: Uint8Array, updates: readonly KeptUpdate[]): Distance[] {
  const channels = channelDistances(config, updates);
  const weights = weightDistances(config, base, updates);
  return updates.map((_, k) => ({ channels: channels[k]!, weights: weights[k]! }));
}

/** Finds those that are far from all others: no more than a quarter can be. */
export function farOf(distances: readonly Distance[]): boolean[] {
  if (distances.length < FEWEST_JUDGED) return distances.map(() => false);
  const limits = (['channels', 'weights'] as const).map((name) => Math.max(LEAST_FAR, TIMES * quantile(distances.map((each) => each[name]), 0.75)));
  return distances.map(({ channels, weights }) => channels > limits[0]! || weights > limits[1]!);
}

/** Size of a channel's values as log2, NaN where it has seen nothing but 0. */
function sizesOf(config: ResolvedConfig, { packed }: KeptUpdate): number[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  return Array.from({ length: packedLayout(config).channels }, (_, c) => {
    const { seen, exponent, mean, variance, compression } = readChannel(view, c);
    const size = Math.max(Math.abs(Number(mean)) / 2 ** 126, Math.sqrt(Number(variance)) / 2 ** 141, Math.abs(compression.centre) * 2 ** exponent);
    return seen === 0 || size === 0 ? NaN : Math.log2(size);
  });
}

function channelDistances(config: ResolvedConfig, updates: readonly KeptUpdate[]): number[] {
  const sizes = updates.map((update) => sizesOf(config, update));
  const middle = Array.from(sizes[0] ?? [], (_, c) => quantile(sizes.map((each) => each[c]!), 0.5));
  return sizes.map((own) => quantile(own.map((size, c) => Math.abs(size - middle[c]!)), CHANNEL_QUANTILE));
}

/** The layer that stands out most. A learner moves about as the root of its samples. */
function weightDistances(config: ResolvedConfig, base: Uint8Array, updates: readonly KeptUpdate[]): number[] {
  const farthest = updates.map(() => 0);
  const { runs } = packedLayout(config);
  const weights = config.units.map((_, layer) => runs.find((run) => run.layer === layer)!);
  for (const run of weights) {
    const before = valuesOf(base, run);
    const steps = updates.map(({ packed, only, examples }) => ((only ?? run.layer) === run.layer ? lengthOf(valuesOf(packed, run), before) / Math.sqrt(examples) : NaN));
    const usual = quantile(steps, 0.5);
    if (!(usual > 0)) continue;
    steps.forEach((step, k) => (farthest[k] = Math.max(farthest[k]!, Math.log2(step / usual) || 0)));
  }
  return farthest;
}

function lengthOf(values: ArrayLike<number>, before: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - before[i]!) ** 2;
  return Math.sqrt(sum);
}

/** Of the numbers among the values; 0 where there is none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
