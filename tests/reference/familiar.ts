// Usual values of each label, and how familiar a sample is (docs/arithmetic.md). Coordinates are Q4 within +-127, NaN where the value is missing.

import { GOLDEN, clamp, exp2Negative, log2, quotient } from './arithmetic.js';
import type { Zero } from '../reference.js';

const FIRST_DEVIATION = 8; // Q5
const LEAST_DEVIATION = 5;
const WIDEST = 127;
const SETTLED = 32; // averages become exponential
const NEAREST = 128; // distances are at least this, Q8
const PLACED = 8; // samples that the marks need
const FIVE = 2378; // log2 5, Q10

export interface Usual {
  count: number;
  mean: Int32Array; // Q4
  deviation: Int32Array; // Q5
}

/** 1 / (deviation + 5/32) of every deviation, Q11 */
const RECIPROCALS = Array.from({ length: WIDEST + 1 }, (_, deviation) => quotient(65536, deviation + LEAST_DEVIATION));
/** log2 of every deviation as it counts, Q10 */
const WIDTHS = Array.from({ length: WIDEST + 1 }, (_, deviation) => log2(deviation + LEAST_DEVIATION));

export class Familiar {
  /** Of every label that there is room for. */
  readonly usuals: Usual[];
  /** log2 of distances, Q10, that half, a tenth and a fiftieth of the samples lie beyond. */
  half = 0;
  tenth = 0;
  fiftieth = 0;
  placed = 0; // samples that placed them, up to 512

  constructor(private readonly inputs: number, labels: number) {
    this.usuals = Array.from({ length: labels }, () => this.unknown());
  }

  /** A sample of label y that is learned, before it is. */
  settle(x: ArrayLike<number>, y: number, seen: number): void {
    const usual = this.usuals[y];
    const isFirst = usual.count === 0;
    if (!isFirst) {
      const distance = this.distance(x, y);
      if (distance === undefined) return;
      this.place(distance);
    }
    usual.count = Math.min(usual.count + 1, SETTLED);
    const rate = Math.floor(65536 / usual.count);
    const slower = Math.floor(65536 / Math.min(usual.count + 2, SETTLED));
    const dither = (step: number): number => Math.imul(seen + step, GOLDEN) >>> 16;
    if (isFirst) usual.deviation.fill(FIRST_DEVIATION);
    for (let i = 0; i < this.inputs; i++) {
      if (Number.isNaN(x[i])) continue;
      const difference = x[i] - usual.mean[i];
      usual.mean[i] += Math.floor((difference * rate + dither(2 * i)) / 65536);
      const off = 2 * Math.abs(difference) - usual.deviation[i];
      if (!isFirst) usual.deviation[i] = Math.min(WIDEST, usual.deviation[i] + Math.floor((off * slower + dither(2 * i + 1)) / 65536));
    }
  }

  /** The share of learned samples at least as far from their label as x is from the nearest, Q15; -1 before anything can be said, or where y, the answer, was never learned. */
  familiarity(x: ArrayLike<number>, y: number): number {
    if (this.usuals[y].count === 0 || this.placed < PLACED) return -1;
    const { half, tenth, fiftieth } = this;
    const distances = this.usuals.map((_, c) => c).filter((c) => this.usuals[c].count > 0).map((c) => this.distance(x, c));
    if (distances[0] === undefined) return 0; // without a value it lies nowhere
    const distance = Math.min(...(distances as number[]));
    if (distance === log2(NEAREST)) return 32767;
    // falls to a fifth from mark to mark
    const fifths = (octaves: number, gap: number): number => exp2Negative(quotient(octaves * FIVE, gap));
    if (distance <= half) return 32767 - Math.floor(fifths(half - distance, tenth - half) / 4);
    if (distance <= tenth) return Math.floor(fifths(distance - half, tenth - half) / 4);
    if (distance <= fiftieth) return Math.floor(fifths(distance - tenth, fiftieth - tenth) / 20);
    return Math.floor(fifths(distance - fiftieth, fiftieth - tenth) / 100);
  }

  /** Sum over the inputs that are there of q^2, Q12; q = |x - mean| / (deviation + 5/32), at most 4. */
  squares(x: ArrayLike<number>, y: number): number {
    const { mean, deviation } = this.usuals[y];
    let sum = 0;
    for (let i = 0; i < this.inputs; i++) {
      if (Number.isNaN(x[i])) continue;
      const q = Math.min(256, Math.floor((Math.abs(x[i] - mean[i]) * RECIPROCALS[deviation[i]] + 256) / 512));
      sum += q * q;
    }
    return sum;
  }

  /** Sum over the inputs of log2 (deviation + 5/32), from 1/32 on, Q10; 0 for a label that was never learned. */
  span(y: number): number {
    const { count, deviation } = this.usuals[y];
    return count === 0 ? 0 : deviation.reduce((sum, each) => sum + WIDTHS[each], 0);
  }

  /** The last label's becomes that of `label`. */
  move(last: number, label: number): void {
    this.usuals[label] = this.usuals[last];
    this.usuals[last] = this.unknown();
  }

  /** Merges the usual values of `from` into those of `into`: halfway between the means, deviations to reach both. */
  merge(from: number, into: number): void {
    const [other, own] = [this.usuals[from], this.usuals[into]];
    if (other.count === 0) return;
    if (own.count === 0) {
      this.usuals[into] = { count: other.count, mean: other.mean.slice(), deviation: other.deviation.slice() };
      return;
    }
    own.count = Math.min(own.count, SETTLED);
    for (let i = 0; i < this.inputs; i++) {
      const between = Math.abs(own.mean[i] - other.mean[i]); // half of it, Q5
      own.mean[i] = Math.floor((own.mean[i] + other.mean[i]) / 2);
      own.deviation[i] = Math.min(WIDEST, between + Math.floor((own.deviation[i] + other.deviation[i]) / 2));
    }
  }

  forget(label: number): void {
    this.usuals[label] = this.unknown();
  }

  /** One input of every label in use, in eighths of a place, which `carried` turns into others. */
  carry(input: number, labels: number, carried: (place: number) => number, zero?: Zero): void {
    for (const { mean, deviation } of this.usuals.slice(0, labels).filter(({ count }) => count > 0)) {
      const middle = 8 * mean[input] + 4; // of all that has this place
      const off = 4 * deviation[input];
      mean[input] = mean[input] === zero?.then ? zero.now : Math.floor(carried(middle) / 8);
      deviation[input] = clamp(Math.floor((carried(middle + off) - carried(middle - off)) / 8), 0, WIDEST);
    }
  }

  /** log2 of mean d + max d / 8, d = |x - mean| / (deviation + 5/32) of the values that are there; Q10. Undefined where none is. */
  private distance(x: ArrayLike<number>, y: number): number | undefined {
    const { mean, deviation } = this.usuals[y];
    let [there, sum, most] = [0, 0, 0];
    for (let i = 0; i < this.inputs; i++) {
      if (Number.isNaN(x[i])) continue;
      const size = Math.floor((Math.abs(x[i] - mean[i]) * RECIPROCALS[deviation[i]]) / 128); // Q8
      there++;
      sum += size;
      most = Math.max(most, size);
    }
    if (there === 0) return undefined;
    return log2(Math.max(NEAREST, quotient(sum, there) + Math.floor(most / 8)));
  }

  private place(distance: number): void {
    const step = [[8, 32], [32, 16], [64, 8], [128, 4], [512, 2], [Infinity, 1]].find(([until]) => this.placed < until)![1];
    const moved = (mark: number, up: number, down: number): number => mark + step * (distance > mark ? up : -down);
    this.half = this.placed === 0 ? distance : Math.max(0, moved(this.half, 8, 8));
    // of few samples a tenth and a fiftieth are none: as on most streams
    this.tenth = this.placed < 64 ? this.half + 768 : Math.max(this.half + 384, moved(this.tenth, 18, 2));
    this.fiftieth = this.placed < 64 ? this.tenth + 512 : Math.max(this.tenth + 256, moved(this.fiftieth, 49, 1));
    this.placed = Math.min(this.placed + 1, 512);
  }

  private unknown(): Usual {
    return { count: 0, mean: new Int32Array(this.inputs), deviation: new Int32Array(this.inputs) };
  }
}
