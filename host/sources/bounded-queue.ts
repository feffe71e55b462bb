/**
 * Between a source that pushes and a reader that pulls: at most `capacity` items wait, and when one more comes the oldest gives way and is
 * counted, because of a sensor the newest reading is worth most. One reader.
 */
export class BoundedQueue<T> implements AsyncIterable<T> {
  readonly #capacity: number;
  #items: T[] = [];
  /** Index of the first item: shifting an array of 1000 for every message costs more than the message. */
  #first = 0;
  #dropped = 0;
  #ended = false;
  #error: unknown;
  #wake: () => void = () => {};
  /** Callers that wait for room, the first one first. */
  #writers: (() => void)[] = [];

  constructor(capacity: number) {
    if (typeof capacity !== 'number') throw new TypeError(`queue: expected a number, got ${String(capacity)}`);
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`queue: got ${capacity}; expected a whole number from 1`);
    this.#capacity = capacity;
  }

  get waiting(): number {
    return this.#items.length - this.#first;
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(item: T): void {
    if (this.#ended) return;
    if (this.waiting === this.#capacity) {
      this.#shift();
      this.#dropped++;
    }
    this.#items.push(item);
    this.#wake();
  }

  /** Waits until there is room: for who would rather wait than lose. @returns whether it was taken; false where no more comes */
  async put(item: T): Promise<boolean> {
    while (this.waiting === this.#capacity && !this.#ended) await new Promise<void>((resolve) => this.#writers.push(resolve));
    if (this.#ended) return false;
    this.push(item);
    return true;
  }

  /** No more comes. What waits is still read. */
  end(): void {
    this.#ended = true;
    this.#wake();
    for (const writer of this.#writers.splice(0)) writer();
  }

  /** Like `end`, and the reader then gets this error. The first one counts. */
  fail(error: unknown): void {
    if (!this.#ended) this.#error = error;
    this.end();
  }

  /** Items that wait are thrown away too. */
  clear(): void {
    this.#items = [];
    this.#first = 0;
    for (const writer of this.#writers.splice(0)) writer();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.waiting > 0) yield this.#shift();
      if (this.#ended) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#error !== undefined) throw this.#error;
  }

  #shift(): T {
    const item = this.#items[this.#first]!;
    this.#items[this.#first++] = undefined as T; // give the memory back
    if (this.#first > 64 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    this.#writers.shift()?.();
    return item;
  }
}
