// Commissioned mode: linear units whose mean square (goodness of sign -1; docs/two-pass.md) learns to be low on what the machine does and
// high on noise around it, for the samples of the warm-up. Then weights, standardisers and quantile stay as they are until it is commissioned anew.
//
// Overflow. An activity is within 65535, so that 64 squares fit a u64; the limit of goodness, their mean, is below 2^32.

import { clamp, exp2Negative, squareRoot } from "../fixed";
import {
  Moments, activity, channels, configAlpha, configChannels, configRate, configUnits, configWarmup, header, inputs, nets, noise, parts, pull,
  rawInput, smoothedMoments,
} from "./layout";
import { LOG2_E } from "./gated";
import { log2, movedQuantile, ratioOf } from "./levels";
import { gaussian, random } from "./random";
import { draw, fraction, sense, update, weightAt } from "./rows";
import { CLIP, isMissing, observe, observeRaw, reset, resetChannel, standardise, standardiseRaw } from "./standardiser";

/** Of an activity, Q8. */
const LIMIT: i32 = 65535;
const FIRST: u32 = 20;

export function createCommissioned(): void {
  for (let i = 0; i < configChannels(); i++) {
    resetChannel(channelAt(i));
    reset(momentsAt(i), 0);
  }
  draw(nets, configChannels() + 1);
  header.learned = 0;
  header.quantile = 0;
}

// @ts-ignore: decorator
@inline
function channelAt(index: i32): Moments {
  return changetype<Moments>(channels + <usize>index * offsetof<Moments>());
}

// @ts-ignore: decorator
@inline
function momentsAt(index: i32): Moments {
  return changetype<Moments>(smoothedMoments + <usize>index * offsetof<Moments>());
}

/** One sample: the root of goodness over its usual 99 % quantile, Q16; 0 while learning. `parts`: each channel's part of goodness, Q8. */
export function observeCommissioned(): i32 {
  const count = configChannels();
  const learning = header.learned < configWarmup();
  for (let i = 0; i < count; i++) store<i16>(inputs + (<usize>i << 1), <i16>smoothedInput(i, learning));
  store<i16>(inputs + (<usize>count << 1), 256);

  const goodness = goodnessOf(inputs);
  const level = log2(max<u32>(squareRoot(goodness), 1));
  if (!learning) {
    explain();
    return ratioOf(((level << 10) - header.quantile) >> 10);
  }
  for (let i = 0; i < count; i++) store<i32>(parts + (<usize>i << 2), 0);
  header.learned++;
  if (header.learned <= FIRST) return 0;
  if (header.learned == FIRST + 1) header.quantile = level << 10;
  header.quantile = movedQuantile(header.quantile, level, header.learned);
  learn(inputs, -sigmoid(goodness)); // 1 - p, p = sigmoid(-alpha (G - 1))
  makeNoise();
  learn(noise, 65536 - sigmoid(goodnessOf(noise))); // p
  return 0;
}

/** A channel, smoothed by 3/32, and standardised again because smoothing shrinks it; Q8. A missing value is the usual one. */
function smoothedInput(index: i32, learning: bool): i32 {
  const bits = load<u32>(rawInput + (<usize>index << 2));
  if (isMissing(bits)) return 0;
  const channel = channelAt(index);
  const z = standardiseRaw(channel, bits);
  if (learning) observeRaw(channel, bits);
  channel.smoothed += ((z << 8) - channel.smoothed) * 3 >> 5;
  const value = standardise(momentsAt(index), channel.smoothed);
  if (learning) observe(momentsAt(index), channel.smoothed);
  return value;
}

/** mean_j a_j^2, Q16 */
function goodnessOf(values: usize): u32 {
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
function learn(values: usize, push: i32): void {
  for (let j = 0; j < configUnits(); j++) {
    const at = <usize>j << 2;
    const r = (<i64>push * <i64>load<i32>(activity + at) + 0x2000) >> 14; // Q10
    store<i32>(pull + at, <i32>max<i64>(min<i64>(r, 32767), -32767));
  }
  update(nets, values, configChannels() + 1, configRate());
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
function explain(): void {
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
