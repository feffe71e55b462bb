import { LearnerError } from '../errors.js';
import { snapshotFault } from './fault.js';
import { Queue, type Restored, type Skipped, type Store } from './store.js';

export type { Restored, Skipped, Store } from './store.js';

const TABLE = 'snapshots';

/**
 * Snapshots in the browser's own database, the two newest, each kept in one transaction: whole or not at all. While it is open, other
 * pages of the same origin are kept out by a Web Lock, which the browser frees when a page is closed or crashes; where there are none
 * (a page that is neither https nor localhost), nobody is kept out. The browser may clear an origin that did not ask for
 * `navigator.storage.persist()`.
 */
export class IndexedDbStore implements Store {
  readonly name: string;
  readonly #database: IDBDatabase;
  readonly #unlock: () => void;
  readonly #queue = new Queue();
  #closed = false;

  private constructor(name: string, database: IDBDatabase, unlock: () => void) {
    this.name = name;
    this.#database = database;
    this.#unlock = unlock;
  }

  /**
   * @param name of the database; one for each learner
   * @throws LearnerError `ESTORE_LOCKED` where another page has it open
   */
  static async open(name: string): Promise<IndexedDbStore> {
    if (typeof name !== 'string' || name === '') throw new TypeError(`name: expected the name of a database, got ${JSON.stringify(name)}`);
    const unlock = await claim(`onward ${name}`);
    try {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
      return new IndexedDbStore(name, await result(request), unlock);
    } catch (cause) {
      unlock();
      throw new LearnerError('ESTORE_WRITE', `store: the database ${name} could not be opened (${(cause as Error).message})`, { cause });
    }
  }

  save(snapshot: Uint8Array): Promise<number> {
    return this.#queue.run(async () => {
      this.#checkOpen();
      const fault = snapshotFault(snapshot);
      if (fault !== undefined) throw new LearnerError('ESTORE_WRITE', `store: refused to keep what could not be loaded again (${fault})`);
      const transaction = this.#database.transaction(TABLE, 'readwrite', { durability: 'strict' });
      const table = transaction.objectStore(TABLE);
      try {
        const finished = done(transaction);
        finished.catch(() => {}); // heard below, but maybe after a request's own failure
        const keys = (await result(table.getAllKeys())) as number[];
        const generation = (keys.at(-1) ?? 0) + 1;
        table.put(snapshot, generation);
        // the newest that is good stays beside the new one, and what is newer than it
        const good = await this.#newestGood(table, keys);
        for (const key of keys) if (key < (good ?? 0)) table.delete(key);
        await finished;
        return generation;
      } catch (cause) {
        const { name, message } = cause as DOMException;
        const full = name === 'QuotaExceededError';
        throw new LearnerError(full ? 'ESTORE_FULL' : 'ESTORE_WRITE', `store: ${this.name} could not be written (${name}: ${message}); what was kept stays`, { cause });
      }
    });
  }

  load(): Promise<Restored | undefined> {
    return this.#queue.run(async () => {
      this.#checkOpen();
      const table = this.#database.transaction(TABLE).objectStore(TABLE);
      const keys = (await result(table.getAllKeys())) as number[];
      const skipped: Skipped[] = [];
      for (const generation of keys.reverse()) {
        const snapshot = await result(table.get(generation));
        const reason = snapshotFault(snapshot);
        if (reason === undefined) return { snapshot, generation, skipped };
        skipped.push({ generation, reason });
      }
      if (skipped.length === 0) return undefined;
      throw new LearnerError(
        'ESTORE_DAMAGED',
        `store: none of the ${skipped.length} generations of ${this.name} is good (${skipped.map(({ generation, reason }) => `${generation}: ${reason}`).join('; ')}); delete the database to start anew`,
      );
    });
  }

  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#closed = true;
      this.#database.close();
      this.#unlock();
    });
  }

  async #newestGood(table: IDBObjectStore, keys: readonly number[]): Promise<number | undefined> {
    for (const key of keys.toReversed()) if (snapshotFault(await result(table.get(key))) === undefined) return key;
    return undefined;
  }

  #checkOpen(): void {
    if (this.#closed) throw new LearnerError('ESTORE_CLOSED', `store: ${this.name} was closed; open it again`);
  }
}

/** Holds a Web Lock until the function it gives is called. */
function claim(name: string): Promise<() => void> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;
  if (locks === undefined) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) throw new LearnerError('ESTORE_LOCKED', `store: ${name.slice(7)} is in use: another page has it open; close that one`);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
