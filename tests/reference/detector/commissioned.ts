// Commissioned mode: linear units whose mean square (goodness, sign -1) learns to be low on what the machine does and high on noise around it,
// for `warmup` samples. Then weights, standardisers and quantile stay as they are.

import { clamp, exp2Negative, quotient, roundShift, shiftRight, squareRoot } from '../arithmetic.js';
import { decode } from '../normaliser.js';
import type { Generator } from '../random.js';
import { ONE, Rows } from './net.js';
import { Quantile, log2 } from './quantile.js';
import { CLIP, Channel, Moments } from './standardiser.js';

const LOG2_E = 1477; // Q10
const LIMIT = 65535; // of an activity, Q8
const FIRST = 20;

export interface CommissionedConfig {
  channels: number;
  units: number;
  bits: 8 | 16;
  warmup: number;
  rate: number; // eta alpha, Q16
  alpha: number; // Q8
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
  readonly rows: Rows;
  count = 0; // samples learned since commissioning began
  /** Root of goodness over its usual 99 % quantile, at most 16; Q16. */
  score = 0;
  /** [channels] What each channel has in goodness, Q8; with the bias they sum to it. */
  readonly parts: number[];

  constructor(readonly config: CommissionedConfig, private readonly random: Generator) {
    this.channels = Array.from({ length: config.channels }, () => new SmoothedChannel());
    this.rows = new Rows(config.units, config.channels + 1, config.bits, random);
    this.parts = new Array<number>(config.channels).fill(0);
  }

  observe(x: ArrayLike<number>): void {
    const { config, quantile } = this;
    const learning = this.count < config.warmup;
    const v = Int32Array.of(...this.channels.map((channel, i) => channel.input(x[i], learning)), ONE);
    const goodness = this.goodness(v);
    const level = log2(Math.max(squareRoot(goodness), 1));
    this.score = 0;
    if (!learning) {
      this.score = exp2Negative(Math.max(4096 - quantile.above(level), 0)) * 16;
      this.explain(v);
      return;
    }
    this.parts.fill(0);
    this.count++;
    if (this.count <= FIRST) return;
    if (this.count === FIRST + 1) quantile.start(level);
    quantile.move(level, this.count);
    this.learn(v, -this.sigmoid(goodness)); // 1 - p, p = sigmoid(-alpha (G - 1))
    const noise = this.noiseAround(v);
    this.learn(noise, 65536 - this.sigmoid(this.goodness(noise))); // p
  }

  /** mean_j a_j^2, Q16 */
  private goodness(v: Int32Array): number {
    this.rows.sense(v, LIMIT);
    let sum = 0;
    for (const a of this.rows.a) sum += a * a;
    return quotient(sum, this.config.units);
  }

  /** sigmoid(alpha (G - 1)), Q16 */
  private sigmoid(goodness: number): number {
    const sharpness = shiftRight(this.config.alpha * LOG2_E, 8);
    const octaves = clamp(shiftRight((goodness - 65536) * sharpness, 16), -16384, 16384);
    const e = exp2Negative(Math.abs(octaves));
    const low = quotient(e * 65536, 65536 + e);
    return octaves > 0 ? 65536 - low : low;
  }

  /** W_ji += rate push a_j v_i / ((|v|^2 + n) / 2); push in Q16 */
  private learn(v: Int32Array, push: number): void {
    const r = Array.from(this.rows.a, (a) => clamp(roundShift(push * a, 14), -32767, 32767)); // Q10
    this.rows.update(v, r, this.config.rate, this.random);
  }

  /** Half of the time v + q e, q ~ U(0, 2), otherwise 2 e; e ~ N(0, 1) for every channel. */
  private noiseAround(v: Int32Array): Int32Array {
    const bits = this.random.next();
    const around = bits >>> 31 === 1;
    const q = around ? bits % 512 : 512; // Q8
    return v.map((value, i) =>
      i === v.length - 1 ? ONE : clamp((around ? value : 0) + shiftRight(this.random.gaussian() * q, 13), -CLIP, CLIP));
  }

  /** G = mean_j a_j sum_i W_ji v_i: what each v_i has in it */
  private explain(v: Int32Array): void {
    const { W, a, fraction } = this.rows;
    for (let i = 0; i < this.parts.length; i++) {
      let slope = 0; // at most 2^16 * 2^15 * 64
      for (let j = 0; j < W.length; j++) slope += a[j] * W[j][i];
      this.parts[i] = Math.trunc(shiftRight(roundShift(slope, fraction) * v[i], 8) / W.length);
    }
  }
}
