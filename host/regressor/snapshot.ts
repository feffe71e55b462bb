import { regressorArena } from '../arena/regressor.js';
import { snapshotsOf } from '../sealed.js';
import { regressorFromWords, regressorWordsOf, resolveRegressorConfig, type ResolvedRegressorConfig } from './config.js';
import { SNAPSHOT } from './words.generated.js';

export const { encode: encodeRegressor, decode: decodeRegressor, isOne: isRegressor } = snapshotsOf<ResolvedRegressorConfig>({
  noun: 'regressor',
  kind: 'regressor',
  ...SNAPSHOT,
  notedVersion: SNAPSHOT.version + 1,
  wordsOf: regressorWordsOf,
  configOf: (words) => resolveRegressorConfig(regressorFromWords(words)),
  arenaOf: regressorArena,
});
