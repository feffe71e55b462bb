/**
 * npm run bench:everyday [-- --quick] [--targets] [--only NAME] [--seeds N] [--options JSON] [--full]
 *
 * The regimes of everyday use as a matrix: the product beside simple rivals, all on the same scripts; then the targets. --quick takes two seeds and
 * shorter streams, and no targets; --targets takes them alone; --only takes the cells (or targets) with NAME in their group, regime, data or words;
 * --options adds a column of the product with those options, such as '{"exemplars":60}'; --full adds a million samples. A run over all cells and seeds
 * is written to the results file and to docs/everyday.md. Progress, and what has changed since the results file, go to stderr.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { missingDev, ROOT } from '../streams/data.js';
import type { Cell } from './cell.js';
import { changes } from './changes.js';
import type { Job } from './jobs.js';
import { CELLS, columnsWith, type Outcome } from './matrix.js';
import type { Options } from './onward.js';
import { withMatrix } from './page.js';
import { inProcesses } from './pool.js';
import { resultOfCell, type EverydayResult } from './result.js';
import { RIVALS } from './rivals/all.js';
import { matrixTable } from './table.js';
import { resultOfTarget, TARGETS, targetTable } from './targets.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    targets: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    seeds: { type: 'string' },
    options: { type: 'string' },
  },
});
const seedCount = Number(options.seeds ?? (options.quick ? 2 : 10));
if (!(Number.isInteger(seedCount) && seedCount > 0)) throw new RangeError(`--seeds: got '${options.seeds}', expected a whole number from 1`);
const extra: Options | undefined = options.options === undefined ? undefined : JSON.parse(options.options);
const seeds = Array.from({ length: seedCount }, (_, k) => k + 1);
const only = options.only?.toLowerCase() ?? '';
const nameOf = ({ group, regime, data }: Cell): string => `${group}, ${regime}: ${data}`;
const isChosen = (cell: Cell): boolean => nameOf(cell).toLowerCase().includes(only) && (options.full || !cell.long);

const skipped = new Set<string>();
if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA');
const start = performance.now();
const path = join(ROOT, 'benchmarks/results/everyday.json');
const before: Partial<EverydayResult> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
const cells = options.targets ? (before.cells ?? []) : await measuredCells();
const targets = options.targets || !(options.quick || only !== '' || extra !== undefined) ? await measuredTargets() : (before.targets ?? []);
const columns = columnsWith(extra).map(({ name, options }) => ({ name, options }));
const result: EverydayResult = {
  machine: machine(),
  settings: { seeds, quick: options.quick, columns, rivals: RIVALS.map(({ name, setting }) => ({ name, setting })) },
  seconds: Math.round((performance.now() - start) / 1000),
  skipped: [...skipped],
  cells,
  targets,
};
if (skipped.size > 0) say(`skipped, no data: ${[...skipped].join(', ')}`);
if (!options.targets) console.log(matrixTable(result));
if (!options.targets && before.cells !== undefined && !options.quick) say(changes(before.cells, cells));
if (!options.targets && targets !== before.targets) console.log();
if (targets !== before.targets && targets.length > 0) console.log(targetTable(targets));
if (!options.quick && only === '' && options.seeds === undefined && extra === undefined && skipped.size === 0 && cells.length > 0) write();

async function measuredCells(): Promise<EverydayResult['cells']> {
  const chosen = CELLS.map((_, k) => k).filter((k) => isChosen(CELLS[k]));
  if (chosen.length === 0) throw new RangeError(`--only: no cell has '${options.only}' in its name; there are ${[...new Set(CELLS.map(({ group, regime }) => `${group}, ${regime}`))].join('; ')}`);
  const present = chosen.filter((k) => isThere(CELLS[k]));
  const outcomes = await outcomesOf(present.map((cell) => ({ cell, extra })), ({ cell }) => nameOf(CELLS[cell]));
  return present.map((cell, k) => resultOfCell(CELLS[cell], columnsWith(extra), outcomes[k]));
}

async function measuredTargets(): Promise<EverydayResult['targets']> {
  const chosen = TARGETS.map((_, k) => k).filter((k) => !options.targets || TARGETS[k].what.toLowerCase().includes(only));
  if (chosen.length === 0) throw new RangeError(`--only: no target has '${options.only}' in its words; there are ${TARGETS.map(({ what }) => what).join('; ')}`);
  const parts = chosen.flatMap((target) => TARGETS[target].cells.flatMap((one, cell) => (isThere(one) ? { target, cell } : [])));
  const outcomes = await outcomesOf(parts, ({ target, cell }) => `${TARGETS[target!].what}: ${TARGETS[target!].cells[cell].data}`);
  return chosen.map((target) => resultOfTarget(TARGETS[target], outcomes.filter((_, k) => parts[k].target === target)));
}

/** Of each part its outcomes, by seed. Seed by seed, so that the time that is left can be told from what was done. */
async function outcomesOf(parts: Pick<Job, 'target' | 'cell' | 'extra'>[], words: (job: Job) => string): Promise<Outcome[][]> {
  const outcomes: Outcome[][] = parts.map(() => []);
  const jobs = seeds.flatMap((seed) => parts.map((part, place) => ({ ...part, place, seed, quick: options.quick })));
  const from = performance.now();
  let toldAt = from;
  await inProcesses<(typeof jobs)[number], Outcome>(new URL('jobs.ts', import.meta.url).href, jobs, (done, job, outcome) => {
    outcomes[job.place][job.seed - 1] = outcome;
    const now = performance.now();
    if (now - toldAt < 5000 && done < jobs.length) return;
    toldAt = now;
    const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(0);
    say(`${done} of ${jobs.length}, ${seconds(now - from)} s, about ${seconds(((now - from) / done) * (jobs.length - done))} s left: ${words(job)}, seed ${job.seed}`);
  });
  return outcomes;
}

function isThere({ present, data }: Cell): boolean {
  if (!present) skipped.add(data);
  return present;
}

function write(): void {
  const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
  // One line a learner, so that the file can be read and compared.
  const text = JSON.stringify(result, rounded, 1).replace(/\{\s+"(name|what)": [^{}]*\}/g, (line) => line.replace(/\s+/g, ' '));
  writeFileSync(path, text + '\n');
  const page = join(ROOT, 'docs/everyday.md');
  writeFileSync(page, withMatrix(readFileSync(page, 'utf8'), JSON.parse(text) as EverydayResult));
  say('written: benchmarks/results/everyday.json, docs/everyday.md; `npm run readme` takes the summary over into BENCHMARKS.md');
}

function say(text: string): void {
  process.stderr.write(text + '\n');
}
