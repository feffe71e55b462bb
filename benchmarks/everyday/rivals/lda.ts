/**
 * Streaming linear discriminant analysis: a mean a label, one covariance, shrunk by 1e-2 towards the variances of the inputs; a missing value is
 * replaced by the input's mean. Its discriminants are solved for when it is asked, after 256 samples for every 16th only: the solution is most of its time.
 */
import { cholesky, solveWith } from '../../continual/slda.js';
import type { Contestant } from '../script.js';
import { InputMoments } from './moments.js';

const SHRINK = 0.01;
const EVERY = 16;
const AT_ONCE = 256; // so many samples are each followed by a new solution

interface Discriminant {
  label: number;
  weights: Float64Array;
  bias: number;
}

export class StreamingLda implements Contestant {
  private readonly means: (Float64Array | undefined)[] = []; // by label
  private readonly counts: number[] = [];
  private readonly scatter: Float64Array; // [n, n], lower half: `within` times the covariance inside labels
  private readonly overall: InputMoments;
  private readonly filled: Float64Array;
  private readonly deviation: Float64Array;
  private within = 0; // samples that had a mean of their label to deviate from
  private seen = 0;
  private discriminants: Discriminant[] | undefined;

  constructor(private readonly n: number, private readonly shrink = SHRINK) {
    this.scatter = new Float64Array(n * n);
    this.overall = new InputMoments(n);
    this.filled = new Float64Array(n);
    this.deviation = new Float64Array(n);
  }

  teach(x: Float32Array, label: number): void {
    const { n, scatter, deviation, means, counts } = this;
    this.overall.observe(x);
    const z = this.fill(x);
    const isNew = means[label] === undefined;
    if (isNew || ++this.seen <= AT_ONCE || this.seen % EVERY === 0) this.discriminants = undefined;
    if (isNew) {
      means[label] = z.slice();
      counts[label] = 1;
      return;
    }
    const mean = means[label]!;
    const count = ++counts[label];
    const weight = (count - 1) / count;
    for (let i = 0; i < n; i++) {
      deviation[i] = z[i] - mean[i];
      mean[i] += deviation[i] / count;
    }
    this.within++;
    for (let i = 0; i < n; i++) {
      const d = weight * deviation[i];
      if (d !== 0) for (let j = 0, at = i * n; j <= i; j++) scatter[at++] += d * deviation[j];
    }
  }

  answer(x: Float32Array): number {
    const z = this.fill(x);
    let best = -1;
    let most = -Infinity;
    for (const { label, weights, bias } of (this.discriminants ??= this.solve())) {
      let score = bias;
      for (let i = 0; i < this.n; i++) score += weights[i] * (z[i] - this.overall.mean[i]);
      if (score > most) [most, best] = [score, label];
    }
    return best;
  }

  /** Half of the covariance, means and counts of the labels, mean and variance of the inputs; discriminants are made when asked. */
  bytes(): number {
    const { n } = this;
    return 4 * ((n * (n + 1)) / 2 + this.means.filter((mean) => mean !== undefined).length * (n + 1) + 2 * n);
  }

  private solve(): Discriminant[] {
    const { n, scatter, overall, means, counts, shrink } = this;
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) covariance[i * n + j] = ((1 - shrink) * scatter[i * n + j]) / Math.max(1, this.within);
      covariance[i * n + i] = ((1 - shrink) * scatter[i * n + i]) / Math.max(1, this.within) + shrink * (overall.variance(i) || 1);
    }
    const root = cholesky(covariance, n);
    return means.flatMap((mean, label) => {
      if (mean === undefined) return [];
      const centred = mean.map((v, i) => v - overall.mean[i]);
      const weights = solveWith(root, n, centred);
      return [{ label, weights, bias: Math.log(counts[label]) - 0.5 * weights.reduce((sum, w, i) => sum + w * centred[i], 0) }];
    });
  }

  private fill(x: Float32Array): Float64Array {
    for (let i = 0; i < this.n; i++) this.filled[i] = Number.isNaN(x[i]) ? this.overall.mean[i] : x[i];
    return this.filled;
  }
}
