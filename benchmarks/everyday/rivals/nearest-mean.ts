/** A running mean a label; the nearest answers, distances in deviations of the inputs over all that was taught. */
import type { Contestant } from '../script.js';
import { InputMoments } from './moments.js';

export class NearestMean implements Contestant {
  private readonly means: (InputMoments | undefined)[] = []; // by label
  private readonly overall: InputMoments;
  private readonly precision: Float64Array;

  constructor(private readonly inputs: number) {
    this.overall = new InputMoments(inputs);
    this.precision = new Float64Array(inputs);
  }

  teach(x: Float32Array, label: number): void {
    this.overall.observe(x);
    (this.means[label] ??= new InputMoments(this.inputs)).observe(x);
    this.overall.precision(this.precision);
  }

  answer(x: Float32Array): number {
    return this.nearest(x).label;
  }

  strangeness(x: Float32Array): number {
    return this.nearest(x).distance;
  }

  private nearest(x: Float32Array): { label: number; distance: number } {
    let best = -1;
    let least = Infinity;
    this.means.forEach((own, label) => {
      let distance = 0;
      for (let i = 0; i < x.length; i++) {
        const d = x[i] - own!.mean[i];
        if (d === d) distance += d * d * this.precision[i]; // NaN is missing
      }
      if (distance < least) [least, best] = [distance, label];
    });
    return { label: best, distance: least };
  }

  /** Means, a count a label, mean and variance of the inputs. */
  bytes(): number {
    return 4 * (this.means.filter((own) => own !== undefined).length * (this.inputs + 1) + 2 * this.inputs);
  }
}
