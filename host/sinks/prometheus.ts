import type { Gauge, Registry } from 'prom-client';
import type { Stats } from '../learner.js';
import type { MemoryPlan } from '../plan.js';

/** Where the figures are registered. */
export interface PrometheusOptions {
  /** Where the metrics are registered. Default: a registry of their own. */
  registry?: Registry;
  /** Labels of every metric: the machine, the sensor. */
  labels?: Record<string, string>;
}

/** One sample's outcome. */
export interface Outcome {
  /** The answer. */
  label: string | null;
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

/** What is asked for when Prometheus asks. */
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
  { registry: given, labels = {} }: PrometheusOptions = {},
): Promise<PrometheusSink> {
  let client: typeof import('prom-client');
  try {
    const loaded = await import('prom-client');
    client = loaded.Gauge ? loaded : (loaded as unknown as { default: typeof loaded }).default; // CommonJS, bundled
  } catch (cause) {
    throw new Error('prometheus: the package is not installed: npm install prom-client', { cause });
  }
  return new PrometheusSink(client, given ?? new client.Registry(), learner, source, labels);
}

/** Figures of a learner, fetched by Prometheus. */
export class PrometheusSink {
  readonly registry: Registry;
  readonly #client: typeof import('prom-client');
  readonly #own: Record<string, string>;
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
  constructor(client: typeof import('prom-client'), registry: Registry, learner: () => Watched | undefined, source: () => { dropped?: number; refused?: number }, labels: Record<string, string>) {
    this.registry = registry;
    this.#client = client;
    this.#own = labels;
    const samples = this.#counter('onward_samples_total', 'Samples predicted, by how the answer was', ['result']);
    const late = this.#counter('onward_late_labels_total', 'Labels that came late, by how the answer had been', ['result']);
    const accuracy = this.#lazyGauge('onward_accuracy', 'Share of right answers, the last 200 labelled samples or so');
    const probability = this.#lazyGauge('onward_probability', 'How likely the answer is, 0 to 1, last sample');
    const familiar = this.#lazyGauge('onward_familiar', 'How familiar the sample is as one of the answer, 0 to 1, last sample');
    const margin = this.#lazyGauge('onward_margin', 'Goodness of the answer above the second best, last sample');
    const goodness = this.#gauge('onward_goodness', 'Goodness of a label, last sample', ['label']);
    this.#count = (result) => samples.inc({ ...labels, result });
    this.#countLate = (result) => late.inc({ ...labels, result });
    this.#accuracy = accuracy;
    this.#probability = probability;
    this.#familiar = familiar;
    this.#margin = margin;
    this.#goodness = (label, value) => goodness.set({ ...labels, label }, value);
    const stats = () => learner()?.stats();
    this.#total('onward_learned_samples_total', 'Samples learned', () => stats()?.seen);
    this.#total('onward_drift_events_total', 'Drift alarms', () => stats()?.alarms);
    this.#total('onward_dropped_samples_total', 'Samples that gave way to newer ones', () => source().dropped);
    this.#total('onward_refused_samples_total', 'What came and was no sample', () => source().refused);
    this.#watched('onward_saturations', 'Weights that stand at the limit of their format', () => stats()?.saturations);
    this.#watched('onward_exemplars', 'Exemplars stored', () => stats()?.exemplars);
    this.#watched('onward_model_bytes', 'Memory of the learner', () => stats()?.bytes.arena);
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

  #gauge(name: string, help: string, more: string[] = []) {
    return new this.#client.Gauge({ name, help, labelNames: [...Object.keys(this.#own), ...more], registers: [this.registry] });
  }

  /** Made with its first value: until then there is none, and 0 would be one. */
  #lazyGauge(name: string, help: string): (value: number) => void {
    let gauge: Gauge | undefined;
    return (value) => (gauge ??= this.#gauge(name, help)).set(this.#own, value);
  }

  #counter(name: string, help: string, more: string[] = []) {
    return new this.#client.Counter({ name, help, labelNames: [...Object.keys(this.#own), ...more], registers: [this.registry] });
  }

  /** A counter that another keeps: it is set to that when it is asked for. */
  #total(name: string, help: string, value: () => number | undefined): void {
    const labels = this.#own;
    new this.#client.Counter({
      name,
      help,
      labelNames: Object.keys(labels),
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(labels, value() ?? 0);
      },
    });
  }

  #watched(name: string, help: string, value: () => number | undefined): void {
    const labels = this.#own;
    new this.#client.Gauge({
      name,
      help,
      labelNames: Object.keys(labels),
      registers: [this.registry],
      collect() {
        this.set(labels, value() ?? 0);
      },
    });
  }
}
