/**
 * The link between a board and its host, as the firmware speaks it (firmware-sim/firmware/frames.h): SLIP (RFC 1055) around
 * `type u8 | sequence u16 | body | CRC-32`, all little-endian. Bytes in, bytes out: it runs wherever bytes come from a serial line,
 * a browser included.
 *
 * | to the board | body | | from the board | body |
 * |---|---|---|---|---|
 * | `X` sample | label u8 (255: none), inputs x binary32 | | `X` sample, `L` label | the same: a board that only senses |
 * | `L` label of the window `sequence` | label u8 | | `P` predicted | label u8, cost u32 |
 * | `E` example: learned if `sequence` samples have been | as a sample | | `N` samples learned, the answer | u32 |
 * | `C` commission the detector anew | - | | `T` learned | layers updated u8, cost u32 |
 * | `Z` sleep so many steps | u32 | | `Y` slept, 0: it did harm and was undone | steps u32 |
 * | `V` number of the last sample, to a regressor | binary32 | | `G` a regressor's prediction | cost u32, value, low, high binary32 |
 * | `S` save | - | | `O` observed | alarm u8, cost u32, score i32 Q16 |
 * | `?` ask for the status | - | | `B` boot, `F` saved | sequence u32 of the snapshot |
 * | `R` read the saved snapshot | offset u32 | | `D` piece of snapshot `sequence` | offset u32, bytes |
 * | `W` piece of a snapshot to take over, transfer `sequence` | offset u32, bytes | | `A` staged of transfer `sequence` | offset u32 that is next |
 * | | | | `H` status | hash, damaged, late, stack: u32 each |
 * | | | | `!` trap | code u8 |
 */
import { crc32 } from '../checksum.js';

/** One frame of the link. */
export interface Frame {
  /** One character. */
  readonly type: string;
  /** 0 to 65535. */
  readonly sequence: number;
  readonly body: DataView;
}

/** The content of a frame. Labels are indices, costs the board's counts (cycles or instructions). */
export type Message =
  | { kind: 'sample'; sequence: number; x: Float32Array; label: number | undefined }
  | { kind: 'label'; sequence: number; label: number }
  /** Probability 0 to 1; how familiar the sample is as one of the label, likewise, undefined where nothing can be said. */
  | { kind: 'predicted'; sequence: number; label: number; cost: number; probability: number; familiar: number | undefined }
  | { kind: 'learned'; sequence: number; layers: number; cost: number }
  | { kind: 'seen'; sequence: number; seen: number }
  | { kind: 'piece'; sequence: number; offset: number; bytes: Uint8Array }
  | { kind: 'staged'; sequence: number; offset: number }
  | { kind: 'observed'; sequence: number; alarm: boolean; cost: number; score: number }
  | { kind: 'boot' | 'saved'; sequence: number; snapshot: number }
  | { kind: 'status'; sequence: number; hash: number; damaged: number; late: number; stackBytes: number }
  | { kind: 'trap'; sequence: number; code: number };

const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;
/** type, sequence; the CRC. */
const HEAD = 3;
const TAIL = 4;
/** A sample's label byte that stands for none. */
const NO_LABEL = 255;
/** The longest frame there is: a window of 64 axes and 256 samples. */
const LONGEST = HEAD + 1 + 4 * 64 * 256 + TAIL;

/** One frame as bytes of the link. */
export function encodeFrame(type: string, sequence: number, body: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const inner = new Uint8Array(HEAD + body.length + TAIL);
  const view = new DataView(inner.buffer);
  inner[0] = type.charCodeAt(0);
  view.setUint16(1, sequence, true);
  inner.set(body, HEAD);
  view.setUint32(inner.length - TAIL, crc32(inner.subarray(0, -TAIL)), true);
  const wire = [END];
  for (const byte of inner) {
    if (byte === END) wire.push(ESCAPE, ESCAPED_END);
    else if (byte === ESCAPE) wire.push(ESCAPE, ESCAPED_ESCAPE);
    else wire.push(byte);
  }
  wire.push(END);
  return Uint8Array.from(wire);
}

/** "The window `sequence` was a `label`", the label by its index. */
export function labelFrame(sequence: number, label: number): Uint8Array<ArrayBuffer> {
  return encodeFrame('L', sequence, Uint8Array.of(label));
}

/** A sample that goes over the link as binary32, with the index of its label or without (null). */
export function sampleFrame(sequence: number, x: ArrayLike<number>, label: number | null): Uint8Array<ArrayBuffer> {
  return encodeFrame('X', sequence, sampleBody(x, label));
}

/** A labelled sample that is learned if the board has learned `seen` before it, and else only answered: sent again it does no harm. */
export function exampleFrame(seen: number, x: ArrayLike<number>, label: number): Uint8Array<ArrayBuffer> {
  return encodeFrame('E', seen & 0xffff, sampleBody(x, label));
}

/** "What stands at `offset` of the snapshot that you saved?" */
export function readFrame(offset: number): Uint8Array<ArrayBuffer> {
  return encodeFrame('R', 0, pieceBody(offset, new Uint8Array(0)));
}

/** A piece of a snapshot that the board shall take over once it has all of them. */
export function writeFrame(transfer: number, offset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeFrame('W', transfer, pieceBody(offset, bytes));
}

function pieceBody(offset: number, bytes: Uint8Array): Uint8Array {
  const body = new Uint8Array(4 + bytes.length);
  new DataView(body.buffer).setUint32(0, offset, true);
  body.set(bytes, 4);
  return body;
}

function sampleBody(x: ArrayLike<number>, label: number | null): Uint8Array {
  const body = new Uint8Array(1 + 4 * x.length);
  const view = new DataView(body.buffer);
  body[0] = label ?? NO_LABEL;
  for (let i = 0; i < x.length; i++) view.setFloat32(1 + 4 * i, x[i]!, true);
  return body;
}

/** Reads a whole frame; undefined for a type that is not known, or a body of another length than its type has. */
export function messageOf({ type, sequence, body }: Frame): Message | undefined {
  const byte = (): number => body.getUint8(0);
  const word = (at: number): number => body.getUint32(at, true);
  switch (`${type}${body.byteLength}`) {
    case 'L1':
      return { kind: 'label', sequence, label: byte() };
    case 'P9': {
      const familiar = body.getInt16(7, true);
      return { kind: 'predicted', sequence, label: byte(), cost: word(1), probability: body.getUint16(5, true) / 32767, familiar: familiar < 0 ? undefined : familiar / 32767 };
    }
    case 'T5':
      return { kind: 'learned', sequence, layers: byte(), cost: word(1) };
    case 'N4':
      return { kind: 'seen', sequence, seen: word(0) };
    case 'A4':
      return { kind: 'staged', sequence, offset: word(0) };
    case 'O9':
      return { kind: 'observed', sequence, alarm: byte() !== 0, cost: word(1), score: body.getInt32(5, true) / 65536 };
    case 'B4':
      return { kind: 'boot', sequence, snapshot: word(0) };
    case 'F4':
      return { kind: 'saved', sequence, snapshot: word(0) };
    case 'H16':
      return { kind: 'status', sequence, hash: word(0), damaged: word(4), late: word(8), stackBytes: word(12) };
    case '!1':
      return { kind: 'trap', sequence, code: byte() };
  }
  if (type === 'D' && body.byteLength >= 4) return { kind: 'piece', sequence, offset: word(0), bytes: new Uint8Array(body.buffer, body.byteOffset + 4, body.byteLength - 4) };
  if (type !== 'X' || body.byteLength < 5 || body.byteLength % 4 !== 1) return undefined;
  const x = Float32Array.from({ length: (body.byteLength - 1) / 4 }, (_, i) => body.getFloat32(1 + 4 * i, true));
  return { kind: 'sample', sequence, x, label: byte() === NO_LABEL ? undefined : byte() };
}

/** Collects received bytes; hands over whole frames and counts damaged ones. It never holds more than the longest frame there is. */
export class FrameReader {
  /** Frames whose CRC, escapes or length were wrong. Where the end of one is lost, two count as one. */
  damaged = 0;
  #bytes = new Uint8Array(256);
  #length = 0;
  #escaped = false;
  #broken = false;
  readonly #take: (frame: Frame) => void;

  /** @param take gets every whole frame; its body is its own */
  constructor(take: (frame: Frame) => void) {
    this.#take = take;
  }

  /** Bytes as they come. */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) this.receive(byte);
  }

  /** One byte. */
  receive(byte: number): void {
    if (byte === END) this.#finish();
    else if (this.#escaped) {
      this.#escaped = false;
      if (byte === ESCAPED_END) this.#keep(END);
      else if (byte === ESCAPED_ESCAPE) this.#keep(ESCAPE);
      else this.#broken = true;
    } else if (byte === ESCAPE) this.#escaped = true;
    else this.#keep(byte);
  }

  /** The line was cut: what came of a frame is forgotten, and counted. */
  restart(): void {
    this.#broken ||= this.#length > 0;
    this.#finish();
  }

  #keep(byte: number): void {
    if (this.#length === LONGEST) {
      this.#broken = true;
      return;
    }
    if (this.#length === this.#bytes.length) {
      const more = new Uint8Array(Math.min(LONGEST, 2 * this.#length));
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes[this.#length++] = byte;
  }

  #finish(): void {
    const broken = this.#broken || this.#escaped;
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    this.#escaped = this.#broken = false;
    if (bytes.length === 0 && !broken) return;
    const view = new DataView(bytes.buffer);
    if (broken || bytes.length < HEAD + TAIL || view.getUint32(bytes.length - TAIL, true) !== crc32(bytes.subarray(0, -TAIL))) {
      this.damaged++;
      return;
    }
    this.#take({ type: String.fromCharCode(bytes[0]!), sequence: view.getUint16(1, true), body: new DataView(bytes.buffer, HEAD, bytes.length - HEAD - TAIL) });
  }
}
