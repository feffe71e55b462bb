// A board over Bluetooth, as Chromium emulates it below its own Web Bluetooth: the chooser, the connection and the services are the browser's. It has no notifications of a board to give, so
// the page reads the characteristic instead: to who listens that is the same event of the same object.

import type { Browser, CDPSession, Page } from 'playwright-core';

/** Chromium on Linux has Web Bluetooth behind these. */
export const BLUETOOTH = ['--enable-features=WebBluetooth', '--enable-blink-features=WebBluetooth'];

/** What a characteristic can do. */
export interface Properties {
  notify?: boolean;
  indicate?: boolean;
  write?: boolean;
  writeWithoutResponse?: boolean;
}

/** Characteristics of services, by their UUIDs. */
export type Services = Record<string, Record<string, Properties>>;

/** Bluetooth's own mark for a characteristic that can be listened to. */
const CONFIGURATION = '00002902-0000-1000-8000-00805f9b34fb';
const NO_CONNECTION = 0x3e;
const NOT_PAIRED = 0x05;

/** The page remembers the device that was chosen: no other way leads to it. */
const REMEMBER = () => {
  const { Bluetooth } = globalThis as unknown as { Bluetooth: { prototype: { requestDevice(wishes: unknown): Promise<unknown> } } };
  const ask = Bluetooth.prototype.requestDevice;
  Bluetooth.prototype.requestDevice = async function (wishes) {
    return Object.assign(globalThis, { device: await ask.call(this, wishes) }).device;
  };
};

export class BluetoothBoard {
  /** What was written to it, by the UUID of the characteristic. */
  readonly written: Record<string, number[]> = {};
  /** A visitor chooses it in the browser's list, or nothing. */
  isChosen = true;
  /** It answers who wants to connect. */
  isNear = true;
  /** It leaves who wants to connect without an answer, until `wake`. */
  isAsleep = false;
  /** It takes what is written; unpaired, it would not. */
  isPaired = true;
  readonly #air: CDPSession;
  readonly #page: Page;
  readonly #services: Services;
  readonly #address: string;
  readonly #characteristics = new Map<string, string>();
  #says: Uint8Array[] = [];
  #unanswered: (() => void)[] = [];

  private constructor(air: CDPSession, page: Page, address: string, services: Services) {
    this.#services = services;
    this.#air = air;
    this.#page = page;
    this.#address = address;
  }

  /** Before the page is opened. */
  static async near(browser: Browser, page: Page, name: string, services: Services): Promise<BluetoothBoard> {
    await page.addInitScript(REMEMBER);
    const air = await browser.newBrowserCDPSession();
    const address = '09:09:09:09:09:09';
    const board = new BluetoothBoard(air, page, address, services);
    await air.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
    await air.send('BluetoothEmulation.simulatePreconnectedPeripheral', { address, name, manufacturerData: [], knownServiceUuids: Object.keys(services) });
    board.#answer();
    await board.#offer();
    await board.#beChosen();
    return board;
  }

  /** The machine's Bluetooth. */
  async power(state: 'powered-on' | 'absent'): Promise<void> {
    await this.#air.send('BluetoothEmulation.setSimulatedCentralState', { state });
  }

  /** The connection breaks. The emulation then forgets what the board offers. */
  async goAway(): Promise<void> {
    await this.#air.send('BluetoothEmulation.simulateGATTDisconnection', { address: this.#address });
    await this.#offer();
  }

  /** What it says, one notification each. */
  async say(characteristic: string, ...values: Uint8Array[]): Promise<void> {
    this.#says.push(...values);
    await this.#page.evaluate(async ([uuid, count]) => {
      interface Readable { uuid: string; readValue(): Promise<unknown> }
      const { device } = globalThis as unknown as { device: { gatt: { getPrimaryServices(): Promise<{ getCharacteristics(): Promise<Readable[]> }[]> } } };
      for (const service of await device.gatt.getPrimaryServices()) {
        const found = (await service.getCharacteristics()).find((one) => one.uuid === uuid);
        for (let i = 0; found !== undefined && i < count; i++) await found.readValue();
      }
    }, [characteristic, values.length] as const);
  }

  /** Answers all who wait. */
  wake(): void {
    this.isAsleep = false;
    for (const answer of this.#unanswered.splice(0)) answer();
  }

  /** The browser has no such device any more. */
  async end(): Promise<void> {
    await this.#air.send('BluetoothEmulation.disable');
    await this.#air.detach();
  }

  #answer(): void {
    this.#air.on('BluetoothEmulation.gattOperationReceived', ({ address, type }) => {
      const answer = (): void => void this.#air.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: this.isNear ? 0 : NO_CONNECTION }).catch(() => {}); // nobody waits
      if (this.isAsleep) this.#unanswered.push(answer);
      else answer();
    });
    this.#air.on('BluetoothEmulation.characteristicOperationReceived', ({ characteristicId, type, data }) => {
      const uuid = this.#characteristics.get(characteristicId)!;
      if (type === 'write' && this.isPaired) (this.written[uuid] ??= []).push(...Buffer.from(data!, 'base64'));
      const says = type === 'read' ? { data: Buffer.from(this.#says.shift()!).toString('base64') } : {};
      void this.#air.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: this.isPaired ? 0 : NOT_PAIRED, ...says });
    });
  }

  async #offer(): Promise<void> {
    for (const [serviceUuid, characteristics] of Object.entries(this.#services)) {
      const { serviceId } = await this.#air.send('BluetoothEmulation.addService', { address: this.#address, serviceUuid });
      for (const [characteristicUuid, properties] of Object.entries(characteristics)) {
        const { characteristicId } = await this.#air.send('BluetoothEmulation.addCharacteristic', { serviceId, characteristicUuid, properties: { read: true, ...properties } });
        this.#characteristics.set(characteristicId, characteristicUuid);
        if (properties.notify || properties.indicate) await this.#air.send('BluetoothEmulation.addDescriptor', { characteristicId, descriptorUuid: CONFIGURATION });
      }
    }
  }

  async #beChosen(): Promise<void> {
    const chooser = await this.#page.context().newCDPSession(this.#page);
    await chooser.send('DeviceAccess.enable');
    const asked = new Set<string>(); // it tells of each device that it finds, and takes one answer
    chooser.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
      if (asked.has(id) || (this.isChosen && devices.length === 0)) return;
      asked.add(id);
      void (this.isChosen ? chooser.send('DeviceAccess.selectPrompt', { id, deviceId: devices[0]!.id }) : chooser.send('DeviceAccess.cancelPrompt', { id }));
    });
  }
}
