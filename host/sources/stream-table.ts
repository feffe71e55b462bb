/** A table that grows line by line: what it means is decided from the rows there are when it begins, by the same rules as that of a whole file. */
import { bareName } from './column-names.js';
import type { CsvOptions, Layout } from './csv.js';
import { openingOf, type Dialect } from './dialect.js';
import { HEAD_ROWS, fitted } from './head.js';
import { layoutLike } from './like.js';
import { layoutOf } from './layout.js';
import { rangeOfNames, type IndexRange, type SparseWishes } from './libsvm.js';
import type { Line } from './lines.js';
import { RowReader, type TableSample } from './row-reader.js';
import { RowCutter, isBlank } from './rows.js';
import { countRow, finish, isRepeated, leftOut, tableOf, type Table } from './table.js';
import { refuseFormat } from './text.js';

/** So much tells what a table means; more is not waited for, though it may be there. */
export const HEAD_BYTES = 1 << 20;
const HEAD_LINES = 1000;
/** Less tells nothing: it waits for more. */
const LEAST_BYTES = 256;
const LEAST_LINES = 8;

interface Held<P> {
  text: string | undefined;
  bytes: number;
  place: P;
}

/** A row that became a sample, or why it did not; and where it ended. */
export interface Taken<P> {
  sample?: TableSample;
  error?: Error;
  place: P;
}

/** `P`: what the caller knows a line's place by. */
export class StreamTable<P> {
  readonly #options: CsvOptions;
  readonly #names: readonly string[] | undefined;
  readonly #like: Layout | undefined;
  readonly #tell: (decision: string) => void;
  #held: Held<P>[] = [];
  #bytes = 0;
  #number = 0;
  #dialect: Dialect | undefined;
  #table: Table | undefined;
  #layout: Layout | undefined;
  #reader: RowReader | undefined;
  #beyond: IndexRange | undefined;

  /**
   * @param names the inputs by name, in order, where they are known from before
   * @param like how it was read before
   */
  constructor(options: CsvOptions, names: readonly string[] | undefined, like: Layout | undefined, tell: (decision: string) => void) {
    this.#options = options;
    this.#names = names;
    this.#like = like;
    this.#tell = tell;
  }

  get layout(): Layout | undefined {
    return this.#layout;
  }

  get fields(): readonly string[] | undefined {
    return this.#layout?.inputs.map(({ name }) => name);
  }

  /** It is decided what the table means. */
  get ready(): boolean {
    return this.#reader !== undefined;
  }

  /** While it waits for more lines. @throws where the header is there and lacks the label's column */
  check(): void {
    const lines = this.#held.map(({ text }) => text ?? '');
    if (typeof this.#options.label !== 'string' || lines.length < 2) return;
    const { dialect, body, cut } = openingOf(`${lines.join('\n')}\n`, this.#sparse);
    this.#dialect = dialect;
    const rows = body.split('\n').flatMap((text, i) => ({ cells: this.#cut(text) ?? [], number: cut + i + 1 })).filter(({ cells }) => !isBlank(cells));
    if (rows.length > 1) tableOf(rows, dialect, this.#options.label, false);
  }

  /** There are enough lines to decide by; `full`: more would not help. */
  get enough(): boolean {
    const lines = this.#held.filter(({ text }) => text?.trim() !== '').length;
    return this.#bytes >= LEAST_BYTES ? lines > 2 : lines > LEAST_LINES;
  }

  get full(): boolean {
    return this.#held.length >= HEAD_LINES || this.#bytes >= HEAD_BYTES;
  }

  /** @param place where the line ends */
  add({ text, bytes }: Line, place: P): void {
    this.#held.push({ text: this.#held.length === 0 && this.#number === 0 ? text?.replace(/^\uFEFF/, '') : text, bytes, place });
    this.#bytes += bytes;
  }

  /** The file begins anew: it may have a head of its own. */
  restart(): void {
    this.#number = 0;
  }

  /** Goes on in the middle of a table whose first lines are these. */
  resume(lines: readonly (string | undefined)[]): void {
    this.#begin(lines.slice(0, HEAD_LINES));
    this.#number = lines.length;
  }

  /** From the lines there are. @throws where they are no table that can be learned from */
  decide(): void {
    if (this.#reader) return;
    const cut = this.#begin(this.#held.map(({ text }) => text));
    this.#number = cut;
    this.#held.splice(0, cut);
  }

  /** The rows of the lines that were added since. */
  *take(): Generator<Taken<P>> {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    for (const { text, bytes, place } of held) {
      this.#number++;
      try {
        if (text === undefined) throw new Error(`a line has ${bytes} bytes, that is more than is allowed`);
        const sample = this.#read(text);
        if (sample) yield { sample, place };
      } catch (error) {
        yield { error: error as Error, place };
      }
    }
  }

  /** Gives how many lines are above the table, its header included. */
  #begin(lines: readonly (string | undefined)[]): number {
    const head = `${lines.map((line) => line ?? '').join('\n')}\n`;
    refuseFormat(head.slice(0, 4096));
    if (head.includes('\0')) throw new Error('this is not a text file');
    const { dialect, body, cut, told } = openingOf(head, this.#sparse);
    this.#dialect = dialect;
    const rows = body.split('\n').flatMap((text, i) => {
      const cells = this.#cut(text);
      return cells === undefined || isBlank(cells) ? [] : [{ cells, number: cut + i + 1 }];
    });
    if (rows.length === 0) throw new Error('the file holds no rows');
    const table = tableOf(rows.slice(0, HEAD_ROWS), dialect, this.#options.label, this.#like !== undefined);
    for (const { cells, number } of rows) countRow(table, cells, number, dialect.comment);
    finish(table);
    this.#table = table;
    const warnings = [...told, ...table.head.told, ...leftOut(table)];
    const layout = this.#like ? layoutLike(table, this.#like, warnings) : layoutOf(table, { ...this.#options, take: [...(this.#options.take ?? []), ...this.#named(table)], open: true }, warnings);
    this.#use(this.#names && !this.#like ? narrowed(layout, this.#names) : layout);
    for (const warning of warnings) this.#tell(warning);
    return Math.min(table.head.first === Infinity ? lines.length : table.head.first - 1, lines.length);
  }

  #use(layout: Layout): void {
    this.#layout = layout;
    this.#reader = new RowReader(layout);
  }

  get #sparse(): SparseWishes {
    return { labelled: this.#options.label !== null, ...rangeOfNames(this.#like?.names) };
  }

  #named({ names }: Table): string[] {
    return (this.#names ?? []).filter((name) => names?.filter((each) => each === name).length === 1);
  }

  /** Undefined where a quote is open. */
  #cut(text: string): string[] | undefined {
    try {
      const { rows, beyond } = new RowCutter(this.#dialect!).push(text, true);
      if (beyond) this.#beyond = beyond;
      return rows[0] ?? [];
    } catch {
      this.#beyond = this.#dialect!.sparse; // such a row has no quotes: its index is too far from the others
      return undefined;
    }
  }

  #read(text: string): TableSample | undefined {
    const table = this.#table!;
    this.#beyond = undefined;
    const cells = this.#cut(text);
    if (this.#beyond) throw new Error(`the row has an index that is none of those of the first lines: ${this.#dialect!.sparse!.from} to ${this.#dialect!.sparse!.to}`);
    if (cells === undefined) throw new Error('a quote is opened and never closed');
    if (isBlank(cells)) return undefined;
    const row = fitted(cells, table.width);
    if (row && (this.#isHeader(row) || isRepeated(row, table.head.units))) return undefined;
    if (row) return this.#reader!.read(row, this.#number);
    if (cells[0]!.startsWith(this.#dialect!.comment) || /^sep=/i.test(text)) return undefined;
    throw new Error(`the row has ${cells.length} fields, the header ${table.width}`);
  }

  /** A rotated file has its own; its columns may stand in another order. */
  #isHeader(cells: readonly string[]): boolean {
    const { names, columns } = this.#table!;
    if (!names || !names.every((name) => cells.includes(name))) return false;
    if (names.some((name, i) => name !== cells[i])) {
      const table = { ...this.#table!, names: cells, columns: cells.map((name) => columns[names.indexOf(name)]!) };
      const warnings: string[] = [];
      this.#use(layoutLike(table, { ...this.#layout!, names }, warnings));
      this.#table = table;
      this.#tell('the file that follows has its columns in another order: they are found by their names');
    }
    return true;
  }
}

/** Only these inputs, in this order. */
function narrowed(layout: Layout, names: readonly string[]): Layout {
  const inputs = names.map((name) => {
    const found = layout.inputs.find((input) => input.name === name);
    if (!found) throw new Error(`there is no column ${name} of numbers; there are ${(layout.names ?? Array.from({ length: layout.width }, (_, i) => bareName(undefined, i))).slice(0, 20).join(', ')}`);
    return found;
  });
  return { ...layout, inputs };
}
