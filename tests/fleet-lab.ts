// A fleet for tests: what each device learns, and what the shared model then is without a network. Used over every broker there is.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator, FleetDevice, connectDevice, type AggregatorOptions } from '../host/fleet/index.js';
import { topicsOf } from '../host/fleet/topics.js';
import { createLearner, type Learner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import type { Store } from '../host/stores/store.js';
import { CLI } from './command.js';
import { generator } from './random.js';

export type Client = Awaited<ReturnType<typeof connectMqtt>>;

/** Who a client is, where the broker asks. */
export interface Credentials {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  clientId?: string;
}

export const SHAPE = { inputs: 6, labels: ['a', 'b', 'c'], units: [16, 12] };
export const ROUNDS = 4;
export const topics = topicsOf('lab');

export async function until(what: string, holds: () => boolean, seconds = 20): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; !holds(); await sleep(5)) if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what}`);
}

export async function ends(clients: readonly Client[]): Promise<void> {
  for (const client of clients) client.end(true);
}

/** `onward fleet ...`, with what it said so far. */
export function command(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [CLI, 'fleet', ...args, '--broker', url, '--fleet', 'lab'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  return { child, said, exit: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]> };
}

/** What device d learns in a round: its own noise around its own labels. */
export function lesson(d: number, round: number): { x: Float32Array; y: string }[] {
  const random = generator(1000 * round + d);
  return Array.from({ length: 5 + (d % 4) }, (_, k) => ({ x: Float32Array.from({ length: 6 }, () => random() * 4 + (d + k) % 3), y: SHAPE.labels[(d + k) % 3]! }));
}

export const learnerOf = (d: number): Promise<Learner> => createLearner({ ...SHAPE, seed: 100 + d });

/** The same fleet without a network: the judge. `absent` are (round, device) pairs whose update does not count. */
export async function central(devices: number, rounds: number, absent: (round: number, d: number) => boolean = () => false): Promise<Uint8Array[]> {
  const model = await createLearner(SHAPE);
  const learners = await Promise.all(Array.from({ length: devices }, (_, d) => learnerOf(d)));
  const models = [model.parameters()];
  for (let round = 0; round < rounds; round++) {
    const average = new ExactAverage({ ...model.config, labels: model.labels }, models[round]!, 512);
    learners.forEach((learner, d) => {
      learner.setParameters(models[round]!);
      const samples = lesson(d, round);
      for (const { x, y } of samples) learner.learn(x, y);
      if (!absent(round, d)) average.add(learner.parameters(), samples.length);
    });
    models.push(average.result());
    model.setParameters(models[round + 1]!);
  }
  return models;
}

/** A member that goes through its lesson when a model comes, and then sends. */
export async function member(url: string, d: number, { protocolVersion = 4 as 4 | 5, onLesson = (device: FleetDevice, _round: number): void => device.send(), rounds = ROUNDS, tls = {} as Credentials, fleet = 'lab' } = {}) {
  const id = `d${d}`;
  const client = await connectDevice(url, { fleet, id, protocolVersion, reconnectPeriod: 100, ...tls });
  const device: FleetDevice = new FleetDevice(client, await learnerOf(d), {
    fleet,
    id,
    onModel(round) {
      if (round >= rounds) return;
      for (const { x, y } of lesson(d, round)) device.learn(x, y);
      onLesson(device, round);
    },
  });
  return { client, device };
}

export async function aggregate(url: string, options: Partial<AggregatorOptions> & { protocolVersion?: 4 | 5; tls?: Credentials } = {}, store: Store = new MemoryStore()) {
  const { protocolVersion = 4, tls = {}, ...rest } = options;
  const client = await connectMqtt(url, { protocolVersion, maxBytes: 2 ** 20, reconnectPeriod: 100, ...tls });
  const subscribed = new Promise<void>((resolve) => client.on('packetreceive', ({ cmd }) => void (cmd === 'suback' && resolve())));
  const learner = await createLearner(SHAPE);
  const models: Uint8Array[] = [learner.parameters()];
  const aggregator = await Aggregator.open(client, learner, store, {
    fleet: 'lab',
    examples: 1e6,
    mostExamples: 1e6,
    seconds: 20,
    trust: true, // the judge is the plain mean
    ...rest,
    onRound: (event) => {
      models[event.round + 1] = learner.parameters();
      rest.onRound?.(event);
    },
  });
  await subscribed;
  return { client, aggregator, learner, models };
}
