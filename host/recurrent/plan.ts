import { recurrentArena } from '../arena/recurrent.js';
import { planOf, type PlanTotals } from '../arena/regions.js';
import type { ResolvedRecurrentConfig } from './config.js';

/** Bytes of a recurrent network by kind. Everything but `tables` and `page` lies in the arena. */
export interface RecurrentPlan extends PlanTotals {
  /** Weights towards the layer below (or the sample) and the layer above, padding of rows to 8 columns and of layers to 4 rows included. */
  weights: number;
  /** Biases, one i32 a unit and matrix, and gates, one i16 a unit and label; units padded to 8. */
  gatesAndBiases: number;
  /** Running mean and deviation, and how a channel compresses itself, 32 bytes an input; 0 with a fixed input scale. */
  normaliser: number;
  /** Counters, random state, learning rate. */
  header: number;
  /** States that are carried on: one i16 a unit, and 16 bytes; 0 where every sample has its own, which are scratch. */
  states: number;
  /** Everything a sample needs and nothing keeps: a few vectors, and what every layer shows its neighbours. */
  scratch: number;
}

/** Bytes that a network of a checked configuration needs. */
export const recurrentPlanOf = (config: ResolvedRecurrentConfig): RecurrentPlan => planOf(recurrentArena(config), ['weights', 'gatesAndBiases', 'normaliser', 'header', 'states', 'scratch']);
