// Recurrent networks: reference = scalar = SIMD, byte for byte, after any number of steps.

import { createHash } from 'node:crypto';
import { Random } from '../benchmarks/rivals/random.js';
import { numbered } from '../host/label-names.js';
import { recurrentFromWords, recurrentWordsOf, resolveRecurrentConfig, type RecurrentConfig } from '../host/recurrent/config.js';
import { recurrentPlanOf } from '../host/recurrent/plan.js';
import { bitsOf } from './core-driver.js';
import { Lockstep } from './lockstep.js';
import { limit } from './random-learners.js';
import { hardestStream, randomRecurrent } from './random-networks.js';
import type { RecurrentIntegers, RecurrentReference } from './reference/recurrent.js';
import { fieldAt, restore } from './reference/recurrent-state.js';
import { recurrentCore, recurrentIntegers, recurrentReference, recurrentWords, type RecurrentBuild, type RecurrentImplementation } from './recurrent-driver.js';
import { assert, suite } from './suite.js';

const BUILDS: readonly RecurrentBuild[] = ['scalar', 'simd'];
type Taking = Omit<RecurrentImplementation, 'load'>;

/** `prepare` may change the network before the first step. Reloads every implementation now and then from its own bytes. */
function compare(config: RecurrentIntegers, seed: number, steps: number, prepare?: (network: RecurrentReference) => void): void {
  const judge = recurrentReference(config);
  const all = new Lockstep<Taking, typeof judge>(judge, BUILDS.map((build) => () => recurrentCore(config, build)), (at) => fieldAt(judge.network, at), { seed, config });
  const random = new Random(seed);
  const stream = hardestStream(seed, config.inputs, config.labels);
  all.compareStates('the start');
  if (prepare) all.prepare(({ network }) => prepare(network));
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    const dice = random.uniform();
    const label = random.below(config.labels);
    if (dice < 0.05) all.same('reset', (each) => each.reset());
    if (dice < 0.2) all.same('predict', (each) => each.predict(stream.bits));
    else all.same('learn', (each) => each.learn(stream.bits, label));
    all.same('score', (each) => each.scores());
    if (t % 20 === 19 || t === steps - 1) all.compareStates();
    if (t % 30 === 29) all.reload();
  }
}

const test = suite('recurrent equality');

test('reference = scalar = SIMD: 60 random networks, 60 samples each, saved and loaded on the way', () => {
  const random = new Random(6);
  for (let k = 0; k < 60; k++) compare(randomRecurrent(random), random.u32(), 60);
});

test('reference = scalar = SIMD from 60 states at the limits of every format, 10 samples each', () => {
  const random = new Random(7);
  for (let k = 0; k < 60; k++) {
    compare(randomRecurrent(random), k, 10, (network) => {
      for (const { below, above, V, s } of network.layers) {
        for (const { W, b, bits } of above ? [below, above] : [below]) {
          const all = random.uniform() < 0.3;
          for (const row of W) row.forEach((_, i) => { row[i] = all ? -(2 ** (bits - 1)) : limit(random, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1); });
          b.forEach((_, j) => { b[j] = limit(random, -(2 ** 30), 2 ** 30); });
        }
        for (const gates of V) gates.forEach((_, j) => { gates[j] = limit(random, -32768, 32767); });
        s.forEach((_, j) => { s[j] = limit(random, 0, 8191); });
      }
      network.samples = random.below(2);
    });
  }
});

test('reference = scalar = SIMD at the greatest widths there are', () => {
  for (const bits of [8, 16] as const) {
    const resolved = resolveRecurrentConfig({ inputs: 4096, labels: numbered(20), units: [8, 4096, 8], bits, iterations: 2, countFrom: 1, carry: true });
    compare({ ...recurrentIntegers(recurrentWordsOf(resolved)), seed: bits }, bits, 2, (network) => {
      for (const { below, above } of network.layers) for (const { W } of above ? [below, above] : [below]) for (const row of W) row.fill(-(2 ** (bits - 1)));
    });
  }
});

const NETWORKS: readonly RecurrentConfig[] = [
  { inputs: 7, labels: numbered(3), units: [5, 9] },
  { inputs: 20, labels: numbered(4), units: [16, 9, 30], bits: 8, carry: true, iterations: 3, inputScale: 0.5, rate: 0.1 },
  { inputs: 3, labels: numbered(2), units: [40, 270], stateDrop: 0, iterations: 8, countFrom: 2, alpha: 4 },
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
const GOLDEN = ['cf03d8628b1289ec', '03eb90c7dfce874d', 'fd14d7e237756708'];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in schema/formats.ts', () => {
  NETWORKS.forEach((config, k) => {
    const core = recurrentCore(recurrentIntegers(recurrentWordsOf(resolveRecurrentConfig(config))), 'simd');
    const random = new Random(99);
    for (let t = 0; t < 200; t++) core.learn(bitsOf(Array.from({ length: config.inputs }, (_, i) => random.normal() + (i % config.labels.length === t % config.labels.length ? 1 : 0))), t % config.labels.length);
    assert.is(createHash('sha256').update(core.state()).digest('hex').slice(0, 16), GOLDEN[k], JSON.stringify(config));
  });
});

test.run();
