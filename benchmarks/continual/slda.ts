/**
 * Streaming linear discriminant analysis (Hayes and Kanan, "Lifelong Machine Learning with Deep Streaming Linear Discriminant Analysis", CVPR
 * workshops 2020): a running mean a label, one covariance shared by all labels, no sample stored. It shrinks the covariance towards the identity of
 * standardised inputs by `ridge` (there 1e-4).
 */
import type { ContinualLearner, Shape } from './learner.js';
import { Moments } from './moments.js';

export class StreamingLda implements ContinualLearner {
  private readonly n: number;
  private readonly moments: Moments;
  private readonly scatter: Float64Array; // [n, n], lower half: t times the covariance
  private readonly z: Float64Array;
  private readonly deviation: Float64Array;
  private seen = 0;
  private discriminants: { weights: Float64Array; bias: number; label: number }[] | undefined;

  constructor(
    private readonly shape: Shape,
    public ridge: number,
  ) {
    this.n = shape.inputs;
    this.moments = new Moments(this.n);
    this.scatter = new Float64Array(this.n * this.n);
    this.z = new Float64Array(this.n);
    this.deviation = new Float64Array(this.n);
  }

  learn(x: Float32Array, y: number): void {
    const { n, scatter, deviation } = this;
    this.discriminants = undefined;
    if (!this.moments.observe(this.scaled(x), y, deviation)) return;
    const weight = this.seen / (this.seen + 1);
    this.seen++;
    for (let i = 0; i < n; i++) {
      const d = weight * deviation[i];
      if (d === 0) continue;
      for (let j = 0, at = i * n; j <= i; j++) scatter[at++] += d * deviation[j];
    }
  }

  predict(x: Float32Array): number {
    const z = this.scaled(x);
    let best = -1;
    let most = -Infinity;
    for (const { weights, bias, label } of (this.discriminants ??= this.solve())) {
      let score = bias;
      for (let i = 0; i < this.n; i++) score += weights[i] * z[i];
      if (score > most) [most, best] = [score, label];
    }
    return best;
  }

  /** The same learner with another ridge: what it has learned is shared. */
  withRidge(ridge: number): this {
    this.ridge = ridge;
    this.discriminants = undefined;
    return this;
  }

  /** By label: covariance^-1 mean, and -mean covariance^-1 mean / 2. */
  private solve(): { weights: Float64Array; bias: number; label: number }[] {
    const { n, scatter, ridge, moments } = this;
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) covariance[i * n + j] = ((1 - ridge) * scatter[i * n + j]) / Math.max(1, this.seen);
      covariance[i * n + i] += ridge * (this.shape.inputScale === undefined ? moments.variance(i) : 1);
    }
    const root = cholesky(covariance, n);
    return moments.means.flatMap((mean, label) => {
      if (mean === undefined) return [];
      const weights = solveWith(root, n, mean);
      return [{ weights, bias: -0.5 * weights.reduce((sum, w, i) => sum + w * mean[i], 0), label }];
    });
  }

  private scaled(x: Float32Array): ArrayLike<number> {
    if (this.shape.inputScale === undefined) return x;
    for (let i = 0; i < this.n; i++) this.z[i] = x[i] * this.shape.inputScale;
    return this.z;
  }
}

/** Lower root of a positive definite matrix of which only the lower half is read; in place. */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j * n + j];
    }
  }
  return matrix;
}

/** x of (root root') x = b. */
export function solveWith(root: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= root[i * n + k] * x[k];
    x[i] /= root[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= root[k * n + i] * x[k];
    x[i] /= root[i * n + i];
  }
  return x;
}
