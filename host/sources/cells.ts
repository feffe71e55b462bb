/** The meaning of one cell of a table. */

/** Words of absence: what loggers, spreadsheets and home automation write where they have no value. */
const ABSENT = new Set([
  '', '?', '.', '*', '-', '--', '---', '----', '–', '—', 'na', 'n/a', 'n.a.', 'n.a', '#n/a', '#na', '<na>', '<n/a>', 'nan', '-nan', 'null', 'nil', '(null)', '<null>', '\\n', 'none', 'missing',
  'undefined', 'unavailable', 'unknown', 'not available', 'no data', 'nodata', 'no value', 'k.a.', 'k. a.', 'nd', 'n.d.',
  'inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity', '#value!', '#div/0!', '#ref!', '#name?', '#num!', '#null!', '1.#qnan', '1.#inf', '-1.#ind', '#error', '#error!',
]);
/** The same as a label: there "none", "unknown" and "missing" may be what a thing is called. */
const NO_LABEL = new Set([...ABSENT].filter((word) => !/^(none|unknown|missing|undefined|no data|nodata|no value|nd|\*|\.)$/.test(word)));

/** Pairs of words that are 1 and 0. */
const SWITCHES = new Map<string, number>();
for (const pair of 'on off,true false,yes no,y n,t f,open closed,open close,opened closed,an aus,ein aus,ja nein,wahr falsch,auf zu,offen geschlossen,oui non,vrai faux,si no,sí no,aan uit,active inactive,enabled disabled,detected clear,home away,home not_home,locked unlocked,running stopped,start stop,high low,present absent,occupied free,occupied vacant,wet dry,connected disconnected,online offline,charging discharging,motion no_motion'.split(',')) {
  const [one, zero] = pair.split(' ') as [string, string];
  SWITCHES.set(one, 1).set(zero, 0);
}

/** The greatest value a learner takes: 32 bits. */
export const GREATEST = 3.4028234663852886e38;

/** No value: see ABSENT. */
export function isAbsent(cell: string): boolean {
  return cell.length < 14 && ABSENT.has(cell.toLowerCase());
}

/** A missing label: empty, ?, NA, null, -, unavailable and the like. */
export function isMissing(cell: string): boolean {
  return cell.length < 14 && NO_LABEL.has(cell.toLowerCase());
}

/** ON, open, yes are 1, OFF, closed, no are 0; undefined for other words. */
export function switchValue(cell: string): number | undefined {
  return cell.length > 12 ? undefined : SWITCHES.get(cell.toLowerCase());
}

/**
 * A cell as a number: NaN where the value is missing or not finite in 32 bits, undefined where the cell is text.
 * @param comma 1,5 is one and a half and 1.234,5 has thousands; without, 1,234.5 has
 */
export function cellNumber(cell: string, comma = false): number | undefined {
  const value = cell === '' ? NaN : comma ? commaNumber(cell) : +cell;
  if (value === value) return value <= GREATEST && value >= -GREATEST ? value : NaN;
  if (isAbsent(cell)) return NaN;
  if (cell.charCodeAt(0) === MINUS) return cellNumber(`-${cell.slice(1)}`, comma);
  if (!comma && ONLY_COMMA.test(cell)) return +cell.replace(',', '.');
  const grouped = groupedNumber(cell, comma);
  if (grouped !== undefined) return grouped;
  return /^(true|false)$/i.test(cell) ? switchValue(cell) : undefined;
}

/** The sign that word processors and some languages write for a hyphen. */
const MINUS = 0x2212;

/** 0,5 and 20,25: not thousands, whatever the rest of the table writes. */
const ONLY_COMMA = /^[+-]?(0|[1-9]\d*),(\d{1,2}|\d{4,})$/;

function commaNumber(cell: string): number {
  if (!cell.includes(',')) return /^[+-]?\d{1,3}(\.\d{3})+$/.test(cell) ? +cell.replaceAll('.', '') : +cell;
  return /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(cell) ? +cell.replace(',', '.') : NaN;
}

const GROUPED = /^[+-]?\d{1,3}(?:([.,' \u00a0\u202f\u2019])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$/;

/** 1,234.5 and 1.234,5 and 1 234,5 and 1'234.5 */
function groupedNumber(cell: string, comma: boolean): number | undefined {
  const [, group, point] = GROUPED.exec(cell) ?? [];
  const decimal = comma ? ',' : '.';
  if (group === undefined || group === decimal || (point !== undefined && point !== decimal)) return undefined;
  return +cell.replaceAll(group, '').replace(',', '.');
}

/** Does the table write 20,5 for twenty and a half? Told by the cells that can be only one of the two. */
export function writesCommas(cells: Iterable<string>, delimiter: string): boolean {
  let commas = 0;
  let points = 0;
  let either = 0;
  for (const cell of cells) {
    if (!/^[+-]?\d[\d.,' \u00a0\u202f\u2019]*(\s?[^\d\s]{1,4})?$/.test(cell)) continue;
    const [, body] = /^([+-]?[\d.,' \u00a0\u202f\u2019]*\d)/.exec(cell)!;
    if (/^[+-]?(\d{1,3}([. '\u00a0\u202f\u2019]\d{3})+|\d+),\d+$/.test(body!)) {
      if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(body!)) either++;
      else commas++;
    } else if (/^[+-]?(\d{1,3}([, '\u00a0\u202f\u2019]\d{3})+|\d+)\.\d+$/.test(body!) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(body!)) points++;
  }
  return commas > points || (commas === 0 && points === 0 && either > 0 && delimiter !== ',');
}

const WITH_UNIT = /^([+-]?[\d.,' ]*\d(?:e[+-]?\d+)?)\s?([a-zµμΩ°%‰$€£²³/·^][a-z0-9µμΩ°%‰²³/·^ .]{0,9})$/i;

/** 20 °C, 35%, 1.2 kW: the number and its unit; undefined where the cell is no such thing. */
export function withUnit(cell: string, comma = false): { value: number; unit: string } | undefined {
  if (cell.length > 24) return undefined;
  if (cell.charCodeAt(0) === MINUS) cell = `-${cell.slice(1)}`;
  const [, number, unit] = /^[€$£¥]/.test(cell) ? [cell, cell.slice(1).trim(), cell[0]!] : (WITH_UNIT.exec(cell) ?? []);
  if (number === undefined) return undefined;
  const value = cellNumber(number, comma);
  return value === undefined || Number.isNaN(value) ? undefined : { value, unit: unit!.trim() };
}
