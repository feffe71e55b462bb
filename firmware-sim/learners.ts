// The learners that the boards are measured and tested with.

import { coreOf, resolveConfig, type LearnerConfig, type ResolvedConfig } from '../host/config.js';
import { Learner } from '../host/learner.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { fnv1a } from './core-plan.js';
import { compile } from '../host/core.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `label ${index}`);
const shape = (config: LearnerConfig): ResolvedConfig => resolveConfig(config);

export const learners = {
  /** The one that budgets are set for, in both weight widths. */
  wide16: shape({ inputs: 64, units: [64, 32], labels: numbered(4), bits: 16 }),
  wide8: shape({ inputs: 64, units: [64, 32], labels: numbered(4), bits: 8 }),
  /** Fits an 8 KB part. */
  small: shape({ inputs: 16, units: [32, 32], labels: numbered(4), bits: 8 }),
  /** The same with 50 past samples, on the core that has a memory. */
  remembering: shape({ inputs: 16, units: [32, 32], labels: numbered(4), bits: 8, exemplars: 50 }),
  /** For tests that boot hundreds of times. */
  tiny: shape({ inputs: 4, units: [8], labels: numbered(2), bits: 8 }),
  /** The fan: one-second windows of three axes, three ways to place its weights. What is familiar would be 615 bytes, which a micro:bit has not left. */
  fan: shape({ window: { axes: 3, samples: 50 }, units: [32, 32], labels: ['1', '2', '3'], bits: 8, familiar: false }),
} as const;

/** The judge: the same learner in Node, on the scalar build or another. */
export async function judge(config: ResolvedConfig, build: 'scalar' | 'simd' = 'scalar'): Promise<Learner> {
  return new Learner(await compile(build, coreOf(config)), build, config);
}

/** Hash of what a learner in Node has learned, as a board computes it. */
export function learnedHash(learner: Learner): number {
  return fnv1a(decodeSnapshot(learner.save()).state);
}
