// Models of Node-RED as members of a fleet: a real broker, the aggregator of the library, two models that know one label each.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMember } from '../../host/fleet/index.js';
import { decodeMember } from '../../host/fleet/member.js';
import { createLearner, loadLearner, type Learner } from '../../host/index.js';
import { Aggregator } from '../../host/fleet/index.js';
import { connectMqtt } from '../../host/sources/mqtt-client.js';
import { MemoryStore } from '../../host/stores/memory.js';
import { aggregate as aggregateLab, ends, until, type Client } from '../fleet-lab.js';
import { CLI, buildCli } from '../command.js';
import { Authority, OPENSSL, guarded } from '../fleet-site.js';
import { Broker, MOSQUITTO } from '../mosquitto.js';
import { assert, suite } from '../suite.js';
import { Flow, LEARN, LEARNER, type Message } from './flow.js';
import { NODE_RED, PACKAGE } from './installed.js';

const test = suite('a fleet node', NODE_RED, ...MOSQUITTO, OPENSSL);

let folder = '';
let flow: Flow | undefined;
let broker: Broker;
test.before(buildCli);
test.before(async () => void (broker = await Broker.start()));
test.after(() => broker.stop());
test.beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'onward-node-red-'))));
test.afterEach(async () => {
  await flow?.stop();
  flow = undefined;
  for (const hub of hubs.splice(0)) {
    await hub.aggregator.close();
    await ends([hub.client]);
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(...nodes: Message[]): Promise<Flow> {
  await flow?.stop();
  return (flow = await Flow.start(folder, ...nodes, { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(broker.port), protocolVersion: '4' }));
}

/** A model and its nodes, as the dialogs save them. */
function member(name: string, fleet: string, change: Message = {}): Message[] {
  return [
    { ...LEARNER, id: `model-${name}`, ...change },
    { ...LEARN, id: `learn-${name}`, model: `model-${name}` },
    { id: `fleet-${name}`, type: 'onward-fleet', model: `model-${name}`, broker: 'broker', fleet, device: name },
  ];
}

const badge = (id: string): string => flow!.badge(id).text;
const says = (id: string, pattern: RegExp): Promise<void> => until(`${id} to say ${pattern}`, () => pattern.test(badge(id)), 10).catch((error: Error) => assert.unreachable(`${error.message}; it says ${badge(id)}`));
/** What a learn node's model is at the moment. */
const parameters = async (name: string): Promise<Uint8Array> => (await loadLearner((await flow!.tell({ command: 'snapshot' }, `learn-${name}`)).message!['payload'])).parameters();

const hubs: Awaited<ReturnType<typeof aggregate>>[] = [];

async function aggregate(fleet: string, { seed = 1, minDevices = 2 } = {}): Promise<{ client: Client; aggregator: Aggregator; learner: Learner }> {
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const learner = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [8], drift: 'none', seed });
  const aggregator = await Aggregator.open(client, learner, new MemoryStore(), { fleet, examples: 10, minDevices, seconds: 60 });
  const hub = { client, aggregator, learner };
  hubs.push(hub);
  return hub;
}

/** What the folder of a model holds. */
function stored(name: string): Uint8Array {
  const folderOf = join(folder, `onward/model-${name}`);
  const newest = Math.max(...readdirSync(folderOf).map((file) => Number(/^learner\.(\d+)$/.exec(file)?.[1])).filter(Number.isInteger));
  return new Uint8Array(readFileSync(join(folderOf, `learner.${newest}`)));
}

const around = (label: string, i: number): number[] => [0, 1].map((k) => (label === 'a' ? -1 : 1) + 0.3 * Math.sin(7 * i + k));

test('two models that hear one label each become one, to the byte; a redeploy loses nothing that was not sent', async () => {
  const hub = await aggregate('pumps');
  await start(...member('one', 'pumps'), ...member('two', 'pumps'));
  const rounds: Message[] = [];
  flow!.node('fleet-one-first').on('input', (message) => rounds.push(message));
  for (const id of ['fleet-one', 'fleet-two']) await says(id, /^round 0 · 2 members · 0 updates sent$/);
  let i = 0;
  const teach = async (name: string, label: string, count: number): Promise<void> => {
    for (const end = i + count; i < end; i++) assert.is((await flow!.tell({ payload: around(label, i), label }, `learn-${name}`)).error, undefined);
  };
  for (let round = 1; round <= 3; round++) {
    await teach('one', 'a', 10);
    await teach('two', 'b', 10);
    for (const id of ['fleet-one', 'fleet-two']) await says(id, new RegExp(`^round ${round} · 2 members · ${round} updates sent$`));
  }
  for (const name of ['one', 'two']) assert.equal(await parameters(name), hub.learner.parameters());
  assert.equal(rounds.map(({ topic, payload }) => [topic, payload.round]), [['pumps', 0], ['pumps', 1], ['pumps', 2], ['pumps', 3]].slice(-rounds.length));
  assert.ok(rounds.length >= 3);

  // four that no update has carried; then a restart, and the rest of the round
  await teach('one', 'a', 4);
  await start(...member('one', 'pumps'), ...member('two', 'pumps'));
  const bytes = stored('one');
  assert.equal([isMember(bytes), decodeMember(bytes).own, decodeMember(bytes).round], [true, 4, 3]);
  await says('fleet-one', /^round 3 ·/);
  await teach('one', 'a', 6);
  await teach('two', 'b', 10);
  await says('fleet-one', /^round 4 ·/);
  assert.is((await flow!.tell({ command: 'stats' }, 'learn-one')).message!['payload'].seen, 40);

  // without a broker all goes on; with one the fleet does
  await broker.kill();
  await says('fleet-one', /ECONNREFUSED|^no connection to 127/);
  await teach('one', 'a', 1);
  await broker.run();
  await says('fleet-one', /^round 4 ·/);

  assert.match((await flow!.tell({ payload: [1, 1], label: 'c' }, 'learn-one')).error!.message, /'c' is none of the fleet's: a, b/);
  assert.match((await flow!.tell({ command: 'forget', label: 'a' }, 'learn-one')).error!.message, /take the fleet node away/);
  await flow!.tell({ command: 'reset' }, 'learn-one');
  await says('fleet-one', /^round 4 · 2 members · 0 updates/);
  assert.equal(await parameters('one'), hub.learner.parameters());
});

async function teach(name: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const label = i % 2 ? 'a' : 'b';
    assert.is((await flow!.tell({ payload: around(label, i), label }, `learn-${name}`)).error, undefined);
  }
}

/** What no update has carried, as the folder has it. */
const unsent = (name: string): [boolean, number] => [isMember(stored(name)), decodeMember(stored(name)).own];
const end = async (): Promise<void> => {
  await flow?.stop();
  flow = undefined;
};

test('what was learned and not sent stays so where the node cannot connect, is disabled or is not there, and is lost to a reset alone', async () => {
  const hub = await aggregate('alone', { minDevices: 1 });
  const nodes = member('m', 'alone');
  const [model, learn, node] = nodes as [Message, Message, Message];
  await start(...nodes);
  await says('fleet-m', /^round 0 ·/);
  await teach('m', 12);
  await says('fleet-m', /^round 1 ·/);
  await teach('m', 3);
  await start(model, learn, { ...node, broker: 'nowhere' });
  await says('fleet-m', /^there is no broker/);
  await teach('m', 2);
  await end();
  assert.equal(unsent('m'), [true, 7]);
  await start(model, learn);
  await teach('m', 1);
  await end();
  assert.equal(unsent('m'), [true, 8]);
  await start(...nodes);
  await says('fleet-m', /^round 1 ·/);
  assert.not.equal(await parameters('m'), hub.learner.parameters());
  await teach('m', 2);
  await says('fleet-m', /^round 2 ·/);
  assert.equal([await parameters('m'), (await flow!.tell({ command: 'stats' }, 'learn-m')).message!['payload'].seen], [hub.learner.parameters(), 20]);

  // without the node: a reset, and what comes after it is nobody's
  await start(model, learn);
  await flow!.tell({ command: 'reset' }, 'learn-m');
  await teach('m', 3);
  assert.equal([(await flow!.tell({ command: 'save' }, 'learn-m')).error, isMember(stored('m'))], [undefined, false]);
  await start(...nodes);
  await says('fleet-m', /^round 2 ·/);
  assert.equal(await parameters('m'), hub.learner.parameters());

  // taken away: what it has is sent first
  await teach('m', 4);
  await (flow!.node('fleet-m') as unknown as { close(removed: boolean): Promise<void> }).close(true);
  await end();
  assert.equal([unsent('m'), decodeMember(stored('m')).sent], [[true, 0], 4]);
  await until('the update', () => hub.aggregator.counts().round === 3);
});

test('in another fleet it is a new member, though the round be the same', async () => {
  await aggregate('first', { minDevices: 1 });
  const other = await aggregate('second', { seed: 2, minDevices: 1 });
  await start(...member('m', 'first'));
  await says('fleet-m', /^round 0 ·/);
  await teach('m', 4);
  await start(...member('m', 'second'));
  await says('fleet-m', /^round 0 ·/);
  assert.equal(await parameters('m'), other.learner.parameters());
});

test('a reset does not wait for a broker that hangs', async () => {
  const hub = await aggregate('hung', { minDevices: 1 });
  await start(...member('m', 'hung'));
  await says('fleet-m', /^round 0 ·/);
  await teach('m', 4);
  await broker.pausedDuring(async () => {
    assert.is((await flow!.tell({ command: 'reset' }, 'learn-m')).message!['payload'].seen, 0);
    await says('fleet-m', /^waiting for the model/);
  });
  await says('fleet-m', /^round 0 ·/);
  assert.equal(await parameters('m'), hub.learner.parameters());
  await teach('m', 10);
  await says('fleet-m', /^round 1 ·/);
});

test('a node that was refused tries again after the reset that its badge asks for', async () => {
  await aggregate('again', { minDevices: 1 });
  await start(...member('m', 'again', { exemplars: 200 }).slice(0, 2));
  await teach('m', 1);
  await start(...member('m', 'again'));
  await says('fleet-m', /^the stored learner has exemplars 200/);
  await flow!.tell({ command: 'reset' }, 'learn-m');
  await says('fleet-m', /^round 0 ·/);
});

test('of two nodes with one name the first says that it has lost its place, and a broker node of MQTT 3.1 is spoken to in 3.1.1', async () => {
  await aggregate('twins', { minDevices: 1 });
  const second = member('b', 'twins').map((node) => (node['type'] === 'onward-fleet' ? { ...node, device: 'a' } : node));
  await flow?.stop();
  flow = await Flow.start(folder, ...member('a', 'twins'), ...second, { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(broker.port), protocolVersion: '3' });
  const lost = (): boolean[] => ['fleet-a', 'fleet-b'].map((id) => /^another device has connected as 'a'/.test(badge(id)) && flow!.badge(id).fill === 'red');
  const well = (): boolean[] => ['fleet-a', 'fleet-b'].map((id) => /^round 0 ·/.test(badge(id)));
  await until('one to give way', () => lost().filter(Boolean).length === 1 && well().filter(Boolean).length === 1);
});

test('the shipped example is a member of the fleet that the documented command makes', async () => {
  const example: Message[] = JSON.parse(readFileSync(`${PACKAGE}examples/A member of a fleet.json`, 'utf8'));
  const [model, node] = ['onward-model', 'onward-fleet'].map((type) => example.find((each) => each['type'] === type)!);
  const documented = /npx onward (fleet aggregate .*)/.exec(readFileSync(`${PACKAGE}../docs/node-red.md`, 'utf8'))![1]!.split(' ');
  const child = spawn(process.execPath, [CLI, ...documented.map((word) => word.replace('mqtt://localhost', broker.url))], { cwd: folder, stdio: 'ignore' });
  try {
    await start(model!, { ...node, broker: 'broker' });
    await says(node!['id'], /^round 0 · 1 member · 0 updates sent$/);
  } finally {
    child.kill();
    await once(child, 'close');
  }
});

test('TLS is that of the broker node: a certificate of the member lets it in, a broker of an unknown authority is refused', async () => {
  const authority = new Authority();
  const { broker: guard, url } = await guarded(authority);
  const { client, aggregator } = await aggregateLab(url, { tls: authority.credentials('member', 'aggregator') });
  const tls = { id: 'tls', type: 'tls-config', ...authority.files('member', 'd0'), verifyservercert: true };
  const secure = { id: 'secure', type: 'mqtt-broker', broker: url, usetls: true, tls: 'tls', protocolVersion: '4' };
  const nodes = member('d0', 'lab', { inputCount: '6', labels: 'a, b, c', units: '16, 12' }).map((node) => (node['type'] === 'onward-fleet' ? { ...node, broker: 'secure' } : node));
  try {
    await start(...nodes, tls, secure);
    await says('fleet-d0', /^round 0 ·/);
    await start(...nodes, { ...tls, ca: '' }, secure);
    await says('fleet-d0', /certificate|issuer/);
  } finally {
    await flow?.stop();
    flow = undefined;
    await aggregator.close();
    await ends([client]);
    await guard.stop();
    authority.remove();
  }
});

test('what cannot be a member says so', async () => {
  await aggregate('fans');
  const cases: [Message[], RegExp, string?][] = [
    [member('m', 'fans', { exemplars: 200 }), /^Memory: the model keeps 200 samples, and a member/],
    [member('m', 'fa/ns'), /^fleet: got 'fa\/ns'; expected 1 to 64 letters/],
    [member('', 'fans'), /^id: got ''; expected 1 to 64/],
    [member('m', 'fans', { kind: 'detector' }), /^the model is a detector, this node takes a learner/],
    [member('m', 'fans', { labels: 'a, bad' }), /^another shape or labels than fleet fans has \(label/],
    [[...member('m', 'fans'), { ...member('m', 'fans')[2], id: 'fleet-n', device: 'n' }], /^the model is a member of a fleet already/, 'fleet-n'],
  ];
  for (const [i, [nodes, why, id]] of cases.entries()) {
    await start(...nodes.map((node) => (node['type'] === 'onward-model' ? { ...node, store: `case-${i}` } : node)));
    await says(id ?? nodes.find(({ type }) => type === 'onward-fleet')!['id'], why);
  }
  await start({ ...member('m', 'fans')[0] }, { id: 'fleet-m', type: 'onward-fleet', model: 'model-m', broker: '', fleet: 'fans', device: 'm' });
  await says('fleet-m', /^there is no broker: choose one/);
});

test.run();
