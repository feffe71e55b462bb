import type { Build } from '../config.js';
import type { RecurrentConfig } from './config.js';
import type { Recurrent } from './recurrent.js';
import type { RecurrentPlan } from './plan.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/** How a recurrent network runs; it learns the same bytes either way. */
export interface RecurrentOptions {
  /** Default: the fastest that this runtime has. */
  build?: Build;
}

/**
 * Makes a recurrent, label-gated Forward-Forward network: layers that see the state of the layer above.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createRecurrent(config: RecurrentConfig, { build }: RecurrentOptions = {}): Promise<Recurrent> {
  return (await import('./recurrent.js')).makeRecurrent(config, build);
}

/**
 * A network as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadRecurrent(snapshot: Uint8Array, { build }: RecurrentOptions = {}): Promise<Recurrent> {
  return (await import('./recurrent.js')).restoreRecurrent(snapshot, build);
}

/**
 * Bytes that a network of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createRecurrent` would.
 */
export async function recurrentBytesNeeded(config: RecurrentConfig): Promise<RecurrentPlan> {
  return (await import('./recurrent.js')).planRecurrent(config);
}
