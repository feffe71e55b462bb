// The regressor in integers, as the formulas stand (docs/arithmetic-others.md): bins of the target by learning rule 1, a linear prediction, the last
// known target and error, blended; and the interval.

import { clamp, exp2, exp2Negative, log2, multiplyShift, quotient, roundShift, shiftRight } from './arithmetic.js';
import { Decorrelator } from './decorrelation.js';
import { Layer } from './layer.js';
import { Channel, Normaliser, decode, unitsOf } from './normaliser.js';
import { Generator } from './random.js';

/** A configuration as the core gets it: integers. */
export interface RegressorIntegers {
  /** With the lags. */
  inputs: number;
  bins: number;
  units: readonly number[];
  bits: 8 | 16;
  seed: number;
  rate: number; // eta, Q16
  alpha: number; // Q8
  margin: number; // Q15
  clip: number; // Q8
  gateDivisor: number;
  horizon: number;
  lags: number;
}

const LIMIT = 65535; // 16 deviations, Q12
const CENTRE_LIMIT = LIMIT * 256;
const MISSING = 0x7fc00000;

/** a / b without its fraction, exact for |a| < 2^53. */
const truncated = (a: number, b: number): number => (a - (a % b)) / b;

/** A running ratio: how far from one prediction towards another. */
export interface Blend {
  agreement: number; // Q24
  difference: number; // Q24
}

/** In units of 2^exponent. */
export interface Known {
  target: number;
  predicted: number;
  exponent: number;
  isThere: boolean;
}

export class RegressorReference {
  seen = 0;
  updates = 0;
  rate: number; // Q16
  boost = 65536; // Q16
  readonly random: Generator;
  readonly normaliser: Normaliser;
  readonly layers: Layer[];
  readonly decorrelator: Decorrelator;
  target = new Channel();
  /** Of targets since their channel began, in units of 2^exponent. */
  span = { lowest: 0, highest: 0, exponent: 0, isThere: false };
  farOff = 0; // targets in a row beyond 64 deviations
  learned = 0; // targets, at most 400
  readonly blends: Blend[] = [0, 1, 2].map(() => ({ agreement: 0, difference: 16384 }));
  below = 2 ** 20; // Q20
  above = 2 ** 20;
  centres: number[]; // Q20, ascending
  readonly weights: number[]; // of the inputs, and the bias; Q20
  known: Known[];
  lags: number[]; // binary32 bits

  constructor(readonly config: RegressorIntegers) {
    const { inputs, bins, units, bits, alpha, margin, gateDivisor, horizon, lags } = config;
    this.rate = config.rate;
    this.random = new Generator(config.seed);
    this.normaliser = new Normaliser(inputs, undefined, config.clip);
    this.decorrelator = new Decorrelator(inputs);
    this.layers = units.map((count, l) => new Layer({
      own: l === 0 ? inputs : units[l - 1], skipped: l === 0 ? 0 : inputs, isFirst: l === 0, units: count, labels: bins,
      bits: l === 0 && inputs <= 8 ? 16 : bits, selfRate: true, alpha, margin, gateDivisor,
    }, this.random));
    this.centres = Array.from({ length: bins }, (_, k) => quotient((2 * k + 1) * 2 ** 21, bins) - 2 ** 21);
    this.weights = new Array<number>(inputs + 1).fill(0);
    this.known = Array.from({ length: horizon }, () => ({ target: 0, predicted: 0, exponent: 0, isThere: false }));
    this.lags = new Array<number>(lags === 0 ? 0 : horizon - 1 + lags).fill(MISSING);
  }

  /** Forgets what was known of targets. */
  begin(): void {
    for (const known of this.known) Object.assign(known, { target: 0, predicted: 0, exponent: 0, isThere: false });
    this.lags.fill(MISSING);
  }

  /** Value, low and high in units of 2^exponent of the target. `x` holds binary32 bit patterns without the lags; it changes nothing that is learned. */
  predict(x: ArrayLike<number>): number[] {
    const sample = this.normaliser.standardise(this.withLags(x, 0));
    const scores = this.sweep(sample, () => {});
    const { last } = this.blended(this.expected(scores), this.linear(sample), this.known[0]);
    return [last, last - shiftRight(this.below + 255, 8), last + shiftRight(this.above + 255, 8)].map((t) => this.valueOf(t));
  }

  /** One step with a target as binary32 bits; NaN is not known. Returns how many layers were updated. */
  learn(x: ArrayLike<number>, y: number): number {
    const { inputs, horizon } = this.config;
    const asked = horizon - 1;
    const row = this.withLags(x, asked);
    this.normaliser.observe(row, this.seen);
    if (this.lags.length > 0) this.lags = [y, ...this.lags.slice(0, -1)];
    if (decode(y).missing) {
      this.known = [this.known[0], ...this.known].slice(0, horizon);
      return 0;
    }
    const sample = this.normaliser.standardise(row);
    this.decorrelator.follow(sample, this.random);
    const t = this.observeTarget(y, this.seen + inputs);
    const units = unitsOf(y, this.target.exponent);

    const { label, shared } = this.share(t);
    const direction = this.decorrelator.along(sample);
    const learns = horizon === 1 || multiplyShift(this.random.next(), horizon, 32) === 0; // one in so many: what is learned is as old as when it was asked
    let updated = 0;
    const scores = this.sweep(sample, (layer, z) => {
      if (learns && layer.correct(z, label, this.rate, this.boost, this.random, undefined, false, { shared, direction })) updated++;
    });
    this.updates += updated;

    const line = this.linear(sample);
    const { steps, second, last } = this.blended(this.expected(scores), line, this.known[asked]);
    if (learns) {
      steps.forEach(({ one, other }, k) => {
        const blend = this.blends[k];
        blend.agreement += (other - one) * (t - one) - shiftRight(blend.agreement, 10);
        blend.difference += (other - one) ** 2 - shiftRight(blend.difference, 10);
      });
      this.followInterval(t - last);
      this.moveLinear(t - line, direction);
      this.followBins(t);
      this.boost -= Math.floor((this.boost + 255) / 256);
      this.learned = Math.min(400, this.learned + 1);
    }
    this.known = [{ target: units, predicted: this.valueOf(second), exponent: this.target.exponent, isThere: true }, ...this.known].slice(0, horizon);
    this.seen++;
    return updated;
  }

  /** A sample and the known targets, of which `age` came after it was asked about. */
  private withLags(x: ArrayLike<number>, age: number): number[] {
    return [...Array.from(x), ...this.lags.slice(age, age + this.config.lags)];
  }

  /** After 16 in a row beyond 64 deviations, the target's channel begins anew. */
  private observeTarget(y: number, turn: number): number {
    const { variance, mean, shift, exponent } = this.target;
    const isFar = variance !== 0 && Math.floor(Math.abs(unitsOf(y, exponent) - mean) / 2 ** shift) > 64 * 2048;
    this.target.observe(y, turn);
    this.farOff = isFar ? this.farOff + 1 : 0;
    const isAfresh = this.farOff === 16;
    if (isAfresh) {
      this.farOff = 0;
      this.target = new Channel();
      this.target.observe(y, turn);
      this.span.isThere = false;
    }
    const units = unitsOf(y, this.target.exponent);
    const all = this.span.isThere ? [units, ...this.spanned()] : [units];
    this.span = { lowest: Math.min(...all), highest: Math.max(...all), exponent: this.target.exponent, isThere: true };
    return isAfresh ? 0 : this.deviations(units);
  }

  /** Least and greatest target, in units of the channel. */
  private spanned(): [number, number] {
    const { lowest, highest, exponent } = this.span;
    return [this.inUnits(lowest, exponent), this.inUnits(highest, exponent)];
  }

  private inUnits(value: number, exponent: number): number {
    const by = clamp(exponent - this.target.exponent, -31, 31);
    return clamp(Math.floor(value * 2 ** by), -(2 ** 27 - 1), 2 ** 27 - 1);
  }

  /** t = (compressed(y) - mean) / deviation, Q12 */
  private deviations(units: number): number {
    const { compression, mean, inverse } = this.target;
    return clamp(roundShift(this.target.scaled(compression.compressed(units) - mean) * inverse, 14), -LIMIT, LIMIT);
  }

  /** The same of units of 2^exponent. */
  private deviationsOf(value: number, exponent: number): number {
    return this.deviations(this.inUnits(value, exponent));
  }

  /** mean + t deviation, and back from what is compressed, within one and a half spans of what came; in units */
  private valueOf(t: number): number {
    const value = this.expanded(t);
    if (!this.span.isThere) return value;
    const [lowest, highest] = this.spanned();
    const half = shiftRight(highest - lowest, 1);
    return clamp(value, lowest - half, highest + half);
  }

  private expanded(t: number): number {
    const { mean, inverse, shift, compression: { centre, reach } } = this.target;
    const wide = shift >= 0 ? BigInt(t) << BigInt(14 + shift) : (BigInt(t) << 14n) >> BigInt(-shift);
    const value = clamp(mean + (inverse === 0 ? 0 : Number(wide / BigInt(inverse))), -(2 ** 30), 2 ** 30);
    const size = Math.abs(value - centre);
    if (size <= reach) return value;
    const nats = Math.min(quotient((size - reach) * 1024, reach), 31 * 1024); // Q10
    const distance = exp2(Math.min(30 * 1024, log2(reach) + shiftRight(nats * 1477, 10)));
    return centre + Math.sign(value - centre) * distance;
  }

  /** The first centre above a target, or the last; the one before takes the share that it is nearer to it. */
  private share(t: number): { label: number; shared: number } {
    const { centres } = this;
    const above = centres.findIndex((centre) => centre >= t * 256);
    if (above < 0) return { label: centres.length - 1, shared: 0 };
    if (above === 0 || centres[above] === t * 256) return { label: above, shared: 0 };
    return { label: above, shared: quotient((centres[above] - t * 256) * 32767, centres[above] - centres[above - 1]) };
  }

  /** sum p c / sum p, p = 2^-(alpha / layers log2 e (best - score)), Q12 */
  private expected(scores: readonly number[]): number {
    const { alpha, units } = this.config;
    const sharpness = quotient(shiftRight(alpha * 1477, 8), units.length);
    const best = Math.max(...scores);
    const likelihood = scores.map((score) => exp2Negative(Math.min(shiftRight((best - score) * sharpness, 16), 0x7fff)));
    const sum = likelihood.reduce((all, p, k) => all + p * this.centres[k], 0);
    return truncated(sum, likelihood.reduce((all, p) => all + p, 0) * 256);
  }

  /** c_k += e s ([t > c_k] - 1 + (2k + 1) / 2K), then sorted */
  private followBins(t: number): void {
    const { centres } = this;
    const count = centres.length;
    const rate = Math.max(1311, quotient(8 * 65536, this.learned + 8)); // Q16
    const spread = quotient(centres[count - 1] - centres[0], count) + 2 ** 14;
    const step = shiftRight(rate * spread, 16);
    this.centres = centres
      .map((centre, k) => clamp(centre + shiftRight(step * ((t * 256 > centre ? 65536 : 0) - quotient((2 * (count - k) - 1) * 32768, count)), 16), -CENTRE_LIMIT, CENTRE_LIMIT))
      .sort((a, b) => a - b);
  }

  /** w z + b, Q12 */
  private linear(z: Int32Array): number {
    let sum = this.weights[z.length] * 256;
    for (let i = 0; i < z.length; i++) sum += this.weights[i] * z[i];
    return clamp(roundShift(sum, 16), -LIMIT, LIMIT);
  }

  /** w += k d, b += k, k = rate error / ((z'd + n) / 2) */
  private moveLinear(error: number, { d, length }: { d: Int32Array; length: number }): void {
    const n = d.length;
    const rate = 6554 + shiftRight(6554 * 3 * this.boost, 16); // Q16
    const k = truncated(error * rate * 4096, shiftRight(length + n * 65536, 1)); // Q24
    const held = (weight: number): number => clamp(weight, -(2 ** 29), 2 ** 29);
    for (let i = 0; i < n; i++) this.weights[i] = held(this.weights[i] + roundShift(k * d[i], 12));
    this.weights[n] = held(this.weights[n] + roundShift(k, 4));
  }

  /** From bins to the linear prediction, and where a target is known, to that, and by its error. */
  private blended(bins: number, line: number, known: Known): { steps: { one: number; other: number }[]; second: number; last: number } {
    const first = this.towards(0, bins, line, 0);
    const steps = [{ one: bins, other: line }];
    if (!known.isThere) return { steps, second: first, last: first };
    const target = this.deviationsOf(known.target, known.exponent);
    const error = target - this.deviationsOf(known.predicted, known.exponent);
    const second = this.towards(1, first, target, 0);
    const last = clamp(this.towards(2, second, second + error, -32768), -LIMIT, LIMIT);
    return { steps: [...steps, { one: first, other: target }, { one: second, other: second + error }], second, last };
  }

  /** a + g (b - a), g = agreement / difference within `least` and 1 */
  private towards(index: number, one: number, other: number, least: number): number {
    const { agreement, difference } = this.blends[index];
    const share = clamp(Number((BigInt(agreement) * 32768n) / BigInt(difference)), least, 32768);
    return one + roundShift(share * (other - one), 15);
  }

  /** d grows by 9 parts of itself where the target lies beyond, and shrinks by one where it does not. */
  private followInterval(miss: number): void {
    const shift = this.learned < 64 ? 4 : 7;
    const followed = (distance: number, beyond: number): number => {
      const part = shiftRight(distance, shift);
      return clamp(distance + (beyond * 256 > distance ? 9 * part : -part), 2 ** 8, 2 ** 25);
    };
    this.below = followed(this.below, -miss);
    this.above = followed(this.above, miss);
  }

  /** Hands a standardised sample from layer to layer; goodness of every bin, summed. */
  private sweep(sample: Int32Array, visit: (layer: Layer, z: Int32Array) => void): number[] {
    const scores = new Array<number>(this.config.bins).fill(0);
    let z = sample;
    for (const layer of this.layers) {
      layer.sense(z);
      layer.g.forEach((goodness, c) => { scores[c] += goodness; });
      visit(layer, z);
      z = Int32Array.of(...layer.neutralActivity(), ...sample);
    }
    return scores;
  }
}
