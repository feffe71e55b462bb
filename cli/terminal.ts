/** Text for a terminal: numbers, tables, bars, a plot in braille dots, and a screen that is redrawn in place. */

export type Colour = 'blue' | 'orange' | 'red' | 'grey' | 'bold';

const SGR: Record<Colour, string> = { blue: '38;5;39', orange: '38;5;214', red: '38;5;203', grey: '38;5;245', bold: '1' };

/** Colours only where a person looks: a terminal, and no NO_COLOR (no-color.org). */
export const coloured = process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

export function paint(colour: Colour, text: string): string {
  return coloured ? `\u001B[${SGR[colour]}m${plain(text)}\u001B[0m` : plain(text);
}

export function percent(fraction: number | undefined): string {
  return fraction === undefined ? '-' : `${(100 * fraction).toFixed(1)} %`;
}

export function count(n: number): string {
  return Math.round(n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number of things whose name takes an s where they are several. */
export function counted(n: number, name: string): string {
  return `${count(n)} ${name}${n === 1 ? '' : 's'}`;
}

/** Characters that move a cursor, hide or turn text around: C0, C1, bidi and other format characters, line separators. Names and payloads are others' text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text of others for a terminal or a journal: one line, and nothing in it that is not to be seen. */
export function plain(text: string): string {
  return text.replace(UNSEEN, '?');
}

const OWN_OR_UNSEEN = new RegExp(`(\u001B\\[(?:${[0, ...Object.values(SGR)].join('|')})m)|[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]`, 'gu');

/** The same where the colours of `paint` may stay, and no others. */
function plainButColours(text: string): string {
  return text.replace(OWN_OR_UNSEEN, (_, colour?: string) => colour ?? '?');
}

/** One line of JSON that a terminal can show: what is not to be seen is escaped, so that nothing is lost. */
export function jsonLine(value: unknown): string {
  return escaped(JSON.stringify(value));
}

function escaped(json: string): string {
  return json.replace(UNSEEN, (unseen) => (unseen === '\n' ? unseen : Array.from({ length: unseen.length }, (_, i) => `\\u${unseen.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')));
}

/** Characters that take two places. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{1FAFF}]/u;

/** A line cut to so many places; colours take none and are closed. */
export function clip(line: string, width: number): string {
  let places = 0;
  let end = '';
  for (const [part] of line.matchAll(/\u001B\[[\d;]*m|./gsu)) {
    if (!part.startsWith('\u001B[')) places += WIDE.test(part) ? 2 : 1;
    if (places > width) return end + (end.includes('\u001B') ? '\u001B[0m' : '');
    end += part;
  }
  return line;
}

/** Columns: the first to the left, the second to the right, the rest to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  rows = rows.map((row) => row.map(plain));
  const width = (i: number) => Math.max(...rows.map((row) => row[i]?.length ?? 0));
  const [name, value] = [width(0), width(1)];
  return rows.map(([first, second, ...rest]) => `${first!.padEnd(name)}  ${second!.padStart(value)}  ${rest.join('  ')}`.trimEnd()).join('\n');
}

/** The first column to the left, the others to the right; what is painted is as wide as what it shows. */
export function grid(rows: readonly (readonly string[])[], gap = 3): string {
  rows = rows.map((row) => row.map(plainButColours));
  const widthOf = (cell: string) => cell.replace(/\u001B\[[\d;]*m/g, '').length;
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i]!))));
  const line = (row: readonly string[]) => row.map((cell, i) => (i === 0 ? cell + ' '.repeat(widths[i]! - widthOf(cell)) : ' '.repeat(widths[i]! - widthOf(cell)) + cell)).join(' '.repeat(gap));
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** JSON for people and programs: indented, but an array of numbers on one line. */
export function jsonText(value: unknown): string {
  return escaped(JSON.stringify(value, null, 2)).replace(/\[\n(?:[\s\d.,eE+-]|null)*\]/g, (numbers) => numbers.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'));
}

const BLOCKS = ' ▁▂▃▄▅▆▇█';

/** One character a value, 0 to the largest. */
export function spark(values: readonly number[], top = Math.max(...values)): string {
  return values.map((v) => BLOCKS[v > 0 && top > 0 ? Math.max(1, Math.min(8, Math.round((8 * v) / top))) : 0]).join('');
}

export function bar(fraction: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, fraction)) * width * 8);
  const full = Math.floor(eighths / 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return (('█'.repeat(full) + rest).padEnd(width, '░'));
}

export interface Series {
  colour: Colour;
  /** `[x, y]`, both 0 to 1. */
  points: readonly (readonly [number, number])[];
}

/** Lines over a braille grid of `width` x `height` characters, 2 x 4 dots each. A later series is drawn over an earlier one. */
export function plot(series: readonly Series[], width: number, height: number): string[] {
  const dots = Array.from({ length: height }, () => new Uint8Array(width));
  const owners = Array.from({ length: height }, () => new Array<Colour | undefined>(width));
  const bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]; // Unicode's order of the dots
  for (const { colour, points } of series) {
    let previous: readonly [number, number] | undefined;
    for (const [x, y] of points) {
      const here = [Math.round(x * (width * 2 - 1)), Math.round((1 - y) * (height * 4 - 1))] as const;
      const from = previous ?? here;
      const steps = Math.max(1, Math.abs(here[0] - from[0]), Math.abs(here[1] - from[1]));
      for (let s = 0; s <= steps; s++) {
        const column = Math.round(from[0] + ((here[0] - from[0]) * s) / steps);
        const row = Math.round(from[1] + ((here[1] - from[1]) * s) / steps);
        const line = dots[row >> 2];
        if (!line || column < 0 || column >= width * 2) continue;
        line[column >> 1]! |= bits[row & 3]![column & 1]!;
        owners[row >> 2]![column >> 1] = colour;
      }
      previous = here;
    }
  }
  return dots.map((line, r) => [...line].map((d, c) => (d === 0 ? ' ' : paint(owners[r]![c]!, String.fromCharCode(0x2800 + d)))).join(''));
}

/** A block of lines that replaces itself. On anything but a terminal it draws nothing. */
export class Screen {
  #lines = 0;
  readonly live = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';

  draw(lines: readonly string[]): void {
    if (!this.live) return;
    const room = Math.max(1, (process.stdout.rows || 24) - 1); // a block taller than the terminal could not be redrawn
    const width = process.stdout.columns || 80; // a line that wraps could not be redrawn either
    const shown = lines.slice(0, room).map((line) => clip(plainButColours(line), width));
    const up = this.#lines > 0 ? `\u001B[${this.#lines}A` : '\u001B[?25l';
    process.stdout.write(`${up}${shown.map((line) => `${line}\u001B[K\n`).join('')}\u001B[J`);
    this.#lines = shown.length;
  }

  /** Leaves the last drawing where it is and gives the cursor back. */
  end(): void {
    if (this.#lines > 0) process.stdout.write('\u001B[?25h');
    this.#lines = 0;
  }
}

/** One line on stderr that replaces itself, on a terminal only. */
export function statusLine(quiet: boolean): { say(text: string): void; clear(): void } {
  const live = !quiet && process.stderr.isTTY === true;
  return {
    say: (text) => void (live && process.stderr.write(`\r${clip(plain(text), (process.stderr.columns || 80) - 1)}\u001B[K`)),
    clear: () => void (live && process.stderr.write('\r\u001B[K')),
  };
}
