import type { MqttClient } from 'mqtt';
import { describe } from '../config-values.js';
import type { Learner } from '../learner.js';
import { packParameters } from '../parameters.js';
import { decodeSnapshot } from '../snapshot.js';
import type { Store } from '../stores/store.js';
import { decodeMessage, encodeMessage } from './message.js';
import { chosenPrototypes, decodePrototypes, encodePrototypes, type Prototype } from './prototypes.js';
import { Round, type Refusal } from './round.js';
import { announcement, deviceOf, deviceStatus, topicsOf, type RoundAnnouncement, type Topics } from './topics.js';
import { LAYERS, type Layers } from './turns.js';

/** How a fleet's rounds are run. */
export interface AggregatorOptions {
  /** Name of the fleet, 1 to 64 of `A-Z a-z 0-9 _ -`. */
  fleet: string;
  /** Samples after which a device sends its update. Default 64. */
  examples?: number;
  /** Seconds after which a round ends with whoever came. Default 60. */
  seconds?: number;
  /** With fewer devices the round goes on for as long again, 1 or more. Default 2. */
  minDevices?: number;
  /** With fewer samples in all, too, 1 or more. Default 1. */
  minExamples?: number;
  /** Examples that count of one device. Default 4 x `examples`. */
  mostExamples?: number;
  /** Server step: how much further than the mean change the model moves, 1/256 to 8. Default 2; 1.5 with prototypes, where devices pull the same way and 2 overshoots. */
  step?: number;
  /** Hands devices' prototypes out with the model, 64 of them at most: see `FleetDeviceOptions`. Default false. */
  prototypes?: boolean;
  /** Against bad devices: changes longer than so many times the median are shortened to that, tensor by tensor; 0.5 to 100. Default 0: none is. */
  clip?: number;
  /** Against bad devices: this share of the lowest and of the highest values is left out, weight by weight, and every device counts alike; up to 0.45. Default 0. */
  trim?: number;
  /**
   * `turns`: a device sends one layer in a round, another in the next, so half as many bytes go up where there are two; what it learned in the others it keeps until their turn.
   * Default `all`.
   */
  layers?: Layers;
  /** Called for every round that ended. */
  onRound?: (event: RoundEvent) => void;
  /** Called when the time of a round is up and too few have sent: it goes on for as long again. */
  onShort?: (event: RoundEvent) => void;
  /** Called for every update that is not folded in. */
  onRefused?: (device: string, reason: Refusal) => void;
  /**
   * Called with the reason why the aggregator has stopped. Without it the error is thrown.
   *
   * - A model could not be kept: nobody has heard of it.
   * - Another aggregator was started for this fleet, later than this one.
   */
  onError?: (error: Error) => void;
}

/** How a round stands. */
export interface RoundEvent {
  round: number;
  devices: number;
  examples: number;
}

/** Counts of updates that an aggregator has taken and refused. */
export interface AggregatorCounts {
  round: number;
  /** Updates folded in, in all rounds. */
  taken: number;
  /** Updates that were not, by reason. */
  refused: Partial<Record<Refusal, number>>;
  /** Devices whose last word is that they are there. */
  online: number;
}

/**
 * Owns the model of a fleet: hands it out, folds in what devices made of it, and hands out the next. One per fleet.
 *
 * Its store is the truth: a model is kept before anybody hears of it, and after a crash the round that was open begins anew from the same bytes. The broker
 * retains a copy for those who come late; it is published again after every connection.
 */
export class Aggregator {
  readonly learner: Learner;
  readonly #client: MqttClient;
  readonly #store: Store;
  readonly #options: Required<Omit<AggregatorOptions, 'onRound' | 'onShort' | 'onRefused' | 'onError'>> & AggregatorOptions;
  readonly #topics: Topics;
  readonly #online = new Map<string, { boot: number; online: boolean }>();
  readonly #refused: Partial<Record<Refusal, number>> = {};
  readonly #prototypes = new Map<string, Prototype[]>();
  #boot = Date.now();
  #connections = 0;
  #taken = 0;
  #round!: Round;
  #closesAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ending: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(client: MqttClient, learner: Learner, store: Store, options: AggregatorOptions) {
    this.#client = client;
    this.learner = learner;
    this.#store = store;
    const { examples = 64, prototypes = false } = options;
    this.#options = { examples, seconds: 60, minDevices: 2, minExamples: 1, mostExamples: 4 * examples, step: prototypes ? 1.5 : 2, clip: 0, trim: 0, layers: 'all', prototypes, ...options };
    for (const name of ['examples', 'minDevices', 'minExamples', 'mostExamples'] as const) {
      if (!Number.isInteger(this.#options[name]) || this.#options[name] < 1 || this.#options[name] > 1e6) {
        throw new RangeError(`options.${name}: got ${describe(this.#options[name])}; expected a whole number, 1 to 1000000`);
      }
    }
    const { seconds, step, clip, trim, layers } = this.#options;
    if (!(seconds >= 0.1 && seconds <= 86400)) throw new RangeError(`options.seconds: got ${describe(seconds)}; expected 0.1 to 86400`);
    if (!(step >= 1 / 256 && step <= 8)) throw new RangeError(`options.step: got ${describe(step)}; expected 1/256 to 8`);
    if (clip !== 0 && !(clip >= 0.5 && clip <= 100)) throw new RangeError(`options.clip: got ${describe(clip)}; expected 0, or 0.5 to 100`);
    if (!(trim >= 0 && trim <= 0.45)) throw new RangeError(`options.trim: got ${describe(trim)}; expected 0 to 0.45`);
    if (!LAYERS.includes(layers)) throw new RangeError(`options.layers: got ${describe(layers)}; expected ${LAYERS.join(' or ')}`);
    this.#topics = topicsOf(options.fleet);
  }

  /**
   * Goes on with the model of the store, or begins with `learner` as round 0.
   * @param learner of the shape of the devices' own; it becomes the shared model
   * @param store one of its own: the number of its newest snapshot is the round, counted from 1
   */
  static async open(client: MqttClient, learner: Learner, store: Store, options: AggregatorOptions): Promise<Aggregator> {
    const aggregator = new Aggregator(client, learner, store, options);
    const kept = await store.load();
    let round = 0;
    if (kept === undefined) await store.save(learner.save());
    else {
      const { config, state } = decodeSnapshot(kept.snapshot);
      learner.setParameters(packParameters(config, state));
      round = kept.generation - 1;
    }
    aggregator.#round = aggregator.#newRound(round);
    client.on('message', aggregator.#take);
    client.on('connect', aggregator.#connected);
    if (client.connected) aggregator.#subscribe();
    aggregator.#call();
    return aggregator;
  }

  /** Counts of updates taken and refused so far. */
  counts(): AggregatorCounts {
    const online = [...this.#online.values()].filter((device) => device.online).length;
    return { round: this.#round.number, taken: this.#taken, refused: { ...this.#refused }, online };
  }

  /** Stops; the round that is open begins anew when it is opened again. The client and the store stay the caller's. */
  async close(): Promise<void> {
    this.#stop();
    await this.#ending;
  }

  #stop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#connected);
  }

  #fail(error: Error): void {
    this.#stop();
    if (this.#options.onError === undefined) throw error;
    this.#options.onError(error);
  }

  #newRound(number: number): Round {
    const { mostExamples, step, clip, trim, layers } = this.#options;
    return new Round(number, { ...this.learner.config, labels: this.learner.labels }, this.learner.parameters(), { mostExamples, step: Math.round(step * 256), clip, trim, layers });
  }

  /** Time for the open round, and the word for it. */
  #call(): void {
    const { seconds } = this.#options;
    this.#closesAt = Date.now() + 1000 * seconds;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#late(), 1000 * seconds);
    (this.#timer as { unref?: () => void }).unref?.();
    this.#announce();
  }

  /** The model first: who knows of a round has its model. */
  #announce(): void {
    if (!this.#client.connected) return;
    const { learner } = this;
    const { examples, minDevices, minExamples, prototypes, layers } = this.#options;
    const round = this.#round.number;
    const model = encodeMessage({ kind: 'model', architecture: learner.architecture, round, examples: 0, sequence: round, body: learner.save() });
    const announcement: RoundAnnouncement = { round, closesAt: this.#closesAt, examples, minDevices, minExamples, boot: this.#boot, prototypes, layers };
    if (this.#prototypes.size > 0) {
      const body = encodePrototypes(chosenPrototypes(this.#prototypes, round));
      const message = encodeMessage({ kind: 'prototypes', architecture: learner.architecture, round, examples: 0, sequence: round, body });
      this.#client.publish(this.#topics.prototypes, Buffer.from(message), { qos: 1, retain: true }, () => {});
    }
    this.#client.publish(this.#topics.model, Buffer.from(model), { qos: 1, retain: true }, () => {});
    this.#client.publish(this.#topics.round, JSON.stringify(announcement), { qos: 1, retain: true }, () => {});
  }

  readonly #connected = (): void => {
    this.#subscribe();
    this.#announce();
  };

  #subscribe(): void {
    this.#connections++;
    const prototypes = this.#options.prototypes ? [this.#topics.prototypesOf('+')] : [];
    this.#client.subscribe([...prototypes, this.#topics.update('+'), this.#topics.status('+'), this.#topics.round], { qos: 1 }, () => {});
  }

  readonly #take = (topic: string, payload: Uint8Array, { retain }: { retain: boolean }): void => {
    if (topic === this.#topics.round) this.#compare(payload, retain);
    else if (topic.endsWith('/update')) this.#fold(deviceOf(topic), payload);
    else if (topic.endsWith('/prototypes')) this.#note(deviceOf(topic), payload);
    else if (topic.endsWith('/status')) this.#hear(deviceOf(topic), payload);
  };

  /**
   * Two aggregators would hand out two models in turns: the later one stays. What the broker had kept when this one started is of an earlier start, whatever its clock
   * said; afterwards a larger boot is that of a later one.
   */
  #compare(payload: Uint8Array, retained: boolean): void {
    const boot = announcement(payload)?.boot;
    if (boot === undefined || boot <= this.#boot) return;
    if (retained && this.#connections === 1) {
      this.#boot = boot + 1;
      this.#announce();
    } else this.#fail(new Error(`another aggregator has been started for fleet '${this.#options.fleet}', and this one stops: one for a fleet`));
  }

  #fold(device: string, payload: Uint8Array): void {
    const answer = this.#round.add(device, payload);
    if (answer === 'taken') {
      this.#taken++;
      this.#endIfAll();
      return;
    }
    this.#refuse(device, answer);
  }

  /** A device's newest prototypes, at most one for each label. */
  #note(device: string, payload: Uint8Array): void {
    const message = decodeMessage(payload);
    if (typeof message === 'string') return this.#refuse(device, message);
    if (message.kind !== 'prototypes') return this.#refuse(device, 'kind');
    if (message.architecture !== this.learner.architecture) return this.#refuse(device, 'foreign');
    const prototypes = decodePrototypes(message.body, this.learner, this.learner.labels.length);
    if (prototypes === undefined) return this.#refuse(device, 'damaged');
    this.#prototypes.set(device, prototypes);
  }

  #refuse(device: string, reason: Refusal): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
    this.#options.onRefused?.(device, reason);
  }

  /** A will of a connection before the present one is out of date. */
  #hear(device: string, payload: Uint8Array): void {
    const status = deviceStatus(payload);
    if (status === undefined) return;
    const known = this.#online.get(device);
    if (!status.online && known !== undefined && known.boot !== status.boot) return;
    this.#online.set(device, status);
    this.#endIfAll();
  }

  #enough(): boolean {
    return this.#round.devices.size >= this.#options.minDevices && this.#round.examples >= this.#options.minExamples;
  }

  /** Nobody is left to wait for. */
  #endIfAll(): void {
    if (!this.#enough()) return;
    for (const [device, { online }] of this.#online) if (online && !this.#round.devices.has(device)) return;
    this.#end();
  }

  #late(): void {
    if (this.#enough()) return this.#end();
    this.#options.onShort?.(this.#standing());
    this.#call();
  }

  #standing({ number, devices, examples }: Round = this.#round): RoundEvent {
    return { round: number, devices: devices.size, examples };
  }

  /** Kept first, then handed out. */
  #end(): void {
    const ended = this.#round;
    clearTimeout(this.#timer);
    this.learner.setParameters(ended.result());
    this.#round = this.#newRound(ended.number + 1);
    this.#ending = this.#ending.then(async () => {
      await this.#store.save(this.learner.save());
      if (this.#closed) return;
      this.#options.onRound?.(this.#standing(ended));
      this.#call();
    }).catch((error: unknown) => this.#fail(error as Error));
  }
}

