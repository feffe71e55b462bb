import type { MqttClient } from 'mqtt';
import { architectureOf, packParameters, unpackParameters } from '../parameters.js';
import { decodeSnapshot, encodeSnapshot } from '../snapshot.js';
import type { Board } from '../sources/board.js';
import { Believed } from './believed.js';
import type { FleetDeviceCounts, FleetDeviceOptions } from './device-options.js';
import { encodeMessage } from './message.js';
import { readModel } from './model.js';
import { News } from './news.js';
import { modelOf } from './signature.js';
import { announcement, checkSegment, topicsOf, type RoundAnnouncement, type Topics } from './topics.js';
import { withOwn } from './with-own.js';

/**
 * A board that is a member of a fleet; this process is its way to the broker. It learns on the board, and what the aggregator gets are the bytes of the board:
 * those that a `FleetDevice` would send which has learned the same samples.
 *
 * Rules are those of `FleetDevice`. The broker waits for the board, never the other way round: a shared model that comes while the board is being
 * written to is taken over next, and of several only the last.
 */
export class FleetBoard {
  readonly id: string;
  readonly board: Board;
  readonly #client: MqttClient;
  readonly #options: FleetDeviceOptions;
  readonly #topics: Topics;
  readonly #architecture: number;
  #announced: RoundAnnouncement | undefined;
  #round = -1;
  /** Round of the last model that came, taken over or not yet. */
  #newest = -1;
  /** Parameters, and samples learned, when the model was taken over or the last update was sent. */
  #mark: { parameters: Uint8Array; seen: number } | undefined;
  #sent: Uint8Array | undefined;
  /** True once the broker has it. */
  #delivered = false;
  readonly #news = new News();
  #sequence = 0;
  readonly #believed: Believed;
  #endsAt = 0;
  #counts = { models: 0, updates: 0, stranded: 0, refused: 0 };
  /** Samples in this round's update, until it has gone out. */
  #waiting = 0;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * Subscribes as soon as the client is connected. Client and board stay the caller's.
   * @param client of `connectDevice`, which leaves a last will
   */
  constructor(client: MqttClient, board: Board, options: FleetDeviceOptions) {
    checkSegment('id', options.id);
    this.#believed = new Believed(options.publicKey, (reason, detail) => this.#refuse(reason, detail));
    this.id = options.id;
    this.board = board;
    this.#client = client;
    this.#options = options;
    this.#topics = topicsOf(options.fleet);
    this.#architecture = architectureOf(board.config);
    client.on('message', this.#take);
    client.on('connect', this.#subscribe);
    if (client.connected) this.#subscribe();
  }

  /**
   * One step on the board; sends an update when the round has asked for as many samples.
   * @returns the label that the board had predicted; undefined where that answer was lost
   * @throws RangeError for another length or an unknown label
   */
  learn(x: ArrayLike<number>, label: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const predicted = await this.board.learn(x, label);
      await this.#sendIfAsked();
      return predicted;
    });
  }

  /**
   * The label of a window that a board with a sensor of its own has told of. The board reports the result later, so the update goes with the label after.
   * @throws RangeError for an unknown label
   */
  label(window: number, label: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.board.label(window, label);
      await this.#sendIfAsked();
    });
  }

  /** Sends what the board has made of this round's model, if it has learned anything; once a round. */
  send(): Promise<void> {
    return this.#inTurn(() => this.#send());
  }

  /** As `FleetDevice.isOver`. */
  get isOver(): boolean {
    return this.#announced?.over === true && this.#announced.round === this.#round;
  }

  /** As `FleetDevice.ready`: resolves when it has a model of the fleet, or when the signal comes. */
  async ready(signal?: AbortSignal): Promise<void> {
    while (this.#mark === undefined && !this.#closed && !signal?.aborted) await this.#news.next(signal);
  }

  /** As `FleetDevice.flush`: resolves when the broker has all that was learned, or the signal came; to the number of samples that no update has carried. */
  async flush(signal?: AbortSignal): Promise<number> {
    for (;;) {
      if (this.#announced?.round === this.#round) await this.send();
      const own = this.#mark === undefined ? 0 : this.board.seen - this.#mark.seen;
      if (own === 0 && (this.#sent === undefined || this.#delivered)) return 0;
      if (this.isOver) return own + this.#waiting;
      if (this.#closed || signal?.aborted) return own;
      await this.#news.next(signal);
    }
  }

  /** Counts of messages taken, sent and refused so far. */
  counts(): FleetDeviceCounts {
    return { round: this.#round, ...this.#counts, stranded: this.#counts.stranded + this.#waiting };
  }

  /** Leaves the fleet; the board stays as it is. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#subscribe);
    this.#believed.close();
    this.#news.tell();
  }

  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(call);
    this.#turn = result.catch(() => {});
    return result;
  }

  async #sendIfAsked(): Promise<void> {
    if (this.#mark === undefined || this.#sent !== undefined || this.#announced === undefined) return;
    if (this.board.seen - this.#mark.seen >= this.#announced.examples) await this.#send();
  }

  async #send(): Promise<void> {
    if (this.#mark === undefined || this.#sent !== undefined || this.#closed || this.#announced?.over) return;
    const { parameters, seen } = await this.#now();
    const examples = seen - this.#mark.seen;
    if (examples <= 0) return;
    this.#mark = { parameters, seen };
    this.#sent = encodeMessage({ kind: 'update', architecture: this.#architecture, round: this.#round, examples, sequence: this.#sequence++, body: parameters });
    this.#delivered = false;
    this.#waiting = examples;
    this.#publish();
  }

  /** Saves what the board has learned in its flash: a power cut does not take back what was sent. */
  async #now(): Promise<{ parameters: Uint8Array; seen: number; state: Uint8Array }> {
    const { config, state } = decodeSnapshot(await this.board.save());
    return { parameters: packParameters(config, state), seen: this.board.seen, state };
  }

  #publish(): void {
    if (!this.#client.connected || this.#announced?.round !== this.#round || this.#announced.over) return;
    if (this.#announced.masks || this.#options.masks === true) return this.#refuse('masks', 'a board sends its update without masks: it is in no such fleet');
    const message = this.#sent!;
    if (this.#waiting > 0) this.#counts.updates++;
    this.#waiting = 0;
    this.#client.publish(this.#topics.update(this.id), Buffer.from(message), { qos: 1 }, (error) => {
      if (error) return;
      this.#delivered ||= message === this.#sent;
      this.#news.tell();
    });
  }

  readonly #subscribe = (): void => {
    this.#client.subscribe([this.#topics.model, this.#topics.round], { qos: 1 }, () => {});
  };

  readonly #take = (topic: string, payload: Uint8Array): void => {
    if (topic === this.#topics.model) this.#believed.take(payload, modelOf(this.#options.fleet), () => this.#newest, (model) => this.#takeModel(model));
    else if (topic === this.#topics.round) this.#takeRound(payload);
  };

  #refuse(reason: string, detail?: string): void {
    this.#counts.refused++;
    this.#options.onRefused?.(reason, detail);
  }

  #takeModel(payload: Uint8Array): void {
    const read = readModel(payload, this.board.config);
    if ('refused' in read) return this.#refuse(read.refused, read.detail);
    const { round, parameters } = read;
    if (round === this.#newest) return; // the broker's copy once more
    this.#newest = round;
    // the board's own calls say where it was closed, or stopped
    void this.#inTurn(async () => void (this.#newest === round && !this.#closed && (await this.#takeOver(round, parameters)))).catch(() => {});
  }

  async #takeOver(round: number, model: Uint8Array): Promise<void> {
    const { config } = this.board;
    const { parameters, seen, state } = await this.#now();
    const own = this.#mark === undefined ? 0 : seen - this.#mark.seen;
    unpackParameters(config, state, own === 0 ? model : withOwn(config, model, parameters, this.#mark!.parameters));
    await this.board.load(encodeSnapshot(config, state));
    if (this.#closed) return;
    this.#mark = { parameters: model, seen: seen - own };
    this.#round = round;
    this.#sent = undefined;
    this.#counts.stranded += this.#waiting;
    this.#waiting = 0;
    this.#counts.models++;
    this.#options.onModel?.(round);
    this.#await();
    this.#news.tell();
  }

  #takeRound(payload: Uint8Array): void {
    const announced = announcement(payload);
    if (announced === undefined) return this.#refuse('round');
    const again = announced.round === this.#announced?.round;
    const asked = announced.call < 0 || announced.call !== this.#announced?.call || announced.boot !== this.#announced.boot;
    this.#announced = announced;
    this.#endsAt = performance.now() + announced.endsIn;
    if (announced.round === this.#round && this.#sent !== undefined && !(again && !asked && this.#delivered)) this.#publish();
    this.#await();
    this.#news.tell();
  }

  /** A board that hears too little to reach the number of samples sends what it has, somewhere in the last fifth of the round. */
  #await(): void {
    clearTimeout(this.#deadline);
    if (this.#closed || this.#announced === undefined || this.#announced.round !== this.#round || this.#sent !== undefined) return;
    const left = Math.max(0, this.#endsAt - performance.now());
    this.#deadline = setTimeout(() => void this.send().catch(() => {}), left * (0.8 + 0.15 * Math.random()));
    (this.#deadline as { unref?: () => void }).unref?.();
  }
}
