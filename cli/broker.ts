/** A broker on the command line: its options, who this client is, and what is said of the connection. */
import { readFileSync } from 'node:fs';
import type { MqttClient } from 'mqtt';
import { connectMqtt, connectionFault } from '../host/sources/mqtt-client.js';
import { UsageError, type Arguments, type Option } from './arguments.js';

export const BROKER_URL = /^(mqtts?|wss?):\/\//;

export const BROKER_OPTIONS: Record<string, Option> = {
  publish: { value: 'TOPIC', help: 'publish the predictions there; with another source than MQTT: mqtt://host/topic' },
  session: { value: 'NAME', help: 'a session that lasts: for seven days the broker keeps what comes while the service is away (QoS 1 and 2)' },
  protocol: { value: '5|4', help: 'the version of MQTT, 4 being 3.1.1 (default 5)' },
  ca: { value: 'FILE', help: 'certificate of the authority that the broker is trusted by' },
  cert: { value: 'FILE', help: 'certificate of this client, with --key FILE' },
  key: { value: 'FILE', help: 'its private key' },
};

export function protocolOf(args: Arguments): number {
  return args.whole('protocol', 4, 5) ?? 5;
}

/** User and password also come from the environment: what stands on a command line can be read by everybody on the machine. */
export async function connectBroker(url: string, args: Arguments, maxBytes: number, say: (text: string) => void): Promise<MqttClient> {
  const protocol = protocolOf(args);
  const session = args.text('session');
  const client = await connectMqtt(url, {
    maxBytes,
    protocolVersion: protocol as 4 | 5,
    ...credentials(args),
    ...(session === undefined ? {} : { clientId: session, clean: false, ...(protocol === 5 ? { properties: { sessionExpiryInterval: 7 * 86400 } } : {}) }),
  });
  tellConnection(client, url, say);
  return client;
}

/** Identity of this client: --ca, --cert and --key, user and password. */
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
export function tellConnection(client: MqttClient, url: string, say: (text: string) => void): void {
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
