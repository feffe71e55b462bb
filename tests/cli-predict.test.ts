// `onward predict`, and the models it takes: from eval --save, a snapshot, a store; by columns, by names in JSON, in windows. And `inspect` and `labels` of the same.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDetector, createLearner, createTwoPass, loadLearner, type Learner } from '../host/index.js';
import { createRegressor } from '../host/regressor/index.js';
import { encodeProject } from '../host/project.js';
import { PICTURE_FEATURES, PICTURE_FEATURE_NAMES, pictureFeatures, smallPicture } from '../host/sources/camera.js';
import { Random } from '../benchmarks/rivals/random.js';
import { THINGS, Table, pictures } from './objects.js';
import { FileStore } from '../host/stores/file.js';
import { buildCli, runCommand, type Ended } from './command.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('onward predict');
let folder = '';

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-predict-'));
  await buildCli();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

async function good(args: readonly string[], input = ''): Promise<Ended> {
  const ran = await runCommand(args, input);
  assert.is(ran.code, 0, `${args.join(' ')}: ${ran.err}`);
  return ran;
}

/** Two states, far enough apart. */
const rows = (count: number, seed: number): { temp: number; hum: number; state: string }[] => {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const state = random() < 0.5 ? 'off' : 'on';
    return { temp: Number(((state === 'on' ? 23 : 20) + random()).toFixed(2)), hum: Number((40 + 3 * random()).toFixed(2)), state };
  });
};
const csv = (of: ReturnType<typeof rows>): string => `temp,hum,state\n${of.map(({ temp, hum, state }) => `${temp},${hum},${state}`).join('\n')}\n`;

/** Without the numbers of the rows, which must follow one another. */
function answersIn(out: string, step = 1): string {
  const lines = out.trim().split('\n').map((line) => line.split(','));
  lines.slice(2).forEach((line, i) => assert.is(Number(line[0]) - Number(lines[i + 1]![0]), step, out));
  return lines.map((line) => `${line.slice(1).join(',')}\n`).join('');
}

/** What `predict` must print for these values, but for the numbers of the rows. */
function expected(learner: Learner, samples: readonly (readonly number[])[]): string {
  return `label,probability,margin,familiar\n${samples.map((x) => {
    const { label, probability, margin, familiar } = learner.predict(x);
    return [label, Number(probability.toFixed(4)), Number(margin.toFixed(4)), familiar === undefined ? '' : Number(familiar.toFixed(4))].join(',');
  }).join('\n')}\n`;
}

test('two commands: eval --save, and predict on other rows; the answers are the library\'s, and nothing is learned', async () => {
  const fresh = rows(60, 2);
  writeFileSync(at('train.csv'), csv(rows(300, 1)));
  writeFileSync(at('new.csv'), csv(fresh));
  await good(['eval', at('train.csv'), '--save', at('model'), '--quiet']);
  const before = readFileSync(at('model'));
  const learner = await loadLearner(before);
  const answers = expected(learner, fresh.map(({ temp, hum }) => [temp, hum]));
  const { out, err } = await good(['predict', at('model'), at('new.csv')]);
  assert.is(answersIn(out), answers);
  assert.match(err, /onward: 60 answers: (on|off) \d+, (on|off) \d+; \d+\.\d % of the 60 with a label are right\n$/);
  assert.is((await good(['predict', at('model'), '-'], csv(fresh))).out, out);
  await good(['predict', at('model'), at('new.csv'), '--out', at('answers.csv'), '--quiet']);
  assert.is(readFileSync(at('answers.csv'), 'utf8'), out);
  const lines = (await good(['predict', at('model'), at('new.csv'), '--json'])).out.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.map(({ row, label }) => `${row},${label}`), out.trim().split('\n').slice(1).map((line) => line.split(',').slice(0, 2).join(',')));
  assert.ok(readFileSync(at('model')).equals(before));
});

test('a store by its folder, JSON taught and asked by name, a CSV in any order of columns; id and time are carried through', async () => {
  const fresh = rows(40, 3);
  const taught = rows(200, 4).map(({ temp, hum, state }, i) => JSON.stringify({ t: i, room: { temp, hum }, y: state }));
  await good(['learn', '--source', '-', '--store', at('store'), '--quiet'], taught.join('\n'));
  const files = readdirSync(at('store'));
  const store = await FileStore.open(join(at('store'), 'learner'), { lock: false });
  const learner = await loadLearner((await store.load())!.snapshot);
  await store.close();
  const asked = fresh.map(({ temp, hum }, i) => JSON.stringify({ id: `n,${i}`, ts: 1714557600 + i, t: i / 2, room: { hum, temp } }));
  writeFileSync(at('asked.jsonl'), ['nope', ...asked].join('\n'));
  const { out, err } = await good(['predict', at('store'), at('asked.jsonl')]);
  const plain = expected(learner, fresh.map(({ temp, hum }) => [temp, hum])).trim().split('\n').slice(1);
  assert.equal(out.trim().split('\n'), ['row,t,id,label,probability,margin,familiar', ...plain.map((line, i) => `${i + 2},${i / 2},"n,${i}",${line}`)]); // the first line is refused
  assert.match(err, 'line 1 is not JSON');
  assert.match(err, '; 1 refused');
  assert.is((await good(['predict', at('store'), '--source', '-'], ['nope', ...asked].join('\n'))).out, out);
  const columns = `extra,room.hum,room.temp,note\n${fresh.map(({ temp, hum }, i) => `${-i},${hum},${temp},text`).join('\n')}\n`;
  assert.equal(answersIn((await good(['predict', at('store'), '-'], columns)).out).trim().split('\n').slice(1), plain);
  assert.equal(readdirSync(at('store')), files);
});

test('a file of JSON lines is a source too, read once', async () => {
  writeFileSync(at('taught.jsonl'), rows(120, 9).map(({ temp, hum, state }) => JSON.stringify({ in: { temp, hum }, state })).join('\n'));
  const taught = await good(['learn', '--source', at('taught.jsonl'), '--label', 'state', '--store', at('from-file')]);
  assert.match(taught.err, '120 samples, 120 learned');
  assert.equal(JSON.parse((await good(['inspect', at('from-file'), '--json'])).out).fields, ['in.temp', 'in.hum']);
  assert.match((await good(['predict', at('from-file'), at('taught.jsonl')])).err, /120 answers: .* of the 120 with a label are right/);
  assert.is((await runCommand(['learn', '--source', at('train.csv'), '--fields', 'temp', '--store', at('other')])).code, 2);
});

test('windows of a model are those it was taught, with a hop where that is asked for', async () => {
  const wave = (count: number): string => `a,b,state\n${Array.from({ length: count }, (_, i) => `${Math.sin(i * (i < count / 2 ? 0.3 : 1.5)).toFixed(3)},${(i % 3) / 10},${i < count / 2 ? 'slow' : 'fast'}`).join('\n')}\n`;
  writeFileSync(at('wave.csv'), wave(1600));
  await good(['eval', at('wave.csv'), '--window', '16', '--save', at('windows'), '--quiet']);
  writeFileSync(at('short.csv'), wave(64));
  const { out } = await good(['predict', at('windows'), at('short.csv')]);
  assert.is(answersIn(out, 16).trim().split('\n').length, 5);
  assert.is(answersIn((await good(['predict', at('windows'), at('short.csv'), '--hop', '8'])).out, 8).trim().split('\n').length, 8);
  writeFileSync(at('tiny.csv'), wave(10));
  const { code, err } = await runCommand(['predict', at('windows'), at('tiny.csv')]);
  assert.is(code, 1);
  assert.match(err, 'held no sample of this model: a window has 16 rows');
});

test('what is wrong is said, and nothing is overwritten', async () => {
  writeFileSync(at('detector'), (await createDetector({ channels: 2 })).save());
  writeFileSync(at('broken'), readFileSync(at('model')).subarray(0, -3));
  mkdirSync(at('empty'));
  const cases: [number, RegExp, string[]][] = [
    [2, /MODEL is missing/, ['predict']],
    [2, /either a FILE or --source/, ['predict', at('model')]],
    [2, /either a FILE or --source/, ['predict', at('model'), at('new.csv'), '--source', '-']],
    [2, /one MODEL FILE at a time/, ['predict', at('model'), at('new.csv'), at('train.csv')]],
    [2, /is the FILE itself/, ['predict', at('model'), at('new.csv'), '--out', at('new.csv')]],
    [2, /is the FILE itself/, ['predict', at('model'), at('new.csv'), '--out', at('model')]],
    [2, /--publish needs --source/, ['predict', at('model'), at('new.csv'), '--publish', 'a']],
    [2, /has the fields room\.temp,room\.hum/, ['predict', at('store'), at('asked.jsonl'), '--fields', 'a']],
    [1, /no file .*, and no store: neither a folder/, ['predict', at('nowhere'), at('new.csv')]],
    [1, /holds no snapshot/, ['predict', at('empty'), at('new.csv')]],
    [1, /cut off/, ['predict', at('broken'), at('new.csv')]],
    [1, /is a detector/, ['predict', at('detector'), at('new.csv')]],
    [1, /no column room\.temp, room\.hum, which the model needs; there are temp, hum/, ['predict', at('store'), at('new.csv')]],
    [1, /there is no folder/, ['predict', at('model'), at('new.csv'), '--out', at('none/x.csv')]],
  ];
  for (const [code, why, args] of cases) {
    const ran = await runCommand(args);
    assert.equal([ran.code, ran.out], [code, ''], `${args.join(' ')}: ${ran.err}`);
    assert.match(ran.err, why);
  }
  assert.is(readFileSync(at('new.csv'), 'utf8'), csv(rows(60, 2)));
});

test('a model of another kind is refused by its name, with what takes it; the weights of a fleet are no samples', async () => {
  writeFileSync(at('regressor'), (await createRegressor({ inputs: 2 })).save());
  writeFileSync(at('two-pass'), (await createTwoPass({ inputs: 2, labels: ['a', 'b'], units: [8] } as never)).save());
  const refused: [RegExp, string[]][] = [
    [/is a detector, which has no labels; onward predict takes a learner, learner of sound, regressor or project; onward detect, onward inspect and onward export take it, a program loads it \(loadDetector of onward\)/, ['predict', at('detector'), at('new.csv')]],
    [/is a regressor, which predicts numbers, not labels; onward watch takes/, ['watch', '--load', at('regressor')]],
    [/is a regressor, .*; onward labels takes a learner/, ['labels', at('regressor')]],
    [/is a two-pass network; onward inspect takes .*; a program loads it \(loadTwoPass of onward\)/, ['inspect', at('two-pass')]],
    [/is a learner, which answers with labels; onward detect takes a detector; onward predict, .*labels and onward export take it/, ['detect', at('new.csv'), '--load', at('model')]],
    [/is a regressor, .*; onward watch takes a learner/, ['watch', '--source', at('new.csv'), '--load', at('regressor')]],
    [/this is not a text file but a model of onward: name it first, and the table behind it/, ['eval', at('model')]],
  ];
  if (existsSync('/dev/full')) for (const of of [[at('model')], [at('regressor'), '--drop', 'state']]) refused.push([/\/dev\/full: ENOSPC/, ['predict', ...of, at('new.csv'), '--out', '/dev/full']]);
  for (const [why, args] of refused) {
    const ran = await runCommand(args);
    assert.match(ran.err, why);
    assert.is(ran.code, 1, args.join(' '));
  }
  const taught = await loadLearner(readFileSync(at('model')));
  const shared = taught.clone();
  shared.reset();
  writeFileSync(at('fresh'), shared.save());
  shared.setParameters(taught.parameters());
  writeFileSync(at('shared'), shared.save());
  assert.match((await good(['inspect', at('shared')])).out, /seen +0 +samples learned by itself: its weights were given to it, as a fleet shares them/);
  assert.match((await good(['inspect', at('fresh')])).out, /seen +0 +samples learned\n/);
  const given = async (name: string) => JSON.parse((await good(['inspect', at(name), '--json'])).out).given;
  assert.equal([await given('shared'), await given('fresh')], [true, false]);
});

test('a cell of text is a missing value, told by its row; the others are answered', async () => {
  writeFileSync(at('slip.csv'), 'temp,hum\n23.5,41\nERR,41\n20.5,41\n');
  for (const model of ['model', 'store']) {
    const source = model === 'model' ? 'temp,hum' : 'room.temp,room.hum';
    writeFileSync(at('slip.csv'), `${source}\n23.5,41\nERR,41\n20.5,41\n`);
    const { out, err } = await good(['predict', at(model), at('slip.csv')]);
    assert.equal(out.trim().split('\n').map((line) => line.split(',').slice(0, 2).join()), ['row,label', '2,on', out.split('\n')[2]!.split(',').slice(0, 2).join(), '4,off']);
    assert.match(err, /temp": 1 cell of text taken as missing, the first is "ERR" in row 3/);
  }
});

test('inspect takes a snapshot, the file of eval --save and a store, and names the fields', async () => {
  const saved = JSON.parse((await good(['inspect', at('model'), '--json'])).out);
  assert.equal([saved.form, saved.fields, saved.label, saved.seen], ['table', ['temp', 'hum'], 'state', 300]);
  const store = JSON.parse((await good(['inspect', at('store'), '--json'])).out);
  assert.equal([store.form, store.fields, store.label, store.predicted, store.generation, store.damaged], ['fields', ['room.temp', 'room.hum'], 'y', 200, 1, 0]);
  assert.match((await good(['inspect', at('store')])).out, /fields +2 +room\.temp, room\.hum\nlabel +in field "y"/);
  assert.match((await good(['inspect', at('detector')])).out, 'a detector');
});

test('a store that a program keeps is named as the program names it, by every command', async () => {
  const store = await FileStore.open(join(at('state'), 'pump'));
  await store.save(readFileSync(at('model')));
  await store.close();
  assert.is((await good(['predict', at('state/pump'), at('new.csv')])).out, (await good(['predict', at('model'), at('new.csv')])).out);
  assert.equal(JSON.parse((await good(['labels', at('state/pump'), '--rename', 'on=going', '--json'])).out).labels.sort(), ['going', 'off']);
  assert.is(JSON.parse((await good(['inspect', at('state/pump'), '--json'])).out).generation, 2);
  assert.match((await runCommand(['inspect', at('state')])).err, `name ${at('state/pump')}, as the program that wrote it does`);
});

test('a project of the page is asked as its network is, and its labels stay with its samples', async () => {
  const snapshot = new Uint8Array(readFileSync(at('model')));
  const { labels } = await loadLearner(snapshot);
  const bytes = encodeProject({ signal: 'csv', channels: 2, window: 1, unknownBelow: 0.01, labels, samples: [{ label: labels[0]!, x: Float32Array.of(20, 40) }], snapshot });
  writeFileSync(at('mine.onwp'), bytes);
  assert.is((await good(['predict', at('mine.onwp'), at('new.csv')])).out, (await good(['predict', at('model'), at('new.csv')])).out);
  assert.is(JSON.parse((await good(['inspect', at('mine.onwp'), '--json'])).out).seen, JSON.parse((await good(['inspect', at('model'), '--json'])).out).seen);
  assert.match((await runCommand(['labels', at('mine.onwp'), '--rename', 'on=going'])).err, 'change them there');
  assert.ok(readFileSync(at('mine.onwp')).equals(bytes));
  writeFileSync(at('cut.onwp'), bytes.subarray(0, 200));
  assert.match((await runCommand(['predict', at('cut.onwp'), at('new.csv')])).err, /cut\.onwp: project: .*damaged or cut off/);
});

test('a project of pictures takes rows of their features, and says so of anything else', async () => {
  const random = new Random(5);
  const table = new Table(160, 120, random);
  const labels = ['mug', 'banana'] as const;
  using learner = await createLearner({ inputs: PICTURE_FEATURES, labels, exemplars: 60 });
  learner.note = JSON.stringify({ picture: { side: 32, features: PICTURE_FEATURES } }); // as the page writes it
  const taught = labels.flatMap((label) => pictures(THINGS[label]!, 15, table, random).map((taken) => ({ label, picture: smallPicture(taken) })));
  for (const { label, picture } of taught) learner.learn(pictureFeatures(picture), label);
  const samples = taught.map(({ label, picture }) => ({ label, x: Float32Array.from(picture, (value) => value / 256) }));
  writeFileSync(at('things.onwp'), encodeProject({ signal: 'camera', channels: 3072, window: 1, unknownBelow: 0, labels, samples, snapshot: learner.save() }));
  writeFileSync(at('features.csv'), `${PICTURE_FEATURE_NAMES.join()}\n${taught.map(({ picture }) => pictureFeatures(picture).join()).join('\n')}\n`);
  const answers = (await good(['predict', at('things.onwp'), at('features.csv')])).out.trim().split('\n').slice(1).map((line) => line.split(',')[1]);
  assert.equal(answers, taught.map(({ label }) => label));
  assert.match((await runCommand(['predict', at('things.onwp'), at('new.csv')])).err, /\d columns of numbers \(.*\); the model was taught pictures of a camera: give it of each a row of the features that pictureFeatures/);
  writeFileSync(at('mug.jpg'), Uint8Array.of(0xff, 0xd8, 0xff));
  assert.match((await runCommand(['predict', at('things.onwp'), at('mug.jpg')])).err, /mug\.jpg is a picture; this command takes rows of numbers: of each picture the features/);
  assert.match((await good(['inspect', at('things.onwp')])).out, /picture +32 x 32 +points of a camera/);
  assert.equal(JSON.parse((await good(['inspect', at('things.onwp'), '--json'])).out).picture, { side: 32 });
});

test('rows are lines of the file, and a label that is not there is not missed', async () => {
  const [header, ...lines] = csv(rows(5, 6)).trim().split('\n').map((line) => line.split(',').slice(0, 2).join(','));
  writeFileSync(at('asked.csv'), ['# of today', header, ...lines].join('\n'));
  const { out, err } = await good(['predict', at('model'), at('asked.csv')]);
  assert.equal(out.trim().split('\n').slice(1).map((line) => line.split(',')[0]), ['3', '4', '5', '6', '7']);
  assert.not.match(err, 'label');
  assert.equal((await good(['predict', at('store'), '-'], 'room.temp,room.hum\n1,2\n')).out.trim().split('\n')[1]!.split(',')[0], '2');
});

test('labels are listed, renamed, merged and forgotten, all or nothing', async () => {
  const labels = async (name: string): Promise<string[]> => JSON.parse((await good(['labels', at(name), '--json'])).out).labels;
  for (const name of ['model', 'store']) {
    const before = await labels(name);
    const file = name === 'model' ? readFileSync(at(name)) : undefined;
    assert.is((await runCommand(['labels', at(name), '--rename', 'on=running', '--forget', 'nobody'])).code, 1);
    assert.equal(await labels(name), before);
    if (file) assert.ok(readFileSync(at(name)).equals(file));
    await good(['labels', at(name), '--rename', 'on=running']);
    assert.equal((await labels(name)).sort(), ['off', 'running']);
    await good(['labels', at(name), '--forget', 'off']);
    assert.equal(await labels(name), ['running']);
  }
  assert.match((await good(['predict', at('store'), at('asked.jsonl')])).err, '40 answers: running 40');
  assert.is((await runCommand(['labels', at('model'), '--rename', 'a'])).code, 2);
  assert.match((await runCommand(['labels', at('model'), '--forget', 'gone'])).err, /'gone' is unknown/);
});

test.run();
