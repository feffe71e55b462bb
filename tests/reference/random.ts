// The one source of chance. Everything is modulo 2^32; BigInt says so without tricks, and it is not called often.

const MODULUS = 2n ** 32n;

export class Generator {
  /** 1 .. 2^32 - 1; part of the state bytes. */
  state: number;

  /** Two rounds of a multiplicative hash keep neighbouring seeds apart. */
  constructor(seed: number) {
    let s = (BigInt(seed) + 0x9e3779b9n) % MODULUS;
    s = ((s ^ (s >> 16n)) * 0x85ebca6bn) % MODULUS;
    s = ((s ^ (s >> 13n)) * 0xc2b2ae35n) % MODULUS;
    s ^= s >> 16n;
    this.state = s === 0n ? 0x9e3779b9 : Number(s);
  }

  /** Next 32 random bits: xorshift 13, 17, 5 (Marsaglia 2003). */
  next(): number {
    let s = BigInt(this.state);
    s ^= (s << 13n) % MODULUS;
    s ^= s >> 17n;
    s ^= (s << 5n) % MODULUS;
    this.state = Number(s);
    return this.state;
  }

  /** About N(0, 1) in Q13: eight uniform 16-bit values, their mean taken out, over their deviation 2^16 sqrt(8/12) = 53510. */
  gaussian(): number {
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      const bits = this.next();
      sum += (bits % 65536) + Math.floor(bits / 65536);
    }
    const centred = Math.floor((sum - 8 * 32768) / 4);
    return Math.floor((centred * 10033) / 2 ** 14); // 10033 / 65536 = 2^13 / 53510
  }
}
