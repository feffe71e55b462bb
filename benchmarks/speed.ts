/**
 * npm run bench:speed
 *
 * Time per learned sample and per prediction, SIMD against scalar build, interleaved in one process; both builds must hold the same bytes
 * afterwards. Ratios of medians count: single times are this machine's.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { createLearner, type LearnerConfig } from '../host/index.js';
import { generator } from '../tests/random.js';
import { machine } from './machine.js';

const labelled = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
/** Confident samples are not skipped (margin 0): every layer is updated at every step. */
const shapes: Record<string, LearnerConfig> = {
  '16-32-32-4': { inputs: 16, units: [32, 32], labels: labelled(4), margin: 0 },
  '64-64-64-10': { inputs: 64, units: [64, 64], labels: labelled(10), margin: 0 },
  '784-504-504-10, no skip input': { inputs: 784, units: [504, 504], labels: labelled(10), margin: 0, skipInput: false },
};
const BUILDS = ['simd', 'scalar'] as const;
const SAMPLES = 64;
const ROUNDS = 9;

interface Row {
  shape: string;
  bits: number;
  learn: { simd: number; scalar: number; ratio: number }; // microseconds, medians
  predict: { simd: number; scalar: number; ratio: number };
}

const rows: Row[] = [];
for (const [shape, config] of Object.entries(shapes)) {
  for (const bits of [8, 16] as const) rows.push(await measure(shape, { ...config, bits }));
}

console.log('shape                           bits   learn us: simd   scalar  ratio   predict us: simd   scalar  ratio');
for (const { shape, bits, learn, predict } of rows) {
  const cells = [learn, predict].map(({ simd, scalar, ratio }) => `${simd.toFixed(2).padStart(15)} ${scalar.toFixed(2).padStart(8)} ${ratio.toFixed(1).padStart(5)}x`);
  console.log(`${shape.padEnd(31)} ${String(bits).padStart(4)} ${cells.join('   ')}`);
}
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('speed.json', results), JSON.stringify({ machine: machine(), rounds: ROUNDS, rows }, null, 1) + '\n');

async function measure(shape: string, config: LearnerConfig): Promise<Row> {
  process.stderr.write(`${shape}, ${config.bits} bits\n`);
  const random = generator(1);
  const xs = Array.from({ length: SAMPLES }, () => Float32Array.from({ length: config.inputs! }, () => random() * 2 - 1));
  const learners = {
    simd: await createLearner(config, { build: 'simd' }),
    scalar: await createLearner(config, { build: 'scalar' }),
  };
  const times = { learn: { simd: [] as number[], scalar: [] as number[] }, predict: { simd: [] as number[], scalar: [] as number[] } };
  for (let round = 0; round < ROUNDS; round++) {
    // a task is all samples once; every task runs equally often, so the bytes must agree at the end
    const bench = new Bench({ iterations: 4, time: 0, warmup: round === 0, warmupIterations: 4, warmupTime: 0, throws: true });
    for (const build of BUILDS) {
      const learner = learners[build];
      bench.add(`learn ${build}`, () => xs.forEach((x, i) => learner.learn(x, config.labels[(i * 7) % config.labels.length]!)));
      bench.add(`predict ${build}`, () => xs.forEach((x) => learner.scores(x)));
    }
    for (const task of await bench.run()) {
      const [verb, build] = task.name.split(' ') as ['learn' | 'predict', 'simd' | 'scalar'];
      if (task.result.state !== 'completed') throw new Error(`${task.name}: ${task.result.state}`);
      times[verb][build].push((1000 * task.result.latency.p50) / SAMPLES);
    }
  }
  if (Buffer.compare(learners.simd.save(), learners.scalar.save()) !== 0) throw new Error(`${shape}: the builds have learned other bytes`);
  const compared = (verb: 'learn' | 'predict'): Row['learn'] => {
    const [simd, scalar] = BUILDS.map((build) => median(times[verb][build])) as [number, number];
    return { simd: round3(simd), scalar: round3(scalar), ratio: round3(scalar / simd) };
  };
  return { shape, bits: config.bits!, learn: compared('learn'), predict: compared('predict') };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
