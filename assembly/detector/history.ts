// The last values as 16-bit codes, the period that they repeat with, and a prediction from those just before and those a period ago.
//
// Overflow. Codes are within +-32767, weights within +-2^18: a prediction's sum is below 2^36. The error over the inputs' power is below 2^47, and times an
// input no larger, for the power has that input's square in it. A correlation sums 1,024 products below 2^32.

import { clamp } from "../fixed";
import { INPUTS, LAGS, PHASES, Stream, historySize, inputs } from "./layout";

const CODE: i32 = 32767;
/** Bits of the distance between extremes in codes, at most. */
const SPAN: i32 = 13;
/** Values before which no period is looked for. */
const ENOUGH: i32 = 128;
/** Correlations, Q10: a signal has left its phase; a period; one that goes on; how much better another must be. */
const LEFT: i32 = 307;
const PERIOD: i32 = 512;
const STAYS: i32 = 410;
const BETTER: i32 = 82;
const CLEARER: i32 = 20;
/** +-4.0, Q16. */
const WEIGHT: i64 = 1 << 18;

/** Sum of squares of the inputs of the last prediction. */
let length: i64 = 0;

// @ts-ignore: decorator
@inline
export function codeOf(stream: Stream, value: i32): i32 {
  return clamp((value - stream.base) >> stream.shift, -CODE, CODE);
}

// @ts-ignore: decorator
@inline
function at(codes: usize, index: i32): i32 {
  return <i32>load<i16>(codes + (<usize>index << 1));
}

/** The code `back` values ago, 1 for the last. */
// @ts-ignore: decorator
@inline
function before(stream: Stream, codes: usize, back: i32): i32 {
  const index = <i32>stream.head - back;
  return at(codes, index < 0 ? index + historySize : index);
}

// @ts-ignore: decorator
@inline
function setInput(stream: Stream, codes: usize, k: i32, back: i32, centre: i32): void {
  const value = back >= 1 && back <= <i32>stream.filled ? clamp(before(stream, codes, back) - centre, -CODE, CODE) : 0;
  store<i16>(inputs + (<usize>k << 1), <i16>value);
}

// @ts-ignore: decorator
@inline
function weightOf(stream: Stream, k: i32): usize {
  return changetype<usize>(stream) + offsetof<Stream>("weight0") + (<usize>k << 2);
}

/** The part of this code that was not expected, in codes. `mean`: of the values, in units. */
export function errorOf(stream: Stream, codes: usize, code: i32, mean: i32): i32 {
  const centre = codeOf(stream, mean);
  for (let k = 0; k < LAGS; k++) setInput(stream, codes, k, k + 1, centre);
  const period = <i32>stream.period;
  for (let k = 0; k < PHASES; k++) setInput(stream, codes, LAGS + k, period == 0 ? 0 : period + k - 1, centre);
  let sum: i64 = 0;
  length = 0;
  for (let k = 0; k < INPUTS; k++) {
    const x = <i32>load<i16>(inputs + (<usize>k << 1));
    sum += <i64>load<i32>(weightOf(stream, k)) * <i64>x;
    length += <i64>(x * x);
  }
  return <i32>max<i64>(min<i64>(<i64>(code - centre) - (sum >> 16), 2 * CODE), -2 * CODE);
}

/** Learns from an error, in codes. `deviation`: in codes, keeps the step small where inputs are. `slow`: a step is 1/64, else 1/8. */
export function learnError(stream: Stream, error: i32, deviation: i32, slow: bool): void {
  const size = <i64>(error < 0 ? -error : error);
  const factor = (size << 30) / (length + ((<i64>deviation * <i64>deviation) >> 3) + 1);
  const signed = error < 0 ? -factor : factor;
  const down: i64 = slow ? 20 : 17;
  const half = <i64>1 << (down - 1);
  for (let k = 0; k < INPUTS; k++) {
    const weight = weightOf(stream, k);
    const x = <i64>load<i16>(inputs + (<usize>k << 1));
    store<i32>(weight, <i32>max<i64>(min<i64>(<i64>load<i32>(weight) + ((signed * x + half) >> down), WEIGHT), -WEIGHT));
  }
}

// @ts-ignore: decorator
@inline
function distance(a: i32, b: i32): i32 {
  return a < b ? b - a : a - b;
}

/** Distance of a code from those around the same phase a period ago: the nearest counts; in codes. */
export function apart(stream: Stream, codes: usize, code: i32): i32 {
  const period = <i32>stream.period;
  const nearest = min(distance(code, before(stream, codes, period)), distance(code, before(stream, codes, period - 1)));
  return period < <i32>stream.filled ? min(nearest, distance(code, before(stream, codes, period + 1))) : nearest;
}

export function push(stream: Stream, codes: usize, code: i32): void {
  const head = <i32>stream.head;
  store<i16>(codes + (<usize>head << 1), <i16>code);
  stream.head = <u16>(head + 1 == historySize ? 0 : head + 1);
  stream.filled = <u16>min(<i32>stream.filled + 1, historySize);
}

/** Codes that fit these extremes, where those in use hardly do. */
export function fitCodes(stream: Stream, codes: usize, least: i32, greatest: i32): void {
  const shift = max(32 - SPAN - <i32>clz(greatest - least), 0);
  const base = (least + greatest) >> 1;
  const now = <i32>stream.shift;
  if (distance(shift, now) < 2 && distance(base, stream.base) <= 1 << (SPAN + now)) return;
  for (let i = 0; i < <i32>stream.filled; i++) {
    const value = stream.base + (at(codes, i) << now);
    store<i16>(codes + (<usize>i << 1), <i16>clamp((value - base) >> shift, -CODE, CODE));
  }
  stream.base = base;
  stream.shift = <u8>shift;
  stream.lag = 0;
}

/** Units 2^by times as large. */
export function coarsenHistory(stream: Stream, codes: usize, by: i32): void {
  const shift = <i32>stream.shift - by;
  stream.base = by >= 0 ? stream.base >> min(by, 31) : stream.base << -by;
  stream.shift = <u8>max(shift, 0);
  if (shift >= 0) return;
  for (let i = 0; i < <i32>stream.filled; i++) store<i16>(codes + (<usize>i << 1), <i16>(at(codes, i) >> min(-shift, 31)));
  stream.lag = 0;
}

function begin(stream: Stream, codes: usize): void {
  const filled = <i32>stream.filled;
  let sum: i64 = 0;
  for (let i = 0; i < filled; i++) sum += <i64>at(codes, i);
  const centre = <i32>(sum / filled);
  stream.centre = centre;
  sum = 0;
  for (let i = 0; i < filled; i++) {
    const x = <i64>(at(codes, i) - centre);
    sum += x * x;
  }
  stream.power = <u32>(sum / filled);
  if (stream.power == 0) return;
  stream.lag = 2;
  stream.best = 0;
  stream.bestLag = 0;
  stream.own = 0;
  stream.ownLag = 0;
  stream.left = 0;
}

/** Of the values with those `lag` before, Q10. */
function correlation(stream: Stream, codes: usize, lag: i32): i32 {
  const centre = stream.centre;
  const count = <i32>stream.filled - lag;
  let i = <i32>stream.head - 1;
  if (i < 0) i += historySize;
  let j = i - lag;
  if (j < 0) j += historySize;
  let sum: i64 = 0;
  for (let left = count; left > 0; left--) {
    sum += <i64>(at(codes, i) - centre) * <i64>(at(codes, j) - centre);
    i = i == 0 ? historySize - 1 : i - 1;
    j = j == 0 ? historySize - 1 : j - 1;
  }
  return <i32>max<i64>(min<i64>((sum / count) * 1024 / <i64>stream.power, 4096), -4096);
}

function end(stream: Stream): bool {
  stream.lag = 0;
  if (stream.own >= STAYS && stream.own + BETTER > stream.best) {
    stream.period = stream.ownLag;
    return false;
  }
  const period = stream.best >= PERIOD ? <i32>stream.bestLag : 0;
  const isOther = distance(period, stream.period) > 2;
  stream.period = <u16>period;
  if (isOther) for (let k = LAGS; k < INPUTS; k++) store<i32>(weightOf(stream, k), 0);
  return isOther;
}

/** One lag of the search; true where it ended with another period. */
export function search(stream: Stream, codes: usize): bool {
  const filled = <i32>stream.filled;
  if (filled < ENOUGH) return false;
  const lag = <i32>stream.lag;
  if (lag == 0) {
    begin(stream, codes);
    return false;
  }
  if (lag > filled >> 1) return end(stream);
  const found = correlation(stream, codes, lag);
  if (found < LEFT) stream.left = 1;
  if (stream.left != 0 && (found > stream.best + CLEARER || (lag <= <i32>stream.bestLag + 3 && found > stream.best))) {
    stream.best = found;
    stream.bestLag = <u16>lag;
  }
  if (stream.period != 0 && distance(lag, stream.period) <= 1 && found > stream.own) {
    stream.own = found;
    stream.ownLag = <u16>lag;
  }
  stream.lag = <u16>(lag + 1);
  return false;
}
