// The detector's Forward-Forward net: linear units whose mean square (goodness, sign -1) learns to be low on what channels do together and high on noise
// around it.

import { clamp, exp2Negative, quotient, roundShift, shiftRight } from '../arithmetic.js';
import type { Generator } from '../random.js';
import { ONE, Rows } from './net.js';
import { CLIP } from './standardiser.js';

const LOG2_E = 1477; // Q10
const LIMIT = 65535; // of an activity, Q8

export interface GoodnessConfig {
  channels: number;
  units: number;
  bits: 8 | 16;
  rate: number; // eta alpha, Q16
  alpha: number; // Q8
}

export class Goodness {
  readonly rows: Rows;
  /** [channels] What each channel has in goodness, Q8; with the bias they sum to it. */
  readonly parts: number[];

  constructor(private readonly config: GoodnessConfig, private readonly random: Generator) {
    this.rows = new Rows(config.units, config.channels + 1, config.bits, random);
    this.parts = new Array<number>(config.channels).fill(0);
  }

  /** mean_j a_j^2, Q16 */
  of(v: Int32Array): number {
    this.rows.sense(v, LIMIT);
    let sum = 0;
    for (const a of this.rows.a) sum += a * a;
    return quotient(sum, this.config.units);
  }

  /** Learns that v came, of which `goodness` was sensed last. */
  learn(v: Int32Array, goodness: number): void {
    this.pull(v, -this.sigmoid(goodness)); // 1 - p, p = sigmoid(-alpha (G - 1))
    const noise = this.noiseAround(v);
    this.pull(noise, 65536 - this.sigmoid(this.of(noise))); // p
  }

  /** G = mean_j a_j sum_i W_ji v_i: what each v_i has in it */
  explain(v: Int32Array): void {
    const { W, a, fraction } = this.rows;
    for (let i = 0; i < this.parts.length; i++) {
      let slope = 0; // at most 2^16 * 2^15 * 64
      for (let j = 0; j < W.length; j++) slope += a[j] * W[j][i];
      this.parts[i] = Math.trunc(shiftRight(roundShift(slope, fraction) * v[i], 8) / W.length);
    }
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
  private pull(v: Int32Array, push: number): void {
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
}
