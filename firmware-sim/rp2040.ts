// A Raspberry Pi Pico in rp2040js: processor, UART, SPI, ADC and timers are emulated register by register and cycle by cycle.
// Modelled, because the emulator has no boot ROM and no flash writes: the ROM's flash functions, as breakpoints that work on flash.ts
// and take the time that the flash chip's datasheet gives. XIP cache misses are not modelled: cycles are those of code in RAM or cache.

import { ConsoleLogger, GPIOPinState, LogLevel, RP2040 } from 'rp2040js';

import { boardNamed } from './boards.js';
import { Clock } from './clock.js';
import type { Device, Outcome, Session } from './device.js';
import type { Image } from './elf.js';
import { Flash, PowerCut } from './flash.js';
import { FrameReader, type Frame } from '../host/sources/slip.js';
import { Accelerometer } from './sensor.js';
import { Thumb } from './thumb.js';
import { Line } from './uart.js';
import { BOOT_BYTES, FLASH_BASE, bootChecksum, flashBytes } from './uf2.js';

const RAM_BASE = 0x20000000;
/** The ROM copies the boot loader there: the end of the last bank of RAM. */
const BOOT_AT = 0x20041f00;
const CHIP_SELECT = 17;
const NANOS_PER_CYCLE = 8;
const TICK_NANOS = 20e6;
/** W25Q16JV, typical: sector erase 45 ms, page program 0.4 ms. */
const ERASE_NANOS = 45e6;
const PROGRAM_NANOS = 0.4e6;

/** ROM functions that the firmware looks up; each is `bkpt #index; bx lr` from STUBS on. Index 0 is the look-up itself. */
const ROM_FUNCTIONS = ['lookup', 'IF', 'EX', 'FC', 'CX', 'RE', 'RP'];
const STUBS = 0x100;

/** Flash of rp2040js's chip, whatever the board has. */
const LARGEST_FLASH = 16 * 1024 * 1024;

/** A chip with this flash: to clear 16 MB of its own takes 10 of the 11 ms of a start, and the emulator has no option for it. */
function chipOf(flash: Uint8Array, clock: Clock): RP2040 {
  const Bytes = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(Bytes, { construct: (type, given) => (given[0] === LARGEST_FLASH ? flash : (Reflect.construct(type, given) as object)) });
  try {
    return new RP2040(clock);
  } finally {
    globalThis.Uint8Array = Bytes;
  }
}

/** A board that is switched on. */
export interface LiveBoard {
  readonly clock: Clock;
  /** To its UART. */
  readonly line: Line;
  readonly sensor: Accelerometer | null;
  /** Lets it live until this nanosecond of its clock, or until it ends. */
  live(until: number): Outcome['end'];
}

export class Rp2040Device implements Device {
  readonly board = boardNamed('rp2040');
  readonly countsEach = 1;
  flash: Flash;
  /** Lowest stack pointer of all sessions: the exact stack peak is `stackTop - lowestStack`. */
  lowestStack = Infinity;
  cycles = 0;
  /** Cycles by halfword of code, when profiling. */
  profile: Float64Array | null = null;
  /** Sensor readings lost because the board was busy for longer than the FIFO lasts. */
  overruns = 0;
  readonly #image: Image;
  /** The chip's own flash, made once: 2 MB of new memory take 5 ms of a start. */
  readonly #chip: Uint8Array;
  /** Whose bytes lie in it since the last start. */
  #mapped: Flash | null = null;

  /** `store`: bytes at the end of flash that are written to. */
  constructor(image: Image, store: number, seed = 1) {
    this.#image = image;
    this.flash = new Flash(store, this.board.sector, this.board.unit, seed);
    this.#chip = new Uint8Array(this.board.flash.bytes);
  }

  get stackBytes(): number {
    return this.board.ram.origin + this.board.ram.bytes - this.lowestStack;
  }

  /** Cycles by function, the dearest first. */
  hottest(): { name: string; cycles: number }[] {
    const { profile } = this;
    if (!profile) return [];
    const rows = this.#image.symbols.map(({ name, address, size }) => {
      const base = address >= RAM_BASE ? -1 : (address - FLASH_BASE) >> 1;
      let cycles = 0;
      if (base >= 0) for (let at = base; at < base + ((size + 1) >> 1); at++) cycles += profile[at]!;
      return { name, cycles };
    });
    return rows.filter((row) => row.cycles > 0).sort((a, b) => b.cycles - a.cycles);
  }

  async play(session: Session, watch?: (frame: Frame) => void): Promise<Outcome> {
    return this.playNow(session, watch);
  }

  /** The same without a promise: simulated time needs no waiting. */
  playNow(session: Session, watch?: (frame: Frame) => void): Outcome {
    const frames: Frame[] = [];
    const reader = new FrameReader((frame) => {
      frames.push(frame);
      watch?.(frame);
    });
    const { clock, line, sensor, live } = this.boot((byte) => reader.receive(byte), session.recording);
    for (const { tick, bytes } of session.messages) clock.at(tick * TICK_NANOS, () => line.send(bytes));
    const end = live(session.ticks * TICK_NANOS);
    this.overruns += sensor?.overruns ?? 0;
    const trapped = frames.at(-1)?.type === '!';
    return { end: trapped ? 'trap' : end, frames };
  }

  /** Switches it on. Its time moves only as far as `live` lets it: for a world that is not known beforehand. */
  boot(transmit: (byte: number) => void, recording: Session['recording'] = null): LiveBoard {
    const clock = new Clock();
    if (this.#mapped) this.#mapped.bytes = this.#mapped.bytes.slice(); // the chip is cleared
    const mcu = chipOf(this.#chip, clock);
    mcu.logger = new ConsoleLogger(LogLevel.Error, true);
    const store = this.board.flash.bytes - this.flash.bytes.length;
    mcu.flash.set(flashBytes(this.#image));
    this.#mapStore(mcu, clock, store);

    mcu.uart[0]!.onByte = transmit;
    const line = new Line(clock, 115200, (byte) => mcu.uart[0]!.feedByte(byte));
    const sensor = recording ? connectSensor(mcu, clock, recording) : null;

    start(mcu);
    const thumb = new Thumb(mcu);
    return { clock, line, sensor, live: (until) => this.#run(mcu, thumb, clock, until) };
  }

  #run(mcu: RP2040, thumb: Thumb, clock: Clock, until: number): Outcome['end'] {
    const { core } = mcu;
    const { registers } = core;
    const { profile } = this;
    const stop = this.#image.symbols.find(({ name }) => name === 'board_stop');
    let { lowestStack } = this;
    let cycles = 0;
    try {
      while (clock.nanos < until) {
        if (core.waiting) {
          if (stop && core.PC >= stop.address && core.PC <= stop.address + stop.size) return 'fault';
          // rp2040js 1.4.1 sleeps through an interrupt that was pending before the WFI; the chip does not.
          if (core.pendingInterrupts & core.enabledInterrupts) {
            core.waiting = false;
            continue;
          }
          clock.tick(Math.min(clock.next, until) - clock.nanos);
          continue;
        }
        const at = core.PC;
        const quick = profile || core.interruptsUpdated ? 0 : thumb.run((Math.min(clock.next, until) - clock.nanos) / NANOS_PER_CYCLE);
        const spent = quick || core.executeInstruction();
        cycles += spent;
        if (registers[13]! < lowestStack) lowestStack = registers[13]!;
        if (profile && at < RAM_BASE) profile[(at - FLASH_BASE) >> 1]! += spent;
        clock.tick(spent * NANOS_PER_CYCLE);
      }
      return 'off';
    } catch (error) {
      if (error instanceof PowerCut) return 'power cut';
      throw error;
    } finally {
      this.lowestStack = Math.min(lowestStack, thumb.lowestStack);
      this.cycles += cycles;
    }
  }

  /** The store's flash and the ROM functions that write it. */
  #mapStore(mcu: RP2040, clock: Clock, store: number): void {
    const { flash } = this;
    const rom = new DataView(mcu.bootrom.buffer);
    rom.setUint16(0x14, 0x40, true);
    rom.setUint16(0x18, STUBS | 1, true);
    ROM_FUNCTIONS.forEach((_, index) => rom.setUint32(STUBS + 4 * index, 0x47700000 | 0xbe00 | index, true));

    const mapped = mcu.flash.subarray(store, store + flash.bytes.length);
    mapped.set(flash.bytes);
    flash.bytes = mapped;
    this.#mapped = flash;
    const { registers } = mcu.core;
    mcu.onBreak = (code) => {
      const [offset, second, third] = [registers[0]! - store, registers[1]!, registers[2]!];
      switch (ROM_FUNCTIONS[code]) {
        case 'lookup': {
          const name = String.fromCharCode(second & 255, second >> 8);
          registers[0] = (STUBS + 4 * ROM_FUNCTIONS.indexOf(name)) | 1;
          break;
        }
        case 'RE':
          for (let at = 0; at < second; at += flash.sector) {
            clock.tick(ERASE_NANOS);
            flash.erase(offset + at);
          }
          break;
        case 'RP':
          for (let at = 0; at < third; at += flash.unit) {
            clock.tick(PROGRAM_NANOS);
            const from = second - RAM_BASE + at;
            flash.program(offset + at, mcu.sram.slice(from, from + flash.unit));
          }
          break;
      }
    };
  }
}

/** The ROM's part: a boot loader whose checksum holds begins, in RAM; an image without one begins at its vectors. */
function start(mcu: RP2040): void {
  const { core } = mcu;
  if (mcu.readUint32(FLASH_BASE + BOOT_BYTES - 4) === bootChecksum(mcu.flash)) {
    mcu.sram.set(mcu.flash.subarray(0, BOOT_BYTES), BOOT_AT - RAM_BASE);
    core.SP = BOOT_AT;
    core.PC = BOOT_AT;
    return;
  }
  core.VTOR = FLASH_BASE;
  core.SP = mcu.readUint32(FLASH_BASE);
  core.PC = mcu.readUint32(FLASH_BASE + 4) & ~1;
}

function connectSensor(mcu: RP2040, clock: Clock, recording: NonNullable<Session['recording']>): Accelerometer | null {
  if (recording.axes === 1) {
    let next = 0;
    mcu.adc.onADCRead = () => clock.at(clock.nanos + 2000, () => mcu.adc.completeADCRead(recording.values[next++] ?? 0, false));
    return null;
  }
  const sensor = new Accelerometer(clock, recording);
  const bus = mcu.spi[0]!;
  mcu.gpio[CHIP_SELECT]!.addListener((state) => sensor.select(state === GPIOPinState.Low));
  bus.onTransmit = (byte) => clock.at(clock.nanos + 8e9 / bus.clockFrequency, () => bus.completeTransmit(sensor.exchange(byte)));
  return sensor;
}
