// How familiar a sample is: the share of learned samples that lay at least as far from what their label usually is as this one from its own.
//
// What a label usually is: of every input a running mean m and a running mean deviation a. A sample's distance, with d = |x - m| / (a + 5/32), is
//
//   D = mean of d + 1/8 max of d
//
// Three marks follow log2 D of the samples that are learned, before they are: half of them lie beyond the first, a tenth beyond the second, a
// fiftieth beyond the third. From mark to mark the share falls to a fifth, and so it goes on beyond the last.
//
// (Mean of twelve sets, float, samples 2 to 10 deviations off in every input called unknown at 2 % of ordinary ones: 98 %; of a label left out: 30 %,
// area under the curve 78. Squares in place of sizes: 92 for 96 % where few samples were learned. The length of the sample alone: 66 in place of 78.
// Goodness, margin and probability call what is far off certain. The eighth of the largest d is for one sensor that breaks: 36 -> 60 %.)

import { clamp, exp2Negative, log2 } from "./fixed";
import { configInputs, header, usuals } from "./layout";

/**
 * A row of `usuals`: a byte of count, then a mean (i8 Q4) and a deviation (u8 Q5) of every input, in deviations of the standardised input or, beside a
 * memory, in two spreads of the anchored coordinates (which reach 2,000 spreads so: with one spread, a plug's watts are beyond them).
 */
export const MEAN_LIMIT: i32 = 127;
/** A label's deviations start here, Q5, and each counts as so much more. */
const FIRST_DEVIATION: i32 = 16;
const LEAST_DEVIATION: i32 = 5;
/** Averages become exponential after so many samples. */
const SETTLED: i32 = 32;
/** From this count on every eighth sample of a label is enough: a step costs a division an input. */
const SPARING: i32 = 64;
const FULL: i32 = 255;
/** A sample beyond the last mark may be the first of many: all of the next eight are looked at. */
const ALERT: i32 = 56;
/** Distances, Q8, count as at least this. */
const NEAREST: u32 = 4;
/** Samples that place the marks before anything is called unfamiliar. */
const PLACED: i32 = 8;
/** While so few samples have placed the first mark, the others are as far from it as they are on most streams, Q10: a fiftieth of few samples is none. */
const FEW: i32 = 64;
const TO_TENTH: i32 = 768;
const TO_FIFTIETH: i32 = 512;
/** log2 5, Q10: what the share falls by from mark to mark, and the least that marks are apart. */
const FIVE: i32 = 2378;
const APART: i32 = 64;
/** Increment of the Weyl sequence that dithers means and deviations. */
const DITHER: u32 = 0x9e3779b9;

/** Right shift that makes coordinates Q4: standardised inputs are Q8. */
let coordinates: usize = 0;
let shift: i32 = 4;

/** Where the sample in hand lies, [inputs] i16, and how many fraction bits beyond four its values have. */
export function lookAt(values: usize, fraction: i32): void {
  coordinates = values;
  shift = fraction;
}

// @ts-ignore: decorator
@inline
function rowBytes(): usize {
  return <usize>(2 * configInputs() + 1);
}

// @ts-ignore: decorator
@inline
function rowOf(label: i32): usize {
  return usuals + <usize>label * rowBytes();
}

// @ts-ignore: decorator
@inline
function valueOf(input: usize): i32 {
  return clamp(<i32>load<i16>(coordinates + (input << 1)) >> shift, -MEAN_LIMIT, MEAN_LIMIT);
}

/** log2 of the sample's distance from what a label usually is, Q10. 4096 inputs of 2^15 fit an i32. */
function apart(label: i32): i32 {
  const inputs = <usize>configInputs();
  const means = rowOf(label) + 1;
  let sum = 0;
  let most = 0;
  for (let i: usize = 0; i < inputs; i++) {
    const difference = valueOf(i) - <i32>load<i8>(means + i);
    const size = ((difference < 0 ? -difference : difference) << 9) / (<i32>load<u8>(means + inputs + i) + LEAST_DEVIATION); // Q8
    sum += size;
    most = max(most, size);
  }
  return log2(max<u32>(NEAREST, <u32>(sum / <i32>inputs + (most >> 3))));
}

/** Moves the marks by a distance: each by steps in the proportion that leaves its share of samples beyond it. The first samples place the first mark only. */
function place(distance: i32): void {
  const placed = <i32>header.placed;
  const step = placed < 8 ? 32 : placed < 32 ? 16 : placed < FEW ? 8 : placed < 128 ? 4 : placed < 512 ? 2 : 1;
  const half = placed == 0 ? distance : max(0, <i32>header.half + step * (distance > <i32>header.half ? 8 : -8));
  const tenth = placed < FEW ? half + TO_TENTH : max(half, <i32>header.tenth + step * (distance > <i32>header.tenth ? 18 : -2));
  const fiftieth = placed < FEW ? tenth + TO_FIFTIETH : max(tenth, <i32>header.fiftieth + step * (distance > <i32>header.fiftieth ? 49 : -1));
  header.half = <i16>half;
  header.tenth = <i16>tenth;
  header.fiftieth = <i16>fiftieth;
  if (placed < 512) header.placed = <u16>(placed + 1);
}

/** A sample of `label` that is being learned, into the marks and into what the label usually is. */
export function settleUsual(label: i32): void {
  const row = rowOf(label);
  let count = <i32>load<u8>(row);
  if (count >= SPARING && (count & 7) != 0) {
    store<u8>(row, <u8>(count == FULL ? FULL - 7 : count + 1));
    return;
  }
  if (count != 0) {
    const distance = apart(label);
    if (<i32>header.placed >= PLACED && distance > <i32>header.fiftieth) count = min(count, ALERT - 1);
    place(distance);
  }
  count++;
  store<u8>(row, <u8>count);
  const inputs = <usize>configInputs();
  const means = row + 1;
  const deviations = means + inputs;
  const rate = 65536 / min(count, SETTLED);
  const slower = 65536 / min(count + 2, SETTLED);
  let phase = <u32>header.seen * DITHER;
  for (let i: usize = 0; i < inputs; i++) {
    const difference = valueOf(i) - <i32>load<i8>(means + i);
    store<i8>(means + i, <i8>(<i32>load<i8>(means + i) + ((difference * rate + <i32>(phase >> 16)) >> 16)));
    phase += DITHER;
    let deviation = FIRST_DEVIATION;
    if (count != 1) {
      deviation = <i32>load<u8>(deviations + i);
      const size = (difference < 0 ? -difference : difference) << 1;
      deviation = min(255, deviation + (((size - deviation) * slower + <i32>(phase >> 16)) >> 16));
    }
    store<u8>(deviations + i, <u8>deviation);
    phase += DITHER;
  }
}

/** 5^-(octaves / gap), Q16. */
// @ts-ignore: decorator
@inline
function fifths(octaves: i32, gap: i32): i32 {
  return <i32>exp2Negative(<u32>((octaves * FIVE) / max(gap, APART)));
}

/** The share of learned samples that lay as far from their label as the sample in hand from `label`, Q15; -1 where nothing can be said yet. */
export function familiarity(label: i32): i32 {
  if (usuals == 0 || !isUsual(label) || <i32>header.placed < PLACED) return -1;
  const distance = apart(label);
  const half = <i32>header.half;
  const tenth = <i32>header.tenth;
  const fiftieth = <i32>header.fiftieth;
  if (distance <= half) return 32767 - (fifths(half - distance, tenth - half) >> 2);
  if (distance <= tenth) return fifths(distance - half, tenth - half) >> 2;
  if (distance <= fiftieth) return fifths(distance - tenth, fiftieth - tenth) / 20;
  return fifths(distance - fiftieth, fiftieth - tenth) / 100;
}

/** Whether a label has been learned since it was made or forgotten. */
export function isUsual(label: i32): bool {
  return load<u8>(rowOf(label)) != 0;
}

/** Where an input's mean (i8 Q4) of a label lies, and its deviation (u8 Q5). */
export function usualMean(label: i32, input: i32): usize {
  return rowOf(label) + 1 + <usize>input;
}

export function usualDeviation(label: i32, input: i32): usize {
  return usualMean(label, configInputs() + input);
}

/** What label `last` usually is becomes that of `label`; a free column has none. */
export function moveUsual(last: i32, label: i32): void {
  const bytes = rowBytes();
  const from = rowOf(last);
  const to = rowOf(label);
  for (let at: usize = 0; at < bytes; at++) store<u8>(to + at, load<u8>(from + at));
  forgetUsual(last);
}

/** A label is as if it had never been learned. */
export function forgetUsual(label: i32): void {
  const row = rowOf(label);
  for (let at: usize = 0; at < rowBytes(); at++) store<u8>(row + at, 0);
}
