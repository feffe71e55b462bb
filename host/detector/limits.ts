import { detectorArena, historyOf } from '../arena/detector.js';
import { columns } from '../arena/parts.js';
import { record, type Arena, type Region } from '../arena/regions.js';
import type { ResolvedDetectorConfig } from './config.js';

/** A running mean's count stops here. */
const SETTLED = 4096;
/** Scores end at 16; an alarm then raises the threshold by 1/16. Q24. */
const THRESHOLD_LIMIT = 17 * 2 ** 24;
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
  ${QUANTILE}
  score i32 0 ${2 ** 20}
  score i32 0 ${2 ** 20}`;

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

/** Of an average, Q8; of what a view says, and of a value. */
const AVERAGE = 2 ** 37;
const VIEW = 2 ** 30;
const VALUE = 2 ** 28;
const VIEWS = 12;
const TAILS = 11;
const BLOCKS = [8, 16, 32, 64];
const signed = (name: string, kind: string, most: number): string => `\n  ${name} ${kind} ${-most} ${most}`;
const upTo = (name: string, kind: string, most: number): string => `\n  ${name} ${kind} 0 ${most}`;
const many = (count: number, field: string): string => field.repeat(count);
const TAIL = `${many(6, upTo('view', 'i32', VIEW))}
  threshold of a view i32 0 2147483647
  share u16
  share u16
  blocks u16
  reserved u16 0 0`;

/** @param history values that are remembered */
const streamOf = (history: number): string =>
  `${signed('mean', 'i64', AVERAGE)}${upTo('deviation', 'i64', AVERAGE)}${signed('drift', 'i64', AVERAGE)}${many(5, upTo('average', 'i64', AVERAGE))}${signed('trend', 'i64', AVERAGE)}${many(3, upTo('average', 'i64', AVERAGE))}
  values u32${signed('previous value', 'i32', VALUE)}${signed('change', 'i32', VALUE)}${upTo('score', 'i32', 2 ** 20)}
${many(6, '  extreme i32\n')}${upTo('width', 'i32', 2 * VALUE)}${upTo('reach', 'i32', 2 * VALUE)}${signed('base', 'i32', VALUE)}${many(7, signed('weight', 'i32', 2 ** 18))}${signed('centre', 'i32', 32767)}
  power u32${many(2, signed('correlation', 'i32', 4096))}${many(7, upTo('stay', 'i32', 2 ** 28))}
${many(5, '  count u16\n')}${upTo('place', 'u16', history - 1)}${upTo('remembered values', 'u16', history)}${many(4, upTo('period', 'u16', history / 2 + 1))}
${many(3, '  share u16\n')}${upTo('values of a block', 'u8', 64)}
  block u8 8 64${upTo('view', 'u8', VIEWS - 1)}
  unit i8 ${RAW}${upTo('shift', 'u8', 20)}${many(2, upTo('left', 'u8', 1))}
  reserved u8 0 0
  reserved u32 0 0
${many(TAILS, `${TAIL}\n`)}`;

/** Of one channel of streaming mode. */
function streamFault(view: DataView, at: number, history: number): string | undefined {
  const [values, power, head, filled, period, lag, inBlock, block] = [
    view.getUint32(at + 96, true), view.getUint32(at + 180, true), view.getUint16(at + 230, true), view.getUint16(at + 232, true), view.getUint16(at + 234, true),
    view.getUint16(at + 236, true), view.getUint8(at + 248), view.getUint8(at + 249),
  ];
  if (filled !== Math.min(values, history)) return `${filled} remembered values of ${values}`;
  if (head !== values % history && values < 2 ** 32 - 1) return `place ${head} after ${values} values`;
  for (let k = 0; k < 3; k++) {
    const [low, high] = [view.getInt32(at + 112 + 4 * k, true), view.getInt32(at + 124 + 4 * k, true)];
    const isNone = low === 2 ** 31 - 1 && high === -(2 ** 31);
    if (!isNone && (low > high || low < -VALUE || high > VALUE)) return `extremes ${low} and ${high}`;
  }
  if (!BLOCKS.includes(block)) return `block ${block}, expected ${BLOCKS.join(', ')}`;
  if (inBlock >= block) return `${inBlock} values in a block of ${block}`;
  // the search divides by the power, and reads as far back as the lag; so does the season at the period
  if (lag !== 0 && (power === 0 || lag > filled / 2 + 1)) return `lag ${lag} of ${filled} values`;
  return period > filled / 2 || period === 1 ? `period ${period} of ${filled} values` : undefined;
}

/** Of one channel's moments: what they count is at most what was learned. */
function momentsFault(view: DataView, at: number, values: number, most: number): string | undefined {
  const [variance, inverse, count] = [view.getInt32(at + 8, true), view.getUint16(at + 12, true), view.getUint16(at + 14, true)];
  if ((variance === 0) !== (inverse === 0)) return `inverse deviation ${inverse} of variance ${variance}`;
  if (values > most) return `values ${values}, expected 0 to ${most}`;
  return count === Math.min(values, SETTLED) ? undefined : `${values} values, but a count of ${count}`;
}

/** The arena with what each of its fields can be. */
export function limitedArena(config: ResolvedDetectorConfig): Arena {
  const { mode, channels, units, warmup, hold, threshold, alarmEvery } = config;
  const history = historyOf(channels);
  const streaming = mode === 'streaming';
  const usual = Math.round(threshold * 2 ** 24);
  const header = record(HEADER, {
    threshold: [usual, alarmEvery === 0 ? usual : Math.max(usual, THRESHOLD_LIMIT)], hold: [0, hold], 'learned samples': [0, streaming ? (units > 0 ? 2 ** 32 - 1 : 0) : warmup], ...(streaming ? { quantile: [0, units > 0 ? 65535 : 0] } : {}),
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
    stream: { columns: columns(record(streamOf(history))), check: (view, at) => streamFault(view, at, history) },
    moments: [moments(RAW, streaming ? '0 0' : `${-SMOOTHED} ${SMOOTHED}`), moments('0 0', '0 0')],
    tail: { columns: columns(record(TAIL)) },
  });
}
