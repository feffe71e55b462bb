// What a visitor does with what was taught: tests it, stands away from it, lets its answers press keys and tell a broker, takes it along as a page of one file, and looks at what it dreams.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { CLI, buildCli } from './command.js';
import { freePort } from './free-port.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { CHROMIUM, PHONE, Serving, launch, visitOf, type Visit } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('the page used', CHROMIUM);
let browser: Browser;
let serving: Serving;
let contexts: BrowserContext[] = [];

test.before(async () => {
  await buildCli();
  [browser, serving] = await Promise.all([launch(), Serving.start(CLI)]);
});
test.after(async () => {
  await browser.close();
  await serving.stop();
});
test.afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
});

async function visit(address = serving.address): Promise<Visit> {
  const visit = await visitOf(browser, address, PHONE);
  contexts.push(visit.context);
  return visit;
}

/** Moments of shaking (swing 8) or of rest, as the browser would tell them. */
const move = (tab: Page, count: number, swing: number): Promise<void> =>
  tab.evaluate(([n, far]) => {
    for (let i = 0; i < n!; i++) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: far! * Math.sin(i * 1.3), y: 0.1 * Math.sin(i), z: 9.8 } }));
  }, [count, swing]);

const says = (tab: Page, id: string, start: string): Promise<unknown> =>
  tab.waitForFunction(([of, text]) => document.getElementById(of!)!.textContent!.replaceAll('\u00a0', ' ').startsWith(text!), [id, start]).catch(async () => assert.unreachable(`#${id} says '${await tab.textContent(`#${id}`)}', not '${start}'`));

const SWINGS = [['motion 1', 8], ['motion 2', 0.1]] as const;

/** Two motions, taught in turn: motion 1 shakes, motion 2 rests. */
async function taught(tab: Page): Promise<void> {
  await tab.waitForSelector('.pad');
  await tab.locator('.sources label:has(input[value=motion])').click();
  await listen(tab);
  for (let round = 0; round < 4; round++) {
    for (const [place, [, swing]] of SWINGS.entries()) {
      await tab.keyboard.down(String(place + 1));
      await move(tab, 96, swing);
      await tab.keyboard.up(String(place + 1));
    }
  }
  await move(tab, 64, 8);
  await says(tab, 'answer', 'motion 1');
  await says(tab, 'samples-count', '88'); // pictures follow twice a second
}

async function listen(tab: Page): Promise<void> {
  await tab.click('#live-form button[type=submit]');
  await says(tab, 'about', 'Motion sensor: waiting for the sensor');
  await move(tab, 1, 0);
  await tab.waitForFunction(() => document.getElementById('shape')!.textContent!.startsWith('32 × 3'));
}

const counted = (tab: Page): Promise<string | null> => tab.textContent('#samples-count');

test('a test scores each label, and what nobody taught, and nothing is learned', async () => {
  const { tab, errors } = await visit();
  await taught(tab);
  const before = await counted(tab);
  await tab.check('#trial');
  await says(tab, 'trial-says', 'Hold a label and do what it means');
  for (const [place, [, swing]] of SWINGS.entries()) {
    await tab.keyboard.down(String(place + 1));
    await move(tab, 32 + 4 * 6, swing);
    await tab.keyboard.up(String(place + 1));
  }
  const note = (label: string): Promise<string | null> => tab.textContent(`.pad[data-label="${label}"] small`);
  await says(tab, 'trial-says', '10 of 10 answers right, 100 %.');
  assert.equal([await note('motion 1'), await note('motion 2'), await note('')], ['5 of 5', '5 of 5', 'not tested']);
  await tab.keyboard.down('1'); // and it is none of the first
  await move(tab, 32, 0.1);
  await tab.keyboard.up('1');
  await says(tab, 'trial-says', '10 of 11 answers right, 90.9 %. The worst: motion 1.');
  assert.is(await note('motion 1'), '5 of 6, else motion 2');
  await tab.keyboard.down('3'); // something else
  await move(tab, 32, 60);
  await tab.keyboard.up('3');
  await tab.waitForFunction(() => document.querySelector('.pad[data-label=""] small')!.textContent!.endsWith('of 1'));
  assert.is(await counted(tab), before);
  await tab.uncheck('#trial');
  await tab.waitForSelector('.pad[data-label=""]', { state: 'detached' });
  await tab.waitForSelector('#trial-says', { state: 'hidden' });
  await tab.keyboard.down('1');
  await move(tab, 32, 8);
  await tab.keyboard.up('1');
  await tab.waitForFunction((was) => Number(document.getElementById('samples-count')!.textContent) === Number(was) + 1, before);
  assert.equal(errors, []);
});

test('counted in, a label is pressed once: three seconds later it is held for three', async () => {
  const { tab, errors } = await visit();
  await taught(tab);
  const before = Number(await counted(tab));
  await tab.check('#count-in');
  const pad = tab.locator('.pad[data-label="motion 2"]');
  const pressed = (state: boolean): Promise<unknown> => tab.waitForSelector(`.pad[data-label="motion 2"][aria-pressed=${state}]`);
  await pad.click();
  await says(tab, 'says', 'Get ready: motion 2');
  await move(tab, 64, 0.1); // not yet
  await pressed(true);
  assert.is(Number(await counted(tab)), before);
  await move(tab, 32 + 2 * 6, 0.1);
  await pressed(false);
  await tab.waitForFunction((all) => document.getElementById('samples-count')!.textContent === String(all), before + 3);
  await pad.click();
  await says(tab, 'answer', '3');
  await pad.click(); // stops it
  await says(tab, 'answer', 'motion');
  await pad.click();
  await says(tab, 'answer', '3');
  await tab.uncheck('#count-in'); // and so does this
  await says(tab, 'answer', 'motion');
  await tab.keyboard.down('1'); // a hand lets go, whatever is chosen meanwhile
  await tab.check('#count-in');
  await tab.keyboard.up('1');
  await tab.waitForSelector('.pad[data-label="motion 1"][aria-pressed=false]');
  await tab.uncheck('#count-in');
  await pad.hover();
  await tab.mouse.down(); // its pad goes while it is held
  await pressed(true);
  await tab.evaluate(() => {
    document.querySelector<HTMLInputElement>('#new-label')!.value = 'motion 3';
    document.querySelector<HTMLFormElement>('#add')!.requestSubmit();
  });
  await tab.waitForSelector('.pad[data-label="motion 3"]');
  await tab.mouse.move(5, 5);
  await tab.mouse.up();
  await pressed(false);
  assert.equal(errors, []);
});

test('answers press keys, of this page and of one that shows it in a frame; dreams are drawn', async () => {
  const { tab, errors } = await visit();
  await taught(tab);
  await tab.evaluate(() => {
    const heard: string[] = ((globalThis as unknown as { heard: string[] }).heard = []);
    for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, ({ key, code, isTrusted }) => void (isTrusted || heard.push(`${type} ${key} ${code}`)));
    Object.defineProperty(globalThis, 'opener', { value: { postMessage: (message: unknown) => heard.push(JSON.stringify(message)) } });
  });
  await tab.click('#use summary');
  await tab.click('[aria-label="Key that motion 1 presses"]');
  await tab.keyboard.press('ArrowUp');
  await tab.click('[aria-label="Key that motion 2 presses"]');
  await tab.keyboard.press('1'); // a key that teaches, pressed by a hand
  await tab.locator('h1').click();
  const before = await counted(tab);
  await move(tab, 64, 0.1);
  await says(tab, 'answer', 'motion 2');
  await tab.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.includes('keydown 1 Digit1'));
  await move(tab, 64, 8);
  await tab.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.at(-2) === 'keydown ArrowUp ArrowUp');
  const heard = await tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  assert.equal(heard.slice(-4), ['keyup 1 Digit1', '{"onward":{"type":"keyup","key":"1","label":"motion 2"}}', 'keydown ArrowUp ArrowUp', '{"onward":{"type":"keydown","key":"ArrowUp","label":"motion 1"}}']);
  assert.is(await counted(tab), before);

  await tab.click('#edit summary');
  await tab.fill('[aria-label="New name of motion 1"]', '__proto__');
  await tab.keyboard.press('Tab');
  await tab.waitForFunction(() => document.querySelector<HTMLInputElement>('[aria-label="Key that __proto__ presses"]')?.value === 'ArrowUp');
  await tab.keyboard.down('2');
  await move(tab, 32, 0.1);
  await tab.keyboard.up('2');
  await tab.waitForSelector('#chip-kept', { state: 'hidden' });
  await tab.waitForSelector('#chip-kept:visible'); // the name is kept with the next lesson
  await tab.reload(); // its key stays, by the new name
  await tab.waitForSelector('.pad');
  await tab.locator('.sources label:has(input[value=motion])').click();
  await listen(tab);
  await tab.click('#use summary');
  await tab.waitForFunction(() => document.querySelector<HTMLInputElement>('[aria-label="Key that __proto__ presses"]')?.value === 'ArrowUp');

  await tab.click('#dreams summary');
  await tab.waitForFunction(() => document.querySelectorAll('#dream-strips svg').length === 12);
  const sure = await tab.evaluate(() => [...document.querySelectorAll('#dream-strips svg')].map((drawn) => Number(/(\d+) % sure/.exec(drawn.getAttribute('aria-label')!)![1])));
  assert.ok(sure.filter((percent) => percent > 50).length >= 10, sure.join());
  await tab.click('#edit summary');
  await tab.click('[aria-label="Forget motion 2"]');
  await tab.waitForFunction(() => document.querySelectorAll('#dream-strips svg').length === 6); // drawn anew
  await tab.fill('[aria-label="New name of __proto__"]', 'motion 2');
  await tab.keyboard.press('Tab');
  await says(tab, 'alarm', 'Undo can bring a label motion 2 back');
  assert.equal(errors, []);
});

test('a page of one file, from a disk: it answers, asks nobody for anything, and goes on learning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-single-'));
  try {
    const { tab, errors } = await visit();
    await taught(tab);
    await tab.fill('#unknown-below', '2.5');
    await tab.click('#use summary');
    await tab.click('[aria-label="Key that motion 1 presses"]');
    await tab.keyboard.press('x');
    const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-single')]);
    assert.is(download.suggestedFilename(), 'onward-motion.html');
    const file = join(folder, 'page.html');
    await download.saveAs(file);
    const page = readFileSync(file, 'utf8');
    assert.not.match(page, /(src|href)="(?!#)/);
    const [, project] = /"project":"([^"]+)"/.exec(page)!;
    assert.is(((page.length - project!.length) / 1e6).toFixed(1), '0.6', 'megabytes, beside the project (docs/web.md)');
    assert.equal(errors, []);

    const { tab: own, errors: ownErrors, requests } = await visit(pathToFileURL(file).href);
    await own.waitForFunction(() => document.getElementById('status')!.textContent!.includes('samples learned'));
    assert.ok(await own.isHidden('#teach'));
    assert.is(await own.inputValue('#unknown-below'), '2.5');
    await listen(own);
    await own.evaluate(() => {
      const heard: string[] = ((globalThis as unknown as { heard: string[] }).heard = []);
      document.addEventListener('keydown', ({ key, isTrusted }) => void (isTrusted || heard.push(key)));
    });
    await move(own, 64, 8);
    await says(own, 'answer', 'motion 1');
    await own.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.includes('x'));
    const lessons = Number(await counted(own));
    await own.keyboard.down('2'); // nobody sees what that would teach
    await move(own, 32, 0.1);
    await own.keyboard.up('2');
    await own.click('#whole');
    assert.is(Number(await counted(own)), lessons);
    assert.ok(await own.isHidden('#undo'));
    await own.keyboard.down('2');
    await move(own, 32, 0.1);
    await own.keyboard.up('2');
    await own.waitForFunction((all) => document.getElementById('samples-count')!.textContent === String(all), lessons + 1);
    await own.waitForFunction(() => !document.getElementById('chip-kept')!.hidden);
    await own.reload();
    await own.waitForFunction((all) => document.getElementById('samples-count')!.textContent === String(all), lessons + 1);
    assert.is(await own.inputValue('#unknown-below'), '2.5');
    assert.equal(requests.filter((url) => !/^(data|blob):/.test(url) && url !== pathToFileURL(file).href), []);
    assert.equal(ownErrors, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();

const mqtt = suite('answers of the page, and a broker', CHROMIUM, ...MOSQUITTO);

mqtt('each answer that stands goes to a topic', async () => {
  await buildCli();
  const webSocketPort = await freePort();
  const broker = await Broker.start(() => ['allow_anonymous true', `listener ${webSocketPort} 127.0.0.1`, 'protocol websockets']);
  const address = `ws://127.0.0.1:${webSocketPort}`;
  const allowed = await Serving.start(CLI, '--connect', address);
  browser = await launch();
  const ear = await connectMqtt(broker.url);
  try {
    const { tab } = await visit(allowed.address);
    await taught(tab);
    await tab.click('#use summary');
    await tab.fill('#send-address', address);
    await tab.click('#send');
    await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.startsWith('Name the topic'));
    assert.not(await tab.isChecked('#send'));
    await tab.fill('#send-topic', 'home/answer');
    const heard: { label: string; probability: number }[] = [];
    ear.on('message', (_topic, payload) => void heard.push(JSON.parse(payload.toString())));
    await ear.subscribeAsync('home/answer');
    await tab.check('#send');
    await says(tab, 'send-says', 'connected to');
    for (const swing of [0.1, 8]) {
      await move(tab, 64, swing);
      for (let waited = 0; heard.at(-1)?.label !== (swing === 8 ? 'motion 1' : 'motion 2'); waited += 50) {
        assert.ok(waited < 10_000, JSON.stringify(heard));
        await tab.waitForTimeout(50);
      }
    }
    assert.ok(heard.every(({ probability }) => probability > 0.5 && probability <= 1), JSON.stringify(heard));
  } finally {
    await ear.endAsync();
    await browser.close();
    await allowed.stop();
    await broker.stop();
  }
});

mqtt.run();
