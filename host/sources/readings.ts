/** A CSV without labels: every column of numbers is a channel. Read once, so that a pipe will do; its numbers are held in memory. */
import { Column, cellNumber, isHeader, nearest } from './columns.js';
import { rowsOf, type Row } from './rows.js';
import type { RawSource } from './sample.js';

export interface Readings {
  /** Names of the channels; the column's number from 0 where the file has no header. */
  readonly names: readonly string[];
  /** [rows][channels]; NaN is missing. A row of another width and a blank line are rows of missing values, so that row numbers stay those of the file. */
  readonly rows: readonly Float64Array[];
  /** What was left out or looks doubtful, one sentence each. */
  readonly warnings: readonly string[];
}

/** A column with more text than this is no channel. */
const MAX_TEXT_SHARE = 0.05;

/** What a column of times is called, alone or with its unit: t, time, timestamp, time_s, Date (UTC), seconds, index, ... */
const TIME_NAME = /^(t|time|times?tamp|date|datetime|epoch|clock|sec|secs|seconds|ms|millis|millisecond|milliseconds|elapsed|index|row)([ _([.-].*)?$/i;

/**
 * @param skip columns to leave out, by name or by number from 0
 * @param time the column of the time, which is no channel. Default: a column of numbers that rise from row to row and is called so
 */
export async function readReadings(source: RawSource, skip: readonly string[] = [], time?: string): Promise<Readings> {
  const head: Row[] = [];
  let table: Table | undefined;
  for await (const row of rowsOf(source)) {
    if (table) table.add(row);
    else if (head.push(row) === 200) table = new Table(head);
  }
  if (head.length === 0) throw new Error('the file is empty');
  table ??= new Table(head);
  if (table.cells.length === 0) throw new Error('the file has a header and no rows');
  const { columns, names, warnings, odd } = table;
  const nameOf = (i: number): string => names[i] || String(i);

  const indexOf = (wanted: string): number => {
    const index = names.includes(wanted) ? names.indexOf(wanted) : /^\d+$/.test(wanted) ? Number(wanted) : -1;
    if (index >= 0 && index < columns.length) return index;
    const near = nearest(wanted, names);
    throw new Error(`no column ${JSON.stringify(wanted)}${near ? `, did you mean ${JSON.stringify(near)}` : ''}; the columns are ${columns.map((_, i) => nameOf(i)).slice(0, 12).join(', ')}`);
  };
  const skipped = new Set(skip.map(indexOf));
  if (time !== undefined) skipped.add(indexOf(time));
  const isChannel = (column: Column, i: number): boolean => {
    if (skipped.has(i)) return false;
    if (i === 0 && columns.length > 1 && column.counts && table!.cells.length >= 10) warnings.push(`column ${nameOf(i)} counts the rows and was left out`);
    else if (time === undefined && columns.length > 1 && column.rises && table!.cells.length >= 10 && TIME_NAME.test(nameOf(i))) warnings.push(`column ${nameOf(i)} is a time that rises from row to row and was left out; --time COLUMN names another`);
    else if (column.numbers === 0) warnings.push(`column ${nameOf(i)} holds no numbers and was left out`);
    else if (column.textShare >= MAX_TEXT_SHARE) warnings.push(`column ${nameOf(i)} is text in ${(100 * column.textShare).toFixed(0)} % of its cells and was left out`);
    else {
      if (column.texts > 0) warnings.push(`column ${nameOf(i)}: ${column.texts} cells of text taken as missing, the first in row ${column.text!.row}`);
      return true;
    }
    return false;
  };
  const channels = columns.flatMap((column, i) => (isChannel(column, i) ? [i] : []));
  if (channels.length === 0) throw new Error('no column of numbers is left');
  if (table.blank > 0) warnings.push(`${table.blank} blank lines between rows are rows of missing values`);
  if (odd.count > 0) warnings.push(`${odd.count} rows do not have ${columns.length} fields and are missing, the first is row ${odd.row}`);
  return { names: channels.map(nameOf), rows: table.cells.map((cells) => Float64Array.from(channels, (i) => cells[i] ?? NaN)), warnings };
}

/** The cells as numbers, and what every column holds. */
class Table {
  readonly names: readonly string[];
  readonly columns: Column[];
  readonly cells: number[][] = [];
  readonly warnings: string[] = [];
  readonly odd = { count: 0, row: 0 };
  /** Blank lines between rows: each is a row, so that row numbers stay those of the file. */
  blank = 0;
  #line = 0;

  constructor(head: readonly Row[]) {
    const tally = new Map<number, number>();
    for (const { cells } of head.slice(1)) tally.set(cells.length, (tally.get(cells.length) ?? 0) + 1);
    const first = head[0]!;
    const width = [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? first.cells.length;
    const below = head.slice(1).map(({ cells }) => cells).filter((cells) => cells.length === width);
    const header = isHeader(first.cells, below, width) || (head.length === 1 && first.cells.every((cell) => cellNumber(cell) === undefined));
    // a header one short names all but the first column
    this.names = !header ? [] : first.cells.length === width - 1 ? ['', ...first.cells] : first.cells;
    this.columns = Array.from({ length: width }, () => new Column(false));
    for (const row of header ? head.slice(1) : head) this.add(row);
  }

  add({ cells, number, delimiter }: Row): void {
    if (this.#line > 0) {
      for (; this.#line < number - 1; this.#line++, this.blank++) this.cells.push([]);
    }
    this.#line = number;
    if (cells.length !== this.columns.length) {
      if (this.odd.count++ === 0) this.odd.row = number;
      this.cells.push([]);
      return;
    }
    const comma = delimiter === ';';
    cells.forEach((cell, i) => this.columns[i]!.add(cell, number, comma));
    this.cells.push(cells.map((cell) => cellNumber(cell, comma) ?? NaN));
  }
}
