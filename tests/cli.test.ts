// The command line, run as a user runs it: arguments in, text, files and an exit code out.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createLearner } from '../host/index.js';
import { blocks } from './blocks.js';
import { CLI, buildCli, runCommand, type Ended } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('cli');
const root = fileURLToPath(new URL('..', import.meta.url));
const digits = join(root, 'data/digits_8x8.csv.gz');
let folder = '';

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-cli-'));
  await buildCli();
  process.chdir(folder); // commands run in threads of this process
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const onward = (...args: string[]): Promise<Ended> => runCommand(args);

async function json(...args: string[]) {
  const { code, out, err } = await onward(...args, '--json');
  assert.is(code, 0, err);
  return JSON.parse(out);
}

async function refused(code: number, reason: RegExp, ...args: string[]): Promise<void> {
  const result = await onward(...args);
  assert.is(result.code, code, result.err);
  assert.match(result.err, reason);
  assert.is(result.err.trimEnd().split('\n').length, 1, `one line, not: ${result.err}`);
  assert.is(result.out, '');
}

/** Two labels that two of three columns tell apart, in an order without runs. */
function file(name: string, rows = 400, header = true): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const noise = (k: number) => (((i * 7919 + k * 104729) % 1000) / 1000).toFixed(3);
    const up = (i * i + (i >> 2)) % 3 === 0;
    return `${(up ? 2 : -2) + Number(noise(1))},${noise(2)},${(up ? -1 : 1) + Number(noise(3))},${up ? 'up' : 'down'}`;
  });
  if (header) lines.unshift('a,b,c,state');
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(lines.join('\n')) : lines.join('\n'));
  return path;
}

test('eval --json has every key, and fractions', async () => {
  const result = await json('eval', file('train.csv'), '--units', '8,8', '--seed', '5', '--test', file('test.csv.gz', 100));
  const keys = ['samples', 'labels', 'labelNames', 'accuracy', 'balancedAccuracy', 'persistence', 'kappa', 'kappaTemporal', 'testAccuracy', 'arenaBytes', 'updates', 'saturations', 'seconds', 'config'];
  for (const key of keys) assert.ok(key in result, key);
  assert.equal([result.samples, result.labels, result.labelNames, result.testSamples], [400, 2, ['down', 'up'], 100]);
  assert.ok(result.accuracy > 0.9 && result.accuracy <= 1, String(result.accuracy));
  assert.ok(result.testAccuracy > 0.95 && result.testAccuracy <= 1, String(result.testAccuracy));
  assert.ok(result.calibrationError > 0 && result.calibrationError < 0.1, String(result.calibrationError));
  assert.ok(result.updates > 0 && result.arenaBytes > 0 && result.seconds > 0);
  assert.equal([result.config.units, result.config.seed], [[8, 8], 5]);
});

test('the same seed gives the same figures, another seed others', async () => {
  const figures = async (seed: string) => {
    const { seconds: _, ...rest } = await json('eval', digits, '--seed', seed);
    return rest;
  };
  const first = await figures('3');
  assert.equal(await figures('3'), first);
  assert.is.not((await figures('4')).updates, first.updates);
  assert.is(first.testAccuracy, null);
});

test('digits are learned well above nine in ten, from the first pass on', async () => {
  const once = await json('eval', digits);
  const twice = await json('eval', digits, '--passes', '2');
  assert.equal([once.samples, once.labels], [1797, 10]);
  assert.ok(once.accuracy > 0.9, String(once.accuracy));
  assert.is(twice.accuracy, once.accuracy);
  assert.ok(twice.updates > once.updates);
});

test('--label-every withholds labels, --label and --drop choose columns, --bits is echoed', async () => {
  const path = file('choose.csv');
  // margin 0: every label that is given updates both layers
  const bare = ['eval', path, '--exemplars', '0', '--margin', '0'];
  assert.is((await json(...bare)).updates, 2 * 400);
  const sparse = await json(...bare, '--label-every', '10');
  assert.equal([sparse.samples, sparse.updates], [400, 2 * 40]);
  const dropped = await json('eval', path, '--label', '3', '--drop', 'b,0', '--bits', '16');
  assert.equal([dropped.inputs, dropped.label, dropped.config.bits], [['c'], 'state', 16]);
});

test('eval --json has the measures of a stream, and they fit together', async () => {
  const r = await json('eval', digits, '--units', '16');
  const counts: number[][] = r.confusion.counts;
  assert.equal(r.confusion.labels, r.labelNames);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  assert.is(sum(counts.map(sum)), 1797);
  assert.is(r.accuracy, sum(counts.map((row, i) => row[i]!)) / 1797);
  const recalls = counts.map((row, i) => row[i]! / sum(row));
  assert.equal(Object.values(r.recall), recalls);
  assert.ok(Math.abs(r.balancedAccuracy - sum(recalls) / 10) < 1e-12);
  assert.ok(Math.abs(r.kappaM - (r.accuracy - r.majority) / (1 - r.majority)) < 1e-12);
  assert.ok(r.recentAccuracy > 0.8 && r.fadingAccuracy > 0.8, `${r.recentAccuracy} ${r.fadingAccuracy}`);
  assert.equal([r.alarmsAt, r.gaps, r.delay, r.labelEvery], [[], null, 0, 1]);
});

test('--delay: what is learned late is answered worse, and the last label of all is learned too', async () => {
  const path = file('delay.csv');
  const at = async (delay: string, ...more: string[]) => json('eval', path, '--exemplars', '0', '--margin', '0', '--delay', delay, ...more);
  const [now, late, never] = [await at('0'), await at('50'), await at('400')];
  assert.equal([late.delay, late.samples, late.updates], [50, 400, now.updates]);
  assert.ok(now.accuracy > late.accuracy && late.accuracy > never.accuracy, [now, late, never].map(({ accuracy }) => accuracy).join(' '));
  assert.is(never.persistence, 0); // no label was ever known in time
  assert.is((await at('30', '--label-every', '4')).updates, 2 * 100);
});

test('--time: a column of dates is no input, and its gaps are told', async () => {
  const minute = (i: number) => new Date(Date.UTC(2024, 2, 30) + 60_000 * (i < 200 ? i : i + 45 - (i === 300 ? 60 : 0))).toISOString().slice(0, 19).replace('T', ' ');
  const lines = readFileSync(file('times.csv'), 'utf8').split('\n').map((line, i) => `${i === 0 ? 'at' : minute(i - 1)},${line}`);
  writeFileSync(join(folder, 'times.csv'), lines.join('\n'));
  const result = await json('eval', join(folder, 'times.csv'), '--time', 'at');
  assert.equal(result.inputs, ['a', 'b', 'c']);
  assert.equal(result.gaps, { count: 2, longest: 61 * 60, longestAt: 302, longestRow: 303, backwards: 1 }); // sample 301 is an hour early: back, and forth again
  assert.match((await onward('eval', join(folder, 'times.csv'), '--time', 'at')).out, /gaps in time +2 +the longest 3,660 before row 303; 1 times backwards/);
});

test('--window makes one sample of so many rows of one label', async () => {
  // 20 rows of each label in turn: two windows of 8 each, what is left over is dropped
  const lines = Array.from({ length: 200 }, (_, i) => `${Math.sin(i * (Math.floor(i / 20) % 2 ? 1 : 2))},${i % 3},${Math.floor(i / 20) % 2 ? 'fast' : 'slow'}`);
  writeFileSync(join(folder, 'window.csv'), lines.join('\n'));
  const result = await json('eval', join(folder, 'window.csv'), '--window', '8');
  assert.equal([result.samples, result.config.window], [20, { axes: 2, samples: 8 }]);
  await refused(1, /--window 21: nowhere do 21 rows in a row have the same label/, 'eval', join(folder, 'window.csv'), '--window', '21');
});

/** Three speeds; what tells the states apart turns with the speed. */
function speeds(name: string): string {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const speed = 10 * (1 + Math.floor(i / 200));
    const on = (i * 7919) % 13 < 6;
    const noise = ((i * 104729) % 1000) / 2000;
    return `${speed},${(on === (speed === 20) ? 2 : 0) + noise},${speed / 10 + noise},${on ? 'on' : 'off'}`;
  });
  const path = join(folder, name);
  writeFileSync(path, `speed,a,b,state\n${lines.reverse().join('\n')}`);
  return path;
}

test('eval --tasks label: the digits in five tasks, labels unannounced, remembered and slept over', async () => {
  const r = await json('eval', digits, '--tasks', 'label');
  assert.equal([r.protocol, r.tasks.map(({ name }: { name: string }) => name)], ['class-incremental', ['0 1', '2 3', '4 5', '6 7', '8 9']]);
  assert.is(r.tasks.reduce((sum: number, { train, test: held }: { train: number; test: number }) => sum + train + held, 0), 1797);
  assert.equal([r.samples, r.labels, [...r.labelNames].sort().join('')], [1438, 10, '0123456789']);
  assert.equal([r.config.exemplars, r.exemplars], [200, 200]);
  for (const { matrix } of [r, ...r.baselines]) {
    assert.equal([matrix.length, ...matrix.map((row: number[]) => row.length)], [5, 5, 5, 5, 5, 5]);
    matrix.forEach((row: number[], i: number) => assert.equal(row.slice(i + 1), new Array(4 - i).fill(0), 'a label that never came cannot be answered'));
  }
  const last: number[] = r.matrix[4];
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  assert.is(r.averageAccuracy, mean(last));
  assert.is(r.backwardTransfer, mean([0, 1, 2, 3].map((j) => last[j]! - r.matrix[j][j])));
  const [naive, means] = r.baselines;
  assert.equal([naive.name, means.name, r.forwardTransfer], ['no memory', 'nearest class mean', null]);
  assert.ok(r.finalAccuracy > 0.9, `${r.finalAccuracy}`);
  assert.ok(r.finalAccuracy > naive.finalAccuracy + 0.2 && r.forgetting < naive.forgetting - 0.2, `${naive.finalAccuracy} ${naive.forgetting}`);
  assert.equal(r.beforeSleep.matrix.slice(0, 4), r.matrix.slice(0, 4));
  assert.is.not(r.beforeSleep.finalAccuracy, undefined);
});

test('the same seed cuts and learns the same tasks; options of the protocol', async () => {
  const run = async (...args: string[]) => {
    const { seconds: _, ...rest } = await json('eval', digits, '--tasks', '64', '--units', '16', ...args);
    return rest;
  };
  const first = await run('--labels-per-task', '5', '--seed', '3');
  assert.equal(await run('--labels-per-task', '5', '--seed', '3'), first);
  assert.not.equal((await run('--labels-per-task', '5', '--seed', '4')).matrix, first.matrix);
  assert.equal(first.tasks.map(({ name }: { name: string }) => name), ['0 1 2 3 4', '5 6 7 8 9']);
  const half = await run('--labels-per-task', '5', '--test-share', '0.5', '--in-order', '--exemplars', '0');
  assert.ok(half.tasks.every(({ train, test: held }: { train: number; test: number }) => Math.abs(train - held) <= 5));
  assert.equal([half.beforeSleep, half.learner, half.baselines.length], [null, 'no memory', 1]);
});

test('eval --tasks COLUMN: a task for every value, or bands of them; the column is no input', async () => {
  const path = speeds('speeds.csv');
  const each = await json('eval', path, '--tasks', 'speed', '--units', '16');
  assert.equal([each.protocol, each.inputs, each.tasks.map(({ name }: { name: string }) => name)], ['domain-incremental', ['a', 'b'], ['10', '20', '30']]);
  assert.type(each.forwardTransfer, 'number');
  const first = await json('eval', path, '--tasks', '0', '--task-order', 'first', '--units', '16');
  assert.equal(first.tasks.map(({ name }: { name: string }) => name), ['30', '20', '10']);
  const bands = await json('eval', path, '--tasks', 'speed', '--bands', '2', '--units', '16');
  assert.equal(bands.tasks.map(({ name }: { name: string }) => name), ['10', '20 to 30']);
  const kept = await json('eval', path, '--tasks', 'state', '--labels-per-task', '1', '--prototypes', '2', '--replays', '3', '--units', '16');
  assert.equal([kept.protocol, kept.learner, kept.config.prototypes, kept.beforeSleep], ['class-incremental', '2 prototypes a label', 2, null]);
});

test('eval --tasks prints the matrix, and what it took a name in a file without names for', async () => {
  const { code, out, err } = await onward('eval', digits, '--tasks', 'digit', '--units', '16', '--save', 'tasks.snapshot');
  assert.is(code, 0, err);
  assert.match(err, 'the file has no header: --tasks digit is taken for the label, column 64');
  assert.match(out, 'class-incremental: 5 tasks, 1,438 rows learned once, 359 kept for testing');
  assert.match(out, /after 4 5 +\d+\.\d +\d+\.\d +\d+\.\d +0\.0 +0\.0\n/);
  assert.match(out, /200 exemplars, after sleep +\d+\.\d % +\d+\.\d % +[+-]?\d/);
  assert.match(out, /nearest class mean +\d+\.\d %/);
  assert.not.match(out, '\u001B');
  const kept = await json('inspect', join(folder, 'tasks.snapshot'));
  assert.equal([kept.seen, kept.exemplars, kept.labels.length], [1438, 200, 10]);
  assert.match((await onward('inspect', join(folder, 'tasks.snapshot'))).out, /exemplars +200 +of 200, 8 bits a value\nalarms +0 +of drift, by two-rates/);
});

test('tasks that cannot be are refused with the remedy', async () => {
  const path = speeds('refused.csv');
  const many = join(folder, 'values.csv');
  writeFileSync(many, `v,w,y\n${Array.from({ length: 300 }, (_, i) => `${i / 7},${i % 5},${i % 2 ? 'p' : 'q'}`).join('\n')}`);
  await refused(1, /one task only, "off on"; two are needed\. Give --labels-per-task 1/, 'eval', path, '--tasks', 'label');
  await refused(1, /column "v" holds 300 different values, at most 64 can be tasks; cut them into bands: --bands 4/, 'eval', many, '--tasks', 'v');
  await refused(1, /no column "sped", did you mean "speed"/, 'eval', path, '--tasks', 'sped');
  await refused(2, /--bands needs --tasks with a column of numbers/, 'eval', path, '--tasks', 'state', '--bands', '2');
  await refused(2, /--labels-per-task needs --tasks label/, 'eval', path, '--tasks', 'speed', '--labels-per-task', '1');
  await refused(2, /--task-order must be sorted or first, got last/, 'eval', path, '--tasks', 'label', '--task-order', 'last');
  await refused(2, /FILE is missing; --tasks takes a column: --tasks label x\.csv/, 'eval', '--tasks', 'x.csv');
});

test('eval --exemplars and --drift: what is kept, and where the alarms were', async () => {
  // the two labels change places halfway
  const lines = readFileSync(file('swap.csv', 4000, false), 'utf8').split('\n').map((line, i) => (i < 2000 ? line : line.replace(/up|down/, (y) => (y === 'up' ? 'down' : 'up'))));
  writeFileSync(join(folder, 'swap.csv'), lines.join('\n'));
  const watched = await json('eval', join(folder, 'swap.csv'), '--exemplars', '40', '--exemplar-bits', '4', '--replays', '2');
  assert.equal([watched.config.exemplars, watched.config.exemplarBits, watched.config.replays, watched.exemplars], [40, 4, 2, 40]);
  assert.is(watched.alarms, watched.alarmsAt.length);
  assert.ok(watched.alarmsAt.some((at: number) => at > 2000 && at < 2300), `alarms at ${watched.alarmsAt}`);
  assert.ok(watched.alarmsAt.every((at: number) => at > 2000), `false alarms at ${watched.alarmsAt}`);
  const blind = await json('eval', join(folder, 'swap.csv'), '--exemplars', '0', '--drift', 'none');
  assert.equal([blind.alarms, blind.alarmsAt, blind.exemplars], [0, [], 0]);
});

test('eval prints a table, warnings go to stderr', async () => {
  const { code, out, err } = await onward('eval', join(root, 'data/occupancy_datatest.txt.gz'));
  assert.is(code, 0, err);
  assert.match(out, /accuracy +\d+\.\d %/);
  assert.match(out, /2,665 +5 inputs, 2 labels in column "Occupancy"/);
  assert.match(err, 'label: Occupancy; left out: 0 (it has no name: a row number), date (a date)');
});

test('a pipe is read like a file, by any name', async () => {
  const path = file('piped.csv');
  const { seconds: _, file: __, ...whole } = await json('eval', path);
  const shell = (line: string) => JSON.parse(execFileSync('sh', ['-c', line, 'sh', path, process.execPath, CLI], { encoding: 'utf8' }));
  for (const name of ['-', '/dev/stdin', '/dev/fd/0']) {
    const { seconds: _, file: said, ...piped } = shell(`cat "$1" | "$2" "$3" eval ${name} --json`);
    assert.equal([said, piped], [name, whole]);
  }
  assert.is(shell('"$2" "$3" eval - --passes 2 --json < "$1"').accuracy, whole.accuracy);
  assert.is(shell('cat "$1" | "$2" "$3" run - --exemplars 200 --json').accuracy, whole.accuracy);
  await refused(1, /standard input: the file is empty/, 'eval', '-');
});

test('rare text is missing, with one warning a column; a test file with other names is matched by place, and says so', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${i % 100 === 7 ? 'ERR' : i % 2},${(i * 7) % 5},${i % 2 ? 'on' : 'off'}`);
  writeFileSync(join(folder, 'err.csv'), `# logger 3\na,b,y\n${rows.join('\n')}`);
  writeFileSync(join(folder, 'other.csv'), `a,c,y\n${rows.slice(100).join('\n')}`);
  const { code, err } = await onward('eval', join(folder, 'err.csv'), '--test', join(folder, 'other.csv'));
  assert.is(code, 0, err);
  const lines = err.trimEnd().split('\n').map((line) => line.replace(/^.*\.csv: /, ''));
  assert.equal(lines, [
    'column "a": 3 cells of text taken as missing, the first is "ERR" in row 10',
    '1 columns have other names than in the file that was learned ("c" for "b"): matched by place',
    'column "a": 2 cells of text taken as missing, the first is "ERR" in row 9',
  ]);
});

test('eval --test: asked after a rehearsal, with all figures; columns by name in any order, and an error names the one that is missing', async () => {
  const moments = blocks();
  const header = 'watts,volts,ear,other,state\n';
  writeFileSync(join(folder, 'blocks.csv'), header + moments.map(({ x, y }) => `${x.join(',')},${y}\n`).join(''));
  const exam = blocks(2).reverse();
  writeFileSync(join(folder, 'exam.csv'), `state,ear,watts,other,volts\n${exam.map(({ x: [watts, volts, ear, other], y }) => `${y},${ear},${watts},${other},${volts}\n`).join('')}`);
  const asked = ['eval', join(folder, 'blocks.csv'), '--test', join(folder, 'exam.csv')];
  const plain = await json(...asked, '--exemplars', '0');
  const rested = await json(...asked, '--exemplars', '200');
  const { seconds: _, ...unasked } = await json(...asked);
  assert.equal({ ...unasked, seconds: rested.seconds }, rested, 'labels one after the other: as much is kept as by learn');
  assert.ok(rested.testAccuracy > 0.9 && plain.testAccuracy > 0.9, `${rested.testAccuracy}, without a memory ${plain.testAccuracy}`);
  for (const r of [plain, rested]) {
    const recalls: number[] = Object.values(r.testRecall);
    assert.equal(Object.keys(r.testRecall), ['heating', 'off', 'standby']);
    assert.ok(Math.abs(recalls.reduce((a, b) => a + b) / 3 - r.testBalancedAccuracy) < 1e-9);
    assert.ok(Math.abs(r.testBalancedAccuracy - r.testAccuracy) < 1e-9, 'as many of each');
    assert.ok(r.testCalibrationError >= 0 && r.testCalibrationError <= 1);
  }
  const learner = await createLearner<string>({ inputs: 4, labels: ['heating', 'off', 'standby'], exemplars: 200 });
  for (const { x, y } of moments) learner.learn(x, y);
  learner.sleep(10 * learner.worthRehearsing);
  assert.is(rested.testAccuracy, exam.filter(({ x, y }) => learner.predict(x).label === y).length / exam.length);
  const { out } = await onward(...asked, '--exemplars', '200');
  assert.match(out, /test accuracy +\d+\.\d % +75 rows, only predicted, after a rehearsal/);
  assert.match(out, /test, balanced +\d+\.\d %/);
  assert.match(out, /test, calibration +\d+\.\d %/);
  assert.match(out, /test, by label +\d+\.\d % +"/);

  writeFileSync(join(folder, 'lost.csv'), `state,ear,power,other,volts\n${exam.map(({ x, y }) => `${y},${x.join(',')}\n`).join('')}`);
  const { code, err } = await onward('eval', join(folder, 'blocks.csv'), '--test', join(folder, 'lost.csv'));
  assert.is(code, 1);
  assert.match(err, 'no column "watts" as in the file that was learned; the columns here are "state", "ear", "power"');
});

test('more labels than units: a hint on stderr, not in the JSON', async () => {
  const path = join(folder, 'labels.csv');
  writeFileSync(path, Array.from({ length: 700 }, (_, i) => `${i % 70},${i % 7},c${i % 70}`).join('\n'));
  const { out, err } = await onward('eval', path, '--json');
  assert.is(err, '70 labels on 64 units: try --units 128,128\n');
  assert.not.match(out, '--units');
  assert.is((await onward('eval', path, '--quiet')).err, '');
  assert.is((await onward('run', path, '--units', '70', '--json')).err, '');
});

test('run plays the fan: the learner holds where the frozen copy falls', async () => {
  const result = await json('run');
  assert.equal([result.samples, result.labels, result.perSpeed.length], [3060, 3, 17]);
  assert.equal(result.perSpeed.map(({ speed }: { speed: number }) => speed), Array.from({ length: 17 }, (_, i) => 20 + 5 * i));
  assert.is(result.perSpeed[0].frozen, null);
  assert.is(result.above60.samples, 8 * 180);
  assert.ok(result.above60.accuracy > result.above60.frozen + 0.2, JSON.stringify(result.above60));
  assert.equal([result.frozen, result.standardiserOnly], [result.above60.frozen, result.above60.standardiserOnly]);
  assert.ok(Math.abs(result.persistence - 1 / 3) < 0.05);
});

test('run FILE writes lines now and then, a table and a report; no colours without a terminal', async () => {
  const { code, out, err } = await onward('run', file('watch.csv'), '--report', 'page.html', '--save', 'learner.snapshot');
  assert.is(code, 0, err);
  assert.match(out, '200 of 400 rows');
  assert.match(out, /learning +\d+\.\d % +\d+\.\d %/);
  assert.match(out, 'report: page.html');
  assert.not.match(out, '\u001B');
  assert.match(readFileSync(join(folder, 'page.html'), 'utf8'), '<h1>watch.csv</h1>');
  const quiet = await onward('run', join(folder, 'watch.csv'), '--quiet', '--no-report');
  assert.not.match(quiet.out, '200 of 400 rows');
});

test('inspect shows what save wrote, and refuses other files with the reason', async () => {
  const path = file('saved.csv');
  await json('eval', path, '--units', '8', '--save', join(folder, 'a.snapshot'));
  const result = await json('inspect', join(folder, 'a.snapshot'));
  assert.equal([result.seen, result.config.units, result.labels, result.layers.length], [400, [8], ['down', 'up'], 1]);
  const { out } = await onward('inspect', join(folder, 'a.snapshot'));
  assert.match(out, /layer 1 +8 units/);
  const bytes = readFileSync(join(folder, 'a.snapshot'));
  writeFileSync(join(folder, 'short.snapshot'), bytes.subarray(0, bytes.length - 9));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(join(folder, 'bent.snapshot'), bytes);
  for (const name of ['short.snapshot', 'bent.snapshot', 'saved.csv']) await refused(1, /^onward: .*: ./, 'inspect', join(folder, name));
  await refused(1, /there is no file/, 'inspect', 'nowhere');
});

test('plan adds up and tells which boards fit', async () => {
  const { bytes, need, boards, snapshot, store } = await json('plan', '--inputs', '16', '--labels', '4', '--units', '32,32', '--bits', '8');
  // 64 sectors of 4 kB in 256 kB of flash, two for a snapshot with the 256 bytes before it; 100,000 erases each
  assert.ok(snapshot > 4096 - 256 && snapshot <= 8192 - 256, String(snapshot));
  assert.equal(store, { slots: 32, saves: 3_200_000 });
  const { arena, tables, page, ...parts } = bytes;
  assert.is(Object.values(parts as Record<string, number>).reduce((sum, part) => sum + part, 0), arena);
  assert.is(need, arena + tables + 1024);
  assert.ok(page >= 65536);
  assert.ok(boards.every(({ ram, fits }: { ram: number; fits: boolean }) => fits === need <= ram));
  const remembering = await json('plan', '--exemplars', '100', '--exemplar-bits', '4');
  assert.is(remembering.bytes.exemplars, 912); // 100 labels and 100 times 16 values in half a byte, to whole 16 bytes
  assert.match((await onward('plan', '--prototypes', '3')).out, /prototypes +[\d,]+ B/);
  const second = await json('plan', '--second-order', 'input');
  assert.equal([second.bytes.factor, second.config.secondOrder], [400, 'input']); // 16 x 24 bytes and 16
  for (const plan of [remembering, second]) assert.equal(plan.boards.map(({ fits }: { fits: boolean }) => fits), boards.map(({ ram }: { ram: number }) => plan.need <= ram));
  assert.match((await onward('plan', '--second-order', 'input')).out, /factor +400 B +what decorrelates inputs[^]*RP2040 \(Pico\) +264 kB  fits/);
  for (const options of [[], ['--exemplars', '50'], ['--prototypes', '2'], ['--second-order', 'full']]) {
    const rows = [...(await onward('plan', ...options)).out.matchAll(/^([a-z]+) +([\d,]+) B/gm)].map(([, name, bytes]) => [name, Number(bytes!.replaceAll(',', ''))] as const);
    const at = rows.findIndex(([name]) => name === 'arena');
    assert.is(rows[at]![1], rows.slice(0, at).reduce((sum, [, bytes]) => sum + bytes, 0), options.join(' '));
  }
  const { out } = await onward('plan', '--window', '3x50', '--labels', '3');
  assert.match(out, /arena +[\d,]+ B/);
  assert.match(out, /RP2040 \(Pico\) +264 kB  fits/);
  for (const more of [[], ['--json']]) {
    const large = await onward('plan', '--inputs', '1000', '--units', '512,512', ...more);
    assert.is(large.code, 1);
    assert.match(large.err, /^onward: it fits none of these boards, [\d,]+ B more than the RP2350 \(Pico 2\) has; fewer units/);
    assert.match(large.out, more.length === 0 ? /ESP32-C3 +313 kB  does not fit/ : /"fits": false/);
  }
});

test('help for the whole and for each command; the version', async () => {
  for (const args of [['--help'], ['help'], []]) assert.match((await onward(...args)).out, 'inspect MODEL');
  for (const name of ['run', 'eval', 'plan', 'inspect']) {
    const { code, out } = await onward(name, '--help');
    assert.is(code, 0);
    assert.match(out, `Usage: onward ${name}`);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.is((await onward('--version')).out.trim(), version);
});

test('a wrong command line is exit 2 with the remedy', async () => {
  await refused(2, /unknown command evl, did you mean eval\?/, 'evl');
  await refused(2, /unknown option --lable, did you mean --label\?/, 'eval', 'x.csv', '--lable', 'y');
  await refused(2, /unknown option -x/, 'eval', 'x.csv', '-x');
  await refused(2, /FILE is missing/, 'eval');
  await refused(2, /--seed needs a value: --seed N/, 'eval', 'x.csv', '--seed');
  await refused(2, /--json takes no value/, 'eval', 'x.csv', '--json=yes');
  await refused(2, /--seed must be a whole number/, 'eval', 'x.csv', '--seed', '1.5');
  await refused(2, /--bits must be 8 or 16, got 12/, 'eval', 'x.csv', '--bits', '12');
  await refused(2, /--units must be whole numbers from 1 to 4096/, 'eval', 'x.csv', '--units', '64,0');
  await refused(2, /--tasks needs a value: --tasks COLUMN/, 'eval', 'x.csv', '--tasks', '--json');
  await refused(2, /--bands needs --tasks COLUMN/, 'eval', 'x.csv', '--bands', '3');
  await refused(2, /give --tasks or --passes, not both/, 'eval', 'x.csv', '--tasks', 'label', '--passes', '2');
  await refused(2, /give --exemplars or --prototypes, not both/, 'eval', 'x.csv', '--exemplars', '9', '--prototypes', '2');
  await refused(2, /--exemplar-bits must be 8, 4 or 2, got 6/, 'eval', 'x.csv', '--exemplars', '9', '--exemplar-bits', '6');
  await refused(2, /--second-order must be off, input, full; got on/, 'eval', 'x.csv', '--second-order', 'on');
  await refused(2, /config\.secondOrder: 'input' does not work with 600 inputs of a layer, more than 512/, 'plan', '--inputs', '600', '--second-order', 'input');
  await refused(2, /--drift must be none, two-rates, .*; got adwn/, 'eval', 'x.csv', '--drift', 'adwn');
  await refused(2, /one FILE at a time, got 2/, 'eval', 'x.csv', 'y.csv');
  await refused(2, /--label needs a FILE/, 'run', '--label', 'y');
  await refused(2, /give --inputs or --window, not both/, 'plan', '--inputs', '4', '--window', '3x50');
  await refused(2, /--window must be AXESxSAMPLES/, 'plan', '--window', '50');
});

test('what a command reads is never what it writes, and --save replaces snapshots only', async () => {
  const path = file('own.csv');
  const text = readFileSync(path, 'utf8');
  for (const option of ['--save', '--out']) {
    await refused(2, /is the FILE itself, which is read: name another/, 'eval', path, option, path);
    await refused(2, /is the FILE itself, which is read: name another/, 'eval', path, option, join(folder, '.', 'own.csv'));
    await refused(2, /is the FILE itself/, 'eval', path, '--target', 'speed', option, path);
    await refused(2, /is the FILE itself/, 'eval', file('other.csv'), '--test', path, option, path);
    await refused(2, /is the FILE itself/, 'detect', path, option, path);
  }
  await refused(1, /other\.csv is there, and is no snapshot: name another file, or remove it first/, 'eval', path, '--save', join(folder, 'other.csv'));
  assert.is(readFileSync(path, 'utf8'), text);
  for (let k = 0; k < 2; k++) assert.is((await onward('eval', path, '--save', join(folder, 'own.onward'))).code, 0);
});

test('bad data is exit 1 with one line that says why', async () => {
  const write = (name: string, text: string) => (writeFileSync(join(folder, name), text), join(folder, name));
  await refused(1, /there is no file nowhere\.csv/, 'eval', 'nowhere.csv');
  await refused(1, /is a directory/, 'eval', folder);
  await refused(1, /the file is empty/, 'eval', write('empty.csv', ''));
  await refused(1, /row 3, column "b": "oops" is not a number/, 'eval', write('text.csv', 'a,b,y\n1,2,p\n3,oops,q\n4,5,q\n'));
  await refused(1, /the file has a header and no rows/, 'eval', write('head.csv', 'a,b,y\n'));
  await refused(1, /wide\.csv: 5000 columns of numbers, at most 4096 .* --drop/, 'eval', write('wide.csv', `${'0,1,'.repeat(2500)}p\n${'1,2,'.repeat(2500)}q\n`));
  await refused(1, /--save .*\/none\/x: there is no folder/, 'eval', 'nowhere.csv', '--save', join(folder, 'none/x'));
  await refused(1, /--report .* is a directory/, 'run', '--report', folder);
  await refused(1, /no column "9"; the columns are/, 'eval', write('near.csv', 'a,y\n1,p\n2,q\n'), '--label', '9');
  await refused(1, /one label only, "p"/, 'eval', write('one.csv', 'a,y\n1,p\n2,p\n'));
  await refused(1, /no column "z"; .*"a", "y"/, 'eval', write('named.csv', 'a,y\n1,p\n2,q\n'), '--label', 'z');
  await refused(1, /300 different labels, at most 256/, 'eval', write('many.csv', Array.from({ length: 900 }, (_, i) => `${i % 7},c${i % 300}`).join('\n')));
  await refused(1, /the gzip data is damaged/, 'eval', (writeFileSync(join(folder, 'cut.csv.gz'), gzipSync('1,2,a\n'.repeat(999)).subarray(0, 40)), join(folder, 'cut.csv.gz')));
});

test.run();
