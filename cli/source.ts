/** Where samples come from, as it is written on a command line: the one place that reads these strings. */
import { fstatSync } from 'node:fs';
import { UsageError } from './arguments.js';
import { placeOf } from './listen.js';

export type SourceName =
  | { kind: 'mqtt'; url: string }
  | { kind: 'stdin' }
  | { kind: 'follow'; path: string }
  | { kind: 'file'; path: string }
  | { kind: 'http'; host: string; port: number }
  | { kind: 'serial'; path: string; baud: number; format: 'frames' | 'json' }
  | { kind: 'iio'; device: string; hz: number; channels: string[] | undefined };

export const SOURCE_HELP = [
  'mqtt://[user:password@]host[:port]/topic (mqtts, ws and wss too; + and # allowed in the topic),',
  'serial:/dev/ttyACM0[?baud=115200&format=frames|json], a board that speaks the firmware\'s frames or JSON lines,',
  'http:[HOST:]PORT, where others POST objects of JSON (default host 127.0.0.1: 0.0.0.0 lets others in),',
  'iio:NAME[?hz=10&channels=accel_x,..], a sensor of Linux by its name or folder,',
  '- for JSON lines on standard input, follow:FILE for a CSV that grows, read from its start, or FILE.csv or FILE of JSON lines, read once',
].join('\n');

export const BROKER_URL = /^(mqtts?|wss?):\/\//;

/** @throws UsageError that says what a source may be */
export function parseSource(text: string | undefined): SourceName {
  if (text === undefined) throw new UsageError('--source SOURCE is missing');
  if (BROKER_URL.test(text)) return { kind: 'mqtt', url: text };
  if (text === '-' || text === 'stdin') return { kind: 'stdin' };
  const [, scheme, rest = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (scheme === 'follow') return { kind: 'follow', path: given(rest, text) };
  if (scheme === 'http') return { kind: 'http', ...placeOf(rest.replace(/^\/\//, ''), '--source http:') };
  if (scheme === 'serial') {
    const { name, settings } = split(rest, ['baud', 'format'], text);
    const format = settings.get('format') ?? 'frames';
    if (format !== 'frames' && format !== 'json') throw new UsageError(`--source: format must be frames or json, got ${format}`);
    return { kind: 'serial', path: name, baud: numberOf(settings, 'baud', 115200, 1e7), format };
  }
  if (scheme === 'iio') {
    const { name, settings } = split(rest, ['hz', 'channels'], text);
    return { kind: 'iio', device: name, hz: numberOf(settings, 'hz', 10, 1000), channels: settings.get('channels')?.split(',') };
  }
  if (scheme !== undefined && scheme.length > 1) throw new UsageError(`--source: ${scheme}: is none of mqtt://, serial:, iio:, http:, follow:, - and a file`); // one letter: a Windows drive
  return { kind: 'file', path: given(text, text) };
}

/** Whether samples come when they come: not those of a file, which is read once, nor of one that is standard input. */
export function isEndless(text: string | undefined): boolean {
  const { kind } = parseSource(text);
  return kind === 'stdin' ? !fstatSync(0).isFile() : kind !== 'file';
}

function given(name: string, text: string): string {
  if (name === '') throw new UsageError(`--source ${text}: there is no name behind it`);
  return name;
}

/** `//` in front of the name is optional: serial:///dev/ttyACM0 is serial:/dev/ttyACM0. */
function split(rest: string, known: readonly string[], text: string): { name: string; settings: URLSearchParams } {
  const [, name = '', query = ''] = /^(?:\/\/)?([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const settings = new URLSearchParams(query);
  for (const key of settings.keys()) if (!known.includes(key)) throw new UsageError(`--source: ${key} is none of ${known.join(', ')}`);
  return { name: given(name, text), settings };
}

function numberOf(settings: URLSearchParams, key: string, without: number, most: number): number {
  const text = settings.get(key);
  const value = text === null ? without : Number(text);
  if (text?.trim() === '' || !(value > 0 && value <= most)) throw new UsageError(`--source: ${key} must be a number above 0, at most ${most}, got ${text}`);
  return value;
}
