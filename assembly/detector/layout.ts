// The detector's memory map: configuration words, the arena, and where everything in it lies. FORMAT.md says it in words.
//
//   static data | arena: header | channels | nets | scratch
//               |        `------ state: what a snapshot keeps
//
// Every region starts at a multiple of 16 bytes. Nothing is allocated after `create`. The detector is a module of its own, so that it costs a
// classifier nothing and has budgets of its own; fixed.ts and tables.ts are the sources that both share.

import { ERROR_BITS, ERROR_CHANNELS, ERROR_MODE, ERROR_UNITS, MODE_COMMISSIONED, MODE_STREAMING, configBits, configChannels, configMode, configUnits } from "./words.generated";
export * from "./words.generated";

export const MAX_CHANNELS: i32 = 256;
export const MAX_UNITS: i32 = 64;

/** Codes of the last values that a channel remembers at most, at least, and all channels together where there are several. */
const HISTORY_MOST: i32 = 1024;
const HISTORY_LEAST: i32 = 128;
const HISTORY_TOGETHER: i32 = 1136;
/** Inputs of the prediction: values just before, and around the same phase a period ago. */
export const LAGS: i32 = 4;
export const PHASES: i32 = 3;
export const INPUTS: i32 = LAGS + PHASES;

/** Views of a channel. The first eight count in quarters of a unit, `quiet` in octaves, Q10, the last three in samples, Q10. All but the last have a Tail. */
export const VIEW_UP: i32 = 0;
export const VIEW_DOWN: i32 = 1;
export const VIEW_CHANGE: i32 = 2;
export const VIEW_RHYTHM: i32 = 3;
export const VIEW_LOUD: i32 = 4;
export const VIEW_TREND: i32 = 5;
export const VIEW_SEASON: i32 = 6;
export const VIEW_AWAY: i32 = 7;
export const UNIT_VIEWS: i32 = 8;
export const VIEW_QUIET: i32 = 8;
export const VIEW_STUCK: i32 = 9;
export const VIEW_MISSING: i32 = 10;
export const TAILED: i32 = 11;
export const VIEW_STAY: i32 = 11;
export const VIEWS: i32 = 12;
/** Of all channels together. */
export const VIEW_JOINT: i32 = 12;

/** First region of the arena, 40 bytes. */
@unmanaged
export class Header {
  /** Samples observed. */
  seen: u64;
  /** Alarms given. */
  alarms: u32;
  /** State of the random generator. */
  random: u32;
  /** Threshold now, Q24. */
  threshold: i32;
  /** Samples still without alarms after the last one. */
  held: i32;
  /** Commissioned: samples learned since commissioning began. Streaming: samples that the view over all channels has seen. */
  learned: u32;
  /** Commissioned: quantile of the level, Q20 octaves. Streaming: alarms of the view over all channels, less the calm samples since, at least 0. */
  quantile: i32;
  /** Greatest score since the last alarm, Q16, fading over the hold. */
  told: i32;
  /** Greatest score lately, Q16: a 96th of it fades with each sample. */
  recent: i32;
}

/** Running mean and deviation, 24 bytes. See standardiser.ts. */
@unmanaged
export class Moments {
  /** Q8. */
  mean: i64;
  /** Q8, of differences in Q8 >> shift: within [2^26, 2^28), or 0: never varied. */
  variance: i32;
  /** 2^28 / root of the variance, or 0. */
  inverse: u16;
  /** Values seen, up to 4096. */
  count: u16;
  /** Right shift (left where negative) after which a difference in Q8 has a deviation of 512 to 1024. */
  shift: i8;
  /** Power of two of one unit of a raw channel. */
  exponent: i8;
  reserved: u16;
  /** A raw channel's smoothed z, Q16. */
  smoothed: i32;
}

/** Usual sizes of a view of a channel, 36 bytes. See tail.ts. */
@unmanaged
export class Tail {
  /** Greatest value of this block of samples, and of the one before. */
  current: i32;
  late: i32;
  /** Mean of the greatest values of blocks; of what is above that, its distance; of what is above those. */
  mean: i32;
  upper: i32;
  far: i32;
  /** Greatest, fading. */
  top: i32;
  threshold: i32;
  /** Shares of blocks above the mean and above the upper ones, Q16. */
  upperShare: u16;
  farShare: u16;
  blocks: u16;
  reserved: u16;
}

/** A channel of streaming mode, 656 bytes: this, and a Tail for each view but the last. */
@unmanaged
export class Stream {
  /** Averages, Q8 of units: value; its distance from that; change; distance from that; smallest difference that comes. */
  mean: i64;
  deviation: i64;
  drift: i64;
  step: i64;
  resolution: i64;
  /** Size of the prediction's error; the same lately; |change| lately; change lately; distance from the mean lately. */
  wrong: i64;
  loud: i64;
  active: i64;
  trend: i64;
  away: i64;
  /** Distance from a period ago, lately and usually. */
  season: i64;
  seasonMean: i64;
  /** Values seen. */
  count: u32;
  previous: i32;
  change: i32;
  /** Of the last value, Q16. */
  score: i32;
  /** Extremes of this block, of the sixteen blocks up to it, of the sixteen before those; mean width of a block; how far the level may go. */
  low0: i32;
  low1: i32;
  low2: i32;
  high0: i32;
  high1: i32;
  high2: i32;
  width: i32;
  reach: i32;
  /** Value of code 0. */
  base: i32;
  /** Of the prediction, Q16. */
  weight0: i32;
  weight1: i32;
  weight2: i32;
  weight3: i32;
  weight4: i32;
  weight5: i32;
  weight6: i32;
  /** Search for a period: mean code, mean square around it, best correlation, and the best at the present period, Q10. */
  centre: i32;
  power: u32;
  best: i32;
  own: i32;
  /** Two states, low and high: samples, Q8, of the present one; of each: mean time in it, distance from that, longest. See stay.ts. */
  stayed: i32;
  mean0: i32;
  distance0: i32;
  longest0: i32;
  mean1: i32;
  distance1: i32;
  longest1: i32;
  /** Values with the present period; without a change; missing; alarms, in a row; blocks; where the next code goes; codes; period, 0: none. */
  seasons: u16;
  run: u16;
  gap: u16;
  alarms: u16;
  blocks: u16;
  head: u16;
  filled: u16;
  period: u16;
  lag: u16;
  bestLag: u16;
  ownLag: u16;
  /** Times in each state; share of values between them, Q16. */
  times0: u16;
  times1: u16;
  between: u16;
  /** Values in this block, of how many; the view that gave the score; powers of two of a unit, and of a code in units. */
  inBlock: u8;
  block: u8;
  view: u8;
  exponent: i8;
  shift: u8;
  /** True if the search has come to a lag where nothing is alike. */
  left: u8;
  /** The one of the two states that it is in. */
  isHigh: u8;
  reserved: u8;
  padding: u32;
}
/** Offset of a channel's tails, and its length. */
const TAILS: usize = offsetof<Stream>();
export const STREAM_BYTES: usize = 656;

/** Usual sizes of a view of a channel. */
// @ts-ignore: decorator
@inline
export function tailOf(stream: Stream, view: i32): Tail {
  return changetype<Tail>(changetype<usize>(stream) + TAILS + <usize>view * offsetof<Tail>());
}

export let arena: usize = 0;
export let stateBytes: usize = 0;
export let arenaBytes: usize = 0;
export let header: Header = changetype<Header>(0);
/** Streaming: [channels] Stream with its tails. Commissioned: [channels] Moments of the raw values. */
export let channels: usize = 0;
/** [channels] Moments. Streaming, where channels are seen together: of the raw values. Commissioned: of the smoothed ones. */
export let moments: usize = 0;
/** Streaming, where channels are seen together. */
export let jointTail: Tail = changetype<Tail>(0);
/** Streaming: [channels, historySize] i16, the last values of each channel. */
export let codes: usize = 0;
export let historySize: i32 = 0;
/** Weights [units, channels + 1]. */
export let nets: usize = 0;

/** Scratch. */
export let rawInput: usize = 0; // [channels] binary32 bits
export let inputs: usize = 0; // [INPUTS] codes or [channels + 1] Q8, i16
export let noise: usize = 0; // [channels + 1] i16 Q8
export let activity: usize = 0; // [units] i32 Q8
export let pull: usize = 0; // [units] i32 Q10
export let values: usize = 0; // [VIEWS] i32: what each view says, -1: nothing
export let limits: usize = 0; // [VIEWS] i32: its threshold
export let parts: usize = 0; // [channels] i32
export let views: usize = 0; // [channels] i32

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

export function validate(): i32 {
  const streaming = configMode() == MODE_STREAMING;
  if (!streaming && configMode() != MODE_COMMISSIONED) return ERROR_MODE;
  if (configChannels() < 1 || configChannels() > MAX_CHANNELS) return ERROR_CHANNELS;
  // streaming, without units no view has all channels together; with one channel there is none
  if (configUnits() < (streaming ? 0 : 1) || configUnits() > (streaming && configChannels() == 1 ? 0 : MAX_UNITS)) return ERROR_UNITS;
  if (configBits() != 8 && configBits() != 16) return ERROR_BITS;
  return 0;
}

export function lay(): void {
  const count = configChannels();
  const units = configUnits();
  const streaming = configMode() == MODE_STREAMING;
  const hasNet = units != 0;
  const columns = count + 1;
  historySize = streaming ? min(max((HISTORY_TOGETHER / count) & ~15, HISTORY_LEAST), HISTORY_MOST) : 0;

  arena = (__heap_base + 15) & ~15;
  cursor = arena;
  header = changetype<Header>(take(<i32>offsetof<Header>()));
  channels = take(count * <i32>(streaming ? STREAM_BYTES : offsetof<Moments>()));
  moments = take(hasNet ? count * <i32>offsetof<Moments>() : 0);
  jointTail = changetype<Tail>(take(streaming && hasNet ? <i32>offsetof<Tail>() : 0));
  codes = take((count * historySize) << 1);
  nets = take((units * columns * configBits()) >> 3);
  stateBytes = cursor - arena;

  rawInput = take(count << 2);
  inputs = take(max(streaming ? INPUTS : 0, columns) << 1);
  noise = take(hasNet ? columns << 1 : 0);
  activity = take(units << 2);
  pull = take(units << 2);
  values = take(streaming ? VIEWS << 2 : 0);
  limits = take(streaming ? VIEWS << 2 : 0);
  parts = take(count << 2);
  views = take(count << 2);
  arenaBytes = cursor - arena;
}
