// Bluetooth in Node: a radio with the ways of the package webbluetooth 3.7, which are not a browser's: it fails in words, leaves out who tells no service when one is asked for, makes a device anew each time, searches
// once at a time, a second connection is an error, and to end none is one that ends the process.

import { openBluetooth, type BluetoothRadio } from '../host/sources/bluetooth.js';
import { SERVICES, type BluetoothCharacteristic, type BluetoothKind, type BluetoothPeer, type BluetoothServer } from '../host/sources/gatt.js';
import { assert, suite } from './suite.js';

const test = suite('Bluetooth in Node');

class Characteristic extends EventTarget implements BluetoothCharacteristic {
  readonly properties = { notify: true, indicate: false, write: true, writeWithoutResponse: false };
  value?: DataView;
  readonly written: number[] = [];
  listens = false;
  constructor(readonly uuid: string) {
    super();
  }
  startNotifications = async (): Promise<void> => void (this.listens = true);
  writeValueWithResponse = async (bytes: Uint8Array): Promise<void> => void this.written.push(...bytes);
  writeValueWithoutResponse = this.writeValueWithResponse;

  say(what: string | ArrayBuffer): void {
    this.value = new DataView(typeof what === 'string' ? new TextEncoder().encode(what).buffer : what);
    this.dispatchEvent(new Event('characteristicvaluechanged'));
  }
}

class Board extends EventTarget implements BluetoothPeer, BluetoothServer {
  readonly id: string;
  readonly values: Characteristic;
  readonly pace = new Characteristic('e95dfb24-251d-470a-a062-fa1922dfa9a8');
  readonly gatt = this;
  connected = false;
  connections = 0;
  constructor(readonly name: string, readonly kind: BluetoothKind, readonly tells = kind !== 'microbit') {
    super();
    this.id = `address of ${name}`;
    this.values = new Characteristic(kind === 'microbit' ? 'e95dca4b-251d-470a-a062-fa1922dfa9a8' : '6e400003-b5a3-f393-e0a9-e50e24dcca9e');
  }
  async connect(): Promise<this> {
    if (this.connected) throw new Error('connect error: device already connected');
    this.connections++;
    this.connected = true;
    return this;
  }
  disconnect(): void {
    if (!this.connected) void Promise.reject(new Error('Disconnect failed')); // as that package does: nobody can catch it
    this.connected = false;
  }
  getPrimaryServices = async () => [{ uuid: SERVICES[this.kind], getCharacteristics: async () => [this.values, this.pace] }];

  goAway(): void {
    this.connected = false;
    this.values.listens = false;
    this.dispatchEvent(new Event('gattserverdisconnected'));
  }
}

class Radio implements BluetoothRadio {
  readonly asked: string[] = [];
  readonly found: Board[] = [];
  scan: NodeJS.Timeout | undefined;
  constructor(readonly near: readonly Board[] = [], readonly scanTime = 10) {}
  getAvailability = async (): Promise<boolean> => true;
  requestDevice({ filters }: Parameters<BluetoothRadio['requestDevice']>[0]): Promise<BluetoothPeer> {
    if (this.scan !== undefined) throw new Error('requestDevice error: request in progress');
    this.asked.push(filters.map(({ services, namePrefix }) => namePrefix ?? services!.join()).join(' or '));
    const wanted = filters.flatMap(({ services }) => services ?? []);
    const tells = ({ tells, kind }: Board, services: string[]): boolean => tells && services.includes(SERVICES[kind]);
    const seen = this.near.filter((board) => wanted.length === 0 || tells(board, wanted));
    const fits = (board: Board): boolean => filters.some(({ services, namePrefix = '' }) => board.name.startsWith(namePrefix) && (services === undefined || tells(board, services)));
    const fitting = seen.find(fits);
    return new Promise((resolve, reject) => {
      this.scan = setTimeout(() => {
        this.cancelRequest();
        if (fitting === undefined) return reject('requestDevice error: no devices found');
        this.found.push(new Board(fitting.name, fitting.kind));
        resolve(this.found.at(-1)!);
      }, this.scanTime);
    });
  }
  cancelRequest(): void {
    clearTimeout(this.scan);
    this.scan = undefined;
  }
}

const failure = (options: object): Promise<string> => openBluetooth(options).then(() => 'fine', ({ message }: Error) => message);

const until = async (done: () => boolean): Promise<void> => {
  for (let tries = 0; !done(); tries++) {
    assert.ok(tries < 500, 'it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

test('lines of a board are samples, over a connection that is lost and made again, with the code of a page', async () => {
  const bluetooth = new Radio([new Board('kitchen', 'uart'), new Board('greenhouse', 'uart')]);
  const link = await openBluetooth({ bluetooth, name: 'green', service: 'uart' });
  const [board] = bluetooth.found as [Board];
  assert.equal([bluetooth.asked, board.connections, board.values.listens], [['green'], 1, true]);
  // of each connection the first line may be half of one
  for (const text of ['5,40\n21.5,4', '0\n21', '.25,40\n']) board.values.say(text);
  board.goAway();
  await until(() => board.values.listens);
  for (const text of ['2,41\n', '22,41\n']) board.values.say(text);
  const samples: number[][] = [];
  for await (const { x } of link) if (samples.push(Array.from(x)) === 3) break;
  assert.equal([samples, board.connections], [[[21.5, 40], [21.25, 40], [22, 41]], 2]);
  board.goAway();
  await link.close();
  await new Promise((resolve) => setTimeout(resolve, 20)); // an error that nobody could catch would come now
});

test('a micro:bit, which tells no service, is found without a name; a device has one link, though each search makes it anew', async () => {
  const bluetooth = new Radio([new Board('lamp', 'microbit'), new Board('BBC micro:bit [zovup]', 'microbit')]);
  const link = await openBluetooth({ bluetooth });
  assert.equal(bluetooth.asked, [`${SERVICES.onward} or ${SERVICES.uart}`, 'BBC micro:bit']);
  const [board] = bluetooth.found as [Board];
  assert.equal(board.pace.written, [20, 0]);
  board.values.say(Int16Array.of(0, 0, -1000).buffer);
  for await (const { x } of link) {
    assert.equal(Array.from(x, (value) => Math.round(10 * value)), [0, 0, -98]);
    assert.match(await failure({ bluetooth, service: 'microbit' }), /^BBC micro:bit \[zovup\] is open already/);
    break;
  }
  assert.equal([board.connected, bluetooth.found.map(({ connections }) => connections)], [false, [1, 0]]);
  await (await openBluetooth({ bluetooth, name: 'BBC' })).close();
});

test('the signal ends a search at once, and the radio\'s; a device that comes all the same is let go', async () => {
  const ending = (bluetooth: BluetoothRadio): Promise<string> => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 5);
    return failure({ bluetooth, signal: stop.signal });
  };
  const radio = new Radio([], 60_000);
  assert.is(await ending(radio), 'enough');
  assert.equal([radio.scan, radio.asked.length], [undefined, 1]);
  const late = new Board('late', 'uart');
  let come = (_board: Board): void => {};
  assert.is(await ending({ getAvailability: async () => true, requestDevice: () => new Promise((resolve) => (come = resolve)) }), 'enough');
  await late.connect();
  come(late);
  await until(() => !late.connected);
});

test('no radio, no device, and no Bluetooth at all: each says what to do, and nothing is asked of a radio that is not there', async () => {
  const getAvailability = async (): Promise<boolean> => true;
  const never = async (): Promise<never> => assert.unreachable() as never;
  assert.match(await failure({ bluetooth: { getAvailability: async () => false, requestDevice: never } }), /this machine has none: plug in an adapter .*rfkill unblock/);
  assert.match(await failure({ bluetooth: { getAvailability: () => Promise.reject('no bus'), requestDevice: never } }), /this machine has none: plug in an adapter/);
  assert.match(await failure({ bluetooth: new Radio() }), /^no device was found \(requestDevice error: no devices found\): switch it on .*6f6e0001-.*, a name like BBC micro:bit, 6e400001-/);
  assert.match(await failure({ bluetooth: { getAvailability, requestDevice: () => Promise.reject() } }), /^no device was found \(it failed with undefined\): switch it on/);
  assert.is(await failure({ bluetooth: { getAvailability, requestDevice: async () => undefined } }), 'options.bluetooth: requestDevice() gave undefined; expected a device');
  assert.match(await failure({}), /in Node give options\.bluetooth/);
  for (const bluetooth of [{}, { requestDevice: never }, { getAvailability }]) assert.match(await failure({ bluetooth }), /options\.bluetooth: expected Web Bluetooth with getAvailability and requestDevice, such as new Bluetooth\(\) of the package webbluetooth, got/);
});

test('a device that fails in words, or without one, says what to do, and keeps the reason', async () => {
  const failing = async (part: object, service: BluetoothKind = 'uart'): Promise<[string, string | undefined]> => {
    const device = Object.assign(new Board('lamp', service), part);
    const error = await openBluetooth({ device, service }).then(() => assert.unreachable() as never, (error: Error) => error);
    assert.is(device.connected, false);
    return [error.message, (error.cause as Error | undefined)?.message];
  };
  const unreachable = 'lamp cannot be reached: switch it on, hold it near, and end other programs that use it';
  assert.equal(await failing({ connect: () => Promise.reject('Connect failed') }), [unreachable, 'Connect failed']);
  assert.equal(await failing({ connect: () => Promise.reject() }), [unreachable, 'it failed with undefined']);
  assert.equal(await failing({ connect: () => Promise.reject(new Error('Connect failed')) }), [unreachable, 'Connect failed']);
  assert.match((await failing({ getPrimaryServices: () => Promise.reject(new Error('getPrimaryServices error: service not found')) }))[0], /^lamp: it has no service of uart: load a program/);
  const refused = 'lamp refused: pair it with this machine, or set No pairing required in its program';
  const pace = Object.assign(new Characteristic('e95dfb24-251d-470a-a062-fa1922dfa9a8'), { writeValueWithResponse: () => Promise.reject('Write failed') });
  assert.equal(await failing({ pace }, 'microbit'), [refused, 'Write failed']);
});

test.run();
