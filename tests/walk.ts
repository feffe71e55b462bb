// Walks through a page as a newcomer does: an empty folder, the packed package, every block in its order. What a block is for stands behind its language:
//
//   sh                     runs to its end, and must exit with 0; the folder that it changes to stays
//   sh background=WORD     goes on running; what comes next waits until it has printed WORD
//   sh stop=WORD           first ends what runs in the background and has WORD in it
//   sh elsewhere=REASON    is not run: it needs what no test has
//   LANGUAGE file=NAME     is written to NAME
//   text                   is what the last `sh` printed; `...` stands for anything
//
// Anything else is only shown.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { examplesIn, type Example } from './examples.js';

const root = resolve(import.meta.dirname, '..');

/** The package as it would be published, unpacked, where `npm install` would put it. */
let template: string | undefined;

function installed(): string {
  if (template !== undefined) return template;
  template = mkdtempSync(join(tmpdir(), 'onward-packed-'));
  const home = join(template, 'onward');
  mkdirSync(home);
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', template], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  execFileSync('tar', ['-xzf', join(template, filename), '--strip-components=1', '-C', home]);
  process.on('exit', () => rmSync(template!, { recursive: true, force: true }));
  return template;
}

interface Running {
  readonly line: string;
  readonly child: ChildProcess;
  said: string;
}

export interface WalkOptions {
  /** Ports that the page names, and those to use instead. */
  readonly ports?: Readonly<Record<number, number>>;
  /** The page takes it for granted that `onward` is installed. */
  readonly installed?: boolean;
  /** Called when the page installs something: puts more than `onward` where npm would. */
  readonly install?: (modules: string) => void;
}

export class Walk {
  /** Where the page is now. */
  cwd: string;
  readonly #folder: string;
  readonly #options: WalkOptions;
  readonly #running: Running[] = [];

  constructor(options: WalkOptions = {}) {
    this.#folder = this.cwd = mkdtempSync(join(tmpdir(), 'onward-walk-'));
    chmodSync(this.#folder, 0o755); // a broker that root starts becomes a user of its own
    this.#options = options;
    if (options.installed) this.#install();
  }

  /** Every block of the page. @throws Error that names the page and the line */
  async through(page: string): Promise<void> {
    let printed: string | undefined;
    let ran = 0;
    for (const example of examplesIn(page)) {
      const settings = new Map(example.info.split(' ').filter(Boolean).map((setting) => setting.split('=') as [string, string]));
      const code = this.#local(example.code);
      try {
        if (settings.has('file')) writeFileSync(join(this.cwd, settings.get('file')!), code);
        else if (/^(js|ts)$/.test(example.language)) throw new Error('nobody runs this: give it file=NAME');
        else if (example.language === 'text') this.#compare(example, printed);
        else if (example.language === 'sh' && !settings.has('elsewhere')) {
          if (settings.has('stop')) await this.#stop(settings.get('stop')!);
          printed = settings.has('background') ? await this.#start(code, settings.get('background')!) : this.#run(code);
          ran++;
        }
      } catch (error) {
        const { message, stderr = '' } = error as Error & { stderr?: string };
        throw new Error(`${page}:${example.line}: ${message}\n${stderr}\n${this.#running.map(({ line, said }) => `${line}\n${said.slice(-1000)}`).join('\n')}`);
      }
    }
    if (ran === 0) throw new Error(`${page}: nothing in it runs`);
  }

  /** Ends what still runs, and leaves nothing behind. */
  async end(): Promise<void> {
    await this.#stop('');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #local(code: string): string {
    let text = code;
    for (const [from, to] of Object.entries(this.#options.ports ?? {})) text = text.replaceAll(from, String(to));
    return text;
  }

  #run(code: string): string {
    // npm itself is not what is tested, and has no network: what it would have put there is put there
    const lines = code.split('\n').map((line) => (/^npm install\b/.test(line) ? ': installed' : line));
    const installs = lines.length > 0 && /^npm install\b/m.test(code);
    const where = join(this.#folder, '.cwd');
    const out = execFileSync('bash', ['-c', `set -eo pipefail\n${lines.join('\n')}\npwd > ${where}`], { cwd: this.cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, env: environment() });
    this.cwd = readFileSync(where, 'utf8').trim();
    if (installs) this.#install();
    return out;
  }

  #install(): void {
    const modules = join(this.cwd, 'node_modules');
    mkdirSync(join(modules, '.bin'), { recursive: true });
    cpSync(installed(), modules, { recursive: true, filter: (path) => !path.endsWith('.tgz') });
    writeFileSync(join(modules, '.bin/onward'), `#!/bin/sh\nexec node ${join(modules, 'onward/dist/cli.js')} "$@"\n`, { mode: 0o755 });
    writeFileSync(join(modules, '.bin/npx'), '#!/bin/sh\ncommand=$1\nshift\nexec "node_modules/.bin/$command" "$@"\n', { mode: 0o755 }); // npx itself takes half a second each time
    this.#options.install?.(modules);
  }

  async #start(code: string, word: string): Promise<string> {
    const child = spawn('bash', ['-c', code.trim()], { cwd: this.cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
    const running: Running = { line: code.trim(), child, said: '' };
    this.#running.push(running);
    for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (running.said += text));
    const end = performance.now() + 60_000;
    while (!running.said.includes(word)) {
      if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode} and never said "${word}"`);
      if (performance.now() > end) throw new Error(`it did not say "${word}" within a minute`);
      await sleep(20);
    }
    return running.said;
  }

  async #stop(word: string): Promise<void> {
    for (const { line, child } of this.#running.splice(0).reverse()) {
      if (!line.includes(word)) {
        this.#running.unshift({ line, child, said: '' });
        continue;
      }
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      signal(child, 'SIGINT'); // as Ctrl-C does: to all that the line has started
      const late = setTimeout(() => signal(child, 'SIGKILL'), 10_000);
      await gone;
      try {
        while (process.kill(-child.pid!, 0)) await sleep(20); // npx goes before what it has started
      } catch {} // all of them are gone
      clearTimeout(late);
    }
  }

  #compare({ code }: Example, printed: string | undefined): void {
    if (printed === undefined) throw new Error('nothing has run that could have printed this');
    const pattern = this.#local(code).trim().split('...').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
    if (!new RegExp(`^${pattern}$`).test(printed.trim())) throw new Error(`it printed\n${printed}\nand not\n${code}`);
  }
}

/** To a process and all of its own. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  process.kill(-pid!, name);
}

/** As a newcomer's shell has it: nothing of npm's own settings, and the brokers of Debian on the path. */
function environment(): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^ONWARD_|^INIT_CWD$/.test(name)));
  const bins = '/usr/sbin';
  return { ...clean, PATH: `node_modules/.bin:${clean['PATH']}:${bins}`, NO_COLOR: '1', NODE_NO_WARNINGS: '1' };
}
