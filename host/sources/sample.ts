/** One input vector, with its label where there is one. Missing values are NaN. */
export interface Sample {
  /** `inputs` values, or one flattened window (t-major: all axes of the first moment, then the next). */
  x: ArrayLike<number>;
  /** The label. Absent: the sample is predicted and adapted to, not scored and not learned. */
  y?: string;
  /** When the sample was taken, in whatever unit the stream uses. */
  t?: number;
  /** Name of the sample, by which its label may come later. */
  id?: string | number;
  /** The group that the sample belongs to: a session, a device, a task. */
  group?: unknown;
}

/** The labels of a learner that was made elsewhere: a sample with another one is refused. */
export interface KnownLabels {
  /** All of them; a sample with another one is refused. */
  names: readonly string[];
  /** Their owner, for messages: `the fleet's`. */
  whose: string;
}

/** @throws where the label is none of them. `where` is what the message calls the sample: `line 7` */
export function checkLabel(label: string | undefined, { names, whose }: KnownLabels, where: string): void {
  if (label === undefined || names.includes(label)) return;
  throw new Error(`${where}: label '${label.slice(0, 80)}' is none of ${whose}: ${names.slice(0, 20).join(', ')}${names.length > 20 ? `, ... (${names.length})` : ''}`);
}

export { textOf, type RawSource } from './text.js';
