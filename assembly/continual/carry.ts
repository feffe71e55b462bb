// Anchors are renewed, and everything stored is carried over.

import { carried, isStale, moveAnchor } from "../anchor";
import { carryUsuals, measureSpans } from "../familiar";
import { anchorCentres, configInputs, fresh } from "../layout";
import { carryCodes } from "./exemplars";
import { carryMeans } from "./prototypes";

/** Renews anchors: ALL, those FAR from their channels, or the WOKEN. */
export function renewAnchors(which: i32): void {
  if (anchorCentres == 0) return;
  let moved = false;
  for (let i = 0; i < configInputs(); i++) {
    if (!isStale(i, which)) continue;
    renew(i);
    moved = true;
  }
  if (moved) measureSpans();
}

/** The new sample is carried over too: a memory may be emptied when it has been taken. */
function renew(input: i32): void {
  moveAnchor(input);
  carryUsuals(input);
  carryCodes(input);
  carryMeans(input);
  if (fresh == 0) return;
  const at = fresh + (<usize>input << 1);
  store<i16>(at, <i16>carried(<i32>load<i16>(at)));
}
