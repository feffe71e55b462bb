// The serial source on a pseudo-terminal: what crosses it, what is damaged, what happens when the device goes and comes back.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Sample } from '../host/index.js';
import { encodeFrame, labelFrame, openSerial, sampleFrame, type Link, type SerialOptions } from '../host/sources/serial.js';
import { disturb } from '../firmware-sim/uart.js';
import { SOCAT, SerialPair } from './pty.js';
import { assert, suite } from './suite.js';

const test = suite('a serial source', SOCAT);
const pairs: SerialPair[] = [];

const links: Link[] = [];

test.after(async () => {
  for (const link of links) await link.close(); // of a test that failed: it would look for its device for ever
  for (const pair of pairs) await pair.remove();
});

async function plugged(take?: (bytes: Uint8Array) => void): Promise<SerialPair> {
  const pair = new SerialPair();
  pairs.push(pair);
  await pair.plug(take);
  return pair;
}

async function linked(path: string, options?: SerialOptions): Promise<Link> {
  const link = await openSerial(path, options);
  links.push(link);
  return link;
}

async function until(what: string, done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 10) {
    if (waited > 10_000) throw new Error(`${what}: did not come`);
    await sleep(10);
  }
}

/** Reads it to its end, beside whatever else happens. */
function reading(link: Link): { samples: Sample[]; ended: Promise<Error | undefined> } {
  const samples: Sample[] = [];
  const read = async (): Promise<undefined> => {
    for await (const sample of link) samples.push(sample);
  };
  return { samples, ended: read().catch((error: Error) => error) };
}

test('samples with labels, by name; labels that come late; messages beside them; a close is an end', async () => {
  const pair = await plugged();
  const events: unknown[] = [];
  const link = await linked(pair.host, {
    labels: ['idle', 'walk'],
    inputs: 2,
    onMessage: (message) => events.push(message.kind),
    onLabel: (id, label) => events.push([id, label]),
    onRefused: (error) => events.push(error.message),
  });
  const { samples, ended } = reading(link);
  const cost = Uint8Array.of(1, 9, 0, 0, 0, 0xff, 0x3f, 0xff, 0xff);
  await pair.send(sampleFrame(1, [0.5, -2], 1));
  await pair.send(sampleFrame(2, [NaN, 3], null));
  await pair.send(sampleFrame(3, [1, 2, 3], 0));
  await pair.send(encodeFrame('P', 2, cost));
  await pair.send(encodeFrame('?', 2));
  await pair.send(labelFrame(2, 7));
  await until('the late label', () => events.length === 4);
  await link.close();
  assert.is(await ended, undefined);
  assert.equal(samples.map(({ x, y, id }) => [Array.from(x).map(String), y, id]), [[['0.5', '-2'], 'walk', 1], [['NaN', '3'], undefined, 2]]);
  assert.equal(events.filter((event) => typeof event !== 'string').concat(events.filter((event) => typeof event === 'string')), [
    [2, '7'], // no name for it: the index
    'a sample of 3 values, the learner takes 2',
    'predicted',
    'a frame of type "?" with 0 bytes is none of the link\'s',
  ]);
  assert.equal(link.counts(), { received: 2, dropped: 0, damaged: 0, refused: 2, opened: 1, waiting: 0 });
});

test('noise: what arrives is what was sent, what was damaged is counted', async () => {
  const pair = await plugged();
  const link = await linked(pair.host);
  const { samples, ended } = reading(link);
  const clean = Array.from({ length: 300 }, (_, i) => sampleFrame(i, [i, i / 7], i % 3));
  const bytes = Buffer.concat(clean.map((frame, i) => (i < 299 ? disturb(frame, { flips: 0.01, losses: 0.01, seed: i }) : frame)));
  await pair.send(bytes);
  await until('the last sample', () => samples.at(-1)?.id === 299);
  await link.close();
  await ended;
  for (const { x, y, id } of samples) assert.equal([Array.from(x), y], [[id, Math.fround((id as number) / 7)], String((id as number) % 3)]);
  const { received, damaged } = link.counts();
  assert.ok(received > 150 && received < 260 && damaged > 30 && received + damaged <= 300, `${received} received, ${damaged} damaged`);
});

test('a slow reader costs the oldest samples, counted', async () => {
  const pair = await plugged();
  const link = await linked(pair.host, { queue: 10 });
  await pair.send(Buffer.concat(Array.from({ length: 50 }, (_, i) => sampleFrame(i, [i], null))));
  await until('fifty', () => link.counts().received === 50);
  const { samples, ended } = reading(link);
  await until('ten', () => samples.length === 10);
  await link.close();
  await ended;
  assert.equal([samples.map(({ id }) => id), link.counts().dropped], [[40, 41, 42, 43, 44, 45, 46, 47, 48, 49], 40]);
});

test('unplugged and plugged in again: told, opened anew, half a frame is not joined to the next, ids do not repeat', async () => {
  const heard: number[] = [];
  const pair = await plugged();
  const told: boolean[] = [];
  const link = await linked(pair.host, { onConnection: (connected) => told.push(connected) });
  const { samples, ended } = reading(link);
  await pair.send(Buffer.concat([sampleFrame(1, [1], 0), sampleFrame(2, [2], 0).subarray(0, 6)])); // in one, so that both have come
  await until('the first', () => samples.length === 1);
  await pair.unplug();
  await until('the loss', () => told.length === 1);
  assert.is(link.connected, false);
  assert.match(await link.send(sampleFrame(1, [0], null)).then(() => 'sent', (error: Error) => error.message), /is gone: nothing was sent/);

  await pair.plug((bytes) => heard.push(...bytes));
  await until('the return', () => told.length === 2);
  await pair.send(sampleFrame(1, [3], 0));
  await until('the second', () => samples.length === 2);
  await link.send(labelFrame(1, 0));
  await until('bytes at the device', () => heard.length === labelFrame(1, 0).length);
  await pair.send(encodeFrame('B', 0, new Uint8Array(4))); // and the board alone starts anew
  await pair.send(sampleFrame(1, [4], 0));
  await until('the third', () => samples.length === 3);
  assert.equal([told, samples.map(({ x }) => x[0]), new Set(samples.map(({ id }) => id)).size], [[false, true], [1, 3, 4], 3]);
  assert.equal([link.counts().opened, link.counts().damaged], [2, 1]);
  await link.close();
  assert.is(await ended, undefined);
});

test('without reconnect a device that is gone is an error of the iteration; what waited is given first', async () => {
  const pair = await plugged();
  const link = await linked(pair.host, { reconnect: false });
  await pair.send(sampleFrame(1, [1], 0));
  await until('a sample', () => link.counts().waiting === 1);
  await pair.unplug();
  await until('the loss', () => !link.connected);
  const { samples, ended } = reading(link);
  assert.match((await ended)!.message, /is gone: plug it in/);
  assert.is(samples.length, 1);
});

test('an aborted signal ends it with the reason, connected or waiting for the device', async () => {
  for (const away of [false, true]) {
    const pair = await plugged();
    const stop = new AbortController();
    const link = await linked(pair.host, { signal: stop.signal });
    const { ended } = reading(link);
    if (away) {
      await pair.unplug();
      await until('the loss', () => !link.connected);
    }
    stop.abort(new Error('enough'));
    assert.is((await ended)!.message, 'enough');
    await until('the close', () => !link.connected);
  }
});

test('lines of JSON: by name, late labels, what is none is refused, a line is bounded', async () => {
  const pair = await plugged();
  const events: unknown[] = [];
  const link = await linked(pair.host, { format: 'json', maxBytes: 100, onLabel: (id, label) => events.push([id, label]), onRefused: ({ message }) => events.push(message.slice(0, 30)) });
  const { samples, ended } = reading(link);
  const text = (lines: string) => pair.send(new TextEncoder().encode(lines));
  await text('{"temp":21.5,"fan":3,"y":"on"}\r\n{"fan":2,"te');
  await text('mp":20,"id":4}\n\nnonsense\n');
  await text(`{"x":[${'1,'.repeat(200)}1]}\n{"id":4,"y":"off"}\n`);
  await until('the label', () => events.length === 3);
  await link.close();
  await ended;
  assert.equal(samples.map(({ x, y, id }) => [Array.from(x), y, id]), [[[21.5, 3], 'on', undefined], [[20, 2], undefined, 4]]);
  assert.equal(link.fields, ['temp', 'fan']);
  assert.equal(events, ['a line is not JSON: Unexpected', 'a line has 410 bytes, allowed ', [4, 'off']]);
});

test('lines of plain numbers, told from frames by what comes: a first line that may be cut is left out, talk is refused, a line of a board is never half', async () => {
  const pair = await plugged();
  const refused: string[] = [];
  const link = await linked(pair.host, { onRefused: ({ message }) => refused.push(message) });
  const { samples, ended } = reading(link);
  const text = (lines: string) => pair.send(new TextEncoder().encode(lines));
  await text('2,38\r\nBooting...\r\nchannels: 2\r\ntemp:21\thum:40\r\ntemp:21.5 hum:40\r\ntemp:22');
  await until('the talk', () => refused.length === 2 && link.counts().received === 2);
  assert.is(link.format, 'text');
  await pair.unplug();
  await until('the loss', () => !link.connected);
  await pair.plug();
  await until('the return', () => link.connected);
  await text('hum:39\r\ntemp:23,hum:41,wet\r\n');
  await text('temp:24 hum:42 y:wet\n');
  await until('the last', () => link.counts().received === 4);
  await link.close();
  assert.is(await ended, undefined);
  assert.equal(samples.map(({ x, y }) => [Array.from(x), y]), [[[21, 40], undefined], [[21.5, 40], undefined], [[23, 41], 'wet'], [[24, 42], 'wet']]);
  assert.equal([link.fields, link.counts().damaged, refused.map((each) => each.slice(0, 18))], [['temp', 'hum'], 3, ['a line is not JSON', 'a line was like no']]);
});

test('a board that talks before its frames is one of frames, and so is one that is opened in the midst of a frame', async () => {
  const talk = new TextEncoder().encode('cut\nstarting up\nsensor: ok\n');
  const midst = encodeFrame('X', 1, Uint8Array.of(255, 0x31, 0x2c, 0x32, 0x0a, 0x31, 0x2c, 0x32, 0x0a)).subarray(5);
  for (const before of [talk, midst]) {
    const pair = await plugged();
    const link = await linked(pair.host);
    const { samples, ended } = reading(link);
    await pair.send(before);
    await pair.send(sampleFrame(1, [1, 2], null));
    await pair.send(sampleFrame(2, [3, 4], null));
    await until('the samples', () => samples.at(-1)?.x[0] === 3);
    await pair.send(new TextEncoder().encode('5,6\n'));
    await pair.send(sampleFrame(3, [7, 8], null));
    await pair.send(sampleFrame(4, [9, 9], null));
    await until('the last', () => samples.at(-1)?.x[0] === 9);
    await link.close();
    await ended;
    assert.is(link.format, 'frames');
    assert.ok(samples.every(({ x }) => x[0] !== 5), 'no line became a sample');
  }
});

test('what cannot be opened says so at once', async () => {
  const message = (path: unknown, options = {}) => openSerial(path as string, options).then(() => 'opened', (error: Error) => error.message);
  assert.match(await message('/dev/no-such-port'), /no-such-port cannot be opened \(No such file.*plugged in/);
  assert.match(await message(''), /path: expected the name of a serial port/);
  assert.match(await message('/dev/null', { baud: 0.5 }), /options.baud: got 0.5/);
  assert.match(await message('/dev/null', { format: 'xml' }), /options.format: got 'xml'/);
});


test.run();
