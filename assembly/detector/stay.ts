// Times that a channel of two states stays in one: a door that is left open, a motion sensor held at 1. Each state has a limit of its own, for the long one of
// every night would else hide the short one. A channel has two states where hardly a value lies between the quarters of its range.

import { Stream } from "./layout";
import { toward } from "./tail";

/** One state's record: mean time in it, mean distance from that, longest (fading); samples, Q8. */
@unmanaged
class Stay {
  mean: i32;
  distance: i32;
  longest: i32;
}

/** Times in a state before it is judged. */
const ENOUGH: i32 = 8;
/** Times in a state after which older ones fade. */
const MEMORY: i32 = 32;
/** The longest fades by a 128th each time: a night among a day's dozen stays known. */
const FADE: i32 = 7;
/** Share of values between the states, Q16: an eighth at most. */
const BETWEEN: i32 = 8192;
/** Samples, Q8: no limit is shorter; no time is longer. */
const LEAST: i64 = 8 << 8;
const MOST: i32 = 1 << 28;

// @ts-ignore: decorator
@inline
function stayOf(stream: Stream, isHigh: i32): Stay {
  return changetype<Stay>(changetype<usize>(stream) + offsetof<Stream>("mean0") + <usize>isHigh * offsetof<Stay>());
}

// @ts-ignore: decorator
@inline
function timesIn(stream: Stream): i32 {
  return stream.isHigh != 0 ? <i32>stream.times1 : <i32>stream.times0;
}

/** The state that this value is in, and for how many samples it has been; learned when it ends. `rate`: of averages, Q16. */
export function stay(stream: Stream, value: i32, low: i32, high: i32, rate: i32): void {
  const quarter = (high - low) >> 2;
  const isHigh = value >= high - quarter;
  const isLow = value <= low + quarter;
  stream.between = <u16>min<i64>(toward(stream.between, isHigh || isLow ? 0 : 65535, rate), 65535);
  // between, or where all are alike, it is as it was
  if (isHigh != isLow && <i32>isHigh != <i32>stream.isHigh) {
    if (stream.stayed != 0) learn(stream);
    stream.isHigh = <u8>isHigh;
    stream.stayed = 0;
  }
  stream.stayed = min(stream.stayed + 256, MOST);
}

function learn(stream: Stream): void {
  const known = stayOf(stream, stream.isHigh);
  const value = stayValue(stream) < 0 ? stream.stayed : min(stream.stayed, stayLimit(stream)); // no longer than would be told
  const times = timesIn(stream) + 1;
  if (stream.isHigh != 0) stream.times1 = <u16>min(times, 65535);
  else stream.times0 = <u16>min(times, 65535);
  const rate = 65536 / min(times, MEMORY);
  known.distance = times == 1 ? 0 : <i32>toward(known.distance, abs(value - known.mean), rate);
  known.mean = <i32>toward(known.mean, value, rate);
  known.longest = max(known.longest - (known.longest >> FADE), value);
}

/** Samples in the present state, Q10, or -1: this is no channel of two states, or this is the usual one, or it is not known yet how long it lasts. */
export function stayValue(stream: Stream): i32 {
  const isUsual = stayOf(stream, stream.isHigh).mean > stayOf(stream, 1 - stream.isHigh).mean;
  return isUsual || <i32>stream.between > BETWEEN || timesIn(stream) < ENOUGH ? -1 : stream.stayed << 2;
}

/** The longest that is no alarm, Q8: half as long again as the longest lately, and ten mean distances longer than usual. */
export function stayLimit(stream: Stream): i32 {
  const known = stayOf(stream, stream.isHigh);
  const longest = <i64>known.longest + (<i64>known.longest >> 1);
  return <i32>min<i64>(max<i64>(max<i64>(longest, <i64>known.mean + 10 * <i64>known.distance), LEAST), MOST);
}

/** A new normal, where it is longer than it may be. */
export function acceptStay(stream: Stream): void {
  const known = stayOf(stream, stream.isHigh);
  if (stayValue(stream) > stayLimit(stream) << 2) known.longest = stream.stayed;
}
