// Two-pass networks as their users see them: what they learn in each of their ways, what they refuse, and that nothing is lost in a snapshot.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Random } from '../benchmarks/rivals/random.js';
import { crc32 } from '../host/checksum.js';
import { LearnerError, createTwoPass, loadDetector, loadTwoPass, twoPassBytesNeeded, type TwoPass, type TwoPassConfig } from '../host/index.js';
import { numbered } from '../host/label-names.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('two-pass');

/** 1,797 digits of 8 x 8, 0 to 16; every fifth is kept aside. */
const digits = gunzipSync(readFileSync(`${root}data/digits_8x8.csv.gz`)).toString().trim().split('\n').map((line) => line.split(',').map(Number));
const samples = digits.map((row) => ({ x: Float32Array.from(row.slice(0, 64)), y: row[64], label: String(row[64]) }));
const training = samples.filter((_, i) => i % 5 !== 0);
const held = samples.filter((_, i) => i % 5 === 0);
const IMAGES: TwoPassConfig = { grid: { height: 8, width: 8, channels: 1 }, units: [100, 100], labels: numbered(10), inputScale: 1 / 16 };

const accuracy = (network: TwoPass): number => (100 * held.filter(({ x, label }) => network.predict(x).label === label).length) / held.length;

/** Above and below a jagged edge two different digits: right in small, wrong as a whole (Hinton's hybrid, for 8 x 8). */
function hybrid(random: Random): Float32Array {
  const [a, b] = [training[random.below(training.length)], training[random.below(training.length)]];
  const edge = Array.from({ length: 8 }, () => 3 + random.below(3));
  const across = random.uniform() < 0.5;
  return Float32Array.from(a.x, (value, i) => ((across ? i >> 3 : i % 8) < edge[across ? i % 8 : i >> 3] ? value : b.x[i]));
}

async function refuses(make: () => unknown, type: Function, message: RegExp): Promise<void> {
  try {
    await make();
  } catch (error) {
    assert.instance(error, type);
    assert.match((error as Error).message, message);
    return;
  }
  throw new Error(`nothing was thrown; expected ${message}`);
}

test('however active a unit, a negative sample lowers it by all of e h', async () => {
  const network = await createTwoPass({ inputs: 8, units: [256], normalise: false, inputScale: 1, rate: 0.03 });
  const x = new Float32Array(8).fill(7);
  const before = Array.from(network.weights(0));
  network.learnNegative(x);
  const after = network.weights(0);
  const activities = Array.from({ length: 256 }, (_, j) => Math.max(0, 7 * before.slice(8 * j, 8 * j + 8).reduce((sum, w) => sum + w)));
  const strong = activities.filter((h) => h > 12); // e is 1 here
  assert.ok(strong.length > 2, `${strong.length} units above 12`);
  activities.forEach((h, j) => {
    if (h <= 12) return;
    const moved = before.slice(8 * j, 8 * j + 8).reduce((sum, w, i) => sum + w - after[8 * j + i], 0);
    const expected = (8 * 0.03 * 4 * h * 7) / ((8 * 49 + 8) / 2);
    assert.ok(Math.abs(moved / expected - 1) < 0.02, `unit ${j}, activity ${h}: moved ${moved}, expected ${expected}`);
  });
  network.dispose();
});

test('with the label in the input it learns digits, by either sign, loss and goodness', async () => {
  const settings: [TwoPassConfig, number][] = [
    [{ ...IMAGES }, 93],
    [{ ...IMAGES, bits: 8 }, 92],
    [{ ...IMAGES, loss: 'threshold' }, 87],
    [{ ...IMAGES, sign: -1 }, 91],
    [{ ...IMAGES, goodness: 'activity' }, 91],
    [{ ...IMAGES, peers: 0.03 }, 92],
  ];
  for (const [config, least] of settings) {
    const network = await createTwoPass({ ...config, labelInput: true, labelStrength: 3 });
    for (let pass = 0; pass < 6; pass++) for (const { x, label } of training) network.learnLabelled(x, label);
    const right = accuracy(network);
    assert.ok(right >= least, `${JSON.stringify(config)}: ${right.toFixed(1)} % right; expected ${least}`);
  }
});

test('without labels it finds features that a readout makes more of than of the ones it began with', async () => {
  const right: number[] = [];
  for (const rate of [0, 0.05]) {
    const network = await createTwoPass({ ...IMAGES, rate, readoutFrom: 0 });
    const random = new Random(4);
    for (let t = 0; t < 12_000; t++) network.learnPair(training[random.below(training.length)].x, hybrid(random));
    for (let pass = 0; pass < 6; pass++) for (const { x, label } of training) network.learnReadout(x, label);
    right.push(accuracy(network));
  }
  assert.ok(right[1] >= right[0] + 1, `${right.map((each) => each.toFixed(1)).join(' % without, ')} % with learning`);
});

test('through windows it tells digits from mixtures of two of them, which it did not at first', async () => {
  const network = await createTwoPass({ grid: { height: 8, width: 8, channels: 1 }, units: [{ field: 4, stride: 2, channels: 16 }, 64], inputScale: 1 / 16, peers: 0.03, rate: 0.02 });
  const told = (): number => {
    const random = new Random(8);
    const higher = held.filter(({ x }) => network.score(x) > network.score(hybrid(random))).length;
    return (100 * higher) / held.length;
  };
  const before = told();
  const random = new Random(4);
  for (let t = 0; t < 12_000; t++) network.learnPair(training[random.below(training.length)].x, hybrid(random));
  const after = told();
  assert.ok(before < 60 && after > 72, `${before.toFixed(1)} % before, ${after.toFixed(1)} % after`);
});

test('positive and negative passes may lie apart: what was learned as positive scores above noise', async () => {
  for (const sign of [1, -1] as const) {
    const network = await createTwoPass({ inputs: 64, units: [50, 50], inputScale: 1 / 16, sign, loss: 'threshold', rate: 0.02 });
    const random = new Random(9);
    const noise = (): Float32Array => Float32Array.from({ length: 64 }, () => random.below(17));
    for (let block = 0; block < 60; block++) {
      for (let i = 0; i < 20; i++) network.learnPositive(training[block * 20 + i].x);
      for (let i = 0; i < 20; i++) network.learnNegative(noise());
    }
    const wrong = held.filter(({ x }) => network.score(x) <= network.score(noise())).length;
    assert.ok(wrong < held.length / 20, `sign ${sign}: noise scores higher in ${wrong} of ${held.length}`);
    assert.is(network.stats().seen, 1200);
  }
});

test('peer normalisation brings units back that were always off', async () => {
  const dead = async (peers: number): Promise<number> => {
    const network = await createTwoPass({ inputs: 64, units: [40], inputScale: 1 / 16, peers, sign: -1, loss: 'threshold', theta: 0.1, rate: 0.2 });
    const random = new Random(2);
    for (let t = 0; t < 6000; t++) network.learnPair(training[t % training.length].x, hybrid(random));
    const weights = network.weights(0);
    const on = new Set<number>();
    for (const { x } of held) {
      for (let j = 0; j < 40; j++) {
        let a = 0;
        for (let i = 0; i < 64; i++) a += weights[j * 64 + i]! * x[i]!;
        if (a > 0) on.add(j);
      }
    }
    return 40 - on.size;
  };
  const [without, with_] = [await dead(0), await dead(0.3)];
  assert.ok(with_ < without, `${without} units always off without, ${with_} with it`);
});

test('rows at once are the same steps, and a rate of 0 learns nothing but counts', async () => {
  const network = await createTwoPass({ ...IMAGES, labelInput: true, readout: true });
  const other = await createTwoPass({ ...IMAGES, labelInput: true, readout: true }, { build: 'scalar' });
  const rows = Float32Array.from(training.slice(0, 20).flatMap(({ x }) => [...x]));
  const negatives = rows.slice().reverse();
  const labels = training.slice(0, 20).map(({ y }) => y);
  network.learnLabelledMany(rows, labels);
  network.learnPairs(rows, negatives);
  network.learnReadoutMany(rows, labels);
  labels.forEach((_, row) => other.learnLabelled(training[row].x, training[row].label));
  labels.forEach((_, row) => other.learnPair(training[row].x, negatives.subarray(row * 64, row * 64 + 64)));
  labels.forEach((_, row) => other.learnReadout(training[row].x, training[row].label));
  assert.equal(network.save(), other.save());

  const before = network.weights(0);
  network.setRate(0);
  for (const { x, label } of training.slice(0, 20)) network.learnLabelled(x, label);
  assert.equal(network.weights(0), before);
  network.setRate(0.1);
  for (const { x, label } of training.slice(0, 20)) network.learnLabelled(x, label);
  assert.not.equal(network.weights(0), before);
  assert.is(network.stats().seen, 80);
  assert.is(network.stats().readouts, 20);
});

test('a snapshot goes on to the same bytes, on either build', async () => {
  const config: TwoPassConfig = { grid: { height: 8, width: 8, channels: 1 }, units: [{ field: 4, stride: 2, channels: 5 }, 9], labels: numbered(10), peers: 0.03 };
  const network = await createTwoPass(config);
  const random = new Random(1);
  for (let t = 0; t < 30; t++) network.learnPair(training[t].x, hybrid(random));
  const copy = await loadTwoPass(network.save(), { build: 'scalar' });
  assert.equal(copy.config, network.config);
  for (const each of [network, copy]) {
    for (let t = 30; t < 60; t++) each.learnReadout(training[t].x, training[t].label);
  }
  assert.equal(copy.save(), network.save());
  const { arena, scratch } = await twoPassBytesNeeded(config);
  assert.is(network.save().length, 8 + 48 * 4 + 8 + arena - scratch + 4);
});

test('names of labels are kept, a copy goes its own way, and reset is the first moment', async () => {
  const network = await createTwoPass({ grid: { height: 8, width: 8, channels: 1 }, units: [20], labels: ['null', 'Eins', '\u00b2', ...numbered(7)] });
  const first = network.save();
  assert.equal(network.labels.slice(0, 3), ['null', 'Eins', '\u00b2']);
  for (const { x, y } of training.slice(0, 200)) network.learnReadout(x, network.labels[y]!);
  const { label, margin, scores } = network.predict(training[0].x);
  assert.is(label, network.labels[scores.indexOf(Math.max(...scores))]);
  assert.ok(margin > 0 && margin === Math.max(...scores) - [...scores].sort((a, b) => b - a)[1]!);
  const copy = network.clone();
  const loaded = await loadTwoPass(network.save());
  assert.equal(loaded.labels, network.labels);
  for (const each of [network, loaded]) each.learnReadout(training[201].x, 'Eins');
  assert.equal(loaded.save(), network.save());
  assert.not.equal(copy.save(), network.save());
  network.reset();
  assert.equal(network.save(), first);
  assert.is(network.build, copy.build);
});

test('forged names are refused', async () => {
  const bytes = (await createTwoPass({ inputs: 4, units: [3], labels: ['up', 'no'] })).save();
  const at = Buffer.from(bytes).indexOf('["up","no"]');
  for (const [text, why] of [['["up","up"]', /'up' stands there twice/], ['["u","noo"', /JSON/], ['["upxxxno"]', /1 names of 2 labels/], ['[12345678 ]', /expected a name/], ['{"a":"no"} ', /expected an array/]] as const) {
    const forged = bytes.slice();
    forged.set(new TextEncoder().encode(text.padEnd(11)), at);
    new DataView(forged.buffer).setUint32(forged.length - 4, crc32(forged.subarray(0, -4)), true);
    await refuses(() => loadTwoPass(forged), LearnerError, why);
  }
});

test('a damaged snapshot is refused with the reason', async () => {
  const network = await createTwoPass({ inputs: 4, units: [3], peers: 0.1 });
  const bytes = network.save();
  const sealed = (change: (view: DataView) => void): Uint8Array => {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    change(view);
    view.setUint32(copy.length - 4, crc32(copy.subarray(0, -4)), true);
    return copy;
  };
  const state = 8 + 48 * 4 + 8;
  const cases: [Uint8Array, string, RegExp][] = [
    [new Uint8Array(3), 'ESNAPSHOT_MAGIC', /does not begin with "ONTP"/],
    [bytes.subarray(0, 100), 'ESNAPSHOT_TRUNCATED', /100 bytes, at least/],
    [bytes.subarray(0, -9), 'ESNAPSHOT_TRUNCATED', /it was cut off/],
    [Uint8Array.from(bytes, (byte, i) => (i === 250 ? byte ^ 1 : byte)), 'ECRC', /checksum/],
    [sealed((view) => view.setUint16(4, 3, true)), 'ESNAPSHOT_VERSION', /format version 3; this build reads version 1 and 2/],
    [sealed((view) => view.setUint32(state - 8, 9, true)), 'ESNAPSHOT_ARITHMETIC', /arithmetic 9/],
    [sealed((view) => view.setInt32(8 + 8, 9, true)), 'ESNAPSHOT_SHAPE', /config/],
    [sealed((view) => view.setInt32(8 + 4 * 47, 1, true)), 'ESNAPSHOT_SHAPE', /does not know/],
    [sealed((view) => view.setInt32(8 + 4 * 24, 99, true)), 'ESNAPSHOT_SHAPE', /bytes of state/],
    [sealed((view) => view.setUint32(state + 16, 0, true)), 'ESNAPSHOT_SHAPE', /random state 0/],
    [sealed((view) => view.setInt32(state + 20, -1, true)), 'ESNAPSHOT_SHAPE', /rate -1/],
    [sealed((view) => view.setUint8(state + 48 + 12, 77)), 'ESNAPSHOT_SHAPE', /channel 0/],
    [sealed((view) => view.setInt32(bytes.length - 4 - 32 - 32, 2 ** 30 + 1, true)), 'ESNAPSHOT_SHAPE', /bias/],
    [sealed((view) => view.setInt32(bytes.length - 4 - 32, -1, true)), 'ESNAPSHOT_SHAPE', /mean/],
  ];
  for (const [damaged, code, message] of cases) {
    const error = await loadTwoPass(damaged).then(() => undefined, (reason: unknown) => reason);
    assert.instance(error, LearnerError, `${message} was taken`);
    assert.is((error as LearnerError).code, code);
    assert.match((error as LearnerError).message, message);
  }
  await refuses(() => loadDetector(bytes), LearnerError, /not a detector/);
  await refuses(() => loadTwoPass('x' as never), TypeError, /expected a Uint8Array/);
});

test('bad configurations name the field, the value and what it may be', async () => {
  const cases: [unknown, Function, RegExp][] = [
    [null, TypeError, /config: expected an object/],
    [{ inputs: 4, units: [3], unit: 1 }, TypeError, /config\.unit: no such field; there are inputs/],
    [{ units: [3] }, TypeError, /config\.inputs: missing/],
    [{ inputs: 4097, units: [3] }, RangeError, /config\.inputs: got 4097; expected 1 to 4096/],
    [{ inputs: 5, grid: { height: 2, width: 2, channels: 1 }, units: [3] }, RangeError, /config\.inputs: 5 is not 2 x 2 x 1 = 4/],
    [{ grid: [2, 2, 1], units: [3] }, TypeError, /config\.grid: expected \{ height, width, channels \}, got an array; it has these names now/],
    [{ grid: { height: 64, width: 64, channels: 2 }, units: [3] }, RangeError, /config\.grid: 64 x 64 x 2 = 8192 inputs/],
    [{ inputs: 4 }, TypeError, /config\.units: expected an array/],
    [{ inputs: 4, units: [] }, RangeError, /config\.units: 0 layers; expected 1 to 8/],
    [{ inputs: 4, units: [0] }, RangeError, /config\.units\[0\]: got 0; expected 1 to 4096/],
    [{ grid: { height: 4, width: 4, channels: 1 }, units: [{ field: 5, stride: 1, channels: 2 }] }, RangeError, /config\.units\[0\]\.field: got 5; expected 1 to 4/],
    [{ grid: { height: 32, width: 32, channels: 1 }, units: [{ field: 1, stride: 1, channels: 5 }] }, RangeError, /config\.units\[0\]: 32 x 32 x 5 = 5120 units/],
    [{ inputs: 4, layers: [3] }, TypeError, /config\.layers: no such field; it is called units/],
    [{ inputs: 4, units: [3], labels: 10 }, TypeError, /config\.labels: expected an array of names, got 10/],
    [{ inputs: 4, units: [3], labels: ['a'] }, RangeError, /config\.labels: 1 label; expected 2 to 256/],
    [{ inputs: 4, units: [3], labels: ['a', 'a'] }, RangeError, /config\.labels: 'a' stands there twice/],
    [{ inputs: 4, units: [3], labels: ['a', 'b'], readout: false }, RangeError, /config\.labels: 2 labels with neither/],
    [{ inputs: 4, units: [3], readout: true }, RangeError, /config\.labels: none, but config\.readout needs 2 to 256/],
    [{ grid: { height: 4, width: 4, channels: 1 }, units: [{ field: 2, stride: 1, channels: 2 }], labels: ['a', 'b'], labelInput: true }, RangeError, /config\.labelInput: the first layer has windows/],
    [{ inputs: 4, units: [3], goodness: 'cubes' }, RangeError, /config\.goodness: got 'cubes'; expected 'square' or 'activity'/],
    [{ inputs: 4, units: [3], sign: 2 }, RangeError, /config\.sign: got 2; expected 1 or -1/],
    [{ inputs: 4, units: [3], bits: 12 }, RangeError, /config\.bits: got 12; expected 8 or 16/],
    [{ inputs: 4, units: [3], rate: 9 }, RangeError, /config\.rate: got 9; expected 0 to 8/],
    [{ inputs: 4, units: [3], peers: NaN }, RangeError, /config\.peers: got NaN; expected 0 to 1/],
    [{ inputs: 4, units: [3], inputScale: 0 }, RangeError, /config\.inputScale: 0 would erase/],
    [{ inputs: 4, units: [3], readoutFrom: 1 }, RangeError, /config\.readoutFrom: got 1; expected 0 to 0/],
  ];
  for (const [config, type, message] of cases) await refuses(() => createTwoPass(config as TwoPassConfig), type, message);
});

test('bad calls name the parameter, the value and the remedy', async () => {
  const plain: TwoPass = await createTwoPass({ inputs: 3, units: [4] });
  const both = await createTwoPass({ inputs: 3, units: [4], labels: ['a', 'b'], labelInput: true, readout: true });
  const x = [1, 2, 3];
  await refuses(() => plain.learnPositive([1, 2]), RangeError, /x: 2 values; this network takes 3/);
  await refuses(() => plain.learnPositive('abc' as never), TypeError, /x: expected an array of 3 numbers, got 'abc'/);
  await refuses(() => plain.learnPair(x, [1, 2, '3'] as never), TypeError, /negative\[2\]: expected a number, got '3'/);
  await refuses(() => plain.learnPairs(new Float32Array(6), new Float32Array(3)), RangeError, /negatives: 3 values; there are 6 in positives/);
  await refuses(() => plain.learnPairs(new Float32Array(4), new Float32Array(3)), RangeError, /positives: 4 values; expected rows of 3/);
  await refuses(() => plain.learnPairs([1, 2, 3] as never, new Float32Array(3)), TypeError, /positives: expected a Float32Array of rows/);
  await refuses(() => plain.learnPositive(x, 'a'), TypeError, /label: the label is no input of this network; leave it out/);
  await refuses(() => plain.learnLabelled(x, 'a'), TypeError, /learnLabelled: the label is no input of this network; create it with/);
  await refuses(() => plain.predict(x), TypeError, /predictByGoodness: the label is no input/);
  await refuses(() => plain.learnReadout(x, 'a'), TypeError, /learnReadout: this network has no readout; create it with/);
  await refuses(() => plain.setRate(-1), RangeError, /rate: got -1; expected 0 to 8/);
  await refuses(() => plain.setRate('1' as never), TypeError, /rate: expected a number, got '1'/);
  await refuses(() => plain.weights(1), RangeError, /layer: got 1; expected 0 to 0/);
  await refuses(() => both.learnLabelled(x, 'c' as never), RangeError, /label: 'c' is unknown; this network has a, b/);
  await refuses(() => both.learnPair(x, x, 'a', 1 as never), TypeError, /negativeLabel: expected one of the names in config\.labels, got 1/);
  await refuses(() => createTwoPass({ inputs: 3, units: [4] }, { bild: 'simd' } as never), TypeError, /options\.bild: no such option; there are build/);
  await refuses(() => loadTwoPass(plain.save(), { build: 'fast' as never }), RangeError, /options\.build: got 'fast'; expected 'simd' or 'scalar'/);
  await refuses(() => both.learnReadoutMany(new Float32Array(6), [0]), RangeError, /labels: 1 for 2 rows of xs/);
  await refuses(() => both.learnLabelledMany(new Float32Array(6), [0, 5]), RangeError, /labels\[1\]: got 5; expected an index, 0 to 1/);
  both.dispose();
  await refuses(() => both.predict(x), LearnerError, /this network was disposed of/);
  plain[Symbol.dispose]();
  await refuses(() => plain.setRate(1), LearnerError, /this network was disposed of/);
});

test('the example of docs/two-pass.md prints what the page says', () => {
  const page = readFileSync(`${root}docs/two-pass.md`, 'utf8');
  const [, example, , answer] = /```js\n([\s\S]*?)```(\s+)prints `(.*?)`/.exec(page)!;
  mkdirSync(`${root}build/test`, { recursive: true });
  writeFileSync(`${root}build/test/two-pass-example.mjs`, example);
  assert.is(execFileSync(process.execPath, [`${root}build/test/two-pass-example.mjs`], { encoding: 'utf8' }).trim(), answer);
});

test.run();
