// Commissioned mode: goodness of the smoothed channels (goodness.ts), learned for `warmup` samples. Then weights, standardisers and quantile stay as they are.

import { exp2Negative, shiftRight, squareRoot } from '../arithmetic.js';
import { decode } from '../normaliser.js';
import type { Generator } from '../random.js';
import { Goodness, type GoodnessConfig } from './goodness.js';
import { ONE } from './net.js';
import { Quantile, log2 } from './quantile.js';
import { Channel, Moments } from './standardiser.js';

const FIRST = 20;

export interface CommissionedConfig extends GoodnessConfig {
  warmup: number;
}

/** A channel, smoothed, and standardised again because smoothing shrinks it. */
export class SmoothedChannel {
  readonly channel = new Channel();
  smoothed = 0; // Q16: EWMA of z by 3/32
  readonly moments = new Moments();

  input(bits: number, learning: boolean): number {
    if (decode(bits).missing) return 0;
    const z = this.channel.standardise(bits);
    if (learning) this.channel.observe(bits);
    this.smoothed += shiftRight((z * 256 - this.smoothed) * 3, 5);
    const value = this.moments.standardise(this.smoothed);
    if (learning) this.moments.observe(this.smoothed);
    return value;
  }
}

export class Commissioned {
  readonly channels: SmoothedChannel[];
  readonly quantile = new Quantile();
  readonly net: Goodness;
  count = 0; // samples learned since commissioning began
  /** Root of goodness over its usual 99 % quantile, at most 16; Q16. */
  score = 0;

  constructor(readonly config: CommissionedConfig, random: Generator) {
    this.channels = Array.from({ length: config.channels }, () => new SmoothedChannel());
    this.net = new Goodness(config, random);
  }

  observe(x: ArrayLike<number>): void {
    const { config, quantile, net } = this;
    const learning = this.count < config.warmup;
    const v = Int32Array.of(...this.channels.map((channel, i) => channel.input(x[i], learning)), ONE);
    const goodness = net.of(v);
    const level = log2(Math.max(squareRoot(goodness), 1));
    this.score = 0;
    if (!learning) {
      this.score = exp2Negative(Math.max(4096 - quantile.above(level), 0)) * 16;
      net.explain(v);
      return;
    }
    net.parts.fill(0);
    this.count++;
    if (this.count <= FIRST) return;
    if (this.count === FIRST + 1) quantile.start(level);
    quantile.move(level, this.count);
    net.learn(v, goodness);
  }
}
