import { LearnerError } from './errors.js';
import { instantiateCore, type Core } from './instantiate.js';
import { Place, Seat } from './seat.js';
import type { Words } from './words.js';

/** Bytes of state up to which an instance is shared: to change places costs a small part of a step (docs/decisions/library.md). */
const LARGEST = 32768;
/** Instances of a configuration. Up to so many learners have one each. */
const SEATS = 4;

/** The seats of one configuration. */
class Row<Exports extends Core> {
  readonly #seats: Seat<Exports>[];
  #turn = 0;

  constructor(first: Seat<Exports>) {
    this.#seats = [first];
  }

  /** One more seat while there are few and the engine has room; then each in turn. */
  seat(another: () => Seat<Exports>): Seat<Exports> {
    if (this.#seats.length < SEATS) {
      try {
        this.#seats.push(another());
        return this.#seats.at(-1)!;
      } catch (error) {
        if (!(error instanceof LearnerError && error.code === 'EMEMORY')) throw error;
      }
    }
    return this.#seats[this.#turn++ % this.#seats.length]!;
  }
}

/** The rows of a module by their words, for as long as anybody has a place in them. */
class Rows {
  readonly #rows = new Map<string, WeakRef<Row<Core>>>();
  readonly #left = new FinalizationRegistry<string>((words) => {
    if (this.get(words) === undefined) this.#rows.delete(words);
  });

  get(words: string): Row<Core> | undefined {
    return this.#rows.get(words)?.deref();
  }

  add(words: string, row: Row<Core>): void {
    this.#rows.set(words, new WeakRef(row));
    this.#left.register(row, words);
  }
}

const rowsOf = new WeakMap<WebAssembly.Module, Rows>();

/**
 * A place for one learner, created from `words`. Small ones whose words differ in the seed alone share instances.
 * @param of what the words are; without it nothing is shared
 * @throws LearnerError as `instantiateCore`
 */
export function placeFor<Exports extends Core>(module: WebAssembly.Module, words: Int32Array, reasons: readonly string[], of?: Words): Place<Exports> {
  const another = (): Seat<Exports> => new Seat(() => instantiateCore<Exports>(module, words, reasons));
  // older Workers of Cloudflare have no weak references: there each has its own
  if (of === undefined || typeof WeakRef === 'undefined') return new Place(another(), words);
  const rows = rowsOf.get(module) ?? new Rows();
  rowsOf.set(module, rows);
  const seed = of.fields.find(([name]) => name === 'seed')![1];
  const shape = words.filter((_, at) => at !== seed).join();
  const row = rows.get(shape) as Row<Exports> | undefined;
  if (row !== undefined) return new Place(row.seat(another), words, row);
  const first = another();
  if (first.state.length > LARGEST) return new Place(first, words);
  const begun = new Row(first);
  rows.add(shape, begun as unknown as Row<Core>);
  return new Place(first, words, begun);
}
