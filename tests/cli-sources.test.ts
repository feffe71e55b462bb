// The commands over live sources other than MQTT: `onward learn` and `onward watch` on a serial port, a sensor, windows; figures for Prometheus.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../cli/arguments.js';
import { noteOf } from '../cli/model-note.js';
import { parseSource } from '../cli/sources/table.js';
import { createLearner, loadLearner } from '../host/index.js';
import { encodeFrame, labelFrame, sampleFrame } from '../host/sources/serial.js';
import { CLI, buildCli } from './command.js';
import { LABELS, NO_MEMORY, Service, linesOf, sampleOf, stored, storedLearner, uninterrupted } from './live.js';
import { SOCAT, SerialPair } from './pty.js';
import { assert, suite } from './suite.js';

const test = suite('live sources on the command line', SOCAT);
let folder = '';
let names = 0;
const services: Service[] = [];
const fresh = (): string => join(folder, `name${++names}`);

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-sources-'));
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

test('one reading of source strings', () => {
  assert.equal(parseSource('serial:///dev/ttyACM0'), { kind: 'serial', path: '/dev/ttyACM0', baud: 115200, format: undefined });
  assert.equal(parseSource('serial:COM3?baud=9600&format=json'), { kind: 'serial', path: 'COM3', baud: 9600, format: 'json' });
  assert.equal(parseSource('iio:///sys/bus/iio/devices/iio:device0?hz=50&channels=accel_x,accel_y'), { kind: 'iio', device: '/sys/bus/iio/devices/iio:device0', hz: 50, channels: ['accel_x', 'accel_y'] });
  assert.equal(parseSource('iio:bmi160'), { kind: 'iio', device: 'bmi160', hz: 10, channels: undefined });
  assert.equal([parseSource('-'), parseSource('stdin'), parseSource('follow:a.csv'), parseSource('b/c.csv'), parseSource('C:\\d.csv')].map(({ kind }) => kind), ['stdin', 'stdin', 'follow', 'file', 'file']);
  assert.is(parseSource('wss://h/x').kind, 'mqtt');
  assert.equal([parseSource('http:8080'), parseSource('http://0.0.0.0:80'), parseSource('http:[::1]:9')], [{ kind: 'http', host: '127.0.0.1', port: 8080 }, { kind: 'http', host: '0.0.0.0', port: 80 }, { kind: 'http', host: '::1', port: 9 }]);
  for (const wrong of ['serial:', 'follow:', 'http://h/x', 'http:', 'http:70000', 'serial:a?speed=1', 'serial:a?baud=-1', 'serial:a?format=xml', 'iio:a?hz=', 'iio:a?hz=1e9', '', undefined]) {
    assert.throws(() => parseSource(wrong), (error: Error) => error instanceof UsageError, String(wrong));
  }
});

test('learn on a serial port: samples and late labels of a board, and it goes on after the board was unplugged', async () => {
  const pair = new SerialPair();
  await pair.plug();
  try {
    const store = fresh();
    const service = start('--source', `serial://${pair.host}`, '--store', store, '--labels', 'idle,walk', ...NO_MEMORY);
    await service.until('the port', () => service.err.includes('listening'));
    await pair.send(sampleFrame(1, [1, 2], 0));
    await pair.send(sampleFrame(2, [3, 4], null));
    await pair.send(labelFrame(2, 1));
    await pair.send(sampleFrame(3, [3, 4], null)); // predicted after the label: what is on its way when a board is pulled is lost
    await service.predicted(3);
    await pair.unplug();
    await service.until('the loss', () => service.err.includes('is gone'));
    await pair.plug();
    await service.until('the return', () => service.err.includes('is back'));
    await pair.send(sampleFrame(1, [5, 6], 1));
    await service.predicted(4);
    assert.is(await service.end(), 0, service.err);
    const same = await createLearner({ inputs: 2, labels: ['idle', 'walk'] });
    for (const [x, y] of [[[1, 2], 'idle'], [[3, 4], 'walk'], [[5, 6], 'walk']] as const) same.learn(x, y);
    assert.equal(await stored(store), same.save());
  } finally {
    await pair.remove();
  }
});

test('learn what a board prints on a serial port, and what a script writes to standard input: plain numbers, a label behind them', async () => {
  const pair = new SerialPair();
  await pair.plug();
  try {
    const [board, script] = [fresh(), fresh()];
    const service = start('--source', `serial:${pair.host}?format=text`, '--store', board, '--labels', 'idle,walk', ...NO_MEMORY);
    await service.until('the port', () => service.err.includes('listening'));
    await pair.send(new TextEncoder().encode('ut off\r\ntemp,hum\r\n1,2,idle\r\n3,4,walk\r\n5,6\r\n'));
    await service.predicted(3);
    assert.is(await service.end(), 0, service.err);
    const piped = start('--source', '-', '--store', script, '--labels', 'idle,walk', ...NO_MEMORY);
    piped.process.stdin!.end('temp;hum;y\n1;2,0;idle\n3;4;walk\n5;6;\nwait\n');
    await piped.ended();
    assert.match(piped.err, /1 refused/, piped.err);
    assert.equal(await stored(board), await stored(script));
    assert.equal(noteOf((await storedLearner(board)).note).fields, ['temp', 'hum']);
  } finally {
    await pair.remove();
  }
});

test('learn from a sensor of Linux: predicted, and its channels are the fields of the store', async () => {
  const device = fresh();
  mkdirSync(device);
  for (const [name, text] of Object.entries({ in_accel_x_raw: '5', in_accel_y_raw: '7', in_accel_scale: '0.5' })) writeFileSync(join(device, name), text);
  const store = fresh();
  const service = start('--source', `iio:${device}?hz=200&channels=accel_y,accel_x`, '--store', store, '--labels', 'a,b');
  await service.predicted(20);
  assert.is(await service.end(), 0, service.err);
  assert.match(service.err, 'reading accel_y, accel_x 200 times a second');
  const again = start('--source', `iio:${device}?hz=200`, '--store', store);
  await again.predicted(1);
  assert.is(await again.end(), 0, again.err);
  assert.match(again.err, 'reading accel_y, accel_x 200'); // the order of before
});

test('learn what is posted by HTTP: objects, arrays and lines, by the same contract; what is refused is answered and counted', async () => {
  const store = fresh();
  const service = start('--source', 'http:0', '--store', store, '--labels', LABELS.join(','), ...NO_MEMORY);
  await service.said('POST samples there');
  const url = /http:\S+\d/.exec(service.err)![0];
  const post = async (body: string, init: RequestInit = {}): Promise<[number, unknown]> => {
    const response = await fetch(url, { method: 'POST', body, ...init });
    return [response.status, await response.json()];
  };
  assert.equal(await post(linesOf(0, 1)[0]!), [200, { taken: 1, refused: 0 }]);
  assert.equal(await post(`[${linesOf(1, 20).join(',')}]`, { headers: { 'content-type': 'application/json' } }), [200, { taken: 19, refused: 0 }]);
  assert.equal(await post(`${linesOf(20, 29).join('\n')}\nnope\n${linesOf(29, 30)[0]}\n`), [200, { taken: 10, refused: 1, why: 'object 10 is not JSON: Unexpected token \'o\', "nope" is not valid JSON' }]);
  const [status, { why }] = (await post('{"x":[1]}')) as [number, { why: string }];
  assert.equal([status, why], [400, 'object 1 holds 1 values, the lines before it 6']);
  assert.is((await post('{"x":[1]}', { headers: { origin: 'http://elsewhere' } }))[0], 403);
  assert.is((await post(' '.repeat(5 << 20)))[0], 413);
  assert.is((await fetch(url)).status, 405);
  await service.predicted(30);
  assert.is(await service.end(), 0, service.err);
  assert.match(service.err, '30 learned');
  assert.match(service.err, '2 refused');
  assert.is(Buffer.compare(await stored(store), await uninterrupted(30)), 0);
});

test('a service that waits for its first sample does not mind that the package is replaced', async () => {
  const dist = join(fresh(), 'dist');
  mkdirSync(dirname(dist));
  writeFileSync(join(dirname(dist), 'package.json'), '{"type":"module"}');
  cpSync(dirname(CLI), dist, { recursive: true, filter: (path) => !/(web|fleet)$/.test(path) });
  const [waiting, numbers, detecting] = ([['learn'], ['learn', '--target', 'y'], ['detect', '--scores']] as const).map(([command, ...options]) => {
    const service = new Service(['--source', 'http:0', '--store', fresh(), ...options], {}, command, join(dist, 'cli.js'));
    services.push(service);
    return service;
  }) as [Service, Service, Service];
  for (const service of [waiting, numbers, detecting]) await service.said('POST samples there');
  rmSync(dist, { recursive: true });
  for (const service of [waiting, numbers, detecting]) {
    const response = await fetch(/http:\S+\d/.exec(service.err)![0], { method: 'POST', body: JSON.stringify({ x: [1, 2], ...(service === numbers ? { y: 3 } : {}) }) });
    assert.is(response.status, 200);
    await service.predicted(1);
    assert.is(await service.end(), 0, service.err);
  }
});

test('a broker that cannot be opened ends the service, whatever the source is', async () => {
  const pem = join(folder, 'bad.pem');
  writeFileSync(pem, 'no certificate');
  for (const [command, ...options] of [['learn', '--store', fresh()], ['detect']] as const) {
    const service = new Service(['--source', 'http:0', '--publish', 'mqtts://127.0.0.1:1/x', '--cert', pem, '--key', pem, ...options], {}, command);
    services.push(service);
    assert.is(await service.ended(), 1, service.err);
    assert.match(service.err, 'POST samples there');
  }
});

/** Milliseconds of processor that a process has taken, so that other work on the machine does not count; where the system does not tell, those that have passed. */
function processorOf(pid: number): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return performance.now();
  const [user, system] = readFileSync(path, 'utf8').replace(/^.*\) /s, '').split(' ').slice(11, 13).map(Number);
  return 10 * (user! + system!); // in hundredths of a second
}

test('what is posted is taken as it is answered: more than the queue holds, NaN, a mark of Unicode; and what is no sample costs little', async () => {
  const store = fresh();
  const service = start('--source', 'http:0', '--store', store, '--labels', LABELS.join(','), '--queue', '8', ...NO_MEMORY);
  await service.said('POST samples there');
  const url = /http:\S+\d/.exec(service.err)![0];
  const post = async (body: string): Promise<[number, { taken: number; refused: number; why?: string; error?: string }]> => {
    const response = await fetch(url, { method: 'POST', body });
    return [response.status, await response.json()];
  };
  const lines = linesOf(0, 600);
  assert.equal(await post(`[${lines.slice(0, 9).join(',')}]`), [200, { taken: 9, refused: 0 }]);
  assert.equal(await Promise.all([post(lines.slice(9, 300).join('\n')), post(lines.slice(300, 600).join('\r\n'))]), [[200, { taken: 291, refused: 0 }], [200, { taken: 300, refused: 0 }]]);
  await service.predicted(600);

  const nan = '{"x": [NaN, 1, 2, 3, 4, -Infinity],\n "y": "a"}';
  for (const [body, taken] of [[nan, 1], [`[${nan}, ${nan}]`, 2], [`\uFEFF[${lines[0]}]`, 1], [`\uFEFF${lines[0]}\n${lines[1]}`, 2], [JSON.stringify(sampleOf(3), null, 2), 1]] as const) assert.equal(await post(body), [200, { taken, refused: 0 }], body);
  for (const [body, why] of [['', /no object/], [' \n', /no object/], ['[]', /no object/], ['{\n"x": [1,\n}', /object 1 is not JSON/], ['[{"x": [1]},\n{"x": [1]},\n]', /object 1 is not JSON/], ['[1, null]', /object 1 must be a JSON object/], ['7', /object 1 must be/]] as const) {
    const [status, answer] = await post(body);
    assert.is(status, 400, body);
    assert.match(answer.why!, why);
  }
  const began = processorOf(service.process.pid!);
  const slow = ['x\n'.repeat(1 << 20), '\\"'.repeat(1 << 20), `NaN${'\\"'.repeat(1 << 20)}`, '{\n'.repeat(1 << 20), '{"x":[1]}\n'.repeat(10_001), `[${'1,'.repeat(10_000)}1]`, '['.repeat(4 << 20), '{x}\n'.repeat(10_000)];
  const statuses: number[] = [];
  for (const body of slow) statuses.push((await post(body))[0]);
  assert.equal(statuses, [400, 400, 400, 413, 413, 413, 400, 400]);
  const spent = processorOf(service.process.pid!) - began;
  assert.ok(spent < 8000, `${spent} ms`);
  assert.is((await post(lines[0]!))[0], 200);
  assert.is(await service.end(), 0, service.err);
  assert.match(service.err, /608 learned.* 0 dropped/);
});

test('windows of moments: learned as the library does, of one label each, and gone on with', async () => {
  const store = fresh();
  const lines = Array.from({ length: 200 }, (_, i) => ({ x: [i % 5, (i * 3) % 7], y: i < 100 ? 'a' : 'b' }));
  const same = await createLearner<string>({ window: { axes: 2, samples: 16 }, labels: ['a', 'b'] });
  for (const from of [0, 100]) { // six windows of each label, four moments are left over
    for (let at = from; at + 16 <= from + 100; at += 16) same.learn(lines.slice(at, at + 16).flatMap(({ x }) => x), lines[from]!.y);
  }
  for (const [from, to, args] of [[0, 120, ['--window', '16', '--labels', 'a,b']], [100, 200, []]] as const) {
    const service = start('--source', '-', '--store', store, ...args);
    service.process.stdin!.end(lines.slice(from, to).map((line) => JSON.stringify(line)).join('\n'));
    assert.is(await service.ended(), 0, service.err);
    assert.is(service.lines.length, from === 0 ? 7 : 6);
    if (from === 0) assert.match(service.err, '2 inputs in windows of 16');
  }
  const learner = await loadLearner(await stored(store));
  assert.equal([learner.seen, same.seen], [13, 12]); // the window of b in the first run came twice
  const other = start('--source', '-', '--store', store, '--window', '32');
  assert.is(await other.ended(), 2);
  assert.match(other.err, 'has windows of 16, not --window 32');
});

test('figures for Prometheus while it learns', async () => {
  const service = start('--source', '-', '--store', fresh(), '--labels', LABELS.join(','), '--metrics', '0');
  await service.until('the port', () => service.err.includes('figures on'));
  const url = /http:\S+/.exec(service.err)![0];
  service.process.stdin!.write(`${linesOf(0, 30).join('\n')}\nnonsense\n`);
  await service.predicted(30);
  await service.until('the refusal', () => service.err.includes('not JSON'));
  const response = await fetch(url);
  const text = await response.text();
  assert.match(response.headers.get('content-type')!, 'text/plain');
  assert.match(text, /^onward_learned_samples_total 30$/m);
  assert.match(text, /^onward_refused_samples_total 1$/m);
  assert.is((await fetch(url.replace('/metrics', '/'))).status, 404);
  assert.is(await service.end(), 0, service.err);
  assert.is(spawnSync(process.execPath, [CLI, 'learn', '--source', '-', '--store', fresh(), '--metrics', 'a:b'], { input: '' }).status, 2);
});

function watched(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'watch', ...args], { input, encoding: 'utf8', env: { ...process.env, NO_COLOR: '' } });
  return { status, stdout, stderr };
}

test('watch, piped: plain lines, the last one of everything; the same learning as the library', async () => {
  const save = fresh();
  const { status, stdout, stderr } = watched(['--source', '-', '--save', save, '--labels', LABELS.join(','), '--drift', 'none', ...NO_MEMORY], `${linesOf(0, 300).join('\n')}\n{"x":[1]}\n`);
  assert.is(status, 0, stderr);
  const same = await createLearner({ inputs: 6, labels: LABELS, labelCapacity: 32 });
  let right = 0;
  for (let i = 0; i < 300; i++) {
    const { x, y } = sampleOf(i);
    if (same.predict(x).label === y) right++;
    same.learn(x, y);
  }
  const last = stdout.trim().split('\n').at(-1)!;
  assert.match(last, `samples 300 (`);
  assert.match(last, `accuracy ${((100 * right) / 300).toFixed(1)} %, last 200:`);
  assert.match(last, 'dropped 0, refused 1');
  assert.ok(!/\u001B/.test(stdout + stderr));
  const learner = await loadLearner((await import('node:fs')).readFileSync(save));
  assert.equal(JSON.parse(learner.note), { form: 'x', label: 'y', time: 't' });
  learner.note = '';
  assert.equal(learner.save(), same.save());

  const more = watched(['--source', '-', '--load', save], `${linesOf(300, 310).join('\n')}\n`);
  assert.match(more.stdout, 'samples 10 (');
  assert.is(watched(['--source', '-', '--load', save, '--units', '32']).status, 2);
  const stranger = watched(['--source', '-', '--labels', 'a,b'], '{"x":[1],"y":"a"}\n{"x":[2],"y":"c"}\n');
  assert.match(stranger.stderr, "'c' is none of --labels a,b");
  assert.is(watched(['--source', 'gopher://x']).status, 2);
  assert.is(watched(['--source', join(folder, 'none.csv')]).status, 1);
});

test('watch on a terminal: redrawn in place, names of others harmless, q ends it and gives the cursor back', async () => {
  const csv = fresh();
  writeFileSync(csv, `p,q,state\n${Array.from({ length: 5000 }, (_, i) => `${(i % 9) + (i % 2) * 4},${i % 5},${i % 2 ? 'up' : 'do\u001Bwn'}`).join('\n')}\n`);
  // socat gives the command a terminal of its own
  const child = spawn('socat', ['-', `EXEC:"${process.execPath} ${CLI} watch --source ${csv} --hz 1000",pty,setsid,ctty,stderr`], { env: { ...process.env, TERM: 'xterm', NO_COLOR: '' }, stdio: ['pipe', 'pipe', 'inherit'] });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const closed = once(child, 'close');
  const seen = (): boolean => (shown.match(/\u001B\[J/g) ?? []).length >= 5 && shown.includes('last 200');
  for (let waited = 0; !seen() && waited < 20_000; waited += 20) await sleep(20);
  child.stdin.write('q');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await closed;
  clearTimeout(late);
  assert.ok((shown.match(/\u001B\[\d+A/g) ?? []).length >= 4, shown.slice(-500));
  assert.match(shown, 'goodness');
  assert.match(shown, 'do?wn');
  assert.match(shown, /accuracy.*last 200/);
  assert.ok(shown.trimEnd().endsWith('\u001B[?25h'), JSON.stringify(shown.slice(-80)));
});

test('watch on small terminals: what is drawn fits, and is redrawn in place', async () => {
  const csv = fresh();
  const long = 'a label of many words that would not fit into a line of any small terminal';
  writeFileSync(csv, `p,q,state\n${Array.from({ length: 3000 }, (_, i) => `${(i % 9) + (i % 30)},${i % 5},${i % 30}${long}`).join('\n')}\n`);
  for (const [columns, rows] of [[80, 24], [50, 15]] as const) {
    const child = spawn('socat', ['-', `EXEC:"sh -c 'stty cols ${columns} rows ${rows}; exec ${process.execPath} ${CLI} watch --source ${csv} --hz 1500'",pty,setsid,ctty,stderr`], { env: { ...process.env, TERM: 'xterm-256color' }, stdio: ['pipe', 'pipe', 'inherit'] });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await once(child, 'close');
    clearTimeout(late);
    const pictures = shown.split(/\u001B\[\d+A/).slice(1).map((picture) => picture.slice(0, picture.lastIndexOf('\u001B[J')).split('\n').slice(0, -1).map((line) => line.replace(/\u001B\[[\d;]*[mK]|\r/g, '')));
    assert.ok(pictures.length > 3, `${pictures.length} pictures of ${columns} x ${rows}: ${JSON.stringify(shown.slice(0, 300))}`);
    for (const lines of pictures) {
      assert.ok(lines.length < rows, `${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= columns, line);
    }
  }
});

test('watch a board that learns by itself: what it predicts is told, though no sample comes', async () => {
  const pair = new SerialPair();
  await pair.plug();
  try {
    const child = spawn(process.execPath, [CLI, 'watch', '--source', `serial:${pair.host}`, '--labels', 'idle,walk', '--every', '0.2'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    for (let waited = 0; !err.includes('listening') && waited < 10_000; waited += 20) await sleep(20);
    await pair.send(encodeFrame('P', 1, Uint8Array.of(1, 9, 0, 0, 0, 0xff, 0x3f, 0xff, 0xff)));
    await pair.send(encodeFrame('T', 1, Uint8Array.of(2, 9, 0, 0, 0)));
    for (let waited = 0; !out.includes('1 predicted, 1 learned') && waited < 10_000; waited += 20) await sleep(20);
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    assert.equal(await closed, [0, null]);
    assert.match(out, 'board: 1 predicted, 1 learned, the last walk');
  } finally {
    await pair.remove();
  }
});

test.run();
