import { coreOf, resolveConfig, type Build, type LearnerConfig, type ResolvedConfig } from './config.js';
import { checkFields, oneOf } from './config-values.js';
import { buildsOf, compile, fastestBuild } from './core.js';
import { Learner, type LearnerOptions } from './learner.js';
import { decodeSnapshot } from './snapshot.js';

/** Labels as a program may come to know them: where there is room for more, any text. */
export type Labels<L extends string, Capacity> = [L] extends [never] ? string : Capacity extends number ? string : L;

/**
 * Makes a learner.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createLearner<const L extends string, Capacity extends number | undefined = undefined>(
  config: LearnerConfig<L> & { labelCapacity?: Capacity },
  options: LearnerOptions = {},
): Promise<Learner<Labels<L, Capacity>>> {
  const resolved = resolveConfig(config);
  const build = await buildOf(options, resolved);
  return new Learner(await compile(build, coreOf(resolved)), build, resolved, options);
}

/**
 * A learner as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadLearner(snapshot: Uint8Array, options: LearnerOptions = {}): Promise<Learner> {
  const { config, state, note } = decodeSnapshot(snapshot);
  const build = await buildOf(options, config);
  const learner = new Learner(await compile(build, coreOf(config)), build, config, options, state);
  learner.note = note;
  return learner;
}

/** The build that a learner's options ask for, else the fastest for its configuration. @throws TypeError, RangeError for options that there are not */
export async function buildOf(options: LearnerOptions, config: ResolvedConfig): Promise<Build> {
  checkFields('options', options, ['build', 'onDrift', 'unknownBelow']);
  return oneOf('options.build', options.build ?? (await fastestBuild(config)), buildsOf(config));
}
