/**
 * npm run bench:fan
 *
 * The main job, `onward run`, with five seeds and both widths of weights: accuracy over the whole fan recording, and above 60 % speed beside the
 * copies that were frozen there.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine } from './machine.js';
import { mean } from './streams/prequential.js';

const SEEDS = [1, 2, 3, 4, 5];
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

interface Run {
  accuracy: number;
  arenaBytes: number;
  above60: { accuracy: number; frozen: number; standardiserOnly: number; persistence: number };
}

const rows = [8, 16].map((bits) => {
  const runs = SEEDS.map((seed): Run => {
    process.stderr.write(`int${bits}, seed ${seed}\n`);
    return JSON.parse(execFileSync(process.execPath, [cli, 'run', '--json', '--bits', `${bits}`, '--seed', `${seed}`], { encoding: 'utf8' }));
  });
  const percent = (pick: (run: Run) => number): number => Number((100 * mean(runs.map(pick))).toFixed(1));
  return {
    bits,
    accuracy: percent((run) => run.accuracy),
    lowest: Number((100 * Math.min(...runs.map((run) => run.accuracy))).toFixed(1)),
    above60: percent((run) => run.above60.accuracy),
    frozen: percent((run) => run.above60.frozen),
    standardiserOnly: percent((run) => run.above60.standardiserOnly),
    persistence: percent((run) => run.above60.persistence),
    arenaBytes: runs[0]!.arenaBytes,
  };
});

console.table(rows);
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('fan.json', results), JSON.stringify({ machine: machine(), seeds: SEEDS, rows }, null, 1) + '\n');
