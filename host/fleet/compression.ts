import { UNLIMITED } from '../arena/parts.js';
import { exp2, log2 } from './logarithm.js';

/**
 * How a channel compresses itself (docs/arithmetic.md), pooled over devices. Each device is taken as one value, its centre, that counts by its examples:
 *
 *   centre = the median of the centres
 *   spread = the lower third of max(|c_k - centre|, spread_k)
 *   tail   = the mean of max(|c_k - centre|, spread_k tail_k) / spread
 *
 * A smart plug whose devices see 0.2, 12 and 900 W, one each, is pooled to a channel that is logarithmic from 12 W on. (Means of centres would give a linear one in which
 * 0.2 and 12 W are 0.03 deviations apart.) A device that rests on the centre and has never varied says nothing of spread and tail, like a value that
 * repeats the atom.
 */
export interface Compression {
  /** In units. */
  readonly centre: number;
  /** Q16. */
  readonly tail: number;
  readonly reach: number;
  /** log2 of units, Q10. */
  readonly spread: number;
  readonly moved: number;
  readonly atom: number;
}

/** log2 of R and of 128, Q10, as in assembly/compression.ts; the widest channel there; the greatest tail. */
const LINEAR = 5450;
const FLOOR = 7 << 10;
const WIDEST = 30 << 10;
const ONE = 65536;
const MOST = 2 ** 26;
/** Largest centre that `channelsFault` lets pass; 32 bits. */
const FARTHEST = 2 ** 27 - 1;
const LIMIT = 2 ** 31 - 1;

/** The part of a device that is pooled, in the unit of the result, and how much it counts. */
export interface Weighted {
  readonly weight: bigint;
  readonly compression: Compression;
}

/**
 * @param mean of whole numbers, one for each of the devices given; down to a whole number
 * @param moved of the result, where any channel has moved
 */
export function poolCompression(all: readonly Weighted[], mean: (values: readonly bigint[], of: readonly Weighted[]) => bigint, moved: number): Compression {
  const { centre, atom } = lowest(2n, all, (a, b) => a.compression.centre - b.compression.centre || a.compression.atom - b.compression.atom).compression;
  const apart = ({ compression }: Weighted): number => Math.abs(compression.centre - centre);
  const telling = all.filter((each) => each.compression.moved > 0 || apart(each) > 0);
  if (telling.length === 0) return { centre, atom, tail: ONE, reach: UNLIMITED, spread: 0, moved: 0 };
  // log2 in Q10
  const typical = (each: Weighted): number => Math.max(each.compression.spread, Math.min(WIDEST, log2(Math.max(1, apart(each)))));
  const spread = typical(lowest(3n, telling, (a, b) => typical(a) - typical(b)));
  const unit = BigInt(exp2(spread));
  const tails = telling.map((each) => {
    const { spread: own, tail } = each.compression;
    const within = each.compression.moved > 0 ? BigInt(exp2(own)) * BigInt(Math.max(1, tail)) : 0n;
    const between = BigInt(apart(each)) << 16n;
    return (within > between ? within : between) / unit;
  });
  const tail = Math.max(1, Math.min(MOST, Number(mean(tails, telling))));
  return { centre, atom, tail, reach: reachOf(spread, tail), spread, moved: Math.max(1, moved) };
}

function reachOf(spread: number, tail: number): number {
  const octaves = log2(tail) - (16 << 10);
  return exp2(Math.min(WIDEST, spread + Math.max(2 * Math.max(0, LINEAR - octaves), octaves - FLOOR)));
}

/** The first that one in `of` is not above, by weight. Equals are alike in all that counts, so that the order of arrival cannot show. */
function lowest<T extends { weight: bigint }>(of: bigint, all: readonly T[], compare: (a: T, b: T) => number): T {
  const sorted = [...all].sort(compare);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0n);
  let below = 0n;
  return sorted.find(({ weight }) => of * (below += weight) >= total)!;
}

/** A compression whose unit becomes 2^by times as large. */
export function inUnit(compression: Compression, by: number): Compression {
  const { centre, reach, spread } = compression;
  return {
    ...compression,
    centre: limited(Math.floor(centre / 2 ** by), FARTHEST),
    reach: compression.moved === 0 ? UNLIMITED : limited(Math.max(1, Math.floor(reach / 2 ** by)), 2 ** 30),
    spread: compression.moved === 0 ? 0 : Math.max(0, Math.min(WIDEST, spread - by * 1024)),
  };
}

/** A value that one channel has compressed, as another compresses it. */
export function carried(value: number, from: Compression, to: Compression): number {
  return compressed(expanded(value, from), to);
}

/** True if two channels compress a value in the same way. */
export function agree(value: number, a: Compression, b: Compression): boolean {
  return (a.centre === b.centre && a.reach === b.reach) || [a, b].every(({ centre, reach }) => Math.abs(value - centre) <= reach);
}

function compressed(value: number, { centre, reach }: Compression): number {
  const size = Math.min(Math.abs(value - centre), LIMIT);
  if (size <= reach) return value;
  const nats = Math.max(0, Math.floor(((log2(size) - log2(reach)) * 45426) / 65536)); // Q10; ln 2 in Q16
  return limited(centre + Math.sign(value - centre) * Math.min(size, reach + Math.floor((reach * nats) / 1024)), LIMIT);
}

function expanded(value: number, { centre, reach }: Compression): number {
  const size = Math.abs(value - centre);
  if (size <= reach) return value;
  const nats = Math.floor((size * 1024) / reach) - 1024;
  const octaves = Math.min(WIDEST, log2(reach) + Math.round((Math.min(nats, WIDEST) * 1477) / 1024)); // log2 e in Q10
  return limited(centre + Math.sign(value - centre) * Math.max(size, exp2(octaves)), LIMIT);
}

function limited(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
