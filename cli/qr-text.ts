/** A QR code in a terminal: two rows of it in one line of half blocks, dark on light whatever the colours of the terminal are. */
import { encode } from 'uqr';

const DARK_ON_LIGHT = '\u001B[30;107m';
const AS_BEFORE = '\u001B[0m';
/** By its upper and its lower row. */
const HALVES = [' ', '▄', '▀', '█'];

/** @param coloured without colours it is right where the terminal is light, and most phones read it in the dark, too */
export function qrText(text: string, coloured: boolean): string {
  const { data, size } = encode(text, { border: 2 });
  const lines = Array.from({ length: Math.ceil(size / 2) }, (_, row) => {
    const line = Array.from({ length: size }, (_, column) => HALVES[2 * Number(data[2 * row]![column]) + Number(data[2 * row + 1]?.[column] ?? false)]).join('');
    return coloured ? `${DARK_ON_LIGHT}${line}${AS_BEFORE}` : line;
  });
  return `${lines.join('\n')}\n`;
}
