// The page's senses in Chromium, taught as a person would: three motions and three sounds, held for three seconds each, one after the other; then new takes of them, and what
// nobody taught. The sound is a file that Chromium plays to its own microphone; the motion, its own events.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Random } from '../benchmarks/rivals/random.js';
import { SOUNDS, recorded } from '../benchmarks/sound/room.js';
import { CLI, buildCli } from './command.js';
import { GESTURES, OTHERS, moments } from './motions.js';
import { CHROMIUM, Serving, launch } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('senses of the page', CHROMIUM);

const RATE = 16000;
/** Windows of three seconds, and answers to each sound: so many, however busy the machine is. */
const LESSONS = 11;
const ASKED = 7;
const folder = mkdtempSync(join(tmpdir(), 'onward-senses-'));
/** Chromium opens it anew whenever a page begins to listen, and plays it over and over. */
const ROOM = join(folder, 'room.wav');
let browser: Browser;
let serving: Serving;

test.before(async () => {
  await buildCli();
  [serving, browser] = await Promise.all([
    Serving.start(CLI),
    launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${ROOM}`),
  ]);
});
test.after(async () => {
  await browser.close();
  await serving.stop();
  rmSync(folder, { recursive: true });
});

function wav(sound: Float32Array): Buffer {
  const samples = Int16Array.from(sound, (value) => Math.max(-32768, Math.min(32767, 32767 * value)));
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + 2 * samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) head.writeUInt16LE(value, at);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.write('data', 36);
  head.writeUInt32LE(2 * samples.length, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

async function visit(signal: string): Promise<{ tab: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  await context.addInitScript('globalThis.__name = (named) => named');
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await tab.goto(serving.address);
  await tab.waitForSelector('.pad');
  await tab.locator(`.sources label:has(input[value=${signal}])`).click();
  return { tab, errors };
}

const text = async (tab: Page, id: string): Promise<string> => (await tab.textContent(`#${id}`)) ?? '';
const move = (tab: Page, readings: number[][]): Promise<void> =>
  tab.evaluate((all) => {
    for (const [x, y, z] of all) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: x!, y: y!, z: z! } }));
  }, readings);

async function addLabel(tab: Page, name: string): Promise<void> {
  await tab.fill('#new-label', name);
  await tab.keyboard.press('Enter');
  await tab.waitForSelector(`.pad[data-label="${name}"]`);
  await tab.locator('h1').click(); // away from the field: keys are labels again
}

test('three motions: new takes of them are known, and what nobody taught is unknown', async () => {
  const { tab, errors } = await visit('motion');
  const random = new Random(3);
  await tab.click('#live-form button[type=submit]');
  await move(tab, moments(OTHERS['walk']!, 40, random));
  await tab.waitForFunction(() => document.getElementById('says')!.textContent!.includes('taught nothing'));
  assert.is(await text(tab, 'answer'), '–');
  await addLabel(tab, 'motion 3');
  for (const [i, motion] of Object.values(GESTURES).entries()) {
    await tab.keyboard.down(String(i + 1));
    await move(tab, moments(motion, 180, random));
    await tab.keyboard.up(String(i + 1));
    await tab.waitForTimeout(300); // a hand changes over, and the network rehearses
  }
  await tab.waitForFunction(() => document.getElementById('samples-count')!.textContent === '75');
  assert.equal((await tab.locator('.strips small').allTextContents()).slice(0, 3), ['25 samples', '25 samples', '25 samples']);
  const ask = async (motion: (typeof GESTURES)[string]): Promise<string> => {
    await move(tab, moments(motion, 40, random));
    await tab.waitForTimeout(130); // text follows ten times a second
    return text(tab, 'answer');
  };
  let right = 0;
  for (let k = 0; k < 7; k++) for (const [i, motion] of Object.values(GESTURES).entries()) if ((await ask(motion)) === `motion ${i + 1}`) right++;
  let unknown = 0;
  for (let k = 0; k < 2; k++) for (const motion of Object.values(OTHERS)) if ((await ask(motion)) === 'unknown') unknown++;
  assert.ok(right >= 20, `${right} of 21 known`);
  assert.ok(unknown >= 8, `${unknown} of 10 unknown`);
  assert.equal(errors, []);
});

test('three sounds through the microphone: new takes of them are known, silence is unknown', async () => {
  const { tab, errors } = await visit('sound');
  const random = new Random(5);
  const samples = async (): Promise<number> => Number((await text(tab, 'samples-count')) || 0);
  /** While this sound is in the room. */
  const hear = async (sound: Float32Array, action: () => Promise<void>): Promise<void> => {
    writeFileSync(ROOM, wav(sound));
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction(() => document.getElementById('about')!.textContent === 'Microphone: listening.');
    await action();
    await tab.click('#disconnect');
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === '–'); // the last answer is not one to the next sound
  };
  for (const [i, kind] of SOUNDS.entries()) {
    await hear(recorded(kind, 8, RATE, random), async () => {
      if (i === 2) await addLabel(tab, 'sound 3');
      await tab.waitForSelector(`.pad[data-label="sound ${i + 1}"]`);
      await tab.keyboard.down(String(i + 1));
      await tab.waitForFunction((all) => Number(document.getElementById('samples-count')!.textContent) >= all, (i + 1) * LESSONS);
      await tab.keyboard.up(String(i + 1));
    });
  }
  const wrong: string[] = [];
  for (const [i, kind] of SOUNDS.entries()) {
    await hear(recorded(kind, 8, RATE, random), async () => {
      await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
      for (let k = 0; k < ASKED; k++, await tab.waitForTimeout(220)) {
        const answer = await text(tab, 'answer');
        if (answer !== `sound ${i + 1}`) wrong.push(`${kind}: ${answer}, ${await text(tab, 'says')}`);
      }
    });
  }
  await hear(new Float32Array(8 * RATE), async () => {
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === 'unknown' && document.getElementById('says')!.textContent!.includes('quieter than all'));
    await tab.waitForFunction(() => document.getElementById('spoken')!.textContent === 'unknown');
  });
  assert.ok(wrong.length <= 0.05 * SOUNDS.length * ASKED, wrong.join('\n'));
  assert.ok((await samples()) >= SOUNDS.length * LESSONS); // they stay when nobody listens
  assert.equal(errors, []);
});

test('a microphone that is refused, or is not there: a sentence that says what to do', async () => {
  const { tab } = await visit('sound');
  for (const [name, remedy] of [['NotAllowedError', 'allow it for this page'], ['NotFoundError', 'connect one'], ['NotReadableError', 'in use by another program']] as const) {
    await tab.evaluate((kind) => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('no', kind);
      };
    }, name);
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction((words) => document.getElementById('alarm')!.textContent!.includes(words), remedy);
  }
});

test.run();
