import { checkSegment } from './topics.js';

/** The decisions of an operator, which an aggregator must not forget. */
export interface OperatorNotes {
  expelled: string[];
  canaries: string[];
}

/** A place for an operator's decisions: one text. */
export interface NoteStore {
  /** The text that was saved last; undefined where none was. */
  load(): Promise<string | undefined>;
  /** Keeps a text in place of the last one: whole, or not at all. */
  save(text: string): Promise<void>;
}

/** The devices that are expelled from a fleet, and those that test its models first. A decision holds once it is kept. */
export class Decisions {
  readonly #store: NoteStore | undefined;
  #notes: OperatorNotes;
  #turn: Promise<void> = Promise.resolve();

  private constructor(store: NoteStore | undefined, notes: OperatorNotes) {
    this.#store = store;
    this.#notes = notes;
  }

  /** @throws RangeError for a text that is none of these notes: a device that was expelled must not come back because a file was damaged */
  static async open(store: NoteStore | undefined): Promise<Decisions> {
    return new Decisions(store, notesOf(await store?.load()));
  }

  get notes(): OperatorNotes {
    return this.#notes;
  }

  isExpelled(device: string): boolean {
    return this.#notes.expelled.includes(device);
  }

  expel(device: string): Promise<void> {
    checkSegment('device', device);
    return this.#decide(({ expelled, canaries }) => ({ expelled: [...new Set([...expelled, device])].sort(), canaries: canaries.filter((each) => each !== device) }));
  }

  readmit(device: string): Promise<void> {
    return this.#decide((notes) => ({ ...notes, expelled: notes.expelled.filter((each) => each !== device) }));
  }

  canary(devices: readonly string[]): Promise<void> {
    for (const device of devices) checkSegment('device', device);
    return this.#decide((notes) => ({ ...notes, canaries: [...new Set(devices)].sort() }));
  }

  /** One after the other: two decisions at once must not undo each other. */
  #decide(change: (notes: OperatorNotes) => OperatorNotes): Promise<void> {
    const decided = this.#turn.then(async () => {
      const notes = change(this.#notes);
      await this.#store?.save(JSON.stringify(notes));
      this.#notes = notes;
    });
    this.#turn = decided.catch(() => {});
    return decided;
  }
}

function notesOf(text: string | undefined): OperatorNotes {
  if (text === undefined) return { expelled: [], canaries: [] };
  try {
    const { expelled, canaries } = JSON.parse(text) as OperatorNotes;
    for (const name of [...expelled, ...canaries]) checkSegment('device', name);
    return { expelled: [...expelled], canaries: [...canaries] };
  } catch (cause) {
    throw new RangeError('notes: not what an aggregator kept of its operator (who is expelled, who is a canary): mend the text, or delete it and expel anew', { cause });
  }
}
