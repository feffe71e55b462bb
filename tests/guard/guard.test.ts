// The guard must turn every kind of broken test red: one fixture each, and three green ones that it must leave green.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { assert, suite } from '../suite.js';
import { guard, type Verdict } from './guard.js';

const dir = fileURLToPath(new URL('./fixtures', import.meta.url));

const { ONWARD_REQUIRE_ALL: _, ...lenient } = process.env;
const strict = { ...lenient, ONWARD_REQUIRE_ALL: '1' };

const watch = (name: string, env: NodeJS.ProcessEnv = lenient, graceMs?: number): Promise<Verdict> => {
  const file = `${name}.fixture.ts`;
  return guard({ dir, pattern: new RegExp(`^${name}\\.fixture\\.ts$`), expected: [file], env, graceMs });
};

/** Fixture -> what the output or the problems must say, so that it is red for its own reason. */
const broken: Record<string, RegExp> = {
  'assertion-fails': /is wrong/,
  'throws-non-error': /thrown: 'a string'[^]*reached/,
  'rejects-with-nothing': /thrown: undefined/,
  'throws-without-stack': /bare/,
  'before-throws': /before hook of suite "before" threw: Error: no ground to stand on/,
  'after-each-throws': /afterEach hook of suite "after each" threw: Error: cannot tidy up/,
  'after-throws': /cannot close/,
  'never-run': /suite "forgotten" was never run/,
  'one-of-two-run': /suite "forgotten" was never run/,
  'test-after-run': /suite "late" was never run/,
  'no-tests': /suite "empty" has no tests/,
  'only-left-in': /1 skipped, 0 of them declared/,
  'timer-throws': /too late/,
  'promise-unawaited': /uvu ended with exit code 1/,
  'exits-zero': /Exiting early/,
  'exits-zero-on-load': /no test ran/,
  'never-settles': /Exiting early/,
  'fails-to-load': /there-is-no-such-file/,
  'killed': /uvu ended with SIGKILL/,
  'plain-uvu': /imports uvu itself/,
  'undeclared-skip': /1 skipped, 0 of them declared/,
};

/** Half a second of start-up each, most of it waiting: three at a time, started ahead of the tests that judge them. */
const verdicts = new Map<string, Promise<Verdict>>();
const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve(), Promise.resolve()];

const test = suite('guard');

test.before(() => {
  Object.keys(broken).forEach((name, i) => {
    const verdict = lanes[i % lanes.length].then(() => watch(name));
    lanes[i % lanes.length] = verdict;
    verdicts.set(name, verdict);
  });
});

for (const [name, reason] of Object.entries(broken)) {
  test(`${name} is red`, async () => {
    const { failed, problems, output } = await verdicts.get(name)!;
    assert.ok(failed > 0, `0 failed:\n${output}`);
    assert.match([output, ...problems].join('\n'), reason);
  });
}

test('what passes stays green, and is counted', async () => {
  const { passed, failed, skipped, problems } = await watch('green');
  assert.equal({ passed, failed, skipped, problems }, { passed: 3, failed: 0, skipped: 0, problems: [] });
});

test('two megabytes of output are not a failure', async () => {
  const { passed, failed, output } = await watch('green-and-loud');
  assert.equal({ passed, failed }, { passed: 1, failed: 0 });
  assert.ok(output.length > 2_000_000);
});

/** Fixture -> the problem; both would keep the guard's pipe open for a minute. */
const leftOpen: Record<string, string> = {
  'server-left-open': 'uvu did not end after its totals: something was left open by server-left-open.fixture.ts',
  'child-left-running': 'uvu ended, but not all that it started: something was left open by child-left-running.fixture.ts',
};

for (const [name, problem] of Object.entries(leftOpen)) {
  test(`${name} is red, and killed soon after the totals`, async () => {
    const { passed, failed, problems, output } = await watch(name, lenient, 1_000);
    assert.equal({ passed, failed, problems }, { passed: 1, failed: 2, problems: [problem] });
    const [, port] = /^grandchild listens on (\d+)$/m.exec(output)!;
    const socket = connect(Number(port), '127.0.0.1').resume().on('error', () => {});
    const dead = new Promise((resolve) => socket.on('close', () => resolve('dead')));
    assert.is(await Promise.race([dead, setTimeout(20_000, 'alive', { ref: false })]), 'dead');
  });
}

test('a declared skip is named and green', async () => {
  const { passed, failed, skipped, output } = await watch('declared-skip');
  assert.equal({ passed, failed, skipped }, { passed: 1, failed: 0, skipped: 1 });
  assert.match(output, 'skipped: declared, talks to the tool (install: apt-get install no-such-tool)');
});

test('a declared skip is red where everything is required', async () => {
  const { failed, skipped, output } = await watch('declared-skip', strict);
  assert.equal({ failed, skipped }, { failed: 1, skipped: 0 });
  assert.match(output, 'no-such-tool is missing (install: apt-get install no-such-tool)');
});

test('but for what ONWARD_MAY_MISS names, and nothing else', async () => {
  const may = (names: string): Promise<Verdict> => watch('declared-skip', { ...strict, ONWARD_MAY_MISS: names });
  const [named, others] = [await may('no-such-tool'), await may('another-tool')];
  assert.equal([named.failed, named.skipped, others.failed, others.skipped], [0, 1, 1, 0]);
  assert.match(named.output, 'skipped: declared, talks to the tool (install: apt-get install no-such-tool)');
});

test('a file without a suite is red, also beside one that passes', async () => {
  const expected = ['green.fixture.ts', 'no-suite.fixture.ts'];
  const { passed, failed, problems } = await guard({ dir, pattern: /^(green|no-suite)\.fixture\.ts$/, expected, env: lenient });
  assert.equal({ passed, failed, problems }, { passed: 3, failed: 1, problems: ['no-suite.fixture.ts: ran no suite to its end'] });
});

test('of several files each has a process of its own: one that is killed takes no other with it, and what each says stays together', async () => {
  const expected = ['green.fixture.ts', 'killed.fixture.ts'];
  const said: string[] = [];
  const { passed, problems } = await guard({ dir, pattern: /^(green|killed)\.fixture\.ts$/, expected, first: ['killed.fixture.ts'], env: lenient, echo: (text) => said.push(text) });
  assert.equal({ passed, problems: problems.sort() }, { passed: 3, problems: ['killed.fixture.ts: ran no suite to its end', 'killed.fixture.ts: uvu ended with SIGKILL'] });
  assert.equal(said.map((text) => text.split('\n')[0]).sort(), expected);
});

test('a file that mostly waits runs once, beside the others or after them, and is judged as they are', async () => {
  const expected = ['green.fixture.ts', 'killed.fixture.ts'];
  for (const idle of [expected, ['killed.fixture.ts']]) {
    const said: string[] = [];
    const { passed, failed } = await guard({ dir, pattern: /^(green|killed)\.fixture\.ts$/, expected, idle, env: lenient, echo: (text) => said.push(text) });
    assert.equal({ passed, failed }, { passed: 3, failed: 2 });
    assert.equal(said.map((text) => text.split('\n')[0]).sort(), expected);
  }
});

test('no file at all is red', async () => {
  const { failed, problems } = await guard({ dir, pattern: /^there-is-none$/, expected: [], env: lenient });
  assert.ok(failed > 0);
  assert.ok(problems.includes('no test ran'));
});

test('a file that vanished is red, and so is one that nobody listed', async () => {
  const { failed, problems } = await guard({ dir, pattern: /^green\.fixture\.ts$/, expected: ['gone.test.ts'], env: lenient });
  assert.is(failed, 2);
  assert.match(problems[0], 'gone.test.ts: expected, but not there');
  assert.match(problems[1], 'green.fixture.ts: not in the list');
});

test('every fixture is judged here', () => {
  const judged = [...Object.keys(broken), ...Object.keys(leftOpen), 'no-suite', 'green', 'green-and-loud', 'declared-skip'].map((name) => `${name}.fixture.ts`);
  assert.equal(readdirSync(dir).sort(), judged.sort());
});

test('the command ends with the count, and its exit code agrees', () => {
  const run = fileURLToPath(new URL('../run.ts', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', run, 'no-such-test'], { encoding: 'utf8', env: lenient });
  assert.is(status, 1);
  assert.match(stdout, /\n0 passed, \d+ failed\n$/);
});

test.run();
