// Damage to bytes, as disks, cables, editors and enemies do it. Everything follows from the random numbers given.

export type Random = () => number;

export const below = (random: Random, count: number): number => Math.floor(random() * count);
export const pick = <T>(random: Random, from: ArrayLike<T>): T => from[below(random, from.length)]!;

/** Values at the edges of what fields can hold. */
export const EDGES = [0, 1, 2, 7, 8, 127, 128, 255, 256, 4095, 4096, 4097, 32767, 32768, 65535, 65536, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffb, 0xfffffffe, 0xffffffff];

export const DAMAGES = {
  /** One to eight bits. */
  flip(random: Random, bytes: Uint8Array): Uint8Array {
    const damaged = Uint8Array.from(bytes);
    for (let n = 1 + below(random, 8); n > 0; n--) damaged[below(random, damaged.length)]! ^= 1 << below(random, 8);
    return damaged;
  },
  cut: (random: Random, bytes: Uint8Array): Uint8Array => bytes.slice(0, below(random, bytes.length)),
  /** More behind it, or a part of it once more. */
  longer(random: Random, bytes: Uint8Array): Uint8Array {
    const more = 1 + below(random, 64);
    const longer = new Uint8Array(bytes.length + more);
    longer.set(bytes);
    for (let i = 0; i < more; i++) longer[bytes.length + i] = random() < 0.5 ? 0 : below(random, 256);
    return longer;
  },
  /** A number near the edge of 8, 16 or 32 bits somewhere: lengths, counts. */
  edge(random: Random, bytes: Uint8Array): Uint8Array {
    const damaged = Uint8Array.from(bytes);
    const view = new DataView(damaged.buffer);
    const value = pick(random, EDGES);
    const at = below(random, Math.max(1, Math.min(damaged.length, random() < 0.7 ? 160 : Infinity) - 4));
    if (random() < 0.5) view.setUint32(at, value, true);
    else if (random() < 0.7) view.setUint16(at, value, true);
    else view.setUint8(at, value);
    return damaged;
  },
  /** A stretch of zeros, ones or noise: a sector that was never written. */
  hole(random: Random, bytes: Uint8Array): Uint8Array {
    const damaged = Uint8Array.from(bytes);
    const start = below(random, damaged.length);
    const end = Math.min(damaged.length, start + 1 + below(random, 512));
    const fill = pick(random, [0, 255, -1]);
    for (let i = start; i < end; i++) damaged[i] = fill < 0 ? below(random, 256) : fill;
    return damaged;
  },
  /** A stretch that is left out. */
  gap(random: Random, bytes: Uint8Array): Uint8Array {
    const start = below(random, bytes.length);
    const end = Math.min(bytes.length, start + 1 + below(random, 64));
    return Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(end)]);
  },
  /** A stretch of it in another place. */
  shuffle(random: Random, bytes: Uint8Array): Uint8Array {
    const damaged = Uint8Array.from(bytes);
    const length = 1 + below(random, Math.min(64, bytes.length));
    const from = below(random, bytes.length - length + 1);
    damaged.set(bytes.subarray(from, from + length), below(random, bytes.length - length + 1));
    return damaged;
  },
  noise: (random: Random, bytes: Uint8Array): Uint8Array => Uint8Array.from({ length: below(random, 2 * bytes.length) }, () => below(random, 256)),
} as const;

/** The beginning of one and the end of another. */
export function splice(random: Random, a: Uint8Array, b: Uint8Array): Uint8Array {
  const cut = below(random, Math.min(a.length, b.length) + 1);
  const tail = random() < 0.7 ? b.subarray(cut) : b.subarray(below(random, b.length));
  const spliced = new Uint8Array(cut + tail.length);
  spliced.set(a.subarray(0, cut));
  spliced.set(tail, cut);
  return spliced;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
