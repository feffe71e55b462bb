/** One line of the matrix: a regime on one source of samples. */
import { Random } from '../rivals/random.js';
import type { Figure, Script, Step } from './script.js';
import type { WindowShape } from '../../host/index.js';
import type { Task, TaskSource } from './tasks.js';

export interface Cell {
  group: string;
  regime: string;
  data: string;
  figure: Figure;
  present: boolean;
  /** Only with --full: it takes minutes. */
  long: boolean;
  script(seed: number, quick: boolean): Promise<Script>;
}

export interface Regime {
  regime: string;
  figure?: Figure; // default accuracy
  window?: WindowShape;
  long?: boolean;
  /** Inputs that a sample has beside the task's. */
  added?: number;
  /** `length` cuts a number of samples down for a quick look. */
  steps(task: Task, random: Random, length: (full: number) => number, seed: number): Iterable<Step>;
}

const QUICK = 4; // times shorter

/** The cells of a regime: one for each source. */
export function cells(group: string, { regime, figure = 'accuracy', window, long = false, added = 0, steps }: Regime, sources: readonly TaskSource[]): Cell[] {
  return sources.map((source) => ({
    group,
    regime,
    data: source.name,
    figure,
    present: source.present,
    long,
    async script(seed, quick) {
      const task = await source.make(seed);
      const length = (full: number): number => (quick ? Math.ceil(full / QUICK) : full);
      return { inputs: task.inputs + added, labels: task.labels, window, figure, steps: steps(task, new Random(seed), length, seed) };
    },
  }));
}
