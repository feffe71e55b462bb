// The decorrelating step: weights move along d = R'R z instead of z, those that see the sample or all of them, so that correlated channels are learned as fast as
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
// by at most e (1 + lambda) <= 5120 / 2^16 a sample, and saturates at +-8. A diagonal never crosses 0 (kernels/factor.ts), so that d'z is never
// negative: d points where z does. P is what natural gradient has for a layer's input (Amari 1998; K-FAC's input factor, Martens and Grosse 2015),
// LMS-Newton and decorrelated backpropagation (Ahmad et al. 2022) for a whole layer.

import { isLocal } from "./fields/geometry";
import { ACTIVITY_LIMIT, clamp } from "./fixed";
import {
  FLAG_SKIP_INPUT, Factor, Layer, SECOND_ORDER_FULL, configFlags, configInputs, configLayers, configSecondOrder, direction, dithered, factorCount, factorValues,
  bandsBytes, factors, layerAt, padded, ridged, seeingFactors, standardised, whitened,
} from "./layout";
import { follow, spareBits, unwhiten, whiten } from "./kernels/factor";
import { listLive } from "./kernels/live";
import { product } from "./kernels/vector";
import { random } from "./random";

/** 1.0 in Q10: R is 1 at first. */
const ONE: i32 = 1024;
/** sqrt(lambda) in Q8 and 1 + lambda in Q4 of what a layer sees: lambda = 1/16. */
const RIDGE: i32 = 64;
const RIDGED: i32 = 17;
/** The same of its pulls (pulls.ts): lambda = 9/16. */
const PULL_RIDGE: i32 = 192;
const PULL_RIDGED: i32 = 25;
/** Samples that are all followed; then one of 1 to PAUSES + 1, at random: with a fixed stride a stream of that period would show one phase only. */
const YOUNG: i32 = 256;
const PAUSES: u32 = 15;
const PULL_PAUSES: u32 = 3;
/** Bounds of e0, Q16. */
const SLOWEST: i32 = 256;
const PULL_SLOWEST: i32 = 512;
const FASTEST: i32 = 3277;
/** An alarm leaves so much of the count. */
const REOPENED: i32 = 64;

/** Factor `index`: of the sample, of the units before layer `index`, or of the pulls of layer `index - layers`. */
function factorAt(index: i32): Factor {
  let at = factors;
  for (let k = 0; k < index; k++) at += offsetof<Factor>() + bandsBytes(padded(factorValues(k), 8));
  return changetype<Factor>(at);
}

// @ts-ignore: decorator
@inline
function bandsOf(factor: Factor): usize {
  return changetype<usize>(factor) + offsetof<Factor>();
}

/** R = 1 in every factor. The regions are all 0. */
export function resetFactors(): void {
  for (let k = 0; k < factorCount(); k++) {
    let row = bandsOf(factorAt(k));
    for (let i = 0; i < factorValues(k); i++) {
      store<i16>(row + (<usize>i << 1), <i16>ONE);
      row += <usize>((i >> 3) + 1) << 4;
    }
  }
}

/** After an alarm: the next samples count more. */
export function reopenFactors(): void {
  for (let k = 0; k < factorCount(); k++) {
    const factor = factorAt(k);
    factor.count = <u16>min(<i32>factor.count, REOPENED);
    factor.wait = 0;
  }
}

/** Factor `index` follows the values that it is of, i16 Q8, when it is its turn. Nothing where there is no such factor. */
export function followValues(index: i32, values: usize): void {
  if (index >= factorCount()) return;
  const factor = factorAt(index);
  if (factor.wait != 0) {
    factor.wait--;
    return;
  }
  const age = <i32>factor.count;
  const count = factorValues(index);
  const lanes = padded(count, 8);
  const spare = spareBits(lanes);
  const ofPulls = index >= configLayers();
  addRidge(values, count, lanes, ofPulls ? PULL_RIDGE : RIDGE);
  const length = wholeLength(whiten(bandsOf(factor), ridged, whitened, lanes, spare), spare);
  const e0 = clamp(32768 / (age + 8), ofPulls ? PULL_SLOWEST : SLOWEST, FASTEST);
  const strength = <i32>((<u32>e0 << 20) / <u32>(65536 + ((length * e0) >> 16))); // Q20; the divisor is below 2^31
  const growth = (strength * (ofPulls ? PULL_RIDGED : RIDGED) + 128) >> 8; // Q16
  const start = random();
  const flips = random(); // its upper bits
  follow(bandsOf(factor), whitened, dithered, count, lanes, spare, strength, growth, start, flips);
  if (age < YOUNG) factor.count = <u16>(age + 1);
  else factor.wait = <u16>(flips & (ofPulls ? PULL_PAUSES : PAUSES));
}

/** Values with random signs times `ridge` on them, into `ridged`; lanes that do not exist are 0. */
function addRidge(values: usize, count: i32, lanes: i32, ridge: i32): void {
  let signs: u32 = 0;
  for (let i = 0; i < lanes; i++) {
    if ((i & 31) == 0 && i < count) signs = random();
    const at = <usize>i << 1;
    const value = <i32>load<i16>(values + at) + ((signs & 1) != 0 ? -ridge : ridge);
    store<i16>(ridged + at, i < count ? <i16>clamp(value, -ACTIVITY_LIMIT, ACTIVITY_LIMIT) : 0);
    signs >>= 1;
  }
}

/** |y|^2 in Q16: at most 512 x 2^26. */
// @ts-ignore: decorator
@inline
function wholeLength(length: i32, spare: i32): i64 {
  return <i64>length << (4 + (spare << 1));
}

/** d = R'R z of factor `index`, z [lanes] i16 Q8, into `d`, which may be z; returns z'd in Q16. */
export function turn(index: i32, values: usize, d: usize): i64 {
  const bands = bandsOf(factorAt(index));
  const lanes = padded(factorValues(index), 8);
  const spare = spareBits(lanes);
  const length = wholeLength(whiten(bands, values, whitened, lanes, spare), spare);
  unwhiten(bands, whitened, d, lanes, spare);
  return length;
}

/** 1 if `direction` is that of the sample at hand; and z'd in Q16. */
let isTurned: bool = false;
let sampleLength: i64 = 0;
/** Columns of the layer at hand that have turned, and z'd of them, Q16. */
let turnedLanes: i32 = 0;
let turnedLength: i64 = 0;

/** Another sample is at hand. Its direction is found only when a layer learns from it. */
export function forgetDirection(): void {
  isTurned = false;
}

/** z'd of the sample at hand, Q16; d lies in `direction`. */
export function turnSample(): i64 {
  if (!isTurned) sampleLength = turn(0, standardised, direction);
  isTurned = true;
  return sampleLength;
}

/** The inputs of layer `index` as its weights move along them. Those of a later layer change where they are, in the parts that turn. */
export function turned(layer: Layer, inputs: usize): usize {
  turnedLanes = 0;
  turnedLength = 0;
  if (configSecondOrder() == 0 || (isDefined(LOCAL_FIELDS) && isLocal(layer))) return inputs; // windows turn one by one
  const index = indexOf(layer);
  let along = inputs;
  if (isDefined(LOCAL_FIELDS) && isLocal(layerAt(0))) {
    if ((configFlags() & FLAG_SKIP_INPUT) != 0) {
      // no factor is of the sample: its part stays
      turnedLanes = padded(configInputs(), 8);
      turnedLength = product(standardised, standardised, ACTIVITY_LIMIT, turnedLanes);
    }
  } else if (index == 0 || (configFlags() & FLAG_SKIP_INPUT) != 0) {
    if (!isTurned) sampleLength = turn(0, standardised, direction);
    isTurned = true;
    turnedLanes = padded(configInputs(), 8);
    turnedLength = sampleLength;
    if (index == 0) along = direction;
    else {
      const skipped = inputs + (<usize>(layer.stride - turnedLanes) << 1);
      for (let at: usize = 0; at < <usize>turnedLanes << 1; at += 8) store<u64>(skipped + at, load<u64>(direction + at));
    }
  }
  if (index != 0 && configSecondOrder() == SECOND_ORDER_FULL) {
    turnedLanes = layer.stride;
    turnedLength += turn(index, inputs, inputs);
  }
  if (ASC_FEATURE_SIMD) listLive(layer, along);
  return along;
}

/** The window of a patch of local layer `index`, in place, as the patch's weights move along it. Without a factor it stays. */
export function turnWindow(patch: Layer, index: i32, window: usize): void {
  if (index >= seeingFactors()) return;
  turnedLanes = patch.stride;
  turnedLength = turn(index, window, window);
}

export function indexOf(layer: Layer): i32 {
  let index = 0;
  while (layer != layerAt(index)) index++;
  return index;
}

/** z'd of a layer in Q16, `along` as `turned` has just given it. */
export function lengthAlong(layer: Layer, along: usize): u64 {
  const own = layer.stride - turnedLanes;
  return <u64>((own == 0 ? 0 : product(along, along, ACTIVITY_LIMIT, own)) + turnedLength);
}
