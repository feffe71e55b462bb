/**
 * Every stream that the benchmark measures, as flat rows in stream order. Shipped recordings lie in data/; the ones for tuning only ("dev") are
 * no part of the repository: ONWARD_DEV_DATA names their folder, and without it they are skipped, visibly.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fanSamples } from './fan.js';
import { readCsv } from './tables.js';
import { POINTS, wandStrokes } from './wand.js';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const SHIPPED = join(ROOT, 'data');
const DEV = process.env.ONWARD_DEV_DATA === undefined ? undefined : resolve(ROOT, process.env.ONWARD_DEV_DATA);
const FAN = 'accelerometer_fan.csv.gz';
export const LONGEST = 10_000; // samples of one stream, unless asked for more

export interface Stream {
  name: string;
  samples: number;
  inputs: number;
  labels: string[];
  x: Float32Array; // [samples, inputs]
  y: Int32Array; // [samples] index into labels
}

/** Nine streams are counted in the mean; the others are shown beside it. */
export interface Source {
  name: string;
  counted: boolean;
  file: string; // the first file it needs
  load(longest?: number): Stream | Promise<Stream>;
}

export const sources: readonly Source[] = [
  shipped('digits', true, 'digits_8x8.csv.gz', (path, longest) => fromTable('digits', readCsv(path), longest)),
  shipped('wand', true, 'magic_wand_digits.tar.gz', (path, longest) => {
    const strokes = wandStrokes(path);
    return fromSamples('wand', 2 * POINTS, strokes.map((s) => s.features), strokes.map((s) => s.label), longest);
  }),
  shipped('fan', true, FAN, async (_, longest) => {
    const { xs, ys } = await fanSamples('core');
    return fromSamples('fan', xs[0].length, xs, ys, longest);
  }),
  dev('letter', true, (rows, longest) => fromTable('letter', rows.slice(1).map(([label, ...x]) => [...x, label]), longest)),
  dev('robot', true),
  dev('satellite', true),
  dev('keystroke', true),
  dev('outdoor', true),
  // The date and the weekday (the first two columns) are left out: a date is the position in the stream, not a reading.
  dev('elec2', true, (rows, longest) => fromTable('elec2', rows.slice(1).map((row) => row.slice(2)), longest)),
  shipped('fan-log', false, FAN, async (_, longest) => {
    const { xs, ys } = await fanSamples('log');
    return fromSamples('fan-log', xs[0].length, xs, ys, longest);
  }),
  shipped('occupancy', false, 'occupancy_datatest.txt.gz', (path, longest) => {
    // Three files in time order; a row is number, date, five readings, occupied or not (the header names one column less: the row number).
    const files = [path, path.replace('datatest', 'datatraining'), path.replace('datatest', 'datatest2')];
    return fromTable('occupancy', files.flatMap((file) => readCsv(file).slice(1).map((row) => row.slice(2))), longest);
  }),
  dev('room_occupancy', false),
];

/** Streams that no default was chosen by: against the rivals that hurt, and shown beside the others. */
export const later: readonly Source[] = ['pendigits', 'frogs', 'wifi_rooms', 'eeg_eye', 'moving_squares', 'chessboard', 'two_classes_diagonal'].map((name) => dev(name, false));

/** Why the tuning streams are not there. */
export const missingDev = DEV === undefined ? 'ONWARD_DEV_DATA is not set' : existsSync(DEV) ? undefined : `ONWARD_DEV_DATA: there is no folder ${DEV}`;

function shipped(name: string, counted: boolean, file: string, load: (path: string, longest?: number) => Stream | Promise<Stream>): Source {
  const path = join(SHIPPED, file);
  return { name, counted, file: path, load: (longest) => load(path, longest) };
}

/** A tuning stream: a header, then rows with the label last. */
export function dev(name: string, counted: boolean, shape = (rows: string[][], longest?: number) => fromTable(name, rows.slice(1), longest)): Source {
  const file = `${name}.csv.gz`;
  if (DEV === undefined) return { name, counted, file: `ONWARD_DEV_DATA/${file}`, load: () => Promise.reject(new Error(`ONWARD_DEV_DATA is not set: it names the folder with ${file}`)) };
  const path = join(DEV, file);
  return { name, counted, file: path, load: (longest) => shape(readCsv(path), longest) };
}

/** Rows without a header; the last column is the label. At most `longest` samples. */
export function fromTable(name: string, rows: string[][], longest = LONGEST): Stream {
  const inputs = rows[0].length - 1;
  return fromSamples(name, inputs, rows.map((row) => row.slice(0, inputs).map(Number)), rows.map((row) => row[inputs]), longest);
}

function fromSamples(name: string, inputs: number, xs: ArrayLike<number>[], ys: string[], longest = LONGEST): Stream {
  const samples = Math.min(xs.length, longest);
  const labels = [...new Set(ys)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const index = new Map(labels.map((label, c) => [label, c]));
  const x = new Float32Array(samples * inputs);
  const y = new Int32Array(samples);
  for (let s = 0; s < samples; s++) {
    if (xs[s].length !== inputs) throw new RangeError(`${name}: row ${s} has ${xs[s].length} values, expected ${inputs}`);
    x.set(xs[s], s * inputs);
    y[s] = index.get(ys[s])!;
  }
  return { name, samples, inputs, labels, x, y };
}
