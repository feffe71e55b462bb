// Standard output and standard error, each with a buffer: numbers, literals and bytes of others.

import { write } from "./system";

const ROOM: i32 = 4096;

/** One stream; its bytes follow these 16. */
@unmanaged
export class Output {
  fd: i32;
  length: i32;
  /** The errno of the first write that failed; nothing is written after it. */
  failed: i32;
  reserved: i32;

  byte(value: i32): void {
    if (this.length == ROOM) this.flush();
    store<u8>(changetype<usize>(this) + 16 + this.length, <u8>value);
    this.length++;
  }

  /** A literal: ASCII only. */
  text(text: string): void {
    for (let i = 0; i < text.length; i++) this.byte(<i32>load<u16>(changetype<usize>(text) + (<usize>i << 1)));
  }

  /** Bytes that came from outside: what would end a line, or speak to a terminal, becomes a question mark. */
  foreign(at: usize, length: i32): void {
    for (let i = 0; i < length; i++) {
      const byte = <i32>load<u8>(at + i);
      this.byte(byte < 32 || byte == 127 ? 63 : byte);
    }
  }

  /** The same as a cell of CSV: no comma either. */
  cell(at: usize, length: i32): void {
    for (let i = 0; i < length; i++) {
      const byte = <i32>load<u8>(at + i);
      this.byte(byte < 32 || byte == 127 || byte == 44 ? 63 : byte);
    }
  }

  number(value: u64): void {
    if (value > 9) this.number(value / 10);
    this.byte(48 + <i32>(value % 10));
  }

  /** value / 10^places with that many digits after the point. */
  decimal(value: u64, places: i32): void {
    let one: u64 = 1;
    for (let i = 0; i < places; i++) one *= 10;
    this.number(value / one);
    this.byte(46);
    for (let rest = value % one, unit = one / 10; unit > 0; unit /= 10) this.byte(48 + <i32>(rest / unit % 10));
  }

  flush(): void {
    if (this.failed == 0) this.failed = write(this.fd, changetype<usize>(this) + 16, this.length);
    this.length = 0;
  }
}

export const out: Output = changetype<Output>(memory.data(16 + ROOM, 16));
export const err: Output = changetype<Output>(memory.data(16 + ROOM, 16));

export function openOutputs(): void {
  out.fd = 1;
  err.fd = 2;
}

/** Begins a message on standard error; `done` ends it. */
export function say(text: string): Output {
  err.text("onward: ");
  err.text(text);
  return err;
}

export function done(): void {
  err.byte(10);
  err.flush();
}
