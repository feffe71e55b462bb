/**
 * npm run bench:continual [-- --quick] [--only digits,wand] [--part onward|rivals] [--seeds N] [--config JSON]
 *
 * Learning task after task, through abrupt changes, and on streams that do not change: onward, and its rivals in the same run. --quick takes two
 * seeds and 6,000 samples of MNIST and writes nothing; --part measures one side and takes the other from the results file (the rivals only while the code that made them
 * is the same); --config runs onward alone with those options on top of each protocol's own (null takes one away) and writes nothing. Progress goes to stderr.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { missingDev, ROOT } from '../streams/data.js';
import { bestOf, measured, type Line } from './measure.js';
import { COMMON, onward, type Options } from './onward.js';
import { protocols, type Protocol, type RivalName } from './protocols.js';
import { rival, RIVALS } from './rivals.js';
import { ONWARD, resultOf, table, type Result } from './table.js';

const QUICK_SEEDS = 2;
const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, part: { type: 'string' }, seeds: { type: 'string' }, config: { type: 'string' } },
});
const config: Options | undefined = options.config === undefined ? undefined : JSON.parse(options.config);
const only = options.only?.split(',');
for (const name of only ?? []) {
  if (!protocols.some((protocol) => protocol.name === name)) throw new RangeError(`--only: no protocol '${name}'; there are ${protocols.map((p) => p.name).join(', ')}`);
}
if (options.part !== undefined && !['onward', 'rivals'].includes(options.part)) throw new RangeError(`--part: got '${options.part}', expected 'onward' or 'rivals'`);
const seedCount = options.seeds === undefined ? undefined : Number(options.seeds);
if (seedCount !== undefined && !(Number.isInteger(seedCount) && seedCount > 0)) throw new RangeError(`--seeds: got '${options.seeds}', expected a whole number from 1`);
if (missingDev !== undefined) say('the folder with the dev streams is missing: set ONWARD_DEV_DATA; the changes and alarms are measured on the shipped streams only');

const writes = config === undefined && !options.quick && seedCount === undefined;
const path = join(ROOT, 'benchmarks/results/continual.json');
const kept = written();

const results: Result[] = [];
/** Rivals that store nothing do not depend on the store's size: once for all protocols on the same data. */
const withoutStore = new Map<string, Line>();
for (const protocol of protocols) {
  const before = kept.find(({ name }) => name === protocol.name);
  if (only && !only.includes(protocol.name)) {
    if (writes && before) results.push(before);
    continue;
  }
  say(`${protocol.name}: ${protocol.title}`);
  const measure = await protocol.prepare(options.quick);
  const count = seedCount ?? (options.quick ? Math.min(QUICK_SEEDS, protocol.seeds) : protocol.seeds);
  const seeds = Array.from({ length: count }, (_, k) => k + 1);
  const line = async (learner: string, memory: Protocol['memory']) => told(await measured(learner, (shape, seed) => onward(merged(memory(shape.labels)))(shape, seed), measure, seeds));
  const key = rivalsKey(protocol, seeds);
  const lines: Line[] = [];
  for (const [name, memory] of Object.entries({ [ONWARD]: protocol.memory, ...(config === undefined ? protocol.beside : {}) })) {
    const old = options.part === 'rivals' ? before?.lines.find(({ learner }) => learner === name) : undefined;
    if (old) lines.push(old);
    else if (options.part !== 'rivals') lines.push(await line(name, memory));
  }
  for (const name of config === undefined ? protocol.rivals : []) {
    if (options.part === 'onward') {
      const old = keptRival(name, protocol, seeds);
      if (old) lines.push(old);
      else say(`  ${RIVALS[name]}: not measured yet; run without --part onward`);
      continue;
    }
    const shared = `${protocol.data} ${name} ${seeds}`;
    const own = (name !== 'backprop' && withoutStore.get(shared)) || told(await bestOf(RIVALS[name], rival(name, protocol), protocol, measure, seeds));
    withoutStore.set(shared, own);
    lines.push(own);
  }
  results.push(resultOf(protocol, seeds, { ...COMMON, ...protocol.memory(10) }, key, lines));
  if (writes) save(results.at(-1)!);
}
console.log(table(results));
if (writes) say('written: benchmarks/results/continual.json');

function written(): Result[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { protocols: Result[] }).protocols : [];
}

/** After every protocol: the whole takes hours, and another part may be running beside. */
function save(result: Result): void {
  const others = written();
  const all = protocols.flatMap(({ name }) => (name === result.name ? result : others.find((one) => one.name === name) ?? []));
  const text = JSON.stringify({ machine: machine(), protocols: all }, (_, v) => (typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(5)) : v), 1);
  writeFileSync(path, text.replace(/\[[-\d.,\s]+\]/g, (list) => list.replace(/\s+/g, '').replaceAll(',', ', ')) + '\n');
}

function merged(memory: Options): Options {
  return Object.fromEntries(Object.entries({ ...memory, ...config }).filter(([, value]) => value !== null));
}

/** A rival's line from the results file, if the code that made it is the same; one that stores nothing, of any protocol on the same data. */
function keptRival(name: RivalName, protocol: Protocol, seeds: readonly number[]): Line | undefined {
  const sources = protocols.filter((one) => one === protocol || (name !== 'backprop' && one.data === protocol.data));
  return sources.flatMap((one) => {
    const result = kept.find((old) => old.name === one.name);
    return result?.rivalsKey === rivalsKey(one, seeds) ? result.lines.filter(({ learner }) => learner === RIVALS[name]) : [];
  })[0];
}

/** Hash of everything that the rivals' figures depend on, but for the data itself. */
function rivalsKey({ memory }: Protocol, seeds: readonly number[]): string {
  const own = ['backprop', 'change', 'episodes', 'exemplars', 'moments', 'nearest-mean', 'rivals', 'samples', 'slda', 'sparse-mlp'].map((name) => `continual/${name}.ts`);
  const shared = readdirSync(join(ROOT, 'benchmarks/rivals')).sort().map((name) => `rivals/${name}`);
  const hash = createHash('sha256').update(JSON.stringify([seeds, memory(10), missingDev === undefined]));
  for (const file of [...own, ...shared, 'streams/wand.ts', 'streams/fan.ts']) hash.update(readFileSync(join(ROOT, 'benchmarks', file)));
  return hash.digest('hex').slice(0, 16);
}

function told(line: Line): Line {
  say(`  ${line.learner} ${line.setting}: ${line.mean.toFixed(2)} +- ${line.deviation.toFixed(2)} (${line.bySeed.map((v) => v.toFixed(1)).join(', ')}), ${line.seconds.toFixed(1)} s`);
  return line;
}

function say(text: string): void {
  process.stderr.write(text + '\n');
}
