// One layer of two-pass Forward-Forward (docs/two-pass.md), in integers: rows and columns without padding, a list of input indices for every
// patch. docs/two-pass.md has the formulas, docs/arithmetic-others.md every shift.

import {
  ACTIVITY_LIMIT, ENERGY_LIMIT, bitLength, clamp, exp2Negative, leading, multiplyShift, normalisedRoot, quotient, roundShift, shiftRight, squareRoot, weyl,
} from './arithmetic.js';
import type { Generator } from './random.js';

const BIAS_LIMIT = 2 ** 30;
const LOG2_E = 1477; // Q10

/** A grid of units in patches; a dense layer is one patch that sees everything. */
export interface Shape {
  /** Inputs that patch p sees, [patches][window]. */
  windows: readonly (readonly number[])[];
  /** Units of a patch. */
  channels: number;
  /** Label columns behind the inputs; only where there is one patch. */
  labels: number;
  bits: 8 | 16;
  /** Columns of a window padded to 8: where its labels begin. The dither runs over the padding too. */
  start: number;
}

/** Rows of weights over a vector, with the one update that all of them share: patches and the readout. */
export class Rows {
  readonly W: Int32Array[]; // [rows][n] Q(fraction)
  readonly b: Int32Array; // [rows] Q(fraction + 8)
  readonly fraction: number;
  readonly lengthShift: number; // n * 2^16 / 2^lengthShift lies in [2^15, 2^16), or below for n < 4
  readonly updateShift: number;

  /** `column`: where input i stands in a row of the core; `stepInputs`: over how many inputs the length of a step is taken. */
  constructor(rows: number, readonly n: number, readonly bits: 8 | 16, readonly column: (i: number) => number = (i) => i, stepInputs = n) {
    this.W = Array.from({ length: rows }, () => new Int32Array(n));
    this.b = new Int32Array(rows);
    this.fraction = bits === 16 ? 12 : n < 256 ? 6 : 7;
    this.lengthShift = Math.max(3, bitLength(stepInputs));
    this.updateShift = 20 + this.lengthShift - this.fraction;
  }

  /** W ~ N(0, 1/n) */
  draw(random: Generator): void {
    const root = squareRoot(this.n * 65536); // Q8
    const limit = 2 ** (this.bits - 1) - 1;
    for (const row of this.W) {
      for (let i = 0; i < row.length; i++) {
        const twice = Math.trunc((random.gaussian() * 2 ** (this.fraction - 4)) / root); // Q(fraction + 1)
        row[i] = clamp(shiftRight(twice + 1, 1), -limit, limit);
      }
    }
  }

  /** a_j = b_j + sum_i W_ji z_i over the first z.length inputs, Q8 */
  sense(z: ArrayLike<number>): number[] {
    return this.W.map((row, j) => {
      let sum = this.b[j];
      for (let i = 0; i < z.length; i++) sum += row[i] * z[i];
      return clamp(roundShift(sum, this.fraction), -ENERGY_LIMIT, ENERGY_LIMIT);
    });
  }

  /** W_ji += (rate / ((|z|^2 + n) / 2)) r_j z_i, rounded stochastically; rate Q16, r in Q(pullBits). */
  update(z: ArrayLike<number>, r: readonly number[], pullBits: number, rate: number, random: Generator): void {
    let length = 0;
    for (let i = 0; i < this.n; i++) length += z[i] * z[i];
    const divisor = shiftRight(length + this.n * 65536, this.lengthShift + 1);
    const factor = Math.min(multiplyShift(quotient(2 ** 31, divisor), rate, 16), 2 ** 17 - 1);
    this.step(z, r, factor, pullBits + 3, random);
  }

  /** W_ji += k_j z_i and b_j += k_j, k_j = r_j factor / 2^factorShift, rounded stochastically. */
  step(z: ArrayLike<number>, r: readonly number[], factor: number, factorShift: number, random: Generator): void {
    const { n, updateShift: shift } = this;
    const ditherStart = random.next();
    const flipStart = random.next();
    const ditherBits = Math.min(15, shift);
    const ditherUnit = 2 ** (shift - ditherBits);
    const least = Math.floor(r.reduce((most, pull) => Math.max(most, Math.abs(pull)), 0) / 8);
    const low = -(2 ** (this.bits - 1));
    const high = 2 ** (this.bits - 1) - 1;
    this.W.forEach((row, j) => {
      const chance = weyl(flipStart, j);
      const k = clamp(roundShift(sampled(r[j], least, chance) * factor, factorShift), -32767, 32767);
      if (k === 0) return;
      const biasChange = shift > 16 ? shiftRight(k + leading(chance, shift - 16), shift - 16) : k * 2 ** (16 - shift);
      this.b[j] = clamp(this.b[j] + biasChange, -BIAS_LIMIT, BIAS_LIMIT);
      const flips = leading(chance, ditherBits);
      for (let i = 0; i < n; i++) {
        const dither = (leading(weyl(ditherStart, this.column(i)), ditherBits) ^ flips) * ditherUnit;
        row[i] = clamp(row[i] + Math.floor((k * z[i] + dither) / 2 ** shift), low, high);
      }
    });
  }
}

/** A pull below `least` is kept as +-least with probability |r| / least, else it is 0: the same on average. */
function sampled(r: number, least: number, chance: number): number {
  if (Math.abs(r) >= least) return r;
  const uniform = leading(Math.imul(chance, 0x2c1b3c6d) >>> 0, 15); // of 2^15
  return uniform * least < Math.abs(r) * 2 ** 15 ? Math.sign(r) * least : 0;
}

/** Settings of the loss that a layer needs. */
export interface Settings {
  meanActivity: boolean;
  sign: 1 | -1;
  alpha: number; // Q8
  theta: number; // Q16
  margin: number; // Q15
  peers: number; // lambda, Q12
  group: number; // units that share a goodness; 0: all
}

export class TwoPassLayer {
  readonly patches: Rows[];
  readonly means: Int32Array; // [units] Q12, running mean activities
  readonly units: number;
  /** Units that share a goodness. */
  private readonly group: number;
  private readonly reciprocal: number; // 2^32 / units

  constructor(readonly shape: Shape, readonly settings: Settings, random: Generator) {
    const { windows, channels, labels, bits, start } = shape;
    this.units = windows.length * channels;
    this.group = settings.group || this.units;
    this.reciprocal = quotient(2 ** 32, this.units);
    this.patches = windows.map((window) => {
      const rows = new Rows(channels, window.length + labels, bits, (i) => (i < window.length ? i : start + i - window.length));
      rows.draw(random);
      return rows;
    });
    this.means = new Int32Array(this.units).fill(2048); // 0.5
  }

  /** a_j = b_j + sum_i W_ji z_i, without a label; unit p * channels + c is unit c of patch p */
  sense(z: Int32Array): number[] {
    return this.patches.flatMap((rows, p) => rows.sense(this.window(p, z)));
  }

  /** h_j = max(0, a_j + sum_c W_jc v_c), v what the label columns hold */
  activate(a: readonly number[], v: readonly number[] = []): number[] {
    if (v.length === 0) return a.map((value) => Math.max(0, value));
    const [rows] = this.patches;
    return a.map((value, j) => {
      let sum = 0;
      for (let c = 0; c < v.length; c++) sum += rows.W[j][rows.n - v.length + c] * v[c];
      return clamp(value + roundShift(sum, rows.fraction), 0, ENERGY_LIMIT);
    });
  }

  /** G = mean_j h_j^2, or mean_j h_j; Q16 */
  goodness(h: readonly number[]): number {
    let sum = 0;
    for (const value of h) sum += this.settings.meanActivity ? value : value * value;
    return multiplyShift(sum, quotient(2 ** 32, h.length), this.settings.meanActivity ? 24 : 32);
  }

  /** Goodness of every group. */
  goodnesses(h: readonly number[]): number[] {
    return Array.from({ length: h.length / this.group }, (_, k) => this.goodness(h.slice(k * this.group, (k + 1) * this.group)));
  }

  /** The next layer's inputs: h scaled to RMS 1 */
  handOn(h: readonly number[]): Int32Array {
    return toRootMeanSquare(h, this.reciprocal);
  }

  /**
   * r_j = +-e h_j (mean activity: +-e where h_j > 0), e of the unit's group, then the update of every patch from its own window, where anything in it is pulled.
   * Positive data also moves the means of peer normalisation, and adds lambda (mean of means - own mean) to r_j. A group that was not wrong enough is left
   * alone. True where one was.
   */
  correct(z: Int32Array, v: readonly number[], h: readonly number[], errors: readonly number[], positive: boolean, rate: number, random: Generator): boolean {
    const { meanActivity, sign, alpha, margin, peers } = this.settings;
    const pulled = positive && peers > 0;
    if (pulled) this.means.forEach((mean, j) => { this.means[j] = mean + shiftRight((h[j] * 16 - mean) * 16 + 1024, 11); });
    const wrong = errors.map((error) => (error < margin ? 0 : error));
    if (wrong.every((error) => error === 0)) return false;
    const common = multiplyShift(this.means.reduce((sum, mean) => sum + mean, 0), this.reciprocal, 32);
    const r = h.map((value, j) => {
      const error = wrong[quotient(j, this.group)];
      if (error === 0) return 0;
      const e = (positive ? sign : -sign) * error;
      const drive = meanActivity ? (value > 0 ? 256 : 0) : value;
      const pull = roundShift(e * drive, 14) + (pulled ? roundShift(peers * (common - this.means[j]), 15) : 0);
      return clamp(pull, -16383, 16383); // Q9, +-32: e h fits
    });
    const pace = Math.min(multiplyShift(rate, alpha, 8), 2 ** 19); // eta alpha, Q16
    const { channels } = this.shape;
    this.patches.forEach((rows, p) => {
      const pulls = r.slice(p * channels, (p + 1) * channels);
      if (pulls.some((pull) => pull !== 0)) rows.update([...this.window(p, z), ...v], pulls, 9, pace, random);
    });
    return true;
  }

  /** p = sigmoid(sign alpha (G - theta)); 1 - p for positive data, p for negative; Q15 */
  thresholdError(goodness: number, positive: boolean): number {
    const { sign, theta } = this.settings;
    return logistic((positive ? -sign : sign) * this.octaves(goodness - theta));
  }

  /** 1 - sigmoid(sign alpha (G+ - G-)), Q15 */
  pairError(goodnessOfPositive: number, goodnessOfNegative: number): number {
    return logistic(-this.settings.sign * this.octaves(goodnessOfPositive - goodnessOfNegative));
  }

  private octaves(difference: number): number {
    return octavesOf(difference, this.settings.alpha);
  }

  private window(p: number, z: Int32Array): number[] {
    return this.shape.windows[p].map((i) => z[i]);
  }
}

/** sharpness (Q8) times a difference of goodness (Q16), in octaves Q10 */
export function octavesOf(difference: number, sharpness: number): number {
  return clamp(Number((BigInt(difference) * BigInt(shiftRight(sharpness * LOG2_E, 8))) >> 16n), -0x7fff, 0x7fff);
}

/** 1 / (1 + 2^-t), Q15; t in octaves Q10 */
function logistic(t: number): number {
  const small = exp2Negative(Math.abs(t));
  const low = quotient(small * 2 ** 15, 65536 + small);
  return t < 0 ? low : 32767 - low;
}

/** x scaled to RMS 1, Q8; reciprocal is 2^32 / how many they are */
export function toRootMeanSquare(x: ArrayLike<number>, reciprocal: number): Int32Array {
  let energy = 0;
  for (let i = 0; i < x.length; i++) energy += x[i] * x[i];
  const meanSquare = multiplyShift(energy, reciprocal, 24); // Q24
  if (meanSquare === 0) return new Int32Array(x.length);
  const { root, by } = normalisedRoot(meanSquare); // sqrt(meanSquare) = root / 2^(by / 2)
  const inverse = Math.min(quotient(2 ** 30, root), 0x7fff);
  return Int32Array.from(x, (value) => clamp(roundShift(value * inverse, 18 - by / 2), -ACTIVITY_LIMIT, ACTIVITY_LIMIT));
}
