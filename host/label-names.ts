import { checkName } from './config.js';
import { describe } from './config-values.js';

/**
 * The names of the labels in use. The core knows labels by number only; a label that is removed leaves its number to the last one, here as there.
 */
export class LabelNames {
  #names: readonly string[] = [];
  #numbers: ReadonlyMap<string, number> = new Map();

  constructor(names: readonly string[]) {
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
  numberOf(name: string): number {
    const number = this.#numbers.get(name);
    if (number !== undefined) return number;
    if (typeof name !== 'string') throw new TypeError(`label: expected one of the names in config.labels, got ${describe(name)}`);
    throw new RangeError(`label: '${name}' is unknown; this learner has ${this.first()}`);
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
