// The host's learner: verbs, bad input, and that nothing learned is lost.

import { Adaptation, autosave, createDetector, createLearner, LearnerError, loadDetector, loadLearner, loadRecurrent, loadTwoPass, Measures, PendingLabels, progressive, Rehearsal, type Learner } from '../host/index.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('learner');
const labels = ['idle', 'walk', 'run'];

/** Three noisy clusters in four channels of very different scale. */
function stream(seed: number): () => [number[], string] {
  const random = generator(seed);
  return () => {
    const c = Math.floor(random() * 3);
    return [[c + random(), 1000 * (c === 1 ? 1 : 0) + 100 * random(), 1e-6 * (c * c - random()), random()], labels[c]!];
  };
}

async function taught(steps: number, options = {}): Promise<Learner> {
  const learner = await createLearner({ inputs: 4, labels, units: [16, 16] }, options);
  const next = stream(5);
  for (let i = 0; i < steps; i++) learner.learn(...next());
  return learner;
}

async function refusal(act: () => unknown): Promise<Error> {
  try {
    await act();
  } catch (error) {
    assert.instance(error, Error);
    return error as Error;
  }
  return assert.unreachable('nothing was thrown') as never;
}

test('learns, and predict changes nothing', async () => {
  const learner = await taught(500);
  const before = learner.save();
  const next = stream(6);
  let right = 0;
  for (let i = 0; i < 300; i++) {
    const [x, label] = next();
    const { label: guess, probability, scores, margin } = learner.predict(x);
    assert.ok(probability > 1 / 3 && probability <= 1);
    if (guess === label) right++;
    assert.ok(margin >= 0);
    assert.is(scores.length, 3);
    assert.is(labels[scores.indexOf(Math.max(...scores))], guess);
    assert.equal(learner.scores(x), scores);
  }
  assert.ok(right > 285, `${right} of 300`);
  assert.equal(learner.save(), before);
});

test('simd and scalar save the same bytes', async () => {
  assert.equal((await taught(400, { build: 'simd' })).save(), (await taught(400, { build: 'scalar' })).save());
});

test('the seed decides every byte', async () => {
  assert.equal((await taught(100)).save(), (await taught(100)).save());
  const one = await createLearner({ inputs: 4, labels, seed: 1 });
  const two = await createLearner({ inputs: 4, labels, seed: 2 });
  assert.not.equal(one.save(), two.save());
});

test('save, load and learning on gives what learning without a break gives', async () => {
  const whole = await taught(200);
  const resumed = await loadLearner(whole.save());
  const next = stream(7);
  for (let i = 0; i < 200; i++) {
    const [x, label] = next();
    whole.learn(x, label);
    resumed.learn(x, label);
  }
  assert.equal(resumed.save(), whole.save());
  assert.equal(resumed.stats(), whole.stats());
});

test('a clone goes its own way', async () => {
  const learner = await taught(100);
  const before = learner.save();
  const twin = learner.clone();
  assert.equal(twin.save(), before);
  twin.learn([0, 0, 0, 0], 'run');
  assert.equal(learner.save(), before);
  assert.not.equal(twin.save(), before);
});

test('reset is a fresh learner of the same seed', async () => {
  const learner = await taught(100);
  learner.reset();
  assert.equal(learner.save(), (await taught(0)).save());
});

test('learnMany does what learn does, row by row, in chunks of any size', async () => {
  const next = stream(8);
  const rows = 6000; // more than the rest of a page holds
  const xs = new Float32Array(rows * 4);
  const ys = new Int32Array(rows);
  const one = await taught(0);
  for (let row = 0; row < rows; row++) {
    const [x, label] = next();
    xs.set(x, row * 4);
    ys[row] = labels.indexOf(label);
    one.learn(xs.subarray(row * 4, row * 4 + 4), label);
  }
  const many = await taught(0);
  many.learnMany(xs, ys);
  assert.equal(many.save(), one.save());
});

test('a window learner makes its features in the core', async () => {
  const learner = await createLearner({ window: { axes: 2, samples: 16 }, labels });
  assert.is(learner.inputs, 32);
  const tone = Float32Array.from({ length: 32 }, (_, i) => (i % 2 === 0 ? 5 : Math.sin((2 * Math.PI * 3 * (i >> 1)) / 16)));
  const features = learner.features(tone);
  assert.is(features.length, 2 * (2 + 8));
  assert.is(features[0], 5); // mean of a constant axis
  assert.is(features[1], 0); // its deviation
  const second = features.subarray(10);
  assert.ok(Math.abs(second[1]! - Math.SQRT1_2) < 0.001, `deviation ${second[1]}`);
  assert.ok(Math.abs(second[2 + 2]! - 0.5) < 0.002, `amplitude / 2 of bin 3: ${second[4]}`);
  assert.ok(second[2]! < 0.002 && second[9]! < 0.002, 'nothing in the other bins');
});

test('NaN and infinities are missing: the running mean stands in and is not moved', async () => {
  const learner = await taught(300);
  assert.equal(learner.scores([NaN, 50, 0, 0.5]), learner.scores([Infinity, 50, 0, 0.5]));
  const blind = learner.clone();
  blind.adapt([NaN, NaN, -Infinity, 1e39]);
  assert.equal(blind.save(), learner.save());
});

test('setRate scales what is learned, and is remembered', async () => {
  const learner = await taught(10);
  const slow = learner.clone();
  slow.setRate(1 / 65536);
  const before = slow.weights(0);
  slow.learn([9, 9, 9, 9], 'idle');
  assert.equal(slow.weights(0), before);
  assert.not.equal(slow.save(), learner.save());
  await refusal(() => slow.setRate(2)).then((error) => assert.match(error.message, /rate: got 2; expected/));
});

test('stats count', async () => {
  const learner = await taught(300);
  const { seen, updates, saturations, rates, bytes } = learner.stats();
  assert.is(seen, 300);
  assert.ok(updates > 10 && updates < 600);
  assert.is(saturations, 0);
  assert.ok(rates.every((rate) => rate >= 0.399 && rate <= 2.505) && rates.some((rate) => rate !== 1));
  assert.is(bytes.page, 65536);
});

test('stats count what could not be learned from, and what was like nothing learned', async () => {
  const learner = await taught(500);
  const counts = (): unknown[] => ['missing', 'beyondRange', 'unfamiliar', 'refused'].map((name) => learner.stats()[name as 'missing']);
  assert.equal(counts(), [0, 0, 0, 0]);
  learner.learn([NaN, 1, Infinity, 0.5], 'idle');
  learner.learn(Float32Array.of(0, 1, -Infinity, 0.5), 'idle');
  learner.learn([0, -1e39, 0, 3.4028234663852886e38], 'idle');
  learner.learn(Float64Array.of(0, 1e300, 0, 0.5), 'idle');
  learner.learnMany(Float32Array.of(0, NaN, 0, 0), [0]);
  assert.equal(counts(), [4, 2, 0, 0]);
  await refusal(() => learner.learn([1, 2, 3], 'idle'));
  await refusal(() => learner.learn([1, 2, 3, 4], 'nobody'));
  await refusal(() => learner.learn('abcd' as never, 'idle'));
  learner.predict([1e6, -1e9, 1, 1e6]);
  learner.predict(stream(7)()[0]);
  assert.equal(counts(), [4, 2, 1, 3]);
  assert.equal((await loadLearner(learner.save())).stats().missing, 0);
});

test('wrong calls are refused by name and leave the learner unharmed', async () => {
  const learner = await taught(50);
  const before = learner.save();
  const cases: [() => unknown, typeof TypeError | typeof RangeError, RegExp][] = [
    [() => learner.learn([1, 2, 3], 'idle'), RangeError, /x: 3 values; this learner takes 4/],
    [() => learner.learn([1, 2, 3, 4], 'fly'), RangeError, /label: 'fly' is unknown; this learner has idle, walk, run/],
    [() => learner.learn([1, 2, 3, 4], 2 as never), TypeError, /label: expected a name, got 2/],
    [() => learner.learn(null as never, 'idle'), TypeError, /x: expected an array of 4 numbers, got null/],
    [() => learner.learn('1234' as never, 'idle'), TypeError, /x: expected an array of 4 numbers, got '1234'/],
    [() => learner.learn([1, 2, '3' as never, 4], 'idle'), TypeError, /x\[2\]: expected a number, got '3'/],
    [() => learner.learn([1, , 3, 4] as never, 'idle'), TypeError, /x\[1\]: expected a number, got undefined/],
    [() => learner.predict(7 as never), TypeError, /x: expected an array/],
    [() => learner.features([1, 2, 3, 4]), TypeError, /no window/],
    [() => learner.weights(2), RangeError, /layer: got 2; expected 0 to 1/],
    [() => learner.learnMany([1, 2, 3, 4] as never, [0]), TypeError, /xs: expected a Float32Array/],
    [() => learner.learnMany(new Float32Array(7), [0, 1]), RangeError, /xs: 7 values; expected rows of 4/],
    [() => learner.learnMany(new Float32Array(8), [0]), RangeError, /labels: 1 for 2 rows of xs; expected one a row/],
    [() => learner.learnMany(new Float32Array(8), [0, 3]), RangeError, /labels\[1\]: got 3; expected an index, 0 to 2/],
  ];
  for (const [act, kind, message] of cases) {
    const error = await refusal(act);
    assert.instance(error, kind);
    assert.match(error.message, message);
  }
  assert.equal(learner.save(), before);
  for (const [config, build, expected] of [[{}, 'fast', 'relaxed, simd, scalar'], [{ exemplars: 8 }, 'relaxed', "'simd' or 'scalar'"]] as const) {
    const error = await refusal(() => createLearner({ inputs: 4, labels, ...config }, { build: build as never }));
    assert.is(error.message, `options.build: got '${build}'; expected ${expected}`);
  }
});

test('a disposed learner says so', async () => {
  const learner = await taught(1);
  learner.dispose();
  for (const act of [() => learner.learn([1, 2, 3, 4], 'idle'), () => learner.predict([1, 2, 3, 4]), () => learner.save(), () => learner.stats(), () => learner.clone(), () => learner.reset()]) {
    const error = await refusal(act);
    assert.instance(error, LearnerError);
    assert.is((error as LearnerError).code, 'EDISPOSED');
  }
});

test('labels are typed by the configuration, and options that exclude each other are refused before it runs', async () => {
  const learner = await createLearner({ inputs: 2, labels: ['idle', 'walk'], units: [4] });
  const label: 'idle' | 'walk' | 'unknown' | undefined = learner.predict([1, 2]).label;
  assert.ok(label === 'idle' || label === 'walk');
  // @ts-expect-error there is no such label
  assert.throws(() => learner.learn([1, 2], 'wlak'), /label: 'wlak' is unknown/);
  const growing = await createLearner({ inputs: 2, labels: [], labelCapacity: 3, units: [4] });
  assert.is(growing.predict([1, 2]).label, undefined);
  growing.learn([1, 2], 'what comes');
  assert.is(growing.predict([1, 2]).label, 'what comes');
  const wrong: [() => Promise<unknown>, RegExp][] = [
    // @ts-expect-error one of the two
    [() => createLearner({ inputs: 2, grid: { height: 2, width: 2, channels: 1 }, labels: ['a', 'b'] }), /config\.inputs: 2 does not fit the grid/],
    // @ts-expect-error one of the two
    [() => createLearner({ inputs: 2, labels: ['a', 'b'], exemplars: 3, prototypes: 3 }), /config\.prototypes: they stand in for exemplars/],
    // @ts-expect-error an old name
    [() => createLearner({ inputs: 2, labels: ['a', 'b'], layers: [3] }), /config\.layers: no such field; it is called units/],
    // @ts-expect-error no option
    [() => createLearner({ inputs: 2, labels: ['a', 'b'] }, { builds: 'simd' }), /options\.builds: no such option; there are build, onDrift, unknownBelow/],
  ];
  for (const [make, message] of wrong) {
    const error = await make().then(() => undefined, (reason: Error) => reason);
    assert.match(String(error?.message), message);
  }
});

test('options that are no object, and those that a detector has not, are refused by name', async () => {
  const wrong: [() => Promise<unknown>, RegExp][] = [
    [() => createLearner({ inputs: 2, labels: ['a', 'b'] }, null as never), /^options: expected an object, got null/],
    [() => createLearner({ inputs: 2, labels: ['a', 'b'] }, 'simd' as never), /^options: expected an object, got 'simd'/],
    [() => createLearner([2] as never), /^config: expected an object such as .* got an array of 1/],
    [() => createLearner({ grid: [8, 8, 1] as never, units: [{ field: 4, stride: 4, channels: 8 }], labels: ['a', 'b'] }), /^config\.grid: expected an object such as \{ height, width, channels \}, got an array of 3/],
    [() => createDetector({ channels: 2 }, { onAlrm() {} } as never), /^options\.onAlrm: no such option; there are none/],
    [() => createDetector({ channels: 2 }, null as never), /^options: expected an object, got null/],
  ];
  for (const [make, message] of wrong) {
    const error = await make().then(() => undefined, (reason: Error) => reason);
    assert.instance(error, TypeError, String(message));
    assert.match(error!.message, message);
  }
  for (const units of [1, 16, 64]) {
    const error = await createDetector({ units }).then(() => undefined, (reason: Error) => reason);
    assert.instance(error, RangeError);
    assert.match(error!.message, `config.units: got ${units}; expected 0, for one channel has no net: leave it out, or use mode 'commissioned'`);
  }
  for (const config of [{ units: 0 }, { units: 16, mode: 'commissioned' as const }, { units: 16, channels: 2 }]) assert.is((await createDetector(config)).config.units, config.units);
});

test('bytes of one kind that are given to another are called by their name', async () => {
  const learner = (await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] })).save();
  const detector = (await createDetector()).save();
  const wrong: [() => Promise<unknown>, string][] = [
    [() => loadLearner(detector), 'snapshot: this is a detector, not a learner of onward; it does not begin with "ONWD"'],
    [() => loadDetector(learner), 'snapshot: this is a learner, not a detector of onward; it does not begin with "ONDT"'],
    [() => loadTwoPass(detector), 'snapshot: this is a detector, not a two-pass network of onward; it does not begin with "ONTP"'],
    [() => loadRecurrent(learner), 'snapshot: this is a learner, not a recurrent network of onward; it does not begin with "ONRN"'],
    [() => loadLearner(new Uint8Array(100)), 'snapshot: this is not a snapshot of onward; it does not begin with "ONWD"'],
  ];
  for (const [load, message] of wrong) {
    const error = await load().then(() => undefined, (reason: LearnerError) => reason);
    assert.equal([error?.code, error?.message], ['ESNAPSHOT_MAGIC', message]);
  }
});

test('unknown options of what stands around a learner are refused, too', async () => {
  const learner = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] });
  const makers: ((options: never) => unknown)[] = [
    (options) => new Measures([], options), (options) => new Rehearsal(learner, options), (options) => new Adaptation(learner, options), (options) => new PendingLabels(learner, options),
    (options) => autosave(learner, { save: async () => 1 } as never, options),
  ];
  for (const make of makers) assert.throws(() => make({ windw: 1 } as never), /options\.windw: no such option; there are/);
  const steps = progressive(learner, [], { evry: 2 } as never);
  assert.match(String(await steps.next().then(() => undefined, (error: Error) => error.message)), /options\.evry: no such option/);
});

test.run();
