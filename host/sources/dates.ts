/** Dates and clock times, in whatever way they are written, as seconds. */

/** Order of the day and the month in 01/11/2023. */
export type DayOrder = 'dmy' | 'mdy';

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap])?\.?m?\.?$/i;
const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?`;
const ISO = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}$`, 'i');
const NUMERIC = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2}))?(?:[.,](\d+))?(z)?$/i;
const DAY_MONTH = new RegExp(String.raw`^(?:[a-z]{3,9},? )?(\d{1,2})[-/. ]+([a-zéû]{3,9})[-/., ]+(\d{4}|\d{2})${TIME}$`, 'i');
const MONTH_DAY = new RegExp(String.raw`^(?:[a-z]{3,9},? )?([a-z]{3,9})[-/. ]+(\d{1,2}),?[-/ ]+(\d{4})${TIME}$`, 'i');
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTHS_ELSEWHERE: Record<string, number> = { mai: 5, mär: 3, okt: 10, dez: 12, fév: 2, avr: 4, aoû: 8, déc: 12, ene: 1, abr: 4, ago: 8, dic: 12, mrt: 3, mei: 5 };

/** 10:00, 10:00:30.5, 9:15 PM as seconds of the day; undefined where it is none. */
export function clockSeconds(cell: string): number | undefined {
  const [found, hour, minute, second, fraction, half] = CLOCK.exec(cell) ?? [];
  if (found === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
  return ofDay(hour!, minute!, second, fraction, half);
}

function ofDay(hour: string, minute: string, second = '0', fraction = '', half?: string): number {
  let h = Number(hour);
  if (half) h = (h % 12) + (/^p/i.test(half) ? 12 : 0);
  return h * 3600 + Number(minute) * 60 + Number(second) + (fraction === '' ? 0 : Number(`0.${fraction}`));
}

/** Quick, and right for what is a date: is it written like one? */
export function looksLikeDate(cell: string): boolean {
  return cell.length >= 6 && cell.length <= 40 && (ISO.test(cell) || /^\d{4}-\d\d-\d\d[T ]\d/.test(cell) || NUMERIC.test(cell) || COMPACT.test(cell) || monthOf(cell) !== undefined);
}

/** The two numbers whose order is in doubt, and what is between them; undefined for a date that is not. */
export function doubtful(cell: string): { first: number; second: number; separator: string; half: boolean } | undefined {
  const found = NUMERIC.exec(cell);
  return found ? { first: Number(found[1]), second: Number(found[3]), separator: found[2]!, half: found[9] !== undefined } : undefined;
}

/** Seconds since 1970, UTC where no zone is given: the zone of the machine would make the hour that summer time skips a gap. */
export function dateSeconds(cell: string, order: DayOrder): number | undefined {
  const iso = ISO.exec(cell);
  if (iso) return seconds(iso[1]!, Number(iso[2]), iso[3]!, iso.slice(4));
  const numeric = NUMERIC.exec(cell);
  if (numeric) {
    const [, first, , second, year] = numeric;
    return order === 'dmy' ? seconds(year!, Number(second), first!, numeric.slice(5)) : seconds(year!, Number(first), second!, numeric.slice(5));
  }
  const compact = COMPACT.exec(cell);
  if (compact) return seconds(compact[1]!, Number(compact[2]), compact[3]!, [compact[4], compact[5], compact[6], compact[7], undefined, compact[8]]);
  const named = monthOf(cell);
  if (named) return seconds(named.year, named.month, named.day, named.time);
  return undefined;
}

function monthOf(cell: string): { year: string; month: number; day: string; time: (string | undefined)[] } | undefined {
  const before = DAY_MONTH.exec(cell);
  const [day, name, year, time] = before ? [before[1]!, before[2]!, before[3]!, before.slice(4)] : swapped(MONTH_DAY.exec(cell));
  const month = name === undefined ? -1 : MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  const found = month >= 0 ? month + 1 : MONTHS_ELSEWHERE[(name ?? '').slice(0, 3).toLowerCase()];
  return found === undefined ? undefined : { year: year!, month: found, day: day!, time: time! };
}

function swapped(found: RegExpExecArray | null): [string?, string?, string?, (string | undefined)[]?] {
  return found ? [found[2]!, found[1]!, found[3]!, found.slice(4)] : [];
}

function seconds(year: string, month: number, day: string, [hour, minute, second, fraction, half, zone]: (string | undefined)[]): number | undefined {
  if (month < 1 || month > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const midnight = Date.UTC(full, month - 1, Number(day)) / 1000;
  return midnight + (hour === undefined ? 0 : ofDay(hour, minute!, second, fraction, half)) - offset(zone);
}

function offset(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
