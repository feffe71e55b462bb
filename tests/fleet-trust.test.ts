// A fleet with strangers in it, over real brokers: under the settings that there are by themselves, what one bad device sends ruins nothing, and it is told of by name.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aggregator, connectDevice, FleetDevice, verified, type PublicKey } from '../host/fleet/index.js';
import { Members } from '../host/fleet/members.js';
import { encodeMessage } from '../host/fleet/message.js';
import { Round } from '../host/fleet/round.js';
import { modelOf } from '../host/fleet/signature.js';
import { topicsOf } from '../host/fleet/topics.js';
import { createLearner, type Learner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { FileHistory, FileNotes } from '../cli/fleet/history-files.js';
import { BROKERS, NATS } from './brokers.js';
import { buildCli } from './command.js';
import { SHAPE, aggregate, command, ends, learnerOf, lesson, member, topics, until, type Client } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

const everywhere = suite('fleet guarded', ...MOSQUITTO, NATS);

/** What the judge makes of the same updates, without a network and from plain arrays. */
async function judged(rules: object, corrupt: (d: number, x: Float32Array) => Float32Array, devices: number, rounds: number): Promise<Uint8Array[]> {
  const model = await createLearner(SHAPE);
  const learners = await Promise.all(Array.from({ length: devices }, (_, d) => learnerOf(d)));
  const models = [model.parameters()];
  for (let r = 0; r < rounds; r++) {
    const round = new Round(r, { ...model.config, labels: model.labels }, models[r]!, { mostExamples: 1e6, step: 512, ...rules });
    for (const d of learners.keys()) {
      const learner = learners[devices - 1 - d]!; // in another order than any network's
      learner.setParameters(models[r]!);
      const samples = lesson(devices - 1 - d, r);
      for (const { x, y } of samples) learner.learn(corrupt(devices - 1 - d, x), y);
      round.add(`d${devices - 1 - d}`, encodeMessage({ kind: 'update', architecture: learner.architecture, round: r, examples: samples.length, sequence: r, body: learner.parameters() }));
    }
    models.push(round.end().parameters);
    model.setParameters(models[r + 1]!);
  }
  return models;
}

async function badMember(url: string, d: number, rounds: number, corrupt: (x: Float32Array) => Float32Array) {
  const client = await connectDevice(url, { fleet: 'lab', id: `d${d}`, reconnectPeriod: 100 });
  const device: FleetDevice = new FleetDevice(client, await learnerOf(d), {
    fleet: 'lab',
    id: `d${d}`,
    onModel(round) {
      if (round >= rounds) return;
      for (const { x, y } of lesson(d, round)) device.learn(corrupt(x), y);
      device.send();
    },
  });
  return { client, device };
}

const KINDS: Record<string, (x: Float32Array) => Float32Array> = { 'mV for V': (x) => x.map((v) => 1000 * v), '1e20': (x) => x.map((v) => 1e20 * (v + 1)), '3e38': (x) => x.map((v, i) => (i % 2 ? 3e38 : v)) };

for (const broker of ['mosquitto', 'nats'] as const) {
  for (const [name, rules, kind] of [['as it is by itself', { trust: false, clip: 1.5 }, 'mV for V'], ['clip', { trust: true, clip: 2 }, '1e20'], ['trim', { trust: true, trim: 0.2 }, '3e38'], ['clip and trim', { trust: false, clip: 1, trim: 0.2 }, '3e38']] as const) {
    everywhere(`${broker}, ${name}: six devices and one that sends ${kind}, and the bytes of the judge`, async () => {
      const corrupt = KINDS[kind]!;
      const models = await judged(rules, (d, x) => (d === 6 ? corrupt(x) : x), 7, 3);
      const on = await BROKERS[broker]();
      const aside: string[] = [];
      const hub = await aggregate(on.url, { minDevices: 7, ...rules, onAside: ({ device }) => void aside.push(device) });
      const members = await Promise.all([...Array.from({ length: 6 }, (_, d) => member(on.url, d, { rounds: 3 })), badMember(on.url, 6, 3, corrupt)]);
      await until('three rounds', () => hub.aggregator.counts().round === 3);
      assert.equal(hub.models, models);
      if (rules.trust === false && !('trim' in rules)) assert.equal(new Set(aside), new Set(['d6']));
      if (rules.trust) assert.equal(aside, []);
      await hub.aggregator.close();
      await ends([hub.client, ...members.map(({ client }) => client)]);
      await on.stop();
    });
  }
}

everywhere('who is expelled is out of the open round, too; a history counts by time, not by number', async () => {
  const learner = await createLearner(SHAPE);
  const round = new Round(0, { ...learner.config, labels: learner.labels }, learner.parameters(), { mostExamples: 1e6, step: 512, trust: false, clip: 1.5 });
  const alone = new Round(0, { ...learner.config, labels: learner.labels }, learner.parameters(), { mostExamples: 1e6, step: 512, trust: false, clip: 1.5 });
  for (const d of [0, 1]) {
    const own = await learnerOf(d);
    own.setParameters(learner.parameters());
    const samples = lesson(d, 0);
    for (const { x, y } of samples) own.learn(x, y);
    const update = encodeMessage({ kind: 'update', architecture: own.architecture, round: 0, examples: samples.length, sequence: 0, body: own.parameters() });
    assert.is(round.add(`d${d}`, update), 'taken');
    if (d === 0) assert.is(alone.add('d0', update), 'taken');
  }
  round.drop('d1');
  round.drop('nobody');
  assert.equal([...round.devices], [...alone.devices]);
  assert.is(round.examples, alone.examples);
  assert.equal(round.end().parameters, alone.end().parameters);

  const folder = mkdtempSync(join(tmpdir(), 'onward-history-'));
  const history = new FileHistory(folder);
  for (let k = 0; k < 101; k++) await history.keep(500 + k, learner.save());
  assert.is((await history.rounds()).length, 100);
  await history.keep(0, learner.save()); // another model begins in the same folder
  const rounds = await history.rounds();
  assert.is(rounds.length, 100);
  assert.ok(rounds.includes(0) && !rounds.includes(501) && rounds.includes(600));
  rmSync(folder, { recursive: true });
});

everywhere.run();

const site = suite('fleet operated', ...MOSQUITTO);
let broker: Broker;
const clients: Client[] = [];
site.before(buildCli);
site.beforeEach(async () => void (broker = await Broker.start()));
site.afterEach(async () => {
  await ends(clients.splice(0));
  await broker.stop();
});

site('a device whose clock is an hour behind, or in 1970, contributes; and one that comes when the round is half over', async () => {
  const now = Date.now;
  try {
    for (const clock of [() => now() - 3_600_000, () => 0, () => now() + 3_600_000]) {
      const hub = await aggregate(broker.url, { minDevices: 1, seconds: 3, fleet: 'late' });
      clients.push(hub.client);
      const heard: number[] = [];
      hub.client.on('message', (topic) => void (topic.endsWith('/update') && heard.push(performance.now())));
      const began = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      Date.now = clock; // of the device: it says so from its birth on
      const late = await member(broker.url, 1, { rounds: 1, fleet: 'late', onLesson: () => {} });
      clients.push(late.client);
      await until('its update, in the last fifth of the round', () => heard.length === 1, 6);
      assert.ok(heard[0]! - began < 3200, `after ${heard[0]! - began} ms`);
      await until('the round', () => hub.aggregator.counts().round >= 1, 6);
      late.device.close();
      await hub.aggregator.close();
      Date.now = now;
      for (const topic of [topicsOf('late').round, topicsOf('late').model, topicsOf('late').status('d1')]) await hub.client.publishAsync(topic, '', { retain: true, qos: 1 });
      await ends(clients.splice(0));
    }
  } finally {
    Date.now = now;
  }
});

site('names of devices that are not there are forgotten, and hold up no round for long', async () => {
  const members = new Members();
  for (let k = 0; k < 30_000; k++) members.hear(`ghost-${k}`, { online: true, boot: 1, rank: 1 });
  assert.ok(members.all().length <= 10_000);
  for (let k = 0; k < 30_000; k++) members.hear(`ghost-${k}`, { online: false, boot: 1, rank: 1 });
  assert.is(members.all().length, 0);
  for (let k = 0; k < 5; k++) members.hear(`ghost-${k}`, { online: true, boot: 1, rank: 1 });
  for (let round = 0; round < 3; round++) members.ended(round, []);
  assert.equal([...members.awaited()], []);
  for (let round = 3; round < 30; round++) members.ended(round, []);
  assert.is(members.all().length, 0);

  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 0.3 });
  clients.push(hub.client);
  for (let k = 0; k < 20; k++) broker.publish(topics.status(`ghost-${k}`), ['{"online":true,"boot":5}'], '-r');
  const real = await Promise.all([0, 1].map((d) => member(broker.url, d, { rounds: 60 })));
  clients.push(...real.map(({ client }) => client));
  await until('sixty rounds, all but a few of them at once', () => hub.aggregator.counts().round >= 60, 20);
  assert.is(hub.aggregator.counts().online, 2);
  await hub.aggregator.close();
});

site('an error in the middle of a round reaches onError', async () => {
  const store = new MemoryStore();
  const errors: string[] = [];
  const hub = await aggregate(broker.url, { minDevices: 1, onError: ({ message }) => void errors.push(message) }, store);
  clients.push(hub.client);
  hub.learner.setParameters = () => {
    throw new Error('no room');
  };
  const one = await member(broker.url, 0, { rounds: 1 });
  clients.push(one.client);
  await until('the error', () => errors.length === 1);
  assert.equal(errors, ['no room']);
});

site('an operator sees every device, rolls back, expels and readmits; what was decided outlives the aggregator', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-operator-'));
  const files = () => ({ history: new FileHistory(join(folder, 'history')), notes: new FileNotes(join(folder, 'operator.json')) });
  const store = new MemoryStore();
  const hub = await aggregate(broker.url, { minDevices: 2, ...files() }, store);
  const members = await Promise.all([0, 1, 2].map((d) => member(broker.url, d, { rounds: 100, onLesson: (device, round) => (round < 3 ? device.send() : undefined) })));
  clients.push(hub.client, ...members.map(({ client }) => client));
  await until('three rounds', () => hub.aggregator.counts().round >= 3 && members.every(({ device }) => device.counts().round >= 3));
  const run = async (...args: string[]) => {
    const { exit, said } = command(broker.url, ...args);
    return { code: (await exit)[0], ...said };
  };
  await until('what devices say of the model', () => hub.aggregator.standing().accuracy !== null);
  await new Promise((resolve) => setTimeout(resolve, 1100)); // it is published once a second
  const seen = JSON.parse((await run('watch', '--once', '--json', '--quiet')).out);
  assert.equal([...seen.devices.map(({ id }: { id: string }) => id)].sort(), ['d0', 'd1', 'd2']);
  assert.ok(seen.rounds.length >= 3 && seen.rounds[0].bytes > 2000 && seen.accuracy >= 0 && seen.history[0] === 0, JSON.stringify(seen));
  assert.match((await run('watch', '--once', '--quiet')).out, /fleet lab: round \d+, 3 online[^]*the newest model is right on [\d.]+ %[^]*d1/);

  const before = hub.aggregator.counts().round;
  assert.equal(await run('rollback', '1'), { code: 0, out: `round ${before + 1} begins with the model of round 1\n`, err: '' });
  await until('the model of round 1 again', () => members.every(({ device }) => device.counts().round === before + 1));
  assert.equal(hub.learner.parameters(), hub.models[1]);
  const wrong = await run('rollback', '77');
  assert.is(wrong.code, 1);
  assert.match(wrong.err, /there is no model of round 77; there are 0, 1, 2/);

  assert.is((await run('expel', 'd2')).code, 0);
  for (const { device } of members) device.send();
  await until('a round of two', () => hub.aggregator.counts().round === before + 2);
  await until('its refusal', () => hub.aggregator.counts().refused.expelled === 1);
  await hub.aggregator.close();
  const again = await aggregate(broker.url, { minDevices: 2, ...files() }, store);
  clients.push(again.client);
  assert.equal(again.aggregator.standing().expelled, ['d2']);
  assert.ok(again.aggregator.standing().history.includes(1));
  assert.is((await run('readmit', 'd2')).code, 0);
  assert.equal(again.aggregator.standing().expelled, []);
  await Promise.all([again.aggregator.expel('x1'), again.aggregator.expel('x2')]); // two decisions at once: both hold
  assert.equal(again.aggregator.standing().expelled, ['x1', 'x2']);
  await again.aggregator.close();
  rmSync(folder, { recursive: true });
});

site('canaries: a model that is worse on their last samples goes to nobody, one that is no worse to all', async () => {
  const said: string[] = [];
  const hub = await aggregate(broker.url, { minDevices: 3, seconds: 4, onOperator: (text) => void said.push(text) });
  clients.push(hub.client);
  await hub.aggregator.canary(['d0', 'd1']);
  const teach = (device: FleetDevice, random: number): void => {
    for (let k = 0; k < 60; k++) device.learn([6 * (k % 3), k % 3 === 1 ? 5 : 0, (k + random) % 2, 0, 0, 1], SHAPE.labels[k % 3]!);
  };
  let poison = false;
  const members = await Promise.all(
    [0, 1, 2].map((d) => member(broker.url, d, {
      rounds: 100,
      onLesson(device, round) {
        if (round > 4) return;
        if (poison && d === 2) for (let k = 0; k < 600; k++) device.learn([6 * (k % 3), k % 3 === 1 ? 5 : 0, k % 2, 0, 0, 1], SHAPE.labels[(k + 1) % 3]!);
        else teach(device, d);
        device.send();
      },
    })),
  );
  clients.push(...members.map(({ client }) => client));
  await until('two good rounds', () => hub.aggregator.counts().round >= 2, 30);
  assert.ok(hub.aggregator.standing().rounds.filter(({ model }) => model === 'mean').length >= 1, said.join());
  poison = true;
  await until('a round whose model is kept back', () => hub.aggregator.standing().rounds.some(({ model }) => model === 'kept'), 30);
  assert.match(said.join('\n'), /goes to nobody: \d+ of \d+ samples of 2 canaries right, \d+ with the model before it/);
  await hub.aggregator.close();
});

site('signed models: taken where the key fits; unsigned, forged, foreign and old ones are refused by name', async () => {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const other = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const sent: Buffer[] = [];
  const spy = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  clients.push(spy);
  spy.on('message', (_, payload) => void sent.push(payload));
  await spy.subscribeAsync(topics.model, { qos: 1 });
  const hub = await aggregate(broker.url, { minDevices: 1, signKey: privateKey });
  const refused: string[] = [];
  const device = async (d: number, key: PublicKey | undefined): Promise<{ device: FleetDevice; learner: Learner }> => {
    const client = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    clients.push(client);
    const learner = await learnerOf(d);
    return { learner, device: new FleetDevice(client, learner, { fleet: 'lab', id: `d${d}`, ...(key === undefined ? {} : { publicKey: key }), onRefused: (reason) => void refused.push(`d${d} ${reason}`) }) };
  };
  const [knows, trusts, doubts] = [await device(0, raw), await device(1, undefined), await device(2, other.publicKey)];
  clients.push(hub.client);
  await until('who may take it, and who may not', () => knows.device.counts().round === 0 && trusts.device.counts().round === 0 && refused.length > 0);
  assert.equal(refused, ['d2 forged']);
  assert.is(doubts.device.counts().models, 0);
  knows.device.learn([1, 2, 3, 4, 5, 6], 'a');
  knows.device.send();
  await until('the next model', () => knows.device.counts().round === 1);
  const old = sent[0]!;
  assert.equal(await verified(old, modelOf('other'), publicKey), 'forged');
  const changed = Buffer.from(sent.at(-1)!);
  changed[200]! ^= 1;
  refused.length = 0;
  const plain = encodeMessage({ kind: 'model', architecture: hub.learner.architecture, round: 9, examples: 0, sequence: 9, body: hub.learner.save() });
  for (const bytes of [old, changed, plain]) broker.publishBytes(topics.model, bytes);
  await until('three refusals', () => refused.filter((text) => text.startsWith('d0')).length === 3);
  assert.equal(refused.filter((text) => text.startsWith('d0')), ['d0 older', 'd0 forged', 'd0 unsigned']);
  assert.is(knows.device.counts().round, 1);
  await hub.aggregator.close();
});

site('the key of a fleet that is none is refused at once', async () => {
  const client = await connectMqtt(broker.url);
  clients.push(client);
  const learner = await createLearner(SHAPE);
  assert.throws(() => new FleetDevice(client, learner, { fleet: 'lab', id: 'd1', publicKey: new Uint8Array(31) }), RangeError);
  assert.throws(() => new FleetDevice(client, learner, { fleet: 'lab', id: 'd1', publicKey: 'key' as never }), TypeError);
  await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', notes: { load: async () => '{', save: async () => {} } }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /notes: not what an aggregator kept/));
});

site.run();
