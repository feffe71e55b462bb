// The nodes in a real Node-RED, with its official helper.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDetector, createLearner, type Learner } from '../../host/index.js';
import { decodeProject, encodeProject } from '../../host/project.js';
import { createRegressor, loadRegressor } from '../../host/regressor/index.js';
import { windows } from '../../host/sources/window.js';
import { Random } from '../../benchmarks/rivals/random.js';
import { buildCli, runCommand } from '../command.js';
import { GESTURES, OTHERS, moments } from '../motions.js';
import { generator } from '../random.js';
import { assert, suite } from '../suite.js';
import { DETECT, DETECTOR, Flow, LEARN, LEARNER, PREDICT, REGRESSOR, type Message } from './flow.js';
import { NODE_RED } from './installed.js';

const test = suite('nodes in Node-RED', NODE_RED);

test.before(buildCli);

let folder = '';
let flow: Flow | undefined;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onward-node-red-'));
});
test.afterEach(async () => {
  await flow?.stop();
  flow = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(...nodes: Message[]): Promise<Flow> {
  await flow?.stop();
  return (flow = await Flow.start(folder, ...nodes));
}

/** The newest snapshot that a model with the id `model` has kept. */
function kept(kind = 'learner', model = join('onward', 'model')): Uint8Array {
  const path = join(folder, model);
  const newest = Math.max(...readdirSync(path).map((name) => Number(name.split('.')[1])).filter(Number.isInteger));
  return new Uint8Array(readFileSync(join(path, `${kind}.${newest}`)));
}

/** Two clouds of points, `a` around -1 and `b` around 1. */
function clouds(count: number, seed = 1): { payload: number[]; label: string }[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? 'a' : 'b';
    return { payload: [0, 1].map(() => (label === 'a' ? -1 : 1) + random() - 0.5), label };
  });
}

const twin = (): Promise<Learner> => createLearner({ inputs: 2, labels: ['a', 'b'], exemplars: 0, drift: 'none', units: [8], bits: 8 });

test('a model begins as a network of a file, goes on from its own folder, and begins anew after a reset', async () => {
  const same = await twin();
  for (const { payload, label } of clouds(60)) same.learn(payload, label);
  const file = same.save();
  writeFileSync(join(folder, 'taught.onw'), file);
  const model = { ...LEARNER, from: 'taught.onw', labels: 'a, b', labelCapacity: '9', units: '32', exemplars: '' }; // of the file
  let nodes = await start(model, LEARN);
  for (const { payload, label } of clouds(20, 2)) {
    const { message } = await nodes.tell({ payload, label });
    assert.equal(Object.values(message!['onward'].scores), [...same.predict(payload).scores]);
    same.learn(payload, label);
  }
  await nodes.stop();
  flow = undefined;
  assert.equal(kept(), same.save());
  nodes = await start(model, LEARN);
  assert.is((await nodes.tell({ payload: [1, 1] })).message!['onward'].seen, 80);
  await nodes.tell({ command: 'reset' });
  assert.is((await nodes.tell({ payload: [1, 1] })).message!['onward'].seen, 60);

  for (const [from, inputCount, why] of [['none.onw', '2', /none\.onw cannot be read \(ENOENT\)/], ['taught.onw', '3', 'takes 2 numbers per message'], ['flows.json', '2', 'Begins as']] as const) {
    writeFileSync(join(folder, 'flows.json'), '[]');
    nodes = await start({ ...LEARNER, from, inputCount, store: `other-${from}-${inputCount}` }, LEARN);
    assert.match((await nodes.tell({ payload: [1, 1] })).error!.message, why);
  }
});

test('a model that began as a file goes on without it, or beside a newer one; and a label that was forgotten stays so', async () => {
  const { project, learner } = await motions();
  writeFileSync(join(folder, 'hand.onwp'), project);
  const model = { ...LEARNER, from: 'hand.onwp', inputCount: '', labels: '', exemplars: 200 };
  const still = Array.from({ length: 38 }, () => ({ payload: [0, 0, 0] })); // two windows with the hop of the page, one without
  let nodes = await start(model, LEARN);
  await nodes.tell({ command: 'forget', label: 'shake' });
  learner.forgetLabel('shake');
  const { labels } = learner;
  for (const change of [() => {}, () => rmSync(join(folder, 'hand.onwp')), () => writeFileSync(join(folder, 'hand.onwp'), 'newer')]) {
    await nodes.stop();
    change();
    nodes = await start(model, LEARN);
    assert.equal((await nodes.tell({ command: 'stats' })).message!['payload'].labels, labels);
    await tellAll(nodes, still.map((message, id) => ({ ...message, id })), 2);
    const warnings = nodes.node('n1').warn.getCalls().filter(({ thisValue }) => thisValue.id === 'n1');
    assert.equal(warnings.map(({ firstArg }) => firstArg), ['msg.id: a window has the id of its last message; 0 is on one before it, and a label that comes for it finds nothing']);
    const { message, error } = await nodes.tell({ command: 'project' });
    assert.is(error, undefined);
    assert.is(decodeProject(message!['payload']).unknownBelow, 0.01);
  }
  assert.match((await nodes.tell({ command: 'reset' })).error!.message, /^Begins as: .*hand\.onwp/);
  nodes = await start({ ...model, inputCount: '2' }, LEARN);
  assert.match((await nodes.tell({ payload: [0, 0] })).error!.message, /^Inputs: got 2; the stored learner takes 3 numbers per message/);
  nodes = await start({ ...model, labels: 'wave' }, LEARN);
  assert.equal((await nodes.tell({ command: 'stats' })).message!['payload'].labels, [...labels, 'wave']);
  const full = { ...model, labels: 'd, e, f, g, h, i, j, k, l, m', store: 'full' };
  writeFileSync(join(folder, 'hand.onwp'), project);
  nodes = await start(full, LEARN);
  assert.match((await nodes.tell({ payload: [0, 0, 0] })).error!.message, /room for no other: forget a label/);
});

/** All messages at once; resolves with the answers when there are so many. */
function tellAll(nodes: Flow, messages: readonly Message[], count: number): Promise<Message[]> {
  const answers: Message[] = [];
  return new Promise((resolve) => {
    nodes.node('n1-first').on('input', (message) => void (answers.push(message) === count && resolve(answers)));
    for (const message of messages) nodes.node('n1').receive(message);
  });
}

async function badgeSays(pattern: RegExp, color?: string): Promise<void> {
  const badge = (): { text: string; fill: string } => flow!.node('n1').status.lastCall!.firstArg;
  for (let tries = 0; tries < 500 && !pattern.test(badge().text); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match(badge().text, pattern);
  if (color) assert.is(badge().fill, color);
  assert.ok(badge().text.length <= 60);
}

/** What the page keeps of three motions, three seconds each. */
async function motions(): Promise<{ project: Uint8Array; learner: Learner }> {
  const random = new Random(3);
  const labels = Object.keys(GESTURES);
  const learner = await createLearner({ window: { axes: 3, samples: 32 }, labels, labelCapacity: 12, exemplars: 200 });
  const samples: { label: string; x: Float32Array }[] = [];
  for (const [label, motion] of Object.entries(GESTURES)) {
    for await (const { x } of windows(moments(motion, 180, random).map((x) => ({ x })), { samples: 32, hop: 6 })) samples.push({ label, x });
  }
  for (const { label, x } of samples) learner.learn(x, label);
  return { project: encodeProject({ signal: 'motion', channels: 3, window: 32, unknownBelow: 0.01, labels, samples, snapshot: learner.save() }), learner };
}

test('a model begins as a project of the page: a message of each reading, and the answers of onward predict; it learns on, and hands out what the page opens', async () => {
  const { project, learner } = await motions();
  writeFileSync(join(folder, 'hand.onwp'), project);
  const random = new Random(4);
  const takes = Object.values({ ...GESTURES, ...OTHERS }).flatMap((motion) => moments(motion, 75, random));
  writeFileSync(join(folder, 'takes.csv'), `x,y,z\n${takes.map((reading) => reading.join()).join('\n')}\n`);
  const { out } = await runCommand(['predict', join(folder, 'hand.onwp'), join(folder, 'takes.csv'), '--hop', '6', '--unknown-below', '0.01', '--json']);
  const expected = out.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(expected.length === 95 && expected.filter(({ label }) => label === 'unknown').length > 20 && new Set(expected.map(({ label }) => label)).size === 4);

  const model = { ...LEARNER, from: 'hand.onwp', inputCount: '', labels: '', exemplars: 200 };
  const nodes = await start(model, LEARN);
  const answers = await tellAll(nodes, takes.map((payload) => ({ payload })), expected.length);
  const round = (value: number): number => Number(value.toFixed(4));
  assert.equal(
    answers.map(({ onward, payload }) => [payload, round(onward.probability), round(onward.margin)]),
    expected.map(({ label, probability, margin }) => [label, round(probability), round(margin)]),
  );

  // a lesson is six windows of one label; then what it hands out is that network, and the samples of the project whose labels it still has
  const lesson = moments(GESTURES['chop']!, 32 + 5 * 6, random);
  const taught = await tellAll(nodes, lesson.map((payload) => ({ payload, label: 'up' })), 6);
  for await (const { x } of windows(lesson.map((x) => ({ x })), { samples: 32, hop: 6 })) learner.learn(x, 'up');
  assert.equal([taught.at(-1)!['onward'].seen, taught.at(-1)!['onward'].features.length], [learner.seen, 96]);
  assert.equal(new Uint8Array((await nodes.tell({ command: 'snapshot' })).message!['payload']), learner.save());
  await nodes.tell({ command: 'forget', label: 'shake' });
  learner.forgetLabel('shake');
  const handed = decodeProject((await nodes.tell({ command: 'project' })).message!['payload']);
  const { samples, snapshot, ...rest } = handed;
  assert.equal(rest, { signal: 'motion', channels: 3, window: 32, unknownBelow: 0.01, labels: ['up', 'circle', 'chop'].sort((a, b) => learner.labels.indexOf(a) - learner.labels.indexOf(b)) });
  assert.equal(snapshot, learner.save());
  assert.equal(samples.length, decodeProject(project).samples.filter(({ label }) => label !== 'shake').length);

  for (const [other, command, why] of [
    [{ ...model, window: '16' }, undefined, /Window: got 16; .*hand\.onwp takes 3 numbers per message, 32 messages to a window: leave it empty/],
    [{ ...model, inputCount: '2' }, undefined, /Inputs: got 2; .* takes 3 numbers/],
    [LEARNER, 'project', /did not begin as a project of the page; msg\.command "snapshot"/],
  ] as const) {
    const { error } = await (await start({ ...other, store: 'another' }, LEARN)).tell(command ? { command } : { payload: [1, 2, 3] });
    assert.match(error!.message, why);
  }
});

test('a project that no message can serve says so, and what to do with it', async () => {
  const learner = await twin();
  const file = (signal: string, channels = 2): Uint8Array => encodeProject({ signal, channels, window: 1, unknownBelow: 0, labels: ['a', 'b'], samples: [], snapshot: learner.save() });
  const cases: [Uint8Array, RegExp][] = [
    [file('sound'), /a project of sound is not served by a node: ask it with onward predict .*onwp FILE\.wav/],
    [file('camera'), /a project of pictures is not served by a node: save the network alone/],
    [file('mqtt', 3), /its network takes 2 numbers per message, its samples are of 3 and 1: save it again/],
    [file('mqtt').subarray(0, 90), /Begins as: .*hand\.onwp: project: the file is cut off/],
  ];
  for (const [bytes, why] of cases) {
    writeFileSync(join(folder, 'hand.onwp'), bytes);
    const nodes = await start({ ...LEARNER, from: 'hand.onwp', inputCount: '' }, LEARN);
    assert.match((await nodes.tell({ payload: [1, 1] })).error!.message, why);
  }
  await badgeSays(/^Begins as: .*hand/, 'red');
});

test('windows: so many messages of a topic and a label are a sample, as the library cuts them; a whole window is one, too', async () => {
  const nodes = await start({ ...LEARNER, window: '8', hop: '4', keep: false }, LEARN);
  const random = generator(7);
  const stream = Array.from({ length: 90 }, (_, i) => ({ x: [random(), random()], ...(i % 30 < 20 ? { y: i < 40 ? 'a' : 'b' } : {}) }));
  const same = await createLearner<string>({ window: { axes: 2, samples: 8 }, labels: ['a', 'b'], exemplars: 0, drift: 'none', units: [8], bits: 8 });
  const expected: unknown[] = [];
  for await (const { x, y } of windows(stream, { samples: 8, hop: 4 })) {
    expected.push([[...same.predict(x).scores], y !== undefined]);
    if (y !== undefined) same.learn(x, y);
  }
  // another sensor in between, by its topic
  const messages = stream.flatMap(({ x, y }, i) => [{ payload: x, label: y, topic: 'one' }, ...(i < 7 ? [{ payload: [5, 5], topic: 'two' }] : [])]);
  const answers = await tellAll(nodes, messages, expected.length);
  assert.equal(answers.map(({ onward }) => [Object.values(onward.scores), onward.learned]), expected);
  const whole = stream.slice(0, 8).flatMap(({ x }) => x);
  assert.equal(Object.values((await nodes.tell({ payload: whole })).message!['onward'].scores), [...same.predict(whole).scores]);
  assert.match((await nodes.tell({ payload: [1, 2, 3] })).error!.message, /has 3 values, the model takes 2, or 16 of a whole window/);
  assert.equal(new Uint8Array((await nodes.tell({ command: 'snapshot' })).message!['payload']), same.save());
});

test('a message is predicted, then learned: the answer, the scores and the bytes are those of the library', async () => {
  const nodes = await start(LEARNER, LEARN);
  const same = await twin();
  let right = 0;
  for (const [i, { payload, label }] of clouds(120).entries()) {
    const expected = same.predict(payload);
    const isLabelled = i % 5 !== 4;
    const { message, alarm } = await nodes.tell({ topic: 'belt', payload, ...(isLabelled ? { label } : {}) });
    if (isLabelled) same.learn(payload, label);
    assert.is(message!['payload'], expected.label);
    assert.is(message!['topic'], 'belt');
    assert.is(alarm, undefined);
    const { scores, probability, margin, correct, learned, features, seen } = message!['onward'];
    assert.equal(scores, { a: expected.scores[0], b: expected.scores[1] });
    assert.is(probability, expected.probability);
    assert.is(margin, expected.margin);
    assert.is(learned, isLabelled);
    assert.is(correct, isLabelled ? expected.label === label : null);
    assert.equal(features, payload);
    assert.is(seen, same.seen);
    if (i >= 100 && expected.label === label) right++;
  }
  assert.ok(right >= 19, `${right} of the last 20`);
  const { message } = await nodes.tell({ command: 'save' });
  assert.equal(message!['payload'], { generation: 1, seen: 96 });
  assert.equal(kept(), same.save());
});

test('unknown below: what is like nothing that was learned is answered so, and nothing else changes', async () => {
  const nodes = await start({ ...LEARNER, unknownBelow: '0.02' }, LEARN);
  for (const sample of clouds(60)) await nodes.tell(sample);
  const { message: ordinary } = await nodes.tell({ payload: [-1, -1] });
  assert.equal([ordinary!['payload'], ordinary!['onward'].familiar > 0.02], ['a', true]);
  const { message: strange } = await nodes.tell({ payload: [1000, -1000] });
  assert.equal([strange!['payload'], strange!['onward'].label], ['unknown', 'unknown']);
  assert.ok(strange!['onward'].familiar < 0.001);
});

test('two nodes that share a model teach one learner', async () => {
  const nodes = await start(LEARNER, LEARN, { ...LEARN, id: 'n2' });
  const same = await twin();
  for (const [i, { payload, label }] of clouds(60).entries()) {
    same.learn(payload, label);
    const { message } = await nodes.tell({ payload, label }, i % 3 === 0 ? 'n2' : 'n1');
    assert.is(message!['onward'].seen, i + 1);
  }
  await nodes.tell({ command: 'save' }, 'n2');
  assert.equal(kept(), same.save());
});

test('messages that come while the model is being loaded are learned in their order', async () => {
  const nodes = await start(LEARNER, LEARN);
  const same = await twin();
  let answered = 0;
  const all = new Promise<void>((resolve) => nodes.node('n1-first').on('input', () => void (++answered === 30 && resolve())));
  for (const { payload, label } of clouds(30)) {
    same.learn(payload, label);
    nodes.node('n1').receive({ payload, label }); // nothing is waited for: the first ones meet a model that is not there yet
  }
  await all;
  const { message } = await nodes.tell({ command: 'save' });
  assert.is(message!['payload'].seen, 30);
  assert.equal(kept(), same.save());
});

test('a redeploy loses nothing, and goes on to the same bytes', async () => {
  const same = await twin();
  const stream = clouds(200, 3);
  for (const part of [stream.slice(0, 77), stream.slice(77)]) {
    const nodes = await start(LEARNER, LEARN);
    for (const { payload, label } of part) {
      same.learn(payload, label);
      await nodes.tell({ payload, label });
    }
  }
  await flow!.stop();
  assert.equal(kept(), same.save());
  flow = undefined;
});

test('a save that is due happens by itself', async () => {
  const nodes = await start({ ...LEARNER, samples: '10', seconds: '1000' }, LEARN);
  for (const { payload, label } of clouds(12)) await nodes.tell({ payload, label });
  for (let tries = 0; tries < 500 && !existsSync(join(folder, 'onward/model/learner.1')); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(existsSync(join(folder, 'onward/model/learner.1')));
});

test('what is no sample is an error that names the remedy, and the learner is none the worse', async () => {
  const named = { ...LEARNER, id: 'named', fields: 'x, y', inputCount: '' };
  const nodes = await start(LEARNER, LEARN, named, { ...LEARN, id: 'n2', model: 'named' });
  for (const { payload, label } of clouds(20)) {
    await nodes.tell({ payload, label });
    await nodes.tell({ payload: { x: payload[0], y: payload[1], more: 'is left out' }, label }, 'n2');
  }
  await nodes.tell({ command: 'save' });
  await nodes.tell({ command: 'save' }, 'n2');
  const before = [kept(), kept('learner', 'onward/named')];
  const proto = JSON.parse('{"__proto__": {"polluted": 1}, "x": 1, "y": 2}');
  const cases: [string, Message, RegExp][] = [
    ['n1', { payload: [1], label: 'a' }, /msg\.payload has 1 values, the model takes 2: send as many/],
    ['n1', { payload: [1, 2, 3], label: 'a' }, /has 3 values/],
    ['n1', { payload: new Array(1e8), label: 'a' }, /has 100000000 values/],
    ['n1', { payload: [1, NaN], label: 'a' }, /msg\.payload\[1\] is NaN: send null for a missing value/],
    ['n1', { payload: [1, Infinity], label: 'a' }, /Infinity: send null/],
    ['n1', { payload: [1, 1e39], label: 'a' }, /1e\+39: send null/],
    ['n1', { payload: Float64Array.of(NaN, 1), label: 'a' }, /\[0\] is NaN/],
    ['n1', { payload: [1, '2 V'], label: 'a' }, /\[1\] is a string \('2 V'\): make it a number/],
    ['n1', { payload: [1, undefined], label: 'a' }, /\[1\] is undefined: send a number, or null/],
    ['n1', { payload: [1, [2]], label: 'a' }, /\[1\] is an array/],
    ['n1', { payload: '1,2', label: 'a' }, /is a string \('1,2'\): put a json or csv node/],
    ['n1', { payload: Buffer.from([1, 2]), label: 'a' }, /is a Buffer: put a node/],
    ['n1', { label: 'a' }, /msg\.payload is undefined: set "Features"/],
    ['n1', { payload: null, label: 'a' }, /is null: set "Features"/],
    ['n1', { payload: { x: 1, y: 2 }, label: 'a' }, /is an object: name its fields in the model/],
    ['n1', { payload: proto, label: 'a' }, /has a field "__proto__", which no sensor sends/],
    ['n1', { payload: { length: 2, 0: 1, 1: 2 }, label: 'a' }, /is an object/],
    ['n1', { payload: [1, 2], label: 'c' }, /label: 'c' is unknown; this learner has a, b and room for no other: forget a label, or take a model with more "Room for labels"/],
    ['n1', { payload: [1, 2], label: '__proto__' }, /msg\.label is "__proto__", which JavaScript keeps for itself: call the label something else/],
    ['n1', { payload: [1, 2], label: 'constructor' }, /keeps for itself/],
    ['n1', { payload: [1, 2], label: { name: 'a' } }, /msg\.label is an object: a label is a name or a number/],
    ['n1', { payload: [1, 2], label: NaN }, /msg\.label is NaN/],
    ['n1', { payload: [1, 2], label: 'a'.repeat(201) }, /201 characters: a label has at most 200/],
    ['n1', { payload: [1, 2], id: { toString: 1 } }, /msg\.id is an object: an id is a text or a number/],
    ['n1', { command: 'format' }, /no command "format"; there are save, snapshot, project, reset, sleep, forget, stats/],
    ['n1', { command: '__proto__' }, /no command "__proto__"/],
    ['n1', { command: 'toString' }, /no command "toString"/],
    ['n1', { command: {} }, /no command {}/],
    ['n1', { command: 'sleep', steps: 1e9 }, /nothing to replay; give the model a memory/],
    ['n1', { command: 'forget' }, /the label is missing/],
    ['n1', { command: 'forget', label: 'c' }, /'c' is unknown; this learner has a, b/],
    ['n2', { payload: { z: 1 }, label: 'a' }, /msg\.payload has no field "x" and no other of the model's: there are "z"; send null for a missing value/],
    ['n2', { payload: { x: 1, y: 'two' }, label: 'a' }, /msg\.payload\.y is a string/],
    ['n2', { payload: Object.create({ x: 1, y: 2 }), label: 'a' }, /has no field "x"/],
    ['n2', { payload: proto, label: 'a' }, /"__proto__"/],
    ['n2', { payload: [1, 2, 3], label: 'a' }, /takes 2 \(x, y\)/],
  ];
  for (const [id, message, pattern] of cases) {
    const { error } = await nodes.tell(message, id);
    assert.ok(error, `no error for ${pattern}`);
    assert.match(error!.message, pattern);
  }
  assert.is(({} as Message)['polluted'], undefined);
  for (const id of ['n1', 'n2']) {
    const { message } = await nodes.tell({ command: 'save' }, id);
    assert.is(message!['payload'].generation, 1, 'nothing has changed, so there was nothing to save');
  }
  await nodes.stop();
  flow = undefined;
  assert.equal([kept(), kept('learner', 'onward/named')], before);
});

test('fields by path; quoted numbers and words are read as everywhere; words for nothing are missing, and no label', async () => {
  const nodes = await start({ ...LEARNER, fields: 'ENERGY.Power, acc.1', inputCount: '' }, LEARN);
  const same = await twin();
  for (const [payload, x] of [
    [{ ENERGY: { Power: '3.5', Voltage: 230 }, acc: [0, 'ON'] }, [3.5, 1]],
    [{ ENERGY: { Power: 'unavailable' }, acc: [0, false] }, [NaN, 0]],
    [{ 'ENERGY.Power': 'closed', acc: { 1: ' -2e1 ' } }, [0, -20]],
  ] as const) {
    const { message, error } = await nodes.tell({ payload, label: ' a ' });
    assert.is(error, undefined);
    assert.equal(message!['onward'].features, x);
    same.learn(x, 'a');
  }
  const { message } = await nodes.tell({ payload: { ENERGY: { Power: 1 }, acc: [1, 1] }, label: 'unavailable' });
  assert.is(message!['onward'].learned, false);
  await nodes.tell({ command: 'save' });
  same.note = '{"form":"fields","fields":["ENERGY.Power","acc.1"]}';
  assert.equal(kept(), same.save());
  assert.match((await nodes.tell({ payload: { ENERGY: 5, acc: [1] } })).error!.message, 'no field "ENERGY.Power"');
});

test('a field that is not there is missing, and told of once; a message with none of them is refused and counted', async () => {
  const nodes = await start({ ...LEARNER, fields: 'x, y', inputCount: '' }, LEARN);
  const same = await twin();
  same.note = '{"form":"fields","fields":["x","y"]}';
  const warned: string[] = [];
  nodes.node('n1').on('call:warn', ({ firstArg }: { firstArg: string }) => warned.push(firstArg));
  for (const [payload, x] of [[{ x: 1, y: 2 }, [1, 2]], [{ y: 3, volt: 5 }, [NaN, 3]], [{ y: 4 }, [NaN, 4]], [{ x: -1 }, [-1, NaN]]] as const) {
    const { message, error } = await nodes.tell({ payload, label: 'a' });
    assert.is(error, undefined);
    assert.equal(message!['onward'].features, x);
    same.learn(x, 'a');
  }
  assert.equal(warned, ['msg.payload has no field "x", which counts as missing; there are "y", "volt"', 'msg.payload has no field "y", which counts as missing; there are "x"']);
  assert.match((await nodes.tell({ payload: { volt: 1 }, label: 'a' })).error!.message, 'no other of the model');
  assert.is((await nodes.tell({ command: 'stats' })).message!['payload'].refused, 1);
  await nodes.tell({ command: 'save' });
  assert.equal(kept(), same.save());
});

test('labels by time: a label alone is that of the samples of the last seconds, and of nothing where the model does not say so', async () => {
  const nodes = await start({ ...LEARNER, labelAt: '30' }, LEARN);
  const same = await twin();
  const samples = clouds(40);
  for (const { payload, label } of samples) {
    await nodes.tell({ payload, label });
    same.learn(payload, label);
  }
  for (const payload of [[-1, -1], [-1.1, -0.9], [1, 1]]) assert.is((await nodes.tell({ payload })).message!['onward'].learned, false);
  await nodes.tell({ payload: [5, 5], id: 'named' });
  await nodes.tell({ label: 'b', id: 'named' });
  same.learn([5, 5], 'b');
  const { message } = await nodes.tell({ label: 'a' });
  assert.equal([message!['payload'], message!['onward'].samples, message!['onward'].right, message!['onward'].learned], ['a', 3, 2, true]);
  for (const payload of [[-1, -1], [-1.1, -0.9], [1, 1]]) same.learn(payload, 'a');
  assert.equal((await nodes.tell({ label: 'a' })).message!['onward'].samples, 0); // each is taught once
  await nodes.tell({ payload: [-1, 1] });
  await new Promise((resolve) => setTimeout(resolve, 60));
  await nodes.tell({ payload: [1, -1] });
  assert.is((await nodes.tell({ label: 'b', seconds: 0.05 })).message!['onward'].samples, 1);
  same.learn([1, -1], 'b');
  assert.match((await nodes.tell({ label: 'b', seconds: -1 })).error!.message, 'msg.seconds is -1');
  await nodes.tell({ command: 'save' });
  assert.equal(kept(), same.save());
  assert.match((await nodes.tell({ payload: [1], label: 'b' })).error!.message, 'has 1 values');
});

test('a stored learner knows its fields: other names are a conflict, and a model without names takes them over', async () => {
  let nodes = await start({ ...LEARNER, fields: 'temp, hum', inputCount: '' }, LEARN);
  for (const { payload, label } of clouds(20)) await nodes.tell({ payload: { hum: payload[1], temp: payload[0] }, label });
  nodes = await start({ ...LEARNER, fields: 'hum, temp', inputCount: '' }, LEARN);
  assert.match((await nodes.tell({ payload: { temp: 1, hum: 1 } })).error!.message, 'has the fields temp, hum, the model asks for hum, temp');
  nodes = await start(LEARNER, LEARN);
  assert.is((await nodes.tell({ payload: { hum: 1, temp: 1 } })).message!['payload'], 'b');
});

test('accuracy is that of what had been answered, late labels included, and none before the first', async () => {
  const nodes = await start(LEARNER, LEARN);
  const measured = async (): Promise<object> => (await nodes.tell({ command: 'stats' })).message!['payload'].measured;
  assert.equal(await measured(), { samples: 0, accuracy: null, recent: null, kappa: null });
  for (const { payload, label } of clouds(40)) await nodes.tell({ payload, label });
  const { accuracy, samples } = (await measured()) as { accuracy: number; samples: number };
  await nodes.tell({ payload: [-1, -1], id: 7 });
  await nodes.tell({ payload: [1, 1], id: 'second' });
  const right = (await nodes.tell({ label: 'a', id: '7' })).message!['onward'];
  const wrong = (await nodes.tell({ label: 'a', id: 'second' })).message!['onward'];
  assert.equal([right.answered, right.correct, wrong.answered, wrong.correct], ['a', true, 'b', false]);
  const after = (await measured()) as { accuracy: number; samples: number };
  assert.equal([after.samples, Math.round(after.accuracy * after.samples)], [samples + 2, Math.round(accuracy * samples) + 1]);
  assert.is((await nodes.tell({ label: 'a', id: 'never' })).message!['onward'].correct, null);
});

test('null is a missing value; a boolean and a typed array are numbers', async () => {
  const nodes = await start({ ...LEARNER, fields: 'x, y', inputCount: '' }, LEARN);
  for (const payload of [[1, null], { x: null, y: true }, Float32Array.of(1, 2), [false, 2]]) {
    const { message, error } = await nodes.tell({ payload, label: 'a' });
    assert.is(error, undefined);
    assert.is(message!['onward'].learned, true);
  }
});

test('labels that are not named are taken while there is room, and forgotten on demand', async () => {
  const nodes = await start({ ...LEARNER, labels: '', labelCapacity: '2' }, LEARN);
  assert.is((await nodes.tell({ payload: [1, 1] })).message!['payload'], null);
  for (const label of ['warm', 7, 'warm', 7]) await nodes.tell({ payload: [label === 7 ? 1 : -1, 0], label });
  assert.match((await nodes.tell({ payload: [1, 1], label: true })).error!.message, /'true' is unknown; this learner has warm, 7 and room for no other/);
  assert.equal((await nodes.tell({ command: 'forget', label: 'warm' })).message!['payload'], { labels: ['7'] });
  assert.is((await nodes.tell({ payload: [1, 1], label: true })).error, undefined);
  assert.equal((await nodes.tell({ command: 'stats' })).message!['payload'].labels, ['7', 'true']);
});

test('a label may come later, by id, from another message', async () => {
  const nodes = await start(LEARNER, { ...LEARN, features: 'payload.x', labelProperty: 'payload.y', idProperty: 'payload.id' });
  const same = await twin();
  const stream = clouds(40);
  for (const [id, { payload }] of stream.entries()) {
    const { message } = await nodes.tell({ payload: { x: payload, id } });
    assert.is(message!['onward'].learned, false);
  }
  for (const [id, { payload, label }] of [...stream.entries()].reverse()) {
    same.learn(payload, label);
    const { message } = await nodes.tell({ payload: { id, y: label } });
    assert.is(message!['onward'].learned, true);
    assert.is(message!['onward'].seen, same.seen);
  }
  const again = await nodes.tell({ payload: { id: 5, y: 'a' } });
  assert.is(again.message!['onward'].learned, false);
  const { payload } = (await nodes.tell({ command: 'stats' })).message!;
  assert.equal(payload.late, { waiting: 0, resolved: 40, evicted: 0, duplicates: 0, unknown: 1 });
  assert.is(payload.measured.samples, 40);
  await nodes.tell({ command: 'save' });
  assert.equal(kept(), same.save());
});

test('a changed world is a message on the second output, from the node that taught it', async () => {
  const nodes = await start({ ...LEARNER, drift: 'two-rates' }, LEARN, { ...LEARN, id: 'n2' });
  for (const { payload, label } of clouds(400)) assert.is((await nodes.tell({ payload, label })).alarm, undefined);
  const alarms: Message[] = [];
  for (const { payload, label } of clouds(100, 9)) {
    const { alarm } = await nodes.tell({ topic: 'belt', payload, label: label === 'a' ? 'b' : 'a' }, 'n2');
    if (alarm) alarms.push(alarm);
  }
  assert.ok(alarms.length >= 1);
  assert.is(alarms[0]!['topic'], 'belt');
  assert.is(alarms[0]!['payload'].alarms, 1);
  assert.ok(alarms[0]!['payload'].seen > 400 && alarms[0]!['payload'].seen <= 450, `at ${alarms[0]!['payload'].seen}`);
});

test('commands: sleep, reset and stats', async () => {
  const nodes = await start({ ...LEARNER, exemplars: '20' }, LEARN);
  for (const { payload, label } of clouds(50)) await nodes.tell({ payload, label });
  const stats = (await nodes.tell({ command: 'stats' })).message!['payload'];
  assert.is(stats.seen, 50);
  assert.is(stats.exemplars, 20);
  assert.is(stats.measured.samples, 50);
  assert.ok(stats.bytes.arena > 0);
  assert.equal((await nodes.tell({ command: 'sleep' })).message!['payload'], { steps: 200, exemplars: 20 });
  assert.equal((await nodes.tell({ command: 'sleep', steps: 7 })).message!['payload'], { steps: 7, exemplars: 20 });
  assert.match((await nodes.tell({ command: 'sleep', steps: 2e9 })).error!.message, /0 to 100000/);
  assert.match((await nodes.tell({ command: 'sleep', steps: '5' })).error!.message, /whole number/);
  assert.equal((await nodes.tell({ command: 'reset' })).message!['payload'], { seen: 0, labels: ['a', 'b'] });
  assert.is((await nodes.tell({ command: 'stats' })).message!['payload'].measured.samples, 0);
  const fresh = await createLearner({ inputs: 2, labels: ['a', 'b'], exemplars: 20, drift: 'none', units: [8] });
  assert.equal(kept(), fresh.save(), 'a reset is saved at once');
});

test('a model that asks for another learner than the stored one says so, touches nothing, and starts anew on demand', async () => {
  let nodes = await start(LEARNER, LEARN);
  for (const { payload, label } of clouds(20)) await nodes.tell({ payload, label });
  nodes = await start({ ...LEARNER, inputCount: '3' }, LEARN);
  const before = kept();
  const { error } = await nodes.tell({ payload: [1, 2, 3], label: 'a' });
  assert.match(error!.message, /the stored learner has inputs 2, the model asks for 3\. Change the model back, give it another folder than .*, or send msg\.command "reset"/);
  nodes = await start({ ...LEARNER, labels: 'a, b, c' }, LEARN);
  assert.match((await nodes.tell({ command: 'save' })).error!.message, /labelCapacity 2, the model asks for 3/);
  assert.equal(kept(), before);
  assert.is((await nodes.tell({ command: 'reset' })).message!['payload'].seen, 0);
  assert.is((await nodes.tell({ payload: [1, 2], label: 'c' })).message!['onward'].learned, true);
  nodes = await start({ ...LEARNER, labels: 'a, b, c' }, LEARN);
  assert.is((await nodes.tell({ payload: [1, 2], label: 'c' })).message!['onward'].seen, 2);
});

test('a damaged newest generation is gone back from; where all are, reset starts anew', async () => {
  let nodes = await start(LEARNER, LEARN);
  for (const { payload, label } of clouds(10)) await nodes.tell({ payload, label });
  await nodes.tell({ command: 'save' });
  await nodes.tell({ payload: [1, 1], label: 'b' });
  await nodes.stop();
  const damage = (generation: number): void => {
    const path = join(folder, `onward/model/learner.${generation}`);
    writeFileSync(path, readFileSync(path).subarray(0, 90));
  };
  damage(2);
  flow = undefined;
  nodes = await start(LEARNER, LEARN);
  assert.is((await nodes.tell({ payload: [1, 1] })).message!['onward'].seen, 10);
  await nodes.stop();
  flow = undefined;
  for (const name of readdirSync(join(folder, 'onward/model'))) damage(Number(name.split('.')[1]));
  nodes = await start(LEARNER, LEARN);
  assert.match((await nodes.tell({ payload: [1, 1] })).error!.message, /none of the \d generations .* is good .*"reset"/s);
  assert.is((await nodes.tell({ command: 'reset' })).message!['payload'].seen, 0);
});

test('two models do not write into one folder, and a model of the wrong kind or none is named', async () => {
  const other = { ...LEARNER, id: 'other', store: 'shared' };
  const nodes = await start({ ...LEARNER, store: 'shared' }, LEARN, other, { ...LEARN, id: 'n2', model: 'other' }, { ...DETECT, id: 'n3' }, { ...LEARN, id: 'n4', model: '' });
  const answers = [await nodes.tell({ payload: [1, 2] }), await nodes.tell({ payload: [1, 2] }, 'n2')];
  assert.is(answers.filter(({ message }) => message).length, 1);
  assert.match(answers.find(({ error }) => error)!.error!.message, /in use: this process has it open already: share the one store/);
  assert.match((await nodes.tell({ payload: [1, 2] }, 'n3')).error!.message, /the model is a learner, this node takes a detector: choose another model/);
  assert.match((await nodes.tell({ payload: [1, 2] }, 'n4')).error!.message, /there is no model: choose one/);
});

test('units of layers may be alike, as the dialog shows them', async () => {
  const nodes = await start({ ...LEARNER, units: '64, 64' }, LEARN);
  const same = await createLearner<string>({ inputs: 2, labels: ['a', 'b'], exemplars: 0, drift: 'none', units: [64, 64], bits: 8 });
  for (const { payload, label } of clouds(10)) {
    assert.is((await nodes.tell({ payload, label })).error, undefined);
    same.learn(payload, label);
  }
  await nodes.tell({ command: 'save' });
  assert.equal(kept(), same.save());
});

test('a dialog that cannot be is refused with the name of its field', async () => {
  const cases: [Message, RegExp][] = [
    [{ ...LEARNER, inputCount: '' }, /Inputs: missing/],
    [{ ...LEARNER, inputCount: 'two' }, /Inputs: expected a number, got 'two'/],
    [{ ...LEARNER, inputCount: '5000' }, /inputs: got 5000; expected 1 to 4096/],
    [{ ...LEARNER, fields: 'x, y, z' }, /2 do not fit the 3 names/],
    [{ ...LEARNER, fields: 'x, __proto__', inputCount: '' }, /"__proto__" is what JavaScript keeps for itself/],
    [{ ...LEARNER, labels: 'a, a' }, /a name stands there twice/],
    [{ ...LEARNER, labels: 'a,, b' }, /an empty name between commas/],
    [{ ...LEARNER, bits: '9' }, /bits: got 9; expected 8 or 16/],
    [{ ...LEARNER, window: '4' }, /window\.samples: got 4; expected 8 to 256/],
    [{ ...LEARNER, window: '8', hop: '0.5' }, /Hop: got 0\.5; expected a whole number/],
    [{ ...LEARNER, samples: '0' }, /Save after samples: got 0; expected more than 0/],
  ];
  for (const [model, pattern] of cases) {
    const nodes = await start(model, LEARN);
    assert.match((await nodes.tell({ payload: [1, 2] })).error!.message, pattern);
  }
  assert.not.ok(existsSync(join(folder, 'onward')), 'nothing was written for any of them');
});

test('kept in memory only: no file is written, and saving says why not', async () => {
  const nodes = await start({ ...LEARNER, keep: false }, LEARN);
  await nodes.tell({ payload: [1, 2], label: 'a' });
  assert.match((await nodes.tell({ command: 'save' })).error!.message, /kept in memory only: tick "Keep on disk"/);
  await nodes.stop();
  flow = undefined;
  assert.equal(readdirSync(folder), []);
});

test('the badge shows what was learned, how well, and what went wrong', async () => {
  const nodes = await start(LEARNER, LEARN);
  for (const { payload, label } of clouds(50)) await nodes.tell({ payload, label });
  await badgeSays(/^50 learned · 9\d\.\d %$|^50 learned · 100\.0 %$/);
  await nodes.tell({ payload: 'x' });
  await badgeSays(/^msg\.payload is a string/, 'red');
});

/** Readings of a healthy machine: vibration follows temperature. */
function readings(count: number, seed: number, fault = 0): { temp: number; vibration: number }[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const temp = 40 + 5 * Math.sin(i / 10) + random();
    return { temp, vibration: 0.1 * temp + random() * 0.2 + fault };
  });
}

test('a detector scores every reading as the library does, tells when an alarm begins and which channel it is', async () => {
  const nodes = await start(DETECTOR, DETECT);
  const same = await createDetector({ channels: 2, mode: 'commissioned', warmup: 100 });
  const begins: Message[] = [];
  let was = false;
  let expectedBegins = 0;
  for (const payload of [...readings(150, 1), ...readings(50, 2, 3), ...readings(50, 3)]) {
    const expected = same.observe([payload.temp, payload.vibration]);
    if (expected.alarm && !was) expectedBegins++;
    was = expected.alarm;
    const { message, alarm } = await nodes.tell({ payload });
    assert.is(message!['payload'], expected.score);
    assert.is(message!['onward'].alarm, expected.alarm);
    assert.equal(message!['onward'].channels, [...expected.channels]);
    if (alarm) begins.push(alarm['payload']);
  }
  assert.is(begins.length, expectedBegins);
  const worst = begins.reduce((a, b) => (b['score'] > a['score'] ? b : a));
  assert.ok(begins.some(({ seen }) => seen > 150 && seen <= 160), 'the fault was told of within ten readings');
  assert.is(worst['explanation'][0].channel, 'vibration');
  await nodes.tell({ command: 'save' });
  assert.equal(kept('detector'), same.save());
});

test('a detector survives a redeploy, is recommissioned and reset, and is as unharmed by what is no reading', async () => {
  let nodes = await start(DETECTOR, DETECT);
  for (const payload of readings(60, 1)) await nodes.tell({ payload });
  nodes = await start(DETECTOR, DETECT);
  const { message } = await nodes.tell({ payload: [41, 4.2] });
  assert.is(message!['onward'].seen, 61);
  assert.is(message!['onward'].toLearn, 39);
  await nodes.tell({ command: 'save' });
  const before = kept('detector');
  for (const payload of [[1], [1, NaN], '1', { hum: 1 }, JSON.parse('{"temp": 1, "vibration": 2, "__proto__": 3}')]) {
    assert.ok((await nodes.tell({ payload })).error);
  }
  await nodes.tell({ command: 'save' });
  assert.equal(kept('detector'), before);
  assert.equal((await nodes.tell({ command: 'stats' })).message!['payload'].refused, 5);
  assert.equal((await nodes.tell({ payload: { temp: 40 } })).message!['onward'].features, [40, NaN]); // a field that is not there is missing
  assert.equal((await nodes.tell({ command: 'recommission' })).message!['payload'], { toLearn: 100 });
  assert.is((await nodes.tell({ command: 'stats' })).message!['payload'].seen, 62);
  assert.is((await nodes.tell({ command: 'reset' })).message!['payload'].seen, 0);
  nodes = await start({ ...DETECTOR, warmup: '200' }, DETECT);
  assert.match((await nodes.tell({ payload: [1, 2] })).error!.message, /the stored detector has warmup 100, the model asks for 200/);
});

/** What a heater draws, from the cold outside and the people in the room; some of it nobody measures. */
function heater(count: number, seed = 1): { payload: { outside: number; people: number }; target: number | null }[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const [outside, people] = [5 + 12 * Math.sin(i / 6), i % 5];
    return { payload: { outside, people }, target: i % 7 === 3 ? null : Math.max(0, 90 * (21 - outside) - 120 * people) + 10 * random() };
  });
}

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);

for (const [title, model, ahead, lags] of [['beside its sample', REGRESSOR, 0, 0], ['three messages later', { ...REGRESSOR, horizon: '3', lags: '2' }, 3, 2]] as const) {
  test(`a number ${title}: value, low and high, and over a redeploy the bytes, are those of the library`, async () => {
    const same = await createRegressor({ inputs: 2, lags, horizon: Math.max(1, ahead), units: [8] });
    same.note = JSON.stringify({ form: 'fields', fields: ['outside', 'people'], ahead });
    for (const part of [heater(60), heater(40, 2)]) {
      const nodes = await start(model, PREDICT);
      same.begin();
      const samples = part.map(({ payload: { outside, people } }) => [outside, people]);
      for (const [i, { payload, target }] of part.entries()) {
        if (ahead > 0 && i >= ahead) same.learn(samples[i - ahead]!, target ?? NaN);
        const expected = same.predict(samples[i]!);
        if (ahead === 0) same.learn(samples[i]!, target ?? NaN);
        const { message } = await nodes.tell({ topic: 'room', payload, ...(i % 2 === 0 || target !== null ? { target } : {}) });
        const { value, low, high, features, seen, target: known } = message!['onward'];
        assert.equal([value, low, high], [expected.value, expected.low, expected.high].map(orNull));
        assert.equal([message!['payload'], message!['topic'], features, seen, known], [value, 'room', samples[i], same.seen, target]);
      }
      await nodes.tell({ command: 'save' });
      assert.equal(kept('regressor'), same.save());
    }
    const { message } = await flow!.tell({ command: 'stats' });
    assert.equal([message!['payload'].seen, message!['payload'].refused], [same.seen, 0]);
    assert.ok(message!['payload'].error > 0 && message!['payload'].within > 0.4, JSON.stringify(message!['payload']));
  });
}

test('a sensor foreseen by its own past, without inputs; begin, what is refused, another model, and reset', async () => {
  const own = { ...REGRESSOR, fields: '', inputCount: '0', lags: '4' };
  let nodes = await start(own, { ...PREDICT, targetProperty: 'payload' });
  const same = await createRegressor({ inputs: 0, lags: 4, units: [8] });
  for (let i = 0; i < 40; i++) {
    if (i === 20) {
      await nodes.tell({ command: 'begin' });
      same.begin();
    }
    const { message } = await nodes.tell({ payload: 50 + (i % 4) });
    assert.is(message!['payload'], orNull(same.predict([]).value));
    same.learn([], 50 + (i % 4));
  }
  for (const [payload, why] of [['warm', /msg\.payload is a string \('warm'\): make it a number/], [NaN, /msg\.payload is NaN: send null/], [{}, /msg\.payload is an object/]] as const) {
    assert.match((await nodes.tell({ payload })).error!.message, why);
  }
  await nodes.tell({ command: 'save' });
  assert.equal((await loadRegressor(kept('regressor'))).predict([]), same.predict([]), 'what is refused changes nothing');
  nodes = await start({ ...own, horizon: '2' }, PREDICT, { ...LEARN, id: 'n2' });
  assert.match((await nodes.tell({ target: 1 })).error!.message, /the stored regressor has horizon 0, the model asks for 2/);
  assert.match((await nodes.tell({ payload: [1] }, 'n2')).error!.message, /the model is a regressor, this node takes a learner/);
  assert.is((await nodes.tell({ command: 'reset' })).message!['payload'].seen, 0);
  // one that a program saved looks as far ahead as its horizon, whatever cannot be is in its note
  const foreign = await createRegressor({ inputs: 0, lags: 4, horizon: 2, units: [8] });
  for (const [i, note] of ['', '{"ahead":1.5}', '{"ahead":-3}'].entries()) {
    foreign.note = note;
    writeFileSync(join(folder, 'onward', 'model', `regressor.${100 + i}`), foreign.save());
    nodes = await start({ ...own, horizon: '2' }, PREDICT);
    assert.is((await nodes.tell({ target: 1 })).error, undefined, note);
  }
  nodes = await start({ ...own, horizon: '' }, PREDICT);
  assert.match((await nodes.tell({ target: 1 })).error!.message, /the stored regressor has horizon 2, the model asks for 0/);
  nodes = await start({ ...own, lags: '' }, PREDICT);
  assert.match((await nodes.tell({ target: 1 })).error!.message, /config\.inputs: got 0; expected 1 to 512/);
});

test.run();
