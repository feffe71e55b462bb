/** The sparse format of libsvm: a label, then `index:value` for each value that is not 0. Every index becomes a column that is called by it. */

/** Columns from this index to that one. */
export interface IndexRange {
  from: number;
  to: number;
}

/** How lines are cut. */
export interface Sparse extends IndexRange {
  /** Without, what stands in front is left out: every column is a channel. */
  labelled: boolean;
}

/** Facts about such a file before it is read. */
export type SparseWishes = Partial<IndexRange> & { labelled?: boolean };

/** Stands for the header. */
export const SPARSE_HEADER = 'label index:value';
/** Inputs that a learner takes; columns of a table. */
const MOST = 4096;
const LINE = /^\s*[^\s:,;#"]+((?:\s+(?:qid|\d+):[^\s:]+)*)\s*(?:#.*)?$/;
const PAIR = /(\d+):([^\s:]+)/g;

/** The number behind the colon of 12:30. */
const MINUTES = /^[0-5]\d$/;

/** Is each line a label with rising indices, and most with some? Where each has one at most and all could be minutes, they are a clock: `idle 12:30`. */
export function isLibsvm(head: string): boolean {
  const lines = head.split('\n', 100).filter((line) => !/^\s*(#.*)?$/.test(line));
  if (lines.length > 1 && !head.endsWith('\n')) lines.pop(); // may be cut short
  let withPairs = 0;
  let isClock = true;
  for (const line of lines) {
    const pairs = LINE.exec(line)?.[1];
    if (pairs === undefined) return false;
    const found = [...pairs.matchAll(PAIR)];
    const indices = found.map(([, index]) => Number(index));
    if (found.length > 1 || found.some(([, , value]) => !MINUTES.test(value!))) isClock = false;
    if (indices.length > 0) withPairs++;
    if (indices.some((index, i) => i > 0 && index <= indices[i - 1]!)) return false;
  }
  return withPairs > lines.length / 2 && !isClock;
}

/** The indices of these lines, and those that are known of. They begin at 1, or at 0 where one does. */
export function rangeOf(lines: string, { from = 1, to = 0 }: Partial<IndexRange> = {}): IndexRange {
  for (const [, index] of lines.matchAll(/\s(\d+):[^\s:]/g)) {
    if (Number(index) > to) to = Number(index);
    if (Number(index) < from) from = 0;
  }
  return checked({ from, to });
}

export function widened({ from, to }: IndexRange, index: number): IndexRange {
  return checked({ from: Math.min(from, index), to: Math.max(to, index) });
}

function checked({ from, to }: IndexRange): IndexRange {
  if (to - from >= MOST) throw new Error(`this file in the libsvm format has the index ${to}: at most ${MOST} columns can be inputs; write the ones that count under indices of their own`);
  return { from, to };
}

/** The columns of a table that was read so, for another file of it. */
export function rangeOfNames(names: readonly string[] | undefined): Partial<IndexRange> {
  const indices = names?.filter((name) => name !== 'label').map(Number) ?? [];
  return indices.length > 0 && indices.every((index, i) => index === indices[0]! + i && index >= 0) ? { from: indices[0]!, to: indices.at(-1)! } : {};
}

/**
 * A line in cells, absent values 0, and the label behind them; the group (`qid`) is left out. One cell where it is no such line.
 * @param beyond told of every index that has no column; its value is left out
 */
export function sparseCells(line: string, { from, to, labelled }: Sparse, beyond: (index: number) => void): string[] {
  const width = to - from + 1;
  if (line === SPARSE_HEADER) return [...Array.from({ length: width }, (_, i) => String(from + i)), ...(labelled ? ['label'] : [])];
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [text];
  const pairs = LINE.exec(text)?.[1];
  if (pairs === undefined) return [text];
  const cells = new Array<string>(width + (labelled ? 1 : 0)).fill('0');
  if (labelled) cells[width] = /^\S+/.exec(text)![0];
  for (const [, index, value] of pairs.matchAll(PAIR)) {
    const i = Number(index);
    if (i < from || i > to) beyond(i);
    else cells[i - from] = value!;
  }
  return cells;
}
