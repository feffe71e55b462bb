import type { ArenaHeader } from './arena-header.js';
import { describe } from './config-values.js';
import type { CoreExports } from './core.js';

/**
 * The sleep of a continual core, in slices or in a piece, that is undone where it did harm: where the two newest exemplars of every label were answered better
 * before it.
 *
 * Between two slices the learner is as any other. What is learned or changed then is never undone: the sleep is then kept as it is.
 */
export class Sleep {
  /** Of the sleep under way: the state as the learner fell asleep, and its loss. */
  #before: { state: Uint8Array; loss: number } | undefined;

  /** Something else was learned or changed. */
  drop(): void {
    this.#before = undefined;
  }

  /**
   * Steps `from` to `to` of `steps`.
   * @param state the core's state, where it lies
   */
  run(core: CoreExports, header: ArenaHeader, state: Uint8Array, steps: number, from: number, to: number): void {
    for (const [name, value, least, most] of [['steps', steps, 0, 0x7fffffff], ['from', from, 0, steps], ['to', to, from, steps]] as const) {
      if (!Number.isInteger(value) || value < least || value > most) {
        throw new RangeError(`${name}: got ${describe(value)}; expected a whole number, ${least} to ${most}`);
      }
    }
    if (header.stored === 0) return;
    if (from === 0) this.#before = { state: state.slice(), loss: core.newestLoss!() };
    if (from === 0 && to === steps) core.sleep!(steps);
    else inSteps(core, header, steps, from, to);
    if (to < steps) return;
    if (this.#before !== undefined && core.newestLoss!() > this.#before.loss) state.set(this.#before.state);
    this.drop();
  }
}

function inSteps(core: CoreExports, header: ArenaHeader, steps: number, from: number, to: number): void {
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
