// Rehearsal while idle: in slices, once after each taught stretch, dropped by what is learned meanwhile; and what it is for: states that were taught one
// after the other, all known in the end, in `onward learn` and in the page. Node-RED has the same test beside its others.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Rehearsal, createLearner, loadLearner, type Learner } from '../host/index.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { Alike } from '../web/alike.js';
import { EXEMPLARS, createFor } from '../web/learners.js';
import { Session } from '../web/session.js';
import { verdictOf } from '../web/verdict.js';
import { BLOCK, INPUTS, STATES, blocks, examined, questions, type Moment } from './blocks.js';
import { CLI, buildCli } from './command.js';
import { Service, stored } from './live.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('rehearsal');
let folder = '';
let names = 0;
test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-rehearsal-'));
  await buildCli();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));
const fresh = (): string => join(folder, `name${++names}`);

async function taught(exemplars = 200): Promise<Learner> {
  const learner = await createLearner({ inputs: INPUTS, labels: STATES, labelCapacity: 32, exemplars });
  for (const { x, y } of blocks()) learner.learn(x, y);
  return learner;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
/** eta, Q16, as it lies in the header. */
const rateIn = (snapshot: Uint8Array): number => new DataView(Uint8Array.from(decodeSnapshot(snapshot).state).buffer).getInt32(20, true);

async function until(what: string, done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 10) {
    assert.ok(waited < 10_000, `${what}: did not come`);
    await wait(10);
  }
}

test('a sleep in slices learns the bytes of one in a piece, and leaves the rate as it was between them', async () => {
  for (const rate of [0.05, 0.0371, 1]) {
    const whole = await taught();
    whole.setRate(rate);
    const before = rateIn(whole.save());
    for (const cuts of [[1], [500, 501], [17, 250, 999]]) {
      const sliced = whole.clone();
      [0, ...cuts].forEach((from, i) => {
        sliced.sleep(1000, from, cuts[i] ?? 1000);
        assert.is(rateIn(sliced.save()), before);
      });
      const expected = whole.clone();
      expected.sleep(1000);
      assert.ok(same(sliced.save(), expected.save()), `cut at ${cuts}`);
    }
  }
});

/** Four labels go round a circle, one where another was 250 samples before: what was stored then is false now. */
async function afterDrift(): Promise<{ learner: Learner; next: (learner: Learner) => number }> {
  const learner = await createLearner({ inputs: 2, labels: STATES.concat('fourth'), exemplars: 200, keep: 'spread', replays: 0 });
  const random = generator(5);
  const moment = (t: number): { x: number[]; y: string } => {
    const label = Math.floor(4 * random());
    const angle = 2 * Math.PI * (t / 1000 + label / 4);
    return { x: [Math.cos(angle) + 0.1 * random(), Math.sin(angle) + 0.1 * random()], y: learner.labels[label]! };
  };
  for (let t = 0; t < 1000; t++) {
    const { x, y } = moment(t);
    learner.learn(x, y);
  }
  const questions = Array.from({ length: 100 }, () => moment(1000));
  return { learner, next: (one) => questions.filter(({ x, y }) => one.predict(x).label === y).length };
}

test('a sleep that does harm is undone to the byte, in a piece and in slices; one that helps is not', async () => {
  const { learner, next } = await afterDrift();
  const before = learner.save();
  const right = next(learner);
  assert.ok(right >= 90, `${right} of 100`);
  learner.sleep(999, 0, 998);
  assert.ok(next(learner) < right - 20, `${next(learner)} of 100: what is stored is false now`);
  assert.not.ok(same(learner.save(), before));
  learner.sleep(999, 998);
  assert.ok(same(learner.save(), before), 'in slices');
  learner.sleep();
  assert.ok(same(learner.save(), before), 'in a piece');

  const inTurn = await createLearner({ inputs: INPUTS, labels: STATES, exemplars: 200, replays: 0, familiar: false });
  for (const { x, y } of blocks()) inTurn.learn(x, y);
  const rightInTurn = examined((x) => inTurn.predict(x).label).right;
  inTurn.sleep();
  assert.ok(examined((x) => inTurn.predict(x).label).right > rightInTurn);
});

test('what is learned or changed between two slices is never undone', async () => {
  const { learner } = await afterDrift();
  const x = [1, 0];
  for (const [what, change] of Object.entries<(one: Learner) => void>({
    learn: (one) => one.learn(x, STATES[0]!), adapt: (one) => one.adapt(x), setRate: (one) => one.setRate(0.02), learnMany: (one) => one.learnMany(Float32Array.of(1, 0), [0]),
    mergeLabels: (one) => one.mergeLabels(STATES[0]!, STATES[1]!), forgetLabel: (one) => one.forgetLabel(STATES[0]!), learnFeatures: (one) => one.learnFeatures(Float32Array.of(1, 0), STATES[0]!),
    reset: (one) => { one.reset(); one.learn(x, STATES[0]!); },
  })) {
    const copy = learner.clone();
    copy.sleep(999, 0, 998);
    change(copy);
    const changed = copy.clone();
    copy.sleep(999, 998);
    changed.sleep(999, 998); // it never slept the first slices: it has nothing to undo
    assert.ok(same(copy.save(), changed.save()), what);
  }
});

test('a slice that cannot be is refused by name', async () => {
  const learner = await taught();
  for (const [args, message] of [
    [[10, 11], 'from: got 11; expected a whole number, 0 to 10'],
    [[10, 0.5], 'from: got 0.5; expected a whole number, 0 to 10'],
    [[10, 5, 4], 'to: got 4; expected a whole number, 5 to 10'],
    [[10, 5, 11], 'to: got 11; expected a whole number, 5 to 10'],
  ] as const) assert.throws(() => learner.sleep(...args), (error: Error) => error instanceof RangeError && error.message === message);
  for (const [options, message] of [
    [{ seconds: 0 }, 'options.seconds: got 0; expected more than 0'],
    [{ sliceMs: -1 }, 'options.sliceMs: got -1; expected more than 0'],
  ] as const) assert.throws(() => new Rehearsal(learner, options), (error: Error) => error instanceof RangeError && error.message === message);
  assert.throws(() => new Rehearsal(learner, { seconds: '1' as never }), (error: Error) => error instanceof TypeError && /options.seconds: expected a number/.test(error.message));
});

test('what is worth it: labels that did not come lately, and what helps of the others', async () => {
  const learner = await createLearner({ inputs: INPUTS, labels: STATES, exemplars: 200 });
  assert.is(learner.worthRehearsing, 0);
  for (const { x, y } of blocks()) learner.learn(x, y);
  assert.is(learner.stats().exemplars, 3 * BLOCK);
  assert.ok(learner.worthRehearsing >= BLOCK, `${learner.worthRehearsing}: the first block is long past`);
  assert.ok(learner.worthRehearsing <= 3 * BLOCK);
  assert.is((await taught(0)).worthRehearsing, 0);
});

/** Blocks after which a sleep is kept: one that does harm is undone, to the byte, and nobody could see it. */
function stretchFor(learner: Learner): Moment[] {
  for (let seed = 1; seed < 20; seed++) {
    const clone = learner.clone();
    for (const { x, y } of blocks(seed)) clone.learn(x, y);
    const before = clone.save();
    clone.sleep(10 * clone.worthRehearsing);
    if (!same(before, clone.save())) return blocks(seed);
  }
  throw new Error('every sleep was undone');
}

test('idle: once after each taught stretch, as one sleep would; questions neither stop it nor begin it', async () => {
  const learner = await createLearner({ inputs: INPUTS, labels: STATES, labelCapacity: 32, exemplars: 200 });
  const rehearsal = new Rehearsal(learner, { seconds: 0.05, sliceMs: 0.2 });
  const expected = learner.clone();
  const questions = setInterval(() => learner.predict([1, 230, 0, 5]), 1);
  try {
    for (let stretch = 0; stretch < 2; stretch++) {
      for (const { x, y } of stretchFor(expected)) for (const one of [learner, expected]) one.learn(x, y);
      const before = learner.save();
      expected.sleep(10 * expected.worthRehearsing);
      assert.not.ok(same(before, expected.save()));
      await until('the rehearsal', () => same(learner.save(), expected.save()));
      await wait(200);
      assert.ok(same(learner.save(), expected.save()), 'nothing new was taught: nothing is rehearsed');
    }
  } finally {
    clearInterval(questions);
    rehearsal.close();
  }
});

test('a sample that is learned meanwhile drops the rest, and the rate is what it was', async () => {
  const learner = await taught();
  const rehearsal = new Rehearsal(learner, { seconds: Infinity, sliceMs: 1e-6 }); // a step a slice
  const rate = rateIn(learner.save());
  rehearsal.now();
  await wait(50);
  assert.is(learner.worthRehearsing > 0, true);
  const untaught = learner.save();
  assert.ok(same(untaught, (await taught()).save()), 'taught before it was there: nothing is due');

  const [first, second] = blocks(3) as [Moment, Moment];
  learner.learn(first.x, first.y);
  const begun = learner.save();
  const finished = learner.clone();
  finished.sleep(10 * finished.worthRehearsing);
  rehearsal.now();
  await until('the first slices', () => !same(learner.save(), begun));
  assert.not.ok(same(learner.save(), finished.save()), 'it is under way');
  assert.is(rateIn(learner.save()), rate);
  learner.learn(second.x, second.y);
  const interrupted = learner.save();
  assert.is(rateIn(interrupted), rate);
  await wait(100);
  assert.ok(same(learner.save(), interrupted), 'the rest was dropped');

  const copy = await loadLearner(interrupted);
  copy.sleep(10 * copy.worthRehearsing);
  rehearsal.finish();
  assert.ok(same(learner.save(), copy.save()), 'what is due is done in one go');
  rehearsal.finish();
  assert.ok(same(learner.save(), copy.save()), 'once');
  rehearsal.close();
});

test('finish goes on from the slice that a rehearsal has come to', async () => {
  const learner = await createLearner({ inputs: INPUTS, labels: STATES, labelCapacity: 32, exemplars: 200 });
  const rehearsal = new Rehearsal(learner, { seconds: Infinity, sliceMs: 1e-6 });
  for (const { x, y } of blocks()) learner.learn(x, y);
  const begun = learner.save();
  const expected = learner.clone();
  expected.sleep(10 * expected.worthRehearsing);
  rehearsal.now();
  await until('the first slices', () => !same(learner.save(), begun));
  rehearsal.finish();
  assert.ok(same(learner.save(), expected.save()));
  rehearsal.close();
});

test('its timers keep no process alive, and a learner that was disposed of ends them', async () => {
  const code = `import { Rehearsal, createLearner } from './host/index.ts';
    const learner = await createLearner({ inputs: 1, labels: ['a', 'b'], exemplars: 9 });
    new Rehearsal(learner, { seconds: 3600 });
    learner.learn([1], 'a');
    const other = new Rehearsal(learner, { sliceMs: 1e-6 });
    learner.learn([2], 'b');
    other.now();
    console.log('taught');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: root, encoding: 'utf8', timeout: 30_000 });
  assert.equal([status, stdout.trim()], [0, 'taught'], stderr);

  const learner = await taught();
  const rehearsal = new Rehearsal(learner, { seconds: 0.05 });
  learner.dispose();
  await wait(200); // an error in a timer would end this process
  rehearsal.close();
});

/** At least a nearest mean minus two points, and better than the layers alone, without a memory and without votes: `plain` is what those know. */
function checkKnows({ right, nearestMean }: { right: number; nearestMean: number }, plain: number): void {
  assert.ok(right >= nearestMean - 0.02, `${right} right, the nearest mean ${nearestMean}`);
  assert.ok(plain < nearestMean - 0.1, `the layers alone know ${plain}: the task is no task`);
  assert.ok(right > plain);
}

/** What a store that is being written to holds; nothing before the first save. */
const kept = (store: string): Promise<Uint8Array> => stored(store).catch(() => new Uint8Array());

async function knownWithout(): Promise<number> {
  const plain = await createLearner({ inputs: INPUTS, labels: STATES, labelCapacity: 32, familiar: false });
  for (const { x, y } of blocks()) plain.learn(x, y);
  return examined((x) => plain.predict(x).label).right;
}

test('onward learn, live: three states taught in turn, then asked mixed', async () => {
  const store = fresh();
  const service = new Service(['--source', '-', '--store', store, '--save-seconds', '0.1']);
  const expected = await createLearner({ inputs: INPUTS, labels: [], labelCapacity: 32, exemplars: 200 });
  try {
    for (const state of STATES) {
      const lesson = blocks().filter(({ y }) => y === state);
      for (const { x, y } of lesson) expected.learn(x, y);
      expected.sleep(10 * expected.worthRehearsing);
      service.process.stdin!.write(`${lesson.map((moment) => JSON.stringify(moment)).join('\n')}\n`);
      await service.predicted(BLOCK * (STATES.indexOf(state) + 1));
      for (let waited = 0; !same(await kept(store), expected.save()); waited += 50) { // the hand leaves the button
        assert.ok(waited < 15_000, `${state}: no rehearsal was saved; ${service.err}`);
        await wait(50);
      }
    }
    service.process.stdin!.end(`${questions().map((x) => JSON.stringify({ x })).join('\n')}\n`);
    assert.is(await service.ended(), 0, service.err);
    const answers = service.predictions.slice(3 * BLOCK).map(({ label }) => label!);
    assert.is(answers.length, 300);
    checkKnows(examined(() => answers.shift()!), await knownWithout());
  } finally {
    service.process.kill('SIGKILL');
  }
});

test('onward learn from a file: rehearsed at its end, to the same bytes whatever the clock; --exemplars 0 and --prototypes do without', async () => {
  const [csv, lines] = [`${fresh()}.csv`, fresh()];
  writeFileSync(csv, `watts,volts,ear,other,state\n${blocks().map(({ x, y }) => `${x.join(',')},${y}`).join('\n')}\n`);
  writeFileSync(lines, blocks().map((moment) => `${JSON.stringify(moment)}\n`).join(''));
  const made = async (source: string, ...args: string[]): Promise<Uint8Array> => {
    const store = fresh();
    const input = openSync(lines, 'r');
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'learn', '--source', source, '--store', store, ...args], { stdio: [input, 'pipe', 'pipe'], encoding: 'utf8' });
    closeSync(input);
    assert.is(status, 0, stderr);
    return stored(store);
  };
  const LIKE = ['--labels', STATES.join(','), '--label-capacity', '32'];
  const expected = await taught();
  expected.sleep(10 * expected.worthRehearsing);
  checkKnows(examined((x) => expected.predict(x).label), await knownWithout());
  for (const source of [csv, '-']) {
    assert.ok(same(await made(source, ...LIKE), expected.save()), source);
    assert.ok(same(await made(source, ...LIKE, '--exemplars', '0'), (await taught(0)).save()), source);
  }
  const { config } = await loadLearner(await made(csv, '--prototypes', '2'));
  assert.equal([config.exemplars, config.prototypes], [0, 2]);
});

test('a store from before there was a memory by default goes on without one', async () => {
  const store = fresh();
  for (const args of [['--exemplars', '0'], []]) {
    const service = new Service(['--source', '-', '--store', store, ...args]);
    service.process.stdin!.end(`${blocks().map((moment) => JSON.stringify(moment)).join('\n')}\n`);
    assert.is(await service.ended(), 0, service.err);
  }
  const learner = await loadLearner(await stored(store));
  assert.equal([learner.config.exemplars, learner.seen], [0, 6 * BLOCK]);
});

test('the page: an answer that was unknown stays so under another name, and goes with its label', async () => {
  const session = new Session({ channels: INPUTS, window: 1 }, await createFor({ channels: INPUTS, window: 1 }, {}, ['mug', 'pen']));
  session.held = 'mug';
  session.take(new Float32Array(INPUTS).fill(1));
  session.held = undefined;
  session.take(new Float32Array(INPUTS).fill(1));
  const all = [0, 1, 2, 3].map((key) => ({ key, label: key < 2 ? 'mug' : 'pen', x: Float32Array.from({ length: INPUTS }, (_, i) => (i + key) % 3) }));
  session.alike = new Alike(false, (x) => x, () => ({ all, version: 1 }));
  session.answer!.alike = new Map([['mug', 0.1], ['pen', 0]]);
  assert.is(verdictOf(session, 29).word, 'unknown');
  session.rename('mug', 'cup');
  assert.is(verdictOf(session, 29).word, 'unknown');
  session.answer!.alike = new Map([['cup', 0.9], ['pen', 0]]);
  assert.is(verdictOf(session, 29).word, 'cup');
  session.forget('cup');
  assert.is(verdictOf(session, 29).word, '–');
  session.close();
});

test('the page: three states taught in turn, each rehearsed when its button is released', async () => {
  const teach = async (): Promise<Session> => {
    const shape = { channels: INPUTS, window: 1 };
    const session = new Session(shape, await createFor(shape, { exemplars: EXEMPLARS }, STATES));
    assert.throws(() => new Session({ ...shape, window: 0 }, session.learner), /window: 0 moments make no sample/);
    const expected = session.learner.clone();
    for (const state of STATES) {
      session.held = state;
      for (const { x, y } of blocks()) if (y === state) (session.take(x), expected.learn(Float32Array.from(x), y));
      session.release();
      expected.sleep(10 * expected.worthRehearsing);
      await until('the rehearsal', () => same(session.learner.save(), expected.save()));
      session.release(); // a browser says so more than once
    }
    assert.is(session.measures.samples, 3 * BLOCK);
    return session;
  };
  const session = await teach();
  const known = (one: Session): { right: number; nearestMean: number } => examined((x) => one.learner.predict(x).label);
  checkKnows(known(session), await knownWithout());
  const before = session.learner.save();
  for (const { x } of blocks(2)) session.take(x);
  await wait(1300);
  assert.ok(same(session.learner.save(), before), 'questions change nothing');
  session.close();
});

test.run();
