// Implementations that must agree, side by side: the judge, which is a reference, and those that are judged. Every equality suite walks them so.

import { inspect } from 'node:util';

/** All that an implementation must have; what else it does, a suite knows. */
export interface Subject {
  readonly name: string;
  /** A copy of the state bytes. */
  state(): Uint8Array;
}

export interface Loadable {
  load(state: Uint8Array): void;
}

export class Lockstep<Common extends Subject, Judge extends Common = Common> {
  /** In messages. */
  step = 0;
  readonly judged: (Common & Loadable)[];

  /**
   * @param open makes each of those that are judged anew
   * @param fieldAt what the byte at an offset of the state belongs to
   * @param about seed, configuration: what it takes to see a failure again
   */
  constructor(readonly judge: Judge, private readonly open: readonly (() => Common & Loadable)[], private readonly fieldAt: (offset: number) => string, private readonly about: object) {
    this.judged = open.map((make) => make());
  }

  fail(what: string): never {
    throw new Error(`${what} at step ${this.step}; ${inspect(this.about, { breakLength: Infinity, depth: 5 })}`);
  }

  /** The same call of all of them, whose answers must be the judge's. */
  same<Answer extends number | boolean | void | ArrayLike<number>>(what: string, take: (each: Common) => Answer): Answer {
    const expected = take(this.judge);
    for (const each of this.judged) this.expect(what, each, take(each), expected);
    return expected;
  }

  /** That all have the same values, where they have just been asked for something. */
  private expect(what: string, { name }: Common, got: unknown, expected: unknown): void {
    if (typeof expected !== 'object' || expected === null) {
      if (got !== expected) this.fail(`${name}: ${what} is ${String(got)}, ${String(expected)} expected`);
      return;
    }
    const [values, right] = [got as ArrayLike<number>, expected as ArrayLike<number>];
    if (values.length !== right.length) this.fail(`${name}: ${what}: ${values.length} values, ${right.length} expected`);
    for (let i = 0; i < right.length; i++) if (values[i] !== right[i]) this.fail(`${name}: ${what} ${i} is ${values[i]}, ${right[i]} expected`);
  }

  /** All state bytes. */
  compareStates(after = 'the last step'): void {
    const expected = this.judge.state();
    for (const each of this.judged) {
      const state = each.state();
      if (state.length !== expected.length) this.fail(`${each.name}: ${state.length} state bytes, ${expected.length} expected`);
      if (Buffer.compare(state, expected) === 0) continue;
      const at = state.findIndex((byte, i) => byte !== expected[i]);
      this.fail(`${each.name}: state differs after ${after} in ${this.fieldAt(at)}: ${state[at]}, ${expected[at]} expected`);
    }
  }

  /** The judge is changed, and everybody goes on from its bytes. */
  prepare(change: (judge: Judge) => void): void {
    change(this.judge);
    const state = this.judge.state();
    for (const each of this.judged) each.load(state);
  }

  /** New instances take over from the bytes of the old ones, each from its own. */
  reload(): void {
    this.judged.forEach((each, i) => {
      const fresh = this.open[i]!();
      fresh.load(each.state());
      this.judged[i] = fresh;
    });
  }
}
