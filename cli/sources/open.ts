/** A source and where its predictions go, opened from the command line. */
import type { MqttClient } from 'mqtt';
import { MqttSink } from '../../host/sinks/mqtt.js';
import { endMqtt } from '../../host/sources/mqtt-client.js';
import type { Arguments } from '../arguments.js';
import { connectBroker } from '../broker.js';
import { checkSource } from './options.js';
import { maxBytes, type Source, type SourceListeners } from './source.js';
import { counted } from '../terminal.js';
import { kindOf } from './table.js';

/** A source, and the way of its predictions. */
export interface LiveSource extends Source {
  /** A prediction to the broker. */
  publish(value: unknown): void;
  /** After the loop: lets go of everything. */
  close(): Promise<void>;
}

export async function openSource(args: Arguments, listeners: SourceListeners): Promise<LiveSource> {
  const { source, publish } = checkSource(args);
  const clients: MqttClient[] = [];
  const connect = async (url: string): Promise<MqttClient> => {
    const client = await connectBroker(url, args, maxBytes(args), listeners.say);
    clients.push(client);
    return client;
  };
  let opened: Source | undefined;
  let sink: MqttSink | undefined;
  try {
    opened = await kindOf(source).open(source, args, listeners, connect);
    sink = publish && new MqttSink(publish.url === undefined ? clients[0]! : await connect(publish.url), publish.topic);
  } catch (error) {
    opened?.stop(); // what is open would keep the process from ending
    for (const client of clients) await endMqtt(client);
    throw error;
  }
  return Object.assign(opened, {
    publish: (value: unknown) => void sink?.write(value),
    async close() {
      await sink?.close();
      const lost = sink?.counts().dropped ?? 0;
      if (lost > 0) listeners.say(`${counted(lost, 'answer')} not published: the broker was away, or behind by more than it was sent at a time`);
      for (const client of clients) await endMqtt(client);
    },
  });
}
