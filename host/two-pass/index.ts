import type { BuildOptions } from '../network.js';
import type { TwoPassConfig } from './config.js';
import type { TwoPass } from './network.js';
import type { TwoPassPlan } from './plan.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/**
 * Makes a two-pass Forward-Forward network: positive data against negative.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createTwoPass<const L extends string = never>(config: TwoPassConfig<L>, options: BuildOptions = {}): Promise<TwoPass<L>> {
  return (await import('./network.js')).makeTwoPass(config, options);
}

/**
 * A network as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadTwoPass(snapshot: Uint8Array, options: BuildOptions = {}): Promise<TwoPass> {
  return (await import('./network.js')).restoreTwoPass(snapshot, options);
}

/**
 * Bytes that a network of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createTwoPass` would.
 */
export async function twoPassBytesNeeded(config: TwoPassConfig): Promise<TwoPassPlan> {
  return (await import('./network.js')).planTwoPass(config);
}
