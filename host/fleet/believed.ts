import { owned } from '../bytes.js';
import { decodeMessage } from './message.js';
import { checkPublicKey, unsealed, verified, type PublicKey } from './signature.js';

/** The models that a member of a fleet believes: with a key only those that the aggregator has signed, and none older than it has; without one, all. */
export class Believed {
  readonly #key: PublicKey | undefined;
  readonly #refuse: (reason: string, detail?: string) => void;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws TypeError, RangeError for what is no Ed25519 key */
  constructor(key: PublicKey | undefined, refuse: (reason: string, detail?: string) => void) {
    if (key !== undefined) checkPublicKey(key);
    this.#key = key;
    this.#refuse = refuse;
  }

  /**
   * Hands a model on; in the order in which they came, for checking a signature takes a turn of the event loop.
   * @param purpose what it has to be signed for
   * @param newest the round of the model that is there
   */
  take(payload: Uint8Array, purpose: string, newest: () => number, then: (model: Uint8Array) => void): void {
    const key = this.#key;
    if (key === undefined) return then(unsealed(payload));
    const bytes = owned(payload);
    this.#turn = this.#turn.then(async () => {
      const model = await verified(bytes, purpose, key);
      if (this.#closed) return;
      if (typeof model === 'string') return this.#refuse(model);
      const message = decodeMessage(model);
      if (typeof message !== 'string' && message.round < newest()) return this.#refuse('older'); // signed once, and handed out again by somebody else
      then(model);
    }).catch((error: Error) => this.#refuse('forged', error.message));
  }

  /** A model that is still being checked comes to nothing. */
  close(): void {
    this.#closed = true;
  }
}
