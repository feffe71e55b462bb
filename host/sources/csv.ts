/**
 * Any table of text as a stream of samples: CSV and its relatives, ARFF, the JSON of Edge Impulse. It is read twice: once to find what its
 * columns mean and the labels (a learner needs both before it starts), then, row by row, to learn. No more than a million cells are held in memory.
 *
 * text.ts decodes and unpacks, dialect.ts tells the delimiter, rows.ts cuts rows into cells, head.ts finds the header, columns.ts counts what the
 * columns hold, and layout.ts decides what they mean; docs/sources.md has the rules. Each decision is one sentence in `warnings`.
 */
import { GREATEST, cellNumber, isMissing, switchValue, unitFactor, withUnit } from './cells.js';
import { Column } from './columns.js';
import { findColumn } from './column-names.js';
import { clockSeconds, dateSeconds } from './dates.js';
import { HEAD_ROWS, alignNames, fitted, headOf, type Head, type Row } from './head.js';
import { LabelReader, labelKey } from './labels.js';
import { layoutOf, type Input, type Layout, type Survey, type TimeColumn } from './layout.js';
import { layoutLike } from './like.js';
import { batchesOf, isBlank, type Batch, type Limit } from './rows.js';
import { checkLabel, type KnownLabels, type Sample } from './sample.js';
import { pivoted } from './series.js';
import type { RawSource } from './text.js';

export { LabelNeeded } from './label-column.js';
export type { Input, Layout, TimeColumn } from './layout.js';
export type { KnownLabels } from './sample.js';
export type { RawSource } from './text.js';

/** How to read a table. */
export interface CsvOptions {
  /** The label's column, by name or by index from 0. Default: the last that can be one. `null`: none, every column of numbers is a channel. */
  label?: string | number | null;
  /** Columns to leave out, by name or by index. */
  drop?: readonly (string | number)[];
  /** Columns that are inputs although they look like clocks, row numbers, ids or further labels. */
  take?: readonly (string | number)[];
  /** Columns that only grow: what they add from row to row is the input. */
  differences?: readonly (string | number)[];
  /** A column that is not an input: its cell becomes the sample's `group`, as text. It may be the label's column. */
  group?: string | number;
  /** A column that is not an input: its cell becomes the sample's `t`, a number, or for dates the seconds since 1970 (UTC where no zone is given). Default: the first date or clock. */
  time?: string | number;
  /** Numbers that stand for no value. Default: such as -9999, where it is far from all others and comes again. */
  missing?: readonly number[];
  /** The column that says of which series a row is, where series were stacked: each becomes a column of its own. The table is held in memory for that. */
  series?: string | number;
  /** The labels there are, where the file does not decide: one of them, or none, may be all that it holds. Rows with another go to `onRefused`, or are an error without. */
  known?: KnownLabels;
  /** Told of every row whose label is none of `known`. */
  onRefused?: (error: Error) => void;
  /** Read the same columns and labels as this file, or as its layout says: for a test file, or one without labels. */
  like?: CsvFile | Layout;
  /** What is refused as too large. Default: nothing. */
  limit?: Limit;
  signal?: AbortSignal;
}

/** A row of a table. */
export interface TableSample extends Sample {
  x: Float64Array;
  /** Its number in the file, from 1, as a text editor counts rows. */
  row: number;
}

/** A table whose columns are known. Iterating reads it (again) from the start. */
export interface CsvFile extends AsyncIterable<TableSample> {
  /** Numbers in a sample. */
  readonly inputs: number;
  /** The names of the inputs, in order. */
  readonly names: readonly string[];
  /** Empty where no row has a label. */
  readonly labelName: string;
  readonly labels: readonly string[];
  /** Rows that are samples, and how many of them carry no label. */
  readonly rows: number;
  readonly unlabelled: number;
  /** Stretches of rows with one label. */
  readonly runs: number;
  /** Inputs that have one value in all rows. */
  readonly still: readonly string[];
  /** Rows of another width, which were left out; and lines between rows that are none: comments, headers once more. */
  readonly left: number;
  readonly skipped: number;
  /** What was decided, left out or looks doubtful, one sentence each. */
  readonly warnings: readonly string[];
  readonly layout: Layout;
}

/** Finds the columns and labels of a table. `source` is text, bytes, or a function that opens the same stream again. */
export async function openCsv(source: string | Uint8Array | (() => RawSource), options: CsvOptions = {}): Promise<CsvFile> {
  const { signal, known, limit, like } = options;
  const warnings: string[] = [];
  const learned = like && 'layout' in like ? like.layout : like;
  const series = options.series ?? learned?.series;
  const raw = typeof source === 'function' ? source : () => source;
  const open = (tell?: (decision: string) => void) => {
    const batches = batchesOf(raw(), { signal, limit, ...(tell ? { tell } : {}) });
    return series === undefined ? batches : pivoted(batches, series, options.time, tell);
  };
  const held = new HeldBatches();
  const table = await survey(held.gather(open((decision) => void warnings.push(decision))), held, options.label, learned);
  warnings.push(...table.head.told);
  const found = learned ? layoutLike(table, learned, warnings) : layoutOf(table, options, warnings);
  const layout = series === undefined ? found : { ...found, series: String(series) };
  warnings.push(...leftOut(table));
  const { odd } = table;
  return {
    inputs: layout.inputs.length,
    names: layout.inputs.map(({ name }) => name),
    labelName: layout.labelName,
    labels: layout.labels,
    rows: table.rows,
    unlabelled: layout.label === undefined ? table.rows : table.columns[layout.label]!.missing,
    runs: layout.label === undefined ? 0 : table.columns[layout.label]!.changes,
    still: layout.inputs.filter(({ column, as }) => as !== 'word' && table.columns[column]!.still).map(({ name }) => name),
    left: odd?.count ?? 0,
    skipped: table.comments + table.repeated,
    warnings,
    layout,
    async *[Symbol.asyncIterator]() {
      const reader = new RowReader(layout);
      let rows = 0;
      for await (const batch of held.batchesFor(layout, table.columns) ?? open()) {
        const numbers = held.numbersOf(batch);
        for (let i = 0; i < batch.rows.length; i++) {
          const sample = sampleOf(batch.rows[i]!, batch.number + i, table, reader, numbers, i * table.width);
          if (!sample) continue;
          rows++;
          try {
            if (known) checkLabel(sample.y, known, `line ${sample.row}`);
          } catch (error) {
            if (options.onRefused === undefined) throw error;
            options.onRefused(error as Error);
            continue;
          }
          yield sample;
          signal?.throwIfAborted();
        }
      }
      // A stream that can be read once only, or a file that was cut in the meantime: no figure from the rest of it.
      if (rows < table.rows) throw new Error(`the second reading gave ${rows} rows, the first ${table.rows}: the file was changed, or can be read only once`);
    },
  };
}

/** Undefined for a line that is no row of the table. */
function sampleOf(cells: string[], number: number, { head, width }: Table, reader: RowReader, numbers: Float64Array | undefined, at: number): TableSample | undefined {
  if (number < head.first || isBlank(cells)) return undefined;
  const row = fitted(cells, width);
  return row && !isRepeated(row, head.header) && !isRepeated(row, head.units) ? reader.read(row, number, numbers, at) : undefined;
}

/** Cells that are held, some 50 MB, so that a table of no more is read from its file once. */
const MOST_HELD = 1 << 20;

/** What was read once, while that is little: numbers as numbers, and the text of all other cells. */
class HeldBatches {
  #batches: Batch[] | undefined = [];
  #cells = 0;
  readonly #numbers = new Map<Batch, Float64Array>();

  async *gather(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const batch of batches) {
      this.#cells += batch.rows.length * (batch.rows[0]?.length ?? 0);
      if (this.#cells > MOST_HELD) {
        this.#batches = undefined;
        this.#numbers.clear();
      }
      this.#batches?.push(batch);
      yield batch;
    }
  }

  /** Where the numbers of a batch go, [rows][columns], NaN where there is none; undefined where they are not held. */
  numbersFor(batch: Batch, width: number): Float64Array | undefined {
    if (this.#batches?.at(-1) !== batch) return undefined;
    const numbers = new Float64Array(batch.rows.length * width).fill(NaN);
    this.#numbers.set(batch, numbers);
    return numbers;
  }

  numbersOf(batch: Batch): Float64Array | undefined {
    return this.#numbers.get(batch);
  }

  /** Undefined where the file has to be read again: it is too large, or a number is needed as it was written. */
  batchesFor({ label, group }: Layout, columns: readonly Column[]): Batch[] | undefined {
    return [label, group].every((i) => i === undefined || columns[i]!.mayBeLabel) ? this.#batches : undefined;
  }
}

/** What the first read finds. */
export interface Table extends Survey {
  head: Head;
  columns: Column[];
  odd?: { count: number; row: number; fields: number };
  /** Lines of comments, and headers, between rows. */
  comments: number;
  repeated: number;
}

/** The first read: width, header and what every column holds. */
async function survey(batches: AsyncIterable<Batch>, held: HeldBatches, label: string | number | null | undefined, like: Layout | undefined): Promise<Table> {
  const head: Row[] = []; // enough rows to tell a header by
  let table: Table | undefined;
  let dialect: Batch['dialect'] | undefined;
  const begin = () => {
    table = tableOf(head, dialect!, label, like !== undefined);
    for (const { cells, number } of head) countRow(table, cells, number, dialect!.comment);
  };
  for await (const batch of batches) {
    dialect = batch.dialect;
    let numbers: Float64Array | undefined;
    for (let i = 0; i < batch.rows.length; i++) {
      const cells = batch.rows[i]!;
      if (table) countRow(table, cells, batch.number + i, dialect.comment, (numbers ??= held.numbersFor(batch, table.width)), i * table.width);
      else if (!isBlank(cells) && head.push({ cells, number: batch.number + i }) === HEAD_ROWS) begin();
    }
  }
  if (head.length === 0) throw new Error('the file is empty');
  if (!table) begin();
  if (table!.rows === 0) throw new Error('the file has a header and no rows');
  finish(table!);
  return table!;
}

/** A table of which the first rows are known, none of them counted yet. */
export function tableOf(head: readonly Row[], dialect: Batch['dialect'], label: string | number | null | undefined, anyLabel: boolean): Table {
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
    if (!column.mayBeLabel) cells[i] = '';
  }
}

/** What stands between the rows and is none. */
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

/** Rows as samples. Differences are taken from the row that was read before. */
export class RowReader {
  readonly #layout: Layout;
  readonly #plain: boolean;
  readonly #columns: Int32Array;
  readonly #missing: ReadonlySet<number>;
  readonly #labels: LabelReader;
  readonly #before = new Map<Input, number>();
  readonly #clock: MomentReader | undefined;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#columns = Int32Array.from(layout.inputs, ({ column }) => column);
    this.#plain = !layout.comma && layout.missing.length === 0 && layout.inputs.every(({ as, missing }) => as === 'number' && !missing);
    this.#missing = new Set(layout.missing);
    this.#labels = new LabelReader(layout.labels, layout.numericLabels);
    this.#clock = layout.time && new MomentReader(layout.time, layout.comma);
  }

  /**
   * @param cells a row of the layout's width
   * @param numbers the numbers of its cells from `at` on, where they are known; NaN where the cell says it
   */
  read(cells: readonly string[], row: number, numbers?: Float64Array, at = 0): TableSample {
    const { inputs, label, group, time } = this.#layout;
    const x = new Float64Array(inputs.length);
    const columns = this.#columns;
    for (let i = 0; i < x.length; i++) {
      const column = columns[i]!;
      const cell = cells[column]!;
      let value = numbers === undefined ? NaN : numbers[at + column]!;
      if (value !== value && this.#plain && cell !== '') value = +cell;
      x[i] = this.#plain && value <= GREATEST && value >= -GREATEST ? value : this.#value(cell, inputs[i]!, value);
    }
    const sample: TableSample = { x, row };
    const y = label === undefined ? undefined : this.#labels.read(cells[label]!);
    if (y !== undefined) sample.y = y;
    if (group !== undefined && !isMissing(cells[group]!)) sample.group = cells[group]!;
    if (time === undefined) return sample;
    const known = numbers === undefined ? NaN : numbers[at + time.column]!;
    const t = known === known ? known : this.#clock!.read(cells);
    if (t !== undefined) sample.t = t;
    return sample;
  }

  /** @param known the cell's number, NaN where only the cell tells it */
  #value(cell: string, input: Input, known: number): number {
    if (input.as === 'word') return cell === '' ? NaN : labelKey(cell) === labelKey(input.word!) ? 1 : 0;
    const value = this.#number(cell, input, known);
    if (input.as !== 'difference') return value;
    const before = this.#before.get(input) ?? NaN;
    if (!Number.isNaN(value)) this.#before.set(input, value);
    return value >= before ? value - before : NaN; // where it fell, a counter began anew
  }

  #number(cell: string, { as, unit, missing }: Input, known: number): number {
    const { comma } = this.#layout;
    let value = known;
    if (!(value <= GREATEST && value >= -GREATEST)) value = (as === 'switch' ? switchValue(cell) : undefined) ?? cellNumber(cell, comma) ?? (unit === undefined ? undefined : inUnit(cell, unit, comma)) ?? NaN;
    return this.#missing.has(value) || missing?.includes(value) ? NaN : value;
  }
}

/** The number of a cell with a unit; that of another unit is missing. */
function inUnit(cell: string, unit: string, comma: boolean): number {
  const found = withUnit(cell, comma);
  return found ? found.value * (unitFactor(found.unit, unit) ?? NaN) : NaN;
}

const NOON = 43_200;

/** The time of a row in seconds, or in the file's own numbers; a clock that passes midnight goes on. */
class MomentReader {
  readonly #time: TimeColumn;
  readonly #comma: boolean;
  #days = 0;
  #before = -Infinity;

  constructor(time: TimeColumn, comma: boolean) {
    this.#time = time;
    this.#comma = comma;
  }

  read(cells: readonly string[]): number | undefined {
    const { column, clock, order } = this.#time;
    const cell = cells[column]!;
    const number = cellNumber(cell, this.#comma);
    if (number !== undefined) return Number.isNaN(number) ? undefined : number;
    const date = dateSeconds(cell, order);
    if (date !== undefined) return clock === undefined ? date : date + (clockSeconds(cells[clock]!) ?? 0);
    const seconds = clockSeconds(cell);
    if (seconds === undefined) return undefined;
    if (seconds < this.#before - NOON) this.#days += 2 * NOON;
    this.#before = seconds;
    return this.#days + seconds;
  }
}
