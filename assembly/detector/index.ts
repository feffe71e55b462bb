// The detector's ABI: the only exports. Numbers and offsets, no objects; see FORMAT.md.

import { createCommissioned, observeCommissioned } from "./commissioned";
import * as layout from "./layout";
import { seedRandom } from "./random";
import { createStreams, observeStreams } from "./streaming";

/** Samples in which the greatest score fades to a third. */
const FADE: i32 = 96;

/** Score of the last sample, Q16. */
let lastScore: i32 = 0;

/** The host writes the configuration here. */
export function config(): usize {
  return layout.CONFIG;
}

/** Checks the configuration; bytes of arena it needs, or a negative error code. */
export function plan(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay();
  return <i32>layout.arenaBytes;
}

/** Fills the arena from the configuration and its seed. Memory must reach `arena() + plan()`. */
export function create(): i32 {
  const error = layout.validate();
  if (error != 0) return error;
  layout.lay();
  assert(layout.arena + layout.arenaBytes <= <usize>memory.size() << 16, "memory too short: grow it to arena() + plan() bytes before create()");
  memory.fill(layout.arena, 0, layout.arenaBytes);
  seedRandom(layout.configSeed());
  commission();
  return 0;
}

/** Forgets what is normal; it is learned anew from what comes. */
export function commission(): void {
  if (layout.configMode() == layout.MODE_STREAMING) createStreams();
  else createCommissioned();
  layout.header.threshold = layout.configThreshold();
  layout.header.held = 0;
  layout.header.told = 0;
  layout.header.recent = 0;
  lastScore = 0;
}

export function arena(): usize {
  return layout.arena;
}

/** Leading bytes of the arena that hold everything learned. */
export function stateBytes(): i32 {
  return <i32>layout.stateBytes;
}

/** [channels] binary32 bit patterns */
export function input(): usize {
  return layout.rawInput;
}

/** One sample, scored and learned; 1 when it is an alarm. */
export function observe(): i32 {
  const header = layout.header;
  lastScore = layout.configMode() == layout.MODE_STREAMING ? observeStreams() : observeCommissioned();
  header.seen++;
  header.recent = max(lastScore, header.recent - header.recent / FADE);
  const every = layout.configEvery();
  if (every != 0) header.threshold = max(layout.configThreshold(), header.threshold - layout.configRise() / every);
  if (header.held > 0) {
    header.held--;
    if (lastScore < 2 * header.told) { // what is suddenly far worse is told all the same
      header.told = max(header.told - header.told / layout.configHold(), lastScore);
      return 0;
    }
  }
  if (lastScore << 8 <= header.threshold) return 0;
  header.alarms++;
  header.held = layout.configHold();
  header.told = lastScore;
  if (every != 0) header.threshold += layout.configRise();
  return 1;
}

/** Score of the last sample, Q16. */
export function score(): i32 {
  return lastScore;
}

/** Greatest score lately, Q16. */
export function recent(): i32 {
  return layout.header.recent;
}

/** [channels] i32: streaming: the view that gave each channel's score (`VIEW_...`); commissioned: 0. */
export function views(): usize {
  return layout.views;
}

/** [channels] i32. Streaming: each channel's own score, Q16. Commissioned: each channel's part of goodness, Q8. */
export function parts(): usize {
  return layout.parts;
}
