/** A file of JSON lines as a source that is read once. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { JsonSamples, isLateLabel, tellLate, type LateListeners } from '../sources/json-sample.js';
import { LineSplitter } from '../sources/lines.js';
import type { Sample } from '../sources/sample.js';
import type { Arguments } from './arguments.js';
import { maxBytes } from './live-options.js';
import { jsonFields, shapeOf, type LiveListeners, type Reader } from './reader.js';

/** Whether these first bytes of a file are lines of JSON objects: a brace at the beginning of a line tells. */
export function isJson(beginning: Uint8Array): boolean {
  return /^\s*\{/m.test(new TextDecoder().decode(beginning.subarray(0, 1000)));
}

export async function isJsonFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(1000), 0, 1000, 0);
    return isJson(buffer.subarray(0, bytesRead));
  } catch {
    return false; // a pipe has no beginning to look at
  } finally {
    await file.close();
  }
}

/** The samples of these lines; `refuse` is told of the others. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, json: JsonSamples, longest: number, refuse: (error: Error) => void, late: LateListeners = {}): AsyncGenerator<Sample> {
  const lines = new LineSplitter(longest);
  let number = 0;
  const all = async function* () {
    for await (const chunk of bytes) yield* lines.push(chunk);
    yield* lines.end();
  };
  for await (const { text, bytes: length } of all()) {
    number++;
    if (text?.trim() === '') continue;
    let item;
    try {
      if (text === undefined) throw new Error(`line ${number} has ${length} bytes, allowed are ${longest}`);
      item = json.parse(text, `line ${number}`);
    } catch (error) {
      refuse(error as Error);
      continue;
    }
    if (isLateLabel(item)) tellLate(item, late);
    else yield item;
  }
}

export function liveJsonFile(path: string, args: Arguments, listeners: LiveListeners): Reader {
  const { onLabel, onSpan, onRefused } = listeners;
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, listeners) });
  const stream = createReadStream(path) as AsyncIterable<Uint8Array> & { destroy(): void };
  let stopped = false;
  const samples = async function* (): AsyncGenerator<Sample> {
    try {
      yield* jsonLines(stream, json, maxBytes(args), (error) => onRefused(error, path), { onLabel, ...(onSpan ? { onSpan } : {}) });
    } catch (error) {
      if (!stopped) throw error; // destroyed on purpose
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
    dropped: 0,
    stop() {
      stopped = true;
      stream.destroy();
    },
  };
}
