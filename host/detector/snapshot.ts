import { beginsAs, seal, unseal, type Sealed } from '../sealed.js';
import { detectorFromWords, detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from './config.js';
import { limitedArena } from './limits.js';
import { SNAPSHOT } from './words.generated.js';

const KIND: Sealed<ResolvedDetectorConfig> = {
  what: 'a detector',
  noun: 'detector',
  kind: 'detector',
  ...SNAPSHOT,
  wordsOf: detectorWordsOf,
  configOf: (words) => resolveDetectorConfig(detectorFromWords(words)),
  arenaOf: limitedArena,
};

export function encodeDetector(config: ResolvedDetectorConfig, state: Uint8Array): Uint8Array {
  return seal(KIND, config, state);
}

/** Whether these bytes begin as a detector's snapshot does. */
export function isDetector(bytes: Uint8Array): boolean {
  return beginsAs(KIND.magic, bytes);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeDetector(bytes: Uint8Array): { config: ResolvedDetectorConfig; state: Uint8Array } {
  return unseal(KIND, bytes);
}
