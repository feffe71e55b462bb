// `npm run test:soak-services`: for two hours a Mosquitto hands 1,000 messages a second to `onward learn`, each also to one of four `fleet device`, and a `fleet
// aggregate` averages what these make of them; `-- --minutes 3` for less. Nothing may grow after the first minutes: memory, open files, files and bytes in the
// folders. Every message is answered or counted: as dropped where the machine was too slow, or its answer as not published. Writes benchmarks/results/soak-services.json (not with --minutes); exit code 1 with what grew.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine } from '../benchmarks/machine.js';
import { topicsOf } from '../host/fleet/topics.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { CLI, buildCli } from './command.js';
import { freePort } from './free-port.js';
import { Broker } from './mosquitto.js';
import { generator } from './random.js';

const { values: options } = parseArgs({ options: { minutes: { type: 'string' } } });
const minutes = Number(options.minutes ?? 120);
const A_SECOND = 1000;
/** Messages go out in so many bursts a second. */
const BURSTS = 20;
const DEVICES = 4;
const LABELS = ['a', 'b', 'c', 'd'];
/** Until then heaps find their size, and the aggregator has the hundred models that it keeps: ten minutes, of a short run a third. */
const SETTLED = Math.min(10, minutes / 3);
/** By so much a process may be larger in the last quarter than it ever was in the quarter after it settled. */
const SLACK = 1.05;

interface Watched {
  name: string;
  process: ChildProcess;
  folder: string;
  /** One a minute. */
  seen: { residentKb: number; open: number; files: number; bytes: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'onward-soak-'));
await buildCli();
const broker = await Broker.start();
const services: Watched[] = [];

/** The last lines of each on stderr. */
const said = new Map<string, string>();

function start(name: string, args: readonly string[]): void {
  const store = join(folder, name);
  const child = spawn(process.execPath, [CLI, ...args, '--store', store], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.set(name, `${said.get(name) ?? ''}${text}`.slice(-4000)));
  child.once('exit', (code) => code !== 0 && process.stderr.write(`${name} ended with ${code}\n`));
  services.push({ name, process: child, folder: store, seen: [] });
}

const shape = ['--inputs', '8', '--labels', LABELS.join()];
start('aggregate', ['fleet', 'aggregate', '--broker', broker.url, '--fleet', 'soak', ...shape, '--examples', '500', '--seconds', '20']);
await sleep(3000); // its model is there
for (let d = 0; d < DEVICES; d++) start(`device-${d}`, ['fleet', 'device', '--broker', broker.url, '--fleet', 'soak', '--id', `d${d}`, '--source', `${broker.url}/plant/${d}`]);
const metricsPort = await freePort();
start('learn', ['learn', '--source', `${broker.url}/plant/#`, '--publish', 'answers', '--metrics', String(metricsPort), ...shape]);
await sleep(3000);

const client = await connectMqtt(broker.url);
while (!client.connected) await sleep(50);
let [sent, answers, rounds] = [0, 0, 0];
client.on('message', (topic) => void (topic === 'answers' ? answers++ : rounds++));
await client.subscribeAsync(['answers', topicsOf('soak').model]);

const random = generator(5);
function sample(): string {
  const label = Math.floor(random() * LABELS.length);
  return JSON.stringify({ x: Array.from({ length: 8 }, (_, i) => Number(((((label >> i % 2) & 1) - 0.5 + random() + random()) * 10 ** (i - 3)).toPrecision(4))), y: LABELS[label] });
}

const began = performance.now();
for (let burst = 0, minute = 0; minute < minutes; burst++) {
  const late = performance.now() - began - (1000 * burst) / BURSTS;
  if (late < 0) await sleep(-late);
  for (let k = 0; k < A_SECOND / BURSTS; k++) client.publish(`plant/${sent++ % DEVICES}`, sample(), { qos: 1 });
  if (burst < 60 * BURSTS * (minute + 1)) continue;
  minute++;
  for (const service of services) look(service);
  process.stderr.write(`${minute} min: ${sent} sent, ${answers} answered, ${rounds} models; MB ${services.map(({ name, seen }) => `${name} ${Math.round(seen.at(-1)!.residentKb / 1024)}`).join(', ')}\n`);
}
let dropped = 0;
// what the broker holds back comes as fast as it is taken; ten seconds without any are the end
for (let [known, still] = [-1, 0]; answers + dropped < sent && still < 10; ) {
  await sleep(1000);
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  dropped = Number(/^onward_dropped_samples_total(?:\{.*\})? (\d+)/m.exec(text)?.[1]);
  still = answers + dropped === known ? still + 1 : 0;
  known = answers + dropped;
}
const seconds = (performance.now() - began) / 1000;
client.end(true);
for (const { process } of services) process.kill('SIGTERM');
const codes = await Promise.all(services.map(async ({ process }) => process.exitCode ?? ((await once(process, 'exit')) as [number | null])[0]));
await broker.stop();
rmSync(folder, { recursive: true, force: true });

const faults = services.flatMap((service, k) => [...grown(service), ...(codes[k] === 0 ? [] : [`${service.name}: ended with ${codes[k]}`])]);
const unpublished = Number(/([\d,]+) answers? not published/.exec(said.get('learn') ?? '')?.[1]?.replaceAll(',', '') ?? 0);
if (answers + dropped + unpublished !== sent) faults.push(`${sent} sent, ${answers} answered, ${dropped} dropped, and ${unpublished} answers not published`);
if (rounds < minutes) faults.push(`${rounds} models in ${minutes} minutes`);
const rows = services.map(({ name, seen }) => ({ name, ...Object.fromEntries((['residentKb', 'open', 'files', 'bytes'] as const).map((what) => [what, [early(seen), seen.slice(-Math.ceil(seen.length / 4))].map((part) => Math.max(...part.map((one) => one[what])))])) }));
console.log(JSON.stringify({ minutes, sent, answers, dropped, unpublished, rounds, rows, faults }, null, 1));
if (options.minutes === undefined) writeFileSync(new URL('../benchmarks/results/soak-services.json', import.meta.url), `${JSON.stringify({ command: 'npm run test:soak-services', machine: machine(), minutes, aSecond: Math.round(sent / seconds), sent, answers, dropped, unpublished, models: rounds, largest: 'once settled, and in the last quarter', rows, faults }, null, 1)}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

function look({ process: { pid }, folder: store, seen }: Watched): void {
  const residentKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  const files = readdirSync(store, { recursive: true, encoding: 'utf8' });
  let bytes = 0;
  // a file of a save may be gone again
  for (const file of files) bytes += statSync(join(store, file), { throwIfNoEntry: false })?.size ?? 0;
  seen.push({ residentKb, open: readdirSync(`/proc/${pid}/fd`).length, files: files.length, bytes });
}

/** The quarter after it settled. */
function early(seen: Watched['seen']): Watched['seen'] {
  return seen.slice(Math.floor(SETTLED), Math.floor(SETTLED) + Math.max(1, Math.ceil(seen.length / 4)));
}

function grown({ name, seen }: Watched): string[] {
  const last = seen.slice(-Math.ceil(seen.length / 4));
  return (['residentKb', 'open', 'files', 'bytes'] as const).flatMap((what) => {
    const [before, after] = [early(seen), last].map((part) => Math.max(...part.map((one) => one[what]))) as [number, number];
    return after > SLACK * before + (what === 'residentKb' ? 2048 : 2) ? [`${name}: ${what} grew from ${before} to ${after}`] : [];
  });
}
