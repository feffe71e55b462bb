// Random configurations and the samples that try them hardest. Everything follows from a seed.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf } from './core-driver.js';
import type { IntegerConfig, LocalUnits } from './reference.js';
import { windowBands } from './reference/features.js';
import type { Layer } from './reference/layer.js';

/** Limits of a random configuration. */
export interface Size {
  inputs: number;
  units: number;
  layers: number;
  labels: number;
  /** Weights and gates together: what a step costs. */
  cost: number;
}

/** A configuration without local layers. */
export type DenseConfig = Omit<IntegerConfig, 'units'> & { units: readonly number[] };

/** Whole numbers within bounds, and yes in a share of the cases. */
export const dice = (random: Random): { between(low: number, high: number): number; often(share: number): boolean } => ({
  between: (low, high) => low + random.below(high - low + 1),
  often: (share) => random.uniform() < share,
});

export function randomConfig(random: Random, size: Size): DenseConfig {
  const { between, often } = dice(random);
  for (;;) {
    const window = often(0.06) ? { axes: between(1, 3), samples: between(8, 24) } : undefined;
    const config: DenseConfig = {
      inputs: window ? window.axes * (2 + windowBands(window.samples)) : between(1, size.inputs),
      labels: often(0.7) ? between(2, Math.min(8, size.labels)) : between(2, size.labels),
      units: Array.from({ length: between(1, size.layers) }, () => between(1, size.units)),
      bits: often(0.5) ? 8 : 16,
      skipInput: often(0.6),
      selfRate: often(0.6),
      seed: random.u32(),
      rate: often(0.6) ? 3277 : between(1, 65536),
      alpha: often(0.6) ? 2560 : between(64, 64 * 256),
      margin: often(0.4) ? 0 : between(1, 6000),
      clip: often(0.7) ? 1280 : between(1, 4096),
      gateDivisor: often(0.7) ? 20 : between(4, 100),
      ...(often(0.15) ? { scale: bitsOf([(often(0.2) ? -1 : 1) * 2 ** (12 * random.uniform() - 10)])[0] } : {}),
      ...(window ? { window } : {}),
      ...(often(0.6) ? { familiar: true } : {}),
    };
    if (cost(config) <= size.cost) return config;
  }
}

/** A continual learner that has nothing but a decorrelating step. */
export const SECOND_ORDER = {
  secondOrder: 'input',
  continual: { exemplars: 0, exemplarBits: 8, prototypes: 0, replays: 0, spread: false, drift: 'none' },
} as const;

/** The same with a decorrelating step in every third, of all weights in half of those where `full` may be, by its seed: no random draw moves for it. */
export function maybeSecondOrder<Config extends IntegerConfig>(config: Config, full = true): Config {
  return config.seed % 3 === 0 && config.inputs <= 512 ? { ...config, ...SECOND_ORDER, secondOrder: full && config.seed % 2 === 0 ? 'full' : 'input' } : config;
}

function cost({ inputs, units, labels, skipInput }: DenseConfig): number {
  return units.reduce((sum, m, l) => {
    const n = l === 0 ? inputs : units[l - 1] + (skipInput ? inputs : 0);
    return sum + m * (n + labels);
  }, 0);
}

/** One to three local layers on a small grid, mostly, and dense ones behind them now and then; a third has a decorrelating step. */
export function randomLocalConfig(random: Random, most: number): IntegerConfig {
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  for (;;) {
    let [height, width, depth] = [between(1, 9), between(1, 9), random.uniform() < 0.5 ? between(1, 3) : between(1, 12)];
    const config = { ...randomConfig(random, { inputs: 1, units: 1, layers: 1, labels: 12, cost: 100 }), inputs: height * width * depth, grid: { height, width }, window: undefined };
    const units: (number | LocalUnits)[] = [];
    let work = 0;
    let widest = 0;
    for (let l = between(1, 3); l > 0; l--) {
      const field = between(1, Math.min(height, width));
      const stride = between(1, 3);
      const channels = 8 * between(1, 3);
      const side = (length: number): number => 1 + Math.floor((length - field) / stride);
      work += side(height) * side(width) * channels * (field * field * depth + config.labels);
      units.push({ field, stride, channels });
      [height, width, depth] = [side(height), side(width), channels];
      widest = Math.max(widest, height * width * depth);
    }
    while (random.uniform() < 0.3) {
      const dense = between(1, 20);
      work += dense * (height * width * depth + config.inputs);
      units.push(dense);
      [height, width, depth] = [1, 1, dense];
    }
    if (work <= most) return maybeSecondOrder({ ...config, units }, widest <= 512);
  }
}

/** A value of a format: the least, the greatest, 0, or any. */
export const limit = (random: Random, low: number, high: number): number => [low, high, 0, low + random.below(high - low + 1)][random.below(4)];

/** A layer whose every value is a limit of its format, mostly. */
export function toItsLimits(layer: Layer, random: Random): void {
  const { bits, selfRate } = layer.config;
  const weight = 2 ** (bits - 1);
  for (const row of layer.W) row.forEach((_, i) => { row[i] = limit(random, -weight, weight - 1); });
  for (const row of layer.V) row.forEach((_, j) => { row[j] = limit(random, -32768, 32767); });
  layer.b.forEach((_, j) => { layer.b[j] = limit(random, -(2 ** 30), 2 ** 30); });
  if (!selfRate) return;
  layer.rbar.forEach((_, j) => { layer.rbar[j] = limit(random, -16376, 16376); });
  layer.zbar.forEach((_, i) => { layer.zbar[i] = limit(random, -32752, 32752); });
  layer.logRate = limit(random, -235, 235);
}

/** What one input does over time: value at step t, for a sample of label y. */
type Signal = (t: number, y: number) => number;

const SIGNALS: readonly ((random: Random, channel: number) => Signal)[] = [
  (random, channel) => (_, y) => ((y + channel) % 3) + random.normal(),
  (random) => () => 2 * random.uniform() - 1,
  (random) => () => (random.uniform() < 0.5 ? -32767 : 32767),
  () => () => 0,
  (random) => {
    const constant = 1000 * random.normal();
    return () => constant;
  },
  // a constant that trembles in its last bits
  (random) => () => 1e6 * (1 + 1e-6 * random.uniform()),
  // all magnitudes at once, subnormal and overflowing ones too
  (random) => () => (random.uniform() < 0.5 ? -1 : 1) * 10 ** (90 * random.uniform() - 46),
  // drifts over 20 orders of magnitude and back
  (random, channel) => (t) => random.normal() * 10 ** (10 * Math.sin(t / 700 + channel)),
  // a level that drifts far beyond its noise, then jumps back
  (random) => (t) => (t % 3000) + random.normal(),
  // silent for long, then loud
  (random) => (t) => (t % 1500 < 1400 ? 0 : 1e4 * random.normal()),
  (random) => () => (random.uniform() < 0.5 ? NaN : random.normal()),
  (random) => () => [NaN, Infinity, -Infinity, -0, 3.4e38, -3.4e38, 1e-38, 1e-45][random.below(8)],
  () => () => NaN,
];

/** An endless stream of labelled samples (or windows) for a configuration: each input has a signal of its own, or all have the same. */
export class Stream {
  /** Binary32 bits of the values that the next sample has; filled by `next`. */
  readonly bits: Uint32Array;
  label = 0;
  private t = 0;
  private readonly values: Float32Array;
  private readonly signals: Signal[];
  /** Some streams have rare labels. */
  private readonly isUneven: boolean;

  constructor(config: IntegerConfig, private readonly random: Random, private readonly labels = config.labels) {
    const { inputs, window } = config;
    const channels = window?.axes ?? inputs;
    const shared = random.uniform() < 0.25 ? random.below(SIGNALS.length) : -1;
    const kinds = Array.from({ length: channels }, () => (shared >= 0 ? shared : random.uniform() < 0.5 ? 0 : random.below(SIGNALS.length)));
    this.signals = kinds.map((kind, channel) => SIGNALS[kind](random, channel));
    this.values = new Float32Array(window ? window.axes * window.samples : inputs);
    this.bits = new Uint32Array(this.values.buffer);
    this.isUneven = random.uniform() < 0.3;
  }

  next(): void {
    const { values, signals, random } = this;
    this.label = this.isUneven ? Math.floor(this.labels * random.uniform() ** 6) : random.below(this.labels);
    for (let i = 0; i < values.length; i++) values[i] = signals[i % signals.length](this.t, this.label);
    this.t++;
  }
}
