/**
 * Bytes that came from outside, as an array of this program's own: a copy, from offset 0 of its buffer, and a plain Uint8Array. What a broker, a port or a file hands in is
 * often a Buffer, whose `slice` is no copy and whose `buffer` holds other messages, too; it may be written over as soon as a handler has returned.
 */
export function owned(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
