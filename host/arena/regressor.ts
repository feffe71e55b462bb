import type { ResolvedRegressorConfig } from '../regressor/config.js';
import { BIAS, CHANNEL, COUNTERS, GATE, NO_GATE, channelFault, channels, columns, factor, scratch, vector, weights } from './parts.js';
import { place, record, to8, type Arena, type Region } from './regions.js';

/** The arena starts here. A test compares with the core. */
const TABLES = 256;
const LAYER_BYTES = 64;
/** Inputs up to which a first layer has 16 bits. */
const FEW_INPUTS = 8;
const HEADER = `${COUNTERS}
  rate i32 1 65536
  start boost i32 0 65536
  bins u32
  reserved u64 0 0
  reserved u64 0 0`;
/** Sums over about 1,024 samples of products below 2^35. */
const BLEND = record(`
  agreement i64 -35184372088832 35184372088832
  difference i64 1 35184372088832`);
const INTERVAL = record(`
  distance below i32 256 33554432
  distance above i32 256 33554432
  far off i32 0 15
  learned i32 0 400`);
const SPAN = record(`
  lowest target i32 -134217727 134217727
  highest target i32 -134217727 134217727
  span exponent i32 -126 102
  span yes i32 0 1`);
const KNOWN = record(`
  known target i32 -134217727 134217727
  known prediction i32 -1207959551 1207959551
  known exponent i32 -126 102
  known yes i32 0 1`);
/** Within 16 deviations, Q20. */
const CENTRE = 'centre i32 -16776960 16776960';
const LINEAR = 'linear weight i32 -536870912 536870912';

/** A regressor's arena: assembly/layout.ts, then assembly/regressor/layout.ts. */
export function regressorArena(config: ResolvedRegressorConfig): Arena {
  const { lags, horizon, bins, units, bits } = config;
  const inputs = config.inputs + lags;
  const parts = units.map((_, l) => [l === 0 ? inputs : units[l - 1]!, ...(l > 0 ? [inputs] : [])]);
  const strideOf = (l: number): number => parts[l]!.reduce((sum, count) => sum + to8(count), 0);
  const widestStride = Math.max(...units.map((_, l) => strideOf(l)));
  const widestLanes = to8(Math.max(...units));
  const target = (name: string, rest: Omit<Region, 'kind' | 'name'>): Region => ({ kind: 'target', name, ...rest });
  const regions: Region[] = [
    { kind: 'header', columns: columns(record(HEADER, { bins: [bins, bins] })) },
    ...channels({ inputs, inputScale: null }),
    ...units.flatMap((count, l): Region[] => [
      weights('weights', `layer ${l}`, l === 0 && inputs <= FEW_INPUTS ? 16 : bits, count, parts[l]!),
      vector('gatesAndBiases', `layer ${l}`, BIAS, count),
      vector('gatesAndBiases', `layer ${l}`, GATE, count, { rows: bins, fill: NO_GATE }),
      vector('rate', `layer ${l}`, 'mean pull i16', count),
      { kind: 'rate', name: `layer ${l}`, columns: parts[l]!.flatMap((values) => columns(record('mean input i16'), values, to8(values))) },
      { kind: 'rate', name: `layer ${l}`, columns: columns(record('log rate i32 -235 235')) },
    ]),
    ...factor(inputs),
    target('the target', { columns: columns(CHANNEL), check: channelFault }),
    target('blend #', { rows: 3, columns: columns(BLEND) }),
    target('the interval', { columns: columns(INTERVAL) }),
    target('the span', { columns: columns(SPAN), check: (view, at) => (view.getInt32(at, true) > view.getInt32(at + 4, true) ? 'a lowest target above the highest' : undefined) }),
    target('the bins', { columns: columns(record(CENTRE), bins), check: (view, at) => orderFault(view, at, bins) }),
    target('the linear prediction', { columns: columns(record(LINEAR), inputs + 1) }),
    target('the past', { columns: columns(KNOWN, horizon) }),
    ...(lags > 0 ? [target('the past', { columns: columns(record('lag u32'), horizon - 1 + lags) })] : []),
    scratch(
      units.length * LAYER_BYTES, inputs * 4, 0, 0, to8(inputs) * 2, units.length > 1 ? Math.max(to8(inputs), widestStride) * 2 : 0, Math.max(to8(inputs), widestStride, widestLanes) * 4,
      widestLanes * 2, widestLanes * 2, Math.max(to8(inputs), widestStride) / 4, bins * 4, bins * 4, bins * 2, bins * 2, to8(inputs) * 2, to8(inputs) * 4,
    ),
  ];
  return { tables: TABLES, regions: place(regions) };
}

/** Shares of a target count on centres in their order. */
function orderFault(view: DataView, at: number, bins: number): string | undefined {
  for (let k = 1; k < bins; k++) if (view.getInt32(at + 4 * k, true) < view.getInt32(at + 4 * (k - 1), true)) return `centre ${k} below the one before`;
  return undefined;
}
