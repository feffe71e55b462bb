/**
 * npm run bench:peers [-- --quick] [-- --json]
 *
 * onward beside what one would otherwise pick: learned and answered samples per second, bytes while training, and accuracy before learning, on
 * the same bytes in the same order (tasks.ts). Every peer is a process of its own, pinned to one core and idle until its turn; turns go round, and
 * lower quartiles of the times over turns are reported, each the share of the turn in which the peer had a core (a neighbour only adds time). A peer
 * that is not there is named with the line that installs it. --quick: shorter streams, fewer rounds; --json: one object on stdout, nothing else.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine } from '../machine.js';
import { installPeers } from './install.js';
import { findPeers, type Peer } from './peers.js';
import type { Turn } from './serve.js';
import { makeTask, shapeOf, TASKS, writeTask } from './tasks.js';

export interface Row {
  task: string;
  peer: string;
  learnedPerSecond: number;
  predictedPerSecond: number;
  bytes: number;
  accuracy: number;
  settings: object;
}

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, task: { type: 'string' } } });
const ROUNDS = options.quick ? 4 : 8; // the first warms up
const PATIENCE = options.quick ? 3_000 : 20_000; // ms of one peer on one task; a slow one has fewer turns
const say = (text: string): void => void process.stderr.write(`${text}\n`);

installPeers(['brain.js', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']);
const folder = mkdtempSync(join(tmpdir(), 'onward-peers-'));
const results: Row[] = [];
try {
  const all = findPeers(folder);
  const missing = all.filter((peer) => peer.missing !== undefined).map((peer) => ({ peer: peer.name, install: peer.missing! }));
  for (const { peer, install } of missing) say(`${peer} is not here: ${install}`);
  for (const name of TASKS.filter((task) => options.task === undefined || options.task === task)) results.push(...(await compare(name, all.filter((peer) => peer.missing === undefined))));
  const content = { machine: machine(), quick: options.quick, results, missing };
  const target = new URL('../results/', import.meta.url);
  mkdirSync(target, { recursive: true });
  writeFileSync(new URL('peers.json', target), JSON.stringify(content, null, 1) + '\n');
  if (options.json) console.log(JSON.stringify(content));
  else print();
  for (const { peer, install } of missing) say(`${peer} was not measured: ${install}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(name: string, peers: Peer[]): Promise<Row[]> {
  const task = await makeTask(name, options.quick);
  const path = join(folder, `${name}.task`);
  writeTask(path, task);
  say(`task ${name}: ${shapeOf(task)}, ${task.samples} samples`);
  const lanes = peers.map((peer) => ({ peer, turns: [] as Turn[], spent: 0, slow: false, process: start(...peer.command(name, path)) }));
  try {
    await Promise.all(lanes.map((lane) => lane.process.ready));
    for (let round = 0; round < ROUNDS; round++) {
      // nobody always follows the same peer, whose garbage collector or threads may still be busy
      for (const lane of [...lanes.slice(round), ...lanes.slice(0, round)]) {
        if (lane.spent > PATIENCE || lane.slow) continue;
        await setTimeout(20);
        const before = performance.now();
        lane.turns.push(await lane.process.turn());
        const took = performance.now() - before;
        lane.spent += took;
        lane.slow = lane.spent + took > PATIENCE;
      }
    }
  } finally {
    for (const lane of lanes) lane.process.end();
  }
  return lanes.map(({ peer, turns }) => {
    const counted = turns.length > 1 ? turns.slice(1) : turns;
    const pick = (key: 'accuracy' | 'bytes'): number => median(counted.map((turn) => turn[key]));
    const rate = (key: 'learn' | 'predict'): number => Number((1 / quartile(counted.map((turn) => turn[key]))).toPrecision(4));
    return {
      task: name,
      peer: peer.name,
      learnedPerSecond: rate('learn'),
      predictedPerSecond: rate('predict'),
      bytes: pick('bytes'),
      accuracy: Number(pick('accuracy').toFixed(4)),
      settings: { shape: shapeOf(task), samples: task.samples, ...peer.settings(name), turns: counted.length, bytesAre: peer.bytesAre },
    };
  });
}

/** A peer's process on the last core; it sleeps between turns. */
function start(command: string, args: string[]): { ready: Promise<void>; turn(): Promise<Turn>; end(): void } {
  const options = { stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'], env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' } };
  const pinned = spawnSync('taskset', ['--version']).status === 0;
  const child: ChildProcess = pinned
    ? spawn('taskset', ['-c', `${cpus().length - 1}`, command, ...args], options)
    : spawn(command, args, options);
  let answered: (turn: Turn | undefined) => void;
  let failed: (error: Error) => void;
  const answer = (): Promise<Turn | undefined> => new Promise((resolve, reject) => ([answered, failed] = [resolve, reject]));
  child.on('error', (error) => failed(error));
  child.on('exit', (code) => failed(new Error(`${command} ${args.join(' ')}: ended with ${code} in mid-turn`)));
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line === 'ready') answered(undefined);
    else if (line.startsWith('{"learn"')) answered(JSON.parse(line) as Turn); // tfjs greets on stdout
  });
  return {
    ready: answer().then(() => undefined),
    turn() {
      const turn = answer() as Promise<Turn>;
      child.stdin!.write('\n');
      return turn;
    },
    end: () => void child.stdin!.end(),
  };
}

function quartile(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 2]!;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function print(): void {
  for (const name of TASKS) {
    const rows = results.filter(({ task }) => task === name);
    if (rows.length === 0) continue;
    const own = rows.find(({ peer }) => peer === 'onward simd int8')!;
    const { shape, samples } = own.settings as { shape: string; samples: number };
    console.log(`\nTask ${name}: ${shape}, ${samples} samples`.padEnd(61) + ['learned/s', 'onward', 'answered/s', 'bytes', 'accuracy'].map((head) => head.padStart(12)).join(''));
    for (const row of rows) {
      const cells = [
        Math.round(row.learnedPerSecond).toLocaleString('en'), `${(own.learnedPerSecond / row.learnedPerSecond).toFixed(2)}x`,
        Math.round(row.predictedPerSecond).toLocaleString('en'), row.bytes.toLocaleString('en'), `${(100 * row.accuracy).toFixed(1)} %`,
      ];
      console.log(row.peer.padEnd(60) + cells.map((cell) => cell.padStart(12)).join(''));
    }
  }
}
