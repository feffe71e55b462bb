/** How a service ends: told by a signal or by a closed pipe, in order, and within 2 s whatever the disk and the broker do. */

export const FAREWELL_MS = 1700;

/**
 * @param stop called once: the source is to end
 * @param leave called where the end has not come after `ms` milliseconds: ends the process
 */
export function onDeparture(stop: () => void, leave: (ms: number) => void, ms = FAREWELL_MS): AbortSignal {
  const departing = new AbortController();
  const depart = (): void => {
    if (departing.signal.aborted) return;
    departing.abort();
    stop();
    setTimeout(() => leave(ms), ms).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, depart); // a second one does not wait
  process.stdout.removeAllListeners('error'); // of other commands, which end there and then: here a closed pipe is a reason to save
  process.stdout.on('error', depart);
  return departing.signal;
}

/** A line on how it goes: after 10 s, and then after twice the time each, up to an hour. */
const [FIRST_NEWS_MS, LAST_NEWS_MS] = [10_000, 3_600_000];

/** Without a terminal nobody sees what goes by. Gives how to end it. */
export function tellNews(tell: () => void): () => void {
  let timer: NodeJS.Timeout;
  const next = (after: number): void => {
    timer = setTimeout(() => {
      tell();
      next(Math.min(LAST_NEWS_MS, 2 * after));
    }, after).unref();
  };
  next(FIRST_NEWS_MS);
  return () => clearTimeout(timer);
}

/** Ends every part, in this order, whatever becomes of the others: a full disk must not keep a connection open, nor a lost connection a lock. @returns the first error */
export async function endAll(parts: readonly (() => unknown)[]): Promise<unknown> {
  let failed: unknown;
  for (const part of parts) await Promise.resolve().then(part).catch((error: unknown) => (failed ??= error));
  return failed;
}
