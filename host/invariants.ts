import { configWords, type ResolvedConfig } from './config.js';

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
const CHANNEL_BYTES = 16;
const BIAS_LIMIT = 2 ** 30;
/** 256 ln 2.5, rounded: the self-found multiple of the rate stays within 0.4 to 2.5. */
const LOG_RATE_LIMIT = 235;

/** Writes the count of labels in use into the header: what version 1 of the snapshot did not have. */
export function setLabelsInUse(state: Uint8Array, count: number): void {
  new DataView(state.buffer, state.byteOffset).setUint32(LABELS_AT, count, true);
}

/**
 * The first field outside of its range, in words; undefined where all is well.
 * @param state the state bytes of `config`, of the length that its plan has
 */
export function stateFault(config: ResolvedConfig, state: Uint8Array): string | undefined {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const { inputs, units, bits, labels, skipInput, selfRate, inputScale } = config;
  const capacity = configWords(config)[1]!;
  let at = 0;
  /** The first of `count` values of `bytes` bytes at `at` that is not within [low, high]; `at` goes on to the next region. */
  const outside = (bytes: 1 | 2 | 4, count: number, low: number, high: number): number | undefined => {
    let found: number | undefined;
    for (let i = 0; i < count && found === undefined; i++) {
      const where = at + i * bytes;
      const value = bytes === 1 ? view.getInt8(where) : bytes === 2 ? view.getInt16(where, true) : view.getInt32(where, true);
      if (value < low || value > high) found = value;
    }
    at += Math.ceil((count * bytes) / 16) * 16;
    return found;
  };

  if (view.getUint32(RANDOM_AT, true) === 0) return 'random state 0';
  const rate = view.getInt32(RATE_AT, true);
  if (rate < 1 || rate > 65536) return `rate ${rate}, expected 1 to 65536`;
  const boost = view.getInt32(BOOST_AT, true);
  if (boost < 0 || boost > 65536) return `start boost ${boost}, expected 0 to 65536`;
  const inUse = view.getUint32(LABELS_AT, true);
  if (inUse > capacity || (inUse !== 0 && inUse !== labels.length)) return `${inUse} labels in use, but ${labels.length} names`;
  at = HEADER_BYTES;

  for (let channel = 0; inputScale === null && channel < inputs; channel++, at += CHANNEL_BYTES) {
    const variance = view.getUint32(at + 4, true);
    const count = view.getUint16(at + 10, true);
    const shift = view.getInt8(at + 12);
    const exponent = view.getInt8(at + 13);
    if (variance !== 0 && (variance < 2 ** 29 || variance >= 2 ** 31)) return `channel ${channel} with variance ${variance}`;
    if (count > 2047) return `channel ${channel} with ${count} values seen`;
    if (shift < -11 || shift > 31) return `channel ${channel} with shift ${shift}`;
    if (exponent < -126 || exponent > 102) return `channel ${channel} with exponent ${exponent}`;
  }

  const to = (multiple: number, count: number): number => Math.ceil(count / multiple) * multiple;
  for (let layer = 0; layer < units.length; layer++) {
    const lanes = to(8, units[layer]!);
    const before = layer === 0 ? inputs : units[layer - 1]!;
    const stride = to(8, before) + (layer > 0 && skipInput ? to(8, inputs) : 0);
    const most = bits === 8 ? 127 : 32767;
    const weight = outside(bits === 8 ? 1 : 2, to(4, units[layer]!) * stride, -most, most);
    if (weight !== undefined) return `layer ${layer} with weight ${weight}`;
    const bias = outside(4, lanes, -BIAS_LIMIT, BIAS_LIMIT);
    if (bias !== undefined) return `layer ${layer} with bias ${bias}`;
    const gate = outside(2, lanes * capacity, -32767, 32767);
    if (gate !== undefined) return `layer ${layer} with gate ${gate}`;
    if (!selfRate) continue;
    const pull = outside(2, lanes, -32767, 32767);
    if (pull !== undefined) return `layer ${layer} with mean pull ${pull}`;
    const mean = outside(2, stride, -32767, 32767);
    if (mean !== undefined) return `layer ${layer} with mean input ${mean}`;
    const log = outside(4, 1, -LOG_RATE_LIMIT, LOG_RATE_LIMIT);
    if (log !== undefined) return `layer ${layer} with log rate ${log}`;
  }
  return undefined;
}
