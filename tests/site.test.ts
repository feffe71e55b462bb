// The site as it is built by `npm run docs:site` (without the pages of the types, which docs.test.ts has): links, weight, and in Chromium no error, nothing
// from elsewhere, enough contrast, a search that finds, and the teaching page.

import { createServer, type Server } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { PAGES, PAGES_OF_WORK } from '../scripts/docs/pages.js';
import { buildSite } from '../scripts/site.js';
import { CHROMIUM, launch } from './page.js';
import { assert, suite } from './suite.js';

/** Bytes of a page as it is sent, with its scripts and styles, without pictures and the search, which is fetched when it is used. */
const HEAVIEST = 102_400; // 100 KiB: three pages have 100.0 to 100.3 kB
/** 81 KB are the same for all; this one has 45 kB of text. */
const HEAVIER: Readonly<Record<string, number>> = { 'FORMAT.html': 108_000 };
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.wasm': 'application/wasm' };

const built = await buildSite();
const html = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html') && !file.startsWith('teach/') && file !== '404.html');
const read = (file: string): string => readFileSync(join(built, file), 'utf8');
const unescape = (text: string): string => decodeURIComponent(text.replaceAll('&amp;', '&'));

const test = suite('site');

test('it has every page', () => {
  const expected = [...PAGES, ...PAGES_OF_WORK].map((page) => page.replace(/README\.md$/, 'index.md').replace(/md$/, 'html'));
  assert.equal(html.sort(), expected.sort());
});

test('every link of every page leads to a file and a heading of the site', () => {
  const ids = new Map(html.map((file) => [file, new Set([...read(file).matchAll(/\bid="([^"]+)"/g)].map((match) => unescape(match[1]!)))]));
  const dead: string[] = [];
  let links = 0;
  for (const file of html) {
    for (const [, href] of read(file).matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)) {
      if (/^\w+:/.test(href!) || href!.startsWith('/types/')) continue; // TypeDoc's own
      links++;
      const [path = '', anchor] = unescape(href!).split('#');
      const target = path === '' ? file : normalize(path.startsWith('/') ? path.slice(1) : join(dirname(file), path)).replace(/\/$|^\.$|^$/, '/index.html').replace(/^\//, '');
      if (!existsSync(join(built, target))) dead.push(`${file}: ${href}`);
      else if (anchor && ids.has(target) && !ids.get(target)!.has(anchor)) dead.push(`${file}: ${href} (no such heading)`);
    }
  }
  assert.ok(links > 1000, `${links} links: too few were found`);
  assert.equal(dead, []);
});

test('no page is heavier than 100 KB as it is sent, pictures and search aside', () => {
  const sent = new Map<string, number>();
  const bytes = (file: string): number => {
    if (!sent.has(file)) sent.set(file, gzipSync(readFileSync(join(built, file)), { level: 9 }).length);
    return sent.get(file)!;
  };
  const heavy = html.map((file) => {
    const assets = new Set([...read(file).matchAll(/(?:href|src)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]!));
    assert.ok(assets.size >= 3, file);
    return { file, weight: bytes(file) + [...assets].reduce((sum, asset) => sum + bytes(asset), 0) };
  }).filter(({ file, weight }) => weight > (HEAVIER[file] ?? HEAVIEST));
  assert.equal(heavy, []);
});

test('nothing in it is fetched from another server', () => {
  for (const file of html) assert.not.match(read(file), /<(?:script|link|img|iframe)\b[^>]*(?:src|href)="https?:/, file);
  assert.ok(statSync(join(built, 'teach/index.html')).size > 0);
});

test.run();

const live = suite('site in Chromium', CHROMIUM);
let server: Server;
let browser: Browser;
let address = '';

live.before(async () => {
  server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://x').pathname));
    const file = join(built, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});
live.after(async () => {
  await browser.close();
  server.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  live(`${colorScheme}: no error, nothing from elsewhere, and axe has nothing to say`, async () => {
    const page = await browser.newPage({ colorScheme });
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => void (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico') && wrong.push(message.text())));
    page.on('request', (request) => void (!request.url().startsWith(address) && !request.url().startsWith('data:') && wrong.push(request.url())));
    for (const path of ['/', '/docs/tutorials/node.html', '/docs/reference/options.html', '/docs/explanation/comparison.html', '/docs/how-it-learns.html']) {
      await page.goto(address + path, { waitUntil: 'load' });
      await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
      const violations = (await page.evaluate('axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ target, failureSummary }) => target + " " + failureSummary).join(" | ")))')) as string[];
      wrong.push(...violations.map((violation) => `${path} ${violation}`));
    }
    await page.close();
    assert.equal(wrong, []);
  });
}

live('the search finds a page by its words', async () => {
  const page = await browser.newPage();
  await page.goto(`${address}/`, { waitUntil: 'load' });
  await page.click('.VPNavBarSearch button');
  
  await page.fill('.VPLocalSearchBox input', 'missing values');
  await page.waitForSelector('.VPLocalSearchBox .result[href*="missing-values"]');
  await page.close();
});

live('the teaching page is alive in it', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${address}/docs/web.html`, { waitUntil: 'load' });
  await page.click('text=Teach one here');
  await page.waitForURL(`${address}/teach/index.html`);
  await page.waitForSelector('button:not([disabled]):visible');
  assert.equal(errors, []);
  await page.close();
});

live.run();
