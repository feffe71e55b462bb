/** How a service keeps what it learns: a learner, a detector or a regressor in its store, with the note that says what its samples are and how far it has come. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { autosave, loadLearner, type Autosave, type Learner } from '../host/index.js';
import type { FileStore } from '../host/stores/file.js';
import type { Arguments, Option } from './arguments.js';
import { Complaints } from './complaints.js';
import { runOf } from './learner-options.js';
import { besides } from './model.js';
import { checkModelKind } from './model-kinds.js';
import { noteOf, type ModelNote } from './model-note.js';
import { goingOn, progressBeside } from './progress.js';
import { checkSame, checkShape, type WantedConfig } from './stored-learner.js';
import { count, plain } from './terminal.js';

export const STORE_OPTIONS: Record<string, Option> = {
  store: { value: 'DIR', help: 'the folder of the snapshots; made if it is not there' },
  'save-every': { value: 'N', help: 'save after so many learned samples (default 1000)' },
  'save-seconds': { value: 'S', help: 'and after so many seconds in which something was learned (default 60)' },
};

export function savedEvery(args: Arguments): { samples: number; seconds: number } {
  return { samples: args.whole('save-every', 1, 1e9) ?? 1000, seconds: args.number('save-seconds', 0.1, 1e6) ?? 60 };
}

/** Contents of a store. */
export interface Restored {
  /** Undefined: the store is new. */
  learner: Learner | undefined;
  note: ModelNote;
  /** Remarks worth a line. */
  told: string[];
}

/** @throws UsageError for options that the stored learner contradicts */
export async function restore(store: FileStore, folder: string, args: Arguments, wanted: WantedConfig): Promise<Restored> {
  const restored = await store.load();
  if (restored === undefined) return { learner: undefined, note: {}, told: besides(folder, 'learner') };
  const { snapshot, generation, skipped } = restored;
  checkModelKind('learn', folder, snapshot);
  const learner = await loadLearner(snapshot, runOf(args));
  let note = noteOf(learner.note);
  const beside = join(folder, 'progress.json');
  if (note.progress === undefined) note = { ...(await progressBeside(beside, snapshot)), ...note };
  else await rm(beside, { force: true }); // of a version that kept it there
  const told = checkShape(note, args);
  checkSame(learner, wanted, args);
  if (!note.progress) Object.assign(note, await goingOn(learner.seen, args, told));
  return {
    learner,
    note,
    told: [
      ...skipped.map(({ generation: damaged, reason }) => `generation ${damaged} is damaged (${reason}): going on from the one before it`),
      `going on from generation ${generation}: ${count(learner.seen)} samples learned, labels ${learner.labels.join(', ') || 'none yet'}`,
      ...told,
    ],
  };
}

/** A learner, a detector or a regressor. */
export interface Keepable {
  /** Samples learned or observed. */
  readonly seen: number;
  note: string;
  save(): Uint8Array;
}

/** Saves it as it learns, and once more at the end. */
export class Keeper {
  readonly #store: FileStore;
  readonly #every: { samples: number; seconds: number };
  readonly #troubles = new Complaints((text) => process.stderr.write(`onward: ${plain(text)}\n`)); // in spite of --quiet
  #learner: Keepable | undefined;
  #note: () => string = () => '';
  #saver: Autosave | undefined;
  /** Samples learned that are on the disk, and whether the last save is under way. */
  #saved = 0;
  #isSaving = false;

  constructor(store: FileStore, every: { samples: number; seconds: number }) {
    this.#store = store;
    this.#every = every;
  }

  /** @param note as of now: it goes into the snapshot */
  begin(learner: Keepable, note: () => string, isStored: boolean): void {
    this.#learner = learner;
    this.#note = note;
    this.#saved = isStored ? learner.seen : 0;
    this.#saver = autosave(this.#noted(learner), this.#store, {
      ...this.#every,
      onSaved: ({ seen }) => (this.#saved = seen),
      onError: (error) => this.#troubles.tell(`not saved, learning goes on: ${error.message}`),
    });
  }

  /** Saves where that is due. A source that is never empty would starve the timer. */
  async step(): Promise<void> {
    await this.#saver?.step();
  }

  /** Saves at once: what others have been told of must not come again after a power cut. */
  async saveNow(): Promise<void> {
    await this.#saver?.flush().catch((error: Error) => this.#troubles.tell(`not saved: ${error.message}`));
  }

  /** The last save. @throws Error that says what is lost */
  async close(): Promise<void> {
    if (this.#learner) this.#learner.note = this.#note();
    this.#isSaving = true;
    try {
      await this.#saver?.close();
    } catch (error) {
      throw new Error(`${this.#lost()}: ${(error as Error).message}`, { cause: error });
    }
    this.#isSaving = false;
  }

  /** Ends the process: the disk or the broker did not answer in so many milliseconds, and who sent the signal will not wait. */
  leave(ms: number): void {
    if (!this.#isSaving && (this.#learner?.seen ?? 0) <= this.#saved) process.exit();
    process.stderr.write(`onward: ${this.#lost()}: the disk did not answer in ${ms} ms\n`);
    process.kill(process.pid, 'SIGKILL'); // exit() would wait for the thread that waits for the disk
  }

  #lost(): string {
    const seen = this.#learner?.seen ?? 0;
    return `not saved: ${count(seen - this.#saved)} of ${count(seen)} samples learned are lost`;
  }

  /** The learner as it is kept. Where nothing was learned since the last save its note stays too, and the disk is spared. */
  #noted(learner: Keepable): { readonly seen: number; save(): Uint8Array } {
    let kept = 0;
    const checksum = (snapshot: Uint8Array): number => new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(snapshot.length - 4, true);
    return {
      get seen() {
        return learner.seen;
      },
      save: () => {
        const same = learner.save();
        if (checksum(same) === kept) return same;
        learner.note = this.#note();
        const snapshot = learner.save();
        kept = checksum(snapshot);
        return snapshot;
      },
    };
  }
}
