/** Contents of a table's columns, found in one read. */
import { GREATEST, cellNumber, isAbsent, isMissing, switchValue, withUnit } from './cells.js';
import { clockSeconds, dateSeconds, doubtful, looksLikeDate, type DayOrder } from './dates.js';
import { Steps } from './steps.js';

export { cellNumber, isMissing } from './cells.js';
export { nearest } from './nearest.js';
export { cellLabel, orderLabels } from './labels.js';

export type Kind = 'number' | 'absent' | 'switch' | 'unit' | 'date' | 'clock' | 'word';

/** Kind of a cell by itself. */
export function kindOf(cell: string, comma = false): Kind {
  const value = switchValue(cell) === undefined ? cellNumber(cell, comma) : undefined;
  if (value !== undefined) return Number.isNaN(value) ? 'absent' : 'number';
  if (isAbsent(cell)) return 'absent';
  return textKind(cell, comma);
}

function textKind(cell: string, comma: boolean): Kind {
  if (switchValue(cell) !== undefined) return 'switch';
  const first = cell.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 0x2212 || /^[€$£¥]/.test(cell)) {
    if (clockSeconds(cell) !== undefined) return 'clock';
    if (looksLikeDate(cell)) return 'date';
    return withUnit(cell, comma) ? 'unit' : 'word';
  }
  return looksLikeDate(cell) ? 'date' : 'word';
}

/** Different cells that are kept of a column that is not likely the label. */
export const FEW_WORDS = 64;
/** And of one that may be: beyond, they are only said to be more. */
const MANY_WORDS = 1000;

/** The running facts of one column. */
export class Column {
  /** Cells that are numbers, and those that are text of any kind, each kind for itself. */
  numbers = 0;
  readonly kinds: Record<Exclude<Kind, 'number' | 'absent'>, number> = { switch: 0, unit: 0, date: 0, clock: 0, word: 0 };
  /** Cells that are missing as a label: "none" is a missing number, but may be a label. */
  missing = 0;
  /** Cells that are missing as a number, though something stands there. */
  absent = 0;
  /** The first cell that is text and the row it stands in; the same for a word of absence. */
  text?: { row: number; cell: string };
  absence?: { row: number; cell: string };
  /** The different cells and how often each comes; undefined where there are more than are kept. */
  words: Map<string, number> | undefined = new Map();
  /** A cell differs from the one before, while the different ones are kept. */
  changes = 0;
  /** Numbers: whether some are fractions; the least and the greatest, how often they come, and their neighbours. */
  fractions = false;
  readonly low = new Extreme(1);
  readonly high = new Extreme(-1);
  readonly steps = new Steps();
  /** Cells with a unit, by unit. */
  readonly units = new Map<string, number>();
  readonly dates = new DateOrder();

  readonly #comma: boolean;
  /** Words that were met, and what they are: labels come again and again. */
  readonly #known = new Map<string, 'word' | 'switch'>();
  readonly #most: number;
  #previous = '';

  readonly mayBeLabel: boolean;

  constructor(mayBeLabel: boolean, comma: boolean) {
    this.mayBeLabel = mayBeLabel;
    this.#most = mayBeLabel ? MANY_WORDS : FEW_WORDS;
    this.#comma = comma;
  }

  /** Its cells may be needed as they were written, for a label: not where there are more different ones than labels can be. */
  get isKept(): boolean {
    return this.mayBeLabel && this.words !== undefined;
  }

  /** Some cell holds something. */
  get filled(): boolean {
    return this.texts + this.numbers > 0;
  }

  get texts(): number {
    const { switch: switches, unit, date, clock, word } = this.kinds;
    return switches + unit + date + clock + word;
  }

  /** All that is there is one value. */
  get still(): boolean {
    const words = [...(this.words?.keys() ?? [])].filter((word) => !isAbsent(word));
    return this.words !== undefined && words.length === 1;
  }

  /** Gives the cell's number where it is written as programs write numbers, else NaN. */
  add(cell: string, row: number): number {
    const value = this.#comma || cell === '' ? NaN : +cell;
    if (this.words) this.#tally(cell);
    if (value <= GREATEST && value >= -GREATEST) {
      this.#number(value);
      return value;
    }
    this.#other(cell, row);
    return NaN;
  }

  #tally(cell: string): void {
    const words = this.words!;
    if (cell !== this.#previous) {
      this.changes++;
      this.#previous = cell;
    }
    const times = words.get(cell);
    if (times === undefined && words.size === this.#most) this.words = undefined;
    else words.set(cell, (times ?? 0) + 1);
  }

  #number(value: number): void {
    this.numbers++;
    if (!this.fractions && Math.floor(value) !== value) this.fractions = true;
    this.low.add(value);
    this.high.add(value);
    this.steps.add(value);
  }

  #other(cell: string, row: number): void {
    const known = this.#known.get(cell);
    if (known !== undefined) return void this.kinds[known]++;
    if (isMissing(cell)) this.missing++;
    const isSwitch = switchValue(cell) !== undefined;
    const value = isSwitch ? undefined : cellNumber(cell, this.#comma);
    if (value !== undefined && !Number.isNaN(value)) return this.#number(value);
    if (value !== undefined || isAbsent(cell)) {
      if (cell === '') return;
      this.absent++;
      this.absence ??= { row, cell };
      return;
    }
    const kind = textKind(cell, this.#comma) as Exclude<Kind, 'number' | 'absent'>;
    this.kinds[kind]++;
    this.text ??= { row, cell };
    if ((kind === 'word' || kind === 'switch') && !isMissing(cell) && this.#known.size < FEW_WORDS) this.#known.set(cell, kind);
    if (kind === 'date') this.dates.add(cell);
    else if (kind === 'clock') this.steps.add(clockSeconds(cell)!);
    else if (kind === 'unit') {
      const { value: number, unit } = withUnit(cell, this.#comma)!;
      this.units.set(unit, (this.units.get(unit) ?? 0) + 1);
      this.low.add(number);
      this.high.add(number);
      this.steps.add(number);
      if (number % 1 !== 0) this.fractions = true;
    }
  }
}

/** The outermost value of a column, how often it comes, and the one next to it. */
class Extreme {
  times = 0;
  readonly #sign: number;
  #value = Infinity;
  #next = Infinity;

  /** @param sign 1 for the least, -1 for the greatest */
  constructor(sign: number) {
    this.#sign = sign;
  }

  get value(): number | undefined {
    return this.#value === Infinity ? undefined : this.#value * this.#sign;
  }

  get next(): number | undefined {
    return this.#next === Infinity ? undefined : this.#next * this.#sign;
  }

  add(number: number): void {
    const value = number * this.#sign;
    if (value >= this.#next) return;
    if (value === this.#value) this.times++;
    else if (value < this.#value) {
      this.#next = this.#value;
      this.#value = value;
      this.times = 1;
    } else this.#next = value;
  }
}

/** Order of day and month, whether 01/11/2023 is in November or in January: by days above 12; else by which of the two goes backwards less, and spans less. */
class DateOrder {
  #doubtful = 0;
  #sure: DayOrder | undefined;
  #dots = false;
  #half = false;
  readonly #read = { dmy: new Steps(), mdy: new Steps() };

  add(cell: string): void {
    const found = doubtful(cell);
    if (!found) return void this.#read.dmy.add(dateSeconds(cell, 'dmy') ?? NaN);
    this.#doubtful++;
    this.#dots ||= found.separator === '.';
    this.#half ||= found.half;
    if (found.first > 12) this.#sure = 'dmy';
    else if (found.second > 12) this.#sure = 'mdy';
    for (const order of ['dmy', 'mdy'] as const) this.#read[order].add(dateSeconds(cell, order) ?? NaN);
  }

  /** Undefined where no date leaves a doubt. */
  get told(): { order: DayOrder; sure: boolean } | undefined {
    return this.#doubtful === 0 ? undefined : { order: this.order, sure: this.#sure !== undefined };
  }

  get order(): DayOrder {
    if (this.#sure) return this.#sure;
    const { dmy, mdy } = this.#read;
    if (this.#doubtful === 0) return 'dmy';
    if (dmy.falls !== mdy.falls) return dmy.falls < mdy.falls ? 'dmy' : 'mdy';
    if (!this.#dots && dmy.span !== mdy.span) return dmy.span < mdy.span ? 'dmy' : 'mdy';
    return this.#half && !this.#dots ? 'mdy' : 'dmy';
  }
}

/** Findings in the rows that were read. */
export interface Survey {
  names: readonly string[] | undefined;
  units: readonly string[] | undefined;
  width: number;
  comma: boolean;
  columns: readonly Column[];
  rows: number;
}
