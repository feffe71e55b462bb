/** Sources of the command: their samples, their listeners, their kinds. */
import type { MqttClient } from 'mqtt';
import type { Layout } from '../../host/sources/csv.js';
import type { LateLabel } from '../../host/sources/json-sample.js';
import type { ResolvedSoundWindow } from '../../host/sound/window.js';
import type { KnownLabels, Sample } from '../../host/sources/sample.js';
import type { Arguments } from '../arguments.js';
import type { Place } from './growing-file.js';

/** Shape of a source's samples: a model keeps it, so that the next samples are read alike. */
export interface Shape {
  /** Arrays `x`, objects whose numbers have names, rows of a table. */
  form?: 'x' | 'fields' | 'table';
  /** The names of the inputs in their order; of a window of its axes. */
  fields?: readonly string[];
  /** Of lines without JSON: the names that a line of names gave to their columns. A source of other lines says that there are none. */
  columns?: readonly string[] | undefined;
  /** Their units; '' where none is known. */
  units?: readonly string[];
  /** The field or column of the label. */
  label?: string;
  /** The field or column of the time. */
  time?: string;
  /** The windows of sound that samples are features of. */
  sound?: ResolvedSoundWindow;
  /** How the reader of tables makes a sample of a row: its own business. */
  layout?: Layout;
}

/** Context of a source, and its listeners. */
export interface SourceListeners {
  /** Fields of the model that goes on, if there is one. */
  fields: readonly string[] | undefined;
  /** Likewise, and more of it. */
  shape?: Shape;
  inputs: number | undefined;
  /** Of a table every column of numbers is a channel: there is no label. */
  channelsOnly?: boolean;
  /** Columns of a table that are inputs whatever they look like. */
  take?: readonly string[];
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

/** An opened source: a stream that does not end by itself, or may not. */
export interface Source {
  samples: AsyncIterable<Sample>;
  /** The numeric fields in their order, once they are known; undefined where samples are arrays. */
  readonly fields: readonly string[] | undefined;
  /** Shape of the samples, once it is known. */
  readonly shape?: Shape | undefined;
  /** Forgets the shape: the next sample decides it. */
  restart?(): void;
  /** Of a followed file: where the last sample ended. */
  readonly place?: Place;
  readonly dropped: number;
  /** Messages of a device beside its samples, for a person. */
  readonly device?: string | undefined;
  /** No more samples; the loop over them ends. */
  stop(): void;
}

/** Options of the command that not every kind takes, and what a source must be for them. */
export const OPTIONS_OF_SOME = {
  topic: 'of MQTT',
  session: 'of MQTT',
  queue: 'that cannot be made to wait',
  drop: 'that is a CSV; for JSON name the --fields',
  time: 'that is a CSV',
  take: 'that is a CSV',
  missing: 'that is a CSV',
  differences: 'that is a CSV',
  series: 'that is a CSV',
  audio: 'that is sound',
  seconds: 'that is sound',
};

/** A kind of source: a row of table.ts. */
export interface SourceKind<Name extends { kind: string }> {
  readonly kind: Name['kind'];
  /** Beginning of a source of this kind, such as `serial:`; beside a `pattern`, its name in messages. */
  readonly scheme: string;
  readonly pattern?: RegExp;
  /** For --help: how it is written, and what it is. */
  readonly help: string;
  readonly options: readonly (keyof typeof OPTIONS_OF_SOME)[];
  /** @param rest what stands behind the scheme, all of it where there is a pattern. @throws UsageError */
  parse(rest: string, text: string): Name;
  /** Checks it before it is opened. @throws UsageError for what is written wrong, Error for what is not there */
  check?(name: Name, args: Arguments): void;
  /** True if samples come when they come. Default: they do. */
  isEndless?(): boolean;
  /** @param connect to a broker, with the options of the command */
  open(name: Name, args: Arguments, listeners: SourceListeners, connect: (url: string) => Promise<MqttClient>): Promise<Source>;
}

export function queueOf(args: Arguments): number {
  return args.whole('queue', 1, 1e6) ?? 1000;
}

export function maxBytes(args: Arguments): number {
  return args.whole('max-bytes', 16, 1 << 28) ?? 65536;
}
