/** Seeded random numbers for benchmarks and float references: xorshift32, then Box and Muller for normals. */
export class Random {
  private state: number;
  private spare = NaN;

  constructor(seed: number) {
    // Spread small seeds over all 32 bits (a multiplicative hash): xorshift alone starts slowly from 1, 2, 3.
    let s = Math.imul((seed >>> 0) + 0x6d2b79f5, 0x9e3779b1) >>> 0;
    s = Math.imul(s ^ (s >>> 15), 0x85ebca6b) >>> 0;
    this.state = s === 0 ? 1 : s;
  }

  /** Uniform in [0, 2^32). */
  u32(): number {
    let s = this.state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.state = s >>> 0;
    return this.state;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.u32() / 4294967296;
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Normal, mean 0, variance 1. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare;
      this.spare = NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  normals(count: number, deviation: number): Float64Array {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = deviation * this.normal();
    return values;
  }

  /** Fisher and Yates, in place; the array is given back. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}
