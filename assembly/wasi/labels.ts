// Names of the labels, by their index in the core: a table behind the arena.

/** Bytes of a name: it goes to standard output, and into snapshots. */
export const LONGEST: i32 = 200;
/** An entry: u16 length, then the name. */
const ENTRY: i32 = 2 + LONGEST;

let table: usize = 0;
let count: i32 = 0;

export function tableBytes(capacity: i32): i32 {
  return capacity * ENTRY;
}

export function placeTable(at: usize): void {
  table = at;
  count = 0;
}

export function labelCount(): i32 {
  return count;
}

export function nameOf(label: i32): usize {
  return table + <usize>label * ENTRY + 2;
}

export function lengthOf(label: i32): i32 {
  return <i32>load<u16>(table + <usize>label * ENTRY);
}

export function sameBytes(a: usize, b: usize, length: i32): bool {
  for (let i = 0; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** Index of a name, or -1. */
export function findLabel(at: usize, length: i32): i32 {
  for (let label = 0; label < count; label++) {
    if (lengthOf(label) == length && sameBytes(nameOf(label), at, length)) return label;
  }
  return -1;
}

/** The next index takes this name of at most LONGEST bytes; the table has room. */
export function appendLabel(at: usize, length: i32): void {
  const entry = table + <usize>count * ENTRY;
  count++;
  store<u16>(entry, <u16>length);
  for (let i = 0; i < length; i++) store<u8>(entry + 2 + i, load<u8>(at + i));
}

/** True if the bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF): snapshots hold nothing else. */
export function isUtf8(at: usize, length: i32): bool {
  const end = at + length;
  while (at < end) {
    const first = <u32>load<u8>(at++);
    if (first < 0x80) continue;
    let more = 0;
    let least: u32 = 0;
    if (first >= 0xc2 && first < 0xe0) { more = 1; least = 0x80; }
    else if ((first & 0xf0) == 0xe0) { more = 2; least = 0x800; }
    else if (first >= 0xf0 && first < 0xf5) { more = 3; least = 0x10000; }
    else return false;
    if (at + more > end) return false;
    let point = first & (0x3f >> more);
    for (; more > 0; more--) {
      const next = <u32>load<u8>(at++);
      if ((next & 0xc0) != 0x80) return false;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < least || point > 0x10ffff || (point & 0xfffff800) == 0xd800) return false;
  }
  return true;
}

/** True if a name may be taken from the outside: UTF-8 of 1 to LONGEST bytes without control characters. */
export function isName(at: usize, length: i32): bool {
  if (length < 1 || length > LONGEST) return false;
  for (let i = 0; i < length; i++) {
    const byte = <i32>load<u8>(at + i);
    if (byte < 32 || byte == 127) return false;
  }
  return isUtf8(at, length);
}
