import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { cellNumber, isMissing, nearest } from '../sources/columns.js';
import type { Sample } from '../sources/sample.js';
import { LineSplitter, type Line } from '../sources/lines.js';

/** How often a file is looked at: notices of the system do not come over network folders. */
const POLL_MS = 200;
const CHUNK = 65536;

/** A place in a file: a file that was replaced or cut starts anew. */
export interface Place {
  inode: number;
  /** Bytes read, whole lines. */
  offset: number;
}

/**
 * The lines of a file that grows, from `from` on, for ever; an unfinished last line waits. A file that is not there yet is waited for; one
 * that was replaced (a rotated log) or cut is read from its start. `from` gets its place before each line is given.
 */
export async function* followLines(path: string, from: Place, maxBytes: number, signal: AbortSignal): AsyncGenerator<Line> {
  while (!signal.aborted) {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) {
      await rest(signal);
      continue;
    }
    try {
      yield* linesOf(file, path, from, maxBytes, signal);
    } finally {
      await file.close();
    }
  }
}

/** Until the file under this name is another, or shorter than what was read. */
async function* linesOf(file: FileHandle, path: string, from: Place, maxBytes: number, signal: AbortSignal): AsyncGenerator<Line> {
  const { ino, size } = await file.stat();
  if (ino !== from.inode || size < from.offset) Object.assign(from, { inode: ino, offset: 0 });
  const lines = new LineSplitter(maxBytes);
  const chunk = new Uint8Array(CHUNK);
  let read = from.offset;
  while (!signal.aborted) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK, read);
    read += bytesRead;
    for (const line of lines.push(chunk.slice(0, bytesRead))) {
      from.offset += line.bytes;
      yield line;
      if (signal.aborted) return;
    }
    if (bytesRead > 0) continue;
    const now = await stat(path).catch(() => undefined); // gone for a moment while it is rotated
    if (now !== undefined && (now.ino !== ino || now.size < read)) return;
    await rest(signal);
  }
}

async function rest(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal }).catch(() => {});
}

/** The first line of a file, where it has one by now. */
export async function firstLine(path: string, maxBytes: number): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(maxBytes), 0, maxBytes, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(10);
    return end < 0 ? undefined : new TextDecoder().decode(buffer.subarray(0, end)).replace(/\r$/, '');
  } finally {
    await file.close();
  }
}

/**
 * Lines of a CSV as samples, one at a time: the columns are fixed by the first row, because nobody knows what comes later. The first line is a
 * header unless a cell of it is a number; without one, columns are called by their number from 0. A column whose first cell is text
 * is left out, except for the label; later on, text is a missing value.
 */
export class CsvLines {
  readonly #label: string | undefined;
  readonly #drop: ReadonlySet<string>;
  #delimiter: string | undefined;
  #header: readonly string[] | undefined;
  #labelColumn = -1;
  #fields: readonly string[] | undefined;
  #columns: readonly number[] = [];

  /** @param fields the inputs by name, where they are known from before */
  constructor(label: string | undefined, drop: readonly string[], fields: readonly string[] | undefined) {
    this.#label = label;
    this.#drop = new Set(drop);
    this.#fields = fields;
  }

  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  /** Undefined for a header and for an empty line. */
  parse(text: string): Sample | undefined {
    if (text.trim() === '' || text.startsWith('#')) return undefined;
    this.#delimiter ??= delimiterOf(text);
    const [cells = []] = parse(text, { delimiter: this.#delimiter, relax_quotes: true, relax_column_count: true, trim: true }) as string[][];
    const comma = this.#delimiter === ';';
    if (this.#header === undefined) {
      const isHeader = cells.every((cell) => isMissing(cell) || cellNumber(cell, comma) === undefined);
      this.begin(isHeader ? cells : cells.map((_, i) => String(i)));
      if (isHeader) return undefined;
    } else if (this.#header.length === cells.length && cells.every((cell, i) => cell === this.#header![i])) return undefined; // a rotated file has its own
    if (cells.length !== this.#header!.length) throw new Error(`the row has ${cells.length} fields, the header ${this.#header!.length}`);
    if (this.#columns.length === 0) this.#choose(cells, comma);
    const sample: Sample = { x: Float64Array.from(this.#columns, (column) => cellNumber(cells[column]!, comma) ?? NaN) };
    const y = cells[this.#labelColumn]!;
    if (!isMissing(y)) sample.y = y;
    return sample;
  }

  /** @param first the first line of a file that is read on from its middle */
  resume(first: string): void {
    this.#delimiter = delimiterOf(first);
    const [cells = []] = parse(first, { delimiter: this.#delimiter, relax_quotes: true, trim: true }) as string[][];
    const isHeader = cells.every((cell) => isMissing(cell) || cellNumber(cell, this.#delimiter === ';') === undefined);
    this.begin(isHeader ? cells : cells.map((_, i) => String(i)));
  }

  begin(header: readonly string[]): void {
    this.#header = header;
    this.#labelColumn = this.#label === undefined ? header.length - 1 : header.indexOf(this.#label);
    if (this.#labelColumn < 0) {
      const near = nearest(this.#label!, header);
      throw new NoColumn(`--label ${this.#label}: there is no such column${near === undefined ? '' : `, did you mean ${near}?`}; there are ${header.slice(0, 20).join(', ')}`);
    }
    for (const name of this.#fields ?? []) {
      if (!header.includes(name)) throw new NoColumn(`the column ${name} of before is gone; there are ${header.slice(0, 20).join(', ')}`);
    }
    this.#columns = (this.#fields ?? []).map((name) => header.indexOf(name));
  }

  #choose(cells: readonly string[], comma: boolean): void {
    const header = this.#header!;
    this.#columns = cells.flatMap((cell, i) => (i === this.#labelColumn || this.#drop.has(header[i]!) || cellNumber(cell, comma) === undefined ? [] : [i]));
    if (this.#columns.length === 0) throw new NoColumn(`no column but the label ${header[this.#labelColumn]} holds numbers`);
    this.#fields = this.#columns.map((column) => header[column]!);
  }
}

/** The file is not what it should be: waiting for its next line does not help. */
export class NoColumn extends Error {}

function delimiterOf(line: string): string {
  const count = (delimiter: string): number => line.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best));
}
