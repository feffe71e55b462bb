import type { ResolvedRecurrentConfig } from '../recurrent/config.js';
import { BIAS, COUNTERS, GATE, NO_GATE, channels, columns, scratch, vector, weights } from './parts.js';
import { place, record, to8, type Arena, type Region } from './regions.js';

/** The arena starts here. A test compares with the core. */
const TABLES = 256;
const LAYER_BYTES = 64;
const LOOP_BYTES = 72;
const FLOW_BYTES = 16;
/** Its start boost does not fade. */
const HEADER = `${COUNTERS}
  rate i32 0 131072
  start boost i32 65536 65536
  labels in use u32
  reserved u64 0 0
  reserved u64 0 0`;
const FLOW = record(`
  samples u64
  reserved u64 0 0`);
/** Activities are below 32.0, Q8. */
const STATE = 'state i16 0 8191';

/** A recurrent network's arena: assembly/layout.ts, then assembly/recurrent/layout.ts. */
export function recurrentArena(config: ResolvedRecurrentConfig): Arena {
  const { inputs, units, bits, carry } = config;
  const labels = config.labels.length;
  const allLanes = units.reduce((sum, count) => sum + to8(count), 0);
  const widestLanes = to8(Math.max(...units));
  const widestStride = to8(Math.max(inputs, ...units.slice(0, -1)));
  const regions: Region[] = [
    { kind: 'header', columns: columns(record(HEADER, { 'labels in use': [labels, labels] })) },
    ...channels(config),
    ...units.flatMap((count, l): Region[] => [
      weights('weights', `layer ${l}`, bits, count, [l === 0 ? inputs : units[l - 1]!]),
      vector('gatesAndBiases', `layer ${l}`, BIAS, count),
      vector('gatesAndBiases', `layer ${l}`, GATE, count, { rows: labels, fill: NO_GATE }),
    ]),
    ...units.slice(0, -1).flatMap((count, l): Region[] => [
      weights('weights', `layer ${l}, from above,`, bits, count, [units[l + 1]!]),
      vector('gatesAndBiases', `layer ${l}, from above,`, BIAS, count),
    ]),
    ...(carry ? [{ kind: 'states', name: 'the flow', columns: columns(FLOW) }, ...units.map((count, l) => vector('states', `layer ${l}`, STATE, count))] : []),
    scratch(
      units.length * LAYER_BYTES, inputs * 4, to8(inputs) * 2, widestStride * 2, Math.max(widestStride, widestLanes) * 4, widestLanes * 2, widestLanes * 2, widestStride / 4,
      labels * 4, labels * 4, labels * 2, labels * 2, carry ? 0 : FLOW_BYTES + allLanes * 2, units.length * LOOP_BYTES, allLanes * 2, to8(units[0]!) * 2, to8(units[0]!) * 2, widestLanes * 2,
      Math.max(widestLanes, to8(inputs)) / 4,
    ),
  ];
  return { tables: TABLES, regions: place(regions) };
}
