import { detectorArena } from '../arena/detector.js';
import { planOf, type PlanTotals } from '../arena/regions.js';
import type { ResolvedDetectorConfig } from './config.js';

/** Bytes of a detector by kind. Everything but `tables` and `page` lies in the arena. */
export interface DetectorPlan extends PlanTotals {
  /** Weights, biases among them. */
  weights: number;
  /** Streaming: the last values of each channel. */
  history: number;
  /** State of the channels: averages and tails of their views, or standardisers. */
  channels: number;
  /** Counters, random state, threshold. */
  header: number;
  /** Everything a sample needs and nothing keeps. */
  scratch: number;
}

/** Bytes that a detector of a checked configuration needs. */
export const detectorPlanOf = (config: ResolvedDetectorConfig): DetectorPlan => planOf(detectorArena(config), ['weights', 'history', 'channels', 'header', 'scratch']);
