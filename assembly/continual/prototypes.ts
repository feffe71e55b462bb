// A memory that stores no sample: per label a few prototypes, each the running mean and deviation of the samples nearest to it, and
// pseudo-samples made of them. A pseudo-sample of prototype k is its mean plus the new sample's own residual, scaled from
// the deviations of the new sample's prototype to those of k: the sample just seen supplies noise that is correlated as real noise is.
//
//   x' = mean_k + (x - mean_0) * min(3, deviation_k / deviation_0)          input by input, in anchored coordinates

import { carried, hasFixedScale } from "../anchor";
import { clamp } from "../fixed";
import { configInputs, configLabels, configPrototypes, fresh, header } from "../layout";
import { GOLDEN, random } from "../random";
import { distance, padRow, widenRange } from "./codes";
import { below } from "./exemplars";
import { lanes, memory, prototypeCounts, prototypeDeviations, prototypeMeans, residual, row, rowBytes, unitResidual } from "./memory";

/** Means and deviations have this many fraction bits more than inputs: small steps must not vanish. */
const FINER: i32 = 3;
/** Counts, and with them 1 / count, stop here. */
const SETTLED: i32 = 4095;
/** A deviation counts as at least 0.1 deviations of the channel, which are 0.15 spreads. */
const LEAST_DEVIATION: i32 = 205;
const LEAST_IN_SPREADS: i32 = 76;

// @ts-ignore: decorator
@inline
function leastDeviation(): i32 {
  return hasFixedScale() ? LEAST_DEVIATION : LEAST_IN_SPREADS;
}

// @ts-ignore: decorator
@inline
function slot(label: i32, k: i32): usize {
  return <usize>(label * configPrototypes() + k);
}

// @ts-ignore: decorator
@inline
function countOf(at: usize): i32 {
  return <i32>load<u16>(prototypeCounts + (at << 1));
}

// @ts-ignore: decorator
@inline
function rowOf(table: usize, at: usize): usize {
  return table + at * rowBytes;
}

/** A mean in Q11; kept as a code of 8 bits (codes.ts). */
// @ts-ignore: decorator
@inline
function meanAt(means: usize, input: usize): i32 {
  return (<i32>memory.low + <i32>load<u8>(means + input) * <i32>memory.step) << FINER;
}

/** `dither`, 7 bits, rounds a code: small steps must not vanish. (Means in 16 bits: 0.4 points on Split-MNIST for twice the memory.) */
// @ts-ignore: decorator
@inline
function storeMean(means: usize, input: usize, value: i32, dither: i32): void {
  store<u8>(means + input, coded(value - (<i32>memory.low << FINER), <i32>memory.step << FINER, dither));
}

/** A deviation in Q11; kept as so many half steps of the codes. */
// @ts-ignore: decorator
@inline
function deviationAt(deviations: usize, input: usize): i32 {
  return (<i32>load<u8>(deviations + input) * <i32>memory.step) << (FINER - 1);
}

// @ts-ignore: decorator
@inline
function storeDeviation(deviations: usize, input: usize, value: i32, dither: i32): void {
  store<u8>(deviations + input, coded(value, <i32>memory.step << (FINER - 1), dither));
}

function coded(value: i32, step: i32, dither: i32): u8 {
  return <u8>clamp((value + ((dither * step) >> 7)) / max(step, 1), 0, 255);
}

/** Squared distance from `fresh` to the nearest prototype of a label, whose slot is then `nearestSlot`. */
let nearestSlot: usize = 0;
export function nearestPrototype(label: i32): i64 {
  let least = i64.MAX_VALUE;
  for (let k = 0; k < configPrototypes(); k++) {
    const at = slot(label, k);
    if (countOf(at) == 0) continue;
    const means = rowOf(prototypeMeans, at);
    for (let i: usize = 0; i < <usize>configInputs(); i++) store<i16>(row + (i << 1), <i16>clamp(meanAt(means, i) >> FINER, -2047, 2047));
    padRow(row);
    const apart = distance(row, fresh, lanes);
    if (apart < least) {
      least = apart;
      nearestSlot = at;
    }
  }
  return least;
}

/** The new sample less its prototype, into `residual` (Q11) and, in deviations, `unitResidual`; false when there is none yet. */
export function leaveResidual(label: i32): bool {
  if (nearestPrototype(label) == i64.MAX_VALUE) return false;
  const means = rowOf(prototypeMeans, nearestSlot);
  const deviations = rowOf(prototypeDeviations, nearestSlot);
  for (let i: usize = 0; i < <usize>configInputs(); i++) {
    const difference = clamp((<i32>load<i16>(fresh + (i << 1)) << FINER) - meanAt(means, i), -32767, 32767);
    store<i16>(residual + (i << 1), <i16>difference);
    const deviation = max(deviationAt(deviations, i), leastDeviation());
    store<i16>(unitResidual + (i << 1), <i16>clamp((difference << 8) / deviation, -32767, 32767));
  }
  return true;
}

/** Widens the range of codes to the new sample's values, and codes every mean and deviation anew. */
function recode(): void {
  const oldLow = memory.low;
  const oldStep = memory.step;
  if (!widenRange()) return;
  const newLow = memory.low;
  const newStep = memory.step;
  for (let at: usize = 0; at < <usize>(configLabels() * configPrototypes()); at++) {
    const means = rowOf(prototypeMeans, at);
    const deviations = rowOf(prototypeDeviations, at);
    for (let i: usize = 0; i < <usize>configInputs(); i++) {
      memory.low = oldLow;
      memory.step = oldStep;
      const mean = meanAt(means, i);
      const deviation = deviationAt(deviations, i);
      memory.low = newLow;
      memory.step = newStep;
      storeMean(means, i, mean, 64);
      storeDeviation(deviations, i, deviation, 64);
    }
  }
}

/** The new sample into its nearest prototype; a label's first samples start them. */
export function settlePrototype(label: i32): void {
  if (hasFixedScale()) recode();
  const inputs = <usize>configInputs();
  for (let k = 0; k < configPrototypes(); k++) {
    const at = slot(label, k);
    if (countOf(at) != 0) continue;
    store<u16>(prototypeCounts + (at << 1), 1);
    const means = rowOf(prototypeMeans, at);
    const deviations = rowOf(prototypeDeviations, at);
    for (let i: usize = 0; i < inputs; i++) {
      storeMean(means, i, <i32>load<i16>(fresh + (i << 1)) << FINER, 64);
      storeDeviation(deviations, i, 0, 0);
    }
    return;
  }
  nearestPrototype(label);
  const count = min(countOf(nearestSlot) + 1, SETTLED);
  store<u16>(prototypeCounts + (nearestSlot << 1), <u16>count);
  const rate = 65536 / count;
  const means = rowOf(prototypeMeans, nearestSlot);
  const deviations = rowOf(prototypeDeviations, nearestSlot);
  let phase = random();
  for (let i: usize = 0; i < inputs; i++) {
    const mean = meanAt(means, i);
    const difference = clamp((<i32>load<i16>(fresh + (i << 1)) << FINER) - mean, -32767, 32767);
    storeMean(means, i, mean + ((difference * rate + <i32>(phase >> 16)) >> 16), <i32>(phase & 127));
    phase += GOLDEN;
    const deviation = deviationAt(deviations, i);
    const size = difference < 0 ? -difference : difference;
    storeDeviation(deviations, i, deviation + (((size - deviation) * rate + <i32>(phase >> 16)) >> 16), <i32>(phase & 127));
    phase += GOLDEN;
  }
}

/** A pseudo-sample into `row`: of a random label seen, of a prototype drawn by its count. Returns the label, or -1 when there is none. */
export function imagine(): i32 {
  let labels = 0;
  for (let c = 0; c < header.labels; c++) if (countOf(slot(c, 0)) != 0) labels++;
  if (labels == 0) return -1;
  let nth = below(labels);
  let label = 0;
  for (; ; label++) if (countOf(slot(label, 0)) != 0 && nth-- == 0) break;

  let total = 0;
  for (let k = 0; k < configPrototypes(); k++) total += countOf(slot(label, k));
  let drawn = below(total);
  let k = 0;
  while (drawn >= countOf(slot(label, k))) drawn -= countOf(slot(label, k++));

  const means = rowOf(prototypeMeans, slot(label, k));
  const deviations = rowOf(prototypeDeviations, slot(label, k));
  for (let i: usize = 0; i < <usize>configInputs(); i++) {
    const at = i << 1;
    const most = 3 * <i32>load<i16>(residual + at);
    const deviation = max(deviationAt(deviations, i), leastDeviation());
    const moved = clamp((<i32>load<i16>(unitResidual + at) * deviation) >> 8, min(most, -most), max(most, -most));
    store<i16>(row + at, <i16>clamp((meanAt(means, i) + moved) >> FINER, -2047, 2047));
  }
  return label;
}

/** Carries one input of every prototype over to its new anchor; a deviation is half of what lies between a deviation below and above the mean. */
export function carryMeans(input: i32): void {
  const i = <usize>input;
  for (let at: usize = 0; at < slot(header.labels, 0); at++) {
    if (countOf(at) == 0) continue;
    const means = rowOf(prototypeMeans, at);
    const deviations = rowOf(prototypeDeviations, at);
    const mean = meanAt(means, i);
    const deviation = deviationAt(deviations, i);
    storeMean(means, i, carried(mean >> FINER) << FINER, 64);
    const above = carried(clamp((mean + deviation) >> FINER, -2047, 2047));
    const below = carried(clamp((mean - deviation) >> FINER, -2047, 2047));
    storeDeviation(deviations, i, (above - below) << (FINER - 1), 64);
  }
}

/** Empties a label's prototypes, or with `from` moves another's here first. */
export function dropPrototypes(label: i32, from: i32): void {
  for (let k = 0; k < configPrototypes(); k++) {
    const to = slot(label, k);
    const at = slot(from, k);
    store<u16>(prototypeCounts + (to << 1), <u16>countOf(at));
    for (let i: usize = 0; i < rowBytes; i += 8) {
      store<u64>(rowOf(prototypeMeans, to) + i, load<u64>(rowOf(prototypeMeans, at) + i));
      store<u64>(rowOf(prototypeDeviations, to) + i, load<u64>(rowOf(prototypeDeviations, at) + i));
    }
    store<u16>(prototypeCounts + (at << 1), 0);
  }
}

export function emptyPrototypes(): void {
  for (let c = 0; c < header.labels; c++) {
    for (let k = 0; k < configPrototypes(); k++) store<u16>(prototypeCounts + (slot(c, k) << 1), 0);
  }
}
