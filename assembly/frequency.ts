// Counts of how often each label has been learned, and the handicap that a rare one gets in the softmax while learning.
//
// A label that is one in a hundred is hardly ever learned: all that it takes from the others it has to give back ninety-nine times. While learning,
// p(c) is in proportion to w(c) exp(alpha g(c)), and w falls with the 3/4th power of the label's share beyond a fourth of the most frequent label's:
// its own samples are then surprising for longer, and are learned until it wins without the handicap, which prediction does not know.
// (Balanced accuracy of one label against all others at 1 in 100, mean of twenty: 70.2 to 79.0 % for 0.55 points of accuracy. From the first sample
// on, without that fourth, the square root gives 79.2 for 0.67; and streams whose labels come in runs lose 0.2: counts of few runs are no frequencies.)

import { log2 } from "./fixed";
import { frequencies, handicaps, header } from "./layout";
import { setHandicaps } from "./layer";

/** All counts are halved when one comes to this: runs of a label must not look like frequencies, so they are halved rarely. */
const FULL: u32 = 1 << 14;
/** Added to every count: few samples say little about a frequency. */
const UNSURE: u32 = 16;
/** Handicaps begin where a label is this many times rarer than the most frequent, as a power of two. */
const EVEN: i32 = 2;

// @ts-ignore: decorator
@inline
function countOf(label: i32): u32 {
  return <u32>load<u16>(frequencies + (<usize>label << 1));
}

// @ts-ignore: decorator
@inline
function setCount(label: i32, count: u32): void {
  store<u16>(frequencies + (<usize>label << 1), <u16>count);
}

/** Counts a sample of `label`, and lays out what every label is behind in the softmax of this step. A label never learned is not behind. */
export function weighLabels(label: i32): void {
  const labels = header.labels;
  const own = countOf(label) + 1;
  setCount(label, own);
  if (own == FULL) {
    for (let c = 0; c < labels; c++) setCount(c, countOf(c) >> 1);
  }
  let most: u32 = 0;
  for (let c = 0; c < labels; c++) most = max(most, countOf(c));
  most += UNSURE;
  const top = log2(most) - (EVEN << 10);
  for (let c = 0; c < labels; c++) {
    const count = countOf(c);
    const isRare = count != 0 && (count + UNSURE) << EVEN < most;
    const behind = isRare ? (3 * (top - log2(count + UNSURE))) >> 2 : 0;
    store<i16>(handicaps + (<usize>c << 1), <i16>behind);
  }
  setHandicaps(handicaps);
}

/** The count of label `last` becomes that of `label`; a free column has none. */
export function moveCount(last: i32, label: i32): void {
  setCount(label, countOf(last));
  setCount(last, 0);
}
