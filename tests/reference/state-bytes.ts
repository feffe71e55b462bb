// State bytes by one walk over the fields of a network: written, read back, and found by offset. Little endian (FORMAT.md).

export type Kind = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64';
export const BYTES: Record<Kind, number> = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, u64: 8, i64: 8 };

/**
 * Hands a field with its value now to a visitor; what comes back becomes the value. Row and column of it stand behind its name: to write them out for every weight
 * costs more than to write the weight.
 */
export type Field = (name: string, kind: Kind, value: number, row?: number, column?: number) => number;

/** Visits every field in the order of the bytes; returns how many bytes they are. */
export type Walk<Network> = (network: Network, visit: Field) => number;

/** A visitor that knows how many bytes it has visited, and pads up to a multiple of 16, where every region starts. */
export function counted(visit: Field): { field: Field; align: () => void; bytes: () => number } {
  let at = 0;
  const field: Field = (name, kind, value, row, column) => {
    at += BYTES[kind];
    return visit(name, kind, value, row, column);
  };
  const align = (): void => {
    while (at % 16 !== 0) field('padding', 'i8', 0);
  };
  return { field, align, bytes: () => at };
}

/** The bytes of a network, padding included. */
export function bytesOf<Network>(walk: Walk<Network>, network: Network): Uint8Array {
  let bytes = new Uint8Array(4096);
  let view = new DataView(bytes.buffer);
  let at = 0;
  walk(network, (_, kind, value) => {
    if (at + 8 > bytes.length) {
      const wider = new Uint8Array(2 * bytes.length);
      wider.set(bytes);
      bytes = wider;
      view = new DataView(bytes.buffer);
    }
    if (BYTES[kind] === 1) view.setInt8(at, value);
    else if (BYTES[kind] === 2) view.setInt16(at, value, true);
    else if (BYTES[kind] === 4) view.setInt32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += BYTES[kind];
    return value;
  });
  return bytes.slice(0, at);
}

/** Makes a network of the same configuration go on from these bytes. */
export function restoreBytes<Network>(walk: Walk<Network>, network: Network, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  walk(network, (_, kind) => {
    const from = at;
    at += BYTES[kind];
    if (kind === 'u8') return view.getUint8(from);
    if (kind === 'i8') return view.getInt8(from);
    if (kind === 'u16') return view.getUint16(from, true);
    if (kind === 'i16') return view.getInt16(from, true);
    if (kind === 'u32') return view.getUint32(from, true);
    if (kind === 'i32') return view.getInt32(from, true);
    return Number(kind === 'i64' ? view.getBigInt64(from, true) : view.getBigUint64(from, true));
  });
}

/** Name of what the byte at `offset` belongs to: for the message of a test that found two bytes different. */
export function fieldOf<Network>(walk: Walk<Network>, network: Network, offset: number): string {
  let at = 0;
  let found = 'nothing: it lies behind the state';
  walk(network, (name, kind, value, ...indices) => {
    const place = indices.filter((index) => index !== undefined).map((index) => `[${index}]`).join('');
    if (at <= offset && offset < at + BYTES[kind]) found = `${name}${place} (${kind} at byte ${at})`;
    at += BYTES[kind];
    return value;
  });
  return found;
}
