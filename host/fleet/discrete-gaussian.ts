/** Fills bytes with random ones. */
export type RandomSource = (bytes: Uint8Array<ArrayBuffer>) => unknown;

/** The platform's own, which nobody foresees. */
const secure: RandomSource = (bytes) => crypto.getRandomValues(bytes);

/** Random words of 64 bits that are fetched at once. */
const WORDS = 1024;

/**
 * Whole numbers x with a probability in proportion to e^(-x^2 / 2 deviation^2), exactly: by Canonne, Kamath and Steinke 2020 (arXiv 2004.00010, algorithms 1 to 3), a discrete Laplace
 * distribution of which some are rejected. All of it is in whole numbers: the digits of a noise that was made with floats can betray what it was added to (Mironov 2012).
 */
export class DiscreteGaussian {
  readonly #square: bigint;
  /** Scale of the Laplace distribution, just above the deviation. */
  readonly #scale: bigint;
  readonly #source: RandomSource;
  readonly #words = new BigUint64Array(WORDS);
  #used = WORDS;

  /** @param deviation a whole number from 1 */
  constructor(deviation: bigint, source = secure) {
    if (deviation < 1n) throw new RangeError(`deviation: got ${deviation}; expected a whole number from 1`);
    this.#square = deviation ** 2n;
    this.#scale = deviation + 1n;
    this.#source = source;
  }

  draw(): bigint {
    for (;;) {
      const value = this.#laplace();
      const off = (value < 0n ? -value : value) * this.#scale - this.#square;
      if (this.#decays(off ** 2n, 2n * this.#square * this.#scale ** 2n)) return value;
    }
  }

  /** Probability in proportion to e^(-|x| / scale). */
  #laplace(): bigint {
    const scale = this.#scale;
    for (;;) {
      const rest = this.below(scale);
      if (!this.#decays(rest, scale)) continue;
      let whole = 0n;
      while (this.#decays(1n, 1n)) whole++;
      const size = rest + scale * whole;
      const isNegative = this.below(2n) === 1n;
      if (!isNegative) return size;
      if (size > 0n) return -size; // else 0 would come twice as often
    }
  }

  /** True with the probability e^(-n / d). */
  #decays(n: bigint, d: bigint): boolean {
    for (; n > d; n -= d) if (!this.#decays(1n, 1n)) return false;
    let tries = 1n;
    while (this.below(d * tries) < n) tries++;
    return tries % 2n === 1n;
  }

  /** A whole number from 0 to `end` - 1, each as likely as the others. */
  below(end: bigint): bigint {
    const last = end - 1n;
    if (last < 2n ** 64n) {
      const bits = widthOf(last);
      for (;;) {
        const value = BigInt.asUintN(bits, this.#word());
        if (value <= last) return value;
      }
    }
    const above = widthOf(last >> 64n);
    for (;;) {
      const value = (this.#bits(above) << 64n) | this.#word();
      if (value <= last) return value;
    }
  }

  #bits(width: number): bigint {
    return width <= 64 ? BigInt.asUintN(width, this.#word()) : (this.#bits(width - 64) << 64n) | this.#word();
  }

  #word(): bigint {
    if (this.#used === WORDS) {
      this.#source(new Uint8Array(this.#words.buffer));
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }
}

function widthOf(value: bigint): number {
  return value < 2n ** 32n ? 32 - Math.clz32(Number(value)) : value.toString(2).length;
}
