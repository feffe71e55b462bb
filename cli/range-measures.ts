/**
 * How well scores tell faults that last: VUS-PR (Paparrizos and others, "Volume under the surface", 2022; as TSB-AD computes it) and F1 of rows in alarm, each
 * row for itself: no fault counts as found whole because of one row in it (no point adjustment).
 */

/** Thresholds that a curve is made of. */
const THRESHOLDS = 250;
/** Widest buffer around a fault, in rows: early or late by up to half of it still counts for something. */
export const WIDEST = 100;

export interface RangeMeasures {
  /** Area under precision over recall, mean over buffers of 0 to 100 rows. About the share of faulty rows for scores at random, 1 for perfect ones. */
  vusPr: number;
  f1: number;
  precision: number;
  recall: number;
}

/** @param truth 1 in a fault @throws RangeError where no row, or every row, is one */
export function rangeMeasures(truth: ArrayLike<number>, scores: ArrayLike<number>, alarms: ArrayLike<number>): RangeMeasures {
  const faults = faultsOf(truth);
  const faulty = faults.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (faulty === 0 || faulty === truth.length) throw new RangeError(`${faulty} of ${truth.length} rows are faults: there is nothing to tell apart`);
  let [found, given] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (!alarms[i]) continue;
    given++;
    if (truth[i]) found++;
  }
  const [precision, recall] = [given === 0 ? 0 : found / given, found / faulty];
  let volume = 0;
  const order = Array.from({ length: truth.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  for (let width = 0; width <= WIDEST; width++) volume += areaWith(width, truth, faults, faulty, scores, order);
  return { vusPr: volume / (WIDEST + 1), f1: found === 0 ? 0 : (2 * precision * recall) / (precision + recall), precision, recall };
}

/** First and last row of each. */
function faultsOf(truth: ArrayLike<number>): [first: number, last: number][] {
  const faults: [number, number][] = [];
  for (let i = 0; i < truth.length; i++) {
    if (!truth[i]) continue;
    if (i > 0 && truth[i - 1]) faults.at(-1)![1] = i;
    else faults.push([i, i]);
  }
  return faults;
}

/** Precision over recall with a buffer of `width` rows, half of it on each side, in which a label falls from 1 to the root of a half. */
function areaWith(width: number, truth: ArrayLike<number>, faults: readonly (readonly [number, number])[], faulty: number, scores: ArrayLike<number>, order: readonly number[]): number {
  const rows = truth.length;
  const half = Math.floor(width / 2);
  const label = Float64Array.from({ length: rows }, (_, i) => (truth[i] ? 1 : 0));
  const fault = new Int32Array(rows).fill(-1); // which it belongs to, buffers that touch being one
  let count = 0;
  let reach = -1;
  for (const [first, last] of faults) {
    if (count === 0 || first - half > reach) count++;
    reach = Math.min(last + half, rows - 1);
    for (let i = Math.max(first - half, 0); i <= reach; i++) {
      fault[i] = count - 1;
      const away = i < first ? first - i : i - last;
      if (away > 0) label[i] = Math.min(1, label[i]! + Math.sqrt(1 - away / width));
    }
  }
  const seen = new Uint8Array(count);
  let [hits, around, told, next, before, area] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < THRESHOLDS; k++) {
    const limit = scores[order[Math.floor((k * (rows - 1)) / (THRESHOLDS - 1))]!]!;
    for (; next < rows && scores[order[next]!]! >= limit; next++) {
      const i = order[next]!;
      hits += label[i]!;
      if (!truth[i]) around += label[i]!;
      if (fault[i]! >= 0 && seen[fault[i]!] === 0) {
        seen[fault[i]!] = 1;
        told++;
      }
    }
    const recall = Math.min(hits / (faulty + around / 2), 1) * (told / count);
    area += (recall - before) * (hits / next);
    before = recall;
  }
  return area;
}
