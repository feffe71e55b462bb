/** Columns of numbers that are clocks, counters or ids: none of them is a measurement. */
import type { Column } from './columns.js';

/** Names of a column of times, alone or with its unit: t, time, timestamp, time_s, Date (UTC), seconds, index, ... */
export const TIME_NAME = /^(t|ts|time|times?tamp|date|datetime|epoch|clock|sec|secs|seconds|ms|millis|millisecond|milliseconds|elapsed|index|row|uptime|zeit|zeitpunkt|zeitstempel|uhrzeit|datum|temps|heure|horodatage|fecha|hora|tijd|tijdstip)([ _([.-].*)?$|[_ ]?(time|times?tamp|datetime)$/i;
/** Names of a column that says which thing a row is of. */
export const ID_NAME = /^(id|uuid|guid|imei|eui|devaddr|serial(_?(no|number))?|mac([ _-]?addr(ess)?)?)$|[_ .-](id|uuid|guid|imei|eui)$|[a-z](Id|ID|UUID)$/;
/** Names of measurements: no label, and no clock, however evenly it rises. */
export const MEASUREMENT_NAME = /^(temp|temperature|hum|humidity|rssi|snr|lqi|volt|voltage|current|power|energy|pressure|press|baro|co2|voc|tvoc|pm\d*|lux|light|illuminance|battery|batt|vbat|speed|rpm|accel|acc|gyro|mag|distance|level|flow|weight|mass|value|val|reading|messwert|wert|noise|sound|vibration|amp|amps|watts?|latitude|longitude|lat|lon|lng|altitude|[xyz])([ _([.-].*|\d*)$/i;
/** Names of a meter: it may rise as evenly as a clock. */
const COUNTER_NAME = /(wh|energy|energie|count|counter|total|pulse|pulses|impuls|odometer|mileage|meter|z[äa]hler(stand)?|verbrauch|consumption|volume|rain|bytes|packets|steps|m3|m³|lit(er|re)s?|cycles|starts)s?([ _([.-].*)?$/i;

/** Numbers that are dates as computers count them, from 2001 to 2096: seconds, or a thousandth, millionth, billionth. */
function isEpoch(least: number, most: number): boolean {
  return [1, 1e3, 1e6, 1e9].some((unit) => least >= 0.98e9 * unit && most <= 4e9 * unit);
}

/** Falls that a clock may have: it was set, or a summer ended. */
const FALLS = 0.005;
/** Steps below which evenness says nothing; and for a column in the place or with the name of a clock. */
const STEPS = 24;
const FEW_STEPS = 9;

/** Kind of clock that a column of numbers is; undefined if it is none. Its name matters little: it mostly rises, by steps that are near equal. */
export function clockKind({ steps, low, high }: Column, name: string, place: number): string | undefined {
  const { rises, falls, count, even } = steps;
  const isTime = TIME_NAME.test(name);
  const epoch = isEpoch(low.value!, high.value!);
  if (count < FEW_STEPS) return epoch && isTime ? 'a clock' : undefined;
  const rarelyFalls = falls <= Math.max(1, FALLS * count);
  if (epoch && (isTime || (rarelyFalls && rises >= 0.3 * count))) return 'a clock';
  if (!rarelyFalls) return undefined;
  if (isTime && rises >= 0.3 * count) return 'a clock';
  if (COUNTER_NAME.test(name) || MEASUREMENT_NAME.test(name) || rises < 0.95 * count || even < 0.9) return undefined;
  if (count < STEPS && (place > 0 || falls > 0)) return undefined;
  return 'it rises evenly from row to row: a clock or a row number';
}

/** Mostly grows, and where it falls, falls nearly to its beginning: a meter, or a number of few bits that begins anew. */
export function isCounter({ steps, low, high, kinds }: Column, name: string): boolean {
  const { rises, falls, count, fall, span } = steps;
  if (count < STEPS || kinds.clock > 0 || low.value === undefined || span === 0) return false;
  const isCalled = COUNTER_NAME.test(name);
  const wraps = falls > 0 && falls <= (isCalled ? 0.05 : 0.01) * count && fall >= 0.5 * (high.value! - low.value);
  if (falls > 0 && !wraps) return false;
  return isCalled ? rises >= 0.05 * count : rises >= 0.5 * count;
}
