/** Note of a model about its own samples: JSON in the note of its snapshot (FORMAT.md). */
import { findColumn } from '../host/sources/column-names.js';
import type { CsvFile, CsvOptions, Input, Layout } from '../host/sources/csv.js';
import { resolveSoundWindow, type SoundWindow } from '../host/sound/window.js';
import type { Sample } from '../host/sources/sample.js';
import { splitUnit } from '../host/sources/units.js';
import { isInput, isLayout } from './known-layout.js';
import type { Place } from './sources/growing-file.js';
import type { Shape } from './sources/source.js';

/** How far a learner had come in its source; a part of the note in its snapshot. */
export interface Progress {
  /** Samples predicted. */
  samples: number;
  /** Of a followed file. */
  place?: Place;
  /** Of a file that is read once: which one, and its rows that were read. */
  file?: FileProgress;
}

export interface FileProgress {
  path: string;
  /** Bytes of the whole file: another size is another file. */
  bytes: number;
  rows: number;
  /** True if it was read to its end. */
  whole: boolean;
}

export interface ModelNote extends Shape {
  /** Of pictures of the page's camera: points a side. */
  picture?: { side: number };
  progress?: Progress;
  /** Of a regressor: the column that it predicts, and how many rows ahead. */
  target?: string;
  ahead?: number;
  /** How the reader of tables makes a number of that column's cells. */
  targetInput?: Input;
}

/** {} where there is none, or where it is somebody else's. */
export function noteOf(text: string): ModelNote {
  let value: unknown;
  try {
    value = JSON.parse(text || '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const { form, fields, columns, units, label, time, layout, sound, picture, progress, target, ahead, targetInput } = value as Record<keyof ModelNote, unknown>;
  return {
    ...(form === 'x' || form === 'fields' || form === 'table' ? { form } : {}),
    ...(isNames(fields) ? { fields } : {}),
    ...(isNames(columns) ? { columns } : {}),
    ...(isNames(units) ? { units } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof time === 'string' ? { time } : {}),
    ...(isLayout(layout) ? { layout } : {}),
    ...(isSoundWindow(sound) ? { sound: resolveSoundWindow(sound) } : {}),
    ...(isPicture(picture) ? { picture: { side: picture.side } } : {}),
    ...(typeof target === 'string' ? { target } : {}),
    ...(typeof ahead === 'number' ? { ahead } : {}),
    ...(isLayout(layout) && isInput(targetInput, layout) ? { targetInput } : {}),
    ...(typeof progress === 'object' && progress !== null && typeof (progress as Progress).samples === 'number' ? { progress: progress as Progress } : {}),
  };
}

export function noteText(note: ModelNote): string {
  return JSON.stringify(note);
}

/** Note of a model that was taught a table. */
export function tableShape({ names, labelName, layout }: CsvFile): Shape {
  return { form: 'table', fields: names, ...unitsOf(layout), ...(labelName === '' ? {} : { label: labelName }), layout };
}

/** The units of the inputs; {} where none is known. */
export function unitsOf({ inputs }: Layout): { units?: readonly string[] } {
  return inputs.some(({ unit }) => unit !== undefined) ? { units: inputs.map(({ unit }) => unit ?? '') } : {};
}

/** Names with their units behind them, where the name does not say it. */
export function withUnits({ fields = [], units }: ModelNote): string[] {
  return fields.map((name, i) => (units?.[i] && splitUnit(name).unit === '' ? `${name} (${units[i]})` : name));
}

/** Samples from one to the one that its number comes with, 0: they come together. A note that says what cannot be of this regressor, or nothing, leaves it to the horizon. */
export function aheadOf({ ahead }: ModelNote, { horizon }: { readonly horizon: number }): number {
  return Number.isInteger(ahead) && ahead! >= 0 && Math.max(1, ahead!) === horizon ? ahead! : horizon > 1 ? horizon : 0;
}

/** The shape of a regressor's table, of which the target is the last column. */
export function withTarget({ target, targetInput, ...shape }: ModelNote): Shape {
  const { fields, layout } = shape;
  if (target === undefined || fields === undefined) return shape;
  return { ...shape, fields: [...fields, target], ...(layout && targetInput ? { layout: { ...layout, inputs: [...layout.inputs, targetInput] } } : {}) };
}

/** True if a command line means the column that a regressor predicts: by its name, or by its number in the table that was learned. One that a program saved may not say it. */
export function isTarget(wanted: string, { target, targetInput, layout }: ModelNote): boolean {
  if (target === undefined || wanted === target) return true;
  if (targetInput === undefined || layout === undefined) return false;
  try {
    return findColumn(wanted, layout.names, layout.width) === targetInput.column;
  } catch {
    return false; // no column at all
  }
}

/** Note of a regressor about its samples: of a table the target stands apart. */
export function withoutTarget({ units: _, label: __, ...shape }: Shape, target: string): ModelNote {
  const { layout } = shape;
  const fields = shape.fields && { fields: shape.fields.filter((name) => name !== target) };
  const input = layout?.inputs.find(({ name }) => name === target);
  if (layout === undefined || input === undefined) return { ...shape, ...fields };
  const inputs = layout.inputs.filter((each) => each !== input);
  return { ...shape, ...fields, ...unitsOf({ ...layout, inputs }), layout: { ...layout, inputs }, targetInput: input };
}

/** So that another file is read as that one was; nothing where the model was taught no table. */
export function likeOf({ layout }: Shape = {}): Pick<CsvOptions, 'like'> {
  return layout === undefined ? {} : { like: { ...layout, layout } as unknown as CsvFile };
}

/** A table's rows with the model's fields in the model's order, whatever the order of the columns and whatever stands beside them. */
export function inOrder(file: CsvFile, { form, fields, layout }: Shape = {}): AsyncIterable<Sample> {
  if (layout !== undefined || fields === undefined || form === 'x') return file;
  const columns = fields.map((name) => file.names.indexOf(name));
  const gone = fields.filter((_, i) => columns[i]! < 0);
  if (gone.length > 0) throw new Error(`the model's ${gone.length > 1 ? 'fields' : 'field'} ${gone.slice(0, 10).join(', ')} ${gone.length > 1 ? 'are' : 'is'} no input column; there are ${file.names.slice(0, 20).join(', ')}${file.labelName === '' ? '' : `, and ${file.labelName} as the label`}`);
  if (columns.every((column, i) => column === i) && file.inputs === fields.length) return file;
  return {
    async *[Symbol.asyncIterator]() {
      for await (const sample of file) yield { ...sample, x: Float64Array.from(columns, (column) => sample.x[column]!) };
    },
  };
}

function isSoundWindow(value: unknown): value is SoundWindow {
  try {
    resolveSoundWindow(value as SoundWindow);
    return true;
  } catch {
    return false; // somebody else's, or of a newer version
  }
}

function isPicture(value: unknown): value is { side: number } {
  const side = (value as { side?: unknown } | null | undefined)?.side;
  return Number.isInteger(side) && (side as number) > 0;
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
