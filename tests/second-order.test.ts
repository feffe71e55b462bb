// What the decorrelating step does for a learner, what it costs, and whose the factor is.

import { Random } from '../benchmarks/rivals/random.js';
import { bytesNeeded, createLearner, loadLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { differences } from '../host/parameters.js';
import { LearnerError } from '../host/errors.js';
import { crc32 } from '../host/checksum.js';
import { compile, instantiate } from '../host/core.js';
import { configWords, resolveConfig } from '../host/config.js';
import { assert, suite } from './suite.js';

const LABELS = ['a', 'b', 'c', 'd'];
const INPUTS = 24;

/** Channels that follow three strong common factors; the label shows in what is left, a third as large. */
class Correlated {
  readonly x = new Float64Array(INPUTS);
  label = '';
  private readonly loads: number[][];
  private readonly centres: number[][];

  constructor(private readonly random: Random) {
    const normals = (rows: number): number[][] => Array.from({ length: rows }, () => Array.from({ length: INPUTS }, () => random.normal()));
    this.loads = normals(3);
    this.centres = normals(LABELS.length);
  }

  next(): void {
    const { random, loads, centres, x } = this;
    const label = random.below(LABELS.length);
    this.label = LABELS[label]!;
    const factors = loads.map(() => random.normal());
    for (let i = 0; i < INPUTS; i++) {
      x[i] = 0.3 * (random.normal() + 0.5 * centres[label]![i]!) + factors.reduce((sum, factor, k) => sum + factor * loads[k]![i]!, 0);
    }
  }
}

const make = (config: LearnerWishes): Promise<Learner> => createLearner({ inputs: INPUTS, labels: LABELS, secondOrder: 'input', ...config });

/** Share of right answers among samples 1,000 to 4,000, each predicted, then learned. */
async function accuracy(config: LearnerWishes, seed: number): Promise<number> {
  const learner = await make({ ...config, seed });
  const stream = new Correlated(new Random(seed));
  let right = 0;
  for (let t = 0; t < 4000; t++) {
    stream.next();
    if (t >= 1000 && learner.predict(stream.x).label === stream.label) right++;
    learner.learn(stream.x, stream.label);
  }
  learner.dispose();
  return right / 3000;
}

const test = suite('second order');

for (const [name, config] of Object.entries<LearnerWishes>({
  '8 bits': {}, '16 bits': { bits: 16 }, 'one layer': { units: [64] }, 'no skip input': { skipInput: false }, exemplars: { exemplars: 100 }, 'a drift alarm': { drift: 'two-rates' },
  full: { secondOrder: 'full' }, 'full, three layers': { secondOrder: 'full', units: [32, 24, 16] }, 'full, exemplars': { secondOrder: 'full', exemplars: 100 },
})) {
  test(`correlated channels are learned better: ${name}`, async () => {
    const least = config.exemplars ? 0.02 : 0.04; // replays make up for a part of it
    let gain = 0;
    for (const seed of [1, 2, 3]) gain += ((await accuracy(config, seed)) - (await accuracy({ ...config, secondOrder: 'off' }, seed))) / 3;
    assert.ok(gain > least, `${name}: ${gain} better`);
  });
}

test('plan: the factor is n (n + 8) bytes and 16, and the arena is the core\'s', async () => {
  for (const [inputs, factor] of [[1, 144], [16, 400], [17, 784], [64, 4624], [512, 266_256]] as const) {
    for (const change of [{}, { exemplars: 7 }, { drift: 'ddm' }, { units: [20, 3, 40] }] as const) {
      const config = { inputs, labels: LABELS, secondOrder: 'input', ...change } as const;
      const core = instantiate(await compile('scalar', 'continual'), configWords(resolveConfig(config)));
      assert.is((await bytesNeeded(config)).factor, factor);
      assert.is((await bytesNeeded(config)).arena, core.plan());
      const full = { ...config, secondOrder: 'full' } as const;
      const instance = instantiate(await compile('simd', 'continual'), configWords(resolveConfig(full)));
      assert.is((await bytesNeeded(full)).factor, factor + ('units' in change ? 16 + 24 * 32 + 16 + 8 * 16 : 16 + 64 * 72));
      assert.is((await bytesNeeded(full)).arena, instance.plan());
    }
  }
  assert.is((await bytesNeeded({ inputs: 64, labels: LABELS })).factor, 0);
});

test('off is what it always was: the option leaves no trace', async () => {
  const [plain, off] = [await createLearner({ inputs: INPUTS, labels: LABELS }), await make({ secondOrder: 'off' })];
  const stream = new Correlated(new Random(5));
  for (let t = 0; t < 300; t++) {
    stream.next();
    for (const each of [plain, off]) each.learn(stream.x, stream.label);
  }
  assert.equal(off.save(), plain.save());
});

test('a learner that was saved goes on to the same bytes, and samples without a label do not move the factor', async () => {
  const learner = await make({});
  const stream = new Correlated(new Random(6));
  const teach = (count: number, ...learners: Learner[]): void => {
    for (let t = 0; t < count; t++) {
      stream.next();
      for (const each of learners) each.learn(stream.x, stream.label);
    }
  };
  teach(300, learner);
  const loaded = await loadLearner(learner.save(), { build: 'scalar' });
  teach(300, learner, loaded);
  assert.equal(loaded.save(), learner.save());
  const before = factorOf(learner);
  learner.adapt(stream.x);
  learner.predict(stream.x);
  assert.equal(factorOf(learner), before);
});

/** A learner's factor: behind it lies what the continual core keeps of no memory, 112 bytes and 16 a label, then the CRC. */
function factorOf(learner: Learner): Uint8Array {
  const saved = learner.save();
  const { factor, memory } = learner.stats().bytes;
  return saved.slice(saved.length - 4 - memory - factor, saved.length - 4 - memory);
}

test('a factor that no learner leaves is refused', async () => {
  const learner = await make({});
  const good = learner.save();
  const { factor, memory } = await bytesNeeded({ inputs: INPUTS, labels: LABELS, secondOrder: 'input' });
  const at = good.length - 4 - memory - factor;
  const bent = async (offset: number, value: number, reason: RegExp): Promise<void> => {
    const bytes = good.slice();
    const view = new DataView(bytes.buffer);
    view.setInt16(at + offset, value, true);
    view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
    try {
      await loadLearner(bytes);
    } catch (error) {
      assert.ok(error instanceof LearnerError && error.code === 'ESNAPSHOT_SHAPE', String(error));
      return assert.match(error.message, reason);
    }
    assert.unreachable(`${value} at ${offset} of the factor was taken`);
  };
  await bent(0, 257, /factor with count 257, expected 0 to 256/);
  await bent(2, 16, /factor with wait 16, expected 0 to 15/);
  await bent(4, 1, /factor with reserved 1, expected 0/);
  await bent(16, 31, /factor with value 31 in row 0, column 0/); // the diagonal
  await bent(18, 1, /factor with value 1 in row 0, column 1/); // above it
  await bent(16 + 16, 8192, /factor with value 8192, expected -8191 to 8191/);
  await bent(16 + 16, -8192, /factor with value -8192, expected -8191 to 8191/);
});

test('a fleet shares everything but the factor, and keeps learners apart that do not both have one', async () => {
  const [here, there] = [await make({ seed: 1 }), await make({ seed: 2 })];
  const stream = new Correlated(new Random(7));
  for (let t = 0; t < 600; t++) {
    stream.next();
    (t % 3 === 0 ? here : there).learn(stream.x, stream.label);
  }
  const own = factorOf(here);
  assert.not.equal(own, factorOf(there));
  here.setParameters(there.parameters());
  assert.equal(factorOf(here), own);
  assert.equal(here.parameters(), there.parameters());
  const off = await make({ secondOrder: 'off' });
  assert.not(off.architecture === here.architecture);
  assert.match(differences(here.config, off.config), /^secondOrder off there, input here/);
});

test.run();
