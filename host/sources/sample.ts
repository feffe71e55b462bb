/** One input vector, with its label where there is one. Missing values are NaN. */
export interface Sample {
  /** `inputs` values, or one flattened window (t-major: all axes of the first moment, then the next). */
  x: ArrayLike<number>;
  /** The label. Absent: the sample is predicted and adapted to, not scored and not learned. */
  y?: string;
  /** When the sample was taken, in whatever unit the stream uses. */
  t?: number;
  /** What a label that comes later calls it. */
  id?: string | number;
  /** What the sample belongs to: a session, a device, a task. */
  group?: unknown;
}

/** The labels of a learner that was made elsewhere: a sample with another one is refused. */
export interface KnownLabels {
  names: readonly string[];
  /** For messages: `the fleet's`. */
  whose: string;
}

/** @throws where the label is none of them. `where` is what the message calls the sample: `line 7` */
export function checkLabel(label: string | undefined, { names, whose }: KnownLabels, where: string): void {
  if (label === undefined || names.includes(label)) return;
  throw new Error(`${where}: label '${label.slice(0, 80)}' is none of ${whose}: ${names.slice(0, 20).join(', ')}${names.length > 20 ? `, ... (${names.length})` : ''}`);
}

/** A stream of samples that is still raw: text or bytes, whole or in chunks, gzipped or not. */
export type RawSource = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** The text of a raw source. Gzip is known by its magic bytes, never by a name; a byte-order mark is dropped. */
export async function* textOf(source: RawSource, signal?: AbortSignal): AsyncGenerator<string> {
  if (typeof source === 'string') {
    signal?.throwIfAborted();
    yield source.replace(/^\uFEFF/, '');
    return;
  }
  const chunks = source instanceof Uint8Array ? [source] : source;
  let bytes = bytesOf(chunks, signal);

  const first: Uint8Array[] = [];
  let length = 0;
  while (length < 2) {
    const { value, done } = await bytes.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const magic = first.flatMap((chunk) => [...chunk.subarray(0, 2)]);
  bytes = follow(first, bytes);
  if (magic[0] === 0x1f && magic[1] === 0x8b) bytes = gunzip(bytes);

  // TextDecoder drops the byte-order mark itself. FF FE is what spreadsheets write as "Unicode text".
  const decoder = new TextDecoder(magic[0] === 0xff && magic[1] === 0xfe ? 'utf-16le' : 'utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* bytesOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  signal?.throwIfAborted();
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
  }
}

async function* follow(first: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
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
