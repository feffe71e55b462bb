// Familiarity of a sample: the share of learned samples that lay at least as far from what their label usually is as this one from the label it is nearest to.
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

import { MISSING, carriedPlace, formerZeroPlace, presentZeroPlace } from "./anchor";
import { clamp, exp2Negative, log2 } from "./fixed";
import { configInputs, header, padded, places, reciprocals, usualCounts, usualDeviations, usualMeans, usualSpans } from "./layout";
import { GOLDEN } from "./random";

/**
 * Means (i8 Q4) and deviations (u8 Q5) are in two spreads of the anchored coordinates, which reach 2,000 spreads so (with one spread, a plug's watts are
 * beyond them), or with a fixed input scale in deviations of the standardised input.
 */
/** A label's deviations start here, Q5, and each counts as so much more. */
const FIRST_DEVIATION: i32 = 8;
const LEAST_DEVIATION: i32 = 5;
/** Averages become exponential after so many samples. */
const SETTLED: i32 = 32;
/**
 * A sample nearer than half a deviation of its label, Q8, is as familiar as can be: a label that hardly varies must not set the marks for the others. (With a whole one,
 * which most samples of labels far apart lie within, 0.3 % were below 0.02, and 12 % below 0.5; so they are 2.4 and 48. What is far off is found as often.)
 */
const NEAREST: i32 = 128;
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
const CLOSE: i32 = 7 << 10;
/** A sample without any value. */
const NOWHERE: i32 = -1;

/** A deviation stops here, Q5. */
const WIDEST: i32 = 127;

/** 1 / (deviation + 5/32), Q11, of all deviations: a division an input and label would cost more than all the rest. */
export function layReciprocals(): void {
  if (load<u16>(reciprocals) != 0) return;
  for (let a = 0; a <= WIDEST; a++) store<u16>(reciprocals + (<usize>a << 1), <u16>(65536 / (a + LEAST_DEVIATION)));
}

// @ts-ignore: decorator
@inline
export function reciprocal(deviation: u32): i32 {
  return <i32>load<u16>(reciprocals + (<usize>deviation << 1));
}

/** Columns of a row of means or deviations. */
// @ts-ignore: decorator
@inline
export function usualLanes(): usize {
  return <usize>padded(configInputs(), 8);
}

// @ts-ignore: decorator
@inline
function placeOf(input: usize): i32 {
  return <i32>load<i16>(places + (input << 1));
}

/** Addresses of an input's mean of a label, and of its deviation. */
// @ts-ignore: decorator
@inline
export function usualMean(label: i32, input: i32): usize {
  return usualMeans + <usize>label * usualLanes() + <usize>input;
}

// @ts-ignore: decorator
@inline
export function usualDeviation(label: i32, input: i32): usize {
  return usualDeviations + <usize>label * usualLanes() + <usize>input;
}

/** True if a label has been learned since it was made or forgotten. */
// @ts-ignore: decorator
@inline
export function isUsual(label: i32): bool {
  return load<u8>(usualCounts + <usize>label) != 0;
}

/** log2 of the sample's distance from what a label usually is, Q10; missing values have no part in it. 4096 inputs of 2^15 fit an i32. */
function apart(label: i32): i32 {
  const inputs = <usize>configInputs();
  const means = usualMean(label, 0);
  const deviations = usualDeviation(label, 0);
  let sum = 0;
  let most = 0;
  let count = 0;
  for (let i: usize = 0; i < inputs; i++) {
    if (placeOf(i) == MISSING) continue;
    const difference = placeOf(i) - <i32>load<i8>(means + i);
    const size = ((difference < 0 ? -difference : difference) * reciprocal(load<u8>(deviations + i))) >> 7; // Q8
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

/** log2 of a deviation as it counts, from 1/32 on, Q10. */
// @ts-ignore: decorator
@inline
function widthOf(deviation: i32): i32 {
  return log2(<u32>(deviation + LEAST_DEVIATION));
}

/** The sums of that of all of a label's, which a vote takes for its width, once something has been carried or merged. */
export function measureSpans(): void {
  if (usualCounts == 0) return;
  for (let c = 0; c < header.labels; c++) {
    if (!isUsual(c)) continue;
    let at = usualDeviation(c, 0);
    const end = at + <usize>configInputs();
    let span = 0;
    for (; at < end; at++) span += widthOf(load<u8>(at));
    store<i32>(usualSpans + (<usize>c << 2), span);
  }
}

/** The sample in `places`, which is one of `label` that is being learned, into the marks and into what the label usually is. */
export function settleUsual(label: i32): void {
  let count = <i32>load<u8>(usualCounts + <usize>label);
  let phase = <u32>header.seen * GOLDEN;
  if (count != 0) {
    const distance = apart(label);
    if (distance == NOWHERE) return;
    place(distance);
  }
  const inputs = <usize>configInputs();
  const means = usualMean(label, 0);
  const deviations = usualDeviation(label, 0);
  const isFirst = count == 0;
  count = min(count + 1, SETTLED);
  store<u8>(usualCounts + <usize>label, <u8>count);
  const rate = 65536 / count;
  const slower = 65536 / min(count + 2, SETTLED);
  let span = load<i32>(usualSpans + (<usize>label << 2));
  for (let i: usize = 0; i < inputs; i++) {
    if (isFirst) store<u8>(deviations + i, <u8>FIRST_DEVIATION);
    if (placeOf(i) != MISSING) {
      const difference = placeOf(i) - <i32>load<i8>(means + i);
      store<i8>(means + i, <i8>(<i32>load<i8>(means + i) + ((difference * rate + <i32>(phase >> 16)) >> 16)));
      if (!isFirst) {
        const deviation = <i32>load<u8>(deviations + i);
        const size = (difference < 0 ? -difference : difference) << 1;
        const moved = min(WIDEST, deviation + (((size - deviation) * slower + <i32>((phase + GOLDEN) >> 16)) >> 16));
        if (moved != deviation) span += widthOf(moved) - widthOf(deviation);
        store<u8>(deviations + i, <u8>moved);
      }
    }
    phase += 2 * GOLDEN;
  }
  store<i32>(usualSpans + (<usize>label << 2), isFirst ? <i32>inputs * widthOf(FIRST_DEVIATION) : span);
}

/** 5^-(octaves / gap), Q16. */
// @ts-ignore: decorator
@inline
function fifths(octaves: i32, gap: i32): i32 {
  return <i32>exp2Negative(<u32>((octaves * FIVE) / gap));
}

/** log2 of the distance of the sample in `places` from the label that it is nearest to. */
function nearest(): i32 {
  let distance = i32.MAX_VALUE;
  for (let c = 0; c < header.labels; c++) if (isUsual(c)) distance = min(distance, apart(c));
  return distance;
}

/**
 * The share of learned samples that lay as far from their label as the sample in `places` from the nearest, Q15; -1 where nothing can be said yet, or where nothing
 * is known here of `label`, which is the answer. (From the answer in place of the nearest, what is far off was found less often where labels came one after the other
 * beside a memory: 92.7 for 95.5 %; samples of a label that nobody taught about as often, 38.2 for 37.3.)
 */
export function familiarity(label: i32): i32 {
  if (usualCounts == 0 || !isUsual(label) || <i32>header.placed < PLACED) return -1;
  const distance = nearest();
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

/** One input of what every label usually is, to its new anchor, but for the widths (`measureSpans`); a deviation is half of what lies between a deviation below and above the mean. */
export function carryUsuals(input: i32): void {
  if (usualCounts == 0) return;
  for (let c = 0; c < header.labels; c++) {
    if (!isUsual(c)) continue;
    const means = usualMean(c, input);
    const deviations = usualDeviation(c, input);
    const mean = <i32>load<i8>(means);
    const middle = (mean << 3) + 4; // Q6, as coordinates: the middle of what has this place
    const deviation = <i32>load<u8>(deviations) << 2;
    store<i8>(means, <i8>(mean == formerZeroPlace ? presentZeroPlace : carriedPlace(middle) >> 3));
    store<u8>(deviations, <u8>clamp((carriedPlace(middle + deviation) - carriedPlace(middle - deviation)) >> 3, 0, WIDEST));
  }
}

/** Merges what label `from` usually is into what `into` usually is: deviations reach from one mean to the other, and the next samples count more. */
export function mergeUsual(from: i32, into: i32): void {
  if (!isUsual(from)) return;
  if (!isUsual(into)) {
    copyUsual(from, into);
    return;
  }
  const count = usualCounts + <usize>into;
  store<u8>(count, <u8>min(SETTLED, <i32>load<u8>(count)));
  for (let i = 0; i < configInputs(); i++) {
    const mean = usualMean(into, i);
    const deviation = usualDeviation(into, i);
    const other = <i32>load<i8>(usualMean(from, i));
    const own = <i32>load<i8>(mean);
    const between = own < other ? other - own : own - other; // half of it, Q5
    store<i8>(mean, <i8>((own + other) >> 1));
    store<u8>(deviation, <u8>min(WIDEST, between + ((<i32>load<u8>(deviation) + <i32>load<u8>(usualDeviation(from, i))) >> 1)));
  }
  measureSpans();
}

function copyUsual(from: i32, to: i32): void {
  store<u8>(usualCounts + <usize>to, load<u8>(usualCounts + <usize>from));
  for (let i: usize = 0; i < usualLanes(); i += 8) {
    store<u64>(usualMean(to, 0) + i, load<u64>(usualMean(from, 0) + i));
    store<u64>(usualDeviation(to, 0) + i, load<u64>(usualDeviation(from, 0) + i));
  }
  store<i32>(usualSpans + (<usize>to << 2), load<i32>(usualSpans + (<usize>from << 2)));
}

/** Moves what label `last` usually is to `label`; a free column has none. */
export function moveUsual(last: i32, label: i32): void {
  copyUsual(last, label);
  forgetUsual(last);
}

/** A label is as if it had never been learned. */
export function forgetUsual(label: i32): void {
  store<u8>(usualCounts + <usize>label, 0);
  for (let i: usize = 0; i < usualLanes(); i += 8) {
    store<u64>(usualMean(label, 0) + i, 0);
    store<u64>(usualDeviation(label, 0) + i, 0);
  }
  store<i32>(usualSpans + (<usize>label << 2), 0);
}
