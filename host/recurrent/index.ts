import type { BuildOptions } from '../network.js';
import type { RecurrentConfig } from './config.js';
import type { Recurrent } from './recurrent.js';
import type { RecurrentPlan } from './plan.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/**
 * Makes a recurrent, label-gated Forward-Forward network: layers that see the state of the layer above.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createRecurrent<const L extends string>(config: RecurrentConfig<L>, options: BuildOptions = {}): Promise<Recurrent<L>> {
  return (await import('./recurrent.js')).makeRecurrent(config, options);
}

/**
 * A network as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadRecurrent(snapshot: Uint8Array, options: BuildOptions = {}): Promise<Recurrent> {
  return (await import('./recurrent.js')).restoreRecurrent(snapshot, options);
}

/**
 * Bytes that a network of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createRecurrent` would.
 */
export async function recurrentBytesNeeded(config: RecurrentConfig): Promise<RecurrentPlan> {
  return (await import('./recurrent.js')).planRecurrent(config);
}
