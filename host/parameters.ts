import { arenaOf } from './arena/learner.js';
import { CHANNEL_BYTES } from './arena/parts.js';
import { faultIn, sharedOf, sizeOf, type Placed } from './arena/regions.js';
import { crc32 } from './checksum.js';
import { configWords, type ResolvedConfig } from './config.js';
import { LearnerError } from './errors.js';
import { ARITHMETIC, shapeOf } from './snapshot.js';

/**
 * Parameters of a learner, as a fleet shares them: running means and deviations, weights, biases and gates, and nothing else. Packed without the lanes that
 * only SIMD needs, so that what comes from outside cannot fill them; what a device has for itself (random state, self-found rates, exemplars, counters) stays its own.
 *
 *   channels (32 bytes each) | layer 0: weights, biases, gates | layer 1 ...      little endian, FORMAT.md
 */

/** Hash of what parameters mean: shape and formats, standardisation, arithmetic, the labels and their order. Seeds and rates may differ. */
export function architectureOf(config: ResolvedConfig): number {
  const meaning = JSON.stringify([shapeOf(configWords(config)), ARITHMETIC, config.labels]);
  return crc32(new TextEncoder().encode(meaning));
}

/** Settings that keep two learners from taking each other's parameters, in words; empty if none do. */
export function differences(here: ResolvedConfig, there: ResolvedConfig): string {
  const own = architectureOf(here);
  const shown = (value: unknown): string => (value === null ? 'none' : typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value)).slice(0, 80);
  const names = (Object.keys(here) as (keyof ResolvedConfig)[]).filter((name) => architectureOf({ ...here, [name]: there[name] }) !== own);
  return names.map((name) => `${name} ${shown(there[name])} there, ${shown(here[name])} here`).join('; ');
}

/** One kind of integer among packed parameters: `count` of them from `at` on. */
export interface PackedRun {
  readonly layer: number;
  readonly at: number;
  readonly count: number;
  readonly bytes: 1 | 2 | 4;
}

/** The regions of the arena that are shared, in the order in which they are packed. */
function sharedRegions(config: ResolvedConfig): Placed[] {
  return arenaOf(config).regions.filter(({ sharedRows = 0 }) => sharedRows > 0);
}

/** Layout of the packed parameters: channels first, then runs of integers, then the end. */
export function packedLayout(config: ResolvedConfig): { channels: number; runs: PackedRun[]; length: number } {
  const channels = config.inputScale === null ? config.inputs : 0;
  let at = channels * CHANNEL_BYTES;
  const runs = sharedRegions(config).flatMap(({ layer, columns, sharedRows = 0 }): PackedRun[] => {
    if (layer === undefined) return [];
    const count = sharedRows * columns.reduce((sum, { count }) => sum + count, 0);
    const run = { layer, at, count, bytes: sizeOf(columns[0]!.fields) as PackedRun['bytes'] };
    at += count * run.bytes;
    return [run];
  });
  return { channels, runs, length: at };
}

/** The parameters of a state, packed. */
export function packParameters(config: ResolvedConfig, state: Uint8Array): Uint8Array {
  const packed = new Uint8Array(packedLayout(config).length);
  let to = 0;
  for (const { at, length } of sharedOf(sharedRegions(config))) {
    packed.set(state.subarray(at, at + length), to);
    to += length;
  }
  return packed;
}

/**
 * Packed parameters into a state. All of them are looked at before any is written.
 * @throws TypeError for something other than bytes; LearnerError ESNAPSHOT_SHAPE for another length or values that no learner has
 */
export function unpackParameters(config: ResolvedConfig, state: Uint8Array, packed: Uint8Array): void {
  if (!(packed instanceof Uint8Array)) throw new TypeError('parameters: expected a Uint8Array as `parameters` returns it');
  const fault = parametersFault(config, packed);
  if (fault !== undefined) throw new LearnerError('ESNAPSHOT_SHAPE', `parameters: ${fault}: they are not of a learner of this configuration`);
  let from = 0;
  for (const { at, length } of sharedOf(sharedRegions(config))) {
    state.set(packed.subarray(from, from + length), at);
    from += length;
  }
}

/** Says what is wrong with packed parameters; undefined if nothing is. Any weight and any gate may be there: their type is their limit. */
export function parametersFault(config: ResolvedConfig, packed: Uint8Array): string | undefined {
  const { length } = packedLayout(config);
  if (packed.length !== length) return `${packed.length} bytes, expected ${length}`;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  let at = 0;
  for (const region of sharedRegions(config)) {
    const { sharedRows = 0, columns } = region;
    // packed, there is nothing but what exists
    const bare = { ...region, rows: sharedRows, ofRows: sharedRows, columns: columns.map((each) => ({ ...each, of: each.count })), at };
    const bytes = sharedRows * columns.reduce((sum, { count, fields }) => sum + count * sizeOf(fields), 0);
    const fault = faultIn({ ...bare, bytes }, view);
    if (fault !== undefined) return fault;
    at += bytes;
  }
  return undefined;
}
