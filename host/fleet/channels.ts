import { CHANNEL_BYTES } from '../channel.js';

/**
 * Running means and deviations of many devices as those of all their samples: mean = sum n_k m_k / N, variance = sum n_k (v_k + m_k^2) / N - mean^2
 * (law of total variance). A device that hears one speed of a fan has a small deviation around its own mean; the pooled one spans the speeds, and weights
 * learned behind the same standardisation can be averaged.
 *
 * Exact, so that no order of arrival can show: every mean is a multiple of 2^-126 and every variance one of 2^-282 (FORMAT.md, channels), and both are
 * summed as integers.
 */
export class PooledChannels {
  readonly #count: number;
  readonly #examples: bigint[];
  readonly #means: bigint[];
  readonly #squares: bigint[];
  readonly #exponents: number[];
  readonly #seen: number[];

  constructor(count: number) {
    this.#count = count;
    this.#examples = Array.from({ length: count }, () => 0n);
    this.#means = this.#examples.slice();
    this.#squares = this.#examples.slice();
    this.#exponents = Array.from({ length: count }, () => -126);
    this.#seen = Array.from({ length: count }, () => 0);
  }

  /** The channels at the head of packed parameters, weighted by `examples`. A channel that has seen nothing does not count. */
  add(packed: Uint8Array, examples: number): void {
    const view = new DataView(packed.buffer, packed.byteOffset);
    for (let c = 0; c < this.#count; c++) {
      const { seen, exponent, mean, variance } = readChannel(view, c);
      if (seen === 0) continue;
      const weight = BigInt(examples);
      this.#examples[c]! += weight;
      this.#means[c]! += weight * mean;
      this.#squares[c]! += weight * (variance + ((mean * mean) << 30n));
      this.#exponents[c] = Math.max(this.#exponents[c]!, exponent);
      this.#seen[c] = Math.max(this.#seen[c]!, seen);
    }
  }

  /** Writes the pooled channels over those of `packed`; a channel that nobody has seen stays as it is. In the coarsest unit of those added, every mean fits. */
  write(packed: Uint8Array): void {
    const view = new DataView(packed.buffer, packed.byteOffset);
    for (let c = 0; c < this.#count; c++) {
      const examples = this.#examples[c]!;
      if (examples === 0n) continue;
      // in units of 2^-282 / N^2, so that nothing is rounded before the end
      const variance = examples * this.#squares[c]! - ((this.#means[c]! * this.#means[c]!) << 30n);
      writeChannel(view, c, { seen: this.#seen[c]!, exponent: this.#exponents[c]!, mean: [this.#means[c]!, examples], variance: [variance, examples * examples] });
    }
  }
}

/** One channel of packed parameters: its mean in units of 2^-126, its variance in units of 2^-282, whole numbers both. */
export function readChannel(view: DataView, channel: number): { seen: number; exponent: number; mean: bigint; variance: bigint } {
  const at = channel * CHANNEL_BYTES;
  const exponent = view.getInt8(at + 13);
  return {
    seen: view.getUint16(at + 10, true),
    exponent,
    mean: BigInt(view.getInt32(at, true)) << BigInt(exponent + 126),
    variance: BigInt(view.getUint32(at + 4, true)) << BigInt(2 * (exponent + view.getInt8(at + 12) - 4) + 282),
  };
}

/** @param value mean and variance as fractions of the units of `readChannel`; the mean must fit 32 bits in units of 2^exponent */
export function writeChannel(view: DataView, channel: number, { seen, exponent, mean, variance }: { seen: number; exponent: number; mean: Fraction; variance: Fraction }): void {
  const at = channel * CHANNEL_BYTES;
  const { mantissa, shift } = normalised(...variance, exponent);
  view.setInt32(at, Number(rounded(mean[0], mean[1] << BigInt(exponent + 126))), true);
  view.setUint32(at + 4, mantissa, true);
  view.setUint16(at + 8, mantissa === 0 ? 0 : Math.floor(2 ** 30 / Math.floor(Math.sqrt(mantissa))), true);
  view.setUint16(at + 10, seen, true);
  view.setInt8(at + 12, shift);
  view.setInt8(at + 13, exponent);
  view.setUint16(at + 14, 0, true);
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
