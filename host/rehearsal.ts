import { checkFields, describe } from './config-values.js';
import { LearnerError } from './errors.js';

/** When to rehearse. */
export interface RehearsalOptions {
  /** A taught stretch has ended when nothing was learned for so many seconds, above 0. Infinity: only when `now` or `finish` says so. Default 1; more than the usual pause between two lessons. */
  seconds?: number;
  /** A slice ends after so many milliseconds, above 0, and the step under way: for so long a rehearsal holds up what waits. Default 4, a quarter of a frame of a page. */
  sliceMs?: number;
}

/** The part of a learner that rehearsing uses. */
export interface Rehearsable {
  /** Samples learned. */
  readonly seen: number;
  /** Stored samples that a rehearsal is worth. */
  readonly worthRehearsing: number;
  /** Steps `from` to `to` of a sleep of `steps`. */
  sleep(steps: number, from: number, to: number): void;
}

/** Steps of a rehearsal for each exemplar that is worth it. */
const STEPS_PER_EXEMPLAR = 10;
const POLL_MS = 100;

/**
 * A learner that rehearses while it is idle, however it is taught. After each taught stretch (samples were learned, then none for a while) it sleeps
 * once, in slices between which the program does other things: 10 steps for each stored exemplar that is worth it (`worthRehearsing`), at a rate that
 * falls to a tenth. A sample that is learned meanwhile drops the rest and begins another stretch; one that is only predicted changes nothing. A
 * learner without exemplars does nothing.
 *
 * Between two slices the learner is as any other, rate and all: it can be saved. The slices together learn the bytes of one `sleep(steps)`,
 * however they are cut. The timer keeps no process alive.
 */
export class Rehearsal {
  readonly #learner: Rehearsable;
  readonly #sliceMs: number;
  /** Samples learned when it was looked last, when that was, and in what has been rehearsed. */
  #seen: number;
  #seenAt = performance.now();
  #rehearsed: number;
  /** The sleep under way; `step` is its next step. */
  #sleep: { steps: number; step: number } | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #slice: ReturnType<typeof setTimeout> | undefined;

  constructor(learner: Rehearsable, options: RehearsalOptions = {}) {
    checkFields('options', options, ['seconds', 'sliceMs']);
    const { seconds = 1, sliceMs = 4 } = options;
    for (const [name, value] of Object.entries({ seconds, sliceMs })) {
      if (typeof value !== 'number') throw new TypeError(`options.${name}: expected a number, got ${describe(value)}`);
      if (!(value > 0)) throw new RangeError(`options.${name}: got ${value}; expected more than 0`);
    }
    this.#learner = learner;
    this.#sliceMs = sliceMs;
    this.#seen = this.#rehearsed = learner.seen;
    if (seconds === Infinity) return;
    this.#poll = unref(setInterval(() => this.#guard(() => this.#look(1000 * seconds)), Math.min(POLL_MS, 1000 * seconds)));
  }

  /** The taught stretch has ended: rehearses from now on, in slices. Nothing where nothing was taught since the last time. */
  now(): void {
    this.#sleep = this.#due();
    if (this.#sleep !== undefined) this.#next();
  }

  /**
   * Does all that is due, or still to do, in one go: at the end of a source, before the last save.
   * @param ms after so many milliseconds the rest is dropped
   */
  finish(ms: number = Infinity): void {
    let { steps, step } = this.#due() ?? { steps: 0, step: 0 };
    this.#sleep = undefined;
    const end = performance.now() + ms;
    while (step < steps && performance.now() < end) this.#learner.sleep(steps, step, (step = ms === Infinity ? steps : step + 1));
  }

  /** Rehearses no more; what is under way is dropped. */
  close(): void {
    clearInterval(this.#poll);
    clearTimeout(this.#slice);
    this.#sleep = undefined;
  }

  /** A sleep for what was taught since the last one. */
  #due(): { steps: number; step: number } | undefined {
    const { seen } = this.#learner;
    if (seen === this.#rehearsed) return this.#sleep;
    this.#seen = this.#rehearsed = seen;
    return { steps: STEPS_PER_EXEMPLAR * this.#learner.worthRehearsing, step: 0 };
  }

  #look(idleMs: number): void {
    const { seen } = this.#learner;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#seenAt = performance.now();
    } else if (seen !== this.#rehearsed && performance.now() - this.#seenAt >= idleMs) this.now();
  }

  #next(): void {
    clearTimeout(this.#slice);
    this.#slice = unref(setTimeout(() => this.#guard(() => this.#run()), 0));
  }

  #run(): void {
    const sleep = this.#sleep;
    if (sleep === undefined || this.#learner.seen !== this.#rehearsed) return void (this.#sleep = undefined);
    const end = performance.now() + this.#sliceMs;
    do {
      if (sleep.step === sleep.steps) return void (this.#sleep = undefined);
      this.#learner.sleep(sleep.steps, sleep.step, ++sleep.step);
    } while (performance.now() < end); // one step at least, however slow
    this.#next();
  }

  /** A timer has nobody to tell: a learner that was disposed of ends it. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.close();
      if (!(error instanceof LearnerError) || error.code !== 'EDISPOSED') throw error;
    }
  }
}

/** In a browser a timer is a number, and no process waits for it. */
function unref<T>(timer: T): T {
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
