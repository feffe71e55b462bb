// The running standardisation: what it makes of raw samples, against mean and deviation in float.

import fc from 'fast-check';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, defaults } from './core-driver.js';
import { Channel, fixedScale } from './reference/normaliser.js';
import { assert, suite } from './suite.js';

const test = suite('normaliser');

const CLIP = 1280; // +-5
const bits = (value: number): number => bitsOf([value])[0];

/** A channel that has seen values. */
function channelOf(values: Iterable<number>): Channel {
  const channel = new Channel();
  let t = 0;
  for (const value of values) channel.observe(bits(value), t++);
  return channel;
}
const normals = (count: number, mean: number, deviation: number, seed = 1): number[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => mean + deviation * random.normal());
};
const standardised = (channel: Channel, value: number): number => channel.standardise(bits(value), CLIP) / 256;
const near = (got: number, want: number, within: number, what: string): void =>
  assert.ok(Math.abs(got - want) <= within, `${what}: ${got}, not ${want} +- ${within}`);

test('mean and deviation are those of the values, from 1e-25 to 1e30 and at any offset', () => {
  for (const size of [1e-25, 1e-6, 1, 1e3, 1e30]) {
    for (const offset of [0, 1, -30, 1000]) {
      const values = normals(1000, offset * size, size);
      const channel = channelOf(values);
      const mean = values.reduce((sum, x) => sum + x) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
      for (const by of [-3, -1, 0, 0.5, 2]) {
        near(standardised(channel, mean + by * deviation), by, 0.08, `${by} deviations from ${offset} x ${size}`);
      }
    }
  }
});

for (const [levels, rows] of [[[0.2, 12, 900], 300], [[-0.2, -12, -900], 300], [[0.3, 5, 80, 1500], 300], [[0, 12, 900], 1000]] as const) {
  test(`a channel that saw one level for 1,000 values tells ${levels} apart after ${rows} more, and stays there`, () => {
    const told = [1, 2, 3, 4, 5].map((seed) => {
      const random = new Random(seed);
      const channel = channelOf(Array.from({ length: 1000 }, () => levels.at(-1)! * (1 + 0.1 * random.normal())));
      let last = 0; // row at which two levels were less than a quarter of a deviation apart
      for (let row = 1; row <= 3000; row++) {
        channel.observe(bits(levels[random.below(levels.length)]! * (1 + 0.1 * random.normal())), 1000 + row);
        const places = levels.map((level) => standardised(channel, level));
        if (places.some((place, k) => places.slice(0, k).some((other) => Math.abs(place - other) < 0.25))) last = row;
      }
      return last;
    });
    assert.ok(told.sort((a, b) => a - b)[2]! < rows, `after ${told} rows`);
  });
}

test('what stood still says nothing of how a channel varies: after 2,000 equal values it finds its deviation in tens', () => {
  const channel = channelOf([...Array.from({ length: 2000 }, () => 21), ...normals(60, 21, 3)]);
  near(standardised(channel, 24), 1, 0.3, 'a deviation above');
});

test('inputs are clipped, whatever arrives', () => {
  const channel = channelOf(normals(100, 0, 1));
  fc.assert(fc.property(fc.float(), (value) => Math.abs(channel.standardise(bits(value), CLIP)) <= CLIP));
  // predict cannot widen the unit: there a value counts as at most the greatest that the unit holds, or a little more
  const widest = Math.max(...normals(100, 0, 1).map(Math.abs));
  for (const sign of [1, -1]) assert.ok(sign * standardised(channel, sign * 1e30) >= widest, `${sign * 1e30} became ${standardised(channel, sign * 1e30)}`);
});

/** What host/arena/parts.ts holds of every channel that a learner can have reached. */
function isWithin({ compression: { centre, tail, reach, spread, moved }, count }: Channel): boolean {
  return Math.abs(centre) < 2 ** 27 && Math.abs(tail) < 2 ** 27 && moved <= 2047 && (count === 2 || (spread >= 0 && spread <= 30 * 1024))
    && (moved === 0 ? reach === 2 ** 31 - 1 : reach >= 1 && reach <= 2 ** 30);
}

test('the registers stay within their formats for any sequence of values', () => {
  const values = fc.array(fc.oneof(fc.float(), fc.float({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, NaN, 3.4e38, -3.4e38, 1e-45)), { maxLength: 200 });
  fc.assert(fc.property(values, (sequence) => {
    const channel = channelOf(sequence);
    const { mean, variance, inverse, count, shift, exponent } = channel;
    return Math.abs(mean) < 2 ** 28 && (variance === 0 || (variance >= 2 ** 29 && variance < 2 ** 31)) && inverse >= 0 && inverse < 2 ** 16
      && count <= 2047 && shift >= -11 && shift <= 31 && exponent >= -126 && exponent <= 102 && isWithin(channel);
  }));
});

test('a missing value is the mean, and teaches nothing', () => {
  const values = normals(50, 7, 2);
  const [channel, spared] = [channelOf(values), channelOf(values)];
  for (const missing of [NaN, Infinity, -Infinity]) {
    assert.is(standardised(channel, missing), 0);
    channel.observe(bits(missing), 0);
  }
  assert.equal({ ...channel }, { ...spared });
});

test('a channel that never varies is 0, and so is a value it has not seen', () => {
  for (const constant of [0, 1, -2.5e9, 1e-20]) {
    const channel = channelOf(new Array(2000).fill(constant));
    assert.is(standardised(channel, constant), 0);
    assert.is(standardised(channel, constant + 1), 0);
  }
});

test('a channel wakes up: silent for long, then alive', () => {
  const channel = channelOf([...new Array(3000).fill(0), ...normals(3000, 5, 0.1)]);
  near(standardised(channel, 5), 0, 0.6, 'its new level');
  assert.ok(standardised(channel, 5.5) > standardised(channel, 4.5));
});

test('it follows a channel that falls or rises by ten orders of magnitude', () => {
  // a fall overshoots once on its way: 0.15 to 0.22 at 60,000 values
  for (const [first, then] of [[1e6, 1e-4], [1e-4, 1e6]]) {
    for (const values of [50_000, 70_000, 80_000, 100_000]) {
      const channel = channelOf([...normals(2000, first, first), ...normals(values, then, then, 2)]);
      near(standardised(channel, then), 0, 0.15, `mean, ${values} values after ${first} became ${then}`);
      near(standardised(channel, 2 * then), 1, 0.15, `deviation, ${values} values after ${first} became ${then}`);
    }
  }
});

test('one wild value, of whatever size, does not blind a channel', () => {
  for (const size of [300, 1e4, 1e6, 1e12, 3e38]) {
    for (const seen of [100, 2000]) {
      const channel = channelOf([...normals(seen, 0, 1), size, ...normals(100, 0, 1, 2)]);
      const widened = seen < 1024 ? 0.6 : 0.3; // a young channel takes one value in 100 more seriously
      near(standardised(channel, 0), 0, 0.4, `mean after an outlier of ${size} deviations among ${seen}`);
      near(standardised(channel, 1) - standardised(channel, 0), 1, widened, `deviation after ${size} among ${seen}`);
    }
  }
});

test('sentinels, one reading in a hundred, do not blind a channel', () => {
  for (const sentinel of [-9999, 65535, 1e20]) {
    const values = normals(10_000, 20, 1).map((value, t) => (t > 200 && t % 100 === 0 ? sentinel : value));
    const channel = channelOf(values);
    near(standardised(channel, 20), 0, 0.5, `mean among ${sentinel}`);
    assert.ok(standardised(channel, 21) - standardised(channel, 20) > 0.4, `one deviation became ${standardised(channel, 21) - standardised(channel, 20)} among ${sentinel}`);
  }
});

test('a fixed scale multiplies, rounds to Q8 and clips; missing is 0', () => {
  fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), fc.float({ noNaN: true, min: Math.fround(1e-3), max: 10 }), (x, scale) => {
    if (Math.abs(x) < 1e-37) return true;
    const exact = Math.max(-CLIP, Math.min(CLIP, x * scale * 256));
    return Math.abs(fixedScale(bits(x), bits(scale), CLIP) - exact) <= 0.5;
  }));
  for (const missing of [NaN, Infinity, -Infinity]) assert.is(fixedScale(bits(missing), bits(1), CLIP), 0);
  assert.is(fixedScale(bits(-2), bits(-0.5), CLIP), 256);
});

test('only `learn` and `adapt` move the standardiser; `adapt` moves nothing else', () => {
  const config = defaults({ inputs: 3, labels: 2, units: [4] });
  const learner = core('scalar', config);
  const channels = { start: 48, end: 48 + 3 * 32 };
  const before = learner.state();
  learner.predict(bitsOf([1, 2, 3]));
  assert.is(Buffer.compare(learner.state(), before), 0);
  learner.adapt(bitsOf([1, 2, 3]));
  const after = learner.state();
  const changed = [...after.keys()].filter((at) => after[at] !== before[at]);
  assert.ok(changed.length > 0);
  assert.ok(changed.every((at) => at >= channels.start && at < channels.end), `bytes ${changed}`);
});

test.run();
