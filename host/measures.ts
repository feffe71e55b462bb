import { Calibration } from './calibration.js';
import { checkFields } from './config-values.js';

/** How much of the past the moving measures see. */
export interface MeasuresOptions {
  /** Width of the window of `recent`, in samples, 1 or more. Default 200; narrower follows changes faster, and is noisier. */
  window?: number;
  /** How much of its weight a sample keeps when the next one comes, in `fading`; above 0, at most 1. Default 0.995: about the last 200 samples. */
  fading?: number;
}

/** How often each label was answered for each. */
export interface Confusion {
  labels: readonly string[];
  /** `counts[truth][predicted]`, both in the order of `labels`. A row lacks the samples for which there was no answer yet. */
  counts: number[][];
}

/**
 * How good a stream of predictions is, kept up to date sample by sample. Every sample is predicted before it is learned
 * ("prequential": Dawid 1984; Gama, Sebastiao, Rodrigues, "On evaluating stream learning algorithms", 2013).
 * Labels go by their names and may appear at any time. Every figure is a fraction, 0 to 1 (the kappas can be negative).
 * Memory: window + labels^2 numbers.
 */
export class Measures {
  /** Samples scored. */
  samples = 0;
  /** Every label that was true or answered so far, after those given to the constructor. */
  readonly labels: string[] = [];
  readonly window: number;

  readonly #index = new Map<string, number>();
  readonly #counts: number[][] = []; // [truth][predicted]
  readonly #truths: number[] = [];
  readonly #answers: number[] = [];
  readonly #calibration = new Calibration();
  #correct = 0;

  readonly #fade: number;
  #fadedCorrect = 0;
  #fadedSamples = 0;
  readonly #recent: Uint8Array; // ring: was it right?
  #recentCorrect = 0;

  readonly #given: number[] = []; // how often each label was made known
  #last = -1; // the label made known last: what "repeat the last label" answers
  #most = -1; // the label made known most often: what "always the majority" answers
  #persistent = 0;
  #majority = 0;

  constructor(labels: Iterable<string> = [], options: MeasuresOptions = {}) {
    checkFields('options', options, ['window', 'fading']);
    const { window = 200, fading = 0.995 } = options;
    if (!Number.isInteger(window) || window < 1) throw new RangeError(`"window" must be a whole number of at least 1, got ${window}`);
    if (!(fading > 0 && fading <= 1)) throw new RangeError(`"fading" must be above 0 and at most 1, got ${fading}`);
    this.window = window;
    this.#fade = fading;
    this.#recent = new Uint8Array(window);
    for (const label of labels) this.#indexOf(label);
  }

  /**
   * Scores one sample. `predicted` is undefined where the learner had no label to answer with yet: wrong.
   * `known` says whether the learner is given this label now; where it comes later, call `reveal` then, where it never
   * comes, leave it: the two baselines know no more labels than the learner does. `probability` is that of the answer, 0 to 1, where it has one.
   */
  add(truth: string, predicted: string | undefined, known = true, probability?: number): void {
    const row = this.#indexOf(truth);
    const column = predicted === undefined ? -1 : this.#indexOf(predicted);
    const right = row === column ? 1 : 0;
    const slot = this.samples % this.window;
    if (this.samples >= this.window) this.#recentCorrect -= this.#recent[slot]!;
    this.#recent[slot] = right;
    this.#recentCorrect += right;
    this.#fadedCorrect = right + this.#fade * this.#fadedCorrect;
    this.#fadedSamples = 1 + this.#fade * this.#fadedSamples;
    this.#correct += right;
    if (row === this.#last) this.#persistent++;
    if (row === this.#most) this.#majority++;
    this.#truths[row]!++;
    if (probability !== undefined && predicted !== undefined) this.#calibration.add(probability, right === 1);
    if (column >= 0) {
      this.#answers[column]!++;
      this.#counts[row]![column] = (this.#counts[row]![column] ?? 0) + 1;
    }
    this.samples++;
    if (known) this.reveal(truth);
  }

  /** A label becomes known after its sample was scored. */
  reveal(label: string): void {
    const i = this.#indexOf(label);
    const times = ++this.#given[i]!;
    this.#last = i;
    if (this.#most < 0 || times > this.#given[this.#most]!) this.#most = i;
  }

  /** Share predicted rightly, of all samples. */
  get accuracy(): number {
    return ratio(this.#correct, this.samples);
  }

  /** Share predicted rightly among the last `window` samples (the sliding window of Gama et al. 2013). */
  get recent(): number {
    return ratio(this.#recentCorrect, Math.min(this.samples, this.window));
  }

  /** Accuracy with fading factors: S_i / B_i, S_i = right_i + f S_(i-1), B_i = 1 + f B_(i-1) (Gama et al. 2013). */
  get fading(): number {
    return ratio(this.#fadedCorrect, this.#fadedSamples);
  }

  /** Accuracy of repeating the last label known; while there is none to repeat, it is wrong. */
  get persistence(): number {
    return ratio(this.#persistent, this.samples);
  }

  /** Accuracy of answering the label that was known most often so far; while there is none, it is wrong. */
  get majority(): number {
    return ratio(this.#majority, this.samples);
  }

  /** Of the samples of a label, the share predicted rightly; undefined where there was none. */
  recall(label: string): number | undefined {
    const i = this.#index.get(label);
    return i === undefined || this.#truths[i] === 0 ? undefined : (this.#counts[i]![i] ?? 0) / this.#truths[i]!;
  }

  /** Mean recall over the labels seen (Brodersen et al., "The balanced accuracy and its posterior distribution", 2010). */
  get balancedAccuracy(): number {
    const recalls = this.labels.map((label) => this.recall(label)).filter((recall) => recall !== undefined);
    return ratio(recalls.reduce((sum, recall) => sum + recall, 0), recalls.length);
  }

  /**
   * Cohen's kappa, (p0 - pe) / (1 - pe): p0 the accuracy, pe what a predictor with the same label frequencies would reach
   * by chance (Cohen, "A coefficient of agreement for nominal scales", 1960). 0 where pe is 1: nothing was at stake.
   */
  get kappa(): number {
    const chance = this.#truths.reduce((sum, truths, i) => sum + truths * this.#answers[i]!, 0);
    return against(this.accuracy, ratio(chance, this.samples ** 2));
  }

  /**
   * Kappa-temporal, (p0 - p_persistence) / (1 - p_persistence): above 0 beats repeating the last label (Zliobaite, Bifet,
   * Read, Pfahringer, Holmes, "Evaluation methods and decision theory for classification of streaming data with
   * temporal dependence", 2015).
   */
  get kappaTemporal(): number {
    return against(this.accuracy, this.persistence);
  }

  /**
   * Kappa-M, (p0 - p_majority) / (1 - p_majority): above 0 beats the most frequent label so far (Bifet, de Francisci
   * Morales, Read, Holmes, Pfahringer, "Efficient online evaluation of big data stream classifiers", 2015).
   */
  get kappaM(): number {
    return against(this.accuracy, this.majority);
  }

  /** By how much the answers' probabilities miss the share that is right: expected calibration error, 15 bins (Guo et al. 2017); undefined where none was given. */
  get calibrationError(): number | undefined {
    return this.#calibration.error;
  }

  /** A copy; rows are truths, columns are answers. */
  get confusion(): Confusion {
    return { labels: [...this.labels], counts: this.#counts.map((row) => this.labels.map((_, i) => row[i] ?? 0)) };
  }

  #indexOf(label: string): number {
    let i = this.#index.get(label);
    if (i === undefined) {
      i = this.labels.push(label) - 1;
      this.#index.set(label, i);
      this.#counts.push([]);
      for (const tally of [this.#truths, this.#answers, this.#given]) tally.push(0);
    }
    return i;
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function against(accuracy: number, baseline: number): number {
  return baseline < 1 ? (accuracy - baseline) / (1 - baseline) : 0;
}
