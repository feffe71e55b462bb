import { Adaptation, type AdaptationOptions } from './adaptation.js';
import { Measures } from './measures.js';
import type { Sample } from './sources/sample.js';

/** The least that a sample is answered with. */
export interface Answer {
  /** Undefined: no label is known yet. */
  label: string | undefined;
  /** How likely that is, 0 to 1, where the learner says so: for the calibration error. */
  probability?: number;
}

/** The part of a learner that test-then-train needs: `Learner` has it, and so has any rival that wants to be measured the same way. */
export interface Online<P extends Answer = Answer> {
  /** May grow while it learns. */
  readonly labels: readonly string[];
  /** The answer to a sample; changes nothing. */
  predict(x: ArrayLike<number>): P;
  /** A label that is new is taken in, or refused with an error where there is no room for it. */
  learn(x: ArrayLike<number>, label: string): void;
  /** Learns from a sample without a label where the inputs are centred, and how far they spread. Used with `adapt: 'balanced'` only. */
  adapt?(x: ArrayLike<number>): void;
}

/** How often to report, which labels come, and when, and what a sample without one may change. */
export interface ProgressiveOptions extends AdaptationOptions {
  /** A step is yielded after every `every` samples, 1 or more, and after the last one. Default 1; raise it where you show progress only. */
  every?: number;
  /** Only the first of every `labelEvery` labels, 1 or more, is given to the learner; all are scored. Default 1: every label. To see what fewer labels cost. */
  labelEvery?: number;
  /**
   * Samples by which a label comes late: sample n is predicted when it comes and learned after sample n + delay is predicted.
   * 0 or more; default 0: at once. Up to `delay` samples are kept, as copies; what is still on its way when the source ends arrives then.
   */
  delay?: number;
  /** Keep the figures here. Default: new ones. */
  measures?: Measures;
  /** Ends the pass. */
  signal?: AbortSignal;
}

/** One sample, predicted first, then learned; with the figures so far. */
export interface Step<P extends Answer = Answer> {
  /** Samples taken from the source so far, this one included. */
  n: number;
  sample: Sample;
  prediction: P;
  /** Absent when the sample had no label. */
  correct?: boolean;
  /** Its label is given to the learner, now or `delay` samples later. */
  learned: boolean;
  /** The time from the sample before to this one, where that is a gap: negative, or more than 5 times what is usual (the median of the last 15). */
  gap?: number;
  /** Accuracy so far, and over the last 200 samples. */
  accuracy: number;
  recent: number;
  /** Live: goes on counting after this step. */
  measures: Measures;
}

/**
 * Test, then train: each sample is predicted, scored, and only then learned, in one pass over the source.
 *
 * Labels may be missing, sparse (`labelEvery`) or late (`delay`; for labels by id, in any order, see `PendingLabels`). A sample
 * without a label is predicted and not scored; a sample whose label the learner is not given changes nothing, unless `adapt` says otherwise.
 * What is late is learned once, when the label comes, and not adapted to before (eleven streams, delays of 10, 100 and 500
 * samples: adapting as well, when the sample comes, gives +0.0, -0.1 and -2.4).
 * A label the learner does not know yet counts as a wrong answer and is learned.
 *
 * @throws RangeError for an option out of range, and where the learner has no room for one more label.
 */
export async function* progressive<P extends Answer>(
  learner: Online<P>,
  source: AsyncIterable<Sample> | Iterable<Sample>,
  { every = 1, labelEvery = 1, delay = 0, measures = new Measures(learner.labels), signal, ...options }: ProgressiveOptions = {},
): AsyncGenerator<Step<P>> {
  for (const [name, value, least] of [['every', every, 1], ['labelEvery', labelEvery, 1], ['delay', delay, 0]] as const) {
    if (!Number.isInteger(value) || value < least) throw new RangeError(`"${name}" must be a whole number of at least ${least}, got ${value}`);
  }
  let n = 0;
  let labelled = 0;
  const delayed: { n: number; x: ArrayLike<number>; y: string }[] = [];
  const clock = new Clock();
  const adaptation = new Adaptation(learner, options);

  const learn = (from: number, x: ArrayLike<number>, y: string) => {
    try {
      adaptation.learn(x, y);
    } catch (cause) {
      if (cause instanceof RangeError) throw new RangeError(`sample ${from}: ${cause.message}`, { cause });
      throw cause;
    }
  };

  let last: Step<P> | undefined;
  for await (const sample of source) {
    signal?.throwIfAborted();
    n++;
    const { x, y, t } = sample;
    const prediction = learner.predict(x);
    let correct: boolean | undefined;
    let learned = false;
    if (y !== undefined) {
      correct = prediction.label === y;
      learned = labelled++ % labelEvery === 0;
      measures.add(y, prediction.label, learned && delay === 0, prediction.probability);
    }
    if (!learned) adaptation.adapt(x);
    else if (delay === 0) learn(n, x, y!);
    else delayed.push({ n, x: Float64Array.from(x), y: y! });
    while (delayed.length > 0 && delayed[0]!.n + delay <= n) arrive();

    last = { n, sample, prediction, learned, accuracy: measures.accuracy, recent: measures.recent, measures };
    if (correct !== undefined) last.correct = correct;
    const gap = t === undefined ? undefined : clock.gap(t);
    if (gap !== undefined) last.gap = gap;
    if (n % every === 0) {
      yield last;
      last = undefined;
    }
  }
  while (delayed.length > 0) arrive();
  if (last) yield last;

  function arrive(): void {
    const { n: from, x, y } = delayed.shift()!;
    measures.reveal(y);
    learn(from, x, y);
  }
}

/** Tells a gap in time from the usual interval, whatever that is. */
class Clock {
  #before: number | undefined;
  readonly #intervals: number[] = [];

  gap(t: number): number | undefined {
    const interval = t - (this.#before ?? NaN);
    this.#before = t;
    if (Number.isNaN(interval)) return undefined;
    const usual = [...this.#intervals].sort((a, b) => a - b)[this.#intervals.length >> 1];
    if (interval >= 0) this.#intervals.push(interval);
    if (this.#intervals.length > 15) this.#intervals.shift();
    return interval < 0 || (this.#intervals.length > 5 && interval > 5 * usual!) ? interval : undefined;
  }
}
