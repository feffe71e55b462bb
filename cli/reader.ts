/** What every live source gives, and whom it tells. */
import type { Layout } from '../host/sources/csv.js';
import type { LateLabel, SampleForm } from '../host/sources/json-sample.js';
import type { KnownLabels, Sample } from '../host/sources/sample.js';
import type { Arguments } from './arguments.js';
import type { Place } from './follow.js';

/** What the samples of a source are: what a model keeps of it, so that the next samples are read alike. */
export interface Shape {
  /** Arrays `x`, objects whose numbers have names, rows of a table. */
  form?: 'x' | 'fields' | 'table';
  /** The names of the inputs in their order; of a window of its axes. */
  fields?: readonly string[];
  /** Their units; '' where none is known. */
  units?: readonly string[];
  /** The field or column of the label. */
  label?: string;
  /** The field or column of the time. */
  time?: string;
  /** How the reader of tables makes a sample of a row: its own business. */
  layout?: Layout;
}

/** What a source needs to know and whom it tells. */
export interface LiveListeners {
  /** Of before, where there is a before. */
  fields: readonly string[] | undefined;
  /** Likewise, and more of it. */
  shape?: Shape;
  inputs: number | undefined;
  /** Of a table every column of numbers is a channel: there is no label. */
  channelsOnly?: boolean;
  /** Values that a sample may have at most. */
  most?: number;
  /** Of a learner that was made elsewhere: the file must fit it, in columns and labels. */
  known?: KnownLabels;
  place: Place | undefined;
  onLabel(id: string | number, label: string): void;
  /** A label of a stretch of time; without, such are refused. */
  onSpan?: (span: LateLabel) => void;
  onRefused(error: Error, from: string): void;
  say(text: string): void;
}

/** A stream that does not end by itself, or may not. */
export interface Reader {
  samples: AsyncIterable<Sample>;
  /** The numeric fields in their order, once they are known; undefined where samples are arrays. */
  readonly fields: readonly string[] | undefined;
  /** What samples are, once that is known. */
  readonly shape?: Shape | undefined;
  /** What was met so far does not count: the next sample decides what samples are. */
  restart?(): void;
  /** Of a followed file: where the last sample ended. */
  readonly place?: Place;
  readonly dropped: number;
  /** What a device says beside its samples, for a person. */
  readonly device?: string | undefined;
  /** No more samples; the loop over them ends. */
  stop(): void;
}

export function jsonFields(args: Arguments, { fields, shape = {}, inputs, most, known, onSpan, say }: Omit<LiveListeners, 'place' | 'onLabel' | 'onRefused'>) {
  const label = args.text('label') ?? shape.label;
  const names = fields ?? args.text('fields')?.split(',');
  return {
    ...(label === undefined ? {} : { label }),
    ...(shape.time === undefined ? {} : { time: shape.time }),
    ...(names ? { fields: names } : {}),
    ...(shape.form === 'x' ? { arrays: true } : {}),
    ...(inputs === undefined ? {} : { inputs }),
    ...(most === undefined ? {} : { most }),
    ...(known ? { known } : {}),
    ...(onSpan ? { onSpan } : {}),
    onDoubt: say,
  };
}

/** Of samples that are JSON. */
export function shapeOf(form: SampleForm | undefined): Shape | undefined {
  if (form === undefined) return undefined;
  const { label, fields, ...others } = form;
  return { ...others, ...(fields ? { fields } : {}), ...(label === undefined ? {} : { label }) };
}
