// The web page as it is served: built from the sources as they are now, by the command line as it is shipped, in a real Chromium.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { needs, type Need } from './suite.js';

// The shell is the same browser without windows: half of the processor time, and it is what Playwright runs by itself.
const TOOL = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].find((tool) => needs(tool, '').present) ?? 'chromium-headless-shell';
export const CHROMIUM: Need = needs(TOOL, 'apt-get install chromium-headless-shell');

/** Of a phone that has let its motion sensors in. Without windows a browser lets in none by itself. */
export const PHONE = { permissions: ['accelerometer', 'gyroscope'] };

/** `onward serve` as a process of its own. */
export class Serving {
  /** With a slash at its end. */
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(address: string, child: ChildProcess) {
    this.address = address;
    this.#child = child;
  }

  static async start(cli: string, ...args: string[]): Promise<Serving> {
    const child = spawn(process.execPath, [cli, 'serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), once(child, 'exit').then(() => ['it ended'])])) as [string];
    if (!/^https?:/.test(line)) throw new Error(`onward serve: ${line}`);
    return new Serving(line.replace(/#.*/, ''), child);
  }

  /** Its exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    return ((await gone) as [number | null])[0];
  }
}

/** @param more flags of the browser */
export async function launch(...more: string[]) {
  const { chromium } = await import('playwright-core'); // half a second, and not needed where the tests are skipped
  return chromium.launch({ executablePath: await pathOf(TOOL), args: ['--no-sandbox', '--disable-gpu', ...more] });
}

export interface Visit {
  tab: Page;
  context: BrowserContext;
  /** Addresses that were asked for, and what went wrong unseen. */
  requests: string[];
  errors: string[];
}

/** A visitor of their own, on a desk. The page is paused at the start, as for everybody who prefers less motion. */
export async function visitOf(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', acceptDownloads: true, ...options });
  context.setDefaultTimeout(40_000);
  await context.addInitScript('globalThis.__name = (named) => named'); // tsx names the functions that evaluate() takes over
  const requests: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const tab = await context.newPage();
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await tab.goto(address);
  return { tab, context, requests, errors };
}

async function pathOf(tool: string): Promise<string> {
  const which = spawn('which', [tool], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(which.stdout), 'line')) as [string];
  return line;
}
