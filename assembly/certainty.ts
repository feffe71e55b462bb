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
/** One sample moves no more than this, Q16: a wrong answer that was sure is a dozen right ones otherwise. */
const MOST: i64 = 3 << 16;
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

/** e^(sharpness x (score - best)) in Q16. A label without any goodness, such as one never seen beside a memory, has no share while another has one. */
function share(label: i32, best: i32, octaves: u64): u32 {
  const score = scoreOf(label);
  if (score == 0 && best != 0) return 0;
  return exp2Negative(<u32>min<u64>((<u64>(best - score) * octaves) >> 16, 0x7fff));
}

/** Q10 octaves per unit of goodness. */
// @ts-ignore: decorator
@inline
function octavesOf(sharpness: i32): u64 {
  return (<u64>sharpness * LOG2_E) >> 16;
}

/** Probability of a label in Q15, from the scores of the last `predict` or `learn`; 32767 is certain. */
export function probability(label: i32): i32 {
  const best = greatest();
  const octaves = octavesOf(sharpness());
  let total: u32 = 0;
  for (let c = 0; c < header.labels; c++) total += share(c, best, octaves);
  return total == 0 ? 0 : <i32>((share(label, best, octaves) * 32767) / total);
}

/** Moves the sharpness by a sample whose scores are those from before it was learned: d log p(y) / d log sharpness = sharpness x (s(y) - sum_c p(c) s(c)). */
export function sharpen(label: i32): void {
  const now = sharpness();
  const best = greatest();
  const octaves = octavesOf(now);
  let total: u32 = 0;
  let behind: u64 = 0; // of all labels, each by its share; at most 2^8 x 2^16 x 2^29
  for (let c = 0; c < header.labels; c++) {
    const each = share(c, best, octaves);
    total += each;
    behind += <u64>each * <u64>(best - scoreOf(c));
  }
  const gain = <i64>(behind / total) - (best - scoreOf(label)); // Q16
  const move = max(-MOST, min(MOST, (now * gain) >> 16));
  const shift = clamp(64 - <i32>clz(header.seen), FIRST_SHIFT, WINDOW_SHIFT);
  const middle = start();
  header.sharpness = clamp(now + <i32>((now * move) >> (16 + shift)), max(middle / RANGE, 1), middle * RANGE);
}
