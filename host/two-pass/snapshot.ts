import { twoPassArena } from '../arena/two-pass.js';
import { seal, unseal, type Sealed } from '../sealed.js';
import { TWO_PASS_WORDS, resolveTwoPassConfig, twoPassFromWords, twoPassWordsOf, type ResolvedTwoPassConfig } from './config.js';

const SNAPSHOT: Sealed<ResolvedTwoPassConfig> = {
  what: 'a two-pass network',
  noun: 'network',
  kind: 'two-pass',
  magic: 'ONTP',
  version: 1,
  arithmetic: 3,
  words: TWO_PASS_WORDS,
  wordsOf: twoPassWordsOf,
  configOf: (words) => resolveTwoPassConfig(twoPassFromWords(words)),
  arenaOf: twoPassArena,
};

export function encodeTwoPass(config: ResolvedTwoPassConfig, state: Uint8Array): Uint8Array {
  return seal(SNAPSHOT, config, state);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeTwoPass(bytes: Uint8Array): { config: ResolvedTwoPassConfig; state: Uint8Array } {
  return unseal(SNAPSHOT, bytes);
}
