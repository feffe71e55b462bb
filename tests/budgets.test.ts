// Sizes are promises: what a board's flash must hold, what a web page must load. And what the cores are made of:
// no imports, no floating point, vectors in one of the two builds only.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const budgets: Record<string, number> = JSON.parse(readFileSync(`${root}tests/budgets.json`, 'utf8'));

const wasm = (core: string) => new Uint8Array(readFileSync(`${root}build/${core}.wasm`));
/** Instructions only: a name or a string constant may hold any text. */
const instructions = (core: string): string => readFileSync(`${root}build/${core}.wat`, 'utf8').replace(/"[^"]*"/g, '""');
const FLOATS = /\bf(32|64)(x\d)?\b.*/g;
const VECTORS = /\b(v128|i8x16|i16x8|i32x4|i64x2)\b.*/g;

const SHIPPED = ['core.scalar', 'core.simd', 'core.relaxed', 'continual.scalar', 'continual.simd', 'fields.scalar', 'fields.simd', 'vision.scalar', 'vision.simd', 'two-pass.scalar', 'two-pass.simd', 'recurrent.scalar', 'recurrent.simd', 'regressor.scalar', 'regressor.simd', 'sound'];

const within = (name: string, bytes: number): void =>
  assert.ok(bytes <= budgets[name], `${name}: ${bytes} bytes, budget ${budgets[name]}`);

const test = suite('budgets');

for (const core of SHIPPED) {
  test(`${core}.wasm stays within its bytes`, () => within(`${core}.wasm`, wasm(core).length));

  // relaxed-equality.test.ts has it of the build that not every process can compile
  if (core !== 'core.relaxed') test(`${core}.wasm imports nothing and exports its own memory`, () => {
    const module = new WebAssembly.Module(wasm(core));
    assert.equal(WebAssembly.Module.imports(module), []);
    assert.ok(WebAssembly.Module.exports(module).some(({ name, kind }) => name === 'memory' && kind === 'memory'));
  });

  test(`${core}.wasm has no floating point: a Cortex-M0+ has none`, () => {
    assert.equal(instructions(core).match(FLOATS) ?? [], []);
  });
}

test('wasi.wasm, the command, stays within its bytes', () => within('wasi.wasm', wasm('wasi').length));

for (const core of ['core', 'continual', 'fields', 'vision', 'two-pass', 'recurrent', 'regressor']) {
  test(`${core}.scalar.wasm has no vector instruction: firmware and small interpreters have none`, () => {
    assert.equal(instructions(`${core}.scalar`).match(VECTORS) ?? [], []);
  });

  test(`${core}.simd.wasm has vector instructions`, () => {
    assert.ok(instructions(`${core}.simd`).match(VECTORS), 'the ASC_FEATURE_SIMD branch is gone from the simd build');
  });
}

test('core.relaxed.wasm has the dot product of relaxed SIMD, and nothing else of it', () => {
  const [forward, ...others] = [...new Set(instructions('core.relaxed').match(/\S*relaxed\S*/g))];
  assert.is(forward, 'i32x4.relaxed_dot_i8x16_i7x16_add_s');
  assert.equal(others, []);
});

test('the shipped files are the built ones', () => {
  for (const core of SHIPPED) {
    assert.ok(readFileSync(`${root}dist/${core}.wasm`).equals(wasm(core)), `dist/${core}.wasm is not build/${core}.wasm; npm run build`);
  }
});

test('the library, minified and with the plain core inside, stays within its gzipped bytes and needs no package', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${root}host/index.ts`],
    bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022', platform: 'neutral', packages: 'external',
    write: false, metafile: true, logLevel: 'silent', outdir: 'budget',
  });
  const outputs = Object.entries(metafile.outputs);
  const imports = outputs.flatMap(([, { imports }]) => imports);
  assert.equal(imports.filter(({ external }) => external), []);
  /** A chunk and all that is loaded with it. */
  const loaded = (path: string, found = new Set<string>()): Set<string> => {
    if (found.has(path)) return found;
    found.add(path);
    for (const next of metafile.outputs[path].imports) if (next.kind === 'import-statement') loaded(next.path, found);
    return found;
  };
  const gzipped = (path: string): number => gzipSync(outputFiles.find((file) => file.path.endsWith(path))!.contents, { level: 9 }).length;
  const library = loaded('budget/index.js');
  within('libraryGzip', [...library].reduce((sum, path) => sum + gzipped(path), 0));
  // what import() loads later has budgets of its own, for what it brings along
  const later = new Set(imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path));
  assert.is(later.size, 8);
  for (const path of later) {
    const bytes = [...loaded(path)].filter((chunk) => !library.has(chunk)).reduce((sum, chunk) => sum + gzipped(chunk), 0);
    within(`${/(continual|core-relaxed|core-scalar|fields|vision|detector|two-pass|recurrent)/.exec(metafile.outputs[path].entryPoint!)![0]}Gzip`, bytes);
  }
});

test.run();
