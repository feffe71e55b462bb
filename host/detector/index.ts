import type { DetectorConfig } from './config.js';
import type { Detector } from './detector.js';
import type { DetectorPlan } from './plan.js';

// Everything behind these three is loaded when one of them is first called: a classifier does not carry it.

/** A detector has none: what it is made of is all in its configuration, and whoever gives one is told. */
export type DetectorOptions = Readonly<Record<string, never>>;

/**
 * Makes a detector.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createDetector(config: DetectorConfig = {}, options: DetectorOptions = {}): Promise<Detector> {
  return (await import('./detector.js')).makeDetector(config, options);
}

/**
 * A detector as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadDetector(snapshot: Uint8Array, options: DetectorOptions = {}): Promise<Detector> {
  return (await import('./detector.js')).restoreDetector(snapshot, options);
}

/**
 * Bytes that a detector of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createDetector` would.
 */
export async function detectorBytesNeeded(config: DetectorConfig = {}): Promise<DetectorPlan> {
  return (await import('./detector.js')).planDetector(config);
}
