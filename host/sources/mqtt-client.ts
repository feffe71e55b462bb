import type { IClientOptions, MqttClient } from 'mqtt';

/**
 * A connection to a broker that comes back by itself, through the package `mqtt` (an optional peer: `npm install mqtt`). Any client
 * that `mqtt.connect` gave will do as well; this one speaks MQTT 5 and tells the broker not to send what is larger than
 * `maxBytes`, so that it is never held in memory. With `{ protocolVersion: 4 }` for older brokers that limit works only after
 * a message has come.
 *
 * It resolves before there is a connection: a broker that is not there yet is tried again every second.
 * @param url `mqtt://`, `mqtts://`, `ws://` or `wss://`, with `user:password@` where they are needed
 * @param options those of `mqtt` (ca, cert, key, username, clientId, ...), and `maxBytes` of a payload, default 65536
 */
export async function connectMqtt(url: string, { maxBytes = 65536, ...options }: IClientOptions & { maxBytes?: number } = {}): Promise<MqttClient> {
  if (typeof url !== 'string' || !/^(mqtts?|wss?):\/\//.test(url)) throw new TypeError('url: expected one such as mqtt://host:1883'); // it may hold a password: not repeated
  let mqtt: typeof import('mqtt');
  try {
    mqtt = await import('mqtt');
  } catch (cause) {
    throw new Error('mqtt: the package is not installed: npm install mqtt', { cause });
  }
  const five = (options.protocolVersion ?? 5) === 5;
  return (mqtt.connect ?? mqtt.default.connect)(url, {
    protocolVersion: 5,
    reconnectOnConnackError: true, // what is worth another try and what is not: `refusal`
    queueQoSZero: false, // nothing piles up while the broker is away
    ...options,
    // the limit is on the whole packet; a topic has 65535 bytes at most
    ...(five ? { properties: { maximumPacketSize: maxBytes + 65600, ...options.properties } } : {}),
  });
}

/** A goodbye that a broker which does not answer cannot hold up. */
const FAREWELL_MS = 2000;

/** Ends a connection when what is under way has arrived, but in two seconds at most. */
export async function endMqtt(client: MqttClient): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([client.endAsync(!client.connected), new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)))]);
  clearTimeout(timer);
  client.stream.destroy();
}

/** Reason codes of a refused connection that pass: the server is unavailable, busy, over a quota or a rate. */
const PASSING = new Set([3, 136, 137, 151, 159]);

/** Why it is no use to connect again; undefined for errors that pass: no network, no broker, a busy one. */
export function refusal(error: Error & { code?: unknown }): Error | undefined {
  const { code, message } = error;
  if (typeof code !== 'number' || PASSING.has(code)) return undefined;
  const remedy = code === 1 || code === 132 ? '; for a broker without MQTT 5 give protocol version 4' : '';
  return new Error(`mqtt: ${message}${remedy}`, { cause: error });
}

/** Meanings of OpenSSL's words when a certificate is refused, on either side, in the order in which they are looked for. */
const CERTIFICATE_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE)/, 'the broker wants a certificate of this client: give cert and key'],
  [/ALERT_UNKNOWN_CA/, 'the broker does not know the authority that signed the certificate of this client'],
  [/ALERT_.*(CERTIFICATE|ACCESS_DENIED)/, 'the broker refuses the certificate of this client: expired, revoked, or not made for clients'],
  [/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/, 'the certificate of the broker is of no authority known here: give its ca'],
  [/CERT_HAS_EXPIRED/, 'the certificate of the broker has expired'],
  [/INVALID_PURPOSE/, 'the certificate that the broker shows was not made for a broker'],
];

/** An error of a connection in words: those of TLS name a line of OpenSSL's source. */
export function connectionFault(error: Error & { code?: unknown }): string {
  const { code } = error;
  const known = typeof code === 'string' ? CERTIFICATE_FAULTS.find(([pattern]) => pattern.test(code)) : undefined;
  return known?.[1] ?? (error.message || String(code));
}
