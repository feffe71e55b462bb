// Features of sound: the core against the reference to the bit, both against floats, and a learner of sound against one of its features.

import { Random } from '../benchmarks/rivals/random.js';
import { createLearner, loadLearner } from '../host/index.js';
import { createHearing, createSoundLearner, loadSoundLearner, soundBytesNeeded, type SoundWindow } from '../host/sound/index.js';
import { instant, melFeatures } from './float-sound.js';
import { bitsOf } from './core-driver.js';
import { openCore, type AnyCore } from './open-core.js';
import { extractSound, soundFeatures, type SoundShape } from './reference/sound.js';
import { assert, suite } from './suite.js';

const test = suite('sound');

interface SoundCore extends AnyCore {
  input(): number;
  features(): number;
  extract(): void;
}

/** A core of a shape: bits of a window to bits of its features. */
function opened(build: string, { rate, samples, bands }: SoundShape): (window: Uint32Array) => Uint32Array {
  const { core, bits } = openCore<SoundCore>(build, Int32Array.of(rate, samples, bands));
  const [into, out] = [bits(core.input(), samples), bits(core.features(), soundFeatures({ rate, samples, bands }))];
  return (window) => {
    into.set(window);
    core.extract();
    return out.slice();
  };
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

const SHAPES: SoundShape[] = [
  { rate: 16000, samples: 16000, bands: 20 },
  { rate: 8000, samples: 8000, bands: 20 },
  { rate: 8000, samples: 2000, bands: 8 },
  { rate: 16000, samples: 4001, bands: 40 },
  { rate: 8000, samples: 16000, bands: 40 },
  { rate: 16000, samples: 9001, bands: 13 },
];

/** Sounds that try it hardest, in binary32 bits. */
function sounds({ rate, samples }: SoundShape, random: Random): Record<string, Uint32Array> {
  const made = (sound: (t: number) => number): Uint32Array => bitsOf(Array.from({ length: samples }, (_, t) => sound(t)));
  const [start, size] = [random.below(samples), 2 ** (60 * random.uniform() - 30)];
  return {
    noise: made(() => random.normal()),
    chirp: made((t) => size * Math.sin((t * t * Math.PI) / 4 / samples) * (t > start ? 1 : 0.01)),
    square: made((t) => (Math.floor((t * 880) / rate) % 2 === 0 ? -32768 : 32767)),
    click: made((t) => (t === start ? 1 : 0)),
    'highest tone': made((t) => (t % 2 === 0 ? 3.4e38 : -3.4e38)),
    constant: made(() => size),
    'all magnitudes': made(() => (random.uniform() < 0.5 ? -1 : 1) * 10 ** (80 * random.uniform() - 42)),
    'with holes': made((t) => (t % 3 === 0 ? [NaN, Infinity, -Infinity][random.below(3)] : Math.sin(t))),
    'loud after quiet': made((t) => (t < start ? 1e-4 : 1) * random.normal()),
    subnormal: made(() => 1e-40),
    silence: made(() => 0),
    nothing: made(() => NaN),
  };
}

test('the core has the bits of the reference, whatever it hears', () => {
  for (const [seed, shape] of SHAPES.entries()) {
    const core = opened('sound', shape);
    for (const [name, window] of Object.entries(sounds(shape, new Random(seed + 1)))) {
      assert.equal(core(window), extractSound(window, shape), `${name} at ${JSON.stringify(shape)}`);
    }
  }
});

test('no assertion of the debug build fails, and it has the same bits', () => {
  const shape = SHAPES[2];
  const [shipped, debug] = [opened('sound', shape), opened('debug.sound', shape)];
  for (const window of Object.values(sounds(shape, new Random(9)))) assert.equal(debug(window), shipped(window));
});

test('features are those of floats, within a fifth of an octave on average', async () => {
  for (const audio of [8000, 16000] as const) {
    const hearing = await createHearing({ audio });
    const random = new Random(3);
    const burst = instant(audio, (t) => 0.01 * random.normal() + (t > audio / 3 && t < audio / 2 ? Math.sin((2 * Math.PI * 700 * t) / audio) + 0.3 * random.normal() : 0));
    const [got, want] = [hearing.features(burst), melFeatures(burst, hearing.window)];
    assert.is(got.length, want.length);
    // most where the edge of a band cuts into a tone: the share of a bin is a 256th
    const off = mean(want.slice(1).map((value, i) => Math.abs(value + want[0] - got[i + 1] - got[0])));
    assert.ok(off < 0.2, `${audio}: ${off} octaves off`);
    assert.ok(Math.abs(want[0] - got[0]) < 0.1, `${audio}: the level is ${got[0]}, not ${want[0]}`);
  }
});

test('a sound that comes later and louder has the same features but for its level', async () => {
  const hearing = await createHearing({ audio: 16000 });
  const said = (start: number, size: number): Float32Array => hearing.features(instant(16000, (t) => size * (1e-4 * Math.sin(7.3 * t * t) + (t >= start && t < start + 4096 ? Math.sin(0.3 * (t - start)) : 0))));
  const [one, other] = [said(4096, 0.1), said(8192, 0.8)];
  assert.ok(Math.abs(other[0]! - one[0]! - 6) < 0.1, `eight times the amplitude is 6 octaves of power, got ${other[0]! - one[0]!}`);
  // the noise is not the same, nor is where frames are cut
  const off = mean(one.subarray(1).map((value, i) => Math.abs(value - other[i + 1])));
  assert.ok(off < 0.5, `${off} octaves off`);
});

test('a learner of sound learns the bytes that one of its features learns, with a memory and drift alarms', async () => {
  const shape: SoundWindow = { audio: 8000, samples: 2000 };
  const settings = { labels: ['low', 'high'], labelCapacity: 3, exemplars: 20, seed: 7, units: [16, 16] } as const;
  const learner = await createSoundLearner({ window: shape, ...settings });
  const hearing = await createHearing(shape);
  const features = await createLearner({ inputs: hearing.inputs, ...settings });
  features.note = learner.note;
  const random = new Random(4);
  const tone = (pitch: number): Float32Array => Float32Array.from({ length: 2000 }, (_, t) => Math.sin(pitch * t) + 0.1 * random.normal());
  for (let i = 0; i < 30; i++) {
    const [x, label] = i % 2 === 0 ? [tone(0.2), 'low'] : [tone(0.9), 'high'];
    learner.learn(x, label);
    features.learn(hearing.features(x), label);
  }
  assert.is(learner.inputs, 2000);
  assert.equal(learner.save(), features.save());
  const x = tone(0.2);
  assert.is(learner.predict(x).label, 'low');
  assert.equal(learner.scores(x), features.scores(hearing.features(x)));
  const [loaded, copy] = [await loadSoundLearner(learner.save()), learner.clone()];
  for (const each of [learner, loaded, copy]) {
    each.adapt(x);
    each.learnMany(Float32Array.of(...x, ...tone(0.9)), [0, 1]);
    each.learn(tone(0.5), 'between');
    assert.is(each.labels.length, 3);
  }
  for (const nothing of [new Float32Array(2000), new Float32Array(2000).fill(NaN)]) {
    const { label, probability, probabilities, familiar } = copy.predict(nothing);
    assert.equal([label, probability, [...probabilities], familiar], ['unknown', 1 / 3, [1 / 3, 1 / 3, 1 / 3], 0], 'what was not heard has no answer');
  }
  assert.is(copy.predict(x).label, 'low');
  assert.equal(loaded.window, { audio: 8000, samples: 2000, bands: 20 });
  assert.equal((await loadLearner(learner.save())).config.inputs, 161);
});

test('it counts what it refuses, answers nothing once disposed of, and keeps what its note holds', async () => {
  const learner = await createSoundLearner({ window: { audio: 8000, samples: 2000 }, labels: ['low', 'high'], units: [16] });
  const x = new Float32Array(2000).map((_, t) => (t === 0 ? NaN : Math.sin(t)));
  const none = await createSoundLearner({ window: { audio: 8000, samples: 2000 }, labels: [], labelCapacity: 2 });
  assert.is(none.predict(new Float32Array(2000)).label, undefined);
  for (const wrong of [[1, 2], Array(161).fill(0), 'noise']) assert.throws(() => learner.learn(wrong as never, 'low'));
  learner.learn(x, 'low');
  learner.learnMany(x, [1]);
  assert.is(learner.stats().refused, 3);
  assert.is(learner.stats().missing, 2);
  assert.throws(() => learner.predict([1, 2]), /x: 2 values; this window of sound takes 2000/);

  const sound = { audio: 8000, samples: 2000, bands: 20 };
  assert.is(learner.note, JSON.stringify({ sound }));
  for (const [note, kept] of [['pump', { text: 'pump' }], ['{"site":7,"sound":1}', { site: 7 }], ['[1]', { text: '[1]' }]] as const) {
    learner.note = note;
    const copy = learner.clone();
    for (const each of [learner, copy, await loadSoundLearner(learner.save()), await loadSoundLearner(copy.save())]) {
      assert.equal(JSON.parse(each.note), { ...kept, sound });
      assert.equal(each.save(), learner.save());
    }
  }
  learner.dispose();
  for (const call of [() => learner.features(x), () => learner.predict(x), () => learner.features([1])]) assert.throws(call, /this learner was disposed of/);
});

test('its bytes are known before', async () => {
  const plan = await soundBytesNeeded({ window: { audio: 8000 }, labels: ['a', 'b'] });
  assert.ok(plan.sound > 32000 && plan.sound < 42000, `${plan.sound}`);
  assert.ok(plan.arena > 20000);
});

test('what cannot be is refused with the remedy', async () => {
  const refused = async (window: unknown, message: string): Promise<void> => {
    try {
      await createSoundLearner({ window: window as SoundWindow, labels: ['a', 'b'] });
    } catch (error) {
      assert.ok((error as Error).message.includes(message), `${(error as Error).message}; expected ${message}`);
      return;
    }
    assert.unreachable(`${JSON.stringify(window)} was taken`);
  };
  await refused(undefined, 'config.window: expected an object such as { audio: 16000 }');
  await refused({}, 'config.window.audio: missing; give the samples a second, 8000 or 16000');
  await refused({ audio: 44100 }, 'config.window.audio: got 44100; expected 8000 or 16000');
  await refused({ audio: '16000' }, "config.window.audio: expected a number, got '16000'");
  await refused({ audio: 16000, samples: 3999 }, 'config.window.samples: got 3999; expected 4000 to 64000');
  await refused({ audio: 8000, bands: 41 }, 'config.window.bands: got 41; expected 8 to 40');
  await refused({ audio: 8000, axes: 1 }, 'config.window.axes: no such field; there are audio, samples, bands');
  for (const [config, options, message] of [[{ inputs: 5 }, {}, 'config.inputs: no such field; a sample is a window of sound'], [{ grid: {} }, {}, 'config.grid: no such field'], [{ exemplar: 5 }, {}, 'config.exemplar: no such field'], [{}, { unknownBelo: 1 }, 'options.unknownBelo: no such option']] as const) {
    await createSoundLearner({ window: { audio: 8000 }, labels: ['a', 'b'], ...config } as never, options as never).then(() => assert.unreachable(message), ({ message: got }: Error) => assert.ok(got.includes(message), got));
  }
  const hearing = await createHearing({ audio: 8000 });
  assert.throws(() => hearing.features([1, 2]), /x: 2 values; this window of sound takes 8000/);
  assert.throws(() => hearing.features('noise' as never), /x: expected an array of 8000 numbers/);
  const motion = await createLearner({ inputs: 3, labels: ['a', 'b'] });
  for (const note of ['', '{"sound":{"audio":8000}}', '[]']) {
    motion.note = note;
    await loadSoundLearner(motion.save()).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /not one of a learner of sound/));
  }
});

test.run();
