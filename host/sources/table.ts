/** A table while its rows are counted: where it begins, how wide it is, and what its columns hold so far. */
import { findColumn } from './column-names.js';
import { Column, type Survey } from './columns.js';
import type { Dialect } from './dialect.js';
import { alignNames, fitted, headOf, type Head, type Row } from './head.js';
import { isBlank } from './rows.js';

/** Findings so far. */
export interface Table extends Survey {
  head: Head;
  columns: Column[];
  odd?: { count: number; row: number; fields: number };
  /** Lines of comments, and headers, between rows. */
  comments: number;
  repeated: number;
}

/** A table of which the first rows are known, none of them counted yet. */
export function tableOf(head: readonly Row[], dialect: Dialect, label: string | number | null | undefined, anyLabel: boolean): Table {
  const found = headOf(head, dialect);
  const { header, width, comma, units } = found;
  const named = label === undefined || label === null ? undefined : findColumn(label, header, width);
  // Different cells are kept where the label may be: in the last columns that hold something, or in the one that was named; and one before,
  // because names move by one when there is a delimiter at the end of rows.
  const mayBeLabel = (i: number) => anyLabel || (named === undefined ? i >= width - 3 : i === named || i === named - 1 || i === named + 1);
  const columns = Array.from({ length: width }, (_, i) => new Column(mayBeLabel(i), comma));
  return { head: found, names: undefined, units, width, comma, columns, rows: 0, comments: 0, repeated: 0 };
}

/** @param numbers where the numbers of the row go, from `at` on: their cells are emptied then, but for those of a label */
export function countRow(table: Table, cells: string[], number: number, comment: string, numbers?: Float64Array, at = 0): void {
  if (number < table.head.first || isBlank(cells)) return;
  const row = fitted(cells, table.width);
  if (!row) {
    if (cells[0]!.startsWith(comment)) return void table.comments++;
    table.odd ??= { count: 0, row: number, fields: cells.length };
    table.odd.count++;
    return;
  }
  if (isRepeated(row, table.head.header)) return void table.repeated++;
  if (isRepeated(row, table.head.units)) return;
  table.rows++;
  const { columns } = table;
  for (let i = 0; i < row.length; i++) {
    const column = columns[i]!;
    const value = column.add(row[i]!, number);
    if (numbers === undefined || value !== value) continue;
    numbers[at + i] = value;
    if (!column.isKept && cells.length > 1) cells[i] = ''; // of one alone that would be a blank line
  }
}

/** Lines between the rows that are no rows. */
export function leftOut({ comments, repeated, odd, rows, width }: Table): string[] {
  const told: string[] = [];
  if (comments > 0) told.push(`${comments} lines between rows begin with # and were left out`);
  if (repeated > 0) told.push(`the header comes again in ${repeated} rows, which were left out`);
  if (odd) told.push(`${odd.count} of ${rows + odd.count} rows do not have ${width} fields and were left out, the first is row ${odd.row} with ${odd.fields}`);
  return told;
}

/** Once all rows are counted: the names, which need to know whether the last column holds something. */
export function finish(table: Table): void {
  table.names = alignNames(table.head.header, table.width, table.columns.at(-1)!.filled);
  if (table.units && table.names && table.head.header!.length < table.names.length && table.names[0] === '') table.units = ['', ...table.units];
}

export function isRepeated(cells: readonly string[], header: readonly string[] | undefined): boolean {
  if (header === undefined || cells[0] !== header[0]) return false;
  return cells.every((cell, i) => cell === (header[i] ?? ''));
}
