/** The rows of a CSV as cells of text: delimiter, comments, quotes, blanks. What the cells mean is csv.ts's concern. */
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { cutComments, findDelimiter } from './dialect.js';
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
