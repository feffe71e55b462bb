import type { BuildOptions } from '../network.js';
import type { RegressorConfig } from './config.js';
import type { RegressorPlan } from './plan.js';
import type { Regressor } from './regressor.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/**
 * Makes a regressor: it predicts a number from a sample, with the interval that the number lies in, and learns as the numbers become known.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createRegressor(config: RegressorConfig, options: BuildOptions = {}): Promise<Regressor> {
  return (await import('./regressor.js')).makeRegressor(config, options);
}

/**
 * A regressor as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadRegressor(snapshot: Uint8Array, options: BuildOptions = {}): Promise<Regressor> {
  return (await import('./regressor.js')).restoreRegressor(snapshot, options);
}

/**
 * Bytes that a regressor of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createRegressor` would.
 */
export async function regressorBytesNeeded(config: RegressorConfig): Promise<RegressorPlan> {
  return (await import('./regressor.js')).planRegressor(config);
}

export type { BuildOptions } from '../network.js';
export type { RegressorConfig, ResolvedRegressorConfig } from './config.js';
export type { RegressorPlan } from './plan.js';
export type { Estimate, Regressor, RegressorStats } from './regressor.js';
