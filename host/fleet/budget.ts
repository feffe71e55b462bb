import { checkedPrivate, type PrivateOptions } from './private-options.js';

/** A budget of epsilon as it is kept: what it is for, and what has become of it. */
export interface KeptBudget extends Required<PrivateOptions> {
  /** Rounds whose noise has been drawn. One whose model was lost before anybody heard of it is among them. */
  spent: number;
  /** Rounds that began with an older model again, which cost nothing. */
  again: number;
}

/** Counts the rounds of a private fleet: at once when noise is drawn, so that no round can begin on what another has spent. */
export class Budget {
  #kept: KeptBudget;

  constructor(kept: KeptBudget) {
    this.#kept = kept;
  }

  static begin(options: Required<PrivateOptions>): Budget {
    return new Budget({ ...options, spent: 0, again: 0 });
  }

  /** As it has to be kept before anybody hears of the next model. */
  get kept(): KeptBudget {
    return this.#kept;
  }

  /** As anybody may know it. */
  get told(): Omit<KeptBudget, 'again'> {
    const { again: _, ...told } = this.#kept;
    return told;
  }

  get isSpent(): boolean {
    return this.#kept.spent >= this.#kept.rounds;
  }

  /** Noise has been drawn. */
  spend(): void {
    this.#kept = { ...this.#kept, spent: this.#kept.spent + 1 };
  }

  /** An older model is handed out as that of a new round. */
  rollBack(): void {
    this.#kept = { ...this.#kept, again: this.#kept.again + 1 };
  }
}

/** The contents of a kept budget, if it is in order. @throws TypeError, RangeError */
export function budgetIn(value: unknown): KeptBudget {
  const { delta, spent, again } = value as KeptBudget;
  if (delta === undefined || ![spent, again].every((each) => Number.isSafeInteger(each) && each >= 0)) throw new TypeError('private');
  return { ...checkedPrivate(value), spent, again };
}
