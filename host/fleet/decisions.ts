import { checkSegment } from './topics.js';

/** The decisions of an operator, which an aggregator must not forget. */
export interface OperatorNotes {
  expelled: string[];
  canaries: string[];
}

/** All that is kept of a fleet besides its models. */
interface KeptNotes extends OperatorNotes {
  /** True if the fleet was begun under masks; absent in older notes. */
  masks?: boolean;
}

/** A place for an operator's decisions: one text. */
export interface NoteStore {
  /** The text that was saved last; undefined where none was. */
  load(): Promise<string | undefined>;
  /** Keeps a text in place of the last one: whole, or not at all. */
  save(text: string): Promise<void>;
}

/** The devices that are expelled from a fleet, those that test its models first, and whether updates are hidden. A decision holds once it is kept. */
export class Decisions {
  readonly #store: NoteStore | undefined;
  #notes: KeptNotes;
  #turn: Promise<void> = Promise.resolve();

  private constructor(store: NoteStore | undefined, notes: KeptNotes) {
    this.#store = store;
    this.#notes = notes;
  }

  /** @throws RangeError for a text that is none of these notes: a device that was expelled must not come back because a file was damaged */
  static async open(store: NoteStore | undefined): Promise<Decisions> {
    return new Decisions(store, notesOf(await store?.load()));
  }

  /** True if the fleet was begun under masks; undefined where nobody noted it. */
  get masks(): boolean | undefined {
    return this.#notes.masks;
  }

  /** Notes, before its first model is kept, whether a fleet is under masks: devices that were promised masks must not lose them in a restart. */
  async begin(masks: boolean): Promise<void> {
    if (this.#notes.masks !== masks) await this.#decide((notes) => ({ ...notes, masks }));
  }

  get notes(): OperatorNotes {
    const { expelled, canaries } = this.#notes;
    return { expelled, canaries };
  }

  isExpelled(device: string): boolean {
    return this.#notes.expelled.includes(device);
  }

  expel(device: string): Promise<void> {
    checkSegment('device', device);
    return this.#decide((notes) => ({ ...notes, expelled: [...new Set([...notes.expelled, device])].sort(), canaries: notes.canaries.filter((each) => each !== device) }));
  }

  readmit(device: string): Promise<void> {
    return this.#decide((notes) => ({ ...notes, expelled: notes.expelled.filter((each) => each !== device) }));
  }

  canary(devices: readonly string[]): Promise<void> {
    for (const device of devices) checkSegment('device', device);
    return this.#decide((notes) => ({ ...notes, canaries: [...new Set(devices)].sort() }));
  }

  /** One after the other: two decisions at once must not undo each other. */
  #decide(change: (notes: KeptNotes) => KeptNotes): Promise<void> {
    const decided = this.#turn.then(async () => {
      const notes = change(this.#notes);
      await this.#store?.save(JSON.stringify(notes));
      this.#notes = notes;
    });
    this.#turn = decided.catch(() => {});
    return decided;
  }
}

function notesOf(text: string | undefined): KeptNotes {
  if (text === undefined) return { expelled: [], canaries: [] };
  try {
    const { expelled, canaries, masks } = JSON.parse(text) as KeptNotes;
    for (const name of [...expelled, ...canaries]) checkSegment('device', name);
    if (masks !== undefined && typeof masks !== 'boolean') throw new TypeError('masks');
    return { expelled: [...expelled], canaries: [...canaries], ...(masks === undefined ? {} : { masks }) };
  } catch (cause) {
    throw new RangeError('notes: not what an aggregator kept of its operator (who is expelled, who is a canary, whether masks are on): mend the text, or delete it and expel anew', { cause });
  }
}
