/** A live source and where its predictions go, opened from the command line. */
import { createReadStream } from 'node:fs';
import type { MqttClient } from 'mqtt';
import { MqttSink } from '../host/sinks/mqtt.js';
import { endMqtt } from '../host/sources/mqtt-client.js';
import { UsageError, type Arguments } from './arguments.js';
import { connectBroker } from './broker.js';
import { isJsonFile, liveJson } from './json-lines.js';
import { NO_FIELDS, checkLive, maxBytes } from './live-options.js';
import { livePosted } from './posted.js';
import type { LiveListeners, Reader } from './reader.js';
import { liveCsv, liveFile, liveMqtt } from './readers.js';
import { liveIio, liveSerial } from './sensors.js';
import type { SourceName } from './source.js';

/** A source, and the way of its predictions. */
export interface Live extends Reader {
  /** A prediction to the broker. */
  publish(value: unknown): void;
  /** After the loop: lets go of everything. */
  close(): Promise<void>;
}

export async function openLive(args: Arguments, listeners: LiveListeners): Promise<Live> {
  const { source, publish } = checkLive(args);
  const clients: MqttClient[] = [];
  const connect = async (url: string): Promise<MqttClient> => {
    const client = await connectBroker(url, args, maxBytes(args), listeners.say);
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

async function openReader(source: SourceName, args: Arguments, listeners: LiveListeners, connect: (url: string) => Promise<MqttClient>): Promise<Reader> {
  switch (source.kind) {
    case 'mqtt':
      return liveMqtt(source.url, args, listeners, connect);
    case 'stdin':
      return liveJson(process.stdin, 'standard input', args, listeners);
    case 'follow':
      checkChannels(args, listeners);
      return liveCsv(source.path, args, listeners);
    case 'file':
      if (await isJsonFile(source.path)) return liveJson(createReadStream(source.path), source.path, args, listeners);
      if (args.has('fields')) throw new UsageError(NO_FIELDS);
      checkChannels(args, listeners);
      return liveFile(source.path, args, listeners);
    case 'http':
      return livePosted(source, args, listeners);
    case 'serial':
      return liveSerial(source, args, listeners);
    case 'iio':
      return liveIio(source, listeners);
  }
}

function checkChannels(args: Arguments, { channelsOnly }: LiveListeners): void {
  if (channelsOnly && args.has('label')) throw new UsageError('--label: of a CSV every column of numbers is a channel; leave a truth out with --drop COLUMN');
}
