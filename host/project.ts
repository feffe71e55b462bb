import { crc32 } from './checksum.js';
import { LearnerError } from './errors.js';
import { namesOf } from './label-names.js';
import { checkMagic } from './magic.js';

/** The samples of a page, the network that learned them, and how the signal is cut. docs/web.md has every byte of its file. */
export interface Project {
  /** Source of the samples: `motion`, `sound`, ... */
  signal: string;
  /** Values of a moment, and moments of a sample. */
  channels: number;
  window: number;
  /** Answers less familiar than this are unknown, 0 to 1. */
  unknownBelow: number;
  labels: readonly string[];
  samples: readonly { label: string; x: Float32Array }[];
  snapshot: Uint8Array;
}

const MAGIC = 'ONWP';
const VERSION = 1;
const HEADER_BYTES = 12;

/** Of a sample; a second of sound at 16 kHz has 16,000. */
const MOST_VALUES = 1 << 20;

/** Signals of the page that are recordings: their samples do not overlap. */
const RECORDED = ['gestures', 'fan', 'csv'];

/** Moments from the start of one sample to that of the next, as the page cuts the signal of a project: three seconds of a hand give 25 samples, of sound 11. Below 8 moments none overlap. */
export function hopOf({ signal, window }: Pick<Project, 'signal' | 'window'>): number {
  return RECORDED.includes(signal) || window < 8 ? window : Math.floor(window / 5);
}

/** True for bytes that begin as a project does. */
export const isProject = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 4)) === MAGIC;

/**
 * The file of a project, as the page saves it.
 * @throws RangeError for a sample whose label `labels` does not name
 */
export function encodeProject({ labels, samples, snapshot, ...rest }: Project): Uint8Array {
  const places = samples.map(({ label }, i) => {
    const place = labels.indexOf(label);
    if (place < 0) throw new RangeError(`samples: sample ${i} is of ${JSON.stringify(label)}, which labels does not name: add it to labels`);
    return place;
  });
  const isShort = samples.every(({ x }) => x.every((value) => Number.isInteger(value * FULL) && value >= -1 && value < 1));
  const head = new TextEncoder().encode(JSON.stringify({ ...rest, labels, values: isShort ? 'i16' : 'f32', samples: places, snapshot: snapshot.length }));
  const values = samples.map(({ x }) => new Uint8Array((isShort ? Int16Array.from(x, (value) => value * FULL) : Float32Array.from(x)).buffer));
  const bytes = new Uint8Array(HEADER_BYTES + head.length + snapshot.length + values.reduce((sum, { length }) => sum + length, 0) + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint16(4, VERSION, true);
  view.setUint32(8, head.length, true);
  let at = HEADER_BYTES;
  for (const part of [head, snapshot, ...values]) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true);
  return bytes;
}

/** Sound is kept in 16 bits. */
const FULL = 32768;

/**
 * A project of the page from its file.
 * @throws LearnerError for a file that is no project, of a newer version, cut off or damaged
 */
export function decodeProject(file: Uint8Array): Project {
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length); // of a Buffer, slice is no copy
  checkMagic(MAGIC, bytes);
  if (bytes.length < HEADER_BYTES + 4) throw cutOff();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint16(4, true);
  if (version !== VERSION) throw new LearnerError('ESNAPSHOT_VERSION', `project: it is of version ${version}, this onward reads version ${VERSION}: open it with a newer one`);
  const start = HEADER_BYTES + view.getUint32(8, true);
  if (start > bytes.length - 4) throw cutOff();
  const end = bytes.length - 4;
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end, true)) throw new LearnerError('ECRC', 'project: the checksum is wrong, so the file is damaged or cut off: save it again, or take another copy');
  const head = headOf(bytes.subarray(HEADER_BYTES, start));
  const { channels, window, labels, values, samples, snapshot, signal, unknownBelow } = head;
  const count = channels * window;
  const width = values === 'i16' ? 2 : 4;
  const first = start + snapshot;
  if (first + samples.length * count * width !== end) throw damaged('its parts are longer or shorter than it says');
  return {
    signal, channels, window, unknownBelow, labels,
    snapshot: bytes.slice(start, first),
    samples: samples.map((label, i) => {
      const { buffer } = bytes.slice(first + i * count * width, first + (i + 1) * count * width);
      return { label: labels[label]!, x: values === 'i16' ? Float32Array.from(new Int16Array(buffer), (value) => value / FULL) : new Float32Array(buffer) };
    }),
  };
}

interface Head extends Omit<Project, 'samples' | 'snapshot'> {
  values: 'i16' | 'f32';
  /** Place of each one's label. */
  samples: number[];
  /** Bytes. */
  snapshot: number;
}

function headOf(text: Uint8Array): Head {
  let head: Partial<Record<keyof Head, unknown>>;
  try {
    head = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (cause) {
    throw damaged('its header is no JSON', cause);
  }
  if (typeof head !== 'object' || head === null) throw damaged('its header is no object');
  const { signal, channels, window, unknownBelow, values, samples, snapshot } = head;
  const labels = labelsOf(head.labels);
  const isCount = (value: unknown, least: number): value is number => Number.isInteger(value) && (value as number) >= least;
  if (typeof signal !== 'string' || !/^[a-z]{1,20}$/.test(signal)) throw damaged('signal is no name');
  if (!isCount(channels, 1) || !isCount(window, 1) || channels * window > MOST_VALUES) throw damaged('channels and window are no shape of a sample');
  if (typeof unknownBelow !== 'number' || !(unknownBelow >= 0 && unknownBelow <= 1)) throw damaged('unknownBelow is not 0 to 1');
  if (values !== 'i16' && values !== 'f32') throw damaged('values are neither i16 nor f32');
  if (!isCount(snapshot, 0)) throw damaged('snapshot is no length');
  if (!Array.isArray(samples) || !samples.every((label) => isCount(label, 0) && label < labels.length)) throw damaged('samples have labels that it does not name');
  return { signal, channels, window, unknownBelow, labels, values, samples, snapshot };
}

function labelsOf(labels: unknown): readonly string[] {
  try {
    return namesOf('labels', labels as string[]);
  } catch (cause) {
    throw damaged('labels are no names', cause);
  }
}

const damaged = (why: string, cause?: unknown): LearnerError => new LearnerError('ESNAPSHOT_SHAPE', `project: ${why}: the file was written by something else, or is damaged`, { cause });

const cutOff = (): LearnerError => new LearnerError('ESNAPSHOT_TRUNCATED', 'project: the file is cut off: save it again, or take another copy');
