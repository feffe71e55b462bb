// Taught once, left alone, still right: every door of this package. Node-RED and the firmware have the same test beside their others.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { PendingLabels, createLearner, loadLearner, progressive, type Learner } from '../host/index.js';
import { crc32 } from '../host/checksum.js';
import { decodeMember } from '../host/fleet/member.js';
import { connectMqtt } from '../host/sources/mqtt.js';
import { FileStore } from '../host/stores/file.js';
import { configOf, createFor } from '../web/learners.js';
import { Session } from '../web/session.js';
import { SHAPE, aggregate, command, ends } from './fleet-lab.js';
import { ALONE, INPUTS, STATES, alone, checkUnchanged, copyOf, csvRows, jsonLines, knows, taught } from './left-alone.js';
import { buildCli, runCommand } from './command.js';
import { Service, stored } from './live.js';
import { assert, suite } from './suite.js';
import { HOSTS } from './wasi/hosts.js';

const LABELS = ['--labels', STATES.join(',')];

const test = suite('left alone');
let folder = '';
let names = 0;
test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-alone-'));
  await buildCli();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));
const fresh = (): string => join(folder, `name${++names}`);

test('the task is one: a learner that adapts to all of it unlearns', async () => {
  for (const [config, most] of [[{}, 0.93], [{ familiar: false }, 0.85]] as const) { // what labels usually are does not move with the standardisation, and has a vote
    const learner = await copyOf(config);
    assert.ok(knows(learner) > 0.95);
    for (const { x } of alone()) learner.adapt(x);
    assert.ok(knows(learner) < most, `${knows(learner)}`);
  }
});

test('progressive: without labels, with every label but the first 300 withheld, and with late ones', async () => {
  const copy = await copyOf();
  const learner = await createLearner({ inputs: INPUTS, labels: STATES });
  for await (const _ of progressive(learner, [...taught(), ...alone().map(({ x }) => ({ x }))], { every: 1000 })) continue;
  await checkUnchanged(learner.save(), copy);

  for await (const _ of progressive(learner, alone(), { every: 1000, labelEvery: ALONE })) continue;
  copy.learn(alone(1)[0]!.x, alone(1)[0]!.y); // the first label of every so many is given
  await checkUnchanged(learner.save(), copy);

  const late = await createLearner({ inputs: INPUTS, labels: STATES });
  for await (const _ of progressive(late, [...taught(), ...alone().map(({ x }) => ({ x }))], { every: 1000, delay: 20 })) continue;
  await checkUnchanged(late.save(), await copyOf());
});

test('PendingLabels: samples that give way', async () => {
  const learner = await copyOf();
  const pending = new PendingLabels(learner, { capacity: 50 });
  for (const [id, { x }] of alone().entries()) pending.hold(id, x);
  assert.is(pending.counts().evicted, ALONE - 50);
  await checkUnchanged(learner.save(), await copyOf());
});

/** As `onward learn` makes it: with a memory, rehearsed once after all that was taught. */
async function rehearsedCopy(): Promise<Learner> {
  const copy = await copyOf({ exemplars: 200 });
  copy.sleep(10 * copy.worthRehearsing);
  return copy;
}

test('onward learn: lines on standard input', async () => {
  const store = fresh();
  const service = new Service(['--source', '-', '--store', store, ...LABELS]);
  service.process.stdin!.end(`${jsonLines().join('\n')}\n`);
  assert.is(await service.ended(), 0, service.err);
  assert.is(service.lines.length, 300 + ALONE);
  await checkUnchanged(await stored(store), await rehearsedCopy());
});

test('onward learn: labels that are refused, ids whose label never comes', async () => {
  const store = fresh();
  const service = new Service(['--source', '-', '--store', store, ...LABELS]);
  const strange = alone(3000).map(({ x }, id) => JSON.stringify(id % 2 ? { x, y: 'neither' } : { x, id }));
  service.process.stdin!.end(`${[...jsonLines().slice(0, 300), ...strange].join('\n')}\n`);
  assert.is(await service.ended(), 0, service.err);
  await checkUnchanged(await stored(store), await rehearsedCopy());
});

test('onward learn: a CSV that is followed', async () => {
  const [file, store] = [fresh(), fresh()];
  writeFileSync(file, `p,q,r,s,t,u,state\n${csvRows().join('\n')}\n`);
  const service = new Service(['--source', `follow:${file}`, '--store', store, ...LABELS]);
  await service.predicted(300 + ALONE);
  assert.is(await service.end(), 0, service.err);
  await checkUnchanged(await stored(store), await rehearsedCopy());
});

test('onward learn: messages of a topic', async () => {
  const broker = await startEmbeddedBroker();
  const client = await connectMqtt(broker.url, { protocolVersion: 4 });
  const store = fresh();
  const service = new Service(['--source', `${broker.url}/pump`, '--store', store, '--queue', '1000000', '--protocol', '4', ...LABELS]);
  try {
    await service.said('listening');
    const lines = jsonLines();
    for (let at = 0; at < lines.length; at += 100) await client.publishAsync('pump', lines.slice(at, at + 100).join('\n'), { qos: 1 });
    await service.predicted(300 + ALONE);
    assert.is(await service.end(), 0, service.err);
  } finally {
    service.process.kill('SIGKILL');
    client.end(true);
    await broker.stop();
  }
  await checkUnchanged(await stored(store), await rehearsedCopy());
});

test('onward watch', async () => {
  const save = fresh();
  const { code, err } = await runCommand(['watch', '--source', '-', '--save', save, '--drift', 'none', '--exemplars', '0', ...LABELS], `${jsonLines().join('\n')}\n`);
  assert.is(code, 0, err);
  await checkUnchanged(readFileSync(save), await copyOf({ labelCapacity: 32 }));
});

test('onward eval: one pass, and two', async () => {
  const [file, save] = [fresh(), fresh()];
  writeFileSync(file, `p,q,r,s,t,u,state\n${csvRows().join('\n')}\n`);
  for (const passes of [1, 2]) {
    const { code, err } = await runCommand(['eval', file, '--passes', String(passes), '--save', save, '--quiet']);
    assert.is(code, 0, err);
    const copy = await createLearner({ inputs: INPUTS, labels: STATES, exemplars: 200 });
    for (let pass = 0; pass < passes; pass++) for (const { x, y } of taught()) copy.learn(x, y);
    await checkUnchanged(readFileSync(save), copy);
  }
});

test('--adapt balanced: within bounds, told once where it moves far, and wrong ones are refused before anything is made', async () => {
  const [file, save] = [fresh(), fresh()];
  writeFileSync(file, `p,q,r,s,t,u,state\n${csvRows().join('\n')}\n`);
  const copy = await copyOf();
  for (const args of [['eval', file, '--quiet'], ['watch', '--source', file, '--drift', 'none', ...LABELS]]) {
    const { code, err } = await runCommand([...args, '--save', save, '--adapt', 'balanced']);
    assert.is(code, 0, err);
    const snapshot = readFileSync(save);
    assert.not.equal(Buffer.compare(snapshot, copy.save()), 0);
    assert.ok(knows(await loadLearner(snapshot)) >= knows(copy) - 0.005, args[0]);
  }
  // in the end the two are as close as can be told: one reading from far away turns an answer, and that after every label (exemplars and usual values would vote, and keep it)
  const lessons = Array.from({ length: 64 }, (_, i) => JSON.stringify({ x: [(i % 2 ? 1 : -1) * (i < 58 ? 1 : 0.1)], y: i % 2 ? 'high' : 'low' }));
  const far = Array.from({ length: 10 }, (_, i) => JSON.stringify({ x: [i % 2 ? 1000 : -1000] }));
  const lines = `${[...lessons, ...far, lessons[62], lessons[63], ...far].join('\n')}\n`;
  for (const args of [['learn', '--source', '-', '--store', fresh()], ['watch', '--source', '-']]) {
    const { code, err } = await runCommand([...args, '--prototypes', '2', '--adapt', 'balanced'], lines);
    assert.is(code, 0, err);
    assert.is(err.match(/1 samples? without a label has moved the standardisation far: the last one taught as (low|high) is now answered (low|high); it waits for a label/g)?.length, 1, err);
    assert.not.match((await runCommand([...args.slice(0, 3), ...(args[0] === 'learn' ? ['--store', fresh()] : [])], lines)).err, /moved/);
  }
  const store = fresh();
  for (const args of [['learn', '--source', '-', '--store', store], ['watch', '--source', '-'], ['eval', file]]) {
    const { code, err } = await runCommand([...args, '--adapt', 'always']);
    assert.is(code, 2);
    assert.match(err, '--adapt must be never or balanced, got always');
  }
  assert.not.ok(existsSync(store));
  assert.is((await runCommand(['eval', file, '--tasks', 'label', '--adapt', 'balanced'])).code, 2);
});

test('the page: a network and the signal it listens to', async () => {
  const shape = { channels: INPUTS, window: 1 };
  const session = new Session(shape, await createFor(shape, {}, STATES));
  for (const { x, y } of taught()) session.take(x, y);
  for (const { x } of alone()) session.take(x);
  await checkUnchanged(session.learner.save(), await copyOf(configOf(shape, {}, STATES)));
});

for (const [host, run] of Object.entries(HOSTS)) {
  test(`the WASI command in ${host}`, async () => {
    const { code, err, files } = run({ args: ['--inputs', String(INPUTS), ...LABELS, '--snapshot', 'pump.onw'], input: `${csvRows().map((row) => row.replace(/,$/, '')).join('\n')}\n` });
    assert.is(code, 0, err);
    await checkUnchanged(files.get('pump.onw')!, await copyOf());
  });
}

test('onward fleet device', async () => {
  const broker = await startEmbeddedBroker();
  const hub = await aggregate(broker.url, { minDevices: 2, seconds: 300 }); // no round ends: what it has learned stays its own
  const store = fresh();
  try {
    const { child, said, exit } = command(broker.url, 'device', '--id', 'd1', '--source', '-', '--store', store);
    child.stdin.end(`${jsonLines().join('\n')}\n`);
    assert.is((await exit)[0], 0, said.err);
    assert.is(said.out.trim().split('\n').length, 300 + ALONE);
  } finally {
    await ends([hub.client]);
    await broker.stop();
  }
  const kept = await FileStore.open(join(store, 'member'), { lock: false });
  const { snapshot } = decodeMember((await kept.load())!.snapshot);
  await kept.close();
  const copy = await createLearner({ ...SHAPE, seed: crc32(new TextEncoder().encode('d1')) });
  copy.setParameters(hub.models[0]!);
  for (const { x, y } of taught()) copy.learn(x, y);
  await checkUnchanged(snapshot, copy);
});

test.run();
