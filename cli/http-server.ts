/** An HTTP server at the place that an option names. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from './arguments.js';

/** Connections at a time: each costs memory, and who serves a machine's own programs has no more. */
const MOST_CONNECTIONS = 64;

export interface RunningServer {
  url: string;
  close(): void;
}

/** `9464`, `0.0.0.0:9464`, `[::1]:9464`. @throws UsageError, named after `option` */
export function hostAndPort(text: string, option: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port] = /^(?:\[?([^\]/]+)\]?:)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65535) throw new UsageError(`${option} must be PORT or HOST:PORT, got ${text}`);
  return { host, port: Number(port) };
}

/** Hangs up after the answer, whatever is left of a body: Node would swallow all of it, 300 MB too, before the connection is free. */
export function hangUp(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  response.once('finish', () => request.socket.destroySoon());
}

/** For a server that reads no bodies. */
export function withoutBodies(answer: RequestListener): RequestListener {
  return (request, response) => {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
    if (coding !== undefined || length !== '0') hangUp(request, response);
    answer(request, response);
  };
}

export async function startServer({ host, port }: { host: string; port: number }, option: string, answer: RequestListener): Promise<RunningServer> {
  const server = createServer(answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening').catch((cause: Error) => Promise.reject(new Error(`${option}: ${cause.message}`, { cause })));
  const { address, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${bound}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
