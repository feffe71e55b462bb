// What `onward fleet device` is fed: the fleet's model decides on inputs and labels, not the file, and what is wrong on the command line is told at once.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonSamples } from '../host/sources/json-sample.js';
import { CLI, buildCli } from './command.js';
import { aggregate, ends } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

async function run(command: string, url: string, args: readonly string[], input = '') {
  const id = ['--broker', url, '--fleet', 'lab', '--id', 'd1', ...(command === 'board' ? ['--port', '/dev/no-such-board'] : [])];
  const child = spawn(process.execPath, [CLI, 'fleet', command, ...id, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  child.stdin.on('error', () => {}); // it may have ended before
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(late);
  return { code, out, err };
}

const early = suite('fleet: wrong sources are told of before anything is waited for');

early.before(buildCli);

early('no broker and no model is needed for it', async () => {
  const wrong: [string[], number, RegExp][] = [
    [['--source', 'nosuch.csv'], 1, /there is no file nosuch\.csv/],
    [['--source', 'package.json', '--queue', '5'], 2, /--queue needs/],
    [['--source', 'foo:bar'], 2, /foo: is none of/],
    [['--source', 'mqtt://localhost'], 2, /there is no topic/],
    [['--source', 'serial:/dev/no-such-port'], 1, /there is no \/dev\/no-such-port/],
    [['--source', '-', '--wait', 'never'], 2, /--wait must be a number from 0 to 1000000, got never/],
  ];
  for (const [k, [args, code, message]] of wrong.entries()) {
    const ended = await run(k % 2 ? 'board' : 'device', 'mqtt://127.0.0.1:1', args);
    assert.is(ended.code, code, `${args.join(' ')}: ${ended.err}`);
    assert.match(ended.err, message);
    assert.not.match(ended.err, /waiting|no connection/);
  }
});

early('a field that is not read, or never came, is told of once', () => {
  const told: string[] = [];
  const inferred = new JsonSamples({ onDoubt: (text) => told.push(text) });
  for (const [i, line] of ['{"a":1,"b":2}', '{"a":1}', '{"a":1,"bb":2}', '{"a":1,"bb":2}'].entries()) inferred.parse(line, `line ${i + 1}`);
  assert.equal(told.splice(0), ['line 3: "bb" is not read: the fields are those of the first sample, "a", "b"']);
  const named = new JsonSamples({ fields: ['a', 'bb'], onDoubt: (text) => told.push(text) });
  for (const line of ['{"a":1,"b":2}', '{"a":1,"b":2}']) named.parse(line, 'line 1');
  assert.equal(told.splice(0), ['line 1: there is no "bb", which counts as missing; there are "a", "b"']);
  new JsonSamples({ fields: ['a'], onDoubt: (text) => told.push(text) }).parse('{"a":null,"b":2}', 'line 1');
  assert.equal(told, [], 'null is a missing value, and --fields a choice');
});

const test = suite('fleet: what a device is fed', ...MOSQUITTO);
let broker: Broker;
let folder: string;
test.before(buildCli);
test.beforeEach(async () => {
  broker = await Broker.start();
  folder = mkdtempSync(join(tmpdir(), 'onward-feed-'));
});
test.afterEach(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

test('a CSV with one label is learned; other labels and columns are told of with the remedy', async () => {
  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 300, examples: 100 });
  try {
    const file = (name: string, text: string): string[] => {
      writeFileSync(join(folder, name), text);
      return ['--source', join(folder, name)];
    };
    const row = (k: number): string => `${k % 3},2.5,3.5,${k % 2},5.5,${k % 5}`;
    const rows = (labels: readonly string[]): string => `p,q,r,s,t,u,state\n${labels.map((label, k) => `${row(k)},${label}\n`).join('')}`;
    const one = await run('device', broker.url, file('one.csv', rows(['a', 'a', 'a', 'a', 'a', 'broken', 'a'])));
    assert.is(one.code, 0, one.err);
    assert.match(one.err, /line 7: label 'broken' is none of the fleet's: a, b, c/);
    assert.match(one.err, /6 learned/);
    assert.is(one.out.trim().split('\n').length, 6, 'what is refused is not predicted');

    const wide = await run('device', broker.url, file('wide.csv', `n${rows(['a', 'b', 'a'])}`.replace(/^np/, 'n,p').replace(/\n(?=.)/g, '\n9,')));
    assert.is(wide.code, 1, wide.err);
    assert.match(wide.err, /7 columns of numbers .* the fleet's samples have 6: .*--drop .*--label/);

    const piped = await run('device', broker.url, ['--source', '-'], '{"x":[1,2,3,4,5,6],"y":"a"}\n{"x":[1,2,3,4,5,6],"y":"z"}\n');
    assert.is(piped.code, 0, piped.err);
    assert.match(piped.err, /line 2: label 'z' is none of the fleet's: a, b, c/);
  } finally {
    await ends([hub.client]);
  }
});

early.run();
test.run();
