// The web page, end to end: served by `onward serve`, taught by hand in Chromium, kept, reloaded, offline, attacked, measured.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createLearner, loadLearner, type Learner } from '../host/index.js';
import { decodeProject, encodeProject } from '../host/project.js';
import { sampleFrame } from '../host/sources/slip.js';
import { linesFor } from '../web/use.js';
import { CLI, PAGE, buildCli } from './command.js';
import { freePort } from './free-port.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { CHROMIUM, PHONE, Serving, launch, visitOf, type Visit } from './page.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const RECORDINGS = new Set(['gestures.bin']);
const SCREENSHOT = join(root, 'build/test/web.png');

const files = (): string[] => readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(PAGE, file)).isFile());
const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

// ---------------------------------------------------------------- the server

const server = suite('onward serve');
let plain: Serving;

server.before(async () => {
  await buildCli();
  plain = await Serving.start(CLI);
});
server.after(async () => void (await plain.stop()));

/** A request as it stands: no client tidies the address up. */
async function raw(address: string, method = 'GET', headers = ''): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(plain.address);
  const socket = connect(Number(port), hostname);
  socket.end(`${method} ${address} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n${headers}\r\n`);
  let text = '';
  for await (const chunk of socket.setEncoding('latin1')) text += chunk;
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

server('it gives the page, with a policy that lets nothing else in or out', async () => {
  const { status, head, body } = await raw('/');
  assert.is(status, 200);
  assert.match(body, '<title>onward</title>');
  const policy = /^content-security-policy: (.*)$/im.exec(head)![1]!;
  assert.match(policy, "default-src 'none'");
  assert.match(policy, "script-src 'self' 'wasm-unsafe-eval';");
  assert.match(policy, "connect-src 'self';");
  assert.not.match(policy, /unsafe-inline|'unsafe-eval'|\*/);
  for (const header of ['X-Content-Type-Options: nosniff', 'Referrer-Policy: no-referrer', 'Cross-Origin-Opener-Policy: same-origin']) assert.match(head, header);
  assert.is((await raw('/?query')).status, 200);
  assert.is((await raw('/', 'HEAD')).body, '');
});

server('only its own files, only by their own addresses, only to be read', async () => {
  for (const address of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/../../package.json', '//etc/passwd', '/assets', '/assets/', '/.', '/\\..\\package.json', '/__proto__', '/constructor', '/fan.csv.gz/', '/index.html%00']) {
    assert.is((await raw(address)).status, 404, address);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) assert.is((await raw('/', method)).status, 405, method);
  assert.is((await raw('/fan.csv.gz', 'HEAD')).status, 200);
});

server('packed where the browser can unpack, and not sent twice', async () => {
  const { head } = await raw('/', 'HEAD', 'Accept-Encoding: gzip\r\n');
  assert.match(head, 'Content-Encoding: gzip');
  const etag = /^etag: (.*)$/im.exec(head)![1]!;
  assert.is((await raw('/', 'GET', `If-None-Match: ${etag}\r\n`)).status, 304);
});

server('a command line that makes no sense is refused, and it ends quietly when told to', async () => {
  const run = async (...args: string[]): Promise<[number | null, string]> => {
    const child = spawn(process.execPath, [CLI, 'serve', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return [code, text];
  };
  const results = await Promise.all([
    run('--connect', "ws://x; script-src 'unsafe-inline'"),
    run('--connect', 'https://example.com'),
    run('--cert', 'x.pem'),
    run('--port', '70000'),
    run('--port', new URL(plain.address).port),
    run('--out', root),
  ]);
  assert.equal(results.map(([code]) => code), [2, 2, 2, 2, 1, 1]);
  assert.match(results[4]![1], '--port 0 takes any free one');
  for (const [, text] of results) assert.is(text.trimEnd().split('\n').length, 1, text);
  const other = await Serving.start(CLI, '--connect', 'ws://localhost:9001');
  assert.match((await fetch(other.address)).headers.get('content-security-policy')!, "connect-src 'self' ws://localhost:9001;");
  assert.is(await other.stop(), 0);
});

server('--out writes all that another server needs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-web-'));
  try {
    const child = spawn(process.execPath, [CLI, 'serve', '--out', join(folder, 'public')], { stdio: 'ignore' });
    assert.is(await new Promise((resolve) => child.on('close', resolve)), 0);
    assert.equal(readdirSync(join(folder, 'public')).sort(), [...readdirSync(PAGE), 'fan.csv.gz'].sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

server('lines for elsewhere name what there is', async () => {
  for (const [lines, loaders] of [[linesFor('motion', { channels: 3, window: 32 }), await import('../host/index.js')], [linesFor('sound', { channels: 1, window: 8000, audio: 8000 }), await import('../host/sound/index.js')]] as const) {
    assert.ok(/const learner = await (\w+)\(/.exec(lines)![1]! in loaders, lines);
  }
  assert.match(linesFor('motion', { channels: 3, window: 32 }), /^npx onward predict onward-motion\.onwp FILE\nnpx onward export FOLDER onward-motion\.onw --board pico\n[^]+x: 96 values$/);
  assert.not.match(linesFor('sound', { channels: 1, window: 8000, audio: 8000 }), 'export'); // no board takes sound from there
  assert.not.match(linesFor('camera', { channels: 3072, window: 1, picture: true }), /^npx onward predict/);
});

server('the page stays within its bytes, has no inline script and brings the licences of what it bundles', () => {
  const budgets: Record<string, number> = JSON.parse(readFileSync(join(root, 'tests/budgets.json'), 'utf8'));
  const counted = files().filter((file) => !RECORDINGS.has(file) && !file.endsWith('.txt'));
  const packed = sum(counted.map((file) => gzipSync(readFileSync(join(PAGE, file)), { level: 9 }).length));
  assert.ok(packed <= budgets['webGzip']!, `all of it, as it is sent: ${packed} bytes, budget ${budgets['webGzip']}`);
  const html = readFileSync(join(PAGE, 'index.html'), 'utf8');
  assert.not.match(html, /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|https?:\/\//);
  for (const file of files().filter((name) => name.endsWith('.js'))) {
    assert.not.match(readFileSync(join(PAGE, file), 'utf8'), /\beval\(|new Function\(|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/, file);
  }
  assert.match(readFileSync(join(PAGE, 'THIRD-PARTY.txt'), 'utf8'), /papaparse[^]*u8-mqtt/);
});

server.run();

// ---------------------------------------------------------------- in a browser

const page = suite('page in Chromium', CHROMIUM);
let browser: Browser;
let serving: Serving;
let contexts: BrowserContext[] = [];

page.before(async () => {
  await buildCli();
  [browser, serving] = await Promise.all([launch(), Serving.start(CLI)]);
});
page.after(async () => {
  await browser.close();
  await serving.stop();
});
page.afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
});

/** Once the page has a network. */
async function visit(options: BrowserContextOptions = {}, address = serving.address): Promise<Visit> {
  const visit = await visitOf(browser, address, options);
  contexts.push(visit.context);
  await visit.tab.waitForSelector('.pad');
  return visit;
}

const text = async (tab: Page, id: string): Promise<string> => (await tab.textContent(`#${id}`)) ?? '';

async function signal(tab: Page, name: string): Promise<void> {
  await tab.locator(`.sources label:has(input[value=${name}])`).click();
}

async function saved(tab: Page): Promise<Buffer> {
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-network')]);
  return readFileSync((await download.path())!);
}

const load = (tab: Page, name: string, bytes: Uint8Array): Promise<void> => tab.setInputFiles('#load-file', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

/** Chooses a file that is made in the browser: megabytes take long to get there. */
async function make(tab: Page, selector: string, name: string, length: number, character: string): Promise<void> {
  await tab.evaluate(([to, title, count, text]) => {
    const made = new DataTransfer();
    made.items.add(new File([(text as string).repeat(count as number)], title as string));
    const chooser = document.querySelector<HTMLInputElement>(to as string)!;
    chooser.files = made.files;
    chooser.dispatchEvent(new Event('change'));
  }, [selector, name, length, character]);
}

/** What the page plays, read here by itself: 65 bytes a stroke. */
function strokes(): { label: string; x: Float32Array }[] {
  const bytes = readFileSync(join(root, 'web/public/gestures.bin'));
  return Array.from({ length: bytes.length / 65 }, (_, i) => ({
    label: String.fromCharCode(bytes[i * 65]!),
    x: Float32Array.from({ length: 64 }, (_, k) => bytes.readInt8(i * 65 + 1 + k) / 100),
  }));
}

const wandLearner = (): Promise<Learner> => createLearner({ window: { axes: 2, samples: 32 }, labels: ['0', '1', '2', '3'], labelCapacity: 12, exemplars: 200 });

/** Steps through strokes and teaches those of two digits with the keyboard, as a person would. */
async function teachTwo(tab: Page, count: number, taught = async (_stroke: number): Promise<void> => {}): Promise<void> {
  for (let i = 0; i < count; i++) {
    await tab.click('#step');
    const due = await tab.getAttribute('.pad.due', 'data-label');
    if (due !== '0' && due !== '1') continue;
    await tab.keyboard.press(String(Number(due) + 1));
    await taught(i);
  }
}

page('two gestures are taught by hand: above 90 %, the same bytes as in Node, nothing asked of anybody else', async () => {
  const { tab, requests, errors } = await visit();
  const all = strokes().slice(0, 120); // 64 in bouts, the rest shuffled
  const expected = await wandLearner();
  let right = 0;
  let taught = 0;
  await teachTwo(tab, all.length, async (stroke) => {
    const { label, x } = all[stroke]!;
    if (expected.seen > 0 && expected.predict(x).label === label) right++; // one that was taught nothing says nothing
    expected.learn(x, label);
    expected.sleep(10 * expected.worthRehearsing); // the key was released
    taught++;
    for (let waited = 0; !Buffer.from(expected.save()).equals(await saved(tab)); waited += 50) {
      assert.ok(waited < 5000, `stroke ${stroke}: the page learned other bytes than Node`);
      await tab.waitForTimeout(50);
    }
  });
  await tab.waitForFunction((said) => document.getElementById('accuracy-about')!.textContent!.includes(said), `of ${taught} samples`);
  const accuracy = parseFloat(await text(tab, 'accuracy'));
  assert.is(accuracy.toFixed(1), ((100 * right) / taught).toFixed(1));
  assert.ok(accuracy > 90, `${accuracy} %`);
  assert.ok(Buffer.from(expected.save()).equals(await saved(tab)), 'the page learned other bytes than Node');
  await tab.screenshot({ path: SCREENSHOT, fullPage: true });
  assert.ok(statSync(SCREENSHOT).size > 20_000);

  const foreign = requests.filter((url) => !url.startsWith(serving.address) && !url.startsWith('blob:'));
  assert.equal(foreign, []);
  assert.equal(errors, []);
});

page('saved, reloaded and loaded: the same bytes each time', async () => {
  const { tab, errors } = await visit();
  await teachTwo(tab, 24);
  await tab.fill('#new-label', 'wave');
  await tab.click('#add button');
  await tab.click('#edit summary');
  await tab.locator('#edit-list input').nth(0).fill('circle');
  await tab.locator('#edit-list input').nth(0).blur();
  const first = await saved(tab);
  assert.equal((await loadLearner(first)).labels, ['circle', '1', '2', '3', 'wave']);

  await tab.waitForFunction(() => !document.getElementById('chip-kept')!.hidden);
  await tab.waitForTimeout(3000); // a save a second: labels are no lessons, so no lesson tells when
  await tab.reload();
  await tab.waitForSelector('.pad');
  assert.match(await text(tab, 'status'), /Goes on where it was: 1\d samples/);
  assert.ok(first.equals(await saved(tab)), 'after the reload');

  await tab.click('#reset');
  await tab.waitForFunction(() => document.getElementById('status')!.textContent!.includes('forgotten'));
  assert.is((await loadLearner(await saved(tab))).seen, 0);
  await load(tab, 'mine.onw', first);
  await tab.waitForFunction(() => document.getElementById('status')!.textContent!.includes('mine.onw'));
  assert.ok(first.equals(await saved(tab)), 'after loading the file');
  assert.equal(errors, []);
});

page('samples: shown, deleted, brought back and kept; the network learns anew from those that stay', async () => {
  const { tab, errors } = await visit();
  await teachTwo(tab, 24);
  const all = strokes().slice(0, 24).filter(({ label }) => label < '2');
  const learned = async (samples: readonly { label: string; x: Float32Array }[]): Promise<Buffer> => {
    const learner = await wandLearner();
    for (const { label, x } of samples) learner.learn(x, label);
    learner.sleep(10 * learner.worthRehearsing);
    return Buffer.from(learner.save());
  };
  const becomes = async (expected: Buffer): Promise<void> => {
    for (let waited = 0; !expected.equals(await saved(tab)); waited += 50) {
      assert.ok(waited < 5000, 'the page learned other bytes than Node');
      await tab.waitForTimeout(50);
    }
  };
  await tab.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), all.length);
  const ones = all.filter(({ label }) => label === '1');
  await tab.click(`[aria-label="Delete sample ${ones.length} of 1"]`);
  await becomes(await learned(all.filter((stroke) => stroke !== ones.at(-1))));
  await tab.click('#undo');
  await becomes(await learned(all));
  await tab.click('#edit summary');
  await tab.click('[aria-label="Forget 0"]');
  await tab.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), ones.length);
  assert.equal((await loadLearner(await saved(tab))).labels, ['3', '1', '2']);
  await tab.click('#undo'); // and saved before the network has learned them again
  const [project] = await Promise.all([tab.waitForEvent('download'), tab.click('#save')]);
  assert.is(decodeProject(readFileSync((await project.path())!)).samples.length, all.length);
  await tab.click('#use summary');
  await tab.waitForFunction(() => document.getElementById('lines')!.textContent !== '');
  assert.is(await tab.textContent('#lines'), linesFor('gestures', { channels: 2, window: 32 }));
  await signal(tab, 'motion'); // it has no network yet
  await tab.waitForSelector('#use', { state: 'hidden' });
  await signal(tab, 'gestures');
  await tab.waitForSelector('#use:visible');
  await tab.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), all.length);
  await becomes(await learned(all));
  const left = all.filter((stroke) => stroke !== all.find(({ label }) => label === '0'));
  await tab.waitForSelector('#chip-kept:visible');
  await tab.waitForSelector('[aria-label="Delete sample 1 of 0"]'); // pictures follow twice a second
  await tab.evaluate(async () => {
    performance.now = () => Infinity; // no time to learn anew in, so the network that is kept is the one from before
    window.requestAnimationFrame = () => 0;
    document.querySelector<HTMLElement>('[aria-label="Delete sample 1 of 0"]')!.click();
    const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open('page gestures lessons'));
    while ((await done(database.transaction('lessons').objectStore('lessons').get(0))) === undefined);
  });
  await tab.reload();
  await tab.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), left.length);
  await becomes(await learned(left));

  // a network of elsewhere knows more than the samples here
  const other = await wandLearner();
  for (const { label, x } of all) other.learn(x, label);
  await load(tab, 'other.onw', other.save());
  await tab.waitForFunction(() => document.getElementById('status')!.textContent!.includes('other.onw'));
  await tab.click('#reset');
  await tab.waitForFunction(() => document.getElementById('status')!.textContent!.includes('forgotten'));
  await tab.evaluate(() => {
    const { prototype } = Int32Array as unknown as { prototype: { set?: unknown } };
    prototype.set = () => { // the next learner is not created
      delete prototype.set;
      throw new RangeError('there is no memory left');
    };
  });
  await tab.click('#undo');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('memory'));
  await tab.click('#undo'); // which can be taken again
  await becomes(Buffer.from(other.save()));
  await tab.click('#settings summary');
  await tab.selectOption('#set-exemplars', { index: 0 });
  await tab.click('#settings-form button');
  await tab.waitForFunction(() => document.getElementById('status')!.textContent!.includes('A new network'));
  await tab.click('#undo');
  await becomes(Buffer.from(other.save()));
  await tab.click('#step');
  await tab.keyboard.press('1');
  await tab.locator('.strip button').first().click();
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('knows more than the samples here'));
  await tab.click('#undo');
  await becomes(await learned([...left, { label: '0', x: strokes()[0]!.x }]));

  // a label is renamed before another network has learned the samples
  const exemplars = await tab.evaluate(() => {
    const chosen = document.querySelector<HTMLSelectElement>('#set-exemplars')!;
    chosen.selectedIndex = 0;
    document.querySelector<HTMLFormElement>('#settings-form')!.requestSubmit();
    const name = document.querySelector<HTMLInputElement>('#edit-list input')!;
    name.value = 'nought';
    name.dispatchEvent(new Event('change'));
    return Number(chosen.value);
  });
  await tab.waitForSelector('[aria-label="Samples of nought, the newest first"]');
  for (let waited = 0; (await loadLearner(await saved(tab))).config.exemplars !== exemplars; waited += 50) {
    assert.ok(waited < 5000, 'the settings were lost');
    await tab.waitForTimeout(50);
  }
  assert.equal(errors, []);
});

page('where nothing is kept, a project, a signal or a language asks before it takes the place of what was taught', async () => {
  const { tab } = await visit();
  await tab.addInitScript(() => delete (IDBFactory.prototype as { open?: unknown }).open); // a private window that has no database
  await tab.reload();
  await tab.waitForSelector('.pad');
  let taught = 0;
  await teachTwo(tab, 8, async () => void taught++);
  const isShown = (count: number): Promise<unknown> => tab.waitForFunction((all) => document.getElementById('samples-count')!.textContent === String(all), count);
  await isShown(taught);
  const nods = await createLearner({ window: { axes: 3, samples: 32 }, labels: ['nod'], labelCapacity: 12 });
  nods.learn(new Float32Array(96), 'nod');
  const project = encodeProject({ signal: 'motion', channels: 3, window: 32, unknownBelow: 0.01, labels: ['nod'], samples: [{ label: 'nod', x: new Float32Array(96) }], snapshot: nods.save() });
  const asked: string[] = [];
  let answer = false;
  tab.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss());
  });
  const question = tab.waitForEvent('dialog');
  await load(tab, 'nods.onwp', project);
  await question;
  await tab.waitForTimeout(300);
  assert.match(asked[0]!, `learned of Wand, ${taught} samples, will be lost`);
  assert.match(asked[0]!, 'Save a project');
  await signal(tab, 'camera');
  await tab.selectOption('#language', 'de');
  await tab.waitForTimeout(300);
  assert.equal(asked, Array(3).fill(asked[0]));
  assert.is(await tab.inputValue('#language'), 'en');
  await isShown(taught);
  assert.ok(await tab.isChecked('input[value=gestures]'));
  answer = true;
  await load(tab, 'nods.onwp', project);
  await isShown(1);
  assert.ok(await tab.isChecked('input[value=motion]'));
  assert.is(asked.length, 4);
  await tab.selectOption('#language', 'de');
  await tab.waitForSelector('html[lang=de]');
  assert.is(asked.length, 4, 'the file has all that would be lost');

  await signal(tab, 'gestures');
  await tab.waitForSelector('.pad');
  /** A real one would have Chromium ask, which ends it where nobody looks. */
  const asksBeforeItGoes = (): Promise<boolean> => tab.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.is(await asksBeforeItGoes(), false);
  await teachTwo(tab, 4);
  assert.is(await asksBeforeItGoes(), true);
  await Promise.all([tab.waitForEvent('download'), tab.click('#save')]);
  assert.is(await asksBeforeItGoes(), false);
});

page('a project is one file: another browser goes on with it, and refuses what is none', async () => {
  const { tab, errors } = await visit();
  await teachTwo(tab, 16);
  const save = async (of: Page): Promise<Buffer> => {
    const [download] = await Promise.all([of.waitForEvent('download'), of.click('#save')]);
    assert.is(download.suggestedFilename(), 'onward-gestures.onwp');
    return readFileSync((await download.path())!);
  };
  const file = await save(tab);
  const project = decodeProject(file);
  const taught = strokes().slice(0, 16).filter(({ label }) => label < '2');
  assert.equal(project.samples.map(({ label, x }) => [label, x.join()]), taught.map(({ label, x }) => [label, x.join()]));
  assert.equal([project.signal, project.channels, project.window, project.unknownBelow], ['gestures', 2, 32, 0.005]);

  const names = ['<img src=x onerror=document.title=1>', '__proto__'];
  const learner = await createLearner({ window: { axes: 2, samples: 32 }, labels: names, labelCapacity: 12 });
  const hostile = encodeProject({ ...project, labels: names, samples: taught.map(({ label, x }) => ({ label: names[Number(label)]!, x })), snapshot: learner.save() });
  const motions = async (window: number, spoil = 0): Promise<Uint8Array> => {
    const nods = await createLearner({ window: { axes: 3, samples: window }, labels: ['nod'], labelCapacity: 12 });
    const samples = [{ label: 'nod', x: new Float32Array(3 * window) }];
    nods.learn(samples[0]!.x, 'nod');
    return encodeProject({ ...project, signal: 'motion', channels: 3, window, labels: ['nod'], samples, snapshot: nods.save().subarray(spoil) });
  };
  const fan = (channels: number): Uint8Array => encodeProject({ ...project, signal: 'fan', channels, window: 50, labels: ['on'], samples: [{ label: 'on', x: new Float32Array(50 * channels) }], snapshot: new Uint8Array(9) });
  const refused = async (of: Page, name: string, bytes: Uint8Array, words: string): Promise<void> => {
    await load(of, name, bytes);
    await of.waitForFunction((why) => document.getElementById('alarm')!.textContent!.includes(why), words);
  };
  const newer = Buffer.from(file);
  newer.writeUInt16LE(2, 4);

  const { tab: second, errors: otherErrors } = await visit();
  await signal(second, 'fan');
  await load(second, 'mine.onwp', file);
  await second.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), taught.length);
  assert.ok(await second.isChecked('input[value=gestures]'));
  assert.ok(file.equals(await save(second)), 'saved again, it is the same file');
  await refused(second, 'newer.onwp', newer, 'version 2');
  await refused(second, 'cut.onwp', file.subarray(0, 200), 'cut off');
  await refused(second, 'constructor.onwp', encodeProject({ ...project, signal: 'constructor' }), 'does not know');
  await refused(second, 'fifty.onwp', await motions(50), '50 moments of 3 values');
  await refused(second, 'strange.onwp', encodeProject({ ...project, labels: [...project.labels, 'x'], samples: [{ ...project.samples[0]!, label: 'x' }] }), 'of 64 values for x');
  const strange = decodeProject(await motions(32));
  await refused(second, 'stranger.onwp', encodeProject({ ...strange, labels: ['nod', 'x'], samples: [{ ...strange.samples[0]!, label: 'x' }] }), 'of 96 values for x');
  await refused(second, 'fan.onwp', fan(7), '50 moments of 7 values, which this page does not offer for fan');
  await refused(second, 'csv.onwp', encodeProject({ ...project, signal: 'csv' }), 'open that first');
  assert.ok(await second.isChecked('input[value=gestures]'));
  assert.ok(file.equals(await save(second)), 'and what was there stays');

  await second.evaluate(() => (document.getElementById('alarm')!.textContent = ''));
  await load(second, 'late.onwp', fan(3)); // another signal is chosen before it is open
  await second.waitForFunction(() => {
    if (document.querySelector<HTMLInputElement>('input[value=fan]')!.checked) document.querySelector<HTMLInputElement>('input[value=motion]')!.click();
    return document.querySelector<HTMLInputElement>('input[value=motion]')!.checked;
  });
  assert.ok(await second.isDisabled('#start-anew'));
  await signal(second, 'gestures');
  await second.waitForFunction((count) => document.getElementById('samples-count')!.textContent === String(count), taught.length);
  assert.is(await text(second, 'alarm'), '');
  assert.ok(file.equals(await save(second)));
  await load(second, 'again.onwp', file);
  await second.waitForFunction(() => document.getElementById('status')!.textContent!.includes('again.onwp'));
  await second.click('#edit summary');
  await second.locator('#edit-list input').nth(0).fill('nought');
  await second.locator('#edit-list input').nth(0).blur();
  await second.waitForSelector('.pad[data-label=nought]');
  await second.click('#undo'); // what was there before is called what it was called
  assert.equal(decodeProject(await save(second)).samples.map(({ label }) => label), taught.map(({ label }) => label));
  await load(second, 'names.onwp', hostile);
  await second.waitForSelector('.pad[data-label=__proto__]');
  await second.waitForSelector('[aria-label="Samples of __proto__, the newest first"]');
  assert.equal(await second.locator('.strips h3 span').allTextContents(), names);
  assert.is(await second.title(), 'onward');
  await load(second, 'nod.onwp', await motions(32)); // before the sensor says anything
  await second.waitForSelector('.pad[data-label=nod]');
  assert.match(await text(second, 'about'), 'Press Connect to go on with this project');
  await refused(second, 'long.onwp', await motions(64, 1), 'a new one has learned its samples'); // another window, and a network that is no snapshot
  assert.is(await second.inputValue('#live-window'), '64');
  const again = await loadLearner(await saved(second));
  assert.equal([again.seen, again.inputs], [1, 192]);
  assert.equal([...errors, ...otherErrors], []);
});

page('a held button teaches what ends while it is held, and a second tab is told that the first one keeps the network', async () => {
  const { tab, context } = await visit();
  await tab.click('#play');
  await tab.keyboard.down('3');
  assert.is(await tab.getAttribute('.pad:nth-child(3)', 'aria-pressed'), 'true');
  await tab.waitForFunction(() => /of ([2-9]|\d\d+) samples/.test(document.getElementById('accuracy-about')!.textContent!));
  assert.is(await tab.getAttribute('.pad:nth-child(3)', 'aria-pressed'), 'true');
  await tab.keyboard.up('3');
  assert.is(await tab.getAttribute('.pad:nth-child(3)', 'aria-pressed'), 'false');
  const box = (await tab.locator('.pad').nth(1).boundingBox())!;
  await tab.mouse.move(box.x + 20, box.y + 20);
  await tab.mouse.down();
  assert.is(await tab.getAttribute('.pad:nth-child(2)', 'aria-pressed'), 'true');
  await tab.mouse.move(5, 5); // slid off, still held
  assert.is(await tab.getAttribute('.pad:nth-child(2)', 'aria-pressed'), 'true');
  await tab.mouse.up();
  assert.is(await tab.getAttribute('.pad:nth-child(2)', 'aria-pressed'), 'false');
  await tab.click('#play');

  const second = await context.newPage();
  await second.goto(serving.address);
  await second.waitForSelector('.pad');
  await second.waitForFunction(() => document.getElementById('status')!.textContent!.includes('another page has it open'));
});

page('the fan: the accuracy of the README, and the bytes of Node', async () => {
  const { tab, errors } = await visit();
  await signal(tab, 'fan');
  await tab.waitForFunction(() => document.querySelectorAll('.pad').length === 3);
  await tab.selectOption('#speed', 'Infinity');
  await tab.click('#play');
  await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('3,060 samples'));
  const { fanWindows, WINDOW } = await import('../cli/fan.js');
  const { labels, windows } = await fanWindows(1);
  const learner = await createLearner({ window: WINDOW, labels, labelCapacity: 12 });
  for (const { x, y } of windows) learner.learn(x, y!);
  assert.ok(Buffer.from(learner.save()).equals(await saved(tab)), 'the page learned other bytes than Node');
  assert.ok(parseFloat(await text(tab, 'accuracy')) > 92, await text(tab, 'accuracy'));
  assert.equal(errors, []);
});

page('a CSV of the visitor, in windows and in rows; a file that is dropped', async () => {
  const { tab, errors } = await visit();
  await signal(tab, 'csv');
  const lines = ['a,b,state', ...Array.from({ length: 1280 }, (_, i) => `${Math.sin(i * (i % 256 < 128 ? 0.9 : 0.3))},${i % 7},${i % 256 < 128 ? 'fast' : 'slow'}`)];
  await tab.setInputFiles('#csv-file', { name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await tab.waitForSelector('#csv-form button:enabled');
  assert.match(await text(tab, 'about'), '1,280 rows, 2 columns');
  await tab.selectOption('#csv-window', '32');
  await tab.click('#csv-form button');
  await tab.waitForSelector('.pad[data-label=slow]');
  await tab.selectOption('#speed', 'Infinity');
  await tab.click('#play');
  await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 40 samples'));
  assert.ok(parseFloat(await text(tab, 'accuracy')) > 80, await text(tab, 'accuracy'));

  await tab.selectOption('#csv-window', '1');
  await tab.selectOption('#csv-label', 'state');
  await tab.click('#csv-form button');
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('1280 samples'));
  await tab.click('#step');
  assert.match(await text(tab, 'shape'), /^2 values/);

  await signal(tab, 'gestures');
  const transfer = await tab.evaluateHandle((csv) => {
    const data = new DataTransfer();
    data.items.add(new File([csv], 'dropped.csv'));
    return data;
  }, lines.join('\n'));
  await tab.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('dropped.csv: 1,280 rows'));
  assert.equal(errors, []);
});

page('hostile snapshots and tables are refused in words, and what was learned stays', async () => {
  const { tab, errors } = await visit();
  await teachTwo(tab, 8);
  const good = await saved(tab);
  const flipped = Buffer.from(good);
  flipped[200]! ^= 1;
  const other = await createLearner({ inputs: 5, labels: ['a', 'b'] });
  const refused: [string, Uint8Array, RegExp][] = [
    ['noise', Uint8Array.from({ length: 999 }, (_, i) => i * 31), /not a snapshot/],
    ['empty', new Uint8Array(0), /not a snapshot/],
    ['cut', good.subarray(0, 300), /cut off/],
    ['flipped', flipped, /checksum/],
    ['of another signal', other.save(), /does not fit/],
  ];
  for (const [name, bytes, reason] of refused) {
    await load(tab, `${name}.onw`, bytes);
    await tab.waitForFunction((source) => new RegExp(source).test(document.getElementById('alarm')!.textContent!), reason.source);
    assert.ok(good.equals(await saved(tab)), name);
  }

  await make(tab, '#load-file', 'huge.onw', 17 << 20, '\0');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('18 MB'));

  // a good snapshot with names that would like to be markup
  const names = ['<img src=x onerror=document.title=1>', '__proto__', 'constructor', 'toString'];
  const learner = await createLearner({ window: { axes: 2, samples: 32 }, labels: names, labelCapacity: 12 });
  for (const [i, { x }] of strokes().slice(0, 40).entries()) learner.learn(x, names[i % 4]!);
  await load(tab, 'names.onw', learner.save());
  await tab.waitForSelector('.pad[data-label=__proto__]');
  await tab.click('#step');
  await tab.keyboard.press('2');
  assert.equal(await tab.locator('.pad b').allTextContents(), names);
  assert.is(await tab.locator('main img').count(), 0);
  assert.is(await tab.title(), 'onward');

  await signal(tab, 'csv');
  const tables: [string, Buffer, RegExp][] = [
    ['a bomb', gzipSync(Buffer.alloc(40 << 20, '1,2,a\n')), /million/],
    ['binary', Buffer.alloc(4000), /not a text file/],
    ['nothing', Buffer.alloc(0), /empty/],
    ['an open quote', Buffer.from('a,b\n1,"2\n3,4\n'), /quote/],
    ['text', Buffer.from('hello\nworld\n'), /./],
    ['damaged gzip', gzipSync(Buffer.alloc(9999, '1,2,a\n')).subarray(0, 40), /gzip/],
  ];
  for (const [name, buffer, reason] of tables) {
    await tab.setInputFiles('#csv-file', { name: `${name}.csv`, mimeType: 'text/csv', buffer });
    await tab.waitForFunction((source) => new RegExp(source).test(document.getElementById('alarm')!.textContent!), reason.source, { timeout: 15_000 });
  }
  await make(tab, '#csv-file', 'cells.csv', 5 << 20, ',');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('million cells'));
  await make(tab, '#csv-file', 'large.csv', 33 << 20, ' ');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('large.csv has 35 MB'));
  await tab.setInputFiles('#csv-file', { name: 'proto.csv', mimeType: 'text/csv', buffer: Buffer.from(`__proto__,constructor,y\n${'1,2,__proto__\n2,1,toString\n'.repeat(9)}`) });
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('proto.csv'));
  await tab.click('#csv-form button');
  await tab.waitForSelector('.pad[data-label=__proto__]');
  await tab.selectOption('#speed', 'Infinity');
  await tab.click('#play');
  await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 18 samples'));
  assert.equal(await tab.evaluate(() => [Object.keys(Object.prototype), ({} as { y?: unknown }).y]), [[], undefined]);
  assert.equal(errors, []);
});

page('without a server it opens again, plays and goes on; the first visit stays within its bytes', async () => {
  const own = await Serving.start(CLI);
  const { tab, requests } = await visit({}, own.address);
  await tab.waitForFunction(() => !document.getElementById('chip-offline')!.hidden);
  const budgets: Record<string, number> = JSON.parse(readFileSync(join(root, 'tests/budgets.json'), 'utf8'));
  const asked = new Set(requests.map((url) => new URL(url).pathname.slice(1) || 'index.html'));
  const transferred = sum([...asked].filter((file) => !RECORDINGS.has(file)).map((file) => gzipSync(readFileSync(join(PAGE, file)), { level: 9 }).length));
  assert.ok(asked.size > 6, [...asked].join());
  assert.ok(transferred <= budgets['webVisitGzip']!, `${transferred} bytes, budget ${budgets['webVisitGzip']}: ${[...asked].join()}`);
  assert.is(await tab.evaluate(async () => {
    const { installing } = await navigator.serviceWorker.register('./sw.js'); // as an older page asked for it
    await new Promise((resolve) => (installing!.onstatechange = () => /activated|redundant/.test(installing!.state) && resolve(0)));
    return installing!.state;
  }), 'activated');
  await teachTwo(tab, 12);
  await tab.waitForSelector('#chip-kept:visible');
  const before = await saved(tab);
  assert.is(await own.stop(), 0);

  await tab.reload();
  await tab.waitForSelector('.pad');
  assert.ok(before.equals(await saved(tab)));
  await teachTwo(tab, 8);
  assert.match(await text(tab, 'accuracy-about'), /of [4-8] samples/);
  await signal(tab, 'fan');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('offline'));
});

page('a language that cannot be fetched is no empty page', async () => {
  const { tab, context } = await visit({ serviceWorkers: 'block' });
  await context.route('**/assets/de-*', (route) => route.abort());
  await tab.selectOption('#language', 'de');
  await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('go online once'));
  assert.equal([await tab.getAttribute('html', 'lang'), await tab.inputValue('#language')], ['en', 'en']);
  await tab.evaluate(() => localStorage.setItem('onward language', 'de'));
  await tab.reload();
  await tab.waitForSelector('.pad');
  assert.is(await tab.getAttribute('html', 'lang'), 'en');
});

page('in German: it teaches and answers, axe finds nothing at 320 px, and a switch is remembered', async () => {
  const { tab, requests, errors } = await visit({ locale: 'de-CH', viewport: { width: 320, height: 700 } });
  const fetched = (tag: string): boolean => requests.some((url) => new RegExp(`assets/${tag}-`).test(url));
  assert.equal([fetched('de'), fetched('en')], [true, false]);
  assert.is(await tab.getAttribute('html', 'lang'), 'de');
  await teachTwo(tab, 16);
  await tab.waitForFunction(() => document.getElementById('says')!.textContent!.startsWith('Das Netz sagt') && /^[01]$/.test(document.getElementById('answer')!.textContent!));
  await tab.waitForFunction(() => /^von \d+ Beispielen/.test(document.getElementById('accuracy-about')!.textContent!));
  assert.match(await text(tab, 'accuracy'), /,\d\u00a0%|^\d+\u00a0%/);
  await tab.waitForSelector('[aria-label="Beispiele für 0, das neueste zuerst"]');
  await tab.click('#edit summary');
  await tab.click('#settings summary');
  await tab.check('#watch');
  await tab.waitForFunction(() => document.getElementById('watch-says')!.textContent === 'Lernt, was üblich ist: noch 32 Momente.');
  await tab.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  for (const name of ['gestures', 'camera', 'bluetooth', 'csv', 'mqtt']) {
    await signal(tab, name);
    const { violations } = await tab.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run());
    assert.equal(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]!.html}`), []);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name}: ${wide} px too wide`);
  }
  await tab.selectOption('#language', 'en');
  await tab.waitForSelector('html[lang=en]');
  await tab.reload();
  await tab.waitForFunction(() => document.querySelector('#save')!.textContent === 'Save a project');
  assert.equal(errors, []);
});

page('nothing for axe to find, on a desk and on a phone, by day and by night', async () => {
  const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true }] as const) {
    const { tab } = await visit(options);
    await teachTwo(tab, 8);
    await tab.click('#edit summary');
    await tab.click('#settings summary');
    await tab.evaluate(axe);
    for (const name of ['gestures', 'sound', 'bluetooth', 'csv', 'mqtt']) {
      await signal(tab, name);
      await load(tab, 'bad.onw', new Uint8Array(9)); // the alarm is seen too
      if (await tab.isVisible('#use summary')) {
        await tab.click('#use summary');
        await tab.click('#dreams summary');
        await tab.check('#trial');
        await tab.waitForSelector('#actions input');
        await tab.waitForSelector('#dream-strips svg');
      }
      const { violations } = await tab.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run());
      assert.equal(violations.map(({ id, nodes }) => `${name} ${options.colorScheme}: ${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`), []);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name}: ${wide} px too wide`);
    }
  }
});

page('an answer that stands is said aloud where that is asked for, and not before', async () => {
  const { tab, errors } = await visit();
  await tab.evaluate(() => { // a browser without a screen has no voices
    const said: string[] = ((globalThis as unknown as { said: string[] }).said = []);
    speechSynthesis.speak = ({ text, lang }) => void said.push(`${lang} ${text}`);
  });
  const said = (): Promise<string[]> => tab.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  await teachTwo(tab, 8);
  await tab.waitForTimeout(1000);
  assert.equal(await said(), []);
  await tab.click('#use summary');
  await tab.check('#aloud');
  for (let k = 0; k < 20 && (await said()).length === 0; k++) {
    await tab.click('#step');
    await tab.waitForTimeout(1000);
  }
  assert.is((await said())[0], `en ${await text(tab, 'answer')}`);
  assert.equal(errors, []);
});

page('a phone in the hand: windows begin when the button is pressed, and overlap', async () => {
  const { tab, errors } = await visit(PHONE);
  await signal(tab, 'motion');
  await tab.click('#live-form button[type=submit]');
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('waiting for the sensor'));
  /** Moments of shaking or of rest, as the browser would tell them. */
  const move = (count: number, swing: number): Promise<void> =>
    tab.evaluate(([n, far]) => {
      for (let i = 0; i < n!; i++) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: far! * Math.sin(i * 1.3), y: 0.1 * Math.sin(i), z: 9.8 } }));
    }, [count, swing]);
  await move(1, 0);
  await tab.waitForFunction(() => document.getElementById('shape')!.textContent!.startsWith('32 × 3'));
  await tab.click('#edit summary');
  for (const [i, name] of ['shake', 'still'].entries()) {
    await tab.locator('#edit-list input').nth(i).fill(name);
    await tab.locator('#edit-list input').nth(i).blur();
    await tab.waitForSelector(`.pad[data-label=${name}]`);
  }
  await tab.locator('h1').click();
  for (let round = 0; round < 4; round++) {
    for (const [key, swing] of [['1', 8], ['2', 0.1]] as const) {
      await move(10, 3);
      await tab.keyboard.down(key);
      await move(32 * 3, swing);
      await tab.keyboard.up(key);
    }
  }
  await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 16 samples'));
  assert.ok(parseFloat(await text(tab, 'accuracy')) > 80, await text(tab, 'accuracy'));
  await move(64, 8);
  await tab.waitForFunction(() => document.getElementById('answer')!.textContent === 'shake');
  assert.equal(errors, []);
});

page('watching a phone: a calm one is as usual, a blow is an alarm', async () => {
  const { tab, errors } = await visit(PHONE);
  await signal(tab, 'motion');
  await tab.click('#live-form button[type=submit]');
  await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('waiting for the sensor'));
  const feel = (count: number, blow: number): Promise<void> =>
    tab.evaluate(([n, more]) => {
      for (let i = 0; i < n!; i++) dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: { x: 0.1 * Math.sin(i * 1.7), y: 0.1 * Math.cos(i * 2.9), z: 9.8 + 0.1 * Math.sin(i * i) + more! } }));
    }, [count, blow]);
  const says = (start: string): Promise<unknown> => tab.waitForFunction((text) => document.getElementById('watch-says')!.textContent!.startsWith(text), start);
  await feel(1, 0);
  await tab.waitForFunction(() => document.getElementById('shape')!.textContent!.startsWith('32 × 3'));
  await tab.check('#watch');
  await says('It learns what is usual: 32 more moments.');
  await feel(400, 0);
  await says('All as usual. No alarm so far.');
  await feel(1, 80);
  await says('Unusual: a level, channel 3. Alarm 1.');
  assert.match(await text(tab, 'status'), 'Unusual: a level, channel 3.');
  assert.is(await tab.evaluate(() => document.getElementById('score')!.clientWidth > 200), true);
  await feel(100, 0);
  await says('All as usual. One alarm so far.');
  await tab.uncheck('#watch');
  await tab.waitForFunction(() => document.getElementById('watch-says')!.textContent === '');
  assert.ok(await tab.isHidden('#score'));
  assert.equal(errors, []);
});

page('a board on a serial port: frames in, damaged ones left out, its labels teach', async () => {
  const { tab, errors } = await visit();
  const bytes = Array.from({ length: 60 }, (_, i) => [...sampleFrame(i, [i % 2, Math.sin(i), 3], i % 2)]).flat();
  bytes.splice(40, 1); // a byte is lost
  await tab.evaluate((wire) => {
    const port = {
      open: async () => {},
      close: async () => {},
      writable: new WritableStream(),
      readable: new ReadableStream({
        async start(controller) {
          for (let at = 0; at < wire.length; at += 50) {
            controller.enqueue(Uint8Array.from(wire.slice(at, at + 50)));
            await new Promise((resolve) => setTimeout(resolve, at === 0 ? 300 : 5));
          }
        },
      }),
    };
    Object.defineProperty(navigator, 'serial', { value: { requestPort: async () => port } });
  }, bytes);
  await signal(tab, 'serial');
  await tab.selectOption('#live-window', '1');
  await tab.check('#teacher');
  await tab.click('#live-form button[type=submit]');
  await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 59 samples'));
  assert.match(await text(tab, 'about'), '1 damaged');
  assert.equal((await tab.locator('.pad b').allTextContents()).sort(), ['label 0', 'label 1']);
  await tab.click('#disconnect');
  assert.equal(errors, []);
});

page('the library, as it is packed, learns the bytes of Node in a browser', async () => {
  const context = await browser.newContext();
  contexts.push(context);
  await context.route('http://library.test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<title>library</title>' });
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(root, 'dist', pathname.slice(1))) });
  });
  const tab = await context.newPage();
  await tab.goto('http://library.test/');
  const learned = await tab.evaluate(async (entry) => {
    const { createLearner: create } = (await import(entry)) as typeof import('../host/index.js');
    const learner = await create({ inputs: 3, labels: ['a', 'b'], exemplars: 20, seed: 7 });
    for (let i = 0; i < 300; i++) learner.learn([i % 2, Math.fround(i / 7), 1], i % 2 ? 'a' : 'b');
    return [...learner.save()];
  }, 'http://library.test/index.js');
  const learner = await createLearner({ inputs: 3, labels: ['a', 'b'], exemplars: 20, seed: 7 });
  for (let i = 0; i < 300; i++) learner.learn([i % 2, Math.fround(i / 7), 1], i % 2 ? 'a' : 'b');
  assert.equal(learned, [...learner.save()]);
});

page.run();

// ---------------------------------------------------------------- with a broker

const mqtt = suite('page and a broker', CHROMIUM, ...MOSQUITTO);

mqtt('samples over a WebSocket teach; a broker that goes away is waited for; the policy stops any other', async () => {
  await buildCli();
  const webSocketPort = await freePort();
  const broker = await Broker.start(() => ['allow_anonymous true', `listener ${webSocketPort} 127.0.0.1`, 'protocol websockets']);
  const address = `ws://127.0.0.1:${webSocketPort}`;
  const allowed = await Serving.start(CLI, '--connect', address);
  browser = await launch();
  try {
    const { tab, errors } = await visit({}, allowed.address);
    await signal(tab, 'mqtt');
    await tab.fill('#mqtt-topic', 'plant/+');
    await tab.check('#teacher');

    await tab.fill('#mqtt-address', 'ws://127.0.0.1:1');
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction(() => document.getElementById('alarm')!.textContent!.includes('--connect ws://127.0.0.1:1'));
    errors.length = 0; // the browser says it too

    await tab.fill('#mqtt-address', address);
    await tab.click('#live-form button[type=submit]');
    await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('subscribed'));
    const sample = (i: number): string => JSON.stringify({ temp: i % 2 ? 21 + (i % 5) / 9 : 48, vibration: i % 2 ? 0.3 : 2.5 + (i % 3) / 9, y: i % 2 ? 'ok' : 'hot' });
    broker.publish('plant/pump', [sample(0)]); // tells what a sample looks like
    for (const hostile of ['{"__proto__":{"polluted":1}}', '['.repeat(60_000), 'no', '{"temp":"x","vibration":1}']) broker.publishBytes('plant/pump', hostile);
    broker.publish('plant/pump', Array.from({ length: 60 }, (_, i) => sample(i)));
    await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 61 samples'));
    assert.ok(parseFloat(await text(tab, 'accuracy')) > 90, await text(tab, 'accuracy'));
    assert.match(await text(tab, 'about'), '4 refused'); // of __proto__ nothing is read: a sample with none of the fields
    assert.is(await tab.evaluate(() => ({} as { polluted?: unknown }).polluted), undefined);

    await broker.kill();
    await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('trying again'));
    await tab.waitForTimeout(3000); // it is away for longer than one try
    await broker.run();
    await tab.waitForFunction(() => document.getElementById('about')!.textContent!.includes('subscribed'), null, { timeout: 15_000 });
    broker.publish('plant/pump', [sample(1), sample(2)]);
    await tab.waitForFunction(() => document.getElementById('accuracy-about')!.textContent!.includes('of 63 samples'));
  } finally {
    await browser.close();
    await allowed.stop();
    await broker.stop();
  }
});

mqtt.run();
