/**
 * How good a stream of predictions is, kept up to date sample by sample. Every sample is predicted before it is learned
 * ("prequential": Dawid 1984; Gama, Sebastiao, Rodrigues, "On evaluating stream learning algorithms", 2013).
 * Every figure is a fraction, 0 to 1 (the kappas can be negative).
 */
export class Measures {
  /** Samples scored. */
  samples = 0;
  /** `confusion[truth * labels + predicted]`: how often. */
  readonly confusion: Uint32Array;

  #correct = 0;
  #persistent = 0;
  #known = -1; // the last label that was made known: what "repeat the last label" answers
  readonly #recent: Uint8Array; // ring: was it right?
  #recentCorrect = 0;

  constructor(
    readonly labels: number,
    /** Width of the window of `recent`. */
    readonly window = 200,
  ) {
    this.confusion = new Uint32Array(labels * labels);
    this.#recent = new Uint8Array(window);
  }

  /**
   * Scores one sample by label indices. `known` says whether the learner was given this label afterwards: where labels
   * are sparse, the persistence baseline repeats the last label that was given, not the last that was true.
   */
  add(truth: number, predicted: number, known = true): void {
    const right = truth === predicted ? 1 : 0;
    const slot = this.samples % this.window;
    if (this.samples >= this.window) this.#recentCorrect -= this.#recent[slot]!;
    this.#recent[slot] = right;
    this.#recentCorrect += right;
    this.#correct += right;
    if (truth === this.#known) this.#persistent++;
    if (known) this.#known = truth;
    this.confusion[truth * this.labels + predicted]!++;
    this.samples++;
  }

  /** Share predicted rightly. */
  get accuracy(): number {
    return ratio(this.#correct, this.samples);
  }

  /** Share predicted rightly among the last `window` samples. */
  get recent(): number {
    return ratio(this.#recentCorrect, Math.min(this.samples, this.window));
  }

  /** Accuracy of repeating the last label; the first sample has none to repeat and counts as wrong. */
  get persistence(): number {
    return ratio(this.#persistent, this.samples);
  }

  /** Mean recall over the labels seen (Brodersen et al., "The balanced accuracy and its posterior distribution", 2010). */
  get balancedAccuracy(): number {
    const { labels, confusion } = this;
    let sum = 0;
    let seen = 0;
    for (let label = 0; label < labels; label++) {
      let total = 0;
      for (let predicted = 0; predicted < labels; predicted++) total += confusion[label * labels + predicted]!;
      if (total === 0) continue;
      sum += confusion[label * labels + label]! / total;
      seen++;
    }
    return ratio(sum, seen);
  }

  /**
   * Cohen's kappa, (p0 - pe) / (1 - pe): p0 the accuracy, pe what a predictor with the same label frequencies would reach
   * by chance (Cohen, "A coefficient of agreement for nominal scales", 1960). 0 where pe is 1: nothing was at stake.
   */
  get kappa(): number {
    const { labels, confusion, samples } = this;
    let chance = 0;
    for (let label = 0; label < labels; label++) {
      let truths = 0;
      let predictions = 0;
      for (let other = 0; other < labels; other++) {
        truths += confusion[label * labels + other]!;
        predictions += confusion[other * labels + label]!;
      }
      chance += truths * predictions;
    }
    return against(this.accuracy, ratio(chance, samples * samples));
  }

  /**
   * Kappa-temporal, (p0 - p_persistence) / (1 - p_persistence): above 0 beats repeating the last label (Zliobaite, Bifet,
   * Read, Pfahringer, Holmes, "Evaluation methods and decision theory for classification of streaming data with
   * temporal dependence", 2015).
   */
  get kappaTemporal(): number {
    return against(this.accuracy, this.persistence);
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function against(accuracy: number, baseline: number): number {
  return baseline < 1 ? (accuracy - baseline) / (1 - baseline) : 0;
}
