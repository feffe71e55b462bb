import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Standing } from '../../host/fleet/index.js';
import { startServer, withoutBodies, type RunningServer } from '../http-server.js';
import { packageFile } from '../package-file.js';
import { servePage } from '../page-server.js';

/** The page of a fleet: its files, and how the fleet stands as server-sent events (WHATWG HTML, 9.2), the last one first for who comes later. */
export class StandingPage {
  readonly #readers = new Set<ServerResponse>();
  readonly #fleet: string;
  #server!: RunningServer;
  #last = '';

  private constructor(fleet: string) {
    this.#fleet = fleet;
  }

  static async serve(where: { host: string; port: number }, fleet: string): Promise<StandingPage> {
    const page = new StandingPage(fleet);
    const folder = fileURLToPath(packageFile('dist/fleet/index.html')).slice(0, -'index.html'.length);
    const pages = servePage(folder, { connect: [], more: { '/icon.svg': fileURLToPath(packageFile('dist/web/icon.svg')) }, live: { '/standing': (request, response) => page.#read(request, response) } });
    page.#server = await startServer(where, '--http', withoutBodies((request, response) => (isMeant(where.host, request) ? pages(request, response) : response.writeHead(421).end())));
    return page;
  }

  get url(): string {
    return this.#server.url;
  }

  tell(standing: Standing): void {
    this.#last = `data: ${JSON.stringify({ fleet: this.#fleet, standing })}\n\n`;
    // one that does not read has the next
    for (const reader of this.#readers) if (!reader.writableNeedDrain) reader.write(this.#last);
  }

  close(): void {
    this.#server.close();
  }

  #read({ method }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    if (method === 'HEAD') return void response.end();
    response.write(this.#last === '' ? ':\n\n' : this.#last);
    this.#readers.add(response);
    response.once('close', () => this.#readers.delete(response));
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** A server for this machine alone answers to this machine's names alone: a name of a website that leads here would let that website read (DNS rebinding). */
function isMeant(host: string, { headers }: IncomingMessage): boolean {
  return !LOOPBACK.test(host === '::1' ? '[::1]' : host) || LOOPBACK.test(headers.host ?? '');
}
