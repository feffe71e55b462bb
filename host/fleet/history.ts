/** The store in which an aggregator keeps the models of past rounds. */
export interface ModelHistory {
  /** Keeps the model that a round begins with; the oldest may go. */
  keep(round: number, snapshot: Uint8Array): Promise<void>;
  /** Undefined where it is not there any more. */
  load(round: number): Promise<Uint8Array | undefined>;
  /** Rounds that there is a model of, ascending. */
  rounds(): Promise<number[]>;
}

/** The last so many models, in memory. */
export class MemoryHistory implements ModelHistory {
  readonly #models = new Map<number, Uint8Array>();
  readonly #most: number;

  constructor(most = 20) {
    this.#most = most;
  }

  async keep(round: number, snapshot: Uint8Array): Promise<void> {
    this.#models.set(round, snapshot);
    for (const old of this.#models.keys()) if (this.#models.size > this.#most) this.#models.delete(old);
  }

  async load(round: number): Promise<Uint8Array | undefined> {
    return this.#models.get(round);
  }

  async rounds(): Promise<number[]> {
    return [...this.#models.keys()].sort((a, b) => a - b);
  }
}
