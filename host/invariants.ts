import { CHANNEL_BYTES, channelsFault } from './channel.js';
import { bitsOf, factorsOf, isContinual, type ResolvedConfig } from './config.js';
import { planOf } from './plan.js';

/**
 * What holds of every state that a learner can have reached. A snapshot whose checksum fits may still have been made by a broken
 * writer or an enemy: the core takes its state as it is, so this is looked at first. The soak test looks too, every so often.
 * Mirrors assembly/layout.ts; FORMAT.md has the same limits in words.
 */

/** Header of the arena, bytes. */
const HEADER_BYTES = 48;
const RANDOM_AT = 16;
const RATE_AT = 20;
const BOOST_AT = 24;
const LABELS_AT = 28;
const SHARPNESS_AT = 32;
const MARKS_AT = 36;
/** Marks of distances, Q10 octaves, and the samples that place them (assembly/familiar.ts). */
const FARTHEST = 20000;
const PLACED = 512;
/** Bytes of what is counted of a label, and the greatest count (assembly/frequency.ts). */
const LABEL_BYTES = 2;
const MOST_LEARNED = 16383;
/** log2 of the greatest usual deviation, Q10 (assembly/familiar.ts). */
const MOST_SPAN = 7215;
/** assembly/continual: Memory, LabelMemory, DOUBT, and where a prototype's count stops. */
const MEMORY_BYTES = 112;
const LABEL_MEMORY_BYTES = 16;
const DOUBT = 24;
const MOST_COUNTED = 4095;
const BIAS_LIMIT = 2 ** 30;
/** assembly/kernels/factor.ts, and how far the counts of assembly/decorrelate.ts go. */
const FACTOR_BYTES = 16;
const FACTOR_LIMIT = 8191;
const LEAST_DIAGONAL = 32;
const MOST_FOLLOWED = 256;
const MOST_WAITED = 15;
/** 256 ln 2.5, rounded: the self-found multiple of the rate stays within 0.4 to 2.5. */
const LOG_RATE_LIMIT = 235;

/**
 * The first field outside of its range, in words; undefined where all is well.
 * @param state the state bytes of `config`, of the length that its plan has
 */
export function stateFault(config: ResolvedConfig, state: Uint8Array): string | undefined {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const { inputs, units, labels, labelCapacity: capacity, skipInput, selfRate, inputScale } = config;
  let at = 0;
  /**
   * One region: rows of values, `fill` wherever there is no such unit or input. (SIMD goes over those lanes, too: other values in them
   * and the builds part ways.) What does exist may be anything that its type holds, or within +-`limit`. `at` goes on to the next region.
   */
  const region = (name: string, bytes: 1 | 2 | 4, rows: number, realRows: number, real: readonly boolean[], fill = 0, limit = Infinity): string | undefined => {
    const start = at;
    const valueAt = (index: number): number => {
      const where = start + index * bytes;
      return bytes === 1 ? view.getInt8(where) : bytes === 2 ? view.getInt16(where, true) : view.getInt32(where, true);
    };
    const all = [...real.keys()];
    const some = all.filter((column) => !real[column] || limit !== Infinity); // weights are not read: a learner of 32 MB loads at once
    for (let row = 0; row < rows; row++) {
      for (const column of row < realRows ? some : all) {
        const value = valueAt(row * real.length + column);
        if (row < realRows && real[column]! ? Math.abs(value) > limit : value !== fill) return `${name} ${value}`;
      }
    }
    const end = start + rows * real.length * bytes;
    at = Math.ceil(end / 16) * 16;
    return state.subarray(end, at).every((byte) => byte === 0) ? undefined : `${name} behind the last`;
  };

  if (view.getUint32(RANDOM_AT, true) === 0) return 'random state 0';
  const rate = view.getInt32(RATE_AT, true);
  if (rate < 1 || rate > 65536) return `rate ${rate}, expected 1 to 65536`;
  const boost = view.getInt32(BOOST_AT, true);
  if (boost < 0 || boost > 65536) return `start boost ${boost}, expected 0 to 65536`;
  const inUse = view.getUint32(LABELS_AT, true);
  if (inUse !== labels.length) return `${inUse} labels in use, but ${labels.length} names`;
  const sharpness = view.getInt32(SHARPNESS_AT, true);
  const start = Math.floor((Math.round(config.alpha * 256) * 256) / units.length);
  if (sharpness !== 0 && !config.familiar && (sharpness < Math.max(1, Math.floor(start / 4)) || sharpness > start * 4)) return `sharpness ${sharpness}, expected 0 or ${start} within a factor of 4`;
  const marks = [0, 2, 4].map((offset) => view.getInt16(MARKS_AT + offset, true));
  const placed = view.getUint16(MARKS_AT + 6, true);
  if (placed > PLACED || (placed > 0 && !config.familiar)) return `${placed} samples placed the marks`;
  if (placed === 0 ? marks.some((mark) => mark !== 0) : marks.some((mark, k) => mark < (marks[k - 1] ?? 0) || mark > FARTHEST)) return `marks ${marks.join(', ')}, expected to rise from 0 to ${FARTHEST}`;
  at = HEADER_BYTES;

  const channels = inputScale === null ? inputs : 0;
  const wrong = channelsFault(view, at, channels);
  if (wrong !== undefined) return wrong;
  at += channels * CHANNEL_BYTES;

  for (let label = 0; label < capacity; label++) {
    const count = view.getUint16(at + label * LABEL_BYTES, true);
    if (count > MOST_LEARNED || (count !== 0 && label >= inUse)) return `label ${label} counted ${count} times`;
  }
  const behindLabels = at + capacity * LABEL_BYTES;
  at = Math.ceil(behindLabels / 16) * 16;
  if (!state.subarray(behindLabels, at).every((byte) => byte === 0)) return 'bytes behind the last label that must be 0';
  if (config.familiar) {
    const inLane = lanes(inputs);
    const countsAt = at;
    for (let label = 0; label < capacity; label++) {
      const count = state[at + label]!;
      if (count > 64 || (count !== 0 && label >= inUse)) return `label ${label} with a usual of ${count} samples, expected up to 64`;
    }
    at = Math.ceil((at + capacity) / 16) * 16;

    const fault = region('usual mean', 1, capacity, capacity, inLane, 0, 127) ?? region('usual deviation', 1, capacity, capacity, inLane, 0, 127);
    if (fault !== undefined) return fault;
    for (let label = 0; label < capacity; label++, at += 4) {
      const span = view.getInt32(at, true);
      if (span < 0 || span > inputs * MOST_SPAN || (span !== 0 && state[countsAt + label] === 0)) return `label ${label} with usual deviations of 2^${span / 1024} together`;
    }
    at = Math.ceil(at / 16) * 16;

  }
  if (inputScale === null && (config.familiar || (isContinual(config) && config.exemplars + config.prototypes > 0))) at += to16(inputs * 4) + to16(inputs * 2);

  for (let layer = 0; layer < units.length; layer++) {
    const inLane = lanes(units[layer]!);
    const window = config.patches[layer]?.inputs;
    const skips = layer > 0 && skipInput && window === undefined;
    const all = [...lanes(layer === 0 ? inputs : units[layer - 1]!), ...(skips ? lanes(inputs) : [])];
    const inColumn = window === undefined ? all : lanes(window);
    const fault =
      region('weight', bitsOf(config, layer) === 8 ? 1 : 2, Math.ceil(units[layer]! / 4) * 4, units[layer]!, inColumn) ??
      region('bias', 4, 1, 1, inLane, 0, BIAS_LIMIT) ??
      region('gate', 2, capacity, capacity, inLane, -32767) ??
      (selfRate
        ? region('mean pull', 2, 1, 1, inLane) ?? region('mean input', 2, 1, 1, all) ?? region('log rate', 4, 1, 1, [true], 0, LOG_RATE_LIMIT)
        : undefined);
    if (fault !== undefined) return `layer ${layer} with ${fault}`;
  }
  for (const values of factorsOf(config)) {
    const count = view.getUint16(at, true);
    const wait = view.getUint16(at + 2, true);
    if (count > MOST_FOLLOWED || wait > MOST_WAITED) return `factor that followed ${count} samples and waits for ${wait}`;
    if (!state.subarray(at + 4, at + FACTOR_BYTES).every((byte) => byte === 0)) return 'bytes of the factor that must be 0';
    at += FACTOR_BYTES;
    // bands of eight rows, each as wide as its last one
    for (let i = 0; i < Math.ceil(values / 8) * 8; i++) {
      const width = (Math.floor(i / 8) + 1) * 8;
      for (let j = 0; j < width; j++, at += 2) {
        const value = view.getInt16(at, true);
        const most = i < values && j <= i ? FACTOR_LIMIT : 0;
        if (value > most || value < (i === j && i < values ? LEAST_DIAGONAL : -most)) return `factor ${value} in row ${i}, column ${j}`;
      }
    }
  }
  return isContinual(config) ? memoryFault(config, view, at) : undefined;
}

/** The memory's part of the state, which begins at `at`: what the core would follow out of bounds, or for ever. */
function memoryFault(config: ResolvedConfig, view: DataView, at: number): string | undefined {
  const { labels, labelCapacity, exemplars, prototypes } = config;
  const stored = view.getInt32(at + 12, true);
  if (stored < 0 || stored > exemplars) return `${stored} exemplars of ${exemplars}`;
  const low = view.getInt16(at + 16, true);
  const step = view.getInt16(at + 18, true);
  if (low < -2047 || low > 0 || step < 0 || step > 2047) return `codes from ${low} in steps of ${step}`;
  const doubt = view.getUint16(at + 20, true);
  if (doubt > DOUBT) return `${doubt} samples of doubt`;

  const labelsAt = at + MEMORY_BYTES;
  const exemplarsAt = labelsAt + labelCapacity * LABEL_MEMORY_BYTES;
  const kept = new Uint32Array(labelCapacity);
  for (let k = 0; k < stored; k++) {
    const label = view.getUint8(exemplarsAt + k);
    if (label >= labels.length) return `exemplar ${k} of label ${label}`;
    kept[label]!++;
  }
  for (let c = 0; c < labelCapacity; c++) {
    const claimed = view.getUint16(labelsAt + c * LABEL_MEMORY_BYTES + 10, true);
    if (claimed !== kept[c]) return `label ${c} with ${claimed} exemplars, ${kept[c]} stored`;
  }
  const { exemplars: bytes } = planOf(config);
  for (let k = 0; k < labelCapacity * prototypes; k++) {
    const count = view.getUint16(exemplarsAt + bytes + k * 2, true);
    if (count > MOST_COUNTED) return `prototype ${k} of ${count} samples`;
  }
  return undefined;
}

const to16 = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Which of `count` values, rounded up to 8, exist. */
function lanes(count: number): boolean[] {
  return Array.from({ length: Math.ceil(count / 8) * 8 }, (_, i) => i < count);
}
