// `onward learn` without a broker: JSON lines on standard input, a CSV that grows, what it refuses, how it ends.

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineSplitter } from '../host/sources/lines.js';
import { Rehearsal, createLearner, type Learner } from '../host/index.js';
import { BoundedQueue } from '../host/sources/bounded-queue.js';
import { CLI, buildCli } from './command.js';
import { LABELS, NO_MEMORY, Service, linesOf, rehearsed, sampleOf, stored, uninterrupted } from './live.js';
import { assert, suite } from './suite.js';

const test = suite('onward learn');
let folder = '';
let names = 0;
const services: Service[] = [];

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-learn-'));
  await buildCli();
});
test.after(() => {
  for (const { process } of services) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const fresh = (): string => join(folder, `name${++names}`);

function start(...args: string[]): Service {
  const service = new Service(args);
  services.push(service);
  return service;
}

const LIKE = ['--labels', LABELS.join(',')];

/** What `onward learn` makes of two inputs and no option, and what rehearses it. */
async function newcomer(): Promise<{ learner: Learner; rehearsal: Rehearsal }> {
  const learner = await createLearner({ inputs: 2, labels: [], labelCapacity: 32, exemplars: 200 });
  return { learner, rehearsal: new Rehearsal(learner, { seconds: Infinity }) };
}

test('JSON lines in, predictions out, 0 at the end, and the next run goes on', async () => {
  const store = fresh();
  for (const [from, to] of [[0, 150], [150, 200]] as const) {
    const service = start('--source', '-', '--store', store, ...LIKE);
    service.process.stdin!.end(linesOf(from, to).join('\n')); // the last line has no end
    assert.is(await service.ended(), 0, service.err);
    assert.equal([service.lines.length, service.predictions[0]!.index], [to - from, from]);
    assert.equal(await stored(store), await (from === 0 ? rehearsed(to) : rehearsed(from, to)));
  }
});

test('every signal saves: TERM, INT and HUP, with code 0', async () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const store = fresh();
    const service = start('--source', '-', '--store', store, ...LIKE);
    service.process.stdin!.write(`${linesOf(0, 30).join('\n')}\n`);
    await service.predicted(30);
    assert.is(await service.end(signal), 0, service.err);
    assert.equal(await stored(store), await rehearsed(30));
  }
});

test('a reader of the predictions that goes away is a reason to save, not to lose', async () => {
  const store = fresh();
  const service = start('--source', '-', '--store', store, ...LIKE, ...NO_MEMORY);
  service.process.stdin!.write(`${linesOf(0, 30).join('\n')}\n`);
  await service.predicted(30);
  service.process.stdout!.destroy();
  service.process.stdin!.write(`${linesOf(30, 31)[0]}\n`);
  assert.is(await service.ended(), 0, service.err);
  assert.equal(await stored(store), await uninterrupted(31));
});

test('--unknown-below: what is like nothing that was learned is answered unknown, and by learn as by watch', async () => {
  const taught = linesOf(0, 200);
  const far = JSON.stringify({ x: [1e4, -1e4, 1e4, -1e4, 1e4, -1e4] });
  const service = start('--source', '-', '--store', fresh(), '--unknown-below', '0.02');
  service.process.stdin!.end([...taught, ...linesOf(200, 260).map((line) => JSON.stringify({ x: (JSON.parse(line) as { x: number[] }).x })), far].join('\n'));
  assert.is(await service.ended(), 0, service.err);
  const answers = service.predictions;
  assert.is(answers[0]!.familiar, null);
  assert.ok(answers.slice(200, 260).filter(({ label }) => label === 'unknown').length <= 6, 'of ordinary ones');
  assert.equal([answers[260]!.label, answers[260]!.correct, answers[260]!.familiar! < 0.001], ['unknown', null, true]);
  const refused = start('--source', '-', '--store', fresh(), '--unknown-below', '2');
  assert.is(await refused.ended(), 2);
  assert.match(refused.err, '--unknown-below');
  const watched = spawnSync(process.execPath, [CLI, 'watch', '--source', '-', '--unknown-below', '0.02'], { input: [...taught, far].join('\n'), encoding: 'utf8' });
  assert.is(watched.status, 0, watched.stderr);
  assert.match(watched.stdout, /label unknown \([\d.]+ %\), familiar 0\.0 %/);
});

test('labels that come later, by id', async () => {
  const store = fresh();
  const service = start('--source', '-', '--store', store);
  service.process.stdin!.end('{"id":1,"x":[1,2]}\n{"id":2,"x":[3,4],"t":9}\n{"id":2,"y":"b"}\n{"id":1,"y":"a"}\n{"id":5,"y":"a"}\n');
  assert.is(await service.ended(), 0, service.err);
  assert.equal(service.predictions.map(({ id, correct }) => [id, correct]), [[1, null], [2, null]]);
  assert.match(service.err, '2 labels came late, 1 for no sample');
  const { learner: same, rehearsal } = await newcomer();
  same.learn([3, 4], 'b');
  same.learn([1, 2], 'a');
  rehearsal.finish();
  assert.equal(await stored(store), same.save());
});

test('fields keep their order over a restart, whatever the order of the objects', async () => {
  const store = fresh();
  for (const line of ['{"b":1,"a":2,"y":"up"}', '{"a":3,"b":4,"y":"down"}']) {
    const service = start('--source', '-', '--store', store);
    service.process.stdin!.end(`${line}\n`);
    assert.is(await service.ended(), 0, service.err);
  }
  const { learner: same, rehearsal } = await newcomer();
  same.learn([1, 2], 'up');
  rehearsal.finish();
  same.learn([4, 3], 'down');
  rehearsal.finish();
  assert.equal(await stored(store), same.save());
});

const csvRows = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => sampleOf(from + i)).map(({ x, y }) => `2026-01-01 10:00,${x.join(',')},${y}\n`).join('');

test('a CSV that grows: killed with -9 and started again, each row is learned once; half a row waits for its end', async () => {
  const [file, store] = [fresh(), fresh()];
  writeFileSync(file, `time,p,q,r,s,t,u,state\n${csvRows(0, 120)}`);
  const args = ['--source', `follow:${file}`, '--store', store, '--save-every', '50', ...LIKE, ...NO_MEMORY];
  let service = start(...args);
  await service.predicted(120);
  assert.is(await service.end('SIGKILL'), null);
  assert.equal(await stored(store), await uninterrupted(100));

  service = start(...args); // rows 100 to 119 are in the file, and not in the state
  await service.predicted(20);
  assert.is(service.predictions[0]!.index, 100);
  const more = csvRows(120, 140);
  appendFileSync(file, more.slice(0, -9));
  await service.predicted(39);
  await sleep(450); // two looks at the file
  assert.is(service.lines.length, 39);
  appendFileSync(file, more.slice(-9));
  await service.predicted(40);
  renameSync(file, `${file}.1`); // rotated: the new file has a header of its own
  writeFileSync(file, `time,p,q,r,s,t,u,state\n${csvRows(140, 150)}`);
  await service.predicted(50);
  assert.is(await service.end(), 0, service.err);
  assert.equal(await stored(store), await uninterrupted(150));
});

test('bad lines and rows are refused and counted: too long, not JSON, of another length', async () => {
  const [store, file] = [fresh(), fresh()];
  const service = start('--source', '-', '--store', store, '--max-bytes', '1000', ...LIKE, ...NO_MEMORY);
  service.process.stdin!.end(`${linesOf(0, 1)[0]}\n{"x":[${'1,'.repeat(5000)}1]}\nnope\n{"x":[1]}\n\n${linesOf(1, 2)[0]}\n`);
  assert.is(await service.ended(), 0, service.err);
  assert.match(service.err, '3 refused');
  assert.match(service.err, 'line 2 has 10010 bytes, allowed are 1000');
  assert.equal(await stored(store), await uninterrupted(2));

  writeFileSync(file, `p,q,state\n1,2,on\n1,2,3,on\n${'1'.repeat(70_000)}\n"1,2,on\n3,?,off\n`);
  const follower = start('--source', `follow:${file}`, '--store', fresh());
  await follower.predicted(2);
  assert.is(await follower.end(), 0, follower.err);
  assert.match(follower.err, '3 refused');
});

test('a wrong command line ends with 2, a run that fails with 1, both with one line that says why', async () => {
  const store = fresh();
  const first = start('--source', '-', '--store', store, ...LIKE);
  first.process.stdin!.end(`${linesOf(0, 1)[0]}\n`);
  assert.is(await first.ended(), 0, first.err);
  const cases: [number, RegExp, string[]][] = [
    [2, /--store DIR is missing/, ['--source', '-']],
    [2, /--source SOURCE is missing/, ['--store', fresh()]],
    [2, /gopher: is none of mqtt/, ['--source', 'gopher://pump', '--store', fresh()]],
    [1, /there is no file pump.csv/, ['--source', 'pump.csv', '--store', fresh()]],
    [2, /there is no topic/, ['--source', 'mqtt://localhost', '--store', fresh()]],
    [2, /give --topic/, ['--source', 'ws://localhost/mqtt', '--store', fresh()]],
    [2, /must be given as mqtt:/, ['--source', 'mqtt://user:secret@bad host/x', '--store', fresh()]],
    [2, /without \+ and #/, ['--source', 'mqtt://localhost/a', '--publish', 'a/#', '--store', fresh()]],
    [2, /where the source is not MQTT/, ['--source', '-', '--publish', 'out', '--store', fresh()]],
    [2, /--queue needs/, ['--source', '-', '--queue', '5', '--store', fresh()]],
    [2, /has units \[64,64\], not \[32\]/, ['--source', '-', '--store', store, '--units', '32']],
    [2, /no room for other/, ['--source', '-', '--store', store, '--labels', 'a,other']],
    [2, /takes 6|has inputs 6, not 5/, ['--source', '-', '--store', store, '--inputs', '5']],
    [1, /no column "stat", did you mean "state"/, ['--source', `follow:${table()}`, '--label', 'stat', '--store', fresh()]],
    [1, /cannot be read/, ['--source', 'mqtt://localhost/a', '--ca', join(folder, 'none'), '--store', fresh()]],
  ];
  for (const [code, why, args] of cases) {
    const service = start(...args, '--quiet');
    service.process.stdin!.end();
    assert.is(await service.ended(), code, `${args.join(' ')}: ${service.err}`);
    assert.match(service.err, why);
    assert.not.match(service.err, /secret/);
    assert.is(service.err.trimEnd().split('\n').length, 1, service.err);
  }
  const [one, two] = [start('--source', '-', '--store', store), start('--source', '-', '--store', store)];
  const code = await Promise.race([one.ended(), two.ended()]);
  assert.is(code, 1);
  assert.match(one.err + two.err, 'is in use');
});

function table(): string {
  const file = fresh();
  writeFileSync(file, 'p,state\n1,on\n');
  return file;
}

test('lines are cut right whatever the chunks, and none is held beyond its limit', () => {
  const text = 'one\r\n\ntoo long a line\nžluť\nend';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 5, 100]) {
    const lines = new LineSplitter(8);
    const got = [];
    for (let at = 0; at < bytes.length; at += size) got.push(...lines.push(bytes.subarray(at, at + size)));
    got.push(...lines.end());
    assert.equal(got.map((line) => line.text), ['one', '', undefined, 'žluť', 'end'], `chunks of ${size}`);
    assert.is(got.reduce((sum, line) => sum + line.bytes, 0), bytes.length);
  }
});

test('a bounded queue: the order stays, the oldest go, ends and errors come after what waits', async () => {
  const queue = new BoundedQueue<number>(3);
  for (let i = 0; i < 500; i++) queue.push(i);
  assert.equal([queue.waiting, queue.dropped], [3, 497]);
  queue.fail(new Error('gone'));
  queue.fail(new Error('second'));
  queue.push(9);
  const got: unknown[] = [];
  try {
    for await (const item of queue) got.push(item);
  } catch (error) {
    got.push((error as Error).message);
  }
  assert.equal(got, [497, 498, 499, 'gone']);
  for (const [capacity, type] of [[0, RangeError], [1.5, RangeError], ['3', TypeError]] as const) {
    assert.throws(() => new BoundedQueue(capacity as number), (error: Error) => error instanceof type);
  }
});

test.run();
