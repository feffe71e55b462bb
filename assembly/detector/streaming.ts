// Streaming mode: every channel for itself and for ever. The score of a channel is how far its last values lie from their mean against what is
// usual here (deviation: smoothed |z| over its own running 99 % quantile), and 3/64 for every octave by which two label-gated nets did not expect
// this value, or this change, after the values before (surprise).

import { clamp } from "../fixed";
import {
  BINS, CONTEXT, LAGS, MEANS, Moments, Stream, TARGETS, channels, configChannels, configUnits, configWarmup, inputs, netBytes, nets, parts, rawInput,
} from "./layout";
import { MIDDLE, drawGated, learnGated, senseGated, tailOctaves } from "./gated";
import { log2, movedQuantile, ratioOf } from "./levels";
import { SETTLED, isMissing, observeRaw, resetChannel, standardiseRaw } from "./standardiser";

/** Inputs of the nets are clipped to +-4.0, Q8. */
const CONTEXT_LIMIT: i32 = 1023;
/** Values before which the standardiser knows too little to be learned from. */
const FIRST: u32 = 20;

// @ts-ignore: decorator
@inline
function streamAt(channel: i32): Stream {
  return changetype<Stream>(channels + <usize>channel * offsetof<Stream>());
}

export function createStreams(): void {
  for (let channel = 0; channel < configChannels(); channel++) {
    const at = channels + <usize>channel * offsetof<Stream>();
    memory.fill(at, 0, offsetof<Stream>());
    resetChannel(changetype<Moments>(at));
    for (let k = 0; k < TARGETS; k++) drawGated(netOf(channel, k));
  }
}

// @ts-ignore: decorator
@inline
function netOf(channel: i32, target: i32): usize {
  return nets + <usize>(channel * TARGETS + target) * netBytes;
}

/** One sample: the greatest score of a channel, Q16; each channel's own into `parts`. */
export function observeStreams(): i32 {
  let greatest = 0;
  for (let channel = 0; channel < configChannels(); channel++) {
    const at = <usize>channel << 2;
    const score = observeChannel(channel, load<u32>(rawInput + at));
    store<i32>(parts + at, score);
    greatest = max(greatest, score);
  }
  return greatest;
}

function observeChannel(channel: i32, bits: u32): i32 {
  if (isMissing(bits)) return 0;
  const stream = streamAt(channel);
  const moments = changetype<Moments>(stream);
  const z = standardiseRaw(moments, bits);
  observeRaw(moments, bits);
  const known = stream.count >= FIRST;
  if (stream.count != u32.MAX_VALUE) stream.count++;
  if (!known) return 0;
  const surprise = learn(stream, channel, z);
  moments.smoothed += (((z < 0 ? -z : z) << 8) - moments.smoothed) * 3 >> 5;
  stream.surprise += ((surprise << 6) - stream.surprise) >> 2;
  const level = log2(<u32>max(moments.smoothed, 1));
  if (stream.count == FIRST + 1) stream.quantile = level << 10;
  const deviation = ratioOf(((level << 10) - stream.quantile) >> 10);
  stream.quantile = movedQuantile(stream.quantile, level, stream.count);
  return stream.count <= configWarmup() ? 0 : deviation + (stream.surprise * 3 >> 6);
}

/** How surprising the value and its change were, then learns them: the greater, Q10 octaves. */
function learn(stream: Stream, channel: i32, z: i32): i32 {
  if (configUnits() == 0) return 0;
  const lags = changetype<usize>(stream) + offsetof<Stream>("lags0");
  const means = changetype<usize>(stream) + offsetof<Stream>("mean4");
  const sizes = changetype<usize>(stream) + offsetof<Stream>("sizeOfValue");
  for (let i = 0; i < LAGS; i++) setInput(i, <i32>load<i16>(lags + (<usize>i << 1)));
  for (let i = 0; i < MEANS; i++) setInput(LAGS + i, load<i32>(means + (<usize>i << 2)) >> (8 - i)); // times 1, 2, 4
  setInput(CONTEXT - 1, 256);

  const last = <i32>load<i16>(lags);
  const rate = <i64>(65536 / min<u32>(stream.count, SETTLED));
  let greatest = 0;
  for (let k = 0; k < TARGETS; k++) {
    const target = k == 0 ? z : z - last;
    const size = load<i32>(sizes + (<usize>k << 2));
    const bin = binOf(target, size);
    store<i32>(sizes + (<usize>k << 2), size + <i32>((<i64>(((target < 0 ? -target : target) << 8) - size) * rate) >> 16));
    const net = netOf(channel, k);
    senseGated(net);
    greatest = max(greatest, tailOctaves(bin));
    learnGated(net, bin);
  }

  for (let i = LAGS - 1; i > 0; i--) store<i16>(lags + (<usize>i << 1), load<i16>(lags + (<usize>(i - 1) << 1)));
  store<i16>(lags, <i16>z);
  for (let i = 0; i < MEANS; i++) {
    const at = means + (<usize>i << 2);
    store<i32>(at, load<i32>(at) + (((z << 8) - load<i32>(at)) >> (2 + 2 * i)));
  }
  return greatest;
}

// @ts-ignore: decorator
@inline
function setInput(index: i32, value: i32): void {
  store<i16>(inputs + (<usize>index << 1), <i16>clamp(value, -CONTEXT_LIMIT, CONTEXT_LIMIT));
}

/** The bin of a target (Q8) over its mean size (Q16): the middle, with edges at 1/4, 1/2, 1 .. 8 sizes on both sides. */
function binOf(target: i32, size: i32): i32 {
  const distance = (target < 0 ? -target : target) << 8;
  let k = 0;
  for (let edge = size / 4; k < MIDDLE && distance > edge; edge <<= 1) k++;
  if (!ASC_NO_ASSERT) assert(2 * MIDDLE + 1 == BINS, "bins: as many on both sides of the middle");
  return target > 0 ? MIDDLE + k : MIDDLE - k;
}
