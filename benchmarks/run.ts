/**
 * npm run bench [-- --full]
 *
 * Every benchmark, one after the other, quick: under five minutes on two cores. --full takes the long versions and adds the streams, the continual protocols and MNIST, which
 * is hours. Writes benchmarks/results/*.json and benchmarks/results/report.html, and prints which targets are met; `npm run readme` then
 * takes the figures over into BENCHMARKS.md.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchmarkPage } from './report.js';
import { targets } from './targets.js';

// --quick is what happens anyway; it may be said
const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } } });
const here = fileURLToPath(new URL('.', import.meta.url));
/** Peers first: footprint shows what they measured. */
const commands = [
  ['peers/run.ts'], ['footprint.ts'], ['scale/run.ts'], ['kernels/run.ts'], ['kernels/native.ts'], ['speed.ts'], ['fan.ts'],
  ...(options.full ? [['margin.ts'], ['streams/run.ts'], ['everyday/run.ts'], ['continual/run.ts'], ['mnist/run.ts'], ['mnist/run.ts', '--ten']] : []),
];
const HAS_QUICK = new Set(['peers/run.ts', 'scale/run.ts', 'kernels/run.ts', 'kernels/native.ts']);

const start = performance.now();
const failed: string[] = [];
commands.forEach(([script, ...rest], k) => {
  const quick = !options.full && HAS_QUICK.has(script!) ? ['--quick'] : [];
  process.stderr.write(`\n[${k + 1} of ${commands.length}, ${((performance.now() - start) / 1000).toFixed(0)} s] ${[script, ...quick, ...rest].join(' ')}\n`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', here + script, ...quick, ...rest], { stdio: 'inherit' });
  if (status !== 0) failed.push(script!);
});

writeFileSync(new URL('results/report.html', import.meta.url), benchmarkPage());
console.table(targets().map(({ task, against, target, measured, met }) => ({ task, against, target, measured: measured === undefined ? 'not measured' : Number(measured.toPrecision(3)), met: met ?? '' })));
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s; report: benchmarks/results/report.html`);
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
