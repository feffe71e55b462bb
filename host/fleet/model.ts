import type { ResolvedConfig } from '../config.js';
import { architectureOf, differences, packParameters } from '../parameters.js';
import { decodeSnapshot } from '../snapshot.js';
import { decodeMessage } from './message.js';

/** The shared model of a round, or why a member does not take it. */
export type ReadModel = { round: number; parameters: Uint8Array } | { refused: string; detail?: string };

/** The packed parameters that a `model` message holds for a member of the shape `own`. It comes from outside. */
export function readModel(payload: Uint8Array, own: ResolvedConfig): ReadModel {
  const message = decodeMessage(payload);
  if (typeof message === 'string') return { refused: message };
  if (message.kind !== 'model') return { refused: 'kind' };
  try {
    const { config, state } = decodeSnapshot(message.body);
    if (architectureOf(config) !== architectureOf(own)) return { refused: 'foreign', detail: differences(own, config) };
    if (message.architecture !== architectureOf(own)) return { refused: 'foreign' };
    return { round: message.round, parameters: packParameters(config, state) };
  } catch {
    // of an arithmetic that this build does not have, the header still says that it is another's
    return { refused: message.architecture === architectureOf(own) ? 'damaged' : 'foreign' };
  }
}
