// The usual values of a label (familiar.ts) have a vote in the answer, beside the goodness of the layers: a Gaussian of its own for every label and input,
//
//   l(c) = - sum over inputs of (q^2 / 2 + ln a),  q = |x - m| / 1.25 a, at most 3.2
//
// with m and a the label's running mean and mean deviation of the input. A vote is how far l(c) lies above the worst of the labels seen. It is
// added to the scores with the weight w, which finds itself as the sharpness k does (certainty.ts), by the gradient of log p(y):
//
//   p(c) in proportion to exp k (s(c) + w l(c))
//
// So the learner answers from its first sample on, and after labels that came one after the other; where the layers know better, w falls. Only
// samples that can tell move k and w: the first sixteen of a row of one label, and of a label that was known when the row began. While one label is held
// the layers answer it rightly whatever they have forgotten.
//
// What labels usually are is what they were lately. Where all labels come under one condition, then under the next, votes do well in each, gain weight, and outvote
// layers that have rehearsed all of them (a fan over four bands of speed: 53 % for 84). So beside exemplars these tell, too, which come from all conditions: the first that
// a step draws, where it is replayed, and all of a sleep's. And the nearest of them vote beside (continual/neighbours.ts).

import { MISSING } from "./anchor";
import { isUsual, reciprocal, usualDeviation, usualLanes, usualMean } from "./familiar";
import { best, firstSharpness, hasUsualVotes, hasVotes } from "./certainty";
import { exp2, log2 } from "./fixed";
import { configInputs, header, nearestVotes, places, reciprocals, scores, usualCounts, usualSpans, votes } from "./layout";

/** q is counted up to this many mean deviations, Q6: 3.2 deviations. */
const MOST: i32 = 256;
/** Half of the squares, from mean deviations to deviations, Q12 to Q8: 0.32 / 16 in Q16. */
const HALF_SQUARE: i64 = 1311;
/** Samples in a row that can tell how much votes are worth, and a row of a label that was not known. */
const TELLING: i32 = 16;
const NEWS: u8 = 255;

/** Sum of q^2 of a label, Q12. */
function squares(label: i32): i32 {
  const means = usualMean(label, 0);
  const deviations = usualDeviation(label, 0);
  const lanes = usualLanes();
  if (ASC_FEATURE_SIMD) {
    let sum = i32x4.splat(0);
    for (let i: usize = 0; i < lanes; i += 8) {
      const place = v128.load(places + (i << 1));
      const apart = i16x8.shl(i16x8.abs(i16x8.sub(place, v128.load8x8_s(means + i))), 6);
      const at = deviations + i;
      let by = v128.load16_splat(reciprocals + (<usize>load<u8>(at) << 1));
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 1) << 1), by, 1);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 2) << 1), by, 2);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 3) << 1), by, 3);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 4) << 1), by, 4);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 5) << 1), by, 5);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 6) << 1), by, 6);
      by = v128.load16_lane(reciprocals + (<usize>load<u8>(at, 7) << 1), by, 7);
      const q = v128.andnot(i16x8.min_s(i16x8.q15mulr_sat_s(apart, by), i16x8.splat(<i16>MOST)), i16x8.eq(place, i16x8.splat(MISSING)));
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(q, q));
    }
    return i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
  } else {
    let sum = 0;
    for (let i: usize = 0; i < lanes; i++) {
      const place = <i32>load<i16>(places + (i << 1));
      if (place == MISSING) continue;
      const difference = place - <i32>load<i8>(means + i);
      const size = difference < 0 ? -difference : difference;
      const q = min((size * reciprocal(load<u8>(deviations + i)) + 256) >> 9, MOST);
      sum += q * q;
    }
    return sum;
  }
}

/** A lead over the worst vote (nats, Q8) times the weight: Q16, at most 2^27. */
// @ts-ignore: decorator
@inline
export function weighted(nats: i32, weight: i64): i32 {
  return <i32>min<i64>((<i64>nats * weight) >> 12, i32.MAX_VALUE >> 4);
}

/** Octaves in Q10 as nats in Q8, Q16. */
export const NATS: i64 = 11357;

/** The weight of votes, Q20, where k w is 2^logarithm, Q10, at the sharpness that layers start with. */
export function weightOf(logarithm: i32): i64 {
  const octaves = (36 << 10) - log2(<u32>firstSharpness()) + logarithm;
  return octaves < 0 ? 0 : <i64>exp2(min(octaves, 30 << 10));
}

/**
 * The votes on the sample in `places`, into `votes`: Q16, weighted, 0 for the worst of the labels seen and for the others. Their weight starts where k w is one over
 * the root of the inputs, which hang together: n of them say no more than root n.
 */
export function vote(): void {
  const weight = weightOf(<i32>header.weight - (log2(<u32>configInputs()) >> 1));
  let worst = 0;
  for (let c = 0; c < header.labels; c++) {
    if (!isUsual(c)) continue;
    const against = <i32>((<i64>squares(c) * HALF_SQUARE + <i64>load<i32>(usualSpans + (<usize>c << 2)) * NATS) >> 16); // Q8
    store<i32>(votes + (<usize>c << 2), against);
    worst = max(worst, against);
  }
  for (let c = 0; c < header.labels; c++) {
    const at = votes + (<usize>c << 2);
    store<i32>(at, isUsual(c) ? weighted(worst - load<i32>(at), weight) : 0);
  }
}

/** Adds the votes to the scores. There are none where the layers answer with a label of which nothing is known here: one of a fleet's model, that this device has never heard. */
export function countVotes(): void {
  if (hasUsualVotes()) {
    if (!isUsual(best())) clear(votes);
    addTo(scores, votes, 1);
  }
  if (isDefined(MEMORY) && nearestVotes != 0) addTo(scores, nearestVotes, 1);
}

/** Takes them out of it. */
export function uncountVotes(): void {
  if (hasUsualVotes()) addTo(scores, votes, -1);
  if (isDefined(MEMORY) && nearestVotes != 0) addTo(scores, nearestVotes, -1);
}

/** Sets the votes of all labels in use to 0. */
export function clear(row: usize): void {
  for (let c: usize = 0; c < <usize>header.labels << 2; c += 4) store<i32>(row + c, 0);
}

function addTo(sum: usize, row: usize, sign: i32): void {
  for (let c: usize = 0; c < <usize>header.labels << 2; c += 4) store<i32>(sum + c, load<i32>(sum + c) + sign * load<i32>(row + c));
}

/** Notes a label that comes, `known` where it came before; whether its sample can tell what a vote is worth. */
export function tells(label: i32, known: bool): bool {
  if (!hasVotes()) return true;
  if (label != <i32>header.last || header.seen == 0) {
    header.last = <u8>label;
    header.run = known ? 0 : NEWS;
  }
  if (header.run == NEWS || header.run == TELLING) return false;
  header.run++;
  return true;
}
