// Stored values: codes of 8, 4 or 2 bits that stand for low + code x step (Q8), in planes: a group of 8 bytes holds 8 values in its
// low bits, the next 8 in the bits above, and so on. So eight values unpack at once, with a shift and a mask.

import { hasFixedScale } from "../anchor";
import { clamp } from "../fixed";
import { configExemplarBits, configInputs, configPrototypes, fresh } from "../layout";
import { sumOfLanes } from "../kernels/vector";
import { GOLDEN, random } from "../random";
import { lanes, memory, rowBytes } from "./memory";

/** Half ranges of anchored coordinates, Q6: 325,000, 7.9 and 3.3 spreads. (With 1280, 16,000 spreads, loads far from a plug at rest become one; with 2047, in steps of a quarter of a spread, digits class by class lose 2 points.) Two bits stand for 1 and 3.3 of them, near the best for a normal density (Max 1960). */
const RANGE_8: i32 = 1664;
/** Prototypes have finer steps, and 16,000 spreads: means need no more. */
const RANGE_OF_PROTOTYPES: i32 = 1280;
const RANGE_4: i32 = 304;
const RANGE_2: i32 = 191;

// @ts-ignore: decorator
@inline
function levels(): i32 {
  return (1 << configExemplarBits()) - 1;
}

/** The range of codes at the start. With a fixed input scale it is what has been stored so far, and grows. */
export function resetRange(): void {
  const bits = configExemplarBits();
  const half = configPrototypes() != 0 ? RANGE_OF_PROTOTYPES : bits == 8 ? RANGE_8 : bits == 4 ? RANGE_4 : RANGE_2;
  memory.low = <i16>(hasFixedScale() ? 0 : -half);
  memory.step = <i16>(hasFixedScale() ? 0 : max(1, (half << 1) / levels()));
}

/** Widens the range to the new sample's values; true when it had to, and what is stored must be coded anew. */
export function widenRange(): bool {
  let low = <i32>memory.low;
  let high = highest();
  for (let i = 0; i < configInputs(); i++) {
    const value = <i32>load<i16>(fresh + (<usize>i << 1));
    low = min(low, value);
    high = max(high, value);
  }
  if (low == <i32>memory.low && high == highest()) return false;
  memory.low = <i16>low;
  memory.step = <i16>max(1, (high - low + levels() - 1) / levels());
  return true;
}

/** The largest value that has a code, Q8. */
export function highest(): i32 {
  return <i32>memory.low + <i32>memory.step * levels();
}

/** Half a step, in 16 bits: a code is that of the nearest value. */
const NEAREST: u32 = 32768;

/**
 * A row of values (i16 Q8) into codes: the nearest, or `dithered`, those that stand for the values on average. Samples are stored dithered (not with a fixed scale). Rounded to the nearest,
 * a level that is always the same is always off by the same, and layers learn to tell stored samples from new ones by that: digits class by class, 5.7 lower so that no level is 0, 93 % for 77.
 */
export function pack(values: usize, codes: usize, dithered: bool = false): void {
  const bits = configExemplarBits();
  const most = levels();
  const step = max(1, <i32>memory.step);
  const reciprocal = reciprocalOf(step); // once: a Cortex-M0+ divides in a hundred cycles
  const low = <i32>memory.low;
  let phase: u32 = dithered ? random() : NEAREST << 16;
  const stride: u32 = dithered ? GOLDEN : 0;
  const end = codes + rowBytes;
  do {
    let group: u64 = 0;
    for (let plane = 0; plane < 8; plane += bits) {
      for (let lane = 0; lane < 64; lane += 8) {
        const code = clamp(((<i32>load<i16>(values) - low + partOf(step, phase >> 16)) * reciprocal) >> 16, 0, most);
        group |= <u64>code << (lane + plane);
        values += 2;
        phase += stride;
      }
    }
    store<u64>(codes, group);
    codes += 8;
  } while (codes < end);
}

/** 1 / step in 16 bits, a little too large. */
// @ts-ignore: decorator
@inline
function reciprocalOf(step: i32): i32 {
  return 65536 / step + 1;
}

/** `part` of a step, 16 bits. */
// @ts-ignore: decorator
@inline
function partOf(step: i32, part: u32): i32 {
  return <i32>((part * <u32>step) >> 16);
}

/** A row of codes into values (i16 Q8). */
// @ts-ignore: decorator
@inline
export function unpack(codes: usize, values: usize): void {
  const bits = configExemplarBits();
  const most = levels();
  const low = <i32>memory.low;
  const step = <i32>memory.step;
  const end = codes + rowBytes;
  do {
    if (ASC_FEATURE_SIMD) {
      const group = v128.load8x8_u(codes);
      for (let plane = 0; plane < 8; plane += bits) {
        const code = v128.and(i16x8.shr_u(group, plane), i16x8.splat(<i16>most));
        v128.store(values, i16x8.add(i16x8.mul(code, i16x8.splat(<i16>step)), i16x8.splat(<i16>low)));
        values += 16;
      }
    } else {
      for (let plane = 0; plane < 8; plane += bits) {
        for (let lane: usize = 0; lane < 8; lane++) {
          store<i16>(values, <i16>(low + ((<i32>load<u8>(codes + lane) >> plane) & most) * step));
          values += 2;
        }
      }
    }
    codes += 8;
  } while (codes < end);
}

/** Place of the code of one input: byte and, in it, shift. */
// @ts-ignore: decorator
@inline
function byteOf(codes: usize, input: i32): usize {
  return codes + <usize>(((input * configExemplarBits()) >> 6 << 3) + (input & 7));
}

// @ts-ignore: decorator
@inline
function shiftOf(input: i32): i32 {
  const bits = configExemplarBits();
  return ((input >> 3) * bits) & 7;
}

/** The code of one input of a row. */
export function codeAt(codes: usize, input: i32): i32 {
  return (<i32>load<u8>(byteOf(codes, input)) >> shiftOf(input)) & levels();
}

export function setCodeAt(codes: usize, input: i32, code: i32): void {
  const at = byteOf(codes, input);
  const shift = shiftOf(input);
  store<u8>(at, <u8>((<i32>load<u8>(at) & ~(levels() << shift)) | (code << shift)));
}

/** The value that a code stands for, and the code of a value. */
export function decoded(code: i32): i32 {
  return <i32>memory.low + code * <i32>memory.step;
}

/** `part` of a step, 16 bits, is added before it is rounded down. */
export function codeOf(value: i32, part: u32 = NEAREST): i32 {
  const step = max(1, <i32>memory.step);
  return clamp(((value - <i32>memory.low + partOf(step, part)) * reciprocalOf(step)) >> 16, 0, levels());
}

/** Lanes beyond the inputs hold what code 0 stands for, so that they are no distance apart. */
export function padRow(values: usize): void {
  for (let i = configInputs(); i < lanes; i++) store<i16>(values + (<usize>i << 1), memory.low);
}

/** Sum of (x_i - y_i)^2, Q16, for values within +-2047 (Q8): 128 squares of 24 bits fit the four lanes of an i32. */
// @ts-ignore: decorator
@inline
export function distance(x: usize, y: usize, count: i32): i64 {
  const bytes = <usize>count << 1;
  let total: i64 = 0;
  if (ASC_FEATURE_SIMD) {
    let at: usize = 0;
    do {
      const stop = min(at + 256, bytes);
      let sums = i32x4.splat(0);
      do {
        const difference = i16x8.sub(v128.load(x + at), v128.load(y + at));
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(difference, difference));
        at += 16;
      } while (at < stop);
      total += sumOfLanes(sums);
    } while (at < bytes);
  } else {
    for (let at: usize = 0; at < bytes; at += 2) {
      const difference = <i32>load<i16>(x + at) - <i32>load<i16>(y + at);
      total += <i64>(difference * difference);
    }
  }
  return total;
}
