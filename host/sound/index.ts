import { coreOf, resolveConfig, type LearnerMemory, type LearnerSettings } from '../config.js';
import { checkObject } from '../config-values.js';
import { compile } from '../core.js';
import { buildOf, type Labels } from '../create-learner.js';
import type { LearnerOptions } from '../learner.js';
import { planOf, type MemoryPlan } from '../plan.js';
import { decodeSnapshot } from '../snapshot.js';
import { createHearing } from './hearing.js';
import { SoundLearner, windowOfNote } from './learner.js';
import { resolveSoundWindow, soundFeatures, type SoundWindow } from './window.js';

export { Hearing, createHearing } from './hearing.js';
export { SoundLearner } from './learner.js';
export type { ResolvedSoundWindow, SoundWindow } from './window.js';

/** Settings of a learner of sound: those of a learner, and the window. */
export type SoundLearnerConfig<L extends string = string> = LearnerSettings<L> & LearnerMemory & {
  /** The window of sound that a sample is: `{ audio: 16000 }`. No default. */
  window: SoundWindow;
};

/** Bytes of a learner of sound. */
export interface SoundPlan extends MemoryPlan {
  /** Bytes of the front end, which no kind of the learner has: a window of binary32, frames, bands. */
  sound: number;
}

/**
 * Makes a learner whose samples are windows of sound.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createSoundLearner<const L extends string, Capacity extends number | undefined = undefined>(
  config: SoundLearnerConfig<L> & { labelCapacity?: Capacity },
  options: LearnerOptions = {},
): Promise<SoundLearner<Labels<L, Capacity>>> {
  const { window, resolved } = resolve(config);
  const build = await buildOf(options, resolved);
  return new SoundLearner(await compile(build, coreOf(resolved)), build, resolved, await createHearing(window), options);
}

/**
 * A learner of sound as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot, or one of a learner of something else.
 */
export async function loadSoundLearner(snapshot: Uint8Array, options: LearnerOptions = {}): Promise<SoundLearner> {
  const { config, state, note } = decodeSnapshot(snapshot);
  const build = await buildOf(options, config);
  const window = windowOfNote(note, config.inputs, resolveSoundWindow);
  return new SoundLearner(await compile(build, coreOf(config)), build, config, await createHearing(window), options, { state, note });
}

/**
 * Bytes that a learner of sound needs, known before it learns.
 * @throws TypeError, RangeError as `createSoundLearner` would.
 */
export async function soundBytesNeeded(config: SoundLearnerConfig): Promise<SoundPlan> {
  const { window, resolved } = resolve(config);
  return { ...planOf(resolved), sound: (await createHearing(window)).bytes };
}

function resolve(config: SoundLearnerConfig) {
  checkObject('config', config, " such as { window: { audio: 16000 }, labels: ['clap', 'whistle'] }");
  for (const name of ['inputs', 'grid']) if (name in config) throw new TypeError(`config.${name}: no such field; a sample is a window of sound, and config.window says which`);
  const { window, ...rest } = config;
  const resolved = resolveSoundWindow(window);
  return { window: resolved, resolved: resolveConfig({ ...rest, inputs: soundFeatures(resolved) }) };
}
