// Levels in octaves: logarithms, and the running 99 % quantile that a level is held against.

import { exp2Negative } from "../fixed";

/** log2 of an integer > 0, Q10: the whole part, then bit after bit by squaring. */
export function log2(value: u32): i32 {
  const whole = 31 - <i32>clz(value);
  let mantissa: u32 = whole > 15 ? value >> (whole - 15) : value << (15 - whole);
  let result = whole;
  for (let bit = 0; bit < 10; bit++) {
    mantissa = (mantissa * mantissa) >> 15;
    result <<= 1;
    if (mantissa >= 65536) {
      mantissa >>= 1;
      result++;
    }
  }
  return result;
}

/** 2^above in Q16 for octaves in Q10, at most 16. */
export function ratioOf(above: i32): i32 {
  return <i32>exp2Negative(<u32>max(4096 - above, 0)) << 4;
}

/** Values after which a quantile moves at its slowest. */
const SETTLED: u32 = 2048;

/** A quantile (Q20 octaves) after a level (Q10): up by a step, or down by a 99th of it; the step is 16 / count octaves, 3/4 at most. */
export function movedQuantile(quantile: i32, level: i32, count: u32): i32 {
  const step = <i32>min<u32>((1 << 24) / min(count, SETTLED), 3 << 18);
  const distance = (level << 10) - quantile;
  return quantile + (distance > 0 ? min(step, distance) : -(step / 99));
}
