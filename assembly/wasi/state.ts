// Checks that a learner can have left a state: it refuses what host/arena/ refuses, value by value. A checksum finds damage; a forger computes it, too, and the
// core takes its state as it is.

import {
  Channel, FLAG_FAMILIAR, FLAG_FIXED_SCALE, FLAG_SELF_RATE, FLAG_SKIP_INPUT, CONFIG, anchorCentres, arena, bitsOf, channels, configFlags, configInputs, configLabels,
  configLayers, configUnits, frequencies, header, stateBytes,
} from "../layout";
import { AT_ALPHA } from "./words.generated";

const UNLIMITED: u32 = 0x7fffffff;
const NO_GATE: i32 = -32767;
const MOST_SPAN: i32 = 7215;

let at: usize = 0;
let sound: bool = true;

function within(value: i32, low: i32, high: i32): void {
  if (value < low || value > high) sound = false;
}

/** `count` values that exist within limits, then up to `room` that do not. */
function values(bytes: i32, count: i32, room: i32, low: i32, high: i32, fill: i32 = 0): void {
  for (let i = 0; i < room; i++) {
    const value = bytes == 1 ? <i32>load<i8>(at) : bytes == 2 ? <i32>load<i16>(at) : load<i32>(at);
    if (i < count) within(value, low, high);
    else within(value, fill, fill);
    at += bytes;
  }
}

/** To the next multiple of 16, where the next region begins, there are zeros. */
function gap(): void {
  while ((at & 15) != 0) {
    if (load<u8>(at) != 0) sound = false;
    at++;
  }
}

function padded8(count: i32): i32 {
  return (count + 7) & ~7;
}

function headerIsSound(labels: i32, familiar: bool): void {
  const sharpest = (load<i32>(CONFIG, AT_ALPHA) << 8) / configLayers();
  const start = familiar ? (sharpest * 3) >> 4 : sharpest;
  if (header.labels != labels || header.random == 0) sound = false;
  within(header.rate, 1, 65536);
  within(header.boost, 0, 65536);
  if (header.sharpness != 0) within(header.sharpness, max(1, start >> 2), sharpest << 2);
  within(header.half, 0, 20000);
  within(header.tenth, 0, 20000);
  within(header.fiftieth, 0, 20000);
  within(header.placed, 0, familiar ? 512 : 0);
  within(header.weight, familiar ? -12288 : 0, familiar ? 12288 : 0);
  if (!familiar && (header.last != 0 || header.run != 0)) sound = false;
  if (header.placed == 0 ? header.half != 0 || header.tenth != 0 || header.fiftieth != 0 : header.tenth < header.half || header.fiftieth < header.tenth) sound = false;
}

function channelIsSound(channel: Channel): void {
  if (channel.variance != 0) within(<i32>channel.variance, 536870912, i32.MAX_VALUE);
  else if (channel.inverse != 0) sound = false;
  within(channel.count, 0, 2047);
  within(channel.shift, -11, 31);
  within(channel.exponent, -126, 102);
  within(channel.centre, -134217727, 134217727);
  within(channel.tail, -134217727, 134217727);
  within(channel.pace, 0, 43007);
  if (channel.pace != 0 && (channel.pace & 2047) == 0) sound = false;
  if (channel.pace == 0 ? channel.reach != UNLIMITED : channel.reach < 1 || channel.reach > 1 << 30) sound = false;
  if (channel.count != 2) within(channel.spread, 0, 30 * 1024);
}

/** @param labels in use */
export function isSound(labels: i32): bool {
  const inputs = configInputs();
  const lanes = padded8(inputs);
  const room = configLabels();
  const flags = configFlags();
  const familiar = (flags & FLAG_FAMILIAR) != 0;
  const scaled = (flags & FLAG_FIXED_SCALE) != 0;
  sound = true;
  headerIsSound(labels, familiar);
  at = channels;
  if (!scaled) {
    for (let i = 0; i < inputs; i++) channelIsSound(changetype<Channel>(channels + <usize>i * offsetof<Channel>()));
  }
  at = frequencies;
  values(2, labels, room, 0, 16383);
  gap();
  if (familiar) {
    values(1, labels, room, 0, 32);
    gap();
    for (let c = 0; c < room; c++) values(1, c < labels ? inputs : 0, lanes, -127, 127);
    gap();
    for (let c = 0; c < room; c++) values(1, c < labels ? inputs : 0, lanes, 0, 127);
    gap();
    values(4, labels, room, 0, inputs * MOST_SPAN);
    gap();
    if (!scaled) {
      at = anchorCentres + (<usize>inputs << 2);
      gap();
      at += <usize>inputs << 1;
      gap();
    }
  }
  let before = 0;
  for (let l = 0; l < configLayers(); l++) {
    const units = configUnits(l);
    const bytes = bitsOf(l) >> 3;
    const first = l == 0 ? inputs : before;
    const skipped = l > 0 && (flags & FLAG_SKIP_INPUT) != 0 ? inputs : 0;
    for (let unit = 0; unit < ((units + 3) & ~3); unit++) {
      values(bytes, unit < units ? first : 0, padded8(first), i32.MIN_VALUE, i32.MAX_VALUE);
      values(bytes, unit < units ? skipped : 0, padded8(skipped), i32.MIN_VALUE, i32.MAX_VALUE);
    }
    gap();
    values(4, units, padded8(units), -1073741824, 1073741824);
    gap();
    for (let c = 0; c < room; c++) values(2, units, padded8(units), -32768, 32767, NO_GATE);
    gap();
    if ((flags & FLAG_SELF_RATE) != 0) {
      values(2, units, padded8(units), -32768, 32767);
      gap();
      values(2, first, padded8(first), -32768, 32767);
      values(2, skipped, padded8(skipped), -32768, 32767);
      gap();
      values(4, 1, 1, -235, 235);
      gap();
    }
    before = units;
  }
  return sound && at == arena + stateBytes;
}
