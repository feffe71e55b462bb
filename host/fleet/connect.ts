import type { IClientOptions, ISubscriptionMap, MqttClient } from 'mqtt';
import { connectMqtt, endMqtt } from '../sources/mqtt-client.js';
import { checkSegment, deviceStatus, topicsOf, type DeviceStatus } from './topics.js';

/** Largest model that a client takes from a broker, bytes: a learner of 4096 x 4096 units has 32 MB. */
const MOST_BYTES = 2 ** 26;

/** The `code` of the error of a device whose place another has taken: MQTT 5's reason "session taken over", on every version. */
export const TAKEN_OVER = 142;

/**
 * A connection of a member of a fleet: `connectMqtt` with a birth, published at every connection, and a last will, which the broker publishes for a device that is gone.
 * MQTT 3.1.1 unless the options say 5, since not every broker has 5; nothing here needs it.
 *
 * Two devices of one name would throw each other off for ever. So a device listens to its own status, and the one that was there first ends its connection, with an `error` of code 142.
 * @param options those of `mqtt`: ca, cert, key, username, password, ...
 */
export async function connectDevice(url: string, { fleet, id, ...options }: IClientOptions & { fleet: string; id: string }): Promise<MqttClient> {
  checkSegment('id', id);
  const topic = topicsOf(fleet).status(id);
  const boot = Date.now();
  let rank = boot;
  const status = (online: boolean): Buffer => Buffer.from(JSON.stringify({ online, boot, rank } satisfies DeviceStatus));
  const client = await connectMqtt(url, {
    protocolVersion: 4,
    clientId: `onward-${fleet}-${id}`,
    maxBytes: MOST_BYTES,
    will: { topic, payload: status(false), qos: 1, retain: true },
    ...options,
  });
  let births = 0;
  client.on('connect', () => {
    births++;
    // before the birth, so that it tells of another's; a broker whose rules forbid it: then that is not found out
    client.subscribe({ [topic]: { qos: 1 }, resubscribe: true } as ISubscriptionMap, () => {});
    client.publish(topic, status(true), { qos: 1, retain: true }, () => {});
  });
  client.on('message', (heard, payload, { retain }) => {
    if (heard !== topic || client.disconnecting) return;
    const other = deviceStatus(payload);
    if (other === undefined || other.boot === boot || other.rank <= rank) return;
    // what a broker had kept before this one came is of an earlier one, whatever the clocks say
    if (retain && births === 1) {
      rank = other.rank + 1;
      client.publish(topic, status(true), { qos: 1, retain: true }, () => {});
      return;
    }
    void disconnectDevice(client);
    client.emit('error', Object.assign(new Error(`another device has connected as '${id}' in fleet '${fleet}' and has its place now: give each an id of its own`), { code: TAKEN_OVER }));
  });
  return client;
}

/** Ends a connection of `connectDevice` and says itself what its last will would: a connection that ends in order has none, and rounds would wait for this device. */
export async function disconnectDevice(client: MqttClient): Promise<void> {
  const { will } = client.options;
  if (client.connected && will !== undefined) client.publish(will.topic, will.payload, { qos: 1, retain: true }, () => {});
  await endMqtt(client);
}
