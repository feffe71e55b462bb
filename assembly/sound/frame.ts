// One frame of sound: 32 ms of it into the logarithms of the power in its bands.
//
// What is loud is brought down to 14 bits by a shift of the frame's own, so that a quiet frame beside a loud one keeps its bits. Pre-emphasis (31/32 of the sample
// before is taken off) lifts what is high, as it is weak in speech: without it rounding in the transform would be heard there. Frames of N real samples go as N / 2
// complex ones through the transform of the other features, and are taken apart behind it.

import { log2 } from "../fixed";
import { sine, transform, valueOf, isMissing } from "../features";
import { bands, edges, frameLog, logs, points, powers, shares, sound } from "./layout";

/** sin(2 pi index / 512) in Q15: between two steps of the table half of both, 3 of 32767 off at most. */
function wave(index: i32): i32 {
  const low = sine(index >> 1);
  return (index & 1) == 0 ? low : (low + sine((index >> 1) + 1) + 1) >> 1;
}

/** A sample in the unit of the window, 22 bits and sign; what is missing is silent. */
// @ts-ignore: decorator
@inline
export function valueAt(index: i32, greatest: i32): i32 {
  const bits = load<u32>(sound + (<usize>index << 2));
  return isMissing(bits) ? 0 : valueOf(bits, greatest);
}

/** Samples of the frame from `start` into the transform, as the real and imaginary parts in turn; how far they were shifted right. */
function takeIn(start: i32, greatest: i32): i32 {
  const length = 1 << frameLog;
  let widest = 0;
  const first = start == 0 ? 0 : valueAt(start - 1, greatest);
  let before = first;
  for (let i = 0; i < length; i++) {
    const value = valueAt(start + i, greatest);
    const rise = value - ((31 * before) >> 5);
    widest = max(widest, rise < 0 ? -rise : rise);
    before = value;
  }
  const down = 18 - <i32>clz(widest);
  const log = frameLog - 1;
  const turn = 9 - frameLog;
  before = first;
  for (let i = 0; i < length; i++) {
    const value = valueAt(start + i, greatest);
    const rise = value - ((31 * before) >> 5);
    before = value;
    const level = down > 0 ? rise >> down : rise << -down;
    const hann = (32768 - wave((i << turn) + 128)) >> 1; // at most 32767
    const point = i >> 1;
    let reversed = 0;
    for (let b = 0; b < log; b++) reversed |= ((point >> b) & 1) << (log - 1 - b);
    store<i16>(points + (<usize>reversed << 2) + (<usize>(i & 1) << 1), <i16>((level * hann + 0x4000) >> 15));
  }
  return widest == 0 ? -NOTHING : down;
}

/** Stands for the shift of a frame in which nothing rises or falls. */
const NOTHING: i32 = 64;
/** Its bands. */
export const SILENT: i32 = -32768;

/** Power of bin k, of (2 X_k)^2; the window halves a mean amplitude, so that both parts stay below 2^15 and the sum below 2^31. */
function powerOf(k: i32): u32 {
  const half = 1 << (frameLog - 1);
  const low = points + (<usize>k << 2);
  const high = points + (<usize>(half - k) << 2);
  const zr = <i32>load<i16>(low);
  const zi = <i32>load<i16>(low, 2);
  const yr = <i32>load<i16>(high);
  const yi = <i32>load<i16>(high, 2);
  const c = zi + yi;
  const d = yr - zr;
  const angle = k << (9 - frameLog);
  const cos = wave(angle + 128);
  const sin = wave(angle);
  const re = zr + yr + ((c * cos + d * sin + 0x4000) >> 15);
  const im = zi - yi + ((d * cos - c * sin + 0x4000) >> 15);
  return <u32>(re * re) + <u32>(im * im);
}

/** log2 of a 64-bit value, and 0 of 0, in Q8. */
function logOf(value: u64): i32 {
  const above = max(0, 32 - <i32>clz(value));
  return (log2(max(1, <u32>(value >> above))) + (above << 10) + 2) >> 2;
}

/** Logarithms of the bands of the frame that begins at `start`, into row `frame`. */
export function hearFrame(frame: i32, start: i32, greatest: i32): void {
  const count = bands();
  const row = logs + ((<usize>frame * count) << 1);
  const down = takeIn(start, greatest);
  if (down == -NOTHING) {
    for (let b = 0; b < count; b++) store<i16>(row + (<usize>b << 1), <i16>SILENT);
    return;
  }
  transform(frameLog - 1);
  for (let b = 0; b < count + 2; b++) store<u64>(powers + (<usize>b << 3), 0);
  for (let b = 0; b <= count; b++) {
    const upper = powers + (<usize>(b + 1) << 3);
    const end = <i32>load<u16>(edges + (<usize>b << 1), 2);
    for (let k = <i32>load<u16>(edges + (<usize>b << 1)); k < end; k++) {
      const power = <u64>powerOf(k);
      const share = <u64>load<u16>(shares + (<usize>k << 1));
      store<u64>(upper, load<u64>(upper) + power * share);
      store<u64>(upper - 8, load<u64>(upper - 8) + power * (256 - share));
    }
  }
  for (let b = 0; b < count; b++) {
    store<i16>(row + (<usize>b << 1), <i16>(logOf(load<u64>(powers + (<usize>(b + 1) << 3))) + (down << 9)));
  }
}
