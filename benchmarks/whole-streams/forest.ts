/**
 * npm run bench:forest [-- --quick]
 *
 * An adaptive random forest of a hundred trees, the size that papers report, on six of the whole streams: on all of them it takes hours. Writes
 * benchmarks/results/forest.json; docs/whole-streams.md has the sentence (`npm run readme`). --quick takes 2,000 rows of each and writes nothing.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { ROOT, later, missingDev, sources } from '../streams/data.js';
import { forest } from './learners.js';
import type { WholeResult } from './table.js';
import { SEED, asText, say, walk } from './walk.js';

const TREES = 100;
const STREAMS = ['wand', 'robot', 'keystroke', 'elec2', 'occupancy', 'wifi_rooms'];

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
if (missingDev !== undefined) throw new Error(missingDev);
const results: WholeResult[] = [];
for (const source of [...sources, ...later]) {
  if (STREAMS.includes(source.name) && existsSync(source.file)) results.push(await walk(await source.load(options.quick ? 2_000 : Infinity), false, [forest(TREES)]));
}
if (options.quick) say(JSON.stringify(results.map(({ stream, learners }) => [stream, learners[0]!.accuracy])));
else {
  writeFileSync(join(ROOT, 'benchmarks/results/forest.json'), asText({ machine: machine(), seed: SEED, trees: TREES, results }));
  say('written: benchmarks/results/forest.json; now npm run readme');
}
