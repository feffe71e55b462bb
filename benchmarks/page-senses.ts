/**
 * npm run bench:page
 *
 * The page itself in Chromium, ten visits with a microphone and ten with a camera: three sounds or things, each before it for three seconds of real time, one after the other; then
 * new takes of them, and one of each that nobody taught. Chromium plays files to its own microphone and camera. An answer counts from the second after the page began to
 * listen. Writes benchmarks/results/page-senses.json; docs/web.md has the table (`npm run readme`).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CLI, buildCli } from '../tests/command.js';
import { OTHERS as OTHER_THINGS, THINGS, Table, pictures } from '../tests/objects.js';
import { Serving, launch } from '../tests/page.js';
import { wavOf } from '../tests/wav-file.js';
import { y4m } from '../tests/y4m.js';
import { machine } from './machine.js';
import { sensesTable, type SensesResult } from './page-table.js';
import { Random } from './rivals/random.js';
import { OTHERS as OTHER_SOUNDS, SOUNDS, recorded } from './sound/room.js';

const RUNS = Array.from({ length: 10 }, (_, k) => 401 + k);
/** New takes of each sound or thing. */
const TAKES = 3;
const HELD_MS = 3000;
const SETTLED_MS = 1000;
const RATE = 16000;

/** Browsers side by side, each with a room and a film of its own: they mostly wait. */
const LANES = 2;

/** A sense, what the page says when it is open, and the bytes of a take of one of its kinds. */
interface Sense {
  signal: 'sound' | 'camera';
  /** What the page calls the first two labels, with a number. */
  label: string;
  open: string;
  taught: readonly string[];
  others: readonly string[];
  take(kind: string, random: Random, table: Table): Uint8Array;
}

const SENSES: readonly Sense[] = [
  {
    signal: 'sound',
    label: 'sound',
    open: 'Microphone: listening.',
    taught: SOUNDS,
    others: OTHER_SOUNDS,
    take: (kind, random) => wavOf(recorded(kind as (typeof SOUNDS)[number], 8, RATE, random), RATE),
  },
  {
    signal: 'camera',
    label: 'thing',
    open: 'Camera: looking.',
    taught: Object.keys(THINGS),
    others: Object.keys(OTHER_THINGS),
    take: (kind, random, table) => y4m(pictures((THINGS[kind] ?? OTHER_THINGS[kind])!, 40, table, random), 10),
  },
];

async function run(tab: Page, file: string, { signal, label, open, taught, others, take }: Sense, seed: number) {
  const random = new Random(seed);
  const table = new Table(160, 120, random);
  await tab.click(`.sources label:has(input[value=${signal}])`);
  const before = async (kind: string, action: () => Promise<void>): Promise<void> => {
    writeFileSync(file, take(kind, random, table));
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction((text) => document.getElementById('about')!.textContent === text, open);
    await action();
    await tab.click('#disconnect');
    await tab.waitForFunction(() => document.getElementById('answer')!.textContent === '–');
  };
  for (const [i, kind] of taught.entries()) {
    await before(kind, async () => {
      if (i === 2) {
        await tab.fill('#new-label', 'third');
        await tab.keyboard.press('Enter');
        await tab.waitForFunction(() => document.querySelectorAll('.pad').length === 3);
        await tab.locator('h1').click(); // away from the field: keys are labels again
      }
      await tab.waitForSelector(`.pad[data-label="${i === 2 ? 'third' : `${label} ${i + 1}`}"]`);
      await tab.keyboard.down(String(i + 1));
      await tab.waitForTimeout(HELD_MS);
      await tab.keyboard.up(String(i + 1));
    });
  }
  const labels = await tab.locator('.pad').evaluateAll((pads) => pads.map((pad) => (pad as HTMLElement).dataset['label']!));
  let answered = '';
  const ask = async (kind: string): Promise<string> => {
    await before(kind, async () => {
      await tab.waitForFunction(() => document.getElementById('answer')!.textContent !== '–');
      await tab.waitForTimeout(SETTLED_MS);
      answered = (await tab.textContent('#answer'))!;
    });
    return answered;
  };
  let right = 0;
  for (let take = 0; take < TAKES; take++) for (const [i, kind] of taught.entries()) if ((await ask(kind)) === labels[i]) right++;
  let unknown = 0;
  for (const kind of others) if ((await ask(kind)) === 'unknown') unknown++;
  const share = (count: number, of: number): number => Number(((100 * count) / of).toFixed(1));
  return { signal, seed, right: share(right, TAKES * taught.length), unknown: share(unknown, others.length) };
}

await buildCli();
const load = Number(loadavg()[0]!.toFixed(1));
const folder = mkdtempSync(join(tmpdir(), 'onward-senses-'));
const serving = await Serving.start(CLI);
const visits = SENSES.flatMap((sense) => RUNS.map((seed) => ({ sense, seed })));
const runs: SensesResult['runs'][number][] = [];

async function lane(at: number): Promise<void> {
  const files = { sound: join(folder, `${at}.wav`), camera: join(folder, `${at}.y4m`) };
  const browser = await launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${files.sound}`, `--use-file-for-fake-video-capture=${files.camera}`);
  try {
    for (let visit = visits.shift(); visit !== undefined; visit = visits.shift()) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
      await context.addInitScript('globalThis.__name = (named) => named'); // a helper of the compiler, in functions that are sent to the page
      const tab = await context.newPage();
      await tab.goto(serving.address);
      await tab.waitForSelector('.pad');
      runs.push(await run(tab, files[visit.sense.signal], visit.sense, visit.seed));
      console.log(JSON.stringify(runs.at(-1)));
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

try {
  await Promise.all(Array.from({ length: LANES }, (_, at) => lane(at)));
} finally {
  await serving.stop();
  rmSync(folder, { recursive: true });
}
runs.sort((a, b) => a.signal.localeCompare(b.signal) || a.seed - b.seed);
const result: SensesResult = { takes: 3 * TAKES, load, runs };
console.log(sensesTable(result));
writeFileSync(new URL('results/page-senses.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), ...result }, null, 1)}\n`);
