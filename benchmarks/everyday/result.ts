/** What is kept of a run: by cell the mean and the worst seed of everyone, and who of the small rivals is ahead. */
import type { Cell } from './cell.js';
import type { Outcome } from './matrix.js';
import type { Column } from './onward.js';
import { RIVALS } from './rivals/all.js';
import type { TargetResult } from './targets.js';

/** A rival of more bytes is shown, but does not count. */
export const SMALL = 16_384;
/** Points by which a rival must be better to be ahead. */
export const AHEAD = 1;

export interface Line {
  name: string;
  mean: number; // %
  worst: number; // seed
  bytes: number; // largest of the seeds
}

export interface CellResult {
  group: string;
  regime: string;
  data: string;
  figure: string;
  inputs: number;
  labels: number;
  own: Line[];
  rivals: Line[]; // those that were run
}

export interface EverydayResult {
  machine: object;
  settings: { seeds: number[]; quick: boolean; columns: { name: string; options: object }[]; rivals: { name: string; setting: string }[] };
  seconds: number;
  skipped: string[]; // recordings that were not there
  cells: CellResult[];
  targets: TargetResult[];
}

export function resultOfCell({ group, regime, data, figure }: Cell, columns: readonly Column[], outcomes: readonly Outcome[]): CellResult {
  const line = (name: string, measured: readonly { figure: number; bytes: number }[]): Line => ({
    name,
    mean: measured.reduce((sum, { figure }) => sum + figure, 0) / measured.length,
    worst: Math.min(...measured.map(({ figure }) => figure)),
    bytes: Math.max(...measured.map(({ bytes }) => bytes)),
  });
  return {
    group,
    regime,
    data,
    figure,
    inputs: outcomes[0]!.inputs,
    labels: outcomes[0]!.labels,
    own: columns.map(({ name }) => line(name, outcomes.map(({ own }) => own[name]!))),
    rivals: RIVALS.flatMap(({ name }) => {
      const measured = outcomes.flatMap(({ rivals }) => rivals[name] ?? []);
      return measured.length > 0 ? line(name, measured) : [];
    }),
  };
}

/** The best rival of at most 16 kB, where it is more than a point better than this column. */
export function ahead({ own, rivals }: CellResult, column: number): Line | undefined {
  const best = rivals.filter(({ bytes }) => bytes <= SMALL).reduce((a, b) => (b.mean > a.mean ? b : a));
  return best.mean > own[column]!.mean + AHEAD ? best : undefined;
}

/** Cells in which a small rival is ahead of a column. */
export function lost(cells: readonly CellResult[], column: number): number {
  return cells.filter((cell) => ahead(cell, column) !== undefined).length;
}
