// A surprise net: one label-gated layer (docs/how-it-learns.md) whose labels are bins of what comes next. The context is 12 wide, so that rows as in
// the classifier's kernels, with lanes and padding, would be mostly padding.
//
// Overflow. Activities are within 8191, 13 bits: 64 squares fit a u32. |e(c)| sums to at most 2 in Q15, so a pull is below 2^29.

import { clamp, exp2Negative } from "../fixed";
import { BINS, CONTEXT, activity, configAlpha, configRate, configUnits, inputs, likelihood, octaves, pull, weightBytes } from "./layout";
import { log2 } from "./levels";
import { GOLDEN, gaussian, random } from "./random";
import { draw, sense, update } from "./rows";

/** Activities saturate at 32.0 in Q8. */
const LIMIT: i32 = 8191;
/** log2(e) in Q10. */
export const LOG2_E: i32 = 1477;
/** Gates learn this much slower than weights (docs/how-it-learns.md). */
const GATE_DIVISOR: i32 = 20;
export const MIDDLE: i32 = 6;

// @ts-ignore: decorator
@inline
function pullLimited(sum: i64): i32 {
  return <i32>max<i64>(min<i64>((sum + 0x1000) >> 13, 32767), -32767);
}

/** Weights N(0, 1/n), gates N(0, 1). */
export function drawGated(net: usize): void {
  draw(net, CONTEXT);
  const gates = net + weightBytes;
  for (let i = 0; i < BINS * configUnits(); i++) store<i16>(gates + (<usize>i << 1), <i16>(gaussian() >> 5));
}

// @ts-ignore: decorator
@inline
function active(unit: i32, gate: i32): i32 {
  return clamp(load<i32>(activity + (<usize>unit << 2)) + gate, 0, LIMIT);
}

/** -log2 of e^(alpha (g(c) - max g)) for every bin, Q10: how far it is behind. */
export function senseGated(net: usize): void {
  sense(net, inputs, CONTEXT, LIMIT);
  const units = configUnits();
  let gate = net + weightBytes;
  let best = 0;
  for (let c = 0; c < BINS; c++) {
    let sum: u32 = 0;
    for (let j = 0; j < units; j++) {
      const h = active(j, <i32>load<i16>(gate));
      sum += <u32>(h * h);
      gate += 2;
    }
    const goodness = <i32>(sum / <u32>units); // Q16
    store<i32>(octaves + (<usize>c << 2), goodness);
    best = max(best, goodness);
  }
  const sharpness = <i64>((configAlpha() * LOG2_E) >> 8);
  for (let c = 0; c < BINS; c++) {
    const at = octaves + (<usize>c << 2);
    store<i32>(at, <i32>min<i64>((<i64>(best - load<i32>(at)) * sharpness) >> 16, 0x7fff));
  }
}

/** Sum of the likelihoods of bins first .. last over the greatest of them, Q16; `least` is that one's octaves. */
function sumOfLikelihoods(first: i32, last: i32, least: i32): u32 {
  let sum: u32 = 0;
  for (let c = first; c <= last; c++) sum += exp2Negative(<u32>(load<i32>(octaves + (<usize>c << 2)) - least));
  return sum;
}

/** -log2 of the probability of the bins at least as far out as `bin` on its side, Q10; 0 in the middle. */
export function tailOctaves(bin: i32): i32 {
  if (bin == MIDDLE) return 0;
  const first = bin > MIDDLE ? bin : 0;
  const last = bin > MIDDLE ? BINS - 1 : bin;
  let least = i32.MAX_VALUE;
  for (let c = first; c <= last; c++) least = min(least, load<i32>(octaves + (<usize>c << 2)));
  return least + log2(sumOfLikelihoods(0, BINS - 1, 0)) - log2(sumOfLikelihoods(first, last, least));
}

/** Learns that `bin` came, after `senseGated`. */
export function learnGated(net: usize, bin: i32): void {
  const units = configUnits();
  let total: u32 = 0;
  for (let c = 0; c < BINS; c++) {
    const at = <usize>c << 2;
    const value = exp2Negative(<u32>load<i32>(octaves + at));
    store<u32>(likelihood + at, value);
    total += value;
  }
  const gateRate = configRate() / GATE_DIVISOR;
  for (let j = 0; j < units; j++) store<i64>(pull + (<usize>j << 3), 0);
  let phase = random();
  let gate = net + weightBytes;
  for (let c = 0; c < BINS; c++) {
    const e = (c == bin ? 32768 : 0) - <i32>((load<u32>(likelihood + (<usize>c << 2)) << 15) / total); // Q15
    const factor = (e * gateRate) >> 15; // Q16
    for (let j = 0; j < units; j++) {
      const value = <i32>load<i16>(gate);
      const h = active(j, value);
      if (h != 0) {
        const sum = pull + (<usize>j << 3);
        store<i64>(sum, load<i64>(sum) + <i64>(e * h));
        store<i16>(gate, <i16>clamp(value + ((factor * h + <i32>(phase >> 16)) >> 16), -32768, 32767));
      }
      phase += GOLDEN;
      gate += 2;
    }
  }
  // from [units] i64 to [units] i32 in place: the i32 of a unit never lies behind its i64
  for (let j = 0; j < units; j++) store<i32>(pull + (<usize>j << 2), pullLimited(load<i64>(pull + (<usize>j << 3))));
  update(net, inputs, CONTEXT, configRate());
}
