/**
 * npm run bench:streams [-- --only onward | --only rivals] [--streams fan,letter] [--units 64,64] [--rows all]
 *
 * Prequential accuracy of onward on every stream against rivals that are tuned per stream. Rivals and the float rule are kept in the results file
 * under a hash of the stream and of the code that made them; --only onward reuses them when the hash still fits. Streams are cut to 10,000 samples; with
 * --rows all they are whole. The rivals that hurt (rivals/all.ts) have a table of their own. Progress goes to stderr.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FloatLearner } from '../../tests/float-reference.js';
import { machine } from '../machine.js';
import { LONGEST, later, missingDev, ROOT, sources as first, type Stream } from './data.js';
import { hurtTable } from './hurt.js';
import { runOnward } from './onward.js';
import { withHurt } from './page.js';
import { mean, persistence, prequential } from './prequential.js';
import { RIVALS, meet, timed } from './rivals/all.js';
import { nameOf, summarise, table, type Hurt, type Rivals, type StreamResult } from './table.js';
import { CLIPS, RATES, SEEDS, sweepRates, tune } from './tune.js';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, streams: { type: 'string' }, units: { type: 'string', default: '64,64' }, rows: { type: 'string', default: String(LONGEST) } },
});
const longest = options.rows === 'all' ? Infinity : Number(options.rows);
if (!(longest >= 1)) throw new RangeError(`--rows: got '${options.rows}', expected 'all' or a number of samples such as 10000`);
const sources = [...first, ...later];
if (options.only !== undefined && !['onward', 'rivals'].includes(options.only)) throw new RangeError(`--only: got '${options.only}', expected 'onward' or 'rivals'`);
const units = options.units.split(',').map(Number);
if (units.some((m) => !Number.isInteger(m) || m < 1)) throw new RangeError(`--units: got '${options.units}', expected whole numbers such as 64,64`);
const width = units[0];
const chosen = options.streams?.split(',');
for (const name of chosen ?? []) {
  if (!sources.some((source) => source.name === name)) throw new RangeError(`--streams: no stream '${name}'; there are ${sources.map((s) => s.name).join(', ')}`);
}

const folder = join(ROOT, 'benchmarks/results');
const file = ['streams', ...(options.units === '64,64' ? [] : units), ...(longest === LONGEST ? [] : [options.rows])].join('-') + '.json';
const path = join(folder, file);
const before: { streams: StreamResult[] } | undefined = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
const codeHash = hashOfRivalCode();
const hurtHash = hashOf(...['benchmarks/streams/rivals', 'benchmarks/everyday/rivals'].flatMap((where) => readdirSync(join(ROOT, where)).sort().map((name) => readFileSync(join(ROOT, where, name)))));
const HURT_SEEDS = SEEDS.slice(0, 5);

const results: StreamResult[] = [];
const skipped: string[] = [];
if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA; those streams are skipped');
for (const source of sources) {
  const kept = before?.streams.find((s) => s.name === source.name);
  const missing = !existsSync(source.file);
  if (missing) skipped.push(source.name);
  if (missing || (chosen && !chosen.includes(source.name))) {
    if (kept) results.push({ ...kept, kept: true });
    continue;
  }
  const stream = await source.load(longest);
  say(`${source.name}: ${stream.samples} samples, ${stream.inputs} values, ${stream.labels.length} labels`);
  const key = hashOf(codeHash, JSON.stringify([stream.name, stream.inputs, stream.labels, units]), stream.x, stream.y);
  const rivals = options.only === 'onward' && kept?.rivals.key === key ? kept.rivals : measureRivals(stream, key);
  results.push({
    name: source.name,
    kept: false,
    counted: source.counted,
    samples: stream.samples,
    inputs: stream.inputs,
    labels: stream.labels.length,
    rivals,
    int16: options.only === 'rivals' ? kept?.int16 : await runOnward(stream, { units, bits: 16 }, SEEDS, say),
    int8: options.only === 'rivals' ? kept?.int8 : await runOnward(stream, { units, bits: 8 }, SEEDS, say),
    hurt: await hurt(stream, rivals, kept?.hurt),
  });
}
if (results.length === 0) {
  throw new Error(`no stream found (looked for ${sources[0].file} and others): run this in a checkout with data/, or name folders by ONWARD_DEV_DATA`);
}

const summary = summarise(results.filter((r) => r.counted));
console.log(table(results, summary, units, skipped));
console.log(hurtTable(results));
mkdirSync(folder, { recursive: true });
const content = { machine: machine(), settings: { units, clips: CLIPS, rates: RATES, seeds: SEEDS }, summary, skipped, streams: results };
// Lists of numbers on one line each: half the bytes, and a scan can be read.
const text = JSON.stringify(content, rounded, 1).replace(/\[[-\d.,\s]+\]/g, (list) => list.replace(/\s+/g, '').replaceAll(',', ', ')) + '\n';
writeFileSync(path, text);
if (file === 'streams.json') {
  const page = join(ROOT, 'docs/streams.md');
  writeFileSync(page, withHurt(readFileSync(page, 'utf8'), (JSON.parse(text) as { streams: StreamResult[] }).streams));
}
say(`written: benchmarks/results/${file}`);

/** The rivals that hurt, and onward as they are to be held against. */
async function hurt(stream: Stream, { tuned, persistence: repeated }: Rivals, kept?: Hurt): Promise<Hurt> {
  const key = hashOf(hurtHash, JSON.stringify([stream.name, stream.inputs, stream.labels]), stream.x, stream.y);
  const reused = options.only === 'onward' && kept?.key === key ? kept.met : undefined;
  const met = reused ?? [
    { name: 'repeat', setting: 'the last label', accuracy: repeated, bytes: 4, microseconds: 0 },
    ...[0, 1, 2].map((layers) => timed(stream, tuned.filter(({ hidden }) => hidden.length === layers).reduce((a, b) => (b.accuracy > a.accuracy ? b : a)))),
    ...RIVALS.map((rival) => meet(rival, stream)),
  ];
  for (const { name, setting, accuracy, bytes, microseconds } of reused ? [] : met) say(`  ${name} ${accuracy.toFixed(2)} (${setting}, ${bytes} bytes, ${microseconds.toFixed(1)} us)`);
  if (options.only === 'rivals') return { key, met, full: kept?.full, remembering: kept?.remembering };
  const settings = { units, bits: 16, secondOrder: 'full' } as const;
  return { key, met, full: await runOnward(stream, settings, HURT_SEEDS, say), remembering: await runOnward(stream, { ...settings, exemplars: 200 }, HURT_SEEDS, say) };
}

function measureRivals(stream: Stream, key: string): Rivals {
  const start = performance.now();
  const tuned = [[], [width], [width, width]].flatMap((hidden) =>
    CLIPS.map((clip) => {
      const result = tune(stream, hidden, clip);
      say(`  ${nameOf(hidden)} ${result.accuracy.toFixed(2)} (clip ${clip}, rate ${result.choice.rate.toPrecision(2)}, margin ${result.choice.margin})`);
      return result;
    }),
  );
  const swept = [[width], [width, width]].flatMap((hidden) =>
    [false, true].map((selfRate) => ({ hidden, selfRate, accuracies: sweepRates(stream, hidden, selfRate) })),
  );
  const floatRule = mean(
    SEEDS.map((seed) => prequential(stream, new FloatLearner({ inputs: stream.inputs, labels: stream.labels.length, units, seed }))),
  );
  say(`  float rule ${floatRule.toFixed(2)}`);
  return { key, persistence: persistence(stream), tuned, swept, floatRule, seconds: (performance.now() - start) / 1000 };
}

function hashOfRivalCode(): string {
  const files = readdirSync(join(ROOT, 'benchmarks/rivals')).sort().map((name) => join(ROOT, 'benchmarks/rivals', name));
  files.push(join(ROOT, 'benchmarks/streams/tune.ts'), join(ROOT, 'tests/float-reference.ts'));
  return hashOf(...files.map((file) => readFileSync(file)));
}

function hashOf(...parts: (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

/** Accuracies and rates to 5 digits: the file is read by people too. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

function say(text: string): void {
  process.stderr.write(text + '\n');
}
