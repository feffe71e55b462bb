import type { IClientOptions, MqttClient } from 'mqtt';
import { connectMqtt } from '../sources/mqtt-client.js';
import { checkSegment, topicsOf, type DeviceStatus } from './topics.js';

/** Largest model that a client takes from a broker, bytes: a learner of 4096 x 4096 units has 32 MB. */
const MOST_BYTES = 2 ** 26;

/**
 * A connection of a member of a fleet: `connectMqtt` with a birth, published at every connection, and a last will, which the broker publishes for a device that is gone.
 * MQTT 3.1.1 unless the options say 5, since not every broker has 5; nothing here needs it.
 * @param options those of `mqtt`: ca, cert, key, username, password, ...
 */
export async function connectDevice(url: string, { fleet, id, ...options }: IClientOptions & { fleet: string; id: string }): Promise<MqttClient> {
  checkSegment('id', id);
  const topic = topicsOf(fleet).status(id);
  const boot = Date.now();
  const status = (online: boolean): Buffer => Buffer.from(JSON.stringify({ online, boot } satisfies DeviceStatus));
  const client = await connectMqtt(url, {
    protocolVersion: 4,
    clientId: `onward-${fleet}-${id}`,
    maxBytes: MOST_BYTES,
    will: { topic, payload: status(false), qos: 1, retain: true },
    ...options,
  });
  client.on('connect', () => client.publish(topic, status(true), { qos: 1, retain: true }, () => {}));
  return client;
}
