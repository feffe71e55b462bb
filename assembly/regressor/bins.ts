// Bins of the target stand for labels: their centres follow the quantiles (2k + 1) / 2K of the target, a target is shared by the two centres beside it,
// and the answer is the mean centre under the softmax over goodness.
//
//   c_k += e s ([t > c_k] - 1 + (2k + 1) / 2K),   e = 8 / (n + 8) after n learned, at least 0.02,   s = (c_last - c_first) / K + 1/64;  then sorted
//
// Centres have 20 fraction bits: a step of a settled one is less than 2^-12. e <= 1 in Q16 and s <= 2^25: their product has 42 bits.

import { clamp, exp2Negative } from "../fixed";
import { configAlpha, configLabels, configLayers, scores } from "../layout";
import { LOG2_E, shareTarget } from "../layer";
import { centres, interval } from "./layout";
import { TARGET_LIMIT } from "./target";

/** Bounds of e, Q16. */
const FIRST: i32 = 8 << 16;
const SLOWEST: i32 = 1311;
/** A 64th of a deviation, and 16 of them, Q20. */
const LEAST_SPREAD: i32 = 1 << 14;
const CENTRE_LIMIT: i32 = TARGET_LIMIT << 8;

// @ts-ignore: decorator
@inline
function centre(k: i32): i32 {
  return load<i32>(centres + (<usize>k << 2));
}

/** From -2 to 2 deviations. */
export function resetBins(): void {
  const count = configLabels();
  for (let k = 0; k < count; k++) store<i32>(centres + (<usize>k << 2), (2 * k + 1) * 2097152 / count - 2097152);
}

/** The bin above a target, or the last one; the one before takes its share of it. */
export function share(t: i32): i32 {
  const count = configLabels();
  let above = 0;
  const at = t << 8;
  while (above < count - 1 && centre(above) < at) above++;
  let part = 0;
  if (above != 0 && at < centre(above)) part = <i32>((<i64>(centre(above) - at) * 32767) / (centre(above) - centre(above - 1)));
  shareTarget(part);
  return above;
}

/** The mean centre, Q12, by the scores of the last pass. */
export function expected(): i32 {
  const count = configLabels();
  const sharpness = ((configAlpha() * LOG2_E) >> 8) / configLayers();
  let best = load<i32>(scores);
  for (let k = 1; k < count; k++) best = max(best, load<i32>(scores + (<usize>k << 2)));
  let sum: i64 = 0;
  let total: i64 = 0;
  for (let k = 0; k < count; k++) {
    const octaves = <u32>min<u64>((<u64>(best - load<i32>(scores + (<usize>k << 2))) * sharpness) >> 16, 0x7fff);
    const likelihood = <i64>exp2Negative(octaves);
    total += likelihood;
    sum += likelihood * centre(k);
  }
  return <i32>(sum / (total << 8));
}

export function followBins(t: i32): void {
  const count = configLabels();
  const rate = max(SLOWEST, FIRST / (interval.learned + 8));
  const spread = (centre(count - 1) - centre(0)) / count + LEAST_SPREAD;
  const step = (<i64>rate * spread) >> 16;
  for (let k = 0; k < count; k++) {
    const surplus = (t << 8 > centre(k) ? 65536 : 0) - ((2 * (count - k) - 1) << 15) / count;
    const moved = clamp(centre(k) + <i32>((step * surplus) >> 16), -CENTRE_LIMIT, CENTRE_LIMIT);
    // those before are sorted
    let at = k;
    while (at > 0 && centre(at - 1) > moved) {
      store<i32>(centres + (<usize>at << 2), centre(at - 1));
      at--;
    }
    store<i32>(centres + (<usize>at << 2), moved);
  }
}
