/** What every live source gives, and whom it tells. */
import type { Layout } from '../sources/csv.js';
import type { KnownLabels, Sample } from '../sources/sample.js';
import type { Arguments } from './arguments.js';
import type { Place } from './follow.js';

/** What a source needs to know and whom it tells. */
export interface LiveListeners {
  /** Of before, where there is a before. */
  fields: readonly string[] | undefined;
  /** Of a table, how it was read before: it goes on so. */
  layout?: Layout | undefined;
  inputs: number | undefined;
  /** Of a learner that was made elsewhere: the file must fit it, in columns and labels. */
  known?: KnownLabels;
  place: Place | undefined;
  onLabel(id: string | number, label: string): void;
  onRefused(error: Error, from: string): void;
  say(text: string): void;
}

/** A stream that does not end by itself, or may not. */
export interface Reader {
  samples: AsyncIterable<Sample>;
  /** The numeric fields in their order, once they are known; undefined where samples are arrays. */
  readonly fields: readonly string[] | undefined;
  /** Of a table, how its rows become samples, once that is known. */
  readonly layout?: Layout | undefined;
  /** Of a followed file: where the last sample ended. */
  readonly place?: Place;
  readonly dropped: number;
  /** What a device says beside its samples, for a person. */
  readonly device?: string | undefined;
  /** No more samples; the loop over them ends. */
  stop(): void;
}

export function jsonFields(args: Arguments, { fields, inputs, known, say }: Pick<LiveListeners, 'fields' | 'inputs' | 'known' | 'say'>) {
  const label = args.text('label');
  const names = fields ?? args.text('fields')?.split(',');
  return { ...(label === undefined ? {} : { label }), ...(names ? { fields: names } : {}), ...(inputs === undefined ? {} : { inputs }), ...(known ? { known } : {}), onDoubt: say };
}
