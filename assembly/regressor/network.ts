// A number from a sample: bins of it by rule 1 (../network.ts), a linear prediction, the last known target and the last known error, blended.

import { clamp } from "../fixed";
import { configInputs, header, rawInput, standardised } from "../layout";
import { followValues } from "../decorrelate";
import { answer, correctLayers, create as createLayers } from "../network";
import { isMissing, observe, resetChannel, standardiseInput } from "../normaliser";
import { expected, followBins, resetBins, share } from "./bins";
import { FIRST_DIFFERENCE, blended, followBlend } from "./blend";
import { WIDTH_AT_FIRST, followInterval } from "./interval";
import { BLENDS, blendAt, configHorizon, configLags, interval, knownAt, lags, lagsKept, layRegressor, placeRegressor, target } from "./layout";
import { linear, moveLinear } from "./linear";
import { TARGET_LIMIT, targetIn, valueOf } from "./target";

/** What is not known yet: a quiet NaN. */
const MISSING: u32 = 0x7fc00000;

/** [3] i32 in units of 2^`exponent`: the last prediction, and where four of five targets lie. */
export const prediction: usize = memory.data(12, 4);

export function create(): void {
  layRegressor();
  createLayers();
  placeRegressor();
  resetChannel(target);
  for (let k = 0; k < BLENDS; k++) blendAt(k).difference = FIRST_DIFFERENCE;
  interval.below = WIDTH_AT_FIRST;
  interval.above = WIDTH_AT_FIRST;
  resetBins();
  for (let k = 0; k < lagsKept(); k++) store<u32>(lags + (<usize>k << 2), MISSING);
}

/** Known targets behind the other values of a sample; `age` of them came after it was asked about. */
function takeLags(age: i32): void {
  const count = configLags();
  const first = rawInput + (<usize>(configInputs() - count) << 2);
  for (let k = 0; k < count; k++) store<u32>(first + (<usize>k << 2), load<u32>(lags + (<usize>(age + k) << 2)));
}

/** Changes nothing that is learned. */
export function predict(): void {
  takeLags(0);
  standardiseInput(false);
  answer();
  const known = knownAt(0);
  let t = blended(blendAt(0), expected(), linear(), 0);
  t = blended(blendAt(1), t, known.target, 0);
  t = clamp(blended(blendAt(2), t, t + known.error, -32768), -TARGET_LIMIT, TARGET_LIMIT);
  store<i32>(prediction, valueOf(target, t));
  store<i32>(prediction, valueOf(target, t - ((interval.below + 255) >> 8)), 4);
  store<i32>(prediction, valueOf(target, t + ((interval.above + 255) >> 8)), 8);
}

/** One step; `bits` is the target as binary32, and a missing one teaches what samples are like, no more. Returns how many layers were updated. */
export function learn(bits: u32): i32 {
  const asked = configHorizon() - 1;
  takeLags(asked);
  standardiseInput(true);
  if (isMissing(bits)) {
    remember(bits, knownAt(0).target, knownAt(0).error);
    return 0;
  }
  followValues(0, standardised);
  observe(target, bits, <i32>header.seen + configInputs());
  const t = targetIn(target, bits);
  const updated = correctLayers(share(t));

  const bins = expected();
  const line = linear();
  const known = knownAt(asked);
  const first = blended(blendAt(0), bins, line, 0);
  const second = blended(blendAt(1), first, known.target, 0);
  const last = clamp(blended(blendAt(2), second, second + known.error, -32768), -TARGET_LIMIT, TARGET_LIMIT);
  followInterval(t - last);
  followBlend(blendAt(0), bins, line, t);
  followBlend(blendAt(1), first, known.target, t);
  followBlend(blendAt(2), second, second + known.error, t);

  moveLinear(t - line);
  followBins(t);
  remember(bits, t, t - second);
  header.seen++;
  header.boost -= (header.boost + 255) >> 8;
  return updated;
}

/** The newest target comes first. */
function remember(bits: u32, t: i32, error: i32): void {
  for (let k = configHorizon() - 1; k > 0; k--) {
    knownAt(k).target = knownAt(k - 1).target;
    knownAt(k).error = knownAt(k - 1).error;
  }
  knownAt(0).target = t;
  knownAt(0).error = error;
  const kept = lagsKept();
  for (let k = kept - 1; k > 0; k--) store<u32>(lags + (<usize>k << 2), load<u32>(lags + (<usize>(k - 1) << 2)));
  if (kept != 0) store<u32>(lags, bits);
}
