import { Budget, budgetIn, type KeptBudget } from './budget.js';
import type { PrivateOptions } from './private-options.js';
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
  /** Of a fleet that was begun as a private one. */
  private?: KeptBudget;
}

/** A place for an operator's decisions: one text. */
export interface NoteStore {
  /** The text that was saved last; undefined where none was. */
  load(): Promise<string | undefined>;
  /** Keeps a text in place of the last one: whole, or not at all. */
  save(text: string): Promise<void>;
}

/** The model in a store, as far as an operator's notes have to fit it. */
export interface KeptModel {
  round: number;
  /** True if its own note says that it is of a private fleet. */
  isPrivate: boolean;
}

/** In every error that advises a new model: it is no way to more epsilon. */
export const ANOTHER_BUDGET = 'that is another budget, and for the same devices both add up';

/** How a fleet was begun, which it stays. */
export interface Begun {
  masks: boolean;
  private?: Required<PrivateOptions> | undefined;
}

/** The devices that are expelled from a fleet, those that test its models first, whether updates are hidden, and what noise has been spent. A decision holds once it is kept. */
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

  /** Of a private fleet. */
  get private(): KeptBudget | undefined {
    return this.#notes.private;
  }

  /**
   * Notes, before its first model is kept, whether a fleet is under masks and whether it is a private one: what devices were promised must not be lost in a restart.
   * @param model that is in the store; undefined where there is none
   * @returns the budget of a private fleet
   * @throws RangeError where it was begun otherwise, or where counts show that its notes are older than its model
   */
  async begin(model: KeptModel | undefined, { masks, private: asked }: Begun): Promise<Budget | undefined> {
    const { masks: hadMasks, private: had } = this.#notes;
    const round = model?.round;
    if (round !== undefined && hadMasks !== undefined && hadMasks !== masks) throw new RangeError(`options.masks: got ${masks}; this fleet was begun with ${hadMasks}, and stays so: give that, or begin a new model in another store`);
    if (model !== undefined && had === undefined && (asked !== undefined || model.isPrivate)) throw new RangeError(`options.private: got ${promiseOf(asked)}; the notes know of no private fleet${model.isPrivate ? ', and the model is of one' : ''}: put back the newest notes, or begin a new model in another store with other notes; ${ANOTHER_BUDGET}`);
    // a new model does not take back what devices have told already
    if (had !== undefined && promiseOf(had) !== promiseOf(asked)) throw new RangeError(`options.private: got ${promiseOf(asked)}; this fleet was begun with ${promiseOf(had)}, and stays so: give that, or begin a new model in another store with other notes; ${ANOTHER_BUDGET}`);
    if (had !== undefined && (round ?? 0) > had.spent + had.again) throw new RangeError(`notes: they know of ${had.spent + had.again} rounds, and the model is of round ${round}: they are older than the model, so nobody knows what epsilon is left; put back the newest`);
    const budget = had === undefined ? asked && Budget.begin(asked) : new Budget(had);
    if (hadMasks !== masks || (had === undefined && budget !== undefined)) await this.#decide((notes) => ({ ...notes, masks, ...(budget && { private: budget.kept, canaries: [] }) }));
    return budget;
  }

  /** Keeps what has been spent. @throws Error where another aggregator has kept something since */
  keep(budget: KeptBudget): Promise<void> {
    return this.#decide((notes) => ({ ...notes, private: budget }));
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
      await this.#checkOwn();
      const notes = change(this.#notes);
      await this.#store?.save(JSON.stringify(notes));
      this.#notes = notes;
    });
    this.#turn = decided.catch(() => {});
    return decided;
  }

  /** Two aggregators on the same notes would draw noise twice and count it once. */
  async #checkOwn(): Promise<void> {
    const own = this.#notes.private;
    if (own === undefined) return;
    const there = notesOf(await this.#store?.load()).private;
    if (there?.spent !== own.spent || there?.again !== own.again) throw new Error('notes: another aggregator has written them; one for a fleet');
  }
}

/** In words, for comparing and for saying. */
export function promiseOf(promise: Required<PrivateOptions> | undefined): string {
  return promise === undefined ? 'none' : `epsilon ${promise.epsilon}, delta ${promise.delta}, rounds ${promise.rounds}`;
}

function notesOf(text: string | undefined): KeptNotes {
  if (text === undefined) return { expelled: [], canaries: [] };
  try {
    const { expelled, canaries, masks, private: budget } = JSON.parse(text) as KeptNotes;
    for (const name of [...expelled, ...canaries]) checkSegment('device', name);
    if (masks !== undefined && typeof masks !== 'boolean') throw new TypeError('masks');
    return { expelled: [...expelled], canaries: [...canaries], ...(masks === undefined ? {} : { masks }), ...(budget === undefined ? {} : { private: budgetIn(budget) }) };
  } catch (cause) {
    throw new RangeError('notes: not what an aggregator kept of its operator (who is expelled, who is a canary, whether masks are on, what noise is spent): put back its newest copy; only of a fleet that is neither private nor under masks delete it, and expel anew', { cause });
  }
}
