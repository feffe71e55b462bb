// The continual benchmark must measure what it says, and its rivals must be what they claim: a weak rival would make every table a lie.
import { assert, suite } from './suite.js';
import { ReplayBackprop } from '../benchmarks/continual/backprop.js';
import { changedHalfway, recovery, shuffled } from '../benchmarks/continual/change.js';
import { digits, wand } from '../benchmarks/continual/episodes.js';
import { Exemplars } from '../benchmarks/continual/exemplars.js';
import { accuracy, type ContinualLearner } from '../benchmarks/continual/learner.js';
import { NearestMean } from '../benchmarks/continual/nearest-mean.js';
import { fromArrays, type Samples } from '../benchmarks/continual/samples.js';
import { StreamingLda } from '../benchmarks/continual/slda.js';
import { SparseMlp } from '../benchmarks/continual/sparse-mlp.js';
import { Mlp } from '../benchmarks/rivals/mlp.js';
import { Random } from '../benchmarks/rivals/random.js';
import type { Stream } from '../benchmarks/streams/data.js';

const test = suite('continual');

/** Four well separated clouds in the plane, label by label. */
function clouds(perLabel: number, seed: number): Samples {
  const random = new Random(seed);
  const ys = Array.from({ length: 4 * perLabel }, (_, k) => Math.floor(k / perLabel));
  return fromArrays(ys.map((y) => [4 * (y & 1) + random.normal() / 2, 4 * (y >> 1) + random.normal() / 2]), ys);
}

function taught(learner: ContinualLearner, train: Samples): ContinualLearner {
  for (let k = 0; k < train.length; k++) learner.learn(train.x(k), train.y(k));
  learner.sleep?.();
  return learner;
}

test('the rivals\' store: shared evenly by the labels seen, inside a label a fair sample of all that came', () => {
  const store = new Exemplars(60, new Random(1));
  const kept = (label: number) => store.stored.filter(({ y }) => y === label).map(({ x }) => x[0]);
  for (let k = 0; k < 3000; k++) store.add([k], 0);
  assert.is(kept(0).length, 60);
  const middle = kept(0).reduce((sum, v) => sum + v, 0) / 60;
  assert.ok(Math.abs(middle - 1500) < 4 * (3000 / Math.sqrt(12 * 60)), `mean index ${middle}: four standard errors from 1500`);
  for (let k = 0; k < 500; k++) store.add([k], 1 + (k & 1));
  assert.equal([0, 1, 2].map((label) => kept(label).length), [20, 20, 20]);
  assert.equal([...store.nearest([kept(1)[7] + 0.2], 1)!], [kept(1)[7]]);
});

test('the rivals\' store keeps images on the grid of its bits', () => {
  const store = new Exemplars(1, new Random(1), 255 / 3);
  store.add([0, 40, 50, 130, 255], 0);
  assert.equal([...store.stored[0].x], [0, 0, 85, 170, 255]);
});

test('backpropagation with a store keeps four labels that came in turn; without one it keeps the last', () => {
  const shape = { inputs: 2, labels: 4, units: [16, 16] };
  const test = clouds(50, 2);
  assert.ok(accuracy(taught(new ReplayBackprop(shape, 1, 0.03, 40), clouds(200, 1)), test) > 95);
  assert.ok(accuracy(taught(new ReplayBackprop(shape, 1, 0.03, 0), clouds(200, 1)), test) < 60);
});

test('the perceptron that leaves out zeros takes the steps of the plain one', () => {
  const [inputs, labels, units, rate] = [6, 3, 5, 0.05];
  const sparse = new SparseMlp(inputs, [units, 4], labels, 7, rate);
  const plain = new Mlp({ inputs, labels, hidden: [units, 4], rate, inputScale: 1 });
  const [first, ...rest] = plain.layers;
  first.weights.forEach((_, w) => (first.weights[w] = sparse.weights[(w % inputs) * units + Math.floor(w / inputs)]));
  rest.forEach((layer, l) => layer.weights.set(sparse.upper.layers[l].weights));
  const random = new Random(1);
  for (let k = 0; k < 200; k++) {
    const z = Float64Array.from({ length: inputs }, () => (random.below(2) ? random.normal() : 0));
    const [p, q] = [sparse.forward(z), plain.forward(z)];
    p.forEach((v, c) => assert.ok(Math.abs(v - q[c]) < 1e-9, `step ${k}, label ${c}: ${v} and ${q[c]}`));
    sparse.backward(z, k % labels);
    plain.backward(z, k % labels);
  }
});

test('streaming LDA is LDA: its answers are those of the covariance and means of all samples at once', () => {
  const random = new Random(3);
  const ys = Array.from({ length: 4000 }, (_, k) => k % 2);
  // strongly correlated inputs; the means differ across the correlation, where the nearest mean sees little
  const xs = ys.map((y) => {
    const common = 5 * random.normal();
    return [common + random.normal() / 4 + y, common + random.normal() / 4];
  });
  const lda = new StreamingLda({ inputs: 2, labels: 2, units: [] }, 1e-4);
  const train = fromArrays(xs, ys);
  taught(lda, train);
  const means = [0, 1].map((y) => [0, 1].map((i) => xs.reduce((sum, x, k) => sum + (ys[k] === y ? x[i] : 0), 0) / 2000));
  const covariance = (i: number, j: number) => xs.reduce((sum, x, k) => sum + (x[i] - means[ys[k]][i]) * (x[j] - means[ys[k]][j]), 0) / 4000;
  const [a, b, d] = [covariance(0, 0), covariance(0, 1), covariance(1, 1)];
  const gap = [means[1][0] - means[0][0], means[1][1] - means[0][1]];
  const w = [(d * gap[0] - b * gap[1]) / (a * d - b * b), (a * gap[1] - b * gap[0]) / (a * d - b * b)];
  const edge = (w[0] * (means[0][0] + means[1][0]) + w[1] * (means[0][1] + means[1][1])) / 2;
  let differ = 0;
  xs.forEach((x, k) => {
    if (lda.predict(train.x(k)) !== (w[0] * x[0] + w[1] * x[1] > edge ? 1 : 0)) differ++;
  });
  assert.ok(differ <= 20, `${differ} of 4000 answers differ from LDA in closed form`); // the ridge and the running means move the edge a little
  const nearest = taught(new NearestMean({ inputs: 2, labels: 2, units: [] }), train);
  assert.ok(accuracy(lda, train) > accuracy(nearest, train) + 30, 'only LDA sees across the correlation');
});

test('nearest mean: in standard deviations, whatever the units; an input that never changes says nothing', () => {
  const xs = [[0, 1000, 7], [2, 3000, 7], [1, 3000, 7], [3, 1000, 7], [10, 2000, 7], [12, 2000, 7]];
  const nearest = taught(new NearestMean({ inputs: 3, labels: 2, units: [] }), fromArrays(xs, [0, 0, 0, 0, 1, 1]));
  assert.is(nearest.predict(Float32Array.of(9, 2900, 7)), 1);
  assert.is(nearest.predict(Float32Array.of(2, 1100, 7)), 0);
});

test('recovery, by hand: 90 % before; errors until the window of 50 holds 43 right answers', () => {
  const right = new Uint8Array(4000);
  for (let s = 0; s < 2000; s++) right[s] = s % 10 === 0 ? 0 : 1;
  right.fill(1, 2000 + 120); // 120 errors, then none
  const { before, samplesUntilBack, back, excess } = recovery(right);
  assert.is(before, 90);
  assert.is(samplesUntilBack, 120 + 43); // 0.95 x 0.9 x 50 = 42.75
  assert.is(back, 1);
  assert.ok(Math.abs(excess - (120 - 100)) < 1e-9); // 100 errors in 1,000 samples were usual
});

test('recovery that never comes is the length of what is left, and is said', () => {
  const right = new Uint8Array(4000).fill(1, 0, 2000);
  assert.equal(recovery(right), { before: 100, samplesUntilBack: 2000, back: 0, excess: 1000 });
});

function smallStream(): Stream {
  const x = Float32Array.from({ length: 60 }, (_, i) => i);
  return { name: 'small', samples: 20, inputs: 3, labels: ['a', 'b', 'c'], x, y: Int32Array.from({ length: 20 }, (_, s) => s % 3) };
}

test('a change leaves the first half alone and changes all of the second in one way', () => {
  const stream = smallStream();
  const labels = changedHalfway(stream, 'labels', 1);
  assert.equal([...labels.y], Array.from({ length: 20 }, (_, s) => (s < 10 ? s : s + 1) % 3));
  assert.equal(labels.x, stream.x);
  const inputs = changedHalfway(stream, 'inputs', 1);
  assert.equal(inputs.y, stream.y);
  assert.equal(inputs.x.slice(0, 30), stream.x.slice(0, 30));
  const order = [...inputs.x.slice(30, 33)].map((v) => v - 30);
  assert.equal([...order].sort(), [0, 1, 2]);
  for (let s = 10; s < 20; s++) assert.equal([...inputs.x.slice(3 * s, 3 * s + 3)], order.map((i) => 3 * s + i));
  assert.equal([...shuffled(stream, 1).x].sort((a, b) => a - b), [...stream.x]);
});

test('digits and wand come two labels at a time, whole, and are asked about all of them', () => {
  for (const [episode, train, held] of [[digits()(1), 1438, 359], [wand('by distance')(1), 800, 200]] as const) {
    const ys = Array.from({ length: episode.train.length }, (_, k) => episode.train.y(k));
    assert.is(ys.length, train);
    assert.is(episode.test.length, held);
    assert.ok(ys.every((y, k) => k === 0 || y >> 1 >= ys[k - 1] >> 1), 'a pair came back');
    assert.ok(ys.some((y, k) => k > 0 && y < ys[k - 1]), 'inside a pair the labels are mixed');
    assert.is(new Set(Array.from({ length: held }, (_, k) => episode.test.y(k))).size, 10);
    const seen = new Set(Array.from({ length: train }, (_, k) => episode.train.x(k).join()));
    for (let k = 0; k < held; k++) assert.not.ok(seen.has(episode.test.x(k).join()), 'a test sample was learned');
  }
});

test.run();
