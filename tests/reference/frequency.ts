// How often each label has been learned, and how far a rare one is behind in the learning softmax.

import { greatest, log2, quotient } from './arithmetic.js';

const FULL = 16384; // all counts are halved when one comes to this
const UNSURE = 16; // added to every count
const EVEN = 4; // a label may be this many times rarer than the most frequent without being behind

/** Counts a sample of y among labels in use; octaves behind (Q10): 3/4 log2(most / (4 count)), 0 where that is negative or the label was never learned. */
export function weighLabels(counts: number[], y: number, labels: number): number[] {
  counts[y]++;
  if (counts[y] === FULL) for (let c = 0; c < labels; c++) counts[c] = quotient(counts[c], 2);
  const used = counts.slice(0, labels);
  const most = greatest(used) + UNSURE;
  return used.map((count) => {
    const isRare = count > 0 && (count + UNSURE) * EVEN < most;
    return isRare ? quotient(3 * (log2(most) - log2((count + UNSURE) * EVEN)), 4) : 0;
  });
}
