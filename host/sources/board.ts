import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { LearnerError } from '../errors.js';
import { decodeSnapshot, encodeSnapshot } from '../snapshot.js';
import { encodeFrame, exampleFrame, labelFrame, readFrame, sampleFrame, writeFrame, type Message } from './slip.js';

/** Carries frames to the board and back: `openSerial`, `openWebSerial`, or any `Link`. */
export interface BoardLink {
  /** A frame to the board. */
  send(bytes: Uint8Array): Promise<void>;
  /** Lets go of the line. */
  close(): Promise<void>;
}

/** How long a board is waited for. */
export interface BoardOptions {
  /** Milliseconds without an answer after which a frame is sent again, 1 to 60,000; longer than the board erases its flash. Default 400. */
  retryMs?: number;
  /** Ends the waiting for a board that does not answer. */
  signal?: AbortSignal;
}

/** How a board's answers came. */
export interface BoardCounts {
  /** Frames sent again because no answer came. */
  repeated: number;
  /** Times the board stood at an earlier sample than it should, as after a power cut, and was taught again from there. */
  rewound: number;
  /** Times the board held none of what was known of it (another one, an empty flash) and was given its snapshot back. */
  restored: number;
}

/** A sample that the board has learned since its last snapshot. */
interface Example {
  readonly x: Float32Array;
  readonly label: number;
}

/** Samples that may be learned between two snapshots: what is kept here to be taught again. */
const MOST_EXAMPLES = 1024;
/** Answers that a whole snapshot may have that makes no sense to a board, or from it, before it is an error. */
const ATTEMPTS = 8;

/**
 * A board with the firmware of `onward export` or `simulate`, over a link that loses, repeats and reorders frames and damages bytes, and with a power supply that
 * fails: every call resolves when the board has done it, exactly once, whatever came in between.
 *
 * - A sample carries how many were learned before it; a board that has learned another number answers with that and learns nothing.
 * - Samples since the last snapshot are kept here, so that a board that lost them with its power is taught again.
 * - A snapshot to take over goes to the flash slot that is not in use, piece by piece, and counts only once all of it is there and its checksum holds.
 *
 * Calls are done one after the other, in their order.
 */
export class Board {
  readonly #retryMs: number;
  #link!: BoardLink;
  #hear: (message: Message) => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();
  #ended: Error | undefined;
  #end: (error: Error) => void = () => {};
  /** The snapshot that the board's flash holds at least, its configuration, and how many samples had been learned by then. */
  #snapshot: Uint8Array = new Uint8Array(0);
  #config!: ResolvedConfig;
  #base = 0;
  /** Samples since then, and how many of them the board says that it has. */
  #examples: Example[] = [];
  #taught = 0;
  #pieceBytes = 0;
  #transfer = 1 + Math.floor(65535 * Math.random());
  #question = 0;
  readonly #counts = { repeated: 0, rewound: 0, restored: 0 };

  private constructor(retryMs: number) {
    this.#retryMs = retryMs;
  }

  /**
   * ```ts
   * const board = await Board.attach((onMessage) => openSerial('/dev/ttyACM0', { onMessage }));
   * ```
   *
   * Resolves when the board has answered with its snapshot: it waits for one that is not there yet.
   * @param open opens the link and tells every message of it to the function that it is given
   * @throws what `open` throws; LearnerError when what the board holds is no learner of this version
   */
  static async attach(open: (onMessage: (message: Message) => void) => Promise<BoardLink>, { retryMs = 400, signal }: BoardOptions = {}): Promise<Board> {
    if (!(retryMs >= 1 && retryMs <= 60_000)) throw new RangeError(`options.retryMs: got ${retryMs}; expected milliseconds, 1 to 60000`);
    const board = new Board(retryMs);
    signal?.throwIfAborted();
    board.#link = await open((message) => board.#take(message));
    const abandon = (): void => board.#fail(signal!.reason);
    signal?.addEventListener('abort', abandon);
    if (signal?.aborted) abandon();
    try {
      board.#adopt(await board.#read());
    } catch (error) {
      await board.close();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abandon);
    }
    return board;
  }

  /** As the board was built. */
  get config(): ResolvedConfig {
    return this.#config;
  }

  /** Samples that the board has learned. Of one with a sensor of its own: about; exactly so after `save`. */
  get seen(): number {
    return this.#base + this.#taught;
  }

  /** How its answers came so far. */
  counts(): BoardCounts {
    return { ...this.#counts };
  }

  /**
   * One step on the board.
   * @returns the label that the board had predicted; undefined where that answer was lost
   * @throws RangeError for another length or an unknown label; Error for a board that learns from a sensor of its own
   */
  learn(x: ArrayLike<number>, label: string): Promise<string | undefined> {
    const { config } = this;
    if (this.#hasSensor) throw new Error('learn: this board has a sensor of its own; give labels to its windows (label)');
    const index = this.#indexOf(label);
    if (x.length !== config.inputs) throw new RangeError(`x: ${x.length} values; this board takes ${config.inputs}`);
    return this.#inTurn(async () => {
      if (this.#examples.length === MOST_EXAMPLES) await this.#save();
      this.#examples.push({ x: Float32Array.from(x), label: index });
      return config.labels[(await this.#teach()) ?? -1];
    });
  }

  /** The board's answer to a sample; nothing is learned. */
  predict(x: ArrayLike<number>): Promise<string> {
    const { inputs, labels } = this.#config;
    if (this.#hasSensor) throw new Error('predict: this board has a sensor of its own');
    if (x.length !== inputs) throw new RangeError(`x: ${x.length} values; this board takes ${inputs}`);
    return this.#inTurn(async () => {
      const sequence = (this.#question = (this.#question + 1) & 0xffff);
      const index = await this.#ask(sampleFrame(sequence, x, null), (message) => (message.kind === 'predicted' && message.sequence === sequence ? message.label : undefined));
      return labels[index]!;
    });
  }

  /** The label of a window that a board with a sensor has told of: sent once, since it counts only until the next window is full. */
  label(window: number, label: string): Promise<void> {
    const index = this.#indexOf(label);
    return this.#inTurn(() => this.#link.send(labelFrame(window, index)));
  }

  /** Has the board save, and gives the snapshot that its flash then holds: `loadLearner` takes it. */
  save(): Promise<Uint8Array> {
    return this.#inTurn(() => this.#save());
  }

  /**
   * Has the board take a snapshot over in place of all that it has learned. Until that has happened it is what it was, whenever its power fails.
   * @throws LearnerError for bytes that are no snapshot, or that of a learner which is not configured like the board, seed and all
   */
  load(snapshot: Uint8Array): Promise<void> {
    const { config, state, note } = decodeSnapshot(snapshot);
    if (note !== '') snapshot = encodeSnapshot(config, state); // a board has no room for it
    const head = snapshot.length - 4 - state.length;
    if (snapshot.length !== this.#snapshot.length || this.#snapshot.subarray(0, head).some((byte, at) => byte !== snapshot[at])) {
      throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: of a learner that is not configured like this board; change the state of its own snapshot (save)');
    }
    const bytes = owned(snapshot);
    return this.#inTurn(async () => {
      await this.#write(bytes);
      this.#adopt(bytes);
    });
  }

  /** Ends every call that waits, and the link. */
  async close(): Promise<void> {
    this.#fail(new Error('the board was closed'));
    await this.#link.close();
  }

  /** It learns windows of its own, which are not known here. */
  get #hasSensor(): boolean {
    return this.#pieceBytes > 0 && this.#config.window !== null;
  }

  #indexOf(label: string): number {
    const index = this.config.labels.indexOf(label);
    if (index < 0) throw new RangeError(`label: '${label}' is none of the board's: ${this.config.labels.join(', ')}`);
    return index;
  }

  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(call);
    this.#turn = result.catch(() => {});
    return result;
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    this.#end(this.#ended);
  }

  #take(message: Message): void {
    if (message.kind === 'trap') this.#fail(new Error(`the board stopped with trap ${message.code}: switch it off and on`));
    else {
      if (message.kind === 'learned' && this.#hasSensor) this.#taught++;
      this.#hear(message);
    }
  }

  /** Sends a frame until a message answers it. */
  async #ask<T>(frame: Uint8Array, answer: (message: Message) => T | undefined): Promise<T> {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const got = await new Promise<T | undefined>((resolve, reject) => {
        if (this.#ended !== undefined) return reject(this.#ended);
        this.#end = reject;
        this.#hear = (message) => {
          const found = answer(message);
          if (found !== undefined) resolve(found);
        };
        timer = setTimeout(() => resolve(undefined), this.#retryMs);
        this.#link.send(frame).catch(() => {}); // it is gone: sent again when it is back
      }).finally(() => clearTimeout(timer));
      if (got !== undefined) return got;
      this.#counts.repeated++;
    }
  }

  /** Until the board has learned all that was given. Gives what it predicted for the last one. */
  async #teach(): Promise<number | undefined> {
    let predicted: number | undefined;
    while (this.#taught < this.#examples.length) {
      const { x, label } = this.#examples[this.#taught]!;
      const number = (this.#base + this.#taught) & 0xffff;
      const seen = await this.#ask(exampleFrame(number, x, label), (message) => {
        if (message.sequence !== number) return undefined;
        if (message.kind === 'predicted') predicted = message.label;
        return message.kind === 'seen' ? message.seen : undefined;
      });
      await this.#standAt((seen - this.#base) >>> 0);
    }
    return predicted;
  }

  /** The board says how many of the examples it has: none that make sense if it is not the board that it was. */
  async #standAt(taught: number): Promise<void> {
    if (taught > this.#examples.length) {
      this.#counts.restored++;
      await this.#write(this.#snapshot);
      taught = 0;
    } else if (taught < this.#taught) this.#counts.rewound++;
    this.#taught = taught;
  }

  async #save(): Promise<Uint8Array> {
    while (this.#hasSensor || this.#examples.length > 0) {
      const snapshot = await this.#read();
      const taught = seenOf(snapshot) - this.#base;
      if (this.#hasSensor || taught === this.#examples.length) {
        this.#adopt(snapshot);
        break;
      }
      await this.#standAt(taught >>> 0);
      await this.#teach();
    }
    return owned(this.#snapshot);
  }

  /** From now on that is what the board has. */
  #adopt(snapshot: Uint8Array): void {
    this.#snapshot = snapshot;
    this.#config = decodeSnapshot(snapshot).config;
    this.#base = seenOf(snapshot);
    this.#examples = [];
    this.#taught = 0;
  }

  /** A snapshot of now, through the board's flash. */
  async #read(): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt++) {
      const kept = await this.#ask(encodeFrame('S', 0), (message) => (message.kind === 'saved' ? message.snapshot : undefined));
      if (kept === 0) throw new LearnerError('ESTORE_WRITE', 'board: its flash does not give back what was written, in any slot: what it learned since the last save is in its memory only; replace the board');
      const bytes = await this.#readSaved();
      try {
        if (bytes !== undefined) {
          decodeSnapshot(bytes);
          return bytes;
        }
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof LearnerError && ['ECRC', 'ESNAPSHOT_TRUNCATED'].includes(error.code))) throw error;
      }
    }
  }

  /** The newest snapshot of the board's flash, up to a piece that is shorter than the first; undefined where another was saved meanwhile. */
  async #readSaved(): Promise<Uint8Array | undefined> {
    const pieces: Uint8Array[] = [];
    let saved: number | undefined;
    for (let at = 0; ; ) {
      const { sequence, bytes } = await this.#ask(readFrame(at), (message) => (message.kind === 'piece' && message.offset === at ? message : undefined));
      if (sequence !== (saved ??= sequence)) return undefined;
      pieces.push(bytes);
      at += bytes.length;
      if (bytes.length === 0 || bytes.length < pieces[0]!.length) break;
    }
    this.#pieceBytes = pieces[0]!.length;
    const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  async #write(snapshot: Uint8Array): Promise<void> {
    const transfer = (this.#transfer = (this.#transfer % 65535) + 1);
    let refused = 0;
    for (let at = 0; at < snapshot.length; ) {
      const bytes = snapshot.subarray(at, at + this.#pieceBytes);
      const next = await this.#ask(writeFrame(transfer, at, bytes), (message) => (message.kind === 'staged' && message.sequence === transfer ? message.offset : undefined));
      if (next === 0 && at + bytes.length === snapshot.length && ++refused === ATTEMPTS) throw new Error('the board does not take the snapshot over: is it another board?');
      at = Math.min(next, snapshot.length);
    }
  }
}

/** Samples learned, as a snapshot says. */
function seenOf(snapshot: Uint8Array): number {
  const { state } = decodeSnapshot(snapshot);
  return Number(new DataView(state.buffer, state.byteOffset).getBigUint64(0, true));
}
