import { describe } from './config-values.js';

/**
 * A sample into a core's memory, rounded to binary32.
 * @param name of the parameter in messages, @param taker what takes it: `learner`, `network`
 * @throws TypeError, RangeError: not an array of numbers, another length
 */
export function fill(into: Float32Array, x: ArrayLike<number>, taker: string, name = 'x'): void {
  if (typeof x !== 'object' || x === null || typeof x.length !== 'number') {
    throw new TypeError(`${name}: expected an array of ${into.length} numbers, got ${describe(x)}`);
  }
  if (x.length !== into.length) throw new RangeError(`${name}: ${x.length} values; this ${taker} takes ${into.length}`);
  if (!ArrayBuffer.isView(x)) {
    for (let i = 0; i < x.length; i++) {
      if (typeof x[i] !== 'number') throw new TypeError(`${name}[${i}]: expected a number, got ${describe(x[i])}; NaN stands for a missing value`);
    }
  }
  into.set(x);
}

/** How many rows of `inputs` values there are. @throws TypeError, RangeError */
export function rowsOf(name: string, xs: Float32Array, inputs: number): number {
  if (!(xs instanceof Float32Array)) throw new TypeError(`${name}: expected a Float32Array of rows, got ${describe(xs)}`);
  if (xs.length % inputs !== 0) throw new RangeError(`${name}: ${xs.length} values; expected rows of ${inputs}`);
  return xs.length / inputs;
}

/** Rows with a label each. @param labels indices, @param count of labels that there are. @throws TypeError, RangeError */
export function labelledRows(xs: Float32Array, labels: ArrayLike<number>, inputs: number, count: number): number {
  const rows = rowsOf('xs', xs, inputs);
  if (labels.length !== rows) throw new RangeError(`labels: ${labels.length} for ${rows} rows of xs; expected one a row`);
  for (let row = 0; row < rows; row++) {
    const index = labels[row]!;
    if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError(`labels[${row}]: got ${describe(index)}; expected an index, 0 to ${count - 1}`);
  }
  return rows;
}
