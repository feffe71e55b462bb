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
import { configInputs, header, rawInput, usuals } from "./layout";
import { isMissing } from "./normaliser";
import { GOLDEN } from "./random";

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
/** From this count on one sample in eight is enough: a step costs a division an input. Which one is drawn: labels may come in turn. */
const SPARING: i32 = 64;
/** A sample beyond the last mark may be the first of many: the next eight of its label are all looked at. */
const ALERT: i32 = 56;
/** Who lies nearer than so many of its label's deviations, Q8, is as familiar as can be: a label that hardly varies must not set the marks for the others. */
const NEAREST: i32 = 256;
/** Samples that place the marks before anything is called unfamiliar. */
const PLACED: i32 = 8;
/** While so few samples have placed the first mark, the others are as far from it as they are on most streams, Q10: a fiftieth of few samples is none. */
const FEW: i32 = 64;
const TO_TENTH: i32 = 768;
const TO_FIFTIETH: i32 = 512;
/** log2 5, Q10: what the share falls by from mark to mark; and how far these are apart at least, though all learned samples were the same. */
const FIVE: i32 = 2378;
const TENTH_APART: i32 = 384;
const FIFTIETH_APART: i32 = 256;
/** log2 of NEAREST. */
const CLOSE: i32 = 8 << 10;
/** A sample without any value. */
const NOWHERE: i32 = -1;

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

// @ts-ignore: decorator
@inline
function isThere(input: usize): bool {
  return !isMissing(load<u32>(rawInput + (input << 2)));
}

/** log2 of the sample's distance from what a label usually is, Q10; missing values have no part in it. 4096 inputs of 2^15 fit an i32. */
function apart(label: i32): i32 {
  const inputs = <usize>configInputs();
  const means = rowOf(label) + 1;
  let sum = 0;
  let most = 0;
  let count = 0;
  for (let i: usize = 0; i < inputs; i++) {
    if (!isThere(i)) continue;
    const difference = valueOf(i) - <i32>load<i8>(means + i);
    const size = ((difference < 0 ? -difference : difference) << 9) / (<i32>load<u8>(means + inputs + i) + LEAST_DEVIATION); // Q8
    sum += size;
    most = max(most, size);
    count++;
  }
  return count == 0 ? NOWHERE : log2(<u32>max(NEAREST, sum / count + (most >> 3)));
}

/** Moves the marks by a distance: each by steps in the proportion that leaves its share of samples beyond it. The first samples place the first mark only. */
function place(distance: i32): void {
  const placed = <i32>header.placed;
  const step = placed < 8 ? 32 : placed < 32 ? 16 : placed < FEW ? 8 : placed < 128 ? 4 : placed < 512 ? 2 : 1;
  const half = placed == 0 ? distance : max(0, <i32>header.half + step * (distance > <i32>header.half ? 8 : -8));
  const tenth = placed < FEW ? half + TO_TENTH : max(half + TENTH_APART, <i32>header.tenth + step * (distance > <i32>header.tenth ? 18 : -2));
  const fiftieth = placed < FEW ? tenth + TO_FIFTIETH : max(tenth + FIFTIETH_APART, <i32>header.fiftieth + step * (distance > <i32>header.fiftieth ? 49 : -1));
  header.half = <i16>half;
  header.tenth = <i16>tenth;
  header.fiftieth = <i16>fiftieth;
  if (placed < 512) header.placed = <u16>(placed + 1);
}

/** A sample of `label` that is being learned, into the marks and into what the label usually is. */
export function settleUsual(label: i32): void {
  const row = rowOf(label);
  let count = <i32>load<u8>(row);
  let phase = <u32>header.seen * GOLDEN;
  if (count == SPARING && phase >> 29 != 0) return;
  if (count != 0) {
    const distance = apart(label);
    if (distance == NOWHERE) return;
    if (<i32>header.placed >= PLACED && distance > <i32>header.fiftieth) count = min(count, ALERT);
    place(distance);
  }
  const inputs = <usize>configInputs();
  const means = row + 1;
  const deviations = means + inputs;
  const isFirst = count == 0;
  count = min(count + 1, SPARING);
  store<u8>(row, <u8>count);
  const rate = 65536 / min(count, SETTLED);
  const slower = 65536 / min(count + 2, SETTLED);
  for (let i: usize = 0; i < inputs; i++) {
    if (isFirst) store<u8>(deviations + i, <u8>FIRST_DEVIATION);
    if (isThere(i)) {
      const difference = valueOf(i) - <i32>load<i8>(means + i);
      store<i8>(means + i, <i8>(<i32>load<i8>(means + i) + ((difference * rate + <i32>(phase >> 16)) >> 16)));
      if (!isFirst) {
        const deviation = <i32>load<u8>(deviations + i);
        const size = (difference < 0 ? -difference : difference) << 1;
        store<u8>(deviations + i, <u8>min(255, deviation + (((size - deviation) * slower + <i32>((phase + GOLDEN) >> 16)) >> 16)));
      }
    }
    phase += 2 * GOLDEN;
  }
}

/** 5^-(octaves / gap), Q16. */
// @ts-ignore: decorator
@inline
function fifths(octaves: i32, gap: i32): i32 {
  return <i32>exp2Negative(<u32>((octaves * FIVE) / gap));
}

/** The share of learned samples that lay as far from their label as the sample in hand from `label`, Q15; -1 where nothing can be said yet. */
export function familiarity(label: i32): i32 {
  if (usuals == 0 || !isUsual(label) || <i32>header.placed < PLACED) return -1;
  const distance = apart(label);
  if (distance == NOWHERE) return 0;
  if (distance == CLOSE) return 32767;
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

/** What label `from` usually is goes into that of `into`: deviations reach from one mean to the other, and the next samples count more. */
export function mergeUsual(from: i32, into: i32): void {
  if (!isUsual(from)) return;
  const to = rowOf(into);
  if (!isUsual(into)) {
    for (let at: usize = 0; at < rowBytes(); at++) store<u8>(to + at, load<u8>(rowOf(from) + at));
    return;
  }
  store<u8>(to, <u8>min(SETTLED, <i32>load<u8>(to)));
  for (let i = 0; i < configInputs(); i++) {
    const mean = usualMean(into, i);
    const deviation = usualDeviation(into, i);
    const other = <i32>load<i8>(usualMean(from, i));
    const own = <i32>load<i8>(mean);
    const between = own < other ? other - own : own - other; // half of it, Q5
    store<i8>(mean, <i8>((own + other) >> 1));
    store<u8>(deviation, <u8>min(255, between + ((<i32>load<u8>(deviation) + <i32>load<u8>(usualDeviation(from, i))) >> 1)));
  }
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
