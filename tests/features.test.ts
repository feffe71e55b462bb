// Features of a window: the integers of the core against a discrete Fourier transform in float.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, defaults, reference, type Implementation } from './core-driver.js';
import { windowBands } from './reference/features.js';
import { assert, suite } from './suite.js';

const test = suite('features');

const learners = (axes: number, samples: number): Implementation[] => {
  const config = defaults({ inputs: axes * (2 + windowBands(samples)), labels: 2, units: [4], window: { axes, samples } });
  return [reference(config), core('scalar', config), core('simd', config)];
};
const extract = (learner: Implementation, window: ArrayLike<number>): Float32Array =>
  new Float32Array(learner.extract(bitsOf(Array.from(window))).buffer);

/** What the features are meant to be, in float. */
function expected(signal: readonly number[]): number[] {
  const bands = windowBands(signal.length);
  const mean = signal.reduce((sum, x) => sum + x) / signal.length;
  const deviation = Math.sqrt(signal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / signal.length);
  const amplitudes = Array.from({ length: bands }, (_, band) => {
    const turn = (2 * Math.PI * (band + 1)) / (2 * bands);
    let re = 0;
    let im = 0;
    signal.forEach((x, t) => {
      re += (x - mean) * Math.cos(turn * t);
      im += (x - mean) * Math.sin(turn * t);
    });
    return Math.hypot(re, im) / (2 * bands);
  });
  return [mean, deviation, ...amplitudes];
}

test('bands are half of the length, rounded up to a power of two', () => {
  for (const [samples, bands] of [[8, 4], [9, 8], [50, 32], [64, 32], [65, 64], [128, 64], [129, 128], [256, 128]]) {
    assert.is(windowBands(samples), bands);
  }
});

test('mean, deviation and amplitudes are those of a float transform, within 0.1 % of the greatest deflection', () => {
  const random = new Random(1);
  for (const samples of [8, 13, 50, 64, 100, 256]) {
    for (const size of [1e-20, 1, 9.81, 1e6, 1e20]) {
      const axes = 3;
      const window = Array.from({ length: axes * samples }, (_, i) => size * (2 + (i % axes) + Math.sin((i / axes) * 0.7) + 0.3 * random.normal()));
      for (const learner of learners(axes, samples)) {
        const features = extract(learner, window);
        for (let axis = 0; axis < axes; axis++) {
          const signal = Array.from({ length: samples }, (_, t) => Math.fround(window[t * axes + axis]));
          const want = expected(signal);
          const deflection = Math.max(...signal.map((x) => Math.abs(x - want[0])));
          want.forEach((value, k) => {
            const got = features[axis * want.length + k];
            assert.ok(Math.abs(got - value) < 1e-3 * deflection, `${learner.name}, ${samples} samples of size ${size}: feature ${k} is ${got}, not ${value}`);
          });
        }
      }
    }
  }
});

test('a missing sample counts as the mean of the others', () => {
  const signal = [4, 6, 4, 6, NaN, 6, 4, Infinity];
  for (const learner of learners(1, 8)) {
    const features = extract(learner, signal);
    assert.is(features[0], 5);
    assert.is(features[1], 1);
  }
});

test('an axis of which nothing is there gives missing features, and leaves the other axis alone', () => {
  const window = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? NaN : i));
  for (const learner of learners(2, 8)) {
    const features = extract(learner, window);
    assert.ok(features.subarray(0, 6).every(Number.isNaN), learner.name);
    assert.ok(features.subarray(6).every(Number.isFinite), learner.name);
    assert.is(features[6], 8);
  }
});

test('a constant has its mean and nothing else; zeros have nothing', () => {
  for (const learner of learners(1, 50)) {
    assert.equal([...extract(learner, new Array(50).fill(-3.5))], [-3.5, ...new Array(33).fill(0)]);
    assert.equal([...extract(learner, new Array(50).fill(0))], new Array(34).fill(0));
  }
});

test('the greatest finite values stay finite', () => {
  const window = Array.from({ length: 256 }, (_, t) => (t % 2 === 0 ? 3.4e38 : -3.4e38));
  for (const learner of learners(1, 256)) {
    const features = extract(learner, window);
    assert.ok(features.every(Number.isFinite), `${learner.name}: ${features}`);
    assert.ok(Math.abs(features[1] / 3.4e38 - 1) < 1e-3, `${learner.name}: deviation ${features[1]}`);
    assert.ok(Math.abs(features[129] / 3.4e38 - 1) < 1e-3, `${learner.name}: amplitude of the highest band ${features[129]}`);
  }
});

test('a window is learned like its features', () => {
  const window = { axes: 2, samples: 20 };
  const config = defaults({ inputs: 2 * 18, labels: 2, units: [8], window });
  const random = new Random(2);
  const [whole, parts] = [core('simd', config), core('simd', { ...config, window: undefined })];
  for (let t = 0; t < 50; t++) {
    const features = whole.extract(bitsOf(Array.from({ length: 40 }, () => random.normal())));
    whole.exports.learn(t % 2); // the features stand in the input already
    parts.learn(features, t % 2);
  }
  assert.is(Buffer.compare(whole.state(), parts.state()), 0);
});

test.run();
