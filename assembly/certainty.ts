// How sure an answer is: p = softmax over labels of sharpness x score. The sharpness finds itself.
//
// Layers are added up, so alpha itself is too sharp (error of 15 bins, mean of twelve streams: 5.1 points; with exemplars 6.8), and
// alpha / layers is right for a plain learner only (1.8; 3.5). So it begins there and follows the gradient of log p(y), in its own
// logarithm, with every new sample that is learned: the scores then are still the answer to a sample never seen (1.4; 2.0).

import { clamp, exp2Negative } from "./fixed";
import { configAlpha, configLayers, header, scores } from "./layout";
import { LOG2_E } from "./layer";

/** A step is 1/64 of the gradient: a window of some hundred samples. The first 32 samples count for more: few labels of few samples each have no time. */
const WINDOW_SHIFT: i32 = 6;
const FIRST_SHIFT: i32 = 4;
/** One sample moves no more than 3 / 64, whatever its loss: here 3 in octaves, Q10. A wrong answer that was sure would undo a dozen right ones. */
const MOST: i32 = 3 * LOG2_E;
/** ln 2, Q10. */
const LN_2: i32 = 710;
/** The sharpness stays within alpha / layers divided and multiplied by this. */
const RANGE: i32 = 4;

/** alpha / layers, Q16. */
function start(): i32 {
  return (configAlpha() << 8) / configLayers();
}

/** Q16. The header has 0 until the first sample. */
export function sharpness(): i32 {
  return header.sharpness == 0 ? start() : header.sharpness;
}

// @ts-ignore: decorator
@inline
function scoreOf(label: i32): i32 {
  return load<i32>(scores + (<usize>label << 2));
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

/** Moves the sharpness by a sample whose scores are those from before it was learned: d log p(y) / d log sharpness = sharpness x (s(y) - sum_c p(c) s(c)). */
export function sharpen(label: i32): void {
  const best = greatest();
  const now = sharpness();
  let own = 0;
  let total = 0;
  let sum = 0; // likelihood x octaves is at most 2.3e6, by 256 labels
  for (let c = 0; c < header.labels; c++) {
    const octaves = octavesBehind(scoreOf(c), best, now);
    const each = likelihood(scoreOf(c), best, octaves);
    if (c == label) own = octaves;
    total += each;
    sum += each * octaves;
  }
  const move = clamp(sum / total - own, -MOST, MOST);
  const shift = clamp(64 - <i32>clz(header.seen), FIRST_SHIFT, WINDOW_SHIFT);
  const middle = start();
  header.sharpness = clamp(now + <i32>((<i64>now * (move * LN_2)) >> (20 + shift)), max(middle / RANGE, 1), middle * RANGE);
}
