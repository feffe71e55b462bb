// A number from a sample: bins of it by rule 1 (../network.ts), a linear prediction, the last known target and the last known error, blended.

import { clamp } from "../fixed";
import { configInputs, header, rawInput, standardised } from "../layout";
import { followValues } from "../decorrelate";
import { answer, correctLayers, create as createLayers } from "../network";
import { inUnits, isMissing, resetChannel, standardiseInput } from "../normaliser";
import { expected, followBins, resetBins, share } from "./bins";
import { FIRST_DIFFERENCE, blended, followBlend } from "./blend";
import { WIDTH_AT_FIRST, followInterval } from "./interval";
import { random } from "../random";
import { BLENDS, blendAt, configHorizon, configLags, Known, interval, knownAt, lags, lagsKept, layRegressor, placeRegressor, target } from "./layout";
import { linear, moveLinear } from "./linear";
import { TARGET_LIMIT, observeTarget, targetOf, valueOf } from "./target";

/** So many targets learned are counted, more than any clock here runs. */
const MOST_LEARNED: i32 = 400;
/** A quiet NaN stands for a lag that is not known. */
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
  begin();
}

/** Forgets the targets that are known; all that was learned stays. */
export function begin(): void {
  for (let k = 0; k < configHorizon(); k++) {
    const at = changetype<usize>(knownAt(k));
    store<u64>(at, 0);
    store<u64>(at, 0, 8);
  }
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
  let t = blended(blendAt(0), expected(), linear(), 0);
  if (look(knownAt(0))) {
    t = blended(blendAt(1), t, lastTarget, 0);
    t = clamp(blended(blendAt(2), t, t + lastError, -32768), -TARGET_LIMIT, TARGET_LIMIT);
  }
  store<i32>(prediction, valueOf(target, t));
  store<i32>(prediction, valueOf(target, t - ((interval.below + 255) >> 8)), 4);
  store<i32>(prediction, valueOf(target, t + ((interval.above + 255) >> 8)), 8);
}

/**
 * One step; `bits` is the target as binary32, and a missing one teaches what samples are like, no more. Returns how many layers were updated. With a
 * horizon of N one sample in N, drawn, is learned: so what is learned is as old when a sample is judged as it was when that was asked about. Where all were,
 * blends and interval trusted what had just been learned from the neighbour (machine, 12 ahead: R^2 0.862 and 62 % within; persistence 0.919).
 */
export function learn(bits: u32): i32 {
  const asked = configHorizon() - 1;
  takeLags(asked);
  standardiseInput(true);
  if (isMissing(bits)) {
    rememberLag(bits);
    repeatKnown();
    return 0;
  }
  followValues(0, standardised);
  const t = observeTarget(target, bits, <i32>header.seen + configInputs());
  const learns = asked == 0 || (<u64>random() * configHorizon()) >> 32 == 0;
  const updated = learns ? correctLayers(share(t)) : sense();

  const bins = expected();
  const line = linear();
  const first = blended(blendAt(0), bins, line, 0);
  let second = first;
  let last = first;
  const isKnown = look(knownAt(asked));
  if (isKnown) {
    second = blended(blendAt(1), first, lastTarget, 0);
    last = clamp(blended(blendAt(2), second, second + lastError, -32768), -TARGET_LIMIT, TARGET_LIMIT);
  }
  if (learns) {
    followBlend(blendAt(0), bins, line, t);
    if (isKnown) {
      followBlend(blendAt(1), first, lastTarget, t);
      followBlend(blendAt(2), second, second + lastError, t);
    }
    followInterval(t - last);
    moveLinear(t - line);
    followBins(t);
    header.boost -= (header.boost + 255) >> 8;
    interval.learned = min(interval.learned + 1, MOST_LEARNED);
  }
  rememberLag(bits);
  repeatKnown();
  const newest = knownAt(0);
  newest.target = inUnits(bits, <i32>target.exponent);
  newest.predicted = valueOf(target, second);
  newest.exponent = <i32>target.exponent;
  newest.isThere = 1;
  header.seen++;
  return updated;
}

/** Scores of the standardised sample; no layer is updated. */
function sense(): i32 {
  answer();
  return 0;
}

/** Of what was known when a sample was asked about, Q12: the last target, and how far off its prediction was. False where nothing was. */
let lastTarget: i32 = 0;
let lastError: i32 = 0;
function look(known: Known): bool {
  if (known.isThere == 0) return false;
  lastTarget = targetOf(target, known.target, known.exponent);
  lastError = lastTarget - targetOf(target, known.predicted, known.exponent);
  return true;
}

/** All that is known becomes one sample older; the newest stays what it was. */
function repeatKnown(): void {
  for (let k = configHorizon() - 1; k > 0; k--) {
    const to = changetype<usize>(knownAt(k));
    const from = changetype<usize>(knownAt(k - 1));
    store<u64>(to, load<u64>(from));
    store<u64>(to, load<u64>(from, 8), 8);
  }
}

function rememberLag(bits: u32): void {
  const kept = lagsKept();
  if (kept == 0) return;
  for (let k = kept - 1; k > 0; k--) store<u32>(lags + (<usize>k << 2), load<u32>(lags + (<usize>(k - 1) << 2)));
  store<u32>(lags, bits);
}
