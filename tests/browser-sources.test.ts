// The sources of a browser, in a real Chromium: its DeviceMotionEvents, and Web Serial over its own streams on a port that is none.

import { BrowserPage } from './browser-page.js';
import { CHROMIUM, PHONE, launch } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('sources in a browser', CHROMIUM);

const PAGE = `
import { createLearner } from './index.js';
import { MotionSource, requestMotion } from './sources/device-motion.js';
import { encodeFrame, labelFrame, openWebSerial, sampleFrame } from './sources/web-serial.js';
import { windows } from './sources/window.js';

const facts = {};
const until = async (done) => { for (let i = 0; !done() && i < 1000; i++) await new Promise((r) => setTimeout(r, 10)); };
const failure = (promise) => promise.then(() => 'fine', (error) => error.message);

async function motion() {
  await requestMotion(); // Chromium asks nobody
  const shake = (size, i) => dispatchEvent(new DeviceMotionEvent('devicemotion', {
    accelerationIncludingGravity: { x: size * Math.sin(i), y: 0, z: 9.8 }, acceleration: { x: size * Math.sin(i), y: 0, z: 0 },
    rotationRate: { alpha: 3, beta: 1, gamma: 2 }, interval: 16,
  }));
  const source = new MotionSource({ queue: 100 });
  const plain = new MotionSource({ gravity: false, rotation: false });
  dispatchEvent(new DeviceMotionEvent('devicemotion', {})); // what a desktop sends
  for (let i = 0; i < 120; i++) shake(1, i);
  facts.counts = [source.counts(), plain.counts()];
  source.close();
  plain.close();
  const samples = [];
  for await (const sample of source) samples.push(sample);
  facts.motion = { length: samples.length, x: Array.from(samples[0].x, (v) => Math.round(v * 1000) / 1000), time: samples.every(({ t }) => t > 0) };
  for await (const { x } of plain) { facts.plain = [x.length, x[2]]; break; }
  shake(1, 0);
  facts.listens = source.counts().received - 120;

  // what it is for: windows of it, two gestures
  const learner = await createLearner({ window: { axes: 6, samples: 16 }, labels: ['still', 'shake'], units: [16] });
  const taught = new MotionSource({ queue: 5000 });
  for (let i = 0; i < 1600; i++) shake(Math.floor(i / 160) % 2 ? 8 : 0.1, i);
  taught.close();
  let right = 0, n = 0, i = 0;
  const labelled = async function* () { for await (const sample of taught) yield { ...sample, y: Math.floor(i++ / 160) % 2 ? 'shake' : 'still' }; };
  for await (const { x, y } of windows(labelled(), { samples: 16 })) {
    if (learner.predict(x).label === y) right++;
    n++;
    learner.learn(x, y);
  }
  facts.gestures = [n, right];

  const stop = new AbortController();
  const aborted = new MotionSource({ signal: stop.signal });
  shake(1, 1);
  stop.abort(new Error('enough'));
  facts.aborted = await failure((async () => { for await (const _ of aborted); })());
}

/** A port as the browser has it: streams that fail when it is pulled, null while it is away. */
class FakePort {
  opened = 0;
  heard = [];
  present = true;
  readable = null;
  writable = null;
  async open({ baudRate }) {
    if (!this.present) throw new DOMException('gone', 'NetworkError');
    if (this.readable) throw new DOMException('open already', 'InvalidStateError');
    this.opened++;
    this.baud = baudRate;
    this.stream();
    this.writable = new WritableStream({ write: (bytes) => void this.heard.push(...bytes) });
  }
  stream() {
    this.readable = new ReadableStream({ start: (controller) => (this.controller = controller) });
  }
  send(bytes) { this.controller.enqueue(bytes); }
  overrun() { const old = this.controller; this.stream(); old.error(new DOMException('overrun', 'BufferOverrunError')); }
  pull() { this.present = false; const old = this.controller; this.readable = null; this.writable = null; old.error(new DOMException('lost', 'NetworkError')); }
  async close() {
    if (this.readable?.locked || this.writable?.locked) throw new TypeError('locked');
    this.readable = this.writable = null;
  }
}

async function serial() {
  const port = new FakePort();
  const events = [];
  const link = await openWebSerial(port, { labels: ['a', 'b'], baud: 9600, onMessage: (m) => events.push(m.kind), onConnection: (c) => events.push(c) });
  const samples = [];
  const ended = failure((async () => { for await (const sample of link) samples.push([...sample.x, sample.y]); })());
  port.send(sampleFrame(1, [1, 2], 1));
  port.send(encodeFrame('P', 1, Uint8Array.of(0, 1, 0, 0, 0, 0xff, 0x3f, 0xff, 0xff)));
  const damaged = sampleFrame(2, [1, 2], 1);
  damaged[6] ^= 1;
  port.send(damaged);
  await until(() => link.counts().damaged === 1);
  port.overrun(); // the stream is another, the port stays open
  await until(() => port.readable.locked);
  port.send(sampleFrame(3, [3, 4], 0));
  await until(() => samples.length === 2);
  await link.send(labelFrame(1, 0));
  port.pull();
  await until(() => events.includes(false));
  facts.away = await failure(link.send(labelFrame(1, 0)));
  port.present = true;
  await until(() => events.includes(true));
  port.send(sampleFrame(1, [5, 6], null));
  await until(() => samples.length === 3);
  await link.close();
  facts.serial = { samples, events, opened: port.opened, baud: port.baud, heard: port.heard.length - labelFrame(1, 0).length, free: port.readable === null, ended: await ended, counts: link.counts() };
  facts.none = await failure(openWebSerial(undefined));
}

try {
  await motion();
  await serial();
} catch (error) {
  facts.error = String(error.stack);
}
await fetch('/facts', { method: 'POST', body: JSON.stringify(facts) });
`;

let facts: Record<string, unknown>;

test.before(async () => {
  const [page, browser] = await Promise.all([BrowserPage.serve(PAGE), launch()]);
  const tab = await browser.newPage(PHONE);
  facts = await page.answer((address) => tab.goto(address));
  await browser.close();
  page.close();
});

test('the motion sensor: six values a reading, the oldest dropped and counted, nothing after the close, an abort', () => {
  assert.is(facts['error'], undefined);
  assert.equal(facts['counts'], [{ received: 120, dropped: 20, empty: 1, waiting: 100 }, { received: 120, dropped: 0, empty: 1, waiting: 120 }]);
  assert.equal(facts['motion'], { length: 100, x: [0.913, 0, 9.8, 1, 2, 3], time: true }); // sin 20
  assert.equal(facts['plain'], [3, 0]);
  assert.is(facts['listens'], 0);
  assert.is(facts['aborted'], 'enough');
});

test('two gestures are learned from windows of it', () => {
  const [windows, right] = facts['gestures'] as [number, number];
  assert.ok(windows === 100 && right >= 90, `${right} of ${windows}`);
});

test('Web Serial: the same link; an overrun goes on, a board that is pulled is opened again', () => {
  assert.equal(facts['serial'], {
    samples: [[1, 2, 'b'], [3, 4, 'a'], [5, 6, null]],
    events: ['predicted', false, true],
    opened: 2,
    baud: 9600,
    heard: 0,
    free: true,
    ended: 'fine',
    counts: { received: 3, dropped: 0, damaged: 1, refused: 0, opened: 2, waiting: 0 },
  });
  assert.is(facts['away'], 'the serial port is gone: nothing was sent');
  assert.match(facts['none'] as string, /port: expected what navigator.serial.requestPort/);
});

test.run();
