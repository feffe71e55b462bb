/**
 * npm run bench:everyday [-- --quick] [--only NAME] [--seeds N] [--full]
 *
 * The regimes of everyday use as a matrix: the product beside simple rivals, all on the same scripts. --quick takes two seeds and shorter streams;
 * --only takes the cells whose group, regime or data contain NAME; --full adds a million samples. Only a whole run with all seeds is written to the
 * results file and to docs/everyday.md. Progress goes to stderr.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { missingDev, ROOT } from '../streams/data.js';
import type { Job } from './jobs.js';
import { CELLS, type Outcome } from './matrix.js';
import { COLUMNS } from './onward.js';
import { withMatrix } from './page.js';
import { inProcesses } from './pool.js';
import { resultOfCell, type EverydayResult } from './result.js';
import { RIVALS } from './rivals/all.js';
import { matrixTable } from './table.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, full: { type: 'boolean', default: false }, only: { type: 'string' }, seeds: { type: 'string' } },
});
const seedCount = Number(options.seeds ?? (options.quick ? 2 : 10));
if (!(Number.isInteger(seedCount) && seedCount > 0)) throw new RangeError(`--seeds: got '${options.seeds}', expected a whole number from 1`);
const only = options.only?.toLowerCase();
const named = CELLS.map((_, k) => k).filter((k) => only === undefined || nameOf(k).toLowerCase().includes(only));
if (named.length === 0) throw new RangeError(`--only: no cell has '${options.only}' in its name; there are ${[...new Set(CELLS.map(({ group, regime }) => `${group}, ${regime}`))].join('; ')}`);

const skipped = [...new Set(named.filter((k) => !CELLS[k].present).map((k) => CELLS[k].data))];
if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA');
if (skipped.length > 0) say(`skipped, no data: ${skipped.join(', ')}`);
const chosen = named.filter((k) => CELLS[k].present && (options.full || !CELLS[k].long));
const seeds = Array.from({ length: seedCount }, (_, k) => k + 1);
/** Seed by seed, so that the time that is left can be told from what was done. */
const jobs: Job[] = seeds.flatMap((seed) => chosen.map((cell) => ({ cell, seed, quick: options.quick })));
const outcomes = new Map<number, Outcome[]>(chosen.map((cell) => [cell, []]));
const start = performance.now();
let toldAt = start;
await inProcesses<Job, Outcome>(new URL('jobs.ts', import.meta.url).href, jobs, (done, { cell, seed }, outcome) => {
  outcomes.get(cell)![seed - 1] = outcome;
  const now = performance.now();
  if (now - toldAt < 5000 && done < jobs.length) return;
  toldAt = now;
  const left = ((now - start) / done) * (jobs.length - done);
  say(`${done} of ${jobs.length}, ${((now - start) / 1000).toFixed(0)} s, about ${(left / 1000).toFixed(0)} s left: ${nameOf(cell)}, seed ${seed}`);
});

const result: EverydayResult = {
  machine: machine(),
  settings: {
    seeds,
    quick: options.quick,
    columns: COLUMNS.map(({ name, options }) => ({ name, options })),
    rivals: RIVALS.map(({ name, setting }) => ({ name, setting })),
  },
  seconds: Math.round((performance.now() - start) / 1000),
  skipped,
  cells: chosen.map((cell) => resultOfCell(CELLS[cell], outcomes.get(cell)!)),
};
console.log(matrixTable(result));
if (only === undefined && !options.quick && options.seeds === undefined && skipped.length === 0) write(result);

function write(result: EverydayResult): void {
  const folder = join(ROOT, 'benchmarks/results');
  mkdirSync(folder, { recursive: true });
  const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
  // One line a learner: a thousand of them can be read and compared.
  const text = JSON.stringify(result, rounded, 1).replace(/\{\s+"name": [^{}]*\}/g, (line) => line.replace(/\s+/g, ' '));
  writeFileSync(join(folder, 'everyday.json'), text + '\n');
  const page = join(ROOT, 'docs/everyday.md');
  if (existsSync(page)) writeFileSync(page, withMatrix(readFileSync(page, 'utf8'), JSON.parse(text) as EverydayResult));
  say('written: benchmarks/results/everyday.json, docs/everyday.md; `npm run readme` takes the counts over into the README');
}

function nameOf(cell: number): string {
  const { group, regime, data } = CELLS[cell];
  return `${group}, ${regime}: ${data}`;
}

function say(text: string): void {
  process.stderr.write(text + '\n');
}
