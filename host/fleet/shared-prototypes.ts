import type { Learner } from '../learner.js';
import type { NoteStore } from './decisions.js';
import { MOST_NAMES } from './members.js';
import { decodeMessage } from './message.js';
import { decodePrototypes, encodePrototypes, type Prototype } from './prototypes.js';
import type { Refusal } from './round.js';
import { checkSegment } from './topics.js';

/** Devices' newest prototypes, as an aggregator has them: kept round by round, so that after a restart a device that is away still has its part in what the others rehearse. */
export class SharedPrototypes {
  readonly #learner: Learner;
  readonly #store: NoteStore | undefined;
  readonly #devices = new Map<string, Prototype[]>();
  #isNew = false;
  #turn: Promise<void> = Promise.resolve();

  private constructor(learner: Learner, store: NoteStore | undefined) {
    this.#learner = learner;
    this.#store = store;
  }

  /** Prototypes of learners of another shape, or damaged ones, are as good as none: devices send theirs with their next update. */
  static async open(learner: Learner, store: NoteStore | undefined): Promise<SharedPrototypes> {
    const shared = new SharedPrototypes(learner, store);
    for (const [device, body] of keptIn(await store?.load(), learner.architecture)) {
      const prototypes = decodePrototypes(body, learner, learner.labels.length);
      if (prototypes !== undefined) shared.#devices.set(device, prototypes);
    }
    return shared;
  }

  /** By name of the device. */
  get devices(): ReadonlyMap<string, Prototype[]> {
    return this.#devices;
  }

  /** A device's message, at most one prototype for each label; or why it is not taken. */
  take(device: string, payload: Uint8Array): Refusal | 'taken' {
    const message = decodeMessage(payload);
    if (typeof message === 'string') return message;
    if (message.kind !== 'prototypes') return 'kind';
    if (message.architecture !== this.#learner.architecture) return 'foreign';
    const prototypes = decodePrototypes(message.body, this.#learner, this.#learner.labels.length);
    if (prototypes === undefined) return 'damaged';
    this.#devices.delete(device);
    this.#devices.set(device, prototypes);
    if (this.#devices.size > MOST_NAMES) this.#devices.delete(this.#devices.keys().next().value!); // whose word is the oldest
    this.#isNew = true;
    return 'taken';
  }

  forget(device: string): void {
    this.#isNew = this.#devices.delete(device) || this.#isNew;
  }

  /** Keeps them, where anything has changed: one time after the other, so that an older text does not replace a newer one. */
  keep(): Promise<void> {
    const kept = this.#turn.then(() => this.#keep());
    this.#turn = kept.catch(() => {});
    return kept;
  }

  async #keep(): Promise<void> {
    if (this.#store === undefined || !this.#isNew) return;
    this.#isNew = false;
    const devices = Object.fromEntries([...this.#devices].map(([device, prototypes]) => [device, Buffer.from(encodePrototypes(prototypes)).toString('base64')]));
    try {
      await this.#store.save(JSON.stringify({ architecture: this.#learner.architecture, devices }));
    } catch (error) {
      this.#isNew = true;
      throw error;
    }
  }
}

function keptIn(text: string | undefined, architecture: number): [string, Uint8Array][] {
  if (text === undefined) return [];
  try {
    const kept = JSON.parse(text) as { architecture: number; devices: Record<string, string> };
    if (kept.architecture !== architecture) return [];
    return Object.entries(kept.devices).map(([device, body]) => {
      checkSegment('device', device);
      return [device, new Uint8Array(Buffer.from(body, 'base64'))];
    });
  } catch {
    return [];
  }
}
