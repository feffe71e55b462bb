// The whole build in order, or its first half: `build.ts` makes what follows from schema/formats.ts, build/, the generated sources and dist/;
// `build.ts wasm` stops after the generated sources, which is all that `tsx` needs to run host/ from source.
// A step that fails ends the build with its own message and exit code 1.

import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import * as cores from './build-wasm.js';
import * as detector from './build-detector.js';
import * as sound from './build-sound.js';
import * as wasi from './build-wasi.js';
import { writeFormats } from './build-formats.js';
import { embedPlot } from './build-plot.js';
import { bundleCli, compileLibrary } from './build-dist.js';
import { runTool } from './run-tool.js';

const only = process.argv[2];
if (only !== undefined && only !== 'wasm') {
  throw new RangeError(`build: unknown part "${only}"; give none for everything, or "wasm"`);
}

// Paths below are relative to the package, wherever the build is started from.
process.chdir(new URL('..', import.meta.url).pathname);

// The first `npx onward` in a checkout links it into npx's cache, and npm 11 then runs prepare once more: some ten
// seconds of silence in front of the first answer, for a build that `npm ci` has just made.
if (process.env.npm_command === 'exec' && existsSync('dist/cli.js')) process.exit(0);

writeFormats();
const all = [...cores.compilations, ...detector.compilations, ...sound.compilations, wasi.compilation];
const lanes = Math.min(availableParallelism(), 4); // more would be busy starting
await Promise.all(Array.from({ length: lanes }, (_, lane) => runTool('scripts/compile.mjs', [JSON.stringify(all.filter((_, i) => i % lanes === lane))])));
cores.inlineCores();
detector.inlineDetector();
sound.inlineSound();
embedPlot();

if (only === undefined) {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist');
  for (const core of Object.keys(cores.CORES)) {
    for (const build of cores.shippedOf(core)) copyFileSync(`build/${core}.${build}.wasm`, `dist/${core}.${build}.wasm`);
  }
  for (const one of ['detector', 'sound', 'wasi']) copyFileSync(`build/${one}.wasm`, `dist/${one}.wasm`);
  const { bundleFleetPage, bundleWeb } = await import('./build-web.js'); // Vite takes a third of a second to load
  await Promise.all([compileLibrary(), bundleCli(), bundleWeb(), bundleFleetPage()]);
}
