/**
 * Any table of text as a stream of samples: CSV and its relatives, ARFF, the JSON of Edge Impulse. It is read twice: once to find what its
 * columns mean and the labels (a learner needs both before it starts), then, row by row, to learn. No more than a million cells are held in memory.
 *
 * text.ts decodes and unpacks, dialect.ts tells the delimiter, rows.ts cuts rows into cells, head.ts finds the header, columns.ts counts what the
 * columns hold, and layout.ts decides what they mean; docs/sources.md has the rules. Each decision is one sentence in `warnings`.
 */
import type { Column } from './columns.js';
import { HEAD_ROWS, fitted, type Row } from './head.js';
import { layoutOf, type Layout } from './layout.js';
import { layoutLike } from './like.js';
import { RowReader, type TableSample } from './row-reader.js';
import { rangeOfNames, type IndexRange, type SparseWishes } from './libsvm.js';
import { batchesOf, isBlank, type Batch, type Limit } from './rows.js';
import { checkLabel, type KnownLabels } from './sample.js';
import { pivoted } from './series.js';
import { countRow, finish, isRepeated, leftOut, tableOf, type Table } from './table.js';
import type { RawSource } from './text.js';

export type { DayOrder } from './dates.js';
export { LabelNeeded } from './label-column.js';
export type { Input, Layout, TimeColumn } from './layout.js';
export type { TableSample } from './row-reader.js';
export type { Limit } from './rows.js';
export type { KnownLabels } from './sample.js';
export type { RawSource } from './text.js';
export type { UnitChange } from './units.js';

/** How to read a table. */
export interface CsvOptions {
  /** The label's column, by name or by index from 0. Default: the last that can be one. `null`: none, every column of numbers is a channel. */
  label?: string | number | null;
  /** Columns to leave out, by name or by index from 0. Default: none. */
  drop?: readonly (string | number)[];
  /** Columns that are inputs although they look like clocks, row numbers, ids or further labels, by name or by index from 0. Default: none. */
  take?: readonly (string | number)[];
  /** Columns that only grow, by name or by index from 0: the input is how much they add from row to row. Default: none. */
  differences?: readonly (string | number)[];
  /** A column that is not an input: its cell becomes the sample's `group`, as text. It may be the label's column. By name or by index from 0. Default: none. */
  group?: string | number;
  /** A column that is not an input: its cell becomes the sample's `t`, a number, or for dates the seconds since 1970 (UTC where no zone is given). Default: the first date or clock. */
  time?: string | number;
  /** Any numbers that stand for no value. Default: such as -9999, where it is far from all others and comes again. */
  missing?: readonly number[];
  /** The column that says of which series a row is, where series were stacked: each becomes a column of its own. The table is held in memory for that. By name or by index from 0. Default: none. */
  series?: string | number;
  /** The labels there are, where the file does not decide: one of them, or none, may be all that it holds. Rows with another go to `onRefused`, or are an error without. Default: the labels of the file. */
  known?: KnownLabels;
  /** Called for every row whose label is none of `known`. */
  onRefused?: (error: Error) => void;
  /** Read the same columns and labels as this file, or as its layout says: for a test file, or one without labels. Default: the table decides. */
  like?: CsvFile | Layout;
  /** Sizes beyond which a table is refused. Default: none. */
  limit?: Limit;
  /** Ends the reading. */
  signal?: AbortSignal;
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
  /** Decisions, columns left out and doubts, one sentence each. */
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
  let sparse: SparseWishes = { labelled: options.label !== null, ...rangeOfNames(learned?.names) };
  const open = (tell?: (decision: string) => void) => {
    const batches = batchesOf(raw(), { signal, limit, sparse, ...(tell ? { tell } : {}) });
    return series === undefined ? batches : pivoted(batches, series, options.time, tell);
  };
  const tell = (decision: string) => void warnings.push(decision);
  let held = new HeldBatches();
  let table = await survey(held.gather(open(tell)), held, options.label, learned);
  if (table.beyond) {
    sparse = { ...sparse, ...table.beyond };
    warnings.length = 0;
    held = new HeldBatches();
    table = await survey(held.gather(open(tell)), held, options.label, learned);
  }
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

/** The first read: width, header and what every column holds. */
async function survey(batches: AsyncIterable<Batch>, held: HeldBatches, label: string | number | null | undefined, like: Layout | undefined): Promise<Table & { beyond: IndexRange | undefined }> {
  const head: Row[] = []; // enough rows to tell a header by
  let table: Table | undefined;
  let dialect: Batch['dialect'] | undefined;
  let beyond: IndexRange | undefined;
  const begin = () => {
    table = tableOf(head, dialect!, label, like !== undefined);
    for (const { cells, number } of head) countRow(table, cells, number, dialect!.comment);
  };
  for await (const batch of batches) {
    ({ dialect, beyond } = batch);
    let numbers: Float64Array | undefined;
    for (let i = 0; i < batch.rows.length; i++) {
      const cells = batch.rows[i]!;
      if (table) {
        countRow(table, cells, batch.number + i, dialect.comment, (numbers ??= held.numbersFor(batch, table.width)), i * table.width);
        if (numbers) batch.rows[i] = held.shared(cells, table.width);
      }
      else if (!isBlank(cells) && head.push({ cells, number: batch.number + i }) === HEAD_ROWS) begin();
    }
  }
  if (head.length === 0) throw new Error('the file is empty');
  if (!table) begin();
  if (table!.rows === 0) throw new Error('the file has a header and no rows');
  finish(table!);
  return { ...table!, beyond };
}

/** Cells that are held, some 50 MB, so that a table of no more is read from its file once. */
const MOST_HELD = 1 << 20;
/** Different texts of a column that rows are shared by. */
const MOST_SHARED = 300;

/** Rows that were read once, while they are few: numbers as numbers, and the text of all other cells. */
class HeldBatches {
  #batches: Batch[] | undefined = [];
  #cells = 0;
  readonly #numbers = new Map<Batch, Float64Array>();
  readonly #shared: Map<string, string[]>[] = [];

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

  /** Place for the numbers of a batch, [rows][columns], NaN for none; undefined if they are not held. */
  numbersFor(batch: Batch, width: number): Float64Array | undefined {
    if (this.#batches?.at(-1) !== batch) return undefined;
    const numbers = new Float64Array(batch.rows.length * width).fill(NaN);
    this.#numbers.set(batch, numbers);
    return numbers;
  }

  /** Of rows whose only text is the same, such as their label, one is held: the others are gone with what was young. */
  shared(cells: string[], width: number): string[] {
    if (cells.length !== width) return cells;
    let only = -1;
    for (let i = 0; i < width; i++) {
      if (cells[i] === '') continue;
      if (only >= 0) return cells;
      only = i;
    }
    if (only < 0) return cells;
    const rows = (this.#shared[only] ??= new Map<string, string[]>());
    const row = rows.get(cells[only]!);
    if (row === undefined && rows.size < MOST_SHARED) rows.set(cells[only]!, cells);
    return row ?? cells;
  }

  numbersOf(batch: Batch): Float64Array | undefined {
    return this.#numbers.get(batch);
  }

  /** Undefined where the file has to be read again: it is too large, or a number is needed as it was written. */
  batchesFor({ label, group }: Layout, columns: readonly Column[]): Batch[] | undefined {
    return [label, group].every((i) => i === undefined || columns[i]!.isKept) ? this.#batches : undefined;
  }
}
