/**
 * Carries projects from one browser to another on the same network, in memory: a page puts one under a name that it has made up, and whoever is told the name may get it. Pages of other sites can do
 * neither: a PUT from one is asked about first, and nobody allows it.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { hangUp } from './http-server.js';

/** 128 bits that nobody guesses. */
const ADDRESS = /^\/handover\/([0-9a-f]{32})$/;
/** Of all that are kept; the oldest gives way. A project of the page has no more. As many may be on their way. */
const MOST_BYTES = 64 << 20;
/** Beginning of a project. */
const MAGIC = 'ONWP';

/** Answers for its own addresses, and leaves all others to `page`. */
export function withHandover(page: RequestListener): RequestListener {
  const kept = new Map<string, Buffer>();
  let coming = 0;

  const take = async (id: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const length = Number(request.headers['content-length']);
    if (!(length > 0 && length <= MOST_BYTES)) return refuse(request, response, 413, `a project of 1 to ${MOST_BYTES} bytes, and its length`);
    if (coming + length > MOST_BYTES) return refuse(request, response, 503, 'others are being handed over: try again');
    if (kept.has(id)) return refuse(request, response, 409, 'this name is taken');
    coming += length;
    try {
      const project = Buffer.alloc(length);
      let at = 0;
      for await (const part of request) at += (part as Buffer).copy(project, at);
      if (project.toString('latin1', 0, MAGIC.length) !== MAGIC) return refuse(request, response, 415, 'projects of the page only');
      kept.set(id, project);
      let bytes = [...kept.values()].reduce((sum, one) => sum + one.length, 0);
      for (const [oldest, { length: freed }] of kept) {
        if (bytes <= MOST_BYTES) break;
        kept.delete(oldest);
        bytes -= freed;
      }
      response.writeHead(204).end();
    } catch {
      response.destroy(); // it was cut off
    } finally {
      coming -= length;
    }
  };

  return (request, response) => {
    if (request.url === '/handover/' && request.method === 'GET') return void response.writeHead(204, { 'Cache-Control': 'no-store' }).end(); // it carries
    const [, id] = ADDRESS.exec(request.url ?? '') ?? [];
    if (id === undefined) return page(request, response);
    for (const [name, value] of [['X-Content-Type-Options', 'nosniff'], ['Cross-Origin-Resource-Policy', 'same-origin'], ['Cache-Control', 'no-store']] as const) response.setHeader(name, value);
    if (request.method === 'PUT') return void take(id, request, response);
    if (request.method !== 'GET') return refuse(request, response, 405, 'only GET and PUT');
    const project = kept.get(id);
    if (project === undefined) return refuse(request, response, 404, 'there is nothing of this name, or no longer');
    response.setHeader('Content-Type', 'application/octet-stream');
    response.end(project);
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
  hangUp(request, response);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${why}\n`);
}
