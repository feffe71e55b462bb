/** All cells, and what one of them comes to for one seed. */
import { createLearner } from '../../host/index.js';
import type { Cell } from './cell.js';
import { COLUMNS, onward, type Column, type Options } from './onward.js';
import { drift } from './regimes/drift.js';
import { gestures } from './regimes/gestures.js';
import { labels } from './regimes/labels.js';
import { shapes } from './regimes/shapes.js';
import { unfamiliar } from './regimes/strange.js';
import { teaching } from './regimes/teaching.js';
import { values } from './regimes/values.js';
import { RIVALS } from './rivals/all.js';
import { walk, type Script } from './script.js';

export const CELLS: readonly Cell[] = [...teaching, ...labels, ...gestures, ...values, ...drift, ...shapes, ...unfamiliar];

/** The columns, and one more with these options. */
export function columnsWith(extra: Options | undefined): readonly Column[] {
  return extra === undefined ? COLUMNS : [...COLUMNS, { name: JSON.stringify(extra), options: extra }];
}

export interface Measured {
  figure: number; // %
  bytes: number;
}

/** By the name of the column or rival; null where a rival is not run at such a size. */
export interface Outcome {
  inputs: number; // features, where samples are windows
  labels: number;
  own: Record<string, Measured>;
  rivals: Record<string, Measured | null>;
}

export async function measure(cell: Cell, seed: number, quick: boolean, columns = COLUMNS, rivals = RIVALS): Promise<Outcome> {
  const script = await cell.script(seed, quick);
  const features = await withFeatures(script);
  const outcome: Outcome = { inputs: features.inputs, labels: script.labels, own: {}, rivals: {} };
  for (const column of columns) {
    const contestant = await onward(script, seed, column);
    outcome.own[column.name] = { figure: walk(script, contestant), bytes: contestant.bytes() };
  }
  for (const { name, make } of rivals) {
    const contestant = make(features.inputs, script.labels, seed);
    const isAsked = contestant !== undefined && (script.figure !== 'found at 2 % lost' || contestant.strangeness !== undefined);
    outcome.rivals[name] = !isAsked ? null : { figure: walk(features, contestant), bytes: contestant.bytes() };
  }
  return outcome;
}

/** What the rivals walk through: the product's own features in place of raw windows. */
async function withFeatures(script: Script): Promise<Script> {
  const { window, steps } = script;
  if (window === undefined) return script;
  using extractor = await createLearner({ window, labels: ['a', 'b'] });
  const inputs = extractor.config.inputs;
  const made = Array.from(steps, (step) => (step.does === 'idle' ? step : { ...step, x: extractor.features(step.x) }));
  return { ...script, inputs, window: undefined, steps: made };
}
