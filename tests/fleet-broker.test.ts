// Fleets over real brokers: whatever the network does, the shared model is, byte for byte, what one central computation makes of the updates that count.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { FleetDevice, Recorder, connectDevice, observationsSubject, recorded, replay } from '../host/fleet/index.js';
import { decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { topicsOf } from '../host/fleet/topics.js';
import { createLearner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { shuffle } from '../host/shuffle.js';
import { FileStore } from '../host/stores/file.js';
import { BROKERS, NATS, NatsBroker } from './brokers.js';
import { CLI, buildCli } from './command.js';
import { ROUNDS, SHAPE, aggregate, central, command, ends, learnerOf, lesson, member, topics, until, type Client } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('fleet brokers', ...MOSQUITTO, NATS);

for (const [name, protocolVersion] of [['mosquitto', 4], ['mosquitto', 5], ['nats', 4], ['aedes', 4]] as const) {
  test(`${name}, MQTT ${protocolVersion === 4 ? '3.1.1' : '5'}: duplicates, strangers and any order of arrival, and the bytes of the central computation`, async () => {
    const broker = await BROKERS[name]();
    const devices = 6;
    const models = await central(devices, ROUNDS);
    const hub = await aggregate(broker.url, { minDevices: devices, protocolVersion });
    // a third device's messages come back as a network would bring them: late, twice, damaged, under a wrong round
    const gossip = await connectMqtt(broker.url, { protocolVersion, maxBytes: 2 ** 20 });
    const heard: Buffer[] = [];
    gossip.on('message', (topic, payload) => {
      if (topic !== topics.update('d2')) return;
      heard.push(payload);
      if (heard.length > 3 * ROUNDS) return;
      const damaged = Buffer.from(payload);
      damaged[40]! ^= 1;
      for (const bytes of [payload, damaged, heard[0]!]) gossip.publish(topics.update('d2'), bytes, { qos: 1 });
    });
    await gossip.subscribeAsync(topics.update('d2'), { qos: 1 });
    const random = generator(5);
    const waiting: FleetDevice[] = [];
    const members = await Promise.all(
      Array.from({ length: devices }, (_, d) =>
        member(broker.url, d, {
          protocolVersion,
          onLesson(device) {
            waiting.push(device);
            if (waiting.length === devices) for (const each of shuffle(waiting.splice(0), random)) each.send();
          },
        }),
      ),
    );
    await until('four rounds', () => hub.aggregator.counts().round === ROUNDS);
    assert.equal(hub.models, models);
    await until('every device has the last model', () => members.every(({ device }) => device.counts().round === ROUNDS));
    for (const { device } of members) assert.equal(device.learner.parameters(), models[ROUNDS]);
    const { taken, refused } = hub.aggregator.counts();
    assert.is(taken, devices * ROUNDS);
    assert.ok(refused.checksum! > 0 && (refused.repeated ?? 0) + (refused.stale ?? 0) > 0, JSON.stringify(refused));
    await hub.aggregator.close();
    await ends([hub.client, gossip, ...members.map(({ client }) => client)]);
    await broker.stop();
  });
}

const site = suite('fleet on a site', ...MOSQUITTO);
let broker: Broker;
const clients: Client[] = [];
site.before(buildCli);
// a new one each time: it retains the models of the test before
site.beforeEach(async () => void (broker = await Broker.start()));
site.afterEach(async () => {
  await ends(clients.splice(0));
  await broker.stop();
});

async function fleet(devices: number, options: Parameters<typeof aggregate>[1] = {}) {
  const hub = await aggregate(broker.url, { minDevices: devices, ...options });
  const members = await Promise.all(Array.from({ length: devices }, (_, d) => member(broker.url, d)));
  clients.push(hub.client, ...members.map(({ client }) => client));
  return { ...hub, members };
}

site('every kind of message comes through a broker as it was, and with one bit changed it is refused', async () => {
  const client = await connectMqtt(broker.url, { maxBytes: 2 ** 20 });
  clients.push(client);
  const got: Buffer[] = [];
  client.on('message', (_, payload) => got.push(payload));
  await client.subscribeAsync('onward/v1/lab/dev/+/obs', { qos: 1 });
  const body = Uint8Array.from({ length: 16384 }, (_, i) => i * 31);
  const sent = (['model', 'update', 'observations'] as const).map((kind) => encodeMessage({ kind, architecture: 0xfedcba98, round: 7, examples: 64, sequence: 3, body }));
  for (const bytes of sent) client.publish(topics.observations('d1'), Buffer.from(bytes), { qos: 1 });
  await until('three messages', () => got.length === 3);
  got.forEach((bytes, k) => {
    assert.equal(new Uint8Array(bytes), sent[k]);
    for (const at of [0, 4, 8, 13, 31, 32, 16000]) {
      const damaged = new Uint8Array(bytes);
      damaged[at]! ^= 4;
      assert.type(decodeMessage(damaged), 'string');
    }
  });
});

site('updates that never come: the round ends without them, with the mean of those that did', async () => {
  const models = await central(3, 1, (_, d) => d === 2);
  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 1 });
  const members = await Promise.all([0, 1, 2].map((d) => member(broker.url, d, { onLesson: (device) => (d === 2 ? device.close() : device.send()), rounds: 1 })));
  clients.push(hub.client, ...members.map(({ client }) => client));
  await until('the end of the round', () => hub.models.length === 2);
  assert.equal(hub.models[1], models[1]);
  await hub.aggregator.close();
  for (const { device } of members) device.close();
});

site('who comes late gets the retained model and is in the next round', async () => {
  const early = await fleet(2);
  await until('four rounds of two', () => early.aggregator.counts().round === ROUNDS);
  const late = await member(broker.url, 2, { rounds: ROUNDS + 1 });
  clients.push(late.client);
  await until('its update', () => early.aggregator.counts().taken === 2 * ROUNDS + 1);
  assert.is(late.device.counts().round, ROUNDS);
  await early.aggregator.close();
});

site('a device that dies is known to be gone; the will of a connection that it has replaced is not believed', async () => {
  const hub = await aggregate(broker.url, { minDevices: 8 });
  const first = await member(broker.url, 1, { rounds: 0 });
  clients.push(hub.client, first.client);
  await until('its birth', () => hub.aggregator.counts().online === 1);
  first.client.options.reconnectPeriod = 0;
  first.client.stream.destroy();
  await until('its will', () => hub.aggregator.counts().online === 0);
  const second = await member(broker.url, 1, { rounds: 0 });
  clients.push(second.client);
  await until('its rebirth', () => hub.aggregator.counts().online === 1);
  broker.publish(topics.status('d1'), ['{"online":false,"boot":1}']);
  broker.publish(topics.status('d7'), ['not JSON', '{"online":"yes"}', '{"online":true,"boot":5}']);
  await until('another birth', () => hub.aggregator.counts().online === 2);
  await hub.aggregator.close();
});

site('stale, foreign, oversized and senseless updates are counted and change nothing', async () => {
  const models = await central(2, 1);
  const hub = await aggregate(broker.url, { minDevices: 2, mostExamples: 1e6 });
  clients.push(hub.client);
  const base = hub.learner.parameters();
  const of = (fields: object): Uint8Array => encodeMessage({ kind: 'update', architecture: hub.learner.architecture, round: 0, examples: 10, sequence: 0, body: base, ...fields });
  const older = of({});
  older[5] = 2;
  for (const bytes of [of({ round: 3 }), of({ architecture: 5 }), older, of({ body: base.subarray(4) }), of({ kind: 'model' }), of({ examples: 0 }), Buffer.from('{}')]) broker.publishBytes(topics.update('d7'), bytes);
  await until('seven refusals', () => Object.values(hub.aggregator.counts().refused).reduce((sum, n) => sum + n, 0) === 7);
  assert.equal(hub.aggregator.counts().refused, { stale: 1, foreign: 1, version: 1, damaged: 1, kind: 1, empty: 1, short: 1 });
  const members = await Promise.all([0, 1].map((d) => member(broker.url, d, { rounds: 1 })));
  clients.push(...members.map(({ client }) => client));
  await until('the round', () => hub.models.length === 2);
  assert.equal(hub.models[1], models[1]);
  await hub.aggregator.close();
});

site('a name that would not be one topic segment is refused before anything is published', async () => {
  const client = await connectMqtt(broker.url);
  clients.push(client);
  const learner = await createLearner(SHAPE);
  for (const name of ['a.b', 'a b', 'a/b', '+', '#', '', 'ü', 'x'.repeat(65)]) {
    assert.throws(() => new FleetDevice(client, learner, { fleet: 'lab', id: name }), RangeError);
    assert.throws(() => new Recorder(client, learner, { fleet: name, id: 'd1' }), RangeError);
    assert.throws(() => topicsOf(name), RangeError);
    await connectDevice(broker.url, { fleet: 'lab', id: name }).then(() => assert.unreachable(), (error: Error) => assert.instance(error, RangeError));
  }
});

site('the broker is killed in mid-round and comes back: the round is completed, with the same bytes', async () => {
  const models = await central(4, ROUNDS);
  const own = await Broker.start();
  const hub = await aggregate(own.url, { minDevices: 4 });
  let held: (() => void) | undefined;
  const members = await Promise.all([0, 1, 2, 3].map((d) => member(own.url, d, { onLesson: (device, round) => (d === 3 && round === 1 ? void (held = () => device.send()) : device.send()) })));
  await until('three of four have sent', () => held !== undefined && hub.aggregator.counts().taken === 7);
  await own.kill();
  held!(); // into the void
  await own.run();
  await until('four rounds', () => hub.aggregator.counts().round === ROUNDS, 30);
  assert.equal(hub.models, models);
  await hub.aggregator.close();
  await ends([hub.client, ...members.map(({ client }) => client)]);
  await own.stop();
});

site('the aggregator is killed between rounds: its folder goes on with the same bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-fleet-'));
  const models = await central(3, ROUNDS);
  const start = () => {
    const args = [CLI, 'fleet', 'aggregate', '--broker', broker.url, '--fleet', 'lab', '--store', folder, '--inputs', '6', '--labels', 'a,b,c', '--units', '16,12', '--min-devices', '3', '--examples', '1000', '--seconds', '20', '--trust', '--quiet'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    return { child, rounds: () => out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { round: number; devices: number }) };
  };
  const first = start();
  let held: (() => void)[] = [];
  let holding = true;
  const members = await Promise.all([0, 1, 2].map((d) => member(broker.url, d, { onLesson: (device, round) => (holding && round === 2 && d > 0 ? void held.push(() => device.send()) : device.send()) })));
  clients.push(...members.map(({ client }) => client));
  await until('two rounds and a third of the next', () => first.rounds().length === 2 && held.length === 2);
  const died = once(first.child, 'close');
  first.child.kill('SIGKILL');
  await died;
  holding = false;
  const second = start();
  await sleep(300);
  for (const send of held) send();
  await until('the other rounds', () => second.rounds().length === 2, 30);
  assert.equal(second.rounds().map(({ round, devices }) => [round, devices]), [[2, 3], [3, 3]]);
  const ended = once(second.child, 'close');
  second.child.kill('SIGTERM');
  assert.equal(await ended, [0, null]);
  const store = await FileStore.open(join(folder, 'model'));
  const kept = await createLearner(SHAPE);
  const again = await aggregate(broker.url, {}, store);
  clients.push(again.client);
  assert.equal(again.aggregator.counts().round, ROUNDS);
  assert.equal(again.learner.parameters(), models[ROUNDS]);
  assert.not.equal(kept.parameters(), models[ROUNDS]);
  await again.aggregator.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

site('the command line: two devices with samples on standard input, an aggregator, two rounds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-fleet-'));
  const run = (...args: string[]) => command(broker.url, ...args);
  const hub = run('aggregate', '--store', folder, '--inputs', '2', '--labels', 'ok,worn', '--rounds', '2', '--examples', '10', '--seconds', '20');
  const members = ['d1', 'd2'].map((id) => run('device', '--id', id, '--source', '-'));
  await until('the model at both', () => members.every(({ said }) => said.err.includes('the model of round 0')));
  for (let k = 0; k < 10; k++) for (const { child } of members) child.stdin.write(`{"x":[${5 * (k % 2)},${k}],"y":"${k % 2 ? 'ok' : 'worn'}"}\n`);
  await until('the second model at both', () => members.every(({ said }) => said.err.includes('the model of round 1')));
  for (const { child } of members) child.stdin.end('{"x":[5,1],"y":"ok"}\n{"x":[5,1],"y":"other"}\n'); // what it has is sent at the end
  assert.equal(await hub.exit, [0, null], hub.said.err);
  assert.equal(hub.said.out.trim().split('\n').map((line) => [JSON.parse(line).round, JSON.parse(line).examples]), [[0, 20], [1, 2]]);
  for (const { exit, said } of members) {
    assert.equal(await exit, [0, null], said.err);
    assert.match(said.err, /11 samples, 11 learned, .* 2 updates sent, 1 refused/);
  }
  rmSync(folder, { recursive: true });
});

site('access rules: a device writes as itself only', async () => {
  const guarded = await Broker.start((folder) => {
    const [passwords, acl] = [join(folder, 'passwords'), join(folder, 'acl')];
    writeFileSync(passwords, '');
    for (const user of ['aggregator', 'd0', 'd1']) execFileSync('mosquitto_passwd', ['-b', passwords, user, `secret-${user}`], { stdio: 'ignore' });
    writeFileSync(acl, ['user aggregator', 'topic readwrite onward/v1/lab/#', 'pattern write onward/v1/lab/dev/%u/#', 'pattern read onward/v1/lab/model', 'pattern read onward/v1/lab/round', ''].join('\n'));
    return ['allow_anonymous false', `password_file ${passwords}`, `acl_file ${acl}`];
  });
  const as = (user: string) => guarded.url.replace('//', `//${user}:secret-${user}@`);
  const hub = await aggregate(as('aggregator'), { minDevices: 2 });
  const members = await Promise.all([0, 1].map((d) => member(as(`d${d}`), d, { rounds: 1, onLesson: () => {} })));
  await until('the model at both', () => members.every(({ device }) => device.counts().round === 0));
  // d1 has learned, and says it twice: as d0 and as itself
  const message = encodeMessage({ kind: 'update', architecture: hub.learner.architecture, round: 0, examples: 3, sequence: 0, body: members[1]!.device.learner.parameters() });
  members[1]!.client.publish(topics.update('d0'), Buffer.from(message), { qos: 1 });
  members[1]!.client.publish(topics.model, Buffer.from(message), { qos: 1, retain: true });
  await members[1]!.client.publishAsync(topics.update('d1'), Buffer.from(message), { qos: 1 });
  await until('its own update', () => hub.aggregator.counts().taken === 1);
  members[0]!.device.send();
  await until('the round', () => hub.aggregator.counts().round === 1);
  assert.equal(hub.aggregator.counts().refused, {}, 'nothing came under the name of another');
  const wrong = await connectMqtt(guarded.url.replace('//', '//d0:guessed@'), { protocolVersion: 4, reconnectPeriod: 0, reconnectOnConnackError: false });
  const error = await new Promise<Error>((resolve) => wrong.on('error', resolve));
  assert.match(error.message, /Not authorized|Bad user/i);
  await hub.aggregator.close();
  await ends([hub.client, wrong, ...members.map(({ client }) => client)]);
  await guarded.stop();
});

site.run();

test('replay: observations in a stream of JetStream make the learners that were live, with two workers as with one, from a snapshot on too', async () => {
  const nats = await NatsBroker.start();
  const connection = await connectNats({ servers: nats.server });
  await (await jetstreamManager(connection)).streams.add({ name: 'OBS', subjects: [observationsSubject('lab', '*')] });
  const devices = [0, 1, 2, 3];
  const halves: Uint8Array[] = [];
  const live = await Promise.all(
    devices.map(async (d) => {
      const client = await connectMqtt(nats.url, { protocolVersion: 4, reconnectPeriod: 100 });
      const learner = await learnerOf(d);
      const recorder = new Recorder(client, learner, { fleet: 'lab', id: `d${d}`, batch: 7 });
      for (let round = 0; round < 40; round++) {
        for (const { x, y } of lesson(d, round)) {
          learner.learn(x, y);
          recorder.record(x, y);
        }
        if (round === 19) halves[d] = learner.save();
      }
      await recorder.flush();
      await client.endAsync();
      return learner;
    }),
  );
  const work = async (own: readonly number[]): Promise<Map<number, Uint8Array>> => {
    const js = jetstream(connection);
    const made = new Map<number, Uint8Array>();
    for (const d of own) {
      const learner = await learnerOf(d);
      const counts = await replay(recorded(js, 'OBS', 'lab', `d${d}`), learner);
      assert.equal(counts, { samples: live[d]!.seen, known: 0, missing: 0, refused: 0 });
      made.set(d, learner.save());
    }
    return made;
  };
  const one = await work(devices);
  const two = new Map((await Promise.all([work([0, 2]), work([3, 1])])).flatMap((made) => [...made]));
  for (const d of devices) {
    assert.equal(one.get(d), live[d]!.save(), `device ${d}`);
    assert.equal(two.get(d), live[d]!.save(), `device ${d}, two workers`);
  }
  // from the middle, every message twice, and one of another shape among them
  const { loadLearner } = await import('../host/index.js');
  const half = await loadLearner(halves[0]!);
  const messages: Uint8Array[] = [encodeMessage({ kind: 'observations', architecture: 1, round: 0, examples: 1, sequence: 0, body: new Uint8Array(4) })];
  for await (const bytes of recorded(jetstream(connection), 'OBS', 'lab', 'd0')) messages.push(bytes, bytes);
  const before = half.seen;
  assert.equal(await replay(messages, half), { samples: live[0]!.seen - before, known: before + live[0]!.seen, missing: 0, refused: 1 });
  assert.equal(half.save(), live[0]!.save());
  // a gap is seen
  const holed = await learnerOf(0);
  assert.is((await replay([messages[1]!, messages[5]!], holed)).missing, 7);
  await connection.close();
  await nats.stop();
});

test.run();
