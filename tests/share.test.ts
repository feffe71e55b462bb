// Small learners of one configuration share instances of their core. Nobody may see that: each learns the bytes that it learns alone.

import { MEMORY_AT } from '../host/arena/learner.js';
import { coreOf, resolveConfig, type Build } from '../host/config.js';
import { compile, type CoreExports } from '../host/core.js';
import { resolveDetectorConfig } from '../host/detector/config.js';
import { Detector } from '../host/detector/detector.js';
import { LearnerError, createDetector, createLearner, createRecurrent, createTwoPass, loadLearner, type DetectorConfig, type LearnerConfig, type RecurrentConfig } from '../host/index.js';
import { Learner } from '../host/learner.js';
import { resolveRecurrentConfig } from '../host/recurrent/config.js';
import { Recurrent } from '../host/recurrent/recurrent.js';
import { resolveRegressorConfig } from '../host/regressor/config.js';
import { createRegressor, type RegressorConfig } from '../host/regressor/index.js';
import { Regressor } from '../host/regressor/regressor.js';
import { wasmOf } from './open-core.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('share');

const Instance = WebAssembly.Instance;
let instances = 0;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module) {
    super(module);
    instances++;
  }
} as typeof Instance;

/** A core compiled anew, which nobody shares. */
const own = (name: string): Promise<WebAssembly.Module> => WebAssembly.compile(wasmOf(name));

async function alone(config: LearnerConfig, build: Build = 'simd'): Promise<Learner<string>> {
  const resolved = resolveConfig(config);
  return new Learner(await own(`${coreOf(resolved)}.${build}`), build, resolved);
}

const labels = ['a', 'b', 'c', 'd'];
const small: LearnerConfig = { inputs: 16, units: [32, 32], labels };

function rowsOf(inputs: number, count: number, seed: number): Float32Array[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => Float32Array.from({ length: inputs }, () => 4 * random() - 2));
}

/** Its next sample, and answers in between. */
function step(learner: Learner<string>, x: Float32Array, k: number): void {
  learner.learn(x, labels[k % 3]!);
  if (k % 4 === 1) learner.predict(x);
}

test('1,000 learners, a sample each in turn, learn what each learns alone, in at most 8 MB', async () => {
  const before = instances;
  const learners = await Promise.all(Array.from({ length: 1000 }, (_, seed) => createLearner({ ...small, seed })));
  const made = instances - before;
  const { arena, scratch } = learners[0]!.stats().bytes;
  assert.ok(made <= 4, `${made} instances`);
  assert.ok(made * 65536 + learners.length * (arena - scratch) <= 8e6);
  const rows = rowsOf(16, 1007, 1);
  for (let k = 0; k < 7; k++) learners.forEach((learner, at) => step(learner, rows[at + k]!, k));
  for (let at = 0; at < 1000; at += 37) {
    const single = await alone({ ...small, seed: at });
    for (let k = 0; k < 7; k++) step(single, rows[at + k]!, k);
    assert.equal(learners[at]!.save(), single.save());
  }
  const afterwards = instances;
  for (const learner of learners.slice(1)) learner.dispose();
  const again = await Promise.all(Array.from({ length: 999 }, (_, seed) => createLearner({ ...small, seed })));
  assert.is(instances, afterwards, 'places that were left are taken again');
  assert.equal(again[998]!.save(), (await alone({ ...small, seed: 998 })).save());
  for (const learner of [learners[0]!, ...again]) learner.dispose();
  const last = instances;
  await createLearner(small);
  assert.is(instances - last, 1, 'once all are gone, their instances are');
});

const KINDS: Record<string, LearnerConfig> = {
  plain: { inputs: 5, units: [8, 8], labels, bits: 16 },
  'a window': { window: { axes: 2, samples: 16 }, units: [8], labels },
  'a fixed scale': { inputs: 12, units: [16], labels, inputScale: 0.5, familiar: false, selfRate: false },
  exemplars: { inputs: 6, units: [16, 8], labels, exemplars: 20, exemplarBits: 4, drift: 'adwin' },
  prototypes: { inputs: 6, units: [16], labels, prototypes: 3, drift: 'input' },
  'second order': { inputs: 6, units: [16, 8], labels, exemplars: 10, secondOrder: 'full' },
  'local fields': { grid: { height: 6, width: 6, channels: 1 }, units: [{ field: 3, stride: 3, channels: 8 }, 8], labels },
  'local fields and a memory': { grid: { height: 6, width: 6, channels: 1 }, units: [{ field: 3, stride: 3, channels: 8 }, 8], labels, exemplars: 12 },
};

for (const [kind, config] of Object.entries(KINDS)) {
  test(`${kind}: nine learners in turn learn what each learns alone`, async () => {
    const build = kind === 'plain' ? 'scalar' : 'simd';
    const shared = await Promise.all(Array.from({ length: 9 }, (_, seed) => createLearner({ ...config, seed }, { build })));
    const single = await Promise.all(Array.from({ length: 9 }, (_, seed) => alone({ ...config, seed }, build)));
    const rows = rowsOf(shared[0]!.inputs, 60, 2);
    for (let k = 0; k < 45; k++) {
      for (let at = 0; at < 9; at++) {
        for (const learner of [shared[at]!, single[at]!]) {
          step(learner, rows[at + k]!, k);
          if (k === 30 && config.exemplars) learner.sleep(40, 0, 20);
          if (k === 31 && at % 2 === 0) learner.sleep(40, 20, 40);
          if (k === 35 && at === 2) learner.mergeLabels('b', 'a'), learner.addLabel('b');
          if (k === 40 && at === 3) learner.reset();
        }
        if (k % 9 === 0) assert.equal(shared[at]!.predict(rows[k]!), single[at]!.predict(rows[k]!));
      }
    }
    for (let at = 0; at < 9; at++) {
      assert.equal(shared[at]!.save(), single[at]!.save());
      assert.equal(shared[at]!.stats(), single[at]!.stats());
    }
  });
}

test('detectors, regressors and recurrent networks share, too; two passes do not', async () => {
  const rows = rowsOf(4, 80, 3);
  const six = <Config, Made>(make: (config: Config) => Promise<Made>, config: Config): Promise<Made[]> => Promise.all(Array.from({ length: 6 }, (_, seed) => make({ ...config, seed })));
  const [streaming, commissioned] = (['streaming', 'commissioned'] as const).map((mode) => ({ channels: 4, mode, warmup: 40 }));
  const regressor = { inputs: 4, units: [8], horizon: 2, lags: 1 };
  const recurrent = { inputs: 4, units: [8, 8], labels, carry: true };
  const detect = async (config: DetectorConfig) => new Detector(await own('detector'), resolveDetectorConfig(config));
  const shared = {
    detectors: [...(await six(createDetector, streaming!)), ...(await six(createDetector, commissioned!))],
    regressors: await six(createRegressor, regressor),
    recurrent: await six(createRecurrent<string>, recurrent),
  };
  const single = {
    detectors: [...(await six(detect, streaming!)), ...(await six(detect, commissioned!))],
    regressors: await six(async (config: RegressorConfig) => new Regressor(await own('regressor.simd'), 'simd', resolveRegressorConfig(config)), regressor),
    recurrent: await six(async (config: RecurrentConfig) => new Recurrent(await own('recurrent.simd'), 'simd', resolveRecurrentConfig(config)), recurrent),
  };
  for (let k = 0; k < 60; k++) {
    for (let at = 0; at < 6; at++) {
      for (const { regressors, recurrent } of [shared, single]) {
        regressors[at]!.learn(rows[k + at]!, k % 7 === 3 ? NaN : rows[k]![0]!);
        recurrent[at]!.learn(rows[k + at]!, labels[k % 4]!);
      }
      assert.equal(shared.regressors[at]!.predict(rows[k]!), single.regressors[at]!.predict(rows[k]!));
      assert.equal(shared.recurrent[at]!.predict(rows[k]!), single.recurrent[at]!.predict(rows[k]!));
    }
    shared.detectors.forEach((detector, at) => assert.equal(detector.observe(rows[k + at]!), single.detectors[at]!.observe(rows[k + at]!)));
  }
  for (const kind of ['detectors', 'regressors', 'recurrent'] as const) shared[kind].forEach((one, at) => assert.equal(one.clone().save(), single[kind][at]!.save()));
  const before = instances;
  await Promise.all(Array.from({ length: 6 }, () => createTwoPass({ inputs: 4, units: [8] })));
  assert.is(instances - before, 6);
});

test('a learner of more than 32 KiB has an instance of its own, and so has one of another configuration', async () => {
  const before = instances;
  const wide = await Promise.all(Array.from({ length: 6 }, (_, seed) => createLearner({ inputs: 128, units: [128, 128], labels, seed })));
  assert.is(instances - before, wide.length);
  const others = await Promise.all([0.01, 0.02, 0.03].map((rate) => createLearner({ inputs: 3, units: [8], labels, rate })));
  assert.is(instances - before, wide.length + others.length);
});

test('the last 64 configurations are found again, so that what nobody disposes of holds no more', async () => {
  const make = (rate: number) => createLearner({ inputs: 2, units: [4], labels, rate: rate / 1000 });
  const learners = [];
  for (let rate = 1; rate <= 65; rate++) learners.push(await make(rate));
  const before = instances;
  const [first, last] = [await make(1), await make(65)];
  assert.is(instances - before, 2, 'first seat of the one, second of the other');
  for (let k = 0; k < 5; k++) learners.push(await make(65));
  assert.is(instances - before, 4);
  [learners[0]!, first].forEach((learner) => learner.learn([1, 2], 'a'));
  assert.equal(learners[0]!.save(), first.save());
  learners[64]!.learn([3, 4], 'b');
  last.learn([3, 4], 'b');
  assert.equal(learners[64]!.save(), last.save());
});

/** Six that share four seats, so that the first and the fifth have the same one. */
const four: LearnerConfig = { inputs: 4, units: [8, 8], labels };
const six = (config = four, make: (config: LearnerConfig) => Promise<Learner<string>> = createLearner): Promise<Learner<string>[]> => Promise.all(Array.from({ length: 6 }, (_, seed) => make({ ...config, seed })));

test('a clone, a snapshot and a reset are of the learner that was asked, whoever sits where', async () => {
  const learners = await six();
  const rows = rowsOf(4, 40, 4);
  for (let k = 0; k < 30; k++) learners.forEach((learner, at) => step(learner, rows[k + at]!, k));
  const saved = learners.map((learner) => learner.save());
  for (const [at, learner] of learners.entries()) {
    const clones = [learner.clone(), learner.clone(), learner.clone(), learner.clone(), learner.clone()];
    for (const clone of clones) assert.equal(clone.save(), saved[at]);
    assert.equal((await loadLearner(saved[at]!)).save(), saved[at]);
    clones[2]!.setParameters(learners[5 - at]!.parameters());
    assert.equal(clones[2]!.parameters(), learners[5 - at]!.parameters());
  }
  assert.equal(learners.map((learner) => learner.save()), saved);
  const fresh = await six(four, alone);
  learners.forEach((learner, at) => {
    learner.reset();
    assert.equal(learner.save(), fresh[at]!.save());
  });
});

test('one that is disposed of takes nothing from those who share its place', async () => {
  const learners = await six();
  const rows = rowsOf(4, 20, 5);
  for (let k = 0; k < 10; k++) learners.forEach((learner) => step(learner, rows[k]!, k));
  const saved = learners.map((learner) => learner.save());
  learners[0]!.predict(rows[0]!);
  learners[0]!.dispose();
  learners[5]!.dispose();
  for (const at of [1, 2, 3, 4]) assert.equal(learners[at]!.save(), saved[at]);
  for (const at of [0, 5]) assert.throws(() => learners[at]!.learn(rows[0]!, 'a'), (error: LearnerError) => error.code === 'EDISPOSED');
  assert.equal((await loadLearner(saved[0]!)).save(), saved[0]);
});

test('code of a user that runs inside a call may use the learners that share its place', async () => {
  const rows = rowsOf(4, 60, 6);
  const single = await six(four, alone);
  const learners = await six();
  const x = (k: number): number => rows[k]![0]!;
  const meddling = (x: Float32Array, all: Learner<string>[], k: number): ArrayLike<number> =>
    ({ length: 4, 0: x[0]!, 1: x[1]!, get 2() { all.forEach((learner, at) => at !== 0 && learner.predict(rows[k]!)); return x[2]!; }, 3: x[3]! });
  for (let k = 0; k < 30; k++) {
    for (const all of [learners, single]) {
      for (const learner of all) step(learner, rows[k]!, k);
      all[0]!.learn(meddling(rows[k + 1]!, all, k), labels[k % 3]!);
      all[0]!.learnMany(Float32Array.from([...rows[k]!, ...rows[k + 1]!]), { length: 2, 0: 1, get 1() { all[4]!.learn(rows[k]!, 'd'); return 2; } });
      // the last to come is the learner itself, by then
      for (const read of [() => all[0]!.seen, () => all[0]!.predict(rows[k]!)]) {
        all[0]!.learn({ length: 4, 0: x(k), 1: x(k + 1), get 2() { all[4]!.learn(rows[k]!, 'a'); read(); return x(k + 2); }, 3: x(k + 3) }, labels[k % 4]!);
      }
    }
  }
  learners.forEach((learner, at) => assert.equal(learner.save(), single[at]!.save()));
});

test('a call that breaks off harms nobody who shares the place', async () => {
  const config = { inputs: 6, units: [16, 8], labels, exemplars: 30 };
  const learners = await six(config);
  const single = await six(config, alone);
  const rows = rowsOf(6, 80, 7);
  for (let k = 0; k < 40; k++) for (const all of [learners, single]) for (const learner of all) step(learner, rows[k]!, k);
  // a state that no learner can have: the core stops in the middle of a sleep, in which it is less sure
  const { core } = learners[0] as unknown as { core: CoreExports };
  new DataView(core.memory.buffer, core.memoryState!()).setInt32(MEMORY_AT.stored!, 2 ** 30, true);
  assert.throws(() => learners[0]!.sleep(10), WebAssembly.RuntimeError);
  for (let k = 40; k < 70; k++) {
    for (let at = 1; at < 6; at++) {
      for (const all of [learners, single]) step(all[at]!, rows[k]!, k);
      assert.equal(learners[at]!.predict(rows[k]!), single[at]!.predict(rows[k]!));
    }
  }
  for (let at = 1; at < 6; at++) assert.equal(learners[at]!.save(), single[at]!.save());
  learners[0]!.reset();
  step(learners[0]!, rows[0]!, 0);
});

/** While the engine has no room for one more instance. */
async function crowded(work: () => unknown): Promise<void> {
  const Counted = WebAssembly.Instance;
  WebAssembly.Instance = class { constructor() { throw new RangeError('WebAssembly.Instance(): Out of memory'); } } as unknown as typeof Counted;
  try {
    await work();
  } finally {
    WebAssembly.Instance = Counted;
  }
}

const isFull = (error: LearnerError): boolean => error.code === 'EMEMORY';

test('where the engine has no instance in place of one that broke off, nothing is lost: it is asked again', async () => {
  const config = { inputs: 6, units: [8], labels, exemplars: 10 };
  const learners = await six(config);
  const rows = rowsOf(6, 30, 9);
  for (let k = 0; k < 20; k++) learners.forEach((learner) => step(learner, rows[k]!, k));
  const saved = learners.map((learner) => learner.save());
  const breakOff = (learner: Learner<string>): void => {
    const { core } = learner as unknown as { core: CoreExports };
    const stored = new DataView(core.memory.buffer, core.memoryState!());
    const count = stored.getInt32(MEMORY_AT.stored!, true);
    stored.setInt32(MEMORY_AT.stored!, 2 ** 30, true);
    assert.throws(() => learner.sleep(10), WebAssembly.RuntimeError);
    stored.setInt32(MEMORY_AT.stored!, count, true);
  };
  step(learners[0]!, rows[20]!, 20);
  const parameters = learners[0]!.parameters();
  breakOff(learners[0]!);
  await crowded(() => {
    for (const learner of [learners[0]!, learners[4]!]) assert.throws(() => learner.reset(), isFull);
    for (const learner of [learners[0]!, learners[0]!, learners[4]!]) assert.throws(() => learner.seen, isFull);
  });
  assert.is(learners[0]!.seen, 21);
  assert.equal(learners[0]!.parameters(), parameters);
  assert.equal(learners[4]!.save(), saved[4]);
  breakOff(learners[0]!);
  await crowded(() => assert.throws(() => learners[4]!.seen, isFull));
  assert.is(learners[0]!.seen, 21);
  assert.equal(learners[4]!.save(), saved[4]);
});

test('a learner that could not be made takes no place', async () => {
  const config = resolveConfig({ inputs: 9, units: [8], labels });
  const module = await compile('simd');
  const before = instances;
  for (let k = 0; k < 4; k++) {
    assert.throws(() => new Learner(module, 'simd', config, { unknownBelow: 2 }), /unknownBelow: got 2/);
    assert.throws(() => new Learner(module, 'simd', config, {}, new Uint8Array(3)), /3 bytes of state/);
  }
  const made = instances - before;
  new Learner(module, 'simd', config);
  assert.is(instances - before, made + 1, 'those before held no seat');
});

test('a seat that is vacant is taken before one is shared', async () => {
  const make = () => createLearner({ inputs: 10, units: [8], labels });
  const memoryOf = (learner: object) => (learner as { core: CoreExports }).core.memory;
  const first = await Promise.all([make(), make(), make(), make()]);
  const before = instances;
  for (const learner of first.slice(0, 3)) learner.dispose();
  const four = [first[3]!, await make(), await make(), await make()];
  assert.is(instances, before);
  assert.is(new Set(four.map(memoryOf)).size, 4);
  for (const learner of four.slice(1, 3)) learner.dispose();
  assert.is(new Set([four[0]!, await make(), await make(), four[3]!].map(memoryOf)).size, 4);
});

test('where the engine has no room for one more instance, one that there is is shared', async () => {
  const config: LearnerConfig = { inputs: 7, units: [8], labels };
  const first = await createLearner(config);
  await crowded(async () => {
    const second = await createLearner({ ...config, seed: 2 });
    const [x] = rowsOf(7, 1, 8);
    second.learn(x!, 'a');
    first.learn(x!, 'b');
    assert.is(first.seen + second.seen, 2);
    await createLearner({ inputs: 8, units: [8], labels }).then(() => assert.unreachable(), (error: LearnerError) => assert.is(error.code, 'EMEMORY'));
  });
});

test.run();
