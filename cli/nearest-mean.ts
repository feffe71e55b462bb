import type { Online } from '../host/progressive.js';

/**
 * The nearest-class-mean classifier, one sample at a time: the label whose running mean is nearest in Euclidean distance,
 * each input first divided by its running standard deviation over all samples. It forgets nothing and knows no task, and so
 * is what a learner with a memory has to beat. Missing values (NaN) are left out of means and distances.
 */
export class NearestMean implements Online {
  readonly labels: string[] = [];
  readonly #means: Mean[] = [];
  readonly #all: Mean;

  constructor(readonly inputs: number) {
    this.#all = new Mean(inputs);
  }

  learn(x: ArrayLike<number>, label: string): void {
    let i = this.labels.indexOf(label);
    if (i < 0) {
      i = this.labels.push(label) - 1;
      this.#means.push(new Mean(this.inputs));
    }
    this.#means[i]!.add(x);
    this.#all.add(x);
  }

  /** Empty while no label is known. */
  predict(x: ArrayLike<number>): { label: string } {
    let best = '';
    let least = Infinity;
    const variances = Float64Array.from({ length: this.inputs }, (_, i) => this.#all.variance(i));
    this.#means.forEach(({ mean }, label) => {
      let distance = 0;
      for (let i = 0; i < this.inputs; i++) {
        const d = x[i]! - mean[i]!;
        if (variances[i]! > 0 && Number.isFinite(d)) distance += (d * d) / variances[i]!; // an input that never varied says nothing
      }
      if (distance < least) {
        least = distance;
        best = this.labels[label]!;
      }
    });
    return { label: best };
  }
}

/** Running mean and variance of every input (Welford 1962). */
class Mean {
  readonly mean: Float64Array;
  readonly #count: Float64Array;
  readonly #squares: Float64Array;

  constructor(inputs: number) {
    this.mean = new Float64Array(inputs);
    this.#count = new Float64Array(inputs);
    this.#squares = new Float64Array(inputs);
  }

  add(x: ArrayLike<number>): void {
    for (let i = 0; i < this.mean.length; i++) {
      const value = x[i]!;
      if (!Number.isFinite(value)) continue;
      const before = value - this.mean[i]!;
      this.mean[i]! += before / ++this.#count[i]!;
      this.#squares[i]! += before * (value - this.mean[i]!);
    }
  }

  variance(i: number): number {
    return this.#count[i]! > 0 ? this.#squares[i]! / this.#count[i]! : 0;
  }
}
