// A real Mosquitto: samples from topics, hostile payloads, a broker that vanishes and returns, a learner that is killed and goes on.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PendingLabels, createLearner } from '../host/index.js';
import { createRegressor } from '../host/regressor/index.js';
import { MqttSink } from '../host/sinks/mqtt.js';
import { MqttSource, connectMqtt, type MqttSourceOptions } from '../host/sources/mqtt.js';
import type { Sample } from '../host/sources/sample.js';
import { buildCli } from './command.js';
import { LABELS, NO_MEMORY, Service, linesOf, stored, storedLearner, storedNumbers, uninterrupted } from './live.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { assert, needs, suite } from './suite.js';

type Client = Awaited<ReturnType<typeof connectMqtt>>;

const HOSTILE: [string, string | Uint8Array][] = [
  ['deep', '['.repeat(60_000)],
  ['deep object', '{"x":'.repeat(12_000)],
  ['not JSON', 'temperature 21'],
  ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
  ['an array', '[1,2,3,4,5,6]'],
  ['null', 'null'],
  ['__proto__ as a sample', '{"__proto__":{"polluted":1,"x":[1,2,3,4,5,6],"y":"a"}}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":1}},"y":"a"}'],
  ['short', '{"x":[1,2],"y":"a"}'],
  ['long', `{"x":[${'1,'.repeat(9000)}1],"y":"a"}`],
  ['text in it', '{"x":[1,2,3,4,5,"six"],"y":"a"}'],
  ['a label that is an object', '{"x":[1,2,3,4,5,6],"y":{"toString":1}}'],
  ['an id that is an object', '{"x":[1,2,3,4,5,6],"id":{}}'],
];
const HUGE = `{"x":[${'1,'.repeat(200_000)}1],"y":"a"}`;

const source = suite('MqttSource, MqttSink', ...MOSQUITTO);
let broker: Broker;
const clients: Client[] = [];

source.before(async () => void (broker = await Broker.start()));
source.after(async () => {
  for (const client of clients) await client.endAsync(true);
  await broker.stop();
});

async function listen(topics: string | string[], options: MqttSourceOptions = {}, connection: Parameters<typeof connectMqtt>[1] = {}) {
  const client = await connectMqtt(broker.url, connection);
  clients.push(client);
  const subscribed = new Promise((resolve) => client.on('packetreceive', ({ cmd }) => cmd === 'suback' && resolve(undefined)));
  const mqtt = new MqttSource(client, topics, options);
  await subscribed;
  return { client, mqtt };
}

async function take(mqtt: AsyncIterable<Sample>, n: number) {
  const out: { x: number[]; y?: string; group?: unknown; id?: string | number }[] = [];
  for await (const { x, ...rest } of mqtt) {
    out.push({ x: [...(x as Float64Array)], ...rest });
    if (out.length === n) break;
  }
  return out;
}

async function come(n: number, received: () => number): Promise<void> {
  for (let waited = 0; received() < n; waited += 10) {
    if (waited > 15_000) throw new Error(`${n} messages did not come, but ${received()}`);
    await sleep(10);
  }
}

source('objects, flat ones and several in a payload, from topics with wildcards', async () => {
  const { mqtt } = await listen('plant/+/vibration');
  broker.publishBytes('plant/1/vibration', '{"x":[1,2],"y":"ok","t":5}\n{"x":[3,null]}\n');
  broker.publishBytes('plant/2/vibration', '{"x":[4,5],"y":7}');
  assert.equal(await take(mqtt, 3), [
    { x: [1, 2], y: 'ok', t: 5, group: 'plant/1/vibration' },
    { x: [3, NaN], group: 'plant/1/vibration' },
    { x: [4, 5], y: '7', group: 'plant/2/vibration' },
  ]);
  const flat = await listen('flat');
  broker.publish('flat', ['{"temp":21,"fan":3,"y":"on"}', '{"fan":4,"temp":22}']);
  assert.equal((await take(flat.mqtt, 2)).map(({ x }) => x), [[21, 3], [22, 4]]);
});

source('labels on a second topic teach the samples that wait for them', async () => {
  const learner = await createLearner({ inputs: 2, labels: ['ok', 'worn'] });
  const pending = new PendingLabels(learner);
  const { mqtt } = await listen(['values', 'labels'], { onLabel: (id, label) => pending.resolve(id, label) });
  broker.publish('values', ['{"id":"p1","x":[1,2]}', '{"id":"p2","x":[3,4]}']);
  broker.publish('labels', ['{"id":"p2","y":"worn"}', '{"id":"p9","y":"ok"}']);
  broker.publish('values', ['{"id":"p3","x":[5,6]}']);
  for await (const { x, id } of mqtt) {
    pending.hold(id!, x);
    if (id === 'p3') break;
  }
  assert.equal(pending.counts(), { waiting: 2, resolved: 1, evicted: 0, duplicates: 0, unknown: 1 });
  const same = await createLearner({ inputs: 2, labels: ['ok', 'worn'] });
  same.learn([3, 4], 'worn');
  assert.equal(learner.save(), same.save());
});

source('a reader that is slower: the oldest are dropped and counted, the newest are there', async () => {
  const { mqtt } = await listen('fast', { queue: 10 });
  broker.publish('fast', Array.from({ length: 100 }, (_, i) => `{"x":[${i}]}`));
  await come(100, () => mqtt.counts().received);
  assert.equal(mqtt.counts(), { received: 100, dropped: 90, refused: 0, retained: 0, waiting: 10 });
  assert.equal((await take(mqtt, 10)).map(({ x }) => x[0]), [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
});

source('an aborted signal fails the iteration at once, close() ends it after what waits', async () => {
  const stop = new AbortController();
  const aborted = await listen('stop', { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 50);
  assert.is(await take(aborted.mqtt, 1).catch((error: Error) => error.message), 'enough');
  const closed = await listen('stop');
  broker.publish('stop', ['{"x":[1]}', '{"x":[2]}']);
  await come(2, () => closed.mqtt.counts().received);
  closed.mqtt.close();
  assert.is((await take(closed.mqtt, 99)).length, 2);
});

source('a topic of bare numbers, as many sensors publish them, and none of another topic', async () => {
  const refused: string[] = [];
  const { mqtt } = await listen('room/+', { onRefused: ({ message }) => refused.push(message) });
  broker.publish('room/temperature', ['online', 'open, wide', '21.5', '21.7', 'unavailable']);
  broker.publish('room/humidity', ['40']);
  broker.publish('room/temperature', ['22']);
  assert.equal((await take(mqtt, 4)).map(({ x }) => x.map(String)), [['21.5'], ['21.7'], ['NaN'], ['22']]);
  assert.equal(refused.map((each) => each.slice(0, 31)), ['the payload is not JSON, nor pl', 'the payload is not JSON, nor pl', 'the payload is no JSON object, ']);
  mqtt.close();
});

source('hostile payloads are refused one by one and leave no trace; prototypes stay as they were', async () => {
  const refused: string[] = [];
  const { mqtt } = await listen('hostile', { inputs: 6, onRefused: ({ message }) => refused.push(message) });
  for (const [, payload] of HOSTILE) broker.publishBytes('hostile', payload);
  broker.publish('hostile', linesOf(0, 1));
  const [sample, ...none] = await take(mqtt, 1);
  assert.equal([sample!.x.length, sample!.y, none.length], [6, 'a', 0]);
  assert.is(refused.length, HOSTILE.length, refused.join('\n'));
  assert.is(mqtt.counts().refused, HOSTILE.length);
  assert.is(({} as { polluted?: number }).polluted, undefined);
});

source('__proto__ is a field like others, and reads nothing that is not the object\'s own', async () => {
  const { mqtt } = await listen('proto');
  broker.publish('proto', ['{"__proto__":1,"toString":2}', '{"toString":4}']);
  assert.equal((await take(mqtt, 2)).map(({ x }) => x), [[1, 2], [NaN, 4]]);
});

source('a payload that is too large: with MQTT 5 it is not even sent, with 3.1.1 it is refused unread', async () => {
  const five = await listen('large');
  const four = await listen('large', {}, { protocolVersion: 4 });
  const middle = `{"x":[${'1,'.repeat(40_000)}1]}`; // over the limit of a payload, under that of a packet
  for (const payload of [HUGE, middle, '{"x":[1]}']) broker.publishBytes('large', payload);
  assert.is((await take(five.mqtt, 1)).length + (await take(four.mqtt, 1)).length, 2);
  assert.equal([five.mqtt.counts(), four.mqtt.counts()].map(({ received, refused }) => [received, refused]), [[2, 1], [3, 2]]);
});

source('what the broker kept from before is left out', async () => {
  broker.publishBytes('kept', '{"x":[1]}', '-r');
  const { mqtt } = await listen('kept', {}, { protocolVersion: 4 });
  await come(1, () => mqtt.counts().received);
  broker.publishBytes('kept', '{"x":[2]}');
  assert.equal((await take(mqtt, 1)).map(({ x }) => x), [[2]]);
  assert.is(mqtt.counts().retained, 1);
});

source('a sink on the source\'s own topics does not hear itself; without a broker it counts what is lost', async () => {
  const { client, mqtt } = await listen('both/#');
  const { mqtt: other } = await listen('both/out');
  const sink = new MqttSink(client, 'both/out');
  assert.ok(sink.write({ x: [1] }));
  assert.equal(await take(other, 1), [{ x: [1], group: 'both/out' }]);
  await sink.close();
  assert.is(mqtt.counts().received, 0);
  assert.equal(sink.counts(), { published: 1, dropped: 0, waiting: 0 });
  await client.endAsync(true);
  assert.not(sink.write({ x: [2] }));
  assert.is(sink.counts().dropped, 1);
  assert.throws(() => new MqttSink(client, 'a/#'), /expected one topic/);
});

source('a broker that is killed and comes back is heard again', async () => {
  const { mqtt } = await listen('back', {}, { reconnectPeriod: 100 });
  broker.publish('back', ['{"x":[1]}']);
  const seen: number[] = [];
  for await (const { x } of mqtt) {
    seen.push(x[0]!);
    if (seen.length === 2) break;
    await broker.kill();
    await sleep(150);
    await broker.run();
    for (const end = Date.now() + 20_000; mqtt.counts().received < 2 && Date.now() < end; await sleep(50)) broker.publish('back', ['{"x":[2]}']);
  }
  assert.equal(seen, [1, 2]);
});

source('wrong arguments are refused by name', async () => {
  assert.match(await connectMqtt('http://host').then(() => 'no error', (error: Error) => error.message), /^url: /);
  const { client } = await listen('x');
  assert.throws(() => new MqttSource(client, 'x', { queue: 0 }), /queue: got 0/);
  assert.throws(() => new MqttSource(client, [], {}), /topics: there are none/);
  assert.match(await take(new MqttSource(client, 'a#b'), 1).then(String, (error: Error) => error.message), /Invalid topic/);
});

source.run();

// ------------------------------------------------------------------ onward learn

const learn = suite('onward learn from MQTT', ...MOSQUITTO);
let folder = '';
let stores = 0;
const services: Service[] = [];

learn.before(async () => {
  broker = await Broker.start();
  folder = mkdtempSync(join(tmpdir(), 'onward-learn-'));
  await buildCli();
});
learn.after(async () => {
  for (const { process } of services) process.kill('SIGKILL');
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

const store = (): string => join(folder, `store${++stores}`);

async function start(topic: string, ...args: string[]): Promise<Service> {
  const service = new Service(['--source', `${broker.url}/${topic}`, '--labels', LABELS.join(','), '--inputs', '6', ...NO_MEMORY, ...args]);
  services.push(service);
  await service.said('listening'); // subscribed
  return service;
}

learn('mosquitto_pub lines in, predictions out: on stdout and on a topic', async () => {
  const heard = await broker.hear('line/out', 200);
  const place = store();
  const service = await start('line/#', '--store', place, '--publish', 'line/out');
  broker.publish('line/in', linesOf(0, 200));
  await service.predicted(200);
  assert.is(await service.end(), 0, service.err);
  const predictions = service.predictions;
  assert.equal(predictions.map(({ index }) => index), Array.from({ length: 200 }, (_, i) => i));
  assert.equal(predictions.map(({ y }) => y), Array.from({ length: 200 }, (_, i) => LABELS[i % 4]));
  for (const { label, y, correct, topic } of predictions) assert.equal([correct, topic], [label === y, 'line/in']);
  const right = predictions.slice(100).filter(({ correct }) => correct).length;
  assert.ok(right > 90, `${right} of the last 100 were right`);
  assert.equal(await stored(place), await uninterrupted(200));
  assert.equal(await heard.lines, service.lines);
});

learn('--target: numbers in, numbers with their intervals out; SIGTERM saves, and the next run goes on to the bytes of a program', async () => {
  const args = ['--source', `${broker.url}/boiler/#`, '--store', store(), '--target', 'power', '--lags', '2', '--units', '16', '--publish', 'boiler/out'];
  const program = await createRegressor({ inputs: 2, lags: 2, units: [16] });
  const known = (i: number): boolean => i % 9 !== 5;
  for (const [from, to] of [[0, 120], [120, 180]] as const) {
    const heard = await broker.hear('boiler/out', to - from);
    const service = new Service(args);
    services.push(service);
    await service.said('listening');
    if (from > 0) assert.match(service.err, /going on from generation \d+: 107 samples learned/);
    const expected: unknown[] = [];
    program.begin();
    const lines = Array.from({ length: to - from }, (_, j) => {
      const i = from + j;
      const [warm, load, power] = [20 + 5 * Math.sin(i), i % 7, 300 + 40 * Math.sin(i) ** 2 - 9 * (i % 7)];
      const answer = Object.entries(program.predict([warm, load])).map(([name, value]) => [name, Number.isNaN(value) ? null : Number(value.toPrecision(6))]);
      program.learn([warm, load], known(i) ? power : NaN);
      expected.push({ index: i, ...Object.fromEntries(answer), ...(known(i) ? { y: Number(power.toPrecision(6)) } : {}), topic: 'boiler/in' });
      return JSON.stringify({ in: { warm, load }, ...(known(i) ? { power } : {}) });
    });
    broker.publish('boiler/in', ['{"in":{"warm":1,"load":2},"power":"much"}', '{"in":{"warm":1}', ...lines]);
    await service.predicted(to - from);
    assert.is(await service.end(), 0, service.err);
    assert.match(service.err, /"power" is "much", and a target is a number[^]*, 2 refused, 0 dropped/);
    assert.equal(service.predictions, expected as typeof service.predictions);
    assert.equal(await heard.lines, service.lines);
    assert.equal(await storedNumbers(args[3]!), program.save());
  }
  assert.is(program.stats().seen, 160);
});

learn('a plug that sends nested objects on many topics: its fields by path, the rest refused by kind, labels for a stretch of time', async () => {
  const place = store();
  const service = new Service(['--source', `${broker.url}/tele/#`, '--store', place, '--fields', 'ENERGY.Power,ENERGY.Voltage', '--label-at', '1']);
  services.push(service);
  await service.said('listening');
  const reading = (i: number, on: boolean): string => JSON.stringify({ Time: `2024-05-01T10:0${i % 10}:00`, ENERGY: { Power: on ? 80 + i : 1, Voltage: '230' } });
  broker.publish('tele/plug/LWT', ['Online']);
  broker.publish('tele/plug/STATE', ['{"Uptime":"0T00:01","Heap":25,"Wifi":{"RSSI":78}}']);
  broker.publish('tele/plug/SENSOR', Array.from({ length: 8 }, (_, i) => reading(i, true)));
  broker.publish('tele/label', ['{"y":"on","seconds":86400}']);
  broker.publish('tele/plug/SENSOR', Array.from({ length: 8 }, (_, i) => reading(i, false)));
  broker.publish('tele/label', ['{"y":"off","seconds":86400}']);
  broker.publish('tele/plug/SENSOR', [reading(3, true)]);
  await service.predicted(17);
  assert.is(await service.end(), 0, service.err);
  assert.match(service.err, 'tele/plug/LWT: the payload is not JSON');
  assert.match(service.err, 'tele/plug/STATE: the payload has none of the fields "ENERGY.Power", "ENERGY.Voltage"; there are "Uptime", "Heap", "Wifi.RSSI"');
  assert.match(service.err, '16 labels came late');
  assert.equal([service.predictions[16]!.label, (await storedLearner(place)).labels], ['on', ['on', 'off']]);
});

learn('the broker is killed and comes back: the learner goes on, and has learned all that came', async () => {
  const place = store();
  const service = await start('gone', '--store', place);
  broker.publish('gone', linesOf(0, 100));
  await service.predicted(100);
  await broker.kill();
  await service.said('is gone');
  await broker.run();
  await service.said('listening', 2);
  broker.publish('gone', linesOf(100, 200));
  await service.predicted(200);
  assert.is(await service.end(), 0, service.err);
  assert.equal(await stored(place), await uninterrupted(200));
});

learn('kill -9, and started again: it goes on from its last save, to the bytes of a learner that was never interrupted', async () => {
  const place = store();
  let service = await start('kill', '--store', place, '--save-every', '50');
  broker.publish('kill', linesOf(0, 220));
  await service.predicted(220);
  assert.is(await service.end('SIGKILL'), null);
  const snapshot = await stored(place);
  assert.equal(snapshot, await uninterrupted(200));

  service = await start('kill', '--store', place);
  assert.match(service.err, 'going on from generation');
  assert.match(service.err, '200 samples learned');
  broker.publish('kill', linesOf(200, 300));
  await service.predicted(100);
  assert.is(service.predictions[0]!.index, 200);
  assert.is(await service.end(), 0, service.err);
  assert.equal(await stored(place), await uninterrupted(300));
});

learn('hostile payloads between the samples change not one byte', async () => {
  const place = store();
  const service = await start('evil', '--store', place);
  const more: [string, string | Uint8Array][] = [
    ...HOSTILE,
    ['huge', HUGE],
    ['a new label', '{"x":[1,2,3,4,5,6],"y":"intruder","id":1}'],
  ];
  for (const [i, [, payload]] of more.entries()) {
    broker.publish('evil', linesOf(i, i + 1));
    if (i < HOSTILE.length + 1) broker.publishBytes('evil', payload);
  }
  await service.predicted(more.length);
  assert.is(await service.end(), 0, service.err);
  assert.equal(await stored(place), await uninterrupted(more.length));
  assert.match(service.err, `${HOSTILE.length} refused`);
  assert.is(service.lines.length, more.length);
});

learn('a label that there is no room for is refused, its sample only adapted to', async () => {
  const place = store();
  const service = await start('label', '--store', place);
  broker.publish('label', ['{"x":[1,2,3,4,5,6],"y":"intruder"}', `{"x":[1,2,3,4,5,6],"y":"${'b'.repeat(5000)}"}`, ...linesOf(0, 1)]);
  await service.predicted(3);
  assert.is(await service.end(), 0, service.err);
  assert.equal(service.predictions.map(({ correct }) => correct), [null, null, service.predictions[2]!.label === 'a']);
  assert.match(service.err, '--label-capacity');
  assert.match(service.err, '1 learned');
});

learn('a session that lasts: what came while the service was away is learned when it is back', async () => {
  const place = store();
  const args = ['--store', place, '--session', 'onward-test'];
  let service = await start('away', ...args);
  broker.publish('away', linesOf(0, 20));
  await service.predicted(20);
  assert.is(await service.end(), 0, service.err);
  broker.publish('away', linesOf(20, 50));
  service = await start('away', ...args);
  await service.predicted(30);
  assert.is(await service.end(), 0, service.err);
  assert.equal(await stored(place), await uninterrupted(50));
});

learn('a broker that is not there yet is waited for', async () => {
  await broker.kill();
  const service = new Service(['--source', `${broker.url}/late`, '--store', store()]);
  services.push(service);
  await service.said('trying again');
  await broker.run();
  await service.said('listening');
  broker.publish('late', linesOf(0, 3));
  await service.predicted(3);
  assert.is(await service.end(), 0, service.err);
});

learn('a topic that the broker refuses, and a protocol that it does not speak, end the service with code 1 and the reason', async () => {
  // Mosquitto grants every topic and then sends nothing: so a broker of five bytes
  for (const [connack, why] of [[[0x20, 3, 0, 0, 0], /the broker refuses the topic plant/], [[0x20, 3, 0, 132, 0], /give protocol version 4/]] as const) {
    const server = createServer((socket) => socket.on('data', (bytes) => {
      if (bytes[0] === 0x10) socket.write(Uint8Array.from(connack));
      if (bytes[0] === 0x82) socket.write(Uint8Array.of(0x90, 4, bytes[2]!, bytes[3]!, 0, 0x87));
    }).on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const service = new Service(['--source', `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}/plant`, '--store', store()]);
    services.push(service);
    const code = await service.ended();
    server.close(); // before anything throws: an open one keeps the tests from ending
    assert.is(code, 1, service.err);
    assert.match(service.err, why);
  }
});

learn.run();

const safe = suite('TLS, passwords and access rules', ...MOSQUITTO, needs('openssl', 'apt-get install openssl'));

safe('over TLS with a password from the environment; refusals end with code 1 and say why', async () => {
  const where = mkdtempSync(join(tmpdir(), 'onward-tls-'));
  const own = await Broker.start((at) => {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', join(at, 'key.pem'), '-out', join(at, 'cert.pem'), ...subject], { stdio: 'pipe' });
    execFileSync('mosquitto_passwd', ['-b', '-c', join(at, 'passwords'), 'pump', 'se/cr:et'], { stdio: 'pipe' });
    execFileSync('sh', ['-c', 'printf "user pump\\ntopic readwrite plant/#\\n" > acl; chmod 644 *'], { cwd: at });
    return ['allow_anonymous false', `password_file ${join(at, 'passwords')}`, `acl_file ${join(at, 'acl')}`, `cafile ${join(at, 'cert.pem')}`, `certfile ${join(at, 'cert.pem')}`, `keyfile ${join(at, 'key.pem')}`];
  });
  try {
    await buildCli();
    const ca = join(own.folder, 'cert.pem');
    const args = (name: string) => ['--source', `mqtts://127.0.0.1:${own.port}/plant/in`, '--store', join(where, name), '--ca', ca];
    const right = new Service(args('right'), { ONWARD_MQTT_USERNAME: 'pump', ONWARD_MQTT_PASSWORD: 'se/cr:et' });
    await right.said('listening');
    own.publish('plant/in', linesOf(0, 5), '--cafile', ca, '-u', 'pump', '-P', 'se/cr:et');
    await right.predicted(5);
    assert.is(await right.end(), 0, right.err);

    const wrong = new Service(args('wrong'), { ONWARD_MQTT_USERNAME: 'pump', ONWARD_MQTT_PASSWORD: 'guess' });
    assert.is(await wrong.ended(), 1);
    assert.match(wrong.err, /Not authorized/);
    assert.not.match(wrong.err, /guess/);

    const untrusted = new Service(['--source', `mqtts://pump:se%2Fcr%3Aet@127.0.0.1:${own.port}/plant/in`, '--store', join(where, 'untrusted')]);
    await untrusted.said('of no authority known here: give its ca');
    assert.is(await untrusted.end(), 0, untrusted.err);
    assert.not.match(untrusted.err, /se\/cr|se%2F/);
  } finally {
    await own.stop();
    rmSync(where, { recursive: true, force: true });
  }
});

safe.run();

// ------------------------------------------------------------------ what the pages say

const pages = suite('examples of docs/service.md', ...MOSQUITTO);

pages.before(async () => void (broker = await Broker.start()));
pages.after(() => broker.stop());

for (const [page, lines] of [['docs/service.md', 5]] as const) {
  pages(`the ${lines} lines of ${page} do what they say`, async () => {
    const block = readFileSync(page, 'utf8').split('```').find((text) => text.includes('npx onward learn'))!.trim().split('\n');
    assert.is(block.length, lines);
    const command = block.find((line) => line.startsWith('npx onward learn'))!.replace(/ &.*/, '').split(' ').slice(3);
    const where = mkdtempSync(join(tmpdir(), 'onward-page-'));
    const service = new Service(command.map((word) => (word === 'pump' ? join(where, 'pump') : word.replace('localhost', `127.0.0.1:${broker.port}`))));
    try {
      await service.said('listening');
      const heard = await broker.hear(/mosquitto_sub -t (\S+)/.exec(block.join('\n'))![1]!, 2);
      for (const line of block) {
        const [, topic, payload] = /^mosquitto_pub -t (\S+) -m '(.*?)'/.exec(line) ?? [];
        if (topic !== undefined) broker.publishBytes(topic, payload!);
      }
      await service.predicted(2);
      assert.equal(service.predictions.map(({ label, correct }) => [label, correct]), [[null, false], ['ok', null]]);
      assert.equal(await heard.lines, service.lines);
      assert.is(await service.end(), 0, service.err);
    } finally {
      service.process.kill('SIGKILL');
      rmSync(where, { recursive: true, force: true });
    }
  });
}

pages('the program of docs/service.md runs on the built package and learns from both topics', async () => {
  const example = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/service.md', 'utf8'))![1]!;
  mkdirSync('build/test', { recursive: true });
  writeFileSync('build/test/service-example.mjs', example.replace('mqtts://broker.example', broker.url)); // inside the package, so that it finds itself as "onward"
  const child = spawn(process.execPath, ['build/test/service-example.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const client = await connectMqtt(broker.url);
  try {
    const answers: string[] = [];
    client.on('message', (_, payload) => answers.push(payload.toString()));
    await client.subscribeAsync('plant/state');
    for (const end = Date.now() + 20_000; answers.length === 0 && Date.now() < end; await sleep(100)) broker.publishBytes('plant/pump', '{"x":[0,0],"id":"hello"}');
    broker.publish('plant/pump', ['{"x":[9,9],"y":"worn"}']);
    const withoutId = (): string[] => answers.filter((answer) => !answer.includes('hello'));
    await come(1, () => withoutId().length);
    assert.match(withoutId()[0]!, /^\{"label":"(ok|worn)","probability":/);
  } finally {
    await client.endAsync(true);
    child.kill('SIGKILL');
  }
});

pages('without the package mqtt, the subpath says what to install', () => {
  const alone = mkdtempSync(join(tmpdir(), 'onward-alone-'));
  try {
    cpSync('dist', join(alone, 'dist'), { recursive: true });
    writeFileSync(join(alone, 'package.json'), '{"type":"module"}');
    const script = "import { connectMqtt } from './dist/sources/mqtt.js'; await connectMqtt('mqtt://localhost').catch((error) => console.log(error.message));";
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: alone, encoding: 'utf8' });
    assert.match(said, 'npm install mqtt');
  } finally {
    rmSync(alone, { recursive: true, force: true });
  }
});

pages.run();
