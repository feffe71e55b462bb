// The front end of the camera, in Node: what its numbers are, what light does to them, and that a learner tells three things by them.

import { createLearner } from '../host/index.js';
import { PICTURE_FEATURES, PICTURE_FEATURE_NAMES, PICTURE_SIDE, PICTURE_VALUES, pictureFeatures, smallPicture } from '../host/sources/camera.js';
import { Random } from '../benchmarks/rivals/random.js';
import { THINGS, Table, pictures } from './objects.js';
import { assert, suite } from './suite.js';

const test = suite('picture');

type Rgb = readonly [number, number, number];
const drawn = (at: (x: number, y: number) => Rgb): Uint8ClampedArray => Uint8ClampedArray.from({ length: PICTURE_VALUES }, (_, i) => at(Math.floor(i / 3) % PICTURE_SIDE, Math.floor(i / 3 / PICTURE_SIDE))[i % 3]!);
/** The largest of some features, by name. */
const tallest = (features: Float32Array, kind: RegExp): string => [...features.entries()].filter(([i]) => kind.test(PICTURE_FEATURE_NAMES[i]!)).map(([i, value]) => ({ name: PICTURE_FEATURE_NAMES[i]!, value })).sort((a, b) => b.value - a.value)[0]!.name;

test('edges are told by their direction, of the whole and of each quarter', () => {
  const step = (x: number, y: number): Rgb => (x < 8 && y < 16 ? [200, 200, 200] : [60, 60, 60]);
  const features = pictureFeatures(drawn(step));
  assert.is(features.length, PICTURE_FEATURES);
  assert.is(PICTURE_FEATURE_NAMES.length, PICTURE_FEATURES);
  assert.is(tallest(pictureFeatures(drawn((x) => (x < 8 ? [200, 200, 200] : [60, 60, 60]))), /whole edge/), 'whole edge 1');
  assert.is(tallest(pictureFeatures(drawn((_, y) => (y < 8 ? [200, 200, 200] : [60, 60, 60]))), /whole edge/), 'whole edge 5');
  assert.is(tallest(pictureFeatures(drawn((x, y) => (x + y < 24 ? [200, 200, 200] : [60, 60, 60]))), /whole edge/), 'whole edge 3');
  assert.ok(tallest(features, /quarter . edge/).startsWith('quarter 1'));
  const bare = pictureFeatures(drawn(() => [90, 90, 90]));
  assert.ok(bare.subarray(0, 40).every((value) => value === 0), 'a bare wall has no edges');
  assert.ok(bare.subarray(40).reduce((sum, value) => sum + value * value, 0) > 65536 * 0.98, 'and one tint');
});

test('another light is the same picture: dimmer, warmer', () => {
  const [picture] = pictures(THINGS['scissors']!, 1, new Table(160, 120, new Random(4)), new Random(5));
  const before = smallPicture(picture!);
  const lamp = [0.75, 0.6, 0.45];
  const after = before.map((value, i) => value * lamp[i % 3]!);
  const [a, b] = [before, after].map(pictureFeatures) as [Float32Array, Float32Array];
  const apart = Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...a);
  assert.ok(apart < 0.15, `${apart}`);
});

test('every value is a whole number of 0 to 256, also of black, white and noise', () => {
  const random = new Random(1);
  for (const picture of [drawn(() => [0, 0, 0]), drawn(() => [255, 255, 255]), drawn(() => [255, 0, 0]), drawn((x) => (x % 2 ? [0, 0, 255] : [255, 0, 0])), drawn(() => [random.below(256), random.below(256), random.below(256)])]) {
    assert.ok(pictureFeatures(picture).every((value) => Number.isInteger(value) && value >= 0 && value <= 256));
  }
});

test('a picture becomes small by means, of its middle, with opacity or without', () => {
  const [width, height] = [100, 64];
  const at = (i: number, values: number): number => (i % values === 3 ? 255 : i % values === 0 && Math.floor(i / values) % width >= 18 && Math.floor(i / values) % width < 20 ? 200 : 40);
  const three = smallPicture({ data: Uint8Array.from({ length: 3 * width * height }, (_, i) => at(i, 3)), width, height });
  assert.equal([...three.subarray(0, 6)], [200, 40, 40, 40, 40, 40]);
  assert.equal(three, smallPicture({ data: Uint8Array.from({ length: 4 * width * height }, (_, i) => at(i, 4)), width, height }));
});

test('what is no picture is refused by name', () => {
  assert.throws(() => pictureFeatures(new Float32Array(104)), (error: Error) => error instanceof RangeError && error.message === 'rgb: got 104 values; expected 3072, three for each of 32 x 32 points');
  assert.throws(() => pictureFeatures(undefined as never), (error: Error) => error instanceof TypeError && error.message.startsWith('rgb: expected an array of numbers'));
  assert.throws(() => smallPicture({ data: new Uint8Array(4 * 31 * 40), width: 31, height: 40 }), /pixels: a picture of 31 x 40 points; expected 32 a side at least/);
  const values = Array.from(drawn((x) => [x, 0, 255]));
  const wrong: [value: unknown, kind: typeof Error, message: string][] = [
    [-1, RangeError, 'rgb[7]: got -1; expected 0 to 255'], [NaN, RangeError, 'rgb[7]: got NaN; expected 0 to 255'], [1e9, RangeError, 'rgb[7]: got 1000000000; expected 0 to 255'],
    ['7', TypeError, "rgb[7]: expected a number, got '7'"], [undefined, TypeError, 'rgb[7]: expected a number, got undefined'],
  ];
  for (const [value, kind, message] of wrong) assert.throws(() => pictureFeatures(values.with(7, value as number)), (error: Error) => error instanceof kind && error.message === message, message);
  const ofProject = Float32Array.from(values, (value) => value / 256);
  assert.throws(() => pictureFeatures(ofProject), (error: Error) => error instanceof RangeError && /^rgb\[2\]: got 0\.99609375, and no value above 1; expected 0 to 255: .* times 256$/.test(error.message));
  assert.equal(pictureFeatures(ofProject.map((value) => 256 * value)), pictureFeatures(Uint8Array.from(values)));
  assert.throws(() => pictureFeatures('a'.repeat(PICTURE_VALUES) as never), TypeError);
  assert.throws(() => smallPicture(undefined as never), (error: Error) => error instanceof TypeError && error.message === 'pixels: expected an object with data, width and height, got undefined');
  assert.throws(() => smallPicture({ data: values, width: '32' as never, height: 32 }), (error: Error) => error instanceof TypeError && error.message === "pixels.width: expected a whole number, got '32'");
  assert.throws(() => smallPicture({ data: values.with(9, 256), width: 32, height: 32 }), (error: Error) => error instanceof RangeError && error.message === 'pixels.data[9]: got 256; expected 0 to 255');
  assert.throws(() => smallPicture({ data: new Uint8Array(7), width: 40, height: 40 }), /pixels.data: 7 values for 40 x 40 points/);
});

test('three things taught one after the other are known in other places, sizes and lights', async () => {
  const random = new Random(7);
  const table = new Table(160, 120, random);
  const labels = Object.keys(THINGS);
  using learner = await createLearner({ inputs: PICTURE_FEATURES, labels, exemplars: 200 });
  for (const [label, thing] of Object.entries(THINGS)) {
    for (const picture of pictures(thing, 30, table, random)) learner.learn(pictureFeatures(smallPicture(picture)), label);
    learner.sleep(10 * learner.worthRehearsing);
  }
  let right = 0;
  for (let take = 0; take < 10; take++) for (const [label, thing] of Object.entries(THINGS)) if (learner.predict(pictureFeatures(smallPicture(pictures(thing, 1, table, random)[0]!))).label === label) right++;
  assert.ok(right >= 28, `${right} of 30`);
});

test.run();
