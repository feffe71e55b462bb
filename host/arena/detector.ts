import type { ResolvedDetectorConfig } from '../detector/config.js';
import { GATE, columns, scratch } from './parts.js';
import { place, record, type Arena, type Region } from './regions.js';

/** Where the arena starts. A test compares with the core. */
const TABLES = 208;
/** Inputs, targets and bins of the surprise nets (assembly/detector/layout.ts). */
const CONTEXT = 12;
const TARGETS = 2;
const BINS = 13;
/** Bytes of the header, of a channel in streaming mode, and of its moments in the other. */
const HEADER_BYTES = 32;
const STREAM_BYTES = 72;
const MOMENTS_BYTES = 24;

/** What the records are made of: all that a plan needs is how long they are. host/detector/limits.ts has their fields. */
export interface DetectorRecords {
  readonly header: Partial<Region>;
  readonly stream: Partial<Region>;
  /** Of raw and of smoothed values. */
  readonly moments: readonly [Partial<Region>, Partial<Region>];
}

const bytes = (count: number): Partial<Region> => ({ columns: columns(record('byte u8'), count) });
const LENGTHS: DetectorRecords = { header: bytes(HEADER_BYTES), stream: bytes(STREAM_BYTES), moments: [bytes(MOMENTS_BYTES), bytes(MOMENTS_BYTES)] };

/** A detector's arena: assembly/detector/layout.ts. */
export function detectorArena({ mode, channels: count, units, bits }: ResolvedDetectorConfig, { header, stream, moments }: DetectorRecords = LENGTHS): Arena {
  const streaming = mode === 'streaming';
  const inputs = streaming ? CONTEXT : count + 1;
  const values = (kind: string, field: string, rows: number, across: number): Region => ({ kind, name: 'net', rows, columns: columns(record(field), across) });
  const channels = { kind: 'channels', name: 'channel #', rows: count, columns: [] };
  const weights = values('weights', `weight i${bits}`, units, inputs);
  const regions: Region[] = [
    { kind: 'header', columns: [], ...header },
    ...(streaming ? [stream] : moments).map((each) => ({ ...channels, ...each })),
    ...(streaming ? Array.from({ length: TARGETS * count }, () => [weights, values('gates', GATE, BINS, units)]).flat() : [weights]),
    scratch(count * 4, count * 4, inputs * 2, streaming ? 0 : inputs * 2, units * 4, units * 8, ...(streaming ? [BINS * 4, BINS * 4] : [])),
  ];
  return { tables: TABLES, regions: place(regions) };
}
