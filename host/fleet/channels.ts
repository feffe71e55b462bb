import { CHANNEL_BYTES } from '../arena/parts.js';
import { owned } from '../bytes.js';
import { agree, carried, inUnit, poolCompression, type Compression, type Weighted } from './compression.js';

/**
 * Running means and deviations of many devices as those of all their samples: mean = sum n_k m_k / N, variance = sum n_k (v_k + m_k^2) / N - mean^2
 * (law of total variance). A device that hears one speed of a fan has a small deviation around its own mean; the pooled one spans the speeds, and weights
 * learned behind the same standardisation can be averaged.
 *
 * Channels compress themselves, each device's its own way. The compression is pooled first (compression.ts), then means and deviations are carried over to it; where neither
 * touches them, they are taken as they are.
 *
 * Exact, so that no order of arrival can show: every mean is a multiple of 2^-126 and every variance one of 2^-282 (FORMAT.md, channels), and both are
 * summed as integers. A median needs all that it is taken of: 32 bytes an input and device are kept until the round ends.
 */
export class PooledChannels {
  readonly #count: number;
  readonly #added: { view: DataView; examples: bigint }[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** The channels at the head of packed parameters, weighted by `examples`. A channel that has seen nothing does not count. */
  add(packed: Uint8Array, examples: number): void {
    const copy = owned(packed.subarray(0, this.#count * CHANNEL_BYTES));
    this.#added.push({ view: new DataView(copy.buffer), examples: BigInt(examples) });
  }

  /** Writes the pooled channels over those of `packed`; a channel that nobody has seen stays as it is. In the coarsest unit of those added, every mean fits. */
  write(packed: Uint8Array): void {
    const view = new DataView(packed.buffer, packed.byteOffset);
    for (let c = 0; c < this.#count; c++) {
      const all = this.#added.map(({ view, examples }) => ({ ...readChannel(view, c), weight: examples })).filter(({ seen }) => seen > 0);
      if (all.length === 0) continue;
      const total = all.reduce((sum, { weight }) => sum + weight, 0n);
      const exponent = Math.max(...all.map((each) => each.exponent));
      const average = (values: readonly bigint[], of: readonly Weighted[]): bigint =>
        values.reduce((sum, value, k) => sum + of[k]!.weight * value, 0n) / of.reduce((sum, { weight }) => sum + weight, 0n);
      const { compression, moments } = poolChannels(all, exponent, average, Math.max(...all.map((each) => each.compression.moved)));
      const means = moments.reduce((sum, { mean }, k) => sum + all[k]!.weight * mean, 0n);
      const squares = moments.reduce((sum, { mean, variance }, k) => sum + all[k]!.weight * (variance + ((mean * mean) << 30n)), 0n);
      // in units of 2^-282 / N^2, so that nothing is rounded before the end
      const variance = total * squares - ((means * means) << 30n);
      writeChannel(view, c, { seen: Math.max(...all.map((each) => each.seen)), exponent, mean: [means, total], variance: [variance, total * total], compression });
    }
  }
}

/** Mean and variance of compressed values: in units of 2^-126 and of 2^-282, whole numbers both. */
interface Moments {
  readonly mean: bigint;
  readonly variance: bigint;
}

/** One channel of packed parameters. Its compression is in units of 2^exponent. */
export interface PackedChannel extends Moments {
  readonly seen: number;
  readonly exponent: number;
  readonly compression: Compression;
}

/** The pooled compression of channels, in units of 2^exponent, and the moments of each of them under it. */
export function poolChannels(
  all: readonly (PackedChannel & { weight: bigint })[],
  exponent: number,
  mean: (values: readonly bigint[], of: readonly Weighted[]) => bigint,
  moved: number,
): { compression: Compression; moments: Moments[] } {
  const own = all.map((each) => ({ weight: each.weight, compression: inUnit(each.compression, exponent - each.exponent) }));
  const compression = poolCompression(own, mean, moved);
  return { compression, moments: all.map((each, k) => carriedMoments(each, exponent, own[k]!.compression, compression)) };
}

/** A mean and a deviation either side of it, as another compression has them. */
function carriedMoments({ mean, variance }: Moments, exponent: number, from: Compression, to: Compression): Moments {
  const unit = BigInt(exponent + 126);
  const middle = inUnits(mean, unit);
  const square = variance >> BigInt(2 * exponent + 282);
  const deviation = Math.floor(Math.sqrt(Number(square < 1n << 62n ? square : 1n << 62n)));
  const [low, high] = [middle - deviation, middle + deviation];
  if (agree(low, from, to) && agree(high, from, to)) return { mean, variance };
  const width = BigInt(carried(high, from, to) - carried(low, from, to));
  return { mean: BigInt(carried(middle, from, to)) << unit, variance: (width * width) << BigInt(2 * exponent + 280) };
}

function inUnits(value: bigint, unit: bigint): number {
  return Math.max(1 - 2 ** 31, Math.min(2 ** 31 - 1, Number(value >> unit)));
}

export function readChannel(view: DataView, channel: number): PackedChannel {
  const at = channel * CHANNEL_BYTES;
  const exponent = view.getInt8(at + 13);
  return {
    seen: view.getUint16(at + 10, true),
    exponent,
    mean: BigInt(view.getInt32(at, true)) << BigInt(exponent + 126),
    variance: BigInt(view.getUint32(at + 4, true)) << BigInt(2 * (exponent + view.getInt8(at + 12) - 4) + 282),
    compression: {
      atom: view.getUint16(at + 14, true),
      centre: view.getInt32(at + 16, true),
      tail: view.getInt32(at + 20, true),
      reach: view.getUint32(at + 24, true),
      spread: view.getInt16(at + 28, true),
      moved: view.getUint16(at + 30, true) & 2047,
    },
  };
}

interface NewChannel {
  readonly seen: number;
  readonly exponent: number;
  /** As fractions of the units of `Moments`. */
  readonly mean: Fraction;
  readonly variance: Fraction;
  readonly compression: Compression;
}

/** A channel of fewer values would take its tail for the second of its first three readings. */
const FEWEST_SEEN = 3;

/** @param value the mean must fit 32 bits in units of 2^exponent */
export function writeChannel(view: DataView, channel: number, { seen, exponent, mean, variance, compression }: NewChannel): void {
  const at = channel * CHANNEL_BYTES;
  const { mantissa, shift } = normalised(...variance, exponent);
  view.setInt32(at, Number(rounded(mean[0], mean[1] << BigInt(exponent + 126))), true);
  view.setUint32(at + 4, mantissa, true);
  view.setUint16(at + 8, mantissa === 0 ? 0 : Math.floor(2 ** 30 / Math.floor(Math.sqrt(mantissa))), true);
  view.setUint16(at + 10, Math.max(FEWEST_SEEN, seen), true);
  view.setInt8(at + 12, shift);
  view.setInt8(at + 13, exponent);
  view.setUint16(at + 14, compression.atom, true);
  view.setInt32(at + 16, compression.centre, true);
  view.setInt32(at + 20, compression.tail, true);
  view.setUint32(at + 24, compression.reach, true);
  view.setInt16(at + 28, compression.spread, true);
  view.setUint16(at + 30, compression.moved, true);
}

type Fraction = readonly [numerator: bigint, divisor: bigint];

/** Finest shift of a channel: what varies less than it can say has no deviation. */
const SMALLEST_SHIFT = -11;
const LARGEST_SHIFT = 31;

/** numerator / divisor x 2^-282 as mantissa x 4^(exponent + shift - 4), the mantissa within [2^29, 2^31). */
function normalised(numerator: bigint, divisor: bigint, exponent: number): { mantissa: number; shift: number } {
  for (let shift = SMALLEST_SHIFT; numerator > 0n; shift++) {
    const mantissa = numerator / (divisor << BigInt(2 * (exponent + shift - 4) + 282));
    // no channel has a larger shift: what a device made up may lie just beyond
    if (mantissa >= 2n ** 31n && shift === LARGEST_SHIFT) return { mantissa: 2 ** 31 - 1, shift };
    if (mantissa >= 2n ** 31n) continue;
    return mantissa < 2n ** 29n ? { mantissa: 0, shift: SMALLEST_SHIFT } : { mantissa: Number(mantissa), shift };
  }
  return { mantissa: 0, shift: SMALLEST_SHIFT };
}

/** floor(numerator / divisor + 1/2). */
export function rounded(numerator: bigint, divisor: bigint): bigint {
  const twice = 2n * numerator + divisor;
  const quotient = twice / (2n * divisor);
  return twice < 0n && quotient * 2n * divisor !== twice ? quotient - 1n : quotient;
}
