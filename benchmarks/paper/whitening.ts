/** A symmetric whitening of vectors: (covariance + ridge)^-1/2, in float64. */
export class Whitening {
  readonly mean: Float64Array;
  /** [size, size] */
  readonly factor: readonly Float64Array[];

  /** @param ridge added to the diagonal, in mean variances: narrow directions, which are mostly noise, are not blown up */
  constructor(vectors: readonly Float64Array[], ridge: number) {
    const size = vectors[0]!.length;
    this.mean = new Float64Array(size);
    for (const vector of vectors) for (let i = 0; i < size; i++) this.mean[i]! += vector[i]! / vectors.length;
    const covariance = Array.from({ length: size }, () => new Float64Array(size));
    for (const vector of vectors) {
      for (let i = 0; i < size; i++) {
        const own = (vector[i]! - this.mean[i]!) / vectors.length;
        for (let j = 0; j < size; j++) covariance[i]![j]! += own * (vector[j]! - this.mean[j]!);
      }
    }
    const trace = covariance.reduce((sum, row, i) => sum + row[i]!, 0);
    covariance.forEach((row, i) => (row[i]! += (ridge * trace) / size));
    this.factor = inverseRoot(covariance);
  }

  /** Writes the whitened vector, scaled to length 1. */
  apply(vector: Float64Array, into: Float64Array): void {
    let square = 0;
    for (let i = 0; i < vector.length; i++) {
      const row = this.factor[i]!;
      let sum = 0;
      for (let j = 0; j < vector.length; j++) sum += row[j]! * (vector[j]! - this.mean[j]!);
      into[i] = sum;
      square += sum * sum;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < into.length; i++) into[i]! *= scale;
  }
}

/** A^-1/2 of a positive definite matrix, by the coupled iteration of Newton and Schulz. */
function inverseRoot(matrix: readonly Float64Array[]): Float64Array[] {
  const norm = Math.sqrt(matrix.reduce((sum, row) => sum + row.reduce((part, value) => part + value * value, 0), 0));
  let root: Float64Array[] = matrix.map((row) => row.map((value) => value / norm));
  let inverse: Float64Array[] = matrix.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  for (let step = 0; step < 30; step++) {
    const correction = product(inverse, root).map((row, i) => row.map((value, j) => ((i === j ? 3 : 0) - value) / 2));
    root = product(root, correction);
    inverse = product(correction, inverse);
  }
  return inverse.map((row) => row.map((value) => value / Math.sqrt(norm)));
}

function product(a: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] {
  return a.map((row) => {
    const into = new Float64Array(row.length);
    row.forEach((value, k) => b[k]!.forEach((other, j) => (into[j]! += value * other)));
    return into;
  });
}
