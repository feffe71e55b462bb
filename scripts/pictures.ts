// The pictures of the page in docs/, from the page as it is: `npm run pictures`, with Chromium. With a folder behind it, each step of a visit, on a desk and on a phone, by day and by night.
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CLI, buildCli } from '../tests/command.js';
import { Serving, launch } from '../tests/page.js';

const DESK = { viewport: { width: 1100, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Strokes of the wand's recording: the first are taught, the others tested. */
const TAUGHT = 48;
const TESTED = 12;

/** A visit, step by step. */
const STEPS: readonly (readonly [string, (tab: Page) => Promise<void>])[] = [
  ['opened', async (tab) => void (await tab.click('#step'))],
  ['taught', (tab) => hold(tab, TAUGHT)],
  [
    'tested',
    async (tab) => {
      await tab.check('#trial');
      await hold(tab, TESTED);
    },
  ],
  [
    'used',
    async (tab) => {
      await tab.uncheck('#trial');
      await tab.click('#use summary');
      await tab.click('#dreams summary');
      await tab.waitForFunction(() => document.querySelectorAll('#dream-strips svg').length === 24);
    },
  ],
];

async function hold(tab: Page, strokes: number): Promise<void> {
  for (let i = 0; i < strokes; i++) {
    await tab.click('#step');
    await tab.locator('.pad.due').press('Enter');
  }
}

async function visit(browser: Browser, address: string, options: BrowserContextOptions, after: (step: string, tab: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en', ...options });
  const tab = await context.newPage();
  await tab.goto(address);
  await tab.waitForSelector('.pad');
  for (const [step, does] of STEPS) {
    await does(tab);
    await tab.waitForTimeout(1500); // samples and weights are drawn twice a second
    await after(step, tab);
  }
  await context.close();
}

const [folder] = process.argv.slice(2);
await buildCli();
const [browser, serving] = await Promise.all([launch(), Serving.start(CLI)]);
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, shape] of folder === undefined ? [['desk', DESK] as const] : ([['desk', DESK], ['phone', PHONE]] as const)) {
      await visit(browser, serving.address, { ...shape, colorScheme }, async (step, tab) => {
        const path = folder === undefined ? (step === 'taught' ? `docs/web${colorScheme === 'dark' ? '-dark' : ''}.png` : undefined) : join(folder, `${device}-${colorScheme}-${step}.png`);
        if (path === undefined) return;
        await tab.evaluate(() => scrollTo(0, 0));
        await tab.screenshot({ path, fullPage: true });
        console.log(path);
      });
    }
  }
} finally {
  await browser.close();
  await serving.stop();
}
