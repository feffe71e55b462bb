import { checkFields } from './config-values.js';
import type { Store } from './stores/store.js';

/** When to save, and whom to tell. */
export interface AutosaveOptions {
  /** Save when this many samples have been learned since the last save, above 0; Infinity never. Default 1000: so many a power failure costs at most. */
  samples?: number;
  /** Save when this many seconds, above 0, have passed since the last save and something has changed; Infinity never. Default 60; more spares flash memory. */
  seconds?: number;
  /**
   * Save on SIGINT, SIGTERM and SIGHUP, or on those named, before the process ends by them. Default false. Where the program has
   * listeners of its own, the process is left to them.
   */
  signals?: boolean | readonly string[];
  /** Called for every save that failed; learning goes on, and the next save is tried when it is due. Default: a line on stderr. */
  onError?: (error: Error) => void;
  /** Called for every finished save: its generation, and the samples learned in it. */
  onSaved?: (event: { generation: number; seen: number }) => void;
}

/** The part of a learner that autosave uses. */
export interface Saveable {
  /** Samples learned. */
  readonly seen: number;
  /** Everything learned, as bytes that a store keeps. */
  save(): Uint8Array;
}

/** A learner that is being saved. */
export interface Autosave {
  /**
   * Saves if it is time, and resolves when that is done. A timer asks this ten times a second, so it need not be called: but a loop
   * that waits for nothing real (no I/O, no timer) starves timers and writes alike, and should wait for this.
   */
  step(): Promise<void>;
  /** Saves now, unless nothing has changed since the last save. @throws what the store throws. */
  flush(): Promise<void>;
  /** `flush`, and no more saves after it. The store stays open. */
  close(): Promise<void>;
}

const POLL_MS = 100;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Saves a learner as it learns, however it learns. One save at a time: one that is due while another is being written waits, and
 * then keeps what there is by then. Every `save()` of the learner is one copy of its state.
 *
 * What is lost in a crash is what was learned after the last finished save began: at most `samples` or `seconds`, and one save's time.
 */
export function autosave(learner: Saveable, store: Pick<Store, 'save'>, options: AutosaveOptions = {}): Autosave {
  checkFields('options', options, ['samples', 'seconds', 'signals', 'onError', 'onSaved']);
  const { samples = 1000, seconds = 60, signals = false, onError = report, onSaved } = options;
  for (const [name, value] of Object.entries({ samples, seconds })) {
    if (typeof value !== 'number') throw new TypeError(`options.${name}: expected a number, got ${JSON.stringify(value)}`);
    if (!(value > 0)) throw new RangeError(`options.${name}: got ${value}; expected more than 0, Infinity for never`);
  }
  let triedSeen = learner.seen; // when the last save began
  let triedAt = performance.now();
  let kept: number | undefined; // checksum of what was kept last
  let running: Promise<void> | undefined;
  let closed = false;

  const isDue = (): boolean => {
    const learned = learner.seen - triedSeen; // less than 0 after a reset: something has changed then, too
    return learned >= samples || learned < 0 || performance.now() - triedAt >= seconds * 1000;
  };

  /** One save. Rejects where it fails. */
  const save = async (): Promise<void> => {
    triedSeen = learner.seen;
    triedAt = performance.now();
    const snapshot = learner.save();
    const checksum = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(snapshot.length - 4, true);
    if (checksum === kept) return; // nothing has changed: spare the flash
    const seen = triedSeen;
    const generation = await store.save(snapshot);
    kept = checksum;
    onSaved?.({ generation, seen });
  };

  const exclusive = (): Promise<void> => {
    running = save().finally(() => (running = undefined));
    return running;
  };

  const step = async (): Promise<void> => {
    if (closed || !isDue()) return;
    if (running !== undefined) return running.catch(() => {}); // told to the one that began it
    await exclusive().catch(onError);
  };

  const flush = async (): Promise<void> => {
    while (running !== undefined) await running.catch(() => {});
    await exclusive();
  };

  const timer = setInterval(() => {
    step().catch((error: Error) => {
      clearInterval(timer); // the learner was disposed of: there is nothing left to save
      onError(error);
    });
  }, POLL_MS);
  (timer as { unref?: () => void }).unref?.(); // in a browser it is a number
  const forget = listen(signals === true ? SIGNALS : signals === false ? [] : signals, () => flush().catch(onError));

  return {
    step,
    flush,
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      forget();
      await flush();
    },
  };
}

/** `last` before the process ends by a signal; returns how to stop listening. */
function listen(signals: readonly string[], last: () => Promise<void>): () => void {
  const listeners = signals.map((signal) => {
    const listener = async (): Promise<void> => {
      forget(); // a second signal does not wait
      await last();
      // ends as it would have ended without a listener, with the exit code that belongs to it
      if (process.listenerCount(signal as 'SIGINT') === 0) process.kill(process.pid, signal as 'SIGINT');
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const forget = (): void => listeners.forEach((off) => off());
  return forget;
}

function report(error: Error): void {
  console.error(`onward: autosave failed, learning goes on: ${error.message}`);
}
