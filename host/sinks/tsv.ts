import { StreamSink, type Output } from './stream.js';

export type { NodeOutput, Output, SinkCounts, StreamSink } from './stream.js';

/** Each value as one line of its members with tabs between them. */
export function tsvSink(out: Output, options: { queue?: number } = {}): StreamSink<Record<string, unknown>> {
  return new StreamSink(out, (value) => `${Object.values(value).join('\t')}\n`, options);
}
