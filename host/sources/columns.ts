/** What the columns of a table hold, found in one read, and which of them are inputs and which is the label. */

/** A missing value or label: empty, ?, NA, N/A, NaN, null, in any case. */
export function isMissing(cell: string): boolean {
  return cell.length < 5 && /^(\?|na|n\/a|nan|null)?$/i.test(cell);
}

/** A cell as a number: NaN where the value is missing or not finite in 32 bits, undefined where the cell is text. */
export function cellNumber(cell: string, decimalComma = false): number | undefined {
  if (decimalComma && /^[+-]?\d+,\d+(e[+-]?\d+)?$/i.test(cell)) cell = cell.replace(',', '.');
  const value = Number(cell);
  if (cell !== '' && !Number.isNaN(value)) return Number.isFinite(Math.fround(value)) ? value : NaN;
  if (isMissing(cell) || /^(none|[+-]?inf)$/i.test(cell)) return NaN;
  if (/^true$/i.test(cell)) return 1;
  if (/^false$/i.test(cell)) return 0;
  return undefined;
}

/** A cell as a time: its number, or the seconds since 1970 of a date such as 2015-02-04 17:51; undefined where it is neither. */
export function cellTime(cell: string, decimalComma = false): number | undefined {
  const number = cellNumber(cell, decimalComma);
  if (number !== undefined) return Number.isNaN(number) ? undefined : number;
  // Without a zone Date.parse would take the zone of the machine, and the hour that summer time skips would be a gap.
  const zoned = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(cell) ? `${cell.replace(' ', 'T')}Z` : cell;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** A label as it is known by: where labels are all numbers, a number loses its spelling, so that 1, 1.0 and "1" are one label. */
export function cellLabel(cell: string, numeric: boolean): string | undefined {
  if (isMissing(cell)) return undefined;
  return numeric && !Number.isNaN(Number(cell)) ? String(Number(cell)) : cell;
}

/** The running facts of one column. */
export class Column {
  numbers = 0;
  texts = 0;
  /** Cells that are missing as a label: "none" is a missing number, but may be a label. */
  missing = 0;
  /** Some cell is not. */
  filled = false;
  /** The first cell that is text, and the row it stands in. */
  text?: { row: number; cell: string };
  /** Every row held the whole number after the one before: a row number. */
  counts = true;
  /** Every row held a greater number than the one before. */
  rises = true;
  /** The different cells, where this column may be the label. */
  cells?: Set<string>;
  #previous: number | undefined;

  constructor(mayBeLabel: boolean) {
    if (mayBeLabel) this.cells = new Set();
  }

  /** Of the cells that hold something, the share that is text. */
  get textShare(): number {
    return this.texts / Math.max(1, this.texts + this.numbers);
  }

  add(cell: string, row: number, decimalComma: boolean): void {
    this.cells?.add(cell);
    if (isMissing(cell)) this.missing++;
    else this.filled = true;
    const value = cellNumber(cell, decimalComma);
    if (value === undefined) {
      this.texts++;
      this.text ??= { row, cell };
    } else if (!Number.isNaN(value)) this.numbers++;
    this.rises &&= value !== undefined && !Number.isNaN(value) && (this.#previous === undefined || value > this.#previous);
    this.counts &&= value !== undefined && Number.isInteger(value) && (this.#previous === undefined || value === this.#previous + 1);
    this.#previous = value;
  }
}

/** Is the first row a header? `width` is that of the rows after it. */
export function isHeader(first: readonly string[], rows: readonly (readonly string[])[], width: number): boolean {
  const shift = first.length === width - 1 ? 1 : 0;
  let numeric = 0;
  let counting = true;
  for (const [i, cell] of first.entries()) {
    const value = cellNumber(cell);
    if (value === undefined) {
      const below = rows.map((row) => cellNumber(row[i + shift] ?? ''));
      if (!below.includes(undefined) && below.some((v) => !Number.isNaN(v))) return true; // text over numbers
    } else if (!Number.isNaN(value)) {
      counting &&= value === numeric || value === numeric + 1;
      numeric++;
    }
  }
  if (numeric === 0) {
    // All text over rows that are all text too, such as names over names: a header if none of its cells comes again.
    return rows.length > 0 && first.every((cell, i) => isMissing(cell) || !rows.some((row) => row[i + shift] === cell));
  }
  return counting && numeric >= 3; // 0,1,2,... : columns that are named by their number
}

/** The labels in a stable order: numbers by value, text by spelling. */
export function orderLabels(cells: Iterable<string>, numeric: boolean): string[] {
  const labels = new Set<string>();
  for (const cell of cells) {
    const label = cellLabel(cell, numeric);
    if (label !== undefined) labels.add(label);
  }
  return [...labels].sort(numeric ? (a, b) => Number(a) - Number(b) : bySpelling);
}

/** By character, but a number at the end by its value: c2 before c10. No locale: the same order on every machine. */
function bySpelling(a: string, b: string): number {
  const [, stemA, endA] = /^(.*?)(\d*)$/s.exec(a)!;
  const [, stemB, endB] = /^(.*?)(\d*)$/s.exec(b)!;
  if (stemA === stemB && Number(endA) !== Number(endB)) return Number(endA) - Number(endB);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The nearest of `names` by edit distance, when it is near enough to be a slip and shares a letter: for "did you mean". */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < Math.min(least, name.length, candidate.length)) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
