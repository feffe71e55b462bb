import { Adaptation, type Adaptable, type AdaptationOptions } from './adaptation.js';
import { checkFields, describe } from './config-values.js';

/** The part of a learner that waiting samples are taught to. */
export interface Teachable extends Adaptable {
  readonly inputs: number;
}

/** How much may wait, and what a sample may change whose label never comes. */
export interface PendingOptions extends AdaptationOptions {
  /** How many samples may wait for their label, 1 or more; beyond, the oldest is dropped and counted. Default 1000. */
  capacity?: number;
}

/** How it went so far. */
export interface PendingCounts {
  /** Samples that wait now. */
  waiting: number;
  /** Samples whose label came, and which were learned. */
  resolved: number;
  /** Samples that gave way to newer ones before their label came. */
  evicted: number;
  /** Samples that came with an id that was waiting already, and were left out. */
  duplicates: number;
  /** Labels for ids that were not waiting: never held, evicted, or resolved before. */
  unknown: number;
}

/**
 * Samples that wait for their labels, which may come late, in any order, twice or never. The rules:
 *
 * - An id names one sample, and 7 and "7" are one id. The first to come under it waits; another under the same id is left out and counted.
 * - A sample without an id (undefined) waits for `resolveWhere` only.
 * - A label teaches the sample at once, whatever came before or after it: the network learns in the order of the labels.
 * - A sample is taught once. A second label for it counts as unknown, as one for an id that was never held.
 * - At most `capacity` samples wait. The one that has waited longest gives way, as a sample whose label never comes: it changes nothing, unless
 *   `adapt` says otherwise.
 * - A label that the learner refuses (it throws) leaves the sample waiting.
 *
 * Values are kept as binary32, as the core takes them: 4 bytes a value. They are no part of a snapshot: what waits is lost with the process.
 */
export class PendingLabels<Id extends string | number | bigint = string | number, Held = unknown> {
  readonly capacity: number;
  readonly #inputs: number;
  readonly #adaptation: Adaptation;
  /** In the order in which they came. */
  readonly #waiting = new Map<string | symbol, { x: Float32Array; held: Held | undefined }>();
  #resolved = 0;
  #evicted = 0;
  #duplicates = 0;
  #unknown = 0;

  /** @param learner or the `Adaptation` of one, where labels come at once too: they share its credit then */
  constructor(learner: Teachable | Adaptation<Teachable>, options: PendingOptions = {}) {
    checkFields('options', options, ['capacity', 'adapt', 'onMoved']);
    const { capacity = 1000, ...others } = options;
    if (typeof capacity !== 'number') throw new TypeError(`options.capacity: expected a number, got ${describe(capacity)}`);
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`options.capacity: got ${capacity}; expected a whole number from 1`);
    this.#adaptation = learner instanceof Adaptation ? learner : new Adaptation(learner, others);
    this.#inputs = (learner instanceof Adaptation ? learner.learner : learner).inputs;
    this.capacity = capacity;
  }

  /**
   * Keeps a copy of `x` until its label comes. False for an id that waits already.
   * @param held what `resolve` gives back: what the sample was answered, when it was taken
   * @throws TypeError, RangeError: not an array of numbers, another length than the learner's samples
   */
  hold(id: Id | undefined, x: ArrayLike<number>, held?: Held): boolean {
    if (typeof x !== 'object' || x === null || typeof x.length !== 'number') {
      throw new TypeError(`x: expected an array of ${this.#inputs} numbers, got ${describe(x)}`);
    }
    if (x.length !== this.#inputs) throw new RangeError(`x: ${x.length} values; this learner takes ${this.#inputs}`);
    const key = id === undefined ? Symbol() : String(id);
    if (this.#waiting.has(key)) {
      this.#duplicates++;
      return false;
    }
    if (this.#waiting.size === this.capacity) {
      const [oldest, sample] = this.#waiting.entries().next().value!;
      this.#waiting.delete(oldest);
      this.#evicted++;
      this.#adaptation.adapt(sample.x);
    }
    this.#waiting.set(key, { x: Float32Array.from(x), held });
    return true;
  }

  /**
   * Learns the sample of this id, and gives what was held with it. Undefined where none waits.
   * @throws what `learn` throws for this label; the sample waits on then
   */
  resolve(id: Id, label: string): { held: Held | undefined } | undefined {
    const key = String(id);
    if (!this.#waiting.has(key)) {
      this.#unknown++;
      return undefined;
    }
    return { held: this.#teach(key, label) };
  }

  /**
   * Learns every waiting sample that `which` says yes to, in the order in which they came, and gives what was held with each: for a label of a stretch of time. A label for
   * none counts as unknown.
   * @throws what `learn` throws for this label; what was not learned by then waits on
   */
  resolveWhere(which: (held: Held | undefined) => boolean, label: string): (Held | undefined)[] {
    const chosen = [...this.#waiting].filter(([, { held }]) => which(held));
    if (chosen.length === 0) this.#unknown++;
    return chosen.map(([key]) => this.#teach(key, label));
  }

  /** Counters since it was made. */
  counts(): PendingCounts {
    return {
      waiting: this.#waiting.size,
      resolved: this.#resolved,
      evicted: this.#evicted,
      duplicates: this.#duplicates,
      unknown: this.#unknown,
    };
  }

  #teach(key: string | symbol, label: string): Held | undefined {
    const { x, held } = this.#waiting.get(key)!;
    this.#adaptation.learn(x, label);
    this.#waiting.delete(key);
    this.#resolved++;
    return held;
  }
}
