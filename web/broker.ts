/** An MQTT broker through its WebSocket. One that goes away, or does not answer, is asked again every 2 s. */
import type { Listener } from './live.js';
import { part } from './page.js';
import { words } from './words.js';

export interface Broker {
  /** Lost while the broker is away: an answer is worth nothing later. */
  send(topic: string, text: string): void;
  stop(): void;
}

const AGAIN_MS = 2000;

/** @param subscribed a topic, and what hears its messages */
export async function openBroker({ tell, fail }: Pick<Listener, 'tell' | 'fail'>, address: string, subscribed?: { topic: string; hear(payload: Uint8Array): void }): Promise<Broker> {
  const url = urlOf(address);
  const { default: mqttClient } = await part(import('u8-mqtt/esm/web/basic-v4.js'));
  const { username, password } = url;
  url.username = url.password = '';
  const client_id = `onward-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`; // its own is one for each tab, and a broker throws the earlier of two out
  let stopped = false;
  let client: ReturnType<typeof mqttClient> | undefined;
  let socket: WebSocket | undefined;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    removeEventListener('securitypolicyviolation', blocked);
    if (socket?.readyState === WebSocket.OPEN) client?.disconnect().catch(() => {});
    else socket?.close();
  };
  const giveUp = (error: Error): void => {
    if (stopped) return;
    stop();
    fail(error);
  };
  const blocked = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective === 'connect-src' && `${blockedURI}/`.startsWith(`${url.origin}/`)) giveUp(new Error(words.live.blocked(blockedURI, url.origin)));
  };
  const again = (): void => {
    if (stopped) return;
    tell(words.live.retrying(url.host));
    setTimeout(open, AGAIN_MS);
  };
  /** A client for each connection: one whose socket did not open hears of no other. */
  const open = (): void => {
    if (stopped) return;
    const opening = (socket = new WebSocket(url, ['mqtt']));
    const made = (client = mqttClient({
      on_mqtt_type: {
        mqtt_publish({ payload, retain }) {
          if (!stopped && !retain && payload !== undefined) subscribed?.hear(payload); // nobody knows how old a retained one is
        },
      },
    }));
    made.log_conn = () => {};
    made.on_error = () => {};
    // a broker's refusal is an error of connect that has its number; others are of sockets that have closed
    made.on_live = () => {
      if (stopped) return opening.close();
      const credentials = username === '' ? {} : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
      made.connect({ client_id, ...credentials }).catch((cause: Error & { reason?: unknown }) => {
        if (Object(cause.reason) instanceof Number) giveUp(new Error(words.live.brokerRefuses(cause.message), { cause }));
      });
    };
    made.on_ready = () => {
      if (stopped) return;
      if (subscribed === undefined) return tell(words.live.connected(url.host));
      made.subscribe([subscribed.topic]).then(() => tell(words.live.subscribed(subscribed.topic)), () => {});
    };
    made.on_reconnect = () => {};
    opening.addEventListener('close', again);
    made.with_websock(opening);
  };
  addEventListener('securitypolicyviolation', blocked);
  tell(words.live.connecting(url.host));
  open();
  return { send: (topic, text) => void client?.send(topic, text).catch(() => {}), stop };
}

function urlOf(address: string): URL {
  try {
    const url = new URL(address);
    if (/^wss?:$/.test(url.protocol)) return url;
  } catch {
    // no address at all
  }
  throw new Error(words.live.websocketOnly);
}
