/**
 * Online standardisation in float: the same rule as the core's, for the rivals and the float reference.
 * Running mean and variance with rate max(1/t, slowest); z = (x - mean) / deviation, clipped.
 */
export class Standardiser {
  readonly mean: Float64Array; // [inputs]
  readonly variance: Float64Array; // [inputs]
  private readonly z: Float64Array; // [inputs]
  private seen = 0;

  constructor(
    inputs: number,
    private readonly clip = 3,
    private readonly slowest = 0.001,
  ) {
    this.mean = new Float64Array(inputs);
    this.variance = new Float64Array(inputs);
    this.z = new Float64Array(inputs);
  }

  /** Takes x into the running statistics. */
  observe(x: ArrayLike<number>): void {
    this.seen++;
    const rate = Math.max(1 / this.seen, this.slowest);
    const { mean, variance } = this;
    for (let i = 0; i < mean.length; i++) {
      const d = x[i] - mean[i];
      if (Number.isNaN(d)) continue; // a missing value teaches nothing
      mean[i] += rate * d;
      variance[i] = (1 - rate) * (variance[i] + rate * d * d);
    }
  }

  /** x standardised with what was observed so far; the returned array is reused. A missing value or a constant input gives 0. */
  standardise(x: ArrayLike<number>): Float64Array {
    const { mean, variance, z, clip } = this;
    for (let i = 0; i < z.length; i++) {
      const d = x[i] - mean[i];
      const v = variance[i];
      if (!(v > 1e-12) || Number.isNaN(d)) {
        z[i] = 0;
        continue;
      }
      const s = d / Math.sqrt(v);
      z[i] = s > clip ? clip : s < -clip ? -clip : s;
    }
    return z;
  }
}
