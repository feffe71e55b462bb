/** Seeded random numbers in floats. Engines may differ in the last bit of a logarithm or a cosine, and so in what is dreamed. */
export class Random {
  #state: number;
  #spare: number | undefined;

  /** @param words anything that tells one run from another, 32 bits each */
  constructor(...words: readonly number[]) {
    // a multiplicative hash each: xorshift alone starts slowly from small seeds, and alike from neighbours
    let state = 0x6d2b79f5;
    for (const word of words) {
      state = Math.imul((state ^ word) + 0x6d2b79f5, 0x9e3779b1);
      state = Math.imul(state ^ (state >>> 15), 0x85ebca6b);
      state ^= state >>> 13;
    }
    this.#state = state === 0 ? 1 : state;
  }

  /** At least 0, below 1. */
  uniform(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  /** Mean 0, deviation 1: Box and Muller. */
  normal(): number {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
