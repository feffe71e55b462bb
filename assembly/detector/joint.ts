// The view of streaming mode over all channels together: how unlike what usually goes together they are.

import { squareRoot } from "../fixed";
import { explain, goodnessOf, learnGoodness } from "./goodness";
import { Moments, configChannels, configWarmup, header, inputs, jointTail, moments, nets, parts, rawInput } from "./layout";
import { draw } from "./rows";
import { isMissing, observeRaw, resetChannel, standardiseRaw } from "./standardiser";
import { USUAL, acceptValue, addTo, endBlockOf, resetTail } from "./tail";

/** Samples before which it says nothing. */
const KNOWN: u32 = 256;
const PATIENCE: i32 = 48;
/** Threshold of the root of goodness, 0.25 in Q12. */
const LEAST: i32 = 1024;
const LARGEST: u32 = (1 << 24) - 1;
const ONE: i32 = 65536;

/** Score of the last sample, Q16, and the channel that has most of it where it is an alarm. */
export let jointScore: i32 = 0;
export let jointChannel: i32 = 0;

// @ts-ignore: decorator
@inline
function momentsAt(channel: i32): Moments {
  return changetype<Moments>(moments + <usize>channel * offsetof<Moments>());
}

export function createJoint(): void {
  for (let i = 0; i < configChannels(); i++) resetChannel(momentsAt(i));
  draw(nets, configChannels() + 1);
  resetTail(jointTail);
  header.learned = 0;
  header.quantile = 0;
  jointScore = 0;
}

/** One sample. The header counts samples in `learned`, and alarms in `quantile`. Writes `parts` where it is an alarm. */
export function observeJoint(): void {
  const count = configChannels();
  for (let i = 0; i < count; i++) {
    const bits = load<u32>(rawInput + (<usize>i << 2));
    let z = 0; // what is missing is as usual
    if (!isMissing(bits)) {
      z = standardiseRaw(momentsAt(i), bits);
      observeRaw(momentsAt(i), bits);
    }
    store<i16>(inputs + (<usize>i << 1), <i16>z);
  }
  store<i16>(inputs + (<usize>count << 1), 256);
  const goodness = goodnessOf(inputs);
  const value = <i32>squareRoot(min(goodness, LARGEST) << 8); // Q12
  const limit = max(jointTail.threshold, LEAST);
  if (header.learned != u32.MAX_VALUE) header.learned++;
  const seen = header.learned;
  jointScore = seen > max(configWarmup(), KNOWN) ? <i32>min<i64>((<i64>value << 16) / limit, 1 << 20) : 0;
  const calm = jointScore <= ONE;
  header.quantile = calm ? max(header.quantile - 1, 0) : min(header.quantile + 1, 65535);
  const accept = header.quantile > PATIENCE;
  if (!calm) {
    explain();
    jointChannel = 0;
    for (let i = 1; i < count; i++) if (load<i32>(parts + (<usize>i << 2)) > load<i32>(parts + (<usize>jointChannel << 2))) jointChannel = i;
    if (accept) acceptValue(jointTail, value);
  }
  addTo(jointTail, calm || accept ? value : min(value, limit));
  if (calm || accept) learnGoodness(goodness);
  const block: u32 = seen < 64 ? 8 : seen < 128 ? 16 : seen < 256 ? 32 : 64;
  if (seen % block == 0) endBlockOf(jointTail, 48, 282, 24, USUAL);
}
