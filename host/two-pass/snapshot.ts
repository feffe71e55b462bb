import { twoPassArena } from '../arena/two-pass.js';
import { namedSnapshotsOf } from '../named-snapshots.js';
import { resolveTwoPassConfig, twoPassFromWords, twoPassWordsOf, type ResolvedTwoPassConfig } from './config.js';
import { SNAPSHOT } from './words.generated.js';

export const { encode: encodeTwoPass, decode: decodeTwoPass } = namedSnapshotsOf<ResolvedTwoPassConfig>({
  noun: 'network',
  kind: 'two-pass',
  ...SNAPSHOT,
  wordsOf: twoPassWordsOf,
  configOf: (words) => resolveTwoPassConfig(twoPassFromWords(words)),
  arenaOf: twoPassArena,
});
