// The spine again, for the continual learner: reference = scalar = SIMD, byte for byte, while labels come and go, the world changes,
// alarms put the memory in doubt and empty it, and the device sleeps.

import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { comparePredictions, learners } from './core-driver.js';
import { ChangingStream, DRIFTS, continualConfig, localConfig } from './random-continual.js';
import type { Size } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';
import { assert, suite } from './suite.js';

const SMALL: Size = { inputs: 12, units: 10, layers: 3, labels: 8, cost: 400 };
const LARGE: Size = { inputs: 140, units: 60, layers: 2, labels: 30, cost: 12_000 };
/** Steps between two comparisons of all state bytes; what `learn` returns and scores are compared at every step. */
const STRIDE = 250;

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

interface Plan {
  steps: number;
  /** Changes the learner before the first step. */
  prepare?: (learner: ReferenceLearner) => void;
  tally?: Tally;
}

/** The same stream and the same events through all implementations. */
function compare(config: IntegerConfig, seed: number, { steps, prepare, tally = new Tally() }: Plan): void {
  const all = learners(config, seed);
  const random = new Random(seed);
  const stream = new ChangingStream(config, random);
  const { learner } = all.judge;
  const memory = learner.memory!;
  all.prepare(() => {
    learner.labels = Math.min(config.labels, random.below(4));
    prepare?.(learner);
  });
  const happens = (everySteps: number): boolean => random.below(everySteps) === 0;

  for (let t = 0; t < steps; t++) {
    all.step = t;
    if (learner.labels === 0 || happens(60)) {
      if (all.same('addLabel', (each) => each.addLabel()) >= 0) tally.add('a new label');
    }
    if (learner.labels > 1 && happens(600)) {
      const label = random.below(learner.labels);
      const into = happens(2) ? -1 : (label + 1 + random.below(learner.labels - 1)) % learner.labels;
      tally.add(into < 0 ? 'a label forgotten' : 'labels merged');
      all.same('removeLabel', (each) => each.removeLabel(label, into));
      all.compareStates(`removeLabel(${label}, ${into})`);
    }
    if (happens(400)) {
      const count = random.below(12);
      all.same('sleep', (each) => each.sleep(count));
      all.compareStates(`sleep(${count})`);
      if (all.same('newestLoss', (each) => each.newestLoss()) > 0) tally.add('a loss of the newest');
      all.compareStates('newestLoss');
      tally.add('sleep');
    }
    if (t > 150 && happens(300)) stream.change();
    stream.next(learner.labels);
    const { bits, label } = stream;
    if (t % 50 === 0) comparePredictions(all, bits);
    if (happens(100)) all.same('adapt', (each) => each.adapt(bits));

    const scales = learner.anchors.map(({ scale }) => scale);
    const before = { alarms: memory.alarms, doubt: memory.doubt, counts: learner.normaliser.channels.map(({ count }) => count), low: memory.codes.low, highest: memory.codes.highest };
    all.same('number of updated layers', (each) => each.learn(bits, label));
    all.same('score', (each) => each.scores());
    if (memory.age > 1 && learner.anchors.some(({ scale }, i) => scale !== scales[i])) tally.add('an anchor renewed');
    if (memory.alarms !== before.alarms) tally.add(`an alarm of ${memory.config.drift}`);
    if (memory.alarms !== before.alarms && learner.normaliser.channels.some(({ count }, i) => count === 0 && before.counts[i] > 0)) tally.add('channels started anew');
    if (before.doubt > 0 && memory.doubt === 0) tally.add(memory.age === 1 ? 'a memory emptied' : 'a memory kept');
    if (memory.age > 1 && (memory.codes.low < before.low || memory.codes.highest > before.highest)) tally.add('a range widened');
    if (t % STRIDE === STRIDE - 1 || t === steps - 1) all.compareStates('learn');
    if (happens(500)) all.reload();
  }
  tally.add('steps', steps);
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
