/** The text of a stream that is still raw: unpacked, and decoded by what its bytes are, never by its name. */

/** A stream of samples that is still raw: text or bytes, whole or in chunks, gzipped or not. */
export type RawSource = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** So much of a whole text or array is given at once: a table of 1 GB is never one string. */
const PIECE = 1 << 18;
/** Bytes that are looked at to know a format: tar says so in byte 257, a workbook in its first entries. A pipe that has fewer yet is not waited for. */
const HEAD = 4096;

/**
 * Gzip by its magic bytes; UTF-8 and UTF-16 by byte-order mark, UTF-16 without one by its zeros; else UTF-8, or where bytes are no UTF-8
 * (and none before them were more than ASCII) Windows-1252, which Latin-1 is a part of.
 * @param tell gets one sentence where it had to decide
 * @throws where the bytes are a format that is not text, by its name
 */
export async function* textOf(source: RawSource, signal?: AbortSignal, tell?: (decision: string) => void): AsyncGenerator<string> {
  if (typeof source === 'string') {
    signal?.throwIfAborted();
    for (let at = source.charCodeAt(0) === 0xfeff ? 1 : 0; at < source.length; at += PIECE) yield source.slice(at, at + PIECE);
    return;
  }
  let [head, bytes] = await peek(bytesOf(source instanceof Uint8Array ? pieces(source) : source, signal));
  if (head[0] === 0x1f && head[1] === 0x8b) [head, bytes] = await peek(gunzip(bytes));
  refuseFormat(String.fromCharCode(...head));
  const decoder = decoderOf(head, tell);
  for await (const chunk of bytes) yield decoder.decode(chunk, false);
  yield decoder.decode(new Uint8Array(), true);
}

function* pieces(whole: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
}

async function* bytesOf(chunks: Iterable<Uint8Array> | AsyncIterable<string | Uint8Array>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  signal?.throwIfAborted();
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
  }
}

/** The first bytes, and the stream as if they had not been read. */
async function peek(bytes: AsyncGenerator<Uint8Array>): Promise<[Uint8Array, AsyncGenerator<Uint8Array>]> {
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < 4) {
    const { value, done } = await bytes.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = new Uint8Array(Math.min(HEAD, length));
  let at = 0;
  for (const chunk of first) {
    head.set(chunk.subarray(0, HEAD - at), at);
    at = Math.min(HEAD, at + chunk.length);
  }
  const again = async function* () {
    yield* first;
    yield* bytes;
  };
  return [head, again()];
}

interface Decoder {
  decode(chunk: Uint8Array, last: boolean): string;
}

function decoderOf(head: Uint8Array, tell?: (decision: string) => void): Decoder {
  const wide = wideEncoding(head);
  if (wide === undefined) return new Utf8OrLatin(tell);
  const decoder = new TextDecoder(wide); // drops the byte-order mark itself
  return { decode: (chunk, last) => decoder.decode(chunk, { stream: !last }) };
}

/** FF FE is what spreadsheets write as "Unicode text". Without a mark: every other byte is zero, as in no other text. */
export function wideEncoding(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const pairs = head.length >> 1;
  for (let i = 0; i < 2 * pairs; i++) if (head[i] === 0) zeros[i & 1]!++;
  if (pairs < 4) return undefined;
  if (zeros[1]! > 0.6 * pairs && zeros[0] === 0) return 'utf-16le';
  return zeros[0]! > 0.6 * pairs && zeros[1] === 0 ? 'utf-16be' : undefined;
}

/** UTF-8 until a byte says otherwise: whatever was read before it was ASCII, which both have in common. */
class Utf8OrLatin implements Decoder {
  readonly #tell: ((decision: string) => void) | undefined;
  #strict: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #held = new Uint8Array();
  #start = true;

  constructor(tell?: (decision: string) => void) {
    this.#tell = tell;
  }

  decode(chunk: Uint8Array, last: boolean): string {
    if (this.#held.length > 0) {
      const whole = new Uint8Array(this.#held.length + chunk.length);
      whole.set(this.#held);
      whole.set(chunk, this.#held.length);
      chunk = whole;
    }
    // whole characters only: what ends with ASCII does
    let end = chunk.length;
    if (!last) while (end > 0 && chunk[end - 1]! >= 0x80) end--;
    this.#held = chunk.slice(end);
    const text = this.#text(chunk.subarray(0, end));
    if (!this.#start || text === '') return text;
    this.#start = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  #text(bytes: Uint8Array): string {
    if (this.#strict) {
      try {
        const text = this.#strict.decode(bytes);
        if (text.length !== bytes.length) this.#strict = undefined; // more than ASCII, and right: it is UTF-8
        return text;
      } catch {
        this.#strict = undefined;
        this.#decoder = new TextDecoder('windows-1252');
        this.#tell?.('the text is no UTF-8: read as Windows-1252 (Latin-1)');
      }
    }
    // without `stream` Node 20 reads 0x80 to 0x9F as controls, not as the euro sign and its like
    return this.#decoder.decode(bytes, { stream: this.#decoder.encoding === 'windows-1252' });
  }
}

/** Beginnings of files that are no text, with what they are and what to do with them. */
const FORMATS: readonly [magic: string, name: string, remedy: string][] = [
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook (xls)', 'save the sheet as CSV'],
  ['%PDF', 'a PDF', 'save its table as CSV'],
  ['PAR1', 'a Parquet file', 'export it as CSV'],
  ['ARROW1', 'an Arrow file', 'export it as CSV'],
  ['FEA1', 'a Feather file', 'export it as CSV'],
  ['\x89HDF', 'an HDF5 file', 'export the table as CSV'],
  ['CDF', 'a NetCDF file', 'export the table as CSV'],
  ['\x93NUMPY', 'a NumPy array', 'write it with numpy.savetxt(.., delimiter=",")'],
  ['MATLAB 5', 'a MATLAB file', 'write it with writetable'],
  ['SQLite format 3', 'an SQLite database', 'export the table: sqlite3 -header -csv FILE "select ..."'],
  ['\x28\xb5\x2f\xfd', 'packed by zstd', 'unpack it, or pack it by gzip'],
  ['BZh', 'packed by bzip2', 'unpack it, or pack it by gzip'],
  ['\xfd7zXZ', 'packed by xz', 'unpack it, or pack it by gzip'],
  ['7z\xbc\xaf', 'a 7z archive', 'unpack it'],
  ['Rar!', 'a RAR archive', 'unpack it'],
  ['\x89PNG', 'a PNG picture', 'give a table of numbers'],
  ['\xff\xd8\xff', 'a JPEG picture', 'give a table of numbers'],
  ['GIF8', 'a GIF picture', 'give a table of numbers'],
  ['RIFF', 'a recording of sound (WAV)', 'give a table of numbers'],
  ['OggS', 'a recording of sound (Ogg)', 'give a table of numbers'],
  ['fLaC', 'a recording of sound (FLAC)', 'give a table of numbers'],
  ['\x7fELF', 'a program', 'give a table of numbers'],
  ...['ONWD', 'ONDT', 'ONTP', 'ONRN', 'ONRG'].map((magic) => [magic, 'a model of onward', 'name it first, and the table behind it: onward predict MODEL FILE'] as [string, string, string]),
];

/** @param text the first bytes, a character each. @throws where they are those of a format that is no text */
export function refuseFormat(text: string): void {
  const refuse = (name: string, remedy: string): never => {
    throw new Error(`this is not a text file but ${name}: ${remedy}`);
  };
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) {
    if (/xl\/|\[Content_Types\]\.xml/.test(text)) refuse('an Excel workbook (xlsx)', 'save the sheet as CSV');
    if (text.includes('opendocument.spreadsheet')) refuse('a LibreOffice workbook (ods)', 'save the sheet as CSV');
    refuse('a zip archive', 'unpack it, and name one file');
  }
  for (const [magic, name, remedy] of FORMATS) if (text.startsWith(magic) && /[^\t\n\r -~]/.test(text)) refuse(name, remedy);
  if (text.slice(257, 262) === 'ustar') refuse('a tar archive', 'unpack it, and name one file');
}

async function* gunzip(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    throw new Error(`the gzip data is damaged (${why}): copy the file again`, { cause });
  } finally {
    await reader.cancel().catch(() => {}); // stops the file behind it when a caller leaves the loop early
  }
}
