// The one file that knows what goodness is: activities under a label, h_j(c) = clamp(a_j + V_jc, 0, ENERGY_LIMIT), their goodness, and what learning
// draws from them.
//
// Overflow. h is at most 8191, 13 bits: a lane sums two squares per 8 units, 2 * 8191^2 = 134,184,962, and 16 such steps
// (128 units) stay below 2^31; then it is widened to i64.
// The pull r_j sums e(c) h_j(c); |e(c)| sums to at most 2 in Q15, so |r| <= 2^16 * 2^13 = 2^29.

import { ENERGY_LIMIT, clamp } from "../fixed";
import { Layer, dithered, errors, gateFactors, preactivation, pull } from "../layout";
import { GOLDEN } from "../random";
import { sumOfLanes } from "./vector";

/** Right shift of error x activity in a gate update. */
export const GATE_SHIFT: i32 = 18;
/** From Q15 x Q8 to the pull's Q10. */
const PULL_SHIFT: i32 = 13;
const PULL_LIMIT: i32 = 8191;

/** Sum over units of h_j(c)^2, Q16. */
export function labelEnergy(layer: Layer, label: i32): i64 {
  const lanes = <usize>layer.lanes << 1;
  const gates = layer.gates + <usize>label * lanes;
  let total: i64 = 0;
  if (ASC_FEATURE_SIMD) {
    const zero = i16x8.splat(0);
    const limit = i16x8.splat(<i16>ENERGY_LIMIT);
    let at: usize = 0;
    do {
      const stop = min(at + 256, lanes);
      let sums = i32x4.splat(0);
      do {
        const sum = i16x8.add_sat_s(v128.load(preactivation + at), v128.load(gates + at));
        const h = i16x8.min_s(i16x8.max_s(sum, zero), limit);
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(h, h));
        at += 16;
      } while (at < stop);
      total += sumOfLanes(sums);
    } while (at < lanes);
  } else {
    // 32 squares fit 32 bits
    const end = <usize>layer.units << 1;
    let at: usize = 0;
    do {
      const stop = min(at + 64, end);
      let sum = 0;
      do {
        const h = min(<i32>load<i16>(preactivation + at) + <i32>load<i16>(gates + at), ENERGY_LIMIT);
        if (h > 0) sum += h * h;
        at += 2;
      } while (at < stop);
      total += <i64><u32>sum;
    } while (at < end);
  }
  return total;
}

/**
 * r_j = sum_c e(c) h_j(c) into `pull` (Q10, saturated), and V_jc += eta_v alpha e(c) h_j(c), stochastically rounded.
 * `gateRate` (Q12) scales Q15 errors to the i16 factors of the gate update.
 */
export function pullGates(layer: Layer, labels: i32, gateRate: i32, start: u32): void {
  for (let c = 0; c < labels; c++) {
    const at = <usize>c << 1;
    store<i16>(gateFactors + at, <i16>clamp((<i32>load<i16>(errors + at) * gateRate + 2048) >> 12, -32767, 32767));
  }
  const lanes = <usize>layer.lanes << 1;
  if (ASC_FEATURE_SIMD) {
    const zero = i16x8.splat(0);
    const limit = i16x8.splat(<i16>ENERGY_LIMIT);
    const half = i32x4.splat(1 << (PULL_SHIFT - 1));
    const pullLimit = i16x8.splat(<i16>PULL_LIMIT);
    const floor = i16x8.splat(<i16>-PULL_LIMIT);
    let phase = i32x4.add(i32x4.splat(start), i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b));
    const step = i32x4.splat(GOLDEN << 2);
    for (let at: usize = 0; at < lanes; at += 16) {
      const a = v128.load(preactivation + at);
      const next = i32x4.add(phase, step);
      // eight dithers of 15 bits, in unit order
      const dither = i16x8.narrow_i32x4_s(i32x4.shr_u(phase, 17), i32x4.shr_u(next, 17));
      phase = i32x4.add(next, step);
      let low = i32x4.splat(0);
      let high = i32x4.splat(0);
      let gates = layer.gates + at;
      for (let c = 0; c < labels; c++) {
        const e = <i32>load<i16>(errors + (<usize>c << 1));
        if (e != 0) {
          const v = v128.load(gates);
          const h = i16x8.min_s(i16x8.max_s(i16x8.add_sat_s(a, v), zero), limit);
          const pairsLow = v128.shuffle<i16>(h, dither, 0, 8, 1, 9, 2, 10, 3, 11);
          const pairsHigh = v128.shuffle<i16>(h, dither, 4, 12, 5, 13, 6, 14, 7, 15);
          const errorPair = i32x4.splat(e & 0xffff);
          low = i32x4.add(low, i32x4.dot_i16x8_s(pairsLow, errorPair));
          high = i32x4.add(high, i32x4.dot_i16x8_s(pairsHigh, errorPair));
          const ratePair = i32x4.splat(<i32>load<u16>(gateFactors + (<usize>c << 1)) | ((1 << (GATE_SHIFT - 15)) << 16));
          const changeLow = i32x4.shr_s(i32x4.dot_i16x8_s(pairsLow, ratePair), GATE_SHIFT);
          const changeHigh = i32x4.shr_s(i32x4.dot_i16x8_s(pairsHigh, ratePair), GATE_SHIFT);
          v128.store(gates, i16x8.add_sat_s(v, i16x8.narrow_i32x4_s(changeLow, changeHigh)));
        }
        gates += lanes;
      }
      const r = i16x8.narrow_i32x4_s(
        i32x4.shr_s(i32x4.add(low, half), PULL_SHIFT),
        i32x4.shr_s(i32x4.add(high, half), PULL_SHIFT),
      );
      v128.store(pull + at, i16x8.max_s(floor, i16x8.min_s(pullLimit, r)));
    }
  } else {
    // label by label, sums in the space that the dither of the inputs will take: a Cortex-M0+ has no registers to go unit by unit
    const sums = dithered;
    for (let at: usize = 0; at < lanes; at += 2) store<i32>(sums + (at << 1), 0);
    let gates = layer.gates;
    for (let c = 0; c < labels; c++) {
      const e = <i32>load<i16>(errors + (<usize>c << 1));
      if (e != 0) pullLabel(gates, layer.units, e, <i32>load<i16>(gateFactors + (<usize>c << 1)), start);
      gates += lanes;
    }
    // lanes that do not exist too: their pull must be 0, whatever a wider layer left there
    for (let at: usize = 0; at < lanes; at += 2) {
      const r = (load<i32>(sums + (at << 1)) + (1 << (PULL_SHIFT - 1))) >> PULL_SHIFT;
      store<i16>(pull + at, <i16>clamp(r, -PULL_LIMIT, PULL_LIMIT));
    }
  }
}

function pullLabel(gates: usize, units: i32, error: i32, factor: i32, start: u32): void {
  let phase = start;
  let a = preactivation;
  let sum = dithered;
  const end = gates + (<usize>units << 1);
  do {
    const v = <i32>load<i16>(gates);
    const h = min(<i32>load<i16>(a) + v, ENERGY_LIMIT);
    if (h > 0) {
      store<i32>(sum, load<i32>(sum) + error * h);
      const dither = <i32>(phase >> 17) << (GATE_SHIFT - 15);
      store<i16>(gates, <i16>clamp(v + ((factor * h + dither) >> GATE_SHIFT), -32768, 32767));
    }
    phase += GOLDEN;
    gates += 2;
    a += 2;
    sum += 4;
  } while (gates < end);
}
