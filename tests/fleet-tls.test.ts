// Who is not known to the broker is not in the fleet, and who is speaks for itself only: TLS and access rules as docs/fleet.md has them, on a real Mosquitto.

import { execFileSync } from 'node:child_process';
import { once, type EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMessage, encodeMessage, type FleetMessage } from '../host/fleet/message.js';
import { connectMqtt } from '../host/sources/mqtt.js';
import { connectionFault } from '../host/sources/mqtt-client.js';
import { buildCli } from './command.js';
import { type Client, type Credentials, aggregate, central, command, ends, member, topics, until } from './fleet-lab.js';
import { Authority, OPENSSL, guarded } from './fleet-site.js';
import { MOSQUITTO, type Broker } from './mosquitto.js';
import { assert, suite } from './suite.js';

const test = suite('fleet with certificates', ...MOSQUITTO, OPENSSL);
let authority: Authority;
let broker: Broker;
let url: string;
const clients: Client[] = [];
test.before(async () => {
  authority = new Authority();
  await buildCli();
});
test.after(() => authority.remove());
test.beforeEach(async () => void ({ broker, url } = await guarded(authority)));
test.afterEach(async () => {
  await ends(clients.splice(0));
  await broker.stop();
});

const as = (name: string): Credentials => authority.credentials('member', name);

/** What becomes of one attempt to connect. */
async function attempt(to: string, credentials: Credentials, protocolVersion: 4 | 5 = 4): Promise<string> {
  const client = await connectMqtt(to, { ...credentials, protocolVersion, reconnectPeriod: 0 });
  clients.push(client);
  return new Promise((resolve) => {
    client.on('connect', () => resolve('connected'));
    client.on('error', (error) => resolve(connectionFault(error)));
    client.on('close', () => resolve('closed without a word'));
  });
}

test('members with certificates make the model of the central computation; captured and forged messages change nothing and are counted', async () => {
  const models = await central(2, 2);
  const hub = await aggregate(url, { minDevices: 2, tls: as('aggregator') });
  clients.push(hub.client);
  const captured: Buffer[] = [];
  hub.client.on('message', (topic, payload) => void (topic === topics.update('d0') && captured.push(payload)));
  const members = await Promise.all([0, 1].map((d) => member(url, d, { rounds: 2, tls: as(`d${d}`), onLesson: () => {} })));
  clients.push(...members.map(({ client }) => client));
  const [d0, d1] = members as [(typeof members)[0], (typeof members)[0]];
  // a member hears nothing but the model and the round, whatever it subscribes to
  const curious = await connectMqtt(url, { ...as('d5'), protocolVersion: 4, maxBytes: 2 ** 20 });
  clients.push(curious);
  const heard = new Set<string>();
  curious.on('message', (topic) => void heard.add(topic));
  await curious.subscribeAsync(['#', topics.update('+'), topics.update('d0'), topics.status('d0')], { qos: 1 });
  await until('the model at both', () => members.every(({ device }) => device.counts().round === 0));
  d0.device.send();
  await until('what it sent', () => captured.length === 1);
  const update = decodeMessage(captured[0]!) as FleetMessage;
  const forged = (fields: Partial<FleetMessage>): Buffer => Buffer.from(encodeMessage({ ...update, ...fields }));
  const damaged = Buffer.from(captured[0]!);
  damaged[100]! ^= 1;
  const publish = (client: Client, topic: string, bytes: Buffer | string, retain = false) => client.publishAsync(topic, bytes, { qos: 1, retain });

  // in the name of others: the broker takes it and drops it
  const noise = update.body.map((byte, k) => byte ^ (k & 1));
  await publish(d1.client, topics.update('d0'), captured[0]!);
  await publish(d1.client, topics.update('d0'), forged({ round: 1, body: noise, examples: 1e6 }));
  await publish(d1.client, topics.update('d7'), forged({ body: noise }));
  await publish(d1.client, topics.update('aggregator'), forged({ body: noise }));
  await publish(d1.client, topics.model, forged({ kind: 'model', round: 9 }), true);
  await publish(d1.client, topics.round, '{"round":0,"closesAt":0,"examples":1,"minDevices":1,"minExamples":1}', true);
  await publish(d1.client, topics.status('d0'), '{"online":false,"boot":0}', true);
  // in one's own name: heard, and counted
  await publish(d0.client, topics.update('d0'), captured[0]!);
  await publish(d0.client, topics.update('d0'), damaged);
  await publish(d0.client, topics.update('d0'), forged({ round: 1, body: noise }));
  d1.device.send();
  await until('the second round', () => members.every(({ device }) => device.counts().round === 1));
  await publish(d0.client, topics.update('d0'), captured[0]!);
  for (const { device } of members) device.send();
  await until('its end', () => hub.models.length === 3);
  assert.equal(hub.models, models);
  assert.equal(hub.aggregator.counts(), { round: 2, taken: 4, refused: { repeated: 1, checksum: 1, stale: 2 }, online: 2 });
  for (const { device } of members) assert.is(device.counts().refused, 0);
  assert.equal([...heard].sort(), [topics.model, topics.round]);
  await hub.aggregator.close();
});

test('without a certificate, or with one of another authority, of a device or of a broker, nobody comes in, and is told why', async () => {
  const ca = authority.files('member', 'd0').ca;
  const strangers = new Authority();
  // d0 signs a certificate for d1
  const [cert, key, request] = ['crt', 'key', 'csr'].map((end) => join(strangers.folder, `d1.${end}`)) as [string, string, string];
  const own = authority.files('member', 'd0');
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=d1', '-keyout', key, '-out', request], { stdio: 'pipe' });
  execFileSync('openssl', ['x509', '-req', '-in', request, '-CA', own.cert, '-CAkey', own.key, '-CAcreateserial', '-out', cert], { stdio: 'pipe' });
  const chain = join(strangers.folder, 'chain.crt');
  writeFileSync(chain, readFileSync(cert, 'utf8') + readFileSync(own.cert, 'utf8'));
  const trusted = { ca: readFileSync(ca) };
  for (const protocolVersion of [4, 5] as const) {
    assert.is(await attempt(url, as('d0'), protocolVersion), 'connected');
    assert.match(await attempt(url, trusted, protocolVersion), /wants a certificate of this client: give cert and key/);
    assert.match(await attempt(url, { ...strangers.credentials('member', 'd0'), ...trusted }, protocolVersion), /does not know the authority/);
    assert.match(await attempt(url, { cert: readFileSync(chain), key: readFileSync(key), ...trusted }, protocolVersion), /refuses the certificate|does not know the authority/);
    assert.match(await attempt(url, authority.credentials('broker', '127.0.0.1'), protocolVersion), /not made for clients/);
  }
  // and a device speaks to no broker but its own
  assert.match(await attempt(url, strangers.credentials('member', 'd0')), /certificate of the broker is of no authority known here/);
  assert.match(await attempt(url.replace('127.0.0.1', 'localhost'), as('d0')), /does not match certificate/);
  const pretender = await guarded(authority, authority.files('member', 'd1')); // a device that plays the broker
  assert.match(await attempt(pretender.url, as('d0')), /not made for a broker|does not match certificate/);
  await pretender.broker.stop();
  strangers.remove();
});

test('a client id cannot be taken over by another certificate', async () => {
  const first = await connectMqtt(url, { ...as('d0'), protocolVersion: 4, clientId: 'onward-lab-d0' });
  clients.push(first);
  let closed = 0;
  first.on('close', () => closed++);
  await once(first as unknown as EventEmitter, 'connect');
  assert.is(await attempt(url, { ...as('d1'), clientId: 'onward-lab-d0' }), 'connected');
  await first.publishAsync(topics.status('d0'), 'still here', { qos: 1 });
  assert.is(closed, 0);
});

test('names that could be more than one topic get no certificate', () => {
  for (const name of ['a/b', '+', '#', 'a b', 'a.b']) assert.throws(() => authority.files('member', name), /letters, digits/);
});

test('the command line with --ca, --cert and --key: two devices and an aggregator; a third without a certificate is told what is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-fleet-'));
  const run = (name: string, files: { ca: string; cert?: string; key?: string }, ...args: string[]) => {
    const options = Object.entries(files).flatMap(([option, path]) => [`--${option}`, path]);
    return command(url, name, ...args, ...options);
  };
  const hub = run('aggregate', authority.files('member', 'aggregator'), '--store', folder, '--inputs', '2', '--labels', 'ok,worn', '--rounds', '1', '--examples', '10', '--seconds', '60');
  const members = ['d0', 'd1'].map((id) => run('device', authority.files('member', id), '--id', id, '--source', '-'));
  const stranger = run('device', { ca: authority.files('member', 'd0').ca }, '--id', 'd2', '--source', '-');
  await until('the model at both', () => members.every(({ said }) => said.err.includes('the model of round 0')));
  await until('what the stranger is told', () => stranger.said.err.includes('certificate'));
  assert.match(stranger.said.err, /no connection to 127\.0\.0\.1:\d+ \(the broker wants a certificate of this client: give cert and key\), trying again/);
  for (let k = 0; k < 10; k++) for (const { child } of members) child.stdin.write(`{"x":[${5 * (k % 2)},${k}],"y":"${k % 2 ? 'ok' : 'worn'}"}\n`);
  assert.equal(await hub.exit, [0, null], hub.said.err);
  assert.is(hub.said.out, '{"round":0,"devices":2,"examples":20,"aside":[],"refused":{},"online":2}\n');
  stranger.child.kill('SIGTERM');
  for (const { child } of members) child.stdin.end();
  for (const { exit, said } of [...members, stranger]) assert.equal(await exit, [0, null], said.err);
  rmSync(folder, { recursive: true });
});

test.run();
