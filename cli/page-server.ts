/**
 * Serves the web page: a fixed list of files, read once. An address that is not in the list is not there, so no address can leave the folder.
 * Nothing is ever received: GET and HEAD only.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};

interface ServedFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  /** Compressed, if that is smaller. */
  readonly gzipped: Buffer | undefined;
  readonly forever: boolean;
}

export interface PageOptions {
  /** Origins beside its own that the page may talk to: brokers, as `ws://host:9001`. */
  connect: readonly string[];
  /** Files from elsewhere, by their address. */
  more?: Record<string, string>;
  /** Handlers of addresses that no file has. */
  live?: Record<string, RequestListener>;
}

/** Handler of requests for the files below `folder`. */
export function servePage(folder: string, { connect, more = {}, live = {} }: PageOptions): RequestListener {
  const files = new Map<string, ServedFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, fileAt(path));
  }
  for (const [address, path] of Object.entries(more)) files.set(address, fileAt(path));
  // the page's own policy is for servers that send none; this one is stricter about whom it may talk to
  const page = files.get('/index.html');
  if (page === undefined) throw new Error('the page is missing from this installation: install onward again');
  files.set('/', page);
  const headers = securityHeaders(connect);

  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'only GET and HEAD');
    }
    const address = addressOf(request);
    if (Object.hasOwn(live, address)) return live[address]!(request, response);
    const file = files.get(address);
    if (file === undefined) return refuse(response, 404, 'there is no such file');
    send(request, response, file);
  };
}

function fileAt(path: string): ServedFile {
  const plain = readFileSync(path);
  const gzipped = gzipSync(plain, { level: 9 });
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`,
    plain,
    gzipped: gzipped.length < 0.9 * plain.length ? gzipped : undefined,
    forever: path.includes(`${sep}assets${sep}`), // a hash of its content is in its name
  };
}

/** The path of the request, its query left out; nothing is decoded, as no file needs it. */
function addressOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0]!;
}

function send(request: IncomingMessage, response: ServerResponse, { type, etag, plain, gzipped, forever }: ServedFile): void {
  response.setHeader('Content-Type', type);
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const packed = gzipped !== undefined && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (packed) response.setHeader('Content-Encoding', 'gzip');
  const body = packed ? gzipped : plain;
  response.setHeader('Content-Length', body.length);
  response.writeHead(200);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${why}\n`);
}

function securityHeaders(connect: readonly string[]): Record<string, string> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': ["'self'", ...connect].join(' '),
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(policy).map(([name, value]) => `${name} ${value}`).join('; '),
    'Permissions-Policy': 'accelerometer=(self), gyroscope=(self), serial=(self), bluetooth=(self), microphone=(self), camera=(self), geolocation=(), usb=(), payment=()',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
