import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Store } from '../stores/store.js';
import type { Place } from './follow.js';

/** What belongs to a snapshot and is not in it: how far its learner had come in the source. */
export interface Progress {
  /** Samples predicted. */
  samples: number;
  /** The numeric fields in the order of the learner's inputs, where samples came by name. */
  fields?: readonly string[];
  /** Of a followed file. */
  place?: Place;
}

/**
 * The progress of every snapshot that a store may give back, in one small JSON file beside it, by the snapshot's checksum. It is written before
 * the snapshot is: so whichever generation is restored, after whatever crash, its progress is known and no sample is learned twice.
 */
export class ProgressFile {
  readonly #path: string;
  #known: Record<string, Progress> = {};

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<ProgressFile> {
    const file = new ProgressFile(path);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    try {
      file.#known = Object.fromEntries(Object.entries(JSON.parse(text) as Record<string, Progress>).slice(-KEPT));
    } catch (cause) {
      throw new Error(`${path} is damaged (${(cause as Error).message}): delete it; a followed file is then read from its end`, { cause });
    }
    return file;
  }

  of(snapshot: Uint8Array): Progress | undefined {
    return this.#known[keyOf(snapshot)];
  }

  /** A store that keeps `now()` with each snapshot. */
  beside(store: Pick<Store, 'save'>, now: () => Progress): Pick<Store, 'save'> {
    return {
      save: async (snapshot) => {
        const progress = now(); // before anything is waited for: it must be that of this very snapshot
        const before = this.#known;
        const { [keyOf(snapshot)]: _, ...others } = before;
        const known = Object.fromEntries([...Object.entries(others).slice(1 - KEPT), [keyOf(snapshot), progress]]);
        await writeFile(`${this.#path}.tmp`, JSON.stringify(known), { mode: 0o600, flush: true });
        await rename(`${this.#path}.tmp`, this.#path);
        this.#known = known;
        try {
          return await store.save(snapshot);
        } catch (error) {
          this.#known = before; // a disk that stays full must not push out those of the generations that stand
          throw error;
        }
      },
    };
  }
}

/** Two generations stand and one is under way; one more for a restart in between. */
const KEPT = 4;

/** With a letter in front: keys that are whole numbers would lose the order of their coming. */
function keyOf(snapshot: Uint8Array): string {
  return `crc${new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(snapshot.length - 4, true).toString(16)}`;
}
