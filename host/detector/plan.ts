import { resolveDetectorConfig, type DetectorConfig, type ResolvedDetectorConfig } from './config.js';

/** Bytes of a detector by kind. Everything but `tables` and `page` lies in the arena. */
export interface DetectorPlan {
  /** Weights, biases among them. */
  weights: number;
  /** Streaming: gates of the surprise nets, one i16 per unit and bin. */
  gates: number;
  /** Standardisers, quantiles, means and last values of the channels. */
  channels: number;
  /** Counters, random state, threshold. */
  header: number;
  /** Everything a sample needs and nothing keeps. */
  scratch: number;
  /** Sum of all the above. */
  arena: number;
  /** Configuration block and constant tables in front of the arena. */
  tables: number;
  /** Memory that the wasm instance commits: whole pages of 64 KiB. A microcontroller does without. */
  page: number;
}

const HEADER_BYTES = 32;
const MOMENTS_BYTES = 24;
const STREAM_BYTES = 72;
/** Inputs, targets and bins of the surprise nets (assembly/detector/layout.ts). */
const CONTEXT = 12;
const TARGETS = 2;
const BINS = 13;
/** Where the arena starts. A test compares with the core. */
const ARENA_START = 208;
const PAGE_BYTES = 65536;

const to16 = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * Bytes that a detector of this configuration needs, known before anything is created; nothing is allocated afterwards.
 * @throws TypeError, RangeError as `createDetector` would.
 */
export function detectorBytesNeeded(config: DetectorConfig = {}): DetectorPlan {
  return detectorPlanOf(resolveDetectorConfig(config));
}

/** `detectorBytesNeeded` of a checked configuration. */
export function detectorPlanOf({ mode, channels: count, units, bits }: ResolvedDetectorConfig): DetectorPlan {
  const streaming = mode === 'streaming';
  const columns = streaming ? CONTEXT : count + 1;
  const nets = streaming ? count * TARGETS : 1;
  const weights = nets * to16((units * columns * bits) / 8);
  const gates = streaming ? nets * to16(BINS * units * 2) : 0;
  const channels = streaming ? to16(count * STREAM_BYTES) : 2 * to16(count * MOMENTS_BYTES);
  const scratch =
    to16(count * 4) * 2 +
    to16(columns * 2) * (streaming ? 1 : 2) +
    to16(units * 4) +
    to16(units * 8) +
    (streaming ? 2 * to16(BINS * 4) : 0);
  const arena = HEADER_BYTES + channels + weights + gates + scratch;
  return {
    weights,
    gates,
    channels,
    header: HEADER_BYTES,
    scratch,
    arena,
    tables: ARENA_START,
    page: Math.ceil((ARENA_START + arena) / PAGE_BYTES) * PAGE_BYTES,
  };
}

/** Leading bytes of the arena that a snapshot keeps: all but the scratch. */
export function detectorStateBytes(config: ResolvedDetectorConfig): number {
  const { arena, scratch } = detectorPlanOf(config);
  return arena - scratch;
}
