// Sensors that play a recording. The accelerometer is a LIS2DH12 as far as the firmware uses one: its registers, its 32-deep FIFO and
// its own 50 Hz, so that a board that is busy for half a second misses nothing. Readings are steps of 4 mg, +-8 g, as the chip gives them.

import type { Clock } from './clock.js';

const WHO_AM_I = 0x0f;
const CTRL_REG1 = 0x20;
const CTRL_REG5 = 0x24;
const OUT_X_L = 0x28;
const OUT_Z_H = 0x2d;
const FIFO_CTRL_REG = 0x2e;
const FIFO_SRC_REG = 0x2f;
const FIFO_DEPTH = 32;
const PERIOD_NANOS = 20e6; // 50 Hz

/** Readings in time order, `axes` values each; after the last the sensor is silent. */
export interface Recording {
  readonly axes: number;
  readonly values: Int16Array;
}

/** A reading as the chip gives it in its 12-bit mode at +-8 g: steps of 4 mg. */
export function steps(g: number): number {
  return Math.max(-2048, Math.min(2047, Math.round(g * 250)));
}

export class Accelerometer {
  /** Readings that the FIFO had no room for. */
  overruns = 0;
  readonly #clock: Clock;
  readonly #recording: Recording;
  readonly #registers = new Uint8Array(0x40);
  #startedAt = NaN;
  #taken = 0;
  #selected = false;
  #addressed = false;
  #pointer = 0;
  #reading = false;
  #increment = false;

  constructor(clock: Clock, recording: Recording) {
    if (recording.axes !== 3) throw new RangeError(`"recording" must have 3 axes; got ${recording.axes}`);
    this.#clock = clock;
    this.#recording = recording;
    this.#registers[WHO_AM_I] = 0x33;
  }

  /** Chip select, active low: each selection is one transfer. */
  select(selected: boolean): void {
    this.#selected = selected;
    this.#addressed = false;
  }

  /** One byte in each direction. The first says: bit 7 read, bit 6 count up, and the register. */
  exchange(byte: number): number {
    if (!this.#selected) return 0xff;
    if (!this.#addressed) {
      this.#addressed = true;
      this.#reading = (byte & 0x80) !== 0;
      this.#increment = (byte & 0x40) !== 0;
      this.#pointer = byte & 0x3f;
      return 0xff;
    }
    const at = this.#pointer;
    if (this.#increment) this.#pointer = this.#reading && at === OUT_Z_H ? OUT_X_L : (at + 1) & 0x3f;
    if (this.#reading) return this.#read(at);
    this.#write(at, byte);
    return 0xff;
  }

  #write(at: number, byte: number): void {
    if (at >= OUT_X_L && at <= OUT_Z_H) return;
    this.#registers[at] = byte;
    const running = this.#registers[CTRL_REG1]! >>> 4 === 4 && (this.#registers[CTRL_REG5]! & 0x40) !== 0 && this.#registers[FIFO_CTRL_REG]! >>> 6 === 2;
    if (at === CTRL_REG1 && running) this.#startedAt = this.#clock.nanos;
  }

  #read(at: number): number {
    if (at === FIFO_SRC_REG) {
      const held = this.#held();
      return held === 0 ? 0x20 : Math.min(held, 31) | (held === FIFO_DEPTH ? 0x40 : 0);
    }
    if (at < OUT_X_L || at > OUT_Z_H) return this.#registers[at]!;
    const byte = at - OUT_X_L;
    const value = (this.#recording.values[3 * this.#taken + (byte >> 1)] ?? 0) << 4;
    if (at === OUT_Z_H && this.#held() > 0) this.#taken++;
    return byte & 1 ? (value >> 8) & 255 : value & 255;
  }

  /** Readings in the FIFO; older ones than it can hold are gone. */
  #held(): number {
    if (Number.isNaN(this.#startedAt)) return 0;
    const made = Math.min(Math.floor((this.#clock.nanos - this.#startedAt) / PERIOD_NANOS), this.#recording.values.length / 3);
    const excess = made - this.#taken - FIFO_DEPTH;
    if (excess > 0) {
      this.overruns += excess;
      this.#taken += excess;
    }
    return made - this.#taken;
  }
}
