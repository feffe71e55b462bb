/** Rows of a table as samples, by its layout. */
import { GREATEST, cellNumber, isMissing, switchValue, withUnit } from './cells.js';
import { clockSeconds, dateSeconds } from './dates.js';
import { LabelReader, labelKey } from './labels.js';
import type { Input, Layout, TimeColumn } from './layout.js';
import type { Sample } from './sample.js';
import { unitChange, type UnitChange } from './units.js';

/** A row of a table. */
export interface TableSample extends Sample {
  x: Float64Array;
  /** Its number in the file, from 1, as a text editor counts rows. */
  row: number;
}

/** Changes of unit that are remembered. */
const MOST_CHANGES = 100;

/** Rows as samples. Differences are taken from the row that was read before. */
export class RowReader {
  readonly #layout: Layout;
  readonly #plain: boolean;
  readonly #columns: Int32Array;
  readonly #missing: ReadonlySet<number>;
  readonly #labels: LabelReader;
  readonly #before = new Map<Input, number>();
  readonly #changes = new Map<string, UnitChange | undefined>();
  readonly #clock: MomentReader | undefined;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#columns = Int32Array.from(layout.inputs, ({ column }) => column);
    this.#plain = !layout.comma && layout.missing.length === 0 && layout.inputs.every(({ as, missing, change }) => as === 'number' && !missing && !change);
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

  #number(cell: string, { as, unit, missing, change }: Input, known: number): number {
    const { comma } = this.#layout;
    let value: number | undefined = known;
    if (!(value <= GREATEST && value >= -GREATEST)) value = (as === 'switch' ? switchValue(cell) : undefined) ?? cellNumber(cell, comma);
    if (value === undefined) return unit === undefined ? NaN : this.#inUnit(cell, unit);
    if (this.#missing.has(value) || missing?.includes(value)) return NaN;
    return change ? value * change.times + change.plus : value;
  }

  /** The number of a cell with a unit; that of a unit of another kind is missing. */
  #inUnit(cell: string, unit: string): number {
    const found = withUnit(cell, this.#layout.comma);
    if (!found) return NaN;
    const key = `${found.unit} ${unit}`;
    if (!this.#changes.has(key)) {
      if (this.#changes.size >= MOST_CHANGES) this.#changes.clear(); // cells are others' text
      this.#changes.set(key, unitChange(found.unit, unit));
    }
    const change = this.#changes.get(key);
    return change ? found.value * change.times + change.plus : NaN;
  }
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
