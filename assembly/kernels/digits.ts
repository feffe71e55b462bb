// The forward sweep over 8-bit weights by the dot product of relaxed SIMD: sixteen weights times sixteen values of 7 bits, added to four sums.
//
// It is the same on every machine where a value is 0 to 127; beyond that each has its own way. An input, 12 bits with a sign, becomes two such digits,
// z = 33 a - 64 b:
//   a = 64 + (33 z mod 64)     64 to 127
//   b = (33 a - z) / 64        exact: 33 * 33 = 17 * 64 + 1, so 33 a = z mod 64; above (33 * 64 - 2047) / 64 = 1.01, below (33 * 127 + 2047) / 64 = 97.5
// Sums of w a and w b are within 8192 * 128 * 127 < 2^27. 33 and 64 times them may leave 32 bits, but their difference, the sum of w z, does not (forward.ts), and
// arithmetic modulo 2^32 forgives what was between. Two digits of one sign each, z = 128 a + b, would want the sum of a row's weights as well: a third product.

import { Layer, digits } from "../layout";
import { settleFour, sumsOf } from "./settle";

/** The digits of sixteen inputs after those of sixteen others, a before b; of eight that are left the same. */
function layDigits(inputs: usize, bytes: usize): void {
  const end = bytes & ~31;
  for (let at: usize = 0; at < end; at += 32) {
    const low = v128.load(inputs + at);
    const high = v128.load(inputs + at, 16);
    const a0 = firstDigits(low);
    const a1 = firstDigits(high);
    v128.store(digits + at, i8x16.narrow_i16x8_s(a0, a1));
    v128.store(digits + at, i8x16.narrow_i16x8_s(secondDigits(a0, low), secondDigits(a1, high)), 16);
  }
  if (end < bytes) {
    const z = v128.load(inputs + end);
    const a = firstDigits(z);
    v128.store(digits + end, i8x16.narrow_i16x8_s(a, secondDigits(a, z)));
  }
}

// @ts-ignore: decorator
@inline
function firstDigits(z: v128): v128 {
  return v128.or(v128.and(i16x8.mul(z, i16x8.splat(33)), i16x8.splat(63)), i16x8.splat(64));
}

// @ts-ignore: decorator
@inline
function secondDigits(a: v128, z: v128): v128 {
  return i16x8.shr_s(i16x8.sub(i16x8.mul(a, i16x8.splat(33)), z), 6);
}

// @ts-ignore: decorator
@inline
function dot(weights: v128, digits: v128, sums: v128): v128 {
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, digits, sums);
}

/** Four rows share each load of the digits. Of eight columns that are left the weights beyond are 0, whatever lies there as a digit. */
export function digitRows(layer: Layer, inputs: usize, output: usize): void {
  const stride = <usize>layer.stride;
  const last = layer.biases + (<usize>layer.units << 2);
  layDigits(inputs, stride << 1);
  let w0 = layer.weights;
  for (let bias = layer.biases; bias < last; bias += 16) {
    let w1 = w0 + stride;
    let w2 = w1 + stride;
    let w3 = w2 + stride;
    const end = w0 + (stride & ~15);
    let digit = digits;
    let a0 = i32x4.splat(0);
    let a1 = i32x4.splat(0);
    let a2 = i32x4.splat(0);
    let a3 = i32x4.splat(0);
    let b0 = i32x4.splat(0);
    let b1 = i32x4.splat(0);
    let b2 = i32x4.splat(0);
    let b3 = i32x4.splat(0);
    while (w0 < end) {
      const a = v128.load(digit);
      const b = v128.load(digit, 16);
      const v0 = v128.load(w0);
      const v1 = v128.load(w1);
      const v2 = v128.load(w2);
      const v3 = v128.load(w3);
      a0 = dot(v0, a, a0);
      b0 = dot(v0, b, b0);
      a1 = dot(v1, a, a1);
      b1 = dot(v1, b, b1);
      a2 = dot(v2, a, a2);
      b2 = dot(v2, b, b2);
      a3 = dot(v3, a, a3);
      b3 = dot(v3, b, b3);
      w0 += 16;
      w1 += 16;
      w2 += 16;
      w3 += 16;
      digit += 32;
    }
    if ((stride & 8) != 0) {
      const a = v128.load(digit);
      const b = v128.load64_zero(digit, 8);
      const v0 = v128.load64_zero(w0);
      const v1 = v128.load64_zero(w1);
      const v2 = v128.load64_zero(w2);
      const v3 = v128.load64_zero(w3);
      a0 = dot(v0, a, a0);
      b0 = dot(v0, b, b0);
      a1 = dot(v1, a, a1);
      b1 = dot(v1, b, b1);
      a2 = dot(v2, a, a2);
      b2 = dot(v2, b, b2);
      a3 = dot(v3, a, a3);
      b3 = dot(v3, b, b3);
      w3 += 8;
    }
    const sums = i32x4.sub(i32x4.mul(sumsOf(a0, a1, a2, a3), i32x4.splat(33)), i32x4.shl(sumsOf(b0, b1, b2, b3), 6));
    v128.store64_lane(output, settleFour(i32x4.shr_s(sums, 16), v128.and(sums, i32x4.splat(0xffff)), v128.load(bias), layer.fraction), 0);
    output += 8;
    w0 = w3;
  }
}
