/**
 * npm run bench:scale [-- --quick] [--learners | --batch]
 *
 * How time grows: per learned sample against the number of weights, from a thousand to sixteen million, with the exponent fitted from 16 K to 4 M;
 * from `import` to the first learned sample; over the first samples, while the engine still compiles; with many learners in one process; with
 * one learner in each of several threads; with a batch of learners that two threads share. Every layer is updated at every step (margin 0). `--learners` measures the many learners
 * anew, `--batch` the shared batch, and each keeps the rest of the results: they say of each when it was measured, and at which load of the machine. `--quick` writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { createLearner, type Learner, type LearnerConfig } from '../../host/index.js';
import { generator } from '../../tests/random.js';
import { machine } from '../machine.js';
import { sharedBatch } from './batch.js';
import { coldStarts } from './cold.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, learners: { type: 'boolean', default: false }, batch: { type: 'boolean', default: false } } });
const measured = { date: new Date().toISOString().slice(0, 10), loadAverage: Number(loadavg()[0]!.toFixed(1)) };
const results = new URL('../results/scale.json', import.meta.url);
const SLICE_MS = options.quick ? 40 : 200;
const ROUNDS = options.quick ? 5 : 11;
const labels = Array.from({ length: 10 }, (_, c) => `${c}`);
const WIDTHS = [24, 48, 96, 192, 384, 768, 1448, 2896];
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function square(width: number, bits: 8 | 16): LearnerConfig {
  return { inputs: width, units: [width, width], labels, bits, skipInput: false, inputScale: 1, margin: 0 };
}

function samplesOf(inputs: number): Float32Array[] {
  const random = generator(1);
  return Array.from({ length: 16 }, () => Float32Array.from({ length: inputs }, () => random() * 4 - 2));
}

function learn(learner: Learner, rows: readonly Float32Array[], count: number): number {
  const start = performance.now();
  for (let k = 0; k < count; k++) learner.learn(rows[k % rows.length]!, labels[k % labels.length]!);
  return (performance.now() - start) / count;
}

async function growth() {
  const lanes = [];
  for (const bits of [8, 16] as const) {
    for (const width of WIDTHS) {
      const learner = await createLearner(square(width, bits));
      const rows = samplesOf(width);
      const count = Math.max(2, Math.ceil(SLICE_MS / Math.max(learn(learner, rows, Math.max(2, Math.ceil(3e6 / width ** 2))), 1e-4)));
      lanes.push({ bits, width, weights: 2 * width * width, learner, rows, count, times: [] as number[] });
    }
  }
  for (let round = 0; round < ROUNDS; round++) for (const lane of lanes) lane.times.push(learn(lane.learner, lane.rows, lane.count));
  return lanes.map(({ bits, width, weights, times }) => ({ bits, width, weights, microseconds: Number((1000 * median(times)).toPrecision(4)) }));
}

/** Slope of log time over log weights, least squares. */
function exponent(points: { weights: number; microseconds: number }[]): number {
  const xs = points.map(({ weights }) => Math.log(weights));
  const ys = points.map(({ microseconds }) => Math.log(microseconds));
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  return Number((xs.reduce((sum, x, k) => sum + (x - mx) * (ys[k]! - my), 0) / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0)).toFixed(3));
}

/** Mean time of a sample between two counts, of a learner that has never run: 64-64, its code still being compiled. Another config is no longer cold. */
async function tierUp() {
  const learner = await createLearner({ ...square(64, 8), seed: 2 });
  const rows = samplesOf(64);
  const stages = [];
  for (let seen = 0, until = 1; until <= 32_768; until *= 4) {
    stages.push({ until, microseconds: Number((1000 * learn(learner, rows, until - seen)).toPrecision(4)) });
    seen = until;
  }
  return stages;
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Bytes outside the heap once everything is gone that can go. */
async function externalBytes(): Promise<number> {
  for (let k = 0; k < 3; k++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().external;
}

/** 16-32-32-4: bytes outside the heap (memories of instances, states that wait), and a learned sample where all take turns. */
async function manyLearners() {
  const rows = samplesOf(16);
  const lines = [];
  for (const count of options.quick ? [1, 10, 100, 1000] : [1, 10, 100, 1000, 20_000]) {
    const bytes = await externalBytes();
    const start = performance.now();
    const learners: Learner[] = [];
    for (let k = 0; k < count; k++) learners.push(await createLearner({ inputs: 16, units: [32, 32], labels: labels.slice(0, 4), margin: 0, seed: k + 1 }));
    const created = performance.now() - start;
    const bytesEach = ((await externalBytes()) - bytes) / count;
    const visit = (): number => {
      const begin = performance.now();
      let steps = 0;
      while (steps < Math.max(count, 3000)) for (const learner of learners) learner.learn(rows[steps % 16]!, labels[steps++ % 4]!);
      return (1000 * (performance.now() - begin)) / steps;
    };
    visit();
    lines.push({ learners: count, createdMicroseconds: round((1000 * created) / count), bytesEach: Math.round(bytesEach), microseconds: round(median(Array.from({ length: 7 }, visit))) });
    for (const learner of learners) learner.dispose();
  }
  return lines;
}

async function threads() {
  const workerData = { library: new URL('../../dist/index.js', import.meta.url).href, config: square(64, 8), milliseconds: options.quick ? 400 : 1500 };
  const lines = [];
  for (let count = 1; count <= Math.max(2, availableParallelism()); count *= 2) {
    const workers = Array.from({ length: count }, () => new Worker(new URL('./worker.mjs', import.meta.url), { workerData, execArgv: [] }));
    const next = <T>(worker: Worker): Promise<T> => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await Promise.all(workers.map((worker) => next(worker)));
    const rates = workers.map((worker) => next<number>(worker));
    for (const worker of workers) worker.postMessage('go');
    lines.push({ threads: count, learnedPerSecond: Math.round((await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0)) });
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return lines;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** All but the many learners and the shared batch. */
async function others() {
  say('tier-up');
  const tier = await tierUp(); // first: nothing is compiled yet
  say('cold start');
  const cold = coldStarts(options.quick ? 5 : 15);
  say('growth with the number of weights');
  const points = await growth();
  const fitted = (bits: number): number => exponent(points.filter((point) => point.bits === bits && point.weights >= 16_000 && point.weights <= 4_200_000));
  const exponents = { int8: fitted(8), int16: fitted(16) };
  say('threads');
  const parallel = await threads();
  console.table(points.map(({ bits, weights, microseconds }) => ({ bits, weights, microseconds, 'ns a weight': Number(((1000 * microseconds) / weights).toFixed(3)) })));
  console.log(`exponent from 16 K to 4 M weights: int8 ${exponents.int8}, int16 ${exponents.int16}`);
  console.log('milliseconds from import to the first learned sample');
  console.table(cold);
  console.table(tier);
  console.table(parallel);
  return { machine: machine(), ...measured, quick: options.quick, exponents, points, cold, tierUp: tier, threads: parallel };
}

const part = { machine: machine(), ...measured, quick: options.quick };
const found: Record<string, unknown> = options.learners || options.batch ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, unknown>) : await others();
if (!options.batch) {
  say('many learners');
  const rows = await manyLearners();
  console.table(rows);
  found.learners = { ...part, rows };
}
if (!options.learners) {
  say('a batch of learners, one worker and two');
  const batch = await sharedBatch(options.quick);
  console.table([batch]);
  found.batch = { ...part, ...batch };
}
if (!options.quick) writeFileSync(results, JSON.stringify(found, null, 1) + '\n');
