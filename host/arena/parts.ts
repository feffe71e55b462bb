import { CHANNEL as CHANNEL_FIELDS, FACTOR } from './records.generated.js';
import { SCRATCH, record, sizeOf, to4, to8, to16, type Columns, type Field, type Region } from './regions.js';

/** Values or records side by side, all of which exist unless it is said how many there are. */
export const columns = (fields: readonly Field[], count = 1, of = count): readonly [Columns] => [{ fields, count, of }];

/** The first fields of a learner's and of a network's header. */
export const COUNTERS = `
  seen u64
  updates u64
  random state u32 1 4294967295`;

/** One channel of the running standardisation. */
export const CHANNEL = record(CHANNEL_FIELDS);
export const CHANNEL_BYTES = sizeOf(CHANNEL);
/** Values within so many units are never compressed: where a channel has not varied. */
export const UNLIMITED = 2 ** 31 - 1;

export function channelFault(view: DataView, at: number): string | undefined {
  const inverse = view.getUint16(at + 8, true);
  if (view.getUint32(at + 4, true) === 0 && inverse !== 0) return `inverse ${inverse}`;
  const reach = view.getUint32(at + 24, true);
  const pace = view.getUint16(at + 30, true);
  if (pace !== 0 && (pace & 2047) === 0) return `pace ${pace}`; // pulled by values that there were not
  if (pace === 0 ? reach !== UNLIMITED : reach < 1 || reach > 2 ** 30) return `reach ${reach}`;
  // until the third reading the second waits in the tail, and 16 bits that stand for it in the spread
  const spread = view.getInt16(at + 28, true);
  return view.getUint16(at + 10, true) !== 2 && (spread < 0 || spread > 30 * 1024) ? `spread ${spread}` : undefined;
}

/** The running standardisation; nothing with a fixed input scale. */
export function channels({ inputs, inputScale }: { readonly inputs: number; readonly inputScale: number | null }): Region[] {
  if (inputScale !== null) return [];
  return [{ kind: 'normaliser', name: 'channel #', rows: inputs, columns: columns(CHANNEL), sharedRows: inputs, check: channelFault }];
}

/** Rows of weights for `units`, padded to 4, over parts of inputs, each padded to 8. */
export function weights(kind: string, name: string, bits: number, units: number, inputs: readonly number[], rest: Partial<Region> = {}): Region {
  const fields = record(`weight i${bits}`);
  return { kind, name, rows: units, ofRows: to4(units), columns: inputs.map((count) => ({ fields, count, of: to8(count) })), ...rest };
}

/** Values side by side, padded to 8. */
export function vector(kind: string, name: string, field: string, count: number, rest: Partial<Region> = {}): Region {
  return { kind, name, columns: columns(record(field), count, to8(count)), ...rest };
}

/** The whitening factor of so many values: its head and its bands. */
export const factor = (values: number): Region[] => [
  { kind: 'factor', name: 'factor', columns: columns(record(FACTOR)) },
  { kind: 'factor', name: 'factor', columns: columns(record('value i16 -8191 8191'), (to8(values) * (to8(values) + 8)) / 2), check: (view, at) => triangleFault(view, at, values) },
];

/** Bands of eight rows, each as wide as its last one: what is above the diagonal, and in rows that do not exist, is 0. */
function triangleFault(view: DataView, at: number, values: number): string | undefined {
  for (let i = 0; i < to8(values); i++) {
    for (let j = 0; j < (Math.floor(i / 8) + 1) * 8; j++, at += 2) {
      const value = view.getInt16(at, true);
      if (i < values && j <= i ? i === j && value < 32 : value !== 0) return `value ${value} in row ${i}, column ${j}`;
    }
  }
  return undefined;
}

export const BIAS = 'bias i32 -1073741824 1073741824';
export const GATE = 'gate i16';
/** Of units that do not exist: nothing is ever active there. */
export const NO_GATE = -32767;

/** Scratch: vectors of so many bytes, each from a multiple of 16. */
export function scratch(...bytes: number[]): Region {
  return { kind: SCRATCH, columns: columns(record('byte u8'), bytes.reduce((all, each) => all + to16(each), 0)) };
}
