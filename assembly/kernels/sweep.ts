// The SIMD half of a rank-1 update (update.ts): coefficients and biases of four rows at a time, then a sweep over the weights of those
// rows that move.
//
// Which rows move cannot be predicted, so they are listed without a branch. Four listed rows share each load of inputs and dither. A shift count that
// is not a constant costs V8 a mask and a move into a vector register at every use, so the inputs are scaled until the shift is a usual one.

import { BIAS_LIMIT } from "../fixed";
import { Layer, dithered, live, moving, movingRoom } from "../layout";
import { isSparse, liveEnd } from "./live";
import { GOLDEN, SCRAMBLE } from "../random";

/** All of `updateWeights` but the strongest pull: `least` is an eighth of it. */
export function sweepRows(layer: Layer, pull: usize, factor: i32, factorShift: i32, start: u32, least: i32, wide: bool): void {
  const rows = <usize>layer.units;
  for (let first: usize = 0; first < rows; first += movingRoom) {
    const count = min(movingRoom, rows - first);
    weighRows(layer, pull, first, count, factor, factorShift, start, least);
    sweep(layer, listMoving(first, count), start, wide);
  }
}

/** Coefficients of `count` rows, i32 each, to where the list will be; their biases moved. */
function weighRows(layer: Layer, pull: usize, first: usize, count: usize, factor: i32, factorShift: i32, start: u32, least: i32): void {
  const shift = layer.updateShift;
  const leasts = i32x4.splat(least);
  const half = i32x4.splat(1 << (factorShift - 1));
  let phases = i32x4.add(i32x4.splat(start + <u32>first * GOLDEN), i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b));
  for (let k: usize = 0; k < count; k += 4) {
    // `sampled`, four at once
    const r = v128.load16x4_s(pull + ((first + k) << 1));
    const size = i32x4.abs(r);
    const chance = i32x4.shr_u(i32x4.mul(phases, i32x4.splat(SCRAMBLE)), 17);
    const dropped = i32x4.ge_s(i32x4.mul(chance, leasts), i32x4.shl(size, 15));
    const sign = i32x4.shr_s(r, 31);
    const raised = v128.andnot(i32x4.sub(v128.xor(leasts, sign), sign), dropped);
    const kept = v128.bitselect(r, raised, i32x4.ge_s(size, leasts));
    const exact = i32x4.shr_s(i32x4.add(i32x4.mul(kept, i32x4.splat(factor)), half), factorShift);
    const coefficients = i32x4.max_s(i32x4.splat(-32767), i32x4.min_s(i32x4.splat(32767), exact));
    v128.store(moving + (k << 2), coefficients);
    const change =
      shift > 16
        ? i32x4.shr_s(i32x4.add(coefficients, i32x4.shr_u(phases, 48 - shift)), shift - 16)
        : i32x4.shl(coefficients, 16 - shift);
    const bias = layer.biases + ((first + k) << 2);
    const moved = i32x4.add(v128.load(bias), v128.andnot(change, i32x4.eq(coefficients, i32x4.splat(0))));
    v128.store(bias, i32x4.max_s(i32x4.splat(-BIAS_LIMIT), i32x4.min_s(i32x4.splat(BIAS_LIMIT), moved)));
    phases = i32x4.add(phases, i32x4.splat(GOLDEN << 2));
  }
}

/**
 * Leaves entries (row << 16 | coefficient as u16) of the rows that move, never beyond the coefficient that is read; where the list ends.
 * A multiple of four: what is missing is row 0 with coefficient 0, which changes nothing.
 */
function listMoving(first: usize, count: usize): usize {
  let list = moving;
  for (let k: usize = 0; k < count; k++) {
    const c = load<u32>(moving + (k << 2));
    store<u32>(list, (<u32>(first + k) << 16) | (c & 0xffff));
    list += c != 0 ? 4 : 0;
  }
  for (; (list & 15) != 0; list += 4) store<u32>(list, 0);
  return list;
}

/**
 * The shift of a change after the inputs, which have 12 bits of their 16, were scaled by up to 2^4: 24 at 8 bits, 16 or 20 at 16 bits, where that is
 * enough; at least 15.
 */
export function sweepShift(shift: i32, wide: bool): i32 {
  if (!wide) return shift >= 20 && shift <= 24 ? 24 : shift;
  return shift < 12 ? shift + 4 : shift > 20 ? shift : shift <= 16 ? 16 : 20;
}

/** Bits of a Weyl phase, halved, that are the dither: in the upper half of a word, 15 of them or as many as the layer's shift. */
// @ts-ignore: decorator
@inline
function ditherMask(layer: Layer): i32 {
  return (-1 << max(17, 32 - layer.updateShift)) >>> 1;
}

/** Fills `dithered` for one step of a layer: pairs (z_i scaled, d_i). */
export function interleaveDither(layer: Layer, inputs: usize, start: u32): void {
  const up = layer.sweepShift - layer.updateShift;
  const dither = i32x4.splat(ditherMask(layer));
  const low = i32x4.splat(0xffff);
  const columns = <usize>layer.stride;
  let phase = i32x4.add(i32x4.splat(start), i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b));
  for (let i: usize = 0; i < columns; i += 4) {
    const values = v128.and(i32x4.shl(v128.load16x4_u(inputs + (i << 1)), up), low);
    v128.store(dithered + (i << 2), v128.or(values, v128.and(i32x4.shr_u(phase, 1), dither)));
    phase = i32x4.add(phase, i32x4.splat(GOLDEN << 2));
  }
}

function sweep(layer: Layer, end: usize, start: u32, wide: bool): void {
  const shift = layer.sweepShift;
  const bytes = <usize>layer.stride << (wide ? 1 : 0);
  const weights = layer.weights;
  const mask = ditherMask(layer);
  const dither = 1 << (shift + 1);
  const sparse = isSparse(layer);
  // all columns by rounds of sixteen, those of an odd group of eight that are left by the list
  const rounds: usize = sparse || shift != 24 ? 0 : bytes & ~15;
  let rest = live;
  if (rounds != 0) rest = rounds != bytes && <usize>load<u16>(liveEnd - 2) == rounds << 1 ? liveEnd - 2 : liveEnd;
  for (let list = moving; list < end; list += 16) {
    const e0 = load<u32>(list);
    const e1 = load<u32>(list, 4);
    const e2 = load<u32>(list, 8);
    const e3 = load<u32>(list, 12);
    const w0 = weights + rowOf(e0) * bytes;
    const w1 = weights + rowOf(e1) * bytes;
    const w2 = weights + rowOf(e2) * bytes;
    const w3 = weights + rowOf(e3) * bytes;
    const f0 = factorsOf(e0, dither);
    const f1 = factorsOf(e1, dither);
    const f2 = factorsOf(e2, dither);
    const f3 = factorsOf(e3, dither);
    const x0 = flipsOf(e0, start, mask);
    const x1 = flipsOf(e1, start, mask);
    const x2 = flipsOf(e2, start, mask);
    const x3 = flipsOf(e3, start, mask);
    if (wide) {
      if (sparse) live16(w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, shift);
      else sweep16(w0 + bytes, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, shift);
    } else {
      if (rounds != 0) pairs8(w0 + rounds, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3);
      live8(rest, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, shift);
    }
  }
}

// @ts-ignore: decorator
@inline
function rowOf(entry: u32): usize {
  return <usize>(entry >> 16);
}

// @ts-ignore: decorator
@inline
function factorsOf(entry: u32, dither: i32): v128 {
  return i32x4.splat(<i32>(entry & 0xffff) | dither);
}

// @ts-ignore: decorator
@inline
function flipsOf(entry: u32, start: u32, mask: i32): v128 {
  return i32x4.splat((start + (entry >> 16) * GOLDEN) >> 1 & mask);
}

/** Changes of eight weights, i16. */
// @ts-ignore: decorator
@inline
function changes(a: v128, b: v128, factors: v128, flips: v128, shift: i32): v128 {
  const low = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(a, flips), factors), shift);
  const high = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(b, flips), factors), shift);
  return i16x8.narrow_i32x4_s(low, high);
}

// @ts-ignore: decorator
@inline
function block16(weights: usize, a: v128, b: v128, factors: v128, flips: v128, shift: i32): void {
  v128.store(weights, i16x8.add_sat_s(v128.load(weights), changes(a, b, factors, flips, shift)));
}

// @ts-ignore: decorator
@inline
function block8(weights: usize, a: v128, b: v128, factors: v128, flips: v128, shift: i32): void {
  const sum = i16x8.add_sat_s(v128.load8x8_s(weights), changes(a, b, factors, flips, shift));
  v128.store64_lane(weights, i8x16.narrow_i16x8_s(sum, sum), 0);
}

function sweep16(
  end: usize, w0: usize, w1: usize, w2: usize, w3: usize, f0: v128, f1: v128, f2: v128, f3: v128, x0: v128, x1: v128, x2: v128, x3: v128, shift: i32,
): void {
  if (shift == 16) return rounds16(end, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, 16);
  if (shift == 20) return rounds16(end, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, 20);
  live16(w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, shift);
}

// @ts-ignore: decorator
@inline
function rounds16(
  end: usize, w0: usize, w1: usize, w2: usize, w3: usize, f0: v128, f1: v128, f2: v128, f3: v128, x0: v128, x1: v128, x2: v128, x3: v128, shift: i32,
): void {
  let pair = dithered;
  do {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    block16(w0, a, b, f0, x0, shift);
    block16(w1, a, b, f1, x1, shift);
    block16(w2, a, b, f2, x2, shift);
    block16(w3, a, b, f3, x3, shift);
    w0 += 16;
    w1 += 16;
    w2 += 16;
    w3 += 16;
    pair += 32;
  } while (w0 < end);
}

/** Listed columns of four rows of 16-bit weights, by any shift. */
function live16(
  w0: usize, w1: usize, w2: usize, w3: usize, f0: v128, f1: v128, f2: v128, f3: v128, x0: v128, x1: v128, x2: v128, x3: v128, shift: i32,
): void {
  let list = live;
  for (; list < liveEnd; list += 2) {
    const from = <usize>load<u16>(list);
    const pair = dithered + (from << 1);
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    block16(w0 + from, a, b, f0, x0, shift);
    block16(w1 + from, a, b, f1, x1, shift);
    block16(w2 + from, a, b, f2, x2, shift);
    block16(w3 + from, a, b, f3, x3, shift);
  }
}

/** Listed columns of four rows of 8-bit weights, by any shift. */
function live8(
  list: usize, w0: usize, w1: usize, w2: usize, w3: usize, f0: v128, f1: v128, f2: v128, f3: v128, x0: v128, x1: v128, x2: v128, x3: v128, shift: i32,
): void {
  for (; list < liveEnd; list += 2) {
    const from = <usize>load<u16>(list);
    const pair = dithered + (from << 1);
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    block8(w0 + (from >> 1), a, b, f0, x0, shift);
    block8(w1 + (from >> 1), a, b, f1, x1, shift);
    block8(w2 + (from >> 1), a, b, f2, x2, shift);
    block8(w3 + (from >> 1), a, b, f3, x3, shift);
  }
}

/** Sixteen weights of 8 bits a round. A change is within +-64 when the layer's shift is at least 20 and |c z| < 2^26: it fits 8 bits before it is added. */
function pairs8(
  end: usize, w0: usize, w1: usize, w2: usize, w3: usize, f0: v128, f1: v128, f2: v128, f3: v128, x0: v128, x1: v128, x2: v128, x3: v128,
): void {
  let pair = dithered;
  do {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
    const c = v128.load(pair, 32);
    const d = v128.load(pair, 48);
    sixteen(w0, a, b, c, d, f0, x0);
    sixteen(w1, a, b, c, d, f1, x1);
    sixteen(w2, a, b, c, d, f2, x2);
    sixteen(w3, a, b, c, d, f3, x3);
    w0 += 16;
    w1 += 16;
    w2 += 16;
    w3 += 16;
    pair += 64;
  } while (w0 < end);
}

// @ts-ignore: decorator
@inline
function sixteen(weights: usize, a: v128, b: v128, c: v128, d: v128, factors: v128, flips: v128): void {
  const change = i8x16.narrow_i16x8_s(changes(a, b, factors, flips, 24), changes(c, d, factors, flips, 24));
  v128.store(weights, i8x16.add_sat_s(v128.load(weights), change));
}
