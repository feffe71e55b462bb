// `npm run test:links`: six devices, each a process on a host of its own (a network namespace), a Mosquitto and an aggregator on a seventh, and cables between them that lose
// packets, are slow, or are pulled out for some seconds. Writes benchmarks/results/links.json. The judge follows what each device says it took over and what the
// aggregator says it folded in, computes every round anew, and compares the bytes.

import { createHash } from 'node:crypto';
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { machine } from '../../benchmarks/machine.js';
import { resolveConfig } from '../../host/config.js';
import { ExactAverage } from '../../host/fleet/average.js';
import { createLearner, type Learner } from '../../host/index.js';
import { LineSplitter } from '../../host/sources/lines.js';
import { MOSQUITTO } from '../mosquitto.js';
import { assert, needs, suite } from '../suite.js';
import { SHAPE, STEP, learnerOf, lesson } from './fleet.js';
import { Network, type Cable } from './network.js';

const HOSTS = 6;
/** A round ends with at least so many, and waits for the others no longer than so many seconds. */
const LEAST = 4;
const SECONDS = { whole: 10, pulled: 4 };
/** Beside the first, which waits for the aggregator to start and is not counted. */
const ROUNDS = { whole: 20, pulled: 80 };
/** How long two cables are out, and from the middle of which round on. */
const OUT_MS = 12_000;
const OUT_ROUND = 3;

interface Ended {
  round: number;
  ms: number;
  devices: string[];
  hash: string;
  refused: Record<string, number>;
}

const test = suite(
  'bad links',
  ...MOSQUITTO,
  needs('root (for network namespaces)', 'sudo npm run test:links', process.getuid?.() === 0),
  needs('ip', 'apt-get install iproute2'),
  needs('nft', 'apt-get install nftables'),
);

const rows: object[] = [];

function tell(child: ChildProcess, take: (line: unknown) => void): void {
  const lines = new LineSplitter(65536);
  child.stdout!.on('data', (bytes: Uint8Array) => {
    for (const { text } of lines.push(bytes)) if (text) take(JSON.parse(text));
  });
}

async function fleet(cable: Cable, pull: boolean): Promise<void> {
  const rounds = pull ? ROUNDS.pulled : ROUNDS.whole;
  const network = new Network(HOSTS, cable);
  const folder = mkdtempSync(join(tmpdir(), 'onward-links-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'broker.conf'), 'listener 1883\nallow_anonymous true\nmax_queued_messages 0\n');
  const ended: Ended[] = [];
  const took: number[][] = Array.from({ length: HOSTS }, () => []);
  try {
    network.spawn('hub', ['mosquitto', '-c', join(folder, 'broker.conf')], 'ignore');
    await sleep(300);
    const script = (name: string): string[] => [process.execPath, '--import', 'tsx', new URL(name, import.meta.url).pathname];
    // all are there before the first round begins: whoever misses one was cut off
    await Promise.all(
      took.map(
        (rounds, d) =>
          new Promise<void>((connected) => {
            const member = network.spawn(d, [...script('member.ts'), network.broker(d), String(d)], ['pipe', 'pipe', 'inherit']);
            tell(member, (line) => {
              const { round } = line as { round?: number };
              if (round === undefined) connected();
              else rounds.push(round);
            });
          }),
      ),
    );
    const hub = network.spawn('hub', [...script('hub.ts'), 'mqtt://127.0.0.1:1883', String(rounds + 1), String(pull ? SECONDS.pulled : SECONDS.whole), String(LEAST)], ['pipe', 'pipe', 'inherit']);
    const over = new Promise<void>((resolve, reject) => hub.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the aggregator ended with ${code}`)))));
    let pulled: Promise<void> | undefined;
    tell(hub, (line) => {
      ended.push(line as Ended);
      if (!pull || (line as Ended).round !== OUT_ROUND - 1) return;
      pulled = (async () => {
        await sleep(150); // a 16 kB model takes 130 ms at 1 Mbit/s: some updates are on their way
        for (const d of [0, 1]) network.plug(d, false);
        await sleep(OUT_MS);
        for (const d of [0, 1]) network.plug(d, true);
      })();
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`${ended.length} of ${rounds + 1} rounds in ten minutes`)), 600_000)));
    await Promise.race([over, late]).finally(() => clearTimeout(timer));
    await pulled;
    const segments = network.segments();
    const wrong = await judged(ended, took);
    const counted = ended.slice(1);
    const times = counted.map(({ ms }) => ms).sort((a, b) => a - b);
    const row = {
      lossPercent: 100 * cable.loss,
      cable: network.slowness || 'as fast as it goes',
      ...(pull ? { pulled: `2 of ${HOSTS} cables, ${OUT_MS / 1000} s` } : {}),
      rounds: counted.length,
      updates: counted.reduce((sum, { devices }) => sum + devices.length, 0),
      missed: counted.reduce((sum, { devices }) => sum + HOSTS - devices.length, 0),
      wrongMeans: wrong,
      segmentsAgainPercent: Number(((100 * segments.again) / segments.sent).toFixed(2)),
      medianMs: Math.round(times[Math.floor(times.length / 2)]!),
      slowestMs: Math.round(times.at(-1)!),
    };
    console.log(JSON.stringify(row));
    rows.push(row);
    assert.is(counted.length, rounds);
    assert.is(wrong, 0, 'rounds with other bytes than the central computation');
    if (cable.loss > 0) assert.ok(segments.again > 0, 'the cables lost nothing');
    if (!pull) return;
    assert.ok(counted.some(({ devices }) => devices.length < HOSTS), 'the pulled cables were not missed');
    assert.is(counted.at(-1)!.devices.length, HOSTS, 'who was cut off did not come back');
  } finally {
    network.remove();
    rmSync(folder, { recursive: true });
  }
}

/** Rounds whose next model has other bytes than the mean of the updates that came. */
async function judged(ended: readonly Ended[], took: readonly number[][]): Promise<number> {
  const config = resolveConfig(SHAPE);
  const learners = await Promise.all(took.map((_, d) => learnerOf(d)));
  let model: Uint8Array = (await createLearner(SHAPE)).parameters();
  let wrong = 0;
  for (const { round, devices, hash } of ended) {
    const updates = new Map<string, { learner: Learner; examples: number }>();
    learners.forEach((learner, d) => {
      if (!took[d]!.includes(round)) return; // it was cut off then
      learner.setParameters(model);
      const samples = lesson(d, round);
      for (const { x, y } of samples) learner.learn(x, y);
      updates.set(`d${d}`, { learner, examples: samples.length });
    });
    const average = new ExactAverage(config, model, STEP);
    for (const id of devices) average.add(updates.get(id)!.learner.parameters(), updates.get(id)!.examples);
    model = average.result();
    if (createHash('sha256').update(model).digest('hex') !== hash) wrong++;
  }
  return wrong;
}

for (const loss of [0, 0.01, 0.05, 0.2]) test(`${100 * loss} % of the packets lost`, () => fleet({ loss, slow: false }, false));
for (const loss of [0.01, 0.05]) test(`${100 * loss} % lost on slow cables`, () => fleet({ loss, slow: true }, false));
test('two of six cables pulled in the middle of a round, and plugged in again', () => fleet({ loss: 0.01, slow: true }, true));
test.after(() => {
  const result = { command: 'npm run test:links', machine: machine(), hosts: HOSTS, updateBytes: 16416, atLeast: LEAST, secondsAtMost: SECONDS, rows };
  writeFileSync(new URL('../../benchmarks/results/links.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`);
});

test.run();
