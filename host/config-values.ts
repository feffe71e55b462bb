/** A number in its range. @throws TypeError, RangeError that name the parameter, the value and the range */
export function inRange(parameter: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number') throw new TypeError(`${parameter}: expected a number, got ${describe(value)}`);
  if (!(value >= low && value <= high)) throw new RangeError(`${parameter}: got ${value}; expected ${Number(low.toPrecision(3))} to ${high}`);
  return value;
}

/** A number of a configuration in its range. @throws as `inRange` does */
export const number = (name: string, value: unknown, low: number, high: number): number => inRange(`config.${name}`, value, low, high);

/** A whole number of a configuration in its range. @throws as `number` does */
export function whole(name: string, value: unknown, low: number, high: number): number {
  const checked = number(name, value, low, high);
  if (!Number.isInteger(checked)) throw new RangeError(`config.${name}: got ${checked}; expected a whole number`);
  return checked;
}

/** Yes or no of a configuration. @throws TypeError */
export function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`config.${name}: expected true or false, got ${describe(value)}`);
  return value;
}

/** One of several values. @throws RangeError */
export const choice = <const T extends string | number>(name: string, value: unknown, choices: readonly T[]): T => oneOf(`config.${name}`, value, choices);

/** The same under its full name. @throws RangeError */
export function oneOf<const T extends string | number>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) throw new RangeError(`${name}: got ${describe(value)}; expected ${choices.length > 2 ? choices.join(', ') : choices.map(describe).join(' or ')}`);
  return value as T;
}

/** 1e30 as binary32 has it: a snapshot keeps a scale so, and is to load again. */
const FARTHEST_SCALE = Math.fround(1e30);

/** `inputScale`; null where inputs are standardised. @throws TypeError, RangeError */
export function inputScaleOf(value: unknown): number | null {
  if (value === undefined) return null;
  const scale = number('inputScale', value, -FARTHEST_SCALE, FARTHEST_SCALE);
  if (Math.abs(scale) < 1e-30) throw new RangeError(`config.inputScale: ${scale} would erase every input; leave it out to standardise`);
  return scale;
}

/** Units of each layer of a list that is one. @throws TypeError, RangeError */
export function checkLayers(units: unknown, least: number, why = ''): void {
  if (!Array.isArray(units)) throw new TypeError(`config.units: expected an array such as [64, 64], got ${describe(units)}`);
  if (units.length < least || units.length > 8) throw new RangeError(`config.units: ${units.length} layers; expected ${least} to 8${why}`);
}

/** Former names of options: one noun has one meaning in all classes. */
const RENAMED: Record<string, string> = { layers: 'units' };

/**
 * A misspelt field would be one that is not heeded.
 * @param of `config` or `options`
 * @throws TypeError for what is no object, and for an unknown field, with those that there are
 */
export function checkFields(of: 'config' | 'options', given: unknown, known: readonly string[]): void {
  checkObject(of, given);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const now = RENAMED[name];
    throw new TypeError(`${of}.${name}: no such ${of === 'config' ? 'field' : 'option'}; ${now !== undefined && known.includes(now) ? `it is called ${now}` : `there are ${known.join(', ') || 'none'}`}`);
  }
}

/** @throws TypeError for what is no object, with one that is; else as `checkFields` */
export function checkConfig(config: unknown, known: readonly string[], example: string): void {
  checkObject('config', config, ` such as ${example}`);
  checkFields('config', config, known);
}

/** An array has no named fields. @throws TypeError for what is no object */
export function checkObject(name: string, value: unknown, example = ''): asserts value is object {
  if (describe(value) !== 'an object') throw new TypeError(`${name}: expected an object${example}, got ${describe(value)}`);
}

/** A value as an error message shows it. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value);
  return 'an object';
}
