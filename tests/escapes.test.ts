// Text of others never moves a cursor, hides or turns text around: every command over a table whose columns and labels hold C0, C1 and bidi characters.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingIn, view } from '../cli/fleet/watch.js';
import { CLI, buildCli } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('escapes');
const [BAD, WORSE] = ['a\u009B31m\u202Eb\u001B[31mX\u0007', 'c\u2066d\u001B]0;pwn\u0007'];
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/;
const folder = mkdtempSync(join(tmpdir(), 'onward-escapes-'));

test.before(buildCli);
test.after(() => rmSync(folder, { recursive: true }));

test('no command lets them through, on stdout or stderr, as text or as JSON', () => {
  writeFileSync(join(folder, 't.csv'), [`${BAD}1,n2,${WORSE}`, ...Array.from({ length: 60 }, (_, i) => `${i % 7},${(3 * i) % 5},${i % 2 ? BAD : WORSE}`), ''].join('\n'));
  writeFileSync(join(folder, 'd.csv'), [`${BAD}1,n2`, ...Array.from({ length: 300 }, (_, i) => `${i % 7},${i === 250 ? 900 : (3 * i) % 5}`), ''].join('\n'));
  const runs = [
    ['eval', 't.csv', '--save', 'm.onw'], ['eval', 't.csv', '--json'], ['eval', 't.csv', '--tasks', 'n2'], ['run', 't.csv', '--quiet'], ['run', 't.csv'], ['run', 't.csv', '--json'],
    ['inspect', 'm.onw'], ['inspect', 'm.onw', '--json'], ['labels', 'm.onw'], ['labels', 'm.onw', '--json'], ['predict', 'm.onw', 't.csv', '--json'],
    ['detect', 'd.csv'], ['detect', 'd.csv', '--json'], ['detect', '--source', 'd.csv', '--scores'], ['learn', '--source', 't.csv', '--store', 's'], ['inspect', 's'], ['watch', '--source', 't.csv'],
    ['plan', '--inputs', '3', '--labels', `${BAD},c`], ['plan', '--inputs', '3', '--labels', `${BAD},c`, '--json'],
    ['fleet', 'demo', '--task', BAD], [BAD], ['learn', `--${BAD}`], ['inspect', BAD],
  ];
  for (const args of runs) {
    const { stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8' });
    for (const text of [stdout, stderr]) assert.not.match(text, UNSEEN, JSON.stringify(args));
    assert.ok(stdout.length + stderr.length > 10, JSON.stringify(args));
  }
});

test('nor does the view of a fleet, whoever writes its standing', () => {
  const device = { id: BAD, boot: 1, online: true, silent: 0, bytes: 1, round: 1, examples: 1, distance: undefined, aside: true, report: undefined };
  const round = { round: 1, devices: 1, examples: 1, bytes: 1, aside: [WORSE], model: 'mean' as const };
  const lines = view('lab', { round: 1, online: 1, modelBytes: 1, accuracy: null, before: null, samples: 0, rounds: [round], devices: [device], expelled: [BAD], canaries: [WORSE], history: [] });
  assert.not.match(lines.join('\n'), UNSEEN);
  // what has other types is no standing: it is neither shown nor an end of the command
  const good = { round: 1, online: 1, modelBytes: 1, accuracy: null, before: null, samples: 0, rounds: [round], devices: [{ ...device, report: null }], expelled: [], canaries: [], history: [1] };
  const read = (change: object): unknown => standingIn(new TextEncoder().encode(JSON.stringify({ ...good, ...change })));
  assert.ok(read({}));
  for (const change of [{ round: BAD }, { history: [BAD] }, { rounds: [null] }, { devices: [null] }, { rounds: [{ ...round, round: BAD }] }, { rounds: [{ ...round, aside: [1] }] }, { expelled: 'all' }, { devices: [{ ...device, bytes: BAD }] }]) {
    assert.is(read(change), undefined, JSON.stringify(change));
  }
});

test.run();
