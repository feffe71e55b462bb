// The judge of the two-pass core: the whole network once more, in plain integers. The cores must agree with it byte for byte.

import { exp2Negative, quotient } from './arithmetic.js';
import { Normaliser } from './normaliser.js';
import { Generator } from './random.js';
import { Rows, TwoPassLayer, octavesOf, toRootMeanSquare } from './two-pass-layer.js';

/** A configuration as the core gets it: integers. */
export interface TwoPassIntegers {
  grid: readonly [height: number, width: number, channels: number];
  /** `field` 0: dense. */
  layers: readonly { units: number; field: number; stride: number }[];
  labels: number;
  bits: 8 | 16;
  sign: 1 | -1;
  meanActivity: boolean;
  normalise: boolean;
  labelInput: boolean;
  pairwise: boolean;
  readout: boolean;
  seed: number;
  rate: number; // eta, Q16
  alpha: number; // Q8
  margin: number; // Q15
  clip: number; // Q8
  scale?: number; // binary32 bits of a fixed scale instead of the running standardisation
  readoutRate: number; // Q16
  theta: number; // Q16
  peers: number; // lambda, Q12
  readoutFrom: number;
  goodnessFrom: number;
  strength: number; // Q8
  hardness: number; // Q8
  group: number;
  readoutDrop: number; // Q16
}

export const padded = (count: number): number => Math.ceil(count / 8) * 8;

/** A sample on its way through the layers. */
interface Passage {
  /** Inputs of the layer at hand, without the label. */
  z: Int32Array;
  /** Values of the label columns; nothing if there are none. */
  v: readonly number[];
  /** Activities of the layer at hand. */
  h: number[];
}

export class TwoPassReference {
  seen = 0;
  updates = 0;
  readouts = 0;
  rate: number; // Q16
  readoutRate: number; // Q16
  readonly random: Generator;
  readonly normaliser: Normaliser;
  readonly layers: TwoPassLayer[] = [];
  readonly readout?: Rows;
  /** Of the labels, Q16: summed goodness, or logits. */
  scores: number[];
  /** Of the layers, Q16, in the last passes: positive (or only), negative. */
  readonly goodness: [number[], number[]] = [[], []];

  constructor(readonly config: TwoPassIntegers) {
    const { grid, labels, bits, sign, alpha, theta, margin, peers, group, meanActivity } = config;
    this.rate = config.rate;
    this.readoutRate = config.readoutRate;
    this.random = new Generator(config.seed);
    this.normaliser = new Normaliser(grid[0] * grid[1] * grid[2], config.scale, config.clip);
    this.scores = new Array<number>(labels).fill(0);
    let [height, width, depth] = grid;
    config.layers.forEach(({ units, field, stride }, l) => {
      const windows: number[][] = [];
      if (field === 0) windows.push(Array.from({ length: height * width * depth }, (_, i) => i));
      const down = field === 0 ? 1 : quotient(height - field, stride) + 1;
      const across = field === 0 ? 1 : quotient(width - field, stride) + 1;
      for (let y = 0; field !== 0 && y < down; y++) {
        for (let x = 0; x < across; x++) {
          const window: number[] = [];
          for (let dy = 0; dy < field; dy++) {
            for (let dx = 0; dx < field; dx++) {
              for (let c = 0; c < depth; c++) window.push(((y * stride + dy) * width + x * stride + dx) * depth + c);
            }
          }
          windows.push(window);
        }
      }
      const shape = { windows, channels: units, labels: l === 0 && config.labelInput ? labels : 0, bits, start: padded(windows[0].length) };
      this.layers.push(new TwoPassLayer(shape, { sign, alpha, theta, margin, peers, group, meanActivity }, this.random));
      [height, width, depth] = [down, across, units];
    });
    this.goodness = [this.layers.map(() => 0), this.layers.map(() => 0)];
    if (!config.readout) return;
    const counts = this.layers.slice(config.readoutFrom).map((layer) => layer.units);
    const columns = counts.flatMap((count, k) => {
      const before = counts.slice(0, k).reduce((sum, units) => sum + padded(units), 0);
      return Array.from({ length: count }, (_, i) => before + i);
    });
    this.readout = new Rows(labels, columns.length, 16, (i) => columns[i]);
  }

  /** The threshold loss on one sample; `label` -1: none. Returns layer updates. */
  learnOne(x: ArrayLike<number>, label: number, positive: boolean): number {
    const passage = this.enter(x, positive);
    let updated = 0;
    this.layers.forEach((layer, l) => {
      this.sense(l, passage, label);
      this.goodness[positive ? 0 : 1][l] = layer.goodness(passage.h);
      const errors = layer.goodnesses(passage.h).map((goodness) => layer.thresholdError(goodness, positive));
      if (this.correct(layer, passage, errors, positive)) updated++;
      passage.z = layer.handOn(passage.h);
    });
    if (positive) this.seen++;
    this.updates += updated;
    return updated;
  }

  /** A pair: layer by layer both forward passes, then both updates. */
  learnPair(positive: ArrayLike<number>, negative: ArrayLike<number>, label: number, negativeLabel: number): number {
    return this.climbPair(this.enter(positive, true), this.enter(negative, false), label, negativeLabel);
  }

  /** A sample under its label, and under a wrong one sampled from what the first layer thinks. */
  learnLabelled(x: ArrayLike<number>, label: number): number {
    const passage = this.enter(x, true);
    const [layer] = this.layers;
    const free = layer.sense(passage.z);
    this.scores = this.scores.map((_, c) => layer.goodness(layer.activate(free, this.columns(c))));
    const { sign, hardness } = this.config;
    const best = Math.max(...this.scores.filter((_, c) => c !== label).map((score) => sign * score));
    const shares = this.scores.map((score, c) => (c === label ? 0 : exp2Negative(octavesOf(best - sign * score, hardness))));
    let left = Number((BigInt(this.random.next()) * BigInt(shares.reduce((sum, share) => sum + share))) >> 32n);
    const wrong = shares.findIndex((share) => {
      if (left < share) return true;
      left -= share;
      return false;
    });
    return this.climbPair({ ...passage }, { ...passage }, label, wrong);
  }

  /** Goodness of every layer under a label. */
  judge(x: ArrayLike<number>, label: number): void {
    this.climb(this.enter(x, false), label);
  }

  predictByGoodness(x: ArrayLike<number>): number {
    const { z } = this.enter(x, false);
    this.scores = this.scores.map((_, c) => {
      this.climb({ z, v: [], h: [] }, c);
      return this.goodness[0].slice(this.config.goodnessFrom).reduce((sum, goodness) => sum + goodness, 0);
    });
    return this.best(this.config.sign);
  }

  /** The label of the greatest logit: W z + b over the normalised activities of the layers from `readoutFrom` on. */
  predict(x: ArrayLike<number>): number {
    this.logits(x);
    return this.best(1);
  }

  /** W_c += rate ([c = label] - softmax_c) z; returns what `predict` would have said. */
  learnReadout(x: ArrayLike<number>, label: number): number {
    const { features } = this.logits(x);
    const said = this.best(1);
    const logits = this.dropped(features);
    const best = Math.max(...logits);
    const likelihood = logits.map((logit) => exp2Negative(quotient((best - logit) * 1477, 256)));
    const total = likelihood.reduce((sum, value) => sum + value);
    const errors = likelihood.map((value, c) => (c === label ? 8191 : 0) - Math.min(quotient(value * 2 ** 13, total), 8191)); // Q13
    this.readout!.update(features, errors, 13, this.readoutRate, this.random);
    this.readouts++;
    return said;
  }

  /** Zeroes features by chance, two columns of the core to a random number; the logits of what is left, or of all of them. */
  private dropped(features: number[]): number[] {
    const { readoutDrop } = this.config;
    const readout = this.readout!;
    if (readoutDrop > 0) {
      const columns = this.layers.slice(this.config.readoutFrom).reduce((sum, layer) => sum + padded(layer.units), 0);
      const bits = Array.from({ length: columns / 2 }, () => this.random.next());
      features.forEach((_, i) => {
        const column = readout.column(i);
        const own = column % 2 === 0 ? bits[column / 2] & 0xffff : bits[(column - 1) / 2] >>> 16;
        if (own < readoutDrop) features[i] = 0;
      });
    }
    const logits = readout.sense(features);
    this.scores = logits.map((logit) => logit * 256);
    return logits;
  }

  private logits(x: ArrayLike<number>): { features: number[] } {
    const features: number[] = [];
    this.climb(this.enter(x, false), -1, (l, z) => {
      if (l >= this.config.readoutFrom) features.push(...z);
    });
    const logits = this.readout!.sense(features);
    this.scores = logits.map((logit) => logit * 256);
    return { features };
  }

  private climbPair(positive: Passage, negative: Passage, label: number, negativeLabel: number): number {
    let updated = 0;
    this.layers.forEach((layer, l) => {
      this.sense(l, positive, label);
      this.sense(l, negative, negativeLabel);
      this.goodness[0][l] = layer.goodness(positive.h);
      this.goodness[1][l] = layer.goodness(negative.h);
      const { pairwise } = this.config;
      const plus = layer.goodnesses(positive.h);
      const minus = layer.goodnesses(negative.h);
      const both = plus.map((_, k) => (plus[k] === minus[k] ? 0 : layer.pairError(plus[k], minus[k])));
      if (this.correct(layer, positive, pairwise ? both : plus.map((g) => layer.thresholdError(g, true)), true)) updated++;
      if (this.correct(layer, negative, pairwise ? both : minus.map((g) => layer.thresholdError(g, false)), false)) updated++;
      positive.z = layer.handOn(positive.h);
      negative.z = layer.handOn(negative.h);
    });
    this.seen++;
    this.updates += updated;
    return updated;
  }

  private climb(passage: Passage, label: number, visit: (layer: number, handedOn: Int32Array) => void = () => {}): void {
    this.layers.forEach((layer, l) => {
      this.sense(l, passage, label);
      this.goodness[0][l] = layer.goodness(passage.h);
      passage.z = layer.handOn(passage.h);
      visit(l, passage.z);
    });
  }

  private correct(layer: TwoPassLayer, { z, v, h }: Passage, errors: readonly number[], positive: boolean): boolean {
    return layer.correct(z, v, h, errors, positive, this.rate, this.random);
  }

  private sense(l: number, passage: Passage, label: number): void {
    passage.v = l === 0 ? this.columns(label) : [];
    passage.h = this.layers[l].activate(this.layers[l].sense(passage.z), passage.v);
  }

  /** Values of the label columns: one-hot, or everything shared out without a label. */
  private columns(label: number): number[] {
    const { labelInput, labels, strength } = this.config;
    if (!labelInput) return [];
    return Array.from({ length: labels }, (_, c) => (label < 0 ? quotient(strength, labels) : c === label ? strength : 0));
  }

  private enter(x: ArrayLike<number>, observing: boolean): Passage {
    if (observing) this.normaliser.observe(x, this.seen);
    const sample = this.normaliser.standardise(x);
    return { z: this.config.normalise ? toRootMeanSquare(sample, quotient(2 ** 32, sample.length)) : sample, v: [], h: [] };
  }

  /** The first of the best. */
  private best(sign: 1 | -1): number {
    const signed = this.scores.map((score) => sign * score);
    return Math.max(0, signed.indexOf(Math.max(...signed)));
  }
}
