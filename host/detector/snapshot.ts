import { beginsAs, seal, unseal, type Sealed } from '../sealed.js';
import { detectorFromWords, detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from './config.js';
import { limitedArena } from './limits.js';
import { SNAPSHOT } from './words.generated.js';

const KIND: Sealed<ResolvedDetectorConfig> = {
  what: 'a detector',
  noun: 'detector',
  kind: 'detector',
  ...SNAPSHOT,
  notedVersion: SNAPSHOT.version + 1,
  wordsOf: detectorWordsOf,
  configOf: (words) => resolveDetectorConfig(detectorFromWords(words)),
  arenaOf: limitedArena,
};

/** @param note any text; without one the file is of version 1, which older builds read */
export function encodeDetector(config: ResolvedDetectorConfig, state: Uint8Array, note = ''): Uint8Array {
  return seal(KIND, config, state, note);
}

/** Whether these bytes begin as a detector's snapshot does. */
export function isDetector(bytes: Uint8Array): boolean {
  return beginsAs(KIND.magic, bytes);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeDetector(bytes: Uint8Array): { config: ResolvedDetectorConfig; state: Uint8Array; note: string } {
  return unseal(KIND, bytes);
}
