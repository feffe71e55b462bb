import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Arguments } from './arguments.js';
import type { Place } from './sources/growing-file.js';
import type { Sample } from '../host/sources/sample.js';
import type { FileProgress, ModelNote, Progress } from './model-note.js';
import { parseSource } from './sources/table.js';
import { count } from './terminal.js';

/** Progress that older versions kept beside the snapshots, by their checksums. Undefined if there is none, or if it is damaged. */
export async function progressBeside(path: string, snapshot: Uint8Array): Promise<ModelNote | undefined> {
  const crc = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(snapshot.length - 4, true).toString(16);
  try {
    const { fields, ...progress } = (JSON.parse(await readFile(path, 'utf8')) as Record<string, Progress & Pick<ModelNote, 'fields'>>)[`crc${crc}`]!;
    return { ...(fields ? { fields } : {}), progress };
  } catch {
    return undefined; // counters only: a learner without them learns on as well
  }
}

/** The last bytes in which the end of a line is looked for. */
const TAIL = 65536;

/** The end of the last whole line of a file; undefined where there is no file yet. */
async function endOf(path: string): Promise<Place | undefined> {
  const { ino, size } = await stat(path).catch(() => ({ ino: -1, size: -1 }));
  if (size < 0) return undefined;
  const from = Math.max(0, size - TAIL);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(TAIL), 0, TAIL, from);
    return { inode: ino, offset: from + buffer.subarray(0, bytesRead).lastIndexOf(10) + 1 };
  } finally {
    await file.close();
  }
}

/** Place to continue from for a learner that does not know how far it had come. */
export async function goingOn(seen: number, args: Arguments, told: string[]): Promise<{ progress?: Progress }> {
  const source = parseSource(args.text('source'));
  if (source.kind !== 'follow') return {};
  const place = await endOf(source.path);
  told.push(`it is not known how far this learner had come in ${source.path}: going on from its end`);
  return { progress: { samples: seen, ...(place ? { place } : {}) } };
}

/** The way of a service through its source: what is left to read, and how far it has come. */
export class Reading {
  progress: Progress;
  readonly #args: Arguments;
  readonly #stopped: AbortSignal;
  readonly #say: (text: string) => void;
  #file: FileProgress | undefined;

  constructor(progress: Progress, args: Arguments, stopped: AbortSignal, say: (text: string) => void) {
    this.progress = progress;
    this.#args = args;
    this.#stopped = stopped;
    this.#say = say;
  }

  /** Samples that were not read before: of a file that is read once those behind the last one, of every other source all. */
  unread(samples: AsyncIterable<Sample>): AsyncIterable<Sample> {
    const source = parseSource(this.#args.text('source'));
    return source.kind === 'file' ? this.#rest(samples, source.path) : samples;
  }

  /** One more sample was answered. @param place in a followed file */
  step(place: Place | undefined): void {
    this.progress = { samples: this.progress.samples + 1, ...(place ? { place: { ...place } } : {}), ...(this.#file ? { file: this.#file } : {}) };
  }

  /** One that was read to its end is read again, and that is said. */
  async *#rest(samples: AsyncIterable<Sample>, name: string): AsyncGenerator<Sample> {
    const [path, { size: bytes }, before] = [resolve(name), await stat(name), this.progress.file];
    const same = before?.path === path && before.bytes === bytes;
    const skip = same && !before.whole ? before.rows : 0;
    if (same) this.#say(before.whole ? `${path} was learned to its end before: now it is learned once more` : `going on after row ${count(skip)} of the file, where it was left`);
    let rows = 0;
    for await (const sample of samples) {
      if (rows++ < skip) continue;
      this.#file = { path, bytes, rows, whole: false };
      yield sample;
    }
    if (this.#stopped.aborted) return;
    this.#file = { path, bytes, rows, whole: true };
    this.progress = { ...this.progress, file: this.#file };
  }
}
