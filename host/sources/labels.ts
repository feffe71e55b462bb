/** Labels as they stand in cells: which cells are one label, and in what order labels are. */
import { isMissing } from './cells.js';

/** A label as it is known by: where labels are all numbers, a number loses its spelling, so that 1, 1.0 and "1" are one label. */
export function cellLabel(cell: string, numeric: boolean): string | undefined {
  if (isMissing(cell)) return undefined;
  return numeric && !Number.isNaN(Number(cell)) ? String(Number(cell)) : cell;
}

/** True if a cell is a number whose spelling says no more: 007 and 0x10 are names, and so is an id of more digits than a number has. */
export function isPlainNumber(cell: string): boolean {
  const value = Number(cell);
  return !Number.isNaN(value) && !/^\s*[-+]?0[\dxob]/i.test(cell) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Common form of labels that are one: no case, one blank for many, one Unicode form. Single characters keep their case: a and A may be two. */
export function labelKey(label: string): string {
  if (/^[!-~]+$/.test(label)) return label.length === 1 ? label : label.toLowerCase();
  const plain = label.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return [...plain].length === 1 ? plain : plain.toLowerCase();
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

/**
 * The spellings that are one label, each with the one that it goes by: the most frequent, of two as frequent the first. Only those that change.
 * @param cells the different cells and how often each comes
 */
export function foldLabels(cells: ReadonlyMap<string, number>, numeric: boolean): Map<string, string> {
  const best = new Map<string, { label: string; times: number }>();
  const spellings = new Map<string, number>();
  for (const [cell, times] of cells) {
    const label = cellLabel(cell, numeric);
    if (label !== undefined) spellings.set(label, (spellings.get(label) ?? 0) + times);
  }
  for (const [label, times] of spellings) {
    const known = best.get(labelKey(label));
    if (!known || times > known.times) best.set(labelKey(label), { label, times });
  }
  const folds = new Map<string, string>();
  for (const label of spellings.keys()) {
    const { label: name } = best.get(labelKey(label))!;
    if (name !== label) folds.set(label, name);
  }
  return folds;
}

/** Spellings that are remembered: a stream may have any number. */
const MOST_KEPT = 10_000;

/** Cells as labels, while reading: spellings of a label that is known become it, any other stays what it is. */
export class LabelReader {
  readonly #numeric: boolean;
  readonly #byKey = new Map<string, string>();
  readonly #byCell = new Map<string, string | undefined>();

  constructor(labels: readonly string[], numeric: boolean) {
    this.#numeric = numeric;
    for (const label of labels) this.#byKey.set(labelKey(label), label);
  }

  read(cell: string): string | undefined {
    if (this.#byCell.has(cell)) return this.#byCell.get(cell);
    const label = cellLabel(cell, this.#numeric);
    let name: string | undefined;
    if (label !== undefined) {
      const key = labelKey(label);
      name = this.#byKey.get(key) ?? label;
      if (this.#byKey.size < MOST_KEPT) this.#byKey.set(key, name);
    }
    if (this.#byCell.size < MOST_KEPT) this.#byCell.set(cell, name);
    return name;
  }
}
