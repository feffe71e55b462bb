/**
 * What an experiment of the paper is: a file experiments/NAME.ts that exports `experiment`. The harness owns progress, checkpoints, seeds, results
 * and the exit code; the file owns data, settings and learning.
 *
 * Import data in `start`, not at the top of the file: `npm run paper` lists all experiments, on machines that have no data.
 */

export interface Experiment {
  /** As the table calls it. */
  title: string;
  /**
   * Place in the table: 1 supervised, 2 unsupervised, 3 local fields, 4 jitter, 5 recurrent, 6 CIFAR-10, 7 Aesop, 8 sleep, 9 unknown forward path, 10 dreams, 11 both
   * signs; variants of one in between (7.1).
   */
  place: number;
  /** What is measured; the first one is shown while it runs. */
  figures: readonly Figure[];
  /** A full run is seeds 1 to this, one after the other, and its figures are their mean; --quick is seed 1. */
  seeds: number;
  /** One run from the start, or on from `saved`: bytes that `save` of a run with the same settings, seed and mode gave. */
  start(options: StartOptions): Promise<Run>;
}

export interface StartOptions {
  /** 1, 2, 3 ... */
  seed: number;
  /** The short version, which must end within three minutes on two cores. */
  quick: boolean;
  saved?: Uint8Array;
}

export interface Figure {
  /** Key of the figure in what `measure` returns, and its name in the table: 'test error, %'. */
  name: string;
  better: 'lower' | 'higher';
  /** What the paper has, if it has it. */
  paper?: number;
  /** Whose figure that is, where it is not the paper's own. */
  paperIs?: string;
  /** At most (lower is better) or at least (higher); without it the figure is information. */
  target?: number;
  /** The same for --quick: these decide the exit code of a quick run. */
  quickTarget?: number;
}

export interface Run {
  /** One line for the table: net, bits, passes, what is special. */
  summary: string;
  /** All settings, for the results file. A checkpoint whose settings differ is not taken. */
  settings: object;
  /** Pieces of work in all, each well under a second: SIGINT waits for the end of one. */
  steps: number;
  /** A measurement follows each time that so many steps are done, and the last one. */
  stepsPerPass: number;
  /** Piece `k`, from 0. What it does must follow from `k`, the seed and what is learned alone: then a run goes on to the same bytes after a stop. */
  step(k: number): void;
  /** Figures by name. Changes nothing that is learned. */
  measure(): Record<string, number>;
  /** Everything learned. */
  save(): Uint8Array;
  /** Figures for comparison that are in nobody's target (baselines), asked for once, at the end. */
  background?(): Record<string, number>;
  dispose(): void;
}
