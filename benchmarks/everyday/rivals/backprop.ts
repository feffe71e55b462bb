/** Backpropagation, batch 1: logistic regression without hidden units, a perceptron with. Inputs standardised online and clipped at 5. */
import { Mlp } from '../../rivals/mlp.js';
import type { Contestant } from '../script.js';

/** The one rate that serves the nine streams best, by hindsight (`npm run bench:streams`); logistic regression's lies between 0.05 and 0.09 where labels do not persist. */
const RATE = { hidden: 0.032, none: 0.064 };
const CLIP = 5;

export class Backprop implements Contestant {
  private readonly mlp: Mlp;
  private readonly taught: Uint8Array; // by label

  constructor(
    private readonly inputs: number,
    private readonly hidden: readonly number[],
    labels: number,
    seed: number,
  ) {
    this.mlp = new Mlp({ inputs, hidden, labels, rate: hidden.length > 0 ? RATE.hidden : RATE.none, seed, clip: CLIP });
    this.taught = new Uint8Array(labels);
  }

  teach(x: Float32Array, label: number): void {
    this.taught[label] = 1;
    this.mlp.step(x, label);
  }

  /** The likeliest of the labels that were taught. */
  answer(x: Float32Array): number {
    const p = this.mlp.score(x);
    let best = -1;
    for (let c = 0; c < p.length; c++) if (this.taught[c] === 1 && (best < 0 || p[c] > p[best])) best = c;
    return best;
  }

  /** Weights, biases, activities and deltas of every layer, mean and variance of the inputs. */
  bytes(): number {
    const sizes = [this.inputs, ...this.hidden, this.taught.length];
    let values = 2 * this.inputs;
    for (let l = 1; l < sizes.length; l++) values += sizes[l] * (sizes[l - 1] + 3);
    return 4 * values;
  }
}
