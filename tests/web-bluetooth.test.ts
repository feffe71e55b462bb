// Bluetooth in a real Chromium with an emulated board: the source of the library, then the page, taught through a micro:bit's accelerometer.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { Random } from '../benchmarks/rivals/random.js';
import { openBluetooth } from '../host/sources/bluetooth.js';
import { sampleFrame } from '../host/sources/slip.js';
import { BLUETOOTH, BluetoothBoard, type Services } from './bluetooth-board.js';
import { CLI, buildCli } from './command.js';
import { GESTURES, moments } from './motions.js';
import { CHROMIUM, Serving, launch } from './page.js';
import { assert, suite } from './suite.js';

const MICROBIT = 'e95d0753-251d-470a-a062-fa1922dfa9a8';
const ACCELERATION = 'e95dca4b-251d-470a-a062-fa1922dfa9a8';
const PERIOD = 'e95dfb24-251d-470a-a062-fa1922dfa9a8';
const UART = '6e400001-b5a3-f393-e0a9-e50e24dcca9e';
const [UART_2, UART_3] = ['6e400002-b5a3-f393-e0a9-e50e24dcca9e', '6e400003-b5a3-f393-e0a9-e50e24dcca9e'];
const ONWARD = '6f6e0001-7761-4264-bb02-9148cde1e8e9';
const [FROM_BOARD, TO_BOARD] = ['6f6e0002-7761-4264-bb02-9148cde1e8e9', '6f6e0003-7761-4264-bb02-9148cde1e8e9'];

const HERE = fileURLToPath(new URL('../host/', import.meta.url));

const test = suite('Bluetooth', CHROMIUM);
let browser: Browser;
let serving: Serving;
let library: string;
let leave: () => Promise<void>;

test.before(async () => {
  await buildCli();
  [browser, serving] = await Promise.all([launch(...BLUETOOTH), Serving.start(CLI)]);
  const { outputFiles } = await build({ entryPoints: [join(HERE, 'sources/bluetooth.ts')], bundle: true, format: 'esm', target: 'es2022', write: false, platform: 'browser' });
  library = outputFiles[0]!.text;
});
test.afterEach(() => leave());
test.after(async () => {
  await browser.close();
  await serving.stop();
});

/** What the page of a program does, in short. */
interface Board {
  samples: [number[], string | null][];
  told: unknown[];
  link: { send(bytes: Uint8Array): Promise<void>; close(): Promise<void>; counts(): unknown };
}

async function visit(name: string, services: Services): Promise<{ tab: Page; board: BluetoothBoard }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', serviceWorkers: 'block' });
  context.setDefaultTimeout(7_000);
  await context.addInitScript('globalThis.__name = (named) => named');
  const tab = await context.newPage();
  const board = await BluetoothBoard.near(browser, tab, name, services);
  leave = async () => {
    await context.close();
    await board.end();
  };
  await tab.route('**/library.js', (route) => route.fulfill({ contentType: 'text/javascript', body: library }));
  await tab.goto(serving.address);
  return { tab, board };
}

/** A click opens it; what went wrong, or undefined. */
async function open(tab: Page, options = '{}'): Promise<string | undefined> {
  await tab.evaluate(async ([address, wishes]) => {
    const { openBluetooth: openIt } = (await import(address!)) as typeof import('../host/sources/bluetooth.js');
    document.querySelector('h1')!.onclick = () => {
      const board = Object.assign(globalThis, { board: { samples: [], told: [] } as unknown as Board }).board;
      const opened = openIt({ ...({ format: undefined, ...JSON.parse(wishes!) } as object), onConnection: (connected) => board.told.push(connected), onRefused: ({ message }) => board.told.push(message) }).then((link) => {
        board.link = link;
        void (async () => {
          for await (const { x, y } of link) board.samples.push([Array.from(x, (value) => Math.round(1000 * value) / 1000), y ?? null]);
          board.told.push('ended');
        })();
      });
      Object.assign(globalThis, { opened: opened.then(() => undefined, (error: Error) => error.message) });
    };
  }, [`${serving.address}library.js`, options]);
  await tab.click('h1');
  return tab.evaluate(() => (globalThis as unknown as { opened: Promise<string | undefined> }).opened);
}

const heard = (tab: Page): Promise<Pick<Board, 'samples' | 'told'>> => tab.evaluate(() => {
    const { samples, told: words } = (globalThis as unknown as { board: Board }).board;
    return { samples, told: words };
  });
const came = (tab: Page, count: number): Promise<unknown> => tab.waitForFunction((samples) => (globalThis as unknown as { board: Board }).board.samples.length === samples, count);
const told = (tab: Page, what: boolean | string): Promise<unknown> => tab.waitForFunction((word) => (globalThis as unknown as { board: Board }).board.told.includes(word), what);

/** Three numbers of 16 bits. */
const milliG = (values: readonly number[]): Uint8Array => new Uint8Array(Int16Array.from(values, (value) => Math.round(value)).buffer);
const line = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a micro:bit: its acceleration in m/s2, its period set; gone and near again; closed', async () => {
  const { tab, board } = await visit('BBC micro:bit [zovup]', { [MICROBIT]: { [ACCELERATION]: { notify: true }, [PERIOD]: { write: true } } });
  assert.is(await open(tab, '{"period": 640}'), undefined);
  assert.equal(board.written, { [PERIOD]: [0x80, 0x02] });
  await board.say(ACCELERATION, milliG([0, -1000, 32767]), milliG([1, 2]), milliG([1, -32768, 16]), milliG([1, 2, 3, 4]));
  board.isNear = false;
  await board.goAway();
  await told(tab, false);
  assert.match(await tab.evaluate(() => (globalThis as unknown as { board: Board }).board.link.send(new Uint8Array(1)).then(() => 'sent', (error: Error) => error.message)), 'is gone: nothing was sent');
  await tab.waitForTimeout(1200); // it is asked for once a second, and not found
  board.isNear = true;
  await told(tab, true);
  await board.say(ACCELERATION, milliG([1000, 0, 0]));
  await came(tab, 3);
  await tab.evaluate(() => (globalThis as unknown as { board: Board }).board.link.close());
  await told(tab, 'ended');
  assert.equal(await heard(tab), {
    samples: [[[0, -9.807, 321.335], null], [[0.01, -321.344, 0.157], null], [[9.807, 0, 0], null]],
    told: [false, true, 'ended'],
  });
  assert.equal(await tab.evaluate(() => (globalThis as unknown as { board: Board }).board.link.counts()), { received: 3, dropped: 0, damaged: 2, refused: 0, opened: 2, waiting: 0 });
});

test('a board that is not paired says so; one link a device; a connection under way ends with its signal, or a close', async () => {
  const { tab, board } = await visit('BBC micro:bit [zovup]', { [MICROBIT]: { [ACCELERATION]: { notify: true }, [PERIOD]: { write: true } } });
  board.isPaired = false;
  assert.is(await open(tab), 'BBC micro:bit [zovup] refused: pair it with this machine, or set No pairing required in its program');
  board.isPaired = true;
  await board.goAway();
  board.isAsleep = true;
  assert.equal(await tab.evaluate(async (address) => {
    const { openBluetooth: openIt } = (await import(address)) as typeof import('../host/sources/bluetooth.js');
    const { device } = globalThis as unknown as { device: NonNullable<Parameters<typeof openIt>[0]>['device'] & object };
    const outcome = (opened: Promise<unknown>): Promise<string> => opened.then(() => 'fine', (error: Error) => error.message);
    const stop = new AbortController();
    const pending = outcome(openIt({ device, signal: stop.signal }));
    const second = await outcome(openIt({ device }));
    stop.abort(new Error('enough'));
    return [second, await pending];
  }, `${serving.address}library.js`), ['BBC micro:bit [zovup] is open already: close its link, or abort its signal, before it is opened again', 'enough']);
  board.wake(); // too late
  await tab.waitForTimeout(100);
  const isConnected = (): Promise<boolean> => tab.evaluate(() => (globalThis as unknown as { device: { gatt: { connected: boolean } } }).device.gatt.connected);
  assert.is(await isConnected(), false);
  assert.is(await open(tab), undefined);
  board.isAsleep = true;
  await board.goAway();
  await tab.waitForTimeout(1200); // it is being connected again
  await tab.evaluate(() => (globalThis as unknown as { board: Board }).board.link.close());
  board.wake();
  await tab.waitForTimeout(100);
  assert.is(await isConnected(), false);
});

test('lines of Nordic\'s UART, in pieces: half a line is left out when the board goes; what is sent goes in pieces, too', async () => {
  // the two of a micro:bit: the other way round than Nordic's
  const { tab, board } = await visit('Nano', { [UART]: { [UART_2!]: { indicate: true }, [UART_3!]: { writeWithoutResponse: true } } });
  assert.is(await open(tab, '{"name": "Na"}'), undefined);
  await board.say(UART_2!, line('{"x":[1,2],'), line('"y":"idle"}\n{"x":[3'), line(',4]}\nno\n{"x":[5,'));
  await came(tab, 2);
  await board.goAway();
  await told(tab, true);
  await board.say(UART_2!, line('{"x":[7,8],"y":"walk"}\r\n'));
  await came(tab, 3);
  const { samples, told: words } = await heard(tab);
  assert.equal(samples, [[[1, 2], 'idle'], [[3, 4], null], [[7, 8], 'walk']]);
  assert.match(String(words[0]), 'a line');
  assert.equal(words.slice(1), [false, true]);
  const text = 'learn {"y":"idle"} of the last three seconds\n';
  await tab.evaluate((words) => {
    const { link } = (globalThis as unknown as { board: Board }).board;
    return Promise.all([link.send(new TextEncoder().encode(words)), link.send(new TextEncoder().encode('and again\n'))]);
  }, text);
  assert.is(Buffer.from(board.written[UART_3!]!).toString(), `${text}and again\n`);
  assert.equal(await tab.evaluate(() => (globalThis as unknown as { board: Board }).board.link.counts()), { received: 3, dropped: 0, damaged: 1, refused: 1, opened: 2, waiting: 0 });
});

test('frames of onward\'s own service: a damaged one is counted, labels have their names', async () => {
  const { tab, board } = await visit('onward 1', { [ONWARD]: { [FROM_BOARD!]: { notify: true }, [TO_BOARD!]: { write: true } }, [UART]: { [UART_2!]: { write: true }, [UART_3!]: { notify: true } } });
  assert.is(await open(tab, '{"labels": ["idle", "walk"]}'), undefined);
  const damaged = sampleFrame(2, [9, 9], 0);
  damaged[6]! ^= 1;
  const wire = Uint8Array.from([...sampleFrame(1, [0.5, -2], 1), ...damaged, ...sampleFrame(3, [3, 4], null)]);
  await board.say(FROM_BOARD!, wire.subarray(0, 20), wire.subarray(20, 40), wire.subarray(40));
  await came(tab, 2);
  assert.equal((await heard(tab)).samples, [[[0.5, -2], 'walk'], [[3, 4], null]]);
  await tab.evaluate((bytes) => (globalThis as unknown as { board: Board }).board.link.send(Uint8Array.from(bytes)), [...sampleFrame(4, [1, 2, 3, 4, 5, 6], null)]);
  assert.equal(board.written[TO_BOARD!], [...sampleFrame(4, [1, 2, 3, 4, 5, 6], null)]);
});

test('nothing chosen, no Bluetooth, out of reach, a device of another kind: sentences that say what to do', async () => {
  const { tab, board } = await visit('BBC micro:bit [vatev]', { [UART]: { [UART_2!]: { notify: true } } });
  board.isChosen = false;
  assert.is(await open(tab), 'no device was chosen: switch it on, hold it near, and choose it in the browser\'s list');
  board.isChosen = true;
  board.isNear = false;
  assert.is(await open(tab), 'BBC micro:bit [vatev] cannot be reached: switch it on, hold it near, and end other programs that use it');
  board.isNear = true;
  assert.match((await open(tab, '{"service": "microbit"}'))!, 'it has no service of microbit: load a program');
  assert.is(await open(tab, '{"service": "uart"}'), undefined); // a board that only sends is read
  assert.match(await tab.evaluate(async () => {
    const { link } = (globalThis as unknown as { board: Board }).board;
    const sent = await link.send(new Uint8Array(1)).then(() => 'sent', (error: Error) => error.message);
    await link.close();
    return sent;
  }), 'the board takes nothing over this service: load a program');
  await board.power('absent');
  assert.is(await open(tab), 'Bluetooth is off, or this machine has none: switch it on');

  const refused = (options: object): Promise<string> => openBluetooth(options).then(() => 'fine', (error: Error) => `${error.name}: ${error.message}`);
  assert.match(await refused({}), /^Error: this browser gives no Bluetooth/);
  assert.match(await refused({ period: 30 }), /^RangeError: options.period: got 30; expected 1, 2, 5/);
  assert.match(await refused({ service: 'toString' }), /^RangeError: options.service: got 'toString'; expected onward, microbit, uart/);
  assert.match(await refused({ name: 7 }), /^TypeError: options.name/);
  assert.match(await refused({ device: {} }), /^TypeError: options.device/);
  assert.match(await refused({ signal: AbortSignal.abort(new Error('enough')) }), /^Error: enough/);
});

test('on the page: five clicks to the first answer, two motions told apart, and what was taught stays when the board goes', async () => {
  const { tab, board } = await visit('BBC micro:bit [zovup]', { [MICROBIT]: { [ACCELERATION]: { notify: true }, [PERIOD]: { write: true } } });
  const errors: string[] = [];
  tab.on('pageerror', ({ message }) => errors.push(message));
  const random = new Random(11);
  const move = async (motion: (typeof GESTURES)[string], count: number): Promise<void> => board.say(ACCELERATION, ...moments(motion, count, random).map((values) => milliG(values.map((value) => value / 0.00980665))));
  const text = async (id: string): Promise<string> => (await tab.textContent(`#${id}`)) ?? '';
  await tab.waitForSelector('.pad');
  await tab.locator('.sources label:has(input[value=bluetooth])').click(); // 1
  board.isChosen = false;
  await tab.click('#live-form button[type=submit]');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.startsWith('no device was chosen'));
  board.isChosen = true;
  await tab.click('#live-form button[type=submit]'); // 2; then the device and the list's button, 3 and 4
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('waiting for samples'));
  assert.is(await text('alarm'), '');
  const [first, second] = Object.values(GESTURES);
  await move(first!, 1);
  await tab.waitForSelector('.pad[data-label="motion 1"]');
  for (const [key, motion] of [['1', first], ['2', second]] as const) {
    await tab.locator('h1').focus().catch(() => {});
    await tab.keyboard.down(key); // 5
    await move(motion!, 62);
    await tab.keyboard.up(key);
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
  }
  let right = 0;
  for (let k = 0; k < 2; k++) {
    for (const [i, motion] of [first, second].entries()) {
      await move(motion!, 38);
      await tab.waitForTimeout(130);
      if ((await text('answer')) === `motion ${i + 1}`) right++;
    }
  }
  assert.ok(right >= 3, `${right} of 4`);
  const learned = await text('samples-count');
  assert.ok(Number(learned) === 12, learned);
  await board.goAway();
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('there again'));
  assert.is(await text('samples-count'), learned);
  await move(second!, 45);
  await tab.waitForFunction(() => document.getElementById('answer')!.textContent === 'motion 2');
  assert.equal(errors, []);
});

test.run();
