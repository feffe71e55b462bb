import { BoundedQueue } from './bounded-queue.js';
import { JsonSamples, isLateLabel, tellLate, type JsonFields, type LateLabel, type SampleForm } from './json-sample.js';
import { LineSplitter } from './lines.js';
import { COLOURS, namesOf } from './plain-line.js';
import type { Sample } from './sample.js';
import { FrameReader, messageOf, type Frame, type Message } from './slip.js';

type Language = NonNullable<LinkOptions['format']>;

export const LANGUAGES: readonly Language[] = ['frames', 'json', 'text'];

/** Settings of a link: the format it takes, and how many samples may wait. */
export interface LinkOptions extends Omit<JsonFields, 'id'> {
  /** Language of the device: the firmware's frames (slip.ts), lines of JSON as `ndjson` reads them, or text, which is such lines or plain numbers (plain-line.ts). Default: frames or text, by what comes first and holds. */
  format?: 'frames' | 'json' | 'text';
  /** The names of the labels that frames carry as an index. Default: the index as text. */
  labels?: readonly string[];
  /** Samples that may wait for the reader, 1 or more; beyond, the oldest is dropped and counted. Default 1000. */
  queue?: number;
  /** Bytes of a JSON line, 1 or more; a longer one is refused unread. Frames have a limit of their own. Default 65536. */
  maxBytes?: number;
  /** Open the device again when it is gone, once a second until it is back. Without, the iteration then fails. Default true. */
  reconnect?: boolean;
  /** Called for every frame that is no sample: predictions, status, ... */
  onMessage?: (message: Message) => void;
  /** Called for labels that come by themselves, in their order among the samples. */
  onLabel?: (id: string | number, label: string) => void;
  /** Called for lines and frames that are no samples. Damaged frames are only counted. */
  onRefused?: (error: Error) => void;
  /** Called when the device is gone (false), and when it is back (true). */
  onConnection?: (connected: boolean) => void;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/** Counts of frames and lines that came over the link so far. */
export interface LinkCounts {
  /** Samples that came. */
  received: number;
  /** Samples that gave way to newer ones. */
  dropped: number;
  /** Frames whose CRC did not hold, and lines and readings that were cut. */
  damaged: number;
  /** Frames and lines that were whole, but no samples. */
  refused: number;
  /** How often the device was opened: 1 where it was never gone. */
  opened: number;
  /** Samples that wait now. */
  waiting: number;
}

/** A device while it is open. */
export interface Line {
  /** Resolves when the device is gone or was closed. */
  readonly ended: Promise<unknown>;
  /** Resolves when the bytes have left this machine. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a device. What comes from it are bytes, or, of one that has neither frames nor lines, the values of a sample each time, undefined of one
 * that is damaged. `ended` is the link's: it ends an attempt that is under way, too.
 */
export type OpenLine = (take: (bytes: Uint8Array) => void, takeValues: (x: Float32Array | undefined) => void, ended: AbortSignal) => Promise<Line>;

const RETRY_MS = 1000;
/** Sequence numbers have 16 bits and start anew with the board: what is added for each start keeps a sample's id its own. */
const SEQUENCES = 65536;

/**
 * Samples from a device on a byte link. `serial.ts`, `web-serial.ts` and `bluetooth.ts` open it; the rules are one:
 *
 * - what is damaged is counted and never becomes a sample;
 * - the reader's slowness costs the oldest samples, which are counted, never memory;
 * - a device that is gone is opened again (`reconnect`), and what was received of a frame is forgotten; a device that was never there is an error
 *   at once;
 * - the iteration ends with `close()`, and fails when the signal is aborted or when the device is gone for good. It can be iterated once.
 */
export class Link implements AsyncIterable<Sample> {
  readonly #name: string;
  readonly #options: LinkOptions;
  readonly #open: OpenLine;
  readonly #queue: BoundedQueue<Sample | LateLabel>;
  readonly #frames = new FrameReader((frame) => this.#takeFrame(frame));
  readonly #json: JsonSamples;
  /** Known once a frame or a line has held; a frame that holds is one, whatever came before. */
  #language: Language | undefined;
  #lines: LineSplitter;
  /** The next line may have lost its beginning. */
  #midway = true;
  /** The first sample without JSON: one that no other is like was talk. */
  #first: Sample | undefined;
  #line: Line | undefined;
  #wake: () => void = () => {};
  readonly #over = new AbortController();
  readonly #sending = new Set<() => void>();
  #received = 0;
  #refused = 0;
  #cut = 0;
  #opened = 0;
  #starts = 0;

  /** Opens the device; `name` is what errors call it. */
  static async open(name: string, open: OpenLine, options: LinkOptions = {}): Promise<Link> {
    options.signal?.throwIfAborted();
    const link = new Link(name, open, options);
    options.signal?.addEventListener('abort', link.#abort, { once: true });
    try {
      await link.#connect();
      options.signal?.throwIfAborted();
    } catch (error) {
      options.signal?.removeEventListener('abort', link.#abort);
      throw options.signal?.aborted ? options.signal.reason : error;
    }
    void link.#stay();
    return link;
  }

  private constructor(name: string, open: OpenLine, options: LinkOptions) {
    const { maxBytes = 65536, queue = 1000, format } = options;
    if (format !== undefined && !LANGUAGES.includes(format)) throw new RangeError(`options.format: got '${format}'; expected 'frames', 'json' or 'text'`);
    if (!Number.isInteger(maxBytes) || maxBytes < 1) throw new RangeError(`options.maxBytes: got ${maxBytes}; expected a whole number from 1`);
    this.#name = name;
    this.#open = open;
    this.#options = { ...options, maxBytes };
    this.#language = format;
    this.#queue = new BoundedQueue(queue);
    this.#json = new JsonSamples({ id: 'id', ...options });
    this.#lines = new LineSplitter(maxBytes);
  }

  /** The numeric fields in their order, once they are known; undefined where samples are `x`. */
  get fields(): readonly string[] | undefined {
    return this.#json.fields;
  }

  /** Form of the samples of lines, known once the first good one has come. */
  get form(): SampleForm | undefined {
    return this.#json.form;
  }

  /** Language of the device: as `format` says, or as the first frame or sample in a line showed; undefined before. */
  get format(): 'frames' | 'json' | 'text' | undefined {
    return this.#language;
  }

  /** The next sample decides anew what they look like. */
  restart(): void {
    this.#json.restart();
  }

  /** True while the port is open. */
  get connected(): boolean {
    return this.#line !== undefined;
  }

  /** Counters since it was opened. */
  counts(): LinkCounts {
    return {
      received: this.#received,
      dropped: this.#queue.dropped,
      damaged: this.#frames.damaged + this.#cut,
      refused: this.#refused,
      opened: this.#opened,
      waiting: this.#queue.waiting,
    };
  }

  /**
   * To the device: a frame that slip.ts made, or text. Resolves when the bytes have left, so that who waits for it never fills memory.
   * @throws while the device is gone
   */
  async send(bytes: Uint8Array): Promise<void> {
    const line = this.#line;
    if (line === undefined) throw new Error(`${this.#name} is gone: nothing was sent`);
    // a driver may never say what became of bytes on their way when the device went
    await new Promise<void>((resolve, reject) => {
      const forsake = (): void => reject(new Error(`${this.#name} is gone: not all was sent`));
      this.#sending.add(forsake);
      line.write(bytes).then(resolve, reject).finally(() => this.#sending.delete(forsake));
    });
  }

  /** Closes the device: what waits is still given, then the iteration ends. */
  async close(): Promise<void> {
    this.#over.abort();
    this.#options.signal?.removeEventListener('abort', this.#abort);
    this.#wake();
    this.#queue.end();
    await this.#line?.close();
  }

  /** Samples in the order in which they came. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    try {
      for await (const item of this.#queue) {
        if (isLateLabel(item)) tellLate(item, this.#options);
        else yield item;
      }
    } finally {
      await this.close();
    }
  }

  async #connect(): Promise<void> {
    const line = await this.#open(
      (bytes) => {
        if (this.#closed) return;
        if (this.#language === 'frames' || this.#options.format === undefined) this.#frames.push(bytes);
        if (this.#language !== 'frames') this.#takeLines(bytes);
      },
      (x) => {
        if (this.#closed) return;
        if (x === undefined) this.#cut++;
        else this.#takeSample({ x });
      },
      this.#over.signal,
    );
    if (this.#closed) return line.close();
    this.#line = line;
    this.#opened++;
  }

  get #closed(): boolean {
    return this.#over.signal.aborted;
  }

  /** As long as the link lives: waits for the device to go, and opens it again. */
  async #stay(): Promise<void> {
    const { reconnect = true, onConnection, maxBytes } = this.#options;
    while (!this.#closed) {
      await this.#line!.ended;
      this.#line = undefined;
      for (const forsake of this.#sending) forsake();
      if (this.#closed) return;
      if (this.#language === 'frames') this.#frames.restart();
      else if (!this.#lines.empty) {
        this.#cut++;
        this.#lines = new LineSplitter(maxBytes!);
      }
      this.#midway = true;
      this.#starts++;
      onConnection?.(false);
      if (!reconnect) {
        this.#queue.fail(new Error(`${this.#name} is gone: plug it in, or switch it on and hold it near, and start again; or leave reconnect on`));
        return this.close();
      }
      while (!this.#closed && !this.connected) {
        await this.#rest();
        if (!this.#closed) await this.#connect().catch(() => {}); // not there yet
      }
      if (this.connected && !this.#closed) onConnection?.(true);
    }
  }

  async #rest(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, RETRY_MS);
    });
    clearTimeout(timer);
  }

  #takeFrame(frame: Frame): void {
    const message = messageOf(frame);
    if (message === undefined) return this.#refuse(new Error(`a frame of type ${JSON.stringify(frame.type)} with ${frame.body.byteLength} bytes is none of the link's`));
    this.#language = 'frames';
    if (message.kind === 'boot') this.#starts++;
    const id = message.sequence + SEQUENCES * this.#starts;
    if (message.kind === 'sample') {
      const { x, label } = message;
      this.#takeSample({ x, id, ...(label === undefined ? {} : { y: this.#labelOf(label) }) });
    } else if (message.kind === 'label') this.#queue.push({ id, y: this.#labelOf(message.label) });
    else this.#options.onMessage?.(message);
  }

  #takeSample(sample: Sample): void {
    const { length } = sample.x;
    const { inputs = length } = this.#options;
    if (length !== inputs) return this.#refuse(new Error(`a sample of ${length} values, the learner takes ${inputs}`));
    this.#received++;
    this.#queue.push(sample);
  }

  #labelOf(index: number): string {
    return this.#options.labels?.[index] ?? String(index);
  }

  #takeLines(bytes: Uint8Array): void {
    for (const { text: raw, bytes: length } of this.#lines.push(bytes)) {
      if (this.#language === 'frames') return; // a frame in the same bytes
      const text = raw?.replace(COLOURS, '');
      const midway = this.#midway;
      this.#midway = false;
      if (text?.trim() === '' || (this.#language === undefined && isPieceOfFrames(text))) continue;
      if (midway && this.#language !== 'json' && mayBeCut(text)) {
        this.#cut++; // 21.5 may have been 121.5
        continue;
      }
      try {
        if (text === undefined) throw new Error(`a line has ${length} bytes, allowed are ${this.#options.maxBytes}`);
        this.#takeLine(text);
      } catch (error) {
        this.#refuse(error as Error);
      }
    }
  }

  /** The first sample without JSON waits for a line that is like it. */
  #takeLine(text: string): void {
    const isPlain = this.#language !== 'json' && !text.trimStart().startsWith('{');
    const read = (): Sample | LateLabel | undefined => (isPlain ? this.#json.parseLine(text, 'a line') : this.#json.parse(text, 'a line'));
    let item: Sample | LateLabel | undefined;
    try {
      item = read();
    } catch (error) {
      if (this.#first === undefined) throw error;
      this.#first = undefined;
      this.#json.restart();
      this.#refuse(new Error('a line was like no other: it was no sample'));
      item = read();
    }
    if (item === undefined) return;
    if (isPlain && this.#received === 0 && this.#first === undefined && !isLateLabel(item)) return void (this.#first = item);
    if (this.#first !== undefined) this.#takeItem(this.#first);
    this.#first = undefined;
    this.#takeItem(item);
  }

  #takeItem(item: Sample | LateLabel): void {
    this.#language ??= 'text';
    if (!isLateLabel(item)) this.#received++;
    this.#queue.push(item);
  }

  #refuse(error: Error): void {
    this.#refused++;
    this.#options.onRefused?.(error);
  }

  readonly #abort = (): void => {
    this.#queue.clear();
    this.#queue.fail(this.#options.signal!.reason);
    void this.close();
  };
}

/** Frames have ends of lines by chance. A line of them that is too long or has bytes that text has not says nothing. */
function isPieceOfFrames(line: string | undefined): boolean {
  return line === undefined || /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xc0]/.test(line);
}

/** The first line after a start, in the midst of which the port may have been opened. An object says itself whether it is whole, and names are seldom anywhere but at a board's start. */
function mayBeCut(line: string | undefined): boolean {
  return line === undefined || (!line.trimStart().startsWith('{') && namesOf(line.split(/[,;\t]/).map((cell) => cell.trim())) === undefined);
}
