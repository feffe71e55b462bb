/** log2 and exp2 as the core has them (assembly/fixed.ts), to the same integers: an aggregator must give the same bytes on every machine. */

const EXP2 = Array.from({ length: 65 }, (_, k) => Math.round(65535 * 2 ** (-k / 64)));

/** 2^-(t / 1024) in Q16, 0 <= t <= 1024. */
function exp2Negative(t: number): number {
  const high = EXP2[(t >> 4) & 63]!;
  const low = EXP2[((t >> 4) & 63) + 1]!;
  return (high - (((high - low) * (t & 15)) >> 4)) >> (t >> 10);
}

/** log2 in Q10 of an integer, 1 <= value < 2^32. */
export function log2(value: number): number {
  const zeros = Math.clz32(value);
  const f = ((value << zeros) >>> 15) & 0xffff;
  const bow = Math.floor((f * (65536 - f)) / 65536);
  const log = f + Math.floor((bow * (27722 - Math.floor((f * 10453) / 65536))) / 65536);
  return ((31 - zeros) << 10) + ((log + 32) >> 6);
}

/** 2^(t / 1024) to the nearest integer, 0 <= t < 31 * 1024. */
export function exp2(t: number): number {
  const octave = t >> 10;
  const mantissa = exp2Negative(1024 - (t & 1023)); // half of 2^(1 + fraction)
  return octave >= 15 ? mantissa * 2 ** (octave - 15) : (mantissa + (1 << (14 - octave))) >> (15 - octave);
}
