import { JsonSamples, isLateLabel, type JsonFields } from './json-sample.js';
import { textOf, type RawSource, type Sample } from './sample.js';

export { at } from './json-path.js';
export type { RawSource } from './sample.js';
export { labelOf, numberOf } from './words.js';

/** Names of the fields; `signal` ends the reading. */
export interface NdjsonOptions extends Pick<JsonFields, 'label' | 'time' | 'fields'> {
  /** Ends the reading. */
  signal?: AbortSignal;
}

/**
 * One JSON object a line: `{"x": [1, 2], "y": "idle"}`, or any object with numbers and a label field, `{"temp": 21.5, "motor": {"fan": 3}, "y": "idle"}`.
 * Quoted numbers are read, ON and OFF are 1 and 0; null, `unavailable` or an absent field is a missing value, but an object with none of the fields is an error.
 * Empty lines are skipped.
 */
export async function* ndjson(source: RawSource, options: NdjsonOptions = {}): AsyncGenerator<Sample> {
  const { signal } = options;
  const samples = new JsonSamples(options);
  let number = 0;
  for await (const line of lines(source, signal)) {
    number++;
    if (line.trim() === '') continue;
    const item = samples.parse(line, `line ${number}`);
    if (!isLateLabel(item)) yield item;
  }
}

async function* lines(source: RawSource, signal?: AbortSignal): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of textOf(source, signal)) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  yield rest;
}
