import { existsSync, readFileSync } from 'node:fs';
import { JsonSamples, isLateLabel } from '../sources/json-sample.js';
import { MqttSource, connectMqtt } from '../sources/mqtt.js';
import { connectionFault, endMqtt } from '../sources/mqtt-client.js';
import { MqttSink } from '../sinks/mqtt.js';
import { checkLabel, type KnownLabels, type Sample } from '../sources/sample.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { checkReadable, openTable, tellWarnings } from './files.js';
import { CsvLines, NoColumn, firstLine, followLines, type Place } from './follow.js';
import { LineSplitter } from '../sources/lines.js';
import { liveIio, liveSerial } from './sensors.js';
import { BROKER_URL, SOURCE_HELP, parseSource, type SourceName } from './source.js';

export const LIVE_OPTIONS: Record<string, Option> = {
  source: { value: 'SOURCE', help: SOURCE_HELP },
  topic: { value: 'TOPIC,..', help: 'the topics, instead of the one in the URL: more than one, or with ws:// and wss://' },
  label: { value: 'NAME', help: 'the field or column of the label (default y; a CSV: the last column)' },
  fields: { value: 'NAME,..', help: 'the numeric fields or columns, in this order (default: those of the first sample but label, t and id)' },
  drop: { value: 'COLUMN,..', help: 'columns of a CSV to leave out' },
  inputs: { value: 'N', help: 'values in a sample; others are refused (default: as many as the first sample has)' },
  queue: { value: 'N', help: 'messages that may wait; beyond, the oldest is dropped and counted (default 1000)' },
  'max-bytes': { value: 'N', help: 'a payload or line that is longer is refused unread (default 65536)' },
};

export const BROKER_OPTIONS: Record<string, Option> = {
  publish: { value: 'TOPIC', help: 'publish the predictions there; with another source than MQTT: mqtt://host/topic' },
  session: { value: 'NAME', help: 'a session that lasts: for seven days the broker keeps what comes while the service is away (QoS 1 and 2)' },
  protocol: { value: '5|4', help: 'the version of MQTT, 4 being 3.1.1 (default 5)' },
  ca: { value: 'FILE', help: 'certificate of the authority that the broker is trusted by' },
  cert: { value: 'FILE', help: 'certificate of this client, with --key FILE' },
  key: { value: 'FILE', help: 'its private key' },
};

/** What a source needs to know and whom it tells. */
export interface LiveListeners {
  /** Of before, where there is a before. */
  fields: readonly string[] | undefined;
  inputs: number | undefined;
  /** Of a learner that was made elsewhere: the file must fit it, in columns and labels. */
  known?: KnownLabels;
  place: Place | undefined;
  onLabel(id: string | number, label: string): void;
  onRefused(error: Error, from: string): void;
  say(text: string): void;
}

/** A stream that does not end by itself, or may not. */
export interface Live {
  samples: AsyncIterable<Sample>;
  /** The numeric fields in their order, once they are known; undefined where samples are arrays. */
  readonly fields: readonly string[] | undefined;
  /** Of a followed file: where the last sample ended. */
  readonly place?: Place;
  readonly dropped: number;
  /** What a device says beside its samples, for a person. */
  readonly device?: string | undefined;
  /** No more samples; the loop over them ends. */
  stop(): void;
  /** A prediction to the broker. */
  publish(value: unknown): void;
  /** After the loop: lets go of everything. */
  close(): Promise<void>;
}

type Broker = Awaited<ReturnType<typeof connectMqtt>>;

/** Where samples come from and predictions go to. */
interface Ends {
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
  if (!isMqtt && source.kind !== 'serial' && args.has('queue')) throw new UsageError('--queue needs a --source that cannot be made to wait: MQTT or serial');
  if (source.kind !== 'follow' && source.kind !== 'file' && args.has('drop')) throw new UsageError('--drop needs a --source that is a CSV; for JSON name the --fields');
  for (const name of ['label', 'fields']) if (source.kind === 'iio' && args.has(name)) throw new UsageError(`--${name}: an IIO sensor has no ${name === 'label' ? 'labels' : 'fields, but ?channels='}`);
  if (source.kind === 'file' && args.has('fields')) throw new UsageError('--fields: a file has columns; leave some out with --drop');
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

export async function openLive(args: Arguments, listeners: LiveListeners): Promise<Live> {
  const { source, publish } = checkLive(args);
  const clients: Broker[] = [];
  const connect = async (url: string): Promise<Broker> => {
    const client = await connectBroker(url, args, listeners.say);
    clients.push(client);
    return client;
  };
  const live = await openReader(source, args, listeners, connect);
  const sink = publish && new MqttSink(publish.url === undefined ? clients[0]! : await connect(publish.url), publish.topic);
  return Object.assign(live, {
    publish: (value: unknown) => void sink?.write(value),
    async close() {
      await sink?.close();
      for (const client of clients) await endMqtt(client);
    },
  });
}

export type Reader = Omit<Live, 'publish' | 'close'>;

async function openReader(source: SourceName, args: Arguments, listeners: LiveListeners, connect: (url: string) => Promise<Broker>): Promise<Reader> {
  switch (source.kind) {
    case 'mqtt':
      return liveMqtt(source.url, args, listeners, connect);
    case 'stdin':
      return liveStdin(args, listeners);
    case 'follow':
      return liveCsv(source.path, args, listeners);
    case 'file':
      return liveFile(source.path, args, listeners);
    case 'serial':
      return liveSerial(source, args, listeners);
    case 'iio':
      return liveIio(source, listeners);
  }
}

/** A CSV that is whole: read once, to its end. */
async function liveFile(path: string, args: Arguments, { inputs, known, onRefused }: LiveListeners): Promise<Reader> {
  const stop = new AbortController();
  const file = await openTable(path, args, { signal: stop.signal, ...(known ? { known } : {}), onRefused: (error) => onRefused(error, path) });
  tellWarnings(path, file, args);
  if (known && file.inputs !== inputs) throw new Error(`${path}: ${otherColumns(file.names, inputs!, known)}`);
  const samples = async function* (): AsyncGenerator<Sample> {
    try {
      yield* file;
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };
  return { samples: samples(), fields: file.names, dropped: 0, stop: () => stop.abort() };
}

/** Every row will have them, so the remedy is on the command line. */
function otherColumns(names: readonly string[], inputs: number, { whose }: KnownLabels): string {
  const listed = `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`;
  return `${names.length} columns of numbers beside the label (${listed}), ${whose} samples have ${inputs}: leave columns out with --drop COLUMN,.., or name the label's with --label COLUMN`;
}

function topicsOf(source: string, args: Arguments): { url: string; topics: string[] } {
  const topics = args.text('topic')?.split(',');
  const { url, topic } = topics === undefined ? splitUrl(source) : { url: source, topic: '' };
  if (topics === undefined && topic === '') throw new UsageError('--source: there is no topic; write mqtt://host/topic, or give --topic TOPIC');
  return { url, topics: topics ?? [topic] };
}

async function liveMqtt(source: string, args: Arguments, listeners: LiveListeners, connect: (url: string) => Promise<Broker>): Promise<Reader> {
  const { url, topics } = topicsOf(source, args);
  const { onLabel, onRefused, say } = listeners;
  const mqtt = new MqttSource(await connect(url), topics, {
    ...jsonFields(args, listeners),
    queue: queueOf(args),
    maxBytes: maxBytes(args),
    onLabel,
    onRefused,
    onSubscribed: () => say(`listening to ${topics.join(', ')}`),
  });
  return {
    samples: mqtt,
    get fields() {
      return mqtt.fields;
    },
    get dropped() {
      return mqtt.counts().dropped;
    },
    stop: () => mqtt.close(),
  };
}

function liveStdin(args: Arguments, { onLabel, onRefused, ...known }: LiveListeners): Reader {
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, known) });
  const lines = new LineSplitter(maxBytes(args));
  const stop = new AbortController();
  let number = 0;
  const samples = async function* (): AsyncGenerator<Sample> {
    const bytes = async function* () {
      for await (const chunk of process.stdin) yield* lines.push(chunk as Uint8Array);
      yield* lines.end();
    };
    try {
      for await (const { text, bytes: length } of bytes()) {
        number++;
        if (stop.signal.aborted) return;
        if (text?.trim() === '') continue;
        try {
          if (text === undefined) throw new Error(`line ${number} has ${length} bytes, allowed are ${maxBytes(args)}`);
          const item = json.parse(text, `line ${number}`);
          if (!isLateLabel(item)) yield item;
          else onLabel(item.id, item.y);
        } catch (error) {
          onRefused(error as Error, 'standard input');
        }
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error; // destroyed on purpose
    }
  };
  return {
    samples: samples(),
    get fields() {
      return json.fields;
    },
    dropped: 0,
    stop() {
      stop.abort();
      process.stdin.destroy();
    },
  };
}

async function liveCsv(path: string, args: Arguments, { onRefused, fields, inputs, known, place, say }: LiveListeners): Promise<Reader> {
  const limit = maxBytes(args);
  const csv = new CsvLines(args.text('label'), args.text('drop')?.split(',') ?? [], fields ?? args.text('fields')?.split(','));
  const at: Place = place ?? { inode: -1, offset: 0 };
  const stop = new AbortController();
  if (at.offset > 0) {
    const first = await firstLine(path, limit);
    if (first !== undefined) csv.resume(first);
  } else say(`reading ${path} from its start`);
  const samples = async function* (): AsyncGenerator<Sample> {
    let number = 0;
    for await (const { text, bytes } of followLines(path, at, limit, stop.signal)) {
      number = at.offset === bytes ? 1 : number + 1; // a file that was replaced begins anew
      let sample: Sample | undefined;
      try {
        if (text === undefined) throw new Error(`a line has ${bytes} bytes, allowed are ${limit}`);
        const read = csv.parse(text);
        if (known && read) {
          if (read.x.length !== inputs) throw new Error(otherColumns(csv.fields!, inputs!, known));
          checkLabel(read.y, known, `line ${number}`);
        }
        sample = read;
      } catch (error) {
        if (error instanceof NoColumn) throw new Error(`${path}: ${error.message}`, { cause: error });
        onRefused(error as Error, path);
      }
      if (sample !== undefined) yield sample;
    }
  };
  return {
    samples: samples(),
    get fields() {
      return csv.fields;
    },
    get place() {
      return at;
    },
    dropped: 0,
    stop: () => stop.abort(),
  };
}

export function jsonFields(args: Arguments, { fields, inputs, known, say }: Pick<LiveListeners, 'fields' | 'inputs' | 'known' | 'say'>) {
  const label = args.text('label');
  const names = fields ?? args.text('fields')?.split(',');
  return { ...(label === undefined ? {} : { label }), ...(names ? { fields: names } : {}), ...(inputs === undefined ? {} : { inputs }), ...(known ? { known } : {}), onDoubt: say };
}

export function queueOf(args: Arguments): number {
  return args.whole('queue', 1, 1e6) ?? 1000;
}

function protocolOf(args: Arguments): number {
  return args.whole('protocol', 4, 5) ?? 5;
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

/** User and password also come from the environment: what stands on a command line can be read by everybody on the machine. */
async function connectBroker(url: string, args: Arguments, say: (text: string) => void): Promise<Broker> {
  const protocol = protocolOf(args);
  const session = args.text('session');
  const client = await connectMqtt(url, {
    maxBytes: maxBytes(args),
    protocolVersion: protocol as 4 | 5,
    ...credentials(args),
    ...(session === undefined ? {} : { clientId: session, clean: false, ...(protocol === 5 ? { properties: { sessionExpiryInterval: 7 * 86400 } } : {}) }),
  });
  tellConnection(client, url, say);
  return client;
}

/** Who this client is: --ca, --cert and --key, user and password. */
export function credentials(args: Arguments): { ca?: Buffer; cert?: Buffer; key?: Buffer; username?: string; password?: string } {
  if (args.has('cert') !== args.has('key')) throw new UsageError('--cert and --key belong together');
  const pem = (name: string) => {
    const path = args.text(name);
    try {
      return path === undefined ? {} : { [name]: readFileSync(path) };
    } catch (cause) {
      throw new Error(`--${name} ${path} cannot be read (${(cause as Error).message})`, { cause });
    }
  };
  const { ONWARD_MQTT_USERNAME: username, ONWARD_MQTT_PASSWORD: password } = process.env;
  return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }), ...pem('ca'), ...pem('cert'), ...pem('key') };
}

/** Says when a connection stands and when it is gone, each change once. */
export function tellConnection(client: Broker, url: string, say: (text: string) => void): void {
  const { host } = new URL(url);
  let told = '';
  const tell = (text: string): void => {
    if (text !== told) say(text);
    told = text;
  };
  client.on('connect', () => tell(`connected to ${host}`));
  client.on('error', (error) => client.disconnecting || tell(`no connection to ${host} (${connectionFault(error)}), trying again`));
  client.on('close', () => void (told === `connected to ${host}` && !client.disconnecting && tell(`the connection to ${host} is gone, trying again`)));
}
