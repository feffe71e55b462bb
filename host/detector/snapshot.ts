import { beginsAs, seal, unseal, type Sealed } from '../sealed.js';
import { DETECTOR_WORDS, detectorFromWords, detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from './config.js';
import { limitedArena } from './limits.js';

const SNAPSHOT: Sealed<ResolvedDetectorConfig> = {
  what: 'a detector',
  noun: 'detector',
  kind: 'detector',
  magic: 'ONDT',
  version: 1,
  arithmetic: 2,
  words: DETECTOR_WORDS,
  wordsOf: detectorWordsOf,
  configOf: (words) => resolveDetectorConfig(detectorFromWords(words)),
  arenaOf: limitedArena,
  notedVersion: 2,
};

/** @param note any text; without one the file is of version 1, which older builds read */
export function encodeDetector(config: ResolvedDetectorConfig, state: Uint8Array, note = ''): Uint8Array {
  return seal(SNAPSHOT, config, state, note);
}

/** Whether these bytes begin as a detector's snapshot does. */
export function isDetector(bytes: Uint8Array): boolean {
  return beginsAs(SNAPSHOT.magic, bytes);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeDetector(bytes: Uint8Array): { config: ResolvedDetectorConfig; state: Uint8Array; note: string } {
  return unseal(SNAPSHOT, bytes);
}
