/** How a table begins, told by its first rows: facts above it, a header, a row of units, and how many columns there are. */
import { writesCommas } from './cells.js';
import { kindOf, type Kind } from './columns.js';
import type { Dialect } from './dialect.js';
import { isBlank } from './rows.js';

/** A row that is not empty, and its number in the file. */
export interface Row {
  cells: string[];
  number: number;
}

/** Rows that a table's head is told by. */
export const HEAD_ROWS = 200;
/** Facts above a table are not more lines than this. */
const MOST_FACTS = 60;
/** Rows of units under a header: names of units, and how a logger came by the values. */
const MOST_UNITS = 2;

export interface Head {
  /** The header as it stands there, if there is one; it may be one short, see `alignNames`. */
  header: readonly string[] | undefined;
  units: readonly string[] | undefined;
  width: number;
  comma: boolean;
  /** The number of the first row that is one of the table. */
  first: number;
  /** One sentence for each decision that a person may want to know. */
  told: string[];
}

/** @param rows the first rows of the file, at least one */
export function headOf(rows: readonly Row[], dialect: Dialect): Head {
  const told: string[] = [];
  const lines = rows.map(({ cells }) => cells);
  let width = usualWidth(lines);
  const comma = writesCommas(sampleCells(lines), dialect.delimiter);
  if (comma && dialect.delimiter !== ';') told.push('numbers are written with a decimal comma');

  const at = dialect.header ? 0 : headerAt(lines, width, comma);
  const header = at === undefined ? undefined : lines[at]!;
  let first = at === undefined ? firstOfWidth(lines, width) : at + 1;
  const facts = at ?? first;
  if (facts > 0) {
    const above = lines[facts - 1]!;
    if (at === undefined && filledWidth(above) > width) throw new Error(`the header names ${filledWidth(above)} columns, the rows have ${width}`);
    told.push(`${facts} line${facts === 1 ? '' : 's'} above the table left out`);
  }
  if (header) {
    const names = filledWidth(header);
    if (names < width && lines.slice(first).every((cells) => filledWidth(cells) <= names)) width = names; // delimiters at the ends of rows
  }
  const below = lines.slice(first).filter((cells) => cells.length >= width);
  let units: readonly string[] | undefined;
  for (let i = 0; header && i < MOST_UNITS && i < below.length - 1 && isUnits(below[i]!, below.slice(i + 1), width, comma); i++) {
    units ??= below[i]!;
    first++;
  }
  if (units) told.push(`row ${rows[first - 1]!.number} holds units (${units.filter((unit) => unit !== '').slice(0, 4).join(', ')}), no values`);
  return { header, units, width, comma, first: rows[first]?.number ?? Infinity, told };
}

/** Number of cells that most rows have; delimiters at the end of all of them are one column more, which is empty. */
function usualWidth(lines: readonly (readonly string[])[]): number {
  const tally = new Map<number, number>();
  for (const { length } of lines.slice(1)) tally.set(length, (tally.get(length) ?? 0) + 1);
  const width = [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? lines[0]!.length;
  const fullest = lines.filter(({ length }) => length === width).reduce((most, cells) => Math.max(most, filledWidth(cells)), 1);
  const shorter = [...tally].filter(([length]) => length >= fullest && length < width).map(([length]) => length);
  return Math.min(width, ...shorter); // a delimiter too much in some rows only
}

/** Cells without the empty ones at the end. */
export function filledWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1] === '') width--;
  return width;
}

function firstOfWidth(lines: readonly (readonly string[])[], width: number): number {
  return Math.max(0, lines.slice(0, MOST_FACTS).findIndex((cells) => fits(cells, width)));
}

function fits(cells: readonly string[], width: number): boolean {
  return cells.length === width || (cells.length > width && filledWidth(cells) <= width);
}

function* sampleCells(lines: readonly (readonly string[])[]): Generator<string> {
  for (const cells of lines) yield* cells;
}

/** The row that is the header; undefined where there is none. */
function headerAt(lines: readonly (readonly string[])[], width: number, comma: boolean): number | undefined {
  const below = (i: number) => lines.slice(i + 1).filter((cells) => fits(cells, width));
  const first = firstOfWidth(lines, width);
  for (let i = first; i < Math.min(lines.length - 1, MOST_FACTS); i++) {
    const isNamed = fits(lines[i]!, width) && namesOverValues(lines[i]!, below(i), 0, comma);
    if (isNamed && i === first) return headerBehindFacts(lines, i, width, comma) ?? i;
    if (isNamed && lines[i]!.every((cell) => isText(kindOf(cell, comma)) || cell === '')) return i;
    if (i > first && lines.slice(first, i + 1).filter((cells) => cells.some((cell) => kindOf(cell, comma) === 'number')).length > 2) break; // these are rows already
  }
  // one short: it names all but the row numbers, or there is one delimiter too many behind each row
  for (const i of first > 0 ? [first - 1, first] : [0]) if (lines[i]!.length === width - 1 && lines.length > i + 1 && isHeader(lines[i]!, below(i), width, comma)) return i;
  if (lines.length === 1) return lines[0]!.every((cell) => cell === '' || !['number', 'absent'].includes(kindOf(cell, comma))) ? 0 : undefined;
  return isHeader(lines[first]!, below(first), width, comma) ? first : undefined;
}

/** Facts may have as many cells as the table: a row of names further down, and all rows above it have words in columns that hold values below. */
function headerBehindFacts(lines: readonly (readonly string[])[], first: number, width: number, comma: boolean): number | undefined {
  for (let i = first + 1; i < Math.min(lines.length - 1, MOST_FACTS); i++) {
    const row = lines[i]!;
    if (row.length !== width || new Set(row).size < width || !row.every((cell) => isText(kindOf(cell, comma)))) continue;
    const below = lines.slice(i + 1).filter((cells) => fits(cells, width));
    if (!namesOverValues(row, below, 0, comma)) continue;
    const valued = row.map((_, c) => below.every((cells) => !isText(kindOf(cells[c]!, comma))));
    const isFact = (cells: readonly string[]) => cells.length < width || cells.some((cell, c) => valued[c] && isText(kindOf(cell, comma)));
    const facts = lines.slice(first, i);
    // a header and rows of units below it are words only
    if (facts.every(isFact) && (i > first + MOST_UNITS || facts.some((cells) => cells.some((cell) => VALUES.has(kindOf(cell, comma)))))) return i;
  }
  return undefined;
}

const VALUES: ReadonlySet<Kind> = new Set(['number', 'date', 'clock', 'unit']);

const isText = (kind: Kind): boolean => kind === 'word' || kind === 'switch';

/** Some cell is a word where nearly all below hold values (numbers, dates, numbers with a unit), and no word of the row comes again. */
function namesOverValues(first: readonly string[], rows: readonly (readonly string[])[], shift: number, comma: boolean): boolean {
  const others = rows.filter((row) => row.some((cell, i) => cell !== first[i - shift])); // not the header once more
  const isName = first.map((cell) => isText(kindOf(cell, comma)));
  if (isName.some((is, i) => is && others.some((row) => row[i + shift] === first[i]))) return false;
  return isName.some((is, i) => {
    if (!is) return false;
    const kinds = others.map((row) => kindOf(row[i + shift] ?? '', comma)).filter((kind) => kind !== 'absent');
    return kinds.length > 0 && kinds.filter((kind) => VALUES.has(kind)).length >= 0.8 * kinds.length;
  });
}

/** Is the first row a header? `width` is that of the rows after it. */
export function isHeader(first: readonly string[], rows: readonly (readonly string[])[], width: number, comma = false): boolean {
  const shift = first.length === width - 1 ? 1 : 0;
  if (rows.length > 0 && namesOverValues(first, rows, shift, comma)) return true;
  const comesAgain = (i: number): boolean => rows.some((row) => row[i + shift] === first[i]);
  const numbers = first.flatMap((cell) => (kindOf(cell, comma) === 'number' ? [Number(cell)] : []));
  // All text over rows that are all text too, such as names over names: a header if none of its cells comes again.
  if (numbers.length === 0) return rows.length > 0 && first.every((cell, i) => kindOf(cell, comma) === 'absent' || !comesAgain(i));
  const steps = numbers.slice(1).map((value, i) => value - numbers[i]!);
  if (numbers.length >= 3 && Number.isInteger(numbers[0]) && numbers[0]! <= 1 && numbers[0]! >= 0 && steps.every((step) => step === 1)) return true; // 0,1,2,...: columns that are named by their number
  // Numbers that only rise or only fall, such as wavelengths, beside a word that no row has though rows have theirs again and again.
  if (numbers.length < 3 || !(steps.every((step) => step > 0) || steps.every((step) => step < 0))) return false;
  return first.some((cell, i) => {
    if (!isText(kindOf(cell, comma)) || comesAgain(i)) return false;
    const below = rows.map((row) => row[i + shift] ?? '');
    return new Set(below).size <= below.length / 2;
  });
}

/** No value, and no word that comes again, but something over a column of values: degC, %, [V]. */
function isUnits(cells: readonly string[], rows: readonly (readonly string[])[], width: number, comma: boolean): boolean {
  const kinds = cells.map((cell) => kindOf(cell, comma));
  if (kinds.some((kind) => VALUES.has(kind))) return false;
  rows = rows.filter((row) => row.some((cell, i) => cell !== (cells[i] ?? ''))); // not the units once more, below a header that comes again
  let units = 0;
  for (let i = 0; i < width; i++) {
    if (!isText(kinds[i]!)) continue;
    if (cells[i]!.length > 16 || rows.some((row) => row[i] === cells[i])) return false;
    const below = rows.map((row) => kindOf(row[i] ?? '', comma)).filter((kind) => kind !== 'absent');
    if (below.length > 0 && below.filter((kind) => VALUES.has(kind)).length >= 0.8 * below.length) units++;
  }
  return units > 0;
}

/** Header names aligned with the columns; `lastIsFilled`: the last column holds something. */
export function alignNames(header: readonly string[] | undefined, width: number, lastIsFilled: boolean): readonly string[] | undefined {
  if (!header) return undefined;
  const names = [...header];
  while (names.length > width && names.at(-1) === '') names.pop();
  if (names.length > width) throw new Error(`the header names ${names.length} columns, the rows have ${width}`);
  if (names.length === width - 1) return lastIsFilled ? ['', ...names] : [...names, ''];
  if (names.length < width) throw new Error(`the header names ${names.length} columns, the rows have ${width}`);
  return names;
}

/** A row in the table's width, or undefined where it has another. */
export function fitted(cells: string[], width: number): string[] | undefined {
  if (cells.length === width) return cells;
  return cells.length > width && !isBlank(cells) && filledWidth(cells) <= width ? cells.slice(0, width) : undefined;
}
