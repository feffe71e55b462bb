/** Columns that tell the label by themselves: mostly the label in other words, which nobody has where the model is used. */
import type { CsvFile, Input } from '../host/sources/csv.js';
import { MEASUREMENT_NAME } from '../host/sources/time-column.js';
import type { Sample } from '../host/sources/sample.js';

/** Rows below which that may be chance, for each label. */
const LEAST_ROWS = 20;

export class Giveaways {
  readonly #file: CsvFile;
  /** For each input the label that came with each of its values; undefined where one came with two. */
  readonly #labels: (Map<number, string> | undefined)[];
  #rows = 0;

  constructor(file: CsvFile) {
    this.#file = file;
    this.#labels = file.layout.inputs.map((input) => (mayBeLabel(input) ? new Map<number, string>() : undefined));
  }

  add({ x, y }: Sample): void {
    if (y === undefined || x.length !== this.#labels.length) return; // a window has no columns
    this.#rows++;
    for (let i = 0; i < x.length; i++) {
      const labels = this.#labels[i];
      const value = x[i]!;
      if (labels === undefined || value !== value || (value === 0 && this.#file.layout.inputs[i]!.as === 'word')) continue;
      const known = labels.get(value);
      if (known === undefined && labels.size < this.#file.labels.length) labels.set(value, y);
      else if (known !== y) this.#labels[i] = undefined;
    }
  }

  /** The names of the columns in which each value came with one label only, and each label with one value. */
  get found(): string[] {
    const { labels, layout } = this.#file;
    if (this.#rows < LEAST_ROWS * labels.length) return [];
    const columns = new Map<number, { name: string; told: string[] | undefined }>();
    for (const [i, { column, as, name, word }] of layout.inputs.entries()) {
      const of = columns.get(column) ?? { name: as === 'word' ? name.slice(0, -word!.length - 1) : name, told: [] };
      const here = this.#labels[i];
      of.told = of.told && here ? [...of.told, ...here.values()] : undefined;
      columns.set(column, of);
    }
    return [...columns.values()].filter(({ told }) => told && told.length === labels.length && new Set(told).size === labels.length).map(({ name }) => name);
  }
}

/** Words, switches and numbers that nobody calls a measurement. */
function mayBeLabel({ as, name }: Input): boolean {
  return as === 'word' || as === 'switch' || (as === 'number' && !MEASUREMENT_NAME.test(name));
}
