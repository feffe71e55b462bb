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
/** The same without case, where that leaves one; and other spellings. */
const SPELLED = new Map<string, string>();
const know = (unit: string, base: string, times: number, plus = 0): void => {
  KNOWN.set(unit, { base, times, plus });
  const lower = unit.toLowerCase();
  SPELLED.set(lower, SPELLED.has(lower) ? '' : unit); // mW and MW: neither
};
const PREFIXES: Readonly<Record<string, number>> = { n: 1e-9, µ: 1e-6, m: 1e-3, c: 0.01, h: 100, k: 1e3, M: 1e6, G: 1e9 };
for (const entry of 'V mkµ,A mkµ,W mkMG,Wh mkM,Pa hkM,m mckµ,g mkµ,Hz kMG,s mµn,l m,T mµn,Ω kM,% ,ppm ,lx ,C ,rad ,m/s2 ,m/s ,l/min '.split(',')) {
  const [base, prefixes] = entry.split(' ') as [string, string];
  know(base, base, 1);
  for (const prefix of prefixes) know(prefix + base, base, PREFIXES[prefix]!);
}
know('F', 'C', 5 / 9, -160 / 9);
know('K', 'C', 1, -273.15);
know('bar', 'Pa', 1e5);
know('mbar', 'Pa', 100);
know('psi', 'Pa', 6894.757293168);
know('min', 's', 60);
know('h', 's', 3600);
know('km/h', 'm/s', 1 / 3.6);
know('mph', 'm/s', 0.44704);
know('in', 'm', 0.0254);
know('ft', 'm', 0.3048);
know('deg', 'rad', Math.PI / 180);
know('l/h', 'l/min', 1 / 60);
know('m3/h', 'l/min', 1000 / 60);
for (const spelling of '℃ C,celsius C,℉ F,fahrenheit F,kelvin K,percent %,%rh %,volt V,volts V,watt W,amps A,lux lx,ohm Ω,sec s,hours h,degrees deg,° deg,m/s^2 m/s2,m/s² m/s2,m³/h m3/h'.split(',')) SPELLED.set(...(spelling.split(' ') as [string, string]));

/** 9.8 m/s2 where a sensor speaks of g. */
const GRAVITY = 9.80665;

/** A unit as it is known by: °C, [degC] and Celsius are C. */
function canonical(unit: string): string {
  const text = bare(unit).replace(/μ/g, 'µ').replace(/\s+/g, '');
  const plain = text.replace(/^(°|º|deg\.?)(?=[CFK]$)/i, '').replace(/^u(?=[A-Zmgs])/, 'µ');
  return KNOWN.has(plain) ? plain : SPELLED.get(plain.toLowerCase()) || plain;
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
  const isUnit = KNOWN.has(canonical(unit)) || (square !== undefined && /^[^\d]*[a-z%°µμΩ][^\s]*$/i.test(square.trim()) && square.trim().length > 1);
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

export function isSameUnit({ times, plus }: UnitChange): boolean {
  return times === 1 && plus === 0;
}
