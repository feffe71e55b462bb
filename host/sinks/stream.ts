/** A stream of Node (a file, a socket, standard output): as much of it as is used here. */
export interface NodeOutput {
  /** As of Node's streams. */
  write(text: string, done: (error?: Error | null) => void): boolean;
  /** As of Node's streams. */
  once(event: 'drain' | 'close' | 'error', listener: (error?: Error) => void): unknown;
  /** As of Node's streams. */
  off(event: 'drain' | 'close' | 'error', listener: (error?: Error) => void): unknown;
  /** As of Node's streams. */
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Destination of lines: a stream of Node, or one of the web. */
export type Output = NodeOutput | WritableStream<string>;

/** Counts of lines written and dropped so far. */
export interface SinkCounts {
  /** Values that were written. */
  written: number;
  /** Values that found no room, or whose writing failed. */
  dropped: number;
  /** Values on their way. */
  waiting: number;
}

/**
 * Values as text into a stream. `write` never waits: where `queue` values are on their way, a new one is dropped and counted. Who would rather wait
 * than lose awaits `ready()` before each `write`: the stream's slowness is then the writer's.
 */
export class StreamSink<T> {
  readonly #text: (value: T) => string;
  readonly #send: (text: string) => Promise<void>;
  readonly #queue: number;
  #release: () => Promise<void>;
  #written = 0;
  #dropped = 0;
  #waiting = 0;
  #error: Error | undefined;
  #wake: (() => void)[] = [];

  /** @param text one value, its line's end included */
  constructor(out: Output, text: (value: T) => string, { queue = 1000 }: { queue?: number } = {}) {
    if (!Number.isInteger(queue) || queue < 1) throw new RangeError(`options.queue: got ${queue}; expected a whole number from 1`);
    this.#text = text;
    this.#queue = queue;
    if ('getWriter' in out) {
      const writer = out.getWriter();
      this.#send = (line) => writer.write(line);
      this.#release = async () => writer.releaseLock();
    } else if (typeof out?.write === 'function') {
      const fail = (error?: Error): void => void (this.#error ??= error);
      out.on('error', fail);
      this.#send = (line) => new Promise((resolve, reject) => out.write(line, (error) => (error ? reject(error) : resolve())));
      this.#release = async () => void out.off('error', fail);
    } else throw new TypeError('out: expected a stream to write to');
  }

  /** True if the line was taken, false if it was dropped. */
  write(value: T): boolean {
    if (this.#waiting >= this.#queue || this.#error) {
      this.#dropped++;
      return false;
    }
    this.#waiting++;
    this.#send(this.#text(value)).then(
      () => this.#done(() => this.#written++),
      (error: Error) => {
        this.#error ??= error;
        this.#done(() => this.#dropped++);
      },
    );
    return true;
  }

  /**
   * Resolves when there is room for one more.
   * @throws what the stream failed with; it takes nothing more
   */
  async ready(signal?: AbortSignal): Promise<void> {
    await this.#until(() => this.#waiting < this.#queue, signal);
  }

  /** Counters since it was made. */
  counts(): SinkCounts {
    return { written: this.#written, dropped: this.#dropped, waiting: this.#waiting };
  }

  /** Resolves when what is on its way is out. The stream stays the caller's. */
  async close(): Promise<void> {
    try {
      await this.#until(() => this.#waiting === 0);
    } finally {
      await this.#release();
    }
  }

  async #until(done: () => boolean, signal?: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake.splice(0).forEach((resolve) => resolve());
    signal?.addEventListener('abort', wake);
    try {
      while (!done() && !this.#error) {
        signal?.throwIfAborted();
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
      signal?.throwIfAborted();
    } finally {
      signal?.removeEventListener('abort', wake);
    }
    if (this.#error) throw this.#error;
  }

  #done(count: () => void): void {
    this.#waiting--;
    count();
    for (const resolve of this.#wake.splice(0)) resolve();
  }
}
