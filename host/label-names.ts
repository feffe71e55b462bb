import { describe } from './config-values.js';

/** A name that a snapshot can keep: 16 bits of length, and UTF-8 has no lone surrogates. @throws TypeError, RangeError */
function checkName(parameter: string, name: string): void {
  if (typeof name !== 'string') throw new TypeError(`${parameter}: expected a name, got ${describe(name)}`);
  if (/\p{Surrogate}/u.test(name)) throw new RangeError(`${parameter}: ${JSON.stringify(name.slice(0, 40))} is not Unicode: it holds half a surrogate pair`);
  if (new TextEncoder().encode(name).length > 0xffff) throw new RangeError(`${parameter}: ${describe(name)} is longer than 65535 bytes`);
}

/**
 * Names of a configuration, each once.
 * @param field `labels` or `symbols`, @param least how many there must be, of 256
 * @throws TypeError, RangeError
 */
export function namesOf(field: string, names: readonly string[], least = 0): readonly string[] {
  const parameter = `config.${field}`;
  if (!Array.isArray(names)) throw new TypeError(`${parameter}: expected an array of names, got ${describe(names)}`);
  if (names.length < least || names.length > 256) throw new RangeError(`${parameter}: ${names.length} ${field}; expected 2 to 256`);
  for (const [i, name] of names.entries()) {
    checkName(parameter, name);
    if (names.indexOf(name) < i) throw new RangeError(`${parameter}: '${name}' stands there twice`);
  }
  return Object.freeze([...names]);
}

/** `'0'`, `'1'`, ...: the labels of a snapshot that has no names. */
export const numbered = (count: number): string[] => Array.from({ length: count }, (_, number) => String(number));

/**
 * The names of the labels in use. The core knows labels by number only; a label that is removed leaves its number to the last one, here as there.
 */
export class LabelNames {
  #names: readonly string[] = [];
  #numbers: ReadonlyMap<string, number> = new Map();

  /** @param whose what has them, in messages */
  constructor(names: readonly string[], readonly whose: string) {
    this.set(names);
  }

  /** In the order of their numbers; frozen, another array after every change. */
  get all(): readonly string[] {
    return this.#names;
  }

  get count(): number {
    return this.#names.length;
  }

  set(names: readonly string[]): void {
    this.#names = Object.freeze([...names]);
    this.#numbers = new Map(names.map((name, number) => [name, number]));
  }

  has(name: string): boolean {
    return this.#numbers.has(name);
  }

  /** The number of a label; undefined for a name that is none. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** @throws TypeError, RangeError: no string, no label */
  numberOf(name: string, parameter = 'label'): number {
    const number = this.#numbers.get(name);
    if (number !== undefined) return number;
    if (typeof name !== 'string') throw new TypeError(`${parameter}: expected one of the names in config.labels, got ${describe(name)}`);
    throw new RangeError(`${parameter}: '${name}' is unknown; this ${this.whose} has ${this.first()}`);
  }

  /** @throws TypeError, RangeError: no string, or there already */
  checkNew(name: string): void {
    checkName('label', name);
    if (this.has(name)) throw new RangeError(`label: '${name}' is there already`);
  }

  add(name: string): void {
    this.set([...this.#names, name]);
  }

  rename(number: number, to: string): void {
    checkName('to', to);
    if (this.#names[number] !== to && this.has(to)) throw new RangeError(`label: '${to}' is there already; mergeLabels makes two labels one`);
    this.set(this.#names.with(number, to));
  }

  remove(number: number): void {
    const names = [...this.#names];
    const last = names.pop()!;
    if (number < names.length) names[number] = last;
    this.set(names);
  }

  /** The first eight, for messages. */
  first(): string {
    return this.#names.slice(0, 8).join(', ') + (this.count > 8 ? ', ...' : '');
  }
}
