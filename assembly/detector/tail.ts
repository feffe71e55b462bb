// Usual sizes of a view: of the greatest value of each block of samples, what the upper ones are, extrapolated to what hardly ever comes. A block
// is learned when the next one ends, so that a slow change does not raise the threshold that it is to cross.

import { Tail, configChannels } from "./layout";
import { log2 } from "./levels";

export const NONE: i32 = i32.MAX_VALUE;
/** Values saturate here. */
export const MOST: i32 = 1 << 30;

/** ln(0.2 / (64 p)), Q4: of blocks a fifth lie above the upper mean, and one sample in 1 / p may lie above the threshold: in 29,000, 83,000, 580,000. */
export const KEEN: i32 = 72;
export const USUAL: i32 = 89;
export const SURE: i32 = 120;
/** 16 ln 2: of n channels each has an n-th of that, so that all together alarm as rarely as one. */
const OCTAVE: i32 = 11;
const LEAST_UPPER: i32 = 9830; // 0.15, Q16
const LEAST_FAR: i32 = 3277; // 0.05, Q16
/** A threshold is so many times the greatest value, 1.1, Q8. */
export const TOP: i32 = 282;

/** value += (target - value) * rate, rate in Q16. */
// @ts-ignore: decorator
@inline
export function toward(value: i64, target: i64, rate: i32): i64 {
  return value + (((target - value) * <i64>rate + 0x8000) >> 16);
}

/** value * factor, factor in Q8. */
// @ts-ignore: decorator
@inline
function over(value: i32, factor: i32): i32 {
  return <i32>min<i64>((<i64>value * <i64>factor) >> 8, NONE - 1);
}

export function resetTail(tail: Tail): void {
  memory.fill(changetype<usize>(tail), 0, offsetof<Tail>());
  tail.threshold = NONE;
}

// @ts-ignore: decorator
@inline
export function addTo(tail: Tail, value: i32): void {
  tail.current = max(tail.current, value);
}

/** A new normal. */
export function acceptValue(tail: Tail, value: i32): void {
  tail.top = max(tail.top, value);
  tail.threshold = max(tail.threshold, over(value, TOP));
}

/** @param memory blocks; @param factor what the threshold is over the upper maxima at least, Q8; @param doubt falls with 1/blocks; @param rarity KEEN, USUAL or SURE */
export function endBlockOf(tail: Tail, memory: i32, factor: i32, doubt: i32, rarity: i32): void {
  const decay = rarity + ((OCTAVE * log2(<u32>configChannels())) >> 10);
  const value = tail.late;
  tail.late = tail.current;
  tail.current = 0;
  const n = <i32>tail.blocks;
  tail.blocks = <u16>min(n + 1, 65535);
  if (n == 0) return;
  const rate = max(min(3 * 65536 / (n + 2), 65536), 65536 / memory);
  tail.mean = <i32>toward(tail.mean, value, rate);
  const isUpper = value >= tail.mean;
  tail.upperShare = <u16>min<i64>(toward(tail.upperShare, isUpper ? 65536 : 0, rate), 65535);
  tail.upper = <i32>toward(tail.upper, isUpper ? value - tail.mean : 0, rate);
  const upperMean = <i64>tail.mean + (<i64>tail.upper << 16) / max(<i32>tail.upperShare, LEAST_UPPER);
  const isFar = <i64>value > upperMean;
  tail.farShare = <u16>min<i64>(toward(tail.farShare, isFar ? 65536 : 0, rate), 65535);
  tail.far = <i32>toward(tail.far, isFar ? <i64>value - upperMean : 0, rate);
  const beyond = (<i64>tail.far << 16) / max(<i32>tail.farShare, LEAST_FAR);
  const fade = max(min(2 * 65536 / (n + 2), 65536), 65536 / (2 * memory));
  tail.top = max(tail.top - <i32>((<i64>tail.top * <i64>fade) >> 16), value);
  const expected = upperMean + ((beyond * <i64>decay) >> 4) + <i64>doubt * (upperMean - <i64>(tail.mean >> 1)) / n;
  tail.threshold = <i32>min<i64>(max<i64>(max<i64>(expected, over(tail.top, TOP)), min<i64>((upperMean * factor) >> 8, NONE - 1)), NONE - 1);
}

// @ts-ignore: decorator
@inline
function inUnits(value: i32, by: i32): i32 {
  return <i32>min<i64>(by > 31 ? 0 : by >= 0 ? <i64>value >> by : <i64>value << -by, MOST);
}

/** The same in units 2^by times as large. */
export function coarsenTail(tail: Tail, by: i32): void {
  tail.current = inUnits(tail.current, by);
  tail.late = inUnits(tail.late, by);
  tail.mean = inUnits(tail.mean, by);
  tail.upper = inUnits(tail.upper, by);
  tail.far = inUnits(tail.far, by);
  tail.top = inUnits(tail.top, by);
  if (tail.threshold != NONE) tail.threshold = inUnits(tail.threshold, by);
}
