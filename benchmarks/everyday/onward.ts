/** The product, through its public doors: one column of the matrix for each setting. */
import { createLearner, PendingLabels, type LearnerWishes } from '../../host/index.js';
import type { Contestant, Script } from './script.js';

export type Options = LearnerWishes;

export interface Column {
  name: string;
  options: Options; // beyond the defaults
  predictOnly?: boolean; // samples without a label are answered and no more
}

/** The first is what the count of lost cells is about. */
export const COLUMNS: readonly Column[] = [
  { name: 'onward', options: {} },
  { name: 'memory 200', options: { exemplars: 200 } },
  { name: '16 bits', options: { bits: 16 } },
];

/**
 * A learner that is told no label in advance. Samples whose label never comes go through `PendingLabels`, with room for one: the door decides
 * what they teach. It sleeps when idle, where it has a memory.
 */
export async function onward({ inputs, labels, window }: Script, seed: number, { options, predictOnly }: Column): Promise<Contestant> {
  const shape = window === undefined ? { inputs } : { window };
  const learner = await createLearner({ ...shape, labels: [], labelCapacity: Math.max(2, labels), seed, ...options });
  const pending = new PendingLabels(learner, { capacity: 1 });
  let passed = 0;
  return {
    answer: (x) => (learner.labels.length > 0 ? Number(learner.predict(x).label) : -1),
    teach: (x, label) => learner.learn(x, `${label}`),
    pass: predictOnly ? undefined : (x) => void pending.hold(passed++, x),
    strangeness: (x) => 1 - (learner.predict(x).familiar ?? 1),
    idle: () => learner.sleep(),
    bytes: () => learner.stats().bytes.arena,
  };
}
