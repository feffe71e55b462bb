import fc from 'fast-check';
import { resolveConfig } from '../host/config.js';
import { ExactAverage, limitOf, valuesOf } from '../host/fleet/average.js';
import { RobustAverage, squareRoot } from '../host/fleet/robust.js';
import { createLearner, type Learner } from '../host/index.js';
import { packedLayout, parametersFault } from '../host/parameters.js';
import { shuffle } from '../host/shuffle.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('fleet robust');

const SHAPE = { inputs: 4, labels: ['a', 'b', 'c'], units: [12, 8] };
const config = resolveConfig(SHAPE);
const centres = [[0, 0, 3, 1], [4, 0, 0, -2], [0, 5, 0, 0]];

/** Samples of three clusters that overlap a little. */
function samples(seed: number, count: number): { x: number[]; y: string }[] {
  const random = generator(seed);
  const noise = () => Array.from({ length: 6 }, random).reduce((sum, u) => sum + u, -3) * 2;
  return Array.from({ length: count }, (_, k) => ({ x: centres[k % 3]!.map((value) => 10 + value + noise()), y: SHAPE.labels[k % 3]! }));
}

async function trained(base: Uint8Array | undefined, seed: number): Promise<Learner> {
  const learner = await createLearner({ ...SHAPE, seed });
  if (base) learner.setParameters(base);
  for (const { x, y } of samples(seed, 90)) learner.learn(x, y);
  return learner;
}

/** Every value at the limit of its format, on the side away from the others, and channels that no sensor has. */
function poisoned(base: Uint8Array): Uint8Array {
  const { runs, channels } = packedLayout(config);
  const bad = base.slice();
  for (const run of runs) {
    const values = valuesOf(bad, run);
    values.forEach((value, i) => (values[i] = value > 0 ? -limitOf(run) : limitOf(run)));
    bad.set(new Uint8Array(values.buffer), run.at);
  }
  const view = new DataView(bad.buffer);
  for (let c = 0; c < channels; c++) {
    view.setInt32(32 * c, 2 ** 31 - 1, true);
    view.setUint32(32 * c + 4, 2 ** 31 - 1, true);
    view.setUint16(32 * c + 10, 2047, true);
    view.setInt8(32 * c + 12, 31);
    view.setInt8(32 * c + 13, 102);
    view.setInt32(32 * c + 16, 2 ** 27 - 1, true);
    view.setInt32(32 * c + 20, 2 ** 27 - 1, true);
    view.setUint32(32 * c + 24, 1, true);
    view.setInt16(32 * c + 28, 30 * 1024, true);
    view.setUint16(32 * c + 30, 2047, true);
  }
  assert.is(parametersFault(config, bad), undefined, 'it passes for an update');
  return bad;
}

async function accuracyAfter(rounds: number, bad: number, average: (base: Uint8Array) => { add(p: Uint8Array, n: number): void; result(): Uint8Array }): Promise<number> {
  const model = await createLearner(SHAPE);
  for (let round = 0; round < rounds; round++) {
    const base = model.parameters();
    const sum = average(base);
    for (let d = 0; d < 9 - bad; d++) sum.add((await trained(base, 1 + d + 20 * round)).parameters(), 90);
    for (let d = 0; d < bad; d++) sum.add(poisoned(base), 90);
    model.setParameters(sum.result());
  }
  const judged = samples(999, 600);
  return judged.filter(({ x, y }) => model.predict(x).label === y).length / judged.length;
}

test('two of nine devices that send poison ruin the plain mean, and neither clipping nor trimming', async () => {
  const honest = await accuracyAfter(4, 0, (base) => new ExactAverage(config, base));
  const plain = await accuracyAfter(4, 2, (base) => new ExactAverage(config, base));
  assert.ok(honest > 0.8 && plain < honest - 0.25, `honest ${honest}, plain ${plain}`);
  for (const rules of [{ clip: 1, trim: 0 }, { clip: 0, trim: 0.25 }, { clip: 1, trim: 0.25 }]) {
    const robust = await accuracyAfter(4, 2, (base) => new RobustAverage(config, base, { step: 256, ...rules }));
    assert.ok(robust > honest - 0.05, `${JSON.stringify(rules)}: ${robust}, honest ${honest}`);
  }
});

test('the order of arrival cannot be seen, nor the order of equals', async () => {
  const base = (await createLearner(SHAPE)).parameters();
  const updates = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => (await trained(base, seed)).parameters()));
  updates.push(updates[0]!, updates[1]!, poisoned(base));
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom({ clip: 1, trim: 0 }, { clip: 0, trim: 0.2 }, { clip: 1.5, trim: 0.4 }), (seed, rules) => {
      const of = (order: readonly Uint8Array[]) => {
        const average = new RobustAverage(config, base, { step: 512, ...rules });
        for (const packed of order) average.add(packed, 10);
        return average.result();
      };
      assert.equal(of(shuffle([...updates], generator(seed))), of(updates));
    }),
    { numRuns: 20 },
  );
});

test('a clip that nothing reaches and nothing to trim leave the weights of the plain mean', async () => {
  const base = (await createLearner(SHAPE)).parameters();
  const [robust, plain] = [new RobustAverage(config, base, { step: 256, clip: 100, trim: 0 }), new ExactAverage(config, base)];
  for (const seed of [1, 2, 3]) {
    const packed = (await trained(base, seed)).parameters();
    for (const average of [robust, plain]) average.add(packed, 10 * seed);
  }
  const after = packedLayout(config).runs[0]!.at;
  assert.equal(robust.result().subarray(after), plain.result().subarray(after));
});

test('what is longer than the median is as long as the median, in its own direction', () => {
  const shape = resolveConfig({ inputs: 1, labels: ['a', 'b'], units: [1], bits: 16, inputScale: 1 });
  const { runs, length } = packedLayout(shape);
  const base = new Uint8Array(length);
  const of = (bias: number) => {
    const packed = base.slice();
    new DataView(packed.buffer).setInt32(runs[1]!.at, bias, true);
    return packed;
  };
  const average = new RobustAverage(shape, base, { step: 256, clip: 1, trim: 0 });
  for (const bias of [6, -9, 2 ** 30]) average.add(of(bias), 1);
  // 6, -9, 9
  assert.is(new DataView(average.result().buffer).getInt32(runs[1]!.at, true), 2);
});

test('channels of honest devices survive: the trimmed ones lie among theirs', async () => {
  const base = (await createLearner(SHAPE)).parameters();
  const average = new RobustAverage(config, base, { step: 256, clip: 1, trim: 0 });
  for (const seed of [1, 2, 3, 4, 5, 6]) average.add((await trained(base, seed)).parameters(), 10);
  average.add(poisoned(base), 10);
  const result = average.result();
  assert.is(parametersFault(config, result), undefined);
  const view = new DataView(result.buffer);
  for (let c = 0; c < 4; c++) {
    const exponent = view.getInt8(32 * c + 13);
    const mean = view.getInt32(32 * c, true) * 2 ** exponent;
    const deviation = Math.sqrt(view.getUint32(32 * c + 4, true)) * 2 ** (exponent + view.getInt8(32 * c + 12) - 4);
    assert.ok(Math.abs(mean - 10 - (centres[0]![c]! + centres[1]![c]! + centres[2]![c]!) / 3) < 0.5 && deviation > 1 && deviation < 4, `${mean} ${deviation}`);
  }
});

test('one who claims the widest channel there is gives one that a learner takes', async () => {
  const bad = poisoned((await createLearner(SHAPE)).parameters());
  for (const average of [new ExactAverage(config, bad), new RobustAverage(config, bad, { step: 256, clip: 1, trim: 0 })]) {
    average.add(bad, 1);
    (await createLearner(SHAPE)).setParameters(average.result());
  }
});

test('the square root of a whole number, down', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 90n }), (n) => {
    const root = squareRoot(n);
    return root * root <= n && n < (root + 1n) ** 2n;
  }));
});

test.run();
