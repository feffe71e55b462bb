// Compiled beside a copy of assembly/ by native.ts: the three sweeps that a step's time goes into, without what surrounds them, so that C can do exactly the same.

import { create, predict } from "./network";
import { CONFIG, arena, arenaBytes, configBits, lay, layerAt, preactivation, pull, rawInput, standardised } from "./layout";
import { preactivate } from "./kernels/forward";
import { layDither, updateWeights } from "./kernels/update";

export { create, predict };
export function config(): usize { return CONFIG; }
export function plan(): i32 { lay(false); return <i32>(arena + arenaBytes); }
export function input(): usize { return rawInput; }
export function inputs(): usize { return standardised; }
export function pulls(): usize { return pull; }
export function weights(): usize { return layerAt(0).weights; }
export function biases(): usize { return layerAt(0).biases; }
export function shift(): i32 { return layerAt(0).updateShift; }
export function fraction(): i32 { return layerAt(0).fraction; }
export function stride(): i32 { return layerAt(0).stride; }

/** `count` steps of layer 0, part 1: W z; part 2: the dither laid out, the rank-1 update of all rows; part 3: both. */
export function steps(count: i32, factor: i32, start: u32, part: i32): void {
  const layer = layerAt(0);
  const wide = configBits() == 16;
  for (let k = 0; k < count; k++) {
    if ((part & 1) != 0) preactivate(layer, standardised, preactivation, wide);
    if ((part & 2) == 0) continue;
    layDither(layer, standardised, start);
    updateWeights(layer, standardised, pull, factor, 13, start, wide);
    start += 0x61c88647;
    factor = -factor; // the weights go back and forth and do not drift
  }
}
