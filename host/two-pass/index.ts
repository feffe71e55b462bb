import type { Build } from '../config.js';
import type { TwoPassConfig } from './config.js';
import type { TwoPass } from './network.js';
import type { TwoPassPlan } from './plan.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/** How a two-pass network runs; it learns the same bytes either way. */
export interface TwoPassOptions {
  /** Default: the fastest that this runtime has. */
  build?: Build;
}

/**
 * Makes a two-pass Forward-Forward network: positive data against negative.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createTwoPass(config: TwoPassConfig, { build }: TwoPassOptions = {}): Promise<TwoPass> {
  return (await import('./network.js')).makeTwoPass(config, build);
}

/**
 * A network as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadTwoPass(snapshot: Uint8Array, { build }: TwoPassOptions = {}): Promise<TwoPass> {
  return (await import('./network.js')).restoreTwoPass(snapshot, build);
}

/**
 * Bytes that a network of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createTwoPass` would.
 */
export async function twoPassBytesNeeded(config: TwoPassConfig): Promise<TwoPassPlan> {
  return (await import('./network.js')).planTwoPass(config);
}
