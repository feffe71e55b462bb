/** Units of columns: where they stand, which of them are one, and how a value of one becomes a value of another. */

/** Change of unit: value x `times` + `plus`. */
export interface UnitChange {
  times: number;
  plus: number;
}

interface Known extends UnitChange {
  /** The unit that all of a kind become. */
  base: string;
}

const KNOWN = new Map<string, Known>();
/** The same by `folded`; and other spellings, in small letters. */
const SPELLED = new Map<string, string>();
/** Case is no matter but for a first m or M: mW and MW are two units. */
const folded = (unit: string): string => (/^m/i.test(unit) ? unit[0]! : unit.charAt(0).toLowerCase()) + unit.slice(1).toLowerCase();
const know = (unit: string, base: string, times: number, plus = 0): void => {
  KNOWN.set(unit, { base, times, plus });
  // one letter is another unit in the other case, and so are mS, µG, nM
  if (unit.length === 1 || /^[mµn][smgT]$/.test(unit)) return;
  SPELLED.set(folded(unit), unit);
  if (unit.startsWith('m') && !KNOWN.has(unit.slice(1))) SPELLED.set(`M${unit.slice(1).toLowerCase()}`, unit); // the m of min, mph and m/s is no prefix
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
for (const spelling of 'l l,℃ C,celsius C,℉ F,fahrenheit F,kelvin K,percent %,%rh %,volt V,volts V,watt W,amps A,lux lx,ohm Ω,ohms Ω,sec s,hours h,degrees deg,° deg'.split(',')) SPELLED.set(...(spelling.split(' ') as [string, string]));

/** Units that any prefix of SI may stand before, besides those above. */
const PREFIXED = /^(V|A|W|Wh|Pa|m|g|Hz|s|l|T|Ω|lx|rad|K|bar|psi|m\/s2?|l\/min|m3\/h)$/;

/** 9.8 m/s2 where a sensor speaks of g. */
const GRAVITY = 9.80665;
const GRAVITIES = /^[mµ]?g$/;

/** A unit as it is known by: °C, [degC] and Celsius are C; kohm is kΩ. */
function canonical(unit: string): string {
  const text = bare(unit).replace(/μ/g, 'µ').replace(/\u2126/g, 'Ω').replace(/²|\^2/g, '2').replace(/³|\^3/g, '3').replace(/\s+/g, '');
  const degrees = /^(?:°|º|deg\.?)([CFK])$/i.exec(text)?.[1]!.toUpperCase();
  const plain = degrees ?? text.replace(/^u(?=[A-Zmgs])/, 'µ').replace(/^u(?=ohm)/i, 'µ');
  if (KNOWN.has(plain)) return plain;
  const spelled = spellingOf(plain);
  if (spelled !== undefined) return spelled;
  const [prefix, rest] = [plain.charAt(0).replace('K', 'k'), plain.slice(1)];
  const word = spellingOf(rest);
  if (!(prefix in PREFIXES) || word === undefined) return plain;
  return /m/i.test(prefix) && word !== rest && folded(word) === folded(rest) ? plain : prefix + word; // mhz: who writes it means MHz, and says mHz
}

/** One letter has its case, but for the litre. */
function spellingOf(unit: string): string | undefined {
  return /^[a-km-z]$/i.test(unit) ? undefined : SPELLED.get(folded(unit));
}

/** Looks a unit up in the form of `canonical`: by itself, or behind a prefix. */
function known(unit: string): Known | undefined {
  const [prefix, rest] = [unit.charAt(0), unit.slice(1)];
  const found = KNOWN.get(unit);
  if (found || !/[nµmkMG]/.test(prefix) || !PREFIXED.test(rest)) return found;
  const { base, times, plus } = KNOWN.get(rest)!;
  return { base, times: times * scaleOf(prefix, rest), plus };
}

/** Of a prefix: a cubic one counts three times. */
function scaleOf(prefix: string, rest: string): number {
  return PREFIXES[prefix]! ** Number(/^m([23])/.exec(rest)?.[1] ?? 1);
}

/** Without brackets; '' for a dash. */
function bare(unit: string): string {
  const [, , inside] = /^\s*([[({<])?\s*(.*?)\s*[\])}>]?\s*$/s.exec(unit.replace(/\s+/g, ' '))!;
  return inside === undefined || /^[-–—]*$/.test(inside) ? '' : inside;
}

/** A longer name is text: each run of blanks in it would be tried from each of its blanks. */
const LONGEST_NAME = 200;

/** `temp [C]`, `temp (°C)`, `flow in l/min`, `p/hPa`: the name and the unit in it; what is in brackets and no unit belongs to the name. */
export function splitUnit(name: string): { name: string; unit: string } {
  if (name.length > LONGEST_NAME) return { name, unit: '' };
  const [, stem, square, round, after] = /^(.*?\S)\s*(?:\[([^[\]]{1,16})\]|\(([^()]{1,16})\)|(?:\s+in\s+|\s*\/\s*)(\S{1,10}))\s*$/i.exec(name) ?? [];
  const unit = square ?? round ?? after;
  if (stem === undefined || unit === undefined) return { name, unit: '' };
  const isUnit = known(canonical(unit)) !== undefined || (square !== undefined && /^[^\d]*[a-z%°µμΩ][^\s]*$/i.test(square.trim()) && square.trim().length > 1);
  return isUnit && !(after !== undefined && /^[a-z]$/.test(after)) ? { name: stem, unit: unit.trim() } : { name, unit: '' };
}

/** Unit of a column: by its row of units, else by its name. '' if neither says one. */
export function columnUnit(units: readonly string[] | undefined, names: readonly string[] | undefined, column: number): string {
  return bare(units?.[column] ?? '') || splitUnit(names?.[column] ?? '').unit;
}

/** How a value of one unit becomes one of the other; undefined where they are not of a kind. */
export function unitChange(from: string, to: string): UnitChange | undefined {
  const [a, b] = [canonical(from), canonical(to)];
  if (a === b) return { times: 1, plus: 0 };
  const [one, other] = [known(a), known(b)];
  if (one && other) {
    const gravity = GRAVITIES.test(a) && other.base === 'm/s2' ? GRAVITY : GRAVITIES.test(b) && one.base === 'm/s2' ? 1 / GRAVITY : undefined;
    if (gravity === undefined && one.base !== other.base) return undefined;
    return { times: (one.times / other.times) * (gravity ?? 1), plus: (one.plus - other.plus) / other.times };
  }
  const ratio = scales(a, b).find((each) => each !== undefined);
  if (ratio !== undefined) return { times: ratio, plus: 0 };
  if (one || other || (a.length === 1 && b.length === 1)) return undefined;
  return folded(a.replaceAll('.', '')) === folded(b.replaceAll('.', '')) ? { times: 1, plus: 0 } : undefined;
}

/** Of prefixes before the same unit that nothing else is known of: kvar and var, kvar and Mvar. */
function scales(a: string, b: string): (number | undefined)[] {
  const before = (long: string, short: string) => (short !== '' && long.slice(1) === short && long[0]! in PREFIXES ? scaleOf(long[0]!, short) : undefined);
  const [one, other] = [before(a, a.slice(1)), before(b, b.slice(1))];
  const down = before(b, a);
  return [before(a, b), down && 1 / down, a.slice(1) === b.slice(1) && one && other ? one / other : undefined];
}

export function isSameUnit({ times, plus }: UnitChange): boolean {
  return times === 1 && plus === 0;
}
