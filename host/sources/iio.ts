import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sample } from './sample.js';

/** Settings of a Linux sensor: the channels, and how often they are read. */
export interface IioOptions {
  /** The channels to read, in this order: `accel_x` stands for in_accel_x_raw. Default: all that there are, by name. */
  channels?: readonly string[];
  /** Samples a second, at most 1000: every value is a file that is opened and read. Default 10. */
  hz?: number;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/** Counts of readings taken and left out so far. */
export interface IioCounts {
  /** Samples that were read. */
  received: number;
  /** Moments that passed while the reader or the sensor was busy: nothing was read, and nothing waits. */
  dropped: number;
  /** Values that could not be read or are no numbers: missing (NaN) in their samples. */
  failed: number;
}

const DEVICES = '/sys/bus/iio/devices';
const VALUE = /^in_(.+)_(raw|input)$/;

interface Channel {
  name: string;
  path: string;
  scale: number;
  offset: number;
}

/**
 * A sensor of Linux's industrial I/O: accelerometers, thermometers, light, converters. A value is (raw + offset) x scale of the files
 * `in_*_raw`, `in_*_offset` and `in_*_scale`, or that of `in_*_input`, in the unit that the kernel's ABI gives: m/s2, rad/s, millivolts, thousandths
 * of a degree. Scales are read once, at the start. `t` is in seconds since 1970.
 *
 * It pulls: a reader that is slower than `hz` costs moments, which are counted, never memory. The iteration ends with `close()`,
 * and fails when the signal is aborted or when the device is gone. It can be iterated once.
 */
export class IioSource implements AsyncIterable<Sample> {
  /** The channels, in the order of the values. */
  readonly names: readonly string[];
  readonly #folder: string;
  readonly #channels: readonly Channel[];
  readonly #periodMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #stop = new AbortController();
  readonly #counts: IioCounts = { received: 0, dropped: 0, failed: 0 };

  /** @internal Use `openIio`. */
  constructor(folder: string, channels: readonly Channel[], hz: number, signal?: AbortSignal) {
    this.names = channels.map(({ name }) => name);
    this.#folder = folder;
    this.#channels = channels;
    this.#periodMs = 1000 / hz;
    this.#signal = signal;
  }

  /** Counters since it was opened. */
  counts(): IioCounts {
    return { ...this.#counts };
  }

  /** No more samples; the iteration ends. */
  close(): void {
    this.#stop.abort();
  }

  /** Samples in the order in which they came. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    const signal = this.#signal ? AbortSignal.any([this.#stop.signal, this.#signal]) : this.#stop.signal;
    const start = performance.now();
    try {
      for (let moment = 0; ; moment++) {
        const now = Math.floor((performance.now() - start) / this.#periodMs);
        if (now > moment) {
          this.#counts.dropped += now - moment;
          moment = now;
        }
        await sleep(start + moment * this.#periodMs - performance.now(), undefined, { signal }).catch(() => {});
        this.#signal?.throwIfAborted();
        if (signal.aborted) return;
        yield await this.#read();
      }
    } finally {
      this.close();
    }
  }

  async #read(): Promise<Sample> {
    const t = Date.now() / 1000;
    let failed = 0;
    const x = Float64Array.from(
      await Promise.all(
        this.#channels.map(async ({ path, scale, offset }) => {
          const raw = await numberOf(path);
          if (raw === undefined) failed++;
          return raw === undefined ? NaN : (raw + offset) * scale;
        }),
      ),
    );
    // a sensor that is busy has its files still
    if (failed === x.length) await readdir(this.#folder).catch((cause) => Promise.reject(new Error(`iio: the device ${this.#folder} is gone`, { cause })));
    this.#counts.failed += failed;
    this.#counts.received++;
    return { x, t };
  }
}

/**
 * @param device a folder such as /sys/bus/iio/devices/iio:device0, or the name of a device as in its file `name` (`bmi160`): numbers change with every start
 * @throws when there is no such device or channel; the message lists those there are
 */
export async function openIio(device: string, { channels, hz = 10, signal }: IioOptions = {}): Promise<IioSource> {
  if (typeof device !== 'string' || device === '') throw new TypeError('device: expected the folder or the name of an IIO device');
  if (typeof hz !== 'number' || !(hz > 0 && hz <= 1000)) throw new RangeError(`options.hz: got ${hz}; expected samples a second, up to 1000`);
  signal?.throwIfAborted();
  const folder = device.includes('/') ? device : await folderNamed(device);
  const files = await readdir(folder).catch((cause: Error) => Promise.reject(new Error(`iio: ${folder} cannot be read (${cause.message})`, { cause })));
  const there = new Map<string, string>();
  for (const file of files.sort()) {
    const [, name, kind] = VALUE.exec(file) ?? [];
    if (name !== undefined && (kind === 'input' || !there.has(name))) there.set(name, file); // `input` is scaled already
  }
  if (there.size === 0) throw new Error(`iio: ${folder} has no files in_*_raw: is it an IIO device?`);
  const names = channels ?? [...there.keys()];
  const missing = names.find((name) => !there.has(name));
  if (missing !== undefined) throw new RangeError(`options.channels: there is no ${missing}; ${folder} has ${[...there.keys()].join(', ')}`);
  const known = new Set(files);
  return new IioSource(folder, await Promise.all(names.map((name) => channelOf(folder, name, there.get(name)!, known))), hz, signal);
}

async function channelOf(folder: string, name: string, file: string, files: ReadonlySet<string>): Promise<Channel> {
  const path = join(folder, file);
  if (file.endsWith('_input')) return { name, path, scale: 1, offset: 0 };
  // an attribute of its own, or one that all channels of its type share: accel_x -> accel, voltage0-voltage1 -> voltage-voltage
  const type = name.replace(/\d+/g, '').replace(/_.*$/, '');
  const attribute = async (kind: string, without: number): Promise<number> => {
    const found = [`in_${name}_${kind}`, `in_${type}_${kind}`].find((candidate) => files.has(candidate));
    if (found === undefined) return without;
    const value = await numberOf(join(folder, found));
    if (value === undefined) throw new Error(`iio: ${join(folder, found)} holds no number`);
    return value;
  };
  return { name, path, scale: await attribute('scale', 1), offset: await attribute('offset', 0) };
}

async function folderNamed(device: string): Promise<string> {
  const folders = (await readdir(DEVICES).catch(() => [])).filter((folder) => folder.startsWith('iio:device'));
  const names = await Promise.all(folders.map(async (folder) => (await readFile(join(DEVICES, folder, 'name'), 'utf8').catch(() => '')).trim()));
  const at = names.indexOf(device);
  if (at < 0) throw new Error(`iio: there is no device named ${device}; there ${names.length > 0 ? `are ${names.join(', ')}` : 'is none'}`);
  return join(DEVICES, folders[at]!);
}

async function numberOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const value = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}
