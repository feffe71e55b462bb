// Dreams: what a learner takes for a label, in the units of its stream, within what it has seen; and `onward dream`, which draws them and writes what other commands read.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outlet } from '../cli/outlet.js';
import { dream, usual } from '../host/dream/index.js';
import { Random } from '../host/dream/random.js';
import { createDetector, createLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { FileStore } from '../host/stores/file.js';
import { buildCli, runCommand } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('dream');
const LABELS = ['still', 'moving'];
const folder = mkdtempSync(join(tmpdir(), 'onward-dream-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Channels as sensors have them: degrees, a pressure far from zero, a load over decades, one that stands still, and two that move together. */
function sample(label: string, random: Random): number[] {
  const isMoving = label === 'moving';
  const together = random.normal();
  return [
    (isMoving ? 30 : 20) + random.normal(),
    (isMoving ? 1030 : 1010) + 0.5 * random.normal(),
    isMoving ? 500 + 30 * random.normal() : 2 + 0.5 * random.normal(),
    7,
    10 * together,
    -10 * together + random.normal(),
  ];
}

async function taught(wishes: LearnerWishes = {}, seed = 1): Promise<Learner> {
  const learner = await createLearner({ inputs: 6, labels: LABELS, ...wishes });
  const random = new Random(seed);
  for (let i = 0; i < 400; i++) {
    const label = LABELS[i % 2]!;
    learner.learn(sample(label, random), label);
  }
  return learner;
}

test('what a label usually is comes in the units of the stream, over decades and far from zero too', async () => {
  const learner = await taught();
  for (const [label, expected] of [['still', [20, 1010, 2, 7]], ['moving', [30, 1030, 500, 7]]] as const) {
    const found = usual(learner, label);
    const off = expected.map((value, i) => Math.abs(found[i]!.middle - value) / [1, 1, 0.25 * value, 1][i]!);
    assert.ok(off.every((each) => each < 1), `${label}: ${found.map(({ middle }) => middle.toFixed(2))}`);
    assert.ok(found.every(({ low, middle, high }) => low <= middle && middle <= high));
    assert.is(found[3]!.low, found[3]!.high);
  }
});

test('a dream is what the learner takes for the label, the same for the same seed, and nothing of the learner changes', async () => {
  const learner = await taught();
  const [before, stats] = [learner.save(), learner.stats()];
  for (const label of LABELS) {
    const dreams = dream(learner, label, { count: 10 });
    assert.equal(dream(learner, label, { count: 3 }), dreams.slice(0, 3));
    assert.not.equal(dream(learner, label, { seed: 2 })[0]!.x, dreams[0]!.x);
    assert.is(new Set(dreams.map(({ x }) => x.join())).size, 10);
    for (const { x, label: answer, believed, familiar } of dreams) {
      assert.is(answer, label);
      assert.ok(believed > 0.9 && familiar! > 0.01, `${believed}, ${familiar}`);
      assert.is(learner.clone().predict(x).probabilities[LABELS.indexOf(label)], believed);
      assert.is(x[3], 7);
      assert.ok(label === 'moving' ? x[2]! > 250 && x[0]! > 26 : x[2]! < 5 && x[0]! < 24, x.join());
    }
  }
  assert.equal(learner.save(), before);
  assert.equal(learner.stats(), stats);
});

test('stored samples tell which values move together, whatever their bits, and the range', async () => {
  const sums = (learner: Learner): number => {
    const dreams = dream(learner, 'still', { count: 20 }).map(({ x }) => x);
    assert.ok(meanOf(dreams.map((x) => Math.abs(x[4]!))) > 3, 'they vary');
    return meanOf(dreams.map((x) => Math.abs(x[4]! + x[5]!)));
  };
  assert.ok(sums(await taught()) > 5, 'without a memory each value varies by itself');
  for (const exemplarBits of [8, 4] as const) assert.ok(sums(await taught({ exemplars: 60, exemplarBits })) < 5, `${exemplarBits} bits`);

  const fixed = await createLearner({ inputs: 16, labels: LABELS, inputScale: 1 / 100, exemplars: 40, exemplarBits: 2 });
  const random = new Random(3);
  for (let i = 0; i < 200; i++) fixed.learn(Array.from({ length: 16 }, (_, k) => ((k < 8) === (i % 2 === 0) ? 0 : 250 + 5 * random.normal())), LABELS[i % 2]!);
  for (const { x } of dream(fixed, 'still', { count: 5 })) {
    assert.ok(meanOf([...x.subarray(0, 8)]) < 30 && meanOf([...x.subarray(8)]) > 200, x.join());
    assert.ok(x.every((value) => value >= 0 && value < 290), x.join());
  }
});

test('a channel at the end of its codes is as the label usually is, and one that never varied is what it was', async () => {
  for (const exemplarBits of [4, 2] as const) {
    const learner = await createLearner({ inputs: 3, labels: ['idle', 'busy'], exemplars: 50, exemplarBits });
    const random = new Random(1);
    for (let i = 0; i < 200; i++) {
      const isBusy = i % 2 === 1;
      learner.learn([(isBusy ? 5 : 1) + 0.1 * random.normal(), (isBusy ? 35 : 23) + 0.3 * random.normal(), 7], isBusy ? 'busy' : 'idle');
    }
    const [load, warmth, still] = usual(learner, 'busy');
    assert.ok(Math.abs(load!.middle - 5) < 0.5 && Math.abs(warmth!.middle - 35) < 3, `${exemplarBits} bits: ${load!.middle}, ${warmth!.middle}`);
    assert.equal(still, { low: 7, middle: 7, high: 7 });
    for (const { x } of dream(learner, 'busy', { count: 3 })) assert.ok(Math.abs(x[0]! - 5) < 0.7 && x[2] === 7, x.join());
  }
});

test('a dream of a window is a signal that has the features, and one of a grid is a picture', async () => {
  const window = { axes: 2, samples: 32 };
  const waves = await createLearner({ window, labels: LABELS });
  const random = new Random(5);
  const wave = (label: string): number[] => {
    const phase = 7 * random.uniform();
    return Array.from({ length: 32 }, (_, t) => [Math.sin(phase + (t * Math.PI) / (label === 'moving' ? 2 : 8)), 9.8 + 0.01 * random.normal()]).flat();
  };
  for (let i = 0; i < 100; i++) waves.learn(wave(LABELS[i % 2]!), LABELS[i % 2]!);
  for (const label of LABELS) {
    const [{ x, label: answer }] = dream(waves, label) as [ReturnType<typeof dream>[number]];
    assert.is(x.length, 64);
    assert.is(answer, label);
    const amplitudes = [...waves.features(x).subarray(2, 18)];
    assert.is(amplitudes.indexOf(Math.max(...amplitudes)) + 1, label === 'moving' ? 8 : 2, `${label}: ${amplitudes}`);
    assert.ok(Math.abs(meanOf([...x].filter((_, i) => i % 2 === 1)) - 9.8) < 0.05);
  }

  const grid = { height: 8, width: 8, channels: 1 };
  const pictures = await createLearner({ grid, units: [{ field: 4, stride: 2, channels: 8 }], labels: LABELS, inputScale: 1, exemplars: 20 });
  for (let i = 0; i < 120; i++) pictures.learn(Array.from({ length: 64 }, (_, k) => Number((i % 2 === 0 ? k >> 3 : k % 8) === 3) + 0.1 * random.normal()), LABELS[i % 2]!);
  const { x } = dream(pictures, 'still')[0]!;
  assert.ok(meanOf([...x.subarray(24, 32)]) > 0.7 && Math.abs(meanOf([...x.subarray(32, 64)])) < 0.2, x.join());
});

test('an error says what to do', async () => {
  const learner = await taught();
  const failing = (of: () => unknown, message: RegExp, type: ErrorConstructor = RangeError): void => assert.throws(of, (error: Error) => error.constructor === type && message.test(error.message));
  failing(() => dream(learner, 'asleep'), /^label: 'asleep' is none of still, moving$/);
  failing(() => dream(learner, 'still', { count: 0 }), /^options.count: got 0; expected 1 to 10000$/);
  failing(() => dream(learner, 'still', { seed: 0.5 }), /^options.seed: got 0.5; expected a whole number$/);
  failing(() => dream(learner, 'still', { count: 'all' as never }), /^options.count: expected a number/, TypeError);
  failing(() => dream(learner, 'still', { steps: 3 } as never), /steps/, TypeError);
  failing(() => dream({} as never, 'still' as never), /^learner: expected a learner of createLearner or loadLearner, got /, TypeError);
});

test('a learner that keeps nothing, or was not taught the label, is told so', async () => {
  const plain = await taught({ familiar: false });
  assert.throws(() => dream(plain, 'still'), /config.familiar: true or config.exemplars/);
  const half = await createLearner({ inputs: 2, labels: ['still', 'moving'] });
  // @ts-expect-error the compiler knows the labels of this learner
  assert.throws(() => dream(half, 'asleep'), /none of still, moving/);
  // @ts-expect-error and here
  assert.throws(() => usual(half, 'asleep'), /none of still, moving/);
  assert.throws(() => dream(half, 'still'), /'still' was never taught: teach it first/);
  const empty = await createLearner({ inputs: 2, labels: [], labelCapacity: 4 });
  assert.throws(() => dream(empty, 'still'), /nothing was taught yet/);
});

test('onward dream draws, and what it writes is read back by predict and eval', async () => {
  await buildCli();
  const good = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await runCommand(args);
    assert.is(code, 0, err);
    return out;
  };
  const at = (name: string): string => join(folder, name);
  const random = new Random(1);
  const rows = Array.from({ length: 200 }, (_, i) => `${['sun', 'fog'][i % 2]},${(20 + (i % 2) + 0.1 * random.normal()).toFixed(2)},"${['a, b', 'c'][i % 2]}"`);
  writeFileSync(at('rows.csv'), `sky,degrees,state\n${rows.join('\n')}\n`);
  await good('eval', at('rows.csv'), '--save', at('model'), '--quiet');

  const drawn = await good('dream', at('model'));
  assert.match(drawn, /^a, b {2}believed \d+\.\d %, familiar \d+\.\d %\n/);
  assert.match(drawn, /^ {2}degrees +2[01][.\d]* +·*[[·]*o[\]·]* +usually 2[01]/m);
  assert.is(drawn.split('\n\n').length, 3);
  assert.match(drawn, /^ {2}sky=sun +[01] /m, 'a word is there or not');
  assert.match(await good('dream', at('model'), '--label', 'c', '--grid', '1x3'), /^c {2}believed .*\n[ ░▒▓█]{1,6}\n\n$/);

  await good('dream', at('model'), '--count', '20', '--out', at('dreams.csv'));
  const lines = readFileSync(at('dreams.csv'), 'utf8').trim().split('\n');
  assert.is(lines[0], 'sky,degrees,state');
  assert.is(lines.length, 41);
  assert.match(lines[1], /^sun,\d+\.\d+,"a, b"$/);
  const answers = (await good('predict', at('model'), at('dreams.csv'), '--json')).trim().split('\n').map((line) => JSON.parse(line) as { label: string });
  assert.equal(answers.map(({ label }) => label), Array.from({ length: 40 }, (_, i) => (i < 20 ? 'a, b' : 'c')));
  assert.ok(JSON.parse(await good('eval', at('dreams.csv'), '--json')).accuracy > 0.9);
  const [first] = (await good('dream', at('model'), '--label', 'c', '--json')).trim().split('\n').map((line) => JSON.parse(line) as { label: string; answer: string; believed: number; x: number[] });
  assert.equal([first!.label, first!.answer, first!.x.length], ['c', 'c', 3]);

  const failing = async (code: number, message: RegExp, ...args: string[]): Promise<void> => {
    const ended = await runCommand(['dream', ...args]);
    assert.is(ended.code, code, ended.err);
    assert.match(ended.err, message);
  };
  await failing(2, /--label d is none of the model's: a, b, c/, at('model'), '--label', 'd');
  await failing(2, /--grid must be rows and columns such as 8x8/, at('model'), '--grid', '8');
  await failing(2, /--grid 2x2 does not fit: a sample of this model has 3 values/, at('model'), '--grid', '2x2');
  await failing(2, /--grid 1x1 does not fit/, at('model'), '--grid', '1x1');
  await failing(2, /--grid is for drawings, and --json draws nothing: give one of them/, at('model'), '--grid', '1x3', '--json');
  if (existsSync('/dev/full')) await failing(1, /\/dev\/full: ENOSPC/, at('model'), '--out', '/dev/full');
  await failing(2, /--out writes a CSV and --json lines of JSON: give one of them/, at('model'), '--out', at('both.csv'), '--json');
  writeFileSync(at('detector'), (await createDetector({ channels: 2 })).save());
  await failing(1, /is a detector, which has no labels; onward dream takes a learner/, at('detector'));
  writeFileSync(at('untaught'), (await createLearner({ inputs: 2, labels: LABELS })).save());
  await failing(1, /was taught nothing: teach it with onward eval/, at('untaught'));
});

test('much text waits for a slow disk, arrives whole, and leaves no listener behind', async () => {
  const warnings: string[] = [];
  const warned = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', warned);
  const path = join(folder, 'much');
  const to = new Outlet(path);
  for (let k = 0; k < 50; k++) await to.write(`${k}`.repeat(50_000));
  await to.end();
  await new Promise(setImmediate);
  process.off('warning', warned);
  assert.is(readFileSync(path, 'utf8'), Array.from({ length: 50 }, (_, k) => `${k}`.repeat(50_000)).join(''));
  assert.equal(warnings, []);
});

test('onward dream tells what it cannot know, and never writes over what was learned', async () => {
  await buildCli();
  const store = join(folder, 'store');
  const files = await FileStore.open(join(store, 'learner'));
  const learner = await createLearner({ inputs: 1, labels: ['low', 'high', 'never'] });
  const random = new Random(1);
  for (let i = 0; i < 40; i++) learner.learn([1013.2 + 3 * (i % 2) + 0.1 * random.normal()], ['low', 'high'][i % 2] as 'low');
  for (let k = 0; k < 2; k++) await files.save(learner.save());
  await files.close();
  const kept = readFileSync(join(store, 'learner.1'));
  writeFileSync(join(store, 'learner.2'), kept.subarray(9));
  const { code, out, err } = await runCommand(['dream', store]);
  assert.is(code, 0, err);
  assert.match(err, /^onward: .*store: the newest of its generations is damaged, so this is generation 1\nonward: never: was never taught\n$/);
  assert.match(out, /usually 101[23]\.\d+ to 101[34]\.\d/, 'digits that tell its width');

  writeFileSync(join(folder, 'x.csv'), 'x1\n1013\n');
  for (const [name, ...args] of [['dream', store], ['dream', join(store, 'learner')], ['predict', store, join(folder, 'x.csv')]] as const) {
    for (const generation of ['learner.1', 'learner.3']) {
      const ended = await runCommand([name, ...args, '--out', join(store, generation)]);
      assert.is(ended.code, 2, ended.err);
      assert.match(ended.err, /has the name of a generation of .*store/);
    }
  }
  writeFileSync(join(folder, 'another'), kept);
  const elsewhere = await runCommand(['predict', join(store, 'learner.1'), join(folder, 'x.csv'), '--out', join(folder, 'another')]);
  assert.match(elsewhere.err, /is there, and is a snapshot, which would be lost/);
  const numbered = await runCommand(['predict', join(store, 'learner.1'), join(folder, 'x.csv'), '--out', join(folder, 'x.csv.1')]);
  assert.is(numbered.code, 0, numbered.err);
  assert.equal(readFileSync(join(store, 'learner.1')), kept);
});

test.run();
