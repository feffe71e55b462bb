// One label-gated Forward-Forward layer (docs/how-it-learns.md), in integers. The comment over each function is the
// formula there; the code is that formula with its Q formats. docs/arithmetic.md explains every shift.

import {
  ACTIVITY_LIMIT, ENERGY_LIMIT, bitLength, clamp, exp2Negative, greatest, leading, multiplyShift, normalisedRoot, quotient, roundShift, saturate16,
  shiftRight, squareRoot, weyl,
} from './arithmetic.js';
import type { Decorrelator, Direction } from './decorrelation.js';
import type { Generator } from './random.js';

export interface LayerConfig {
  /** Inputs that come from the layer before, or the sample in the first layer. */
  own: number;
  /** Inputs that are the standardised sample once more. */
  skipped: number;
  isFirst: boolean;
  units: number;
  labels: number;
  bits: 8 | 16;
  selfRate: boolean;
  alpha: number; // Q8
  margin: number; // Q15
  gateDivisor: number;
  /** With this, units see windows of a grid, and `own` is all of the grid. */
  local?: Local;
}

/** Local receptive fields on a grid [height, width, depth], depth last. */
export interface Local {
  height: number;
  width: number;
  depth: number;
  field: number;
  stride: number;
  /** Units of a patch. */
  channels: number;
}

/** For each patch, the indices into the grid of the values in its window. */
export function windowsOf({ height, width, depth, field, stride }: Local): number[][] {
  const windows: number[][] = [];
  for (let top = 0; top + field <= height; top += stride) {
    for (let left = 0; left + field <= width; left += stride) {
      const window: number[] = [];
      for (let y = top; y < top + field; y++) {
        for (let x = left; x < left + field; x++) {
          for (let c = 0; c < depth; c++) window.push((y * width + x) * depth + c);
        }
      }
      windows.push(window);
    }
  }
  return windows;
}

const LOG2_E = 1477; // Q10
const LOG_RATE_LIMIT = 235; // 256 ln 2.5
const BIAS_LIMIT = 2 ** 30;

const integers = (count: number): Int32Array => new Int32Array(count); // storage; what goes in is clamped far below 2^31

export class Layer {
  readonly n: number; // inputs of a unit
  readonly m: number; // units
  readonly W: Int32Array[]; // [units][inputs] Q(fraction), 16 or 8 bits
  readonly b: Int32Array; // [units] Q(fraction + 8)
  readonly V: Int32Array[]; // [labels][units] Q8, 16 bits
  readonly rbar: Int32Array; // [units] Q13, low-passed r
  readonly zbar: Int32Array; // [inputs of the layer] Q12, low-passed z
  logRate = 0; // 256 ln(multiplier)

  readonly a: Int32Array; // [units] Q8
  readonly r: Int32Array; // [units] Q10
  readonly g: number[] = []; // [labels] Q16
  readonly e: number[] = []; // [labels] Q15

  /** Inputs of each patch of units; a dense layer is one patch that sees everything. */
  private readonly windows: number[][];
  readonly fraction: number; // bits of W after the point
  private readonly weightLow: number;
  private readonly weightHigh: number;
  private readonly updateShift: number; // coefficient x input / 2^updateShift is in the format of W
  private readonly lengthShift: number; // n * 2^16 / 2^lengthShift lies in [2^15, 2^16), or below for n < 4
  private readonly reciprocal: number; // 2^32 / m
  /** Dithers of an update. */
  private readonly ofUnits: Int32Array;
  private readonly ofInputs: Int32Array;

  constructor(readonly config: LayerConfig, random: Generator) {
    const { own, skipped, units, labels, bits, local } = config;
    this.windows = local ? windowsOf(local) : [Array.from({ length: own + skipped }, (_, i) => i)];
    const n = this.windows[0].length;
    this.n = n;
    this.m = units;
    this.fraction = bits === 16 ? 12 : n < 256 ? 6 : 7;
    this.weightLow = -(2 ** (bits - 1));
    this.weightHigh = 2 ** (bits - 1) - 1;
    this.lengthShift = Math.max(3, bitLength(n));
    this.updateShift = 20 + this.lengthShift - this.fraction;
    this.reciprocal = quotient(2 ** 32, units);
    this.W = Array.from({ length: units }, () => integers(n));
    this.b = integers(units);
    this.V = Array.from({ length: labels }, () => integers(units));
    this.rbar = integers(units);
    this.zbar = integers(own + skipped);
    this.ofUnits = integers(units);
    this.ofInputs = integers(n);
    this.a = integers(units);
    this.r = integers(units);
    this.draw(random);
  }

  /** W ~ N(0, 1/n), V ~ N(0, 1) */
  private draw(random: Generator): void {
    const root = squareRoot(this.n * 65536); // Q8
    const scale = 2 ** (this.fraction - 4);
    for (const row of this.W) {
      for (let i = 0; i < row.length; i++) {
        const twice = Math.trunc((random.gaussian() * scale) / root); // Q(fraction + 1)
        row[i] = clamp(shiftRight(twice + 1, 1), -this.weightHigh, this.weightHigh);
      }
    }
    for (let c = 0; c < this.V.length; c++) this.drawGates(c, random);
  }

  /** A label's gates, V ~ N(0, 1) */
  drawGates(label: number, random: Generator): void {
    const gates = this.V[label];
    for (let j = 0; j < gates.length; j++) gates[j] = shiftRight(random.gaussian(), 5);
  }

  /**
   * a_j = b_j + sum_i W_ji z_i
   * h_j(c) = max(0, a_j + V_jc)
   * g(c) = mean_j h_j(c)^2
   */
  sense(z: Int32Array, labels = this.config.labels): void {
    const { a, m, n, windows } = this;
    const seen = this.config.local ? windows.map((window) => window.map((i) => z[i])) : [z];
    const each = m / windows.length;
    for (let j = 0; j < m; j++) {
      const row = this.W[j];
      const x = seen[Math.floor(j / each)];
      let sum = this.b[j]; // at most 2^30 + 2^13 * 2^26 = 2^39.002
      for (let i = 0; i < n; i++) sum += row[i] * x[i];
      a[j] = clamp(roundShift(sum, this.fraction), -ENERGY_LIMIT, ENERGY_LIMIT);
    }
    this.g.length = labels;
    for (let c = 0; c < labels; c++) {
      const gates = this.V[c];
      let energy = 0; // at most 2^12 * 2^26 = 2^38
      for (let j = 0; j < m; j++) {
        const h = activity(a[j], gates[j]);
        energy += h * h;
      }
      this.g[c] = multiplyShift(energy, this.reciprocal, 32);
    }
  }

  /** p(c) = softmax_c(part alpha / crowd g(c) - handicap(c)), e(c) = [c = y] - p(c); handicaps in octaves, Q10; part in Q7. Label y - 1 takes `shared` of the target, Q15. */
  judge(y: number, handicaps: readonly number[] = [], part = 128, shared = 0): void {
    const { g, e } = this;
    const best = greatest(g);
    const full = shiftRight(this.config.alpha * LOG2_E, 8); // Q10: e^(alpha g) = 2^(full g)
    const sharpness = shiftRight(quotient(full * 128, crowdOf(g.length)) * part, 7);
    const behind = g.map((gc, c) => Math.min(shiftRight((best - gc) * sharpness, 16), 0x7fff) + (handicaps[c] ?? 0));
    let lead = Infinity;
    for (const octaves of behind) lead = Math.min(lead, octaves);
    const likelihood = behind.map((octaves) => exp2Negative(octaves - lead));
    let sum = 0;
    for (const value of likelihood) sum += value;
    const total = Math.max(sum, 2 ** 16);
    const by = bitLength(total) - 17;
    const reciprocal = Math.min(quotient(2 ** 32 - 1, shiftRight(total, by)), 2 ** 16 - 1);
    e.length = g.length;
    for (let c = 0; c < g.length; c++) {
      const p = shiftRight(likelihood[c] * reciprocal, 17 + by); // Q15
      e[c] = (c === y ? 32767 - shared : c === y - 1 ? shared : 0) - p;
    }
  }

  /**
   * One update from the sample that `sense` has just seen; false where the layer is confident already: 1 - p(y) < margin. Weights that see the sample
   * move along `direction` where there is one, the others along `own`; those of a patch along what `ofWindow` makes of its window. Softened, with a part of its
   * sharpness (Q7), every sample teaches.
   */
  correct(z: Int32Array, y: number, rate: number, boost: number, random: Generator, handicaps?: readonly number[], rehearsing = false, { part = 128, shared, direction, own, pulls, ofWindow }: { part?: number; shared?: number; direction?: Direction; own?: Direction; pulls?: Decorrelator; ofWindow?: Decorrelator } = {}): boolean {
    this.judge(y, handicaps, part, shared);
    const error = shared === undefined ? this.e[y] : Math.max(...this.e.map(Math.abs));
    if (error < this.config.margin && part === 128) return false;
    const etaAlpha = this.pace(rate, boost, rehearsing);
    this.pullGates(etaAlpha, random.next());
    if (pulls) this.turnPulls(pulls, random, rehearsing);
    const channels = this.m / this.windows.length;
    const along = this.turn(z, direction, own);
    this.windows.forEach((window, p) => {
      const ditherStart = random.next();
      const seen = this.config.local ? Int32Array.from(window, (i) => along[i]) : along;
      const whole = ofWindow?.along(seen) ?? { d: seen, length: this.config.local ? squares(seen) : this.lengthAlong(z, direction, own) };
      this.updateWeights(whole.d, whole.length, p * channels, (p + 1) * channels, etaAlpha, ditherStart, random.next());
    });
    if (this.config.selfRate && !rehearsing) this.adaptRate(along);
    return true;
  }

  /** The window of a patch, any of them. */
  anyWindow(z: Int32Array, random: Generator): Int32Array {
    const { windows } = this;
    return Int32Array.from(windows[shiftRight(random.next() * windows.length, 32)], (i) => z[i]);
  }

  /** Inputs of the layer, those parts turned that there is a direction for: its own, and the sample's, which is all of a first layer's. */
  private turn(z: Int32Array, direction?: Direction, own?: Direction): Int32Array {
    if (!own && !direction) return z;
    const along = z.slice();
    if (own) along.set(own.d);
    if (direction) along.set(direction.d.subarray(0, this.sampled), z.length - this.sampled);
    return along;
  }

  /** z'd */
  private lengthAlong(z: Int32Array, direction?: Direction, own?: Direction): number {
    const before = z.length - this.sampled;
    return (own?.length ?? squares(z, 0, before)) + (this.sampled > 0 ? direction?.length ?? squares(z, before) : 0);
  }

  /** Inputs that are the sample's. */
  private get sampled(): number {
    return this.config.isFirst ? this.n : this.config.skipped;
  }

  /** eta * alpha in Q12, times the multiplier that the layer has found, times the start boost: at most 8.0 */
  private pace(rate: number, boost: number, rehearsing: boolean): number {
    let value = shiftRight(rate * this.config.alpha, 12);
    if (this.config.selfRate) {
      const octaves = shiftRight((rehearsing ? Math.min(0, this.logRate) : this.logRate) * 369, 6); // Q10; 369 = 256 log2(e)
      value = shiftRight(value * exp2Negative(2048 - octaves), 14); // 2^octaves = 4 * 2^-(2 - octaves)
    }
    value += shiftRight(value * boost, 16);
    return Math.min(value, 0x7fff);
  }

  /**
   * r_j = sum_c e(c) h_j(c)
   * V_jc += crowd eta_v alpha e(c) h_j(c), rounded stochastically: one dither a unit for all labels
   */
  private pullGates(etaAlpha: number, start: number): void {
    const { a, r, e, m } = this;
    const gateRate = Math.min(shiftRight(quotient(etaAlpha * 8, this.config.gateDivisor) * crowdOf(e.length), 7), 65535);
    const sums = new Float64Array(m); // at most 2^16 * 2^13
    const dithers = this.ofUnits;
    for (let j = 0; j < m; j++) dithers[j] = leading(weyl(start, j), 15) * 8;
    for (let c = 0; c < e.length; c++) {
      if (e[c] === 0) continue; // adds nothing, and a dither alone never reaches one
      const gates = this.V[c];
      const factor = clamp(roundShift(e[c] * gateRate, 12), -32767, 32767);
      for (let j = 0; j < m; j++) {
        const h = activity(a[j], gates[j]);
        sums[j] += e[c] * h;
        const change = Math.floor((factor * h + dithers[j]) / 2 ** 18);
        gates[j] = saturate16(gates[j] + change);
      }
    }
    for (let j = 0; j < m; j++) r[j] = clamp(roundShift(sums[j], 13), -8191, 8191);
  }

  /** x = r / rms(r), d = P x, r = rms(r) (x + d / ((x'd / m + 1) / 2)) / 2; rehearsed samples do not move P. */
  private turnPulls(pulls: Decorrelator, random: Generator, rehearsing: boolean): void {
    const { r, m } = this;
    const meanSquare = multiplyShift(squares(r), this.reciprocal, 24); // Q24 of r as if it were Q8
    if (meanSquare === 0) return;
    const { root, by } = normalisedRoot(meanSquare); // rms(r) = root / 2^(by / 2 + 4)
    const inverse = Math.min(quotient(2 ** 30, root), 0x7fff);
    const x = r.map((pull) => clamp(roundShift(pull * inverse, 18 - by / 2), -ACTIVITY_LIMIT, ACTIVITY_LIMIT));
    if (!rehearsing) pulls.follow(x, random);
    const { d, length } = pulls.along(x);
    const whole = m * 65536;
    const down = bitLength(whole + length) - 16;
    const half = quotient(shiftRight(whole, down) * 2 ** 15, shiftRight(whole + length, down)); // Q14
    const along = Math.min(shiftRight(root * half, 16), 0x7fff);
    for (let j = 0; j < m; j++) r[j] = clamp(roundShift(x[j] * shiftRight(root, 2) + d[j] * along, 11 + by / 2), -8191, 8191);
  }

  /**
   * For the units of one patch, `first` to `end` - 1, that all see z:
   * W_ji += (eta alpha / ((length + n) / 2)) r_j z_i, b_j likewise with z = 1, rounded stochastically; `length` is |z|^2, Q16.
   * Column i has a dither of 15 bits, row j flips its bits: floor((k_j z_i + dither) / 2^updateShift), dither in [0, 2^updateShift).
   */
  private updateWeights(z: ArrayLike<number>, length: number, first: number, end: number, etaAlpha: number, ditherStart: number, flipStart: number): void {
    const { n, updateShift: shift, weightLow, weightHigh } = this;
    const divisor = shiftRight(length + n * 65536, this.lengthShift + 1);
    const factor = Math.min(shiftRight(quotient(2 ** 31, divisor) * etaAlpha, 12), 2 ** 17 - 1);

    const ditherBits = Math.min(15, shift);
    const ditherUnit = 2 ** (shift - ditherBits);
    const whole = 2 ** shift;
    const dithers = this.ofInputs;
    let most = 0;
    for (let j = first; j < end; j++) most = Math.max(most, Math.abs(this.r[j]));
    const least = Math.floor(most / 8);
    for (let i = 0; i < n; i++) dithers[i] = leading(weyl(ditherStart, this.column(i)), ditherBits);

    for (let j = first; j < end; j++) {
      const chance = weyl(flipStart, j - first);
      const k = clamp(roundShift(sampled(this.r[j], least, chance) * factor, 13), -32767, 32767);
      if (k === 0) continue; // adds nothing, and a dither alone never reaches one
      const biasChange = shift > 16 ? shiftRight(k + leading(chance, shift - 16), shift - 16) : k * 2 ** (16 - shift);
      this.b[j] = clamp(this.b[j] + biasChange, -BIAS_LIMIT, BIAS_LIMIT);
      const flips = leading(chance, ditherBits);
      const row = this.W[j];
      for (let i = 0; i < n; i++) {
        const change = Math.floor((k * z[i] + (dithers[i] ^ flips) * ditherUnit) / whole);
        row[i] = clamp(row[i] + change, weightLow, weightHigh);
      }
    }
  }

  /** Index of input i in a row of the core: both parts of the input are padded to 8, and the dither runs over the padding too. */
  column(i: number): number {
    const { own, local } = this.config;
    return local || i < own ? i : padded(own) + i - own;
  }

  /** The sign of (r . rbar)(z . zbar + 1) moves the log rate by 1/256; then rbar and zbar follow by 1/32. */
  private adaptRate(z: Int32Array): void {
    const { r, rbar, zbar, m } = this;
    const n = zbar.length;
    let pulls = 0;
    for (let j = 0; j < m; j++) pulls += clamp(r[j], -2047, 2047) * rbar[j];
    let columns = 2 ** 20;
    for (let i = 0; i < n; i++) columns += z[i] * zbar[i];
    this.logRate = clamp(this.logRate + Math.sign(pulls) * Math.sign(columns), -LOG_RATE_LIMIT, LOG_RATE_LIMIT);
    for (let j = 0; j < m; j++) rbar[j] = followed(rbar[j], clamp(r[j], -2047, 2047) * 8);
    for (let i = 0; i < n; i++) zbar[i] = followed(zbar[i], z[i] * 16);
  }

  /** The next layer's own inputs: max(0, a), scaled to RMS 1. */
  neutralActivity(): Int32Array {
    const { a, m } = this;
    const neutral = integers(m);
    let energy = 0;
    for (let j = 0; j < m; j++) {
      const h = Math.max(0, a[j]);
      neutral[j] = h;
      energy += h * h;
    }
    const meanSquare = multiplyShift(energy, this.reciprocal, 24); // Q24
    if (meanSquare === 0) return neutral.fill(0);
    const { root, by } = normalisedRoot(meanSquare); // sqrt(meanSquare) = root / 2^(by / 2)
    const inverse = Math.min(quotient(2 ** 30, root), 0x7fff);
    for (let j = 0; j < m; j++) neutral[j] = Math.min(roundShift(neutral[j] * inverse, 18 - by / 2), ACTIVITY_LIMIT);
    return neutral;
  }
}

function squares(values: ArrayLike<number>, start = 0, end = values.length): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i] * values[i];
  return sum;
}

/** From 16 labels on gates learn faster and the softmax is softer: 1 + (labels - 16) / 128 in Q7. */
const crowdOf = (labels: number): number => 128 + Math.max(labels - 16, 0);

/** h = max(0, a + V), saturated */
const activity = (a: number, v: number): number => clamp(a + v, 0, ENERGY_LIMIT);

/** mean + (x - mean) / 32, rounded, in saturating 16 bits */
const followed = (mean: number, x: number): number => mean + Math.floor(Math.min(saturate16(x - mean) + 16, 32767) / 32);

/** Up to a multiple of 8. */
export const padded = (count: number): number => Math.ceil(count / 8) * 8;

/** A pull below `least` is kept as +-least with probability |r| / least, else it is 0: the same on average. */
function sampled(r: number, least: number, chance: number): number {
  if (Math.abs(r) >= least) return r;
  const uniform = leading(Math.imul(chance, 0x2c1b3c6d) >>> 0, 15); // of 2^15
  return uniform * least < Math.abs(r) * 2 ** 15 ? Math.sign(r) * least : 0;
}
