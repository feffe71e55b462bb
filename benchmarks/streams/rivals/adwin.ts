/**
 * ADWIN (Bifet and Gavalda, 2007): a window over the errors that drops its older part where its mean differs from that of the newer one by more than chance,
 * by an exponential histogram of at most five buckets a size; looked at every 32 errors.
 */
const BUCKETS = 5;
const EVERY = 32;
const LEAST = 5; // values of either part

interface Bucket {
  count: number;
  sum: number;
}

export class Adwin {
  private buckets: Bucket[] = []; // the newest first; counts are powers of two that never fall
  private seen = 0;

  constructor(private readonly delta: number) {}

  /** Whether the mean has changed. */
  observe(value: number): boolean {
    this.buckets.unshift({ count: 1, sum: value });
    this.merge();
    return ++this.seen % EVERY === 0 && this.drop();
  }

  /** Of the window. */
  mean(): number {
    const { count, sum } = this.total();
    return count === 0 ? 0 : sum / count;
  }

  private total(): Bucket {
    return this.buckets.reduce((all, { count, sum }) => ({ count: all.count + count, sum: all.sum + sum }), { count: 0, sum: 0 });
  }

  private merge(): void {
    const { buckets } = this;
    for (let from = 0; from < buckets.length; ) {
      let end = from;
      while (end < buckets.length && buckets[end].count === buckets[from].count) end++;
      if (end - from <= BUCKETS) return;
      const [older, oldest] = buckets.slice(end - 2, end);
      buckets.splice(end - 2, 2, { count: older.count + oldest.count, sum: older.sum + oldest.sum });
      from = end - 2;
    }
  }

  /** Drops the oldest buckets as long as a cut says so. */
  private drop(): boolean {
    let dropped = false;
    while (this.buckets.length > 1 && this.differs()) {
      this.buckets.pop();
      dropped = true;
    }
    return dropped;
  }

  private differs(): boolean {
    const { count: n, sum } = this.total();
    const variance = (sum / n) * (1 - sum / n); // of errors, 0 or 1
    const confidence = Math.log((2 * Math.log(Math.max(n, 3))) / this.delta);
    let newer = { count: 0, sum: 0 };
    for (const bucket of this.buckets) {
      newer = { count: newer.count + bucket.count, sum: newer.sum + bucket.sum };
      const older = n - newer.count;
      if (newer.count < LEAST || older < LEAST) continue;
      const both = 1 / newer.count + 1 / older;
      const bound = Math.sqrt(2 * both * variance * confidence) + (2 / 3) * both * confidence;
      if (Math.abs(newer.sum / newer.count - (sum - newer.sum) / older) > bound) return true;
    }
    return false;
  }
}
