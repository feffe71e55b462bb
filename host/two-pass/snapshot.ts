import { twoPassArena } from '../arena/two-pass.js';
import { seal, unseal, type Sealed } from '../sealed.js';
import { resolveTwoPassConfig, twoPassFromWords, twoPassWordsOf, type ResolvedTwoPassConfig } from './config.js';
import { SNAPSHOT } from './words.generated.js';

const KIND: Sealed<ResolvedTwoPassConfig> = {
  what: 'a two-pass network',
  noun: 'network',
  kind: 'two-pass',
  ...SNAPSHOT,
  wordsOf: twoPassWordsOf,
  configOf: (words) => resolveTwoPassConfig(twoPassFromWords(words)),
  arenaOf: twoPassArena,
};

export function encodeTwoPass(config: ResolvedTwoPassConfig, state: Uint8Array): Uint8Array {
  return seal(KIND, config, state);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeTwoPass(bytes: Uint8Array): { config: ResolvedTwoPassConfig; state: Uint8Array } {
  return unseal(KIND, bytes);
}
