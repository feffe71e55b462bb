/** Nearest class mean: one running mean a label, distance in standardised inputs (images: as they are). */
import type { ContinualLearner, Shape } from './learner.js';
import { Moments } from './moments.js';

export class NearestMean implements ContinualLearner {
  private readonly moments: Moments;
  private readonly ignored: Float64Array;

  constructor(private readonly shape: Shape) {
    this.moments = new Moments(shape.inputs);
    this.ignored = new Float64Array(shape.inputs);
  }

  learn(x: Float32Array, y: number): void {
    this.moments.observe(x, y, this.ignored);
  }

  predict(x: Float32Array): number {
    let best = -1;
    let least = Infinity;
    this.moments.means.forEach((mean, c) => {
      let distance = 0;
      for (let i = 0; i < x.length; i++) {
        const d = x[i] - mean![i];
        distance += this.shape.inputScale === undefined ? (d * d) / this.moments.variance(i) : d * d;
      }
      if (distance < least) [least, best] = [distance, c];
    });
    return best;
  }
}
