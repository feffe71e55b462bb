/** Samples from a broker. */
import { MqttSource } from '../../host/sources/mqtt.js';
import { UsageError, type Arguments } from '../arguments.js';
import { BROKER_URL } from '../broker.js';
import { JsonSource, jsonFields } from './json.js';
import { maxBytes, queueOf, type SourceKind } from './source.js';

export const mqtt: SourceKind<{ kind: 'mqtt'; url: string }> = {
  kind: 'mqtt',
  scheme: 'mqtt://',
  pattern: BROKER_URL,
  help: 'mqtt://[user:password@]host[:port]/topic (mqtts, ws and wss too; + and # allowed in the topic)',
  options: ['topic', 'session', 'queue'],
  parse: (_, url) => ({ kind: 'mqtt', url }),
  check: ({ url }, args) => void topicsOf(url, args),
  async open({ url: written }, args, listeners, connect) {
    const { url, topics } = topicsOf(written, args);
    const { onLabel, onRefused, say } = listeners;
    const source = new MqttSource(await connect(url), topics, {
      ...jsonFields(args, listeners),
      queue: queueOf(args),
      maxBytes: maxBytes(args),
      onLabel,
      onRefused,
      onSubscribed: () => say(`listening to ${topics.join(', ')}`),
    });
    return new JsonSource(source, source, () => source.counts().dropped, () => source.close());
  },
};

function topicsOf(source: string, args: Arguments): { url: string; topics: string[] } {
  const topics = args.text('topic')?.split(',');
  const { url, topic } = topics === undefined ? splitUrl(source) : { url: source, topic: '' };
  if (topics === undefined && topic === '') throw new UsageError('--source: there is no topic; write mqtt://host/topic, or give --topic TOPIC');
  return { url, topics: topics ?? [topic] };
}

/** The topic is the path of the URL; the # of a topic starts a URL's fragment. */
export function splitUrl(text: string): { url: string; topic: string } {
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
