import type { Registry } from 'prom-client';
import type { Stats } from '../learner.js';
import type { MemoryPlan } from '../plan.js';
import { Figures, type PrometheusOptions } from './figures.js';

export type { PrometheusOptions } from './figures.js';
export { PrometheusDetectorSink, prometheusDetectorSink, type Finding, type WatchedDetector } from './prometheus-detector.js';

/** One sample's outcome. */
export interface Outcome {
  /** The answer. */
  label: string | null | undefined;
  /** The truth, where there is one. */
  y?: string;
  margin: number;
  /** How likely the answer is, 0 to 1. */
  probability?: number;
  /** How familiar the sample is, 0 to 1. */
  familiar?: number | undefined;
  /** Goodness of every label, and their names. */
  scores?: ArrayLike<number>;
  labels?: readonly string[];
}

/** Figures of a learner that are read whenever Prometheus asks. */
export interface Watched {
  /** Counters and sizes, as of now. */
  stats(): Pick<Stats, 'seen' | 'saturations' | 'alarms' | 'exemplars'> & { bytes: Pick<MemoryPlan, 'arena'> };
}

/** Names of labels are others' text, and each is a series: beyond these, goodness is not told apart. */
const MOST_LABELS = 64;

/**
 * Figures of a learner for Prometheus, through the package `prom-client` (an optional peer: `npm install prom-client`).
 *
 * | metric | |
 * |---|---|
 * | `onward_samples_total{result}` | counter: right, wrong, unlabelled |
 * | `onward_late_labels_total{result}` | counter: right, wrong; of samples that were counted as unlabelled when they came |
 * | `onward_accuracy` | gauge: share of right answers, fading (0.995: the last 200 labelled samples or so, labels that came late included); not there before the first label |
 * | `onward_probability`, `onward_familiar`, `onward_margin`, `onward_goodness{label}` | gauges: of the last sample |
 * | `onward_learned_samples_total`, `onward_drift_events_total` | counters of the learner's whole life |
 * | `onward_saturations`, `onward_exemplars`, `onward_model_bytes` | gauges |
 * | `onward_dropped_samples_total`, `onward_refused_samples_total` | counters of the source |
 *
 * ```ts
 * const metrics = await prometheusSink(() => learner, () => source.counts());
 * for await (const { x, y } of source) {
 *   metrics.write({ ...learner.predict(x), labels: learner.labels, y });
 *   if (y !== undefined) learner.learn(x, y);
 * }
 * ```
 * @param learner asked when Prometheus asks; undefined while there is none
 * @param source likewise
 */
export async function prometheusSink(
  learner: () => Watched | undefined,
  source: () => { dropped?: number; refused?: number } = () => ({}),
  options: PrometheusOptions = {},
): Promise<PrometheusSink> {
  return new PrometheusSink(await Figures.open(options), learner, source);
}

/** Figures of a learner, fetched by Prometheus. */
export class PrometheusSink {
  readonly registry: Registry;
  readonly #count: (result: string) => void;
  readonly #countLate: (result: string) => void;
  readonly #accuracy: (value: number) => void;
  readonly #probability: (value: number) => void;
  readonly #familiar: (value: number) => void;
  readonly #margin: (value: number) => void;
  readonly #goodness: (label: string, value: number) => void;
  #right = 0;
  #weight = 0;
  readonly #shown = new Set<string>();

  /** @internal Use `prometheusSink`. */
  constructor(figures: Figures, learner: () => Watched | undefined, source: () => { dropped?: number; refused?: number }) {
    this.registry = figures.registry;
    this.#count = figures.counter('onward_samples_total', 'Samples predicted, by how the answer was', 'result');
    this.#countLate = figures.counter('onward_late_labels_total', 'Labels that came late, by how the answer had been', 'result');
    this.#accuracy = figures.lazyGauge('onward_accuracy', 'Share of right answers, the last 200 labelled samples or so');
    this.#probability = figures.lazyGauge('onward_probability', 'How likely the answer is, 0 to 1, last sample');
    this.#familiar = figures.lazyGauge('onward_familiar', 'How familiar the sample is as one of the answer, 0 to 1, last sample');
    this.#margin = figures.lazyGauge('onward_margin', 'Goodness of the answer above the second best, last sample');
    this.#goodness = figures.gauge('onward_goodness', 'Goodness of a label, last sample', 'label');
    const stats = () => learner()?.stats();
    figures.total('onward_learned_samples_total', 'Samples learned', () => stats()?.seen);
    figures.total('onward_drift_events_total', 'Drift alarms', () => stats()?.alarms);
    figures.total('onward_dropped_samples_total', 'Samples that gave way to newer ones', () => source().dropped);
    figures.total('onward_refused_samples_total', 'What came and was no sample', () => source().refused);
    figures.watched('onward_saturations', 'Weights that stand at the limit of their format', () => stats()?.saturations);
    figures.watched('onward_exemplars', 'Exemplars stored', () => stats()?.exemplars);
    figures.watched('onward_model_bytes', 'Memory of the learner', () => stats()?.bytes.arena);
  }

  /** One sample, after it was predicted. */
  write({ label, y, probability, familiar, margin, scores = [], labels = [] }: Outcome): void {
    this.#count(y === undefined ? 'unlabelled' : y === label ? 'right' : 'wrong');
    if (y !== undefined) this.#score(y === label);
    if (probability !== undefined) this.#probability(probability);
    if (familiar !== undefined) this.#familiar(familiar);
    if (Number.isFinite(margin)) this.#margin(margin);
    labels.forEach((name, i) => {
      if (!this.#shown.has(name) && this.#shown.size >= MOST_LABELS) return;
      this.#shown.add(name);
      this.#goodness(name, scores[i] ?? 0);
    });
  }

  /** The label of a sample that was written without one: had it been answered right? */
  late(right: boolean): void {
    this.#countLate(right ? 'right' : 'wrong');
    this.#score(right);
  }

  #score(right: boolean): void {
    this.#right = 0.995 * this.#right + (right ? 1 : 0);
    this.#weight = 0.995 * this.#weight + 1;
    this.#accuracy(this.#right / this.#weight);
  }

  /** The text that Prometheus reads, for a handler of one's own: content type `registry.contentType`. */
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
