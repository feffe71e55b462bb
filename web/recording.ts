/** Recordings: what can be played, over and over, in memory. */
import type { CsvFile } from '../host/sources/csv.js';
import { EXEMPLARS } from './learners.js';
import { part } from './page.js';
import { words } from './words.js';

export interface Recording {
  /** Key that its network is kept under: networks of different signals do not mix. */
  readonly id: string;
  readonly about: string;
  readonly channels: readonly string[];
  /** Moments of a sample: a window; 1 where every row is a sample of its own. */
  readonly window: number;
  /** Moments per second at speed 1. */
  readonly rate: number;
  /** [samples][window][channels] */
  readonly values: Float32Array;
  readonly labels: readonly string[];
  /** Index into `labels` of every sample; NONE where it has none. */
  readonly truth: Uint16Array;
  /** The two channels are a pen's position. */
  readonly drawn: boolean;
  /** Past samples to keep for replay: for labels taught one after the other. The fan's come mixed: nothing is forgotten, and they cost 0.4 points. */
  readonly exemplars: number;
}

export const NONE = 0xffff;

const POINTS = 32;

/** Digits drawn in the air with a wand, one a second: 65 bytes a stroke (scripts/gestures.ts). */
export async function gestures(): Promise<Recording> {
  const bytes = new DataView((await read('gestures.bin')).buffer);
  const size = 1 + 2 * POINTS;
  const count = Math.floor(bytes.byteLength / size);
  const names = Array.from({ length: count }, (_, i) => String.fromCharCode(bytes.getUint8(i * size)));
  const labels = [...new Set(names)].sort();
  const values = new Float32Array(count * 2 * POINTS);
  for (let i = 0; i < values.length; i++) values[i] = bytes.getInt8(Math.floor(i / (2 * POINTS)) * size + 1 + (i % (2 * POINTS))) / 100;
  return {
    id: 'gestures', about: words.signals.gestures.about,
    channels: ['x', 'y'], window: POINTS, rate: POINTS, values, labels, truth: Uint16Array.from(names, (name) => labels.indexOf(name)), drawn: true, exemplars: EXEMPLARS,
  };
}

/** The recording of `onward run`, in its order. */
export async function fan(): Promise<Recording> {
  const bytes = await read('fan.csv.gz');
  const [{ openCsv }, { speedingUp, WINDOW }] = await part(Promise.all([import('../host/sources/csv.js'), import('../cli/fan-order.js')]));
  const file = await openCsv(bytes, { label: 'Sensor Configuration' });
  const windows = await speedingUp(file, 1);
  const values = new Float32Array(windows.length * WINDOW.samples * WINDOW.axes);
  windows.forEach(({ x }, i) => values.set(x, i * x.length));
  return {
    id: 'fan', about: words.signals.fan.about,
    channels: ['x', 'y', 'z'], window: WINDOW.samples, rate: 50, values, labels: file.labels, truth: Uint16Array.from(windows, ({ y }) => file.labels.indexOf(y!)), drawn: false, exemplars: 0,
  };
}

/** Of a file that somebody chose: bytes, or characters after unpacking, and cells: some seconds and a few hundred MB in a browser. A gzip bomb ends at the first. */
const MAX_BYTES = 32 << 20;
const MAX_VALUES = 4 << 20;

/** Reads a file's columns; `record` then takes what the visitor decided about them. '': the label's column is found. */
export async function openTable(file: File): Promise<(label: string) => Promise<CsvFile>> {
  if (file.size > MAX_BYTES) throw new Error(words.tables.large(file.name, Math.ceil(file.size / 1e6), MAX_BYTES >> 20));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { openCsv } = await part(import('../host/sources/csv.js'));
  return (label) => openCsv(bytes, { ...(label === '' ? {} : { label }), limit: { characters: MAX_BYTES, cells: MAX_VALUES } });
}

/** @param window rows that make one sample; 1: every row is one */
export async function record(title: string, table: CsvFile, window: number): Promise<Recording> {
  const width = table.inputs;
  if (table.rows * width > MAX_VALUES) throw new Error(words.tables.many(title, table.rows, width, MAX_VALUES >> 20));
  const values = new Float32Array(table.rows * width);
  const truth = new Uint16Array(table.rows);
  const index = new Map(table.labels.map((label, i) => [label, i]));
  let samples = 0;
  const keep = (x: ArrayLike<number>, y: string | undefined): void => {
    values.set(x, samples * window * width);
    truth[samples++] = y === undefined ? NONE : index.get(y)!;
  };
  if (window === 1) for await (const { x, y } of table) keep(x, y);
  else {
    const { windows } = await part(import('../host/sources/window.js'));
    for await (const { x, y } of windows(table, { samples: window })) keep(x, y);
  }
  if (samples === 0) throw new Error(words.tables.short(title, window));
  return {
    id: `csv ${table.names.join(',').slice(0, 200)} ${table.labelName} ${window}`, about: words.tables.recording(samples, width, table.labelName),
    channels: table.names, window, rate: window === 1 ? 4 : 50, values: values.subarray(0, samples * window * width), labels: table.labels,
    truth: truth.subarray(0, samples), drawn: false, exemplars: EXEMPLARS,
  };
}

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(name).catch(() => undefined);
  if (response === undefined) throw new Error(words.tables.unreachable(name));
  if (!response.ok) throw new Error(words.tables.absent(name, response.status));
  return new Uint8Array(await response.arrayBuffer());
}
