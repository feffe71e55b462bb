// The spine again, for the continual learner: reference = scalar = SIMD, byte for byte, while labels come and go, the world changes,
// alarms put the memory in doubt and empty it, and the device sleeps.

import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf, core, reference, type Implementation } from './core-driver.js';
import { Stream, maybeSecondOrder, randomConfig, randomLocalConfig, type Size } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';
import type { ContinualConfig } from './reference/continual-memory.js';
import { fieldAt } from './reference/state.js';
import { assert, suite } from './suite.js';

const SMALL: Size = { inputs: 12, units: 10, layers: 3, labels: 8, cost: 400 };
const LARGE: Size = { inputs: 140, units: 60, layers: 2, labels: 30, cost: 12_000 };
/** Steps between two comparisons of all state bytes; what `learn` returns and scores are compared at every step. */
const STRIDE = 250;
const DRIFTS: readonly ContinualConfig['drift'][] = ['two-rates', 'page-hinkley', 'adwin', 'ddm', 'input', 'none'];

/** What came up, so that a test can insist on it. */
class Tally {
  readonly counts = new Map<string, number>();

  add(what: string, count = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }

  /** Fails where something never happened: then nothing was compared there. */
  expect(...what: string[]): void {
    const never = what.filter((each) => !this.counts.get(each));
    assert.equal(never, [], `the streams never brought about ${never.join(', ')}; ${inspect(this.counts)}`);
  }
}

type Continual = IntegerConfig & { continual: ContinualConfig };

function continualConfig(random: Random, size: Size, k: number): Continual {
  return withMemory(random, maybeSecondOrder(randomConfig(random, size)), k);
}

/** The same with local layers. */
function localConfig(random: Random, most: number, k: number): Continual {
  return withMemory(random, randomLocalConfig(random, most), k);
}

function withMemory(random: Random, config: IntegerConfig, k: number): Continual {
  const kind = k % 5; // exemplars of 8, 4, 2 bits, prototypes, drift alarms only
  const often = (share: number): boolean => random.uniform() < share;
  const { window: _, ...plain } = config;
  return {
    ...plain,
    ...(often(0.6) ? { rate: 3277, alpha: 2560, clip: 1280, margin: 1638, gateDivisor: 20, units: config.units.map((count) => (typeof count === 'number' ? Math.max(count, 6) : count)) } : {}),
    ...(kind === 3 ? { secondOrder: undefined } : {}), // not with prototypes
    selfRate: often(0.5),
    ...(often(0.3) && config.scale === undefined ? { scale: bitsOf([often(0.5) ? 0.5 : 1])[0] } : {}),
    continual: {
      exemplars: kind < 3 ? 1 + random.below(often(0.3) ? 5 : 50) : 0,
      exemplarBits: ([8, 4, 2, 8, 8] as const)[kind],
      prototypes: kind === 3 ? 1 + random.below(5) : 0,
      replays: kind < 4 ? random.below(5) : 0,
      spread: kind < 3 && often(0.4),
      drift: DRIFTS[k % 6],
    },
  };
}

/** Samples that can be learned, and change abruptly now and then; often one input in five, or all, are as wild as `Stream` has them. */
class ChangingStream {
  readonly bits: Uint32Array;
  label = 0;
  private readonly values: Float32Array;
  private readonly wild: Stream;
  private readonly tame: boolean[];
  private centres: number[][] = [];
  private spread = 1;
  private shift = 0;

  constructor(private readonly config: IntegerConfig, private readonly random: Random) {
    this.values = new Float32Array(config.inputs);
    this.bits = new Uint32Array(this.values.buffer);
    this.wild = new Stream(config, random);
    const share = [0, 0.8, 1, 1][random.below(4)];
    this.tame = Array.from({ length: config.inputs }, () => random.uniform() < share);
    this.change();
  }

  /** Labels trade places, or have other means in another unit. */
  change(): void {
    const { config, random } = this;
    if (this.centres.length > 0 && random.uniform() < 0.6) {
      this.centres.push(this.centres.shift()!);
      return;
    }
    this.centres = Array.from({ length: config.labels }, () => Array.from({ length: config.inputs }, () => 2 * random.normal()));
    this.spread = random.uniform() < 0.5 ? 1 : 10 ** (4 * random.uniform() - 2);
    this.shift = random.uniform() < 0.4 ? 0 : (random.uniform() < 0.5 ? 5 : 500) * this.spread * random.normal();
  }

  next(labels: number): void {
    const { random, values, wild } = this;
    wild.next();
    this.bits.set(wild.bits);
    this.label = random.below(labels);
    const centre = this.centres[this.label];
    this.tame.forEach((tame, i) => {
      if (tame) values[i] = this.shift + this.spread * (centre[i] + 0.4 * random.normal());
    });
  }
}

interface Plan {
  steps: number;
  /** Changes the learner before the first step. */
  prepare?: (learner: ReferenceLearner) => void;
  tally?: Tally;
}

/** The same stream and the same events through all implementations. */
function compare(config: IntegerConfig, seed: number, { steps, prepare, tally = new Tally() }: Plan): void {
  const judge = reference(config);
  const cores: Implementation[] = [core('scalar', config), core('simd', config)];
  const all = [judge, ...cores];
  const random = new Random(seed);
  const stream = new ChangingStream(config, random);
  const { learner } = judge;
  const memory = learner.memory!;
  learner.labels = Math.min(config.labels, random.below(4));
  prepare?.(learner);
  for (const each of cores) each.load(judge.state());

  const fail = (t: number, what: string): never => {
    throw new Error(`${what} at step ${t}; seed ${seed}, configuration ${inspect(config, { breakLength: Infinity })}`);
  };
  const compareStates = (t: number, after: string): void => {
    const expected = judge.state();
    for (const each of cores) {
      const state = each.state();
      if (state.length !== expected.length) fail(t, `${each.name}: ${state.length} state bytes, ${expected.length} expected`);
      if (Buffer.compare(state, expected) === 0) continue;
      const at = state.findIndex((byte, i) => byte !== expected[i]);
      fail(t, `${each.name}: state differs after ${after} in ${fieldAt(learner, at)}: ${state[at]}, expected ${expected[at]}`);
    }
  };
  const happens = (everySteps: number): boolean => random.below(everySteps) === 0;

  for (let t = 0; t < steps; t++) {
    if (learner.labels === 0 || happens(60)) {
      const added = judge.addLabel();
      for (const each of cores) if (each.addLabel() !== added) fail(t, `${each.name}: addLabel`);
      if (added >= 0) tally.add('a new label');
    }
    if (learner.labels > 1 && happens(600)) {
      const label = random.below(learner.labels);
      const into = happens(2) ? -1 : (label + 1 + random.below(learner.labels - 1)) % learner.labels;
      tally.add(into < 0 ? 'a label forgotten' : 'labels merged');
      for (const each of all) each.removeLabel(label, into);
      compareStates(t, `removeLabel(${label}, ${into})`);
    }
    if (happens(400)) {
      const count = random.below(12);
      for (const each of all) each.sleep(count);
      compareStates(t, `sleep(${count})`);
      const loss = judge.newestLoss();
      for (const each of cores) if (each.newestLoss() !== loss) fail(t, `${each.name}: newestLoss ${each.newestLoss()}, expected ${loss}`);
      if (loss > 0) tally.add('a loss of the newest');
      compareStates(t, 'newestLoss');
      tally.add('sleep');
    }
    if (t > 150 && happens(300)) stream.change();
    stream.next(learner.labels);
    const { bits, label } = stream;
    if (t % 50 === 0) {
      const answer = judge.predict(bits);
      for (const each of cores) {
        if (each.predict(bits) !== answer || !same(each.scores(), judge.scores())) fail(t, `${each.name}: prediction differs`);
        if (each.probability(answer) !== judge.probability(answer)) fail(t, `${each.name}: probability differs`);
        if (each.familiarity(bits, answer) !== judge.familiarity(bits, answer)) fail(t, `${each.name}: familiarity differs`);
      }
    }
    if (happens(100)) for (const each of all) each.adapt(bits);

    const scales = learner.anchors.map(({ scale }) => scale);
    const before = { alarms: memory.alarms, doubt: memory.doubt, counts: learner.normaliser.channels.map(({ count }) => count), low: memory.codes.low, highest: memory.codes.highest };
    const updated = judge.learn(bits, label);
    for (const each of cores) {
      if (each.learn(bits, label) !== updated) fail(t, `${each.name}: number of updated layers differs`);
      if (!same(each.scores(), judge.scores())) fail(t, `${each.name}: scores differ`);
    }
    if (memory.age > 1 && learner.anchors.some(({ scale }, i) => scale !== scales[i])) tally.add('an anchor renewed');
    if (memory.alarms !== before.alarms) tally.add(`an alarm of ${memory.config.drift}`);
    if (memory.alarms !== before.alarms && learner.normaliser.channels.some(({ count }, i) => count === 0 && before.counts[i] > 0)) tally.add('channels started anew');
    if (before.doubt > 0 && memory.doubt === 0) tally.add(memory.age === 1 ? 'a memory emptied' : 'a memory kept');
    if (memory.age > 1 && (memory.codes.low < before.low || memory.codes.highest > before.highest)) tally.add('a range widened');
    if (t % STRIDE === STRIDE - 1 || t === steps - 1) compareStates(t, 'learn');
    if (happens(500)) {
      cores.forEach((each, i) => {
        const loaded = core(i === 0 ? 'scalar' : 'simd', config);
        loaded.load(each.state());
        all[i + 1] = cores[i] = loaded;
      });
    }
  }
  tally.add('steps', steps);
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const test = suite('continual equality');

const EVENTS = [
  'a new label', 'a label forgotten', 'labels merged', 'sleep', 'a loss of the newest', 'a memory emptied', 'a memory kept', 'a range widened', 'an anchor renewed', 'channels started anew',
  ...DRIFTS.filter((drift) => drift !== 'none').map((drift) => `an alarm of ${drift}`),
];

test('reference = scalar = SIMD: 60 random continual learners, 1500 steps each, labels, sleep, alarms, save and load on the way', () => {
  const random = new Random(61);
  const tally = new Tally();
  for (let k = 0; k < 60; k++) compare(continualConfig(random, SMALL, k), random.u32(), { steps: 1500, tally });
  console.log(`\ncontinual equality: ${[...tally.counts].map(([what, count]) => `${what}: ${count}`).join(', ')}`);
  tally.expect(...EVENTS);
});

test('reference = scalar = SIMD: 10 larger continual learners, 150 steps each', () => {
  const random = new Random(10);
  for (let k = 0; k < 10; k++) compare(continualConfig(random, LARGE, k), random.u32(), { steps: 150 });
});

test('reference = scalar = SIMD: 40 random continual learners with local layers, 300 steps each', () => {
  const random = new Random(40);
  const tally = new Tally();
  for (let k = 0; k < 40; k++) compare(localConfig(random, 2500, k), random.u32(), { steps: 300, tally });
  tally.expect('a new label', 'labels merged', 'sleep', 'a loss of the newest', 'a range widened', 'an anchor renewed');
});

test('reference = scalar = SIMD from 180 states whose counters are near their ends and whose channels, anchors, codes and detectors are at their limits', () => {
  const random = new Random(17);
  const tally = new Tally();
  const one = (...values: number[]): number => values[random.below(values.length)];
  for (let k = 0; k < 180; k++) {
    const config = k % 6 === 5 ? localConfig(random, 800, k) : continualConfig(random, SMALL, k);
    const prepare = (learner: ReferenceLearner): void => {
      const memory = learner.memory!;
      const { labels, detector, exemplars, prototypes, codes } = memory;
      const { anchors } = learner;
      learner.seen = one(2 ** 32 - 3, 2 ** 31 - 2, 2 ** 32 + 5, 70_000);
      learner.boost = one(0, 1, 65536);
      memory.age = one(2 ** 32 - 2, 2 ** 31 - 1, 2, 0);
      memory.alarms = one(0, 2 ** 32 - 1);
      memory.doubt = exemplars.length + prototypes[0].length > 0 ? one(0, 1, 24) : 0;
      Object.assign(detector, {
        fast: one(0, 2 ** 20), slow: one(0, 1, 2 ** 20), watched: one(0, 299, 511, 2 ** 30 - 1, 2 ** 30, 2 ** 32 - 1), sum: one(0, 2 ** 36),
        least: one(0, 2 ** 20), leastDeviation: one(0, 2 ** 20), recent: detector.recent.map(() => random.below(2) === 1),
      });
      if (codes.step === 0) Object.assign(codes, { low: one(0, -2047), step: one(0, 1, 2047 / codes.most + 1 | 0) });
      memory.stored = random.below(exemplars.length + 1);
      for (const own of labels) own.kept = 0;
      exemplars.forEach((exemplar, place) => {
        exemplar.label = random.below(learner.labels || 1);
        exemplar.codes = exemplar.codes.map(() => random.below(codes.most + 1));
        if (place < memory.stored) labels[exemplar.label].kept++;
      });
      if (learner.labels === 0) {
        memory.stored = 0;
        labels[0].kept = 0;
      }
      labels.slice(0, learner.labels).forEach((own, c) => {
        own.last = one(0, 1, 2 ** 32 - 1, (learner.seen - 31) % 2 ** 32);
        learner.counts[c] = one(0, 1, 4111, 16_382, 16_383);
        own.seen = one(0, 20, 65535);
        own.offered = one(own.kept, 2 ** 31 - 1);
        own.newest = one(0, 1, memory.stored, 65_535);
        own.secondNewest = one(0, memory.stored, memory.stored + 1);
        const used = random.below(prototypes[c].length + 1);
        prototypes[c].forEach((prototype, slot) => {
          if (slot < used) prototype.count = one(1, 4094, 4095);
          prototype.means = prototype.means.map(() => random.below(256));
          prototype.deviations = prototype.deviations.map(() => one(0, 255, random.below(256)));
        });
      });
      memory.share = one(164, 65535, 30_000);
      memory.harm = one(0, 1, 2 ** 24, -(2 ** 24));
      const extreme = { mean: () => one(0, 2 ** 27 - 1, -(2 ** 27 - 1)), shift: () => one(-11, 0, 17), exponent: () => one(-126, -20, 102) };
      learner.normaliser.channels.forEach((channel) => {
        channel.variance = one(0, 2 ** 29, 2 ** 31 - 1);
        channel.inverse = channel.variance === 0 ? 0 : one(23170, 46340);
        channel.count = channel.variance === 0 ? one(0, 1) : one(2, 63, 2046, 2047);
        channel.mean = extreme.mean();
        channel.shift = extreme.shift();
        channel.exponent = extreme.exponent();
        const moved = one(0, 1, 63, 2047);
        Object.assign(channel.compression, {
          atom: random.below(65_536), centre: extreme.mean(), tail: one(0, 65_536, 2 ** 26), spread: one(0, 12_345, 30 * 1024), moved,
          reach: moved === 0 ? 2 ** 31 - 1 : one(1, 2 ** 20, 2 ** 30),
        });
      });
      for (const anchor of anchors) {
        anchor.centre = one(0, 2 ** 30, -(2 ** 30), 12_345);
        anchor.scale = one(34 * 64, 292 * 64, 150 * 64 + 17) + one(0, 32_768);
      }
    };
    compare(config, k, { steps: 60, prepare, tally });
  }
  tally.expect('an alarm of ddm', 'a memory kept', 'a memory emptied', 'a range widened', 'labels merged');
});

test.run();
