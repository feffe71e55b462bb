/**
 * npm run bench:pipeline
 *
 * Learned pairs per second and milliseconds a pair of a network of two layers: in one thread, every pair through both layers, and as a pipeline with
 * a thread for each. Both must have learned the same bytes. Noise for pixels, margin 0 and a rate so low that nothing is learned from noise (at 0.1
 * units may fall silent within these pairs, which was not measured, and silent ones cost no time): every pair updates both layers on both sides, which is checked.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { generator } from '../../tests/random.js';
import { loadTwoPass } from '../../host/index.js';
import { machine } from '../machine.js';
import { learnInThreads, learnThrough, stagesOf, type Learned, type Pairs } from './pipeline.js';

const INPUTS = 784;
const LAYERS = [500, 500];
const COUNT = 2000;
const ROUNDS = 5;

const random = generator(1);
const noise = (): Float32Array => Float32Array.from({ length: COUNT * INPUTS }, random);
const pairs: Pairs = { count: COUNT, positives: noise(), negatives: noise() };
const configs = stagesOf({ inputs: INPUTS, units: LAYERS, inputScale: 1, margin: 0, rate: 0.001 });

const load = loadavg().map((each) => Math.round(each * 10) / 10);
const ways = { oneThread: learnThrough, pipeline: learnInThreads };
const runs = { oneThread: [] as Learned[], pipeline: [] as Learned[] };
for (let round = 0; round < ROUNDS; round++) {
  // in turn, so that whatever else the machine does falls on both
  for (const way of ['oneThread', 'pipeline'] as const) runs[way].push(await ways[way](configs, pairs));
  const bytes = [runs.oneThread[round]!, runs.pipeline[round]!].map(({ stages }) => Buffer.concat(stages));
  if (!bytes[0]!.equals(bytes[1]!)) throw new Error('the pipeline has learned other bytes than one thread');
}

const updates: number[] = [];
const active: number[] = [];
let below = pairs.positives.subarray(0, INPUTS);
for (const snapshot of runs.oneThread[0]!.stages) {
  const stage = await loadTwoPass(snapshot);
  updates.push(stage.stats().updates / COUNT);
  stage.goodness(below);
  below = stage.handedOn();
  active.push(below.filter((value) => value > 0).length / below.length);
}
console.log(`updates a pair ${updates.join(', ')}; share of units that are active at the end ${active.join(', ')}`);
if (updates.some((each) => each < 1.99)) throw new Error('not every pair updated both layers');

const rows = (['oneThread', 'pipeline'] as const).map((way) => {
  const perSecond = runs[way].map(({ elapsed }) => (1000 * COUNT) / elapsed);
  const latencies = Float64Array.from(runs[way].flatMap((each) => [...each.latencies])).sort();
  const at = (share: number): number => Number(latencies[Math.floor(share * (latencies.length - 1))]!.toFixed(3));
  return { way, pairsPerSecond: Math.round(median(perSecond)), best: Math.round(Math.max(...perSecond)), latencyMs: { p50: at(0.5), p95: at(0.95), least: at(0) } };
});
for (const { way, pairsPerSecond, best, latencyMs } of rows) {
  console.log(`${way.padEnd(10)} ${pairsPerSecond} pairs/s (best ${best}), latency ${latencyMs.p50} ms (95 %: ${latencyMs.p95}, least ${latencyMs.least})`);
}
console.log(`same bytes; load of the machine before the start ${load.join(', ')} on ${machine().cores} cores`);
const results = new URL('../results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(
  new URL('pipeline.json', results),
  JSON.stringify({ machine: machine(), loadBefore: load, shape: [INPUTS, ...LAYERS], pairs: COUNT, rounds: ROUNDS, sameBytes: true, updatesPerPair: updates, activeUnits: active, rows }, null, 1) + '\n',
);

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
