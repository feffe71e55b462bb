import { CHANNEL_BYTES } from '../channel.js';
import type { ResolvedRecurrentConfig } from './config.js';

/** Bytes of a recurrent network by kind. Everything but `tables` and `page` lies in the arena. */
export interface RecurrentPlan {
  /** Weights towards the layer below (or the sample) and the layer above, padding of rows to 8 columns and of layers to 4 rows included. */
  weights: number;
  /** Biases, one i32 a unit and matrix, and gates, one i16 a unit and label; units padded to 8. */
  gatesAndBiases: number;
  /** Running mean and deviation, and how a channel compresses itself, 32 bytes an input; 0 with a fixed input scale. */
  normaliser: number;
  /** Counters, random state, learning rate. */
  header: number;
  /** States that are carried on: one i16 a unit, and 16 bytes; 0 where every sample has its own, which are scratch. */
  states: number;
  /** Everything a sample needs and nothing keeps: a few vectors, and what every layer shows its neighbours. */
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
const LOOP_BYTES = 72;
const FLOW_BYTES = 16;
/** Where the arena starts. A test compares with the core. */
const ARENA_START = 256;
const PAGE_BYTES = 65536;

const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
const to4 = to(4);
const to8 = to(8);
const to16 = to(16);

/** Bytes that a network of a checked configuration needs. Mirrors assembly/layout.ts and assembly/recurrent/layout.ts. */
export function recurrentPlanOf(config: ResolvedRecurrentConfig): RecurrentPlan {
  const { inputs, labels, units, bits } = config;
  let weights = 0;
  let gatesAndBiases = 0;
  let allLanes = 0;
  units.forEach((count, index) => {
    const lanes = to8(count);
    const below = to8(index === 0 ? inputs : units[index - 1]!);
    weights += to16((to4(count) * below * bits) / 8);
    gatesAndBiases += lanes * 4 + lanes * labels * 2;
    allLanes += lanes;
    if (index + 1 === units.length) return;
    weights += (to4(count) * to8(units[index + 1]!) * bits) / 8;
    gatesAndBiases += lanes * 4;
  });
  const first = to8(units[0]!);
  const widestLanes = to8(Math.max(...units));
  const widestStride = to8(Math.max(inputs, ...units.slice(0, -1)));
  const stateBytes = FLOW_BYTES + allLanes * 2;
  const normaliser = config.inputScale === null ? inputs * CHANNEL_BYTES : 0;
  const scratch =
    to16(units.length * LAYER_BYTES) +
    to16(inputs * 4) +
    to16(to8(inputs) * 2) +
    widestStride * 2 +
    Math.max(widestStride, widestLanes) * 4 +
    widestLanes * 2 * 2 +
    to16(widestStride / 4) +
    to16(labels * 4) * 2 +
    to16(labels * 2) * 2 +
    (config.carry ? 0 : stateBytes) +
    to16(units.length * LOOP_BYTES) +
    allLanes * 2 +
    first * 2 * 2 +
    widestLanes * 2 +
    to16(Math.max(widestLanes, to8(inputs)) / 4);
  const states = config.carry ? stateBytes : 0;
  const arena = HEADER_BYTES + normaliser + weights + gatesAndBiases + states + scratch;
  return {
    weights,
    gatesAndBiases,
    normaliser,
    header: HEADER_BYTES,
    states,
    scratch,
    arena,
    tables: ARENA_START,
    page: Math.ceil((ARENA_START + arena) / PAGE_BYTES) * PAGE_BYTES,
  };
}
