import type { MqttClient } from 'mqtt';
import type { Learner } from '../learner.js';
import { encodeMessage } from './message.js';
import { encodeObservations, type Observation } from './observations.js';
import { checkSegment, topicsOf } from './topics.js';

/** Settings of a recorder: the samples it sends, and the topic. */
export interface RecorderOptions {
  /** Name of the fleet, 1 to 64 of `A-Z a-z 0-9 _ -`. */
  fleet: string;
  /** Name of the device in the fleet. */
  id: string;
  /** Samples in a message, 1 to 65,535. Default 16; more of them are fewer messages, and more is lost where one is. */
  batch?: number;
}

/**
 * Sends what a learner learns from to whoever keeps it, a stream of JetStream for one: opt-in, since raw samples leave the device. Call `record` beside `learn`;
 * `replay` then makes the same learner of the same bytes.
 */
export class Recorder {
  readonly #client: MqttClient;
  readonly #learner: Learner;
  readonly #topic: string;
  readonly #batch: number;
  #waiting: Observation[] = [];
  /** Of the first sample that waits, counted as the learner counts: it goes on where a restored learner does. */
  #sequence: number;
  #sent: Promise<unknown> = Promise.resolve();

  /** @param learner before it has learned any of what is to be recorded */
  constructor(client: MqttClient, learner: Learner, { fleet, id, batch = 16 }: RecorderOptions) {
    checkSegment('id', id);
    if (!Number.isInteger(batch) || batch < 1 || batch > 65535) throw new RangeError(`options.batch: got ${batch}; expected a whole number, 1 to 65535`);
    this.#client = client;
    this.#learner = learner;
    this.#topic = topicsOf(fleet).observations(id);
    this.#batch = batch;
    this.#sequence = learner.seen;
  }

  /** One sample with its label, which the learner must have. */
  record(x: ArrayLike<number>, label: string): void {
    const index = this.#learner.labels.indexOf(label);
    if (index < 0) throw new RangeError(`label: '${label}' is none of the learner's: ${this.#learner.labels.join(', ')}`);
    this.#waiting.push({ x: Float32Array.from(x), label: index });
    if (this.#waiting.length >= this.#batch) void this.flush();
  }

  /** Sends what waits. Resolves when the broker has it all; while there is no connection the client keeps it (QoS 1). */
  flush(): Promise<void> {
    if (this.#waiting.length > 0) {
      const { architecture } = this.#learner;
      const body = encodeObservations(this.#waiting);
      const message = encodeMessage({ kind: 'observations', architecture, round: 0, examples: this.#waiting.length, sequence: this.#sequence, body });
      this.#sequence += this.#waiting.length;
      this.#waiting = [];
      this.#sent = Promise.all([this.#sent, this.#client.publishAsync(this.#topic, Buffer.from(message), { qos: 1 })]);
    }
    return this.#sent.then(() => {});
  }
}
