import type { Registry } from 'prom-client';
import type { DetectorStats } from '../detector/detector.js';
import { Figures, type PrometheusOptions } from './figures.js';

/** The finding for one sample. */
export interface Finding {
  /** 1 is where alarms begin. */
  score: number;
  /** True if this sample is an alarm; with a hold only the first of an alarm is. */
  alarm: boolean;
  /** The part of each channel in the score, and their names. */
  channels?: ArrayLike<number>;
  names?: readonly string[] | undefined;
  /** The view that gave each channel its score. */
  views?: readonly string[];
  /** The greatest score lately. */
  recent?: number;
}

/** Figures of a detector that are read whenever Prometheus asks. */
export interface WatchedDetector {
  /** Counters and sizes, as of now. */
  stats(): Pick<DetectorStats, 'seen' | 'alarms' | 'threshold' | 'toLearn'> & { bytes: { arena: number } };
}

/**
 * Figures of a detector for Prometheus, through the package `prom-client` (an optional peer: `npm install prom-client`).
 *
 * | metric | |
 * |---|---|
 * | `onward_observed_samples_total`, `onward_alarm_samples_total` | counters of the detector's whole life |
 * | `onward_alarm` | gauge: 1 while an alarm is open, from its first sample until the score is below 1; else 0 |
 * | `onward_score`, `onward_channel_score{channel}` | gauges: of the last sample; alarms begin at a score of 1 |
 * | `onward_recent_score` | gauge: the greatest score lately, fading |
 * | `onward_view_score{view}` | gauge: the greatest score that a view gave a channel, last sample; 0 where it gave none |
 * | `onward_alarm_threshold`, `onward_samples_to_learn`, `onward_model_bytes` | gauges |
 * | `onward_dropped_samples_total`, `onward_refused_samples_total` | counters of the source |
 *
 * @param detector asked when Prometheus asks; undefined while there is none
 * @param source likewise
 */
export async function prometheusDetectorSink(detector: () => WatchedDetector | undefined, source: () => { dropped?: number; refused?: number } = () => ({}), options: PrometheusOptions = {}): Promise<PrometheusDetectorSink> {
  return new PrometheusDetectorSink(await Figures.open(options), detector, source);
}

/** Figures of a detector, fetched by Prometheus. */
export class PrometheusDetectorSink {
  readonly registry: Registry;
  readonly #score: (value: number) => void;
  readonly #alarm: (value: number) => void;
  #isOpen = false;
  readonly #channel: (name: string, value: number) => void;
  readonly #recent: (value: number) => void;
  readonly #view: (name: string, value: number) => void;
  /** Views that gave a score so far. */
  readonly #views = new Set<string>();

  /** @internal Use `prometheusDetectorSink`. */
  constructor(figures: Figures, detector: () => WatchedDetector | undefined, source: () => { dropped?: number; refused?: number }) {
    this.registry = figures.registry;
    this.#score = figures.lazyGauge('onward_score', 'How unusual the last sample is; alarms begin at 1');
    this.#alarm = figures.lazyGauge('onward_alarm', 'Whether an alarm is open: its first sample came, and the score is 1 or more since');
    this.#channel = figures.gauge('onward_channel_score', 'What a channel has to do with the score, last sample', 'channel');
    this.#recent = figures.lazyGauge('onward_recent_score', 'How unusual it has lately been: the greatest score, fading');
    this.#view = figures.gauge('onward_view_score', 'The greatest score that a view gave a channel, last sample', 'view');
    const stats = () => detector()?.stats();
    figures.total('onward_observed_samples_total', 'Samples observed', () => stats()?.seen);
    figures.total('onward_alarm_samples_total', 'Samples that were alarms', () => stats()?.alarms);
    figures.total('onward_dropped_samples_total', 'Samples that gave way to newer ones', () => source().dropped);
    figures.total('onward_refused_samples_total', 'What came and was no sample', () => source().refused);
    figures.watched('onward_alarm_threshold', 'The score that is an alarm now: 1, or more shortly after alarms', () => stats()?.threshold);
    figures.watched('onward_samples_to_learn', 'Samples that are still to be learned, of a commissioned detector', () => stats()?.toLearn);
    figures.watched('onward_model_bytes', 'Memory of the detector', () => stats()?.bytes.arena);
  }

  /** One sample, after it was observed. */
  write({ score, alarm, channels = [], names, views = [], recent }: Finding): void {
    this.#score(score);
    this.#isOpen = alarm || (this.#isOpen && score >= 1);
    this.#alarm(this.#isOpen ? 1 : 0);
    for (let i = 0; i < channels.length; i++) this.#channel(names?.[i] ?? String(i), channels[i]!);
    if (recent !== undefined) this.#recent(recent);
    for (const view of views) this.#views.add(view);
    for (const view of this.#views) this.#view(view, Math.max(0, ...views.map((each, i) => (each === view ? (channels[i] ?? 0) : 0))));
  }

  /** The text that Prometheus reads, for a handler of one's own: content type `registry.contentType`. */
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
