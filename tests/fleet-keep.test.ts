// What a device has learned and not sent survives its death, and nothing is counted twice.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetDevice, connectDevice, learnerIn, memberAlone } from '../host/fleet/index.js';
import { decodeMember } from '../host/fleet/member.js';
import { crc32 } from '../host/checksum.js';
import { createLearner, loadLearner } from '../host/index.js';
import { FileStore } from '../host/stores/file.js';
import { MemoryStore } from '../host/stores/memory.js';
import { CLI, buildCli } from './command.js';
import { SHAPE, aggregate, ends, learnerOf, lesson, member, topics, until, type Client } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

const test = suite('fleet devices that are kept', ...MOSQUITTO);
let broker: Broker;
const clients: Client[] = [];
test.before(buildCli);
test.beforeEach(async () => void (broker = await Broker.start()));
test.afterEach(async () => {
  await ends(clients.splice(0));
  await broker.stop();
});

const samples = Array.from({ length: 6 }, (_, round) => lesson(3, round)).flat();

/** `onward fleet device` with samples on standard input. */
function start(folder: string) {
  const args = [CLI, 'fleet', 'device', '--broker', broker.url, '--fleet', 'lab', '--id', 'd3', '--source', '-', '--store', folder, '--save-every', '1'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const exit = once(child, 'close');
  return {
    said,
    learn: (from: number, to: number): void => samples.slice(from, to).forEach(({ x, y }) => void child.stdin.write(`${JSON.stringify({ x: [...x], y })}\n`)),
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await exit;
    },
    async end(): Promise<void> {
      child.stdin.end();
      assert.equal(await exit, [0, null], said.err);
    },
  };
}

/** Samples learned, as the newest save has it. */
async function keptSamples(folder: string): Promise<{ own: number; sent: number } | undefined> {
  if (readdirSync(folder).length === 0) return undefined;
  const store = await FileStore.open(join(folder, 'member'), { lock: false });
  const kept = await store.load();
  await store.close();
  if (kept === undefined) return undefined;
  const { own, sent } = decodeMember(kept.snapshot);
  return { own, sent };
}

async function untilKept(folder: string, own: number, sent: number): Promise<void> {
  for (let k = 0; k < 400; k++) {
    const kept = await keptSamples(folder);
    if (kept?.own === own && kept.sent === sent) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${own} own samples and ${sent} sent were not kept: ${JSON.stringify(await keptSamples(folder))}`);
}

test('kill -9 twice: the fleet gets the bytes of a device that was never killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-member-'));
  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 300, examples: 10 });
  const other = await member(broker.url, 0, { rounds: 0 });
  clients.push(hub.client, other.client);
  const updates: Buffer[] = [];
  hub.client.on('message', (topic, payload) => void (topic === topics.update('d3') && updates.push(payload)));

  // learned, kept, killed before it was sent
  const first = start(folder);
  await until('the model', () => first.said.err.includes('the model of round 0'));
  first.learn(0, 7);
  await untilKept(folder, 7, 0);
  await first.kill();
  // sent, then killed; three more are its own
  const second = start(folder);
  await until('what it knows', () => second.said.err.includes('7 samples learned before'));
  second.learn(7, 10);
  await until('its update', () => updates.length === 1);
  second.learn(10, 13);
  await untilKept(folder, 3, 10);
  await second.kill();
  assert.is(hub.aggregator.counts().taken, 1);
  // the round is still open: the same update again, and no other
  const third = start(folder);
  await until('its update again', () => updates.length === 2);
  assert.equal(updates[1], updates[0]);
  await until('that it is refused', () => hub.aggregator.counts().refused.repeated === 1);
  other.device.learn(lesson(0, 0)[0]!.x, 'a');
  other.device.send();
  await until('the next model', () => third.said.err.includes('the model of round 1'));
  third.learn(13, 18);
  await third.end(); // sends what it has
  await until('its second update', () => updates.length === 3);

  // the same life without a death
  const quiet = new MemoryStore();
  const client = await connectDevice(broker.url, { fleet: 'alone', id: 'd3' });
  const again = await aggregate(broker.url, { fleet: 'alone', minDevices: 2, seconds: 300, examples: 10 });
  const sent: Buffer[] = [];
  again.client.on('message', (topic, payload) => void (topic.endsWith('/update') && topic.includes('d3') && sent.push(payload)));
  const rest = await member(broker.url, 0, { fleet: 'alone', rounds: 0 });
  clients.push(client, again.client, rest.client);
  const device = new FleetDevice(client, await createLearner({ ...SHAPE, seed: crc32(new TextEncoder().encode('d3')) }), { fleet: 'alone', id: 'd3', store: quiet });
  await until('its model', () => device.counts().round === 0 && rest.device.counts().round === 0);
  for (const { x, y } of samples.slice(0, 10)) device.learn(x, y);
  await until('its update', () => sent.length === 1);
  for (const { x, y } of samples.slice(10, 13)) device.learn(x, y);
  rest.device.learn(lesson(0, 0)[0]!.x, 'a');
  rest.device.send();
  await until('its next model', () => device.counts().round === 1);
  for (const { x, y } of samples.slice(13, 18)) device.learn(x, y);
  device.send();
  await until('its second update', () => sent.length === 2);
  assert.equal([updates[0], updates[2]], sent);
  await hub.aggregator.close();
  await again.aggregator.close();
  device.close();
  rmSync(folder, { recursive: true });
});

test('an update is on disk before the broker has it, whenever death comes', async () => {
  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 300 });
  const updates: Buffer[] = [];
  hub.client.on('message', (topic, payload) => void (topic === topics.update('d3') && updates.push(payload)));
  const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd3', reconnectPeriod: 0 });
  clients.push(hub.client, client);
  let release!: () => void;
  const disk: Uint8Array[] = [];
  const store = { save: async (bytes: Uint8Array) => (await new Promise<void>((resolve) => (release = resolve)), disk.push(bytes)) };
  const device = new FleetDevice(client, await learnerOf(3), { fleet: 'lab', id: 'd3', store });
  await until('the model', () => device.counts().round === 0);
  for (const { x, y } of samples.slice(0, 5)) device.learn(x, y);
  const before = device.save();
  assert.is(decodeMember(before).own, 5);
  device.send();
  const during = device.save(); // an autosave that comes while that is written must not undo it
  await client.publishAsync(topics.observations('d3'), 'time goes by', { qos: 1 });
  assert.is(updates.length, 0);
  release();
  await until('the update', () => updates.length === 1);
  assert.equal(disk[0], during);
  device.close();
  await client.endAsync(true);

  // death before it was kept: it is sent, once; death after: the same bytes again, which the round knows
  for (const [bytes, refused] of [[disk[0]!, { repeated: 1 }], [before, { repeated: 2 }]] as const) {
    const next = await connectDevice(broker.url, { fleet: 'lab', id: 'd3' });
    clients.push(next);
    const restored = await FleetDevice.restore(next, bytes, { fleet: 'lab', id: 'd3' });
    assert.is(restored.learner.seen, 5);
    assert.equal(restored.save(), bytes);
    // one that has learned on since it was loaded from these bytes has that as its own, too
    const gone = await loadLearner(learnerIn(bytes));
    gone.learn(samples[5]!.x, samples[5]!.y);
    const taken = await FleetDevice.restore(next, bytes, { fleet: 'lab', id: 'd3' }, gone);
    taken.close();
    assert.equal([taken.learner === gone, decodeMember(taken.save()).own, learnerIn(gone.save())], [true, decodeMember(bytes).own + 1, gone.save()]);
    // without a device: the same bytes as with one; in another fleet nothing is known of it; and no other learner is the one of these bytes
    assert.equal(memberAlone(bytes, gone.save(), 1), taken.save());
    const elsewhere = await FleetDevice.restore(next, bytes, { fleet: 'elsewhere', id: 'd3' }, gone);
    elsewhere.close();
    assert.equal([decodeMember(elsewhere.save()).fleet, decodeMember(elsewhere.save()).mark.length, elsewhere.counts().round], ['elsewhere', 0, -1]);
    const other = await learnerOf(4);
    if (bytes === disk[0]) assert.match(await FleetDevice.restore(next, bytes, { fleet: 'lab', id: 'd3' }, other).then(String, String), /learner: it has seen 0 samples, and the fleet had 5 of it/);
    await until('a connection', () => next.connected);
    if (bytes === before) restored.send();
    await until('what the aggregator says', () => hub.aggregator.counts().refused.repeated === refused.repeated);
    assert.equal(updates.at(-1), updates[0]);
    restored.close();
    await next.endAsync(true);
  }
  assert.is(hub.aggregator.counts().taken, 1);
  await hub.aggregator.close();
});

test('a disk that is full: nothing is sent, and what was learned goes with the next round', async () => {
  const hub = await aggregate(broker.url, { minDevices: 1, seconds: 300 });
  const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd3' });
  const other = await member(broker.url, 0, { rounds: 1 });
  clients.push(hub.client, client, other.client);
  let full = true;
  const told: string[] = [];
  const store = { save: async () => (full ? Promise.reject(new Error('no room')) : 1) };
  const device = new FleetDevice(client, await learnerOf(3), { fleet: 'lab', id: 'd3', store, onError: ({ message }) => void told.push(message) });
  await until('the model', () => device.counts().round >= 0);
  const { round } = device.counts();
  for (const { x, y } of samples.slice(0, 5)) device.learn(x, y);
  device.send();
  await until('the error', () => told.length === 1);
  assert.equal([device.counts().updates, decodeMember(device.save()).own, decodeMember(device.save()).sent], [0, 5, 0]);
  full = false;
  const { learner } = hub;
  // a second aggregator's word for the next round stands in for a round that ends without this device
  const { encodeMessage } = await import('../host/fleet/message.js');
  await hub.aggregator.close();
  await hub.client.publishAsync(topics.model, Buffer.from(encodeMessage({ kind: 'model', architecture: learner.architecture, round: round + 1, examples: 0, sequence: 0, body: learner.save() })), { qos: 1, retain: true });
  await until('the next model', () => device.counts().round === round + 1);
  device.send();
  await until('its update, which waits for a word of that round', () => device.counts().stranded === 5);
  assert.is(device.counts().updates, 0);
  assert.equal(decodeMember(device.save()).sent, 5);
  device.close();
});

test('bytes that no device saved are refused, with what to do', async () => {
  const client = await connectDevice(broker.url, { fleet: 'lab', id: 'd3' });
  clients.push(client);
  const device = new FleetDevice(client, await learnerOf(3), { fleet: 'lab', id: 'd3' });
  const good = device.save();
  const store = new MemoryStore();
  await store.save(good);
  for (const at of [0, 4, 20, 33, 36, 60, good.length - 1]) {
    const bad = good.slice();
    bad[at]! ^= 1;
    await FleetDevice.restore(client, bad, { fleet: 'lab', id: 'd3' }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /use an earlier/));
    await store.save(bad).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /could not be loaded/));
  }
  device.close();
});

test.run();
