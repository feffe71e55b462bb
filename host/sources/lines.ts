import { wideEncoding } from './text.js';

/** One line without its end, or undefined where it was longer than allowed; and the bytes it took, its end included. */
export interface Line {
  text: string | undefined;
  bytes: number;
}

/** Cuts bytes into lines that end in \n, of UTF-8, UTF-16 or Windows-1252, holding no more than one of `maxBytes`. What has no end yet waits for it. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #kept = 0;
  /** Bytes since the last end of a line, those that were not kept included. */
  #bytes = 0;
  /** Known with the first bytes: two of them make a character. */
  #wide: 'unknown' | 'utf-16le' | 'utf-16be' | undefined = 'unknown';
  /** The first byte of a pair of which the second has not come. */
  #odd = new Uint8Array();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Nothing of an unfinished line has come. */
  get empty(): boolean {
    return this.#bytes === 0;
  }

  *push(chunk: Uint8Array): Generator<Line> {
    if (this.#wide === 'unknown' && chunk.length > 0) this.#wide = wideEncoding(chunk);
    if (this.#wide !== undefined && this.#wide !== 'unknown') return yield* this.#pushPairs(chunk, this.#wide);
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      this.#keep(chunk.subarray(at, end));
      this.#bytes++;
      at = end + 1;
      yield this.#line();
    }
    this.#keep(chunk.subarray(at));
  }

  *#pushPairs(chunk: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Generator<Line> {
    const bytes = joined([this.#odd, chunk], this.#odd.length + chunk.length);
    const whole = bytes.length & ~1;
    this.#odd = bytes.slice(whole);
    const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
    let at = 0;
    for (let i = 0; i < whole; i += 2) {
      if (bytes[i + low] !== 10 || bytes[i + high] !== 0) continue;
      this.#keep(bytes.subarray(at, i));
      this.#bytes += 2;
      at = i + 2;
      yield this.#line(2, new TextDecoder(encoding));
    }
    this.#keep(bytes.slice(at, whole));
  }

  /** The last line, where the source ends without an end of line. */
  *end(): Generator<Line> {
    if (this.#bytes === 0) return;
    yield this.#wide === undefined || this.#wide === 'unknown' ? this.#line() : this.#line(2, new TextDecoder(this.#wide));
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes - 1 > this.#maxBytes || part.length === 0) return;
    this.#parts.push(part);
    this.#kept += part.length;
  }

  /** A line that is no UTF-8 is read as Windows-1252, which Latin-1 is a part of. */
  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes, { stream: true }); // text.ts says why
    }
  }

  #line(end = 1, decoder?: TextDecoder): Line {
    const bytes = this.#bytes;
    const whole = this.#kept >= bytes - end; // all but its end
    const kept = whole ? joined(this.#parts, this.#kept) : undefined;
    const text = kept ? (decoder ? decoder.decode(kept) : this.#decode(kept)).replace(/\r$/, '') : undefined;
    this.#parts = [];
    this.#kept = this.#bytes = 0;
    return { text, bytes };
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
