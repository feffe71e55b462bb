/// <reference lib="esnext.disposable" preserve="true" />
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LearnerError } from '../errors.js';
import { claim, type Claim } from './lock.js';
import { snapshotFault } from './fault.js';
import { Queue, type Restored, type Skipped, type Store } from './store.js';

export type { Restored, Skipped, Store } from './store.js';

/** How a store is opened. */
export interface FileStoreOptions {
  /**
   * Keep other processes out while the store is open. Default true. Without, it is for reading beside the process that writes,
   * or for where something else sees to it that there is one writer only.
   */
  lock?: boolean;
}

/**
 * Snapshots in files: `<path>.<generation>`, the two newest good ones. Node only.
 *
 * A save writes `<path>.<process>.tmp`, flushes it to the disk, renames it, flushes the directory, and only then removes what is
 * older than the two newest. So at every instant, whether the process is killed or the power fails, the last finished save stands, and
 * a file under a generation's name is whole unless the disk damaged it. A save needs room for three snapshots for a moment.
 */
export class FileStore implements Store {
  readonly path: string;
  readonly #claim: Claim | undefined;
  readonly #queue = new Queue();
  /** Generations that this store has written or found to be good, newest first; at most two. */
  #good: number[] = [];
  #newest: number;
  #closed = false;

  private constructor(path: string, newest: number, held: Claim | undefined) {
    this.path = path;
    this.#newest = newest;
    this.#claim = held;
  }

  /**
   * Opens a store, whether or not anything has been kept in it; directories are made.
   * @param path where the files stand, without the generation
   * @throws LearnerError `ESTORE_LOCKED` where another process has it open. The lock of a process that is gone is taken over.
   */
  static async open(path: string, { lock = true }: FileStoreOptions = {}): Promise<FileStore> {
    if (typeof path !== 'string' || path === '') throw new TypeError(`path: expected the name of a file, got ${JSON.stringify(path)}`);
    if (typeof lock !== 'boolean') throw new TypeError(`options.lock: expected true or false, got ${JSON.stringify(lock)}`);
    const absolute = resolve(path);
    await mkdir(dirname(absolute), { recursive: true });
    const held = lock ? await claim(absolute) : undefined;
    try {
      const { generations, temporary } = await survey(absolute);
      // what a killed process left behind; without the lock it may be a living one's
      if (lock) for (const file of temporary) await rm(file, { force: true });
      return new FileStore(absolute, generations[0] ?? 0, held);
    } catch (error) {
      held?.release();
      throw error;
    }
  }

  save(snapshot: Uint8Array): Promise<number> {
    return this.#queue.run(() => this.#save(snapshot));
  }

  load(): Promise<Restored | undefined> {
    return this.#queue.run(() => this.#load());
  }

  async close(): Promise<void> {
    await this.#queue.run(async () => {
      this.#closed = true;
      this.#claim?.release();
    });
  }

  /** For `await using`: closes. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #save(snapshot: Uint8Array): Promise<number> {
    this.#checkOpen();
    const fault = snapshotFault(snapshot);
    if (fault !== undefined) throw new LearnerError('ESTORE_WRITE', `store: refused to keep what could not be loaded again (${fault})`);
    const generation = this.#newest + 1;
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      const file = await open(temporary, 'w', 0o600); // it can hold traces of the data: for the owner only
      try {
        await file.writeFile(snapshot);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#file(generation));
      await syncFolder(dirname(this.path));
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => {});
      throw this.#writeError(cause as NodeJS.ErrnoException, snapshot.length);
    }
    this.#newest = generation;
    this.#good = [generation, ...this.#good].slice(0, 2);
    await this.#clear();
    return generation;
  }

  /** Removes what is older than two good generations. It is no failure of the save if that fails: the next one tries again. */
  async #clear(): Promise<void> {
    if (this.#good.length < 2) return;
    const { generations } = await survey(this.path).catch(() => ({ generations: [] }));
    for (const generation of generations) {
      if (generation < this.#good[1]!) await rm(this.#file(generation), { force: true }).catch(() => {});
    }
  }

  async #load(): Promise<Restored | undefined> {
    this.#checkOpen();
    const skipped: Skipped[] = [];
    let lost = 0;
    for (let left = (await survey(this.path)).generations; left.length > 0; ) {
      const generation = left.shift()!;
      let snapshot: Uint8Array;
      try {
        snapshot = new Uint8Array(await readFile(this.#file(generation)));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        // without the lock, the writer may have cleared it away since: there are newer ones then
        if (code !== 'ENOENT' || lost++ > 100) skipped.push({ generation, reason: message });
        else left = (await survey(this.path)).generations.filter((each) => !skipped.some((other) => other.generation === each));
        continue;
      }
      const reason = snapshotFault(snapshot);
      if (reason === undefined) {
        if (!this.#good.includes(generation)) this.#good = [...this.#good, generation].sort((a, b) => b - a).slice(0, 2);
        return { snapshot, generation, skipped };
      }
      skipped.push({ generation, reason });
    }
    if (skipped.length === 0) return undefined;
    throw new LearnerError(
      'ESTORE_DAMAGED',
      `store: none of the ${skipped.length} generations of ${this.path} is good (${skipped.map(({ generation, reason }) => `${generation}: ${reason}`).join('; ')}); move them away to start anew`,
    );
  }

  #file(generation: number): string {
    return `${this.path}.${generation}`;
  }

  #checkOpen(): void {
    if (this.#closed) throw new LearnerError('ESTORE_CLOSED', `store: ${this.path} was closed; open it again`);
  }

  #writeError(cause: NodeJS.ErrnoException, bytes: number): LearnerError {
    const kept = this.#newest === 0 ? 'nothing was kept yet' : `generation ${this.#newest} stays`;
    const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(cause.code ?? '');
    return full
      ? new LearnerError('ESTORE_FULL', `store: no room for ${bytes} bytes beside ${this.path} (${cause.code}): ${kept}; free some space, three snapshots must fit`, { cause })
      : new LearnerError('ESTORE_WRITE', `store: ${this.path} could not be written (${cause.message}): ${kept}`, { cause });
  }
}

/** The generations there are, newest first, and the temporary files of unfinished saves. */
async function survey(path: string): Promise<{ generations: number[]; temporary: string[] }> {
  const prefix = `${basename(path)}.`;
  const ends = (await readdir(dirname(path))).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return {
    generations: ends.filter((end) => /^[1-9]\d{0,14}$/.test(end)).map(Number).sort((a, b) => b - a),
    temporary: ends.filter((end) => /^\d+\.tmp$/.test(end)).map((end) => join(dirname(path), prefix + end)),
  };
}

/** Makes a rename last. Windows cannot open a directory; NTFS keeps renames in its journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
