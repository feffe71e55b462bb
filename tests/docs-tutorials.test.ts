// Each tutorial from nothing: an empty folder, the packed package, every block of the page in its order (tests/walk.ts). What a reader does by hand in a
// browser is done here after the page.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { MOSQUITTO } from './mosquitto.js';
import { NODE_RED, PACKAGE } from './node-red/installed.js';
import { CHROMIUM, launch } from './page.js';
import { assert, needs, suite, type Need } from './suite.js';
import { Walk, type WalkOptions } from './walk.js';

interface Tutorial {
  readonly needs: readonly Need[];
  /** The port that the page names. */
  readonly port?: number;
  readonly install?: WalkOptions['install'];
  readonly after?: (port: number) => Promise<void>;
}

const TUTORIALS: Readonly<Record<string, Tutorial>> = {
  node: { needs: [] },
  detector: { needs: [] },
  'mqtt-gateway': { needs: MOSQUITTO, port: 1884 },
  fleet: { needs: MOSQUITTO, port: 1884 },
  pico: { needs: [needs('gcc', 'apt-get install gcc make'), needs('make', 'apt-get install gcc make'), needs('arm-none-eabi-gcc', 'apt-get install gcc-arm-none-eabi')] },
  browser: { needs: [CHROMIUM], port: 8080, after: teachTheMouse },
  'node-red': { needs: [NODE_RED, needs('curl', 'apt-get install curl')], port: 1880, install: installNodeRed },
};

for (const [name, { needs: needed, port, install, after }] of Object.entries(TUTORIALS)) {
  const test = suite(`tutorial ${name}`, ...needed);
  test('every step does what the page says', async () => {
    const free = port === undefined ? 0 : await freePort();
    const walk = new Walk({ ...(port === undefined ? {} : { ports: { [port]: free } }), ...(install ? { install } : {}) });
    try {
      await walk.through(`docs/tutorials/${name}.md`);
      await after?.(free);
    } finally {
      await walk.end();
    }
  });
  test.run();
}

const list = suite('tutorials');
list('each page has a test', () => assert.equal(Object.keys(TUTORIALS).sort(), readdirSync('docs/tutorials').map((file) => file.replace('.md', '')).sort()));
list.run();

/** The step that is done by hand: hold a key, move the mouse; slowly, then fast; ask; reload. */
async function teachTheMouse(port: number): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => void (message.type() === 'error' && !message.text().includes('404') && errors.push(message.text())));
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction("document.getElementById('slow').onkeydown"); // the script has run
    const seen = async (): Promise<number> => Number(await page.textContent('#seen'));
    const move = async (step: number, until: () => Promise<boolean>): Promise<void> => {
      for (let i = 0; !(await until()); i++) await page.mouse.move(200 + (i % 2) * step, 200);
    };
    for (const [label, step] of [['slow', 2], ['fast', 180]] as const) {
      const goal = (await seen()) + 8;
      await page.focus(`#${label}`);
      await page.keyboard.down(' ');
      await move(step, async () => (await seen()) >= goal);
      await page.keyboard.up(' ');
    }
    const end = performance.now() + 10_000;
    for (const [label, step] of [['slow', 2], ['fast', 180]] as const) {
      await move(step, async () => {
        assert.ok(performance.now() < end, `never answered ${label}`);
        return (await page.textContent('#answer'))!.startsWith(label);
      });
    }
    const before = await seen();
    await page.reload();
    await page.waitForFunction(`Number(document.getElementById('seen').textContent) >= ${before}`);
    assert.equal(errors, []);
  } finally {
    await browser.close();
  }
}

/** Node-RED from node-red/node_modules, and the nodes as npm would unpack them. */
function installNodeRed(modules: string): void {
  const home = join(modules, '@onward/node-red');
  mkdirSync(home, { recursive: true });
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', modules], { cwd: PACKAGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  execFileSync('tar', ['-xzf', join(modules, filename), '--strip-components=1', '-C', home]);
  symlinkSync(join(PACKAGE, 'node_modules/node-red'), join(modules, 'node-red'));
  writeFileSync(join(modules, '.bin/node-red'), '#!/bin/sh\nexec node "$(dirname "$0")/../node-red/red.js" "$@"\n', { mode: 0o755 });
  const project = join(modules, '../package.json'); // as npm would: Node-RED looks there for its nodes
  writeFileSync(project, JSON.stringify({ name: 'flow', private: true, dependencies: { '@onward/node-red': '*' } }));
}
