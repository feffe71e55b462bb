/**
 * Accuracy on every task after each task: R[i][j] is its accuracy on held-out samples of task j after it
 * learned the tasks 0 to i, one after the other. Every figure is a fraction; tasks count alike, whatever their sizes.
 */
export class AccuracyMatrix {
  readonly rows: readonly (readonly number[])[];

  /** `rows`: one per task learned so far, each with the accuracy on every task, whether learned yet or not. */
  constructor(rows: readonly (readonly number[])[] = []) {
    for (const [i, row] of rows.entries()) {
      if (row.length !== rows[0]!.length) throw new RangeError(`rows[${i}] has ${row.length} accuracies, rows[0] has ${rows[0]!.length}`);
    }
    if (rows.length > 0 && rows.length > rows[0]!.length) throw new RangeError(`${rows.length} rows for ${rows[0]!.length} tasks: one row for each task learned`);
    this.rows = rows;
  }

  /** One more task was learned. */
  with(row: readonly number[]): AccuracyMatrix {
    return new AccuracyMatrix([...this.rows, row]);
  }

  /** The last row measured anew, after a sleep for example. */
  withLast(row: readonly number[]): AccuracyMatrix {
    return new AccuracyMatrix([...this.rows.slice(0, -1), row]);
  }

  /** Mean accuracy over the tasks learned, after the last of them: ACC (Lopez-Paz, Ranzato, "Gradient episodic memory", 2017). */
  get averageAccuracy(): number {
    return this.#averageAfter(this.rows.length - 1);
  }

  /** Mean of `averageAccuracy` as it stood after each task (Rebuffi, Kolesnikov, Sperl, Lampert, "iCaRL", 2017). */
  get incrementalAccuracy(): number {
    return mean(this.rows.map((_, i) => this.#averageAfter(i)));
  }

  /**
   * Backward transfer, BWT: mean over all tasks but the last of R[last][j] - R[j][j], what learning the later tasks did to
   * an earlier one (Lopez-Paz, Ranzato 2017). Negative: it was forgotten. 0 with fewer than two tasks.
   */
  get backwardTransfer(): number {
    return mean(this.#earlier((j) => this.#last(j) - this.rows[j]![j]!));
  }

  /**
   * Forgetting, F: mean over all tasks but the last of max over i < last of R[i][j] - R[last][j], the best it ever was less
   * what it is (Chaudhry, Dokania, Ajanthan, Torr, "Riemannian walk for incremental learning", 2018). 0 with fewer than two.
   */
  get forgetting(): number {
    return mean(this.#earlier((j) => Math.max(...this.rows.slice(0, -1).map((row) => row[j]!)) - this.#last(j)));
  }

  /**
   * Forward transfer, FWT: mean over all tasks but the first of R[j-1][j] - untrained[j], what the earlier tasks did for one
   * not learned yet (Lopez-Paz, Ranzato 2017). `untrained`: accuracy on every task before any learning.
   */
  forwardTransfer(untrained: readonly number[]): number {
    return mean(this.#earlier((j) => this.rows[j]![j + 1]! - untrained[j + 1]!));
  }

  /** f(0), f(1), ... for every task but the last one learned. */
  #earlier(f: (task: number) => number): number[] {
    return this.rows.slice(0, -1).map((_, task) => f(task));
  }

  #last(task: number): number {
    return this.rows.at(-1)![task]!;
  }

  #averageAfter(i: number): number {
    return i < 0 ? 0 : mean(this.rows[i]!.slice(0, i + 1));
  }
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
