import { CHANNEL_BYTES } from '../channel.js';
import type { ResolvedTwoPassConfig } from './config.js';

/** Bytes of a two-pass network by kind. Everything but `tables` and `page` lies in the arena. */
export interface TwoPassPlan {
  /** Weights of all layers, padding of rows to 8 columns and of patches to 4 rows included. */
  weights: number;
  /** Biases: one i32 per unit, patches padded to 8. */
  biases: number;
  /** Running mean activities of peer normalisation; 0 without it. */
  means: number;
  /** Weights and biases of the readout; 0 without it. */
  readout: number;
  /** Running mean and deviation, and how a channel compresses itself, 32 bytes an input; 0 with a fixed input scale. */
  normaliser: number;
  /** Counters, random state, learning rates. */
  header: number;
  /** Everything a step needs and nothing keeps: a few vectors of the widest layer, whatever the depth, but for 128 bytes of layer table a layer. */
  scratch: number;
  /** Sum of all the above. */
  arena: number;
  /** Configuration block and constant tables in front of the arena. */
  tables: number;
  /** Memory that the wasm instance commits: whole pages of 64 KiB. A microcontroller does without. */
  page: number;
}

const HEADER_BYTES = 48;
const LAYER_BYTES = 64;
const PATCHED_LAYER_BYTES = 148;
/** Where the arena starts. A test compares with the core. */
const ARENA_START = 448;
const PAGE_BYTES = 65536;

const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
const to4 = to(4);
const to8 = to(8);
const to16 = to(16);

/** Bytes that a network of a checked configuration needs. Mirrors assembly/two-pass/layout.ts. */
export function twoPassPlanOf(config: ResolvedTwoPassConfig): TwoPassPlan {
  const { inputs, layers, labels } = config;
  let weights = 0;
  let biases = 0;
  let means = 0;
  let features = 0;
  let widestInput = 0;
  let widestLanes = 0;
  let widestWindow = 0;
  let widestPatch = 0;
  let mostGroups = 1;
  let seen = inputs;
  layers.forEach(({ field, channels, patches, window, units }, index) => {
    const stride = to8(window) + (index === 0 && config.labelInput ? to8(labels) : 0);
    weights += to16((patches * to4(channels) * stride * config.bits) / 8);
    biases += to16(patches * to8(channels) * 4);
    if (config.peers > 0) means += to16(to8(units) * 4);
    if (config.readout && index >= config.readoutFrom) features += to8(units);
    widestInput = Math.max(widestInput, field === 0 ? stride : to8(seen));
    widestLanes = Math.max(widestLanes, to8(units));
    if (config.group > 0) mostGroups = Math.max(mostGroups, units / config.group);
    if (field !== 0) {
      widestWindow = Math.max(widestWindow, stride);
      widestPatch = Math.max(widestPatch, to8(channels));
    }
    seen = units;
  });
  const readout = features === 0 ? 0 : to16(to4(labels) * features * 2) + to16(to8(labels) * 4);
  const normaliser = config.inputScale === null ? inputs * CHANNEL_BYTES : 0;
  const widest = Math.max(widestInput, widestWindow, features);
  const scratch =
    to16(layers.length * PATCHED_LAYER_BYTES) +
    (features === 0 ? 0 : LAYER_BYTES) +
    to16(inputs * 4) * 2 +
    to16(to8(inputs) * 2) +
    to16(widest * 4) +
    to16(widest / 4) +
    to16(widestInput * 2) * 2 +
    to16(widestLanes * 2) * 3 +
    (config.labelInput ? to16(to8(layers[0]!.units) * 2) : 0) +
    to16(widestWindow * 2) +
    to16(widestPatch * 2) +
    to16(features * 2) +
    to16(to8(labels) * 2) * 2 +
    to16(labels * 4) +
    to16(layers.length * 8) +
    to16(mostGroups * 4) * 2;
  const arena = HEADER_BYTES + normaliser + weights + biases + means + readout + scratch;
  return {
    weights,
    biases,
    means,
    readout,
    normaliser,
    header: HEADER_BYTES,
    scratch,
    arena,
    tables: ARENA_START,
    page: Math.ceil((ARENA_START + arena) / PAGE_BYTES) * PAGE_BYTES,
  };
}
