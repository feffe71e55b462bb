// `onward serve --lan`: its certificate, its QR code, what it carries; and a phone that goes on with what a laptop has learned, both in Chromium.

import { spawn, type ChildProcess } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import jsQR from 'jsqr';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { selfSigned } from '../cli/certificate.js';
import { loadLearner } from '../host/index.js';
import { encodeProject } from '../host/project.js';
import { CLI, buildCli, runCommand } from './command.js';
import { CHROMIUM, launch } from './page.js';
import { assert, suite } from './suite.js';

const read = jsQR as unknown as typeof jsQR.default; // CommonJS

// ---------------------------------------------------------------- the certificate

const certificate = suite('a certificate of its own');

certificate('it is for the names that were asked for, and signed by itself; times before and after 2050 are read', () => {
  const now = Date.UTC(2030, 0, 2, 3, 4, 5);
  const made = new X509Certificate(selfSigned(['localhost', 'desk.local', '192.168.178.20'], now).cert);
  assert.ok(made.verify(made.publicKey));
  assert.equal([made.checkHost('localhost'), made.checkHost('desk.local'), made.checkIP('192.168.178.20'), made.checkIP('192.168.178.21')], ['localhost', 'desk.local', '192.168.178.20', undefined]);
  assert.equal([made.validFrom, made.validTo, made.ca], ['Jan  1 03:04:05 2030 GMT', 'Feb  1 03:04:05 2030 GMT', false]);
  assert.is(new X509Certificate(selfSigned(['x'], Date.UTC(2049, 11, 20)).cert).validTo, 'Jan 19 00:00:00 2050 GMT');
  for (let i = 0; i < 50; i++) assert.match(new X509Certificate(selfSigned(['x']).cert).serialNumber, /^[4-7][0-9A-F]{31}$/);
});

certificate.run();

// ---------------------------------------------------------------- the server

interface Lan {
  address: string;
  told: string;
  child: ChildProcess;
}

/** As on a laptop; here only this machine reaches it. */
async function serveLan(...args: string[]): Promise<Lan> {
  const child = spawn(process.execPath, [CLI, 'serve', '--lan', '--host', '127.0.0.1', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [address, told] = ['', ''];
  child.stdout.on('data', (text) => (address += text));
  child.stderr.on('data', (text) => (told += text));
  while (!/SHA-256 .*\n.*\n.*\n$/.test(told) || !address.endsWith('\n')) {
    assert.is(child.exitCode, null, told);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { address: address.trim(), told, child };
}

async function stop({ child }: Pick<Lan, 'child'>): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  assert.is((await gone)[0], 0);
}

const server = suite('onward serve --lan');
let lan: Lan;
const folder = mkdtempSync(join(tmpdir(), 'onward-lan-'));

server.before(async () => {
  await buildCli();
  lan = await serveLan();
});
server.after(async () => {
  rmSync(folder, { recursive: true });
  await stop(lan);
});

/** Status and text of the answer. */
function ask(method: string, path: string, body?: Buffer, headers: Record<string, string> = {}): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, lan.address), { method, headers, rejectUnauthorized: false }, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('latin1')) text += part;
      resolve([response.statusCode!, text]);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

server('the code in the terminal is the address; the certificate is the one whose fingerprint stands there', async () => {
  const code = lan.told.split('\n').filter((line) => /^[ ▀▄█]+$/.test(line) && line.length > 20);
  const points = code.flatMap((line) => ['▀█', '▄█'].map((dark) => Array.from(line, (character) => dark.includes(character))));
  const [rows, columns, scale] = [points.length, points[0]!.length, 4];
  const pixels = new Uint8ClampedArray(4 * rows * columns * scale * scale).map((_, i) => (i % 4 === 3 ? 255 : points[Math.floor(i / 4 / (columns * scale) / scale)]![Math.floor(((i / 4) % (columns * scale)) / scale)] ? 0 : 255));
  assert.is(read(pixels, columns * scale, rows * scale)?.data, lan.address);

  const { hostname, port } = new URL(lan.address);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerX509Certificate()!;
  socket.destroy();
  assert.ok(lan.told.replace(/\n/g, '').includes(fingerprint256.replace(/(?<=^.{47}):/, '')), lan.told);
});

server('it carries projects by names that are hard to guess, and nothing else', async () => {
  const project = Buffer.from('ONWP and so on');
  const [one, other] = ['0123456789abcdef'.repeat(2), 'f'.repeat(32)];
  assert.equal(await ask('PUT', `/handover/${one}`, project), [204, '']);
  assert.equal(await ask('GET', `/handover/${one}`), [200, 'ONWP and so on']);
  assert.is((await ask('PUT', `/handover/${one}`, project))[0], 409);
  assert.is((await ask('GET', `/handover/${other}`))[0], 404);
  assert.is((await ask('PUT', `/handover/${other}`, Buffer.from('something else')))[0], 415);
  assert.is((await ask('PUT', `/handover/${other}`))[0], 413);
  assert.is((await ask('PUT', `/handover/${other}`, undefined, { 'content-length': String(1 << 30), expect: '100-continue' }))[0], 413);
  for (const method of ['POST', 'DELETE', 'OPTIONS']) assert.is((await ask(method, `/handover/${other}`))[0], 405, method);
  assert.is((await ask('GET', '/handover/'))[0], 204); // how a page knows that it is carried
  for (const path of [`/handover/${one}0`, '/handover/__proto__', `/handover/${one}/../x`]) assert.is((await ask('GET', path))[0], 404, path);
  assert.is((await ask('PUT', '/index.html', project))[0], 405);
  const half = Buffer.alloc(40 << 20, project);
  const names = ['a', 'b'].map((digit) => digit.repeat(32));
  for (const name of names) assert.is((await ask('PUT', `/handover/${name}`, half))[0], 204);
  assert.equal(await Promise.all([one, ...names].map(async (name) => (await ask('GET', `/handover/${name}`))[0])), [404, 404, 200]);
});

server('what no phone could use is refused; with a certificate of one\'s own its name stands there', async () => {
  for (const [args, why] of [[['--lan', '--connect', 'ws://192.168.1.9:9001'], /ws:\/\/192\.168\.1\.9:9001: from a page of https.* wss:/], [['--lan', '--out', folder], /--out serves nothing/]] as const) {
    const { code, err } = await runCommand(['serve', ...args]);
    assert.is(code, 2, err);
    assert.match(err, why);
  }
  const { cert, key } = selfSigned(['desk.example.org']);
  for (const [name, pem] of [['cert', cert], ['key', key]] as const) writeFileSync(join(folder, name), pem);
  const child = spawn(process.execPath, [CLI, 'serve', '--lan', '--port', '0', '--cert', join(folder, 'cert'), '--key', join(folder, 'key'), '--connect', 'ws://localhost:9001'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [[address]] = await Promise.all([once(child.stdout, 'data'), once(child.stderr, 'data')]) as [[Buffer], [Buffer]];
  assert.match(String(address), /^https:\/\/desk\.example\.org:\d+\/\n$/);
  await stop({ child });
  // listening to this machine alone, another name would not reach it
  const alone = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--cert', join(folder, 'cert'), '--key', join(folder, 'key')], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [here] = await once(alone.stdout, 'data') as [Buffer];
  assert.match(String(here), /^https:\/\/127\.0\.0\.1:\d+\/\n$/);
  await stop({ child: alone });
});

server.run();

// ---------------------------------------------------------------- in a browser

const page = suite('a phone joins', CHROMIUM);
let browser: Browser;

page.before(async () => {
  await buildCli();
  [browser, lan] = await Promise.all([launch('--host-resolver-rules=MAP laptop.test 127.0.0.1'), serveLan()]);
});
page.after(async () => {
  await browser.close();
  await stop(lan);
});

async function visit(address: string, options: BrowserContextOptions = {}): Promise<{ tab: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(20_000);
  await context.addInitScript('globalThis.__name = (named) => named');
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on('pageerror', ({ message }) => errors.push(message));
  await tab.goto(address);
  await tab.waitForSelector('.pad');
  return { tab, errors };
}

const alarm = (tab: Page, words: string): Promise<unknown> => tab.waitForFunction((why) => document.getElementById('alarm')!.textContent!.includes(why), words);
const samples = (tab: Page, count: number): Promise<unknown> => tab.waitForFunction((all) => document.getElementById('samples-count')!.textContent === String(all), count);

async function teach(tab: Page, label: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await tab.click('#step');
    await tab.keyboard.press(label);
  }
}

async function network(tab: Page): Promise<Buffer> {
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-network')]);
  return readFileSync((await download.path())!);
}

/** Samples and labels: the same samples learned anew are rehearsed at other moments, and give other bytes. */
async function known(tab: Page): Promise<[number, readonly string[]]> {
  const learner = await loadLearner(await network(tab));
  return [learner.seen, learner.labels];
}

/** The link in the code that the page shows. */
async function link(tab: Page): Promise<string | undefined> {
  const { data, width } = await tab.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#phone-code')!;
    const { data: pixels } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return { data: Array.from(pixels), width: canvas.width };
  });
  return read(Uint8ClampedArray.from(data), width, width)?.data;
}

page('it opens the link in the code, and goes on with what the laptop has learned; what it knew before comes back by Undo', async () => {
  const address = lan.address.replace('127.0.0.1', 'laptop.test');
  const { tab: laptop, errors } = await visit(address);
  await laptop.click('#phone');
  await laptop.waitForSelector('#phone-card:visible');
  assert.is(await link(laptop), address);
  assert.match((await laptop.textContent('#phone-about'))!, 'Nothing was taught here yet');
  await laptop.click('#phone-close');
  await teach(laptop, '1', 3);
  await teach(laptop, '2', 3);
  await samples(laptop, 6);
  await laptop.locator('#phone').focus();
  await laptop.keyboard.press('Enter');
  await laptop.waitForFunction(() => document.getElementById('phone-about')!.textContent!.includes('6 samples of Wand'));
  const code = await link(laptop);
  assert.is(code, await laptop.getAttribute('#phone-link', 'href'));
  assert.match(code!, /#from=[0-9a-f]{32}$/);
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  const found = async (tab: Page): Promise<string[]> => {
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run());
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
  };
  assert.equal(await found(laptop), []);

  const small = { colorScheme: 'dark', viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true } as const;
  const { tab: phone, errors: otherErrors } = await visit(address, small);
  await teach(phone, '3', 2);
  await samples(phone, 2);
  await phone.waitForTimeout(1000); // they are written a moment later
  await phone.goto('about:blank');
  await phone.goto(code!);
  await phone.waitForSelector('#brought-open:visible');
  assert.match((await phone.textContent('#brought-about'))!, '6 samples, Wand');
  await phone.click('#phone'); // nothing is lost by showing it to a third
  await phone.waitForSelector('#phone-card:visible');
  assert.equal(await found(phone), []);
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await phone.click('#phone-close');
  const own = await known(phone);
  await phone.click('#brought-open');
  await phone.waitForFunction(() => document.body.innerText.includes('From the other device: 6 samples learned'));
  await samples(phone, 6);
  assert.ok((await network(laptop)).equals(await network(phone)), 'the phone has another network than the laptop');
  assert.is(new URL(phone.url()).hash, '');
  await phone.click('#undo');
  await phone.waitForFunction(() => document.body.innerText.includes('2 samples are back'));
  assert.equal(await known(phone), own);
  assert.equal([...errors, ...otherErrors], []);
});

page('links that bring nothing, or no project: a sentence, and nothing changes; by a name of this machine alone no phone joins', async () => {
  const address = lan.address.replace('127.0.0.1', 'laptop.test');
  const learner = encodeProject({ signal: 'wand', channels: 2, window: 32, unknownBelow: 0, labels: ['<img src=x onerror=document.title=1>'], samples: [], snapshot: new Uint8Array(8) });
  const hostile: [string, Buffer][] = [['cut off', Buffer.from(learner.subarray(0, 60))], ['does not know', Buffer.from(learner)]];
  for (const [i, [, bytes]] of hostile.entries()) assert.is((await ask('PUT', `/handover/${String(i).repeat(32)}`, bytes))[0], 204);
  for (const [hash, words] of [['from=../../x', 'The link is damaged'], [`from=${'e'.repeat(32)}`, 'there no longer'], [`from=${'0'.repeat(32)}`, hostile[0]![0]], [`from=${'1'.repeat(32)}`, hostile[1]![0]]] as const) {
    const { tab } = await visit(`${address}#${hash}`);
    if (hash.endsWith('1')) await tab.click('#brought-open');
    await alarm(tab, words);
    assert.ok(await tab.isHidden('#brought'));
    assert.equal([await tab.title(), await tab.isHidden('#samples')], ['onward', true]);
    await tab.context().close();
  }
  const { tab } = await visit(lan.address);
  await tab.click('#phone');
  await alarm(tab, 'start onward serve --lan');
});

page.run();
