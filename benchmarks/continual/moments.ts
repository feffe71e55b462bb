/** Means of the labels and the variance of every input over all samples, one sample at a time: what the two classifiers without weights go by. */
export class Moments {
  readonly means: (Float64Array | undefined)[] = []; // by label
  private readonly counts: number[] = [];
  private readonly mean: Float64Array;
  private readonly squares: Float64Array; // sum of squared deviations from the mean
  private seen = 0;

  constructor(private readonly inputs: number) {
    this.mean = new Float64Array(inputs);
    this.squares = new Float64Array(inputs);
  }

  /** The sample minus its label's mean before this sample, into `deviation`; false for the first sample of a label, which has none. */
  observe(x: ArrayLike<number>, y: number, deviation: Float64Array): boolean {
    this.seen++;
    for (let i = 0; i < this.inputs; i++) {
      const d = x[i] - this.mean[i];
      this.mean[i] += d / this.seen;
      this.squares[i] += d * (x[i] - this.mean[i]);
    }
    const mean = this.means[y];
    if (mean === undefined) {
      this.means[y] = Float64Array.from(x);
      this.counts[y] = 1;
      return false;
    }
    const count = ++this.counts[y];
    for (let i = 0; i < this.inputs; i++) {
      deviation[i] = x[i] - mean[i];
      mean[i] += deviation[i] / count;
    }
    return true;
  }

  /** Variance of input i; 1 where it never changed. */
  variance(i: number): number {
    return this.squares[i] > 0 ? this.squares[i] / this.seen : 1;
  }
}
