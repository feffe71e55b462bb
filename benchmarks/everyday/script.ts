/** What every learner of this benchmark walks through: a list of steps, the same for all, made from a seed. */
import type { WindowShape } from '../../host/index.js';

/**
 * teach: the sample comes with its label; where `truth` is given, it is answered first and the answer counts.
 * pass: the sample comes and its label never does; it is answered, and the learner may do with it what its door does.
 * ask: only a question. idle: nothing comes for a while.
 */
export interface Step {
  does: 'teach' | 'pass' | 'ask' | 'idle';
  x: Float32Array; // [inputs]; NaN is a missing value
  label: number; // what is taught, right or wrong; -1 where nothing is
  truth: number; // what is right; -1 where the answer does not count; STRANGE
}

/**
 * Balanced: the mean of the labels' own accuracies, so that a rare label counts as much as a common one. Found: the share of strange samples (`STRANGE`) that are
 * stranger than all but 2 % of the ordinary ones that are asked.
 */
export type Figure = 'accuracy' | 'balanced accuracy' | 'found at 2 % lost';

/** Truth of a sample that is like nothing that was taught. */
export const STRANGE = -2;

export interface Script {
  inputs: number; // of a sample: features, or readings where there is a window
  labels: number;
  window?: WindowShape;
  figure: Figure;
  steps: Iterable<Step>; // the same at every iteration
}

const NOTHING = new Float32Array(0);

export const teach = (x: Float32Array, label: number): Step => ({ does: 'teach', x, label, truth: -1 });
export const test = (x: Float32Array, truth: number): Step => ({ does: 'ask', x, label: -1, truth });
export const pass = (x: Float32Array, truth: number): Step => ({ does: 'pass', x, label: -1, truth });
/** Answered, counted, then learned: prequential. */
export const askAndTeach = (x: Float32Array, truth: number, label = truth): Step => ({ does: 'teach', x, label, truth });
export const idle: Step = { does: 'idle', x: NOTHING, label: -1, truth: -1 };

/** What onward and its rivals are asked to do. */
export interface Contestant {
  /** Index of a label; -1 before the first was taught. Changes nothing. */
  answer(x: Float32Array): number;
  teach(x: Float32Array, label: number): void;
  /** A sample whose label never comes. */
  pass?(x: Float32Array): void;
  /** How unlike all that was taught a sample is; only its order counts. */
  strangeness?(x: Float32Array): number;
  /** Time with nothing to do. */
  idle?(): void;
  /** Bytes of all that it has to keep now; weights, means and samples as float32 for the rivals. */
  bytes(): number;
}

/** The figure of a contestant, in percent. */
export function walk({ steps, labels, figure }: Script, contestant: Contestant): number {
  const ordinary: number[] = [];
  const strange: number[] = [];
  const right = new Float64Array(labels);
  const asked = new Float64Array(labels);
  for (const { does, x, label, truth } of steps) {
    if (figure === 'found at 2 % lost') {
      if (truth !== -1) (truth === STRANGE ? strange : ordinary).push(contestant.strangeness?.(x) ?? 0);
    } else if (truth >= 0) {
      asked[truth]++;
      if (contestant.answer(x) === truth) right[truth]++;
    }
    if (does === 'teach') contestant.teach(x, label);
    else if (does === 'pass') contestant.pass?.(x);
    else if (does === 'idle') contestant.idle?.();
  }
  if (figure === 'found at 2 % lost') {
    const limit = ordinary.sort((a, b) => b - a)[Math.floor(0.02 * ordinary.length)];
    return (100 * strange.filter((value) => value > limit).length) / strange.length;
  }
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  if (figure === 'accuracy') return (100 * sum(right)) / sum(asked);
  const shares = right.map((count, c) => (asked[c] > 0 ? count / asked[c] : 0));
  return (100 * sum(shares)) / asked.filter((count) => count > 0).length;
}
