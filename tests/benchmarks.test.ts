// The benchmarks' own honesty: every peer gets the same bytes, formulas give what one works out by hand, and the report draws what the files say.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { backpropBytes } from '../benchmarks/backprop-bytes.js';
import { makeTask, readTask, shapeOf, writeTask } from '../benchmarks/peers/tasks.js';
import { benchmarkPage } from '../benchmarks/report.js';
import { targets } from '../benchmarks/targets.js';
import { CHROMIUM } from './page.js';
import { assert, needs, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs with a folder that is gone afterwards. */
async function inFolder(use: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-benchmarks-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const test = suite('benchmarks');

test('a task comes back from its file as it was made, and is made the same each time', () => inFolder(async (folder) => {
  const task = await makeTask('A', true);
  writeTask(join(folder, 'A'), task);
  assert.equal(readTask(join(folder, 'A')), task);
  assert.equal(await makeTask('A', true), task);
  assert.is(shapeOf(task), '16-32-32-4');
  assert.equal([...new Set(task.y)].sort(), [0, 1, 2, 3]);
}));

test('bytes of backpropagation, worked out by hand for 2-3-2', () => {
  // P = 6 + 6, B = 5, A = 7, D = 6
  assert.equal(backpropBytes({ inputs: 2, units: [3], labels: 2 }, 8), { same: 12 + 20 + 14 + 24, float32: 4 * 30, adam: 4 * (4 * 17 + 32 * 13) });
});

test('every target has a measurement in the committed results', () => {
  for (const { task, against, measured } of targets()) assert.ok(measured !== undefined && measured > 0, `${task} against ${against}: not measured; npm run bench`);
});

test('the report is self-contained and its scripts parse', () => {
  const html = benchmarkPage();
  assert.not.match(html, /<(link|img|iframe|script)[^>]*\b(src|href)=/i);
  assert.not.match(html, /@import|url\(|fetch\(|XMLHttpRequest|WebSocket/);
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text!);
  assert.is(scripts.length, 2);
  for (const script of scripts) new Script(script);
});

test.run();

const compiled = suite('C peers', needs('gcc', 'apt-get install gcc libc6-dev'));

compiled('both learn task A, and answer as the protocol says', () => inFolder(async (folder) => {
  writeTask(join(folder, 'A'), await makeTask('A', true));
  for (const [name, rate, margin] of [['backprop', '0.02', '0'], ['rule', '0.05', '0.05']] as const) {
    const program = join(folder, name);
    assert.is(spawnSync('gcc', ['-O2', '-o', program, `${root}benchmarks/peers/c/${name}.c`, '-lm']).status, 0, name);
    const { stdout } = spawnSync(program, [join(folder, 'A'), rate, margin], { input: '\n', encoding: 'utf8' });
    const [ready, line] = stdout.split('\n');
    assert.is(ready, 'ready');
    const turn = JSON.parse(line!);
    assert.ok(turn.learn > 0 && turn.predict > 0 && turn.bytes > 6928 && turn.bytes < 10_000, line);
    assert.ok(turn.accuracy > 0.74, `${name}: ${turn.accuracy}`);
  }
}));

compiled.run();

const browser = suite('benchmark report in a browser', CHROMIUM);

browser('every chart is drawn, the console is silent; a screenshot stays in build/test', () => inFolder((folder) => {
  const path = join(folder, 'report.html');
  writeFileSync(path, benchmarkPage());
  mkdirSync(`${root}build/test`, { recursive: true });
  const run = (...flags: string[]) => spawnSync(CHROMIUM.tool, [
    '--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, '--host-resolver-rules=MAP * ~NOTFOUND', '--virtual-time-budget=3000', '--enable-logging=stderr',
    ...flags, pathToFileURL(path).href,
  ], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 24 });
  const { stdout, stderr, status } = run('--dump-dom');
  assert.is(status, 0);
  assert.not.match(stderr, /CONSOLE/);
  for (const id of ['width', 'depth', 'labels', 'growth', 'tier']) assert.match(new RegExp(`id="${id}">(.*?)</div></section>|id="${id}">(.*?)id="`, 's').exec(stdout)?.[0] ?? '', '<canvas', id);
  assert.is(run(`--screenshot=${root}build/test/benchmarks.png`, '--window-size=1100,6000').status, 0);
}));

browser.run();
