/**
 * npm run bench:regression [-- --quick] [-- --ours]
 *
 * Whole streams with a number to predict: every learner answers each sample, then learns it, once. Ours has one setting for all and three seeds; of a rival's settings each
 * stream's best counts. Writes benchmarks/results/regression.json and the table of docs/regression.md. --quick takes 2,000 rows of each and writes nothing; nor is anything written where streams are missing. --ours takes
 * what rivals had in the committed results, on the same rows, and measures ours anew: a minute in place of an hour.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRegressor } from '../../host/regressor/index.js';
import { machine } from '../machine.js';
import { ROOT } from '../streams/data.js';
import { RIVALS } from './rivals/all.js';
import { isThere, sources, type Stream } from './streams.js';
import { table, type Measured, type RegressionResult } from './table.js';

const SEEDS = [1, 2, 3];
const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, ours: { type: 'boolean', default: false } } });
const longest = options.quick ? 2_000 : Infinity;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const before: readonly RegressionResult[] = options.ours ? (JSON.parse(readFileSync(join(ROOT, 'benchmarks/results/regression.json'), 'utf8')) as { streams: RegressionResult[] }).streams : [];
const streams: RegressionResult[] = [];
for (const source of sources) {
  if (isThere(source)) streams.push(await walk(cut(await source.load())));
  else say(`${source.name}: ${source.file} is missing; ONWARD_DEV_DATA names the folder`);
}
console.log(table(streams));
if (streams.length < sources.length) say(`not written: ${streams.length} of ${sources.length} streams are there`);
else if (!options.quick) {
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value);
  writeFileSync(join(ROOT, 'benchmarks/results/regression.json'), `${JSON.stringify({ machine: machine(), seeds: SEEDS, streams }, rounded, 1)}\n`);
  const page = join(ROOT, 'docs/regression.md');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/<!-- streams -->[^]*<!-- \/streams -->/, `<!-- streams -->\n${table(streams)}\n<!-- /streams -->`));
  say('written: benchmarks/results/regression.json and docs/regression.md');
}

function cut(stream: Stream): Stream {
  return { ...stream, x: stream.x.slice(0, longest), y: stream.y.slice(0, longest) };
}

async function walk(stream: Stream): Promise<RegressionResult> {
  const { name, says, isAside, x, y } = stream;
  say(`${name}: ${y.length} samples of ${x[0].length}`);
  const ours = [];
  for (const seed of SEEDS) ours.push(await measureOurs(stream, seed));
  const known = before.find((result) => result.name === name && result.samples === y.length);
  if (known) return { name, says, isAside, samples: y.length, inputs: x[0].length, ours, rivals: known.rivals };
  const rivals: Record<string, Measured> = {};
  for (const [rival, settings] of Object.entries(RIVALS)) {
    let best: Measured = { r2: -Infinity };
    for (const [setting, make] of Object.entries(settings)) {
      const learner = make(stream);
      let errors = 0;
      y.forEach((target, i) => {
        if (i > 0) errors += (learner.predict(x[i]) - target) ** 2;
        learner.learn(x[i], target);
      });
      const r2 = 1 - errors / variation(y);
      if (r2 > best.r2) best = { r2, ...(setting === '' ? {} : { setting }) };
    }
    rivals[rival] = best;
  }
  return { name, says, isAside, samples: y.length, inputs: x[0].length, ours, rivals };
}

async function measureOurs({ x, y }: Stream, seed: number): Promise<RegressionResult['ours'][number]> {
  using regressor = await createRegressor({ inputs: x[0].length, seed });
  let [errors, within] = [0, 0];
  const start = process.cpuUsage();
  y.forEach((target, i) => {
    if (i > 0) {
      const { value, low, high } = regressor.predict(x[i]);
      errors += (value - target) ** 2;
      if (target >= low && target <= high) within++;
    }
    regressor.learn(x[i], target);
  });
  const { user, system } = process.cpuUsage(start);
  return { r2: 1 - errors / variation(y), covered: (100 * within) / (y.length - 1), microseconds: (user + system) / y.length, bytes: regressor.stats().bytes.arena };
}

/** Sum of squares around the mean, without the first target, which nobody can know. */
function variation(y: Float64Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return y.subarray(1).reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
