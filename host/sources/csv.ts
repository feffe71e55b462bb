/**
 * Any CSV file as a stream of samples. It is read twice: once to find the columns and the labels (a learner needs both
 * before it starts), then, row by row, to learn. Nothing but one row is held in memory.
 *
 * The rules, in order:
 * - lines at the top that start with # are comments; the last of them is the header where it has as many fields, more
 *   than one, as the line below it;
 * - gzip by magic bytes; UTF-8 or UTF-16 by byte-order mark; delimiter , ; tab | or runs of blanks, whichever cuts the
 *   first lines most evenly; with ; between the fields, 1,5 is a number;
 * - the first row is a header if it is text where the later rows are numbers, or counts 0, 1, 2, ...;
 * - a header one shorter than its rows names all but the first column, which is a row number and is left out; so is an
 *   unnamed first column and a first column that counts up by one (10 rows or more);
 * - the label is the last column unless another is named; at the ends of rows, empty columns without a name do not count;
 * - empty, ?, NA, N/A, NaN, null, none and infinities are missing numbers (NaN); true and false are 1 and 0;
 * - a column without a single number (dates, names) is left out with a warning; in a column of numbers, text (ERR, ---)
 *   is missing, with a warning, in less than 5 % of the cells that hold something; from there on it is an error;
 * - a row of another length is left out with a warning; a row whose label is missing is a sample without a label.
 */
import { Column, cellLabel, cellNumber, cellTime, isHeader, isMissing, nearest, orderLabels } from './columns.js';
import { rowsOf, type Row } from './rows.js';
import { checkLabel, type KnownLabels, type RawSource, type Sample } from './sample.js';

export type { KnownLabels, RawSource } from './sample.js';

/** How to read a table. */
export interface CsvOptions {
  /** The label's column, by name or by index from 0. Default: the last. */
  label?: string | number;
  /** Columns to leave out, by name or by index. */
  drop?: readonly (string | number)[];
  /** A column that is not an input: its cell becomes the sample's `group`, as text. It may be the label's column. */
  group?: string | number;
  /** A column that is not an input: its cell becomes the sample's `t`, a number, or for dates the seconds since 1970 (UTC where no zone is given). */
  time?: string | number;
  /** The labels there are, where the file does not decide: one of them, or none, may be all that it holds. Rows with another go to `onRefused`, or are an error without. */
  known?: KnownLabels;
  /** Told of every row whose label is none of `known`. */
  onRefused?: (error: Error) => void;
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

/** Which column is what, so that another file can be read the same way (`like`). */
export interface Layout {
  names: readonly string[] | undefined; // the header, if there is one
  width: number;
  inputs: readonly number[];
  label: number;
  group: number | undefined;
  time: number | undefined;
  numericLabels: boolean;
  labels: readonly string[];
}

/** A learner's limits: a label's index fits a byte; the accumulators are proven for 4096 inputs. */
const MAX_LABELS = 256;
const MAX_INPUTS = 4096;
/** Text in a column of numbers: below this share a sensor's slip, from it on a column that is something else. */
const MAX_TEXT_SHARE = 0.05;

/** Finds the columns and labels of a CSV. `source` is text, bytes, or a function that opens the same stream again. */
export async function openCsv(source: string | Uint8Array | (() => RawSource), options: CsvOptions = {}): Promise<CsvFile> {
  const open = typeof source === 'function' ? source : () => source;
  const { signal, known } = options;
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
      let rows = 0;
      for await (const { cells, number } of rowsOf(open(), signal)) {
        if ((table.header && number === table.headerRow) || cells.length !== layout.width) continue;
        const x = new Float64Array(layout.inputs.length);
        layout.inputs.forEach((column, i) => {
          x[i] = cellNumber(cells[column]!, comma) ?? NaN; // the first read found the text to be rare
        });
        const sample: Sample = { x };
        const y = cellLabel(cells[layout.label]!, layout.numericLabels);
        if (y !== undefined) sample.y = y;
        if (layout.group !== undefined && !isMissing(cells[layout.group]!)) sample.group = cells[layout.group]!;
        const t = layout.time === undefined ? undefined : cellTime(cells[layout.time]!, comma);
        if (t !== undefined) sample.t = t;
        rows++;
        try {
          if (known) checkLabel(y, known, `line ${number}`);
        } catch (error) {
          if (options.onRefused === undefined) throw error;
          options.onRefused(error as Error);
          continue;
        }
        yield sample;
      }
      // A stream that can be read once only, or a file that was cut in the meantime: no figure from the rest of it.
      if (rows < table.rows) throw new Error(`the second reading gave ${rows} rows, the first ${table.rows}: the file was changed, or can be read only once`);
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
  const header = isHeader(first.cells, rows, width) || (head.length === 1 && allText(first.cells)) ? first.cells : undefined;
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

/** A row that can only be a header, even with nothing below it. */
function allText(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cellNumber(cell) === undefined);
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
  const isInput = (i: number) => {
    const column = columns[i]!;
    if (i === 0 && names?.[0] === '' && width > 2) warnings.push('the first column has no name: taken for a row number and left out');
    else if (i === 0 && width > 2 && column.counts && table.rows >= 10) warnings.push(`column ${nameOf(0)} counts the rows and was left out`);
    else if (column.numbers + column.texts === 0) warnings.push(`column ${nameOf(i)} is empty and was left out`);
    else if (column.numbers === 0) {
      warnings.push(`column ${nameOf(i)} holds no numbers (row ${column.text!.row}: ${quote(column.text!.cell)}) and was left out; if it is the label, name it`);
    } else {
      checkText(column, i, names, warnings);
      return true;
    }
    return false;
  };

  let end = width;
  while (end > 1 && !columns[end - 1]!.filled && (names?.[end - 1] ?? '') === '') end--;
  const label = options.label === undefined ? end - 1 : findColumn(options.label, names, width);
  const find = (column: string | number) => findColumn(column, names, width);
  const group = options.group === undefined ? undefined : find(options.group);
  const time = options.time === undefined ? undefined : find(options.time);
  if (time === label) throw new Error(`column ${nameOf(label)} is the label and cannot be the time too`);
  const dropped = new Set((options.drop ?? []).map(find));
  if (dropped.has(label)) throw new Error(`column ${nameOf(label)} is the label and cannot be left out too`);

  const labels = options.known ? knownLabels(options.known.names) : findLabels(columns[label]!, nameOf(label), table.rows, warnings);
  const inputs: number[] = [];
  for (let i = 0; i < end; i++) {
    if (i !== label && i !== group && i !== time && !dropped.has(i) && isInput(i)) inputs.push(i);
  }
  if (inputs.length > MAX_INPUTS) throw new Error(`${inputs.length} columns of numbers, at most ${MAX_INPUTS} can be inputs: leave others out with --drop COLUMN,..`);
  if (inputs.length === 0) throw new Error(`no column of numbers is left beside the label, column ${nameOf(label)}`);
  return { names, width, inputs, label, group, time, ...labels };
}

function knownLabels(labels: readonly string[]): Pick<Layout, 'labels' | 'numericLabels'> {
  return { labels, numericLabels: labels.every((label) => label === String(Number(label))) };
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

/**
 * The columns of another file, found in this one: by name where both have a header, else by place. A name that is not here is one that was changed where
 * all others stand in their places; otherwise nothing tells which column it is.
 */
function likeLayout(table: Table, like: Layout, warnings: string[]): Layout {
  const names = alignHeader(table);
  const learned = like.names;
  let find = (i: number) => i;
  const lost = names && learned ? like.inputs.concat(like.label, like.group ?? [], like.time ?? []).filter((i) => !names.includes(learned[i]!)) : [];
  if (names && learned && lost.length === 0 && !names.every((name, i) => name === learned[i])) {
    find = (i) => names.indexOf(learned[i]!);
  } else if (names && learned && lost.length > 0 && (table.width !== like.width || learned.some((name, i) => names.includes(name) && names[i] !== name))) {
    throw new Error(`no column ${lost.slice(0, 5).map((i) => columnName(learned, i)).join(', ')}${lost.length > 5 ? ', ...' : ''} as in the file that was learned; the columns here are ${names.slice(0, 12).map(quote).join(', ')}${names.length > 12 ? ', ...' : ''}`);
  } else if (table.width !== like.width) {
    throw new Error(`this file has ${table.width} columns, the file that was learned ${like.width}`);
  } else if (lost.length > 0) {
    const pairs = lost.slice(0, 5).map((i) => `${columnName(names, i)} for ${columnName(learned, i)}`).join(', ');
    warnings.push(`${lost.length} columns have other names than in the file that was learned (${pairs}${lost.length > 5 ? ', ...' : ''}): matched by place`);
  }
  const inputs = like.inputs.map(find);
  for (const i of inputs) checkText(table.columns[i]!, i, names, warnings);
  const label = find(like.label);
  const unknown = orderLabels(table.columns[label]!.cells ?? [], like.numericLabels).filter((y) => !like.labels.includes(y));
  if (unknown.length > 0) warnings.push(`${unknown.length} labels were not in the file that was learned (${unknown.slice(0, 5).join(', ')}): always wrong`);
  const aside = (i: number | undefined) => (i === undefined ? undefined : find(i));
  return { ...like, names, width: table.width, inputs, label, group: aside(like.group), time: aside(like.time) };
}

function findColumn(wanted: string | number, names: readonly string[] | undefined, width: number): number {
  const named = names?.indexOf(String(wanted)) ?? -1;
  if (named >= 0) return named + (names!.length === width - 1 ? 1 : 0);
  const index = typeof wanted === 'number' || /^\d+$/.test(wanted) ? Number(wanted) : -1;
  if (Number.isInteger(index) && index >= 0 && index < width) return index;
  const near = typeof wanted === 'string' && index < 0 && names ? nearest(wanted, names) : undefined;
  const list = names ? `; the columns are ${names.slice(0, 12).map(quote).join(', ')}${names.length > 12 ? ', ...' : ''}` : '; the file has no header';
  throw new Error(`no column ${quote(String(wanted))}${near ? `, did you mean ${quote(near)}` : ''}${list}; or give an index from 0 to ${width - 1}`);
}

/** Rare text in a column of numbers is told, more of it refused. */
function checkText({ texts, text, textShare }: Column, i: number, names: readonly string[] | undefined, warnings: string[]): void {
  if (!text) return;
  const name = columnName(names, i);
  if (textShare < MAX_TEXT_SHARE) {
    warnings.push(`column ${name}: ${texts} cell${texts === 1 ? '' : 's'} of text taken as missing, the first is ${quote(text.cell)} in row ${text.row}`);
    return;
  }
  const drop = /^[\w.-]+$/.test(names?.[i] ?? '') ? names![i] : i;
  throw new Error(`row ${text.row}, column ${name}: ${quote(text.cell)} is not a number (${(100 * textShare).toFixed(0)} % of the column is text); correct it or leave the column out: --drop ${drop}`);
}

function columnName(names: readonly string[] | undefined, i: number): string {
  return names?.[i] ? quote(names[i]) : String(i);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
