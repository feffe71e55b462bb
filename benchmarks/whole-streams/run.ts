/**
 * npm run bench:whole-streams [-- --quick] [-- --trees N --only NAME,...]
 *
 * Whole streams, without a cut, and the five drift generators: every learner answers each sample, then learns it, once, with one setting for all. Writes
 * benchmarks/results/whole-streams.json, docs/whole-streams.svg and the tables of docs/whole-streams.md. --quick takes 2,000 rows of each and writes nothing; nor does
 * --trees, which walks streams with a forest of so many trees alone: hundred of them take ten times as long as all others together.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { ROOT, later, missingDev, sources, type Stream } from '../streams/data.js';
import { persistence, prequential } from '../streams/prequential.js';
import { GENERATORS, generated } from './generators.js';
import { LEARNERS, forest } from './learners.js';
import { picture } from './picture.js';
import { differenceOf, ranked, tables, type Measured, type WholeResult } from './table.js';

/** Rows of a generated stream; SEA's paper has 60,000 in four blocks, others 100,000 to a million. */
const SAMPLES = 40_000;
const SEED = 1;
/** The fan's recording a second time. */
const ASIDE = 'fan-log';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, trees: { type: 'string' }, only: { type: 'string' } } });
const longest = options.quick ? 2_000 : Infinity;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA; those streams are skipped');
const learnersAsked = options.trees === undefined ? LEARNERS : [forest(Number(options.trees))];
const isAsked = (name: string): boolean => options.only?.split(',').includes(name) ?? true;
const results: WholeResult[] = [];
for (const source of [...sources, ...later]) if (source.name !== ASIDE && isAsked(source.name) && existsSync(source.file)) results.push(await walk(await source.load(longest), false));
for (const name of Object.keys(GENERATORS).filter(isAsked)) results.push(await walk(generated(name, Math.min(SAMPLES, longest), SEED), true));

if (options.trees === undefined && options.only === undefined) console.log(tables(results));
if (Object.keys(options).every((name) => name === 'quick') && !options.quick) {
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value);
  const text = `${JSON.stringify({ machine: machine(), seed: SEED, results }, rounded, 1)}\n`;
  writeFileSync(join(ROOT, 'benchmarks/results/whole-streams.json'), text);
  const kept = (JSON.parse(text) as { results: WholeResult[] }).results; // as it is read back by `npm run readme` and by the test
  writeFileSync(join(ROOT, 'docs/whole-streams.svg'), picture(ranked(kept), differenceOf(kept)));
  const page = join(ROOT, 'docs/whole-streams.md');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/<!-- whole -->[^]*<!-- \/whole -->/, `<!-- whole -->\n${tables(kept)}\n<!-- /whole -->`));
  say('written: benchmarks/results/whole-streams.json, docs/whole-streams.svg and docs/whole-streams.md');
}

async function walk(stream: Stream, isGenerated: boolean): Promise<WholeResult> {
  const repeated = persistence(stream);
  say(`${stream.name}: ${stream.samples} samples, ${stream.inputs} inputs, ${stream.labels.length} labels, repeat ${repeated.toFixed(1)}`);
  const learners: Measured[] = [];
  for (const { name, make } of learnersAsked) {
    const learner = await make(stream, SEED);
    const start = process.cpuUsage();
    const accuracy = prequential(stream, {
      step(x, y) {
        const answer = learner.answer(x);
        learner.teach(x, y);
        return answer;
      },
    });
    const { user, system } = process.cpuUsage(start);
    const measured = { name, accuracy, kappaTemporal: (accuracy - repeated) / (100 - repeated), bytes: learner.bytes(), microseconds: (user + system) / stream.samples };
    say(`  ${name} ${accuracy.toFixed(2)} (${measured.bytes} bytes, ${measured.microseconds.toFixed(1)} us)`);
    learners.push(measured);
  }
  const { name, samples, inputs, labels } = stream;
  return { stream: name, generated: isGenerated, samples, inputs, labels: labels.length, persistence: repeated, learners };
}
