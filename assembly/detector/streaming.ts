// Streaming mode: every channel for itself and for ever. Several cheap views of what is usual, each with a tail of its own, and what the channel learns
// from a value: none drowns another, and their alarms together are as rare as each tail promises.
//
// Formats. Values are integers below 2^27 in units of 2^exponent that follow their size; averages are Q8 of units, below 2^37; what views say is Q2 of
// units, below 2^30, or Q10 of octaves and samples. A difference times a rate in Q16 is below 2^53.

import {
  VIEW_SEASON, STREAM_BYTES, Stream, UNIT_VIEWS, VIEWS, VIEW_AWAY, VIEW_CHANGE, VIEW_DOWN, VIEW_LOUD, VIEW_MISSING, VIEW_QUIET, VIEW_RHYTHM, VIEW_STUCK,
  VIEW_TREND, VIEW_UP, VIEW_JOINT, VIEW_STAY, TAILED, channels, codes, configChannels, configUnits, configWarmup, historySize, limits, parts, rawInput, tailOf, values, views,
} from "./layout";
import { clamp } from "../fixed";
import { acceptExtreme, addExtreme, endBlockOfExtremes, greatest, isYoung, least, resetExtremes } from "./extremes";
import { apart, codeOf, errorOf, fitCodes, learnError, push, search } from "./history";
import { createJoint, jointChannel, jointScore, observeJoint } from "./joint";
import { log2 } from "./levels";
import { SMALLEST, excessOf, inUnits, isMissing } from "./standardiser";
import { KEEN, MOST, NONE, SURE, USUAL, acceptValue, addTo, endBlockOf, resetTail, toward } from "./tail";
import { acceptStay, stay, stayLimit, stayValue } from "./stay";
import { coarsen, hasRoom } from "./unit";

const NEW: u32 = 3;
const BLOCK: i32 = 64;
/** Block of a young channel. */
const SHORT: i32 = 8;
/** Values after which a channel is no longer young. */
const SETTLED: u32 = 512;
/** Values with a period before it is judged by it. */
const SEASONED: i32 = 256;
/** Alarms in a row after which what comes is normal. */
const PATIENCE: u32 = 48;
const ONE: i32 = 65536;
const SCORE_LIMIT: i64 = 1 << 20;
/** Of an average, Q8. */
const LARGE: i64 = 1 << 36;

/** Rates, Q16: 1/12, 1/16, 1/24, 3/32, 1/512, 1/1024, 1/2048. */
const R12: i32 = 5461;
const R16: i32 = 4096;
const R24: i32 = 2731;
const R32_3: i32 = 6144;
const R512: i32 = 128;
const R1024: i32 = 64;
const R2048: i32 = 32;

/** Constants of a view's tail: blocks of memory; what the threshold is over the upper maxima at least, Q8; doubt. */
const LEVEL_MEMORY: i32 = 192;
const MEMORY: i32 = 48;
const FACTOR: i32 = 282;
const SLOW_FACTOR: i32 = 384;
const LEVEL_DOUBT: i32 = 60;
const DOUBT: i32 = 10;
const SLOW_DOUBT: i32 = 24;

// @ts-ignore: decorator
@inline
function streamAt(channel: i32): Stream {
  return changetype<Stream>(channels + <usize>channel * STREAM_BYTES);
}

// @ts-ignore: decorator
@inline
function quarter(size: i64): i32 {
  return <i32>min<i64>(size >> 6, MOST);
}

// @ts-ignore: decorator
@inline
function valueOf(view: i32): i32 {
  return load<i32>(values + (<usize>view << 2));
}

// @ts-ignore: decorator
@inline
function setValue(view: i32, value: i32): void {
  store<i32>(values + (<usize>view << 2), value);
}

// @ts-ignore: decorator
@inline
function limitOf(view: i32): i32 {
  return load<i32>(limits + (<usize>view << 2));
}

export function createStreams(): void {
  const count = configChannels();
  memory.fill(channels, 0, <usize>count * STREAM_BYTES);
  memory.fill(codes, 0, <usize>(count * historySize) << 1);
  for (let channel = 0; channel < count; channel++) {
    const stream = streamAt(channel);
    stream.exponent = <i8>SMALLEST;
    stream.block = <u8>SHORT;
    resetExtremes(stream);
    for (let view = 0; view < TAILED; view++) resetTail(tailOf(stream, view));
  }
  if (configUnits() != 0) createJoint();
}

/** One sample: the greatest score of a channel, Q16; each channel's own into `parts`, and the view that gave it into `views`. */
export function observeStreams(): i32 {
  let highest = 0;
  const hasJoint = configUnits() != 0;
  if (hasJoint) observeJoint();
  for (let channel = 0; channel < configChannels(); channel++) {
    const at = <usize>channel << 2;
    const stream = streamAt(channel);
    observeValue(stream, codes + (<usize>(channel * historySize) << 1), load<u32>(rawInput + at));
    // an alarm of the view over all channels counts as one of the channel that has most of it
    const isJoint = hasJoint && jointScore > ONE && jointChannel == channel && jointScore > stream.score;
    const score = isJoint ? jointScore : stream.score;
    store<i32>(parts + at, score);
    store<i32>(views + at, isJoint ? VIEW_JOINT : <i32>stream.view);
    highest = max(highest, score);
  }
  return highest;
}

function observeValue(stream: Stream, history: usize, bits: u32): void {
  if (isMissing(bits)) {
    miss(stream);
    return;
  }
  stream.gap = 0;
  const excess = excessOf(bits, stream.exponent);
  if (excess > 0) coarsen(stream, history, stream.count < NEW || stream.deviation == 0 ? excess + 1 : 1);
  const value = inUnits(bits, stream.exponent);
  if (stream.count != u32.MAX_VALUE) stream.count++;
  if (stream.count > 1) {
    next(stream, history, value);
    return;
  }
  stream.mean = <i64>value << 8;
  stream.previous = value;
  addExtreme(stream, value);
  stream.base = value;
  push(stream, history, 0);
}

/** A missing value says nothing of the others: for a while the score is what it was, so that an alarm goes on. */
function miss(stream: Stream): void {
  stream.gap = <u16>min(<i32>stream.gap + 1, 65535);
  const last = stream.gap <= 3 ? stream.score : 0;
  const view = stream.view;
  for (let k = 0; k < VIEWS; k++) setValue(k, -1);
  setValue(VIEW_MISSING, <i32>stream.gap << 10);
  judge(stream);
  addTo(tailOf(stream, VIEW_MISSING), min(valueOf(VIEW_MISSING), limitOf(VIEW_MISSING)));
  // it has been told for long enough: to be missing is its new normal, until a value comes
  if (stream.gap == 65535 || valueOf(VIEW_MISSING) - limitOf(VIEW_MISSING) > <i32>PATIENCE << 10) stream.score = 0;
  if (last <= stream.score) return;
  stream.score = last;
  stream.view = view;
}

function next(stream: Stream, history: usize, value: i32): void {
  const count = stream.count;
  const young = 65536 / <i32>min<u32>(count, 65535);
  const isSecond = count == 2;

  const dx = value - stream.previous;
  stream.previous = value;
  const before = stream.change;
  stream.change = dx;
  const cap = 4 * stream.step + stream.resolution;
  const moved = (<i64>dx << 8) - stream.drift;
  const bounded = isSecond ? moved : max<i64>(min<i64>(moved, cap), -cap);

  const code = codeOf(stream, value);
  const error = errorOf(stream, history, code, <i32>(stream.mean >> 8));
  const wrong = min<i64>(abs<i64>(error) << (8 + <i64>stream.shift), LARGE);
  stream.wrong = toward(stream.wrong, isSecond ? wrong : min<i64>(wrong, 4 * stream.wrong + stream.resolution), max(young, R512));
  stream.loud = toward(stream.loud, min<i64>(wrong, 4 * stream.wrong), max(young, R12));
  stream.active = toward(stream.active, abs<i64>(bounded), max(young, R24));
  stream.trend = toward(stream.trend, bounded, max(young, R24));
  stream.away = toward(stream.away, abs<i64>((<i64>value << 8) - stream.mean), R32_3);
  stream.run = dx == 0 ? <u16>min(<i32>stream.run + 1, 65535) : 0;
  const isSeasonal = compareSeason(stream, history, code);

  const low = least(stream);
  const high = greatest(stream);
  const known = low <= high;
  setValue(VIEW_UP, known ? max(value - high, 0) << 2 : 0);
  setValue(VIEW_DOWN, known ? max(low - value, 0) << 2 : 0);
  setValue(VIEW_CHANGE, quarter(abs<i64>(moved)));
  setValue(VIEW_RHYTHM, quarter(wrong));
  setValue(VIEW_LOUD, quarter(stream.loud));
  setValue(VIEW_TREND, quarter(abs<i64>(stream.trend)));
  setValue(VIEW_SEASON, isSeasonal ? quarter(stream.season) : -1);
  setValue(VIEW_AWAY, quarter(stream.away));
  setValue(VIEW_QUIET, quietness(stream));
  setValue(VIEW_STUCK, <i32>stream.run << 10);
  setValue(VIEW_MISSING, -1);
  if (known) stay(stream, value, low, high, max(young, R1024));
  setValue(VIEW_STAY, stayValue(stream));
  judge(stream);
  resolve(stream, abs<i64>(dx));
  resolve(stream, abs<i64>(<i64>dx - <i64>before));

  const calm = stream.score <= ONE;
  stream.alarms = <u16>(calm ? max(<i32>stream.alarms - 1, 0) : min(<i32>stream.alarms + 1, 65535));
  const accept = <u32>stream.alarms > min<u32>(PATIENCE, 8 + (count >> 4));
  const learns = calm || accept;
  const isFresh = count < SETTLED; // what is odd may come again: it is learned whole
  for (let view = 0; view < TAILED; view++) {
    const size = valueOf(view);
    if (size < 0) continue;
    const tail = tailOf(stream, view);
    if (accept && size > limitOf(view)) acceptValue(tail, size);
    addTo(tail, learns || isFresh ? size : min(size, limitOf(view)));
  }
  if (accept) acceptExtreme(stream, value);
  if (accept) acceptStay(stream);
  const usual = learns || !known ? value : clamp(value, low - (limitOf(VIEW_DOWN) >> 3), high + (limitOf(VIEW_UP) >> 3));
  if (learns) {
    const bound = inCodes(stream, 3 * stream.wrong);
    learnError(stream, calm ? error : clamp(error, -bound, bound), inCodes(stream, stream.deviation), !isFresh);
    stream.drift = toward(stream.drift, stream.drift + bounded, max(young, R512));
    stream.step = toward(stream.step, abs<i64>(bounded), max(young, R1024));
  }
  const away = abs<i64>((<i64>usual << 8) - stream.mean);
  stream.deviation = toward(stream.deviation, isSecond ? away : min<i64>(away, 8 * stream.deviation + stream.resolution), max(young, R2048));
  stream.mean = toward(stream.mean, <i64>usual << 8, max(young, R2048));
  addExtreme(stream, usual);
  push(stream, history, codeOf(stream, usual));
  stream.inBlock++;
  if (stream.inBlock >= stream.block) endBlock(stream, history);
  if (search(stream, history)) forgetSeason(stream);
}

// @ts-ignore: decorator
@inline
function inCodes(stream: Stream, size: i64): i32 {
  return <i32>min<i64>(size >> (8 + <i64>stream.shift), 65535);
}

/** The smallest difference that comes, but for none: it grows by a 1024th where none comes. */
function resolve(stream: Stream, size: i64): void {
  if (size == 0) return;
  const known = stream.resolution;
  stream.resolution = known == 0 ? size << 8 : min<i64>(size << 8, known + (known >> 10) + 1);
}

/** True if the season may judge. */
function compareSeason(stream: Stream, history: usize, code: i32): bool {
  if (stream.period == 0) return false;
  const distance = min<i64>(min<i64>(<i64>apart(stream, history, code) << (8 + <i64>stream.shift), 4 * stream.deviation), LARGE);
  stream.seasons = <u16>min(<i32>stream.seasons + 1, 65535);
  const young = 65536 / <i32>stream.seasons;
  stream.season = toward(stream.season, distance, max(young, R16));
  stream.seasonMean = toward(stream.seasonMean, distance, max(young, R512));
  if (<i32>stream.seasons > SEASONED && 10 * stream.seasonMean < 3 * stream.deviation) return true;
  addTo(tailOf(stream, VIEW_SEASON), quarter(stream.season));
  return false;
}

function forgetSeason(stream: Stream): void {
  stream.seasons = 0;
  stream.season = 0;
  stream.seasonMean = 0;
  resetTail(tailOf(stream, VIEW_SEASON));
}

/** By how many octaves it moves less than it usually does, Q10, at most 10. */
function quietness(stream: Stream): i32 {
  if (stream.step == 0) return 0;
  const down = max<i64>(33 - <i64>clz(stream.step), 0); // to 31 bits
  const usual = stream.step >> down;
  const now = max<i64>(max<i64>(stream.active >> down, usual >> 10), 1);
  return now >= usual ? 0 : log2(<u32>usual) - log2(<u32>now);
}

/** Each view's value over its threshold, which is at least about a step above what is usual: the greatest is the score, and names the view where the level is within its own. */
function judge(stream: Stream): void {
  const half = stream.resolution >> 7; // Q2
  const step = stream.step;
  for (let view = 0; view < VIEWS; view++) {
    if (valueOf(view) < 0) {
      store<i32>(limits + (<usize>view << 2), 0);
      continue;
    }
    if (view == VIEW_STAY) {
      store<i32>(limits + (<usize>view << 2), stayLimit(stream) << 2);
      continue;
    }
    // loud: the prediction is still being learned
    const threshold = view == VIEW_LOUD && stream.count <= <u32>BLOCK ? NONE : tailOf(stream, view).threshold;
    let limit = <i64>threshold;
    if (view == VIEW_UP || view == VIEW_DOWN) {
      const other = tailOf(stream, VIEW_UP + VIEW_DOWN - view).threshold;
      if (other != NONE) limit = max<i64>(limit, (<i64>other * 77) >> 8); // 0.3
    }
    if (view < UNIT_VIEWS) {
      const isSingle = view <= VIEW_RHYTHM || view == VIEW_AWAY; // of one value
      if (limit != NONE) limit += half + (isSingle ? step >> 7 : 0);
      if (view <= VIEW_DOWN || view == VIEW_AWAY) limit = max<i64>(limit, <i64>stream.reach * (view != VIEW_AWAY || isYoung(stream) ? 3 : 2)); // Q2
      limit = max<i64>(limit, (view <= VIEW_DOWN ? step >> 5 : isSingle ? step >> 6 : view == VIEW_TREND ? 0 : step >> 8) + (stream.resolution >> (view == VIEW_LOUD ? 5 : 6)));
      if (view == VIEW_TREND && isYoung(stream)) limit = max<i64>(limit, stream.reach >> 2);
    }
    const own = view == VIEW_QUIET ? 1024 : view == VIEW_STUCK ? 8 << 10 : view == VIEW_MISSING ? 3 << 10 : 1;
    store<i32>(limits + (<usize>view << 2), <i32>min<i64>(max<i64>(limit, own), NONE));
  }
  let score: i64 = 0;
  let view = 0;
  if (stream.count > configWarmup()) {
    for (let k = 0; k < VIEWS; k++) {
      const value = <i64>valueOf(k) << 16;
      const limit = <i64>limitOf(k);
      if (value <= score * limit) continue;
      score = min<i64>(value / limit, SCORE_LIMIT);
      view = k;
    }
    // a value beyond all that has come is named a level, however unlike the rhythm and the usual change it is, too: a person sees it so
    for (let k = VIEW_UP; k <= VIEW_DOWN; k++) if (valueOf(k) > limitOf(k)) view = k;
  }
  stream.score = <i32>score;
  stream.view = <u8>view;
}

function endBlock(stream: Stream, history: usize): void {
  stream.inBlock = 0;
  if (<i32>stream.block < BLOCK && stream.count >= 8 * <u32>stream.block) stream.block *= 2;
  for (let view = 0; view < TAILED; view++) {
    if (view == VIEW_SEASON && <i32>stream.seasons <= BLOCK) continue;
    const isSlow = view == VIEW_LOUD || view == VIEW_TREND || view == VIEW_SEASON;
    const isLevel = view <= VIEW_DOWN;
    const isKeen = view == VIEW_CHANGE || view == VIEW_RHYTHM || view == VIEW_LOUD || view == VIEW_SEASON;
    const rarity = isKeen ? KEEN : isLevel || view == VIEW_AWAY || view >= VIEW_STUCK ? SURE : USUAL;
    endBlockOf(tailOf(stream, view), isLevel ? LEVEL_MEMORY : MEMORY, isSlow ? SLOW_FACTOR : FACTOR, isLevel ? LEVEL_DOUBT : isSlow || view == VIEW_QUIET ? SLOW_DOUBT : DOUBT, rarity);
  }
  endBlockOfExtremes(stream);
  if (hasRoom(stream)) coarsen(stream, history, -4);
  fitCodes(stream, history, least(stream), greatest(stream));
}
