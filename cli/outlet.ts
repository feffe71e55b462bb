import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';

/** Text on its way to a file, or to standard output: it waits for a slow reader, and a full disk is an error. */
export class Outlet {
  readonly #to: Writable;
  #failed: Error | undefined;

  /** @param path undefined: standard output */
  constructor(path: string | undefined) {
    this.#to = path === undefined ? process.stdout : createWriteStream(path);
    if (path !== undefined) this.#to.on('error', (cause) => (this.#failed = new Error(`${path}: ${cause.message}`, { cause })));
  }

  /** Does a person read it? */
  get isTerminal(): boolean {
    return this.#to === process.stdout && process.stdout.isTTY;
  }

  /** @throws what kept an earlier text from the file */
  async write(text: string): Promise<void> {
    if (this.#failed) throw this.#failed;
    if (this.#to.write(text)) return;
    const waited = new AbortController(); // or each wait would leave a listener behind
    await Promise.race(['drain', 'close'].map((event) => once(this.#to, event, { signal: waited.signal }))).catch(() => {});
    waited.abort();
  }

  /** Returns when everything is in the file. @throws what kept it from there */
  async end(): Promise<void> {
    if (this.#to !== process.stdout) await finished(this.#to.end()).catch(() => {});
    if (this.#failed) throw this.#failed;
  }
}
