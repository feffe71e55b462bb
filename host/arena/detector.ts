import type { ResolvedDetectorConfig } from '../detector/config.js';
import { columns, scratch } from './parts.js';
import { place, record, type Arena, type Region } from './regions.js';

/** The arena starts here. A test compares with the core. */
const TABLES = 208;
/** Bytes of the header, of a channel in streaming mode with its tails, and of its moments in the other (assembly/detector/layout.ts). */
const HEADER_BYTES = 40;
const STREAM_BYTES = 656;
const MOMENTS_BYTES = 24;
const TAIL_BYTES = 36;
/** Inputs of a channel's prediction, and views of it. */
const INPUTS = 7;
const VIEWS = 12;

/** Values that a channel of streaming mode remembers: 1,024, less where there are several channels. */
export const historyOf = (channels: number): number => Math.min(Math.max(Math.floor(1136 / channels / 16) * 16, 128), 1024);

/** Lengths of the records, which is all that a plan needs. host/detector/limits.ts has their fields. */
export interface DetectorRecords {
  readonly header: Partial<Region>;
  readonly stream: Partial<Region>;
  /** Of raw and of smoothed values. */
  readonly moments: readonly [Partial<Region>, Partial<Region>];
  /** Of the view over all channels. */
  readonly tail: Partial<Region>;
}

const bytes = (count: number): Partial<Region> => ({ columns: columns(record('byte u8'), count) });
const LENGTHS: DetectorRecords = { header: bytes(HEADER_BYTES), stream: bytes(STREAM_BYTES), moments: [bytes(MOMENTS_BYTES), bytes(MOMENTS_BYTES)], tail: bytes(TAIL_BYTES) };

/** A detector's arena: assembly/detector/layout.ts. */
export function detectorArena({ mode, channels: count, units, bits }: ResolvedDetectorConfig, { header, stream, moments, tail }: DetectorRecords = LENGTHS): Arena {
  const streaming = mode === 'streaming';
  const hasNet = units > 0;
  const columnsOfNet = count + 1;
  const channels = { kind: 'channels', name: 'channel #', rows: count, columns: [] };
  const regions: Region[] = [
    { kind: 'header', columns: [], ...header },
    { ...channels, ...(streaming ? stream : moments[0]) },
    ...(hasNet ? [{ ...channels, ...moments[streaming ? 0 : 1] }] : []),
    ...(streaming && hasNet ? [{ kind: 'channels', name: 'all channels', columns: [], ...tail }] : []),
    ...(streaming ? [{ kind: 'history', name: 'channel #', rows: count, columns: columns(record('last value i16 -32767 32767'), historyOf(count)) }] : []),
    ...(hasNet ? [{ kind: 'weights', name: 'net', rows: units, columns: columns(record(`weight i${bits}`), columnsOfNet) }] : []),
    scratch(
      count * 4, Math.max(streaming ? INPUTS : 0, columnsOfNet) * 2, hasNet ? columnsOfNet * 2 : 0, units * 4, units * 4, ...(streaming ? [VIEWS * 4, VIEWS * 4] : []), count * 4, count * 4,
    ),
  ];
  return { tables: TABLES, regions: place(regions) };
}
