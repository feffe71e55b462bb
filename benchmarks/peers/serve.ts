/**
 * A JavaScript peer in a process of its own: `serve.ts PEER TASK-FILE`. It says "ready"; then every line on stdin starts a turn: fresh learners go over the stream,
 * block by block, first answering, then learning, until the turn has lasted long enough. The answer is one line of JSON.
 */
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import { brain } from './brain.js';
import type { Learner, Make } from './learner.js';
import { onward } from './onward.js';
import { plainBackprop, plainRule } from './plain.js';
import { readTask } from './tasks.js';
import { tensorflow } from './tensorflow.js';

/** What a peer reports when asked for a turn: seconds a sample, medians are taken over turns. */
export interface Turn {
  learn: number;
  predict: number;
  accuracy: number; // share of the answers given before learning
  bytes: number;
  grown: boolean; // bytes are the growth of the process
}

const peers: Record<string, Make> = {
  'onward simd int8': onward('simd', 8),
  'onward simd int16': onward('simd', 16),
  'onward scalar int8': onward('scalar', 8),
  'onward scalar int16': onward('scalar', 16),
  'JS Float32Array, our rule': plainRule,
  'JS Float32Array, backprop': plainBackprop,
  'brain.js 1.6.1': brain,
  'tfjs 4.22.0 cpu': tensorflow('cpu'),
  'tfjs 4.22.0 wasm': tensorflow('wasm'),
};

const TURN_MS = 150;
const [name, path] = process.argv.slice(2) as [string, string];
const task = readTask(path);
const rows = Array.from({ length: task.samples }, (_, s) => task.x.subarray(s * task.inputs, (s + 1) * task.inputs));
const peak = (): number => 1024 * process.resourceUsage().maxRSS;
const before = peak();
const learner = await peers[name]!(task);

console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) process.stdout.write(JSON.stringify(turn()) + '\n');

function turn(): Turn {
  const { samples, block, y } = task;
  let learning = 0;
  let predicting = 0;
  let correct = 0;
  let passes = 0;
  const began = performance.now();
  const had = process.cpuUsage();
  do {
    learner.reset();
    for (let from = 0; from < samples; from += block) {
      const to = Math.min(from + block, samples);
      const start = performance.now();
      for (let s = from; s < to; s++) if (learner.predict(rows[s]!) === y[s]) correct++;
      const half = performance.now();
      for (let s = from; s < to; s++) learner.learn(rows[s]!, y[s]!);
      predicting += half - start;
      learning += performance.now() - half;
    }
    passes++;
  } while (learning + predicting < TURN_MS);
  // on a busy machine only this share of the time was ours
  const { user, system } = process.cpuUsage(had);
  const share = Math.min(1, (user + system) / 1000 / (performance.now() - began));
  const count = passes * samples;
  const grown = learner.bytes === undefined;
  return { learn: (share * learning) / 1000 / count, predict: (share * predicting) / 1000 / count, accuracy: correct / count, bytes: learner.bytes ?? peak() - before, grown };
}
