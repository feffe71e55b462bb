import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Learner } from '../index.js';
import { prometheusSink, type Outcome } from '../sinks/prometheus.js';
import { UsageError, type Arguments, type Option } from './arguments.js';

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

/** Listens where `--metrics` says; undefined where it was not given. */
export async function serveMetrics(args: Arguments, learner: () => Learner | undefined, source: () => { dropped: number; refused: number }, say: (text: string) => void): Promise<Metrics | undefined> {
  const place = args.text('metrics');
  if (place === undefined) return undefined;
  const [, host = '127.0.0.1', port] = /^(?:\[?([^\]]+)\]?:)?(\d{1,5})$/.exec(place) ?? [];
  if (port === undefined || Number(port) > 65535) throw new UsageError(`--metrics must be PORT or HOST:PORT, got ${place}`);
  const sink = await prometheusSink(learner, source);
  const server: Server = createServer((request, response) => {
    if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end('the figures are at /metrics\n');
      return;
    }
    sink.metrics().then(
      (text) => response.writeHead(200, { 'content-type': sink.registry.contentType }).end(text),
      (error: Error) => response.writeHead(500).end(`${error.message}\n`),
    );
  });
  server.listen(Number(port), host);
  await once(server, 'listening').catch((cause: Error) => Promise.reject(new Error(`--metrics ${place}: ${cause.message}`, { cause })));
  const { address, port: bound } = server.address() as AddressInfo;
  say(`figures on http://${address.includes(':') ? `[${address}]` : address}:${bound}/metrics`);
  return {
    write: (outcome) => sink.write(outcome),
    late: (right) => sink.late(right),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
