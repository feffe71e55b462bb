/** The k nearest of the last 1,000 samples vote; distances in deviations of the inputs. A tie goes to the label of the nearer ones. */
import type { Contestant } from '../script.js';
import { InputMoments } from './moments.js';

const KEPT = 1000;

export class Neighbours implements Contestant {
  private readonly xs: Float32Array[] = [];
  private readonly labels: number[] = [];
  private readonly overall: InputMoments;
  private readonly precision: Float64Array;
  private next = 0;

  constructor(
    private readonly inputs: number,
    private readonly k: number,
  ) {
    this.overall = new InputMoments(inputs);
    this.precision = new Float64Array(inputs);
  }

  teach(x: Float32Array, label: number): void {
    this.overall.observe(x);
    this.overall.precision(this.precision);
    this.xs[this.next] = x;
    this.labels[this.next] = label;
    this.next = (this.next + 1) % KEPT;
  }

  answer(x: Float32Array): number {
    const { nearest } = this.nearest(x);
    let best = -1;
    let most = 0;
    for (const label of nearest) {
      const votes = nearest.filter((other) => other === label).length;
      if (votes > most) [most, best] = [votes, label];
    }
    return best;
  }

  strangeness(x: Float32Array): number {
    return this.nearest(x).distances[0] ?? 0;
  }

  /** The k nearest, the nearest first. */
  private nearest(x: Float32Array): { nearest: number[]; distances: number[] } {
    const { precision, inputs, k } = this;
    const distances: number[] = [];
    const nearest: number[] = [];
    this.xs.forEach((stored, s) => {
      const limit = nearest.length < k ? Infinity : distances[k - 1];
      let distance = 0;
      for (let i = 0; i < inputs && distance < limit; i++) {
        const d = x[i] - stored[i];
        if (d === d) distance += d * d * precision[i]; // NaN is missing
      }
      if (distance >= limit) return;
      let at = Math.min(nearest.length, k - 1);
      for (; at > 0 && distances[at - 1] > distance; at--) [distances[at], nearest[at]] = [distances[at - 1], nearest[at - 1]];
      [distances[at], nearest[at]] = [distance, this.labels[s]];
    });
    return { nearest, distances };
  }

  /** What is stored, at most 1,000 samples and their labels, mean and variance of the inputs. */
  bytes(): number {
    return this.xs.length * (4 * this.inputs + 1) + 8 * this.inputs;
  }
}
