/** Holds the options against a stored learner: options that ask for another learner are a mistake, not a wish. */
import type { Learner, LearnerInput, LearnerWishes, WindowShape } from '../host/index.js';
import { UsageError, type Arguments } from './arguments.js';
import { learnerConfig } from './learner-options.js';
import type { ModelNote } from './model-note.js';

/** Labels there is room for where neither they nor their number are given: 4 kB of gates on 64-64 units. */
export const LABEL_CAPACITY = 32;
/** Axes of a window, and inputs without one. */
const MOST_AXES = 64;
const MOST_INPUTS = 4096;

/** The names in `--labels`; undefined where it is not given. */
export function labelsOf(args: Arguments): string[] | undefined {
  const labels = args.text('labels')?.split(',').map((label) => label.trim());
  if (labels?.includes('')) throw new UsageError('--labels: an empty name stands between commas; a label needs one');
  if (labels && new Set(labels).size < labels.length) throw new UsageError('--labels: a name stands there twice');
  return labels;
}

/** The same where others are refused: `--label-capacity` would leave room for them. */
export function onlyLabels(args: Arguments): readonly string[] | undefined {
  return args.has('label-capacity') ? undefined : labelsOf(args);
}

/** Throws where a label is none of `only` and none that the learner has. */
export function checkAllowed(label: string, only: readonly string[] | undefined, { labels }: Learner): void {
  if (only === undefined || only.includes(label) || labels.includes(label)) return;
  throw new RangeError(`label: '${label.slice(0, 80)}' is none of --labels ${only.slice(0, 20).join(',')}; with --label-capacity there would be room for others`);
}

/** Configuration that the options ask for, while the samples may still be unknown. */
export type WantedConfig = LearnerWishes & { labels: readonly string[]; inputs?: number; window?: WindowShape };

export function wantedConfig(args: Arguments): WantedConfig {
  const labels = labelsOf(args) ?? [];
  const fields = args.text('fields')?.split(',');
  const inputs = args.whole('inputs', 1, MOST_INPUTS) ?? fields?.length;
  if (fields && inputs !== fields.length) throw new UsageError(`--inputs ${inputs} does not fit the ${fields.length} names in --fields; leave it out`);
  const capacity = args.whole('label-capacity', 2, 256) ?? (labels.length > 0 ? Math.max(2, labels.length) : LABEL_CAPACITY);
  if (labels.length > capacity) throw new UsageError(`--label-capacity ${capacity} is less than the ${labels.length} names in --labels`);
  return { ...learnerConfig(args), labels, labelCapacity: capacity, ...(inputs === undefined ? {} : shapeOf(inputs, args.whole('window', 8, 256))) };
}

export function shapeOf(inputs: number, samples: number | undefined): LearnerInput {
  if (samples !== undefined && inputs > MOST_AXES) throw new UsageError(`--window: ${inputs} values in a sample, at most ${MOST_AXES} can be axes`);
  return samples === undefined ? { inputs } : { window: { axes: inputs, samples } };
}

/** Values that a sample of the source may have. */
export function mostInputs(samples: number | undefined): number {
  return samples === undefined ? MOST_INPUTS : MOST_AXES;
}

/**
 * @param other how another learner is come by, for messages
 * @throws UsageError for an option that the stored learner contradicts
 */
export function checkSame({ config, labels }: Learner, { labels: wantedLabels, labelCapacity, ...wanted }: WantedConfig, args: Arguments, other = 'give another --store'): void {
  const window = args.whole('window', 8, 256);
  if (window !== undefined && window !== config.window?.samples) throw new UsageError(`the stored learner has ${config.window ? `windows of ${config.window.samples}` : 'no windows'}, not --window ${window}: leave the option out, or ${other}`);
  if (config.window && wanted.inputs !== undefined) wanted = { ...wanted, inputs: config.inputs, window: { ...config.window, axes: wanted.inputs } };
  const asked = args.has('label-capacity') ? { ...wanted, labelCapacity } : wanted;
  for (const [name, value] of Object.entries(asked)) {
    const stored = config[name as keyof typeof config];
    const same = typeof value === 'number' && typeof stored === 'number' ? Math.abs(value - stored) < 1e-9 : JSON.stringify(value) === JSON.stringify(stored);
    if (!same) throw new UsageError(`the stored learner has ${name} ${JSON.stringify(stored)}, not ${JSON.stringify(value)}: leave the option out, or ${other}`);
  }
  const missing = wantedLabels.filter((label) => !labels.includes(label));
  if (labels.length + missing.length > config.labelCapacity) throw new UsageError(`the stored learner has labels ${labels.join(', ')} and no room for ${missing.join(', ')}: ${other}`);
}

/**
 * Holds the options about samples against the stored learner's note.
 * @param kind for messages
 * @throws UsageError for options that contradict it
 * @returns what is allowed and worth a line
 */
export function checkShape({ form, fields, label }: ModelNote, args: Arguments, kind: 'learner' | 'detector' = 'learner'): string[] {
  const asked = args.text('fields');
  const named = args.text('label');
  const other = `leave the option out, or take another ${kind}`;
  if (asked !== undefined && form === 'x') throw new UsageError(`the stored ${kind} was taught arrays ("x"), not --fields ${asked}: ${other}`);
  if (asked !== undefined && fields && asked !== fields.join(',')) throw new UsageError(`the stored ${kind} has the fields ${fields.join(',')}: ${other}`);
  if (named !== undefined && fields?.includes(named)) throw new UsageError(`the stored ${kind} has --label ${named} as an input: ${other}`);
  const dropped = args.text('drop')?.split(',').find((name) => fields?.includes(name));
  if (dropped !== undefined) throw new UsageError(`the stored ${kind} has --drop ${dropped} as an input: ${other}`);
  return named !== undefined && label !== undefined && named !== label ? [`the label was ${label} before, and is ${named} now`] : [];
}
