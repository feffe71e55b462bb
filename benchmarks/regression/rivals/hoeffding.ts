/**
 * A Hoeffding tree for numbers, in the manner of FIMT-DD (Ikonomovska et al. 2011) without its drift test: a leaf looks every 200 samples for the split
 * that lowers the deviation of the target most, among 15 thresholds an input, and takes it when the Hoeffding bound says that it is ahead of the next
 * input. A leaf answers by its mean or by a linear model of its own (NLMS), whichever has erred less lately.
 */
import { Standardiser } from '../../rivals/standardiser.js';
import { Scale, type Rival } from './rival.js';

const GRACE = 200;
const DELTA = 1e-7;
const TIE = 0.05;
const THRESHOLDS = 15;
const RATE = 0.05;

class Sums {
  n = 0;
  private sum = 0;
  private squares = 0;

  add(y: number): void {
    this.n++;
    this.sum += y;
    this.squares += y * y;
  }

  get mean(): number {
    return this.n === 0 ? 0 : this.sum / this.n;
  }

  get deviation(): number {
    return this.n < 2 ? 0 : Math.sqrt(Math.max(0, this.squares / this.n - this.mean ** 2));
  }

  without(other: Sums): Sums {
    const rest = new Sums();
    rest.n = this.n - other.n;
    rest.sum = this.sum - other.sum;
    rest.squares = this.squares - other.squares;
    return rest;
  }
}

class Leaf {
  readonly all = new Sums();
  /** [inputs, thresholds]: targets of samples at or below it. */
  private readonly below: Sums[][];
  readonly weights: Float64Array;
  private meanError = 0;
  private linearError = 0;

  constructor(inputs: number, private readonly start: number, weights?: Float64Array) {
    this.below = Array.from({ length: inputs }, () => Array.from({ length: THRESHOLDS }, () => new Sums()));
    this.weights = weights?.slice() ?? new Float64Array(inputs + 1);
  }

  private get mean(): number {
    return this.all.n === 0 ? this.start : this.all.mean;
  }

  private linear(z: Float64Array): number {
    return z.reduce((sum, value, i) => sum + this.weights[i] * value, this.weights[z.length]);
  }

  answer(z: Float64Array): number {
    return this.linearError < this.meanError ? this.linear(z) : this.mean;
  }

  learn(z: Float64Array, y: number): void {
    const error = y - this.linear(z);
    this.meanError = 0.995 * this.meanError + (y - this.mean) ** 2;
    this.linearError = 0.995 * this.linearError + error * error;
    const step = (RATE * error) / z.reduce((sum, value) => sum + value * value, 1);
    for (let i = 0; i < z.length; i++) this.weights[i] += step * z[i];
    this.weights[z.length] += step;
    this.all.add(y);
    for (let i = 0; i < z.length; i++) for (let t = 0; t < THRESHOLDS; t++) if (z[i] <= threshold(t)) this.below[i][t].add(y);
  }

  /** The best split, where it is sure to be the best. */
  split(): Branch | undefined {
    const { all } = this;
    const ranked = this.below.map((sums, input) => {
      let best = { input, t: 0, gain: 0 };
      sums.forEach((low, t) => {
        const high = all.without(low);
        if (low.n < 5 || high.n < 5) return;
        const gain = all.deviation - (low.n * low.deviation + high.n * high.deviation) / all.n;
        if (gain > best.gain) best = { input, t, gain };
      });
      return best;
    }).sort((a, b) => b.gain - a.gain);
    const [first, second] = ranked;
    if (first.gain === 0) return undefined;
    const bound = Math.sqrt(Math.log(1 / DELTA) / (2 * all.n));
    if ((second?.gain ?? 0) / first.gain >= 1 - bound && bound >= TIE) return undefined;
    const low = this.below[first.input][first.t];
    const inputs = this.below.length;
    return new Branch(first.input, threshold(first.t), new Leaf(inputs, low.mean, this.weights), new Leaf(inputs, all.without(low).mean, this.weights));
  }
}

/** -2.33 to 2.33 deviations. */
const threshold = (t: number): number => (t - (THRESHOLDS - 1) / 2) / 3;

class Branch {
  constructor(readonly input: number, readonly at: number, public low: Leaf | Branch, public high: Leaf | Branch) {}
}

export function hoeffdingTree(inputs: number): Rival {
  const standardiser = new Standardiser(inputs, 5);
  const scale = new Scale();
  let root: Leaf | Branch = new Leaf(inputs, 0);
  const way = (z: Float64Array): { leaf: Leaf; parent: Branch | undefined } => {
    let [node, parent] = [root, undefined as Branch | undefined];
    while (node instanceof Branch) {
      parent = node;
      node = z[node.input] <= node.at ? node.low : node.high;
    }
    return { leaf: node, parent };
  };
  return {
    predict(x) {
      const z = standardiser.standardise(x);
      return scale.held(scale.mean + scale.deviation * way(z).leaf.answer(z));
    },
    learn(x, y) {
      standardiser.observe(x);
      scale.observe(y);
      const z = standardiser.standardise(x);
      const { leaf, parent } = way(z);
      leaf.learn(z, (y - scale.mean) / scale.deviation);
      if (leaf.all.n % GRACE !== 0) return;
      const branch = leaf.split();
      if (branch === undefined) return;
      if (parent === undefined) root = branch;
      else if (parent.low === leaf) parent.low = branch;
      else parent.high = branch;
    },
  };
}
