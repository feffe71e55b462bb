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

/** Inputs of a surprise net: the last values, their means over three spans, and the constant 1. */
export const LAGS: i32 = 8;
export const MEANS: i32 = 3;
export const CONTEXT: i32 = LAGS + MEANS + 1;
/** Surprise nets of a channel: one for the value, one for its change. */
export const TARGETS: i32 = 2;
/** Labels of a surprise net. */
export const BINS: i32 = 13;

/** First region of the arena, 32 bytes. */
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
  /** Commissioned: samples learned since commissioning began. */
  learned: u32;
  /** Commissioned: quantile of the level, Q20 octaves. */
  quantile: i32;
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
  /** A raw channel's smoothed value, Q16: in streaming mode of its size |z|, in commissioned mode of z. */
  smoothed: i32;
}

/** A channel of streaming mode, 72 bytes. */
@unmanaged
export class Stream {
  /** The channel's Moments, 24 bytes. */
  m0: i64;
  m1: i64;
  m2: i64;
  /** Quantile of the smoothed size, Q20 octaves. */
  quantile: i32;
  /** Values seen. */
  count: u32;
  /** Smoothed surprise, Q16 octaves. */
  surprise: i32;
  /** Mean size of each target, Q16. */
  sizeOfValue: i32;
  sizeOfChange: i32;
  /** [MEANS] Q16, then [LAGS] i16 Q8, the newest first. */
  mean4: i32;
  mean16: i32;
  mean64: i32;
  lags0: i32;
  lags1: i32;
  lags2: i32;
  lags3: i32;
}

export let arena: usize = 0;
export let stateBytes: usize = 0;
export let arenaBytes: usize = 0;
export let header: Header = changetype<Header>(0);
/** Streaming: [channels] Stream. Commissioned: [channels] Moments of the raw values, then of the smoothed ones. */
export let channels: usize = 0;
export let smoothedMoments: usize = 0;
/** Streaming: for each channel and target weights [units, CONTEXT], then gates [BINS, units] i16 Q8. Commissioned: weights [units, channels + 1]. */
export let nets: usize = 0;
/** Bytes from one region of weights to its gates, and from one net to the next. */
export let weightBytes: usize = 0;
export let netBytes: usize = 0;

/** Scratch. */
export let rawInput: usize = 0; // [channels] binary32 bits
export let inputs: usize = 0; // [CONTEXT or channels + 1] i16 Q8
export let noise: usize = 0; // [channels + 1] i16 Q8
export let activity: usize = 0; // [units] i32 Q8
export let pull: usize = 0; // [units] i64 Q23, then i32 Q10
export let octaves: usize = 0; // [BINS] i32 Q10
export let likelihood: usize = 0; // [BINS] u32 Q16
export let parts: usize = 0; // [channels] i32

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

export function validate(): i32 {
  if (configMode() != MODE_STREAMING && configMode() != MODE_COMMISSIONED) return ERROR_MODE;
  if (configChannels() < 1 || configChannels() > MAX_CHANNELS) return ERROR_CHANNELS;
  // without units streaming mode has no nets and no surprise
  if (configUnits() < (configMode() == MODE_STREAMING ? 0 : 1) || configUnits() > MAX_UNITS) return ERROR_UNITS;
  if (configBits() != 8 && configBits() != 16) return ERROR_BITS;
  return 0;
}

export function lay(): void {
  const count = configChannels();
  const units = configUnits();
  const streaming = configMode() == MODE_STREAMING;
  const columns = streaming ? CONTEXT : count + 1;

  arena = (__heap_base + 15) & ~15;
  cursor = arena;
  header = changetype<Header>(take(<i32>offsetof<Header>()));
  channels = take(count * <i32>(streaming ? offsetof<Stream>() : offsetof<Moments>()));
  smoothedMoments = take(streaming ? 0 : count * <i32>offsetof<Moments>());
  nets = take((units * columns * configBits()) >> 3);
  weightBytes = cursor - nets;
  if (streaming) {
    take((BINS * units) << 1);
    netBytes = cursor - nets;
    cursor = nets + <usize>(TARGETS * count) * netBytes;
  }
  stateBytes = cursor - arena;

  rawInput = take(count << 2);
  inputs = take(columns << 1);
  noise = take(streaming ? 0 : columns << 1);
  activity = take(units << 2);
  pull = take(units << 3);
  octaves = take(streaming ? BINS << 2 : 0);
  likelihood = take(streaming ? BINS << 2 : 0);
  parts = take(count << 2);
  arenaBytes = cursor - arena;
}
