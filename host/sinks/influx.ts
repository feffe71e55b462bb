import { StreamSink, type Output } from './stream.js';

export type { NodeOutput, Output, SinkCounts, StreamSink } from './stream.js';

/** A moment of a series. */
export interface Point {
  /** The name of the table; it begins with neither _ nor #. */
  measurement: string;
  /** The database finds series by tags. Empty and undefined ones are left out, as the protocol has no empty tag. Default: none. */
  tags?: Record<string, string | undefined>;
  /** A number is a float, a `bigint` an integer. A value that is undefined, null or not finite is left out. */
  fields: Record<string, number | bigint | boolean | string | null | undefined>;
  /** When, as milliseconds since 1970 or a date. Default: now. */
  time?: number | Date;
}

const LONGEST_STRING = 65536;

/**
 * A point as a line of InfluxDB's line protocol, time in milliseconds: write it with `precision=ms`. Tags are sorted by name, which the
 * database takes fastest. Undefined where no field is left.
 *
 * What names and tags have no escape for is replaced: control characters, ends of lines among them, by a blank; a backslash where it would escape
 * what follows it (before a comma, =, a blank or the end) by a slash.
 */
export function lineProtocol({ measurement, tags = {}, fields, time = Date.now() }: Point): string | undefined {
  if (typeof measurement !== 'string' || measurement === '' || /^[_#]/.test(measurement)) throw new RangeError(`point.measurement: got '${measurement}'; expected a name that begins with neither _ nor #`);
  const ms = Math.round(Number(time));
  if (!Number.isSafeInteger(ms)) throw new RangeError(`point.time: got ${String(time)}; expected milliseconds since 1970, or a date`);
  const named = Object.entries(tags)
    .filter((entry): entry is [string, string] => entry[0] !== '' && entry[1] !== undefined && entry[1] !== '')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `,${escaped(key, /[,= ]/g)}=${escaped(value, /[,= ]/g)}`);
  const values = Object.entries(fields).flatMap(([key, value]) => {
    const text = fieldText(value);
    return key === '' || text === undefined ? [] : [`${escaped(key, /[,= ]/g)}=${text}`];
  });
  return values.length === 0 ? undefined : `${escaped(measurement, /[, ]/g)}${named.join('')} ${values.join(',')} ${ms}`;
}

function escaped(text: string, special: RegExp): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\\+(?=[,= ]|$)/g, (run) => '/'.repeat(run.length))
    .replace(special, '\\$&');
}

function fieldText(value: Point['fields'][string]): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'bigint':
      // a field of 64 bits, signed
      if (BigInt.asIntN(64, value) !== value) throw new RangeError(`point.fields: ${value} does not fit in 64 bits`);
      return `${value}i`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return `"${value.slice(0, LONGEST_STRING).replace(/[\\"]/g, '\\$&')}"`;
    default:
      return undefined;
  }
}

/** Points as lines into a stream: a file for `influx write`, or a socket of Telegraf. */
export function influxSink(out: Output, options: { queue?: number } = {}): StreamSink<Point> {
  return new StreamSink(out, (point) => {
    const line = lineProtocol(point);
    return line === undefined ? '' : `${line}\n`;
  }, options);
}

/** Settings of a connection to InfluxDB. */
export interface InfluxOptions {
  /** Token of InfluxDB 2 and 3, sent as `Authorization: Token ...`. Default: none. */
  token?: string;
  /** Points that may wait, 1 or more; beyond, the oldest is dropped and counted. Default 10000. */
  queue?: number;
  /** Points in one request, 1 or more. Default 1000. */
  batch?: number;
  /** Milliseconds that points gather before they are sent, 1 or more. Default 1000; fewer are seen sooner, in more requests. */
  gatherMs?: number;
  /** Milliseconds that a request may take, 1 or more. Default 10000; more on slow links. */
  timeoutMs?: number;
  /** Called for requests that failed: those worth another try are tried again, the others are lost. */
  onError?: (error: Error) => void;
}

/** Counts of points sent, waiting and lost so far. */
export interface InfluxCounts {
  /** Points that the database has taken. */
  written: number;
  /** Points that gave way to newer ones, or that waited when it was closed. */
  dropped: number;
  /** Points that the database refused. */
  refused: number;
  /** Points that wait now. */
  waiting: number;
}

/** Too many requests, and what passes with a server: tried again. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
const LONGEST_PAUSE_MS = 30_000;

/**
 * Points to an InfluxDB over HTTP: gathered, sent one request at a time, tried again while the database is away or busy (after 1, 2, 4, ... 30 s).
 * `write` never waits and never throws for a database; what finds no room costs the oldest point, which is counted.
 */
export class InfluxSink {
  readonly #url: string;
  readonly #options: Required<Omit<InfluxOptions, 'token' | 'onError'>> & Pick<InfluxOptions, 'token' | 'onError'>;
  #lines: string[] = [];
  #written = 0;
  #dropped = 0;
  #refused = 0;
  #closed = false;
  #sending: Promise<void> | undefined;
  #wake: () => void = () => {};

  /** @param url where points are written: `http://host:8086/api/v2/write?org=home&bucket=plant` (2, 3) or `http://host:8086/write?db=plant` (1) */
  constructor(url: string, { queue = 10_000, batch = 1000, gatherMs = 1000, timeoutMs = 10_000, ...options }: InfluxOptions = {}) {
    let target: URL;
    try {
      target = new URL(url);
    } catch {
      throw new TypeError('url: expected one such as http://host:8086/api/v2/write?org=home&bucket=plant'); // it may hold a password: not repeated
    }
    if (!/^https?:$/.test(target.protocol)) throw new RangeError(`url: got ${target.protocol}; expected http: or https:`);
    for (const [name, value] of Object.entries({ queue, batch })) {
      if (!Number.isInteger(value) || value < 1) throw new RangeError(`options.${name}: got ${value}; expected a whole number from 1`);
    }
    target.searchParams.set('precision', 'ms');
    this.#url = target.href;
    this.#options = { queue, batch, gatherMs, timeoutMs, ...options };
  }

  /** False where an older point gave way to this one. */
  write(point: Point): boolean {
    const line = lineProtocol(point);
    if (line === undefined || this.#closed) return false;
    this.#lines.push(line);
    const full = this.#lines.length > this.#options.queue;
    if (full) {
      this.#lines.shift();
      this.#dropped++;
    }
    this.#sending ??= this.#send();
    return !full;
  }

  /** Counters since it was made. */
  counts(): InfluxCounts {
    return { written: this.#written, dropped: this.#dropped, refused: this.#refused, waiting: this.#lines.length };
  }

  /** Sends what waits, without a second try: a database that is away does not keep a service from ending. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#sending;
    if (this.#lines.length > 0) await this.#send();
    this.#dropped += this.#lines.length;
    this.#lines = [];
  }

  /** As long as there is something to send. */
  async #send(): Promise<void> {
    let pause = this.#options.gatherMs;
    let retry = 1000;
    while (this.#lines.length > 0) {
      if (!this.#closed) await this.#rest(pause);
      const lines = this.#lines.splice(0, this.#options.batch);
      const outcome = await this.#post(lines);
      if (outcome === 'away') {
        this.#lines.unshift(...lines);
        const over = Math.max(0, this.#lines.length - this.#options.queue);
        this.#lines.splice(0, over);
        this.#dropped += over;
        if (this.#closed) break;
        pause = retry;
        retry = Math.min(LONGEST_PAUSE_MS, 2 * retry);
        continue;
      }
      if (outcome === 'taken') this.#written += lines.length;
      else this.#refused += lines.length;
      pause = this.#lines.length >= this.#options.batch ? 0 : this.#options.gatherMs;
      retry = 1000;
    }
    this.#sending = undefined;
  }

  async #post(lines: readonly string[]): Promise<'taken' | 'refused' | 'away'> {
    const { token, timeoutMs, onError } = this.#options;
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8', ...(token === undefined ? {} : { authorization: `Token ${token}` }) },
        body: lines.join('\n'),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = (await response.text()).slice(0, 200);
      if (response.ok) return 'taken';
      onError?.(new Error(`influx: ${response.status} ${answer}`));
      return PASSING.has(response.status) ? 'away' : 'refused';
    } catch (error) {
      onError?.(error as Error);
      return 'away';
    }
  }

  async #rest(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }
}
