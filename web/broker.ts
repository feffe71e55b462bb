/** An MQTT broker through its WebSocket. One that goes away is asked again every 2 s. */
import type { Listener } from './live.js';
import { part } from './page.js';
import { words } from './words.js';

export interface Broker {
  /** Lost while the broker is away: an answer is worth nothing later. */
  send(topic: string, text: string): void;
  stop(): void;
}

/** @param subscribed a topic, and what hears its messages */
export async function openBroker({ tell, fail }: Pick<Listener, 'tell' | 'fail'>, address: string, subscribed?: { topic: string; hear(payload: Uint8Array): void }): Promise<Broker> {
  if (!/^wss?:\/\//.test(address)) throw new Error(words.live.websocketOnly);
  const { default: mqttClient } = await part(import('u8-mqtt/esm/web/basic-v4.js'));
  const url = new URL(address);
  const { username, password } = url;
  url.username = url.password = '';
  let stopped = false;
  const client = mqttClient({
    on_mqtt_type: {
      mqtt_publish({ payload, retain }) {
        if (!stopped && !retain && payload !== undefined) subscribed?.hear(payload); // nobody knows how old a retained one is
      },
    },
  });
  const blocked = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective !== 'connect-src') return;
    stop();
    fail(new Error(words.live.blocked(blockedURI, url.origin)));
  };
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    removeEventListener('securitypolicyviolation', blocked);
    client.disconnect().catch(() => {});
  };
  addEventListener('securitypolicyviolation', blocked);
  client.log_conn = () => {};
  client.on_error = () => {};
  client.on_live = () => {
    // at first and after every reconnection; a broker's refusal comes as an error of connect
    const credentials = username === '' ? {} : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    client.connect(credentials).catch((cause: Error) => {
      if (stopped) return;
      stop();
      fail(new Error(words.live.brokerRefuses(cause.message), { cause }));
    });
  };
  client.on_ready = () => {
    if (subscribed === undefined) return tell(words.live.connected(url.host));
    client.subscribe([subscribed.topic]).then(() => tell(words.live.subscribed(subscribed.topic)), () => {});
  };
  client.on_reconnect = () => {
    if (stopped) return;
    tell(words.live.retrying(url.host));
    setTimeout(() => {
      if (!stopped) client.reconnect();
    }, 2000);
  };
  tell(words.live.connecting(url.host));
  client.with_websock(url.href);
  return { send: (topic, text) => void client.send(topic, text).catch(() => {}), stop };
}
