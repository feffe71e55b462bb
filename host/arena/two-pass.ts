import type { ResolvedTwoPassConfig } from '../two-pass/config.js';
import { BIAS, COUNTERS, channels, columns, scratch, vector, weights } from './parts.js';
import { place, record, to8, type Arena, type Region } from './regions.js';

/** The arena starts here. A test compares with the core. */
const TABLES = 448;
const LAYER_BYTES = 64;
const PATCHED_LAYER_BYTES = 148;
const HEADER = record(`${COUNTERS}
  rate i32 0 524288
  readout rate i32 0 524288
  reserved u32 0 0
  readouts u64
  reserved u64 0 0`);
/** Activities are at most 32.0, Q12. */
const MEAN = 'mean activity i32 0 131056';

/** A two-pass network's arena: assembly/two-pass/layout.ts. */
export function twoPassArena(config: ResolvedTwoPassConfig): Arena {
  const { inputs, layers, labelInput, bits, peers, group, readout, readoutFrom } = config;
  const labels = config.labels.length;
  const partsOf = (l: number): number[] => [layers[l]!.window, ...(l === 0 && labelInput ? [labels] : [])];
  const strideOf = (l: number): number => partsOf(l).reduce((sum, count) => sum + to8(count), 0);
  const read = readout ? layers.slice(readoutFrom).map(({ units }) => units) : [];
  const features = read.reduce((sum, units) => sum + to8(units), 0);
  const local = layers.map((_, l) => l).filter((l) => layers[l]!.field !== 0);
  const widestInput = Math.max(...layers.map(({ field }, l) => (field === 0 ? strideOf(l) : to8(l === 0 ? inputs : layers[l - 1]!.units))));
  const widestLanes = to8(Math.max(...layers.map(({ units }) => units)));
  const widestWindow = Math.max(0, ...local.map(strideOf));
  const widest = Math.max(widestInput, widestWindow, features);
  const groups = Math.max(1, ...layers.map(({ units }) => (group > 0 ? units / group : 1)));
  const regions: Region[] = [
    { kind: 'header', columns: columns(HEADER) },
    ...channels(config),
    ...layers.flatMap(({ channels: count, patches, units }, l): Region[] => [
      weights('weights', `layer ${l}`, bits, count, partsOf(l), { times: patches }),
      vector('biases', `layer ${l}`, BIAS, count, { times: patches }),
      ...(peers > 0 ? [vector('means', `layer ${l}`, MEAN, units)] : []),
    ]),
    ...(features === 0 ? [] : [weights('readout', 'the readout', 16, labels, read), vector('readout', 'the readout', BIAS, labels)]),
    scratch(
      layers.length * PATCHED_LAYER_BYTES, features === 0 ? 0 : LAYER_BYTES, inputs * 4, inputs * 4, to8(inputs) * 2, widest * 4, widest / 4, widestInput * 2, widestInput * 2,
      widestLanes * 2, widestLanes * 2, widestLanes * 2, labelInput ? to8(layers[0]!.units) * 2 : 0, widestWindow * 2, to8(Math.max(0, ...local.map((l) => layers[l]!.channels))) * 2,
      features * 2, to8(labels) * 2, to8(labels) * 2, labels * 4, layers.length * 8, groups * 4, groups * 4,
    ),
  ];
  return { tables: TABLES, regions: place(regions) };
}
