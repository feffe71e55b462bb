// The one source of chance. Everything is modulo 2^32: `>>> 0` and Math.imul are that by definition.

export class Generator {
  /** 1 .. 2^32 - 1; part of the state bytes. */
  state: number;

  /** Two rounds of a multiplicative hash keep neighbouring seeds apart. */
  constructor(seed: number) {
    let s = (seed + 0x9e3779b9) >>> 0;
    s = Math.imul(s ^ (s >>> 16), 0x85ebca6b) >>> 0;
    s = Math.imul(s ^ (s >>> 13), 0xc2b2ae35) >>> 0;
    s = (s ^ (s >>> 16)) >>> 0;
    this.state = s === 0 ? 0x9e3779b9 : s;
  }

  /** Next 32 random bits: xorshift 13, 17, 5 (Marsaglia 2003). */
  next(): number {
    let s = this.state;
    s = (s ^ (s << 13)) >>> 0;
    s = (s ^ (s >>> 17)) >>> 0;
    s = (s ^ (s << 5)) >>> 0;
    this.state = s;
    return s;
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
