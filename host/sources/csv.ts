/**
 * Any CSV file as a stream of samples. It is read twice: once to find the columns and the labels (a learner needs both
 * before it starts), then, row by row, to learn. Nothing but one row is held in memory.
 *
 * The rules, in order:
 * - gzip by magic bytes; UTF-8 or UTF-16 by byte-order mark; delimiter , ; tab | or runs of blanks, whichever cuts the
 *   first lines most evenly; with ; between the fields, 1,5 is a number;
 * - the first row is a header if it is text where the later rows are numbers, or counts 0, 1, 2, ...;
 * - a header one shorter than its rows names all but the first column, which is a row number and is left out; so is an
 *   unnamed first column and a first column that counts up by one (10 rows or more);
 * - the label is the last column unless another is named; at the ends of rows, empty columns without a name do not count;
 * - empty, ?, NA, N/A, NaN, null, none and infinities are missing numbers (NaN); true and false are 1 and 0;
 * - a column without a single number (dates, names) is left out with a warning; a cell of text in a column of numbers
 *   is an error that names row and column;
 * - a row of another length is left out with a warning; a row whose label is missing is a sample without a label.
 */
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Column, cellLabel, cellNumber, isHeader, isMissing, nearest, orderLabels } from './columns.js';
import { textOf, type RawSource, type Sample } from './sample.js';

export interface CsvOptions {
  /** The label's column, by name or by index from 0. Default: the last. */
  label?: string | number;
  /** Columns to leave out, by name or by index. */
  drop?: readonly (string | number)[];
  /** Read the same columns and labels as this file: for a test file. */
  like?: CsvFile;
  signal?: AbortSignal;
}

/** A CSV file whose columns are known. Iterating reads it (again) from the start. */
export interface CsvFile extends AsyncIterable<Sample> {
  /** Numbers in a sample. */
  readonly inputs: number;
  /** The names of the inputs, in order. */
  readonly names: readonly string[];
  readonly labelName: string;
  readonly labels: readonly string[];
  /** Rows that are samples, and how many of them carry no label. */
  readonly rows: number;
  readonly unlabelled: number;
  /** What was left out or looks doubtful, one sentence each. */
  readonly warnings: readonly string[];
  readonly layout: Layout;
}

interface Layout {
  names: readonly string[] | undefined; // the header, if there is one
  width: number;
  inputs: readonly number[];
  label: number;
  numericLabels: boolean;
  labels: readonly string[];
}

/** A learner's limit: an index that fits a byte. */
const MAX_LABELS = 256;

/** Finds the columns and labels of a CSV. `source` is text, bytes, or a function that opens the same stream again. */
export async function openCsv(source: string | Uint8Array | (() => RawSource), options: CsvOptions = {}): Promise<CsvFile> {
  const open = typeof source === 'function' ? source : () => source;
  const { signal } = options;
  const table = await survey(open(), options);
  const warnings: string[] = [];
  const layout = options.like ? likeLayout(table, options.like.layout, warnings) : findLayout(table, options, warnings);
  const plainName = (i: number) => layout.names?.[i] || String(i);
  if (table.odd) {
    warnings.push(`${table.odd.count} of ${table.rows + table.odd.count} rows do not have ${layout.width} fields and were left out, the first is row ${table.odd.row} with ${table.odd.fields}`);
  }
  return {
    inputs: layout.inputs.length,
    names: layout.inputs.map(plainName),
    labelName: plainName(layout.label),
    labels: layout.labels,
    rows: table.rows,
    unlabelled: table.columns[layout.label]!.missing,
    warnings,
    layout,
    async *[Symbol.asyncIterator]() {
      const comma = table.delimiter === ';';
      for await (const { cells, number } of rowsOf(open(), signal)) {
        if ((table.header && number === table.headerRow) || cells.length !== layout.width) continue;
        const x = new Float64Array(layout.inputs.length);
        layout.inputs.forEach((column, i) => {
          const value = cellNumber(cells[column]!, comma);
          if (value === undefined) throw mixed(columnName(layout.names, column), { row: number, cell: cells[column]! });
          x[i] = value;
        });
        const sample: Sample = { x };
        const y = cellLabel(cells[layout.label]!, layout.numericLabels);
        if (y !== undefined) sample.y = y;
        yield sample;
      }
    },
  };
}

interface Table {
  delimiter: string;
  header: readonly string[] | undefined;
  headerRow: number;
  width: number;
  columns: Column[];
  rows: number;
  odd?: { count: number; row: number; fields: number };
}

interface Row {
  cells: string[];
  number: number; // from 1, as a text editor counts, header included
  delimiter: string;
}

/** The first read: width, header and what every column holds. */
async function survey(source: RawSource, { label, like, signal }: CsvOptions): Promise<Table> {
  const head: Row[] = []; // enough rows to tell a header by
  let table: Table | undefined;
  const count = ({ cells, number }: Row) => {
    const t = table!;
    if (cells.length !== t.width) {
      t.odd ??= { count: 0, row: number, fields: cells.length };
      t.odd.count++;
      return;
    }
    t.rows++;
    cells.forEach((cell, i) => t.columns[i]!.add(cell, number, t.delimiter === ';'));
  };
  const begin = () => {
    table = start(head, label, like !== undefined);
    for (const row of head) if (!table.header || row.number !== table.headerRow) count(row);
  };
  for await (const row of rowsOf(source, signal)) {
    if (table) count(row);
    else if (head.push(row) === 200) begin();
  }
  if (head.length === 0) throw new Error('the file is empty');
  if (!table) begin();
  if (table!.rows === 0) throw new Error('the file has a header and no rows');
  return table!;
}

function start(head: readonly Row[], label: string | number | undefined, anyLabel: boolean): Table {
  const tally = new Map<number, number>();
  for (const { cells } of head.slice(1)) tally.set(cells.length, (tally.get(cells.length) ?? 0) + 1);
  const width = [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? head[0]!.cells.length;
  const first = head[0]!;
  const rows = head.map(({ cells }) => cells).filter((cells, i) => i > 0 && cells.length === width);
  const header = isHeader(first.cells, rows, width) ? first.cells : undefined;
  // Different cells are kept only where the label may be: from the last column that holds something in these rows on, or
  // in the one that was named; and one before, because names move by one when there is a delimiter at the end of rows.
  const filled = (i: number) => rows.some((row) => !isMissing(row[i]!));
  let likely = width - 1;
  while (likely > 0 && !filled(likely)) likely--;
  const named = label === undefined ? undefined : findColumn(label, header, width);
  const mayBeLabel = (i: number) => anyLabel || (named === undefined ? i >= likely - 1 : i === named || i === named - 1);
  const columns = Array.from({ length: width }, (_, i) => new Column(mayBeLabel(i)));
  return { delimiter: first.delimiter, header, headerRow: first.number, width, columns, rows: 0 };
}

/** Header names aligned with the columns: see the rules at the top. */
function alignHeader({ header, width, columns }: Pick<Table, 'header' | 'width' | 'columns'>): readonly string[] | undefined {
  if (!header) return undefined;
  const names = [...header];
  while (names.length > width && names.at(-1) === '') names.pop();
  if (names.length > width) throw new Error(`the header names ${names.length} columns, the rows have ${width}`);
  if (names.length === width - 1) return columns.at(-1)!.filled ? ['', ...names] : [...names, ''];
  if (names.length < width) throw new Error(`the header names ${names.length} columns, the rows have ${width}`);
  return names;
}

function findLayout(table: Table, options: CsvOptions, warnings: string[]): Layout {
  const { columns, width } = table;
  const names = alignHeader(table);
  const nameOf = (i: number) => columnName(names, i);

  let end = width;
  while (end > 1 && !columns[end - 1]!.filled && (names?.[end - 1] ?? '') === '') end--;
  const label = options.label === undefined ? end - 1 : findColumn(options.label, names, width);
  const dropped = new Set((options.drop ?? []).map((column) => findColumn(column, names, width)));
  if (dropped.has(label)) throw new Error(`column ${nameOf(label)} is the label and cannot be left out too`);

  const labels = findLabels(columns[label]!, nameOf(label), table.rows, warnings);
  const inputs: number[] = [];
  for (let i = 0; i < end; i++) {
    const column = columns[i]!;
    if (i === label || dropped.has(i)) continue;
    if (i === 0 && names?.[0] === '' && width > 2) warnings.push('the first column has no name: taken for a row number and left out');
    else if (i === 0 && width > 2 && column.counts && table.rows >= 10) warnings.push(`column ${nameOf(0)} counts the rows and was left out`);
    else if (column.numbers + column.texts === 0) warnings.push(`column ${nameOf(i)} is empty and was left out`);
    else if (column.numbers === 0) {
      warnings.push(`column ${nameOf(i)} holds no numbers (row ${column.text!.row}: ${quote(column.text!.cell)}) and was left out; if it is the label, name it`);
    } else if (column.texts > 0) throw mixed(nameOf(i), column.text!);
    else inputs.push(i);
  }
  if (inputs.length === 0) throw new Error(`no column of numbers is left beside the label, column ${nameOf(label)}`);
  return { names, width, inputs, label, ...labels };
}

function findLabels(column: Column, name: string, rows: number, warnings: string[]): Pick<Layout, 'labels' | 'numericLabels'> {
  const cells = [...column.cells!].filter((cell) => !isMissing(cell));
  const numericLabels = cells.every((cell) => !Number.isNaN(Number(cell)));
  const labels = orderLabels(cells, numericLabels);
  const continuous = numericLabels && (labels.some((label) => !Number.isInteger(Number(label))) || labels.length > rows / 2);
  const hint = continuous ? ` The column looks continuous (${labels[0]}, ${labels[1]}, ...): a label is one of a few names.` : '';
  if (labels.length > MAX_LABELS) {
    throw new Error(`column ${name} holds ${labels.length} different labels, at most ${MAX_LABELS} are possible.${hint} Name another column as the label`);
  }
  if (labels.length < 2) {
    throw new Error(`column ${name} holds ${labels.length === 0 ? 'no label' : `one label only, ${quote(labels[0]!)}`}; two are needed to learn a difference. Name another column as the label`);
  }
  if (labels.length > 20 && labels.length > rows / 5) warnings.push(`column ${name} holds ${labels.length} labels in ${rows} rows.${hint}`);
  if (column.missing > 0) warnings.push(`${column.missing} rows have no label; they are neither scored nor learned`);
  return { labels, numericLabels };
}

/** The columns of another file, found in this one: by name where both have a header, else by place. */
function likeLayout(table: Table, like: Layout, warnings: string[]): Layout {
  const names = alignHeader(table);
  let find = (i: number) => i;
  if (names && like.names && like.inputs.concat(like.label).every((i) => names.includes(like.names![i]!))) {
    find = (i) => names.indexOf(like.names![i]!);
  } else if (table.width !== like.width) {
    throw new Error(`this file has ${table.width} columns, the file that was learned ${like.width}`);
  }
  const label = find(like.label);
  const unknown = orderLabels(table.columns[label]!.cells ?? [], like.numericLabels).filter((y) => !like.labels.includes(y));
  if (unknown.length > 0) warnings.push(`${unknown.length} labels were not in the file that was learned (${unknown.slice(0, 5).join(', ')}): always wrong`);
  return { ...like, names, width: table.width, inputs: like.inputs.map(find), label };
}

function findColumn(wanted: string | number, names: readonly string[] | undefined, width: number): number {
  const named = names?.indexOf(String(wanted)) ?? -1;
  if (named >= 0) return named + (names!.length === width - 1 ? 1 : 0);
  const index = typeof wanted === 'number' || /^\d+$/.test(wanted) ? Number(wanted) : -1;
  if (Number.isInteger(index) && index >= 0 && index < width) return index;
  const near = typeof wanted === 'string' && names ? nearest(wanted, names) : undefined;
  const list = names ? `; the columns are ${names.slice(0, 12).map(quote).join(', ')}${names.length > 12 ? ', ...' : ''}` : '; the file has no header';
  throw new Error(`no column ${quote(String(wanted))}${near ? `, did you mean ${quote(near)}` : ''}${list}; or give an index from 0 to ${width - 1}`);
}

function mixed(name: string, { row, cell }: { row: number; cell: string }): Error {
  return new Error(`row ${row}, column ${name}: ${quote(cell)} is not a number, other rows of this column are; correct it or leave the column out`);
}

function columnName(names: readonly string[] | undefined, i: number): string {
  return names?.[i] ? quote(names[i]) : String(i);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

/** The rows of a CSV, trimmed; empty lines are left out but counted. */
async function* rowsOf(source: RawSource, signal?: AbortSignal): AsyncGenerator<Row> {
  const text = textOf(source, signal);
  let head = '';
  while (head.length < 65536) {
    const { value, done } = await text.next();
    if (done) break;
    head += value;
  }
  if (head.includes('\0')) throw new Error('this is not a text file');
  const delimiter = findDelimiter(head);
  const chunks = async function* () {
    yield head;
    yield* text;
  };
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, trim: true });
  pipeline(Readable.from(chunks()), parser, () => {}); // the error comes out of the parser below
  let number = 0;
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

/** The delimiter that cuts most of the first lines into the same number of fields, more than one; commas if none does. */
function findDelimiter(head: string): string {
  const lines = head.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '');
  if (lines.length > 1) lines.pop(); // may be cut short
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|', ' ']) {
    const tally = new Map<number, number>();
    for (const line of lines) {
      const bare = line.replace(/"[^"]*"/g, 'q').trim();
      const fields = (delimiter === ' ' ? bare.split(/ +/) : bare.split(delimiter)).length;
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
