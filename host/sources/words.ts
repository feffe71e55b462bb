/** Text where a number is expected: quoted numbers, words for on and off, and words for no value at all. One reading for every message that comes in. */

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i; // not 0x10, which is an address more often than a number
const ON = /^(on|true|yes|open|opened)$/i;
const OFF = /^(off|false|no|close|closed)$/i;
const ABSENT = /^(|\?|-+|#?n\/?a|nan|[+-]?inf(inity)?|null|nil|none|undefined|unavailable|unknown|not available)$/i;
/** "none" and "unknown" may be what somebody teaches. */
const NO_LABEL = /^(|\?|#?n\/?a|nan|null|nil|undefined|unavailable)$/i;
const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/;

/** Its number, 1 or 0 for words such as ON and closed; NaN where it says that there is no value; undefined for any other text. */
export function numberOf(text: string): number | undefined {
  const word = text.trim();
  if (NUMBER.test(word)) return Number(word);
  if (ON.test(word)) return 1;
  if (OFF.test(word)) return 0;
  return ABSENT.test(word) ? NaN : undefined;
}

/** A label as it is known by; undefined where the text says that there is none. */
export function labelOf(text: string): string | undefined {
  const label = text.trim();
  return NO_LABEL.test(label) ? undefined : label;
}

/** A date as seconds since 1970, UTC where it names no zone; undefined for other text. */
export function dateOf(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const zoned = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d+)?)?$/.test(text) ? `${text.replace(' ', 'T').replace(',', '.')}Z` : text;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
