/** What a process of the pool does: one cell of the matrix for one seed. */
import { CELLS, measure, type Outcome } from './matrix.js';

export interface Job {
  cell: number; // index into CELLS
  seed: number;
  quick: boolean;
}

export function run({ cell, seed, quick }: Job): Promise<Outcome> {
  return measure(CELLS[cell]!, seed, quick);
}
