// The least and the greatest value of the last one or two thousand, but for those of the last block: what has just come is held against what was before.

import { Stream } from "./layout";
import { toward } from "./tail";

/** After so many the older half is forgotten. */
const BLOCKS: i32 = 16;
/** Blocks. */
const YOUNG: i32 = 20;
const LOWEST: i32 = i32.MIN_VALUE;
const HIGHEST: i32 = i32.MAX_VALUE;
/** Width and reach saturate: a finer unit can be too fine for a width of the past. */
const WIDEST: i64 = 1 << 29;

export function resetExtremes(stream: Stream): void {
  stream.low0 = stream.low1 = stream.low2 = HIGHEST;
  stream.high0 = stream.high1 = stream.high2 = LOWEST;
}

// @ts-ignore: decorator
@inline
export function least(stream: Stream): i32 {
  return min(stream.low1, stream.low2);
}

// @ts-ignore: decorator
@inline
export function greatest(stream: Stream): i32 {
  return max(stream.high1, stream.high2);
}

// @ts-ignore: decorator
@inline
export function addExtreme(stream: Stream, value: i32): void {
  stream.low0 = min(stream.low0, value);
  stream.high0 = max(stream.high0, value);
}

/** A new normal: it counts at once. */
// @ts-ignore: decorator
@inline
export function acceptExtreme(stream: Stream, value: i32): void {
  stream.low1 = min(stream.low1, value);
  stream.high1 = max(stream.high1, value);
}

/** Nobody knows yet whether it wanders. */
// @ts-ignore: decorator
@inline
export function isYoung(stream: Stream): bool {
  return <i32>stream.blocks < YOUNG;
}

export function endBlockOfExtremes(stream: Stream): void {
  const width = stream.high0 - stream.low0;
  stream.blocks = <u16>min(<i32>stream.blocks + 1, 65535);
  stream.width = <i32>toward(stream.width, width, max(2 * 65536 / (<i32>stream.blocks + 1), 2048));
  acceptExtreme(stream, stream.low0);
  acceptExtreme(stream, stream.high0);
  stream.low0 = HIGHEST;
  stream.high0 = LOWEST;
  const all = <i64>greatest(stream) - <i64>least(stream);
  const usual = <i64>stream.width;
  // a signal that wanders goes further than its usual block is wide
  stream.reach = isYoung(stream) ? <i32>(all + (all >> 1)) : 2 * all > 5 * usual ? stream.width : all > 2 * usual ? stream.width >> 1 : 0;
  if (stream.blocks % BLOCKS != 0) return;
  stream.low2 = stream.low1;
  stream.high2 = stream.high1;
  stream.low1 = HIGHEST;
  stream.high1 = LOWEST;
}

// @ts-ignore: decorator
@inline
export function coarse(value: i32, by: i32): i32 {
  return by >= 0 ? value >> min(by, 31) : value << -by;
}

function coarseWidth(value: i32, by: i32): i32 {
  return by >= 0 ? value >> min(by, 31) : <i32>min<i64>(<i64>value << <i64>-by, WIDEST);
}

export function coarsenExtremes(stream: Stream, by: i32): void {
  if (stream.low0 <= stream.high0) {
    stream.low0 = coarse(stream.low0, by);
    stream.high0 = coarse(stream.high0, by);
  }
  if (stream.low1 <= stream.high1) {
    stream.low1 = coarse(stream.low1, by);
    stream.high1 = coarse(stream.high1, by);
  }
  if (stream.low2 <= stream.high2) {
    stream.low2 = coarse(stream.low2, by);
    stream.high2 = coarse(stream.high2, by);
  }
  stream.width = coarseWidth(stream.width, by);
  stream.reach = coarseWidth(stream.reach, by);
}
