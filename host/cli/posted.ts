/** Samples that others send by HTTP: a POST holds one object of JSON, an array of them, or one a line. Pages of the web, which can reach a local port through whoever looks at them, are refused. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BoundedQueue } from '../sources/bounded-queue.js';
import { JsonSamples, isLateLabel, tellLate, type LateLabel } from '../sources/json-sample.js';
import type { Sample } from '../sources/sample.js';
import type { Arguments } from './arguments.js';
import { listen } from './listen.js';
import { maxBytes, queueOf } from './live-options.js';
import { jsonFields, shapeOf, type LiveListeners, type Reader } from './reader.js';
import type { SourceName } from './source.js';

/** A body that is longer is refused unread. */
const LONGEST_BODY = 4 << 20;

export async function livePosted({ host, port }: Extract<SourceName, { kind: 'http' }>, args: Arguments, listeners: LiveListeners): Promise<Reader> {
  const { onLabel, onSpan, onRefused, say } = listeners;
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, listeners) });
  const queue = new BoundedQueue<Sample | LateLabel>(queueOf(args));
  const longest = maxBytes(args);

  const take = (body: string): { taken: number; refused: string[] } => {
    let taken = 0;
    const refused: string[] = [];
    for (const [i, text] of textsOf(body).entries()) {
      try {
        if (text.length > longest) throw new Error(`object ${i + 1} has ${text.length} characters, allowed are ${longest}`);
        queue.push(json.parse(text, `object ${i + 1}`));
        taken++;
      } catch (error) {
        onRefused(error as Error, 'a request');
        refused.push((error as Error).message);
      }
    }
    return { taken, refused };
  };

  const server = await listen({ host, port }, `--source http:${port}`, (request, response) => {
    if (request.headers.origin !== undefined) return answer(response, 403, { error: 'a web page may not send samples here' });
    if (request.method !== 'POST') return answer(response, 405, { error: 'POST samples here: objects of JSON, one a line' });
    bodyOf(request).then(
      (body) => {
        if (body === undefined) return answer(response, 413, { error: `more than ${LONGEST_BODY} bytes: send fewer at a time` });
        const { taken, refused } = take(body);
        answer(response, taken === 0 ? 400 : 200, { taken, refused: refused.length, ...(refused.length > 0 ? { why: refused[0] } : {}) });
      },
      () => response.destroy(), // who sent it is gone
    );
  });
  say(`listening on ${server.url}: POST samples there`);
  const samples = async function* (): AsyncGenerator<Sample> {
    for await (const item of queue) {
      if (isLateLabel(item)) tellLate(item, { onLabel, ...(onSpan ? { onSpan } : {}) });
      else yield item;
    }
  };
  return {
    samples: samples(),
    get fields() {
      return json.fields;
    },
    get shape() {
      return shapeOf(json.form);
    },
    restart: () => json.restart(),
    get dropped() {
      return queue.dropped;
    },
    stop() {
      server.close();
      queue.end();
    },
  };
}

/** Each object's text. */
function textsOf(body: string): string[] {
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? value.map((each) => JSON.stringify(each)) : [body];
  } catch {
    return body.split('\n').filter((line) => line.trim() !== '');
  }
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LONGEST_BODY) chunks.push(chunk);
    else chunks.length = 0; // read on: the answer comes after the body
  }
  return bytes > LONGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`);
}
