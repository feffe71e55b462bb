import { LearnerError } from './errors.js';
import { instantiateCore, type Core } from './instantiate.js';
import { Place, Seat } from './seat.js';
import type { Words } from './words.js';

/** Bytes of state up to which an instance is shared: half a page (docs/decisions/library.md). */
const LARGEST = 32768;
/** Instances of a configuration. Up to so many learners that are not disposed of have one each. */
const SEATS = 4;
/** Configurations whose instances are found again, the last ones: what was never disposed of keeps no more than these. */
const ROWS = 64;

/** The seats of one configuration. */
class Row<Exports extends Core> {
  readonly #seats: Seat<Exports>[] = [];

  constructor(
    readonly module: WebAssembly.Module,
    readonly shape: string,
  ) {}

  /** A vacant seat, or one more while there are few and the engine has room; then the first of those with the fewest places. */
  seat(another: () => Seat<Exports>): Seat<Exports> {
    const places = this.#seats.map((seat) => seat.places);
    const fewest = this.#seats[places.indexOf(Math.min(...places))];
    if (fewest?.places === 0 || this.#seats.length === SEATS) return fewest!;
    try {
      const seat = another();
      this.#seats.push(seat);
      return seat;
    } catch (error) {
      if (fewest === undefined || !(error instanceof LearnerError && error.code === 'EMEMORY')) throw error;
      return fewest;
    }
  }

  get isVacant(): boolean {
    return this.#seats.every((seat) => seat.places === 0);
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
    if (row.isVacant) forget(shared);
  });
  forget(shared);
  rows.unshift(shared);
  rows.length = Math.min(rows.length, ROWS);
  return place;
}
