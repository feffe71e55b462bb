/**
 * The bytes of a core as text of a script: a frequent byte is one character, any other two. Of a wasm most bytes are frequent, and what gzip makes of it is a quarter
 * less than of base64, which hides three bytes in four characters (the plain core: 12.1 kB against 15.8).
 */
const ONE = 82;
/** From `(` on, without the backslash and the backtick. */
const FIRST = 40;
/** The frequent ones are small numbers, variables and loads below 66, and the arithmetic from 106 to 121. They change places with those between. */
const SMALL = 66;
const ARITHMETIC = 106;
const BEHIND = ONE + ARITHMETIC - SMALL;

export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  const digit = (at: number): number => {
    const code = text.charCodeAt(at);
    return code - FIRST - Number(code > 92) - Number(code > 96);
  };
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const high = digit(at);
    const place = high < ONE ? high : ONE * (high - ONE + 1) + digit(++at);
    bytes[count++] = place < SMALL || place >= BEHIND ? place : place < ONE ? place + ARITHMETIC - SMALL : place + SMALL - ONE;
  }
  return bytes.subarray(0, count);
}

export function pack(bytes: Uint8Array): string {
  const letter = (digit: number): string => {
    const code = FIRST + digit;
    return String.fromCharCode(code < 92 ? code : code < 95 ? code + 1 : code + 2);
  };
  const placeOf = (byte: number): number => (byte < SMALL || byte >= BEHIND ? byte : byte < ARITHMETIC ? byte - SMALL + ONE : byte - ARITHMETIC + SMALL);
  return Array.from(bytes, placeOf).map((place) => (place < ONE ? letter(place) : letter(ONE - 1 + Math.floor(place / ONE)) + letter(place % ONE))).join('');
}
