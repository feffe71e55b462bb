/**
 * npm run bench:kernels [-- --quick] [-- --only NAME]
 *
 * The kernel laboratory. A candidate (candidates.ts) is a change to the text of the core; it is compiled from a copy of assembly/, must learn
 * the same bytes as the core itself, and is then timed against it: whole steps, interleaved in one process, tenth
 * percentiles of short slices (the neighbour on a shared core only adds time). A ratio below 1 is faster. The
 * winners are in the core; the losers and their numbers stay in results/kernels.json as the record of why. --quick and --only write nothing.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { candidates, type Candidate } from './candidates.js';
import { compileChanged } from './compile.js';
import { Lane, SAMPLES } from './lane.js';
import { agree, base, race, shapes } from './race.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
/** The core with whitening factors: both sides of a layer, every layer at every step. */
const factorShapes: typeof shapes = {
  '16-32-32, full': { config: { ...base, inputs: 16, units: [32, 32], secondOrder: 'full' }, zeros: 0 },
  '64-64-64, input': { config: { ...base, inputs: 64, units: [64, 64], secondOrder: 'input' }, zeros: 0 },
  '64-64-64, full': { config: { ...base, inputs: 64, units: [64, 64], secondOrder: 'full' }, zeros: 0 },
};
const ROUNDS = options.quick ? 61 : 301;
const SLICE_MS = options.quick ? 0.5 : 1;

interface Line {
  candidate: string;
  claim: string;
  applies: boolean; // the core still has the text that it changes
  same: boolean; // learned the same bytes
  steps: { shape: string; bits: number; learn: number; predict: number; core: { learn: number; predict: number } }[]; // ratios; microseconds of the core
}

const folder = mkdtempSync(join(tmpdir(), 'onward-kernels-'));
try {
  const unchanged = { core: new WebAssembly.Module(compileChanged(folder, 'core', [])!), continual: new WebAssembly.Module(compileChanged(folder, 'continual', [], { core: 'continual' })!) };
  const lines: Line[] = [];
  for (const candidate of candidates) {
    if (options.only !== undefined && options.only !== candidate.name) continue;
    process.stderr.write(`${candidate.name}: ${candidate.claim}\n`);
    const kind = candidate.ofFactors ? 'continual' : 'core';
    const bytes = compileChanged(folder, candidate.name.replaceAll(/[^\w ]/g, ''), candidate.changes, { core: kind });
    if (bytes === undefined) process.stderr.write('  the core no longer has the text that it changes: rewrite it or take it out\n');
    lines.push(bytes ? measure(candidate, unchanged[kind], new WebAssembly.Module(bytes)) : { candidate: candidate.name, claim: candidate.claim, applies: false, same: false, steps: [] });
  }
  if (options.only === undefined && !options.quick) {
    const results = new URL('../results/', import.meta.url);
    mkdirSync(results, { recursive: true });
    writeFileSync(new URL('kernels.json', results), JSON.stringify({ machine: machine(), rounds: ROUNDS, lines }, null, 1) + '\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(candidate: Candidate, core: WebAssembly.Module, changed: WebAssembly.Module): Line {
  const line: Line = { candidate: candidate.name, claim: candidate.claim, applies: true, same: true, steps: [] };
  for (const [shape, { config, zeros }] of Object.entries(candidate.ofFactors ? factorShapes : shapes)) {
    for (const bits of [16, 8] as const) {
      const lanes = [new Lane(core, { ...config, bits }, zeros), new Lane(changed, { ...config, bits }, zeros)] as const;
      for (const lane of lanes) lane.learn(4 * SAMPLES);
      line.same &&= agree(lanes);
      if (!line.same) process.stderr.write(`  ${shape}, int${bits}: OTHER BYTES\n`);
      const learn = race(lanes, 'learn', ROUNDS, SLICE_MS);
      const predict = race(lanes, 'predict', ROUNDS, SLICE_MS);
      const ratio = ([own, other]: number[]) => Number((other! / own!).toFixed(3));
      const micro = (ms: number) => Number((1000 * ms).toPrecision(4));
      const step = { shape, bits, learn: ratio(learn), predict: ratio(predict), core: { learn: micro(learn[0]!), predict: micro(predict[0]!) } };
      line.steps.push(step);
      console.log(`${candidate.name.padEnd(26)} ${shape.padEnd(36)} int${String(bits).padEnd(3)} learn ${step.learn.toFixed(3)}  predict ${step.predict.toFixed(3)}   (core ${step.core.learn} and ${step.core.predict} us)`);
    }
  }
  return line;
}
