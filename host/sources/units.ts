/** Units of columns: where they stand, which of them are one, and how a value of one becomes a value of another. */

/** What a value is multiplied by, and what is added then. */
export interface UnitChange {
  times: number;
  plus: number;
}

interface Known extends UnitChange {
  /** The unit that all of a kind become. */
  base: string;
}

const KNOWN = new Map<string, Known>();
for (const [base, prefixes] of Object.entries({ V: 'mkµ', A: 'mkµn', W: 'mkMGµ', VA: 'mkM', Wh: 'mkMG', J: 'mkM', Pa: 'mkhM', m: 'mkcnµd', g: 'mkµ', Hz: 'kMGm', s: 'mnµ', l: 'mcd', T: 'mnµ', ppm: '', '%': '', Ω: 'kMm', lx: 'k', rad: 'm', 'm/s2': 'm', 'm/s': 'cm' })) {
  KNOWN.set(base, { base, times: 1, plus: 0 });
  for (const prefix of prefixes) KNOWN.set(prefix + base, { base, times: { n: 1e-9, µ: 1e-6, m: 1e-3, c: 0.01, d: 0.1, h: 100, k: 1e3, M: 1e6, G: 1e9 }[prefix]!, plus: 0 });
}
for (const [unit, base, times, plus = 0] of [
  ['C', 'C', 1], ['F', 'C', 5 / 9, -160 / 9], ['K', 'C', 1, -273.15], ['bar', 'Pa', 1e5], ['mbar', 'Pa', 100], ['psi', 'Pa', 6894.757293168], ['atm', 'Pa', 101_325], ['mmHg', 'Pa', 133.322387415],
  ['min', 's', 60], ['h', 's', 3600], ['km/h', 'm/s', 1 / 3.6], ['mph', 'm/s', 0.44704], ['kn', 'm/s', 1852 / 3600], ['in', 'm', 0.0254], ['ft', 'm', 0.3048], ['mi', 'm', 1609.344], ['lb', 'g', 453.59237], ['oz', 'g', 28.349523125],
  ['deg', 'rad', Math.PI / 180], ['rad/s', 'rad/s', 1], ['dps', 'rad/s', Math.PI / 180], ['rpm', 'rad/s', Math.PI / 30], ['l/min', 'l/min', 1], ['l/h', 'l/min', 1 / 60], ['l/s', 'l/min', 60], ['m3/h', 'l/min', 1000 / 60], ['gal/min', 'l/min', 3.785411784], ['ppb', 'ppm', 1e-3],
] as const) KNOWN.set(unit, { base, times, plus });

/** Other spellings, without case. */
const SPELLED: Readonly<Record<string, string>> = {
  '℃': 'C', degc: 'C', celsius: 'C', grad: 'C', '℉': 'F', degf: 'F', fahrenheit: 'F', kelvin: 'K', degk: 'K', percent: '%', pct: '%', prozent: '%', '%rh': '%', rh: '%', volt: 'V', volts: 'V', ampere: 'A', amps: 'A', amp: 'A', watt: 'W', watts: 'W', kwh: 'kWh', kw: 'kW', wh: 'Wh', mpa: 'MPa',
  pa: 'Pa', hpa: 'hPa', kpa: 'kPa', hz: 'Hz', khz: 'kHz', lux: 'lx', ohm: 'Ω', sec: 's', second: 's', seconds: 's', minute: 'min', minutes: 'min', hour: 'h', hours: 'h', hr: 'h', degree: 'deg', degrees: 'deg', '°': 'deg', 'deg/s': 'dps', '°/s': 'dps', gpm: 'gal/min', lpm: 'l/min', 'm3/hr': 'm3/h',
  kph: 'km/h', kmh: 'km/h', 'm/s^2': 'm/s2', 'm/s²': 'm/s2', 'm/s/s': 'm/s2', ms2: 'm/s2', 'ft.': 'ft', inch: 'in', 'l/m': 'l/min', 'm³/h': 'm3/h', liter: 'l', litre: 'l', meter: 'm', metre: 'm', gram: 'g', knots: 'kn', kt: 'kn', db: 'dB', dbm: 'dBm',
};

/** 9.8 m/s2 where a sensor speaks of g. */
const GRAVITY = 9.80665;

/** A unit as it is known by: °C, [degC] and Celsius are C. */
function canonical(unit: string): string {
  const text = bare(unit).replace(/μ/g, 'µ').replace(/\s+/g, '');
  const plain = text.length > 1 ? text.replace(/^(°|deg\.?|º)(?=[CFK]$)/i, '') : text;
  if (KNOWN.has(plain)) return plain;
  if (KNOWN.has(plain.replace(/^u/, 'µ'))) return plain.replace(/^u/, 'µ');
  return SPELLED[plain.toLowerCase()] ?? (plain.length === 1 && KNOWN.has(plain.toUpperCase()) ? plain.toUpperCase() : plain.replace(/^L(?=$|\/)/, 'l'));
}

/** Without brackets; '' for a dash. */
function bare(unit: string): string {
  const [, , inside] = /^\s*([[({<])?\s*(.*?)\s*[\])}>]?\s*$/s.exec(unit)!;
  return inside === undefined || /^[-–—]*$/.test(inside) ? '' : inside;
}

/** `temp [C]`, `temp (°C)`, `flow in l/min`, `p/hPa`: the name and the unit in it; what is in brackets and no unit belongs to the name. */
export function splitUnit(name: string): { name: string; unit: string } {
  const [, stem, square, round, after] = /^(.*?\S)\s*(?:\[([^[\]]{1,16})\]|\(([^()]{1,16})\)|(?:\s+in\s+|\s*\/\s*)(\S{1,10}))\s*$/i.exec(name) ?? [];
  const unit = square ?? round ?? after;
  if (stem === undefined || unit === undefined) return { name, unit: '' };
  const isUnit = KNOWN.has(canonical(unit)) || SPELLED[unit.trim().toLowerCase()] !== undefined || (square !== undefined && /^[^\d]*[a-z%°µμΩ][^\s]*$/i.test(square.trim()) && square.trim().length > 1);
  return isUnit && !(after !== undefined && /^[a-z]$/.test(after)) ? { name: stem, unit: unit.trim() } : { name, unit: '' };
}

/** What is known of a column: by its row of units, else by its name. '' where nothing is. */
export function columnUnit(units: readonly string[] | undefined, names: readonly string[] | undefined, column: number): string {
  return bare(units?.[column] ?? '') || splitUnit(names?.[column] ?? '').unit;
}

/** How a value of one unit becomes one of the other; undefined where they are not of a kind. */
export function unitChange(from: string, to: string): UnitChange | undefined {
  const [a, b] = [canonical(from), canonical(to)];
  if (a === b) return { times: 1, plus: 0 };
  if (a === 'g' && b === 'm/s2') return { times: GRAVITY, plus: 0 };
  if (a === 'm/s2' && b === 'g') return { times: 1 / GRAVITY, plus: 0 };
  const [one, other] = [KNOWN.get(a), KNOWN.get(b)];
  if (one && other) return one.base === other.base ? { times: one.times / other.times, plus: (one.plus - other.plus) / other.times } : undefined;
  const prefix = (long: string, short: string) => (long.length === short.length + 1 && long.endsWith(short) ? PREFIXES[long[0]!] : undefined);
  const [up, down] = [prefix(a, b), prefix(b, a)];
  if (up !== undefined || down !== undefined) return { times: up ?? 1 / down!, plus: 0 };
  return a.toLowerCase().replaceAll('.', '') === b.toLowerCase().replaceAll('.', '') ? { times: 1, plus: 0 } : undefined;
}

/** Of units that are not known otherwise: kvar and var. */
const PREFIXES: Readonly<Record<string, number>> = { n: 1e-9, µ: 1e-6, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9 };

export function isSameUnit({ times, plus }: UnitChange): boolean {
  return times === 1 && plus === 0;
}
