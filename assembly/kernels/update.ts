// Rank-1 updates with stochastic rounding: W_ji += floor((c_j z_i + d_i) / 2^shift), d_i uniform in [0, 2^shift).
//
// The inputs are laid out as pairs (z_i, d_i) once a step; one pairwise product with (c_j, 2^(shift - 15)) then gives
// c_j z_i + d_i for four weights at once, and no dither has to be added. d_i is a Weyl sequence over the columns with a
// random start per step; each row flips its bits by a mask of its own, since one dither for all rows costs 8-bit weights
// 0.07 points on average over nine streams.
// Overflow: |c_j z_i| < 2^26 and d_i < 2^27, so the sum fits an i32.

import { clamp } from "../fixed";
import { Layer, dithered } from "../layout";

/** Increment of the Weyl sequence: 2^32 / golden ratio, odd. */
const GOLDEN: u32 = 0x9e3779b9;
const BIAS_LIMIT: i32 = 1 << 30;

/** Fills `dithered` from a layer's inputs. */
export function interleaveDither(layer: Layer, inputs: usize, start: u32): void {
  // d_i has 15 bits; a shift below 15 wants fewer
  const drop = max(17, 32 - layer.updateShift);
  const columns = <usize>layer.stride;
  if (ASC_FEATURE_SIMD) {
    let phase = i32x4.add(
      i32x4.splat(start),
      i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b),
    );
    const step = i32x4.splat(GOLDEN << 2);
    const low = i32x4.splat(0xffff);
    for (let i: usize = 0; i < columns; i += 4) {
      const values = v128.and(v128.load16x4_s(inputs + (i << 1)), low);
      const dither = i32x4.shl(i32x4.shr_u(phase, drop), 16);
      v128.store(dithered + (i << 2), v128.or(values, dither));
      phase = i32x4.add(phase, step);
    }
  } else {
    let phase = start;
    for (let i: usize = 0; i < columns; i++) {
      store<u32>(dithered + (i << 2), <u32>load<u16>(inputs + (i << 1)) | ((phase >> drop) << 16));
      phase += GOLDEN;
    }
  }
}

/**
 * Adds the rank-1 update of a layer. Row coefficient c_j = r_j * factor / 2^factorShift, rounded, saturated to i16; rows whose
 * coefficient is 0 cannot change and are passed over.
 */
export function updateWeights(layer: Layer, pull: usize, factor: i32, factorShift: i32, start: u32, wide: bool): void {
  const rows = <usize>layer.units;
  const rowBytes = <usize>layer.stride << (wide ? 1 : 0);
  const shift = layer.updateShift;
  const ditherScale = shift > 15 ? 1 << (shift - 15) : 1;
  const half = 1 << (factorShift - 1);
  // a mask of as many bits as the dither has
  const drop = max(1, 16 - shift);
  let phase = start;
  let weights = layer.weights;
  for (let row: usize = 0; row < rows; row++) {
    const coefficient = clamp((<i32>load<i16>(pull + (row << 1)) * factor + half) >> factorShift, -32767, 32767);
    if (coefficient != 0) {
      const bias = layer.biases + (row << 2);
      const change =
        shift > 16
          ? (coefficient + <i32>(phase >> (48 - shift))) >> (shift - 16)
          : coefficient << (16 - shift);
      store<i32>(bias, clamp(load<i32>(bias) + change, -BIAS_LIMIT, BIAS_LIMIT));
      if (wide) addRow16(weights, rowBytes, coefficient, ditherScale, shift, phase >> (16 + drop) << 16);
      else addRow8(weights, rowBytes, coefficient, ditherScale, shift, phase >> (16 + drop) << 16);
    }
    phase += GOLDEN;
    weights += rowBytes;
  }
}

function addRow16(weights: usize, bytes: usize, coefficient: i32, ditherScale: i32, shift: i32, mask: u32): void {
  const end = weights + bytes;
  let pair = dithered;
  if (ASC_FEATURE_SIMD) {
    const factors = i32x4.splat((coefficient & 0xffff) | (ditherScale << 16));
    const flips = i32x4.splat(mask);
    do {
      const low = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(v128.load(pair), flips), factors), shift);
      const high = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(v128.load(pair, 16), flips), factors), shift);
      v128.store(weights, i16x8.add_sat_s(v128.load(weights), i16x8.narrow_i32x4_s(low, high)));
      weights += 16;
      pair += 32;
    } while (weights < end);
  } else {
    const flips = <i32>(mask >> 16);
    do {
      const change = (<i32>load<i16>(pair) * coefficient + (<i32>load<i16>(pair, 2) ^ flips) * ditherScale) >> shift;
      store<i16>(weights, <i16>clamp(<i32>load<i16>(weights) + clamp(change, -32768, 32767), -32768, 32767));
      weights += 2;
      pair += 4;
    } while (weights < end);
  }
}

function addRow8(weights: usize, bytes: usize, coefficient: i32, ditherScale: i32, shift: i32, mask: u32): void {
  const end = weights + bytes;
  let pair = dithered;
  if (ASC_FEATURE_SIMD) {
    const factors = i32x4.splat((coefficient & 0xffff) | (ditherScale << 16));
    const flips = i32x4.splat(mask);
    do {
      const low = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(v128.load(pair), flips), factors), shift);
      const high = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(v128.load(pair, 16), flips), factors), shift);
      const sum = i16x8.add_sat_s(v128.load8x8_s(weights), i16x8.narrow_i32x4_s(low, high));
      v128.store64_lane(weights, i8x16.narrow_i16x8_s(sum, sum), 0);
      weights += 8;
      pair += 32;
    } while (weights < end);
  } else {
    const flips = <i32>(mask >> 16);
    do {
      const change = (<i32>load<i16>(pair) * coefficient + (<i32>load<i16>(pair, 2) ^ flips) * ditherScale) >> shift;
      store<i8>(weights, <i8>clamp(<i32>load<i8>(weights) + change, -128, 127));
      weights += 1;
      pair += 4;
    } while (weights < end);
  }
}
