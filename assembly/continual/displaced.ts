// Inputs that have left their channels' range for good: a sensor was replaced, tared, given another unit. A channel follows a shift of a hundred
// deviations for thousands of samples, in which every reading is clipped and nothing can be learned: 20 to 30 % where a learner started anew has
// 99. So at an alarm, where at least half of the channels that vary are clipped, these start anew; weights and gates stay what they are.
//
// Not where the input repeats the one before to the bit: a sensor that is out says nothing of the range that it comes back to.

import { hasFixedScale } from "../anchor";
import { ACTIVITY_LIMIT } from "../fixed";
import { configClip, configInputs, rawInput, standardised } from "../layout";
import { channelAt, resetChannel } from "../normaliser";
import { memory } from "./memory";

/** True if the raw input is the one before. */
let repeats: bool = false;

/** Looks at the raw input, which is overwritten while the sample is learned. */
export function noteInput(): void {
  let print: u32 = 0;
  for (let i = 0; i < configInputs(); i++) print = rotl<u32>(print, 5) ^ load<u32>(rawInput + (<usize>i << 2));
  repeats = print == memory.inputPrint;
  memory.inputPrint = print;
}

// @ts-ignore: decorator
@inline
function isClipped(index: i32): bool {
  const value = <i32>load<i16>(standardised + (<usize>index << 1));
  const clip = min(configClip(), ACTIVITY_LIMIT);
  return value >= clip || value <= -clip;
}

/** Starts channels anew that the sample just learned is far from. */
export function restartDisplaced(): void {
  if (repeats || hasFixedScale()) return;
  let varied = 0;
  let clipped = 0;
  for (let i = 0; i < configInputs(); i++) {
    if (channelAt(i).variance != 0) varied++;
    if (isClipped(i)) clipped++;
  }
  if (2 * clipped < varied) return;
  for (let i = 0; i < configInputs(); i++) if (isClipped(i)) resetChannel(channelAt(i));
}
