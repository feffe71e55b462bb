// Anchors are renewed, and everything stored is carried over.

import { MEAN_LIMIT, isUsual, usualDeviation, usualMean } from "../familiar";
import { clamp } from "../fixed";
import { configInputs, header, usuals } from "../layout";
import { carried, hasWoken, isNear, moveAnchor } from "./anchor";
import { carryCodes } from "./exemplars";
import { fresh, hasAnchor } from "./memory";
import { carryMeans } from "./prototypes";

/** Renews the anchors that are too far from their channels, or all. */
export function renewAnchors(all: bool): void {
  if (!hasAnchor()) return;
  for (let i = 0; i < configInputs(); i++) {
    if (all || !isNear(i)) renew(i);
  }
}

/** Renews the anchors of channels that vary for the first time. */
export function wakeAnchors(): void {
  if (!hasAnchor()) return;
  for (let i = 0; i < configInputs(); i++) {
    if (hasWoken(i)) renew(i);
  }
}

/** The new sample is carried over too: a memory may be emptied when it has been taken. */
function renew(input: i32): void {
  moveAnchor(input);
  carryCodes(input);
  carryMeans(input);
  if (usuals != 0) carryUsuals(input);
  const at = fresh + (<usize>input << 1);
  store<i16>(at, <i16>carried(<i32>load<i16>(at)));
}

/** One input of what every label usually is, to its new anchor; a deviation is half of what lies between a deviation below and above the mean. */
function carryUsuals(input: i32): void {
  for (let c = 0; c < header.labels; c++) {
    if (!isUsual(c)) continue;
    const means = usualMean(c, input);
    const deviations = usualDeviation(c, input);
    const mean = <i32>load<i8>(means) << 3; // Q6, as coordinates
    const deviation = <i32>load<u8>(deviations) << 2;
    store<i8>(means, <i8>clamp(carried(mean) >> 3, -MEAN_LIMIT, MEAN_LIMIT));
    store<u8>(deviations, <u8>clamp((carried(mean + deviation) - carried(mean - deviation)) >> 3, 0, 255));
  }
}
