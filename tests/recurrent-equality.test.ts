// Recurrent networks: reference = scalar = SIMD, byte for byte, after any number of steps.

import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { recurrentFromWords, recurrentWordsOf, resolveRecurrentConfig, type RecurrentConfig } from '../host/recurrent/config.js';
import { recurrentPlanOf } from '../host/recurrent/plan.js';
import { bitsOf } from './core-driver.js';
import { Stream, randomConfig } from './random-learners.js';
import type { RecurrentIntegers, RecurrentReference } from './reference/recurrent.js';
import { fieldAt, restore } from './reference/recurrent-state.js';
import { recurrentCore, recurrentIntegers, recurrentReference, recurrentWords, type RecurrentBuild, type RecurrentImplementation } from './recurrent-driver.js';
import { assert, suite } from './suite.js';

const BUILDS: readonly RecurrentBuild[] = ['scalar', 'simd'];

function randomNetwork(random: Random): RecurrentIntegers {
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const often = (share: number): boolean => random.uniform() < share;
  const common = randomConfig(random, { inputs: often(0.1) ? 300 : 40, units: 1, layers: 1, labels: 12, cost: 1e9 });
  const { inputs, labels, bits, seed, rate, alpha, margin, clip, scale, gateDivisor } = common;
  const units = Array.from({ length: often(0.6) ? 2 : between(2, 4) }, () => between(1, often(0.1) ? 270 : 30));
  const iterations = between(1, 6);
  const countFrom = between(1, iterations);
  return {
    inputs, labels, bits, seed, rate, alpha, margin, clip, gateDivisor, ...(scale === undefined ? {} : { scale }), units, iterations, countFrom,
    carry: often(0.5), stateDrop: often(0.4) ? 0 : between(1, 59000),
  };
}

/** `prepare` may change the network before the first step. Reloads every implementation now and then from its own bytes. */
function compare(config: RecurrentIntegers, seed: number, steps: number, prepare?: (network: RecurrentReference) => void): void {
  const judge = recurrentReference(config);
  let cores = BUILDS.map((build) => recurrentCore(config, build));
  const random = new Random(seed);
  // the hardest signals there are
  const shape = { ...randomConfig(new Random(seed), { inputs: 1, units: 1, layers: 1, labels: 2, cost: 1e9 }), inputs: config.inputs, labels: config.labels, window: undefined };
  const stream = new Stream(shape, new Random(seed));
  const fail = (t: number, what: string): never => {
    throw new Error(`${what} at step ${t}; stream seed ${seed}, configuration ${inspect(config, { breakLength: Infinity, depth: 4 })}`);
  };
  const compareStates = (t: number): void => {
    const expected = judge.state();
    for (const core of cores) {
      const state = core.state();
      if (state.length !== expected.length) fail(t, `${core.name}: ${state.length} state bytes, ${expected.length} expected`);
      const at = state.findIndex((byte, i) => byte !== expected[i]);
      if (at >= 0) fail(t, `${core.name}: state differs in ${fieldAt(judge.network, at)}`);
    }
  };
  compareStates(-1);
  if (prepare) {
    prepare(judge.network);
    for (const core of cores) core.load(judge.state());
  }
  for (let t = 0; t < steps; t++) {
    stream.next();
    const dice = random.uniform();
    const label = random.below(config.labels);
    if (dice < 0.05) for (const network of [judge, ...cores]) network.reset();
    const take = (network: Omit<RecurrentImplementation, 'load'>): number => (dice < 0.2 ? network.predict(stream.bits) : network.learn(stream.bits, label));
    const answer = take(judge);
    const expected = judge.scores();
    for (const core of cores) {
      const got = take(core);
      if (got !== answer) fail(t, `${core.name}: ${dice < 0.2 ? 'predict' : 'learn'} answers ${got}, ${answer} expected`);
      const scores = core.scores();
      for (let c = 0; c < expected.length; c++) if (scores[c] !== expected[c]) fail(t, `${core.name}: score ${c} is ${scores[c]}, ${expected[c]} expected`);
    }
    if (t % 20 === 19 || t === steps - 1) compareStates(t);
    if (t % 30 !== 29) continue;
    cores = cores.map((core, k) => {
      const fresh = recurrentCore(config, BUILDS[k]);
      fresh.load(core.state());
      return fresh;
    });
  }
}

const test = suite('recurrent equality');

test('reference = scalar = SIMD: 60 random networks, 60 samples each, saved and loaded on the way', () => {
  const random = new Random(6);
  for (let k = 0; k < 60; k++) compare(randomNetwork(random), random.u32(), 60);
});

test('reference = scalar = SIMD from 60 states at the limits of every format, 10 samples each', () => {
  const random = new Random(7);
  const limit = (low: number, high: number): number => [low, high, 0, low + random.below(high - low + 1)][random.below(4)];
  for (let k = 0; k < 60; k++) {
    compare(randomNetwork(random), k, 10, (network) => {
      for (const { below, above, V, s } of network.layers) {
        for (const { W, b, bits } of above ? [below, above] : [below]) {
          const all = random.uniform() < 0.3;
          for (const row of W) row.forEach((_, i) => { row[i] = all ? -(2 ** (bits - 1)) : limit(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1); });
          b.forEach((_, j) => { b[j] = limit(-(2 ** 30), 2 ** 30); });
        }
        for (const gates of V) gates.forEach((_, j) => { gates[j] = limit(-32768, 32767); });
        s.forEach((_, j) => { s[j] = limit(0, 8191); });
      }
      network.samples = random.below(2);
    });
  }
});

test('reference = scalar = SIMD at the greatest widths there are', () => {
  for (const bits of [8, 16] as const) {
    const resolved = resolveRecurrentConfig({ inputs: 4096, labels: 20, units: [8, 4096, 8], bits, iterations: 2, countFrom: 1, carry: true });
    compare({ ...recurrentIntegers(recurrentWordsOf(resolved)), seed: bits }, bits, 2, (network) => {
      for (const { below, above } of network.layers) for (const { W } of above ? [below, above] : [below]) for (const row of W) row.fill(-(2 ** (bits - 1)));
    });
  }
});

const NETWORKS: readonly RecurrentConfig[] = [
  { inputs: 7, labels: 3, units: [5, 9] },
  { inputs: 20, labels: 4, units: [16, 9, 30], bits: 8, carry: true, iterations: 3, inputScale: 0.5, rate: 0.1 },
  { inputs: 3, labels: 2, units: [40, 270], stateDrop: 0, iterations: 8, countFrom: 2, alpha: 4 },
];

test('bytes are known before creation, and words carry a configuration both ways', () => {
  for (const config of NETWORKS) {
    const resolved = resolveRecurrentConfig(config);
    const words = recurrentWordsOf(resolved);
    assert.equal(recurrentWords(recurrentIntegers(words)), words);
    assert.equal(resolveRecurrentConfig(recurrentFromWords(words)), resolved);
    const plan = recurrentPlanOf(resolved);
    for (const build of BUILDS) {
      const core = recurrentCore(recurrentIntegers(words), build);
      assert.is(plan.arena, core.bytes);
      assert.is(plan.tables, core.arenaStart);
      assert.is(plan.arena - plan.scratch, core.state().length);
    }
  }
});

test('a reference goes on from the bytes of a core, states that are carried on too', () => {
  const config = recurrentIntegers(recurrentWordsOf(resolveRecurrentConfig(NETWORKS[1])));
  const core = recurrentCore(config, 'scalar');
  const judge = recurrentReference({ ...config, seed: 5 });
  const random = new Random(3);
  const sample = (): Uint32Array => bitsOf(Array.from({ length: 20 }, () => random.normal()));
  for (let t = 0; t < 20; t++) core.learn(sample(), t % 4);
  restore(judge.network, core.state());
  for (let t = 0; t < 20; t++) {
    const x = sample();
    assert.is(judge.learn(x, t % 4), core.learn(x, t % 4));
  }
  assert.equal(judge.state(), core.state());
});

/** Everything that a network is after 200 steps. */
const GOLDEN = ['6f2bfa1bb3ac73b2', '03eb90c7dfce874d', '43ec8068bdb5d40e'];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in host/recurrent/snapshot.ts', () => {
  NETWORKS.forEach((config, k) => {
    const core = recurrentCore(recurrentIntegers(recurrentWordsOf(resolveRecurrentConfig(config))), 'simd');
    const random = new Random(99);
    for (let t = 0; t < 200; t++) core.learn(bitsOf(Array.from({ length: config.inputs }, (_, i) => random.normal() + (i % config.labels === t % config.labels ? 1 : 0))), t % config.labels);
    assert.is(createHash('sha256').update(core.state()).digest('hex').slice(0, 16), GOLDEN[k], JSON.stringify(config));
  });
});

test.run();
