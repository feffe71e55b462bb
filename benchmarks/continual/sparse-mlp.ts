/**
 * The perceptron of rivals/mlp.ts with a first layer that leaves out inputs that are zero: four fifths of an image. The same steps (a test compares),
 * a third of the time; with seven steps a sample that is an hour of split-MNIST.
 */
import { Mlp } from '../rivals/mlp.js';
import { Random } from '../rivals/random.js';

export class SparseMlp {
  readonly weights: Float64Array; // [inputs, units]: the units of one input lie together
  readonly biases: Float64Array; // [units]
  readonly upper: Mlp; // the other layers
  private readonly out: Float64Array; // [units] activity of the first layer
  private readonly delta: Float64Array; // [units]

  constructor(
    inputs: number,
    hidden: readonly number[],
    labels: number,
    seed: number,
    public rate: number,
  ) {
    const [units, ...rest] = hidden;
    this.weights = new Random(seed).normals(inputs * units, Math.sqrt(2 / inputs));
    this.biases = new Float64Array(units);
    this.upper = new Mlp({ inputs: units, hidden: rest, labels, rate, seed: seed + 1, inputScale: 1 });
    this.out = new Float64Array(units);
    this.delta = new Float64Array(units);
  }

  /** Probabilities of the labels (reused array). */
  forward(z: Float64Array): Float64Array {
    const { weights, biases, out } = this;
    const units = out.length;
    out.set(biases);
    for (let i = 0; i < z.length; i++) {
      const zi = z[i];
      if (zi === 0) continue;
      for (let j = 0, w = i * units; j < units; j++) out[j] += weights[w++] * zi;
    }
    for (let j = 0; j < units; j++) if (out[j] < 0) out[j] = 0;
    return this.upper.forward(out);
  }

  /** One step against the gradient, after forward(z). */
  backward(z: Float64Array, y: number): void {
    const { weights, biases, out, delta, upper, rate } = this;
    upper.rate = rate;
    upper.backward(out, y);
    // The layer above has stepped already, by rate x its delta x out: taken off again, so that every delta is of the weights before the step.
    const above = upper.layers[0];
    const units = out.length;
    let square = 0;
    delta.fill(0);
    for (let k = 0; k < above.units; k++) {
      const d = above.delta[k];
      if (d === 0) continue;
      square += d * d;
      for (let j = 0, w = k * units; j < units; j++) delta[j] += d * above.weights[w++];
    }
    for (let j = 0; j < units; j++) {
      delta[j] = out[j] > 0 ? rate * (delta[j] - rate * square * out[j]) : 0;
      biases[j] += delta[j];
    }
    for (let i = 0; i < z.length; i++) {
      const zi = z[i];
      if (zi === 0) continue;
      for (let j = 0, w = i * units; j < units; j++) weights[w++] += zi * delta[j];
    }
  }
}
