// A serial line between host and board: each byte takes its time, some are lost, some arrive with a bit turned over.

import type { Clock } from './clock.js';
import { Random } from './random.js';

export interface Noise {
  /** Share of bytes with one bit flipped. */
  readonly flips: number;
  /** Share of bytes that never arrive. */
  readonly losses: number;
  readonly seed: number;
}

/** What noise makes of bytes. */
export function disturb(bytes: Uint8Array, noise: Noise, random = new Random(noise.seed)): Uint8Array {
  const arrived: number[] = [];
  for (const byte of bytes) {
    if (random.next() < noise.losses) continue;
    arrived.push(random.next() < noise.flips ? byte ^ (1 << random.below(8)) : byte);
  }
  return Uint8Array.from(arrived);
}

/** One direction of the line, on the clock: 10 bits a byte. */
export class Line {
  readonly #clock: Clock;
  readonly #nanosPerByte: number;
  readonly #deliver: (byte: number) => void;
  #free = 0;

  constructor(clock: Clock, baud: number, deliver: (byte: number) => void) {
    this.#clock = clock;
    this.#nanosPerByte = 1e10 / baud;
    this.#deliver = deliver;
  }

  send(bytes: Uint8Array): void {
    this.#free = Math.max(this.#free, this.#clock.nanos);
    for (const byte of bytes) {
      this.#free += this.#nanosPerByte;
      this.#clock.at(this.#free, () => this.#deliver(byte));
    }
  }
}
