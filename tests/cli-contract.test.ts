// `onward learn` and its promises: it ends when it is told to, refuses without losing, says every kind of trouble, and stores know their own fields.

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clip, jsonLine, plain } from '../cli/terminal.js';
import { Complaints } from '../cli/complaints.js';
import { noteOf } from '../cli/model-note.js';
import { createLearner } from '../host/index.js';
import { buildCli, runCommand } from './command.js';
import { NO_MEMORY, Service, linesOf, stored, storedLearner } from './live.js';
import { assert, suite } from './suite.js';

const test = suite('onward learn keeps its promises');
let folder = '';
let names = 0;
const services: Service[] = [];
const fresh = (): string => join(folder, `name${++names}`);

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-contract-'));
  await buildCli();
});
test.after(() => {
  for (const { process } of services) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): Service {
  const service = new Service(args);
  services.push(service);
  return service;
}

/** A whole run over these lines. */
async function learn(store: string, lines: readonly unknown[], ...args: string[]): Promise<Service> {
  const service = start('--source', '-', '--store', store, ...args);
  service.process.stdin!.end(`${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  await service.ended();
  return service;
}

test('lines of JSON are one source, in a file as on standard input: a label that cannot be taken is refused, and the run goes on', async () => {
  const lines = [{ x: [1, 2], y: 'a' }, { id: 7, x: [1, 2] }, { id: 7, y: 'c' }, 'no JSON', { x: [2, 1], y: 'b' }].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const file = `${fresh()}.jsonl`;
  writeFileSync(file, `${lines.join('\n')}\n`);
  const LIKE = ['--labels', 'a,b', '--label-capacity', '2'];
  const [fromFile, store] = [fresh(), fresh()];
  const read = start('--source', file, '--store', fromFile, ...LIKE);
  assert.is(await read.ended(), 0, read.err);
  const piped = await learn(store, lines, ...LIKE);
  for (const { err } of [read, piped]) assert.match(err, '3 samples, 2 learned, accuracy 0.0 % in this run, 2 refused');
  assert.is(Buffer.compare(await stored(fromFile), await stored(store)), 0);
});

test('a disk that does not answer does not hold it up: told what is lost, and gone within 2 s', async () => {
  const store = fresh();
  const service = start('--source', '-', '--store', store);
  service.process.stdin!.write(`${linesOf(0, 30).join('\n')}\n`);
  await service.predicted(30);
  execFileSync('mkfifo', [join(store, `learner.${service.process.pid}.tmp`)]); // opening it for writing waits for a reader that never comes
  const began = performance.now();
  assert.is(await service.end(), null); // killed by itself: exit would wait for the disk
  assert.ok(performance.now() - began < 2500, `${performance.now() - began} ms`);
  assert.match(service.err, 'not saved: 30 of 30 samples learned are lost');
});

test('a folder that can no longer be written: told, code 1, and the connection is closed', async () => {
  const store = fresh();
  const service = start('--source', '-', '--store', store, '--quiet');
  service.process.stdin!.write(`${linesOf(0, 30).join('\n')}\n`);
  await service.predicted(30);
  rmSync(store, { recursive: true });
  writeFileSync(store, 'a file where the folder was');
  assert.is(await service.end(), 1);
  assert.match(service.err, /^onward: not saved: 30 of 30 samples learned are lost: store: .*\n$/);
});

test('a first sample that makes no learner is refused and counted, and the next one decides', async () => {
  const store = fresh();
  const { err, predictions } = await learn(store, [{ x: new Array(5000).fill(1), y: 'a' }, { x: new Array(70).fill(1), y: 'a' }, { y: 'a' }, ...Array.from({ length: 20 }, (_, i) => ({ p: i, q: -i, y: 'a' }))], '--window', '8', '--max-bytes', '100000');
  assert.is(predictions.length, 2);
  assert.match(err, 'holds 5000 values, 64 are the most');
  assert.match(err, 'holds 70 values, 64 are the most');
  assert.match(err, '3 refused');
  const { config, labels, note } = await storedLearner(store);
  assert.equal([config.window, labels, noteOf(note).fields], [{ axes: 2, samples: 8 }, ['a'], ['p', 'q']]);
  const wide = await learn(fresh(), [{ x: new Array(600).fill(1), y: 'a' }, { x: [1, 2], y: 'a' }], '--second-order', 'full');
  assert.match(wide.err, 'the first sample does not make a learner');
  assert.is(wide.predictions.length, 1);
});

test('a store knows its fields: another form, other names and other options are refused, and it stays as it is', async () => {
  const named = fresh();
  await learn(named, [{ temp: 20, deep: { hum: 40 }, y: 'off' }, { temp: 23, deep: { hum: 41 }, y: 'on' }]);
  const before = await stored(named);
  assert.equal(noteOf((await storedLearner(named)).note), { form: 'fields', fields: ['temp', 'deep.hum'], label: 'y', time: 't', progress: { samples: 2 } });
  const { err } = await learn(named, [{ x: [20, 40], y: 'off' }, { temperature: 20, humidity: 40, y: 'off' }, { temp: 20, deep: { hum: 'unavailable' } }]);
  assert.match(err, 'none of the fields "temp", "deep.hum"; there are "x"');
  assert.match(err, 'there are "temperature", "humidity"');
  assert.match(err, '2 refused');
  for (const [args, why] of [
    [['--fields', 'temp'], /fields temp,deep\.hum/], [['--label', 'temp'], /--label temp as an input/], [['--drop', 'temp'], /--drop/], [['--label-capacity', '8'], /labelCapacity 32, not 8/],
    [['--inputs', '3'], /inputs 2, not 3/], [['--window', '8'], /no windows/],
  ] as const) {
    const service = await learn(named, [], ...args);
    assert.match(service.err, why);
    assert.is(await service.ended(), 2);
  }
  assert.equal(await stored(named), before);

  const arrays = fresh();
  await learn(arrays, [{ x: [1, 2], y: 'a' }]);
  const stray = await learn(arrays, [{ a: 1, b: 2, y: 'a' }, { x: [2, 1], y: 'b' }]);
  assert.match(stray.err, 'no array "x", as the samples before it had');
  assert.is(stray.predictions.length, 1);
  assert.is(noteOf((await storedLearner(arrays)).note).form, 'x');
  assert.match((await learn(arrays, [], '--fields', 'a,b')).err, 'was taught arrays');
});

test('columns of plain lines outlive a restart, in the order of the board', async () => {
  const [silent, telling] = [fresh(), fresh()];
  for (const [store, again] of [[silent, []], [telling, ['temp,hum,y']]] as const) {
    await learn(store, ['temp,hum,y', '21.5,40,dry', '21.7,90,wet'], '--fields', 'hum,temp');
    const { err } = await learn(store, [...again, '21,41,dry', '22,42']); // the second without its label
    assert.match(err, '4 samples, 3 learned');
  }
  assert.is(Buffer.compare(await stored(silent), await stored(telling)), 0);
});

test('--labels on an old store: its own and those only; and again with room for others', async () => {
  const store = fresh();
  await learn(store, [{ x: [1], y: 'a' }]);
  const { err } = await learn(store, [{ x: [2], y: 'b' }, { x: [3], y: 'stranger' }, { x: [1], y: 'a' }], '--labels', 'b,c');
  assert.match(err, "'stranger' is none of --labels b,c");
  assert.equal((await storedLearner(store)).labels, ['a', 'b']);
  await learn(store, [{ x: [3], y: 'stranger' }], '--labels', 'b,c', '--label-capacity', '32');
  assert.equal((await storedLearner(store)).labels, ['a', 'b', 'stranger']);
  assert.match((await learn(fresh(), [], '--labels', 'a,,b')).err, 'an empty name');
});

test('what cannot be of a table or a picture is left out of a note', () => {
  const layout = { names: ['a', 'b', 'y'], width: 3, comma: false, inputs: [{ name: 'a', column: 0, as: 'number' }], label: 2, labelName: 'y', labels: ['up'], numericLabels: false, missing: [] };
  const targetInput = { name: 'b', column: 1, as: 'number', unit: 'W' };
  const read = (note: object): object => noteOf(JSON.stringify({ form: 'table', ...note }));
  const known = { form: 'table', layout: { ...layout, time: { column: 1, order: 'dmy' } }, targetInput, picture: { side: 32 } };
  assert.equal(read(known), known);
  const input = layout.inputs[0]!;
  for (const wrong of [{ inputs: undefined }, { inputs: {} }, { inputs: [null] }, { inputs: [{ ...input, column: 3 }] }, { inputs: [{ ...input, as: 'text' }] }, { inputs: [{ ...input, missing: 'x' }] }, { names: ['a', 1] }, { names: ['a', 'b'] }, { width: 'x' }, { label: -1 }, { labels: 'up' }, { labelName: 3 }, { time: { column: 9 } }, { time: 1 }, { missing: null }]) {
    assert.equal(read({ layout: { ...layout, ...wrong }, targetInput }), { form: 'table' }, JSON.stringify(wrong));
  }
  for (const wrong of [[], {}, 'x']) assert.equal(read({ layout: wrong }), { form: 'table' });
  assert.equal(read({ layout, targetInput: { ...targetInput, column: 3 } }), { form: 'table', layout });
  for (const side of [-7, 0, 1.5, '32']) assert.equal(read({ picture: { side } }), { form: 'table' });
});

test('what older versions kept beside a store is read once; without it, or damaged, the learner starts too', async () => {
  const store = fresh();
  await learn(store, [{ b: 1, a: 2, y: 'up' }, { b: 2, a: 3, y: 'down' }]);
  const learner = await storedLearner(store);
  learner.note = '';
  const old = learner.save();
  const rewind = (beside?: string): void => {
    rmSync(store, { recursive: true });
    mkdirSync(store);
    writeFileSync(join(store, 'learner.1'), old);
    if (beside !== undefined) writeFileSync(join(store, 'progress.json'), beside);
  };
  const crc = new DataView(old.buffer).getUint32(old.length - 4, true).toString(16);
  rewind(JSON.stringify({ [`crc${crc}`]: { samples: 17, fields: ['b', 'a'] } }));
  const { predictions } = await learn(store, [{ a: 5, b: 4, y: 'up' }]);
  assert.is(predictions[0]!.index, 17);
  assert.equal(noteOf((await storedLearner(store)).note).fields, ['b', 'a']);
  await learn(store, [{ a: 5, b: 4, y: 'up' }]);
  assert.not.ok(readdirSync(store).includes('progress.json'));
  for (const beside of ['{"crc', undefined]) {
    rewind(beside);
    const service = await learn(store, [{ b: 4, a: 5, y: 'up' }]);
    assert.is(await service.ended(), 0, service.err);
    assert.is(service.predictions[0]!.index, 2);
  }
  const file = fresh();
  writeFileSync(file, 'b,a,y\n1,1,up\n2,2,up\n');
  rewind('nonsense');
  const follower = start('--source', `follow:${file}`, '--store', store);
  await follower.said('going on from its end');
  appendFileSync(file, '3,3,down\n');
  await follower.predicted(1);
  assert.is(await follower.end(), 0, follower.err);
});

test('a file that is learned again is told of, and one that was left half-way is gone on with', async () => {
  const [store, file] = [fresh(), `${fresh()}.csv`];
  writeFileSync(file, `p,q,state\n${Array.from({ length: 3000 }, (_, i) => `${i % 7},${(i * 3) % 5},${i % 2 ? 'on' : 'off'}\n`).join('')}`);
  const args = ['--source', file, '--store', store, '--save-every', '100', ...NO_MEMORY];
  const first = start(...args);
  await first.predicted(500);
  first.process.kill('SIGKILL');
  await first.ended();
  const { progress } = noteOf((await storedLearner(store)).note);
  const second = start(...args);
  assert.is(await second.ended(), 0, second.err);
  assert.match(second.err, `going on after row ${progress!.file!.rows.toLocaleString('en')} of the file`);
  assert.is((await storedLearner(store)).seen, 3000);
  const third = start(...args);
  assert.is(await third.ended(), 0, third.err);
  assert.match(third.err, 'was learned to its end before: now it is learned once more');
  assert.is((await storedLearner(store)).seen, 6000);
});

test('labels by time: alone, for the last seconds; by the samples\' own time; windows with a hop; and what had been answered is scored', async () => {
  const store = fresh();
  const walk = Array.from({ length: 10 }, (_, i) => ({ t: i, x: [1, 5 + (i % 2)] }));
  const run = Array.from({ length: 10 }, (_, i) => ({ t: 10 + i, x: [9, -5 - (i % 2)] }));
  const { err, predictions } = await learn(store, [...walk, { y: 'walk' }, ...run, { y: 'run', seconds: 3, t: 15 }, { y: 'run', t: 99 }, { t: 30, x: [9, -5] }, { y: 'run', seconds: 0.5 }], '--label-at', '5');
  // walk: 4 to 9; run: 12 to 15, then 30
  assert.match(err, '11 labels came late, 1 for no sample, ');
  assert.match(err, /, 20\.0 % of the samples of late labels had been answered right/); // walk: nothing had been answered; run: walk four times, then run
  assert.match(err, 'no sample waits in the 5 s that "run" is for');
  assert.is(predictions.length, 21);
  const same = await createLearner({ inputs: 2, labels: [], labelCapacity: 32 });
  for (const { x } of walk.slice(4)) same.learn(x, 'walk');
  for (const { x } of run.slice(2, 6)) same.learn(x, 'run');
  same.learn([9, -5], 'run');
  assert.is((await storedLearner(store)).seen, same.seen);

  const windows = fresh();
  const { err: told, predictions: answers } = await learn(windows, [...Array.from({ length: 40 }, (_, i) => ({ t: i, x: [i % 5, i % 3] })), { y: 'shake', seconds: 12 }], '--window', '8', '--hop', '4', '--label-at', '5');
  assert.is(answers.length, 9);
  assert.match(told, '2 labels came late'); // those that began at 28 and 32, not the one at 24
  const now = await learn(fresh(), [{ x: [1] }, { x: [2] }, { y: 'here' }], '--label-at', '60');
  assert.match(now.err, '2 labels came late');
  assert.match((await learn(fresh(), [{ x: [1] }])).err, 'no accuracy yet');
});

test('text of others is harmless wherever it is written, and lost nowhere', async () => {
  const nasty = 'a\u001B[2Jb\u009B31mc\u202Ed\u2028e';
  assert.is(plain(nasty), 'a?[2Jb?31mc?d?e');
  assert.equal(JSON.parse(jsonLine({ [nasty]: nasty })), { [nasty]: nasty });
  assert.is(plain(jsonLine(nasty)), jsonLine(nasty));
  const service = await learn(fresh(), [{ [nasty]: 1, other: nasty, y: nasty }, { [`${nasty}2`]: nasty }, nasty]);
  assert.is(service.predictions[0]!.y, nasty);
  for (const text of [service.err, service.lines.join('\n')]) assert.not.match(text, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}]/u);
  const labels = `${fresh()}.csv`;
  writeFileSync(labels, `a,b,state\n${Array.from({ length: 40 }, (_, i) => `${i % 2},${i % 3},${i % 2 ? 'plain' : `d\u009B31m\u202E${i % 4}`}\n`).join('')}`);
  for (const args of [['eval', labels, '--test', labels], ['eval', labels, '--json'], ['run', labels, '--no-report']]) {
    const { out } = await runCommand(args);
    assert.not.match(out, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}]/u, args.join(' '));
  }
  const csv = `${fresh()}.csv`;
  writeFileSync(csv, `a,${nasty.replace(/[\u2028]/g, '')},state\n1,x,on\n2,y,off\n`);
  for (const args of [['eval', csv], ['eval', nasty], ['eval', csv, '--label', nasty], [nasty]]) {
    assert.not.match((await runCommand(args)).err, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}]/u);
  }
});

test('every kind of trouble is told of at once, and more of a kind once in a while', () => {
  const told: string[] = [];
  const complaints = new Complaints((text) => told.push(text));
  for (let i = 0; i < 100; i++) {
    complaints.add(`topic/a: line ${i} is not JSON`);
    complaints.add(`topic/a: "field${i}" is text`);
  }
  assert.equal(told, ['topic/a: line 0 is not JSON', 'topic/a: "field0" is text']);
  complaints.rest();
  assert.equal(told.slice(2), ['topic/a: line 99 is not JSON (99 such since the last such line)', 'topic/a: "field99" is text (99 such since the last such line)']);
  for (let i = 0; i < 1000; i++) complaints.add(`topic${'x'.repeat(i % 100)}: no`);
  assert.ok(told.length < 60, `${told.length} lines`);
  assert.is(complaints.count, 1200);
});

test('lines end at the width of the terminal, in places, colours apart', () => {
  assert.is(clip('0123456789', 10), '0123456789');
  assert.is(clip('0123456789a', 10), '0123456789');
  assert.is(clip('\u001B[1m0123456789ab\u001B[0m', 4), '\u001B[1m0123\u001B[0m');
  assert.is(clip('日本語', 5), '日本');
});

test('top-level help says what each command does, in whole sentences', async () => {
  const { out } = await runCommand(['--help']);
  const lines = out.split('\n').filter((line) => /^ {2}[a-z]+/.test(line) && !line.includes('COMMAND'));
  assert.ok(lines.length >= 15, out);
  for (const line of lines.slice(0, -1)) assert.match(line, /[.:]$/, line);
});

test.run();
