// Of a layer that is laid out: how it lies on its grid (grids.ts).

import { Layer, layers } from "../layout";
import { Geometry, geometryAt } from "./grids";

// @ts-ignore: decorator
@inline
export function geometryOf(layer: Layer): Geometry {
  return geometryAt(<i32>((changetype<usize>(layer) - layers) / offsetof<Layer>()));
}

// @ts-ignore: decorator
@inline
export function isLocal(layer: Layer): bool {
  return geometryOf(layer).window != 0;
}

/** `wholeOf` a layer that is laid out. */
// @ts-ignore: decorator
@inline
export function wholeInput(layer: Layer): i32 {
  return isLocal(layer) ? geometryOf(layer).grid : layer.stride;
}
