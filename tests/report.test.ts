// The report page: one file, nothing fetched, nothing from the data taken for markup.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { Contest } from '../cli/contest.js';
import { figures } from '../cli/figures.js';
import { reportPage } from '../cli/report.js';
import { createLearner } from '../host/index.js';
import { CHROMIUM } from './page.js';
import { assert, suite } from './suite.js';

const HOSTILE = '</script><b>"label" & \'x\'';

/** A page as `onward run` writes it, of a short stream with labels that try to break out. */
async function page(): Promise<string> {
  const labels = [HOSTILE, 'b'];
  const learner = await createLearner({ inputs: 2, units: [4, 3], labels, seed: 1 });
  const contest = new Contest(learner, { freeze: (_, n) => n > 60, group: ({ x }) => (x[1]! > 0 ? 'high' : 'low'), stride: 1 });
  const samples = Array.from({ length: 120 }, (_, i) => ({ x: [i % 2 ? 1 : -1, (i % 4) - 1.5], y: labels[i % 2]! }));
  for await (const _ of contest.play(samples)) continue;
  const scene = {
    title: HOSTILE, subtitle: 'two labels', total: 120, unit: 'rows', stretch: 'second half',
    names: { learning: 'learning', standardiser: 'standardiser only', frozen: 'frozen', repeat: 'repeat' },
    groups: { name: 'place', unit: '' },
  };
  return reportPage(scene, contest, { ...figures(learner, contest.whole.learning), seconds: 0.1, config: learner.config });
}

const test = suite('report');

test('it is self-contained: no address is loaded from', async () => {
  const html = await page();
  assert.not.match(html, /<(link|img|iframe|script)[^>]*\b(src|href)=/i);
  assert.not.match(html, /@import|url\(|fetch\(|XMLHttpRequest|WebSocket/);
  assert.ok(html.length < 200_000, `${html.length} characters`);
});

test('labels and titles are text, whatever they contain', async () => {
  const html = await page();
  assert.not.match(html, '<b>"label"');
  assert.is(html.match(/<\/script>/g)!.length, 2);
});

test('both scripts parse, and the data is what the run measured', async () => {
  const scripts = [...(await page()).matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text!);
  assert.is(scripts.length, 2);
  for (const script of scripts) new Script(script);
  const data = JSON.parse(/^const DATA = (.*?);\n/.exec(scripts[1]!)![1]!);
  assert.is(data.n.length, 120);
  assert.is(data.frozenAt, 61);
  assert.equal(data.accuracy.map(({ name }: { name: string }) => name), ['learning', 'standardiser', 'frozen', 'repeat']);
  assert.is(data.goodness[0].label, HOSTILE);
  assert.is(data.drift.length, 2);
  assert.is(data.accuracy[2].values[78], null); // the frozen copy has answered 19 times
  assert.type(data.accuracy[2].values[79], 'number');
});

test.run();

const browser = suite('report in a browser', CHROMIUM);

browser('three plots are drawn, with no network', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-report-'));
  try {
    const path = join(folder, 'report.html');
    writeFileSync(path, await page());
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, '--host-resolver-rules=MAP * ~NOTFOUND', '--virtual-time-budget=3000'];
    const { stdout, status } = spawnSync(CHROMIUM.tool, [...flags, '--dump-dom', pathToFileURL(path).href], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 24 });
    assert.is(status, 0);
    for (const id of ['accuracy', 'goodness', 'drift']) {
      const plot = new RegExp(`id="${id}">(.*?)</section>`, 's').exec(stdout)?.[1] ?? '';
      assert.match(plot, '<canvas', id);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

browser.run();
