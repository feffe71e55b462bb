// Whether a model's learner is a member of a fleet: it is not; or it was, and what it has not sent is kept for the node that makes it one again; or a node has made it one.

import { isMember, memberAlone } from 'onward/fleet';

/** For the last update of a node that is taken away. */
const PARTING_MS = 1000;

/** @typedef {import('onward').Learner} Learner */
/** @typedef {import('onward/fleet').FleetDevice} FleetDevice */
/** @typedef {Pick<import('onward').Store, 'save'> | undefined} Keep */
/**
 * Of a fleet node: how it makes a learner's device, as a new member or as the one that these bytes are of, and a seed of its own for a learner that has learned nothing: members that round alike would err alike.
 * @typedef {{ seed: number, begin(learner: Learner, store: Keep): FleetDevice, resume(learner: Learner, bytes: Uint8Array, store: Keep): Promise<FleetDevice> }} Seat
 */
/** A member that was kept, and its learner by then. @typedef {{ bytes: Uint8Array, seen: number, labels: string }} Kept */

export class Membership {
  /** @type {Kept | { seat: Seat, device?: FleetDevice } | undefined} */ #state;
  /** One node after the other. @type {Promise<void>} */ #turn = Promise.resolve();

  /**
   * @param {Uint8Array} bytes a snapshot, or what a member saved
   * @param {Learner} learner that was loaded from them
   */
  static of(bytes, learner) {
    const membership = new Membership();
    if (isMember(bytes)) membership.#state = keptOf(bytes, learner);
    return membership;
  }

  /** While a node connects it. */
  get device() {
    return this.#state && 'seat' in this.#state ? this.#state.device : undefined;
  }

  /** Of a learner that has learned nothing. */
  get seed() {
    return this.#state && 'seat' in this.#state ? this.#state.seat.seed : undefined;
  }

  /**
   * What a folder keeps, whichever state this is.
   * @param {Learner} learner
   */
  save(learner) {
    return this.#member(learner) ?? learner.save();
  }

  /**
   * @param {Seat} seat
   * @param {Learner} learner
   * @param {Keep} store
   * @param {() => Promise<unknown>} anew begins the learner anew, with `seed`: it has learned nothing, and was no member
   */
  join(seat, learner, store, anew) {
    return this.inTurn(async () => {
      const before = this.#state;
      if (before && 'seat' in before) throw new Error('the model is a member of a fleet already, by another node: give this one another model');
      const bytes = this.#member(learner);
      if (bytes) {
        this.#state = { seat, device: await seat.resume(learner, bytes, store) };
        return;
      }
      this.#state = { seat };
      try {
        if (learner.seen === 0) await anew();
        this.#state.device ??= seat.begin(learner, store);
      } catch (error) {
        this.#state = undefined;
        throw error;
      }
    });
  }

  /**
   * Another learner has taken the place of the member: it begins as a new one.
   * @param {Learner} learner
   * @param {Keep} store
   */
  renew(learner, store) {
    this.device?.close();
    this.#state = this.#state && 'seat' in this.#state ? { seat: this.#state.seat, device: this.#state.seat.begin(learner, store) } : undefined;
  }

  /**
   * What the member has not sent is kept: until a node makes it one again, or `renew`.
   * @param {Seat} [seat] of the node that goes; whichever it is unless given
   * @param {boolean} [forever] it sends what it has, where that is quick: perhaps no other node comes
   */
  leave(seat, forever = false) {
    return this.inTurn(async () => {
      const { device } = this;
      if (device === undefined || (seat !== undefined && this.#state !== undefined && 'seat' in this.#state && this.#state.seat !== seat)) return;
      try {
        if (forever) await device.flush(AbortSignal.timeout(PARTING_MS));
      } finally {
        this.#state = keptOf(device.save(), device.learner);
        device.close();
      }
    });
  }

  /**
   * The bytes of the member; undefined where it is none, or has other labels than its fleet by now.
   * @param {Learner} learner
   */
  #member(learner) {
    const state = this.#state;
    if (state === undefined || 'seat' in state) return this.device?.save();
    return state.labels === labelsOf(learner) ? memberAlone(state.bytes, learner.save(), learner.seen - state.seen) : undefined;
  }

  /**
   * When no node is joining or leaving.
   * @template T
   * @param {() => Promise<T>} task
   * @returns {Promise<T>}
   */
  inTurn(task) {
    const done = this.#turn.then(task);
    this.#turn = done.then(() => undefined, () => undefined);
    return done;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {Learner} learner
 * @returns {Kept}
 */
function keptOf(bytes, learner) {
  return { bytes, seen: learner.seen, labels: labelsOf(learner) };
}

/** @param {Learner} learner */
function labelsOf({ labels }) {
  return JSON.stringify(labels);
}
