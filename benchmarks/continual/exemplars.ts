/**
 * The rivals' store of past samples, by the same rules as onward's: a budget shared evenly by the labels seen so far. When it is full, a random
 * member of the largest label makes room; if that is the newcomer's own label, the newcomer stays with probability kept / seen.
 */
import type { Random } from '../rivals/random.js';

export interface Exemplar {
  x: Float32Array;
  y: number;
}

export class Exemplars {
  readonly stored: Exemplar[] = [];
  private readonly seen: number[] = []; // by label
  private readonly kept: number[] = [];

  /** `grid` is the distance of two storable values; 0 stores floats. */
  constructor(
    private readonly budget: number,
    private readonly random: Random,
    private readonly grid = 0,
  ) {}

  add(x: ArrayLike<number>, y: number): void {
    this.seen[y] = (this.seen[y] ?? 0) + 1;
    this.kept[y] ??= 0;
    if (this.stored.length < this.budget) {
      this.kept[y]++;
      this.stored.push(this.coarse(x, y));
      return;
    }
    const most = Math.max(...this.kept.filter((count) => count !== undefined));
    const ownIsLargest = this.kept[y] === most;
    if (ownIsLargest && this.random.uniform() >= this.kept[y] / this.seen[y]) return;
    const from = ownIsLargest ? y : this.kept.indexOf(most);
    const places = this.stored.flatMap((exemplar, place) => (exemplar.y === from ? [place] : []));
    this.stored[places[this.random.below(places.length)]] = this.coarse(x, y);
    this.kept[from]--;
    this.kept[y]++;
  }

  draw(): Exemplar {
    return this.stored[this.random.below(this.stored.length)];
  }

  /** The exemplar of label y nearest to x, each input weighted by 1 / variance where variances are given. */
  nearest(x: ArrayLike<number>, y: number, variance?: Float64Array): Float32Array | undefined {
    let best: Float32Array | undefined;
    let least = Infinity;
    for (const exemplar of this.stored) {
      if (exemplar.y !== y) continue;
      const other = exemplar.x;
      let distance = 0;
      for (let i = 0; i < other.length && distance < least; i++) {
        const d = x[i] - other[i];
        if (variance === undefined) distance += d * d;
        else if (variance[i] > 1e-12) distance += (d * d) / variance[i];
      }
      if (distance < least) [least, best] = [distance, other];
    }
    return best;
  }

  private coarse(x: ArrayLike<number>, y: number): Exemplar {
    const { grid } = this;
    return { x: grid > 0 ? Float32Array.from(x, (v) => Math.round(v / grid) * grid) : Float32Array.from(x), y };
  }
}
