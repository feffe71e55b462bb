import type { LearnerConfig } from '../index.js';
import { UsageError, type Arguments, type Option } from './arguments.js';

/** The options that shape a learner, shared by every command that makes one. */
export const LEARNER_OPTIONS: Record<string, Option> = {
  units: { value: 'M,M', help: 'units of each layer, 1 to 8 layers (default 64,64)' },
  bits: { value: '8|16', help: 'bits of a weight (default 8)' },
  seed: { value: 'N', help: 'decides every bit of the outcome (default 1)' },
  rate: { value: 'R', help: 'learning rate, at most 1 (default 0.05)' },
  margin: { value: 'P', help: 'a layer that errs by less than this is not updated, 0 to 0.5 (default 0.05)' },
  'no-skip-input': { help: 'layers after the first do not see the input' },
  'no-self-rate': { help: 'the learning rate stays where it is put' },
};

export function learnerConfig(args: Arguments): Omit<LearnerConfig, 'labels'> {
  const config: Omit<LearnerConfig, 'labels'> = {};
  const units = args.list('units', 1, 4096);
  if (units && units.length > 8) throw new UsageError(`--units must name 1 to 8 layers, got ${units.length}`);
  const bits = args.whole('bits', 8, 16);
  if (bits !== undefined && bits !== 8 && bits !== 16) throw new UsageError(`--bits must be 8 or 16, got ${bits}`);
  const seed = args.whole('seed', 0, 0xffff_ffff);
  const rate = args.number('rate', 2 ** -16, 1);
  const margin = args.number('margin', 0, 0.5);
  if (units) config.units = units;
  if (bits) config.bits = bits;
  if (seed !== undefined) config.seed = seed;
  if (rate !== undefined) config.rate = rate;
  if (margin !== undefined) config.margin = margin;
  if (args.has('no-skip-input')) config.skipInput = false;
  if (args.has('no-self-rate')) config.selfRate = false;
  return config;
}
