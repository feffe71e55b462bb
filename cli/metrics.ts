import type { Detector, Learner } from '../host/index.js';
import { prometheusDetectorSink, prometheusSink, type Finding, type Outcome, type PrometheusSink } from '../host/sinks/prometheus.js';
import type { Aggregator } from '../host/fleet/index.js';
import type { Arguments, Option } from './arguments.js';
import { prometheusFleet } from './fleet/prometheus.js';
import { hostAndPort, startServer, withoutBodies } from './http-server.js';

export const METRICS_OPTION: Record<string, Option> = {
  metrics: { value: '[HOST:]PORT', help: 'figures for Prometheus on http://HOST:PORT/metrics (default host 127.0.0.1: 0.0.0.0 lets others in)' },
};

/** Figures that Prometheus fetches. */
export interface Metrics {
  write(outcome: Outcome): void;
  /** A label came late: was the sample answered right? */
  late(right: boolean): void;
  close(): Promise<void>;
}

/** The same of a detector. */
export interface DetectorMetrics {
  write(finding: Finding): void;
  close(): Promise<void>;
}

type Source = () => { dropped: number; refused: number };

/** Listens where `--metrics` says; undefined where it was not given. */
export async function serveLearner(args: Arguments, learner: () => Learner | undefined, source: Source, say: (text: string) => void): Promise<Metrics | undefined> {
  const served = await serve(args, () => prometheusSink(learner, source), say);
  return served && { write: (outcome) => served.sink.write(outcome), late: (right) => served.sink.late(right), close: served.close };
}

export async function serveDetector(args: Arguments, detector: () => Detector | undefined, source: Source, say: (text: string) => void): Promise<DetectorMetrics | undefined> {
  const served = await serve(args, () => prometheusDetectorSink(detector, source), say);
  return served && { write: (finding) => served.sink.write(finding), close: served.close };
}

/** Figures of a fleet, from its aggregator. */
export async function serveFleet(args: Arguments, fleet: () => Pick<Aggregator, 'standing' | 'counts'>, say: (text: string) => void): Promise<{ close(): Promise<void> } | undefined> {
  return serve(args, () => prometheusFleet(fleet), say);
}

async function serve<S extends Pick<PrometheusSink, 'metrics' | 'registry'>>(args: Arguments, make: () => Promise<S>, say: (text: string) => void): Promise<{ sink: S; close(): Promise<void> } | undefined> {
  const place = args.text('metrics');
  if (place === undefined) return undefined;
  const where = hostAndPort(place, '--metrics');
  const sink = await make();
  const server = await startServer(where, `--metrics ${place}`, withoutBodies((request, response) => {
    if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end('the figures are at /metrics\n');
      return;
    }
    sink.metrics().then(
      (text) => response.writeHead(200, { 'content-type': sink.registry.contentType }).end(text),
      (error: Error) => response.writeHead(500).end(`${error.message}\n`),
    );
  }));
  say(`figures on ${server.url}/metrics`);
  return {
    sink,
    close: async () => server.close(),
  };
}
