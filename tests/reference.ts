// The judge: the learner once more, in plain integers, to be believed by reading. The cores must agree with it byte for byte.
//
// It shares nothing with assembly/ but the definition: plain rows and columns without padding, exact integers instead of
// wrapping ones, the textbook form of every formula, its own tables. reference/layer.ts is learning rule 1; state.ts lays
// the result out as the core keeps it, for comparison only.

import { extractFeatures } from './reference/features.js';
import { Layer } from './reference/layer.js';
import { Normaliser } from './reference/normaliser.js';
import { Generator } from './reference/random.js';
import { restore, stateOf } from './reference/state.js';

/** A configuration as the core gets it: integers. */
export interface IntegerConfig {
  inputs: number;
  labels: number;
  units: readonly number[];
  bits: 8 | 16;
  skipInput: boolean;
  selfRate: boolean;
  seed: number;
  rate: number; // eta, Q16
  alpha: number; // Q8
  margin: number; // Q15
  clip: number; // Q8
  gateDivisor: number; // eta_v = eta / this
  scale?: number; // binary32 bits of a fixed scale instead of the running standardisation
  window?: { axes: number; samples: number };
}

export class ReferenceLearner {
  seen = 0;
  updates = 0;
  labels: number; // in use: columns 0 to labels - 1
  rate: number; // Q16
  boost = 65536; // Q16, start boost of the self-finding rate
  readonly random: Generator;
  readonly normaliser: Normaliser;
  readonly layers: Layer[];
  /** Goodness per label, summed over layers, Q16. */
  readonly scores: number[];

  constructor(readonly config: IntegerConfig) {
    const { inputs, labels, units, bits, selfRate, alpha, margin, gateDivisor } = config;
    this.labels = labels;
    this.rate = config.rate;
    this.random = new Generator(config.seed);
    this.normaliser = new Normaliser(inputs, config.scale, config.clip);
    this.layers = units.map((count, l) => {
      const own = l === 0 ? inputs : units[l - 1];
      const skipped = l > 0 && config.skipInput ? inputs : 0;
      return new Layer({ own, skipped, units: count, labels, bits, selfRate, alpha, margin, gateDivisor }, this.random);
    });
    this.scores = new Array<number>(labels).fill(0);
  }

  /** Label of the greatest score. `x` holds binary32 bit patterns; NaN is a missing value. Changes nothing that is learned. */
  predict(x: ArrayLike<number>): number {
    this.sweep(x, () => {});
    return this.scores.indexOf(Math.max(...this.scores));
  }

  /** One step: the standardiser first, then layer by layer sense and correct. Returns how many layers were updated. */
  learn(x: ArrayLike<number>, y: number): number {
    this.normaliser.observe(x, this.seen);
    let updated = 0;
    this.sweep(x, (layer, z) => {
      if (layer.correct(z, y, this.rate, this.boost, this.random)) updated++;
    });
    this.seen++;
    this.updates += updated;
    this.boost -= Math.floor((this.boost + 255) / 256);
    return updated;
  }

  /** Lets only the standardiser see a sample. */
  adapt(x: ArrayLike<number>): void {
    this.normaliser.observe(x, this.seen);
  }

  /** Features of a raw window, both as binary32 bit patterns. */
  extract(window: ArrayLike<number>): Uint32Array {
    const { axes, samples } = this.config.window!;
    return extractFeatures(window, axes, samples);
  }

  state(): Uint8Array {
    return stateOf(this);
  }

  load(state: Uint8Array): void {
    restore(this, state);
  }

  /** Hands a sample from layer to layer; each layer is done with before the next begins. */
  private sweep(x: ArrayLike<number>, visit: (layer: Layer, z: Int32Array) => void): void {
    const sample = this.normaliser.standardise(x);
    this.scores.fill(0);
    let z = sample;
    for (const layer of this.layers) {
      layer.sense(z);
      for (let c = 0; c < this.scores.length; c++) this.scores[c] += layer.g[c];
      visit(layer, z);
      const neutral = layer.neutralActivity();
      z = this.config.skipInput ? Int32Array.of(...neutral, ...sample) : neutral;
    }
  }
}
