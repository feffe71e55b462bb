/** A number of a configuration in its range. @throws TypeError, RangeError that name the field, the value and the range */
export function number(name: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number') throw new TypeError(`config.${name}: expected a number, got ${describe(value)}`);
  if (!(value >= low && value <= high)) throw new RangeError(`config.${name}: got ${value}; expected ${Number(low.toPrecision(3))} to ${high}`);
  return value;
}

/** A whole number of a configuration in its range. @throws as `number` does */
export function whole(name: string, value: unknown, low: number, high: number): number {
  const checked = number(name, value, low, high);
  if (!Number.isInteger(checked)) throw new RangeError(`config.${name}: got ${checked}; expected a whole number`);
  return checked;
}

/** A value as an error message shows it. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value);
  return 'an object';
}
