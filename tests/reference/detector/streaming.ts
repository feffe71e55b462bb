// Streaming mode, one channel: how far the last values lie from the mean, against what is usual here (deviation), and how little
// a label-gated net expected this value after those before it (surprise). Nothing ever freezes.

import { clamp, exp2Negative, quotient, shiftRight } from '../arithmetic.js';
import { decode } from '../normaliser.js';
import type { Generator } from '../random.js';
import { Gated, ONE } from './net.js';
import { Quantile, log2 } from './quantile.js';
import { Channel, SETTLED } from './standardiser.js';

export const LAGS = 8;
export const MEANS = 3;
export const TARGETS = 2;
export const BINS = 13;
const MIDDLE = 6;
const INPUTS = LAGS + MEANS + 1;
const CONTEXT_LIMIT = 1023; // +-4.0 in Q8
/** Values before which the standardiser knows too little to be learned from. */
const FIRST = 20;

export interface StreamingConfig {
  units: number;
  bits: 8 | 16;
  warmup: number;
  rate: number; // eta alpha, Q16
  alpha: number; // Q8
}

export class StreamingChannel {
  readonly channel = new Channel();
  readonly quantile = new Quantile();
  count = 0; // values seen, up to 2^32 - 1
  smoothed = 0; // Q16: EWMA of |z| by 3/32
  surprise = 0; // Q16 octaves: EWMA by 1/4
  readonly lags = new Int32Array(LAGS); // Q8: the last values, the newest first
  readonly means = new Int32Array(MEANS); // Q16: EWMAs of z by 1/4, 1/16, 1/64
  readonly sizes = new Int32Array(TARGETS); // Q16: mean sizes of the targets
  readonly nets: Gated[];
  /** Deviation, 1 at the 99 % quantile and at most 16, and 3/64 for each octave of surprise; Q16. */
  score = 0;

  constructor(readonly config: StreamingConfig, private readonly random: Generator) {
    this.nets = Array.from({ length: TARGETS }, () => new Gated(config.units, INPUTS, BINS, config.bits, random));
  }

  observe(bits: number): void {
    this.score = 0;
    if (decode(bits).missing) return;
    const z = this.channel.standardise(bits);
    this.channel.observe(bits);
    const known = this.count >= FIRST;
    this.count = Math.min(this.count + 1, 2 ** 32 - 1);
    if (!known) return;
    const surprise = this.learn(z);
    this.smoothed += shiftRight((Math.abs(z) * 256 - this.smoothed) * 3, 5);
    this.surprise += shiftRight(surprise * 64 - this.surprise, 2);
    const level = log2(Math.max(this.smoothed, 1));
    if (this.count === FIRST + 1) this.quantile.start(level);
    const deviation = exp2Negative(Math.max(4096 - this.quantile.above(level), 0)) * 16; // 2^above
    this.quantile.move(level, this.count);
    if (this.count > this.config.warmup) this.score = deviation + shiftRight(this.surprise * 3, 6);
  }

  /** How surprising each target was, then learns it: the greatest, Q10 octaves. */
  private learn(z: number): number {
    const { lags, means, sizes, nets, config } = this;
    if (config.units === 0) return 0;
    const x = Int32Array.of(
      ...lags.map((lag) => clamp(lag, -CONTEXT_LIMIT, CONTEXT_LIMIT)),
      ...means.map((mean, i) => clamp(shiftRight(mean, 8 - i), -CONTEXT_LIMIT, CONTEXT_LIMIT)), // times 1, 2, 4
      ONE,
    );
    const rate = quotient(65536, Math.min(this.count, SETTLED));
    let greatest = 0;
    for (let k = 0; k < TARGETS; k++) {
      const target = k === 0 ? z : z - lags[0];
      const y = bin(target, sizes[k]);
      sizes[k] += shiftRight((Math.abs(target) * 256 - sizes[k]) * rate, 16);
      nets[k].sense(x, config.alpha);
      greatest = Math.max(greatest, tailOctaves(nets[k].octaves, y));
      nets[k].learn(x, y, config.rate, this.random);
    }
    lags.copyWithin(1, 0);
    lags[0] = z;
    for (let i = 0; i < MEANS; i++) means[i] += shiftRight(z * 256 - means[i], 2 + 2 * i);
    return greatest;
  }
}

/** The bin of a target (Q8) over its mean size (Q16): 6 is the middle, with edges at 1/4, 1/2, 1 .. 8 sizes on both sides. */
function bin(target: number, size: number): number {
  let k = 0;
  for (let edge = quotient(size, 4); k < MIDDLE && Math.abs(target) * 256 > edge; edge *= 2) k++;
  return target > 0 ? MIDDLE + k : MIDDLE - k;
}

/** -log2 of the probability of the bins at least as far out as y on its side, Q10; 0 in the middle. */
function tailOctaves(octaves: Int32Array, y: number): number {
  if (y === MIDDLE) return 0;
  const tail = y > MIDDLE ? octaves.slice(y) : octaves.slice(0, y + 1);
  const sum = (values: Int32Array, least: number): number => values.reduce((total, value) => total + exp2Negative(value - least), 0);
  const least = Math.min(...tail);
  return least + log2(sum(octaves, 0)) - log2(sum(tail, least));
}
