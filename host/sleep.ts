import type { ArenaHeader } from './arena-header.js';
import type { CoreExports } from './core.js';

/**
 * A sleep of a continual core, in slices or in a piece, that is undone where it did harm: where the two newest exemplars of every label were answered better before it.
 *
 * Between two slices the learner is as any other. What is learned or changed then is never undone: the sleep is then kept as it is.
 */
export class Sleep {
  readonly #state: Uint8Array; // as the learner fell asleep
  readonly #loss: number;

  /** @param state the core's state, where it lies */
  constructor(core: CoreExports, state: Uint8Array) {
    this.#state = state.slice();
    this.#loss = core.newestLoss!();
  }

  /** Steps `from` to `to` of `steps`. */
  static run(core: CoreExports, header: ArenaHeader, steps: number, from: number, to: number): void {
    if (from === 0 && to === steps) return core.sleep!(steps);
    const { rate } = header;
    try {
      for (let step = from; step < to; step++) {
        header.setRate(rate - Math.floor((9 * rate * step) / (10 * steps))); // as the core does; a sleep of one step keeps the rate that it finds
        core.sleep!(1);
      }
    } finally {
      header.setRate(rate);
    }
  }

  /** All is slept: what did harm is undone, to the byte. */
  end(core: CoreExports, state: Uint8Array): void {
    if (core.newestLoss!() > this.#loss) state.set(this.#state);
  }
}
