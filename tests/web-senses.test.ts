// The page's senses in Chromium, taught as a person would: three motions, three sounds and three things, held for three seconds each, one after the other; then new takes of them, and what
// nobody taught. Sound and pictures are files that Chromium plays to its own microphone and camera; the motion, its own events.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Random } from '../benchmarks/rivals/random.js';
import { OTHERS as OTHER_SOUNDS, SOUNDS, recorded } from '../benchmarks/sound/room.js';
import { CLI, buildCli } from './command.js';
import { GESTURES, OTHERS, moments } from './motions.js';
import { OTHERS as OTHER_THINGS, THINGS, Table, pictures } from './objects.js';
import { CHROMIUM, PHONE, Serving, launch, visitOf, type Visit } from './page.js';
import { decodeProject } from '../host/project.js';
import type { Pixels } from '../host/sources/camera.js';
import { assert, suite } from './suite.js';
import { wavOf } from './wav-file.js';
import { y4m } from './y4m.js';

const test = suite('senses of the page', CHROMIUM);

const RATE = 16000;
/** Windows of three seconds, and answers to each sound: so many, however busy the machine is. */
const LESSONS = 11;
const ASKED = 7;
/** Pictures of three seconds. */
const PICTURES = 30;
const folder = mkdtempSync(join(tmpdir(), 'onward-senses-'));
/** Chromium opens it anew whenever a page begins to listen, and plays it over and over. */
const ROOM = join(folder, 'room.wav');
const FILM = join(folder, 'film.y4m');
let browser: Browser;
let serving: Serving;

test.before(async () => {
  await buildCli();
  [serving, browser] = await Promise.all([
    Serving.start(CLI),
    launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${ROOM}`, `--use-file-for-fake-video-capture=${FILM}`),
  ]);
});
test.after(async () => {
  await browser.close();
  await serving.stop();
  rmSync(folder, { recursive: true });
});

async function visit(signal: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await visitOf(browser, serving.address, options);
  await visit.tab.waitForSelector('.pad');
  await visit.tab.locator(`.sources label:has(input[value=${signal}])`).click();
  return visit;
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
  const { tab, errors } = await visit('motion', PHONE);
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

test('three sounds through the microphone: new takes of them are known, others and silence are unknown', async () => {
  const { tab, errors } = await visit('sound');
  const random = new Random(5);
  const samples = async (): Promise<number> => Number((await text(tab, 'samples-count')) || 0);
  /** While this sound is in the room. */
  const hear = async (sound: Float32Array, action: () => Promise<void>): Promise<void> => {
    writeFileSync(ROOM, wavOf(sound, RATE));
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
  let unknown = 0;
  for (const kind of OTHER_SOUNDS.slice(0, 2)) {
    await hear(recorded(kind, 8, RATE, random), async () => {
      await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
      for (let k = 0; k < ASKED; k++, await tab.waitForTimeout(220)) if ((await text(tab, 'answer')) === 'unknown') unknown++;
    });
  }
  assert.ok(unknown >= 0.8 * 2 * ASKED, `${unknown} of ${2 * ASKED} unknown`);
  await hear(new Float32Array(8 * RATE), async () => {
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === 'unknown' && document.getElementById('says')!.textContent!.includes('quieter than all'));
    await tab.waitForFunction(() => document.getElementById('spoken')!.textContent === 'unknown');
  });
  assert.ok(wrong.length <= 0.05 * SOUNDS.length * ASKED, wrong.join('\n'));
  const all = await samples();
  assert.ok(all >= SOUNDS.length * LESSONS); // they stay when nobody listens
  await tab.evaluate(() => {
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function () {
      document.title = `${this.buffer!.duration} s`;
      start.call(this);
    };
  });
  await tab.locator('.strip .play').first().click();
  assert.is(await tab.title(), '1 s');
  await tab.locator('[aria-label^="Delete sample"]').first().click();
  await tab.waitForFunction((left) => document.getElementById('samples-count')!.textContent === String(left), all - 1);
  assert.equal(errors, []);
});

test('three things before the camera: new takes of them are known, others are unknown, and their pictures are kept', async () => {
  const { tab, errors } = await visit('camera');
  const random = new Random(9);
  const table = new Table(160, 120, random);
  /** Red on the left, blue on the right. */
  const halves: Pixels = { data: Uint8ClampedArray.from({ length: 3 * 160 * 120 }, (_, i) => (i % 3 === (Math.floor(i / 3) % 160 < 80 ? 0 : 2) ? 220 : 20)), width: 160, height: 120 };
  /** While this film is before the camera. */
  const see = async (frames: Pixels[], action: () => Promise<void>): Promise<void> => {
    writeFileSync(FILM, y4m(frames, 10));
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction(() => document.getElementById('about')!.textContent === 'Camera: looking.');
    await action();
    await tab.click('#disconnect');
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === '–');
  };
  for (const [i, thing] of Object.values(THINGS).entries()) {
    await see(pictures(thing, 40, table, random), async () => {
      if (i === 2) await addLabel(tab, 'thing 3');
      await tab.waitForSelector(`.pad[data-label="thing ${i + 1}"]`);
      await tab.keyboard.down(String(i + 1));
      await tab.waitForFunction((all) => Number(document.getElementById('samples-count')!.textContent) >= all, (i + 1) * PICTURES);
      await tab.keyboard.up(String(i + 1));
    });
  }
  // who stands before the screen sees a mirror; what is learned, and shown as a sample, is no mirror
  await see([halves], async () => {
    await tab.waitForFunction(() => {
      const { width, height } = document.querySelector<HTMLCanvasElement>('#lens')!;
      const left = document.querySelector<HTMLCanvasElement>('#lens')!.getContext('2d')!.getImageData(width / 4, height / 2, 1, 1).data;
      return left[0]! < 60 && left[2]! > 150;
    });
  });
  const wrong: string[] = [];
  for (const [i, thing] of Object.values(THINGS).entries()) {
    const takes = Array.from({ length: ASKED }, () => pictures(thing, 1, table, random)[0]!);
    await see(takes.flatMap((take) => [take, take, take, take]), async () => {
      await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
      for (let k = 0; k < ASKED; k++, await tab.waitForTimeout(400)) {
        const answer = await text(tab, 'answer');
        if (answer !== `thing ${i + 1}`) wrong.push(`${Object.keys(THINGS)[i]}: ${answer}, ${await text(tab, 'says')}`);
      }
    });
  }
  assert.ok(wrong.length <= 0.1 * 3 * ASKED, wrong.join('\n'));
  await see(['ball', 'book'].flatMap((name) => pictures(OTHER_THINGS[name]!, 20, table, random)), async () => {
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
    let unknown = 0;
    for (let k = 0; k < 10; k++, await tab.waitForTimeout(400)) if ((await text(tab, 'answer')) === 'unknown') unknown++;
    assert.ok(unknown >= 8, `${unknown} of 10 unknown`);
  });

  // pictures in the strips: one goes, and comes back; in a project and in the browser they are what was learned
  const all = Number(await text(tab, 'samples-count'));
  const shown = (count: number): Promise<unknown> => tab.waitForFunction((samples) => document.getElementById('samples-count')!.textContent === String(samples), count);
  const brightest = await tab.evaluate(() => Math.max(...document.querySelector<HTMLCanvasElement>('.strip canvas')!.getContext('2d')!.getImageData(0, 0, 32, 32).data.filter((_, i) => i % 4 !== 3)));
  assert.ok(brightest > 60, `${brightest}`);
  await tab.click('.strip button');
  await shown(all - 1);
  await tab.click('#undo');
  await shown(all);
  const [saved] = await Promise.all([tab.waitForEvent('download'), tab.click('#save')]);
  const file = (await saved.path())!;
  const project = decodeProject(new Uint8Array(readFileSync(file)));
  assert.equal([project.signal, project.channels, project.window, project.samples.length], ['camera', 3072, 1, all]);
  await tab.waitForSelector('#chip-kept:not([hidden])');
  await tab.reload();
  await tab.waitForSelector('.pad');
  await tab.locator('.sources label:has(input[value=camera])').click();
  await see(pictures(THINGS['banana']!, 1, table, random), async () => {
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === 'thing 3');
    await shown(all);
  });
  await tab.click('#reset');
  await shown(0);
  await tab.setInputFiles('#load-file', file);
  await shown(all);
  assert.equal(errors, []);
});

test('a microphone or a camera that is refused, or is not there: a sentence that says what to do', async () => {
  for (const signal of ['sound', 'camera']) {
    const { tab } = await visit(signal);
    for (const [name, remedy] of [['NotAllowedError', 'allow it for this page'], ['NotFoundError', 'connect one'], ['NotReadableError', 'in use by another program']] as const) {
      await tab.evaluate((kind) => {
        navigator.mediaDevices.getUserMedia = async () => {
          throw new DOMException('no', kind);
        };
      }, name);
      await tab.click('#live-form button[type=submit]');
      await tab.waitForFunction((words) => document.getElementById('alarm')!.textContent!.includes(words), remedy);
    }
  }
});

test.run();
