// Step sizes: how far the weights of a layer, or of a patch of one, move along what they see.

import { lengthAlong } from "./decorrelate";
import { ACTIVITY_LIMIT } from "./fixed";
import { Layer } from "./layout";
import { product } from "./kernels/vector";

/** Right shift of pull x factor; `updateShift` of a layer is chosen so that this one suits every width. */
export const FACTOR_SHIFT: i32 = 13;

/** The half-normalised step eta alpha / ((|z|^2 + n) / 2), as a factor of the pull; z'd in the place of |z|^2 along a direction d. */
// @ts-ignore: decorator
@inline
export function stepFactor(layer: Layer, inputs: usize, etaAlpha: i32): i32 {
  const length = isDefined(SECOND_ORDER) ? lengthAlong(layer, inputs) : <u64>product(inputs, inputs, ACTIVITY_LIMIT, layer.stride);
  const divisor = <u32>((length + (<u64>layer.inputs << 16)) >> (layer.lengthShift + 1));
  return <i32>min<u64>((<u64>(<u32>0x80000000 / divisor) * etaAlpha) >> 12, 0x1ffff);
}
