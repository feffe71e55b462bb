// The harness of the paper's experiments: stopped and gone on with is the same as never stopped, and the table says what the files say.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areaPercent } from '../benchmarks/paper/anomaly-sets.js';
import { deform } from '../benchmarks/paper/deformed.js';
import { joinBytes, splitBytes } from '../benchmarks/paper/harness/checkpoint.js';
import { conduct } from '../benchmarks/paper/harness/conduct.js';
import type { Experiment, Run } from '../benchmarks/paper/harness/experiment.js';
import { paperTable, readResults, tableRows, writeResult, type Result } from '../benchmarks/paper/harness/results.js';
import { LinearReadout } from '../benchmarks/paper/linear-readout.js';
import { putLayer } from '../benchmarks/paper/put-layer.js';
import { fromMean, fromNearest, mahalanobis } from '../benchmarks/paper/simple-scores.js';
import { Whitening } from '../benchmarks/paper/whitening.js';
import { WinningPatches } from '../benchmarks/paper/winning-patches.js';
import { Random } from '../benchmarks/rivals/random.js';
import { createLearner, createTwoPass, loadLearner, loadTwoPass } from '../host/index.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('paper');

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-paper-'));
  try {
    return await use(folder + '/');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which half of a circle: 40 steps of 25 samples, two seeds. */
function halves(rate = 0.05): Experiment {
  return {
    title: 'halves',
    place: 99,
    figures: [{ name: 'wrong, %', better: 'lower', target: 20 }],
    seeds: 2,
    async start({ seed, saved }): Promise<Run> {
      const learner = saved ? await loadLearner(saved) : await createLearner({ inputs: 2, labels: ['low', 'high'], units: [8], seed, rate });
      const at = (k: number): [number[], string] => [[Math.cos(k * k), Math.sin(k * k)], Math.sin(k * k + 0.3) < 0 ? 'low' : 'high'];
      return {
        summary: '2-8',
        settings: { rate },
        steps: 40,
        stepsPerPass: 20,
        step: (k) => {
          for (let s = 0; s < 25; s++) learner.learn(...at(25 * k + s + seed));
        },
        measure: () => ({ 'wrong, %': Array.from({ length: 200 }, (_, k) => at(k + 5000)).filter(([x, y]) => learner.predict(x).label !== y).length / 2 }),
        save: () => learner.save(),
        background: () => ({ always: 50 }),
        dispose: () => learner.dispose(),
      };
    },
  };
}

/** Everything but the clock. */
function timeless(result: Result): object {
  return { ...result, seeds: result.seeds.map(({ seconds, cpuSeconds, ...rest }) => rest) };
}

const quiet = { quick: false, say: () => {} };

test('stopped anywhere and gone on with, a run learns the same bytes and measures the same', () => inFolder(async (folder) => {
  const whole = await conduct('whole', halves(), { ...quiet, folder, stopped: () => false });
  assert.is(whole!.seeds.length, 2);
  assert.is(whole!.seeds[0]!.afterPass.length, 2);
  assert.not.equal(whole!.seeds[0]!.learned, whole!.seeds[1]!.learned);
  assert.ok(whole!.means['wrong, %']! < 20);
  let result: Result | undefined;
  let first: Result | undefined;
  let calls = 0;
  for (let stops = 0; result === undefined; stops++) {
    assert.ok(stops < 20, 'it never ends');
    let steps = 0;
    result = await conduct('halves', halves(), { ...quiet, folder, stopped: () => ++steps > 7, seedDone: (result) => (first = result) });
    calls = stops + 1;
  }
  assert.equal(first!.seeds.map(({ seed }) => seed), [1], 'the first seed has a result while the second runs');
  assert.equal(first!.means, whole!.seeds[0]!.figures);
  assert.ok(calls > 8, `${calls} calls`);
  assert.equal(timeless({ ...result, name: 'whole' }), timeless(whole!));
  assert.not.ok(existsSync(`${folder}halves.checkpoint`), 'a finished run leaves no checkpoint');
}));

test('a checkpoint of other settings is not gone on with', () => inFolder(async (folder) => {
  let steps = 0;
  assert.is(await conduct('halves', halves(0.02), { ...quiet, folder, stopped: () => ++steps > 5 }), undefined);
  const said: string[] = [];
  const result = await conduct('halves', halves(), { ...quiet, say: (line) => said.push(line), folder, stopped: () => false });
  assert.match(said.join('\n'), /other settings/);
  assert.equal(timeless(result!), timeless((await conduct('halves', halves(), { ...quiet, folder, stopped: () => false }))!));
}));

test('SIGINT and SIGKILL: the same command goes on, to the bytes of a run that nobody stopped', () => inFolder(async (folder) => {
  const script = `${folder}slow.mts`;
  // a step takes 5 ms, so that a signal finds it at work; killed, it goes on from its last checkpoint or from the start
  writeFileSync(script, `
    import { writeFileSync } from 'node:fs';
    import { conduct } from ${JSON.stringify(`${root}benchmarks/paper/harness/conduct.ts`)};
    import { createLearner, loadLearner } from ${JSON.stringify(`${root}host/index.ts`)};
    let stop = false;
    process.on('SIGINT', () => (stop = true));
    const experiment = { title: 't', place: 1, figures: [], seeds: 1, async start({ saved }: { saved?: Uint8Array }) {
      const learner = saved ? await loadLearner(saved) : await createLearner({ inputs: 1, labels: ['a', 'b'], units: [8] });
      return { summary: '', settings: {}, steps: 100, stepsPerPass: 50, measure: () => ({ seen: learner.seen }), save: () => learner.save(), dispose() {},
        step(k: number) { learner.learn([Math.sin(k)], k % 2 ? 'a' : 'b'); for (const end = performance.now() + 5; performance.now() < end; ); } };
    } };
    const result = await conduct('slow', experiment, { quick: false, folder: process.argv[2]!, stopped: () => stop, say() {}, progress: () => process.stdout.write('.') });
    if (result) writeFileSync(process.argv[2] + 'result', result.seeds[0].learned); else process.exitCode = 130;
  `);
  const run = (at: string, signal?: NodeJS.Signals): Promise<number | string | null> => new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, at], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let steps = 0;
    child.stdout.on('data', (data: Buffer) => {
      steps += data.length;
      if (signal !== undefined && steps >= 20) child.kill(signal);
    });
    child.on('exit', (code, by) => resolve(by ?? code));
  });
  assert.is(await run(folder), 0);
  const whole = readFileSync(`${folder}result`, 'utf8');
  rmSync(`${folder}result`);
  assert.is(await run(folder, 'SIGINT'), 130);
  assert.ok(existsSync(`${folder}slow.checkpoint`));
  assert.is(await run(folder, 'SIGKILL'), 'SIGKILL');
  assert.is(await run(folder), 0);
  assert.is(readFileSync(`${folder}result`, 'utf8'), whole);
}));

test('the table: means and seeds, a missed target and a better paper marked, in the order of the places', () => inFolder(async (folder) => {
  const seed = (wrong: number, right: number) => ({ seed: 1, figures: { wrong, right }, afterPass: [], seconds: 9000, cpuSeconds: 125, learned: '' });
  const one: Result = {
    name: 'one', title: 'One', place: 2, machine: { cpu: '', cores: 2, node: '', v8: '', platform: '' }, summary: '4-3, int16', settings: {},
    figures: [{ name: 'wrong', better: 'lower', paper: 1.3, target: 1.3 }, { name: 'right', better: 'higher', paper: 53, paperIs: 'a reproduction', target: 50 }],
    means: { wrong: 1.35, right: 51 }, seeds: [seed(1.3, 50), seed(1.4, 52)],
  };
  writeResult(one, folder);
  writeResult({ ...one, name: 'two', title: 'Two', place: 1, means: { wrong: 1.3, right: 53 }, seeds: [seed(1.3, 53)] }, folder);
  assert.equal(tableRows(readResults(folder)), [
    ['Two: wrong', '1.3', '<= 1.3', '1.30', '4-3, int16', '2 min 05 s'],
    ['Two: right', '53 (a reproduction)', '>= 50', '53.00', '', ''],
    ['One: wrong', '1.3', '<= 1.3', '1.35 (1.30, 1.40) **missed, behind the paper**', '4-3, int16', '2 min 05 s'],
    ['One: right', '53 (a reproduction)', '>= 50', '51.00 (50.00, 52.00) **behind a reproduction**', '', ''],
  ]);
  assert.match(paperTable(readResults(folder)), /^\| experiment \| the paper \| .*\n\| --- \|.*\n\| Two: wrong \|/);
}));

test('the command lists its experiments, prints the table, and refuses what it does not know', () => {
  const paper = (...words: string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'benchmarks/paper/run.ts', ...words], { cwd: root, encoding: 'utf8' });
  assert.match(paper().stdout, /^mnist-supervised +MNIST supervised, permutation-invariant: test error, % <= 1\.3/m);
  assert.is(paper('table').stdout.trim(), paperTable());
  const unknown = paper('mnist');
  assert.is(unknown.status, 1);
  assert.match(unknown.stderr, /RangeError: no experiment 'mnist'; there are .*mnist-supervised/);
});

test('byte strings joined come apart again', () => {
  const parts = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)];
  assert.equal(splitBytes(joinBytes(parts)), parts);
});

test('scores of unusual rows: a tie counts half, and a row beside a line is further from it than one far along it', () => {
  assert.is(areaPercent([1, 2, 3], [2, 4]), 75);
  assert.is(areaPercent([1, 1], [1]), 50);
  const line = Array.from({ length: 41 }, (_, k) => Float32Array.of((k - 20) / 10, (k - 20) / 10));
  const [along, beside] = [Float32Array.of(3, 3), Float32Array.of(1, -1)];
  const distance = mahalanobis(line);
  assert.ok(distance(beside) > 5 * distance(along));
  assert.is(fromMean(along), 18);
  assert.is(fromNearest(line)(along), 2);
});

test('the float readout learns what a line tells apart', () => {
  const readout = new LinearReadout(3, 2);
  const row = (k: number): number[] => [Math.sin(k), Math.cos(3 * k), Math.sin(k * k)];
  const label = (x: readonly number[]): number => Number(x[0]! > x[1]!);
  for (let k = 0; k < 2000; k++) readout.learn(row(k), label(row(k)), 0.5);
  const wrong = Array.from({ length: 200 }, (_, k) => row(k + 5000)).filter((x) => readout.predict(x) !== label(x));
  assert.ok(wrong.length < 10, `${wrong.length} of 200 wrong`);
});

test('a deformed image: none is the image itself, a shift moves it by whole pixels, a quarter turn turns it', () => {
  const [still, into] = [{ shift: 0, turn: 0, stretch: 0, slant: 0 }, new Float32Array(784)];
  const image = Float32Array.from({ length: 784 }, (_, i) => (i % 28 > 8 && i % 28 < 20 && i > 8 * 28 && i < 20 * 28 ? (37 * i) % 251 : 0));
  deform(image, into, still, new Random(1));
  assert.equal(into, image);
  const moves = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    deform(image, into, { ...still, shift: 2 }, new Random(seed));
    moves.add([-58, -57, -56, -55, -54, -30, -29, -28, -27, -26, -2, -1, 0, 1, 2, 26, 27, 28, 29, 30, 54, 55, 56, 57, 58].find((by) => into.every((value, i) => value === (image[i - by] ?? 0)))!);
  }
  assert.is(moves.has(undefined!), false);
  assert.is(moves.size, 25);
  const always = Object.assign(new Random(1), { uniform: () => 1 - 2 ** -32 }); // the greatest turn
  deform(image, into, { ...still, turn: 90 }, always);
  assert.ok(into.every((value, i) => Math.abs(value - image[(i % 28) * 28 + 27 - Math.floor(i / 28)]!) < 0.01 || Math.abs(value - image[(27 - (i % 28)) * 28 + Math.floor(i / 28)]!) < 0.01));
});

test('whitened vectors have no more in one direction than in another', () => {
  const random = new Random(3);
  const vectors = Array.from({ length: 4000 }, () => {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    return Float64Array.of(5 * a, 5 * a + b, 2 * c + 7);
  });
  const { mean, factor } = new Whitening(vectors, 0);
  const white = vectors.map((vector) => factor.map((row) => row.reduce((sum, value, j) => sum + value * (vector[j]! - mean[j]!), 0)));
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) assert.ok(Math.abs(white.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / 4000 - Number(i === j)) < 1e-6, `${i} ${j}`);
  }
});

test('units that win learn the patches there are, and the core computes what was put into it', async () => {
  const random = new Random(5);
  const bar = (): Float32Array => {
    const [at, down] = [random.below(28), random.uniform() < 0.5];
    return Float32Array.from({ length: 784 }, (_, i) => ((down ? i % 28 : Math.floor(i / 28)) === at ? Math.sqrt(28) : 0));
  };
  const settings = { field: 14, stride: 14, channels: 32, ridge: 1, conscience: 0.3, active: 0.2 };
  const [first, last] = [Array.from({ length: 200 }, bar), Array.from({ length: 50 }, bar)];
  const patches = new WinningPatches(settings, first, 1);
  for (let k = 0; k < 2000; k++) patches.learn(bar(), k / 2000);
  assert.ok(Math.max(...patches.wins) < 8 / 32, 'no unit wins all');
  const { weights, biases } = patches.layer(last);
  const network = await createTwoPass({ grid: { height: 28, width: 28, channels: 1 }, units: [{ field: 14, stride: 14, channels: 32 }], inputScale: 1 });
  const learned = await loadTwoPass(putLayer(network.save(), 0, weights, biases));
  assert.ok(learned.weights(0).every((weight, i) => Math.abs(weight - weights[i]!) < 1 / 4096));
  for (const image of last) {
    learned.goodness(image);
    const sums = Float64Array.from(biases, (bias, unit) => {
      const [top, left] = [Math.floor(unit / 64) * 14, (Math.floor(unit / 32) % 2) * 14];
      let sum = bias;
      for (let i = 0; i < 196; i++) sum += weights[unit * 196 + i]! * image[(top + Math.floor(i / 14)) * 28 + left + (i % 14)]!;
      return Math.max(0, sum);
    });
    const rms = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0) / sums.length);
    learned.handedOn().forEach((value, unit) => assert.ok(Math.abs(value - Math.min(2047 / 256, sums[unit]! / rms)) < 0.06, `${unit}: ${value} for ${sums[unit]! / rms}`));
  }
});

test.run();
