/** Ranks over streams, and how far apart mean ranks must lie to be no chance: Demšar, Statistical comparisons of classifiers over multiple data sets, 2006. */

/** q of the Nemenyi test at 0.05 for 2, 3, ... learners (Demšar's table 5, continued). */
const Q = [1.96, 2.344, 2.569, 2.728, 2.85, 2.948, 3.031, 3.102, 3.164, 3.219, 3.268, 3.313, 3.354, 3.391, 3.426];

/** Rank of each value, 1 for the greatest; of equals the mean. NaN has none. */
export function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => (Number.isNaN(value) ? NaN : 1 + values.filter((other) => other > value).length + (values.filter((other) => other === value).length - 1) / 2));
}

/** Mean rank of each learner over the streams where it has one; `accuracies` [streams, learners]. */
export function meanRanks(accuracies: readonly (readonly number[])[]): number[] {
  const ranks = accuracies.map(ranksOf);
  return accuracies[0].map((_, k) => {
    const own = ranks.map((row) => row[k]).filter((rank) => !Number.isNaN(rank));
    return own.reduce((sum, rank) => sum + rank, 0) / own.length;
  });
}

/** Two of `learners` whose mean ranks over `streams` lie at least so far apart differ at 0.05. */
export function criticalDifference(learners: number, streams: number): number {
  if (!(learners - 2 in Q)) throw new RangeError(`learners: ${learners}, expected 2 to ${Q.length + 1}`);
  return Q[learners - 2] * Math.sqrt((learners * (learners + 1)) / (6 * streams));
}

/** The longest rows of learners, best first, whose ends lie less than `distance` apart: from and to, as indices of the sorted ranks. */
export function groups(sorted: readonly number[], distance: number): [number, number][] {
  const all = sorted.map((rank, from): [number, number] => [from, sorted.findLastIndex((other) => other - rank < distance)]);
  return all.filter(([from, to], i) => to > from && (i === 0 || to > all[i - 1][1]));
}
