// `npm run test:runtimes`: the packed tarball, installed into an empty folder, on every runtime: the README's example, the bytes that each core learns,
// and the WASI command. Writes benchmarks/results/runtimes.json when nothing failed or was left out; ends with `N passed, N failed`.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLearner } from '../../host/index.js';
import { exampleOf } from '../examples.js';
import { RUNTIMES, WASMTIME, binaryOf, pythonWithWasmtime } from './runtimes.js';

const STORE = '.runtimes';
const EXAMPLE = 'moving true 201';
const LINES = Array.from({ length: 500 }, (_, i) => `${(i * 37) % 64 / 8},${i % 2 ? '' : -i},${i % 5 ? 'abc'[i % 3] : ''}`);

const folder = mkdtempSync(join(tmpdir(), 'onward-runtimes-'));
let passed = 0;
let failed = 0;
let missing = 0;

function check(name: string, ok: boolean, detail = ''): boolean {
  console.log(`${ok ? 'passed' : 'FAILED'}  ${name}${ok || detail === '' ? '' : `: ${detail}`}`);
  if (ok) passed++;
  else failed++;
  return ok;
}

/** What a Node host makes of the lines that the WASI command gets. */
async function hostBytes(): Promise<string> {
  const learner = await createLearner({ inputs: 2, labels: [], labelCapacity: 32 });
  for (const line of LINES) {
    const [a, b, label] = line.split(',');
    if (label) learner.learn([Number(a), b === '' ? NaN : Number(b)], label);
  }
  return createHash('sha256').update(learner.save()).digest('hex');
}

/** Whether the WASI command leaves these bytes there, given the lines and a folder of its own. */
function runsCommand(name: string, binary: string, args: readonly string[], cwd: string, expected: string): boolean {
  const open = mkdtempSync(join(folder, 'wasi-'));
  const { status, stderr } = spawnSync(binary, [...args, open], { cwd, input: `${LINES.join('\n')}\n`, encoding: 'utf8' });
  const file = status === 0 ? createHash('sha256').update(readFileSync(join(open, 'wasi.onw'))).digest('hex') : '';
  return check(`${name}: the WASI command, the same bytes as the Node host`, file === expected, `code ${status}, ${stderr}`);
}

try {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' });
  const tarball = join(folder, `onward-${JSON.parse(readFileSync('package.json', 'utf8')).version}.tgz`);
  const app = join(folder, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball], { cwd: app, stdio: 'ignore' });
  writeFileSync(join(app, 'example.mjs'), exampleOf('README.md'));
  copyFileSync('tests/runtimes/probe.mjs', join(app, 'probe.mjs'));
  writeFileSync(join(app, 'learn.mjs'), "import { probe } from './probe.mjs';\nconsole.log(JSON.stringify(await probe()));\n");
  copyFileSync('tests/runtimes/wasi.mjs', join(app, 'wasi.mjs'));

  const wasi = await hostBytes();
  let snapshots: Record<string, string> | undefined;
  const results: Record<string, object> = {};
  for (const runtime of RUNTIMES) {
    const binary = binaryOf(runtime, STORE);
    if (binary === undefined) {
      console.log(`skipped ${runtime.name}: ${runtime.from ? `npm install ${runtime.from.name}@${runtime.from.version}` : 'apt-get install chromium'} failed or was not done`);
      missing++;
      continue;
    }
    const version = runtime.version(binary);
    const name = `${runtime.name} ${version}`;
    const attempt = async (module: string): Promise<string> =>
      runtime.run(binary, app, module).catch((error: Error & { stderr?: string }) => `${error.message}\n${error.stderr ?? ''}`).then((text) => text.trim());

    const example = await attempt('example.mjs');
    const works = check(`${name}: the example of the README`, example.split('\n').at(-1) === EXAMPLE, example);

    const text = await attempt('learn.mjs');
    const line = text.split('\n').find((part) => part.startsWith('{')) ?? '';
    const learned = line === '' ? undefined : (JSON.parse(line) as Record<string, string>);
    snapshots ??= learned;
    const same = learned !== undefined && JSON.stringify(learned) === JSON.stringify(snapshots) && learned['simd'] === learned['scalar'] && learned['memory'] === learned['memoryScalar'];
    check(`${name}: ${Object.keys(learned ?? {}).length} snapshots, the same bytes as everywhere`, same, text);

    const row: Record<string, unknown> = { version, example: works, sameBytes: same };
    if (runtime.wasi) row['wasi'] = runsCommand(name, binary, [...runtime.wasi, 'wasi.mjs'], app, wasi);
    results[runtime.name] = row;
  }
  const python = pythonWithWasmtime(STORE);
  if (python === undefined) {
    console.log(`skipped ${WASMTIME.name}: it takes python3 with venv, and pip install wasmtime==${WASMTIME.version}`);
    missing++;
  } else runsCommand(`${WASMTIME.name} ${WASMTIME.version}`, python, [resolve('tests/runtimes/wasi.py'), 'node_modules/onward/dist/wasi.wasm'], app, wasi);

  if (failed === 0 && missing === 0) {
    writeFileSync('benchmarks/results/runtimes.json', `${JSON.stringify({ command: 'npm run test:runtimes', tarballBytes: statSync(tarball).size, snapshots, wasi, wasiHosts: { [WASMTIME.name]: WASMTIME.version }, runtimes: results }, undefined, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (missing > 0) console.log(`${missing} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
