// The detector's Forward-Forward net: linear units whose mean square (goodness of sign -1; docs/two-pass.md) learns to be low on what channels do together and
// high on noise around it.
//
// Overflow. An activity is within 65535, so that 64 squares fit a u64; the limit of goodness, their mean, is below 2^32.

import { clamp, exp2Negative } from "../fixed";
import { activity, configAlpha, configChannels, configRate, configUnits, inputs, nets, noise, parts, pull } from "./layout";
import { gaussian, random } from "./random";
import { fraction, sense, update, weightAt } from "./rows";
import { CLIP } from "./standardiser";

/** log2(e) in Q10. */
const LOG2_E: i32 = 1477;
/** Of an activity, Q8. */
const LIMIT: i32 = 65535;

/** mean_j a_j^2, Q16 */
export function goodnessOf(values: usize): u32 {
  sense(nets, values, configChannels() + 1, LIMIT);
  let sum: u64 = 0;
  for (let j = 0; j < configUnits(); j++) {
    const a = <i64>load<i32>(activity + (<usize>j << 2));
    sum += <u64>(a * a);
  }
  return <u32>(sum / <u64>configUnits());
}

/** sigmoid(alpha (G - 1)), Q16 */
function sigmoid(goodness: u32): i32 {
  const sharpness = <i64>((configAlpha() * LOG2_E) >> 8); // Q10 octaves per unit of goodness
  const octaves = <i32>max<i64>(min<i64>(((<i64>goodness - 65536) * sharpness) >> 16, 16384), -16384);
  const e = exp2Negative(<u32>(octaves < 0 ? -octaves : octaves));
  const low = <i32>((<u64>e << 16) / <u64>(65536 + e));
  return octaves > 0 ? 65536 - low : low;
}

/** W_ji += rate push a_j v_i / ((|v|^2 + n) / 2); push in Q16. */
function pullWeights(values: usize, push: i32): void {
  for (let j = 0; j < configUnits(); j++) {
    const at = <usize>j << 2;
    const r = (<i64>push * <i64>load<i32>(activity + at) + 0x2000) >> 14; // Q10
    store<i32>(pull + at, <i32>max<i64>(min<i64>(r, 32767), -32767));
  }
  update(nets, values, configChannels() + 1, configRate());
}

/** Learns that `inputs` came, of which `goodness` was sensed last. */
export function learnGoodness(goodness: u32): void {
  pullWeights(inputs, -sigmoid(goodness)); // 1 - p, p = sigmoid(-alpha (G - 1))
  makeNoise();
  pullWeights(noise, 65536 - sigmoid(goodnessOf(noise))); // p
}

/** Half of the time v + q e, q ~ U(0, 2), otherwise 2 e; e ~ N(0, 1) for every channel. */
function makeNoise(): void {
  const bits = random();
  const around = <i32>bits < 0;
  const q = around ? <i64>(bits & 511) : 512; // Q8
  const count = configChannels();
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 1;
    const value = (around ? <i32>load<i16>(inputs + at) : 0) + <i32>((<i64>gaussian() * q) >> 13);
    store<i16>(noise + at, <i16>clamp(value, -CLIP, CLIP));
  }
  store<i16>(noise + (<usize>count << 1), 256);
}

/** G = mean_j a_j sum_i W_ji v_i: what each v_i has in it, Q8. */
export function explain(): void {
  const count = configChannels();
  const units = configUnits();
  const down = fraction();
  for (let i = 0; i < count; i++) {
    let slope: i64 = 0; // at most 2^16 * 2^15 * 64
    for (let j = 0; j < units; j++) slope += <i64>load<i32>(activity + (<usize>j << 2)) * <i64>weightAt(nets, j * (count + 1) + i);
    slope = (slope + (<i64>1 << (down - 1))) >> down;
    store<i32>(parts + (<usize>i << 2), <i32>(((slope * <i64>load<i16>(inputs + (<usize>i << 1))) >> 8) / units));
  }
}
