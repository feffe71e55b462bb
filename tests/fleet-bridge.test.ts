// A site whose Mosquitto is bridged to NATS, by the files of docs/fleet/: devices there, the aggregator here, and the bytes of the central computation.

import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator, FleetDevice, connectDevice } from '../host/fleet/index.js';
import { createLearner } from '../host/index.js';
import { connectMqtt } from '../host/sources/mqtt.js';
import { MemoryStore } from '../host/stores/memory.js';
import { NATS, NatsBroker } from './brokers.js';
import { ROUNDS, SHAPE, aggregate, central, ends, lesson, member, topics, until, type Client } from './fleet-lab.js';
import { example } from './fleet-site.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

const test = suite('fleet across a bridge', ...MOSQUITTO, NATS);
let nats: NatsBroker;
const sites: Broker[] = [];
const clients: Client[] = [];
test.beforeEach(async () => void (nats = await NatsBroker.start()));
test.afterEach(async () => {
  await ends(clients.splice(0));
  for (const site of sites.splice(0)) await site.stop();
  await nats.stop();
});

async function site(name: string): Promise<Broker> {
  const bridge = example('bridge.conf', { 'nats.example:1883': nats.url.replace('mqtt://', ''), 'site-1': name });
  const broker = await Broker.start(() => ['allow_anonymous true', bridge]);
  sites.push(broker);
  return broker;
}

test('two sites, one fleet: four rounds, and who comes late to a site is in it when a round is announced next', async () => {
  const models = await central(4, ROUNDS);
  const hub = await aggregate(nats.url, { minDevices: 4, seconds: 3 });
  const [first, second] = [await site('site-1'), await site('site-2')];
  const members = await Promise.all([0, 1, 2, 3].map((d) => member((d < 2 ? first : second).url, d)));
  clients.push(hub.client, ...members.map(({ client }) => client));
  await until('four rounds', () => hub.aggregator.counts().round === ROUNDS, 30);
  assert.equal(hub.models, models);
  await until('the last model on both sites', () => members.every(({ device }) => device.counts().round === ROUNDS));
  for (const { device } of members) assert.equal(device.learner.parameters(), models[ROUNDS]);
  assert.is(hub.aggregator.counts().online, 4);
  // MQTT 3.1.1 retains nothing of what comes over a bridge: the word is said again after `seconds`, since nobody sends any more
  const late = await member(second.url, 4, { rounds: ROUNDS + 1 });
  clients.push(late.client);
  await until('its update', () => hub.aggregator.counts().taken === 4 * ROUNDS + 1);
  // a device that dies behind the bridge is known to be gone
  members[0]!.client.options.reconnectPeriod = 0;
  members[0]!.client.stream.destroy();
  await until('its will', () => hub.aggregator.counts().online === 4);
  await hub.aggregator.close();
});

test('the line to NATS breaks in mid-round and comes back: what was sent meanwhile arrives, with the same bytes', async () => {
  const models = await central(3, 3);
  const hub = await aggregate(nats.url, { minDevices: 3, seconds: 60 });
  const { url } = await site('site-1');
  const held: (() => void)[] = [];
  const members = await Promise.all([0, 1, 2].map((d) => member(url, d, { rounds: 3, onLesson: (device, round) => (d > 0 && round === 1 ? void held.push(() => device.send()) : device.send()) })));
  clients.push(hub.client, ...members.map(({ client }) => client));
  await until('one of three has sent', () => held.length === 2 && hub.aggregator.counts().taken === 4);
  await nats.kill();
  for (const send of held) send(); // to the site's broker, which is there
  await nats.run();
  await until('three rounds', () => hub.aggregator.counts().round === 3, 40);
  assert.equal(hub.models, models);
  const { refused } = hub.aggregator.counts();
  assert.ok(Object.keys(refused).every((reason) => reason === 'stale' || reason === 'repeated'), JSON.stringify(refused));
  await hub.aggregator.close();
});

test('sums under masks over two sites, and prototypes: all that devices and aggregator tell each other gets through', async () => {
  const masked = { ...SHAPE, inputScale: 0.5 };
  const client = await connectMqtt(nats.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const [first, second] = [await site('site-1'), await site('site-2')];
  const rounds: number[] = [];
  const learner = await createLearner(masked);
  const base = learner.parameters();
  const hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, seconds: 3, minDevices: 4, onRound: ({ devices }) => void rounds.push(devices) });
  const judge = new ExactAverage({ ...learner.config, labels: learner.labels }, base, 512);
  clients.push(client);
  await Promise.all([0, 1, 2, 3].map(async (d) => {
    const own = await connectDevice((d < 2 ? first : second).url, { fleet: 'lab', id: `d${d}` });
    clients.push(own);
    const device = new FleetDevice(own, await createLearner({ ...masked, seed: d }), { fleet: 'lab', id: `d${d}`, masks: true });
    await device.ready();
    for (const { x, y } of lesson(d, 0)) device.learn(x, y);
    judge.add(device.learner.parameters(), lesson(d, 0).length);
    device.send();
  }));
  await until('the sum', () => rounds.length === 1);
  assert.equal(rounds, [4]);
  assert.equal(learner.parameters(), judge.result());
  await hub.close();
  const site1 = await connectMqtt(first.url, { protocolVersion: 4 });
  clients.push(site1);
  const heard: string[] = [];
  for (const each of [client, site1]) each.on('message', (topic) => void heard.push(topic));
  await client.subscribeAsync(topics.prototypesOf('+'), { qos: 1 });
  await site1.subscribeAsync(topics.prototypes, { qos: 1 });
  await site1.publishAsync(topics.prototypesOf('d1'), 'x', { qos: 1 });
  await client.publishAsync(topics.prototypes, 'x', { qos: 1 });
  await until('prototypes both ways', () => heard.includes(topics.prototypesOf('d1')) && heard.includes(topics.prototypes));
});

test('what a site does not pass on: observations, models of its own, and anything that is no topic of a fleet', async () => {
  const { url } = await site('site-1');
  const [above, below] = [await connectMqtt(nats.url, { protocolVersion: 4 }), await connectMqtt(url, { protocolVersion: 4 })];
  clients.push(above, below);
  const heard: string[] = [];
  above.on('message', (topic) => void heard.push(topic));
  await above.subscribeAsync(['onward/#', 'plant/#'], { qos: 1 });
  for (const topic of [topics.observations('d1'), topics.model, 'plant/temperature', topics.update('d1')]) await below.publishAsync(topic, 'x', { qos: 1 });
  await until('the update', () => heard.includes(topics.update('d1')));
  assert.equal(heard, [topics.update('d1')]);
});

test.run();
