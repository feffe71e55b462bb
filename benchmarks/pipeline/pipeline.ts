// Pipeline mode: every layer is a stage, a two-pass network of one layer, in a thread of its own; it learns its pair and hands its activities on.
//
//   tick            t          t+1        t+2
//   stage 0      pair t     pair t+1   pair t+2
//   stage 1      pair t-1   pair t     pair t+1
//
// Layers learn locally, so nothing comes back down, and what a stage learns depends on the order of its pairs alone, not on when they come:
// `learnByTicks` in one thread and `learnInThreads` leave the same bytes.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createTwoPass, type TwoPassConfig } from '../../host/index.js';

/** Rows of samples, [pairs, inputs]. */
export interface Pairs {
  count: number;
  positives: Float32Array;
  negatives: Float32Array;
}

export interface Learned {
  /** Snapshots of the stages. */
  stages: Uint8Array[];
  /** From the first pair taken in to the last one learned, ms; starting threads is not in it. */
  elapsed: number;
  /** Per pair, from the first stage taking it to the last stage having learned it, ms. */
  latencies: Float64Array;
}

/** Configurations of the stages: inputs of the first as `first` has them; later ones take Q8 integers as they are. Seed s + l for layer l. */
export function stagesOf({ units, seed = 1, ...first }: TwoPassConfig): TwoPassConfig[] {
  return units.map((layer, l) => {
    const own = { ...first, units: [layer], seed: seed + l };
    return l === 0 ? own : { ...own, inputs: units[l - 1] as number, grid: undefined, inputScale: 1, normalise: false };
  });
}

/** The schedule in one thread: at tick t stage l learns pair t - l. The last stage goes first, so that one row between two stages is enough. */
export async function learnByTicks(configs: readonly TwoPassConfig[], pairs: Pairs): Promise<Uint8Array[]> {
  const stages = await Promise.all(configs.map((config) => createTwoPass(config)));
  for (let t = 0; t < pairs.count + stages.length - 1; t++) {
    for (let l = stages.length - 1; l >= 0; l--) {
      if (t - l < 0 || t - l >= pairs.count) continue;
      const below = stages[l - 1];
      if (below === undefined) stages[l]!.learnPair(row(pairs.positives, pairs.count, t), row(pairs.negatives, pairs.count, t));
      else stages[l]!.learnPair(below.handedOn('positive'), below.handedOn('negative'));
    }
  }
  return stages.map((stage) => stage.save());
}

/** One thread, every pair through all stages before the next one: what a pipeline is measured against. */
export async function learnThrough(configs: readonly TwoPassConfig[], pairs: Pairs): Promise<Learned> {
  const stages = await Promise.all(configs.map((config) => createTwoPass(config)));
  const latencies = new Float64Array(pairs.count);
  const between = configs.map(({ units }) => [new Float32Array(units[0] as number), new Float32Array(units[0] as number)] as const);
  const start = performance.now();
  for (let t = 0; t < pairs.count; t++) {
    const taken = performance.now();
    let [positive, negative] = [row(pairs.positives, pairs.count, t), row(pairs.negatives, pairs.count, t)];
    stages.forEach((stage, l) => {
      stage.learnPair(positive, negative);
      if (l + 1 < stages.length) [positive, negative] = [stage.handedOn('positive', between[l]![0]), stage.handedOn('negative', between[l]![1])];
    });
    latencies[t] = performance.now() - taken;
  }
  return { elapsed: performance.now() - start, latencies, stages: stages.map((stage) => stage.save()) };
}

/** What a worker gets: its stage, and the shared memory around it. */
export interface StageData {
  config: TwoPassConfig;
  count: number;
  /** The first stage's rows are all there from the beginning; between stages there are `SLOTS`. */
  from: Rows;
  to: Rows | null;
  /** [pairs] ms since the epoch: written by the first stage as it takes a pair, by the last when it has learned it. */
  taken: Float64Array | null;
  learned: Float64Array | null;
}

export interface Rows {
  slots: number;
  positives: Float32Array;
  negatives: Float32Array;
  /** [2] rows written, rows read so far; waited for and notified. */
  counters: Int32Array;
}

/** Rows between two stages. One is the schedule to the letter; the second lets a stage go on while the next one is a little late. */
const SLOTS = 2;

/** A worker of Node 20 does not inherit tsx. */
const START = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(new URL('stage.ts', import.meta.url).href)}); });`;

/** The same schedule with a thread for every stage. */
export async function learnInThreads(configs: readonly TwoPassConfig[], pairs: Pairs): Promise<Learned> {
  const last = configs.length - 1;
  const [taken, learned] = [shared(Float64Array, pairs.count), shared(Float64Array, pairs.count)];
  let from: Rows = { slots: pairs.count, positives: shared(Float32Array, pairs.positives.length), negatives: shared(Float32Array, pairs.negatives.length), counters: shared(Int32Array, 2) };
  from.positives.set(pairs.positives);
  from.negatives.set(pairs.negatives);
  const source = from;
  const workers = configs.map((config, l) => {
    const size = SLOTS * (config.units[0] as number);
    const to = l === last ? null : { slots: SLOTS, positives: shared(Float32Array, size), negatives: shared(Float32Array, size), counters: shared(Int32Array, 2) };
    const data: StageData = { config, count: pairs.count, from, to, taken: l === 0 ? taken : null, learned: l === last ? learned : null };
    if (to !== null) from = to;
    return new Worker(START, { eval: true, workerData: data });
  });
  // an error in one must not leave the others waiting for ever
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const saved = Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0] as Uint8Array));
    Atomics.store(source.counters, 0, pairs.count);
    Atomics.notify(source.counters, 0);
    const stages = await saved;
    return { stages, elapsed: learned[pairs.count - 1]! - taken[0]!, latencies: learned.map((at, t) => at - taken[t]!) };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

export function row(rows: Float32Array, count: number, index: number): Float32Array {
  const size = rows.length / count;
  return rows.subarray(index * size, (index + 1) * size);
}

function shared<T>(type: new (buffer: SharedArrayBuffer) => T, length: number): T {
  return new type(new SharedArrayBuffer(length * (type as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT));
}
