/** What a live source is asked for on the command line, and what is wrong with it before anything is opened. */
import { existsSync } from 'node:fs';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { credentials, protocolOf } from './broker.js';
import { TABLE_OPTIONS, checkReadable } from './files.js';
import { BROKER_URL, SOURCE_HELP, parseSource, type SourceName } from './source.js';

export const LIVE_OPTIONS: Record<string, Option> = {
  source: { value: 'SOURCE', help: SOURCE_HELP },
  topic: { value: 'TOPIC,..', help: 'the topics, instead of the one in the URL: more than one, or with ws:// and wss://' },
  label: { value: 'NAME', help: 'the field or column of the label (default y; a CSV: the last column)' },
  fields: { value: 'NAME,..', help: 'the numeric fields or columns, in this order (default: those of the first sample but label, t and id)' },
  drop: { value: 'COLUMN,..', help: 'columns of a CSV to leave out' },
  ...Object.fromEntries(Object.entries(TABLE_OPTIONS).map(([name, option]) => [name, { ...option, help: `of a CSV: ${option.help}` }])),
  inputs: { value: 'N', help: 'values in a sample; others are refused (default: as many as the first sample has)' },
  queue: { value: 'N', help: 'messages that may wait; beyond, the oldest is dropped and counted, and who POSTs waits (default 1000)' },
  'max-bytes': { value: 'N', help: 'a payload or line that is longer is refused unread (default 65536)' },
};

/** Of a CSV; of lines of JSON in a file they are asked for. */
export const NO_FIELDS = '--fields: a CSV has columns; leave some out with --drop';

/** Where samples come from and predictions go to. */
export interface Ends {
  source: SourceName;
  publish: { url: string | undefined; topic: string } | undefined;
}

/**
 * All that can be known to be wrong before anything is opened: for whoever has to wait before it opens.
 * @throws UsageError for what is written wrong, Error for what is not there
 */
export function checkLive(args: Arguments): Ends {
  const source = parseSource(args.text('source'));
  const isMqtt = source.kind === 'mqtt';
  for (const name of ['topic', 'session']) if (!isMqtt && args.has(name)) throw new UsageError(`--${name} needs a --source of MQTT`);
  if (!isMqtt && source.kind !== 'serial' && source.kind !== 'http' && args.has('queue')) throw new UsageError('--queue needs a --source that cannot be made to wait: MQTT, serial or http');
  if (source.kind !== 'follow' && source.kind !== 'file' && args.has('drop')) throw new UsageError('--drop needs a --source that is a CSV; for JSON name the --fields');
  for (const name of Object.keys(TABLE_OPTIONS)) if (source.kind !== 'follow' && source.kind !== 'file' && args.has(name)) throw new UsageError(`--${name} needs a --source that is a CSV`);
  if (source.kind === 'follow' && args.has('series')) throw new UsageError('--series needs the whole table: give FILE.csv, not follow:FILE.csv');
  for (const name of ['label', 'fields']) if (source.kind === 'iio' && args.has(name)) throw new UsageError(`--${name}: an IIO sensor has no ${name === 'label' ? 'labels' : 'fields, but ?channels='}`);
  if (source.kind === 'file' && args.has('fields') && /\.csv(\.gz)?$/i.test(source.path)) throw new UsageError(NO_FIELDS);
  queueOf(args);
  maxBytes(args);
  protocolOf(args);
  credentials(args);
  if (source.kind === 'mqtt') topicsOf(source.url, args);

  const publish = args.text('publish');
  const publishUrl = publish !== undefined && BROKER_URL.test(publish);
  if (publish !== undefined && !publishUrl && !isMqtt) throw new UsageError('--publish must be mqtt://host/topic where the source is not MQTT');

  const target = publish === undefined ? undefined : publishUrl ? splitUrl(publish) : { url: undefined, topic: publish };
  if (target !== undefined && (target.topic === '' || /[+#]/.test(target.topic))) throw new UsageError(`--publish must name one topic, without + and #, got ${target.topic || 'none'}`);

  if (source.kind === 'file') checkReadable(source.path);
  if (source.kind === 'serial' && source.path.startsWith('/') && !existsSync(source.path)) throw new Error(`serial: there is no ${source.path}: is the board plugged in?`);
  return { source, publish: target };
}

export function topicsOf(source: string, args: Arguments): { url: string; topics: string[] } {
  const topics = args.text('topic')?.split(',');
  const { url, topic } = topics === undefined ? splitUrl(source) : { url: source, topic: '' };
  if (topics === undefined && topic === '') throw new UsageError('--source: there is no topic; write mqtt://host/topic, or give --topic TOPIC');
  return { url, topics: topics ?? [topic] };
}

export function queueOf(args: Arguments): number {
  return args.whole('queue', 1, 1e6) ?? 1000;
}

export function maxBytes(args: Arguments): number {
  return args.whole('max-bytes', 16, 1 << 28) ?? 65536;
}

/** The topic is the path of the URL; the # of a topic starts a URL's fragment. */
function splitUrl(text: string): { url: string; topic: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError('a broker must be given as mqtt://[user:password@]host[:port]/topic'); // not repeated: it may hold a password
  }
  if (url.protocol.startsWith('ws')) throw new UsageError('with ws:// and wss:// the path is that of the server: give --topic TOPIC');
  const topic = decodeURIComponent(url.pathname.slice(1) + url.search + (text.endsWith('#') ? '#' : url.hash));
  url.pathname = url.search = url.hash = '';
  return { url: url.href, topic };
}
