import { detectorArena } from '../arena/detector.js';
import { columns } from '../arena/parts.js';
import { record, type Arena, type Region } from '../arena/regions.js';
import type { ResolvedDetectorConfig } from './config.js';

/** Where a running mean's count stops. */
const SETTLED = 4096;
/** Scores end at 16, and surprise adds 3/64 of its 36 octaves; an alarm then raises the threshold by 1/16. Q24. */
const THRESHOLD_LIMIT = 18 * 2 ** 24;
/** +-30 deviations, Q8, smoothed in Q16. */
const CLIP = 7680;
const SMOOTHED = CLIP * 256;
/** A quantile falls below the least level by a 99th of its greatest step at most, and never above the greatest level: of a 32-bit number. Q20. */
const QUANTILE = `quantile i32 ${-Math.floor((3 << 18) / 99)} ${32 * 2 ** 20}`;

const HEADER = `
  seen u64
  alarms u32
  random state u32 1 4294967295
  threshold i32
  hold i32
  learned samples u32
  ${QUANTILE}`;

/** @param unit limits of the exponent, @param smoothed of what is smoothed here */
const momentsOf = (unit: string, smoothed: string): string => `
  mean i64 ${-(2 ** 36)} ${2 ** 36}
  variance i32? ${2 ** 26} ${2 ** 28 - 1}
  inverse deviation u16? 16384 32768
  count u16 0 ${SETTLED}
  shift i8 -8 40
  unit i8 ${unit}
  reserved u16 0 0
  smoothed value i32 ${smoothed}`;
const RAW = '-126 105';

/** A bin is 32 octaves behind the best at most, and the sum over 13 bins less than 4 above it; logarithms round by a few 1/1024: surprise, Q16. */
const STREAM = record(`${momentsOf(RAW, `0 ${SMOOTHED}`)}
  ${QUANTILE}
  values u32
  surprise i32 -256 ${36 * 65536}
  mean size i32 0 ${SMOOTHED}
  mean change i32 0 ${2 * SMOOTHED}
${`  mean of the last values i32 ${-SMOOTHED} ${SMOOTHED}\n`.repeat(3)}${`  last value i16 ${-CLIP} ${CLIP}\n`.repeat(8)}`);

/** Of one channel's moments: what they count is at most what was learned. */
function momentsFault(view: DataView, at: number, values: number, most: number): string | undefined {
  const [variance, inverse, count] = [view.getInt32(at + 8, true), view.getUint16(at + 12, true), view.getUint16(at + 14, true)];
  if ((variance === 0) !== (inverse === 0)) return `inverse deviation ${inverse} of variance ${variance}`;
  if (values > most) return `values ${values}, expected 0 to ${most}`;
  return count === Math.min(values, SETTLED) ? undefined : `${values} values, but a count of ${count}`;
}

/** The arena with what each of its fields can be. */
export function limitedArena(config: ResolvedDetectorConfig): Arena {
  const { mode, warmup, hold, threshold, alarmEvery } = config;
  const streaming = mode === 'streaming';
  const usual = Math.round(threshold * 2 ** 24);
  const header = record(HEADER, {
    threshold: [usual, alarmEvery === 0 ? usual : Math.max(usual, THRESHOLD_LIMIT)], hold: [0, hold], 'learned samples': [0, streaming ? 0 : warmup], ...(streaming ? { quantile: [0, 0] } : {}),
  });
  const moments = (unit: string, smoothed: string): Partial<Region> => ({
    columns: columns(record(momentsOf(unit, smoothed))), check: (view, at) => momentsFault(view, at, view.getUint16(at + 14, true), view.getUint32(24, true)),
  });
  return detectorArena(config, {
    header: {
      columns: columns(header),
      check(view) {
        const [seen, alarms, learned] = [Number(view.getBigUint64(0, true)), view.getUint32(8, true), view.getUint32(24, true)];
        return alarms > seen ? `alarms ${alarms}, expected 0 to ${seen}` : learned > seen ? `learned samples ${learned}, expected 0 to ${seen}` : undefined;
      },
    },
    stream: { columns: columns(STREAM), check: (view, at) => momentsFault(view, at, view.getUint32(at + 28, true), Number(view.getBigUint64(0, true))) },
    moments: [moments(RAW, `${-SMOOTHED} ${SMOOTHED}`), moments('0 0', '0 0')],
  });
}
