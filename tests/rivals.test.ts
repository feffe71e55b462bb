// The rivals must be what they claim: their steps are the numeric gradient of the loss, so a lead over them is not a lead over a bug. The float
// rule's steps are checked the same way, layer by layer.
import { readFileSync } from 'node:fs';
import { assert, suite } from './suite.js';
import { parity } from '../benchmarks/streams/parity.js';
import { prequential, row } from '../benchmarks/streams/prequential.js';
import { FoundRate } from '../benchmarks/rivals/found-rate.js';
import { Mlp } from '../benchmarks/rivals/mlp.js';
import { Random } from '../benchmarks/rivals/random.js';
import { Standardiser } from '../benchmarks/rivals/standardiser.js';
import { Ridge } from '../benchmarks/everyday/rivals/ridge.js';
import { Adwin } from '../benchmarks/streams/rivals/adwin.js';
import { AdaptiveForest } from '../benchmarks/streams/rivals/adaptive-forest.js';
import { RandomFeatures } from '../benchmarks/streams/rivals/random-features.js';
import { withHurt } from '../benchmarks/streams/page.js';
import { FloatLearner } from './float-reference.js';

const test = suite('rivals');
const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: got ${actual}, expected ${expected}`);

/** The derivative of f by the one number values[i]. */
function slope(values: Float64Array, i: number, f: () => number): number {
  const kept = values[i];
  const h = 1e-5;
  values[i] = kept + h;
  const above = f();
  values[i] = kept - h;
  const below = f();
  values[i] = kept;
  return (above - below) / (2 * h);
}

for (const hidden of [[], [7], [6, 5]]) {
  test(`backpropagation, hidden [${hidden}]: every step is minus the rate times the numeric gradient of the cross-entropy`, () => {
    const x = new Random(5).normals(4, 1);
    const y = 2;
    const rate = 1e-3;
    const mlp = new Mlp({ inputs: 4, hidden, labels: 3, rate, seed: 3, inputScale: 1 });
    const loss = () => -Math.log(mlp.score(x)[y]);
    for (let k = 0; k < 5; k++) mlp.step(new Random(k).normals(4, 1), k % 3); // away from the zero start of the regression
    const values = mlp.layers.flatMap((layer) => [layer.weights, layer.biases]);
    const gradients = values.map((v) => Float64Array.from(v, (_, i) => slope(v, i, loss)));
    const before = values.map((v) => v.slice());
    mlp.step(x, y);
    let checked = 0;
    values.forEach((v, k) => v.forEach((after, i) => {
      near(after - before[k][i], -rate * gradients[k][i], 1e-9, `tensor ${k}, value ${i}`);
      if (gradients[k][i] !== 0) checked++;
    }));
    assert.ok(checked >= 15, `only ${checked} values had a gradient`);
  });
}

test('the float rule: every weight steps along the gradient of log p(y) of its own layer, over (|z|^2 + n) / 2', () => {
  const x = new Random(8).normals(4, 1);
  const [y, alpha, rate, m] = [1, 10, 1e-4, 6];
  const learner = new FloatLearner({ inputs: 4, labels: 3, units: [m, m], seed: 2, alpha, rate, margin: 0, selfRate: false, inputScale: 1 });
  const belief = (layer: number) => () => {
    const z = learner.layers[layer].z.slice(); // the layer alone: what it was handed is held
    const { weights, biases, gates, inputs } = learner.layers[layer];
    const goodness = [0, 1, 2].map((c) => {
      let sum = 0;
      for (let j = 0; j < m; j++) {
        let a = biases[j] + gates[c * m + j];
        for (let i = 0; i < inputs; i++) a += weights[j * inputs + i] * z[i];
        if (a > 0) sum += a * a;
      }
      return Math.exp((alpha * sum) / m);
    });
    return Math.log(goodness[y] / (goodness[0] + goodness[1] + goodness[2]));
  };
  learner.score(x);
  const gradients = learner.layers.map(({ weights, biases, gates }, l) =>
    [weights, biases, gates].map((v) => Float64Array.from(v, (_, i) => slope(v, i, belief(l)))),
  );
  const before = learner.layers.map(({ weights, biases, gates }) => [weights.slice(), biases.slice(), gates.slice()]);
  learner.step(x, y);
  learner.layers.forEach(({ weights, biases, gates, z, inputs }, l) => {
    const square = z.reduce((sum, v) => sum + v * v, 0);
    // The gradient by a_j is (2 alpha / m) r_j; the rule leaves 2 / m out.
    const weightStep = (rate * m) / 2 / ((square + inputs) / 2);
    const gateStep = (rate / 20) * (m / 2);
    weights.forEach((w, i) => near(w - before[l][0][i], weightStep * gradients[l][0][i], 1e-9, `layer ${l}, weight ${i}`));
    biases.forEach((b, j) => near(b - before[l][1][j], weightStep * gradients[l][1][j], 1e-9, `layer ${l}, bias ${j}`));
    gates.forEach((v, k) => near(v - before[l][2][k], gateStep * gradients[l][2][k], 1e-9, `layer ${l}, gate ${k}`));
  });
});

test('a confident sample costs no update, to the rivals and to the float rule', () => {
  const x = Float64Array.of(1, -1);
  for (const learner of [
    new Mlp({ inputs: 2, hidden: [8], labels: 2, rate: 0.1, margin: 0.05, inputScale: 1 }),
    new FloatLearner({ inputs: 2, labels: 2, units: [8], margin: 0.05, inputScale: 1 }),
  ]) {
    for (let k = 0; k < 500; k++) learner.step(x, 1);
    assert.ok(learner.updates > 0 && learner.updates < 400, `${learner.updates} updates`);
  }
});

test('the rate that finds itself rises while updates agree and falls while they alternate, within its range', () => {
  const [r, z] = [Float64Array.of(1, -1), Float64Array.of(0.5, 2, -1)];
  const agreeing = new FoundRate(2, 3);
  const alternating = new FoundRate(2, 3);
  near(agreeing.next(r, z, 0), 2, 1e-12, 'start boost'); // exp(0) (1 + exp(0)); nothing to agree with yet
  for (let t = 1; t < 1000; t++) {
    agreeing.next(r, z, t);
    alternating.next(t % 2 ? r : r.map((v) => -v), z, t);
  }
  near(agreeing.multiplier, 2.5, 1e-12, 'upper limit');
  near(alternating.multiplier, 0.4, 1e-12, 'lower limit');
});

test('standardiser: the first 1,000 samples give plain mean and variance, the clip holds, a constant and a missing value give 0', () => {
  const random = new Random(4);
  const standardiser = new Standardiser(3, 3);
  const seen: number[] = [];
  for (let t = 0; t < 1000; t++) {
    seen.push(5 + 2 * random.normal());
    standardiser.observe([seen[t], 7, t === 500 ? NaN : 1e3 * random.normal()]);
  }
  const mean = seen.reduce((sum, v) => sum + v, 0) / seen.length;
  const variance = seen.reduce((sum, v) => sum + (v - mean) ** 2, 0) / seen.length;
  near(standardiser.mean[0], mean, 1e-9, 'mean');
  near(standardiser.variance[0], variance, 1e-9, 'variance');
  assert.equal([...standardiser.standardise([1e9, 7, NaN])], [3, 0, 0]);
});

test('random: normals have mean 0 and variance 1, a shuffle keeps every item, a seed decides', () => {
  const values = new Random(1).normals(20_000, 1);
  near(values.reduce((sum, v) => sum + v, 0) / values.length, 0, 0.02, 'mean');
  near(values.reduce((sum, v) => sum + v * v, 0) / values.length, 1, 0.03, 'variance');
  const items = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = new Random(2).shuffle([...items]);
  assert.not.equal(shuffled, items);
  assert.equal([...shuffled].sort((a, b) => a - b), items);
  assert.equal(new Random(2).shuffle([...items]), shuffled);
});

test('parity of 2 of 10 bits: regression cannot, the float rule can', () => {
  const stream = parity(2, 10, 6000);
  for (let s = 0; s < 50; s++) assert.is(stream.y[s], (row(stream, s)[0] > 0 ? 1 : 0) ^ (row(stream, s)[1] > 0 ? 1 : 0));
  const regression = prequential(stream, new Mlp({ inputs: 10, hidden: [], labels: 2, rate: 0.01 }));
  const rule = prequential(stream, new FloatLearner({ inputs: 10, labels: 2 }));
  assert.ok(regression < 60, `regression ${regression} %`);
  assert.ok(rule > 90, `float rule ${rule} %`);
});

test('recursive least squares that forgets is what it would be, had every sample been weighed anew', () => {
  const keeps = 0.9;
  const random = new Random(4);
  const ridge = new Ridge(2, 1, keeps);
  // settled standardisation: what it makes of a sample later is what it made of it then
  const samples = Array.from({ length: 4000 }, () => Float32Array.from(random.normals(2, 1)));
  const labels = samples.map((x) => (x[0] + 0.5 * x[1] > 0.2 ? 1 : 0));
  samples.forEach((x, t) => ridge.teach(x, labels[t]));
  let right = 0;
  const asked = Array.from({ length: 500 }, () => Float32Array.from(random.normals(2, 1)));
  for (const x of asked) if (ridge.answer(x) === (x[0] + 0.5 * x[1] > 0.2 ? 1 : 0)) right++;
  assert.ok(right > 440, `${right} of 500`); // it remembers ten samples or so
  for (let t = 0; t < 200; t++) ridge.teach(samples[t], 1 - labels[t]);
  right = 0;
  for (const x of asked) if (ridge.answer(x) === (x[0] + 0.5 * x[1] > 0.2 ? 0 : 1)) right++;
  assert.ok(right > 440, `${right} of 500 after labels changed places`);
});

test('ADWIN finds a change of the error and none where there is none', () => {
  const random = new Random(9);
  let alarms = 0;
  for (let run = 0; run < 20; run++) {
    const adwin = new Adwin(0.001);
    for (let t = 0; t < 4000; t++) if (adwin.observe(random.uniform() < 0.3 ? 1 : 0)) alarms++;
    near(adwin.mean(), 0.3, 0.08, 'mean of the window');
    let found = 0;
    for (let t = 0; t < 400; t++) if (adwin.observe(random.uniform() < 0.7 ? 1 : 0)) found++;
    assert.ok(found > 0, `run ${run}: 0.3 became 0.7, unseen`);
    assert.ok(adwin.mean() > 0.5, `run ${run}: the window still holds ${adwin.mean()}`);
  }
  assert.ok(alarms <= 1, `${alarms} false alarms in 80,000 values`);
});

test('random features learn what the inputs alone do not say, and a forest follows labels that change places', () => {
  const random = new Random(2);
  const draw = (): Float32Array => Float32Array.from({ length: 2 }, () => 2 * random.uniform() - 1);
  const [plain, features] = [new Ridge(2), new RandomFeatures(2, 100, 1, 1, 1)];
  const forest = new AdaptiveForest(2, 2, 10, { grace: 50, delta: 0.01, limit: 1 << 20, mostLeaves: 100 }, 1);
  const right = { plain: 0, features: 0, before: 0, after: 0 };
  for (let t = 0; t < 6000; t++) {
    const x = draw();
    const y = x[0] * x[1] > 0 ? 1 : 0;
    if (t >= 1000 && t < 2000) {
      if (plain.answer(x) === y) right.plain++;
      if (features.answer(x) === y) right.features++;
    }
    const side = (x[0] > 0.1 ? 1 : 0) ^ (t < 3000 ? 0 : 1);
    if (t >= 2000 && t < 3000 && forest.answer(x) === side) right.before++;
    if (t >= 5000 && forest.answer(x) === side) right.after++;
    if (t < 2000) [plain, features].forEach((learner) => learner.teach(x, y));
    forest.teach(x, side);
  }
  assert.ok(right.plain < 600 && right.features > 850, `inputs ${right.plain}, features ${right.features} of 1,000`);
  assert.ok(right.before > 950 && right.after > 950, `${right.before} before labels changed places, ${right.after} after, of 1,000`);
});

test('the page of streams is that of the committed results', () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const page = read('docs/streams.md');
  assert.is(withHurt(page, JSON.parse(read('benchmarks/results/streams.json')).streams), page, 'run `npm run bench:streams`');
});

test.run();
