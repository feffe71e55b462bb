// What `onward eval` says of its own figures, rows held out, and the answers it writes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCli, runCommand, type Ended } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('cli eval');
let folder = '';

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-eval-'));
  await buildCli();
  process.chdir(folder); // commands run in threads of this process
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Ended> => runCommand(['eval', ...args]);

async function json(...args: string[]) {
  const { code, out, err } = await run(...args, '--json');
  assert.is(code, 0, err);
  return JSON.parse(out);
}

/** 600 rows of three rooms; `room` says which one a row is of. */
function rooms(name: string, room: (i: number) => number): string {
  const path = join(folder, name);
  const noise = (i: number, k: number): number => ((i * 7919 + k * 104729) % 1000) / 1000;
  const rows = Array.from({ length: 600 }, (_, i) => `${(20 + 3 * room(i) + noise(i, 1)).toFixed(3)},${(50 - 9 * (room(i) % 2) + noise(i, 2)).toFixed(3)},${['attic', 'bath', 'cellar'][room(i)]}`);
  writeFileSync(path, `warm,damp,room\n${rows.join('\n')}\n`);
  return path;
}

const mixed = (i: number): number => (i * i + (i >> 3)) % 3;
const inTurn = (i: number): number => Math.floor(i / 200);

test('a good file has no doubts, and the recall of each label stands in the table', async () => {
  const path = rooms('mixed.csv', mixed);
  assert.equal((await json(path)).doubts, []);
  const { out } = await run(path);
  assert.match(out, /by label +\d+\.\d % +"(attic|bath|cellar)"\n +\d+\.\d % +"/);
  assert.not.match(out, 'labels come in runs');
});

test('labels in runs: the figure comes with a warning, past samples are kept as by learn, and a test shows what is known', async () => {
  const path = rooms('turns.csv', inTurn);
  const whole = await json(path, '--test', rooms('exam.csv', mixed));
  assert.ok(whole.accuracy > 0.98 && whole.kappaTemporal < 0.5);
  assert.match(whole.doubts.join('\n'), /labels come in runs, of 200 rows on average: repeating the last label is right in 99\.\d %, so an accuracy of 99\.\d % says nothing/);
  assert.is(whole.exemplars, 200);
  assert.ok(whole.testAccuracy > 0.97, String(whole.testAccuracy));
  assert.equal((await json(path, '--shuffle')).doubts, []);
  assert.is((await json(path, '--exemplars', '0')).exemplars, 0);
});

test('mostly one label, a label never found, the time as an input, rows and columns left out, what never moves, what tells all', async () => {
  const doubts = async (path: string, ...args: string[]): Promise<string> => (await json(path, ...args)).doubts.join('\n');
  const rare = rooms('rare.csv', (i) => (i % 60 === 7 ? 1 : 0));
  assert.match(await doubts(rare), /98\.\d % of the rows are "attic": answering nothing else is right as often/);
  const noise = join(folder, 'noise.csv');
  writeFileSync(noise, `a,b,y\n${Array.from({ length: 900 }, (_, i) => `${(i * 37) % 100},7.5,${i % 15 === 4 ? 'odd' : 'even'}`).join('\n')}\n`);
  assert.match(await doubts(noise), '"odd" is hardly ever found');
  assert.match(await doubts(noise), 'an input never moves: b');
  const odd = rooms('odd.csv', mixed);
  writeFileSync(odd, readFileSync(odd, 'utf8').split('\n').map((line, i) => (i > 0 && i % 20 === 0 ? `${line},9` : line)).join('\n'));
  assert.match(await doubts(odd), /30 of 600 rows were left out: they have another number of fields/);
  const timed = join(folder, 'timed.csv');
  writeFileSync(timed, `at,level,kind,room\n${Array.from({ length: 600 }, (_, i) => `2024-05-01 10:${String(i % 60).padStart(2, '0')},${i % 9},${mixed(i)},${mixed(i) + 5}`).join('\n')}\n`);
  assert.match(await doubts(timed), '"kind" tells the label by itself');
  const clock = join(folder, 'clock.csv');
  writeFileSync(clock, `time,level,room\n${Array.from({ length: 600 }, (_, i) => `${i * 5},${(i * 7) % 11},${'ab'[(i >> 2) % 2]}`).join('\n')}\n`);
  assert.equal((await json(clock)).inputs, ['level']);
  assert.match(await doubts(clock, '--take', 'time'), 'the time is an input (time)');
  const part = rooms('part.csv', mixed);
  writeFileSync(part, readFileSync(part, 'utf8').split('\n').map((line, i) => (i % 3 === 1 ? line.replace(/[a-z]+$/, '') : line)).join('\n'));
  assert.match(await doubts(part), /200 of 600 rows have no label/);
});

test('rows held out, of each label or the last; folds', async () => {
  const path = rooms('split.csv', mixed);
  const share = await json(path, '--test-share', '0.25');
  assert.equal([share.samples, share.testSamples], [450, 150]);
  assert.ok(share.testAccuracy > 0.95, String(share.testAccuracy));
  assert.equal((await json(path, '--test-share', '0.25')).testAccuracy, share.testAccuracy);
  const late = await json(rooms('late.csv', inTurn), '--test-share', '0.25', '--in-order');
  assert.equal([late.samples, late.testSamples, late.testRecall.attic, late.testRecall.cellar !== null], [450, 150, null, true]);
  const folds = await json(path, '--folds', '5');
  assert.equal(folds.folds.map(({ samples }: { samples: number }) => samples), [120, 120, 120, 120, 120]);
  const mean = folds.folds.reduce((sum: number, { accuracy }: { accuracy: number }) => sum + accuracy, 0) / 5;
  assert.ok(Math.abs(folds.accuracy - mean) < 1e-9 && mean > 0.95, String(mean));
  for (const [why, ...args] of [['give --folds or --test, not both', '--folds', '3', '--test', path], ['--in-order needs --test-share P', '--in-order'], ['give --test or --test-share, not both', '--test', path, '--test-share', '0.2']]) {
    const { code, err } = await run(path, ...args);
    assert.is(code, 2, err);
    assert.match(err, why!);
  }
});

test('--out writes a line for every row, of a test too', async () => {
  const [path, exam] = [rooms('told.csv', mixed), rooms('asked.csv', mixed)];
  const { accuracy, testAccuracy } = await json(path, '--test', exam, '--out', 'answers.csv');
  const [head, ...lines] = readFileSync(join(folder, 'answers.csv'), 'utf8').trimEnd().split('\n');
  assert.is(head, 'row,set,y,label,probability,margin,familiar,correct');
  assert.is(lines.length, 1200);
  const right = (set: string): number => lines.filter((line) => line.includes(`,${set},`) && line.endsWith(',1')).length / 600;
  assert.equal([right('learned'), right('tested')], [accuracy, testAccuracy]);
  assert.match(lines[0]!, /^2,learned,attic,/);
  for (const line of lines) assert.is(line.split(',')[7], String(Number(line.split(',')[2] === line.split(',')[3])));
});

test('a test file without labels is refused', async () => {
  const bare = join(folder, 'bare.csv');
  writeFileSync(bare, 'warm,damp\n20,50\n21,50\n');
  const { code, err } = await run(rooms('some.csv', mixed), '--test', bare);
  assert.is(code, 1);
  assert.match(err, /no row has a label in column "room"/);
});

test.run();
