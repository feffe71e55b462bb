/**
 * The rivals: softmax regression (no hidden layer) and multi-layer perceptrons (ReLU, He initialisation), trained by backpropagation of the
 * cross-entropy at batch size 1. Plain float64, plain SGD, online standardisation as in onward; onward's skip rule (`margin`) and its
 * self-finding rate are available to them too.
 */
import { FoundRate } from './found-rate.js';
import { Random } from './random.js';
import { Standardiser } from './standardiser.js';

export interface MlpConfig {
  inputs: number;
  hidden: readonly number[]; // [] = logistic regression
  labels: number;
  rate: number;
  seed?: number;
  margin?: number; // no update when 1 - p(y) is below this; 0 = always update
  selfRate?: boolean;
  clip?: number; // of the standardised input
  inputScale?: number; // instead of standardisation
}

interface Layer {
  inputs: number;
  units: number;
  weights: Float64Array; // [units, inputs]
  biases: Float64Array; // [units]
  out: Float64Array; // [units] activity; the last layer's are the logits, then the probabilities
  delta: Float64Array; // [units] minus the gradient of the loss by the pre-activation
  rate: FoundRate | undefined;
}

export class Mlp {
  readonly layers: Layer[] = [];
  updates = 0;
  rate: number;
  private seen = 0;
  private readonly margin: number;
  private readonly scale: number;
  private readonly standardiser: Standardiser | undefined;
  private readonly scaled: Float64Array;

  constructor(config: MlpConfig) {
    const random = new Random(config.seed ?? 1);
    const sizes = [config.inputs, ...config.hidden, config.labels];
    for (let l = 0; l + 1 < sizes.length; l++) {
      const inputs = sizes[l];
      const units = sizes[l + 1];
      this.layers.push({
        inputs,
        units,
        // Regression starts at zero: every label equally likely. An MLP's output layer starts like its hidden ones: zero cost it 0.5 points on letter.
        weights: sizes.length === 2 ? new Float64Array(units * inputs) : random.normals(units * inputs, Math.sqrt(2 / inputs)),
        biases: new Float64Array(units),
        out: new Float64Array(units),
        delta: new Float64Array(units),
        rate: config.selfRate ? new FoundRate(units, inputs) : undefined,
      });
    }
    this.rate = config.rate;
    this.margin = config.margin ?? 0;
    this.scale = config.inputScale ?? 0;
    this.standardiser = this.scale > 0 ? undefined : new Standardiser(config.inputs, config.clip ?? 3);
    this.scaled = new Float64Array(config.inputs);
  }

  /** Probabilities of the labels (reused array); changes nothing that is learned. */
  score(x: ArrayLike<number>): Float64Array {
    return this.forward(this.input(x));
  }

  predict(x: ArrayLike<number>): number {
    return argmax(this.score(x));
  }

  /** Predicts, then learns; the label predicted before learning. */
  step(x: ArrayLike<number>, y: number): number {
    this.standardiser?.observe(x);
    const z = this.input(x);
    const p = this.forward(z);
    const best = argmax(p);
    if (1 - p[y] >= this.margin) this.backward(z, y);
    this.seen++;
    return best;
  }

  forward(z: Float64Array): Float64Array {
    for (let l = 0; l < this.layers.length; l++) {
      const { inputs, units, weights, biases, out } = this.layers[l];
      const last = l + 1 === this.layers.length;
      for (let j = 0, w = 0; j < units; j++) {
        let a = biases[j];
        for (let i = 0; i < inputs; i++) a += weights[w++] * z[i];
        out[j] = a > 0 || last ? a : 0;
      }
      z = out;
    }
    let top = -Infinity;
    for (const a of z) if (a > top) top = a;
    let sum = 0;
    for (let c = 0; c < z.length; c++) sum += z[c] = Math.exp(z[c] - top);
    for (let c = 0; c < z.length; c++) z[c] /= sum;
    return z;
  }

  /** One step against the gradient, after forward(z). Every layer's delta is computed with the weights before the step. */
  backward(z: Float64Array, y: number): void {
    this.updates++;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, units, weights, biases, out, delta, rate } = this.layers[l];
      if (l + 1 === this.layers.length) for (let c = 0; c < units; c++) delta[c] = (c === y ? 1 : 0) - out[c];
      const below = l > 0 ? this.layers[l - 1] : undefined;
      const from = below ? below.out : z;
      if (below) {
        below.delta.fill(0);
        for (let j = 0; j < units; j++) {
          const d = delta[j];
          if (d === 0) continue;
          for (let i = 0, w = j * inputs; i < inputs; i++) below.delta[i] += d * weights[w++];
        }
        for (let i = 0; i < inputs; i++) if (below.out[i] === 0) below.delta[i] = 0;
      }
      const eta = this.rate * (rate ? rate.next(delta, from, this.seen) : 1);
      for (let j = 0; j < units; j++) {
        const step = eta * delta[j];
        if (step === 0) continue;
        biases[j] += step;
        for (let i = 0, w = j * inputs; i < inputs; i++) weights[w++] += step * from[i];
      }
    }
  }

  private input(x: ArrayLike<number>): Float64Array {
    if (this.standardiser) return this.standardiser.standardise(x);
    for (let i = 0; i < this.scaled.length; i++) this.scaled[i] = x[i] * this.scale;
    return this.scaled;
  }
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c] > values[best]) best = c;
  return best;
}
