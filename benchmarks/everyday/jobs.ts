/** What a process of the pool does: one cell for one seed, of the matrix or of a target. */
import { CELLS, columnsWith, measure, type Outcome } from './matrix.js';
import type { Options } from './onward.js';
import { RIVALS } from './rivals/all.js';
import { TARGETS } from './targets.js';

export interface Job {
  target?: number; // index into TARGETS; absent for the matrix
  cell: number; // index into the cells of either
  seed: number;
  quick: boolean;
  extra?: Options; // of one more column of the matrix
}

export function run({ target, cell, seed, quick, extra }: Job): Promise<Outcome> {
  if (target === undefined) return measure(CELLS[cell]!, seed, quick, columnsWith(extra));
  const { cells, columns, rivals } = TARGETS[target]!;
  return measure(cells[cell]!, seed, quick, columns, RIVALS.filter(({ name }) => rivals.includes(name)));
}
