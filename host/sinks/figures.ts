/** Gauges and counters of `prom-client`, with the labels that all of a program's have. */
import type { Counter, Gauge, Registry } from 'prom-client';

/** Settings of a Prometheus sink. */
export interface PrometheusOptions {
  /** Registry for the metrics. Default: a registry of their own. */
  registry?: Registry;
  /** Labels of every metric: the machine, the sensor. Default: none. */
  labels?: Record<string, string>;
}

type Client = typeof import('prom-client');

export class Figures {
  readonly registry: Registry;
  readonly #client: Client;
  readonly #own: Record<string, string>;

  private constructor(client: Client, registry: Registry, labels: Record<string, string>) {
    this.registry = registry;
    this.#client = client;
    this.#own = labels;
  }

  /** @throws where `prom-client` is not installed */
  static async open({ registry, labels = {} }: PrometheusOptions): Promise<Figures> {
    let client: Client;
    try {
      const loaded = await import('prom-client');
      client = loaded.Gauge ? loaded : (loaded as unknown as { default: Client }).default; // CommonJS, bundled
    } catch (cause) {
      throw new Error('prometheus: the package is not installed: npm install prom-client', { cause });
    }
    return new Figures(client, registry ?? new client.Registry(), labels);
  }

  /** One value for each name that `by` takes. */
  gauge(name: string, help: string, by: string): (which: string, value: number) => void {
    const gauge = this.#gauge(name, help, [by]);
    return (which, value) => gauge.set({ ...this.#own, [by]: which }, value);
  }

  /** Made with its first value: until then there is none, and 0 would be one. */
  lazyGauge(name: string, help: string): (value: number) => void {
    let gauge: Gauge | undefined;
    return (value) => (gauge ??= this.#gauge(name, help)).set(this.#own, value);
  }

  /** Counts one more of `which`. */
  counter(name: string, help: string, by: string): (which: string) => void {
    const counter = this.#counter(name, help, [by]);
    return (which) => counter.inc({ ...this.#own, [by]: which });
  }

  /** A counter that another keeps: it is set to that when it is asked for. */
  total(name: string, help: string, value: () => number | undefined): void {
    const labels = this.#own;
    this.#counter(name, help, [], function (this: Counter) {
      this.reset();
      this.inc(labels, value() ?? 0);
    });
  }

  /** A gauge that is asked for. */
  watched(name: string, help: string, value: () => number | undefined): void {
    const labels = this.#own;
    this.#gauge(name, help, [], function (this: Gauge) {
      this.set(labels, value() ?? 0);
    });
  }

  #gauge(name: string, help: string, more: string[] = [], collect?: (this: Gauge) => void): Gauge {
    return new this.#client.Gauge({ name, help, labelNames: [...Object.keys(this.#own), ...more], registers: [this.registry], ...(collect ? { collect } : {}) });
  }

  #counter(name: string, help: string, more: string[] = [], collect?: (this: Counter) => void): Counter {
    return new this.#client.Counter({ name, help, labelNames: [...Object.keys(this.#own), ...more], registers: [this.registry], ...(collect ? { collect } : {}) });
  }
}
