import type { Learner } from '../learner.js';
import { architectureOf, packParameters } from '../parameters.js';
import { decodeSnapshot } from '../snapshot.js';
import type { Store } from '../stores/store.js';
import type { CheckedOptions } from './aggregator-options.js';
import type { KeptModel } from './decisions.js';
import { encodeMessage } from './message.js';
import { isPrivateNote } from './private-note.js';
import { modelOf, sign, trialOf } from './signature.js';

/**
 * The model of a fleet as its aggregator has it. The store is the truth: a model is saved there before anybody hears of it. Those that rounds began with are kept beside, for `rollback`, and
 * the newest stands ready as the message that goes out, signed where there is a key.
 */
export class SharedModel {
  readonly learner: Learner;
  readonly #store: Store;
  readonly #options: CheckedOptions;
  /** As it goes out. */
  message!: Uint8Array;
  /** Rounds whose models are kept, ascending. */
  rounds: number[] = [];

  constructor(learner: Learner, store: Store, options: CheckedOptions) {
    this.learner = learner;
    this.#store = store;
    this.#options = options;
  }

  /** The learner takes the model of the store. Undefined where the store is empty. */
  async restore(): Promise<KeptModel | undefined> {
    const kept = await this.#store.load();
    if (kept === undefined) return undefined;
    const { config, state, note } = decodeSnapshot(kept.snapshot);
    this.learner.setParameters(packParameters(config, state));
    return { round: kept.generation - 1, isPrivate: isPrivateNote(note) };
  }

  async save(): Promise<void> {
    await this.#store.save(this.learner.save());
  }

  /** The model of a round that has been saved: as a message, and beside those of the rounds before. */
  async keep(round: number): Promise<void> {
    const { history } = this.#options;
    const snapshot = this.learner.save();
    this.message = await this.#sealed(snapshot, round, modelOf);
    await history.keep(round, snapshot);
    // an earlier fleet of the same folder may have left some of later rounds
    this.rounds = (await history.rounds()).filter((each) => this.#options.private === undefined || each <= round);
  }

  /**
   * The parameters of the model that a round began with.
   * @throws RangeError for a round whose model is not kept, is of another shape, or in a private fleet of another fleet
   */
  async past(round: number): Promise<Uint8Array> {
    const isPrivate = this.#options.private !== undefined;
    const snapshot = isPrivate && !this.rounds.includes(round) ? undefined : await this.#options.history.load(round);
    if (snapshot === undefined) throw new RangeError(`round: there is no model of round ${round}; there are ${this.rounds.join(', ') || 'none'}`);
    const { config, state, note } = decodeSnapshot(snapshot);
    if (isPrivate && !isPrivateNote(note)) throw new RangeError(`round: the model of round ${round} has no noise, it is of an earlier fleet`);
    if (architectureOf(config) !== this.learner.architecture) throw new RangeError(`round: the model of round ${round} is of another shape, or has other labels`);
    return packParameters(config, state);
  }

  /** A model that is not kept yet, as the message for those who are to test it. */
  async onTrial(parameters: Uint8Array, round: number): Promise<Uint8Array> {
    const { learner } = this;
    const now = learner.parameters();
    learner.setParameters(parameters);
    const snapshot = learner.save();
    learner.setParameters(now);
    return this.#sealed(snapshot, round, trialOf);
  }

  async #sealed(snapshot: Uint8Array, round: number, purpose: (fleet: string) => string): Promise<Uint8Array> {
    const { fleet, signKey } = this.#options;
    const message = encodeMessage({ kind: 'model', architecture: this.learner.architecture, round, examples: 0, sequence: round, body: snapshot });
    return signKey === undefined ? message : sign(message, purpose(fleet), signKey);
  }
}
