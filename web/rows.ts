/** Stands in for host/sources/rows.ts, whose parser is made for Node's streams. A file of somebody's choice is read whole, so it is bounded first. */
import Papa from 'papaparse';
import { cutComments, findDelimiter } from '../host/sources/dialect.js';
import type { Row } from '../host/sources/rows.js';
import { textOf, type RawSource } from '../host/sources/sample.js';

export type { Row } from '../host/sources/rows.js';

/** Characters after unpacking, and cells: some seconds and a few hundred MB in a browser. A gzip bomb ends at the first. */
const MAX_CHARACTERS = 32 << 20;
const MAX_CELLS = 4 << 20;

export async function* rowsOf(source: RawSource, signal?: AbortSignal): AsyncGenerator<Row> {
  let text = '';
  for await (const part of textOf(source, signal)) {
    text += part;
    if (text.length > MAX_CHARACTERS) throw new Error(`the file has more than ${MAX_CHARACTERS >> 20} million characters: cut it into smaller ones`);
  }
  if (text.slice(0, 65536).includes('\0')) throw new Error('this is not a text file');
  const { body, cut } = cutComments(text);
  const delimiter = findDelimiter(body.slice(0, 65536));
  let cells = 0;
  for (let i = 0; i < body.length; i++) {
    const c = body[i];
    if ((c === delimiter || c === '\n') && ++cells > MAX_CELLS) throw new Error(`the file has more than ${MAX_CELLS >> 20} million cells: leave columns or rows out`);
  }
  const { data, errors } = Papa.parse<string[]>(body, { delimiter });
  const open = errors.find(({ code }) => code === 'MissingQuotes');
  if (open !== undefined) throw new Error(`row ${cut + (open.row ?? 0) + 1}: a quote is opened and never closed`);
  for (const [i, row] of data.entries()) {
    let trimmed = row.map((cell) => cell.trim());
    if (delimiter === ' ') trimmed = trimmed.filter((cell) => cell !== '');
    if (trimmed.length === 0 || (trimmed.length === 1 && trimmed[0] === '')) continue;
    yield { cells: trimmed, number: cut + i + 1, delimiter };
  }
}
