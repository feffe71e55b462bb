// What a round must give, worked out another way: the judge of the fleet's averages.

import type { ResolvedConfig } from '../host/config.js';
import { packedLayout } from '../host/parameters.js';

/** Packed parameters with every value random: weights, biases and gates anywhere in their formats. */
export function scrambled(config: ResolvedConfig, random: () => number, extreme = false): Uint8Array {
  const { runs, length } = packedLayout(config);
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  for (const { at, count, bytes } of runs) {
    const limit = bytes === 4 ? 2 ** 30 : 2 ** (8 * bytes - 1) - 1;
    for (let i = 0; i < count; i++) {
      const value = extreme ? (random() < 0.5 ? -limit : limit) : Math.round((2 * random() - 1) * limit);
      if (bytes === 1) view.setInt8(at + i, value);
      else if (bytes === 2) view.setInt16(at + 2 * i, value, true);
      else view.setInt32(at + 4 * i, value, true);
    }
  }
  return packed;
}

/** The rule in rational numbers, one value at a time; each layer over those that sent it. Channels stay those of `base`. */
export function central(config: ResolvedConfig, base: Uint8Array, all: { packed: Uint8Array; examples: number; layer?: number | undefined }[], step: number): Uint8Array {
  const result = base.slice();
  for (const { layer, at, count, bytes } of packedLayout(config).runs) {
    const updates = all.filter((update) => update.layer === undefined || update.layer === layer);
    if (updates.length === 0) continue;
    const limit = bytes === 4 ? 2n ** 30n : 2n ** BigInt(8 * bytes - 1) - 1n;
    const read = (packed: Uint8Array, i: number): bigint => {
      const view = new DataView(packed.buffer);
      return BigInt(bytes === 1 ? view.getInt8(at + i) : bytes === 2 ? view.getInt16(at + 2 * i, true) : view.getInt32(at + 4 * i, true));
    };
    for (let i = 0; i < count; i++) {
      const w = read(base, i);
      const total = updates.reduce((sum, { examples }) => sum + BigInt(examples), 0n);
      const change = updates.reduce((sum, { packed, examples }) => sum + BigInt(examples) * (read(packed, i) - w), 0n);
      // floor(x + 1/2) of step / 256 x change / total
      const [top, bottom] = [2n * BigInt(step) * change + 256n * total, 512n * total];
      const floor = (top - (((top % bottom) + bottom) % bottom)) / bottom;
      const value = w + floor > limit ? limit : w + floor < -limit ? -limit : w + floor;
      const view = new DataView(result.buffer);
      if (bytes === 1) view.setInt8(at + i, Number(value));
      else if (bytes === 2) view.setInt16(at + 2 * i, Number(value), true);
      else view.setInt32(at + 4 * i, Number(value), true);
    }
  }
  return result;
}
