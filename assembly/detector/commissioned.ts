// Commissioned mode: goodness of the smoothed channels (goodness.ts), learned for the samples of the warm-up. Then weights, standardisers and quantile stay
// as they are until it is commissioned anew.

import { squareRoot } from "../fixed";
import { explain, goodnessOf, learnGoodness } from "./goodness";
import { Moments, channels, configChannels, configWarmup, header, inputs, moments, nets, parts, rawInput } from "./layout";
import { log2, movedQuantile, ratioOf } from "./levels";
import { draw } from "./rows";
import { isMissing, observe, observeRaw, reset, resetChannel, standardise, standardiseRaw } from "./standardiser";

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
  return changetype<Moments>(moments + <usize>index * offsetof<Moments>());
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
  learnGoodness(goodness);
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
