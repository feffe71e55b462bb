import { KINDS, arenaOf } from './arena/learner.js';
import { planOf as sumsOf, type PlanTotals } from './arena/regions.js';
import { resolveConfig, type LearnerConfig, type ResolvedConfig } from './config.js';

/** Bytes of a learner by kind. Everything but `tables` and `page` lies in the arena. */
export interface MemoryPlan extends PlanTotals {
  /** Weights of all layers, padding of rows to 8 columns and of layers to 4 rows included. */
  weights: number;
  /** Gates: one i16 per unit and label. */
  gates: number;
  /** Biases: one i32 per unit. */
  biases: number;
  /** Running mean and deviation, and how it compresses itself, 32 bytes a channel; 0 with a fixed input scale. */
  normaliser: number;
  /** Bytes for each label: two bytes of samples, and what it usually is, five bytes and two for each input. */
  labels: number;
  /** State of the self-finding rate; 0 without it. */
  rate: number;
  /** Whitening factors: 16 bits for each pair of inputs or units, and 16 bytes each; 0 without `secondOrder`. */
  factor: number;
  /** Counters, random state, learning rate. */
  header: number;
  /** Everything a step needs and nothing keeps. Does not grow with depth, but for 64 bytes of layer table a layer. */
  scratch: number;
  /** Exemplars: a byte of label and their codes each. */
  exemplars: number;
  /** Prototypes: two bytes of count, a byte of mean and one of deviation an input each. */
  prototypes: number;
  /** Six bytes an input of the coordinates that what is kept of labels and samples has; 0 with a fixed input scale, or where nothing is kept. */
  anchors: number;
  /** Bytes for the rest of a memory: counters, and 16 bytes a label. There with `secondOrder`, too. */
  memory: number;
}

/**
 * Bytes that a learner of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createLearner` would.
 */
export async function bytesNeeded(config: LearnerConfig): Promise<MemoryPlan> {
  return planOf(resolveConfig(config));
}

/** `bytesNeeded` of a checked configuration. */
export const planOf = (config: ResolvedConfig): MemoryPlan => sumsOf(arenaOf(config), KINDS);
