/** Count, mean and variance of every input over all samples, one at a time; a missing value teaches nothing. */
export class InputMoments {
  readonly mean: Float64Array;
  readonly count: Float64Array;
  private readonly squares: Float64Array; // sum of squared deviations from the mean

  constructor(readonly inputs: number) {
    this.mean = new Float64Array(inputs);
    this.count = new Float64Array(inputs);
    this.squares = new Float64Array(inputs);
  }

  observe(x: ArrayLike<number>): void {
    const { mean, count, squares } = this;
    for (let i = 0; i < this.inputs; i++) {
      const d = x[i] - mean[i];
      if (Number.isNaN(d)) continue;
      mean[i] += d / ++count[i];
      squares[i] += d * (x[i] - mean[i]);
    }
  }

  /** Variance of input i; 0 where it never changed. */
  variance(i: number): number {
    return this.count[i] > 0 ? this.squares[i] / this.count[i] : 0;
  }

  sumOfSquares(i: number): number {
    return this.squares[i];
  }

  /** One over the variance of every input, into `to`; 0 where an input never changed: it tells nothing. */
  precision(to: Float64Array): Float64Array {
    for (let i = 0; i < this.inputs; i++) {
      const v = this.variance(i);
      to[i] = v > 1e-12 ? 1 / v : 0;
    }
    return to;
  }
}
