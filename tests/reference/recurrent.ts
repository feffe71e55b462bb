// The judge of the recurrent core: the whole network once more, in plain integers. docs/recurrent.md has the formulas. The cores must agree with it byte
// for byte.

import { ENERGY_LIMIT, bitLength, clamp, exp2Negative, leading, multiplyShift, quotient, roundShift, saturate16, shiftRight, squareRoot, weyl } from './arithmetic.js';
import { padded } from './layer.js';
import { Normaliser } from './normaliser.js';
import { Generator } from './random.js';
import { Rows, toRootMeanSquare } from './two-pass-layer.js';

/** A configuration as the core gets it: integers. */
export interface RecurrentIntegers {
  inputs: number;
  labels: number;
  units: readonly number[];
  bits: 8 | 16;
  seed: number;
  rate: number; // eta, Q16
  alpha: number; // Q8
  margin: number; // Q15
  clip: number; // Q8
  scale?: number; // binary32 bits of a fixed scale instead of the running standardisation
  gateDivisor: number;
  iterations: number;
  countFrom: number;
  carry: boolean;
  stateDrop: number; // Q16
}

const LOG2_E = 1477; // Q10

class RecurrentLayer {
  readonly below: Rows; // W, b: from the layer below, or the sample
  readonly V: Int32Array[]; // [labels][units] Q8
  above?: Rows; // U, c: from the state of the layer above, `upper` units; the topmost layer has none
  s: number[]; // [units] Q8, the damped activity
  z: Int32Array; // [units] Q8, what the neighbours see of it
  a: number[] = []; // [units] Q8
  readonly e: number[] = []; // [labels] Q15
  private readonly reciprocal: number; // 2^32 / units

  constructor(readonly n: number, readonly m: number, readonly upper: number, readonly config: RecurrentIntegers, random: Generator) {
    this.below = new Rows(m, n, config.bits, undefined, n + upper);
    this.below.draw(random);
    this.V = Array.from({ length: config.labels }, () => Int32Array.from({ length: m }, () => shiftRight(random.gaussian(), 5)));
    this.s = new Array<number>(m).fill(0);
    this.z = new Int32Array(m);
    this.reciprocal = quotient(2 ** 32, m);
  }

  /** U ~ N(0, 1/(4 n)) */
  drawAbove(random: Generator): void {
    const { upper: n, config: { bits } } = this;
    const rows = new Rows(this.m, n, bits, undefined, this.n + n);
    const root = squareRoot(n * 65536); // Q8
    for (const row of rows.W) {
      for (let i = 0; i < n; i++) {
        const drawn = Math.trunc((random.gaussian() * 2 ** (rows.fraction - 4)) / root); // N(0, 1/n) in Q(fraction + 1)
        const weight = shiftRight(drawn + 2, 2);
        row[i] = bits === 8 ? clamp(weight, -127, 127) : weight;
      }
    }
    this.above = rows;
  }

  /** g(c) = mean_j max(0, a_j + V_jc)^2, Q16 */
  goodness(): number[] {
    return this.V.map((gates) => multiplyShift(this.a.reduce((sum, a, j) => sum + activity(a, gates[j]) ** 2, 0), this.reciprocal, 32));
  }

  /** e(c) = [c = y] - softmax_c(alpha g(c)), Q15; returns e(y) */
  judge(goodness: readonly number[], y: number): number {
    const best = Math.max(...goodness);
    const sharpness = shiftRight(this.config.alpha * LOG2_E, 8); // Q10
    const likelihood = goodness.map((g) => exp2Negative(Math.min(shiftRight((best - g) * sharpness, 16), 0x7fff)));
    const total = Math.max(likelihood.reduce((sum, value) => sum + value), 2 ** 16);
    const by = bitLength(total) - 17;
    const reciprocal = Math.min(quotient(2 ** 32 - 1, shiftRight(total, by)), 2 ** 16 - 1);
    likelihood.forEach((value, c) => {
      const p = shiftRight(value * reciprocal, 17 + by);
      this.e[c] = c === y ? 32767 - p : -p;
    });
    return this.e[y];
  }

  /** r_j = sum_c e(c) h_j(c), Q10; V_jc += eta_v alpha e(c) h_j(c), rounded stochastically */
  pull(etaAlpha: number, start: number): number[] {
    const gateRate = quotient(etaAlpha * 8, this.config.gateDivisor);
    const r = this.a.map(() => 0);
    this.V.forEach((gates, c) => {
      const e = this.e[c];
      if (e === 0) return;
      const factor = clamp(roundShift(e * gateRate, 12), -32767, 32767);
      this.a.forEach((a, j) => {
        const h = activity(a, gates[j]);
        r[j] += e * h;
        gates[j] = saturate16(gates[j] + Math.floor((factor * h + leading(weyl(start, j), 15) * 8) / 2 ** 18));
      });
    });
    return r.map((sum) => clamp(roundShift(sum, 13), -8191, 8191));
  }

  /** eta alpha / ((|z|^2 + n) / 2), z and n of both sides; states count with their RMS of 1. `length`: |z|^2 from below, Q16 */
  factor(length: number, etaAlpha: number): number {
    const divisor = shiftRight(length + (this.n + 2 * this.upper) * 65536, this.below.lengthShift + 1);
    return Math.min(shiftRight(quotient(2 ** 31, divisor) * etaAlpha, 12), 2 ** 17 - 1);
  }

  /** z = s scaled to RMS 1; while learning each is 0 with the probability `drop`, Q16: a random number for two lanes of the core */
  show(drop: number, random: Generator): void {
    this.z = toRootMeanSquare(this.s, this.reciprocal);
    if (drop === 0) return;
    for (let j = 0; j < padded(this.m); j += 2) {
      const bits = random.next();
      if ((bits & 0xffff) < drop) this.z[j] = 0; // beyond the last unit nothing happens
      if (bits >>> 16 < drop) this.z[j + 1] = 0;
    }
  }
}

export class RecurrentReference {
  seen = 0;
  updates = 0;
  rate: number; // Q16
  /** Samples since the last reset; counted where states are carried on. */
  samples = 0;
  readonly random: Generator;
  readonly normaliser: Normaliser;
  readonly layers: RecurrentLayer[];
  scores: number[]; // [labels] Q16

  constructor(readonly config: RecurrentIntegers) {
    const { inputs, units } = config;
    this.rate = config.rate;
    this.random = new Generator(config.seed);
    this.normaliser = new Normaliser(inputs, config.scale, config.clip);
    this.layers = units.map((m, l) => new RecurrentLayer(l === 0 ? inputs : units[l - 1], m, units[l + 1] ?? 0, config, this.random));
    for (const layer of this.layers.slice(0, -1)) layer.drawAbove(this.random);
    this.scores = new Array<number>(config.labels).fill(0);
  }

  reset(): void {
    this.samples = 0;
  }

  predict(x: ArrayLike<number>): number {
    this.watch(x, -1);
    return Math.max(0, this.scores.indexOf(Math.max(...this.scores)));
  }

  learn(x: ArrayLike<number>, label: number): number {
    this.normaliser.observe(x, this.seen);
    const updated = this.watch(x, label);
    this.seen++;
    this.updates += updated;
    return updated;
  }

  private watch(x: ArrayLike<number>, label: number): number {
    const { layers, random, config: { carry, stateDrop, iterations, countFrom, alpha, margin } } = this;
    const learning = label >= 0;
    const drop = learning ? stateDrop : 0;
    const [first] = layers;
    const sample = this.normaliser.standardise(x);
    const length = sample.reduce((sum, value) => sum + value * value, 0);
    const still = first.below.sense(sample);
    const etaAlpha = Math.min(shiftRight(this.rate * alpha, 12), 0x7fff); // Q12
    const fromBelow = (l: number): number[] => (l === 0 ? [...still] : layers[l].below.sense(layers[l - 1].z));
    this.scores.fill(0);

    layers.forEach((layer, l) => {
      if (!carry || this.samples === 0) layer.s = fromBelow(l).map((a) => Math.max(0, a));
      layer.show(drop, random);
    });
    this.samples++;

    let updated = 0;
    const pulls = first.s.map(() => 0); // summed over iterations, Q10
    let pulled = false;
    for (let t = 1; t <= iterations; t++) {
      layers.forEach((layer, l) => {
        layer.a = fromBelow(l);
        if (layer.above) layer.above.sense(layers[l + 1].z).forEach((a, j) => { layer.a[j] = clamp(layer.a[j] + a, -ENERGY_LIMIT, ENERGY_LIMIT); });
        const goodness = layer.goodness();
        if (t >= countFrom) goodness.forEach((g, c) => { this.scores[c] += g; });
        if (learning && layer.judge(goodness, label) >= margin) {
          const r = layer.pull(etaAlpha, random.next());
          const factor = layer.factor(l === 0 ? length : layer.n * 65536, etaAlpha);
          if (l > 0) layer.below.step(layers[l - 1].z, r, factor, 13, random);
          else r.forEach((value, j) => { pulls[j] = clamp(pulls[j] + value, -32767, 32767); });
          layer.above?.step(layers[l + 1].z, r, factor, 13, random);
          updated++;
          if (l === 0) pulled = true;
        }
        layer.s = layer.s.map((s, j) => roundShift(s * 9830 + Math.max(0, layer.a[j]) * 22938, 15)); // 0.3 and 0.7
      });
      for (const layer of layers) layer.show(drop, random);
    }
    if (pulled) first.below.step(sample, pulls.map((sum) => roundShift(sum, 2)), first.factor(length, etaAlpha), 11, random);
    return updated;
  }
}

/** h = max(0, a + V), saturated */
const activity = (a: number, v: number): number => clamp(a + v, 0, ENERGY_LIMIT);
