/** Signals that come by themselves: a phone's motion sensor, a board on a serial port, an MQTT topic. */
import { JsonSamples, isLateLabel } from '../host/sources/json-sample.js';
import { FrameReader, messageOf } from '../host/sources/slip.js';

export interface Listener {
  /** @param label what the source calls it, where it does */
  take(moment: ArrayLike<number>, label?: string): void;
  /** How the connection stands, in a few words. */
  tell(state: string): void;
  /** It ended by itself. */
  fail(error: Error): void;
}

export interface Live {
  readonly channels?: readonly string[];
  stop(): void;
}

/** Acceleration with gravity, m/s2, some 60 times a second. Must be called from a click: iOS asks the visitor then. */
export async function listenToMotion({ take, tell, fail }: Listener): Promise<Live> {
  const Motion = globalThis.DeviceMotionEvent as (typeof DeviceMotionEvent & { requestPermission?: () => Promise<string> }) | undefined;
  if (!isSecureContext) throw new Error('browsers give motion to https pages and localhost only: onward serve --cert FILE --key FILE');
  if (Motion === undefined) throw new Error('this browser has no motion sensor: open the page on a phone');
  if (Motion.requestPermission !== undefined && (await Motion.requestPermission()) !== 'granted') throw new Error('the motion sensor was not allowed: allow it in the settings of this site');
  let heard = false;
  const hear = ({ accelerationIncludingGravity: a }: DeviceMotionEvent): void => {
    if (a === null || a.x === null) return;
    if (!heard) tell('listening');
    heard = true;
    take([a.x, a.y ?? NaN, a.z ?? NaN]);
  };
  addEventListener('devicemotion', hear);
  tell('waiting for the sensor');
  const patience = setTimeout(() => {
    if (!heard) fail(new Error('no motion came in 3 s: this device has no such sensor, or the site may not use it'));
  }, 3000);
  return {
    channels: ['x', 'y', 'z'],
    stop: () => {
      clearTimeout(patience);
      removeEventListener('devicemotion', hear);
    },
  };
}

/** Sample frames of the firmware's link (SLIP with a CRC, host/sources/slip.ts). Must be called from a click: the browser shows its ports then. */
export async function listenToSerial({ take, tell, fail }: Listener, baudRate: number): Promise<Live> {
  if (navigator.serial === undefined) throw new Error('this browser has no Web Serial: Chrome and Edge on a desktop have');
  const port = await navigator.serial.requestPort();
  await port.open({ baudRate });
  const frames = new FrameReader((frame) => {
    const message = messageOf(frame);
    if (message?.kind === 'sample') take(message.x, message.label === undefined ? undefined : `label ${message.label}`);
  });
  const reader = port.readable!.getReader();
  let stopped = false;
  const read = async (): Promise<void> => {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        frames.push(value);
        tell(frames.damaged === 0 ? 'listening' : `listening, ${frames.damaged} damaged frames left out`);
      }
    } catch (cause) {
      if (!stopped) fail(new Error(`the serial port is gone (${(cause as Error).message}): plug it in and connect again`, { cause }));
    } finally {
      reader.releaseLock();
      await port.close().catch(() => {});
    }
  };
  void read();
  tell('open, waiting for sample frames');
  return {
    stop: () => {
      stopped = true;
      reader.cancel().catch(() => {});
    },
  };
}

/** Bytes of a payload. */
const MAX_PAYLOAD = 65536;

/** JSON samples from a topic, through a broker's WebSocket. A broker that goes away is asked again every 2 s. */
export async function listenToBroker({ take, tell, fail }: Listener, address: string, topic: string): Promise<Live> {
  if (!/^wss?:\/\//.test(address)) throw new Error('a browser reaches brokers by ws:// or wss:// only, for example ws://localhost:9001');
  const { default: mqttClient } = await import('u8-mqtt/esm/web/basic-v4.js');
  const url = new URL(address);
  const { username, password } = url;
  url.username = url.password = '';
  const samples = new JsonSamples();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let refused = 0;
  let stopped = false;
  const client = mqttClient({
    on_mqtt_type: {
      mqtt_publish({ payload, retain }) {
        if (stopped || retain || payload === undefined) return; // nobody knows how old a retained one is
        try {
          if (payload.length > MAX_PAYLOAD) throw new Error(`the payload has ${payload.length} bytes, allowed are ${MAX_PAYLOAD}`);
          for (const line of decoder.decode(payload).split('\n')) {
            if (line.trim() === '') continue;
            const sample = samples.parse(line, 'the payload');
            if (!isLateLabel(sample)) take(sample.x, sample.y);
          }
          if (refused === 0) tell('listening');
        } catch (error) {
          tell(`listening, ${++refused} refused: ${(error as Error).message}`);
        }
      },
    },
  });
  const blocked = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective !== 'connect-src') return;
    stop();
    fail(new Error(`this page may not talk to ${blockedURI}: start it with onward serve --connect ${url.origin}`));
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
      fail(new Error(`the broker refuses: ${cause.message}`, { cause }));
    });
  };
  client.on_ready = () => {
    client.subscribe([topic]).then(() => tell(`subscribed to ${topic}`), () => {});
  };
  client.on_reconnect = () => {
    if (stopped) return;
    tell(`${url.host} does not answer; trying again`);
    setTimeout(() => {
      if (!stopped) client.reconnect();
    }, 2000);
  };
  tell(`connecting to ${url.host}`);
  client.with_websock(url.href);
  return { stop };
}
