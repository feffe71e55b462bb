// The regressor as firmware: what a build of it is made of, and its judge.

import { regressorWordsOf, type ResolvedRegressorConfig } from '../host/regressor/config.js';
import { compileRegressor, placeRegressor } from '../host/regressor/core.js';
import { Regressor } from '../host/regressor/regressor.js';
import { decodeRegressor, encodeRegressor } from '../host/regressor/snapshot.js';
import { sourceOf, type Source } from './build.js';
import { corePlan, fnv1a } from './core-plan.js';
import { regressorCore } from './translate.js';

/** @param ahead samples from one to the one that its number comes with, in a program that reads lines */
export async function regressorSource(config: ResolvedRegressorConfig, learned?: Uint8Array, ahead = 0): Promise<Source> {
  const words = regressorWordsOf(config);
  return {
    ...sourceOf(corePlan(placeRegressor(await compileRegressor('scalar'), words).core), (state) => encodeRegressor(config, state)),
    core: regressorCore,
    words,
    shape: { ONWARD_REGRESSOR: 1, ONWARD_AXES: 0, ONWARD_VALUES: config.inputs, ONWARD_LAGS: config.lags, ONWARD_HORIZON: config.horizon, ONWARD_AHEAD: ahead },
    ...(learned ? { learned } : {}),
  };
}

/** The judge: the same regressor in Node, on the scalar build. */
export async function regressorJudge(config: ResolvedRegressorConfig): Promise<Regressor> {
  return new Regressor(await compileRegressor('scalar'), 'scalar', config);
}

/** Hash of what a regressor in Node has learned, as a board computes it. */
export function regressedHash(regressor: Regressor): number {
  return fnv1a(decodeRegressor(regressor.save()).state);
}
