/** One line without its end, or undefined where it was longer than allowed; and the bytes it took, its end included. */
export interface Line {
  text: string | undefined;
  bytes: number;
}

/** Cuts bytes into lines that end in \n, holding no more than one of `maxBytes`. What has no end yet waits for it. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #kept = 0;
  /** Bytes since the last end of a line, those that were not kept included. */
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Nothing of an unfinished line has come. */
  get empty(): boolean {
    return this.#bytes === 0;
  }

  *push(chunk: Uint8Array): Generator<Line> {
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      this.#keep(chunk.subarray(at, end));
      this.#bytes++;
      at = end + 1;
      yield this.#line();
    }
    this.#keep(chunk.subarray(at));
  }

  /** The last line, where the source ends without an end of line. */
  *end(): Generator<Line> {
    if (this.#bytes > 0) yield this.#line();
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
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }

  #line(): Line {
    const bytes = this.#bytes;
    const whole = this.#kept >= bytes - 1; // all but its end
    const text = whole ? this.#decode(joined(this.#parts, this.#kept)).replace(/\r$/, '') : undefined;
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
