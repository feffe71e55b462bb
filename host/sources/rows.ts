/** The rows of a table as cells of text: delimiter, comments, quotes, blanks. What the cells mean is layout.ts's concern. */
import Papa from 'papaparse';
import { openingOf, type Dialect } from './dialect.js';
import { isRecording, recordingRows } from './edge-impulse.js';
import { sparseCells, widened, type IndexRange, type Sparse, type SparseWishes } from './libsvm.js';
import { textOf, type RawSource } from './text.js';

/** Rows that were read together, trimmed. An empty line is a row of one empty cell, or of none. */
export interface Batch {
  rows: string[][];
  /** Of the first row, from 1, as a text editor counts, header included. */
  number: number;
  dialect: Dialect;
  /** Of a file of libsvm: indices beyond those that its first lines have came so far, and were left out; with them it has these. */
  beyond?: IndexRange | undefined;
}

/** Sizes beyond which a file is refused, as a page can bear no more. */
export interface Limit {
  /** Characters of the whole file, 1 or more. */
  characters: number;
  /** Cells of all rows, 1 or more. */
  cells: number;
}

/** The head that delimiter and comments are told by. */
const HEAD = 65536;
/** A row that is longer is none: a quote was never closed, or this is no table. */
const LONGEST_ROW = 8 << 20;

/** Cuts rows, as csv parsers understand them: cells between delimiters, in quotes where these hold delimiters themselves. */
export class RowCutter {
  readonly dialect: Dialect;
  readonly #parser: Papa.Parser;
  #rest = '';
  #beyond: IndexRange | undefined;
  #number: number;

  /** @param number of the row that comes first */
  constructor(dialect: Dialect, number = 1) {
    this.dialect = dialect;
    this.#number = number;
    this.#parser = new Papa.Parser({ delimiter: dialect.delimiter, newline: '\n', quoteChar: dialect.quote });
  }

  /** @param text what follows; a last row that has no end yet waits for it, unless `last` */
  push(text: string, last: boolean): Batch {
    if (this.dialect.sparse) return this.#pushSparse(text, last, this.dialect.sparse);
    const whole = tidy(this.#rest + text, this.dialect);
    const { data, errors, meta } = this.#parser.parse(whole, 0, !last) as { data: string[][]; errors: { code: string; row: number }[]; meta: { cursor: number } };
    const number = this.#number;
    const open = errors.find(({ code }) => code === 'MissingQuotes');
    this.#rest = last ? '' : whole.slice(meta.cursor);
    if (open || this.#rest.length > LONGEST_ROW) {
      const row = number + (open ? open.row : data.length);
      throw new Error(open || this.#rest.includes(this.dialect.quote) ? `row ${row}: a quote is opened and never closed` : `row ${row} has more than ${LONGEST_ROW >> 20} million characters: this is no table`);
    }
    if (last && data.length > 0 && isBlank(data.at(-1)!)) data.pop(); // behind the last end of line
    this.#number += data.length;
    const { delimiter } = this.dialect;
    if (whole.includes(' ') || (delimiter !== '\t' && whole.includes('\t'))) for (const cells of data) for (let i = 0; i < cells.length; i++) cells[i] = cells[i]!.trim();
    return { rows: delimiter === ' ' ? data.map((cells) => cells.filter((cell) => cell !== '')) : data, number, dialect: this.dialect };
  }

  #pushSparse(text: string, last: boolean, sparse: Sparse): Batch {
    const lines = (this.#rest + text).split('\n');
    this.#rest = last ? '' : lines.pop()!;
    if (last && lines.at(-1) === '') lines.pop();
    const number = this.#number;
    this.#number += lines.length;
    const rows = lines.map((line) => sparseCells(line, sparse, (index) => (this.#beyond = widened(this.#beyond ?? sparse, index))));
    return { rows, number, dialect: this.dialect, beyond: this.#beyond };
  }
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.length === 0 || (cells.length === 1 && cells[0] === '');
}

/** Blanks in front of a quote are no part of the cell, and the quote is one. */
function tidy(text: string, { delimiter, quote, arrow }: Dialect): string {
  if (arrow) text = text.replaceAll(' -> ', delimiter);
  if (delimiter === ' ' || !text.includes(` ${quote}`)) return text;
  return text.replace(new RegExp(`(^|[\\n${delimiter === '|' ? '\\|' : delimiter}]) +(?=${quote})`, 'g'), '$1');
}

interface BatchOptions {
  signal?: AbortSignal | undefined;
  limit?: Limit | undefined;
  /** Gets one sentence for each decision. */
  tell?: (decision: string) => void;
  sparse?: SparseWishes;
}

export async function* batchesOf(source: RawSource, { signal, limit, tell, sparse = {} }: BatchOptions = {}): AsyncGenerator<Batch> {
  const text = bounded(endLines(textOf(source, signal, tell)), limit);
  let head = '';
  let more = true;
  while (head.length < HEAD && more) {
    const { value, done } = await text.next();
    if (done) more = false;
    else head += value;
  }
  if (isRecording(head)) {
    for await (const part of text) head += part;
    yield recordingRows(head);
    return;
  }
  const { dialect, body, cut, told } = openingOf(head, sparse);
  for (const decision of told) tell?.(decision);
  let cells = 0;
  const cutter = new RowCutter(dialect, cut + 1);
  const count = (batch: Batch): Batch => {
    for (const row of batch.rows) cells += row.length;
    if (limit && cells > limit.cells) throw new Error(`the file has more than ${limit.cells >> 20} million cells: leave columns or rows out`);
    return batch;
  };
  yield count(cutter.push(body, !more));
  if (!more) return;
  for await (const part of text) yield count(cutter.push(part, false));
  yield count(cutter.push('', true));
}

/** Every end of a line is \n. */
async function* endLines(text: AsyncGenerator<string>): AsyncGenerator<string> {
  let held = '';
  for await (let part of text) {
    if (held !== '' || part.includes('\r')) {
      part = held + part;
      held = part.endsWith('\r') ? '\r' : ''; // its \n may come
      part = part.slice(0, part.length - held.length).replace(/\r\n?/g, '\n');
    }
    yield part;
  }
  if (held !== '') yield '\n';
}

async function* bounded(text: AsyncGenerator<string>, limit: Limit | undefined): AsyncGenerator<string> {
  let length = 0;
  for await (const part of text) {
    length += part.length;
    if (limit && length > limit.characters) throw new Error(`the file has more than ${limit.characters >> 20} million characters: cut it into smaller ones`);
    yield part;
  }
}
