/**
 * npm run bench:whole-streams [-- --quick]
 *
 * Whole streams, without a cut, and the five drift generators: every learner answers each sample, then learns it, once, with one setting for all. Writes
 * benchmarks/results/whole-streams.json, docs/whole-streams.svg and the tables of docs/whole-streams.md. --quick takes 2,000 rows of each and writes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { ROOT, later, missingDev, sources } from '../streams/data.js';
import { GENERATORS, generated } from './generators.js';
import { LEARNERS } from './learners.js';
import { picture } from './picture.js';
import { differenceOf, ranked, tables, type WholeResult } from './table.js';
import { SEED, asText, say, walk } from './walk.js';

/** Rows of a generated stream; SEA's paper has 60,000 in four blocks, others 100,000 to a million. */
const SAMPLES = 40_000;
/** The fan's recording a second time. */
const ASIDE = 'fan-log';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const longest = options.quick ? 2_000 : Infinity;

if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA; those streams are skipped');
const results: WholeResult[] = [];
for (const source of [...sources, ...later]) if (source.name !== ASIDE && existsSync(source.file)) results.push(await walk(await source.load(longest), false, LEARNERS));
for (const name of Object.keys(GENERATORS)) results.push(await walk(generated(name, Math.min(SAMPLES, longest), SEED), true, LEARNERS));

console.log(tables(results));
if (missingDev !== undefined) say('not written: streams are missing');
else if (!options.quick) {
  const text = asText({ machine: machine(), seed: SEED, results });
  writeFileSync(join(ROOT, 'benchmarks/results/whole-streams.json'), text);
  const kept = (JSON.parse(text) as { results: WholeResult[] }).results; // as it is read back by `npm run readme` and by the test
  writeFileSync(join(ROOT, 'docs/whole-streams.svg'), picture(ranked(kept), differenceOf(kept)));
  const page = join(ROOT, 'docs/whole-streams.md');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/<!-- whole -->[^]*<!-- \/whole -->/, `<!-- whole -->\n${tables(kept)}\n<!-- /whole -->`));
  say('written: benchmarks/results/whole-streams.json, docs/whole-streams.svg and docs/whole-streams.md');
}
