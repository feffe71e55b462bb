// The two sweeps over the weights of a local layer: patch by patch, a window gathered, then the dense kernels over the patch's own rows.

import { Layer, isWide, layerAt, patchAt, preactivation, pull, seeingFactors } from "../layout";
import { gather } from "../kernels/fields";
import { layDither, updateWeights } from "../kernels/update";
import { listLive } from "../kernels/live";
import { preactivate } from "../kernels/forward";
import { followValues, indexOf, turnWindow } from "../decorrelate";
import { random } from "../random";
import { FACTOR_SHIFT, stepFactor } from "../step";
import { geometryOf } from "./geometry";
import { Geometry } from "./grids";

/** The window of the patch at hand: [widest window padded to 8, and 8] i16 Q8, behind the patch as a layer. */
// @ts-ignore: decorator
@inline
function windowAt(): usize {
  return patchAt + offsetof<Layer>();
}

function firstPatch(layer: Layer, channels: i32): Layer {
  const patch = changetype<Layer>(patchAt);
  patch.inputs = layer.inputs;
  patch.stride = layer.stride;
  patch.units = channels;
  patch.lanes = channels;
  patch.weights = layer.weights;
  patch.biases = layer.biases;
  patch.fraction = layer.fraction;
  patch.updateShift = layer.updateShift;
  patch.lengthShift = layer.lengthShift;
  patch.sweepShift = layer.sweepShift;
  return patch;
}

function nextPatch(patch: Layer): void {
  patch.weights += <usize>(patch.units * patch.stride * (isWide(patch) ? 2 : 1));
  patch.biases += <usize>patch.units << 2;
}

/** Window of patch `index` into scratch. */
function gatherWindow(geometry: Geometry, inputs: usize, index: i32): void {
  const y = index / geometry.across;
  const start = y * geometry.below + (index - y * geometry.across) * geometry.right;
  gather(windowAt(), inputs + (<usize>start << 1), geometry.rows, geometry.run, geometry.pitch);
}

/** a_j of every unit of the layer, into `preactivation`. */
export function preactivatePatches(layer: Layer, inputs: usize): void {
  const geometry = geometryOf(layer);
  const patch = firstPatch(layer, geometry.channels);
  const units = layer.units;
  for (let first = 0, index = 0; first < units; first += patch.units, index++) {
    gatherWindow(geometry, inputs, index);
    preactivate(patch, windowAt(), preactivation + (<usize>first << 1), isWide(patch));
    nextPatch(patch);
  }
}

/** The update of every patch: a step normalised by its own window, and chance of its own. */
export function updatePatches(layer: Layer, inputs: usize, etaAlpha: i32): void {
  const geometry = geometryOf(layer);
  const patch = firstPatch(layer, geometry.channels);
  const units = layer.units;
  const factor = isDefined(SECOND_ORDER) ? indexOf(layer) : 0;
  for (let first = 0, index = 0; first < units; first += patch.units, index++) {
    gatherWindow(geometry, inputs, index);
    if (isDefined(SECOND_ORDER)) turnWindow(patch, factor, windowAt());
    if (ASC_FEATURE_SIMD) listLive(patch, windowAt());
    const step = stepFactor(patch, windowAt(), etaAlpha);
    layDither(patch, windowAt(), random());
    updateWeights(patch, windowAt(), pull + (<usize>first << 1), step, FACTOR_SHIFT, random(), isWide(patch));
    nextPatch(patch);
  }
}

/**
 * The factor of what local layer `index` sees follows the window of one patch, any of them: all patches share it. A factor each would take window^2 bytes a patch, and see
 * as many samples as a patch does.
 */
export function followWindow(index: i32, inputs: usize): void {
  if (index >= seeingFactors()) return;
  const layer = layerAt(index);
  const geometry = geometryOf(layer);
  const patches = layer.units / geometry.channels;
  gatherWindow(geometry, inputs, <i32>((<u64>random() * patches) >> 32));
  followValues(index, windowAt());
}
