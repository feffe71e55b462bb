// A serial line between host and board: each byte takes its time, some are lost, some arrive with a bit turned over. And what bridges and
// radios in between do to whole frames.

import type { Clock } from './clock.js';
import { Random } from './random.js';

export interface Noise {
  /** Share of bytes with one bit flipped. */
  readonly flips: number;
  /** Share of bytes that never arrive. */
  readonly losses: number;
  readonly seed: number;
}

/** Bytes after noise. */
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

export interface Trouble extends Noise {
  /** Shares of frames that never arrive, arrive twice, arrive up to `lateMs` late: after others that were sent later. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  readonly lateMs: number;
}

const END = 0xc0;

/** A link that does all that to frames; bytes may come in any pieces. */
export function troubled(deliver: (bytes: Uint8Array) => void, trouble: Trouble): (bytes: Uint8Array) => void {
  const random = new Random(trouble.seed);
  const carry = (frame: Uint8Array): void => {
    if (random.next() < trouble.lost) return;
    const bytes = disturb(frame, trouble, random);
    if (random.next() < trouble.late) setTimeout(deliver, 1 + random.below(trouble.lateMs), bytes);
    else deliver(bytes);
  };
  let frame: number[] = [];
  return (bytes) => {
    for (const byte of bytes) {
      frame.push(byte);
      if (byte !== END || frame.length === 1) continue;
      const whole = Uint8Array.from(frame.splice(0));
      carry(whole);
      if (random.next() < trouble.twice) carry(whole);
    }
  };
}
