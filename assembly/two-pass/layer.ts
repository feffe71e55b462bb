// One layer of two-pass Forward-Forward (docs/two-pass.md): activities, goodness, and the local update. Every function takes the addresses of
// what it reads and writes, so that a layer serves either side of a pair, the readout's inputs, and whatever else looks at it.
//
// A patch is a dense layer over its window: `atPatch` lets the plain core's kernels see it so. Overflow is what their comments prove; here
// activities have 13 bits, so the sum of 4096 squares fits 38 bits.

import { ACTIVITY_LIMIT, ENERGY_LIMIT, clamp } from "../fixed";
import { Layer, isWide } from "../layout";
import { listLive } from "../kernels/live";
import { preactivate } from "../kernels/forward";
import { layDither, updateWeights } from "../kernels/update";
import { normalise, product, rectify } from "../kernels/vector";
import { random } from "../random";
import { FLAG_MEAN_ACTIVITY, PatchedLayer, configAlpha, configPeers, has, header, patchVector, pull, windowed } from "./layout";

/** Right shift of pull x factor in an update: a pull is Q9. */
const FACTOR_SHIFT: i32 = 12;
/**
 * 32 in Q9, so that e h never saturates: at 8 (Q10), the strongest negatives were lowered by too little, and goodness ran away. 16383 x the greatest
 * factor, 2^17 - 1, and the rounding fit an i32.
 */
const PULL_LIMIT: i32 = 16383;
/** 1/128 in 1/2048: how fast the running mean of a unit's activity follows. (Hinton's code has 0.1, of the mean of a batch of 100.) */
const MEAN_RATE: i32 = 16;

/** `count` values; i16, since a patch may begin anywhere. */
function copy(to: usize, from: usize, count: i32): void {
  const end = from + (<usize>count << 1);
  if (ASC_FEATURE_SIMD) {
    for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.load(from));
  }
  for (; from < end; from += 2, to += 2) store<i16>(to, load<i16>(from));
}

function clear(from: usize, end: usize): void {
  for (; from < end; from += 2) store<i16>(from, 0);
}

/** Lets the layer's own fields be those of patch `index`; returns the address of that patch's inputs. */
function atPatch(layer: PatchedLayer, index: i32, inputs: usize): usize {
  layer.weights = layer.firstWeights + <usize>index * layer.weightBytes;
  layer.biases = layer.firstBiases + <usize>index * layer.biasBytes;
  if (layer.field == 0) return inputs;
  const row = index / layer.across;
  let from = inputs + <usize>row * layer.stepDown + <usize>(index - row * layer.across) * layer.stepAcross;
  const bytes = <usize>layer.windowRow << 1;
  let to = windowed;
  for (let y = 0; y < layer.field; y++) {
    copy(to, from, layer.windowRow);
    to += bytes;
    from += layer.gridRow;
  }
  clear(to, windowed + (<usize>layer.stride << 1));
  return windowed;
}

/** a_j = b_j + sum_i W_ji z_i of every unit, Q8 within +-ENERGY_LIMIT, into `output` [all lanes]. */
export function sense(layer: PatchedLayer, inputs: usize, output: usize): void {
  if (layer.field == 0) {
    preactivate(layer, atPatch(layer, 0, inputs), output, isWide(layer));
    return;
  }
  const bytes = <usize>layer.units << 1;
  for (let p = 0; p < layer.patches; p++) {
    preactivate(layer, atPatch(layer, p, inputs), patchVector, isWide(layer));
    copy(output + <usize>p * bytes, patchVector, layer.units);
  }
  clear(output + (<usize>layer.allUnits << 1), output + (<usize>layer.allLanes << 1));
}

/** h_j = max(0, a_j), in place. */
export function activate(layer: PatchedLayer, activities: usize): void {
  rectify(activities, activities, layer.allLanes);
}

/** Mean of h^2, or of h, Q16, over `lanes` values, those that are no units being 0; `reciprocal` is 2^32 / units. */
function meanGoodness(activities: usize, lanes: i32, reciprocal: u64): i32 {
  if (!has(FLAG_MEAN_ACTIVITY)) return <i32>((<u64>product(activities, activities, ENERGY_LIMIT, lanes) * reciprocal) >> 32);
  const end = activities + (<usize>lanes << 1);
  let sum: u64 = 0;
  for (; activities < end; activities += 2) sum += <u64>load<u16>(activities);
  return <i32>((sum * reciprocal) >> 24);
}

/** Goodness of a whole layer. */
export function goodnessOf(layer: PatchedLayer, activities: usize): i32 {
  return meanGoodness(activities, layer.allLanes, layer.reciprocal);
}

/** Goodness of one of its groups. */
export function groupGoodness(layer: PatchedLayer, activities: usize, index: i32): i32 {
  return meanGoodness(activities + (<usize>(index * layer.group) << 1), layer.groupLanes, layer.groupReciprocal);
}

/** Output for the next layer, or the readout: activity scaled to RMS 1. */
export function handOn(layer: PatchedLayer, activities: usize, output: usize): void {
  normalise(activities, output, layer.allLanes, layer.reciprocal);
}

/** Lets the running means of a layer's units follow its activities on positive data. */
export function followMeans(layer: PatchedLayer, activities: usize): void {
  for (let j = 0; j < layer.allUnits; j++) {
    const at = layer.means + (<usize>j << 2);
    const mean = load<i32>(at);
    const activity = <i32>load<i16>(activities + (<usize>j << 1)) << 4; // Q12
    store<i32>(at, mean + (((activity - mean) * MEAN_RATE + 1024) >> 11));
  }
}

/**
 * r_j = s e h_j (mean activity: s e where the unit is on) into `pull`, Q9; e in Q15, of the unit's group, nothing where that is 0. With `peers` also
 * lambda (mean of means - own mean).
 */
function pullUnits(layer: PatchedLayer, activities: usize, errors: usize, sign: i32, peers: bool): void {
  const flat = has(FLAG_MEAN_ACTIVITY);
  const lambda = configPeers();
  let common = 0;
  if (peers) {
    let sum: u64 = 0;
    for (let j = 0; j < layer.allUnits; j++) sum += <u64>load<u32>(layer.means + (<usize>j << 2));
    common = <i32>((sum * layer.reciprocal) >> 32);
  }
  for (let k = 0, j = 0; k < layer.groups; k++) {
    const error = load<i32>(errors + (<usize>k << 2)) * sign;
    for (const end = j + layer.group; j < end; j++) {
      const at = pull + (<usize>j << 1);
      if (error == 0) {
        store<i16>(at, 0);
        continue;
      }
      const h = <i32>load<i16>(activities + (<usize>j << 1));
      const drive = flat && h != 0 ? 256 : h;
      let r = (error * drive + 0x2000) >> 14;
      if (peers) r += (lambda * (common - load<i32>(layer.means + (<usize>j << 2))) + 0x4000) >> 15;
      store<i16>(at, <i16>clamp(r, -PULL_LIMIT, PULL_LIMIT));
    }
  }
  for (let j = layer.allUnits; j < layer.allLanes; j++) store<i16>(pull + (<usize>j << 1), 0);
}

/** rate / ((|z|^2 + n) / 2) as a factor of a pull; rate in Q16, at most 8. */
export function stepFactor(layer: Layer, inputs: usize, rate: i32): i32 {
  const length = <u64>product(inputs, inputs, ACTIVITY_LIMIT, layer.stride);
  const divisor = <u32>((length + (<u64>layer.inputs << 16)) >> (layer.lengthShift + 1));
  return <i32>min<u64>((<u64>(<u32>0x80000000 / divisor) * rate) >> 16, 0x1ffff);
}

/** eta alpha, Q16, at most 8. */
// @ts-ignore: decorator
@inline
function pace(): i32 {
  return <i32>min<i64>((<i64>header.rate * configAlpha()) >> 8, 0x80000);
}

/** True if no unit of a patch is pulled. */
function isIdle(pulls: usize, units: i32): bool {
  for (const end = pulls + (<usize>units << 1); pulls < end; pulls += 2) if (load<u16>(pulls) != 0) return false;
  return true;
}

/** W_ji += (eta alpha / ((|z|^2 + n) / 2)) r_j z_i for the inputs that gave these activities, patch by patch; a patch that is not pulled costs nothing. */
export function update(layer: PatchedLayer, inputs: usize, activities: usize, errors: usize, sign: i32, peers: bool): void {
  pullUnits(layer, activities, errors, sign, peers);
  const rate = pace();
  for (let p = 0; p < layer.patches; p++) {
    if (isIdle(pull + (<usize>(p * layer.units) << 1), layer.units)) continue;
    const z = atPatch(layer, p, inputs);
    let r = pull;
    if (layer.field != 0) {
      r = patchVector;
      copy(r, pull + (<usize>(p * layer.units) << 1), layer.units);
      clear(r + (<usize>layer.units << 1), r + (<usize>layer.lanes << 1));
    }
    const factor = stepFactor(layer, z, rate);
    if (ASC_FEATURE_SIMD) listLive(layer, z);
    layDither(layer, z, random());
    updateWeights(layer, z, r, factor, FACTOR_SHIFT, random(), isWide(layer));
  }
}
