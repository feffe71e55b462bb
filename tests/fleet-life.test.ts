// Members and aggregators that come, wait, go, or are two of a name: nobody waits for who has left, nothing is sent too late, and everything that waits says for what.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aggregator, FleetDevice, connectDevice, disconnectDevice } from '../host/fleet/index.js';
import { createLearner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { roundTeller } from '../cli/fleet/connection.js';
import { BROKERS, NATS } from './brokers.js';
import { CLI, buildCli } from './command.js';
import { SHAPE, aggregate, command, ends, learnerOf, lesson, member, topics, until, type Client } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

const every = suite('lives on every broker', ...MOSQUITTO, NATS);

for (const [name, protocolVersion] of [['mosquitto', 4], ['mosquitto', 5], ['nats', 4], ['aedes', 4]] as const) {
  const version = protocolVersion === 4 ? '3.1.1' : '5';

  every(`${name}, MQTT ${version}: of two devices of one name the later one stays, and the other says why it goes`, async () => {
    const broker = await BROKERS[name]();
    const errors: Error[][] = [[], []];
    const connect = async (d: number, clientId: string): Promise<Client> => {
      const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd1', protocolVersion, reconnectPeriod: 100, clientId });
      client.on('error', (error) => errors[d]!.push(error));
      await until('a connection', () => client.connected);
      return client;
    };
    for (const clientIds of [['same', 'same'], ['one', 'other']]) {
      const first = await connect(0, clientIds[0]!);
      await sleep(5); // clocks count milliseconds
      const second = await connect(1, clientIds[1]!);
      await until('the end of the first', () => first.disconnecting && errors[0]!.length > 0);
      assert.match(errors[0]!.at(-1)!.message, "another device has connected as 'd1' in fleet 'lab' and has its place now: give each an id of its own");
      await sleep(300);
      await until('the second', () => second.connected && !second.disconnecting);
      assert.equal(errors[1], []);
      assert.is(first.connected, false);
      await disconnectDevice(second);
      errors[0] = [];
    }
    await broker.stop();
  });

  every(`${name}, MQTT ${version}: of two aggregators the later one stays; what a broker kept of a life with a wrong clock stops nobody`, async () => {
    const broker = await BROKERS[name]();
    const stopped: string[] = [];
    const past = await connectMqtt(broker.url, { protocolVersion });
    await past.publishAsync(topics.round, JSON.stringify({ round: 0, closesAt: 0, examples: 1, minDevices: 1, minExamples: 1, boot: Date.now() + 1e9, prototypes: false }), { qos: 1, retain: true });
    const first = await aggregate(broker.url, { protocolVersion, onError: (error) => stopped.push(`first: ${error.message}`) });
    const device = await member(broker.url, 0, { protocolVersion, rounds: 0 });
    await until('its model', () => device.device.counts().models === 1);
    await sleep(200);
    assert.equal(stopped, []);
    const second = await aggregate(broker.url, { protocolVersion, onError: (error) => stopped.push(`second: ${error.message}`) });
    await until('the end of the first', () => stopped.length > 0);
    await sleep(200);
    assert.equal(stopped, ["first: another aggregator has been started for fleet 'lab', and this one stops: one for a fleet"]);
    device.device.learn(lesson(0, 0)[0]!.x, 'a');
    device.device.send();
    await until('an update at the second', () => second.aggregator.counts().taken === 1);
    assert.is(first.aggregator.counts().taken, 0);
    await second.aggregator.close();
    await ends([past, first.client, second.client, device.client]);
    await broker.stop();
  });
}
every.run();

const test = suite('lives in a fleet', ...MOSQUITTO);
let broker: Broker;
const clients: Client[] = [];
let folder: string;
/** They take ten seconds, beside the other tests. */
let watching: { once: ReturnType<typeof command>; on: ReturnType<typeof command>; broker: Broker };
test.before(async () => {
  await buildCli();
  const own = await Broker.start();
  watching = { once: command(own.url, 'watch', '--once'), on: command(own.url, 'watch'), broker: own };
});
test.after(() => watching.broker.stop());
test.beforeEach(async () => {
  broker = await Broker.start();
  folder = mkdtempSync(join(tmpdir(), 'onward-life-'));
});
test.afterEach(async () => {
  await ends(clients.splice(0));
  await broker.stop();
  rmSync(folder, { recursive: true });
});

/** `onward fleet demo`, with what it said so far. */
function demo(...args: string[]) {
  const child = spawn(process.execPath, [CLI, 'fleet', 'demo', ...args]);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  return { child, said };
}

/** What the broker has retained. */
async function retained(): Promise<Map<string, string>> {
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const found = new Map<string, string>();
  client.on('message', (topic, payload) => void found.set(topic, payload.toString('latin1')));
  await client.subscribeAsync('onward/#', { qos: 1 });
  await sleep(200);
  client.end(true);
  return found;
}

function table(name: string, rows: number, from = 0): string {
  const path = join(folder, name);
  writeFileSync(path, ['a,b,label', ...Array.from({ length: rows }, (_, k) => `${5 * ((from + k) % 2)},${k % 7},${(from + k) % 2 ? 'ok' : 'worn'}`), ''].join('\n'));
  return path;
}

test('files that are read once: all samples go into updates, over as many rounds as it takes, and nobody is left online', async () => {
  const hub = command(broker.url, 'aggregate', '--store', join(folder, 'hub'), '--inputs', '2', '--labels', 'ok,worn', '--rounds', '2', '--examples', '10', '--seconds', '20');
  const members = [25, 31].map((rows, d) => command(broker.url, 'device', '--id', `d${d}`, '--source', table(`${d}.csv`, rows), '--store', join(folder, `${d}`)));
  for (const { exit, said } of members) assert.equal(await exit, [0, null], said.err);
  assert.equal(await hub.exit, [0, null], hub.said.err);
  const rounds = hub.said.out.trim().split('\n').map((line) => JSON.parse(line) as { devices: number; examples: number });
  assert.equal(rounds.map(({ devices }) => devices), [2, 2]);
  assert.is(rounds.reduce((sum, { examples }) => sum + examples, 0), 56);
  for (const { said } of members) {
    assert.match(said.err, /2 models taken, 2 updates sent, 0 refused/);
    assert.not.match(said.err, /no connection|went into no update/);
  }
  const kept = await retained();
  for (const d of [0, 1]) assert.match(kept.get(topics.status(`d${d}`))!, '"online":false');
});

test('a round that does not come: the rest is told of, kept, and sent by the next start', async () => {
  const { client, aggregator } = await aggregate(broker.url, { minDevices: 2, examples: 6, mostExamples: 100, seconds: 60 });
  const other = await member(broker.url, 1, { rounds: 0 });
  clients.push(client, other.client);
  const lines = [...lesson(0, 0), ...lesson(0, 1)].map(({ x, y }) => `${JSON.stringify({ x: [...x], y })}\n`).join(''); // ten
  const start = () => command(broker.url, 'device', '--id', 'd0', '--source', '-', '--store', join(folder, 'd0'), '--wait', '1.5');
  const first = start();
  first.child.stdin.end(lines);
  assert.equal(await first.exit, [0, null], first.said.err);
  assert.match(first.said.err, /the source has ended; waiting up to 1\.5 s for a round that takes what is left/);
  assert.match(first.said.err, /4 samples learned went into no update: they are kept, and go with the next start/);
  assert.is(aggregator.counts().taken, 1);
  other.device.learn(lesson(1, 0)[0]!.x, 'a');
  other.device.send();
  await until('the next round', () => aggregator.counts().round === 1);
  const second = start();
  second.child.stdin.end();
  assert.equal(await second.exit, [0, null], second.said.err);
  assert.match(second.said.err, /1 models taken, 1 updates sent/);
  assert.not.match(second.said.err, /went into no update/);
  await until('its second update', () => aggregator.counts().taken === 3);
  await aggregator.close();
});

test('flush: it waits for a model, for the broker and for the next round, and a signal ends the waiting', async () => {
  const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd0', reconnectPeriod: 100 });
  clients.push(client);
  const device = new FleetDevice(client, await learnerOf(0), { fleet: 'lab', id: 'd0' });
  await device.ready(AbortSignal.timeout(100));
  assert.is(device.counts().models, 0, 'nobody has handed one out');
  const hub = await aggregate(broker.url, { minDevices: 1, examples: 5, mostExamples: 100, seconds: 60 });
  clients.push(hub.client);
  await device.ready();
  assert.is(device.counts().models, 1);
  assert.is(await device.flush(), 0, 'nothing was learned');
  const samples = lesson(0, 0);
  await broker.kill();
  samples.forEach(({ x, y }) => device.learn(x, y));
  const early = await device.flush(AbortSignal.timeout(100));
  assert.is(early, 0, 'all is in an update');
  assert.is(hub.aggregator.counts().taken, 0, 'which waits');
  assert.is(device.counts().round, 0);
  let flushed = false;
  const whole = device.flush().then((left) => {
    flushed = true;
    return left;
  });
  await sleep(100);
  assert.is(flushed, false);
  await broker.run();
  assert.is(await whole, 0);
  await until('the update', () => hub.aggregator.counts().taken === 1);
  device.close();
  await hub.aggregator.close();
});

test('a device that leaves is not waited for', async () => {
  const hub = await aggregate(broker.url, { minDevices: 1, seconds: 60 });
  const [stays, leaves] = await Promise.all([0, 1].map((d) => member(broker.url, d, { rounds: 0 })));
  clients.push(hub.client, stays!.client);
  await until('both', () => hub.aggregator.counts().online === 2 && stays!.device.counts().models === 1);
  stays!.device.learn(lesson(0, 0)[0]!.x, 'a');
  stays!.device.send();
  await until('its update', () => hub.aggregator.counts().taken === 1);
  assert.is(hub.aggregator.counts().round, 0);
  await disconnectDevice(leaves!.client);
  await until('the next round', () => hub.aggregator.counts().round === 1);
  await hub.aggregator.close();
});

test('a model of another shape is refused with what is different', async () => {
  const hub = await aggregate(broker.url);
  const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd0' });
  clients.push(hub.client, client);
  const told: (string | undefined)[][] = [];
  const learner = await createLearner({ ...SHAPE, labels: ['a', 'b', 'd'], units: [16, 8] });
  const device = new FleetDevice(client, learner, { fleet: 'lab', id: 'd0', prototypes: true, onRefused: (...words) => told.push(words) });
  await until('both words', () => told.length === 2);
  assert.equal(told, [['foreign', 'units 16,12 there, 16,8 here; labels a,b,c there, a,b,d here'], ['prototypes', 'the aggregator hands none out: start it with prototypes too']]);
  device.close();
  await hub.aggregator.close();
});

test('the aggregator at the command line: what its store contradicts, what it waits for, and no model before there is a broker', async () => {
  const store = join(folder, 'hub');
  const shape = ['--inputs', '2', '--labels', 'ok,worn'];
  const nowhere = command('mqtt://127.0.0.1:9', 'aggregate', '--store', store, ...shape);
  await until('that there is no broker', () => nowhere.said.err.includes('no connection to 127.0.0.1:9'));
  assert.equal(readdirSync(store).filter((name) => /^model\.\d/.test(name)), []);
  nowhere.child.kill('SIGTERM');
  assert.equal(await nowhere.exit, [0, null], nowhere.said.err);

  const hub = command(broker.url, 'aggregate', '--store', store, ...shape, '--seconds', '0.5', '--units', '8');
  await until('a short round', () => hub.said.err.includes('goes on'));
  assert.match(hub.said.err, /round 0 of fleet lab: 2 inputs, 8 units, 8 bits, labels ok, worn; \d+ B of parameters/);
  assert.match(hub.said.err, /round 0 goes on: 0 of at least 2 devices have sent, 0 of at least 1 examples; 0 online/);
  hub.child.kill('SIGTERM');
  assert.equal(await hub.exit, [0, null], hub.said.err);

  for (const [args, words] of [
    [['--inputs', '3'], /inputs 3: the model in .* has 2; leave the option out, or give --store another folder/],
    [['--labels', 'ok,bad'], /labels ok,bad: the model in .* has ok,worn/],
    [['--units', '9'], /units 9: the model in .* has 8/],
  ] as const) {
    const wrong = command(broker.url, 'aggregate', '--store', store, ...args);
    assert.equal(await wrong.exit, [2, null]);
    assert.match(wrong.said.err, words);
  }
});

test('two devices of one name at the command line: the first ends with code 1 and says why', async () => {
  const hub = await aggregate(broker.url);
  clients.push(hub.client);
  const first = command(broker.url, 'device', '--id', 'd0', '--source', '-');
  await until('its model', () => first.said.err.includes('the model of round 0'));
  const second = command(broker.url, 'device', '--id', 'd0', '--source', '-');
  assert.equal(await first.exit, [1, null], first.said.err);
  assert.match(first.said.err, /another device has connected as 'd0' in fleet 'lab'/);
  await until('its model', () => second.said.err.includes('the model of round 0'));
  second.child.stdin.end();
  assert.equal(await second.exit, [0, null], second.said.err);
  await hub.aggregator.close();
});

test('a fleet that was begun under masks stays so, and a clear one clear, from before its first round ends', async () => {
  const shape = ['--inputs', '2', '--labels', 'ok,worn', '--input-scale', '0.5'];
  for (const [begun, other, words] of [
    [['--masks'], [], /--masks is missing: the model in .* was begun with it, so that no single update is seen; give --masks, or give --store another folder/],
    [[], ['--masks'], /--masks: the model in .* was begun without; leave the option out, or give --store another folder/],
  ] as const) {
    const store = join(folder, `hub${begun.length}`);
    const start = (...args: string[]) => command(broker.url, 'aggregate', '--store', store, ...args);
    for (const args of [[...shape, ...begun], begun]) {
      const hub = start(...args);
      await until('its start', () => hub.said.err.includes('B of parameters'));
      assert.is(hub.said.err.includes('B of parameters; under masks\n'), begun.length > 0);
      hub.child.kill('SIGTERM');
      assert.equal(await hub.exit, [0, null], hub.said.err);
    }
    const wrong = start(...other);
    assert.equal(await wrong.exit, [2, null]);
    assert.match(wrong.said.err, words);
  }
  // in a program, too; a store of before masks were noted is taken as it is opened
  const { client } = await aggregate(broker.url, { fleet: 'elsewhere' });
  clients.push(client);
  let text: string | undefined = '{"expelled":["d1"],"canaries":[]}';
  const notes = { load: async () => text, save: async (saved: string) => void (text = saved) };
  const [learner, kept] = [await createLearner({ ...SHAPE, inputScale: 0.5 }), new MemoryStore()];
  await kept.save(learner.save());
  const hub = await Aggregator.open(client, learner, kept, { fleet: 'lab', masks: true, notes });
  await hub.expel('d2');
  await hub.close();
  assert.equal(JSON.parse(text), { expelled: ['d1', 'd2'], canaries: [], masks: true });
  await Aggregator.open(client, learner, kept, { fleet: 'lab', notes }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /options\.masks: got false; this fleet was begun with true, and stays so/));
});

test('a private fleet at the command line: a device says that no more is taken, and without its notes the model is refused', async () => {
  const store = join(folder, 'hub');
  const budget = ['--private', '8', '--rounds', '1'];
  const start = (...args: string[]) => command(broker.url, 'aggregate', '--store', store, ...args);
  const hub = start(...budget, '--inputs', '2', '--labels', 'ok,worn', '--input-scale', '0.5', '--bits', '16', '--min-devices', '1', '--examples', '10');
  const device = command(broker.url, 'device', '--id', 'd0', '--source', table('d0.csv', 25), '--store', join(folder, 'd0'));
  assert.equal(await device.exit, [0, null], device.said.err);
  assert.match(device.said.err, /onward: 15 samples learned went into no update: the fleet takes no more, since its epsilon is spent\n/);
  assert.not.match(device.said.err, /next start/);
  hub.child.kill('SIGTERM');
  assert.equal(await hub.exit, [0, null], hub.said.err);
  rmSync(join(store, 'operator.json'));
  for (const args of [budget, []]) {
    const lost = start(...args);
    assert.equal(await lost.exit, [2, null], lost.said.err);
    assert.match(lost.said.err, /the notes know of no private fleet, and the model in .* is of one: put back the newest operator\.json, or give --store another folder for a new model; that is another budget/);
  }
});

test('what does not go together is refused by its name on the command line, before anything is connected', async () => {
  const hub = (...args: string[]) => ['aggregate', '--store', join(folder, 'none'), '--inputs', '2', '--labels', 'ok,worn', ...args];
  const masked = (...args: string[]) => hub('--input-scale', '0.5', '--masks', ...args);
  const cases: [string[], RegExp][] = [
    [masked('--clip', '1.5'), /--clip 1\.5 does not go with --masks, it must be 0: what is under a mask cannot be shortened/],
    [masked('--trim', '0.1'), /--trim 0\.1 does not go with --masks, it must be 0/],
    [masked('--prototypes'), /--prototypes does not go with --masks: they tell more of a device/],
    [masked('--layers', 'turns'), /--layers turns does not go with --masks, it must be all/],
    [masked('--min-devices', '2'), /--min-devices 2 does not go with --masks, it must be 3 or more: with two, each knows the other's update/],
    [hub('--masks'), /--masks carries no standardisation of the inputs, so the model needs a fixed scale: give it --input-scale S/],
    [hub('--layers', 'few'), /--layers few carries no standardisation/],
    [hub('--private', '8', '--rounds', '3'), /--private carries no standardisation of the inputs, so the model needs a fixed scale: give it --input-scale S/],
    [hub('--private', '8'), /--private EPSILON needs --rounds N: noise is reckoned for so many rounds/],
    [hub('--delta', '1e-6'), /--delta goes with --private EPSILON/],
    [masked('--private', '8', '--rounds', '3'), /--masks does not go with --private: what is under a mask cannot be cut to one length/],
    [hub('--input-scale', '1', '--bits', '8', '--private', '8', '--rounds', '3'), /--private needs finer steps than weights of 8 bits have: give the model --bits 16/],
    [['device', '--id', 'd0', '--source', '-', '--masks', '--prototypes'], /--prototypes does not go with --masks/],
    [['demo', '--bad-device', '--devices', '3'], /--bad-device needs --devices 4 or more, got 3: fewer cannot be judged/],
  ];
  for (const [args, words] of cases) {
    const { child, said } = args[0] === 'demo' ? demo(...args.slice(1)) : command('mqtt://127.0.0.1:9', ...args);
    assert.equal(await once(child, 'close'), [2, null], said.err);
    assert.match(said.err, words);
    assert.not.match(said.err, /connect|options\./);
  }
});

test('a source that is empty, or broken, keeps nothing back that was learned before', async () => {
  const { client, aggregator } = await aggregate(broker.url, { minDevices: 2, examples: 3, mostExamples: 100, seconds: 60 });
  const other = await member(broker.url, 1, { rounds: 0 });
  clients.push(client, other.client);
  const start = (name: string, text: string, ...args: string[]) => {
    writeFileSync(join(folder, name), text);
    return command(broker.url, 'device', '--id', 'd0', '--store', join(folder, 'd0'), '--source', join(folder, name), ...args);
  };
  const rows = lesson(0, 0).map(({ x, y }) => `${JSON.stringify({ x: [...x], y })}\n`).join(''); // five: two more than a round asks for
  const first = start('five.jsonl', rows, '--wait', '0.2');
  assert.equal(await first.exit, [0, null], first.said.err);
  assert.match(first.said.err, /2 samples learned went into no update: they are kept, and go with the next start/);
  other.device.learn(lesson(1, 0)[0]!.x, 'a');
  other.device.send();
  await until('the next round', () => aggregator.counts().round === 1);
  const second = start('empty.jsonl', '');
  assert.equal(await second.exit, [1, null]);
  assert.match(second.said.err, /5 samples learned before[^]*, 1 updates sent, 0 refused\nonward: .*empty/);
  await until('its update', () => aggregator.counts().taken === 3);
  await aggregator.close();
});

test('models that follow each other fast: the log says that it names no more, and then how many it left out', () => {
  const now = performance.now;
  const lines: string[] = [];
  try {
    let time = 0;
    performance.now = () => time;
    const tell = roundTeller((text) => lines.push(text));
    for (let round = 0; round < 8; round++, time += round === 7 ? 10_000 : 100) tell(round);
  } finally {
    performance.now = now;
  }
  assert.equal(lines, ['the model of round 0', 'the model of round 1', 'the model of round 2; from here on one model in ten seconds is named at most', 'the model of round 7, and 4 before it that are not named']);
});

test('the demonstration leaves nothing on a broker, and says at once when there is none', async () => {
  const run = async (url: string): Promise<[unknown, string]> => {
    const { child, said } = demo('--rounds', '2', '--devices', '3', '--quiet', '--broker', url);
    const [code] = await once(child, 'close');
    return [code, said.out + said.err];
  };
  assert.equal(await run('mqtt://127.0.0.1:9'), [1, 'onward: no connection to 127.0.0.1:9 (connect ECONNREFUSED 127.0.0.1:9): is a broker running there?\n']);
  const [code, said] = await run(broker.url);
  assert.is(code, 0, said);
  assert.match(said, /after 2 rounds/);
  assert.equal([...(await retained()).keys()], []);
});

test('fleet watch of a fleet that nobody runs: --once ends with code 1, and without it the wait is told of', async () => {
  const { once: single, on } = watching;
  assert.equal(await single.exit, [1, null], single.said.err);
  assert.match(single.said.err, /nothing of fleet lab is on 127\.0\.0\.1:\d+: does onward fleet aggregate --fleet lab run on this broker, and may you read it\?/);
  await until('that it waits', () => on.said.err.includes('Waiting for it'));
  assert.is(on.child.exitCode, null);
  on.child.kill('SIGTERM');
  assert.equal(await on.exit, [0, null], on.said.err);
});

test.run();
