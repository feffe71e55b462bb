// Anchors are renewed, and everything stored is carried over.

import { configInputs } from "../layout";
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
  const at = fresh + (<usize>input << 1);
  store<i16>(at, <i16>carried(<i32>load<i16>(at)));
}
