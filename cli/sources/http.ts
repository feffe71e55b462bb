/** Samples that others send by HTTP: a POST holds one object of JSON, an array of them, or one a line. Pages of the web, which can reach a local port through whoever looks at them, are refused. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as otherWork } from 'node:timers/promises';
import { BoundedQueue } from '../../host/sources/bounded-queue.js';
import { JsonSamples, isLateLabel, jsonOf, tellLate, type LateLabel } from '../../host/sources/json-sample.js';
import type { Sample } from '../../host/sources/sample.js';
import type { Arguments } from '../arguments.js';
import { hangUp, hostAndPort, startServer } from '../http-server.js';
import { JsonSource, jsonFields } from './json.js';
import { maxBytes, queueOf, type Source, type SourceKind, type SourceListeners } from './source.js';

/** A body that is longer is read to its end and not kept. */
const LONGEST_BODY = 4 << 20;
/** Objects of a body: 4 MB of bad lines would be two million errors. */
const MOST_OBJECTS = 10_000;
/** After so many objects others have their turn: 2 ms. */
const TURN = 100;
/** Requests that wait for room at a time, each with its body: others get the answer to come later. */
const MOST_REQUESTS = 64;

interface HttpName {
  kind: 'http';
  host: string;
  port: number;
}

export const http: SourceKind<HttpName> = {
  kind: 'http',
  scheme: 'http:',
  help: 'http:[HOST:]PORT, where others POST objects of JSON (default host 127.0.0.1: 0.0.0.0 lets others in)',
  options: ['queue'],
  parse: (rest) => ({ kind: 'http', ...hostAndPort(rest.replace(/^\/\//, ''), '--source http:') }),
  open: openPosted,
};

async function openPosted({ host, port }: HttpName, args: Arguments, listeners: SourceListeners): Promise<Source> {
  const { onRefused, say } = listeners;
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, listeners) });
  const queue = new BoundedQueue<Sample | LateLabel>(queueOf(args));
  const longest = maxBytes(args);

  /** Waits for room, so that what is answered to be taken is. */
  const take = async (objects: readonly Posted[]): Promise<{ taken: number; refused: number; why?: string }> => {
    let taken = 0;
    let refused = 0;
    let why: string | undefined;
    for (const [i, each] of objects.entries()) {
      if (i % TURN === TURN - 1) await otherWork();
      const where = `object ${i + 1}`;
      let item;
      try {
        const length = 'text' in each ? each.text.length : JSON.stringify(each.value).length;
        if (length > longest) throw new Error(`${where} has ${length} characters, allowed are ${longest}`);
        item = 'text' in each ? json.parse(each.text, where) : json.read(each.value, where);
      } catch (error) {
        onRefused(error as Error, 'a request');
        refused++;
        why ??= (error as Error).message;
        continue;
      }
      if (!(await queue.put(item))) return { taken, refused: objects.length - taken, why: why ?? 'the service ends' };
      taken++;
    }
    return { taken, refused, ...(why === undefined ? {} : { why }) };
  };

  let requests = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (body === undefined) hangUp(request, response);
    if (body === undefined) return answer(response, 413, { error: `more than ${LONGEST_BODY} bytes: send fewer at a time` });
    const objects = objectsOf(body);
    if (objects.length > MOST_OBJECTS) return answer(response, 413, { error: `more than ${MOST_OBJECTS} objects: send fewer at a time` });
    if (objects.length === 0) return answer(response, 400, { taken: 0, refused: 0, why: 'there is no object in it' });
    const told = await take(objects);
    answer(response, told.taken === 0 ? 400 : 200, told);
  };

  const server = await startServer({ host, port }, `--source http:${port}`, (request, response) => {
    const refused = request.headers.origin !== undefined || request.method !== 'POST' || requests === MOST_REQUESTS;
    if (refused) hangUp(request, response); // its body is not read
    if (request.headers.origin !== undefined) return answer(response, 403, { error: 'a web page may not send samples here' });
    if (request.method !== 'POST') return answer(response, 405, { error: 'POST samples here: objects of JSON, one a line' });
    if (requests === MOST_REQUESTS) {
      onRefused(new Error(`a request came while ${MOST_REQUESTS} were waiting`), 'a request');
      return answer(response, 503, { error: 'too many requests wait: send it again later' });
    }
    requests++;
    serve(request, response)
      .catch(() => response.destroy()) // who sent it is gone
      .finally(() => requests--);
  });
  say(`listening on ${server.url}: POST samples there`);
  const samples = async function* (): AsyncGenerator<Sample> {
    for await (const item of queue) {
      if (isLateLabel(item)) tellLate(item, listeners);
      else yield item;
    }
  };
  const stop = (): void => {
    server.close();
    queue.end();
  };
  return new JsonSource(samples(), json, () => queue.dropped, stop);
}

/** An object: its text, or what was parsed of a body that is one piece of JSON. */
type Posted = { text: string } | { value: unknown };

/** Lines only where the whole is no JSON and more than one line begins an object: an object of several lines with a slip in it is one that is refused. */
function objectsOf(body: string): Posted[] {
  if (body.trim() === '') return [];
  try {
    const value = jsonOf(body);
    return Array.isArray(value) ? value.map((each: unknown) => ({ value: each })) : [{ value }];
  } catch {
    const lines = body.split('\n').filter((line) => line.trim() !== '');
    const begun = lines.filter((line) => /^\s*\{/.test(line)).length;
    return (begun > 1 && !/^\s*\[/.test(lines[0]!) ? lines : [body]).map((text) => ({ text }));
  }
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`);
}
