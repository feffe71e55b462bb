import type { ISubscriptionMap, MqttClient } from 'mqtt';
import type { ResolvedConfig } from '../config.js';
import { loadLearner } from '../create-learner.js';
import type { Learner } from '../learner.js';
import { Believed } from './believed.js';
import { FEW_BYTES, encodeFew } from './few.js';
import type { Store } from '../stores/store.js';
import type { FleetDeviceCounts, FleetDeviceKeep, FleetDeviceOptions } from './device-options.js';
import { MaskedMember } from './masked-member.js';
import { decodeMember, encodeMember } from './member.js';
import { decodeMessage, encodeMessage, type FleetMessage } from './message.js';
import { readModel } from './model.js';
import { News } from './news.js';
import { OwnSamples } from './own-samples.js';
import { MOST_PROTOTYPES, OthersPrototypes, OwnPrototypes, decodePrototypes, encodePrototypes, type Prototype } from './prototypes.js';
import { modelOf, trialOf } from './signature.js';
import { announcement, checkSegment, topicsOf, type RoundAnnouncement, type Topics } from './topics.js';
import { layerInTurn, partOf, withPart } from './turns.js';
import { withOwn } from './with-own.js';

/** Made-up samples to learn for each own one: with one the fan is 1.7 points behind one learner that hears everything, with two 1.5 ahead; digits 1.1 and 1.3 behind (ten seeds). */
const REHEARSALS = 2;

/**
 * A learner that is a member of a fleet. It goes on predicting and learning whatever the network does; when a round's shared model comes, it takes that over, and
 * what it has learned since its last update is added on top: nothing is lost.
 *
 * It shares its parameters, never its samples. Weights can still betray something of what they were learned from: docs/fleet.md.
 */
export class FleetDevice {
  readonly id: string;
  readonly learner: Learner;
  readonly #client: MqttClient;
  readonly #options: FleetDeviceOptions & FleetDeviceKeep;
  readonly #topics: Topics;
  #announced: RoundAnnouncement | undefined;
  #round = -1;
  /** Parameters, and samples learned, when the model was taken over or the last update was sent, of which only what was in it: what differs is this device's own. */
  #mark: { parameters: Uint8Array; seen: number } | undefined;
  /** The update of this round, in case the aggregator or the broker lost it. */
  #sent: Uint8Array | undefined;
  /** True if the broker may have it: not before it is known on disk that it does. */
  #kept = false;
  /** True if it cannot be sent again. */
  #isLost = false;
  /** True once the broker has it. */
  #delivered = false;
  readonly #news = new News();
  /** The mark there will be when it is. */
  #pending: { parameters: Uint8Array; seen: number } | undefined;
  #sequence = 0;
  readonly #prototypes?: OwnPrototypes;
  readonly #others?: OthersPrototypes;
  #sentPrototypes: Prototype[] = [];
  /** Those of the fleet, until the model they came with is there. */
  #handedOut: Prototype[] | undefined;
  readonly #ownSamples = new OwnSamples();
  /** The shared model that a new one is compared with. */
  #shared: Uint8Array | undefined;
  readonly #believed: Believed;
  readonly #masked: MaskedMember;
  #endsAt = 0;
  #counts = { models: 0, updates: 0, stranded: 0, refused: 0 };
  /** Samples in this round's update, until it has gone out; and whether that is counted. */
  #waiting = 0;
  #counted = false;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * Subscribes as soon as the client is connected. The client stays the caller's: `end` it after `close`.
   * @param client of `connectDevice`, which leaves a last will
   */
  constructor(client: MqttClient, learner: Learner, options: FleetDeviceOptions & FleetDeviceKeep) {
    if (learner.config.exemplars + learner.config.prototypes > 0) {
      throw new RangeError('learner: it has a memory (exemplars or prototypes) and would pull every shared model back to its own data: make it without');
    }
    if (options.masks === true && options.prototypes === true) throw new RangeError('options.prototypes: got true with masks; expected false: they tell more of a device than its update does');
    checkSegment('id', options.id);
    this.#believed = new Believed(options.publicKey, (reason, detail) => this.#refuse(reason, detail));
    this.id = options.id;
    this.learner = learner;
    this.#client = client;
    this.#options = options;
    this.#topics = topicsOf(options.fleet);
    this.#masked = new MaskedMember(this.id, this.#shape, { say: (text, last) => this.#deliver(this.#topics.masksOf(this.id), text, last), send: (body, { round }, examples) => this.#sendMasked(round, examples, body) }, (reason) => this.#refuse(reason));
    if (options.prototypes === true) {
      this.#prototypes = new OwnPrototypes();
      this.#others = new OthersPrototypes(learner.config.seed);
    }
    client.on('message', this.#take);
    client.on('connect', this.#subscribe);
    if (client.connected) this.#subscribeAnew();
  }

  /**
   * A device as it was when `save` wrote these bytes: what it had learned and not sent goes with its next update, what it had sent is sent again only to the same round.
   * Those of another fleet are of no use to this one: then the device is a new one, and its first model replaces what was learned.
   * @param learner one that was loaded from these bytes (`learnerIn`), and may have learned more since, which is its own, too. Default: one is loaded
   * @throws RangeError, LearnerError for bytes that are not those
   */
  static async restore(client: MqttClient, bytes: Uint8Array, options: FleetDeviceOptions & FleetDeviceKeep, learner?: Learner): Promise<FleetDevice> {
    const { fleet, round, own, sequence, sent, layer, few, mark, snapshot } = decodeMember(bytes);
    const stored = await loadLearner(snapshot);
    const { seen } = stored;
    if (learner === undefined) learner = stored;
    else stored.dispose();
    if (learner.seen < seen - own) throw new RangeError(`learner: it has seen ${learner.seen} samples, and the fleet had ${seen - own} of it by then: give the one that was loaded from these bytes`);
    const device = new FleetDevice(client, learner, options);
    if (mark.length === 0 || (fleet !== undefined && fleet !== options.fleet)) return device; // it had not heard of this fleet yet
    device.#round = round;
    device.#sequence = sequence;
    device.#mark = { parameters: mark, seen: seen - own };
    if (sent === 0) return device;
    device.#kept = true;
    // signs of a few changes cannot be made anew from the mark: what did not arrive is lost, and no other update is sent to that round
    device.#isLost = few;
    device.#sent = encodeMessage({ kind: 'update', architecture: learner.architecture, round, examples: sent, sequence: sequence - 1, layer, few, body: few ? new Uint8Array(0) : partOf(device.#shape, device.#mark.parameters, layer) });
    // as if that round had been announced: when it is again, the update goes out again
    device.#announced = { round, endsIn: 0, call: -1, examples: 0, minDevices: 0, minExamples: 0, boot: 0, prototypes: true, layers: 'all', masks: false, over: false };
    return device;
  }

  /** True once the fleet of its model takes no update any more: a private one has spent its epsilon. */
  get isOver(): boolean {
    return this.#announced?.over === true && this.#announced.round === this.#round;
  }

  /** Samples learned, for `autosave`. */
  get seen(): number {
    return this.learner.seen;
  }

  /** Everything that must not be forgotten, for a store and for `restore`: the learner, its round, what of it the fleet has been told. */
  save(): Uint8Array {
    const mark = this.#pending ?? this.#mark;
    const sent = this.#kept || this.#pending !== undefined ? this.#sent && (decodeMessage(this.#sent) as FleetMessage) : undefined;
    return encodeMember({
      fleet: this.#options.fleet,
      architecture: this.learner.architecture,
      round: Math.max(0, this.#round),
      own: mark === undefined ? 0 : this.learner.seen - mark.seen,
      sequence: this.#sequence,
      sent: sent?.examples ?? 0,
      layer: sent?.layer,
      few: sent?.few ?? false,
      mark: mark?.parameters ?? new Uint8Array(0),
      snapshot: this.learner.save(),
    });
  }

  /**
   * One step; sends an update when the round has asked for as many samples.
   * @throws RangeError for a label that the fleet does not have: with one more, this learner's parameters would mean something else than the others'
   */
  learn(x: ArrayLike<number>, label: string): void {
    if (!this.learner.labels.includes(label)) throw new RangeError(`label: '${label}' is none of the fleet's: ${this.learner.labels.join(', ')}`);
    this.learner.learn(x, label);
    this.#ownSamples.add(x, label);
    this.#prototypes?.observe(this.learner.config.window === null ? x : this.learner.features(x), this.learner.labels.indexOf(label));
    for (let k = 0; k < REHEARSALS; k++) this.#rehearse();
    if (this.#sent === undefined && this.#announced !== undefined && this.#examples() >= this.#announced.examples) this.send();
  }

  /** Sends what it has made of this round's model, if it has learned anything; once a round. Where layers take turns, one: what it learned in the others stays its own until theirs. */
  send(): void {
    this.#send(false);
  }

  /** @param whole all layers, whosever turn it is */
  #send(whole: boolean): void {
    const examples = this.#examples();
    if (this.#mark === undefined || this.#sent !== undefined || this.#announced?.over || examples === 0) return;
    const parameters = this.learner.parameters();
    const layer = this.#announced?.layers === 'turns' && !whole ? layerInTurn(this.#shape, this.id, this.#round) : undefined;
    const few = this.#announced?.layers === 'few' && this.learner.config.inputScale !== null;
    const part = few ? encodeFew(this.#shape, this.#mark.parameters, parameters, FEW_BYTES) : undefined;
    const body = part?.body ?? partOf(this.#shape, parameters, layer);
    const mark = { parameters: part?.parameters ?? withPart(this.#shape, this.#mark.parameters, body, layer)!, seen: this.learner.seen };
    const message = (this.#sent = encodeMessage({ kind: 'update', architecture: this.learner.architecture, round: this.#round, examples, sequence: this.#sequence++, layer, few, body }));
    this.#delivered = false;
    if (this.#options.store === undefined) this.#sendNow(mark);
    else void this.#keepAndSend(this.#options.store, message, mark);
  }

  /** Resolves when it has a model of the fleet, or when the signal comes: what is learned before is replaced by that model. */
  async ready(signal?: AbortSignal): Promise<void> {
    while (this.#mark === undefined && !this.#closed && !signal?.aborted) await this.#news.next(signal);
  }

  /**
   * Resolves when the broker has all that was learned. It waits for a connection and for the round, and where this round's update has gone without the last samples, for the next one.
   * Where layers take turns, a device without a store sends all of them then: nobody would send the others later.
   * @param signal ends the waiting
   * @returns samples that no update has carried: 0 but where the signal came first, or where the fleet asks for no more of them (`isOver`: a private one whose epsilon is spent)
   */
  async flush(signal?: AbortSignal): Promise<number> {
    for (;;) {
      if (this.#announced?.round === this.#round) this.#send(this.#options.store === undefined);
      const own = this.#examples();
      if (own === 0 && (this.#sent === undefined || this.#delivered)) return 0;
      if (this.isOver) return own + this.#waiting; // an update that was made before the fleet said so has not gone out either
      if (this.#closed || signal?.aborted) return own;
      await this.#news.next(signal);
    }
  }

  async #keepAndSend(store: Pick<Store, 'save'>, message: Uint8Array, mark: { parameters: Uint8Array; seen: number }): Promise<void> {
    this.#pending = mark;
    try {
      await store.save(this.save());
      if (this.#sent === message) this.#sendNow(mark);
      else await store.save(this.save()); // a model came meanwhile: what is in this update is on top of that, unsent
    } catch (error) {
      if (this.#sent === message) this.#pending = undefined;
      if (this.#options.onError === undefined) throw error;
      this.#options.onError(error as Error);
    }
  }

  #sendNow(mark: { parameters: Uint8Array; seen: number }): void {
    this.#mark = mark;
    this.#pending = undefined;
    this.#kept = true;
    this.#waiting = (decodeMessage(this.#sent!) as FleetMessage).examples;
    this.#publish();
  }

  /** One step from a sample that others may have heard, so that learning its own does not unlearn theirs. It is no example. */
  #rehearse(): void {
    const made = this.#others?.draw();
    if (made === undefined || this.#mark === undefined) return;
    this.learner.learnFeatures(made.features, this.learner.labels[made.label]!);
    this.#mark.seen++;
    if (this.#pending !== undefined) this.#pending.seen++;
  }

  /** Counts of messages taken, sent and refused so far. */
  counts(): FleetDeviceCounts {
    return { round: this.#round, ...this.#counts, stranded: this.#counts.stranded + this.#waiting };
  }

  /** Leaves the fleet; the learner stays as it is. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#subscribe);
    this.#believed.close();
    this.#masked.close();
    this.#news.tell();
  }

  get #shape(): ResolvedConfig {
    return { ...this.learner.config, labels: this.learner.labels };
  }

  /** Samples that no update has carried yet. */
  #examples(): number {
    return this.#mark === undefined ? 0 : this.learner.seen - this.#mark.seen;
  }

  /** @param anew whether the aggregator has asked for it, and not only may have lost it */
  #publish(anew = true): void {
    // before a device has heard of the round itself, it does not know whether masks are asked for
    if (!this.#kept || this.#isLost || !this.#client.connected || this.#announced?.round !== this.#round || this.#announced.over) return;
    if (this.#announced.masks) return this.#mask(anew);
    if (this.#options.masks === true) return this.#refuse('masks', 'the aggregator asks for updates without masks: nothing is sent to it');
    // first, so that the aggregator has them when this update ends the round
    if (this.#prototypes !== undefined && this.#announced.prototypes) {
      this.#sentPrototypes = this.#prototypes.ready();
      const message = encodeMessage({ kind: 'prototypes', architecture: this.learner.architecture, round: this.#round, examples: 0, sequence: this.#sequence++, body: encodePrototypes(this.#sentPrototypes) });
      this.#client.publish(this.#topics.prototypesOf(this.id), Buffer.from(message), { qos: 1 }, () => {});
    }
    this.#deliver(this.#topics.update(this.id), Buffer.from(this.#sent!), true);
  }

  #mask(anew: boolean): void {
    const { round, examples, layer, few, body } = decodeMessage(this.#sent!) as FleetMessage;
    if (layer !== undefined || few || this.learner.config.inputScale === null) return this.#refuse('masks', 'an update under masks has all parameters, and no standardisation: the model needs an inputScale');
    if (anew) {
      if (this.#counted) this.#counts.updates--; // a sum that it has told its shares for has come to nothing
      this.#counted = this.#delivered = false;
      this.#waiting = examples;
    }
    this.#masked.offer({ round, examples, parameters: body }, anew);
  }

  #sendMasked(round: number, examples: number, body: Uint8Array): void {
    if (round !== this.#round || this.#sent === undefined) return;
    const message = encodeMessage({ kind: 'update', architecture: this.learner.architecture, round, examples, sequence: this.#sequence++, masked: true, body });
    this.#deliver(this.#topics.update(this.id), Buffer.from(message), false); // a sum needs its shares, too
  }

  /** @param last whether nothing more of this round's update has to go out */
  #deliver(topic: string, message: Buffer | string, last: boolean): void {
    const sent = this.#sent;
    if (last && this.#waiting > 0) {
      this.#waiting = 0;
      this.#counted = true;
      this.#counts.updates++;
    }
    this.#client.publish(topic, message, { qos: 1 }, (error) => {
      if (error || !last) return;
      this.#delivered ||= sent === this.#sent;
      this.#news.tell();
    });
  }

  readonly #subscribe = (): void => {
    this.#client.subscribe(this.#heard, { qos: 1 }, () => {});
  };

  /** Even to what an earlier device on this connection has subscribed to: the broker sends what it retains once more. */
  #subscribeAnew(): void {
    const topics = Object.fromEntries(this.#heard.map((topic) => [topic, { qos: 1 }]));
    this.#client.subscribe({ ...topics, resubscribe: true } as ISubscriptionMap, () => {});
  }

  get #heard(): string[] {
    const shared = this.#prototypes === undefined ? [] : [this.#topics.prototypes];
    return [...shared, this.#topics.model, this.#topics.round, this.#topics.trial(this.id), this.#topics.masks, this.#topics.shares(this.id)];
  }

  readonly #take = (topic: string, payload: Uint8Array): void => {
    if (topic === this.#topics.model) this.#believed.take(payload, modelOf(this.#options.fleet), () => this.#round, (model) => this.#takeModel(model));
    else if (topic === this.#topics.trial(this.id)) this.#believed.take(payload, trialOf(this.#options.fleet), () => this.#round, (model) => this.#try(model));
    else if (topic === this.#topics.round) this.#takeRound(payload);
    else if (topic === this.#topics.prototypes) this.#takePrototypes(payload);
    else if (topic === this.#topics.masks || topic === this.#topics.shares(this.id)) this.#masked.take(payload);
  };

  #refuse(reason: string, detail?: string): void {
    this.#counts.refused++;
    this.#options.onRefused?.(reason, detail);
  }

  #takePrototypes(payload: Uint8Array): void {
    const message = decodeMessage(payload);
    if (typeof message === 'string') return this.#refuse(message);
    if (message.kind !== 'prototypes') return this.#refuse('kind');
    if (message.architecture !== this.learner.architecture) return this.#refuse('foreign');
    this.#handedOut = decodePrototypes(message.body, this.learner, MOST_PROTOTYPES);
    if (this.#handedOut === undefined) this.#refuse('damaged');
  }

  /** Tests a model that goes to nobody yet. */
  #try(payload: Uint8Array): void {
    const read = readModel(payload, this.#shape);
    if ('refused' in read) return this.#refuse(read.refused, read.detail);
    if (this.#shared !== undefined) this.#report(read.round, read.parameters, true);
  }

  /** How a model does on the device's own samples, and how the shared one before it does. */
  #report(round: number, model: Uint8Array, trial: boolean): void {
    const report = { round, trial, ...this.#ownSamples.compare(this.learner, model, this.#shared ?? model) };
    if (this.#client.connected) this.#client.publish(this.#topics.report(this.id), JSON.stringify(report), { qos: 1 }, () => {});
  }

  #takeModel(payload: Uint8Array): void {
    const read = readModel(payload, this.#shape);
    if ('refused' in read) return this.#refuse(read.refused, read.detail);
    const { round, parameters: model } = read;
    if (round === this.#round) return; // the broker's copy once more, after a reconnection
    const { learner } = this;
    if (this.#ownSamples.size > 0) this.#report(round, model, false);
    this.#shared = model;
    const own = this.#examples();
    const parameters = this.#mark === undefined ? model : withOwn(this.#shape, model, learner.parameters(), this.#mark.parameters);
    learner.setParameters(parameters);
    this.#mark = { parameters: model, seen: learner.seen - own };
    this.#round = round;
    this.#sent = undefined;
    this.#counts.stranded += this.#waiting;
    this.#waiting = 0;
    this.#counted = false;
    this.#kept = false;
    this.#isLost = false;
    this.#pending = undefined;
    if (this.#handedOut !== undefined) this.#others?.replace(this.#handedOut, this.#sentPrototypes);
    this.#handedOut = undefined;
    this.#counts.models++;
    this.#options.onModel?.(round);
    this.#await();
    this.#news.tell();
  }

  #takeRound(payload: Uint8Array): void {
    const announced = announcement(payload);
    if (announced === undefined) return this.#refuse('round');
    const again = announced.round === this.#announced?.round;
    if (this.#prototypes !== undefined && !announced.prototypes && this.#announced === undefined) this.#options.onRefused?.('prototypes', 'the aggregator hands none out: start it with prototypes too');
    // one that only tells the time that is left asks for nothing
    const asked = announced.call < 0 || announced.call !== this.#announced?.call || announced.boot !== this.#announced.boot;
    this.#announced = announced;
    this.#endsAt = performance.now() + announced.endsIn;
    // said again: the aggregator has begun the round anew, or the broker has forgotten; said first: what was made of its model has waited for it
    const due = announced.round === this.#round && this.#sent !== undefined && !(again && !asked && this.#delivered);
    if (due) this.#publish(!again || asked);
    this.#await();
    this.#news.tell();
  }

  /** A device that hears too little to reach the number of samples sends what it has, somewhere in the last fifth of the round. */
  #await(): void {
    clearTimeout(this.#deadline);
    if (this.#closed || this.#announced === undefined || this.#announced.round !== this.#round || this.#sent !== undefined) return;
    if (this.#examples() >= this.#announced.examples) return this.send(); // learned while there was no connection, or before a restart
    const left = Math.max(0, this.#endsAt - performance.now());
    this.#deadline = setTimeout(() => this.send(), left * (0.8 + 0.15 * Math.random()));
    (this.#deadline as { unref?: () => void }).unref?.();
  }
}
