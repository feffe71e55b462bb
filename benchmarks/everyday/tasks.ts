/** Where a regime's samples come from: a recording in its order, or made from a seed. */
import { existsSync } from 'node:fs';
import { Random } from '../rivals/random.js';
import { dev, fromTable, sources, type Source, type Stream } from '../streams/data.js';

export interface Samples {
  x: Float32Array[]; // each [inputs]
  y: number[]; // index of the label
}

export interface Task {
  inputs: number;
  labels: number;
  /** At most `count` samples, mixed; a recording has only so many. */
  draw(random: Random, count: number): Samples;
}

/** A task that is loaded or made when a cell is measured; the same seed gives the same task. */
export interface TaskSource {
  name: string;
  /** Whether the recording is there; what is made always is. */
  present: boolean;
  make(seed: number): Task | Promise<Task>;
}

/** Streams that drift are taken whole: what wears shows late. */
const whole = (name: string): Source => dev(name, false, (rows) => fromTable(name, rows.slice(1), Infinity));
const extra: readonly Source[] = [...['pendigits', 'frogs', 'wifi_rooms', 'eeg_eye'].map((name) => dev(name, false)), ...['moving_squares', 'chessboard', 'two_classes_diagonal'].map(whole)];
const recordings = new Map([...sources, ...extra].map((source) => [source.name, source]));
const loaded = new Map<string, Promise<Stream>>();

function sourceOf(name: string): Source {
  const source = recordings.get(name);
  if (source === undefined) throw new RangeError(`recording '${name}': there are ${[...recordings.keys()].join(', ')}`);
  return source;
}

function isPresent(name: string): boolean {
  return existsSync(sourceOf(name).file);
}

/** A recording as a stream, loaded once a process. */
function streamOf(name: string): Promise<Stream> {
  let stream = loaded.get(name);
  if (stream === undefined) loaded.set(name, (stream = Promise.resolve(sourceOf(name).load())));
  return stream;
}

function samplesOf(stream: Stream): Samples {
  const x = Array.from({ length: stream.samples }, (_, s) => stream.x.subarray(s * stream.inputs, (s + 1) * stream.inputs));
  return { x, y: Array.from(stream.y) };
}

/** A recording whose samples are drawn without order; of many labels the first `labels` only. */
export function recorded(name: string, labels = Infinity): TaskSource {
  return {
    name,
    present: isPresent(name),
    async make() {
      const stream = await streamOf(name);
      const all = samplesOf(stream);
      const kept = all.y.flatMap((y, s) => (y < labels ? s : []));
      return {
        inputs: stream.inputs,
        labels: Math.min(stream.labels.length, labels),
        draw: (random, count) => picked(all, random.shuffle([...kept]).slice(0, count)),
      };
    },
  };
}

/** The same with `by` added to every value, so that what was 0 for most of the time is another level. */
export function raised(name: string, by: number): TaskSource {
  const source = recorded(name);
  return {
    ...source,
    name: `${name} ${by > 0 ? '+' : '-'} ${Math.abs(by)}`,
    async make(seed) {
      const task = await source.make(seed);
      return {
        ...task,
        draw(random, count) {
          const { x, y } = task.draw(random, count);
          return { x: x.map((sample) => sample.map((value) => value + by)), y };
        },
      };
    },
  };
}

/** A recording in its own order. */
export function inOrder(name: string): TaskSource {
  return {
    name,
    present: isPresent(name),
    async make() {
      const stream = await streamOf(name);
      const { x, y } = samplesOf(stream);
      return { inputs: stream.inputs, labels: stream.labels.length, draw: (_random, count) => ({ x: x.slice(0, count), y: y.slice(0, count) }) };
    },
  };
}

function picked({ x, y }: Samples, indices: readonly number[]): Samples {
  return { x: indices.map((s) => x[s]), y: indices.map((s) => y[s]) };
}

/** Samples of each label, in their order. */
export function byLabel({ x, y }: Samples, labels: number): Float32Array[][] {
  const groups: Float32Array[][] = Array.from({ length: labels }, () => []);
  y.forEach((label, s) => groups[label].push(x[s]));
  return groups;
}

/** A task whose samples are made one by one: all labels equally often unless `one` draws its own. */
export function made(name: string, inputs: number, labels: number, prepare: (random: Random) => (random: Random) => { x: number[]; y: number }): TaskSource {
  return {
    name,
    present: true,
    make(seed) {
      const one = prepare(new Random(seed + 7000));
      return {
        inputs,
        labels,
        draw(random, count) {
          const samples: Samples = { x: [], y: [] };
          for (let s = 0; s < count; s++) {
            const { x, y } = one(random);
            samples.x.push(Float32Array.from(x));
            samples.y.push(y);
          }
          return samples;
        },
      };
    },
  };
}

/** Round clouds of deviation 1 around centres drawn in a cube of side `side`. */
export function clouds(inputs: number, labels: number, side: number): TaskSource {
  return made(`clouds ${inputs}-${labels}`, inputs, labels, (random) => {
    const centres = Array.from({ length: labels }, () => Array.from({ length: inputs }, () => side * random.uniform()));
    return (own) => {
      const y = own.below(labels);
      return { x: centres[y].map((c) => c + own.normal()), y };
    };
  });
}
