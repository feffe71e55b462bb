/** Learning all samples of the page anew, in slices, so that the page stays quick and the network that there was goes on answering. */
import type { LearnerWishes } from '../host/config.js';
import type { Learner } from '../host/learner.js';
import { Rehearsal } from '../host/rehearsal.js';
import { createFor, type Shape } from './learners.js';
import type { Lessons } from './lessons.js';

const SLICE_MS = 8;

/** Under way: which turn, and what was asked for since the network knew the samples. */
export const relearning: { turn: number; busy: boolean; settings?: LearnerWishes | undefined; labels?: readonly string[] | undefined; keeps: boolean } = { turn: 0, busy: false, keeps: false };

export function stopRelearning(): void {
  Object.assign(relearning, { busy: false, settings: undefined, labels: undefined, keeps: false });
  relearning.turn++;
}

/** Done once the network has learned the samples of the page. */
export async function relearned(): Promise<void> {
  while (relearning.busy) await new Promise(requestAnimationFrame);
}

export interface Taught {
  readonly learner: Learner;
  readonly rehearsal: Rehearsal;
  /** Learns what came since, for so long at most. True once it has learned all. */
  catchUp(ms: number): boolean;
}

/** A network that has learned all samples; undefined where that is no longer wanted. */
export async function taughtAnew(shape: Shape, settings: LearnerWishes, labels: readonly string[], lessons: Lessons, isWanted: () => boolean): Promise<Taught | undefined> {
  const learner = await createFor(shape, settings, labels);
  const rehearsal = new Rehearsal(learner);
  let at = 0;
  const catchUp = (ms: number): boolean => {
    for (const end = performance.now() + ms; at < lessons.all.length && performance.now() < end; at++) learner.learn(lessons.all[at]!.x, lessons.all[at]!.label);
    return at === lessons.all.length;
  };
  let kept = false;
  try {
    while (isWanted() && !catchUp(SLICE_MS)) await new Promise(requestAnimationFrame);
    kept = isWanted();
    return kept ? { learner, rehearsal, catchUp } : undefined;
  } finally {
    if (!kept) discard({ learner, rehearsal });
  }
}

export function discard({ learner, rehearsal }: Pick<Taught, 'learner' | 'rehearsal'>): void {
  rehearsal.close();
  learner.dispose();
}
