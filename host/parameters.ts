import { CHANNEL_BYTES, channelsFault } from './channel.js';
import { crc32 } from './checksum.js';
import { bitsOf, configWords, type ResolvedConfig } from './config.js';
import { LearnerError } from './errors.js';
import { planOf } from './plan.js';
import { ARITHMETIC, shapeOf } from './snapshot.js';

/**
 * What a fleet shares of a learner: running means and deviations, weights, biases and gates, and nothing else. Packed without the lanes that
 * only SIMD needs, so that what comes from outside cannot fill them; what a device has for itself (random state, self-found rates, exemplars, counters) stays its own.
 *
 *   channels (32 bytes each) | layer 0: weights, biases, gates | layer 1 ...      little endian, FORMAT.md
 */

const HEADER_BYTES = 48;
const BIAS_LIMIT = 2 ** 30;

/** Integers of one kind in the state: `rows` rows, `pitch` values apart, of which the spans of columns exist. */
interface Region {
  readonly layer: number;
  readonly at: number;
  readonly bytes: 1 | 2 | 4;
  readonly rows: number;
  readonly pitch: number;
  readonly spans: readonly { readonly start: number; readonly count: number }[];
}

/** Hash of what parameters mean: shape and formats, standardisation, arithmetic, the labels and their order. Seeds and rates may differ. */
export function architectureOf(config: ResolvedConfig): number {
  const meaning = JSON.stringify([shapeOf(configWords(config)), ARITHMETIC, config.labels]);
  return crc32(new TextEncoder().encode(meaning));
}

/** What keeps two learners from taking each other's parameters, in words. */
export function differences(here: ResolvedConfig, there: ResolvedConfig): string {
  const own = architectureOf(here);
  const shown = (value: unknown): string => (value === null ? 'none' : typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value)).slice(0, 80);
  const names = (Object.keys(here) as (keyof ResolvedConfig)[]).filter((name) => architectureOf({ ...here, [name]: there[name] }) !== own);
  return names.map((name) => `${name} ${shown(there[name])} there, ${shown(here[name])} here`).join('; ');
}

/** Where the parameters of a configuration lie in the state, and how many channels come before them. */
function regionsOf(config: ResolvedConfig): { channels: number; regions: Region[] } {
  const { inputs, units, labels, labelCapacity, skipInput, selfRate, inputScale } = config;
  if (config.grid !== null) throw new RangeError('config.grid: a learner with local fields cannot share its parameters; make it of dense layers');
  const lanes = (count: number): number => Math.ceil(count / 8) * 8;
  const channels = inputScale === null ? inputs : 0;
  const regions: Region[] = [];
  // behind what is counted of each label, which is a device's own
  let at = HEADER_BYTES + channels * CHANNEL_BYTES + planOf(config).labels;
  let layer = 0;
  const take = (bytes: 1 | 2 | 4, allRows: number, rows: number, pitch: number, spans: Region['spans']): void => {
    if (rows > 0) regions.push({ layer, at, bytes, rows, pitch, spans });
    at = Math.ceil((at + allRows * pitch * bytes) / 16) * 16;
  };
  for (; layer < units.length; layer++) {
    const count = units[layer]!;
    const before = layer === 0 ? inputs : units[layer - 1]!;
    const skips = layer > 0 && skipInput;
    const columns = lanes(before) + (skips ? lanes(inputs) : 0);
    const unit = [{ start: 0, count }];
    take(bitsOf(config, layer) === 8 ? 1 : 2, Math.ceil(count / 4) * 4, count, columns, [{ start: 0, count: before }, ...(skips ? [{ start: lanes(before), count: inputs }] : [])]);
    take(4, 1, 1, lanes(count), unit);
    take(2, labelCapacity, labels.length, lanes(count), unit);
    if (selfRate) {
      take(2, 1, 0, lanes(count), []);
      take(2, 1, 0, columns, []);
      take(4, 1, 0, 1, []);
    }
  }
  return { channels, regions };
}

/** One kind of integer among packed parameters: `count` of them from `at` on. */
export interface PackedRun {
  readonly layer: number;
  readonly at: number;
  readonly count: number;
  readonly bytes: 1 | 2 | 4;
}

/** Layout of the packed parameters: channels first, then runs of integers, then the end. */
export function packedLayout(config: ResolvedConfig): { channels: number; runs: PackedRun[]; length: number } {
  const { channels, regions } = regionsOf(config);
  let at = channels * CHANNEL_BYTES;
  const runs = regions.map(({ layer, bytes, rows, spans }) => {
    const count = rows * spans.reduce((sum, span) => sum + span.count, 0);
    const run = { layer, at, count, bytes };
    at += count * bytes;
    return run;
  });
  return { channels, runs, length: at };
}

/** Every piece of the state that is shared, in the order in which they are packed. */
function* pieces(config: ResolvedConfig): Generator<{ at: number; length: number }> {
  const { channels, regions } = regionsOf(config);
  yield { at: HEADER_BYTES, length: channels * CHANNEL_BYTES };
  for (const { at, bytes, rows, pitch, spans } of regions) {
    for (let row = 0; row < rows; row++) {
      for (const { start, count } of spans) yield { at: at + (row * pitch + start) * bytes, length: count * bytes };
    }
  }
}

/** The parameters of a state, packed. */
export function packParameters(config: ResolvedConfig, state: Uint8Array): Uint8Array {
  const packed = new Uint8Array(packedLayout(config).length);
  let to = 0;
  for (const { at, length } of pieces(config)) {
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
  for (const { at, length } of pieces(config)) {
    state.set(packed.subarray(from, from + length), at);
    from += length;
  }
}

/** What is wrong with packed parameters, in words; undefined where nothing is. Any weight and any gate may be there: their type is their limit. */
export function parametersFault(config: ResolvedConfig, packed: Uint8Array): string | undefined {
  const { channels, runs, length } = packedLayout(config);
  if (packed.length !== length) return `${packed.length} bytes, expected ${length}`;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const wrong = channelsFault(view, 0, channels);
  if (wrong !== undefined) return wrong;
  for (const { at, count, bytes } of runs) {
    for (let i = 0; bytes === 4 && i < count; i++) {
      const bias = view.getInt32(at + 4 * i, true);
      if (Math.abs(bias) > BIAS_LIMIT) return `bias ${bias}`;
    }
  }
  return undefined;
}
