// Rows of weights [units, columns] over a short input whose last value is the constant 1: its weight is the bias. i16 Q12 or i8 Q6.
//
// Overflow. Inputs are within +-7680 (13 bits) and sums are i64. A coefficient has 17 bits and its sign, so coefficient x input is below
// 2^30 and with a dither of at most 18 bits fits an i32.

import { WIDE_FRACTION, clamp, squareRoot } from "../fixed";
import { activity, configBits, configUnits, pull } from "./layout";
import { GOLDEN, gaussian, random } from "./random";

const NARROW_FRACTION: i32 = 6;
/** Least and greatest coefficient of a row's update, Q16. */
const COEFFICIENT: i64 = 131071;

// @ts-ignore: decorator
@inline
export function fraction(): i32 {
  return configBits() == 16 ? WIDE_FRACTION : NARROW_FRACTION;
}

// @ts-ignore: decorator
@inline
export function weightAt(weights: usize, index: i32): i32 {
  return configBits() == 16 ? <i32>load<i16>(weights + (<usize>index << 1)) : <i32>load<i8>(weights + <usize>index);
}

// @ts-ignore: decorator
@inline
function storeWeight(weights: usize, index: i32, value: i32): void {
  if (configBits() == 16) store<i16>(weights + (<usize>index << 1), <i16>clamp(value, -32768, 32767));
  else store<i8>(weights + <usize>index, <i8>clamp(value, -128, 127));
}

/** Weights N(0, 1 / columns), the bias 0. */
export function draw(weights: usize, columns: i32): void {
  const root = <i32>squareRoot(<u32>columns << 16); // Q8
  const limit = configBits() == 16 ? 32767 : 127;
  for (let j = 0; j < configUnits(); j++) {
    for (let i = 0; i < columns - 1; i++) {
      storeWeight(weights, j * columns + i, clamp((gaussian() << (fraction() - 5)) / root, -limit, limit));
    }
    storeWeight(weights, j * columns + columns - 1, 0);
  }
}

/** a_j = sum_i W_ji x_i in Q8 within +-limit, into `activity`. */
export function sense(weights: usize, inputs: usize, columns: i32, limit: i32): void {
  const down = fraction();
  const half = <i64>1 << (down - 1);
  let index = 0;
  for (let j = 0; j < configUnits(); j++) {
    let sum: i64 = 0;
    for (let i = 0; i < columns; i++) sum += <i64>(weightAt(weights, index++) * <i32>load<i16>(inputs + (<usize>i << 1)));
    store<i32>(activity + (<usize>j << 2), <i32>max<i64>(min<i64>((sum + half) >> down, limit), -limit));
  }
}

/** W_ji += 2 rate r_j x_i / (|x|^2 + columns), rounded stochastically; r (i32 Q10) in `pull`, rate in Q16. */
export function update(weights: usize, inputs: usize, columns: i32, rate: i32): void {
  let length = <i64>columns << 16;
  for (let i = 0; i < columns; i++) {
    const x = <i32>load<i16>(inputs + (<usize>i << 1));
    length += <i64>(x * x);
  }
  const factor = (<i64>rate << 25) / length; // Q24
  const shift = 24 - fraction();
  let phase = random();
  let index = 0;
  for (let j = 0; j < configUnits(); j++) {
    const r = <i64>load<i32>(pull + (<usize>j << 2));
    const coefficient = <i32>max<i64>(min<i64>((r * factor + 0x20000) >> 18, COEFFICIENT), -COEFFICIENT);
    for (let i = 0; i < columns; i++) {
      const change = (coefficient * <i32>load<i16>(inputs + (<usize>i << 1)) + <i32>(phase >> (32 - shift))) >> shift;
      if (change != 0) storeWeight(weights, index, weightAt(weights, index) + change);
      index++;
      phase += GOLDEN;
    }
  }
}
