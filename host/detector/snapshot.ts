import { snapshotsOf } from '../sealed.js';
import { detectorFromWords, detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from './config.js';
import { limitedArena } from './limits.js';
import { SNAPSHOT } from './words.generated.js';

export const { encode: encodeDetector, decode: decodeDetector, isOne: isDetector } = snapshotsOf<ResolvedDetectorConfig>({
  noun: 'detector',
  kind: 'detector',
  ...SNAPSHOT,
  notedVersion: SNAPSHOT.version + 1,
  wordsOf: detectorWordsOf,
  configOf: (words) => resolveDetectorConfig(detectorFromWords(words)),
  arenaOf: limitedArena,
});
