// Local receptive fields from outside: geometry, limits, memory, snapshots, and that fields are worth having.

import { readFileSync } from 'node:fs';
import { deflateSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { rgbOf } from '../benchmarks/cifar/data.js';
import { Random } from '../benchmarks/rivals/random.js';
import { configFromWords, configWords, isContinual, resolveConfig } from '../host/config.js';
import { compile, instantiate } from '../host/core.js';
import { ERRORS as CORE_ERRORS } from '../host/errors.generated.js';
import { bytesNeeded, createLearner, loadLearner, type LearnerConfig, type LearnerWishes, type SecondOrder } from '../host/index.js';
import { core, defaults, writeConfig } from './core-driver.js';
import type { IntegerConfig } from './reference.js';
import { windowsOf } from './reference/layer.js';
import { planOf } from '../host/plan.js';
import { assert, suite } from './suite.js';

const test = suite('fields');
const labels = ['a', 'b', 'c'];
const small = { grid: { height: 6, width: 7, channels: 2 }, units: [{ field: 3, stride: 2, channels: 8 }, { field: 2, stride: 1, channels: 16 }, 10], labels };

test('a patch of units wherever a window fits', () => {
  const { inputs, units, patches, skipInput } = resolveConfig(small);
  assert.is(inputs, 84);
  assert.is(skipInput, false);
  assert.equal(units, [2 * 3 * 8, 1 * 2 * 16, 10]);
  assert.equal(patches.map(({ down, across, inputs }) => [down, across, inputs]), [[2, 3, 18], [1, 2, 32]]);
  // by hand: 3 x 3 grid of one value, windows of 2 x 2
  assert.equal(windowsOf({ height: 3, width: 3, depth: 1, field: 2, stride: 1, channels: 8 }), [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]);
});

const wrong: [string, object, typeof TypeError | typeof RangeError, RegExp][] = [
  ['a field larger than its grid', { ...small, units: [{ field: 7, stride: 1, channels: 8 }] }, RangeError, /config\.units\[0\]\.field: got 7; expected 1 to 6/],
  ['a field larger than the grid of the layer before', { ...small, units: [{ field: 3, stride: 2, channels: 8 }, { field: 3, stride: 1, channels: 8 }] }, RangeError, /config\.units\[1\]\.field: got 3; expected 1 to 2/],
  ['no stride', { ...small, units: [{ field: 3, channels: 8 }] }, TypeError, /config\.units\[0\]\.stride: expected a number, got undefined/],
  ['a stride of 0', { ...small, units: [{ field: 3, stride: 0, channels: 8 }] }, RangeError, /stride: got 0; expected 1 to 127/],
  ['channels that are no multiple of 8', { ...small, units: [{ field: 3, stride: 1, channels: 20 }] }, RangeError, /channels: got 20; expected a multiple of 8/],
  ['too many units', { ...small, units: [{ field: 1, stride: 1, channels: 104 }] }, RangeError, /6 x 7 patches of 104 units are 4368; at most 4096: raise stride or field, or lower channels/],
  ['no number of channels', { ...small, units: [{ field: 3, stride: 1, units: 8 }] }, TypeError, /config\.units\[0\]\.channels: expected a number, got undefined/],
  ['a local layer behind a dense one', { ...small, units: [{ field: 3, stride: 1, channels: 8 }, 8, { field: 1, stride: 1, channels: 8 }] }, RangeError, /config\.units\[2\]: a local layer needs a grid/],
  ['a local layer without a grid', { inputs: 84, units: [{ field: 3, stride: 1, channels: 8 }], labels }, RangeError, /config\.units\[0\]: a local layer needs a grid/],
  ['a grid that nobody looks at', { ...small, units: [8] }, RangeError, /config\.grid: no layer looks at it/],
  ['a grid of nothing', { ...small, grid: { height: 0, width: 7, channels: 2 } }, RangeError, /config\.grid\.height: got 0/],
  ['a grid that is none', { ...small, grid: 7 }, TypeError, /config\.grid: expected an object such as \{ height, width, channels \}, got 7/],
  ['too large a grid', { ...small, grid: { height: 64, width: 64, channels: 2 } }, RangeError, /config\.inputs: got 8192; expected 1 to 4096/],
  ['other inputs than the grid has', { ...small, inputs: 85 }, RangeError, /config\.inputs: 85 does not fit the grid, whose values are 84/],
  ['a grid and a window', { ...small, window: { axes: 1, samples: 8 } }, RangeError, /config\.grid: a window is no grid/],
  ['a decorrelating step and prototypes', { ...small, secondOrder: 'input', prototypes: 2 }, RangeError, /config\.secondOrder: 'input' does not work with prototypes/],
];
for (const [title, config, kind, message] of wrong) {
  test(`${title} is refused`, () => {
    try {
      resolveConfig(config as LearnerConfig);
    } catch (error) {
      assert.instance(error, kind);
      assert.match((error as Error).message, message);
      return;
    }
    assert.unreachable('it was accepted');
  });
}

test('the core refuses by itself what the host would never send', () => {
  const good: IntegerConfig = { ...defaults({ inputs: 84, labels: 3, units: [{ field: 3, stride: 1, channels: 8 }] }), grid: { height: 6, width: 7 } };
  const { exports } = core('scalar', good);
  const local = { field: 3, stride: 1, channels: 8 };
  const cases: [Partial<IntegerConfig>, number][] = [
    [{ inputs: 0 }, -1], [{ labels: 1 }, -2], [{ units: [] }, -3], [{ bits: 4 as 8 }, -5],
    [{ grid: { height: 5, width: 7 } }, -8], [{ grid: { height: 85, width: 1 } }, -8], [{ grid: { height: 0, width: 7 } }, -8],
    [{ units: [{ ...local, field: 7 }] }, -9], [{ units: [{ ...local, stride: 0 }] }, -9], [{ units: [{ ...local, channels: 12 }] }, -9],
    [{ units: [8, local] }, -9], [{ units: [local, { ...local, field: 5 }] }, -9],
    [{ units: [{ ...local, channels: 0 }] }, -4], [{ units: [{ ...local, channels: 4104 }] }, -4], [{ units: [{ ...local, field: 1, channels: 104 }] }, -4], [{ units: [0] }, -4],
  ];
  for (const [change, code] of cases) {
    writeConfig(exports, { ...good, ...change });
    assert.is(exports.plan(), code, JSON.stringify(change));
    assert.is(exports.create(), code);
    assert.ok(CORE_ERRORS[-code - 1]);
  }
  assert.match(CORE_ERRORS[7]!, /grid/);
  assert.match(CORE_ERRORS[8]!, /^field/);
  // the plain core knows no grid
  const plain = core('scalar', defaults({ inputs: 84, labels: 3 })).exports;
  writeConfig(plain, good);
  assert.ok(plain.plan() < 0);
});

/** Local configurations that resolve. */
const configurations = fc
  .record({
    grid: fc.record({ height: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 1, max: 12 }), channels: fc.integer({ min: 1, max: 5 }) }),
    units: fc.tuple(
      fc.record({ field: fc.integer({ min: 1, max: 5 }), stride: fc.integer({ min: 1, max: 3 }), channels: fc.constantFrom(8, 16, 40) }),
      fc.option(fc.record({ field: fc.integer({ min: 1, max: 3 }), stride: fc.integer({ min: 1, max: 2 }), channels: fc.constantFrom(8, 24) })),
      fc.option(fc.integer({ min: 1, max: 50 })),
    ),
    bits: fc.constantFrom(8 as const, 16 as const), skipInput: fc.boolean(), selfRate: fc.boolean(), familiar: fc.boolean(),
    memory: fc.constantFrom<LearnerWishes>({}, { exemplars: 30 }, { exemplars: 9, exemplarBits: 2, keep: 'spread' }, { prototypes: 3 }, { drift: 'adwin' }),
  })
  .map(({ units, memory, ...rest }): LearnerConfig => ({ ...rest, ...memory, labels, units: units.filter((layer) => layer !== null) }))
  .filter((config) => {
    try {
      return resolveConfig(config) !== null;
    } catch {
      return false;
    }
  });

test('bytesNeeded says what the core takes, to the byte; words and back', async () => {
  const [fields, vision] = [await compile('scalar', 'fields'), await compile('scalar', 'vision')];
  fc.assert(
    fc.property(configurations, fc.boolean(), (shape, scaled) => {
      const config = scaled ? { ...shape, inputScale: 0.5 } : shape;
      const words = configWords(resolveConfig(config));
      assert.equal(configWords(resolveConfig(configFromWords(words, labels))), words);
      const made = instantiate(isContinual(resolveConfig(config)) ? vision : fields, words);
      const plan = planOf(resolveConfig(config));
      assert.is(plan.arena, made.plan());
      assert.is(plan.tables, made.arena());
      assert.is(plan.page, made.memory.buffer.byteLength);
      assert.is(plan.arena - plan.scratch, made.stateBytes());
    }),
    { numRuns: 150 },
  );
});

/** Pictures of 12 x 12 in which a bar somewhere stands, lies or leans: where it is says nothing. */
function bar(random: Random, into: Float32Array): number {
  const kind = random.below(3);
  for (let i = 0; i < 144; i++) into[i] = 0.3 * random.normal();
  const [top, left] = [2 + random.below(6), 2 + random.below(6)];
  for (let t = 0; t < 4; t++) {
    const [y, x] = kind === 0 ? [top + t, left] : kind === 1 ? [top, left + t] : [top + t, left + t];
    into[y * 12 + x]! += 2;
  }
  return kind;
}

test('fields learn what can be anywhere in a picture better than a dense layer with as many weights', async () => {
  const errors: Record<string, number> = {};
  const shapes: Record<string, LearnerConfig> = {
    fields: { grid: { height: 12, width: 12, channels: 1 }, units: [{ field: 6, stride: 3, channels: 24 }], labels },
    dense: { inputs: 144, units: [54], labels },
  };
  for (const [name, shape] of Object.entries(shapes)) {
    assert.ok((await bytesNeeded(shape)).weights <= 9216);
    const learner = await createLearner({ ...shape, bits: 8, inputScale: 1, selfRate: false, skipInput: false });
    const random = new Random(1);
    const x = new Float32Array(144);
    let wrong = 0;
    for (let t = 0; t < 12_000; t++) {
      const label = labels[bar(random, x)]!;
      if (t >= 9000 && learner.predict(x).label !== label) wrong++;
      learner.learn(x, label);
    }
    errors[name] = wrong / 30;
  }
  assert.ok(errors.fields! < 20 && errors.fields! < 0.75 * errors.dense!, JSON.stringify(errors));
});

const digits = gunzipSync(readFileSync(new URL('../data/digits_8x8.csv.gz', import.meta.url))).toString().trim().split('\n').map((line) => line.split(','));

/** All digits, in an order of the seed. */
function shuffledDigits(random: Random): { x: number[]; label: string }[] {
  return digits.map((row) => ({ x: row.slice(0, 64).map(Number), label: row[64]!, at: random.uniform() })).sort((a, b) => a.at - b.at);
}

test('a decorrelating step of windows and pulls: a stream of digits is answered better by half a point at least', async () => {
  const rightOf = async (seed: number, secondOrder: SecondOrder): Promise<number> => {
    const learner = await createLearner({ grid: { height: 8, width: 8, channels: 1 }, units: [{ field: 4, stride: 2, channels: 32 }], labels: [...'0123456789'], bits: 16, seed, secondOrder });
    const rows = shuffledDigits(new Random(seed));
    return (100 * rows.filter(({ x, label }) => {
      const isRight = learner.predict(x).label === label;
      learner.learn(x, label);
      return isRight;
    }).length) / rows.length;
  };
  const gains = await Promise.all([1, 2, 3].map(async (seed) => (await rightOf(seed, 'full')) - (await rightOf(seed, 'off'))));
  assert.ok(gains.reduce((sum, gain) => sum + gain) / 3 > 0.5, `${gains} points`);
});

test('digits one class after the other: fields with 300 exemplars know all ten in the end, without a memory a few', async () => {
  const names = [...'0123456789'];
  const rightOf = async (seed: number, memory: LearnerWishes): Promise<number> => {
    const learner = await createLearner({ grid: { height: 8, width: 8, channels: 1 }, units: [{ field: 4, stride: 2, channels: 16 }, 64], labels: names, seed, ...memory });
    const rows = shuffledDigits(new Random(seed));
    const asked = rows.splice(1400);
    for (const name of names) {
      for (const { x, label } of rows) if (label === name) learner.learn(x, label);
      learner.sleep();
    }
    return (100 * asked.filter(({ x, label }) => learner.predict(x).label === label).length) / asked.length;
  };
  const shares = await Promise.all([1, 2, 3, 4, 5].map((seed) => rightOf(seed, { exemplars: 300 })));
  const forgetful = await rightOf(1, {});
  assert.ok(shares.reduce((sum, share) => sum + share) / 5 >= 94 && Math.min(...shares) > 92, `${shares} %`);
  assert.ok(forgetful < 60, `${forgetful} %`);
});

test('a snapshot of fields with a memory goes on to the same bytes in the other build, sleep and new labels too', async () => {
  const random = new Random(4);
  const rows = Array.from({ length: 160 }, () => Float32Array.from({ length: 84 }, () => random.normal()));
  const first = await createLearner({ ...small, labelCapacity: 5, exemplars: 12, secondOrder: 'full' }, { build: 'simd' });
  rows.slice(0, 80).forEach((x, k) => first.learn(x, labels[k % 3]!));
  const second = await loadLearner(first.save(), { build: 'scalar' });
  for (const learner of [first, second]) {
    rows.slice(80).forEach((x, k) => learner.learn(x, ['a', 'b', 'd'][k % 3]!));
    learner.sleep(40);
    learner.mergeLabels('d', 'c');
  }
  assert.is(first.stats().exemplars, 12);
  assert.equal(second.save(), first.save());
});

test('a snapshot goes on to the same bytes in the other build; another field is another architecture, and a padded column must be 0', async () => {
  const random = new Random(3);
  const rows = Array.from({ length: 100 }, () => Float32Array.from({ length: 84 }, () => random.normal()));
  const first = await createLearner(small, { build: 'simd' });
  rows.slice(0, 50).forEach((x, k) => first.learn(x, labels[k % 3]!));
  const second = await loadLearner(first.save(), { build: 'scalar' });
  assert.equal(second.config, first.config);
  for (const learner of [first, second]) learner.learnMany(Float32Array.from(rows.slice(50).flatMap((x) => [...x])), rows.slice(50).map((_, k) => k % 3));
  assert.equal(second.save(), first.save());
  assert.equal(second.predict(rows[0]!), first.predict(rows[0]!));
  const { length } = first.weights(0);
  assert.is(length, 48 * 24); // 18 values of a window, padded

  const architecture = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(112, true);
  const other = await createLearner({ ...small, units: [{ field: 3, stride: 2, channels: 8 }, { field: 1, stride: 2, channels: 16 }, 10] });
  assert.is.not(architecture(other.save()), architecture(first.save()));
});

/** Filtered lines as a PNG without checksums, which are not looked at. */
function pngOf(width: number, lines: number[][]): Buffer {
  const chunk = (kind: string, bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, Buffer.from(kind, 'latin1'), bytes, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(lines.length, 4);
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', Buffer.concat([size, Buffer.of(8, 2, 0, 0, 0)])), chunk('IDAT', deflateSync(Buffer.from(lines.flat())))]);
}

test('sheets of images: every filter of a PNG line is undone', () => {
  // 2 x 5 pixels; each line is 10 20 30 40 50 60 plus the line above, by its own filter
  const lines = [[0, 10, 20, 30, 40, 50, 60], [1, 20, 40, 60, 60, 60, 60], [2, 10, 20, 30, 40, 50, 60], [3, 25, 50, 75, 80, 85, 90], [4, 10, 20, 30, 40, 50, 60]];
  const expected = [1, 2, 3, 4, 5].flatMap((factor) => [10, 20, 30, 40, 50, 60].map((value) => (value * factor) % 256));
  assert.equal([...rgbOf(pngOf(2, lines))], expected);
});

test.run();
