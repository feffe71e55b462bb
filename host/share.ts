import { LearnerError } from './errors.js';
import { instantiateCore, type Core } from './instantiate.js';
import { Place, Seat } from './seat.js';
import type { Words } from './words.js';

/** Bytes of state up to which an instance is shared: half a page (docs/decisions/library.md). */
const LARGEST = 32768;
/** Instances of a configuration. Up to so many learners have one each. */
const SEATS = 4;
/** Configurations whose instances are found again, the last ones: what was never disposed of keeps no more than these. */
const ROWS = 64;

/** The seats of one configuration. */
class Row<Exports extends Core> {
  readonly #seats: Seat<Exports>[] = [];
  #turn = 0;
  places = 0;

  constructor(
    readonly module: WebAssembly.Module,
    readonly shape: string,
  ) {}

  /** One more seat while there are few and the engine has room; then each in turn. */
  seat(another: () => Seat<Exports>): Seat<Exports> {
    if (this.#seats.length < SEATS) {
      try {
        this.#seats.push(another());
        return this.#seats.at(-1)!;
      } catch (error) {
        if (this.#seats.length === 0 || !(error instanceof LearnerError && error.code === 'EMEMORY')) throw error;
      }
    }
    return this.#seats[this.#turn++ % this.#seats.length]!;
  }
}

/** The last used comes first. */
const rows: Row<Core>[] = [];

function forget(row: Row<Core>): void {
  if (rows.includes(row)) rows.splice(rows.indexOf(row), 1);
}

/**
 * A place for one learner, created from `words`. Small ones whose words differ in the seed alone share instances.
 * @param of what the words are; without it nothing is shared
 * @throws LearnerError as `instantiateCore`
 */
export function placeFor<Exports extends Core>(module: WebAssembly.Module, words: Int32Array, reasons: readonly string[], of?: Words): Place<Exports> {
  const another = (): Seat<Exports> => new Seat(() => instantiateCore<Exports>(module, words, reasons));
  if (of === undefined) return new Place(another(), words);
  const seed = of.fields.find(([name]) => name === 'seed')![1];
  const shape = words.filter((_, at) => at !== seed).join();
  const row = (rows.find((row) => row.module === module && row.shape === shape) ?? new Row(module, shape)) as Row<Exports>;
  const seat = row.seat(another);
  if (seat.state.length > LARGEST) return new Place(seat, words);
  const shared = row as unknown as Row<Core>;
  const place = new Place(seat, words, () => {
    if (--row.places === 0) forget(shared);
  });
  row.places++;
  forget(shared);
  rows.unshift(shared);
  rows.length = Math.min(rows.length, ROWS);
  return place;
}
