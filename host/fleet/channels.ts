import { CHANNEL_BYTES } from '../parameters.js';

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
      const at = c * CHANNEL_BYTES;
      const seen = view.getUint16(at + 10, true);
      if (seen === 0) continue;
      const exponent = view.getInt8(at + 13);
      const mean = BigInt(view.getInt32(at, true)) << BigInt(exponent + 126);
      const variance = BigInt(view.getUint32(at + 4, true)) << BigInt(2 * (exponent + view.getInt8(at + 12) - 4) + 282);
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
      const at = c * CHANNEL_BYTES;
      const exponent = this.#exponents[c]!;
      // in units of 2^-282 / N^2, so that nothing is rounded before the end
      const variance = examples * this.#squares[c]! - ((this.#means[c]! * this.#means[c]!) << 30n);
      const { mantissa, shift } = normalised(variance, examples * examples, exponent);
      view.setInt32(at, Number(rounded(this.#means[c]!, examples << BigInt(exponent + 126))), true);
      view.setUint32(at + 4, mantissa, true);
      view.setUint16(at + 8, mantissa === 0 ? 0 : Math.floor(2 ** 30 / Math.floor(Math.sqrt(mantissa))), true);
      view.setUint16(at + 10, this.#seen[c]!, true);
      view.setInt8(at + 12, shift);
      view.setInt8(at + 13, exponent);
      view.setUint16(at + 14, 0, true);
    }
  }
}

/** Finest shift of a channel: what varies less than it can say has no deviation. */
const SMALLEST_SHIFT = -11;

/** numerator / divisor x 2^-282 as mantissa x 4^(exponent + shift - 4), the mantissa within [2^29, 2^31). */
function normalised(numerator: bigint, divisor: bigint, exponent: number): { mantissa: number; shift: number } {
  for (let shift = SMALLEST_SHIFT; numerator > 0n; shift++) {
    const mantissa = numerator / (divisor << BigInt(2 * (exponent + shift - 4) + 282));
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
