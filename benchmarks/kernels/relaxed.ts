/**
 * npm run bench:relaxed [-- --quick] [-- --chromium]
 *
 * Build `relaxed` of the plain core against `simd`, 8-bit weights, in this Node (21 or newer) or in Chromium; both must learn the same bytes. Writes its runtime's part of
 * benchmarks/results/relaxed.json. `oneInstruction` is what the host asks before it chooses the build.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launch } from '../../tests/page.js';
import { machine } from '../machine.js';
import { compareBuilds } from './relaxed-rows.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, chromium: { type: 'boolean', default: false } } });
const ROUNDS = options.quick ? 31 : 201;
const core = (name: string): Buffer<ArrayBuffer> => readFileSync(new URL(`../../build/core.${name}.wasm`, import.meta.url));

const [runtime, measured] = options.chromium ? await inChromium() : [`node ${process.version.slice(1)}`, compareBuilds(new WebAssembly.Module(core('simd')), new WebAssembly.Module(core('relaxed')), ROUNDS, 1)];
console.log(`${runtime}, ${measured.oneInstruction ? 'one instruction' : 'several instructions'}`);
console.table(measured.rows.map(({ shape, learn, predict, simd }) => ({ shape, learn, predict, 'simd learns in us': simd.learn, 'predicts in us': simd.predict })));
const file = new URL('../results/relaxed.json', import.meta.url);
const results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
const { cpu, cores, platform } = machine();
if (!options.quick) writeFileSync(file, JSON.stringify({ ...results, [runtime]: { cpu, cores, platform, rounds: ROUNDS, ...measured } }, null, 1) + '\n');

async function inChromium(): Promise<[string, ReturnType<typeof compareBuilds>]> {
  const { outputFiles } = await build({ entryPoints: [new URL('relaxed-rows.ts', import.meta.url).pathname], bundle: true, format: 'iife', globalName: 'rows', write: false, logLevel: 'warning' });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]!.text });
    const text = (name: string): string => core(name).toString('base64');
    // a page's clock has steps of 0.1 ms
    const run = (async ([simd, relaxed, rounds]: [string, string, number]) => {
      const [one, other] = await Promise.all([simd, relaxed].map((each) => WebAssembly.compile(Uint8Array.from(atob(each), (letter) => letter.charCodeAt(0)))));
      return (globalThis as unknown as { rows: { compareBuilds: typeof compareBuilds } }).rows.compareBuilds(one!, other!, rounds, 10);
    });
    return [`chromium ${browser.version().split('.')[0]!}`, await page.evaluate(run, [text('simd'), text('relaxed'), ROUNDS] as [string, string, number])];
  } finally {
    await browser.close();
  }
}
