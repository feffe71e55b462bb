import { describe } from '../config-values.js';
import { SERVICES, ask, attempt, disconnect, errorOf, findService, held, keyOf, letGoLate, openService, titleOf, type BluetoothKind, type BluetoothPeer } from './gatt.js';
import { Link, type LinkOptions, type OpenLine } from './link.js';

export { encodeFrame, labelFrame, sampleFrame, type Message } from './slip.js';
export type { Link, LinkCounts, LinkOptions } from './link.js';
export type { BluetoothCharacteristic, BluetoothKind, BluetoothPeer, BluetoothServer, BluetoothService } from './gatt.js';

/** Choice of a device, and how it is read. */
export interface BluetoothOptions extends LinkOptions {
  /** Service to read: `onward` (frames), `microbit` (its accelerometer), `uart` (Nordic's, lines of JSON or plain numbers). Default: the first of these that the device has. */
  service?: BluetoothKind;
  /** Beginning of the name of the devices that the browser lists. Default: those that tell one of the services, and every `BBC micro:bit`. */
  name?: string;
  /** Language of the device: frames, lines of JSON, or text: such lines, or plain numbers. Default: text over the UART, else frames. */
  format?: 'frames' | 'json' | 'text';
  /** Milliseconds between two readings of a micro:bit, 1 to 640: 1, 2, 5, 10, 20, 80, 160 or 640. Default 20. */
  period?: number;
  /** A device that the program has, in place of the browser's list. Default: the browser asks. */
  device?: BluetoothPeer;
  /** In Node `new Bluetooth()` of the package `webbluetooth`. Default: the browser's. */
  bluetooth?: BluetoothRadio;
}

/** The part of `navigator.bluetooth` that is used here. */
export interface BluetoothRadio {
  /** As of the browser. */
  getAvailability(): Promise<boolean>;
  /** As of the browser. */
  requestDevice(wishes: { filters: { services?: string[]; namePrefix?: string }[]; optionalServices: string[] }): Promise<BluetoothPeer>;
  /** Ends a search: webbluetooth has it, browsers have not. */
  cancelRequest?(): void;
}

/** Periods that a micro:bit knows. */
const PERIODS = [1, 2, 5, 10, 20, 80, 160, 640];

/**
 * A board over Bluetooth Low Energy: in Chrome and Edge, on a page of https or localhost, and in Node with `options.bluetooth`. Open it from within a click: the browser then shows the devices that are near.
 *
 * ```ts
 * button.onclick = async () => {
 *   const board = await openBluetooth({ labels: ['idle', 'walk'] });
 *   for await (const { x, y } of board) if (y !== undefined) learner.learn(x, y);
 * };
 * ```
 *
 * A micro:bit gives its acceleration x, y, z in m/s2 with signs of its own, which are not a phone's: z is -9.8 when it lies with its face up, x is 9.8 when it stands on its right edge. Everything else
 * is as in `openSerial`. A device that goes away is connected again.
 *
 * @throws TypeError, RangeError for an option that cannot be; the signal's reason; Error when there is no Bluetooth for this page, it is refused, nothing is chosen, or the device is open already,
 * cannot be reached, refuses or has none of the services: the message says what to do
 */
export async function openBluetooth(options: BluetoothOptions = {}): Promise<Link> {
  const { service, name, period = 20, device, bluetooth, ...more } = options;
  if (service !== undefined && !Object.hasOwn(SERVICES, service)) throw new RangeError(`options.service: got ${describe(service)}; expected ${Object.keys(SERVICES).join(', ')}`);
  if (name !== undefined && (typeof name !== 'string' || name === '')) throw new TypeError(`options.name: got ${describe(name)}; expected the beginning of a device's name`);
  if (!PERIODS.includes(period)) throw new RangeError(`options.period: got ${describe(period)}; expected ${PERIODS.join(', ')}`);
  if (device !== undefined && !isPeer(device)) throw new TypeError(`options.device: expected what navigator.bluetooth.requestDevice() gives, got ${describe(device)}`);
  if (bluetooth !== undefined && (typeof bluetooth?.requestDevice !== 'function' || typeof bluetooth.getAvailability !== 'function')) throw new TypeError(`options.bluetooth: expected Web Bluetooth with getAvailability and requestDevice, such as new Bluetooth() of the package webbluetooth, got ${describe(bluetooth)}`);
  more.signal?.throwIfAborted();
  const kinds = service === undefined ? (Object.keys(SERVICES) as BluetoothKind[]) : [service];
  const chosen = device ?? (await search(bluetooth, wishes(kinds, name), more.signal));
  more.signal?.throwIfAborted();
  const [title, key] = [titleOf(chosen), keyOf(chosen)];
  if (held.has(key)) throw new Error(`${title} is open already: close its link, or abort its signal, before it is opened again`);
  held.add(key);
  let holds = true;
  const letGo = (): void => {
    if (!holds) return; // it may be another link's by now
    holds = false;
    held.delete(key);
    more.signal?.removeEventListener('abort', letGo);
    disconnect(chosen);
  };
  more.signal?.addEventListener('abort', letGo, { once: true });
  try {
    const { kind } = await findService(chosen, kinds, more.signal);
    const open: OpenLine = (take, takeValues, ended) => {
      ended.addEventListener('abort', letGo, { once: true });
      return openService(chosen, kind, period, take, takeValues, ended);
    };
    return await Link.open(title, open, { ...more, format: more.format ?? (kind === 'uart' ? 'text' : 'frames') });
  } catch (cause) {
    letGo();
    more.signal?.throwIfAborted();
    throw cause;
  }
}

function isPeer(device: BluetoothPeer | undefined): boolean {
  return typeof device?.gatt?.connect === 'function';
}

type Wishes = Parameters<BluetoothRadio['requestDevice']>[0];

function wishes(kinds: readonly BluetoothKind[], name: string | undefined): Wishes {
  const told = kinds.map((kind) => (kind === 'microbit' ? { namePrefix: 'BBC micro:bit' } : { services: [SERVICES[kind]] })); // it does not tell what it has
  return { filters: name === undefined ? told : [{ namePrefix: name }], optionalServices: kinds.map((kind) => SERVICES[kind]) };
}

/** A device, until the signal ends. */
function search(bluetooth: BluetoothRadio | undefined, wishes: Wishes, signal: AbortSignal | undefined): Promise<BluetoothPeer> {
  const { bluetooth: own } = (globalThis as { navigator?: { bluetooth?: BluetoothRadio } }).navigator ?? {};
  const work = async (): Promise<BluetoothPeer> => {
    const device = await (bluetooth === undefined || bluetooth === own ? choose(own, wishes) : find(bluetooth, wishes, signal));
    if (!isPeer(device)) throw new TypeError(`options.bluetooth: requestDevice() gave ${describe(device)}; expected a device`);
    if (signal?.aborted) letGoLate(device);
    return device;
  };
  return attempt(signal, work, () => {
    try {
      bluetooth?.cancelRequest?.();
    } catch {} // the signal's reason is what counts
  });
}

/** The visitor chooses. */
async function choose(bluetooth: BluetoothRadio | undefined, wishes: Wishes): Promise<BluetoothPeer> {
  if (bluetooth === undefined) throw new Error('this browser gives no Bluetooth to this page: Chrome and Edge do, on a page of https or localhost; on iOS none does; in Node give options.bluetooth');
  try {
    return await bluetooth.requestDevice(wishes);
  } catch (failure) {
    const cause = errorOf(failure);
    if (cause.name === 'NotFoundError') {
      throw new Error((await bluetooth.getAvailability()) ? 'no device was chosen: switch it on, hold it near, and choose it in the browser\'s list' : 'Bluetooth is off, or this machine has none: switch it on', { cause });
    }
    if (cause.name === 'SecurityError' || cause.name === 'NotAllowedError') throw new Error('Bluetooth was refused: open it from within a click, and allow it for this page in the browser\'s settings', { cause });
    throw cause;
  }
}

const NO_RADIO = 'Bluetooth is off, or this machine has none: plug in an adapter and switch it on (Linux: the service bluetooth of BlueZ, and rfkill unblock bluetooth)';

/**
 * Nobody is asked. The radio is looked for first: without one, webbluetooth 3.7 ends the process with an error that nobody can catch. Services and names are looked for one after the other: where it is asked
 * for both, it leaves out each device that tells none of the services, as a micro:bit does.
 */
async function find(bluetooth: BluetoothRadio, { filters, optionalServices }: Wishes, signal: AbortSignal | undefined): Promise<BluetoothPeer> {
  if (!(await ask(() => bluetooth.getAvailability(), NO_RADIO))) throw new Error(NO_RADIO);
  const rounds = [filters.filter(({ services }) => services !== undefined), filters.filter(({ services }) => services === undefined)].filter(({ length }) => length > 0);
  let reason: unknown;
  for (const round of rounds) {
    signal?.throwIfAborted();
    try {
      return await bluetooth.requestDevice({ filters: round, optionalServices });
    } catch (cause) {
      reason = cause;
    }
  }
  const cause = errorOf(reason);
  const what = filters.flatMap(({ namePrefix, services }) => (namePrefix === undefined ? services! : `a name like ${namePrefix}`)).join(', ');
  throw new Error(`no device was found (${cause.message}): switch it on and hold it near; looked for ${what}`, { cause });
}
