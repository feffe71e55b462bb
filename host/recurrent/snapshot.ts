import { recurrentArena } from '../arena/recurrent.js';
import { namedSnapshotsOf } from '../named-snapshots.js';
import { resolveRecurrentConfig, recurrentFromWords, recurrentWordsOf, type ResolvedRecurrentConfig } from './config.js';
import { SNAPSHOT } from './words.generated.js';

export const { encode: encodeRecurrent, decode: decodeRecurrent } = namedSnapshotsOf<ResolvedRecurrentConfig>({
  noun: 'network',
  kind: 'recurrent',
  ...SNAPSHOT,
  wordsOf: recurrentWordsOf,
  configOf: (words) => resolveRecurrentConfig(recurrentFromWords(words)),
  arenaOf: recurrentArena,
});
