// Certainty of an answer: p = softmax over labels of sharpness x score. The sharpness finds itself.
//
// Layers are added up, so alpha itself is too sharp (error of 15 bins, mean of twelve streams: 5.1 points; with exemplars 6.8), and
// alpha / layers is right for a plain learner only (1.8; 3.5). So it begins there, or below it where there are votes, and follows the gradient of
// log p(y), in its own logarithm, with new samples that are learned: the scores then are still the answer to a sample never seen (1.4; 2.0).

import { clamp, exp2Negative } from "./fixed";
import { configAlpha, configExemplars, configLayers, configPrototypes, header, nearestVotes, scores, usualCounts, votes } from "./layout";
import { LOG2_E } from "./layer";

/** A step is 1/64 of the gradient: a window of some hundred samples. The first 32 samples count for more: few labels of few samples each have no time. */
const WINDOW_SHIFT: i32 = 6;
const FIRST_SHIFT: i32 = 4;
/** One sample moves no more than 3 / 64, whatever its loss: here 3 in octaves, Q10. A wrong answer that was sure would undo a dozen right ones. */
const MOST: i32 = 3 * LOG2_E;
/** ln 2, Q10. */
const LN_2: i32 = 710;
/** The sharpness stays within where it starts divided, and alpha / layers multiplied, by this. */
const RANGE: i32 = 4;
/** Beside votes, layers begin with so many sixteenths of the sharpness and have to earn the rest, at twice the pace. */
const UNPROVEN: i32 = 3;
/** The weight of votes stays within 2^12 of where it starts, Q10. */
const WEIGHT_RANGE: i32 = 12 << 10;

/** alpha / layers, Q16. */
function whole(): i32 {
  return (configAlpha() << 8) / configLayers();
}

/** True if what labels usually are has a vote: not beside prototypes, which make samples up of nothing else (votes.ts). */
// @ts-ignore: decorator
@inline
export function hasUsualVotes(): bool {
  return usualCounts != 0 && configPrototypes() == 0;
}

/** True if anything has a vote beside the layers: that, or the nearest stored samples. */
// @ts-ignore: decorator
@inline
export function hasVotes(): bool {
  return configExemplars() != 0 || hasUsualVotes();
}

/** The sharpness starts here, Q16. */
export function firstSharpness(): i32 {
  return hasVotes() ? (whole() * UNPROVEN) >> 4 : whole();
}

/** Q16. The header has 0 until the first sample. */
export function sharpness(): i32 {
  return header.sharpness == 0 ? firstSharpness() : header.sharpness;
}

// @ts-ignore: decorator
@inline
function scoreOf(label: i32): i32 {
  return load<i32>(scores + (<usize>label << 2));
}

/** Index of the label of the greatest score; the first of equals. */
export function best(): i32 {
  let winner = 0;
  for (let c = 1; c < header.labels; c++) if (scoreOf(c) > scoreOf(winner)) winner = c;
  return winner;
}

function greatest(): i32 {
  let best = 0;
  for (let c = 0; c < header.labels; c++) best = max(best, scoreOf(c));
  return best;
}

/** sharpness x (best - score) in octaves, Q10: p falls to the half with each. */
// @ts-ignore: decorator
@inline
function octavesBehind(score: i32, best: i32, sharpness: i32): i32 {
  return <i32>min<u64>((<u64>(best - score) * ((<u64>sharpness * LOG2_E) >> 16)) >> 16, 0x7fff);
}

/** Likelihood in Q12. A label without any goodness, such as one never seen beside a memory, has none while another has some. */
// @ts-ignore: decorator
@inline
function likelihood(score: i32, best: i32, octaves: i32): i32 {
  return score == 0 && best != 0 ? 0 : <i32>(exp2Negative(<u32>octaves) + 8) >> 4;
}

/** Probability of a label in Q15, from the scores of the last `predict`; 32767 is certain. */
export function probability(label: i32): i32 {
  const best = greatest();
  const now = sharpness();
  let own = 0;
  let total = 0;
  for (let c = 0; c < header.labels; c++) {
    const each = likelihood(scoreOf(c), best, octavesBehind(scoreOf(c), best, now));
    if (c == label) own = each;
    total += each;
  }
  return total == 0 ? 0 : (own * 32767) / total;
}

/** By how much the last `sharpen` would move the weight of the nearest votes (continual/neighbours.ts), octaves in Q10. */
export let nearestTurn: i32 = 0;

/**
 * Moves the sharpness by a sample whose scores are those from before it was learned: d log p(y) / d log sharpness = sharpness x (s(y) - sum_c p(c) s(c)).
 * Beside votes s is the goodness alone, and the same of the votes moves their weight (votes.ts). A stored sample moves the weight only: layers are surer of
 * what they have rehearsed than of a new one (calibration error of nine streams: 1.9 for 2.2 points).
 */
export function sharpen(label: i32, isNew: bool): void {
  const best = greatest();
  const now = sharpness();
  const by = <i32>((<u64>now * LOG2_E) >> 16);
  const usual = hasUsualVotes();
  const voted = hasVotes();
  const own = <usize>label << 2;
  let total = 0;
  let goodness: i64 = 0; // likelihood x octaves is at most 2^27, by 256 labels
  let voting: i64 = 0;
  let neighbouring: i64 = 0;
  for (let c = 0; c < header.labels; c++) {
    const at = <usize>c << 2;
    const each = likelihood(scoreOf(c), best, octavesBehind(scoreOf(c), best, now));
    const ahead = usual ? load<i32>(votes + own) - load<i32>(votes + at) : 0;
    const nearer = isDefined(MEMORY) && nearestVotes != 0 ? load<i32>(nearestVotes + own) - load<i32>(nearestVotes + at) : 0;
    total += each;
    goodness += <i64>each * octavesOf(scoreOf(label) - scoreOf(c) - ahead - nearer, by);
    voting += <i64>each * octavesOf(ahead, by);
    if (isDefined(MEMORY)) neighbouring += <i64>each * octavesOf(nearer, by);
  }
  const shift = clamp(64 - <i32>clz(header.seen), FIRST_SHIFT, WINDOW_SHIFT);
  const move = clamp(<i32>(goodness / total), -MOST, MOST) << <i32>voted;
  if (isNew) header.sharpness = clamp(now + <i32>((<i64>now * (move * LN_2)) >> (20 + shift)), max(firstSharpness() / RANGE, 1), whole() * RANGE);
  // votes keep their own pace, whatever the sharpness does
  if (usual) header.weight = turned(<i32>header.weight, (clamp(<i32>(voting / total), -MOST, MOST) - move) >> shift);
  if (isDefined(MEMORY)) nearestTurn = (clamp(<i32>(neighbouring / total), -MOST, MOST) - move) >> shift;
}

/** The logarithm of a weight of votes, moved. */
export function turned(weight: i32, by: i32): i16 {
  return <i16>clamp(weight + by, -WEIGHT_RANGE, WEIGHT_RANGE);
}

/** sharpness x a difference of scores in octaves, Q10, within +-32. */
// @ts-ignore: decorator
@inline
function octavesOf(difference: i32, by: i32): i32 {
  return <i32>max<i64>(-0x7fff, min<i64>(0x7fff, (<i64>difference * by) >> 16));
}
