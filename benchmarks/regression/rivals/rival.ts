/** What a rival does: it answers a sample, and is then told. `NaN` in a sample is a missing value. */
export interface Rival {
  predict(x: Float64Array): number;
  learn(x: Float64Array, y: number): void;
}

const LIMIT = 16;

/** Running mean and deviation of the target, for rivals that learn in deviations; a prediction is held within 16 of them: ours has that limit, too (assembly/regressor/target.ts). */
export class Scale {
  mean = 0;
  private variance = 0;
  private seen = 0;

  get deviation(): number {
    return Math.sqrt(this.variance) || 1;
  }

  observe(y: number): void {
    this.seen++;
    const rate = Math.max(1 / this.seen, 0.001);
    const d = y - this.mean;
    this.mean += rate * d;
    this.variance = (1 - rate) * (this.variance + rate * d * d);
  }

  held(prediction: number): number {
    const { mean, deviation } = this;
    return Number.isFinite(prediction) ? Math.max(mean - LIMIT * deviation, Math.min(mean + LIMIT * deviation, prediction)) : mean;
  }
}

/** A rival that sees the last target beside the sample. */
export function withLast(make: (inputs: number) => Rival, inputs: number): Rival {
  const rival = make(inputs + 1);
  const row = new Float64Array(inputs + 1);
  let last = NaN;
  const take = (x: Float64Array): Float64Array => {
    row.set(x);
    row[inputs] = last;
    return row;
  };
  return {
    predict: (x) => rival.predict(take(x)),
    learn(x, y) {
      rival.learn(take(x), y);
      last = y;
    },
  };
}
