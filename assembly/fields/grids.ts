// Layers with local receptive fields, as they lie on their grids. Only the build with LOCAL_FIELDS has any of this: the others are the same
// bytes without it.
//
// A grid is [height, width, channels], channels last. A layer with field k and stride s has a patch of units wherever a k x k window fits,
// s apart: [1 + floor((height - k) / s), 1 + floor((width - k) / s)] patches. Each has `channels` units with weights of their own
// (none are shared) over the k x k x channels values of its window. Unit = patch x channels + channel: a grid again, channels last.

import {
  ERROR_FIELD, ERROR_GRID, ERROR_UNITS, MAX_UNITS, configGridHeight, configGridWidth, configInputs, configLayers, configUnits, fieldIn, padded, strideIn, unitsIn,
} from "../words";

/** One layer. All counts are of values, not bytes. */
@unmanaged
export class Geometry {
  units: i32;
  /** Values in a window; 0: a dense layer, and nothing below counts. */
  window: i32;
  /** Values of the grid that the windows lie in, rounded up to 8. */
  grid: i32;
  /** Rows of a window, and values in each. */
  rows: i32;
  run: i32;
  /** Values from one row of the grid to the next; from one patch to the next on its right; and below. */
  pitch: i32;
  right: i32;
  below: i32;
  /** Patches side by side. */
  across: i32;
  /** Units of a patch, a multiple of 8. */
  channels: i32;
}

// @ts-ignore: decorator
@lazy
const GEOMETRIES: usize = memory.data(8 * 40, 16);

// @ts-ignore: decorator
@inline
export function geometryAt(index: i32): Geometry {
  return changetype<Geometry>(GEOMETRIES + <usize>index * offsetof<Geometry>());
}

/** Units of layer `index`. */
// @ts-ignore: decorator
@inline
export function unitsOf(index: i32): i32 {
  return geometryAt(index).units;
}

/** Inputs of a unit of layer `index`: its window, or all that there are. */
// @ts-ignore: decorator
@inline
export function inputsOf(index: i32, all: i32): i32 {
  return geometryAt(index).window != 0 ? geometryAt(index).window : all;
}

/** Columns of a weight row of layer `index`: its window padded to 8, or all that there are. */
// @ts-ignore: decorator
@inline
export function columnsOf(index: i32, all: i32): i32 {
  return geometryAt(index).window != 0 ? padded(geometryAt(index).window, 8) : all;
}

/** Values of the whole input of layer `index`, padding included: what the self-finding rate follows. */
// @ts-ignore: decorator
@inline
export function wholeOf(index: i32, stride: i32): i32 {
  return geometryAt(index).window != 0 ? geometryAt(index).grid : stride;
}

/** Fills in the geometry of every layer; an error code where it cannot be. */
export function layGrids(): i32 {
  let height = configGridHeight();
  let width = configGridWidth();
  if (height < 1 || width < 1 || height > configInputs() || width > configInputs()) return ERROR_GRID;
  let channels = configInputs() / (height * width);
  if (channels * height * width != configInputs()) return ERROR_GRID;
  for (let l = 0; l < configLayers(); l++) {
    const word = configUnits(l);
    const field = fieldIn(word);
    const stride = strideIn(word);
    const geometry = geometryAt(l);
    geometry.units = unitsIn(word);
    geometry.window = 0;
    if (field == 0) {
      // a dense layer leaves no grid
      height = 0;
    } else {
      if (field > height || field > width || stride < 1 || (word & 7) != 0) return ERROR_FIELD;
      geometry.rows = field;
      geometry.run = field * channels;
      geometry.window = field * field * channels;
      geometry.grid = padded(height * width * channels, 8);
      geometry.pitch = width * channels;
      geometry.right = stride * channels;
      geometry.below = stride * geometry.pitch;
      geometry.across = (width - field) / stride + 1;
      channels = unitsIn(word);
      geometry.channels = channels;
      width = geometry.across;
      height = (height - field) / stride + 1;
      if (channels <= MAX_UNITS) geometry.units = channels * width * height;
    }
    if (geometry.units < 1 || geometry.units > MAX_UNITS) return ERROR_UNITS;
  }
  return 0;
}

/** Values of the widest window. */
export function widestWindow(): i32 {
  let widest = 0;
  for (let l = 0; l < configLayers(); l++) widest = max(widest, geometryAt(l).window);
  return widest;
}
