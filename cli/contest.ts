import type { Learner } from '../host/index.js';
import { Measures } from '../host/measures.js';
import { progressive } from '../host/progressive.js';
import type { Sample } from '../host/sources/sample.js';

/**
 * A learner beside what it is measured against, over one stream:
 * - `standardiser`: a copy whose weights stopped learning at the freeze and whose standardiser goes on adapting;
 * - `frozen`: a copy that stopped entirely at the freeze, and only predicts;
 * - `repeat`: the last label that was given.
 */
export const RIVALS = ['standardiser', 'frozen', 'repeat'] as const;
export const CONTENDERS = ['learning', ...RIVALS] as const;
export type Contender = (typeof CONTENDERS)[number];

export interface ContestOptions {
  /** The copies are taken before the first sample for which this is true. */
  freeze: (sample: Sample, n: number) => boolean;
  /** Accuracy is kept apart for every value of this. */
  group?: (sample: Sample) => string;
  /** Samples between two points of the history. */
  stride: number;
  labelEvery?: number;
}

/** Samples before an accuracy says something. */
const SETTLED = 20;

/** How things stood at one moment. */
export interface Point {
  n: number;
  /** Accuracy over the last 200 samples; absent until the copies have answered 20. */
  recent: Partial<Record<Contender, number>>;
  accuracy: number;
  /** Per label, on samples of that label: mean goodness of it, and of the best other label (NaN: there were none yet). */
  goodness: number[];
  goodnessOfBest: number[];
  /** Per layer: RMS distance of the weights from the start, over the RMS of the weights at the start. */
  drift: number[];
}

/** Answers given and right answers, apart for one group of samples. */
export class Group {
  samples = 0;
  readonly #given = { learning: 0, standardiser: 0, frozen: 0, repeat: 0 };
  readonly #right = { learning: 0, standardiser: 0, frozen: 0, repeat: 0 };

  add(name: Contender, right: boolean): void {
    this.#given[name]++;
    if (right) this.#right[name]++;
  }

  /** Absent where the contender did not exist yet. */
  accuracy(name: Contender): number | undefined {
    return this.#given[name] > 0 ? this.#right[name] / this.#given[name] : undefined;
  }
}

export class Contest {
  /** Samples predicted so far. */
  n = 0;
  readonly whole: Record<'learning' | 'repeat', Measures>;
  /** Since the freeze. */
  readonly after: Record<Contender, Measures>;
  /** The sample before which the copies were taken, from 1. */
  frozenAt: number | undefined;
  readonly groups = new Map<string, Group>();
  readonly history: Point[] = [];
  /** The group of the latest sample. */
  place = '';

  #copies: { standardiser: Learner; frozen: Learner } | undefined;
  #known: string | undefined;
  readonly #start: Float32Array[];
  readonly #goodness: Goodness;

  constructor(
    readonly learner: Learner,
    private readonly options: ContestOptions,
  ) {
    const { labels } = learner;
    const measures = () => new Measures(labels);
    this.whole = { learning: measures(), repeat: measures() };
    this.after = { learning: measures(), standardiser: measures(), frozen: measures(), repeat: measures() };
    this.#start = learner.config.units.map((_, layer) => learner.weights(layer));
    this.#goodness = new Goodness(labels.length);
  }

  /** Plays the stream; yields after every sample. */
  async *play(source: AsyncIterable<Sample> | Iterable<Sample>): AsyncGenerator<Contest> {
    const { labels } = this.learner;
    const index = new Map(labels.map((label, i) => [label, i]));
    const { group = () => '', stride, labelEvery = 1 } = this.options;
    const steps = progressive(this.learner, this.#beforeEach(source), { labelEvery, measures: this.whole.learning });
    for await (const { n, sample, prediction, learned } of steps) {
      this.n = n;
      const truth = sample.y;
      const answers: Partial<Record<Contender, string>> = { learning: prediction.label };
      if (this.#copies) {
        const { standardiser, frozen } = this.#copies;
        answers.standardiser = standardiser.predict(sample.x).label;
        answers.frozen = frozen.predict(sample.x).label;
        standardiser.adapt(sample.x);
      }
      if (truth !== undefined) {
        if (this.#known !== undefined) answers.repeat = this.#known;
        this.#score(group(sample), truth, answers);
        this.#goodness.add(prediction.scores, index.get(truth)!);
        if (learned) this.#known = truth;
      }
      if (n % stride === 0) this.history.push(this.#point());
      yield this;
    }
    if (this.n > 0 && this.history.at(-1)?.n !== this.n) this.history.push(this.#point());
    this.#copies?.standardiser.dispose();
    this.#copies?.frozen.dispose();
  }

  /** Takes the copies in time: after the sample before, and before the learner sees the next. */
  async *#beforeEach(source: AsyncIterable<Sample> | Iterable<Sample>): AsyncGenerator<Sample> {
    let n = 0;
    for await (const sample of source) {
      n++;
      if (!this.#copies && this.options.freeze(sample, n)) {
        this.#copies = { standardiser: this.learner.clone(), frozen: this.learner.clone() };
        this.frozenAt = n;
      }
      yield sample;
    }
  }

  #score(place: string, truth: string, answers: Partial<Record<Contender, string>>): void {
    this.place = place;
    let group = this.groups.get(place);
    if (!group) this.groups.set(place, (group = new Group()));
    group.samples++;
    this.whole.repeat.add(truth, answers.repeat); // nothing to repeat yet: wrong
    for (const name of CONTENDERS) {
      const answer = answers[name];
      if (answer === undefined && name !== 'repeat') continue;
      group.add(name, answer === truth);
      if (this.frozenAt !== undefined) this.after[name].add(truth, answer);
    }
  }

  #point(): Point {
    const recent: Point['recent'] = { learning: this.whole.learning.recent, repeat: this.whole.repeat.recent };
    if (this.after.frozen.samples >= SETTLED) {
      recent.frozen = this.after.frozen.recent;
      recent.standardiser = this.after.standardiser.recent;
    }
    const drift = this.#start.map((start, layer) => distance(start, this.learner.weights(layer)));
    return { n: this.n, recent, accuracy: this.whole.learning.accuracy, drift, ...this.#goodness.means() };
  }
}

function distance(start: Float32Array, now: Float32Array): number {
  let moved = 0;
  let size = 0;
  for (let i = 0; i < start.length; i++) {
    moved += (now[i]! - start[i]!) ** 2;
    size += start[i]! ** 2;
  }
  return size > 0 ? Math.sqrt(moved / size) : 0;
}

/** For the samples of every label, about the last 50: mean goodness of that label, and of the best other one. */
class Goodness {
  readonly #own: Float64Array;
  readonly #best: Float64Array;
  readonly #seen: Float64Array;

  constructor(labels: number) {
    this.#own = new Float64Array(labels).fill(NaN);
    this.#best = new Float64Array(labels).fill(NaN);
    this.#seen = new Float64Array(labels);
  }

  add(scores: ArrayLike<number>, truth: number): void {
    let best = -Infinity;
    for (let label = 0; label < scores.length; label++) if (label !== truth && scores[label]! > best) best = scores[label]!;
    const share = Math.max(1 / ++this.#seen[truth]!, 1 / 50);
    this.#own[truth] = share < 1 ? this.#own[truth]! + share * (scores[truth]! - this.#own[truth]!) : scores[truth]!;
    this.#best[truth] = share < 1 ? this.#best[truth]! + share * (best - this.#best[truth]!) : best;
  }

  means(): { goodness: number[]; goodnessOfBest: number[] } {
    return { goodness: [...this.#own], goodnessOfBest: [...this.#best] };
  }
}
