// Rank-1 updates with stochastic rounding: W_ji += floor((c_j z_i + d_ji) / 2^shift), d_ji uniform in [0, 2^shift).
//
// d_ji has at most 15 random bits above zeros: a Weyl sequence over the columns with a random start per step, its bits flipped
// by a mask of the row's own, since one dither for all rows costs 8-bit weights 0.07 points on average over nine streams.
// SIMD lays inputs and dither out as pairs (z_i, d_i) once a step; one pairwise product with (c_j, 2^(shift - 15)) then gives
// c_j z_i + d_i for four weights, and no dither has to be added. Scalar keeps d_i in place, shifted, one word a column.
// Overflow: |c_j z_i| < 2^26 and d_ji < 2^27, so the sum fits an i32; a shift is at least 11, so a change fits an i16.

import { BIAS_LIMIT, clamp } from "../fixed";
import { Layer, dithered } from "../layout";
import { GOLDEN, SCRAMBLE } from "../random";
import { interleaveDither, sweepRows } from "./sweep";

/** Fills `dithered` for one step of a layer. */
export function layDither(layer: Layer, inputs: usize, start: u32): void {
  if (ASC_FEATURE_SIMD) {
    interleaveDither(layer, inputs, start);
    return;
  }
  const columns = <usize>layer.stride;
  const up = 32 - layer.updateShift;
  let phase = start;
  for (let i: usize = 0; i < columns; i++) {
    store<u32>(dithered + (i << 2), phase >> 17 << 17 >> up);
    phase += GOLDEN;
  }
}

/** The greatest |r_j| of a layer; lanes that do not exist hold 0. */
function greatestPull(layer: Layer, pull: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const end = pull + (<usize>layer.lanes << 1);
    let most = i16x8.splat(0);
    for (; pull < end; pull += 16) most = i16x8.max_s(most, i16x8.abs(v128.load(pull)));
    most = i16x8.max_s(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
    most = i16x8.max_s(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
    return max<i32>(i16x8.extract_lane_s(most, 0), i16x8.extract_lane_s(most, 1));
  }
  const end = pull + (<usize>layer.units << 1);
  let greatest = 0;
  for (; pull < end; pull += 2) {
    const r = <i32>load<i16>(pull);
    greatest = max(greatest, r < 0 ? -r : r);
  }
  return greatest;
}

/**
 * A pull below `least` becomes +-least with probability |r| / least, else 0: the same on average, with fewer rows to touch.
 * `chance` has 15 random bits.
 */
// @ts-ignore: decorator
@inline
function sampled(r: i32, least: i32, chance: i32): i32 {
  const size = r < 0 ? -r : r;
  if (size >= least) return r;
  if (chance * least >= size << 15) return 0;
  return r < 0 ? -least : least;
}

/**
 * Adds the rank-1 update of a layer. Rows that pull less than an eighth of the strongest are sampled: a third fewer rows are
 * touched, and accuracy over nine streams does not move (0.01 points; a quarter instead of an eighth: 0.04). Row coefficient
 * c_j = r_j * factor / 2^factorShift, rounded, saturated to i16; rows whose coefficient is 0 cannot change and are passed over.
 */
export function updateWeights(
  layer: Layer, inputs: usize, pull: usize, factor: i32, factorShift: i32, start: u32, wide: bool,
): void {
  const rows = <usize>layer.units;
  const least = greatestPull(layer, pull) >> 3;
  if (ASC_FEATURE_SIMD) {
    sweepRows(layer, pull, factor, factorShift, start, least, wide);
    return;
  }
  const rowBytes = <usize>layer.stride << (wide ? 1 : 0);
  const shift = layer.updateShift;
  const half = 1 << (factorShift - 1);
  let phase = start;
  let weights = layer.weights;
  for (let row: usize = 0; row < rows; row++) {
    const r = sampled(<i32>load<i16>(pull + (row << 1)), least, <i32>((phase * SCRAMBLE) >> 17));
    const coefficient = clamp((r * factor + half) >> factorShift, -32767, 32767);
    if (coefficient != 0) {
      const bias = layer.biases + (row << 2);
      const change =
        shift > 16
          ? (coefficient + <i32>(phase >> (48 - shift))) >> (shift - 16)
          : coefficient << (16 - shift);
      store<i32>(bias, clamp(load<i32>(bias) + change, -BIAS_LIMIT, BIAS_LIMIT));
      const flips = phase >> 17 << 17 >> (32 - shift);
      if (wide) scalarRow16(weights, rowBytes, inputs, coefficient, flips, shift);
      else scalarRow8(weights, rowBytes, inputs, coefficient, flips, shift);
    }
    phase += GOLDEN;
    weights += rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function saturated16(sum: i32): i32 {
  // one comparison finds both overflows
  return <i32>(<i16>sum) == sum ? sum : sum < 0 ? -32768 : 32767;
}

/** Two weights a word: a halfword access costs a Cortex-M0+ as much as a word. */
function scalarRow16(weights: usize, bytes: usize, inputs: usize, coefficient: i32, flips: u32, shift: i32): void {
  const end = weights + bytes;
  let dither = dithered;
  do {
    const z = load<i32>(inputs);
    const w = load<i32>(weights);
    const low = <i32>(<i16>w) + ((<i32>(<i16>z) * coefficient + <i32>(load<u32>(dither) ^ flips)) >> shift);
    const high = (w >> 16) + (((z >> 16) * coefficient + <i32>(load<u32>(dither, 4) ^ flips)) >> shift);
    store<i32>(weights, (saturated16(low) & 0xffff) | (saturated16(high) << 16));
    weights += 4;
    inputs += 4;
    dither += 8;
  } while (weights < end);
}

/** Most changes of an i8 weight round to 0: those cost no access to it. */
// @ts-ignore: decorator
@inline
function moveWeight(weight: usize, change: i32): void {
  if (change == 0) return;
  const sum = <i32>load<i8>(weight) + change;
  store<i8>(weight, <i8>(<i32>(<i8>sum) == sum ? sum : sum < 0 ? -128 : 127));
}

/** Four weights a round, whose inputs are two words: one by one a Cortex-M0+ took 20 cycles a weight, eight of them for the loop. */
function scalarRow8(weights: usize, bytes: usize, inputs: usize, coefficient: i32, flips: u32, shift: i32): void {
  const end = weights + bytes;
  let dither = dithered;
  do {
    const z = load<i32>(inputs);
    moveWeight(weights, (<i32>(<i16>z) * coefficient + <i32>(load<u32>(dither) ^ flips)) >> shift);
    moveWeight(weights + 1, ((z >> 16) * coefficient + <i32>(load<u32>(dither, 4) ^ flips)) >> shift);
    const next = load<i32>(inputs, 4);
    moveWeight(weights + 2, (<i32>(<i16>next) * coefficient + <i32>(load<u32>(dither, 8) ^ flips)) >> shift);
    moveWeight(weights + 3, ((next >> 16) * coefficient + <i32>(load<u32>(dither, 12) ^ flips)) >> shift);
    weights += 4;
    inputs += 8;
    dither += 16;
  } while (weights < end);
}
