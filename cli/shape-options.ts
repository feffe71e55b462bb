/** The options that say what a sample is and which labels there are, for the commands that make a learner without any data: `plan` and `export` take and refuse the same. */
import { resolveConfig, type ResolvedConfig } from '../host/config.js';
import { learnerSource } from '../firmware-sim/build.js';
import type { LearnerConfig } from '../host/index.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { LEARNER_OPTIONS, MEMORY_OPTIONS, learnerConfig } from './learner-options.js';

export const SHAPE_OPTIONS: Record<string, Option> = {
  inputs: { value: 'N', help: 'values of a sample (default 16)' },
  window: { value: 'AxS', help: 'instead of --inputs: windows of A axes x S samples, such as 3x50' },
  labels: { value: 'NAME,..|N', help: 'their names, such as idle,run,worn, or how many there are (default 4)' },
  ...LEARNER_OPTIONS,
  ...MEMORY_OPTIONS,
};

/** Those that were given. */
export function shapeGiven(args: Arguments): string[] {
  return Object.keys(SHAPE_OPTIONS).filter((name) => args.has(name));
}

/** The learner that they describe. @throws UsageError for one that cannot be, on a board or at all */
export function shapedLearner(args: Arguments): ResolvedConfig {
  const inputs = args.whole('inputs', 1, 4096);
  const window = args.text('window');
  if (inputs !== undefined && window !== undefined) throw new UsageError('give --inputs or --window, not both');
  const config: LearnerConfig = {
    ...learnerConfig(args),
    labels: labelsOf(args),
    ...(window === undefined ? { inputs: inputs ?? 16 } : { window: windowOf(window) }),
  };
  try {
    const resolved = resolveConfig(config);
    learnerSource(resolved);
    return resolved;
  } catch (error) {
    throw new UsageError((error as Error).message); // nothing but the command line can be wrong here
  }
}

function labelsOf(args: Arguments): string[] {
  const text = args.text('labels');
  if (text !== undefined && !/^-?[\d.]+$/.test(text)) {
    const names = text.split(',').map((name) => name.trim());
    if (names.includes('')) throw new UsageError(`--labels ${text}: label ${names.indexOf('')} has no name; write one between the commas`);
    return names;
  }
  return Array.from({ length: args.whole('labels', 2, 256) ?? 4 }, (_, i) => String(i));
}

function windowOf(text: string): { axes: number; samples: number } {
  const match = /^(\d+)x(\d+)$/i.exec(text);
  if (!match) throw new UsageError(`--window must be AXESxSAMPLES, such as 3x50, got ${text}`);
  return { axes: Number(match[1]), samples: Number(match[2]) };
}
