// Matrix-vector products: weights [rows, stride] times inputs [stride] gives pre-activations [rows] in Q8.
//
// Overflow. Inputs are within +-2047 (12 bits). An i16 weight times an input is below 2^26, so 32 of them fit an i32: the scalar
// loop widens to i64 every 32 columns, a SIMD lane, which sees a quarter of the columns, every 128. An i8 weight times an
// input is at most 128 * 2047, and 8192 columns (4096 units and 4096 skipped inputs) of them just fit: 2,146,435,072 < 2^31.
// Sums are therefore exact and the order of adding, which differs between the builds, cannot show.

import { ENERGY_LIMIT } from "../fixed";
import { Layer } from "../layout";

/** a_j = b_j + sum_i W_ji z_i for every unit, rounded to Q8 and saturated to +-ENERGY_LIMIT, into `output`. */
export function preactivate(layer: Layer, inputs: usize, output: usize, wide: bool): void {
  if (ASC_FEATURE_SIMD) {
    if (wide) vectorRows16(layer, inputs, output);
    else vectorRows8(layer, inputs, output);
  } else {
    if (wide) scalarRows16(layer, inputs, output);
    else scalarRows8(layer, inputs, output);
  }
  // lanes that do not exist may hold what a wider layer left
  for (let j = layer.units; j < layer.lanes; j++) store<i16>(output + (<usize>j << 1), 0);
}

// @ts-ignore: decorator
@inline
function settle(layer: Layer, row: usize, sum: i64, output: usize): void {
  const fraction = layer.fraction;
  const total = sum + <i64>load<i32>(layer.biases + (row << 2)) + <i64>(1 << (fraction - 1));
  const value = max<i64>(-ENERGY_LIMIT, min<i64>(ENERGY_LIMIT, total >> fraction));
  store<i16>(output + (row << 1), <i16>value);
}

// ---- scalar: two rows at a time, so that on a Cortex-M0+ everything stays in the eight low registers ----

function scalarRows16(layer: Layer, inputs: usize, output: usize): void {
  const bytes = <usize>layer.stride << 1;
  const rows = <usize>layer.units;
  let first = layer.weights;
  for (let row: usize = 0; row < rows; row += 2) {
    let second = first + bytes;
    let input = inputs;
    const end = inputs + bytes;
    let sum0: i64 = 0;
    let sum1: i64 = 0;
    while (input < end) {
      const stop = min(input + 64, end);
      let part0: i32 = 0;
      let part1: i32 = 0;
      do {
        const value = <i32>load<i16>(input);
        part0 += <i32>load<i16>(first) * value;
        part1 += <i32>load<i16>(second) * value;
        const next = <i32>load<i16>(input, 2);
        part0 += <i32>load<i16>(first, 2) * next;
        part1 += <i32>load<i16>(second, 2) * next;
        first += 4;
        second += 4;
        input += 4;
      } while (input < stop);
      sum0 += part0;
      sum1 += part1;
    }
    settle(layer, row, sum0, output);
    if (row + 1 < rows) settle(layer, row + 1, sum1, output);
    first = second;
  }
}

function scalarRows8(layer: Layer, inputs: usize, output: usize): void {
  const stride = <usize>layer.stride;
  const rows = <usize>layer.units;
  let first = layer.weights;
  for (let row: usize = 0; row < rows; row += 2) {
    let second = first + stride;
    let input = inputs;
    const end = inputs + (stride << 1);
    let sum0: i32 = 0;
    let sum1: i32 = 0;
    do {
      const value = <i32>load<i16>(input);
      sum0 += <i32>load<i8>(first) * value;
      sum1 += <i32>load<i8>(second) * value;
      const next = <i32>load<i16>(input, 2);
      sum0 += <i32>load<i8>(first, 1) * next;
      sum1 += <i32>load<i8>(second, 1) * next;
      first += 2;
      second += 2;
      input += 4;
    } while (input < end);
    settle(layer, row, sum0, output);
    if (row + 1 < rows) settle(layer, row + 1, sum1, output);
    first = second;
  }
}

// ---- SIMD: four rows share each load of the inputs; two blocks of 8 columns a round keep 14 vectors live ----

// @ts-ignore: decorator
@inline
function widen(sums: v128): v128 {
  return i64x2.add(i64x2.extend_low_i32x4_s(sums), i64x2.extend_high_i32x4_s(sums));
}

// @ts-ignore: decorator
@inline
function across(sums: v128): i64 {
  return i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
}

// @ts-ignore: decorator
@inline
function settleFour(layer: Layer, row: usize, s0: v128, s1: v128, s2: v128, s3: v128, output: usize): void {
  settle(layer, row, across(s0), output);
  settle(layer, row + 1, across(s1), output);
  settle(layer, row + 2, across(s2), output);
  settle(layer, row + 3, across(s3), output);
}

function vectorRows16(layer: Layer, inputs: usize, output: usize): void {
  const bytes = <usize>layer.stride << 1;
  const rows = <usize>layer.units;
  let w0 = layer.weights;
  for (let row: usize = 0; row < rows; row += 4) {
    let w1 = w0 + bytes;
    let w2 = w1 + bytes;
    let w3 = w2 + bytes;
    let input = inputs;
    const end = inputs + bytes;
    let s0 = i64x2.splat(0);
    let s1 = i64x2.splat(0);
    let s2 = i64x2.splat(0);
    let s3 = i64x2.splat(0);
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
      s0 = i64x2.add(s0, widen(p0));
      s1 = i64x2.add(s1, widen(p1));
      s2 = i64x2.add(s2, widen(p2));
      s3 = i64x2.add(s3, widen(p3));
    }
    settleFour(layer, row, s0, s1, s2, s3, output);
    w0 = w3;
  }
}

function vectorRows8(layer: Layer, inputs: usize, output: usize): void {
  const stride = <usize>layer.stride;
  const rows = <usize>layer.units;
  let w0 = layer.weights;
  for (let row: usize = 0; row < rows; row += 4) {
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
    settleFour(layer, row, widen(p0), widen(p1), widen(p2), widen(p3), output);
    w0 = w3;
  }
}
