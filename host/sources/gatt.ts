/** Bluetooth's services and what comes from them: the part of Web Bluetooth that is used here, and no more. */
import { describe } from '../config-values.js';
import type { Line, OpenLine } from './link.js';

/** The part of a `BluetoothDevice` that is used here. */
export interface BluetoothPeer extends EventTarget {
  /** As of the browser. */
  readonly id?: string;
  /** As of the browser. */
  readonly name?: string | null;
  /** As of the browser. */
  readonly gatt?: BluetoothServer | null;
}

/** The part of a `BluetoothRemoteGATTServer` that is used here. */
export interface BluetoothServer {
  /** As of the browser. */
  readonly connected?: boolean;
  /** As of the browser. */
  connect(): Promise<BluetoothServer>;
  /** As of the browser. */
  disconnect(): void;
  /** As of the browser. */
  getPrimaryServices(): Promise<BluetoothService[]>;
}

/** The part of a `BluetoothRemoteGATTService` that is used here. */
export interface BluetoothService {
  /** As of the browser. */
  readonly uuid: string;
  /** As of the browser. */
  getCharacteristics(): Promise<BluetoothCharacteristic[]>;
}

/** The part of a `BluetoothRemoteGATTCharacteristic` that is used here. */
export interface BluetoothCharacteristic extends EventTarget {
  /** As of the browser. */
  readonly uuid: string;
  /** As of the browser. */
  readonly properties: { readonly notify: boolean; readonly indicate: boolean; readonly write: boolean; readonly writeWithoutResponse: boolean };
  /** As of the browser. */
  readonly value?: DataView;
  /** As of the browser. */
  startNotifications(): Promise<unknown>;
  /** As of the browser. */
  writeValueWithResponse(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** As of the browser. */
  writeValueWithoutResponse(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Name of a service that is understood. */
export type BluetoothKind = 'onward' | 'microbit' | 'uart';

/** Services that are understood, the first that a device has is taken: onward's own, the micro:bit's accelerometer, Nordic's UART. */
export const SERVICES: Readonly<Record<BluetoothKind, string>> = {
  onward: '6f6e0001-7761-4264-bb02-9148cde1e8e9',
  microbit: 'e95d0753-251d-470a-a062-fa1922dfa9a8',
  uart: '6e400001-b5a3-f393-e0a9-e50e24dcca9e',
};

const ACCELERATION = 'e95dca4b-251d-470a-a062-fa1922dfa9a8';
const PERIOD = 'e95dfb24-251d-470a-a062-fa1922dfa9a8';
/** m/s2 of a thousandth of the pull of the earth. */
const MILLI_G = 0.00980665;
/** Bytes of one write: what every device takes, whatever it agreed on. */
const PIECE = 20;

/** Keys of the devices that a link holds, or is about to. */
export const held = new Set<string | BluetoothPeer>();

/** A browser has one object for a device; webbluetooth makes a new one each time it finds it, with the same id. */
export const keyOf = (device: BluetoothPeer): string | BluetoothPeer => device.id || device;

/** Name of a device in sentences. */
export const titleOf = ({ name }: BluetoothPeer): string => name || 'the Bluetooth device';

/** The reason of a failure: packages fail with texts, too, or with nothing. */
export function errorOf(cause: unknown): Error {
  if (typeof (cause as Error | null | undefined)?.message === 'string') return cause as Error;
  return new Error(typeof cause === 'string' && cause !== '' ? cause : `it failed with ${describe(cause)}`);
}

/** The outcome of a question to the radio or a device. However it fails, the error is `advice`, which says what to do. */
export async function ask<T>(question: () => Promise<T>, advice: string): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    throw new Error(advice, { cause: errorOf(cause) });
  }
}

const unreachable = (device: BluetoothPeer): string => `${titleOf(device)} cannot be reached: switch it on, hold it near, and end other programs that use it`;
const refused = (device: BluetoothPeer): string => `${titleOf(device)} refused: pair it with this machine, or set No pairing required in its program`;

/** Devices whose connection is being made. */
const connecting = new WeakSet<BluetoothPeer>();

/** A second connection is the first to a browser, and an error to others. */
async function connect(device: BluetoothPeer): Promise<BluetoothServer> {
  const gatt = device.gatt!;
  if (gatt.connected === true) return gatt;
  connecting.add(device);
  try {
    return await ask(() => gatt.connect(), unreachable(device));
  } finally {
    connecting.delete(device);
  }
}

/** Ends a connection, or one that is being made. To end none is nothing to a browser, and an error to others. */
export function disconnect(device: BluetoothPeer): void {
  if (device.gatt!.connected !== false || connecting.has(device)) device.gatt!.disconnect();
}

/** Connects, and finds the service. @throws the signal's reason; Error where the device cannot be reached, or has none of `kinds` */
export function findService(device: BluetoothPeer, kinds: readonly BluetoothKind[], signal?: AbortSignal): Promise<{ kind: BluetoothKind; service: BluetoothService }> {
  return attempt(signal, () => connectAndFind(device, kinds, signal), () => disconnect(device));
}

async function connectAndFind(device: BluetoothPeer, kinds: readonly BluetoothKind[], signal?: AbortSignal): ReturnType<typeof findService> {
  const server = await connect(device);
  if (signal?.aborted) {
    letGoLate(device);
    throw signal.reason;
  }
  const services = await ask(() => servicesOf(server), unreachable(device));
  for (const kind of kinds) {
    const service = services.find(({ uuid }) => uuid === SERVICES[kind]);
    if (service !== undefined) return { kind, service };
  }
  throw new Error(`${titleOf(device)}: it has no service of ${kinds.join(', ')}: load a program that offers one (docs/sources.md), and pair it where it asks for that`);
}

/** A browser has an error of its own for none; packages say it in words. */
async function servicesOf(server: BluetoothServer): Promise<BluetoothService[]> {
  try {
    return await server.getPrimaryServices();
  } catch (cause) {
    const { name, message } = errorOf(cause);
    if (name === 'NotFoundError' || /\bservices? not found\b/i.test(message)) return [];
    throw cause;
  }
}

/** Ends a device that came when its signal had ended, unless it is another link's. */
export function letGoLate(device: BluetoothPeer): void {
  if (!held.has(keyOf(device))) disconnect(device);
}

/** The outcome of `work`. When the signal ends, `stop` is called and the reason thrown at once: a browser may never answer. */
export function attempt<T>(signal: AbortSignal | undefined, work: () => Promise<T>, stop: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      stop();
      reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    void work().then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
  });
}

/** @param period milliseconds between two readings of a micro:bit */
export async function openService(device: BluetoothPeer, kind: BluetoothKind, period: number, ...[take, takeValues, linkEnded]: Parameters<OpenLine>): Promise<Line> {
  const over = new AbortController();
  const { signal } = over;
  const ended = new Promise<void>((resolve) => {
    device.addEventListener('gattserverdisconnected', () => over.abort(), { signal });
    linkEnded.addEventListener('abort', () => over.abort(), { signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const close = async (): Promise<void> => {
    over.abort();
    if (!linkEnded.aborted) disconnect(device); // else it is let go, and may be another link's
  };
  const listen = async (): Promise<Line> => {
    const { service } = await connectAndFind(device, [kind], linkEnded);
    const all = await ask(() => service.getCharacteristics(), refused(device));
    if (kind === 'microbit') {
      const pace = byUuid(device, all, PERIOD);
      await ask(() => pace.writeValueWithResponse(Uint8Array.of(period & 0xff, period >> 8)), refused(device));
    }
    // a micro:bit's UART has the two of Nordic's the other way round: they are told by what they do
    const from = kind === 'microbit' ? byUuid(device, all, ACCELERATION) : thatCan(all, 'notify', 'indicate');
    if (from === undefined) throw new Error(`${titleOf(device)}: its service sends nothing: load a program whose service has a characteristic that notifies (docs/sources.md)`);
    const to = kind === 'microbit' ? undefined : thatCan(all, 'write', 'writeWithoutResponse');
    const hear = kind === 'microbit' ? (value: DataView) => takeValues(accelerationOf(value)) : (value: DataView) => take(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice());
    from.addEventListener('characteristicvaluechanged', () => hear(from.value!), { signal });
    await ask(() => from.startNotifications(), refused(device));
    return { ended, close, write: writer(device, to) };
  };
  try {
    return await attempt(linkEnded, listen, () => disconnect(device));
  } catch (cause) {
    await close();
    throw cause;
  }
}

function byUuid(device: BluetoothPeer, all: readonly BluetoothCharacteristic[], uuid: string): BluetoothCharacteristic {
  const found = all.find((one) => one.uuid === uuid);
  if (found === undefined) throw new Error(`${titleOf(device)}: its accelerometer lacks the characteristic ${uuid}: load a program with the whole of the micro:bit's accelerometer service (docs/sources.md)`);
  return found;
}

function thatCan(all: readonly BluetoothCharacteristic[], ...ways: (keyof BluetoothCharacteristic['properties'])[]): BluetoothCharacteristic | undefined {
  return all.find(({ properties }) => ways.some((way) => properties[way]));
}

/** m/s2 with the signs of the micro:bit; undefined of what is no reading. */
function accelerationOf(value: DataView): Float32Array | undefined {
  if (value.byteLength !== 6) return undefined;
  return Float32Array.from({ length: 3 }, (_, axis) => MILLI_G * value.getInt16(2 * axis, true));
}

/** One write at a time, as browsers refuse a second one meanwhile. */
function writer(device: BluetoothPeer, to: BluetoothCharacteristic | undefined): Line['write'] {
  let last = Promise.resolve();
  const send = async (bytes: Uint8Array): Promise<void> => {
    if (to === undefined) throw new Error('the board takes nothing over this service: load a program whose service has a characteristic to write, such as the UART (docs/sources.md)');
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = Uint8Array.from(bytes.subarray(at, at + PIECE));
      await ask(() => (to.properties.write ? to.writeValueWithResponse(piece) : to.writeValueWithoutResponse(piece)), `${titleOf(device)} did not take what was sent: hold it near, and send it again`);
    }
  };
  return (bytes) => {
    const sent = last.then(() => send(bytes));
    last = sent.catch(() => {});
    return sent;
  };
}
