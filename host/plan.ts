import { CHANNEL_BYTES } from './channel.js';
import { bitsOf, factorsOf, isContinual, isLocal, resolveConfig, windowFeatures, type LearnerConfig, type ResolvedConfig } from './config.js';

/** Bytes of a learner by kind. Everything but `tables` and `page` lies in the arena. */
export interface MemoryPlan {
  /** Weights of all layers, padding of rows to 8 columns and of layers to 4 rows included. */
  weights: number;
  /** Gates: one i16 per unit and label. */
  gates: number;
  /** Biases: one i32 per unit. */
  biases: number;
  /** Running mean and deviation, and how it compresses itself, 32 bytes a channel; 0 with a fixed input scale. */
  normaliser: number;
  /** What is kept of each label: two bytes of samples, and what it usually is, a byte and two for each input. */
  labels: number;
  /** State of the self-finding rate; 0 without it. */
  rate: number;
  /** Whitening factors: 16 bits for each pair of inputs or units, and 16 bytes each; 0 without `secondOrder`. */
  factor: number;
  /** Counters, random state, learning rate. */
  header: number;
  /** Everything a step needs and nothing keeps. Does not grow with depth, but for 64 bytes of layer table a layer. */
  scratch: number;
  /** Exemplars: a byte of label and their codes each. */
  exemplars: number;
  /** Prototypes: two bytes of count, a byte of mean and one of deviation an input each. */
  prototypes: number;
  /** What else the memory keeps: counters, 16 bytes a label, the anchor of stored values. There with `secondOrder`, too. */
  memory: number;
  /** Sum of all the above. */
  arena: number;
  /** Configuration block and constant tables in front of the arena. */
  tables: number;
  /** Memory that the wasm instance commits: whole pages of 64 KiB. A microcontroller does without. */
  page: number;
}

const HEADER_BYTES = 48;
const MEMORY_BYTES = 112;
const LABEL_MEMORY_BYTES = 16;
const LABEL_BYTES = 2;
const FACTOR_BYTES = 16;
const LAYER_BYTES = 64;
/** What a label usually is: a count, and a mean and a deviation of every input. */
function usualBytes({ familiar, inputs, labelCapacity: labels }: ResolvedConfig): number {
  const rows = to16(labels * to8(inputs));
  return familiar ? to16(labels) + 2 * rows + to16(labels * 4) : 0;
}

/** Where the coordinates that everything remembered is kept in have their centres and scales. */
function anchorBytes({ familiar, inputs, inputScale, exemplars, prototypes }: ResolvedConfig): number {
  return inputScale === null && (familiar || exemplars + prototypes > 0) ? to16(inputs * 4) + to16(inputs * 2) : 0;
}
/** Where the arena starts: the core's static data and what lies before it. A test compares with the core. */
export const ARENA_START = 640;
/** Of the core with local fields, which keeps their geometry there. */
const LOCAL_ARENA_START = 832;
const PAGE_BYTES = 65536;

const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
const to4 = to(4);
const to8 = to(8);
const to16 = to(16);

/**
 * Bytes that a learner of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * Mirrors assembly/layout.ts.
 * @throws TypeError, RangeError as `createLearner` would.
 */
export function bytesNeeded(config: LearnerConfig): MemoryPlan {
  return planOf(resolveConfig(config));
}

/** `bytesNeeded` of a checked configuration. */
export function planOf(config: ResolvedConfig): MemoryPlan {
  const labels = config.labelCapacity;
  const ofLabels = to16(labels * LABEL_BYTES) + usualBytes(config) + anchorBytes(config);
  const inputLanes = to8(config.inputs);
  let weights = 0;
  let gates = 0;
  let biases = 0;
  let rate = 0;
  let widestStride = inputLanes;
  let widestLanes = 0;
  config.units.forEach((units, layer) => {
    const before = layer === 0 ? 0 : to8(config.units[layer - 1]!);
    const stride = layer === 0 ? inputLanes : before + (config.skipInput ? inputLanes : 0);
    const patches = config.patches[layer];
    const columns = patches === undefined ? stride : to8(patches.inputs);
    const whole = patches === undefined ? stride : to8(patches.grid.height * patches.grid.width * patches.grid.channels);
    const lanes = to8(units);
    weights += to16((to4(units) * columns * bitsOf(config, layer)) / 8);
    biases += to16(lanes * 4);
    gates += to16(lanes * labels * 2);
    if (config.selfRate) rate += to16(lanes * 2) + to16(whole * 2) + 16;
    widestStride = Math.max(widestStride, stride);
    widestLanes = Math.max(widestLanes, lanes);
  });
  const normaliser = config.inputScale === null ? config.inputs * CHANNEL_BYTES : 0;
  const windowValues = config.window === null ? 0 : config.window.axes * config.window.samples;
  const bands = config.window === null ? 0 : windowFeatures(config.window) / config.window.axes - 2;
  const factors = factorsOf(config).map(to8);
  const factor = factors.reduce((sum, lanes) => sum + FACTOR_BYTES + lanes * (lanes + 8), 0);
  const remembered = planOfMemory(config);
  // one patch as a layer, and its window
  const patchScratch = isLocal(config) ? to16(LAYER_BYTES + (to8(Math.max(...config.patches.map(({ inputs }) => inputs))) + 8) * 2) : 0;
  const scratch =
    to16(config.units.length * LAYER_BYTES) +
    to16(config.inputs * 4) +
    to16(windowValues * 4) +
    to16(bands * 8) +
    to16(inputLanes * 2) +
    (config.units.length > 1 ? to16(widestStride * 2) : 0) +
    to16(Math.max(widestStride, widestLanes) * 4) +
    to16(widestLanes * 2) * 2 +
    to16(widestStride / 4) +
    to16(labels * 4) * 2 +
    to16(labels * 2) * 3 +
    (config.familiar ? to16(labels * 4) : 0) +
    (factors.length > 0 ? inputLanes * 2 + Math.max(...factors) * 4 : 0) +
    remembered.scratch +
    patchScratch;
  const { exemplars, prototypes, memory } = remembered;
  const arena = HEADER_BYTES + normaliser + ofLabels + weights + biases + gates + rate + factor + exemplars + prototypes + memory + scratch;
  const tables = isLocal(config) ? LOCAL_ARENA_START : ARENA_START;
  return {
    weights,
    gates,
    biases,
    normaliser,
    labels: ofLabels,
    rate,
    factor,
    header: HEADER_BYTES,
    scratch,
    exemplars,
    prototypes,
    memory,
    arena,
    tables,
    page: Math.ceil((tables + arena) / PAGE_BYTES) * PAGE_BYTES,
  };
}

/** Mirrors assembly/continual/memory.ts. */
function planOfMemory(config: ResolvedConfig): { exemplars: number; prototypes: number; memory: number; scratch: number } {
  if (!isContinual(config)) return { exemplars: 0, prototypes: 0, memory: 0, scratch: 0 };
  const { inputs, labelCapacity, exemplars, exemplarBits, prototypes } = config;
  const remembers = exemplars > 0 || prototypes > 0;
  const values = to(64 / exemplarBits)(inputs);
  const row = (values * exemplarBits) / 8;
  const vector = to16(values * 2);
  return {
    exemplars: to16(exemplars) + to16(exemplars * row),
    prototypes: to16(labelCapacity * prototypes * 2) + to16(labelCapacity * prototypes * row) * 2,
    memory: MEMORY_BYTES + labelCapacity * LABEL_MEMORY_BYTES,
    scratch: remembers ? vector * (prototypes > 0 ? 5 : 3) : 0,
  };
}
