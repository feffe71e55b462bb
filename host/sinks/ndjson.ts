import { StreamSink, type Output } from './stream.js';

export type { NodeOutput, Output, SinkCounts, StreamSink } from './stream.js';

/** Each value as one line of JSON into a stream of Node or of the web: what `onward/sources/ndjson` reads back. */
export function ndjsonSink(out: Output, options: { queue?: number } = {}): StreamSink<unknown> {
  return new StreamSink(out, (value) => `${JSON.stringify(value)}\n`, options);
}
