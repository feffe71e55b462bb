// Memory map of a recurrent network, beyond the plain core's (../layout.ts): its layers are the plain ones, which look down; here are their weights
// towards the layer above, and their states. FORMAT.md says it in words.
//
//   header | normaliser | layer 0 .. layer L-1 | top-down weights and biases 0 .. L-2 | flow and states (carried on) | scratch
//   `------------------------------ state: what a snapshot keeps ----------------------------------------'|
//
// States that are made anew for every sample are scratch.

import {
  Channel, FLAG_SELF_RATE, FLAG_SKIP_INPUT, Layer, channels, configBits, configFlags, configGateDivisor, configInputs, configLayers, configSamples, configUnits,
  dithered, header, layRecurrent, lay, layerAt, memoryAt, memoryScratchAt, movingRoom, padded, rawInput, reserveMemory, shareMap, standardised, validate,
} from "../layout";
import { ERROR_DROP, ERROR_FLAGS, ERROR_ITERATIONS, ERROR_LAYERS, configCarry, configCountFrom, configIterations, configStateDrop } from "./words.generated";
export * from "./words.generated";

export const MAX_ITERATIONS: i32 = 16;
/** Layers times counted iterations: a goodness is below 2^26, and so many fit 31 bits. */
const MOST_GOODNESS: i32 = 31;

/** Addresses of the states, 16 bytes. */
@unmanaged
export class Flow {
  /** Samples since the states were reset; 0: the next one starts them by a pass from below. */
  samples: u64;
  reserved: u64;
}

/** Towards the layer above: inputs are its units. Of the topmost layer only states. Derived in `create`, part of scratch. */
@unmanaged
export class Loop extends Layer {
  /** [lanes] i16 Q8, 0 to ENERGY_LIMIT: the damped activity */
  state: usize;
  /** [lanes] i16 Q8: what the neighbours see of it, scaled to RMS 1, some left out while learning */
  seen: usize;
}

export let flow: Flow = changetype<Flow>(0);
export let loops: usize = 0;

/** Scratch. */
export let still: usize = 0; // [lanes of layer 0] i16 Q8: what the sample gives the first layer, the same in all iterations
export let fromAbove: usize = 0; // [widest lanes] i16 Q8
export let pulls: usize = 0; // [lanes of layer 0] i16 Q10: the first layer's pull summed over iterations, saturated

// @ts-ignore: decorator
@inline
export function loopAt(index: i32): Loop {
  return changetype<Loop>(loops + <usize>index * offsetof<Loop>());
}

// @ts-ignore: decorator
@inline
function lanesOf(layer: i32): i32 {
  return padded(configUnits(layer), 8);
}

export function validateRecurrent(): i32 {
  const error = validate();
  if (error != 0) return error;
  const count = configLayers();
  if (count < 2) return ERROR_LAYERS;
  const iterations = configIterations();
  const from = configCountFrom();
  if (iterations < 1 || iterations > MAX_ITERATIONS || from < 1 || from > iterations) return ERROR_ITERATIONS;
  if ((iterations - from + 1) * count > MOST_GOODNESS) return ERROR_ITERATIONS;
  if (<u32>configStateDrop() > 0xffff) return ERROR_DROP;
  if ((configFlags() & (FLAG_SKIP_INPUT | FLAG_SELF_RATE)) != 0 || configSamples() != 0 || configGateDivisor() < 4) return ERROR_FLAGS;
  return 0;
}

/** Walks what lies behind the layers; with `write` also fills in the table of loops. */
function walk(write: bool): void {
  const count = configLayers();
  let state = memoryAt;
  let scratch = memoryScratchAt;
  let allLanes = 0;
  let widestLanes = 0;
  for (let l = 0; l < count; l++) {
    allLanes += lanesOf(l);
    widestLanes = max(widestLanes, lanesOf(l));
  }
  const weightsAt = state;
  for (let l = 0; l + 1 < count; l++) {
    state += <usize>(padded(configUnits(l), 4) * lanesOf(l + 1) * (configBits() >> 3)) + (<usize>lanesOf(l) << 2);
  }
  const stateBytes = <usize>(allLanes << 1) + offsetof<Flow>();
  let states = state;
  if (configCarry() != 0) {
    state += stateBytes;
  } else {
    states = scratch;
    scratch += stateBytes;
  }
  const loopsAt = scratch;
  scratch += <usize>padded(count * <i32>offsetof<Loop>(), 16);
  const seenAt = scratch;
  scratch += <usize>allLanes << 1;
  still = scratch;
  pulls = still + (<usize>lanesOf(0) << 1);
  fromAbove = pulls + (<usize>lanesOf(0) << 1);
  const live = fromAbove + (<usize>widestLanes << 1);
  // groups of eight columns, of the sample too
  scratch = live + <usize>padded(max(widestLanes, padded(configInputs(), 8)) >> 2, 16);
  if (!write) {
    reserveMemory(<i32>(state - memoryAt), <i32>(scratch - memoryScratchAt));
    return;
  }
  loops = loopsAt;
  flow = changetype<Flow>(states);
  states += offsetof<Flow>();
  let weights = weightsAt;
  let seen = seenAt;
  for (let l = 0; l < count; l++) {
    const lanes = lanesOf(l);
    const loop = loopAt(l);
    loop.units = configUnits(l);
    loop.lanes = lanes;
    loop.reciprocal = layerAt(l).reciprocal;
    loop.state = states;
    loop.seen = seen;
    states += <usize>lanes << 1;
    seen += <usize>lanes << 1;
    if (l + 1 == count) break;
    loop.inputs = configUnits(l + 1);
    loop.stride = lanesOf(l + 1);
    loop.weights = weights;
    loop.biases = weights + <usize>(padded(loop.units, 4) * loop.stride * (configBits() >> 3));
    weights = loop.biases + (<usize>lanes << 2);
  }
  shareMap(changetype<usize>(header), channels, rawInput, <i32>movingRoom << 2, standardised, dithered, live);
}

/** Reserves the room; to be called before the plain core lays its map. */
export function measure(): void {
  layRecurrent();
  walk(false);
}

/** Once the plain layers are laid and derived. */
export function layLoops(): void {
  walk(true);
}

/** Measures the arena. */
export function layAll(): void {
  measure();
  lay(false);
}
