// The package as it would be published: what is in the tarball, what its exports promise, and that it works where there is nothing else.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { completeExports } from '../scripts/exports.js';
import { exampleOf } from './examples.js';
import { RUNTIMES } from './runtimes/runtimes.js';
import { assert, suite } from './suite.js';

const FOLDER = 'build/package';
const pkg = JSON.parse(readFileSync('package.json', 'utf8'));
const budgets: Record<string, number> = JSON.parse(readFileSync('tests/budgets.json', 'utf8'));

const test = suite('package');

/** Bytes and paths of the tarball, made without `prepare`: dist/ is what the other tests ran on, too. */
let tarball = '';
let packed: { size: number; files: { path: string }[] };

test.before(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  [packed] = JSON.parse(execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', FOLDER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  tarball = join(FOLDER, readdirSync(FOLDER)[0]!);
});

const has = (path: string): boolean => packed.files.some((file) => file.path === path.replace(/^\.\//, ''));

test('every link of README.md leads to a file that the package has', () => {
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map((match) => match[1]!);
  assert.ok(links.length > 50);
  assert.equal(links.filter((path) => !has(path)), [], 'package.json leaves out a file that README.md links to');
});

test('publint has nothing to say', async () => {
  const bytes = readFileSync(tarball);
  const { messages } = await publint({ strict: true, pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer } });
  assert.equal(messages.map((message) => formatMessage(message, pkg)), []);
});

test('types resolve in every module system that can import it (attw)', () => {
  const out = execFileSync(process.execPath, ['node_modules/@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--format', 'json'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const { analysis } = JSON.parse(out) as { analysis: { problems?: { kind: string; entrypoint?: string; resolutionKind?: string }[]; entrypoints: Record<string, unknown> } };
  const counting = (analysis.problems ?? []).filter(({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs');
  assert.equal(counting, []);
  assert.ok(Object.keys(analysis.entrypoints).length >= Object.keys(pkg.exports).length, 'attw saw too few entries');
});

test('every script entry has types, a build for workerd and one for all others, and the tarball has the files', () => {
  assert.equal(pkg.exports, completeExports(pkg.exports), 'run `npm run exports`');
  assert.is(JSON.stringify(pkg.exports), JSON.stringify(completeExports(pkg.exports)), 'types must come first and default last: run `npm run exports`');
  const scripts = Object.entries<string | Record<string, string>>(pkg.exports).filter(([, entry]) => typeof entry !== 'string');
  assert.ok(scripts.length > 8);
  for (const [name, entry] of scripts) {
    for (const path of Object.values(entry)) assert.ok(has(path), `${name}: ${path} is not in the tarball; npm run build`);
  }
});

test('every core that is inlined is shipped as a file, too, and can be imported by name', () => {
  const shipped = new Map(readdirSync('dist').filter((name) => name.endsWith('.wasm')).map((name) => [createHash('sha256').update(readFileSync(`dist/${name}`)).digest('hex').slice(0, 8), name]));
  const generated = readdirSync('host').filter((name) => /^wasm\..*\.generated\.ts$/.test(name));
  assert.ok(generated.length >= 3);
  let inlined = 0;
  for (const file of generated) {
    const fingerprints = [...readFileSync(`host/${file}`, 'utf8').matchAll(/fingerprint(?:: string =|:) '([0-9a-f]{8})'/g)].map((match) => match[1]!);
    assert.ok(fingerprints.length > 0, file);
    for (const fingerprint of fingerprints) assert.ok(shipped.has(fingerprint), `host/${file} inlines ${fingerprint}, which dist/ does not have: copy it there in scripts/build.ts`);
    inlined += fingerprints.length;
  }
  assert.is(shipped.size, inlined + 1, 'one file for each that is inlined, and the WASI command');
  for (const name of shipped.values()) {
    assert.ok(has(`dist/${name}`), `${name} is not in the tarball`);
    assert.match(import.meta.resolve(`onward/${name}`), new RegExp(`/dist/${name.replaceAll('.', '\\.')}$`));
  }
});

test('the build for workerd compiles nothing: every wasm in it is an import of a shipped file', () => {
  const scripts = readdirSync('dist/workerd', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const imported = new Set<string>();
  for (const name of scripts) {
    const text = readFileSync(`dist/workerd/${name}`, 'utf8');
    assert.not.match(text, /WebAssembly\.(compile|instantiate)\b|WebAssembly\.Module\(|\batob\(/, name);
    for (const [, path] of text.matchAll(/from "([^"]+\.wasm)"/g)) imported.add(join(dirname(`dist/workerd/${name}`), path!));
  }
  assert.equal([...imported].sort(), readdirSync('dist').filter((name) => name.endsWith('.wasm') && name !== 'wasi.wasm').map((name) => `dist/${name}`).sort());
});

test('the tarball stays within its bytes, and has no sources, tests or tools', () => {
  assert.ok(packed.size <= budgets['tarball']!, `${packed.size} bytes, budget ${budgets['tarball']}`);
  assert.equal(packed.files.map(({ path }) => path).filter((path) => /^(host|cli|tests|scripts|benchmarks|assembly|node_modules)\//.test(path)), []);
  for (const path of ['LICENSE', 'README.md', 'dist/THIRD-PARTY.txt', 'dist/cli.js']) assert.ok(has(path), path);
});

test('it depends on nothing, and every peer is optional', () => {
  assert.is(pkg.dependencies, undefined);
  for (const peer of Object.keys(pkg.peerDependencies)) assert.is(pkg.peerDependenciesMeta[peer]?.optional, true, peer);
});

test('installed into an empty folder, it is alone there, and the example of the README runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-install-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(process.cwd(), tarball)], { cwd: folder, stdio: 'ignore' });
    assert.equal(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')), ['onward']);
    writeFileSync(join(folder, 'example.mjs'), exampleOf('README.md'));
    assert.is(execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' }), 'moving true 201\n');
    assert.match(execFileSync(join(folder, 'node_modules/.bin/onward'), ['--version'], { encoding: 'utf8' }), /^\d+\.\d+\.\d+\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the bytes that every runtime was seen to learn are those of this build', async () => {
  const results = JSON.parse(readFileSync('benchmarks/results/runtimes.json', 'utf8'));
  const { probe } = await import(new URL('./runtimes/probe.mjs', import.meta.url).href); // imports this package by its name: dist/
  assert.equal(results.snapshots, await probe(), 'run `npm run test:runtimes` and commit its result');
  assert.equal(Object.keys(results.runtimes), RUNTIMES.map(({ name }) => name));
});

test.run();
