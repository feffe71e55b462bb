import type { ResolvedDetectorConfig } from './config.js';

/**
 * What holds of every state that a detector can have reached, as ../invariants.ts says it of learners: a snapshot whose checksum fits may still have
 * been made by a broken writer or an enemy. Mirrors assembly/detector/layout.ts; weights and gates may be anything.
 */

const HEADER_BYTES = 32;
const MOMENTS_BYTES = 24;
const STREAM_BYTES = 72;
const CONTEXT = 12;
const TARGETS = 2;
const BINS = 13;
/** Where a running mean's count stops. */
const SETTLED = 4096;
/** +-30 deviations: Q8, and smoothed in Q16. */
const CLIP = 7680;
const CLIP_Q16 = CLIP * 256;
/** Scores end at 16, and surprise adds 3/64 of its 36 octaves; an alarm then raises the threshold by 1/16. Q24. */
const THRESHOLD_LIMIT = 18 * 2 ** 24;
/** A quantile falls below the least level by a 99th of its greatest step at most, and never above the greatest level: of a 32-bit number. Q20. */
const QUANTILE_LOW = -((3 << 18) / 99);
const QUANTILE_HIGH = 32 * 2 ** 20;
/** A bin is 32 octaves behind the best at most, and the sum over 13 bins less than 4 above it; logarithms round by a few 1/1024. Q16. */
const SURPRISE_LOW = -4 * 64;
const SURPRISE_HIGH = 36 * 65536;

const to16 = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * The first field outside of its range, in words; undefined where all is well.
 * @param state the state bytes of `config`, of the length that its plan has
 */
export function detectorFault(config: ResolvedDetectorConfig, state: Uint8Array): string | undefined {
  const { mode, channels, units, bits, warmup, hold, threshold, alarmEvery } = config;
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const streaming = mode === 'streaming';
  const outside = (name: string, value: number, low: number, high: number): string | undefined => (value < low || value > high ? `${name} ${value}, expected ${low} to ${high}` : undefined);
  const i32 = (at: number): number => view.getInt32(at, true);

  const seen = Number(view.getBigUint64(0, true));
  const usual = Math.round(threshold * 2 ** 24);
  const learned = view.getUint32(24, true);
  if (view.getUint32(12, true) === 0) return 'random state 0';
  const header =
    outside('alarms', view.getUint32(8, true), 0, seen) ??
    outside('threshold', i32(16), usual, alarmEvery === 0 ? usual : Math.max(usual, THRESHOLD_LIMIT)) ??
    outside('hold', i32(20), 0, hold) ??
    outside('learned samples', learned, 0, streaming ? 0 : Math.min(warmup, seen)) ??
    outside('quantile', i32(28), streaming ? 0 : QUANTILE_LOW, streaming ? 0 : QUANTILE_HIGH);
  if (header !== undefined) return header;

  /** @param smoothed the least and the greatest of what is smoothed here */
  const moments = (at: number, smoothed: readonly [number, number], raw: boolean): string | undefined => {
    const variance = i32(at + 8);
    const mean = view.getBigInt64(at, true);
    if (mean < -(2n ** 36n) || mean > 2n ** 36n) return `mean ${mean}`;
    if (view.getUint16(at + 18, true) !== 0) return 'a reserved field that is not 0';
    return (
      (variance === 0 ? undefined : outside('variance', variance, 2 ** 26, 2 ** 28 - 1)) ??
      outside('inverse deviation', view.getUint16(at + 12, true), variance === 0 ? 0 : 16384, variance === 0 ? 0 : 32768) ??
      outside('count', view.getUint16(at + 14, true), 0, SETTLED) ??
      outside('shift', view.getInt8(at + 16), -8, 40) ??
      outside('unit', view.getInt8(at + 17), raw ? -126 : 0, raw ? 105 : 0) ??
      outside('smoothed value', i32(at + 20), ...smoothed)
    );
  };

  let at = HEADER_BYTES;
  if (streaming) {
    for (let channel = 0; channel < channels; channel++) {
      const stream = at + channel * STREAM_BYTES;
      const count = view.getUint32(stream + 28, true);
      const lags = [0, 1, 2, 3, 4, 5, 6, 7].map((lag) => view.getInt16(stream + 56 + 2 * lag, true));
      const fault =
        moments(stream, [0, CLIP_Q16], true) ??
        outside('quantile', i32(stream + 24), QUANTILE_LOW, QUANTILE_HIGH) ??
        outside('values', count, 0, seen) ??
        (view.getUint16(stream + 14, true) === Math.min(count, SETTLED) ? undefined : `${count} values, but a count of ${view.getUint16(stream + 14, true)}`) ??
        outside('surprise', i32(stream + 32), SURPRISE_LOW, SURPRISE_HIGH) ??
        outside('mean size', i32(stream + 36), 0, CLIP_Q16) ??
        outside('mean change', i32(stream + 40), 0, 2 * CLIP_Q16) ??
        [44, 48, 52].map((mean) => outside('mean of the last values', i32(stream + mean), -CLIP_Q16, CLIP_Q16)).find(Boolean) ??
        lags.map((lag) => outside('last value', lag, -CLIP, CLIP)).find(Boolean);
      if (fault !== undefined) return `channel ${channel} with ${fault}`;
    }
    at += channels * STREAM_BYTES;
  } else {
    for (const raw of [true, false]) {
      for (let channel = 0; channel < channels; channel++) {
        const own = at + channel * MOMENTS_BYTES;
        const fault = moments(own, raw ? [-CLIP_Q16, CLIP_Q16] : [0, 0], raw) ?? outside('values', view.getUint16(own + 14, true), 0, learned);
        if (fault !== undefined) return `channel ${channel} with ${fault}`;
      }
      const end = at + channels * MOMENTS_BYTES;
      at = to16(end);
      if (!isZero(state, end, at)) return 'channels behind the last';
    }
  }
  const end = at;
  at = to16(end);
  if (!isZero(state, end, at)) return 'channels behind the last';

  const weights = (units * (streaming ? CONTEXT : channels + 1) * bits) / 8;
  for (let net = 0; net < (streaming ? TARGETS * channels : 1); net++) {
    for (const bytes of streaming ? [weights, BINS * units * 2] : [weights]) {
      if (!isZero(state, at + bytes, at + to16(bytes))) return `net ${net} with values behind the last`;
      at += to16(bytes);
    }
  }
  return undefined;
}

function isZero(state: Uint8Array, from: number, to: number): boolean {
  return state.subarray(from, to).every((byte) => byte === 0);
}
