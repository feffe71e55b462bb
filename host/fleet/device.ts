import type { MqttClient } from 'mqtt';
import type { ResolvedConfig } from '../config.js';
import type { Learner } from '../learner.js';
import { packParameters, packedLayout, architectureOf } from '../parameters.js';
import { decodeSnapshot } from '../snapshot.js';
import { valuesOf } from './average.js';
import { decodeMessage, encodeMessage } from './message.js';
import { checkSegment, topicsOf, type RoundAnnouncement, type Topics } from './topics.js';

/** Which member of which fleet a device is, and whom it tells. */
export interface FleetDeviceOptions {
  fleet: string;
  /** Its name in topics; with TLS and access rules the broker's name for it. */
  id: string;
  /** Told after the shared model of a round has been taken over. */
  onModel?: (round: number) => void;
  /** Told of messages that are not taken: a model of another shape, damage. */
  onRefused?: (reason: string) => void;
}

/** What a device has taken, sent and refused. */
export interface FleetDeviceCounts {
  /** Round of the model that it has; -1 before the first. */
  round: number;
  models: number;
  updates: number;
  refused: number;
}

/**
 * A learner that is a member of a fleet. It goes on predicting and learning whatever the network does; when a round's shared model comes, it takes that over, and
 * what it has learned since its last update is added on top: nothing is lost.
 *
 * What it shares are its parameters, never its samples. Weights can still betray something of what they were learned from: docs/fleet.md.
 */
export class FleetDevice {
  readonly id: string;
  readonly learner: Learner;
  readonly #client: MqttClient;
  readonly #options: FleetDeviceOptions;
  readonly #topics: Topics;
  #announced: RoundAnnouncement | undefined;
  #round = -1;
  /** Parameters, and samples learned, when the model was taken over or the last update was sent: what came after is this device's own. */
  #mark: { parameters: Uint8Array; seen: number } | undefined;
  /** The update of this round, in case the aggregator or the broker lost it. */
  #sent: Uint8Array | undefined;
  #sequence = 0;
  #counts = { models: 0, updates: 0, refused: 0 };
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * Subscribes as soon as the client is connected. The client stays the caller's: `end` it after `close`.
   * @param client of `connectDevice`, which leaves a last will
   */
  constructor(client: MqttClient, learner: Learner, options: FleetDeviceOptions) {
    if (learner.config.exemplars + learner.config.prototypes > 0) {
      throw new RangeError('learner: it has a memory (exemplars or prototypes) and would pull every shared model back to its own data: make it without');
    }
    checkSegment('id', options.id);
    this.id = options.id;
    this.learner = learner;
    this.#client = client;
    this.#options = options;
    this.#topics = topicsOf(options.fleet);
    client.on('message', this.#take);
    client.on('connect', this.#subscribe);
    if (client.connected) this.#subscribe();
  }

  /**
   * One step; sends an update when the round has asked for as many samples.
   * @throws RangeError for a label that the fleet does not have: with one more, this learner's parameters would mean something else than the others'
   */
  learn(x: ArrayLike<number>, label: string): void {
    if (!this.learner.labels.includes(label)) throw new RangeError(`label: '${label}' is none of the fleet's: ${this.learner.labels.join(', ')}`);
    this.learner.learn(x, label);
    if (this.#sent === undefined && this.#announced !== undefined && this.#own() >= this.#announced.examples) this.send();
  }

  /** Sends what it has made of this round's model, if it has learned anything; once a round. */
  send(): void {
    const examples = this.#own();
    if (this.#mark === undefined || this.#sent !== undefined || examples === 0) return;
    const body = this.learner.parameters();
    this.#mark = { parameters: body, seen: this.learner.seen };
    this.#sent = encodeMessage({ kind: 'update', architecture: this.learner.architecture, round: this.#round, examples, sequence: this.#sequence++, body });
    this.#counts.updates++;
    this.#publish();
  }

  /** What it has taken, sent and refused so far. */
  counts(): FleetDeviceCounts {
    return { round: this.#round, ...this.#counts };
  }

  /** Leaves the fleet; the learner stays as it is. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#subscribe);
  }

  /** Samples that no update has carried yet. */
  #own(): number {
    return this.#mark === undefined ? 0 : this.learner.seen - this.#mark.seen;
  }

  #publish(): void {
    if (this.#client.connected) this.#client.publish(this.#topics.update(this.id), Buffer.from(this.#sent!), { qos: 1 }, () => {});
  }

  readonly #subscribe = (): void => {
    this.#client.subscribe([this.#topics.model, this.#topics.round], { qos: 1 }, () => {});
  };

  readonly #take = (topic: string, payload: Uint8Array): void => {
    if (topic === this.#topics.model) this.#takeModel(payload);
    else if (topic === this.#topics.round) this.#takeRound(payload);
  };

  #refuse(reason: string): void {
    this.#counts.refused++;
    this.#options.onRefused?.(reason);
  }

  #takeModel(payload: Uint8Array): void {
    const message = decodeMessage(payload);
    if (typeof message === 'string') return this.#refuse(message);
    const { learner } = this;
    if (message.kind !== 'model') return this.#refuse('kind');
    if (message.architecture !== learner.architecture) return this.#refuse('foreign');
    if (message.round === this.#round) return; // the broker's copy once more, after a reconnection
    let model: Uint8Array;
    try {
      const { config, state } = decodeSnapshot(message.body);
      if (architectureOf(config) !== learner.architecture) return this.#refuse('foreign');
      model = packParameters(config, state);
    } catch {
      return this.#refuse('damaged');
    }
    const own = this.#own();
    const parameters = this.#mark === undefined || own === 0 ? model : withOwn({ ...learner.config, labels: learner.labels }, model, learner.parameters(), this.#mark.parameters);
    learner.setParameters(parameters);
    this.#mark = { parameters: model, seen: learner.seen - own };
    this.#round = message.round;
    this.#sent = undefined;
    this.#counts.models++;
    this.#options.onModel?.(message.round);
    this.#await();
  }

  #takeRound(payload: Uint8Array): void {
    const announced = announcement(payload);
    if (announced === undefined) return this.#refuse('round');
    const again = announced.round === this.#announced?.round;
    this.#announced = announced;
    // said again: the aggregator has begun the round anew, or the broker has forgotten
    if (again && announced.round === this.#round && this.#sent !== undefined) this.#publish();
    this.#await();
  }

  /** A device that hears too little to reach the number of samples sends what it has, somewhere in the last fifth of the round. */
  #await(): void {
    clearTimeout(this.#deadline);
    if (this.#closed || this.#announced === undefined || this.#announced.round !== this.#round || this.#sent !== undefined) return;
    const left = Math.max(0, this.#announced.closesAt - Date.now());
    this.#deadline = setTimeout(() => this.send(), left * (0.8 + 0.15 * Math.random()));
    (this.#deadline as { unref?: () => void }).unref?.();
  }
}

/** The model with what a learner has come to since `mark`: model + (now - mark), saturated; running means are the model's. */
export function withOwn(config: ResolvedConfig, model: Uint8Array, now: Uint8Array, mark: Uint8Array): Uint8Array {
  const result = model.slice();
  for (const run of packedLayout(config).runs) {
    const limit = run.bytes === 4 ? 2 ** 30 : 2 ** (8 * run.bytes - 1) - 1;
    const values = valuesOf(model, run);
    const after = valuesOf(now, run);
    const before = valuesOf(mark, run);
    values.forEach((value, i) => (values[i] = Math.max(-limit, Math.min(limit, value + after[i]! - before[i]!))));
    result.set(new Uint8Array(values.buffer), run.at);
  }
  return result;
}

/** What `round` says, if it is in order: it comes from outside. */
export function announcement(payload: Uint8Array): RoundAnnouncement | undefined {
  if (payload.length > 1024) return undefined;
  try {
    const { round, closesAt, examples, minDevices, minExamples } = JSON.parse(new TextDecoder().decode(payload)) as Record<keyof RoundAnnouncement, unknown>;
    const all = [round, closesAt, examples, minDevices, minExamples];
    if (!all.every((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return undefined;
    const [r, c, e, d, m] = all as number[];
    return { round: r!, closesAt: c!, examples: e!, minDevices: d!, minExamples: m! };
  } catch {
    return undefined;
  }
}
