// Node-RED itself, in a process and a folder of its own, with the nodes as npm would install them: from the packed package.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.js';
import { PACKAGE, fromPackage } from './installed.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;

export class NodeRed {
  readonly folder: string;
  readonly url: string;
  readonly #port: number;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/`;
  }

  /**
   * @param flows what is deployed from the start
   * @param others folders of packages of nodes that are installed beside ours, by their name
   */
  static async start(flows: object[] = [], others: Record<string, string> = {}): Promise<NodeRed> {
    const folder = mkdtempSync(join(tmpdir(), 'onward-node-red-'));
    const home = join(folder, 'node_modules/@onward/node-red');
    mkdirSync(home, { recursive: true });
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    execFileSync('tar', ['-xzf', join(folder, JSON.parse(packed)[0].filename), '--strip-components=1', '-C', home]);
    symlinkSync(ROOT, join(folder, 'node_modules/onward'));
    for (const [name, path] of Object.entries(others)) {
      mkdirSync(join(folder, 'node_modules', dirname(name)), { recursive: true });
      symlinkSync(path, join(folder, 'node_modules', name));
    }
    writeFileSync(join(folder, 'package.json'), '{ "name": "test", "private": true }');
    writeFileSync(join(folder, 'flows.json'), JSON.stringify(flows));
    writeFileSync(join(folder, 'settings.js'), `module.exports = {
      flowFile: 'flows.json', credentialSecret: false, uiHost: '127.0.0.1', telemetry: { enabled: false, updateNotification: false },
      externalModules: { palette: { allowInstall: false } }, editorTheme: { tours: false }, logging: { console: { level: 'info' } },
    };`);
    const server = new NodeRed(folder, await freePort());
    await server.run();
    return server;
  }

  async run(): Promise<void> {
    const child = spawn(process.execPath, [fromPackage.resolve('node-red/red.js'), '-u', this.folder, '-p', String(this.#port)], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    this.#said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    const end = performance.now() + START_MS;
    while (!this.#said.includes('Started flows')) {
      if (child.exitCode !== null || performance.now() > end) throw new Error(`Node-RED did not start: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What it logged since it was started. */
  get log(): string {
    return this.#said;
  }

  /** Presses the button of an inject node. */
  async press(id: string): Promise<void> {
    const response = await fetch(`${this.url}inject/${id}`, { method: 'POST' });
    if (!response.ok) throw new Error(`inject ${id}: ${response.status}`);
  }

  /** SIGTERM is an orderly end, SIGKILL a crash. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#process!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'exit');
    child.kill(signal);
    await closed;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** The flow of an example that the package ships. */
export function example(name: string): Record<string, any>[] {
  return JSON.parse(readFileSync(`${PACKAGE}examples/${name}.json`, 'utf8'));
}
