/**
 * The bytes of a core as text of a script: a byte below 82 is one character, any other two. Of a wasm most bytes are below, and what gzip makes of it is a quarter
 * less than of base64, which hides three bytes in four characters (the plain core: 12.1 kB against 15.8).
 */
const ONE = 82;
/** From `(` on, without the backslash and the backtick. */
const FIRST = 40;

export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  const digit = (at: number): number => {
    const code = text.charCodeAt(at);
    return code - FIRST - Number(code > 92) - Number(code > 96);
  };
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const high = digit(at);
    bytes[count++] = high < ONE ? high : ONE * (high - ONE + 1) + digit(++at);
  }
  return bytes.subarray(0, count);
}

export function pack(bytes: Uint8Array): string {
  const letter = (digit: number): string => {
    const code = FIRST + digit;
    return String.fromCharCode(code < 92 ? code : code < 95 ? code + 1 : code + 2);
  };
  return Array.from(bytes, (byte) => (byte < ONE ? letter(byte) : letter(ONE - 1 + Math.floor(byte / ONE)) + letter(byte % ONE))).join('');
}
