import type { MqttClient } from 'mqtt';
import type { Learner } from '../learner.js';
import type { Store } from '../stores/store.js';
import type { AggregatorCounts, AggregatorOptions, CheckedOptions, RoundEvent } from './aggregator-options.js';
import { checkModel, checkedOptions } from './checked-options.js';
import { Announcer, type OpenRound } from './announcer.js';
import type { Budget } from './budget.js';
import { Decisions } from './decisions.js';
import { MaskedRound } from './masked-round.js';
import { Members, reportOf } from './members.js';
import { operated, operatorRequest } from './operator.js';
import { openRound, type AnyRound, type Folded } from './open-round.js';
import { noteOfFleet } from './private-note.js';
import type { Contribution, Refusal } from './round.js';
import { SharedModel } from './shared-model.js';
import { SharedPrototypes } from './shared-prototypes.js';
import { Log, type PastRound, type Standing } from './standing.js';
import { announcement, deviceOf, deviceStatus, topicsOf, type Topics } from './topics.js';
import { Trial } from './trial.js';

/**
 * Runs the rounds of a fleet: hands out its model, folds in what devices made of it, and hands out the next. One per fleet.
 *
 * After a crash the round that was open begins anew from the same bytes (`SharedModel`). The broker retains a copy for those who come late; it is published again after
 * every connection.
 */
export class Aggregator {
  readonly learner: Learner;
  readonly #client: MqttClient;
  readonly #model: SharedModel;
  readonly #options: CheckedOptions;
  readonly #topics: Topics;
  readonly #members = new Members();
  readonly #log = new Log();
  readonly #announcer: Announcer;
  #decisions!: Decisions;
  /** Of a private fleet. */
  #budget: Budget | undefined;
  readonly #refused: Partial<Record<Refusal, number>> = {};
  #prototypes!: SharedPrototypes;
  #connections = 0;
  #taken = 0;
  #round!: AnyRound;
  #trial: Trial | undefined;
  #closesAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ending: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(client: MqttClient, learner: Learner, store: Store, options: AggregatorOptions) {
    this.#client = client;
    this.learner = learner;
    this.#options = checkedOptions(options);
    this.#model = new SharedModel(learner, store, this.#options);
    this.#topics = topicsOf(options.fleet);
    this.#announcer = new Announcer(client, this.#topics, () => this.#open());
  }

  /**
   * Goes on with the model of the store, or begins with `learner` as round 0.
   * @param learner of the shape of the devices' own; it becomes the shared model, and its note says where the fleet is private
   * @param store one of its own: the number of its newest snapshot is the round, counted from 1
   */
  static async open(client: MqttClient, learner: Learner, store: Store, options: AggregatorOptions): Promise<Aggregator> {
    const aggregator = new Aggregator(client, learner, store, options);
    const { masks, prototypes, prototypeNotes, private: budget } = aggregator.#options;
    checkModel(aggregator.#options, learner.config);
    const kept = await aggregator.#model.restore();
    aggregator.#decisions = await Decisions.open(options.notes);
    aggregator.#budget = await aggregator.#decisions.begin(kept, { masks, private: budget });
    learner.note = noteOfFleet(learner.note, budget !== undefined);
    if (kept === undefined) await aggregator.#model.save();
    aggregator.#prototypes = await SharedPrototypes.open(learner, prototypes ? prototypeNotes : undefined);
    for (const device of aggregator.#decisions.notes.expelled) aggregator.#prototypes.forget(device);
    aggregator.#round = aggregator.#openRound(kept?.round ?? 0);
    await aggregator.#kept();
    client.on('message', aggregator.#take);
    client.on('connect', aggregator.#connected);
    if (client.connected) aggregator.#subscribe();
    aggregator.#call();
    return aggregator;
  }

  /** Counts of updates taken and refused so far. */
  counts(): AggregatorCounts {
    return { round: this.#round.number, taken: this.#taken, refused: { ...this.#refused }, online: this.#members.online };
  }

  /** How the fleet stands, device by device. */
  standing(): Standing {
    return this.#log.standing(this.#members, { round: this.#round.number, modelBytes: this.#model.message.length, ...this.#decisions.notes, history: this.#model.rounds, ...(this.#budget && { private: this.#budget.told }) });
  }

  /**
   * Hands out the model that an earlier round began with, as that of a new round; the round that is open ends without result.
   * @throws RangeError for a round whose model is not kept
   */
  async rollback(round: number): Promise<void> {
    const parameters = await this.#model.past(round);
    this.#trial?.end();
    this.#trial = undefined;
    await this.#next(() => {
      this.learner.setParameters(parameters);
      this.#log.end(this.#round.number, [], 'rolled back');
      this.#budget?.rollBack();
    });
  }

  /**
   * Takes no update of a device any more, and does not wait for it; one that the open round has is taken out of it, where updates are kept (not with `trust` alone).
   * Under masks it is in the sum if the devices have been told that there is one and its update came before: no single update can be taken out of that.
   * @throws RangeError for what is no name
   */
  async expel(device: string): Promise<void> {
    await this.#decisions.expel(device);
    this.#members.forget(device);
    this.#prototypes.forget(device);
    if (this.#trial === undefined) this.#round.drop(device);
    this.#masked?.gone(device);
    this.#tell();
    this.#endIfAll();
    await this.#prototypes.keep();
  }

  /** Takes back that a device was expelled. */
  async readmit(device: string): Promise<void> {
    await this.#decisions.readmit(device);
    this.#tell();
  }

  /**
   * From now on a model goes to all only after it was no worse than the one before it on these devices' own last samples. Where none of them answers in time, it goes to nobody.
   * @param devices their names; none: models go to all at once, as ever
   * @throws RangeError in a private fleet
   */
  async canary(devices: readonly string[]): Promise<void> {
    if (this.#budget !== undefined && devices.length > 0) throw new RangeError(`devices: got ${devices.join(', ')} in a private fleet; expected none: which model goes to all would tell of their samples`);
    await this.#decisions.canary(devices);
    this.#tell();
  }

  /** Stops; the round that is open begins anew when it is opened again. The client and the store stay the caller's. */
  async close(): Promise<void> {
    this.#stop();
    await this.#ending;
  }

  #stop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#announcer.close();
    this.#trial?.end();
    this.#masked?.abandon();
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#connected);
  }

  #fail(error: Error): void {
    this.#stop();
    if (this.#options.onError === undefined) throw error;
    this.#options.onError(error);
  }

  #openRound(number: number, barred?: Iterable<string>): AnyRound {
    return openRound(number, this.learner, this.#options, (text, device) => this.#announcer.masks(text, device), barred);
  }

  get #masked(): MaskedRound | undefined {
    return this.#round instanceof MaskedRound ? this.#round : undefined;
  }

  #announce(): void {
    this.#announcer.announce();
    this.#tell();
  }

  /** A private fleet has no other round. */
  get #isOver(): boolean {
    return this.#budget?.isSpent === true;
  }

  /** Time for the open round, and the word for it. */
  #call(): void {
    const { seconds } = this.#options;
    this.#closesAt = performance.now() + 1000 * seconds;
    clearTimeout(this.#timer);
    if (!this.#isOver) {
      this.#timer = setTimeout(() => this.#late(), 1000 * seconds);
      (this.#timer as { unref?: () => void }).unref?.();
    }
    this.#announce();
  }

  /** The open round, for the announcer. */
  #open(): OpenRound {
    const { examples, minDevices, minExamples, prototypes, layers, masks } = this.#options;
    return { round: this.#round.number, endsAt: this.#closesAt, examples, minDevices, minExamples, prototypes, layers, masks, over: this.#isOver, architecture: this.learner.architecture, model: this.#model.message, shared: this.#prototypes.devices };
  }

  /** The model of the open round, and the prototypes that go out with it. */
  async #kept(): Promise<void> {
    await this.#model.keep(this.#round.number);
    await this.#prototypes.keep();
  }

  /** How the fleet stands, for who looks on. */
  #tell(): void {
    this.#announcer.tellStanding(() => this.standing());
  }

  readonly #connected = (): void => {
    this.#subscribe();
    this.#announce();
  };

  #subscribe(): void {
    this.#connections++;
    const more = [...(this.#options.prototypes ? [this.#topics.prototypesOf('+')] : []), ...(this.#options.masks ? [this.#topics.masksOf('+')] : [])];
    this.#client.subscribe([...more, this.#topics.update('+'), this.#topics.status('+'), this.#topics.report('+'), this.#topics.round, this.#topics.operator], { qos: 1 }, () => {});
  }

  readonly #take = (topic: string, payload: Uint8Array, { retain }: { retain: boolean }): void => {
    if (topic === this.#topics.round) this.#compare(payload, retain);
    else if (topic.endsWith('/update') || topic.endsWith('/masks')) this.#fold(deviceOf(topic), payload);
    else if (topic.endsWith('/prototypes')) this.#note(deviceOf(topic), payload);
    else if (topic.endsWith('/status')) this.#hear(deviceOf(topic), payload);
    else if (topic.endsWith('/report')) this.#report(deviceOf(topic), payload);
    else if (topic === this.#topics.operator && !retain) void this.#operate(payload);
  };

  /**
   * Two aggregators would hand out two models in turns: the later one stays. What the broker had kept when this one started is of an earlier start, whatever its clock
   * said; afterwards a larger boot is that of a later one.
   */
  #compare(payload: Uint8Array, retained: boolean): void {
    const boot = announcement(payload)?.boot;
    if (boot === undefined || boot <= this.#announcer.boot) return;
    if (retained && this.#connections === 1) {
      this.#announcer.boot = boot + 1;
      this.#announce();
    } else this.#fail(new Error(`another aggregator has been started for fleet '${this.#options.fleet}', and this one stops: one for a fleet`));
  }

  #fold(device: string, payload: Uint8Array): void {
    // while a model is on trial its round has ended
    const answer = this.#decisions.isExpelled(device) ? 'expelled' : this.#isOver ? 'over' : this.#trial !== undefined ? 'stale' : this.#round.add(device, payload);
    if (answer === 'taken' || answer === 'heard') {
      if (answer === 'taken' && this.#masked === undefined) this.#taken++;
      this.#log.take(payload.length);
      this.#members.sent(device, payload.length);
      this.#endIfAll();
      return;
    }
    this.#refuse(device, answer);
  }

  #note(device: string, payload: Uint8Array): void {
    const answer = this.#decisions.isExpelled(device) ? 'expelled' : this.#prototypes.take(device, payload);
    if (answer !== 'taken') this.#refuse(device, answer);
  }

  #refuse(device: string, reason: Refusal): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
    this.#options.onRefused?.(device, reason);
  }

  #hear(device: string, payload: Uint8Array): void {
    const status = deviceStatus(payload);
    if (status === undefined) return;
    if (this.#members.hear(device, status)) this.#announcer.tellTime(() => this.#trial === undefined);
    if (!status.online && !this.#members.isOnline(device)) this.#masked?.gone(device);
    this.#tell();
    this.#endIfAll();
  }

  #report(device: string, payload: Uint8Array): void {
    const report = reportOf(payload);
    if (report === undefined || this.#budget !== undefined || this.#decisions.isExpelled(device)) return;
    if (report.trial) this.#trial?.take(device, report);
    else this.#members.report(device, report);
    this.#tell();
  }

  async #operate(payload: Uint8Array): Promise<void> {
    const request = operatorRequest(payload);
    if (request === undefined) return;
    const answer = await operated(this, request);
    this.#options.onOperator?.(answer.text);
    this.#announcer.answer(answer);
  }

  #enough(): boolean {
    return this.#round.devices.size >= this.#options.minDevices && this.#round.examples >= this.#options.minExamples;
  }

  /** Nobody is left to wait for. */
  #endIfAll(): void {
    if (this.#trial !== undefined || this.#masked?.closed || this.#isOver || !this.#enough()) return;
    if (!this.#masked?.full) for (const device of this.#members.awaited()) if (!this.#round.devices.has(device) && !this.#decisions.isExpelled(device) && !this.#masked?.barred.has(device)) return;
    this.#end();
  }

  #late(): void {
    if (this.#enough()) return this.#end();
    const { number, devices, examples } = this.#round;
    this.#options.onShort?.({ round: number, devices: devices.size, examples });
    this.#members.ended(number, []);
    this.#masked?.pardon();
    this.#call();
  }

  /** Folded, tried where there are canaries, kept, and then handed out. */
  #end(): void {
    const ended = this.#round;
    clearTimeout(this.#timer);
    try {
      if (ended instanceof MaskedRound) ended.end().then((sum) => this.#unmasked(ended, sum), (error: unknown) => this.#fail(error as Error));
      else this.#conclude(ended, ended.end());
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** A sum without its masks; where too few came through with theirs, the round begins anew from the same model, with other masks. */
  #unmasked(ended: MaskedRound, sum: Folded | undefined): void {
    if (this.#closed || this.#round !== ended) return; // an operator has rolled back meanwhile
    if (sum !== undefined) return this.#conclude(ended, sum);
    const { number, devices, examples, faulty, barred } = ended;
    this.#options.onShort?.({ round: number, devices: devices.size, examples });
    for (const device of faulty) this.#refuse(device, 'damaged');
    this.#round = this.#openRound(number, barred);
    this.#timer = setTimeout(() => this.#call(), AGAIN_MS);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  #conclude(ended: AnyRound, { contributions, parameters }: Folded): void {
    this.#budget?.spend();
    for (const each of contributions) if (each.aside) this.#setAside(each);
    this.#members.ended(ended.number, contributions);
    if (ended instanceof MaskedRound) this.#taken += contributions.length;
    const near = contributions.filter(({ aside }) => !aside);
    const event = { round: ended.number, devices: near.length, examples: near.reduce((sum, { examples }) => sum + examples, 0) };
    const canaries = this.#decisions.notes.canaries.filter((device) => this.#members.isOnline(device));
    let model: PastRound['model'] = 'mean';
    const take = (): void => {
      if (model === 'mean') this.learner.setParameters(parameters);
      this.#log.end(ended.number, contributions, model);
    };
    if (this.#decisions.notes.canaries.length === 0) {
      void this.#next(take, event);
      return;
    }
    const trial = (this.#trial = new Trial(canaries, ended.number + 1));
    void this.#model.onTrial(parameters, ended.number + 1).then((message) => this.#announcer.trial(message, canaries), (error: unknown) => this.#fail(error as Error));
    void trial.over(1000 * Math.min(this.#options.seconds, LONGEST_TRIAL_S)).then(({ passed, text }) => {
      if (this.#closed || this.#trial !== trial) return; // an operator has rolled back meanwhile
      this.#trial = undefined;
      if (!passed) {
        model = 'kept';
        this.#options.onOperator?.(`the model of round ${ended.number} goes to nobody: ${text}`);
      }
      return this.#next(take, event);
    });
  }

  #setAside(contribution: Contribution): void {
    this.#prototypes.forget(contribution.device);
    this.#options.onAside?.(contribution);
  }

  /** The next round, once its model has been kept. @param take gives the learner the model */
  #next(take: () => void, event?: RoundEvent): Promise<void> {
    const before = this.#round;
    clearTimeout(this.#timer);
    this.#masked?.abandon();
    try {
      take();
    } catch (error) {
      this.#fail(error as Error);
      return Promise.resolve();
    }
    this.#round = this.#openRound(before.number + 1);
    const next = this.#round;
    const budget = this.#budget?.kept;
    const kept = this.#ending.then(async () => {
      if (budget !== undefined) await this.#decisions.keep(budget); // first: what nobody has noted would be spent twice
      await this.#model.save();
      if (this.#round !== next) return; // one more has ended since, which only a rollback can do: its own turn keeps it
      await this.#kept();
      if (this.#closed) return;
      if (event !== undefined) this.#options.onRound?.(event);
      this.#call();
    });
    this.#ending = kept.catch((error: unknown) => this.#fail(error as Error));
    return this.#ending;
  }
}

const LONGEST_TRIAL_S = 60;
/** Before devices whose sum came to nothing are asked for another. */
const AGAIN_MS = 1000;
