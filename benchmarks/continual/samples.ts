/** Labelled samples that are looked up one at a time, so that MNIST need not lie in memory as floats. */
export interface Samples {
  readonly length: number;
  /** Sample k, [inputs]; the array may be reused by the next call. */
  x(k: number): Float32Array;
  /** Index of its label. */
  y(k: number): number;
}

/** Those of the samples that `indices` names, in that order. */
export function select(samples: Samples, indices: readonly number[]): Samples {
  return { length: indices.length, x: (k) => samples.x(indices[k]), y: (k) => samples.y(indices[k]) };
}

export function fromArrays(xs: readonly ArrayLike<number>[], ys: readonly number[]): Samples {
  const rows = xs.map((x) => Float32Array.from(x));
  return { length: rows.length, x: (k) => rows[k], y: (k) => ys[k] };
}

/** Indices of all samples, label by label. */
export function byLabel(samples: Samples, labels: number): number[][] {
  const groups: number[][] = Array.from({ length: labels }, () => []);
  for (let k = 0; k < samples.length; k++) groups[samples.y(k)].push(k);
  return groups;
}
