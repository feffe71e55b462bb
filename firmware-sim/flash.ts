// NOR flash as it is: erasing sets a sector's bits, programming only clears bits, sectors wear out, and the power can go at any byte.

import { Random } from './random.js';

/** Thrown in the middle of a write when the power goes. What the write had not reached is as it was. */
export class PowerCut extends Error {}

export class Flash {
  /** The bytes that the chip holds; they outlive every reboot. */
  bytes: Uint8Array;
  readonly sector: number;
  readonly unit: number;
  /** Erase cycles of each sector. */
  readonly wear: Uint32Array;
  /** Bytes written (erased or programmed) since the flash was made. */
  written = 0;
  /** Cells that no longer change: by their offset, the bits that stay as they are set here. */
  readonly stuck = new Map<number, { mask: number; value: number }>();
  /** When `written` reaches this, the power goes. */
  cutAt = Infinity;
  readonly #random: Random;

  constructor(bytes: number, sector: number, unit: number, seed = 1) {
    if (bytes % sector !== 0) throw new RangeError(`"bytes" must be a multiple of the sector (${sector}); got ${bytes}`);
    this.bytes = new Uint8Array(bytes).fill(0xff);
    this.sector = sector;
    this.unit = unit;
    this.wear = new Uint32Array(bytes / sector);
    this.#random = new Random(seed);
  }

  erase(offset: number): void {
    if (offset % this.sector !== 0) throw new RangeError(`erase at ${offset}: sectors begin at multiples of ${this.sector}`);
    this.wear[offset / this.sector]!++;
    for (let at = offset; at < offset + this.sector; at++) this.#write(at, 0xff);
  }

  program(offset: number, bytes: Uint8Array): void {
    if (offset % this.unit !== 0 || bytes.length !== this.unit) throw new RangeError(`program ${bytes.length} bytes at ${offset}: whole units of ${this.unit} only`);
    for (let i = 0; i < bytes.length; i++) {
      const old = this.bytes[offset + i]!;
      if ((old & bytes[i]!) !== bytes[i]! && !this.stuck.has(offset + i)) throw new Error(`program at ${offset + i} without erasing: ${old} cannot become ${bytes[i]}`);
      this.#write(offset + i, bytes[i]!);
    }
  }

  #write(at: number, value: number): void {
    if (this.written >= this.cutAt) {
      // The byte under way is left with some bits moved and some not.
      const moved = this.#random.below(256);
      this.bytes[at] = (this.bytes[at]! & ~moved) | (value & moved);
      this.cutAt = Infinity;
      throw new PowerCut(`power cut at byte ${this.written} of flash writes`);
    }
    this.written++;
    const { mask, value: held } = this.stuck.get(at) ?? { mask: 0, value: 0 };
    this.bytes[at] = (value & ~mask) | (held & mask);
  }
}
