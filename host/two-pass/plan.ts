import { planOf, type PlanTotals } from '../arena/regions.js';
import { twoPassArena } from '../arena/two-pass.js';
import type { ResolvedTwoPassConfig } from './config.js';

/** Bytes of a two-pass network by kind. Everything but `tables` and `page` lies in the arena. */
export interface TwoPassPlan extends PlanTotals {
  /** Weights of all layers, padding of rows to 8 columns and of patches to 4 rows included. */
  weights: number;
  /** Biases: one i32 per unit, patches padded to 8. */
  biases: number;
  /** Running mean activities of peer normalisation; 0 without it. */
  means: number;
  /** Weights and biases of the readout; 0 without it. */
  readout: number;
  /** Running mean and deviation, and how a channel compresses itself, 32 bytes an input; 0 with a fixed input scale. */
  normaliser: number;
  /** Counters, random state, learning rates. */
  header: number;
  /** Everything a step needs and nothing keeps: a few vectors of the widest layer, whatever the depth, but for 128 bytes of layer table a layer. */
  scratch: number;
}

/** Bytes that a network of a checked configuration needs. */
export const twoPassPlanOf = (config: ResolvedTwoPassConfig): TwoPassPlan => planOf(twoPassArena(config), ['weights', 'biases', 'means', 'readout', 'normaliser', 'header', 'scratch']);
