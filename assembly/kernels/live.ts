// Columns that carry something. Most of an image is background: 61 % of MNIST's groups of eight pixels are empty. Both sweeps of a layer pass over
// them, exactly: nothing is added to a sum, and a change of c 0 + d < 2^shift is 0. SIMD only.

import { Layer, live } from "../layout";

/** End of the list of the layer at hand: u16, byte offsets into its inputs of the groups of eight that are not all 0. */
export let liveEnd: usize = 0;

/** Lists the groups of a layer's inputs. */
export function listLive(layer: Layer, inputs: usize): void {
  const bytes = <usize>layer.stride << 1;
  let list = live;
  for (let at: usize = 0; at < bytes; at += 16) {
    store<u16>(list, <u16>at);
    list += <usize>v128.any_true(v128.load(inputs + at)) << 1;
  }
  liveEnd = list;
}

/** True if visiting the list is worth it: a fourth of the groups is empty. */
// @ts-ignore: decorator
@inline
export function isSparse(layer: Layer): bool {
  return (liveEnd - live) << 4 < <usize>layer.stride * 3;
}
