/**
 * Rules and small learners that others would take, each a score for every row: causal, one pass, the greatest of the channels counts. They have no
 * threshold of their own: run.ts gives each the best one for each carrier, of a signal without faults that it has seen in full.
 */
import { Random } from '../rivals/random.js';

export interface Rival {
  name: string;
  /** Slow ones are left out of a quick run, and see two of the seeds in a full one. */
  slow?: true;
  /** A score for each row; where it is not asked for, a slow one only learns. */
  make(channels: number): (row: Float64Array, isAsked: boolean) => number;
}

/** A rule of one channel, used on each by itself. NaN is passed over. */
const each = (name: string, make: () => (x: number, isAsked: boolean) => number): Rival => ({
  name,
  make(channels) {
    const rules = Array.from({ length: channels }, make);
    return (row, isAsked) => Math.max(...rules.map((rule, c) => (Number.isNaN(row[c]!) ? 0 : rule(row[c]!, isAsked))));
  },
});

/**
 * What a sceptic writes in ten lines: how far a value lies beyond the least and the greatest so far, as a share of what lies between them; and by how much it is equal,
 * or missing, more often in a row than ever, as a share of that.
 */
const limitsAndCounts: Rival = {
  name: 'limits and counts',
  make(channels) {
    const farther = (count: number, most: number): number => Math.max(0, count - most) / (most + 1);
    const rules = Array.from({ length: channels }, () => {
      let [low, high, last, run, gap, longestRun, longestGap] = [Infinity, -Infinity, NaN, 0, 0, 0, 0];
      return (x: number): number => {
        if (Number.isNaN(x)) {
          const score = farther(++gap, longestGap);
          longestGap = Math.max(longestGap, gap);
          return score;
        }
        gap = 0;
        run = x === last ? run + 1 : 0;
        const beyond = low < high ? Math.max(low - x, x - high, 0) / (high - low) : 0;
        const score = Math.max(beyond, farther(run, longestRun));
        [low, high, last, longestRun] = [Math.min(low, x), Math.max(high, x), x, Math.max(longestRun, run)];
        return score;
      };
    });
    return (row) => Math.max(...rules.map((rule, c) => rule(row[c]!)));
  },
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
};

/** Distance from the median of the last `length` values in median absolute deviations; `centred` has the value itself among them, as Hampel's filter. */
const byMedian = (length: number, centred: boolean) => (): ((x: number) => number) => {
  const last: number[] = [];
  return (x) => {
    if (centred) last.push(x);
    const usual = last.length < 8 ? x : median(last);
    const spread = last.length < 8 ? 1 : 1.4826 * median(last.map((value) => Math.abs(value - usual))) + 1e-3 * Math.abs(usual) + 1e-9;
    if (!centred) last.push(x);
    if (last.length > length) last.shift();
    return Math.abs(x - usual) / spread;
  };
};

/** Mean and deviation so far. */
class Moments {
  count = 0;
  mean = 0;
  private sum = 0;

  get deviation(): number {
    return Math.sqrt(this.sum / Math.max(this.count - 1, 1)) || 1e-9;
  }

  add(x: number): void {
    const before = x - this.mean;
    this.mean += before / ++this.count;
    this.sum += before * (x - this.mean);
  }
}

/** An exponentially weighted moving average (0.2) against its own deviation, of values standardised as they come. */
const ewma = (): ((x: number) => number) => {
  const moments = new Moments();
  let average = 0;
  return (x) => {
    const z = moments.count < 8 ? 0 : Math.max(-20, Math.min(20, (x - moments.mean) / moments.deviation));
    moments.add(x);
    average += 0.2 * (z - average);
    return Math.abs(average);
  };
};

/** Two one-sided cumulative sums with a slack of half a deviation. */
const cusum = (): ((x: number) => number) => {
  const moments = new Moments();
  let [up, down] = [0, 0];
  return (x) => {
    const z = moments.count < 8 ? 0 : Math.max(-20, Math.min(20, (x - moments.mean) / moments.deviation));
    moments.add(x);
    up = Math.min(Math.max(0, up + z - 0.5), 50);
    down = Math.min(Math.max(0, down - z - 0.5), 50);
    return Math.max(up, down);
  };
};

/** Half-space trees (Tan, Ting and Liu, 2011): 25 trees of depth 8, windows of 250 rows; the value and its change of each channel. */
const halfSpaceTrees: Rival = {
  name: 'half-space trees',
  slow: true,
  make(channels) {
    const [TREES, DEPTH, WINDOW, LEAST] = [25, 8, 250, 25];
    const random = new Random(7);
    const size = 2 ** (DEPTH + 1) - 1;
    const width = 2 * channels;
    let trees: { dimension: Uint8Array; split: Float64Array; mass: Float64Array; next: Float64Array }[] = [];
    const first: Float64Array[] = [];
    let before: Float64Array | undefined;
    let count = 0;
    const grow = (): void => {
      const low = Array.from({ length: width }, (_, d) => Math.min(...first.map((x) => x[d]!)));
      const high = Array.from({ length: width }, (_, d) => Math.max(...first.map((x) => x[d]!)));
      trees = Array.from({ length: TREES }, () => {
        const tree = { dimension: new Uint8Array(size), split: new Float64Array(size), mass: new Float64Array(size), next: new Float64Array(size) };
        const range = low.map((l, d) => {
          const at = l + random.uniform() * (high[d]! - l);
          const reach = 2 * Math.max(at - l, high[d]! - at) + 1e-9;
          return [at - reach, at + reach] as [number, number];
        });
        const build = (node: number, depth: number, box: [number, number][]): void => {
          if (depth === DEPTH) return;
          const d = random.below(width);
          const middle = (box[d]![0] + box[d]![1]) / 2;
          tree.dimension[node] = d;
          tree.split[node] = middle;
          build(2 * node + 1, depth + 1, box.map((side, k) => (k === d ? [side[0], middle] : side)));
          build(2 * node + 2, depth + 1, box.map((side, k) => (k === d ? [middle, side[1]] : side)));
        };
        build(0, 0, range);
        return tree;
      });
    };
    return (row) => {
      const values = row.map((x, c) => (Number.isNaN(x) ? (before?.[c] ?? 0) : x));
      const x = Float64Array.from([...values, ...values.map((value, c) => value - (before?.[c] ?? value))]);
      before = values;
      count++;
      if (trees.length === 0) {
        first.push(x);
        if (count === WINDOW) grow();
        return 0;
      }
      let sum = 0;
      for (const tree of trees) {
        let node = 0;
        for (let depth = 0; ; depth++) {
          tree.next[node]!++;
          if (depth === DEPTH || tree.mass[node]! < LEAST) {
            sum += tree.mass[node]! * 2 ** depth;
            if (depth === DEPTH) break;
            // the mass of the next window is counted to the leaf
            let below = node;
            for (let d = depth; d < DEPTH; d++) {
              below = 2 * below + (x[tree.dimension[below]!]! < tree.split[below]! ? 1 : 2);
              tree.next[below]!++;
            }
            break;
          }
          node = 2 * node + (x[tree.dimension[node]!]! < tree.split[node]! ? 1 : 2);
        }
      }
      if (count % WINDOW === 0) for (const tree of trees) [tree.mass, tree.next] = [tree.next, new Float64Array(size)];
      return count <= 2 * WINDOW ? 0 : -Math.log((sum + 1) / TREES); // until then no mass was counted
    };
  },
};

/** Discord: distance of the last 16 values, z-normalised, to their nearest neighbour among every third of the last 600 windows (left matrix profile). */
const discord: Rival = {
  ...each('discord', () => {
    const [LENGTH, MEMORY] = [16, 600];
    const values: number[] = [];
    return (x, isAsked) => {
      values.push(x);
      if (values.length > MEMORY + 2 * LENGTH) values.shift();
      const n = values.length;
      if (!isAsked || n < 4 * LENGTH) return 0;
      const shape = (from: number): [number, number] => {
        let [sum, squares] = [0, 0];
        for (let i = 0; i < LENGTH; i++) {
          sum += values[from + i]!;
          squares += values[from + i]! ** 2;
        }
        const mean = sum / LENGTH;
        return [mean, Math.sqrt(Math.max(squares / LENGTH - mean * mean, 0)) + 1e-6 * Math.abs(mean) + 1e-9];
      };
      const own = n - LENGTH;
      const [mean, spread] = shape(own);
      let nearest = Infinity;
      for (let from = 0; from + 2 * LENGTH <= n; from += 3) {
        const [otherMean, otherSpread] = shape(from);
        let distance = 0;
        for (let i = 0; i < LENGTH && distance < nearest; i++) distance += ((values[own + i]! - mean) / spread - (values[from + i]! - otherMean) / otherSpread) ** 2;
        nearest = Math.min(nearest, distance);
      }
      return Math.sqrt(nearest);
    };
  }),
  slow: true,
};

/** Robust random cut forest (Guha and others, 2016) as an isolation forest with cuts in proportion to ranges: 20 trees over a reservoir of 128, regrown every 64 rows. */
const randomCutForest: Rival = {
  name: 'random cut forest',
  slow: true,
  make(channels) {
    const [TREES, SAMPLE, EVERY, SHINGLE] = [20, 128, 64, 4];
    type Node = { count: number; d: number; cut: number; low: Float64Array; high: Float64Array; left?: Node; right?: Node };
    const random = new Random(11);
    const last: number[][] = Array.from({ length: channels }, () => []);
    const reservoir: Float64Array[] = [];
    let trees: Node[] = [];
    let count = 0;
    const grow = (points: Float64Array[]): Node => {
      const width = points[0]!.length;
      const low = Float64Array.from({ length: width }, (_, d) => Math.min(...points.map((p) => p[d]!)));
      const high = Float64Array.from({ length: width }, (_, d) => Math.max(...points.map((p) => p[d]!)));
      const total = high.reduce((sum, h, d) => sum + h - low[d]!, 0);
      const node: Node = { count: points.length, d: 0, cut: 0, low, high };
      if (points.length < 2 || !(total > 0)) return node;
      let at = random.uniform() * total;
      while (at > high[node.d]! - low[node.d]! && node.d < width - 1) at -= high[node.d]! - low[node.d++]!;
      node.cut = low[node.d]! + at;
      const [left, right] = [points.filter((p) => p[node.d]! <= node.cut), points.filter((p) => p[node.d]! > node.cut)];
      if (left.length === 0 || right.length === 0) return node;
      [node.left, node.right] = [grow(left), grow(right)];
      return node;
    };
    /** How many points a cut beside this one would set apart, at most: the displacement. */
    const displacement = (root: Node, x: Float64Array): number => {
      let most = 0;
      for (let node: Node | undefined = root; node; node = node.left === undefined ? undefined : x[node.d]! <= node.cut ? node.left : node.right) {
        let [inside, outside] = [0, 0];
        for (let d = 0; d < x.length; d++) {
          inside += node.high[d]! - node.low[d]!;
          outside += Math.max(node.low[d]! - x[d]!, x[d]! - node.high[d]!, 0);
        }
        if (outside > 0) most = Math.max(most, (node.count * outside) / (outside + inside));
      }
      return most;
    };
    return (row, isAsked) => {
      row.forEach((value, c) => {
        last[c]!.push(Number.isNaN(value) ? (last[c]!.at(-1) ?? 0) : value);
        if (last[c]!.length > SHINGLE) last[c]!.shift();
      });
      count++;
      if (count < SHINGLE) return 0;
      const x = Float64Array.from(last.flat());
      const score = !isAsked ? 0 : trees.reduce((sum, tree) => sum + displacement(tree, x), 0) / TREES;
      if (reservoir.length < 1024) reservoir.push(x);
      else reservoir[random.below(1024)] = x;
      if (count % EVERY === 0 && reservoir.length >= 64) {
        trees = Array.from({ length: TREES }, () => grow(Array.from({ length: SAMPLE }, () => reservoir[random.below(reservoir.length)]!)));
      }
      return score;
    };
  },
};

export const RIVALS: readonly Rival[] = [
  limitsAndCounts, each('median of 31', byMedian(31, false)), each('Hampel', byMedian(31, true)), each('EWMA', ewma), each('CUSUM', cusum), halfSpaceTrees, discord, randomCutForest,
];
