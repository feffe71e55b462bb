/**
 * npm run bench:margin
 *
 * What skipping confident samples costs and saves: mean prequential accuracy over the streams against the share of layer updates done, margin by
 * margin. The default of `margin` is read off this table.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { machine } from './machine.js';
import { runOnward } from './streams/onward.js';
import { missingDev, sources, type Stream } from './streams/data.js';
import { mean } from './streams/prequential.js';

const MARGINS = [0, 0.01, 0.02, 0.05, 0.1, 0.2];
const SEEDS = [1, 2, 3, 4, 5, 6];

if (missingDev !== undefined) process.stderr.write('the folder with the dev streams is missing: set ONWARD_DEV_DATA; those streams are skipped\n');
const streams: Stream[] = [];
for (const source of sources) if (source.counted && existsSync(source.file)) streams.push(await source.load());

const rows = [];
for (const bits of [8, 16] as const) {
  for (const margin of MARGINS) {
    const runs = [];
    for (const stream of streams) runs.push(await runOnward(stream, { units: [64, 64], bits, margin }, SEEDS, () => {}));
    const row = {
      bits,
      margin,
      accuracy: Number(mean(runs.map((run) => run.accuracy)).toFixed(2)),
      updates: Number((100 * mean(runs.map((run) => run.updates))).toFixed(1)),
    };
    rows.push(row);
    process.stderr.write(`int${bits} margin ${margin}: ${row.accuracy} % right with ${row.updates} % of the updates\n`);
  }
}

console.log('bits   margin   accuracy   layer updates done');
for (const { bits, margin, accuracy, updates } of rows) {
  console.log(`${`${bits}`.padStart(4)} ${`${margin}`.padStart(8)} ${`${accuracy.toFixed(2)} %`.padStart(10)} ${`${updates.toFixed(1)} %`.padStart(20)}`);
}
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(
  new URL('margin.json', results),
  JSON.stringify({ machine: machine(), streams: streams.map(({ name }) => name), seeds: SEEDS, rows }, null, 1) + '\n',
);
