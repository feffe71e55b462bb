/** Labels of a stretch of time: "the last five seconds were walk". */
import type { LateLabel } from '../host/sources/json-sample.js';
import type { Sample } from '../host/sources/sample.js';
import type { Arguments, Option } from './arguments.js';

export const LATE_OPTIONS: Record<string, Option> = {
  'label-at': { value: 'S', help: 'a label that comes alone, {"y": "walk"}, is that of the samples of the last S seconds that have none; {"y": "walk", "seconds": 2}\nsays how many itself, and "t" where they ended, in the samples\' time' },
};

/** Kept with a sample that waits for its label. */
export interface Held {
  /** Its answer; undefined before the first label. */
  answer: string | undefined;
  /** How likely that was. */
  chance: number | undefined;
  /** When its first moment was and when its last, in seconds. */
  start: number;
  end: number;
}

/** The samples' own time where they have one, in seconds or since 1970 in any unit; else when they came. */
export class Clock {
  readonly #seconds: number | undefined;
  #newest = -Infinity;
  /** True if the times are those of this clock, not the samples'. */
  isOwn = false;

  constructor(args: Arguments) {
    this.#seconds = args.number('label-at', 1e-3, 1e6);
  }

  get takesSpans(): boolean {
    return this.#seconds !== undefined;
  }

  /** How long a stretch is where its label does not say. */
  get seconds(): number {
    return this.#seconds ?? 0;
  }

  /** The end of a stretch that ends now. */
  get now(): number {
    return this.isOwn ? wallClock() : this.#newest;
  }

  stamp(moment: Sample): Sample {
    if (!this.takesSpans) return moment;
    this.isOwn ||= moment.t === undefined;
    const t = this.isOwn ? wallClock() : moment.t!;
    this.#newest = secondsOf(t);
    return { ...moment, t };
  }

  /** Of a moment, or of a window, which ends with the newest moment. */
  timesOf({ t }: Sample): { start: number; end: number } {
    return { start: secondsOf(t ?? this.#newest), end: this.#newest };
  }
}

export function spanOf({ seconds, t }: LateLabel, clock: Clock): { from: number; to: number } {
  const to = t === undefined || clock.isOwn ? clock.now : secondsOf(t);
  return { from: to - (seconds ?? clock.seconds), to };
}

/** Wholly: a window that began before the stretch is not all of this label. */
export function isWithin(held: Held | undefined, from: number, to: number): boolean {
  return held !== undefined && held.start >= from && held.end <= to;
}

/** Milliseconds, microseconds and nanoseconds since 1970 are known by their size. */
function secondsOf(t: number): number {
  return t > 1e17 ? t / 1e9 : t > 1e14 ? t / 1e6 : t > 1e11 ? t / 1e3 : t;
}

/** Seconds since 1970 that never jump. */
function wallClock(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}
