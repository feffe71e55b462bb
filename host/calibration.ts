/** Bins of equal width that confidences fall into: as in the paper below. */
const BINS = 15;

/**
 * Expected calibration error: of the answers in a bin of confidence, |share right - mean confidence|, mean over all answers (Guo, Pleiss, Sun, Weinberger,
 * "On calibration of modern neural networks", 2017). 0: of the answers that are given with 80 %, 80 % are right. n answers in few bins show about
 * sqrt(bins / n) / 2 by chance.
 */
export class Calibration {
  readonly #answers = new Float64Array(BINS);
  /** Right answers less summed confidence. */
  readonly #balance = new Float64Array(BINS);

  /** @param probability of the answer, 0 to 1 */
  add(probability: number, right: boolean): void {
    const bin = Math.min(Math.floor(probability * BINS), BINS - 1);
    this.#answers[bin]!++;
    this.#balance[bin]! += (right ? 1 : 0) - probability;
  }

  /** 0 to 1; undefined before the first answer. */
  get error(): number | undefined {
    const answers = this.#answers.reduce((sum, count) => sum + count, 0);
    return answers === 0 ? undefined : this.#balance.reduce((sum, balance) => sum + Math.abs(balance), 0) / answers;
  }
}
