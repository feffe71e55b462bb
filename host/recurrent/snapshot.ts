import { recurrentArena } from '../arena/recurrent.js';
import { seal, unseal, type Sealed } from '../sealed.js';
import { resolveRecurrentConfig, recurrentFromWords, recurrentWordsOf, type ResolvedRecurrentConfig } from './config.js';
import { SNAPSHOT } from './words.generated.js';

const KIND: Sealed<ResolvedRecurrentConfig> = {
  what: 'a recurrent network',
  noun: 'network',
  kind: 'recurrent',
  ...SNAPSHOT,
  wordsOf: recurrentWordsOf,
  configOf: (words) => resolveRecurrentConfig(recurrentFromWords(words)),
  arenaOf: recurrentArena,
};

export function encodeRecurrent(config: ResolvedRecurrentConfig, state: Uint8Array): Uint8Array {
  return seal(KIND, config, state);
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeRecurrent(bytes: Uint8Array): { config: ResolvedRecurrentConfig; state: Uint8Array } {
  return unseal(KIND, bytes);
}
