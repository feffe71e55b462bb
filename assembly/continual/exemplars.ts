// The store of past samples: bounded, balanced over the labels seen, each sample a row of codes in anchored coordinates.
//
// A full store gives a new sample the place of a random member of the largest label, or of its own where that is the largest: so what a
// label was long ago leaves. With `spread` a sample of the largest label is kept with the probability that makes its members a fair
// sample of all that were offered (reservoir: Vitter 1985).

import { MISSING, carried, formerZero, hasFixedScale, presentZero } from "../anchor";
import { FLAG_KEEP_SPREAD, configExemplars, configFlags, fresh, header } from "../layout";
import { GOLDEN, random } from "../random";
import { codeAt, codeOf, decoded, distance, pack, padRow, setCodeAt, unpack, widenRange } from "./codes";
import { exemplarCodes, exemplarLabels, labelMemory, lanes, memory, row, rowBytes } from "./memory";

// @ts-ignore: decorator
@inline
export function codesAt(index: i32): usize {
  return exemplarCodes + <usize>index * rowBytes;
}

// @ts-ignore: decorator
@inline
export function labelOf(index: i32): i32 {
  return <i32>load<u8>(exemplarLabels + <usize>index);
}

/** A random integer below `count`. */
export function below(count: i32): i32 {
  return <i32>((<u64>random() * <u64>count) >> 32);
}

function largestLabel(): i32 {
  let largest = 0;
  for (let c = 1; c < header.labels; c++) {
    if (labelMemory(c).kept > labelMemory(largest).kept) largest = c;
  }
  return largest;
}

/** Index of the `nth` exemplar of a label. */
function member(label: i32, nth: i32): i32 {
  let k = 0;
  while (labelOf(k) != label || nth-- != 0) k++;
  return k;
}

/** Keeps the new sample (`fresh`), or not: see above. */
export function keep(label: i32): void {
  const own = labelMemory(label);
  if (own.offered < <u32>i32.MAX_VALUE) own.offered++;
  let place = memory.stored;
  if (place == configExemplars()) {
    let largest = largestLabel();
    if (own.kept == labelMemory(largest).kept) {
      largest = label;
      if (own.kept == 0 || ((configFlags() & FLAG_KEEP_SPREAD) != 0 && below(<i32>own.offered) >= <i32>own.kept)) return;
    }
    place = member(largest, below(<i32>labelMemory(largest).kept));
    labelMemory(largest).kept--;
  } else {
    memory.stored++;
  }
  if (hasFixedScale()) recode();
  store<u8>(exemplarLabels + <usize>place, <u8>label);
  own.kept++;
  if (<i32>own.newest != place + 1) own.secondNewest = own.newest;
  own.newest = <u16>(place + 1);
  padRow(fresh);
  pack(fresh, codesAt(place), !hasFixedScale());
}

/** Index of a label's newest exemplar, or of the one before it; -1 where there is none. */
export function newestOf(label: i32, second: bool): i32 {
  const own = labelMemory(label);
  const index = <i32>(second ? own.secondNewest : own.newest) - 1;
  return index >= 0 && index < memory.stored && labelOf(index) == label ? index : -1;
}

/** Widens the range of codes to the new sample's values, and codes the others anew. */
function recode(): void {
  const oldLow = memory.low;
  const oldStep = memory.step;
  if (!widenRange()) return;
  const newLow = memory.low;
  const newStep = memory.step;
  for (let k = 0; k < memory.stored; k++) {
    memory.low = oldLow;
    memory.step = oldStep;
    unpack(codesAt(k), row);
    memory.low = newLow;
    memory.step = newStep;
    padRow(row);
    pack(row, codesAt(k));
  }
}

/** Carries one input of every exemplar over to its new anchor, dithered. */
export function carryCodes(input: i32): void {
  if (memory.stored == 0) return;
  const zero = formerZero == MISSING ? -1 : codeOf(formerZero);
  let phase = random();
  for (let k = 0; k < memory.stored; k++) {
    const code = codeAt(codesAt(k), input);
    setCodeAt(codesAt(k), input, codeOf(code == zero ? presentZero : carried(decoded(code)), phase >> 16));
    phase += GOLDEN;
  }
}

/** Squared distance (Q16) from `fresh` to the nearest exemplar of `label`, or of any other label when `others`; `besides` is passed over. */
export let nearest: i32 = -1;
export function findNearest(label: i32, others: bool, besides: i32 = -1): i64 {
  let least = i64.MAX_VALUE;
  nearest = -1;
  for (let k = 0; k < memory.stored; k++) {
    if ((labelOf(k) == label) == others || k == besides) continue;
    unpack(codesAt(k), row);
    const apart = distance(row, fresh, lanes);
    if (apart < least) {
      least = apart;
      nearest = k;
    }
  }
  return least;
}

/** Exemplars of a label that is given up: they go, or become `into`'s if that is not negative. */
export function dropExemplars(label: i32, into: i32): void {
  for (let k = memory.stored - 1; k >= 0; k--) {
    if (labelOf(k) != label) continue;
    if (into >= 0) {
      store<u8>(exemplarLabels + <usize>k, <u8>into);
      labelMemory(into).kept++;
    } else {
      const last = --memory.stored;
      store<u8>(exemplarLabels + <usize>k, <u8>labelOf(last));
      for (let at: usize = 0; at < rowBytes; at += 8) store<u64>(codesAt(k) + at, load<u64>(codesAt(last) + at));
    }
  }
  labelMemory(label).kept = 0;
}

/** Exemplars of label `from` are called `to` from now on: its column has moved. */
export function relabelExemplars(from: i32, to: i32): void {
  for (let k = 0; k < memory.stored; k++) {
    if (labelOf(k) == from) store<u8>(exemplarLabels + <usize>k, <u8>to);
  }
}
