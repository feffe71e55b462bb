// The decorrelating step: weights that see the sample move along d = R'R z instead of z, so that correlated channels are learned as fast as
// independent ones. Only the builds with SECOND_ORDER have any of this: the others are the same bytes without it.
//
// R whitens: R'R follows the inverse second moment of the standardised sample, with a ridge lambda = 1/16 on it. It is kept by negative feedback. Of
// a sample x = z + sqrt(lambda) s, s random signs, that are the ridge, with y = R x and the part of y y' on and below the diagonal:
//
//   R += e ((1 + lambda) R - tril(y y') R),   e = e0 / (1 + e0 |y|^2),   e0 = 1 / (2 (t + 8)) after t samples, within [1/256, 1/20]
//
// It rests where y is white. What rounding does to R shows in y and is undone, so 16 bits lose nothing; plain recursions of P = R'R drift away in 16
// bits. From t = 256 on one sample in eight is enough. The step is normalised by z'd = |R z|^2 in the place of |z|^2.
//
// Bounds, whatever comes. e |y|^2 < 1, so a row shrinks by less than it is long; e |y_i| <= sqrt(e0) / 2 = 0.1118, which is c <= 29309 in Q18; R grows
// by at most e (1 + lambda) <= 3482 / 2^16 a sample, and saturates at +-8. A diagonal never crosses 0 (kernels/factor.ts), so that d'z is never
// negative: d points where z does. P is what natural gradient has for a layer's input (Amari 1998; K-FAC's input factor, Martens and Grosse 2015),
// LMS-Newton and decorrelated backpropagation (Ahmad et al. 2022) for a whole layer.

import { ACTIVITY_LIMIT, clamp } from "./fixed";
import {
  FLAG_SKIP_INPUT, Factor, Layer, configFlags, configInputs, configSecondOrder, direction, dithered, factor, layerAt, padded, standardised, whitened,
} from "./layout";
import { follow, spareBits, unwhiten, whiten } from "./kernels/factor";
import { listLive } from "./kernels/live";
import { product } from "./kernels/vector";
import { random } from "./random";

/** 1.0 in Q10: R is 1 at first. */
const ONE: i32 = 1024;
/** sqrt(lambda) in Q8. */
const RIDGE: i32 = 64;
/** Samples that are all followed; then one of 1 to PAUSES + 1, at random: with a fixed stride a stream of that period would show one phase only. */
const YOUNG: i32 = 256;
const PAUSES: u32 = 15;
/** Bounds of e0, Q16. */
const SLOWEST: i32 = 256;
const FASTEST: i32 = 3277;
/** What an alarm leaves of the count. */
const REOPENED: i32 = 64;

// @ts-ignore: decorator
@inline
function bands(): usize {
  return changetype<usize>(factor) + offsetof<Factor>();
}

/** R = 1. The region is all 0. */
export function resetFactor(): void {
  if (configSecondOrder() == 0) return;
  let row = bands();
  for (let i = 0; i < configInputs(); i++) {
    store<i16>(row + (<usize>i << 1), <i16>ONE);
    row += <usize>((i >> 3) + 1) << 4;
  }
}

/** After an alarm: the next samples count more. */
export function reopenFactor(): void {
  if (configSecondOrder() == 0) return;
  factor.count = <u16>min(<i32>factor.count, REOPENED);
  factor.wait = 0;
}

/** The factor follows the standardised sample, when it is its turn. */
export function followSample(): void {
  if (configSecondOrder() == 0) return;
  if (factor.wait != 0) {
    factor.wait--;
    return;
  }
  const count = <i32>factor.count;
  const inputs = configInputs();
  const lanes = padded(inputs, 8);
  const spare = spareBits(lanes);
  addRidge(inputs);
  const length = wholeLength(whiten(bands(), direction, whitened, lanes, spare), spare);
  const e0 = clamp(32768 / (count + 8), SLOWEST, FASTEST);
  const strength = <i32>((<u32>e0 << 20) / <u32>(65536 + ((length * e0) >> 16))); // Q20; the divisor is below 2^31
  const growth = (strength * 17 + 128) >> 8; // Q16
  const start = random();
  const flips = random(); // its upper bits
  follow(bands(), whitened, dithered, inputs, lanes, spare, strength, growth, start, flips);
  if (count < YOUNG) factor.count = <u16>(count + 1);
  else factor.wait = <u16>(flips & PAUSES);
}

/** Random signs times RIDGE on the sample, into the place of the direction. */
function addRidge(inputs: i32): void {
  let signs: u32 = 0;
  for (let i = 0; i < inputs; i++) {
    if ((i & 31) == 0) signs = random();
    const at = <usize>i << 1;
    const ridge = RIDGE - ((signs & 1) << 7);
    store<i16>(direction + at, <i16>clamp(<i32>load<i16>(standardised + at) + ridge, -ACTIVITY_LIMIT, ACTIVITY_LIMIT));
    signs >>= 1;
  }
}

/** |y|^2 in Q16: at most 512 x 2^26. */
// @ts-ignore: decorator
@inline
function wholeLength(length: i32, spare: i32): i64 {
  return <i64>length << (4 + (spare << 1));
}

/** Whether `direction` is that of the sample at hand, and z'd in Q16. */
let isTurned: bool = false;
let sampleLength: i64 = 0;
/** Columns of the layer at hand that have turned. */
let turnedLanes: i32 = 0;

/** Another sample is at hand. Its direction is found only when a layer learns from it. */
export function forgetDirection(): void {
  isTurned = false;
}

/** The inputs of a layer as its weights move along them. Those of a later layer change where they are: its sample's part is what turns. */
export function turned(layer: Layer, inputs: usize): usize {
  turnedLanes = 0;
  if (configSecondOrder() == 0) return inputs;
  const isFirst = layer == layerAt(0);
  if (!isFirst && (configFlags() & FLAG_SKIP_INPUT) == 0) return inputs;
  const lanes = padded(configInputs(), 8);
  turnedLanes = lanes;
  if (!isTurned) {
    const spare = spareBits(lanes);
    sampleLength = wholeLength(whiten(bands(), standardised, whitened, lanes, spare), spare);
    unwhiten(bands(), whitened, direction, lanes, spare);
    isTurned = true;
  }
  let along = direction;
  if (!isFirst) {
    along = inputs;
    const skipped = inputs + (<usize>(layer.stride - lanes) << 1);
    for (let at: usize = 0; at < <usize>lanes << 1; at += 8) store<u64>(skipped + at, load<u64>(direction + at));
  }
  if (ASC_FEATURE_SIMD) listLive(layer, along);
  return along;
}

/** z'd of a layer in Q16, `along` as `turned` has just given it. */
export function lengthAlong(layer: Layer, along: usize): u64 {
  const own = layer.stride - turnedLanes;
  return <u64>((own == 0 ? 0 : product(along, along, ACTIVITY_LIMIT, own)) + (turnedLanes == 0 ? 0 : sampleLength));
}
