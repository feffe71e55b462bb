import type { MqttClient } from 'mqtt';
import { encodeMessage } from './message.js';
import type { OperatorAnswer } from './operator.js';
import { chosenPrototypes, encodePrototypes, type Prototype } from './prototypes.js';
import type { Standing } from './standing.js';
import type { RoundAnnouncement, Topics } from './topics.js';

/** Of what may be said often: so often at most. */
const SPELL_MS = 1000;

/** An open round as its members hear of it. */
export interface OpenRound extends Omit<RoundAnnouncement, 'endsIn' | 'call' | 'boot'> {
  /** By `performance.now()`. */
  endsAt: number;
  architecture: number;
  /** As it goes out, signed where it is. */
  model: Uint8Array;
  /** Devices' own, by name. */
  shared: ReadonlyMap<string, Prototype[]>;
}

/** All that an aggregator says to its fleet. Without a connection it says nothing: it is said anew when there is one. */
export class Announcer {
  /** Of two aggregators the one with the larger stays. */
  boot = Date.now();
  readonly #client: MqttClient;
  readonly #topics: Topics;
  readonly #round: () => OpenRound;
  #calls = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(client: MqttClient, topics: Topics, round: () => OpenRound) {
    this.#client = client;
    this.#topics = topics;
    this.#round = round;
  }

  /** The model, and then the round: who knows of a round has its model. */
  announce(): void {
    if (!this.#client.connected) return;
    const { round, architecture, model, shared } = this.#round();
    if (shared.size > 0) {
      const body = encodePrototypes(chosenPrototypes(shared, round));
      this.#publish(this.#topics.prototypes, encodeMessage({ kind: 'prototypes', architecture, round, examples: 0, sequence: round, body }), true);
    }
    this.#calls++;
    this.#publish(this.#topics.model, model, true);
    this.#sayRound();
  }

  /** For a device that has just come: it has heard of the round from the broker, who does not know how long ago that was said. */
  tellTime(stands: () => boolean): void {
    if (this.#closed) return;
    this.#again ??= unref(setTimeout(() => {
      this.#again = undefined;
      if (this.#client.connected && stands()) this.#sayRound();
    }, SPELL_MS));
  }

  /** How the fleet stands, for who looks on. */
  tellStanding(standing: () => Standing): void {
    if (this.#closed) return;
    this.#telling ??= unref(setTimeout(() => {
      this.#telling = undefined;
      if (this.#client.connected) this.#client.publish(this.#topics.standing, JSON.stringify(standing()), { qos: 0, retain: true }, () => {});
    }, SPELL_MS));
  }

  /** A model that is not kept yet, to those who are to test it. */
  trial(model: Uint8Array, canaries: readonly string[]): void {
    for (const device of canaries) this.#publish(this.#topics.trial(device), model, false);
  }

  /** The announcement about masks, to all or to one device. */
  masks(text: string, device?: string): void {
    this.#client.publish(device === undefined ? this.#topics.masks : this.#topics.shares(device), text, { qos: 1 }, () => {});
  }

  answer(answer: OperatorAnswer): void {
    this.#client.publish(this.#topics.answer, JSON.stringify(answer), { qos: 1 }, () => {});
  }

  close(): void {
    this.#closed = true;
    for (const timer of [this.#again, this.#telling]) clearTimeout(timer);
  }

  #sayRound(): void {
    const { round, endsAt, examples, minDevices, minExamples, prototypes, layers, masks, over } = this.#round();
    const endsIn = Math.max(0, Math.round(endsAt - performance.now()));
    const announcement: RoundAnnouncement = { round, endsIn, call: this.#calls, examples, minDevices, minExamples, boot: this.boot, prototypes, layers, masks, over };
    // closesAt: for older members, which compare it with a clock of their own
    this.#client.publish(this.#topics.round, JSON.stringify({ ...announcement, closesAt: Date.now() + endsIn }), { qos: 1, retain: true }, () => {});
  }

  #publish(topic: string, bytes: Uint8Array, retain: boolean): void {
    this.#client.publish(topic, Buffer.from(bytes), { qos: 1, retain }, () => {});
  }
}

function unref(timer: ReturnType<typeof setTimeout>): ReturnType<typeof setTimeout> {
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
