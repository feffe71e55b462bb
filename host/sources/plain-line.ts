/** A line without JSON, as boards and scripts print their readings. In doubt it is none: what is misread is worse than what is refused. */
import { dateOf, numberOf } from './words.js';

/** Content of a line: cells in their order, `delimited` by more than blanks, or values by name with the word that came last. */
export type PlainLine = { cells: string[]; delimited: boolean } | { named: Record<string, string>; label?: string };

/** The time that a serial monitor writes before each line, and the level, time and source of a log of ESP-IDF. */
const FRONT = /^(?:\d{1,2}:\d{2}:\d{2}(?:\.\d+)? -> |[EWIDV] \(\d+\) [\w.-]+: )/;
/** Colours of a log on a terminal. */
export const COLOURS = /\x1b\[[\d;]*m/g;
const NAME = /^[\p{L}_][\p{L}\d_. %/()°-]*$/u;
/** A label is a word: what begins with a digit is a number with something wrong about it, or a time. */
const WORD = /^[\p{L}_]/u;
const PAIR = /^([\p{L}_][\p{L}\d_.]*)[:=](.*)$/u;
const UNIT = /^(?:%|[°*]?[CFK]|[mkµ]?(?:V|A|W|Wh|Hz|Pa|g|m|s|l|J|N|T)|°|hPa|cm|km|lx|lux|ppm|ppb|dB|dBm|rpm|deg|rad|bar|mbar|min|h|RH|m\/s2?|deg\/s|rad\/s)$/u;
const DIGITS = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(.*)$/i;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;
/** Characters of a number, its unit, or a word. */
const LONGEST = 64;

/**
 * `21.5,40` with commas, semicolons, tabs or blanks, in parentheses or not; `temp:21.5 hum:40` and `Humidity: 40 %  Temperature: 21.5 C`. `21,5 40` and `21,5;40` have decimal commas.
 * Undefined for any other text.
 */
export function plainLine(text: string): PlainLine | undefined {
  const line = text.replace(/^\uFEFF/, '').replace(COLOURS, '').trim().replace(FRONT, '').replace(/^\((.*)\)$/s, '$1').trim();
  if (/[\x00-\x08\x0a-\x1f\x7f\ufffd]/.test(line)) return undefined; // no text
  const delimiter = delimiterOf(line);
  const cells = cut(line, delimiter);
  if (cells.some((cell) => cell.length > LONGEST)) return undefined;
  return pairsOf(line) ?? { cells, delimited: delimiter !== undefined };
}

/** The names of columns, all different; undefined where a cell is none. */
export function namesOf(cells: readonly string[]): string[] | undefined {
  const names = withoutEnd(cells);
  return names.length > 1 && new Set(names).size === names.length && names.every((cell) => NAME.test(cell) && numberOf(cell) === undefined) ? names : undefined;
}

function cut(line: string, delimiter: string | undefined): string[] {
  const cells = delimiter === undefined ? line.split(/\s+/) : line.split(delimiter);
  return cells.map((cell) => {
    const bare = cell.trim().replace(/^"(.*)"$/, '$1');
    return delimiter !== ',' && DECIMAL_COMMA.test(bare) ? bare.replace(',', '.') : bare;
  });
}

/** Undefined: blanks. Commas between digits are decimal where blanks stand between numbers. */
function delimiterOf(line: string): string | undefined {
  if (line.includes('\t')) return '\t';
  if (line.includes(';')) return ';';
  return line.includes(',') && !/\d,\d+\s+[+-]?\d/.test(line) ? ',' : undefined;
}

/** A delimiter at the end, as a loop prints it, does not count. */
function withoutEnd(cells: readonly string[]): string[] {
  return cells.length > 1 && cells.at(-1) === '' ? cells.slice(0, -1) : [...cells];
}

/** The number of a cell as text, without its unit; undefined of any other text. */
export function numeral(cell: string): string | undefined {
  if (numberOf(cell) !== undefined) return cell;
  const [, digits, unit] = DIGITS.exec(cell) ?? [];
  return digits !== undefined && UNIT.test(unit!) ? digits : undefined;
}

/**
 * Cells without names: a date may come first, a label last, the others are numbers. Undefined where they are not.
 * @param labelled a last cell that is no numeral is a label for certain: `on` and `none`, too
 */
export function valuesOf(cells: readonly string[], labelled: boolean): { t?: string; values: string[]; label?: string } | undefined {
  const values = withoutEnd(cells);
  const t = values.length > 1 && dateOf(values[0]!) !== undefined ? values.shift()! : undefined;
  const last = values.at(-1)!;
  if (values.length > 1 && UNIT.test(last) && numberOf(values.at(-2)!) !== undefined) values.pop(); // 21.5 °C
  const isLabel = values.length > 1 && last === values.at(-1) && WORD.test(last) && (labelled || numberOf(last) === undefined);
  const label = isLabel ? values.pop()! : undefined;
  const numerals = values.map(numeral);
  if (values.length === 0 || numerals.includes(undefined) || (label !== undefined && !/\d/.test(values.join()))) return undefined; // `open, wide` is talk
  return { values: numerals as string[], ...(t === undefined ? {} : { t }), ...(label === undefined ? {} : { label }) };
}

/** Every part must be a number with its name, its unit, or, behind a delimiter at the end, the label: what a board says while it starts is mostly none of these. */
function pairsOf(line: string): PlainLine | undefined {
  const parts = line.replace(/\s+/g, ' ').replace(/ ?[:=] ?/g, (sign) => sign.trim()).matchAll(/(^|[ ,;]+)([^ ,;]+)/g);
  const named: Record<string, string> = {};
  let label: string | undefined;
  let before = '';
  for (const [, gap, part] of parts) {
    if (label !== undefined || part!.length > LONGEST) return undefined; // a label is last
    const [, name, value] = PAIR.exec(part!) ?? [];
    if (name !== undefined) {
      const number = numeral(value!);
      if (number === undefined && name !== 'y') return undefined;
      if (number === undefined) label = value!;
      else named[name] = number;
      before = value!;
    } else if (before === '') return undefined;
    else if (/[,;]/.test(gap!) && WORD.test(part!)) label = part!;
    else if (numberOf(before) === undefined || !UNIT.test(part!)) return undefined;
    else before = '';
  }
  if (Object.keys(named).length === 0) return undefined;
  return label === undefined ? { named } : { named, label };
}
