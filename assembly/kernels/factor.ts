// The three sweeps over a whitening factor R (decorrelate.ts): y = R x, d = R'y, and R along its own output.
//
// R is lower triangular, i16 Q10 within +-FACTOR_LIMIT. It lies in bands of eight rows: rows 8b to 8b + 7 have 8 (b + 1) columns each, row after row, so
// band b begins 64 b (b + 1) bytes in. What stands above the diagonal, and in rows that do not exist, is 0 and stays 0: such a column has had no row
// before, so its sum w is 0, and a dither alone (16 bits) never reaches one.
//
// y has 6 fraction bits, one less for twice the inputs (`spare`: 0 up to 128 lanes, 1 up to 256, 2 up to 512), so that every sum is exact, in any
// order, and fits 32 bits. It saturates at +-32: one channel alone, clipped at +-5, comes to 21. (At +-8 a channel that is seldom heard is whitened 30 % too little.)
//   R x     a lane of SIMD sees a quarter of the columns: 128 x 8191 x 2047 = 2,146,173,056 < 2^31; scalar sums have 64 bits
//   R'y     128 x 8191 x 2047, 256 x 8191 x 1023 = 2,145,124,608, 512 x 8191 x 511 = 2,142,963,712: all below 2^31
//   change  growth R <= 5120 x 8191 < 2^26 and c w <= 29309 x 32768 < 2^30 (decorrelate.ts), and a dither below 2^16

import { ACTIVITY_LIMIT, clamp } from "../fixed";
import { GOLDEN } from "../random";
import { sumOfLanes } from "./vector";

/** Values of R saturate here: +-8.0 in Q10, twice what a ridge of 1/16 lets them come to. */
export const FACTOR_LIMIT: i32 = 8191;
/** A value of the diagonal is at least this, 1/32, so that R'R stays positive definite: a channel that is always at +-8 needs 1/8. */
export const LEAST_DIAGONAL: i32 = 32;

/** Bits that y has less than Q6. */
// @ts-ignore: decorator
@inline
export function spareBits(lanes: i32): i32 {
  return <i32>(lanes > 128) + <i32>(lanes > 256);
}

/** y = R x: x i16 Q8 within +-ACTIVITY_LIMIT, y i16 Q(6 - spare), rounded, saturated to +-32.0. Both [lanes]. Returns |y|^2, below 2^30. */
export function whiten(factor: usize, x: usize, y: usize, lanes: i32, spare: i32): i32 {
  const shift = 12 + spare;
  const half: i64 = 1 << (shift - 1);
  const limit: i64 = ACTIVITY_LIMIT >> spare;
  let row = factor;
  let length = 0;
  for (let bytes: usize = 16; bytes <= <usize>lanes << 1; bytes += 16) {
    for (let r = 0; r < 8; r++) {
      const value = <i32>max(-limit, min(limit, (rowSum(row, x, bytes) + half) >> shift));
      store<i16>(y, <i16>value);
      length += value * value;
      row += bytes;
      y += 2;
    }
  }
  return length;
}

function rowSum(row: usize, x: usize, bytes: usize): i64 {
  let at: usize = 0;
  if (ASC_FEATURE_SIMD) {
    let sums = i32x4.splat(0);
    do {
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load(row + at), v128.load(x + at)));
      at += 16;
    } while (at < bytes);
    return sumOfLanes(sums);
  }
  let total: i64 = 0;
  do {
    total += <i64>(<i32>load<i16>(row + at) * <i32>load<i16>(x + at));
    at += 2;
  } while (at < bytes);
  return total;
}

/** d = R'y in i16 Q8, rounded, saturated to +-ACTIVITY_LIMIT; [lanes]. */
export function unwhiten(factor: usize, y: usize, d: usize, lanes: i32, spare: i32): void {
  const shift = 8 - spare;
  const half = 1 << (shift - 1);
  const end = <usize>lanes << 1;
  let corner = factor;
  for (let column: usize = 0; column < end; column += 16) {
    // eight columns, from the band of their diagonal down
    if (ASC_FEATURE_SIMD) {
      let low = i32x4.splat(0);
      let high = i32x4.splat(0);
      let row = corner;
      let factors = y + column;
      for (let bytes = column + 16; bytes <= end; bytes += 16) {
        for (let r = 0; r < 4; r++) {
          const a = v128.load(row + column);
          const b = v128.load(row + bytes + column);
          const pair = v128.load32_splat(factors);
          low = i32x4.add(low, i32x4.dot_i16x8_s(lowPairs(a, b), pair));
          high = i32x4.add(high, i32x4.dot_i16x8_s(highPairs(a, b), pair));
          row += bytes << 1;
          factors += 4;
        }
      }
      const sums = rounded(low, high, half, shift);
      v128.store(d + column, i16x8.max_s(i16x8.splat(<i16>-ACTIVITY_LIMIT), i16x8.min_s(i16x8.splat(<i16>ACTIVITY_LIMIT), sums)));
    } else {
      for (let own = column; own < column + 16; own += 2) {
        let sum = 0;
        let row = corner + own;
        let factors = y + column;
        for (let bytes = column + 16; bytes <= end; bytes += 16) {
          for (let r = 0; r < 8; r++) {
            sum += <i32>load<i16>(row) * <i32>load<i16>(factors);
            row += bytes;
            factors += 2;
          }
        }
        store<i16>(d + own, <i16>clamp((sum + half) >> shift, -ACTIVITY_LIMIT, ACTIVITY_LIMIT));
      }
    }
    corner += (column + 16) << 3;
  }
}

/**
 * Row by row, w += y_i R_i, then R_i += growth R_i - c_i w with stochastic rounding, c_i = strength y_i: `strength` Q20, `growth` Q16, w Q8.
 * `sums`: [lanes] i32 of scratch. A dither has 16 bits: a Weyl sequence over the columns from `start`, flipped by one over the rows from `flips`.
 */
export function follow(factor: usize, y: usize, sums: usize, inputs: i32, lanes: i32, spare: i32, strength: i32, growth: i32, start: u32, flips: u32): void {
  const shift = 8 - spare;
  for (let i = 0; i < lanes; i++) store<i32>(sums + (<usize>i << 2), 0);
  let row = factor;
  let bytes: usize = 0;
  for (let i = 0; i < inputs; i++) {
    if ((i & 7) == 0) bytes += 16;
    const own = <i32>load<i16>(y + (<usize>i << 1));
    const c = (strength * own + (1 << (shift - 1))) >> shift; // Q18
    followRow(row, sums, bytes, own, c, growth, shift, start, flips >> 16);
    const diagonal = row + (<usize>i << 1);
    store<i16>(diagonal, <i16>max(<i32>load<i16>(diagonal), LEAST_DIAGONAL));
    flips += GOLDEN;
    row += bytes;
  }
}

function followRow(row: usize, sums: usize, bytes: usize, own: i32, c: i32, growth: i32, shift: i32, start: u32, flips: u32): void {
  const half = 1 << (shift - 1);
  const end = row + bytes;
  if (ASC_FEATURE_SIMD) {
    const factors = i16x8.splat(<i16>own);
    const mix = i32x4.splat((growth & 0xffff) | (-c << 16));
    const flip = i32x4.splat(flips);
    let phase = i32x4.add(i32x4.splat(start), i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b));
    for (; row < end; row += 16) {
      const a = v128.load(row);
      const low = i32x4.add(v128.load(sums), i32x4.extmul_low_i16x8_s(a, factors));
      const high = i32x4.add(v128.load(sums, 16), i32x4.extmul_high_i16x8_s(a, factors));
      v128.store(sums, low);
      v128.store(sums, high, 16);
      const w = rounded(low, high, half, shift);
      const first = v128.xor(i32x4.shr_u(phase, 16), flip);
      phase = i32x4.add(phase, i32x4.splat(GOLDEN << 2));
      const second = v128.xor(i32x4.shr_u(phase, 16), flip);
      phase = i32x4.add(phase, i32x4.splat(GOLDEN << 2));
      const change = i16x8.narrow_i32x4_s(
        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(lowPairs(a, w), mix), first), 16),
        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(highPairs(a, w), mix), second), 16),
      );
      v128.store(row, i16x8.max_s(i16x8.splat(<i16>-FACTOR_LIMIT), i16x8.min_s(i16x8.splat(<i16>FACTOR_LIMIT), i16x8.add(a, change))));
      sums += 32;
    }
  } else {
    for (; row < end; row += 2) {
      const a = <i32>load<i16>(row);
      const sum = load<i32>(sums) + a * own;
      store<i32>(sums, sum);
      const w = clamp((sum + half) >> shift, -32768, 32767);
      const change = (growth * a - c * w + <i32>(start >> 16 ^ flips)) >> 16;
      store<i16>(row, <i16>clamp(a + change, -FACTOR_LIMIT, FACTOR_LIMIT));
      start += GOLDEN;
      sums += 4;
    }
  }
}

/** x_i factor / 2^shift, rounded, within +-limit, in place; |x_i factor| < 2^30, factor at most 32767, [lanes]. */
export function rescale(x: usize, factor: i32, shift: i32, limit: i32, lanes: i32): void {
  const half = 1 << (shift - 1);
  const end = x + (<usize>lanes << 1);
  if (ASC_FEATURE_SIMD) {
    const factors = i16x8.splat(<i16>factor);
    const most = i16x8.splat(<i16>limit);
    const least = i16x8.splat(<i16>-limit);
    for (; x < end; x += 16) {
      const value = v128.load(x);
      const sums = rounded(i32x4.extmul_low_i16x8_s(value, factors), i32x4.extmul_high_i16x8_s(value, factors), half, shift);
      v128.store(x, i16x8.max_s(least, i16x8.min_s(most, sums)));
    }
  } else {
    for (; x < end; x += 2) store<i16>(x, <i16>clamp((<i32>load<i16>(x) * factor + half) >> shift, -limit, limit));
  }
}

/** x_i = (x_i f + y_i g) / 2^shift, rounded, within +-limit; f and g of 0 to 32767, |x_i f + y_i g| < 2^30, [lanes]. */
export function blend(x: usize, f: i32, y: usize, g: i32, shift: i32, limit: i32, lanes: i32): void {
  const half = 1 << (shift - 1);
  const end = x + (<usize>lanes << 1);
  if (ASC_FEATURE_SIMD) {
    const factors = i32x4.splat(f | (g << 16));
    const most = i16x8.splat(<i16>limit);
    const least = i16x8.splat(<i16>-limit);
    for (; x < end; x += 16) {
      const a = v128.load(x);
      const b = v128.load(y);
      const sums = rounded(i32x4.dot_i16x8_s(lowPairs(a, b), factors), i32x4.dot_i16x8_s(highPairs(a, b), factors), half, shift);
      v128.store(x, i16x8.max_s(least, i16x8.min_s(most, sums)));
      y += 16;
    }
  } else {
    for (; x < end; x += 2) {
      store<i16>(x, <i16>clamp((<i32>load<i16>(x) * f + <i32>load<i16>(y) * g + half) >> shift, -limit, limit));
      y += 2;
    }
  }
}

/** Eight sums divided by 2^shift, rounded and saturated to i16. */
// @ts-ignore: decorator
@inline
function rounded(low: v128, high: v128, half: i32, shift: i32): v128 {
  const halves = i32x4.splat(half);
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, halves), shift), i32x4.shr_s(i32x4.add(high, halves), shift));
}

/** Values side by side: a0 b0 a1 b1 a2 b2 a3 b3, and the upper four of each. */
// @ts-ignore: decorator
@inline
function lowPairs(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function highPairs(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
