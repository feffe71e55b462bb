import { LearnerError } from '../errors.js';
import { snapshotFault } from './fault.js';
import type { Restored, Store } from './store.js';

export type { Restored, Skipped, Store } from './store.js';

/** Snapshots in memory, for tests and for where nothing else is there: the newest one, by the same rules as the other stores. */
export class MemoryStore implements Store {
  #kept: Restored | undefined;
  #closed = false;

  async save(snapshot: Uint8Array): Promise<number> {
    this.#checkOpen();
    const fault = snapshotFault(snapshot);
    if (fault !== undefined) throw new LearnerError('ESTORE_WRITE', `store: refused to keep what could not be loaded again (${fault})`);
    const generation = (this.#kept?.generation ?? 0) + 1;
    this.#kept = { snapshot: new Uint8Array(snapshot), generation, skipped: [] };
    return generation;
  }

  async load(): Promise<Restored | undefined> {
    this.#checkOpen();
    return this.#kept === undefined ? undefined : { ...this.#kept, snapshot: this.#kept.snapshot.slice(), skipped: [] };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #checkOpen(): void {
    if (this.#closed) throw new LearnerError('ESTORE_CLOSED', 'store: it was closed; make another');
  }
}
