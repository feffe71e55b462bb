import type { PrivateOptions } from './private-options.js';

/** A budget of epsilon as it is kept: what it is for, and what has become of it. */
export interface KeptBudget extends Required<PrivateOptions> {
  /** Rounds whose noise has been drawn. One whose model was lost before anybody heard of it is among them. */
  spent: number;
  /** Rounds that began with an older model again, which cost nothing. */
  again: number;
  /** The last of these; 0 before the first. */
  since: number;
}

/** Models whose mean a private fleet ends with, at most. */
const MOST_AVERAGED = 20;

/**
 * Counts the rounds of a private fleet, and makes its last model: the mean of those of the second half of its rounds, twenty at most. They have all been handed out, so their mean tells no more of a
 * device, and less of it is noise.
 */
export class Budget {
  #kept: KeptBudget;
  /** As many as the mean is of, which noise has made since a rollback; the newest last. */
  readonly #later: Uint8Array[] = [];

  constructor(kept: KeptBudget) {
    this.#kept = kept;
  }

  static begin(options: Required<PrivateOptions>): Budget {
    return new Budget({ ...options, spent: 0, again: 0, since: 0 });
  }

  /** As it has to be kept before anybody hears of the next model. */
  get kept(): KeptBudget {
    return this.#kept;
  }

  get isSpent(): boolean {
    return this.#kept.spent >= this.#kept.rounds;
  }

  /** Rounds that the mean of an open round's later models begins with. @param round the open one */
  *laterOf(round: number): Generator<number> {
    for (let each = Math.max(this.#kept.since + 1, round - this.#averaged + 2); each <= round; each++) yield each;
  }

  /** A later model of a round before this program was started. */
  remember(parameters: Uint8Array): void {
    this.#later.push(parameters);
    if (this.#later.length > this.#averaged) this.#later.shift();
  }

  /** Counts a round whose noise has been drawn. @returns the model that it ends with: that of the round, or of the last round the mean @param meanOf packed parameters, as packed parameters */
  spend(parameters: Uint8Array, meanOf: (models: readonly Uint8Array[]) => Uint8Array): Uint8Array {
    this.#kept = { ...this.#kept, spent: this.#kept.spent + 1 };
    this.remember(parameters);
    return this.isSpent ? meanOf(this.#later) : parameters;
  }

  /** An older model is handed out as that of a new round. */
  rollBack(round: number): void {
    this.#kept = { ...this.#kept, again: this.#kept.again + 1, since: round };
    this.#later.length = 0;
  }

  get #averaged(): number {
    return Math.min(MOST_AVERAGED, Math.max(1, Math.floor(this.#kept.rounds / 2)));
  }
}

/** The contents of a kept budget, if it is in order. @throws TypeError */
export function budgetIn(value: unknown): KeptBudget {
  const { epsilon, delta, rounds, spent, again, since } = value as KeptBudget;
  if (![epsilon, delta].every(Number.isFinite) || ![rounds, spent, again, since].every((each) => Number.isSafeInteger(each) && each >= 0)) throw new TypeError('private');
  return { epsilon, delta, rounds, spent, again, since };
}
