// Matrix-vector products: weights [rows, stride] times inputs [stride] gives pre-activations [rows] in Q8.
//
// Overflow. Inputs are within +-2047 (12 bits). An i16 weight times an input is below 2^26, so 32 of them fit an i32: the scalar
// loop sets its sum aside in two halves every 32 columns, a SIMD lane, which sees a quarter of the columns, every 128. An i8 weight times an
// input is at most 128 * 2047, and 8192 columns (4096 units and 4096 skipped inputs) of them just fit: 2,146,435,072 < 2^31.
// Sums are therefore exact and the order of adding, which differs between the builds, cannot show.

import { WIDE_FRACTION } from "../fixed";
import { Layer, live } from "../layout";
import { digitRows } from "./digits";
import { isSparse, listLive, liveEnd } from "./live";
import { settleFour, settleHalves, sumsOf } from "./settle";

/** a_j = b_j + sum_i W_ji z_i for every unit, rounded to Q8 and saturated to +-ENERGY_LIMIT, into `output`. */
export function preactivate(layer: Layer, inputs: usize, output: usize, wide: bool): void {
  if (ASC_FEATURE_SIMD) {
    listLive(layer, inputs);
    if (isSparse(layer)) liveRows(layer, inputs, output, wide);
    else if (wide) vectorRows16(layer, inputs, output);
    else if (ASC_FEATURE_RELAXED_SIMD) digitRows(layer, inputs, output);
    else vectorRows8(layer, inputs, output);
  } else {
    if (wide) scalarRows16(layer, inputs, output);
    else scalarRows8(layer, inputs, output);
  }
  // lanes that do not exist may hold what a wider layer left
  for (let j = layer.units; j < layer.lanes; j++) store<i16>(output + (<usize>j << 1), 0);
}

// ---- scalar: one word brings two inputs, two i16 or four i8 weights. A load costs a Cortex-M0+ twice an arithmetic
// instruction; and it has eight registers: two rows at a time would share the inputs and spill (8.1 cycles a product, one row 7.0) ----

// @ts-ignore: decorator
@inline
function low16(pair: i32): i32 {
  return <i32>(<i16>pair);
}

/** Sum of a multiple of 8 columns, at most 32, of a row of i16 weights. Called from two places, so that it is not inlined. */
function block16(weights: usize, input: usize, stop: usize): i32 {
  let sum = 0;
  do {
    let z = load<i32>(input);
    let w = load<i32>(weights);
    sum += low16(w) * low16(z);
    sum += (w >> 16) * (z >> 16);
    z = load<i32>(input, 4);
    w = load<i32>(weights, 4);
    sum += low16(w) * low16(z);
    sum += (w >> 16) * (z >> 16);
    z = load<i32>(input, 8);
    w = load<i32>(weights, 8);
    sum += low16(w) * low16(z);
    sum += (w >> 16) * (z >> 16);
    z = load<i32>(input, 12);
    w = load<i32>(weights, 12);
    sum += low16(w) * low16(z);
    sum += (w >> 16) * (z >> 16);
    weights += 16;
    input += 16;
  } while (input < stop);
  return sum;
}

/** Sum of a multiple of 8 columns of a row of i8 weights. */
function block8(weights: usize, input: usize, stop: usize): i32 {
  let sum = 0;
  do {
    let w = load<i32>(weights);
    let z = load<i32>(input);
    sum += <i32>(<i8>w) * low16(z);
    sum += ((w << 16) >> 24) * (z >> 16);
    z = load<i32>(input, 4);
    sum += ((w << 8) >> 24) * low16(z);
    sum += (w >> 24) * (z >> 16);
    w = load<i32>(weights, 4);
    z = load<i32>(input, 8);
    sum += <i32>(<i8>w) * low16(z);
    sum += ((w << 16) >> 24) * (z >> 16);
    z = load<i32>(input, 12);
    sum += ((w << 8) >> 24) * low16(z);
    sum += (w >> 24) * (z >> 16);
    weights += 8;
    input += 16;
  } while (input < stop);
  return sum;
}

function scalarRows16(layer: Layer, inputs: usize, output: usize): void {
  const end = inputs + (<usize>layer.stride << 1);
  const last = layer.biases + (<usize>layer.units << 2);
  let weights = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 4) {
    let input = inputs;
    let high = 0;
    let low = 0;
    for (; input + 64 < end; input += 64) {
      const part = block16(weights, input, input + 64);
      high += part >> 16;
      low += part & 0xffff;
      weights += 64;
    }
    const part = block16(weights, input, end);
    store<i16>(output, <i16>settleHalves(high + (part >> 16), low + (part & 0xffff), load<i32>(bias), WIDE_FRACTION));
    weights += end - input;
    output += 2;
  }
}

function scalarRows8(layer: Layer, inputs: usize, output: usize): void {
  const stride = <usize>layer.stride;
  const end = inputs + (stride << 1);
  const last = layer.biases + (<usize>layer.units << 2);
  let weights = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 4) {
    const sum = block8(weights, inputs, end);
    store<i16>(output, <i16>settleHalves(sum >> 16, sum & 0xffff, load<i32>(bias), layer.fraction));
    weights += stride;
    output += 2;
  }
}

// ---- SIMD: four rows share each load of the inputs; two blocks of 8 columns a round keep 14 vectors live. Where a fourth of the inputs is empty only
// the listed blocks are visited ----

function vectorRows16(layer: Layer, inputs: usize, output: usize): void {
  const bytes = <usize>layer.stride << 1;
  const last = layer.biases + (<usize>layer.units << 2);
  let w0 = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 16) {
    let w1 = w0 + bytes;
    let w2 = w1 + bytes;
    let w3 = w2 + bytes;
    let input = inputs;
    const end = inputs + bytes;
    let high = i32x4.splat(0);
    let low = i32x4.splat(0);
    while (input < end) {
      const stop = min(input + 256, end);
      let p0 = i32x4.splat(0);
      let p1 = i32x4.splat(0);
      let p2 = i32x4.splat(0);
      let p3 = i32x4.splat(0);
      while (input + 16 < stop) {
        const a = v128.load(input);
        const b = v128.load(input, 16);
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load(w0), a));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load(w1), a));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load(w2), a));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load(w3), a));
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load(w0, 16), b));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load(w1, 16), b));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load(w2, 16), b));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load(w3, 16), b));
        w0 += 32;
        w1 += 32;
        w2 += 32;
        w3 += 32;
        input += 32;
      }
      if (input < stop) {
        const a = v128.load(input);
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load(w0), a));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load(w1), a));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load(w2), a));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load(w3), a));
        w0 += 16;
        w1 += 16;
        w2 += 16;
        w3 += 16;
        input += 16;
      }
      // transposed: lane k of every row in one vector
      const q0 = v128.shuffle<i32>(p0, p1, 0, 4, 1, 5);
      const q1 = v128.shuffle<i32>(p0, p1, 2, 6, 3, 7);
      const q2 = v128.shuffle<i32>(p2, p3, 0, 4, 1, 5);
      const q3 = v128.shuffle<i32>(p2, p3, 2, 6, 3, 7);
      p0 = v128.shuffle<i32>(q0, q2, 0, 1, 4, 5);
      p1 = v128.shuffle<i32>(q0, q2, 2, 3, 6, 7);
      p2 = v128.shuffle<i32>(q1, q3, 0, 1, 4, 5);
      p3 = v128.shuffle<i32>(q1, q3, 2, 3, 6, 7);
      const part = i32x4.splat(0xffff);
      const uppers = i32x4.add(i32x4.add(i32x4.shr_s(p0, 16), i32x4.shr_s(p1, 16)), i32x4.add(i32x4.shr_s(p2, 16), i32x4.shr_s(p3, 16)));
      const lowers = i32x4.add(i32x4.add(v128.and(p0, part), v128.and(p1, part)), i32x4.add(v128.and(p2, part), v128.and(p3, part)));
      high = i32x4.add(high, uppers);
      low = i32x4.add(low, lowers);
    }
    v128.store64_lane(output, settleFour(high, low, v128.load(bias), WIDE_FRACTION), 0);
    output += 8;
    w0 = w3;
  }
}

function vectorRows8(layer: Layer, inputs: usize, output: usize): void {
  const stride = <usize>layer.stride;
  const last = layer.biases + (<usize>layer.units << 2);
  let w0 = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 16) {
    let w1 = w0 + stride;
    let w2 = w1 + stride;
    let w3 = w2 + stride;
    let input = inputs;
    const end = inputs + (stride << 1);
    let p0 = i32x4.splat(0);
    let p1 = i32x4.splat(0);
    let p2 = i32x4.splat(0);
    let p3 = i32x4.splat(0);
    do {
      const a = v128.load(input);
      p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load8x8_s(w0), a));
      p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load8x8_s(w1), a));
      p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load8x8_s(w2), a));
      p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load8x8_s(w3), a));
      w0 += 8;
      w1 += 8;
      w2 += 8;
      w3 += 8;
      input += 16;
    } while (input < end);
    const sums = sumsOf(p0, p1, p2, p3);
    const low = v128.and(sums, i32x4.splat(0xffff));
    v128.store64_lane(output, settleFour(i32x4.shr_s(sums, 16), low, v128.load(bias), layer.fraction), 0);
    output += 8;
    w0 = w3;
  }
}

/** Visits only the listed blocks of 8 columns; with i16 weights the sums of four rows, which 4 blocks cannot overflow, are set aside after as many. */
function liveRows(layer: Layer, inputs: usize, output: usize, wide: bool): void {
  const bytes = <usize>layer.stride << (wide ? 1 : 0);
  const most: usize = wide ? 8 : 0x4000;
  const last = layer.biases + (<usize>layer.units << 2);
  let w0 = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 16) {
    const w1 = w0 + bytes;
    const w2 = w1 + bytes;
    const w3 = w2 + bytes;
    let list = live;
    let high = i32x4.splat(0);
    let low = i32x4.splat(0);
    while (list < liveEnd) {
      const stop = min(list + most, liveEnd);
      let p0 = i32x4.splat(0);
      let p1 = i32x4.splat(0);
      let p2 = i32x4.splat(0);
      let p3 = i32x4.splat(0);
      if (wide) {
        for (; list < stop; list += 2) {
          const from = <usize>load<u16>(list);
          const a = v128.load(inputs + from);
          p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load(w0 + from), a));
          p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load(w1 + from), a));
          p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load(w2 + from), a));
          p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load(w3 + from), a));
        }
      } else {
        for (; list < stop; list += 2) {
          const from = <usize>load<u16>(list);
          const a = v128.load(inputs + from);
          p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load8x8_s(w0 + (from >> 1)), a));
          p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load8x8_s(w1 + (from >> 1)), a));
          p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load8x8_s(w2 + (from >> 1)), a));
          p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load8x8_s(w3 + (from >> 1)), a));
        }
      }
      const sums = sumsOf(p0, p1, p2, p3);
      high = i32x4.add(high, i32x4.shr_s(sums, 16));
      low = i32x4.add(low, v128.and(sums, i32x4.splat(0xffff)));
    }
    v128.store64_lane(output, settleFour(high, low, v128.load(bias), layer.fraction), 0);
    output += 8;
    w0 = w3 + bytes;
  }
}
