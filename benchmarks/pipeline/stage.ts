// One stage of the pipeline in a worker thread: waits for a pair, learns it, hands its activities on. Blocking is right here: it has nothing else to do.

import { parentPort, workerData } from 'node:worker_threads';
import { createTwoPass } from '../../host/index.js';
import { row, type StageData } from './pipeline.js';

const WRITTEN = 0;
const READ = 1;

const { config, count, from, to, taken, learned } = workerData as StageData;
const stage = await createTwoPass(config);
parentPort!.postMessage('ready');

for (let t = 0; t < count; t++) {
  waitUntil(from.counters, WRITTEN, t + 1);
  if (taken !== null) taken[t] = now();
  // learnPair copies both rows before it learns, but only returns afterwards: the slot is free one step late, which is what the second one is for
  stage.learnPair(row(from.positives, from.slots, t % from.slots), row(from.negatives, from.slots, t % from.slots));
  advance(from.counters, READ);
  if (to !== null) {
    waitUntil(to.counters, READ, t + 1 - to.slots);
    stage.handedOn('positive', row(to.positives, to.slots, t % to.slots));
    stage.handedOn('negative', row(to.negatives, to.slots, t % to.slots));
    advance(to.counters, WRITTEN);
  }
  if (learned !== null) learned[t] = now();
}
parentPort!.postMessage(stage.save());

/** Threads begin to count at different times. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function waitUntil(counters: Int32Array, index: number, least: number): void {
  for (let value; (value = Atomics.load(counters, index)) < least; ) Atomics.wait(counters, index, value);
}

function advance(counters: Int32Array, index: number): void {
  Atomics.add(counters, index, 1);
  Atomics.notify(counters, index);
}
