// Memory map of a regressor, beyond the plain core's (../layout.ts), whose labels are its bins. FORMAT.md says it in words.
//
//   header | normaliser | layers | factor | target | blends | interval | span | centres | weights | history | lags | scratch
//   `---------------------- state: what a snapshot keeps -----------------------------------------'|

import {
  Channel, FLAG_SELF_RATE, FLAG_SKIP_INPUT, configFlags, configGateDivisor, configInputs, configLabels, configSamples, configSecondOrder,
  lay, memoryAt, padded, reserveMemory, validate,
} from "../layout";
import { ERROR_FLAGS, ERROR_HORIZON, ERROR_LABELS, ERROR_LAGS, ERROR_WINDOW, configHorizon, configLags } from "./words.generated";
export * from "./words.generated";

const MOST_BINS: i32 = 64;
const MOST_HORIZON: i32 = 256;
const MOST_LAGS: i32 = 256;
/** The learner's flags that all regressors have: `configSecondOrder` is 1. */
const FLAGS: i32 = FLAG_SKIP_INPUT | FLAG_SELF_RATE | 32;

/** How far to go from one prediction to another: the ratio of two running sums, Q24. */
@unmanaged
export class Blend {
  /** Of (target - one) (other - one). */
  agreement: i64;
  /** Of (other - one)^2; never 0. */
  difference: i64;
}

/** Distances to both sides of a prediction that a tenth of the targets lie beyond, Q20 deviations. */
@unmanaged
export class Interval {
  below: i32;
  above: i32;
  /** Targets in a row that lay far from all before them (target.ts). */
  farOff: i32;
  /** Targets learned, at most 400. With a horizon of N one in N is: clocks that ran on all were spent before anything was learned. */
  learned: i32;
}

/** Least and greatest target since their channel began, in units of 2^exponent. */
@unmanaged
export class Span {
  lowest: i32;
  highest: i32;
  exponent: i32;
  /** 0 before the first. */
  isThere: i32;
}

/**
 * A target that is known, and what was predicted but for the last blend. In units of 2^exponent, not in deviations: those may be others a sample later. (In deviations, a target that
 * had stood still and jumped by a hundred of them was answered with errors of twice its range.)
 */
@unmanaged
export class Known {
  target: i32;
  predicted: i32;
  exponent: i32;
  /** 0 before the first. */
  isThere: i32;
}

export const BLENDS: i32 = 3;

export let target: Channel = changetype<Channel>(0);
export let interval: Interval = changetype<Interval>(0);
export let span: Span = changetype<Span>(0);
let blends: usize = 0;
export let centres: usize = 0; // [bins] i32 Q20, ascending
export let weights: usize = 0; // [inputs + 1] i32 Q20, the bias last
let history: usize = 0; // [horizon] Known, the newest first
export let lags: usize = 0; // [horizon - 1 + lags] binary32 bits, the newest first; none without lags

// @ts-ignore: decorator
@inline
export function blendAt(index: i32): Blend {
  return changetype<Blend>(blends + <usize>index * offsetof<Blend>());
}

// @ts-ignore: decorator
@inline
export function knownAt(index: i32): Known {
  return changetype<Known>(history + <usize>index * offsetof<Known>());
}

/** Targets that the lags of a sample are taken of, known or not when it was asked about. */
export function lagsKept(): i32 {
  return configLags() == 0 ? 0 : configHorizon() - 1 + configLags();
}

export function validateRegressor(): i32 {
  const error = validate();
  if (error != 0) return error;
  if (configLabels() > MOST_BINS) return ERROR_LABELS;
  if (configSamples() != 0) return ERROR_WINDOW;
  if (configFlags() != FLAGS || configSecondOrder() != 1 || configGateDivisor() < 4) return ERROR_FLAGS;
  if (configHorizon() < 1 || configHorizon() > MOST_HORIZON) return ERROR_HORIZON;
  if (configLags() < 0 || configLags() > min(MOST_LAGS, configInputs())) return ERROR_LAGS;
  return 0;
}

/** Reserves the room, before the plain core lays its map, and finds its place after that. */
export function layRegressor(): void {
  place(0);
  lay(false);
}

export function placeRegressor(): void {
  place(memoryAt);
}

function place(start: usize): void {
  target = changetype<Channel>(start);
  blends = start + offsetof<Channel>();
  interval = changetype<Interval>(blends + <usize>BLENDS * offsetof<Blend>());
  span = changetype<Span>(changetype<usize>(interval) + offsetof<Interval>());
  centres = changetype<usize>(span) + offsetof<Span>();
  weights = centres + <usize>padded(configLabels() << 2, 16);
  history = weights + <usize>padded((configInputs() + 1) << 2, 16);
  lags = history + <usize>padded(configHorizon() * <i32>offsetof<Known>(), 16);
  if (start == 0) reserveMemory(<i32>lags + padded(lagsKept() << 2, 16), 0);
}
