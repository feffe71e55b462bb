/** The rows of a CSV as cells of text: delimiter, comments, quotes, blanks. What the cells mean is csv.ts's concern. */
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { cellNumber } from './columns.js';
import { textOf, type RawSource } from './sample.js';

export interface Row {
  cells: string[];
  number: number; // from 1, as a text editor counts, header included
  delimiter: string;
}

/** The rows of a CSV, trimmed; empty lines are left out but counted. */
export async function* rowsOf(source: RawSource, signal?: AbortSignal): AsyncGenerator<Row> {
  const text = textOf(source, signal);
  let head = '';
  while (head.length < 65536) {
    const { value, done } = await text.next();
    if (done) break;
    head += value;
  }
  if (head.includes('\0')) throw new Error('this is not a text file');
  const { body, cut } = cutComments(head);
  const delimiter = findDelimiter(body);
  const chunks = async function* () {
    yield body;
    yield* text;
  };
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, trim: true });
  pipeline(Readable.from(chunks()), parser, () => {}); // the error comes out of the parser below
  let number = cut;
  try {
    for await (let cells of parser as AsyncIterable<string[]>) {
      number++;
      signal?.throwIfAborted(); // per row: a small file is in the parser's buffers before the first row comes out
      if (delimiter === ' ') cells = cells.filter((cell) => cell !== '');
      if (cells.length === 0 || (cells.length === 1 && cells[0] === '')) continue;
      yield { cells, number, delimiter };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const why = cause.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : cause.message;
    throw new Error(`row ${number + 1}: ${why}`, { cause });
  }
}

/** Without the comments at its top, and how many lines those were. "# a, b, y" over "1, 2, on" is not one, but the header. */
function cutComments(head: string): { body: string; cut: number } {
  const line = /[^\r\n]*(?:\r\n|\n|\r|$)/y;
  let comment = '';
  let cut = 0;
  let at = 0;
  for (let text = line.exec(head)![0]; /^\s*#/.test(text); text = line.exec(head)![0]) {
    comment = text;
    cut++;
    at = line.lastIndex;
  }
  const body = head.slice(at);
  if (cut === 0) return { body, cut };
  if (body.trim() === '') throw new Error('the file holds comments only: every line starts with #');
  const delimiter = findDelimiter(body);
  const header = comment.replace(/^\s*#+ */, '');
  const names = fieldsOf(header, delimiter);
  const below = fieldsOf(/[^\r\n]*/.exec(body)![0], delimiter);
  const isNumber = (cell: string) => !Number.isNaN(cellNumber(cell.trim()) ?? NaN);
  if (names.length < 2 || names.length !== below.length || names.some(isNumber) || !below.some(isNumber)) return { body, cut };
  return { body: header + body, cut: cut - 1 };
}

/** One line in its fields, quoted ones blanked out. */
function fieldsOf(line: string, delimiter: string): string[] {
  const bare = line.replace(/"[^"]*"/g, 'q').trim();
  return delimiter === ' ' ? bare.split(/ +/) : bare.split(delimiter);
}

/** The delimiter that cuts most of the first lines into the same number of fields, more than one; commas if none does. */
function findDelimiter(head: string): string {
  const lines = head.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '');
  if (lines.length > 1) lines.pop(); // may be cut short
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|', ' ']) {
    const tally = new Map<number, number>();
    for (const line of lines) {
      const fields = fieldsOf(line, delimiter).length;
      if (fields > 1) tally.set(fields, (tally.get(fields) ?? 0) + 1);
    }
    const even = Math.max(0, ...tally.values());
    if (even > most) {
      most = even;
      best = delimiter;
    }
  }
  return best;
}
