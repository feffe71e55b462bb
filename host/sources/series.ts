/** Series that were stacked one upon the other, or row by row, as home automation and long tables have them: each becomes a column. */
import { kindOf } from './columns.js';
import { bareName, findColumn, quote } from './column-names.js';
import { clockSeconds, dateSeconds } from './dates.js';
import { HEAD_ROWS, alignNames, fitted, headOf } from './head.js';
import { isBlank, type Batch } from './rows.js';

/** More series are a mistake: each is an input. */
const MOST_SERIES = 4096;

/**
 * A table with one row for each moment: its time, every series with its newest value, and the columns that go with the moment. Held in memory.
 * @param series the column that names them
 * @param time the column of the moments. Default: the first of dates, or the one that is called so; without, the k-th rows of all series are one moment
 */
export async function* pivoted(batches: AsyncIterable<Batch>, series: string | number, time: string | number | undefined, tell?: (decision: string) => void): AsyncGenerator<Batch> {
  const lines: { cells: string[]; number: number }[] = [];
  let dialect: Batch['dialect'] | undefined;
  for await (const batch of batches) {
    dialect = batch.dialect;
    batch.rows.forEach((cells, i) => isBlank(cells) || lines.push({ cells, number: batch.number + i }));
  }
  if (!dialect || lines.length === 0) throw new Error('the file is empty');
  const { header, width, comma, first } = headOf(lines.slice(0, HEAD_ROWS), dialect);
  const rows = lines.flatMap(({ cells, number }) => (number < first ? [] : (fitted(cells, width) ?? [])).length > 0 ? [fitted(cells, width)!] : []);
  const names = alignNames(header, width, rows.some((cells) => cells.at(-1) !== ''));
  const by = findColumn(series, names, width);
  const kindsOf = (i: number) => rows.slice(0, HEAD_ROWS).map((cells) => kindOf(cells[i]!, comma));
  const at = time !== undefined ? findColumn(time, names, width) : Array.from({ length: width }, (_, i) => i).find((i) => i !== by && kindsOf(i).some((kind) => kind === 'date' || kind === 'clock')) ?? names?.findIndex((name, i) => i !== by && /^(_?time|timestamp|ts|date)$/i.test(name)) ?? -1;
  const values = Array.from({ length: width }, (_, i) => i).filter((i) => i !== by && i !== at && kindsOf(i).some((kind) => kind === 'number' || kind === 'unit') && moves(rows, i, by));
  if (values.length === 0) throw new Error(`--series: no column of numbers is left beside ${quote(bareName(names, by))}`);
  const rest = Array.from({ length: width }, (_, i) => i).filter((i) => i !== by && i !== at && !values.includes(i));

  const keys = [...new Set(rows.map((cells) => cells[by]!))];
  if (keys.length > MOST_SERIES) throw new Error(`--series ${bareName(names, by)}: ${keys.length} different values are no series; name another column`);
  const channels = keys.flatMap((key) => values.map((value) => (values.length === 1 ? key : `${key} ${bareName(names, value)}`)));
  const place = new Map(keys.map((key, i) => [key, i * values.length]));
  const moments = momentsOf(rows, at, by);

  const made: string[][] = [];
  const newest = channels.map(() => '');
  for (const moment of moments) {
    let last: readonly string[] = [];
    for (const row of moment) {
      last = row;
      values.forEach((value, j) => (newest[place.get(last[by]!)! + j] = last[value]!));
    }
    made.push([...(at >= 0 ? [last[at]!] : []), ...newest, ...rest.map((column) => last[column]!)]);
  }
  tell?.(`${keys.length} series by ${bareName(names, by)}: ${keys.slice(0, 6).join(', ')}${keys.length > 6 ? ', ...' : ''}; ${made.length} moments`);
  const titles = [...(at >= 0 ? [bareName(names, at)] : []), ...channels, ...rest.map((column) => bareName(names, column))];
  yield { rows: [titles, ...made], number: 1, dialect: { ...dialect, header: true } };
}

/** Does the column have more than one value in a series? One that does not says something of the series. */
function moves(rows: readonly (readonly string[])[], column: number, by: number): boolean {
  const first = new Map<string, string>();
  return rows.some((cells) => {
    const known = first.get(cells[by]!);
    if (known === undefined) first.set(cells[by]!, cells[column]!);
    return known !== undefined && known !== cells[column];
  });
}

/**
 * The rows of each moment, in order: those of one time, the k-th of a series at that time with the k-th of the others. Where there is no time, or
 * one that goes backwards within a series, the k-th rows of all series are one moment.
 */
function momentsOf(rows: readonly string[][], at: number, by: number): string[][][] {
  const seen = new Map<string, { rows: number; time: number; times: number }>();
  const placed: { row: string[]; time: number; k: number; n: number }[] = [];
  let timed = at >= 0;
  for (const row of rows) {
    const series = seen.get(row[by]!) ?? { rows: 0, time: -Infinity, times: 0 };
    const time = at < 0 ? NaN : timeOf(row[at]!);
    if (!(time >= series.time)) timed = false;
    series.times = time === series.time ? series.times + 1 : 0;
    placed.push({ row, time, k: series.times, n: series.rows });
    seen.set(row[by]!, { ...series, rows: series.rows + 1, time });
  }
  const order = placed.map((_, i) => i).sort((a, b) => (timed ? placed[a]!.time - placed[b]!.time || placed[a]!.k - placed[b]!.k : placed[a]!.n - placed[b]!.n) || a - b);
  const moments: string[][][] = [];
  let before: (typeof placed)[number] | undefined;
  for (const i of order) {
    const here = placed[i]!;
    if (before && (timed ? here.time === before.time && here.k === before.k : here.n === before.n)) moments.at(-1)!.push(here.row);
    else moments.push([here.row]);
    before = here;
  }
  return moments;
}

function timeOf(cell: string): number {
  return dateSeconds(cell, 'dmy') ?? clockSeconds(cell) ?? Number(cell.replace(',', '.'));
}
