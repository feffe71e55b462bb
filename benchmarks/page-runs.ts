/**
 * npm run bench:page
 *
 * The page itself, ten times in Chromium, as somebody uses it the first time: three motions of a fake sensor, of other sizes and speeds in each take, held for three
 * seconds of real time each, one after the other. Clicks and seconds to the first right answer, right answers to new takes, unknown ones of five motions that nobody taught,
 * and frames a second while it learns on a processor that is slowed to a sixth. Writes benchmarks/results/page-runs.json; docs/web.md has the table (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { CLI, buildCli } from '../tests/command.js';
import { GESTURES, OTHERS, moments } from '../tests/motions.js';
import { PHONE, Serving, launch } from '../tests/page.js';
import { machine } from './machine.js';
import { Random } from './rivals/random.js';
import { runsTable, type RunsResult } from './page-table.js';

const RUNS = Array.from({ length: 10 }, (_, k) => 301 + k);
/** New takes of each motion. */
const TAKES = 10;
const STRANGE_TAKES = 2;
const HELD_MS = 3000;
const SLOWED = 6;
const MOTIONS = Object.values(GESTURES);

/** Readings as a sensor gives them, 60 a second; frames of the screen meanwhile, a second. */
const feel = (tab: Page, readings: number[][]): Promise<number> =>
  tab.evaluate(
    (all) =>
      new Promise<number>((done) => {
        const began = performance.now();
        let sent = 0;
        let frames = 0;
        const frame = (): void => {
          frames++;
          const due = Math.min(all.length, Math.floor(((performance.now() - began) * 60) / 1000));
          for (; sent < due; sent++) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: all[sent]![0]!, y: all[sent]![1]!, z: all[sent]![2]! } }));
          if (sent < all.length) requestAnimationFrame(frame);
          else done((1000 * frames) / (performance.now() - began));
        };
        requestAnimationFrame(frame);
      }),
    readings,
  );

/** A first right answer takes 7 s. */
const GIVES_UP_MS = 60_000;

async function run(tab: Page, seed: number) {
  const random = new Random(seed);
  const readings = (motion: (typeof MOTIONS)[number], count: number): number[][] => moments(motion, count, random);
  const answer = async (): Promise<string> => (await tab.textContent('#answer'))!;
  let clicks = 0;
  const hold = async (label: number): Promise<number> => {
    await tab.locator('.pad').nth(label).hover(); // waits until it stands still: a press beside it may stop the sensor
    await tab.mouse.down();
    clicks++;
    const frames = await feel(tab, readings(MOTIONS[label]!, (60 * HELD_MS) / 1000));
    await tab.mouse.up();
    return frames;
  };
  const click = async (selector: string): Promise<void> => {
    await tab.click(selector);
    clicks++;
  };

  const began = performance.now();
  await click('.sources label:has(input[value=motion])');
  await click('#live-form button[type=submit]');
  await feel(tab, readings(OTHERS['walk']!, 6)); // the hand that holds it
  await tab.waitForSelector('.pad');
  await hold(0);
  await hold(1);
  const used = clicks;
  const label = await tab.locator('.pad').first().getAttribute('data-label');
  do {
    await feel(tab, readings(MOTIONS[0]!, 12));
    if (performance.now() - began > GIVES_UP_MS) throw new Error(`visit ${seed}: no right answer, but ${await answer()}; ${(await tab.locator('.pad').allTextContents()).join('; ')}`);
  } while ((await answer()) !== label);
  const seconds = (performance.now() - began) / 1000;

  await tab.fill('#new-label', 'chop');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.querySelectorAll('.pad').length === 3);
  await hold(2);
  const labels = await tab.locator('.pad').evaluateAll((pads) => pads.map((pad) => (pad as HTMLElement).dataset['label']!));
  const ask = async (motion: (typeof MOTIONS)[number]): Promise<string> => {
    await tab.evaluate((all) => {
      for (const [x, y, z] of all) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: x!, y: y!, z: z! } }));
      return new Promise((done) => setTimeout(done, 450)); // text follows five times a second at least
    }, readings(motion, 40));
    return answer();
  };
  let right = 0;
  for (let k = 0; k < TAKES; k++) for (const [i, motion] of MOTIONS.entries()) if ((await ask(motion)) === labels[i]) right++;
  let unknown = 0;
  for (let k = 0; k < STRANGE_TAKES; k++) for (const motion of Object.values(OTHERS)) if ((await ask(motion)) === 'unknown') unknown++;

  const slowly = await tab.context().newCDPSession(tab);
  await slowly.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const frames = await hold(2);
  const share = (count: number, of: number): number => Number(((100 * count) / of).toFixed(1));
  return { seed, clicks: used, seconds: Number(seconds.toFixed(1)), right: share(right, TAKES * MOTIONS.length), unknown: share(unknown, STRANGE_TAKES * Object.keys(OTHERS).length), frames: Number(frames.toFixed(0)) };
}

await buildCli();
/** Work of others takes frames and seconds from the page: to be read beside them. */
const load = Number(loadavg()[0]!.toFixed(1));
const [serving, browser] = await Promise.all([Serving.start(CLI), launch()]);
const runs = [];
try {
  for (const seed of RUNS) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...PHONE });
    await context.addInitScript('globalThis.__name = (named) => named'); // a helper of the compiler, in functions that are sent to the page
    const tab = await context.newPage();
    await tab.goto(serving.address);
    await tab.waitForSelector('.pad');
    runs.push(await run(tab, seed));
    console.log(JSON.stringify(runs.at(-1)));
    await context.close();
  }
} finally {
  await browser.close();
  await serving.stop();
}
const result: RunsResult = { takes: TAKES * MOTIONS.length, others: STRANGE_TAKES * Object.keys(OTHERS).length, slowed: SLOWED, load, runs };
console.log(runsTable(result));
writeFileSync(new URL('results/page-runs.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), ...result }, null, 1)}\n`);
