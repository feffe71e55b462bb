// A script in a page of a real Chromium: bundled, served from this machine, and what it posts to /facts is the answer.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CHROMIUM } from './page.js';

export class BrowserPage {
  readonly #server: Server;
  /** The browser's profile: what a page stores is there at the next visit. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'onward-browser-'));
  readonly #waiting: ((facts: Record<string, unknown>) => void)[] = [];

  private constructor(script: string) {
    this.#server = createServer((request, response) => {
      if (request.method === 'POST') {
        let body = '';
        request.on('data', (chunk) => (body += chunk));
        request.on('end', () => {
          response.end();
          this.#waiting.shift()?.(JSON.parse(body));
        });
      } else {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`);
      }
    });
  }

  /** @param contents TypeScript, its imports relative to host/ */
  static async serve(contents: string): Promise<BrowserPage> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: new URL('../host/', import.meta.url).pathname, loader: 'ts' },
      bundle: true, format: 'esm', target: 'es2022', write: false, platform: 'browser', logLevel: 'warning',
    });
    const page = new BrowserPage(outputFiles[0]!.text);
    page.#server.listen(0, '127.0.0.1');
    await once(page.#server, 'listening');
    return page;
  }

  /** Opens the page in a browser of its own, killed when the page has answered. @param more flags of the browser */
  async visit(more: readonly string[] = []): Promise<Record<string, unknown>> {
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(this.#folder, 'profile')}`, ...more];
    let browser: ChildProcess | undefined;
    try {
      return await this.answer(async (address) => {
        browser = spawn(CHROMIUM.tool, [...flags, address], { stdio: 'ignore', detached: true });
        await once(browser, 'spawn');
      });
    } finally {
      if (browser?.pid !== undefined && browser.exitCode === null && browser.signalCode === null) {
        const gone = once(browser, 'exit');
        process.kill(-browser.pid, 'SIGKILL');
        await gone;
      }
    }
  }

  /** What the page answers once `open` has opened it somewhere. */
  async answer(open: (address: string) => Promise<unknown>): Promise<Record<string, unknown>> {
    const { port } = this.#server.address() as AddressInfo;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.push(resolve);
        timer = setTimeout(() => reject(new Error('the page did not answer within 60 s')), 60_000);
        open(`http://127.0.0.1:${port}/`).catch(reject);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
