import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { autosave } from 'onward';
import { FileStore } from 'onward/stores/file';

/**
 * What there is to know about a learner, a detector or a regressor to keep it.
 * @template {{ save(): Uint8Array, dispose(): void }} T
 * @typedef {object} Kind
 * @property {string} name of its files
 * @property {() => Promise<T>} create as the model asks for
 * @property {(snapshot: Uint8Array) => Promise<T>} load
 * @property {(thing: T) => number} seen samples that are in it
 * @property {(thing: T) => Uint8Array} [save] what is kept of it; its snapshot unless given
 * @property {(stored: T, wanted: T) => string | undefined} conflict why the stored one is not what the model asks for
 * @property {boolean} [isOfFile] a stored one goes on where `create` cannot, and is not held against what it gives: the file may be gone
 * @property {(thing: T) => void} [renewed] told of what has taken the place of all before, before it is saved
 */

/**
 * A learner, detector or regressor that is loaded from a folder, saved into it as it learns, and saved once more when it is closed.
 *
 * A folder whose content is not what the model asks for is left alone: every use says so, until `reset` decides for the model.
 * @template {{ save(): Uint8Array, dispose(): void }} T
 */
export class Kept {
  /** The generation that was saved or loaded last; 0 where there is none. */
  generation = 0;
  /** @type {Kind<T>} */ #kind;
  /** None where there was no file to begin as. @type {T | undefined} */ #thing;
  /** @type {FileStore | undefined} */ #store;
  /** @type {import('onward').Autosave | undefined} */ #saver;
  /** @type {Error | undefined} */ #refusal;
  /** @type {{ samples: number, seconds: number, onError: (error: Error) => void }} */ #every;

  /**
   * @template {{ save(): Uint8Array, dispose(): void }} T
   * @param {Kind<T>} kind
   * @param {{ folder?: string, samples: number, seconds: number, onError: (error: Error) => void }} options
   * @throws what `create` and `FileStore.open` throw
   */
  static async open(kind, { folder, samples, seconds, onError }) {
    const every = { samples, seconds, onError };
    /** @type {Error | undefined} */
    let lacking;
    // before the folder is touched: a configuration that cannot be leaves no trace
    const wanted = await kind.create().catch((error) => {
      if (!kind.isOfFile || folder === undefined || !existsSync(folder)) throw error;
      lacking = error;
      return undefined;
    });
    if (folder === undefined) return new Kept(kind, wanted, every);
    const store = await FileStore.open(join(folder, kind.name));
    const kept = new Kept(kind, wanted, every, store);
    try {
      await kept.#restore();
    } catch (error) {
      kept.#refusal = refusal(/** @type {Error} */ (error).message, folder);
    }
    if (!kept.#refusal && kept.#thing === undefined) {
      await store.close();
      throw lacking;
    }
    if (!kept.#refusal) kept.#begin();
    if (lacking) onError(new Error(`${lacking.message}: the model goes on with what is in ${folder}; msg.command "reset" needs the file`));
    return kept;
  }

  /**
   * @param {Kind<T>} kind
   * @param {T | undefined} thing
   * @param {{ samples: number, seconds: number, onError: (error: Error) => void }} every
   * @param {FileStore} [store]
   */
  constructor(kind, thing, every, store) {
    this.#kind = kind;
    this.#thing = thing;
    this.#every = every;
    this.#store = store;
  }

  /** Whether the folder holds something else. */
  get refused() {
    return this.#refusal !== undefined;
  }

  /** @throws {Error} where the folder holds something else */
  get thing() {
    if (this.#refusal) throw this.#refusal;
    return /** @type {T} */ (this.#thing);
  }

  /** Saves now, unless nothing has changed. */
  async save() {
    if (this.#refusal) throw this.#refusal;
    if (!this.#saver) throw new Error('this model is kept in memory only: tick "Keep on disk" in it');
    await this.#saver.flush();
  }

  /** The store, where there is one: for what has to be there before something else happens. */
  get store() {
    return this.#refusal ? undefined : this.#store;
  }

  /** A new one takes its place, as the model asks for; it is saved at once. */
  async reset() {
    const fresh = await this.#kind.create();
    this.#thing?.dispose();
    this.#thing = fresh;
    this.#refusal = undefined;
    this.#kind.renewed?.(fresh);
    this.#begin();
    await this.#saver?.flush();
    return fresh;
  }

  /** Saves, and lets go of the folder. */
  async close() {
    try {
      await this.#saver?.close();
    } finally {
      await this.#store?.close();
      this.#thing?.dispose();
    }
  }

  async #restore() {
    const restored = await /** @type {FileStore} */ (this.#store).load();
    if (!restored) return;
    const stored = await this.#kind.load(restored.snapshot);
    const conflict = this.#kind.conflict(stored, this.#kind.isOfFile ? stored : /** @type {T} */ (this.#thing));
    if (conflict) {
      stored.dispose();
      throw new Error(conflict);
    }
    this.#thing?.dispose();
    this.#thing = stored;
    this.generation = restored.generation;
    for (const { generation, reason } of restored.skipped) {
      this.#every.onError(new Error(`generation ${generation} is damaged (${reason}): going on from generation ${restored.generation}`));
    }
  }

  #begin() {
    if (!this.#store || this.#saver) return;
    const kept = this;
    const current = { get seen() { return kept.#kind.seen(kept.thing); }, save: () => kept.#kind.save?.(kept.thing) ?? kept.thing.save() };
    this.#saver = autosave(current, this.#store, { ...this.#every, onSaved: ({ generation }) => (this.generation = generation) });
  }
}

/**
 * @param {string} why
 * @param {string} folder
 */
function refusal(why, folder) {
  return new Error(`${why}. Change the model back, give it another folder than ${folder}, or send msg.command "reset" to start anew`);
}
