/** Keeps what has been learned: in the browser from one visit to the next, and as files. */
import { autosave, type Autosave } from '../host/autosave.js';
import type { Learner } from '../host/learner.js';
import { IndexedDbStore } from '../host/stores/indexeddb.js';
import { words } from './words.js';

/** Name of what the browser keeps of a signal. Pages of one file that were opened from a disk share a drawer: each has a name of its own. */
export const keptAs = (id: string): string => `page ${document.getElementById('own')?.dataset['id'] ?? ''}${id}`;

/** Keys and tones of labels are kept under names that begin so. */
export const ACTIONS = 'onward actions';

/** A browser's drawer for the network of one signal. */
export class Drawer {
  readonly #store: IndexedDbStore;
  #saver: Autosave | undefined;

  private constructor(store: IndexedDbStore) {
    this.#store = store;
  }

  /** Undefined where there is none to be had: another tab has it, or the browser keeps nothing; `tell` says so. */
  static async open(id: string, tell: (why: string) => void): Promise<Drawer | undefined> {
    try {
      return new Drawer(await IndexedDbStore.open(keptAs(id)));
    } catch (error) {
      tell(words.network.keepsNothing((error as Error).message));
      return undefined;
    }
  }

  async snapshot(): Promise<Uint8Array | undefined> {
    return (await this.#store.load())?.snapshot;
  }

  /** Saves this learner from now on: a second after it has changed, at most. */
  async follow(learner: Learner, onSaved: (seen: number) => void, tell: (why: string) => void): Promise<void> {
    await this.leave();
    this.#saver = autosave(learner, this.#store, { samples: 200, seconds: 1, onSaved: ({ seen }) => onSaved(seen), onError: ({ message }) => tell(words.network.notKept(message)) });
  }

  async flush(): Promise<void> {
    await this.#saver?.flush();
  }

  async leave(): Promise<void> {
    const saver = this.#saver;
    this.#saver = undefined;
    await saver?.close();
  }

  async close(): Promise<void> {
    await this.leave().catch(() => {});
    await this.#store.close();
  }
}

export function download(bytes: Uint8Array, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
