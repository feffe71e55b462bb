import type { Dream } from '../host/dream/index.js';
import type { Input, Layout } from '../host/sources/layout.js';
import type { Model } from './model.js';

/** Digits of a value: binary32 has no more. */
const DIGITS = 7;

/** A column of the table that a model was taught. */
interface Column {
  name: string;
  /** Its cell, from the values of a moment. */
  cell(values: ArrayLike<number>): string;
}

/** An input, and where it stands in a sample. */
interface Place extends Input {
  i: number;
}

/** Dreams as a table that commands read as they read the one that was learned: a row a moment, the label last. */
export class DreamTable {
  readonly #columns: readonly Column[];
  readonly #values: number;
  readonly #label: string;
  readonly #words: readonly (readonly Place[])[];
  readonly #switches: readonly number[];
  /** Without a header, columns are known by their place: those that were left out are empty. */
  readonly #bare: Pick<Layout, 'width' | 'label'> | undefined;

  constructor({ learner, note: { fields, layout, label = 'label' } }: Model) {
    this.#values = learner.config.window?.axes ?? learner.inputs;
    this.#label = label;
    this.#bare = layout === undefined || layout.names !== undefined ? undefined : layout;
    const places = layout?.inputs.map((input, i): Place => ({ ...input, i })) ?? [];
    const words = places.filter(({ as }) => as === 'word');
    this.#words = [...new Set(words.map(({ column }) => column))].map((column) => words.filter((each) => each.column === column));
    this.#switches = places.flatMap(({ as, i }) => (as === 'switch' ? [i] : []));
    if (layout === undefined) this.#columns = Array.from({ length: this.#values }, (_, i) => ({ name: fields?.[i] ?? `x${i + 1}`, cell: numberOf(i) }));
    else if (this.#bare) this.#columns = Array.from({ length: layout.width }, (_, column) => columnOf(column, layout.inputs));
    else this.#columns = [...new Set(layout.inputs.map(({ column }) => column))].map((column) => ({ ...columnOf(column, layout.inputs), name: layout.names![column]! }));
  }

  get heading(): string {
    return this.#bare ? '' : line([...this.#columns.map(({ name }) => name), this.#label]);
  }

  /** As many rows as a window has moments; one without windows. */
  rows({ x }: Dream, label: string): string {
    return this.#moments(x).map((values) => {
      const cells = this.#columns.map(({ cell }) => cell(values));
      return line(this.#bare?.label === undefined ? [...cells, label] : cells.with(this.#bare.label, label));
    }).join('');
  }

  /** A sample that a table can hold, of one that was drawn: of the words of a column one is there, and a switch is on or off. */
  readonly settle = (x: Float32Array): Float32Array => {
    for (const values of this.#moments(x)) {
      for (const words of this.#words) {
        const most = mostOf(words, values);
        for (const each of words) values[each.i] = Number(each === most);
      }
      for (const i of this.#switches) values[i] = Number(values[i]! >= 0.5);
    }
    return x;
  };

  #moments(x: Float32Array): Float32Array[] {
    return Array.from({ length: x.length / this.#values }, (_, row) => x.subarray(row * this.#values, (row + 1) * this.#values));
  }
}

/** The column of some inputs; empty where none is of it. */
function columnOf(column: number, inputs: readonly Input[]): Column {
  const own = inputs.flatMap((input, i): Place[] => (input.column === column ? [{ ...input, i }] : []));
  const [first] = own;
  const cell = first === undefined ? () => '' : first.as === 'word' ? wordOf(own) : first.as === 'difference' ? added(first.i) : numberOf(first.i);
  return { name: first?.name ?? '', cell };
}

const numberOf = (i: number) => (values: ArrayLike<number>): string => String(Number(values[i]!.toPrecision(DIGITS)));

/** The word that a dream is most of. */
const mostOf = (words: readonly Place[], values: ArrayLike<number>): Place => words.reduce((most, each) => (values[each.i]! > values[most.i]! ? each : most));

const wordOf = (words: readonly Place[]) => (values: ArrayLike<number>): string => mostOf(words, values).word ?? '';

/** A counter, which is learned by what each row adds to it. */
function added(i: number): Column['cell'] {
  let total = 0;
  return (values) => String(Number((total += values[i]!).toPrecision(DIGITS)));
}

const line = (cells: readonly string[]): string => `${cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\n`;
