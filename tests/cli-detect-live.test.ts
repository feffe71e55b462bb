// `onward detect --source`: alarms as events, through standard input, a file that grows and a broker; what is kept, what it survives, how it ends.

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDetector, loadDetector, type Detector } from '../host/index.js';
import { FileStore } from '../host/stores/file.js';
import { buildCli } from './command.js';
import { Service } from './live.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('onward detect on a source', ...MOSQUITTO);
let folder = '';
let names = 0;
const services: Service[] = [];
const fresh = (): string => join(folder, `name${++names}`);

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-guard-'));
  await buildCli();
});
test.after(() => {
  for (const { process } of services) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): Service {
  const service = new Service(args, {}, 'detect');
  services.push(service);
  return service;
}

interface Event {
  index: number;
  event?: 'alarm' | 'over';
  score: number;
  alarm: boolean;
  view?: string;
  channels?: Record<string, number>;
  since?: number;
  samples?: number;
  greatest?: number;
  topic?: string;
  y?: string;
}

const eventsOf = ({ lines }: Service): Event[] => lines.map((line) => JSON.parse(line) as Event);

/** A pump: its flow moves away from sample 500 on, for 30 samples. */
function reading(number: number): { load: number; flow: number } {
  const random = generator(number);
  const load = random() - 0.5;
  return { load: Number((40 + load).toFixed(3)), flow: Number(((number >= 500 && number < 530 ? 9 : 3) + load + random() - 0.5).toFixed(3)) };
}

const pump = (from: number, to: number): { load: number; flow: number }[] => Array.from({ length: to - from }, (_, i) => reading(from + i));
const jsonOf = (from: number, to: number): string => pump(from, to).map((sample) => `${JSON.stringify(sample)}\n`).join('');
const rowsOf = (from: number, to: number): string => pump(from, to).map(({ load, flow }) => `${load},${flow}\n`).join('');

/** What the library makes of the same readings, and where its alarms begin and are over. */
async function library(to: number): Promise<{ detector: Detector; events: [number, string][] }> {
  const detector = await createDetector({ channels: 2 });
  const events: [number, string][] = [];
  let open = false; // from an alarm on, for as long as the score is 1 or more
  for (const [index, { load, flow }] of pump(0, to).entries()) {
    const { alarm, score } = detector.observe([load, flow]);
    const now: boolean = open ? score >= 1 || alarm : alarm;
    if (now !== open) events.push([index, now ? 'alarm' : 'over']);
    open = now;
  }
  return { detector, events };
}

async function stored(store: string): Promise<Detector> {
  const files = await FileStore.open(join(store, 'detector'), { lock: false });
  const { snapshot } = (await files.load())!;
  await files.close();
  return loadDetector(snapshot);
}

function bare(detector: Detector): Uint8Array {
  detector.note = '';
  return detector.save();
}

test('lines of JSON: an event where an alarm begins and where it is over, as the library finds them; a restart goes on', async () => {
  const store = fresh();
  const { detector, events } = await library(600);
  assert.ok(events.length >= 2 && events.every(([index]) => index >= 500), JSON.stringify(events));
  const found: Event[] = [];
  for (const [from, to] of [[0, 505], [505, 600]] as const) { // in the middle of the alarm
    const service = start('--source', '-', '--store', store);
    service.process.stdin!.end(jsonOf(from, to));
    assert.is(await service.ended(), 0, service.err);
    found.push(...eventsOf(service));
  }
  assert.equal(found.map(({ index, event }) => [index, event]), events);
  assert.equal(Object.keys(found[0]!.channels!)[0], 'flow');
  assert.ok(['level', 'change', 'rhythm', 'joint'].includes(found[0]!.view!), found[0]!.view);
  const over = found.find(({ event }) => event === 'over')!;
  assert.equal([over.since, over.samples], [events[0]![0], events[1]![0] - events[0]![0]]);
  assert.is(Buffer.compare(bare(await stored(store)), bare(detector)), 0);
});

test('a missing value in an alarm does not end it', async () => {
  const random = generator(3);
  const lines = Array.from({ length: 1640 }, (_, i) => JSON.stringify({ x: i === 1505 ? null : 20 + random() + (i >= 1500 && i < 1520 ? 8 : 0) }));
  const service = start('--source', '-', '--fields', 'x');
  service.process.stdin!.end(`${lines.join('\n')}\n`);
  assert.is(await service.ended(), 0, service.err);
  const events = eventsOf(service).filter(({ index }) => index >= 1500);
  assert.equal(events.map(({ event }) => event), ['alarm', 'over'], service.lines.join());
  assert.ok(events[1]!.samples! > 6);
});

test('one channel: an alarm lasts while the score is 1 or more, and a power cut in it does not raise it again', async () => {
  const random = generator(3);
  const values = Array.from({ length: 1600 }, (_, i) => 20 + random() + (i >= 1500 && i < 1520 ? 8 : 0));
  const lines = (from: number, to: number): string => values.slice(from, to).map((x) => `${JSON.stringify({ x })}\n`).join('');
  const store = fresh();
  const first = start('--source', '-', '--store', store, '--scores');
  first.process.stdin!.write(lines(0, 1510));
  await first.until('all of it', () => eventsOf(first).length === 1510);
  first.process.kill('SIGKILL');
  await first.ended();
  const second = start('--source', '-', '--store', store);
  second.process.stdin!.end(lines(1510, 1600));
  assert.is(await second.ended(), 0, second.err);
  const all = [...eventsOf(first), ...eventsOf(second)].filter(({ event, index }) => event !== undefined && index >= 1500); // before, noise raises one or two
  assert.equal(all.map(({ event }) => event), ['alarm', 'over']);
  const over = all[1]!;
  assert.is(over.since, all[0]!.index);
  assert.ok(over.samples! > 3 && over.greatest! >= all[0]!.score!, JSON.stringify(all));
});

test('--scores: a line for every sample; what has no meaning is refused and counted', async () => {
  const service = start('--source', '-', '--scores');
  service.process.stdin!.end(`${jsonOf(0, 3)}nope\n{"other":1}\n{"load":40}\n{"load":40.1,"flow":3.1,"y":"ok"}\n`);
  assert.is(await service.ended(), 0, service.err);
  assert.equal(eventsOf(service).map(({ index, alarm }) => [index, alarm]), [0, 1, 2, 3, 4].map((index) => [index, false]));
  assert.is(eventsOf(service)[4]!.y, 'ok');
  assert.match(service.err, '2 refused');
});

test('a file that grows: killed with -9 and started again, each row is observed once; every column of numbers is a channel', async () => {
  const [file, store] = [fresh(), fresh()];
  writeFileSync(file, `load,flow\n${rowsOf(0, 300)}`);
  const args = ['--source', `follow:${file}`, '--store', store, '--save-every', '50', '--scores'];
  let service = start(...args);
  await service.predicted(300);
  assert.is(await service.end('SIGKILL'), null);
  const { seen } = await stored(store);
  assert.ok(seen >= 250 && seen <= 300, String(seen));
  service = start(...args);
  await service.predicted(300 - seen);
  appendFileSync(file, rowsOf(300, 600));
  await service.predicted(600 - seen);
  assert.is(await service.end(), 0, service.err);
  assert.is(eventsOf(service)[0]!.index, seen);
  const { detector, events } = await library(600);
  assert.equal(eventsOf(service).filter(({ event }) => event).map(({ index, event }) => [index, event]), events);
  assert.is(Buffer.compare(bare(await stored(store)), bare(detector)), 0);
});

test('a file of each kind that is read once gives the same events', async () => {
  const { events } = await library(600);
  for (const [name, text] of [[`${fresh()}.csv`, `load,flow\n${rowsOf(0, 600)}`], [`${fresh()}.jsonl`, jsonOf(0, 600)]] as const) {
    writeFileSync(name, text);
    const service = start('--source', name);
    assert.is(await service.ended(), 0, service.err);
    assert.equal(eventsOf(service).map(({ index, event }) => [index, event]), events, name);
  }
});

test('a broker: alarms are published, and a signal saves', async () => {
  const broker = await Broker.start();
  try {
    const store = fresh();
    const { events, detector } = await library(600);
    const alarms = await broker.hear('plant/alarms', events.length);
    const service = start('--source', `${broker.url}/plant/pump`, '--fields', 'load,flow', '--store', store, '--publish', 'plant/alarms', '--metrics', '0');
    await service.said('listening');
    const lines = jsonOf(0, 600).trimEnd().split('\n');
    broker.publish('plant/pump', lines.slice(0, 505));
    await service.predicted(1); // the alarm begins
    const figures = /http:\S+\/metrics/.exec(service.err)![0];
    let open = '';
    for (let i = 0; i < 100 && !open.includes('onward_observed_samples_total 505'); i++) open = await (await fetch(figures)).text();
    assert.match(open, 'onward_observed_samples_total 505');
    assert.match(open, 'onward_alarm 1'); // in the middle of it
    broker.publish('plant/pump', lines.slice(505));
    const heard = (await alarms.lines).map((line) => JSON.parse(line) as Event);
    assert.equal(heard.map(({ index, event, topic }) => [index, event, topic]), events.map((event) => [...event, 'plant/pump']));
    await service.predicted(events.length);
    let text = '';
    for (let i = 0; i < 100 && !text.includes('onward_observed_samples_total 600'); i++) text = await (await fetch(figures)).text();
    assert.match(text, `onward_alarm_samples_total ${detector.stats().alarms}`);
    for (const name of ['onward_observed_samples_total 600', 'onward_alarm 0', 'onward_channel_score{channel="flow"}', 'onward_samples_to_learn 0']) assert.match(text, name);
    assert.is(await service.end(), 0, service.err);
    assert.is(Buffer.compare(bare(await stored(store)), bare(detector)), 0);
  } finally {
    await broker.stop();
  }
});

test('where most of what comes are alarms, a figure of them means nothing: that is said, live and of a file', async () => {
  const file = `${fresh()}.csv`;
  writeFileSync(file, `load,flow\n${rowsOf(0, 450)}${pump(450, 600).map(({ load, flow }) => `${load},${flow + 7}\n`).join('')}`);
  for (const args of [['--source', file], [file], [file, '--json']]) {
    const service = start(...args, '--mode', 'commissioned');
    assert.is(await service.ended(), 0, service.err);
    assert.match(service.err + service.lines.join('\n'), /7\d\.\d % of what came after the warm-up are alarms: the first 400 samples are not what is usual now/, args.join(' '));
  }
  const [calm] = [start('--source', '-')];
  calm!.process.stdin!.end(jsonOf(0, 600));
  assert.is(await calm!.ended(), 0, calm!.err);
  assert.not.match(calm!.err, 'of what came');
});

test('a channel that stood still while it was learned is one alarm when it first moves, whatever restarts come between', async () => {
  const store = fresh();
  const at = (from: number, to: number, battery: number): string => pump(from, to).map((sample) => `${JSON.stringify({ ...sample, battery })}\n`).join('');
  const events: Event[] = [];
  let said = '';
  for (const text of [at(0, 200, 3.3), at(200, 420, 3.3), at(420, 430, 3.29), at(430, 440, 3.28)]) {
    const service = start('--source', '-', '--store', store, '--mode', 'commissioned');
    service.process.stdin!.end(text);
    assert.is(await service.ended(), 0, service.err);
    events.push(...eventsOf(service));
    said += service.err;
  }
  assert.equal(events.map(({ index, event }) => [index, event]), [[420, 'alarm'], [421, 'over']]);
  assert.is(events[0]!.channels!['battery'], 1);
  const loads = pump(0, 400).map(({ load }) => load); // the first half of the warm-up was another run
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  assert.match(said, `learned what is normal: load ${short(Math.min(...loads))} to ${short(Math.max(...loads))}, flow `);
  assert.match(said, ', battery always 3.3;');
});

test('channels that stood still and move in one sample are all told', async () => {
  const still = (value: number): object => Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, value]));
  const service = start('--source', '-', '--mode', 'commissioned');
  service.process.stdin!.end(pump(0, 430).map((sample, i) => `${JSON.stringify({ ...sample, ...still(i < 420 ? 3 : 4) })}\n`).join(''));
  assert.is(await service.ended(), 0, service.err);
  const [alarm] = eventsOf(service);
  assert.is(alarm!.index, 420);
  assert.equal(Object.entries(alarm!.channels!).sort(), ['a', 'b', 'c', 'd', 'e'].map((name) => [name, 1]));
});

test('a disk that does not answer does not hold it up, and a wrong command line ends with 2', async () => {
  const store = fresh();
  const service = start('--source', '-', '--store', store, '--scores');
  service.process.stdin!.write(jsonOf(0, 30));
  await service.predicted(30);
  execFileSync('mkfifo', [join(store, `detector.${service.process.pid}.tmp`)]); // opening it for writing waits for a reader that never comes
  const began = performance.now();
  assert.is(await service.end(), null);
  assert.ok(performance.now() - began < 2500, `${performance.now() - began} ms`);
  assert.match(service.err, 'not saved: 30 of 30 samples');

  const kept = fresh();
  const first = start('--source', '-', '--store', kept);
  first.process.stdin!.end(jsonOf(0, 3));
  assert.is(await first.ended(), 0, first.err);
  const file = `${fresh()}.csv`;
  writeFileSync(file, `load,flow\n${rowsOf(0, 20)}`);
  for (const [why, args] of [
    [/FILE is missing, or --source/, []], [/either a FILE or --source/, [file, '--source', '-']], [/--out needs a FILE/, ['--source', '-', '--out', 'x']], [/--store needs --source/, [file, '--store', kept]],
    [/--save-every needs a --store/, ['--source', '-', '--save-every', '5']], [/--label: of a CSV/, ['--source', file, '--label', 'flow']], [/warmup 32, not 50/, ['--source', '-', '--store', kept, '--warmup', '50']],
    [/the stored detector has the fields load,flow/, ['--source', '-', '--store', kept, '--fields', 'flow,load']], [/channels 2, not 3/, ['--source', '-', '--store', kept, '--inputs', '3']],
  ] as [RegExp, string[]][]) {
    const refused = start(...args);
    refused.process.stdin!.end();
    assert.is(await refused.ended(), 2, `${args.join(' ')}: ${refused.err}`);
    assert.match(refused.err, why);
  }
});

test.run();
