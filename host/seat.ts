import type { Core } from './instantiate.js';

/** An instance of a core, in which the state of one learner lies at a time. */
export class Seat<Exports extends Core> {
  core!: Exports;
  state!: Uint8Array;
  /** Whose state it is. */
  holder: Place<Exports> | null = null;
  /** Places that are not left yet. */
  places = 0;
  /** How often its core was asked for. */
  uses = 0;
  /** Created, and nobody's yet. */
  isNew = true;
  /** A call did not end (the stack overflowed, say): what lies beside the state is in doubt. */
  isBroken = false;
  readonly #instantiate: () => Exports;

  constructor(instantiate: () => Exports) {
    this.#instantiate = instantiate;
    this.renew();
  }

  /** An instance of which nobody has used anything. */
  renew(): void {
    const exports = this.#instantiate();
    this.core = this.#watched(exports);
    this.state = new Uint8Array(exports.memory.buffer, exports.arena(), exports.stateBytes());
    this.isBroken = false;
  }

  /** The same functions, which note calls that do not end. No function of a core has more than three parameters. */
  #watched(exports: Exports): Exports {
    const watched = Object.entries(exports).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      return [name, (a?: number, b?: number, c?: number): unknown => {
        try {
          return value(a, b, c);
        } catch (error) {
          this.isBroken = true;
          throw error;
        }
      }];
    });
    return Object.fromEntries(watched) as Exports;
  }
}

/** One learner's part of a seat: its state lies there, or waits aside while another's does. */
export class Place<Exports extends Core> {
  readonly #seat: Seat<Exports>;
  readonly #left: () => void;
  #aside: Uint8Array | undefined;

  /**
   * @param words of a seat that is taken: it is created anew from them
   * @param left is told when it is left for good
   */
  constructor(seat: Seat<Exports>, words: Int32Array, left: () => void = () => {}) {
    this.#seat = seat;
    this.#left = left;
    if (seat.isNew) seat.holder = this;
    else this.create(words);
    seat.isNew = false;
    seat.places++;
  }

  /** The core with this learner's state in it. Another may take its place whenever code of a user runs: to be asked for anew after that. */
  get core(): Exports {
    const seat = this.#seat;
    if (seat.holder !== this || seat.isBroken) this.#sit();
    seat.uses++;
    return seat.core;
  }

  /** How often the core was asked for, by whomever: as long as it stays the same, what lies beside the state does, too. */
  get uses(): number {
    return this.#seat.uses;
  }

  /** Its state becomes that of `words`, as if nothing had been learned. */
  create(words: Int32Array): void {
    this.#clear();
    const seat = this.#seat;
    const { core } = seat;
    new Int32Array(core.memory.buffer, core.config(), words.length).set(words);
    core.create();
    seat.holder = this;
    this.#aside = undefined; // what it was no more
  }

  /** For good. */
  leave(): void {
    const seat = this.#seat;
    if (seat.holder === this) seat.holder = null;
    seat.places--;
    this.#aside = undefined;
    this.#left();
  }

  #sit(): void {
    this.#clear();
    const seat = this.#seat;
    seat.state.set(this.#aside!);
    seat.holder = this;
  }

  /** Nobody's: whoever holds it steps aside first, this place too, so that nothing is lost where the engine has no new instance or a call breaks off. */
  #clear(): void {
    const seat = this.#seat;
    if (seat.holder !== null) seat.holder.#stepAside();
    seat.holder = null;
    if (seat.isBroken) seat.renew();
  }

  #stepAside(): void {
    this.#aside ??= new Uint8Array(this.#seat.state.length);
    this.#aside.set(this.#seat.state);
  }
}
