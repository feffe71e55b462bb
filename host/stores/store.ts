/** Keeps snapshots: the newest, and the one before it in case the newest turns out to be damaged. */
export interface Store {
  /**
   * Keeps a snapshot; when the promise resolves, it has been kept. Calls are worked off one after the other.
   * @returns the number of its generation, one more than the newest before it
   * @throws LearnerError for bytes that are no good snapshot, and when they cannot be written; what was kept before stays
   */
  save(snapshot: Uint8Array): Promise<number>;
  /** The newest snapshot that is good; undefined where none has been kept yet. Throws where there are some and none is good. */
  load(): Promise<Restored | undefined>;
  /** Waits for saves that have begun, then lets go of whatever is held. */
  close(): Promise<void>;
}

/** The result of `load`. */
export interface Restored {
  snapshot: Uint8Array;
  generation: number;
  /** Newer generations that are damaged, newest first. */
  skipped: Skipped[];
}

/** A generation that was there and is not good. */
export interface Skipped {
  generation: number;
  /** Why it was not taken: the message of `loadLearner`'s error, or of reading it. */
  reason: string;
}

/** Runs tasks one after the other, in the order in which they were given; one that fails does not stop the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}
