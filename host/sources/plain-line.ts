/** A line without JSON, as boards and scripts print their readings. */
import { dateOf, numberOf } from './words.js';

/** Content of a line: names of columns, cells in their order, or values by name with the word that came last. */
export type PlainLine = { names: string[] } | { cells: string[] } | { named: Record<string, string>; label?: string };

/** The time and the arrow that a serial monitor writes before each line. */
const MONITOR = /^\d{1,2}:\d{2}:\d{2}(\.\d+)? -> /;
const NAME = /^[\p{L}_][\p{L}\d_. %/()°-]*$/u;
const PAIR = /^([\p{L}_][\p{L}\d_.]*)[:=](.*)$/u;
/** 40%, 23.1C, 9.81m/s2: a board that says its unit says the same one in each line. */
const WITH_UNIT = /^([+-]?(?!0x)(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[%°*\p{L}][%°*/\p{L}\d]*$/iu;
const UNIT = /^[%°*\p{L}][%°*/\p{L}\d]*$/u;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/**
 * `21.5,40` with commas, semicolons, tabs or blanks, in parentheses or not; `temp:21.5 hum:40` and `Humidity: 40 %  Temperature: 21.5 C`; `temp,hum` alone are names of columns. `21,5 40` and `21,5;40` have decimal commas.
 * Undefined for any other text.
 */
export function plainLine(text: string): PlainLine | undefined {
  const line = text.replace(/^\uFEFF/, '').trim().replace(MONITOR, '').replace(/^\((.*)\)$/s, '$1').trim();
  if (/[\x00-\x08\x0a-\x1f\x7f\ufffd]/.test(line)) return undefined; // no text
  const delimiter = delimiterOf(line);
  const pairs = pairsOf(line);
  if (pairs !== undefined) return pairs;
  const cells = cut(line, delimiter);
  const names = withoutEnd(cells);
  if (delimiter !== undefined && names.length > 1 && names.every((cell) => NAME.test(cell) && numberOf(cell) === undefined)) return { names };
  return { cells };
}

/** Undefined: blanks. Commas between digits are decimal where blanks stand between numbers. */
function delimiterOf(line: string): RegExp | undefined {
  if (line.includes('\t')) return /\t/;
  if (line.includes(';')) return /;/;
  return line.includes(',') && !/\d,\d+\s+[+-]?\d/.test(line) ? /,/ : undefined;
}

function cut(line: string, delimiter: RegExp | undefined): string[] {
  const cells = delimiter === undefined ? line.split(/\s+/) : line.split(delimiter);
  const isComma = delimiter?.test(',') ?? false;
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')).map((cell) => (!isComma && DECIMAL_COMMA.test(cell) ? cell.replace(',', '.') : cell));
}

/** A delimiter at the end, as a loop prints it, does not count. */
export function withoutEnd(cells: readonly string[]): string[] {
  return cells.length > 1 && cells.at(-1) === '' ? cells.slice(0, -1) : [...cells];
}

/** Cells without names: a date may come first, a label last, the others are numbers. Undefined where they are not. */
export function valuesOf(cells: readonly string[]): { t?: string; values: string[]; label?: string } | undefined {
  const values = withoutEnd(cells);
  const t = values.length > 1 && dateOf(values[0]!) !== undefined ? values.shift()! : undefined;
  const label = values.length > 1 && numberOf(values.at(-1)!) === undefined ? values.pop()! : undefined;
  if (values.length === 0 || values.some((cell) => numberOf(cell) === undefined)) return undefined;
  return { values, ...(t === undefined ? {} : { t }), ...(label === undefined ? {} : { label }) };
}

/** Every part must be a pair, the unit of the one before, or, behind a delimiter at the end, the label: what a board says while it starts is mostly none of these. */
function pairsOf(line: string): PlainLine | undefined {
  const parts = line.replace(/\s*[:=]\s*/g, (sign) => sign.trim()).matchAll(/(^|[\s,;]+)([^\s,;]+)/g);
  const named: Record<string, string> = {};
  let label: string | undefined;
  let before = '';
  for (const [, gap, part] of parts) {
    if (label !== undefined) return undefined; // it is last
    const [, name, value] = PAIR.exec(part!) ?? [];
    if (name !== undefined) {
      const number = numberOf(value!) === undefined ? WITH_UNIT.exec(value!)?.[1] : value!;
      if (number === undefined) label = value!;
      else named[name] = number;
      before = value!;
    } else if (before === '') return undefined;
    else if (/[\t,;]/.test(gap!)) label = part!;
    else if (numberOf(before) === undefined || !UNIT.test(part!)) return undefined;
    else before = '';
  }
  if (Object.keys(named).length === 0) return undefined;
  return label === undefined ? { named } : { named, label };
}
