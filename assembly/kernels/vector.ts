// Vector operations of O(units) or O(inputs). Lengths are padded to 8; lanes that do not exist hold 0.

import { ACTIVITY_LIMIT, ENERGY_LIMIT, clamp, evenNormalisation, scaled, squareRoot } from "../fixed";

// @ts-ignore: decorator
@inline
export function sumOfLanes(sums: v128): i64 {
  const pairs = i64x2.add(i64x2.extend_low_i32x4_s(sums), i64x2.extend_high_i32x4_s(sums));
  return i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
}

/** Sum of x_i * y_i, x clamped to +-limit. The caller sees to limit * |y| <= 2^26, so that 32 products fit an i32 lane. */
// @ts-ignore: decorator
@inline
export function product(x: usize, y: usize, limit: i32, count: i32): i64 {
  const bytes = <usize>count << 1;
  let total: i64 = 0;
  if (ASC_FEATURE_SIMD) {
    const high = i16x8.splat(<i16>limit);
    const low = i16x8.splat(<i16>-limit);
    let at: usize = 0;
    do {
      const stop = min(at + 256, bytes);
      let sums = i32x4.splat(0);
      do {
        const value = i16x8.max_s(low, i16x8.min_s(high, v128.load(x + at)));
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(value, v128.load(y + at)));
        at += 16;
      } while (at < stop);
      total += sumOfLanes(sums);
    } while (at < bytes);
  } else {
    for (let at: usize = 0; at < bytes; at += 2) {
      total += <i64>(clamp(<i32>load<i16>(x + at), -limit, limit) * <i32>load<i16>(y + at));
    }
  }
  return total;
}

/**
 * Sum of x_i * mean_i, x clamped to +-limit, in the bounds of `product`; then mean_i += (x_i 2^up - mean_i) / 32: a low-pass with 5 more bits than
 * it needs to show.
 */
export function follow(mean: usize, x: usize, limit: i32, up: i32, count: i32): i64 {
  const bytes = <usize>count << 1;
  let total: i64 = 0;
  if (ASC_FEATURE_SIMD) {
    const high = i16x8.splat(<i16>limit);
    const low = i16x8.splat(<i16>-limit);
    const half = i16x8.splat(16);
    let at: usize = 0;
    do {
      const stop = min(at + 256, bytes);
      let sums = i32x4.splat(0);
      do {
        const value = i16x8.max_s(low, i16x8.min_s(high, v128.load(x + at)));
        const old = v128.load(mean + at);
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(value, old));
        const change = i16x8.shr_s(i16x8.add_sat_s(i16x8.sub_sat_s(i16x8.shl(value, up), old), half), 5);
        v128.store(mean + at, i16x8.add(old, change));
        at += 16;
      } while (at < stop);
      total += sumOfLanes(sums);
    } while (at < bytes);
  } else {
    for (let at: usize = 0; at < bytes; at += 2) {
      const value = clamp(<i32>load<i16>(x + at), -limit, limit);
      const old = <i32>load<i16>(mean + at);
      total += <i64>(value * old);
      const change = min(clamp((value << up) - old, -32768, 32767) + 16, 32767) >> 5;
      store<i16>(mean + at, <i16>(old + change));
    }
  }
  return total;
}

/** output_i = max(0, x_i) */
export function rectify(output: usize, x: usize, count: i32): void {
  const bytes = <usize>count << 1;
  if (ASC_FEATURE_SIMD) {
    const zero = i16x8.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(output + at, i16x8.max_s(zero, v128.load(x + at)));
  } else {
    for (let at: usize = 0; at < bytes; at += 2) store<i16>(output + at, <i16>max(0, <i32>load<i16>(x + at)));
  }
}

/** x_i = min(x_i * factor / 2^shift, limit), rounded, in place; x_i >= 0 and x_i * factor < 2^30. */
export function scale(x: usize, factor: i32, shift: i32, limit: i32, count: i32): void {
  const bytes = <usize>count << 1;
  if (ASC_FEATURE_SIMD) {
    const factors = i16x8.splat(<i16>factor);
    const half = i32x4.splat(1 << (shift - 1));
    const most = i16x8.splat(<i16>limit);
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = v128.load(x + at);
      const low = i32x4.shr_s(i32x4.add(i32x4.extmul_low_i16x8_s(value, factors), half), shift);
      const high = i32x4.shr_s(i32x4.add(i32x4.extmul_high_i16x8_s(value, factors), half), shift);
      v128.store(x + at, i16x8.min_s(most, i16x8.narrow_i32x4_s(low, high)));
    }
  } else {
    const half = 1 << (shift - 1);
    for (let at: usize = 0; at < bytes; at += 2) {
      store<i16>(x + at, <i16>min((<i32>load<i16>(x + at) * factor + half) >> shift, limit));
    }
  }
}

/** Values scaled to RMS 1 within +-ACTIVITY_LIMIT, Q8; `reciprocal` is 2^32 / how many they are, lanes beyond them hold 0. */
export function normalise(from: usize, to: usize, lanes: i32, reciprocal: u64): void {
  const meanSquare = (<u64>product(from, from, ENERGY_LIMIT, lanes) * reciprocal) >> 24; // Q24
  let inverse = 0;
  let shift = 1;
  if (meanSquare != 0) {
    const by = evenNormalisation(meanSquare);
    inverse = <i32>min<u32>(0x40000000 / squareRoot(scaled(meanSquare, by)), 0x7fff);
    shift = 18 - (by >> 1);
  }
  const end = from + (<usize>lanes << 1);
  if (ASC_FEATURE_SIMD) {
    const factors = i16x8.splat(<i16>inverse);
    const half = i32x4.splat(1 << (shift - 1));
    const high = i16x8.splat(<i16>ACTIVITY_LIMIT);
    const low = i16x8.splat(<i16>-ACTIVITY_LIMIT);
    for (; from < end; from += 16, to += 16) {
      const value = v128.load(from);
      const first = i32x4.shr_s(i32x4.add(i32x4.extmul_low_i16x8_s(value, factors), half), shift);
      const last = i32x4.shr_s(i32x4.add(i32x4.extmul_high_i16x8_s(value, factors), half), shift);
      v128.store(to, i16x8.max_s(low, i16x8.min_s(high, i16x8.narrow_i32x4_s(first, last))));
    }
  } else {
    const half = 1 << (shift - 1);
    for (; from < end; from += 2, to += 2) {
      const value = (<i32>load<i16>(from) * inverse + half) >> shift;
      store<i16>(to, <i16>clamp(value, -ACTIVITY_LIMIT, ACTIVITY_LIMIT));
    }
  }
}
