/** Ridge regression on one-hot labels, by recursive least squares: ridge 1 and no forgetting unless told, inputs standardised online and clipped at 5. */
import { Standardiser } from '../../rivals/standardiser.js';
import type { Contestant } from '../script.js';

const CLIP = 5;

export class Ridge implements Contestant {
  private readonly n: number; // inputs and a constant
  private readonly inverse: Float64Array; // [n, n], symmetric
  private readonly weights: (Float64Array | undefined)[] = []; // by label; what a label not taught yet would have is `none`
  private readonly none: Float64Array; // weights of an output that was 0 for every sample: stays 0
  private readonly z: Float64Array;
  private readonly gain: Float64Array;
  private readonly standardiser: Standardiser;

  constructor(inputs: number, ridge = 1, private readonly keeps = 1) {
    const n = (this.n = inputs + 1);
    this.inverse = new Float64Array(n * n);
    for (let i = 0; i < n; i++) this.inverse[i * n + i] = 1 / ridge;
    this.none = new Float64Array(n);
    this.z = new Float64Array(n).fill(1);
    this.gain = new Float64Array(n);
    this.standardiser = new Standardiser(inputs, CLIP);
  }

  teach(x: Float32Array, label: number): void {
    this.standardiser.observe(x);
    const { n, inverse, gain, weights } = this;
    const z = this.input(x);
    weights[label] ??= this.none.slice();
    const { keeps } = this;
    let power = keeps;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0, at = i * n; j < n; j++) sum += inverse[at++] * z[j];
      gain[i] = sum;
      power += z[i] * sum;
    }
    weights.forEach((w, c) => {
      let error = c === label ? 1 : 0;
      for (let i = 0; i < n; i++) error -= w![i] * z[i];
      for (let i = 0; i < n; i++) w![i] += (error / power) * gain[i];
    });
    // one half and its mirror: two halves drift apart by rounding, which forgetting multiplies
    for (let i = 0; i < n; i++) {
      const g = gain[i] / power;
      for (let j = 0; j <= i; j++) inverse[j * n + i] = inverse[i * n + j] = (inverse[i * n + j] - g * gain[j]) / keeps;
    }
  }

  answer(x: Float32Array): number {
    const z = this.input(x);
    let best = -1;
    let most = -Infinity;
    this.weights.forEach((w, label) => {
      let score = 0;
      for (let i = 0; i < this.n; i++) score += w![i] * z[i];
      if (score > most) [most, best] = [score, label];
    });
    return best;
  }

  /** Half of the symmetric matrix, weights, mean and variance of the inputs. */
  bytes(): number {
    const { n } = this;
    return 4 * ((n * (n + 1)) / 2 + this.weights.filter((w) => w !== undefined).length * n + 2 * (n - 1));
  }

  private input(x: Float32Array): Float64Array {
    this.z.set(this.standardiser.standardise(x));
    return this.z;
  }
}
