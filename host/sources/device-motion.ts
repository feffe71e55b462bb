import { BoundedQueue } from './bounded-queue.js';
import type { Sample } from './sample.js';

/** Settings of a motion source: the axes it takes, and how many samples may wait. */
export interface MotionOptions {
  /** Acceleration with the pull of the earth in it, which tells how the phone is held; without, only what moves it. Default true. */
  gravity?: boolean;
  /** Three more values: the rate of rotation about the axes, in degrees a second. Default true. */
  rotation?: boolean;
  /** Readings that may wait for the reader, 1 or more; beyond, the oldest is dropped and counted. Default 1000, which is some 16 s. */
  queue?: number;
  /** Target of the events. Default: the window. */
  target?: EventTarget;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/** Counts of events taken and dropped so far. */
export interface MotionCounts {
  /** Readings that came. */
  received: number;
  /** Readings that gave way to newer ones. */
  dropped: number;
  /** Events without a single value: what a machine without a motion sensor sends. */
  empty: number;
  /** Readings that wait now. */
  waiting: number;
}

/** The part of a DeviceMotionEvent that is read here. */
interface Motion extends Event {
  acceleration: { x: number | null; y: number | null; z: number | null } | null;
  accelerationIncludingGravity: { x: number | null; y: number | null; z: number | null } | null;
  rotationRate: { alpha: number | null; beta: number | null; gamma: number | null } | null;
}

/**
 * Asks for the motion sensor where that is needed: on iOS, and there only from within a tap. A page needs https or localhost.
 * @throws when there is no motion sensor for this page, or it is refused
 */
export async function requestMotion(): Promise<void> {
  const event = (globalThis as { DeviceMotionEvent?: { requestPermission?: () => Promise<string> } }).DeviceMotionEvent;
  if (event === undefined) throw new Error('this browser gives no motion sensor to this page: it needs https or localhost');
  const answer = (await event.requestPermission?.()) ?? 'granted';
  if (answer !== 'granted') throw new Error('the motion sensor was refused: allow "motion and orientation" for this page in the browser\'s settings');
}

/**
 * The motion sensor of a phone, a sample for each of its events (commonly 60 a second): acceleration x, y, z in m/s2, then rotation about
 * x, y, z in degrees a second (`beta`, `gamma`, `alpha` of the event, as z is what it calls alpha). `t` is in milliseconds. `windows` makes of it
 * what a gesture is.
 *
 * It listens from its creation on. The iteration ends with `close()` and fails when the signal is aborted. It can be iterated once.
 */
export class MotionSource implements AsyncIterable<Sample> {
  /** Values of a sample: 3 or 6. */
  readonly inputs: number;
  readonly #options: MotionOptions;
  readonly #target: EventTarget;
  readonly #queue: BoundedQueue<Sample>;
  #received = 0;
  #empty = 0;

  constructor(options: MotionOptions = {}) {
    const { queue = 1000, rotation = true, target = globalThis as unknown as EventTarget, signal } = options;
    if (typeof target?.addEventListener !== 'function') throw new TypeError('options.target: expected a window');
    this.inputs = rotation ? 6 : 3;
    this.#options = options;
    this.#target = target;
    this.#queue = new BoundedQueue(queue);
    target.addEventListener('devicemotion', this.#take);
    signal?.addEventListener('abort', this.#abort, { once: true });
    if (signal?.aborted) this.#abort();
  }

  /** Counters since it was opened. */
  counts(): MotionCounts {
    return { received: this.#received, dropped: this.#queue.dropped, empty: this.#empty, waiting: this.#queue.waiting };
  }

  /** No more readings: what waits is still given, then the iteration ends. */
  close(): void {
    this.#target.removeEventListener('devicemotion', this.#take);
    this.#options.signal?.removeEventListener('abort', this.#abort);
    this.#queue.end();
  }

  /** Samples in the order in which they came. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    try {
      yield* this.#queue;
    } finally {
      this.close();
    }
  }

  readonly #take = (event: Event): void => {
    const { acceleration, accelerationIncludingGravity, rotationRate, timeStamp } = event as Motion;
    const { gravity = true, rotation = true } = this.#options;
    const a = gravity ? accelerationIncludingGravity : acceleration;
    const turn = rotation ? [rotationRate?.beta, rotationRate?.gamma, rotationRate?.alpha] : [];
    const x = Float32Array.from([a?.x, a?.y, a?.z, ...turn], (value) => value ?? NaN);
    if (x.every(Number.isNaN)) {
      this.#empty++;
      return;
    }
    this.#received++;
    this.#queue.push({ x, t: timeStamp });
  };

  readonly #abort = (): void => {
    this.#queue.clear();
    this.#queue.fail(this.#options.signal!.reason);
    this.close();
  };
}
