/** The simplest measures of how unusual a standardised row is. */
export type Score = (row: Float32Array) => number;

/** Squared distance from the mean, which is zero. */
export const fromMean: Score = (row) => row.reduce((sum, value) => sum + value * value, 0);

/** Squared distance from the nearest row that was learned. */
export function fromNearest(train: readonly Float32Array[]): Score {
  return (row) => {
    let nearest = Infinity;
    for (const other of train) {
      let square = 0;
      for (let i = 0; i < row.length && square < nearest; i++) square += (row[i]! - other[i]!) ** 2;
      nearest = Math.min(nearest, square);
    }
    return nearest;
  };
}

/** Added to the diagonal: columns that do not vary have no inverse. */
const RIDGE = 0.01;

/** Mahalanobis distance, squared: by the Cholesky factor of the covariance. */
export function mahalanobis(train: readonly Float32Array[]): Score {
  const n = train[0]!.length;
  const factor = new Float64Array(n * n); // [n, n], lower triangle
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? RIDGE : 0;
      for (const row of train) sum += (row[i]! * row[j]!) / train.length;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!;
    }
  }
  const solved = new Float64Array(n);
  return (row) => {
    let square = 0;
    for (let i = 0; i < n; i++) {
      let rest = row[i]!;
      for (let k = 0; k < i; k++) rest -= factor[i * n + k]! * solved[k]!;
      solved[i] = rest / factor[i * n + i]!;
      square += solved[i]! ** 2;
    }
    return square;
  };
}
