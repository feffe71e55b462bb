import { planOf, type PlanTotals } from '../arena/regions.js';
import { regressorArena } from '../arena/regressor.js';
import type { ResolvedRegressorConfig } from './config.js';

/** Bytes of a regressor by kind. Everything but `tables` and `page` lies in the arena. */
export interface RegressorPlan extends PlanTotals {
  /** Weights of the layers, padding of rows to 8 columns and of layers to 4 rows included. */
  weights: number;
  /** Biases, one i32 a unit, and gates, one i16 a unit and bin; units padded to 8. */
  gatesAndBiases: number;
  /** The self-finding rate of the layers. */
  rate: number;
  /** The decorrelating step. */
  factor: number;
  /** Running mean and deviation, and how a channel compresses itself, 32 bytes an input. */
  normaliser: number;
  /** The target: its channel, its bins, the linear prediction, how predictions are blended, and targets that are known. */
  target: number;
  /** Counters, random state, learning rate. */
  header: number;
  /** Everything a step needs and nothing keeps. */
  scratch: number;
}

/** Bytes that a regressor of a checked configuration needs. */
export const regressorPlanOf = (config: ResolvedRegressorConfig): RegressorPlan =>
  planOf(regressorArena(config), ['weights', 'gatesAndBiases', 'rate', 'factor', 'normaliser', 'target', 'header', 'scratch']);
