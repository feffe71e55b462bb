// The host's side of firmware/frames.h: SLIP around  type | sequence u16 | body | CRC-32.

import { crc32 } from '../host/checksum.js';

export interface Frame {
  readonly type: string;
  readonly sequence: number;
  readonly body: DataView;
}

const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;

/** One frame as bytes of the link. */
export function encodeFrame(type: string, sequence: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const inner = new Uint8Array(3 + body.length + 4);
  const view = new DataView(inner.buffer);
  inner[0] = type.charCodeAt(0);
  view.setUint16(1, sequence, true);
  inner.set(body, 3);
  view.setUint32(inner.length - 4, crc32(inner.subarray(0, -4)), true);
  const wire = [END];
  for (const byte of inner) {
    if (byte === END) wire.push(ESCAPE, ESCAPED_END);
    else if (byte === ESCAPE) wire.push(ESCAPE, ESCAPED_ESCAPE);
    else wire.push(byte);
  }
  wire.push(END);
  return Uint8Array.from(wire);
}

/** "The window `sequence` was a `label`." */
export function labelFrame(sequence: number, label: number): Uint8Array {
  return encodeFrame('L', sequence, Uint8Array.of(label));
}

/** A sample that comes over the link, with its label or without (null). */
export function sampleFrame(sequence: number, x: ArrayLike<number>, label: number | null): Uint8Array {
  const body = new Uint8Array(1 + 4 * x.length);
  const view = new DataView(body.buffer);
  body[0] = label ?? 255;
  for (let i = 0; i < x.length; i++) view.setFloat32(1 + 4 * i, x[i]!, true);
  return encodeFrame('X', sequence, body);
}

/** Collects received bytes; hands over whole frames and counts damaged ones. */
export class FrameReader {
  damaged = 0;
  #bytes: number[] = [];
  #escaped = false;
  readonly #take: (frame: Frame) => void;

  constructor(take: (frame: Frame) => void) {
    this.#take = take;
  }

  receive(byte: number): void {
    if (byte === END) this.#finish();
    else if (this.#escaped) {
      this.#escaped = false;
      this.#bytes.push(byte === ESCAPED_END ? END : byte === ESCAPED_ESCAPE ? ESCAPE : -1);
    } else if (byte === ESCAPE) this.#escaped = true;
    else this.#bytes.push(byte);
  }

  #finish(): void {
    const broken = this.#bytes.includes(-1) || this.#escaped;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.#escaped = false;
    if (bytes.length === 0) return;
    const view = new DataView(bytes.buffer);
    if (broken || bytes.length < 7 || view.getUint32(bytes.length - 4, true) !== crc32(bytes.subarray(0, -4))) {
      this.damaged++;
      return;
    }
    this.#take({
      type: String.fromCharCode(bytes[0]!),
      sequence: view.getUint16(1, true),
      body: new DataView(bytes.buffer, 3, bytes.length - 7),
    });
  }
}
