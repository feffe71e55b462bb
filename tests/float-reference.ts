/**
 * Learning rule 1 in float: what the integer learner approximates. It is not the judge of the bytes (tests/reference.ts is); it shows what the
 * integers cost. Label-gated Forward-Forward with the half-normalised step, the skip input, the self-finding rate, the start boost, and the
 * margin below which a confident layer is not updated.
 */
import { FoundRate } from '../benchmarks/rivals/found-rate.js';
import { Random } from '../benchmarks/rivals/random.js';
import { Standardiser } from '../benchmarks/rivals/standardiser.js';

export interface FloatConfig {
  inputs: number;
  labels: number;
  units?: readonly number[];
  seed?: number;
  skipInput?: boolean; // layers after the first also see the standardised input
  selfRate?: boolean;
  halfNormalised?: boolean; // the step is divided by (|z|^2 + n) / 2; else by n
  rate?: number; // eta
  gateRate?: number; // eta_v as a share of eta
  alpha?: number;
  margin?: number; // a layer whose 1 - p(y) is below this is not updated
  clip?: number;
  inputScale?: number; // instead of the running standardisation
}

interface Layer {
  inputs: number;
  units: number;
  weights: Float64Array; // [units, inputs]
  biases: Float64Array; // [units]
  gates: Float64Array; // [labels, units]
  z: Float64Array; // [inputs]: the neutral activity of the layer before, then the standardised input
  a: Float64Array; // [units] pre-activation, label-free
  r: Float64Array; // [units] residual: sum over labels of e(c) h(c)
  rate: FoundRate | undefined;
}

export class FloatLearner {
  readonly layers: Layer[] = [];
  updates = 0; // layer updates done
  rate: number;
  private seen = 0;
  private readonly alpha: number;
  private readonly margin: number;
  private readonly gateRate: number;
  private readonly halfNormalised: boolean;
  private readonly scale: number;
  private readonly standardiser: Standardiser | undefined;
  private readonly goodness: Float64Array; // [labels] of one layer, then p, then e
  private readonly total: Float64Array; // [labels] summed over layers

  constructor(config: FloatConfig) {
    const { inputs, labels, units = [64, 64], skipInput = true, selfRate = true } = config;
    const random = new Random(config.seed ?? 1);
    for (let l = 0; l < units.length; l++) {
      const m = units[l];
      const n = l === 0 ? inputs : units[l - 1] + (skipInput ? inputs : 0);
      this.layers.push({
        inputs: n,
        units: m,
        weights: random.normals(m * n, Math.sqrt(1 / n)),
        biases: new Float64Array(m),
        gates: random.normals(labels * m, 1),
        z: new Float64Array(n),
        a: new Float64Array(m),
        r: new Float64Array(m),
        rate: selfRate ? new FoundRate(m, n) : undefined,
      });
    }
    this.rate = config.rate ?? 0.05;
    this.alpha = config.alpha ?? 10;
    this.margin = config.margin ?? 0.05;
    this.gateRate = config.gateRate ?? 1 / 20;
    this.halfNormalised = config.halfNormalised ?? true;
    this.scale = config.inputScale ?? 0;
    this.standardiser = this.scale > 0 ? undefined : new Standardiser(inputs, config.clip ?? 5);
    this.goodness = new Float64Array(labels);
    this.total = new Float64Array(labels);
  }

  /** Goodness per label, summed over layers (reused array); changes nothing that is learned. */
  score(x: ArrayLike<number>): Float64Array {
    this.sweep(x, -1);
    return this.total;
  }

  predict(x: ArrayLike<number>): number {
    return argmax(this.score(x));
  }

  /** Predicts, then learns, in one sweep over the weights; the label predicted before learning. */
  step(x: ArrayLike<number>, y: number): number {
    this.standardiser?.observe(x);
    this.sweep(x, y);
    this.seen++;
    return argmax(this.total);
  }

  /** The factor that each layer's rate has found, without the start boost. */
  multipliers(): number[] {
    return this.layers.map((layer) => layer.rate?.multiplier ?? 1);
  }

  private sweep(x: ArrayLike<number>, y: number): void {
    const { layers, total } = this;
    const first = layers[0].z;
    if (this.standardiser) first.set(this.standardiser.standardise(x));
    else for (let i = 0; i < first.length; i++) first[i] = x[i] * this.scale;
    total.fill(0);
    for (let l = 0; l < layers.length; l++) {
      const layer = layers[l];
      this.preactivate(layer);
      this.distort(layer.a, l);
      this.judge(layer);
      const next = layers[l + 1];
      if (next) handOver(layer, next, first);
      if (y >= 0) this.learn(layer, y);
    }
  }

  /** What a device makes of a layer's pre-activations, in place: nothing here (benchmarks/paper/device-model.ts). */
  protected distort(_a: Float64Array, _layer: number): void {}

  private preactivate({ inputs, units, weights, biases, z, a }: Layer): void {
    for (let j = 0, w = 0; j < units; j++) {
      let sum = biases[j];
      for (let i = 0; i < inputs; i++) sum += weights[w++] * z[i];
      a[j] = sum;
    }
  }

  private judge({ units, gates, a }: Layer): void {
    const { goodness, total } = this;
    for (let c = 0, v = 0; c < goodness.length; c++) {
      let sum = 0;
      for (let j = 0; j < units; j++) {
        const h = a[j] + gates[v++];
        if (h > 0) sum += h * h;
      }
      goodness[c] = sum / units;
      total[c] += goodness[c];
    }
  }

  private learn(layer: Layer, y: number): void {
    const { inputs, units, weights, biases, gates, z, a, r } = layer;
    const { alpha, goodness: e } = this;
    let top = -Infinity;
    for (const g of e) if (g > top) top = g;
    let sum = 0;
    for (let c = 0; c < e.length; c++) sum += e[c] = Math.exp(alpha * (e[c] - top));
    for (let c = 0; c < e.length; c++) e[c] = (c === y ? 1 : 0) - e[c] / sum;
    if (e[y] < this.margin) return;
    this.updates++;

    r.fill(0);
    for (let c = 0, v = 0; c < e.length; c++) {
      const ec = e[c];
      for (let j = 0; j < units; j++, v++) {
        const h = a[j] + gates[v];
        if (h > 0) r[j] += ec * h;
      }
    }
    const eta = this.rate * alpha * (layer.rate ? layer.rate.next(r, z, this.seen) : 1);
    const gateStep = eta * this.gateRate;
    for (let c = 0, v = 0; c < e.length; c++) {
      const step = gateStep * e[c];
      for (let j = 0; j < units; j++, v++) {
        const h = a[j] + gates[v];
        if (h > 0) gates[v] += step * h;
      }
    }
    let norm = inputs;
    if (this.halfNormalised) {
      let square = 0;
      for (let i = 0; i < inputs; i++) square += z[i] * z[i];
      norm = (square + inputs) / 2;
    }
    for (let j = 0, w = 0; j < units; j++) {
      const step = (eta / norm) * r[j];
      biases[j] += step;
      for (let i = 0; i < inputs; i++) weights[w++] += step * z[i];
    }
  }
}

/** The next layer's z: neutral activity scaled to RMS 1 (only the direction moves on), then the skip input where there is room for it. */
function handOver({ units, a }: Layer, { z }: Layer, x: Float64Array): void {
  let square = 0;
  for (let j = 0; j < units; j++) {
    const h = a[j] > 0 ? a[j] : 0;
    z[j] = h;
    square += h * h;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square / units) : 0;
  for (let j = 0; j < units; j++) z[j] *= scale;
  if (z.length > units) z.set(x, units);
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c] > values[best]) best = c;
  return best;
}
