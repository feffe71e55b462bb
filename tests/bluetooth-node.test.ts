// Bluetooth in Node: a radio with the ways of the package webbluetooth 3.7, which are not a browser's: it fails in words, a second connection is an error, and to end none is one that ends the process.

import { openBluetooth, type BluetoothRadio } from '../host/sources/bluetooth.js';
import { SERVICES, type BluetoothCharacteristic, type BluetoothPeer, type BluetoothServer } from '../host/sources/gatt.js';
import { assert, suite } from './suite.js';

const test = suite('Bluetooth in Node');

class Characteristic extends EventTarget implements BluetoothCharacteristic {
  readonly uuid = '6e400003-b5a3-f393-e0a9-e50e24dcca9e';
  readonly properties = { notify: true, indicate: false, write: true, writeWithoutResponse: false };
  value?: DataView;
  readonly written: number[] = [];
  listens = false;
  startNotifications = async (): Promise<void> => void (this.listens = true);
  writeValueWithResponse = async (bytes: Uint8Array): Promise<void> => void this.written.push(...bytes);
  writeValueWithoutResponse = this.writeValueWithResponse;

  say(text: string): void {
    this.value = new DataView(new TextEncoder().encode(text).buffer);
    this.dispatchEvent(new Event('characteristicvaluechanged'));
  }
}

class Board extends EventTarget implements BluetoothPeer, BluetoothServer {
  readonly name = 'greenhouse';
  readonly uart = new Characteristic();
  readonly gatt = this;
  connected = false;
  connections = 0;
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
  getPrimaryServices = async () => [{ uuid: SERVICES.uart, getCharacteristics: async () => [this.uart] }];

  goAway(): void {
    this.connected = false;
    this.uart.listens = false;
    this.dispatchEvent(new Event('gattserverdisconnected'));
  }
}

const until = async (done: () => boolean): Promise<void> => {
  for (let tries = 0; !done(); tries++) {
    assert.ok(tries < 500, 'it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

test('lines of a board are samples, over a connection that is lost and made again, with the code of a page', async () => {
  const board = new Board();
  const asked: unknown[] = [];
  const bluetooth: BluetoothRadio = { getAvailability: async () => true, requestDevice: async (wishes) => (asked.push(wishes), board) };
  const link = await openBluetooth({ bluetooth, name: 'green', service: 'uart' });
  assert.equal(asked, [{ filters: [{ namePrefix: 'green' }], optionalServices: [SERVICES.uart] }]);
  assert.equal([board.connections, board.uart.listens], [1, true]);
  // of each connection the first line may be half of one
  board.uart.say('5,40\n21.5,4');
  board.uart.say('0\n');
  board.goAway();
  await until(() => board.uart.listens);
  for (const text of ['2,41\n', '22,41\n']) board.uart.say(text);
  const samples: number[][] = [];
  for await (const { x } of link) if (samples.push(Array.from(x)) === 2) break;
  assert.equal([samples, board.connections], [[[21.5, 40], [22, 41]], 2]);
  board.goAway();
  await link.close();
  await new Promise((resolve) => setTimeout(resolve, 20)); // an error that nobody could catch would come now
});

test('no radio, no device, and no Bluetooth at all: each says what to do, and nothing is asked of a radio that is not there', async () => {
  const never = async (): Promise<never> => assert.unreachable() as never;
  const failure = (options: object): Promise<string> => openBluetooth(options).then(() => 'fine', ({ message }: Error) => message);
  assert.match(await failure({ bluetooth: { getAvailability: async () => false, requestDevice: never } }), /this machine has none: plug in an adapter .*rfkill unblock/);
  assert.match(await failure({ bluetooth: { getAvailability: async () => true, requestDevice: () => Promise.reject('requestDevice error: no devices found') } }), /^no device was found \(requestDevice error: no devices found\): switch it on .*6f6e0001-.*, a name like BBC micro:bit, 6e400001-/);
  assert.match(await failure({}), /in Node give options\.bluetooth/);
  assert.match(await failure({ bluetooth: {} }), /options\.bluetooth: expected Web Bluetooth, such as new Bluetooth\(\) of the package webbluetooth, got/);
});

test.run();
