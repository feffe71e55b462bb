// What holds of every command, those to come included: help, exit codes, which stream gets what, colours, closed pipes.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLearner } from '../host/index.js';
import { CLI, buildCli, runCommand, type Ended } from './command.js';
import { assert, needs, suite } from './suite.js';

const folder = mkdtempSync(join(tmpdir(), 'onward-conventions-'));
const ESCAPES = /\x1b/;

const test = suite('conventions of the command');

const onward = (...args: string[]): Promise<Ended> => runCommand(args);

let commands: string[] = [];
test.before(async () => {
  await buildCli();
  const list = (await onward('--help')).out.split('Commands:\n')[1]!.split('\n\n')[0]!;
  commands = list.split('\n').map((line) => /^[a-z]+( [a-z]+)*(?= )/.exec(line.trim())![0]); // `fleet demo` is one name
});

test('help lists the commands, and how they end', async () => {
  const { code, out, err } = await onward('--help');
  assert.is(code, 0);
  assert.is(err, '');
  assert.match(out, 'Exit codes: 0 done, 1 ');
  for (const name of ['run', 'eval', 'learn', 'detect', 'plan', 'inspect', 'simulate', 'export']) assert.ok(commands.includes(name), name);
});

test('every command: --help, -h and `help NAME` say the same, on standard output, with every option explained', async () => {
  for (const name of commands) {
    const { code, out, err } = await onward(...name.split(' '), '--help');
    assert.is(code, 0, name);
    assert.is(err, '', name);
    assert.match(out, new RegExp(`^Usage: onward ${name}\\b`), name);
    assert.not.match(out, ESCAPES, name);
    assert.match(out, /^  --help +this text$/m, name);
    assert.ok(out.endsWith('\n') && !out.endsWith('\n\n'), `${name}: one end of line at the end`);
    assert.ok((out.split('\n')[2] ?? '').length > 20, `${name}: the third line says what it is for`);
    for (const line of out.split('\n')) {
      const option = /^  --([\w-]+)(?: \S+)?(.*)$/.exec(line);
      if (option) assert.match(option[2]!, / {2,}\S.{7,}/, `${name}: --${option[1]} is not explained`);
      assert.not.match(line, /\s$/, `${name}: blanks at the end of "${line}"`);
    }
    assert.is((await onward(...name.split(' '), '-h')).out, out, name);
    assert.is((await onward('help', ...name.split(' '))).out, out, name);
  }
});

test('every command: an option that is not there is code 2, one line on standard error, nothing on standard output', async () => {
  for (const args of [...commands.map((name) => [...name.split(' '), '--nonsense']), ['nonsense'], ['help', 'nonsense'], ['--nonsense']]) {
    const { code, out, err } = await onward(...args);
    assert.is(code, 2, args.join(' '));
    assert.is(out, '', args.join(' '));
    assert.match(err, /^onward: unknown (option|command) [^\n]*nonsense[^\n]*--help[^\n]*\n$/, args.join(' '));
    assert.not.match(err, ESCAPES);
  }
});

test('a reader that goes away is no failure', async () => {
  writeFileSync(join(folder, 'rows.csv'), Array.from({ length: 400 }, (_, i) => `${i % 7},${i % 3},${i % 2 ? 'a' : 'b'}`).join('\n'));
  for (const args of [['--help'], ['eval', '--help'], ['plan'], ['eval', join(folder, 'rows.csv'), '--quiet']]) {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    const [code] = await once(child, 'close');
    assert.is(code, 0, `${args.join(' ')}: ${stderr}`);
    assert.not.match(stderr, /EPIPE|Error/, args.join(' '));
  }
});

test.after(() => rmSync(folder, { recursive: true, force: true }));

test.run();

const terminal = suite('colours', needs('script', 'apt-get install bsdutils'));

terminal('on a terminal there are some, with NO_COLOR or TERM=dumb none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-colours-'));
  try {
    await buildCli();
    const learner = await createLearner({ inputs: 3, labels: ['a', 'b'] });
    for (let i = 0; i < 200; i++) learner.learn([i % 2, i % 3, i % 5], i % 2 ? 'a' : 'b');
    const rows = join(folder, 'rows.csv');
    writeFileSync(rows, Array.from({ length: 600 }, (_, i) => `${i % 2},${i % 3},${i % 5},${i % 2 ? 'a' : 'b'}`).join('\n'));
    const seen = (env: Record<string, string>): string => {
      const { NO_COLOR: _, ...rest } = process.env;
      const { stdout } = spawnSync('script', ['-qec', `${process.execPath} ${CLI} run ${rows} --fast --no-report`, '/dev/null'], { encoding: 'utf8', env: { ...rest, TERM: 'xterm', ...env } });
      assert.match(stdout, /%/);
      return stdout;
    };
    const SGR = /\x1b\[[\d;]*m/;
    assert.match(seen({}), SGR);
    assert.not.match(seen({ NO_COLOR: '1' }), SGR);
    assert.not.match(seen({ TERM: 'dumb' }), /\x1b/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

terminal.run();
