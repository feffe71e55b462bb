// Just enough of ELF32: what to load where, how big the parts are, what the symbols are called.

export interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

export interface Image {
  readonly segments: readonly Segment[];
  /** Functions by address, ascending. */
  readonly symbols: readonly { readonly name: string; readonly address: number; readonly size: number }[];
  /** Bytes in flash (code, constants, initial variables) and static RAM (variables). */
  readonly flashBytes: number;
  readonly ramBytes: number;
}

export function readElf(file: Uint8Array): Image {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number): number => view.getUint32(at, true);
  const half = (at: number): number => view.getUint16(at, true);
  if (word(0) !== 0x464c457f || file[4] !== 1) throw new TypeError('not a 32-bit ELF file');

  const segments: Segment[] = [];
  for (let i = 0, at = word(28); i < half(44); i++, at += half(42)) {
    const size = word(at + 16);
    if (word(at) === 1 && size > 0) segments.push({ address: word(at + 12), bytes: file.subarray(word(at + 4), word(at + 4) + size) });
  }

  const text = (table: number, offset: number): string => {
    const start = word(table + 16) + offset;
    return Buffer.from(file.subarray(start, file.indexOf(0, start))).toString('latin1');
  };
  const section = (index: number): number => word(32) + index * half(46);
  const names = section(half(50));
  const symbols: { name: string; address: number; size: number }[] = [];
  let flashBytes = 0;
  let ramBytes = 0;
  for (let i = 0; i < half(48); i++) {
    const at = section(i);
    const name = text(names, word(at));
    const size = word(at + 20);
    if (name === '.text' || name === '.data') flashBytes += size;
    if (name === '.data' || name === '.bss') ramBytes += size;
    if (word(at + 4) !== 2) continue;
    for (let symbol = word(at + 16); symbol < word(at + 16) + size; symbol += 16) {
      if ((file[symbol + 12]! & 15) === 2) symbols.push({ name: text(section(word(at + 24)), word(symbol)), address: word(symbol + 4) & ~1, size: word(symbol + 8) });
    }
  }
  symbols.sort((a, b) => a.address - b.address);
  return { segments, symbols, flashBytes, ramBytes };
}
