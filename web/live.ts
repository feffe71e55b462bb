/** Signals that come by themselves: a phone's motion sensor, a board on a serial port or over Bluetooth, an MQTT topic. */
import { JsonSamples, isLateLabel } from '../host/sources/json-sample.js';
import { MotionSource, requestMotion } from '../host/sources/device-motion.js';
import type { Link, LinkOptions } from '../host/sources/link.js';
import type { Sample } from '../host/sources/sample.js';
import { openWebSerial } from '../host/sources/web-serial.js';
import { openBroker } from './broker.js';
import { words } from './words.js';

export interface Listener {
  /** @param label what the source calls it, where it does */
  take(moment: ArrayLike<number>, label?: string): void;
  /** How the connection stands, in a few words. */
  tell(state: string): void;
  /** It ended by itself. */
  fail(error: Error): void;
}

export interface Live {
  stop(): void;
  /** Looks at the visitor, who expects a mirror: it is shown as one, and learned as it is. */
  isMirrored?: boolean;
}

/** Acceleration with gravity, m/s2, some 60 times a second. Must be called from a click: iOS asks the visitor then. */
export async function listenToMotion({ take, tell, fail }: Listener): Promise<Live> {
  if (!isSecureContext) throw new Error(words.live.httpsOnly);
  await requestMotion();
  const source = new MotionSource({ rotation: false });
  let heard = false;
  const patience = setTimeout(() => {
    if (!heard) fail(new Error(words.live.noMotion));
  }, 3000);
  tell(words.live.sensor);
  forward(source, fail, ({ x }) => {
    if (!heard) tell(words.live.listening);
    heard = true;
    take(x);
  });
  return {
    stop: () => {
      clearTimeout(patience);
      source.close();
    },
  };
}

/** Sample frames of the firmware's link, or lines as boards print them. Must be called from a click: the browser shows its ports then. */
export async function listenToSerial(listener: Listener, baud: number): Promise<Live> {
  if (navigator.serial === undefined) throw new Error(words.live.noSerial);
  const port = await navigator.serial.requestPort();
  return listenToBoard(listener, words.live.pluggedIn, (options) => openWebSerial(port, { baud, ...options }));
}

/** A board that sends what `Link` reads. @param back when it is there again: `until it ...` */
export async function listenToBoard({ take, tell, fail }: Listener, back: string, open: (options: LinkOptions) => Promise<Link>): Promise<Live> {
  const link = await open({
    labels: Array.from({ length: 255 }, (_, index) => `label ${index}`),
    onConnection: (connected) => tell(connected ? words.live.again : words.live.gone(back)),
    onRefused: ({ message }) => tell(words.live.refused(message)),
  });
  tell(words.live.open);
  forward(link, fail, ({ x, y }) => {
    const { damaged } = link.counts();
    tell(damaged === 0 ? words.live.listening : words.live.damaged(damaged));
    take(x, y);
  });
  return { stop: () => void link.close() };
}

function forward(source: AsyncIterable<Sample>, fail: (error: Error) => void, take: (sample: Sample) => void): void {
  (async () => {
    for await (const sample of source) take(sample);
  })().catch(fail);
}

/** Bytes of a payload. */
const MAX_PAYLOAD = 65536;

/** Samples from a topic, JSON or plain numbers. */
export async function listenToBroker({ take, tell, fail }: Listener, address: string, topic: string): Promise<Live> {
  const samples = new JsonSamples();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let refused = 0;
  const hear = (payload: Uint8Array): void => {
    try {
      if (payload.length > MAX_PAYLOAD) throw new Error(`the payload has ${payload.length} bytes, allowed are ${MAX_PAYLOAD}`);
      for (const line of decoder.decode(payload).split('\n')) {
        if (line.trim() === '') continue;
        const sample = samples.parseLine(line, 'the payload');
        if (sample !== undefined && !isLateLabel(sample)) take(sample.x, sample.y);
      }
      if (refused === 0) tell(words.live.listening);
    } catch (error) {
      tell(words.live.refusedMessages(++refused, (error as Error).message));
    }
  };
  return openBroker({ tell, fail }, address, { topic, hear });
}
